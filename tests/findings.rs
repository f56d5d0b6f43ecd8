//! Every code is raised by a case of its own, explained, and listed by `seisho explain`.

use crate::support::{convert, files, fixtures, folder_of, of_picture, seisho};
use seisho_model::Code;
use seisho_model::codes::{Case, TABLE};
use std::collections::BTreeSet;

/// Codes whose case is no document; the file of each names the test that raises it.
fn raised_by_a_test() -> impl Iterator<Item = Code> {
    TABLE.iter().filter(|entry| matches!(entry.case, Case::Test(_))).map(|entry| entry.code)
}

#[test]
fn every_code_is_raised_by_the_case_that_bears_its_name() {
    let converted = convert(&[fixtures().join("findings")]);
    let mut raised = BTreeSet::new();
    for line in converted.lines("manifest.jsonl") {
        let path = line["path"].as_str().expect("a path").to_owned();
        let mut here: BTreeSet<String> =
            line["counts"]["findings"].as_object().into_iter().flatten().map(|(code, _)| code.clone()).collect();
        here.extend(line["code"].as_str().map(str::to_owned));
        let expected = if path.ends_with(".png") { of_picture(&path[..4]) } else { &path[..4] };
        assert!(here.contains(expected), "{path} raises {here:?}");
        raised.insert(Code::named(&path[..4]).expect("a code"));
    }
    raised.extend(raised_by_a_test());
    assert_eq!(raised, TABLE.iter().map(|entry| entry.code).collect());
    assert_eq!(files(&fixtures().join("findings")).len(), TABLE.len() - raised_by_a_test().count());
}

#[test]
fn every_code_is_listed_and_explained_in_both_languages() {
    for (place, lang) in ["ja", "en"].into_iter().enumerate() {
        let listed = seisho(&["--lang", lang, "explain"]).stdout;
        let want: String = TABLE.iter().map(|entry| format!("{}  {}\n", entry.code.name(), entry.title[place])).collect();
        // Those of the audit follow.
        assert!(listed.starts_with(&want), "{listed}");
    }
    for code in TABLE.iter().map(|entry| entry.code.name()) {
        let ja = seisho(&["--lang", "ja", "explain", code]).stdout;
        let en = seisho(&["--lang", "en", "explain", &code.to_lowercase()]).stdout;
        assert!(ja.contains("対応: ") && en.contains("What to do: "), "{code}");
    }
    let unknown = seisho(&["explain", "Z999"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("Z999"));
}

#[test]
fn bytes_that_do_not_decode_are_reported_by_offset() {
    // 令和 is four bytes of CP932; FF is no character of it.
    let folder = folder_of(&[("a.txt", b"\x97\xdf\x98\x61\xff\x82\xcc\x95\xfb\x90\x6a\x82\xf0\x92\xe8\x82\xdf\x82\xe9\x81\x42")]);
    let document = convert(&[folder.path()]).documents().into_values().next().expect("a document");
    let findings = document["findings"].as_array().expect("findings");
    let of = |pointer: &serde_json::Value| findings.iter().find(|f| f["code"] == "X001" && f["pointer"] == *pointer).expect("X001").clone();
    assert_eq!(of(&serde_json::Value::Null)["at"], serde_json::json!([{ "bytes": [4, 5] }]));
    // The value that holds it is doubted too.
    assert_eq!(of(&serde_json::json!("/preamble/0"))["at"][0]["line"], 1);
    assert_eq!(document["preamble"][0], "令和\u{FFFD}の方針を定める。");
}
