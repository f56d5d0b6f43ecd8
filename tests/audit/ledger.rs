//! Corrections of an office: A003 where one fits nowhere, A004 where it was made on another file.

use super::{corrections_of, document, write_ledger};
use crate::support::{Converted, convert, convert_into, fixtures, folder_of, read, seisho};
use seisho_audit::ledger::Correction;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TABLE: &str = "令和7年度 組織目標展開整理表（部の組織目標）\n福祉部長 山田 太郎 作成日 令和7年4月1日\n
|番号|実施項目|どの水準まで|どのような方法で|いつまで|共通/課名|
|---|---|---|---|---|---|
|1|窓口の改善|待ち時間を減らす|案内係を置く|3月|福祉課|
|2|相談の充実|相談を増やす|案内係を置く|3月|福祉課|
";

fn of_table(name: &str, text: &str) -> (TempDir, Converted) {
    let inputs = folder_of(&[(name, text.as_bytes())]);
    let converted = convert(&[inputs.path()]);
    (inputs, converted)
}

fn line(converted: &Converted, path: &str, pointer: &str, now: &str) -> Correction {
    let all = corrections_of(&document(converted.folder.path(), path));
    let found = all.into_iter().find(|c| c.pointer.as_str() == pointer).unwrap_or_else(|| panic!("no {pointer}"));
    Correction { now: now.to_owned(), ..found }
}

fn corrected(inputs: &Path, lines: &[Correction]) -> Converted {
    let folder = TempDir::new().expect("a folder");
    let ledger = write_ledger(folder.path(), lines);
    convert(&[inputs, Path::new("--corrections"), &ledger])
}

fn codes(document: &Value) -> Vec<&str> {
    let findings = document["findings"].as_array().expect("findings");
    findings.iter().filter_map(|f| f["code"].as_str()).filter(|c| c.starts_with('A')).collect()
}

fn ledger(converted: &Converted) -> Value {
    serde_json::from_slice::<Value>(&read(&converted.folder.path().join("run.json"))).expect("JSON")["corrections"].clone()
}

#[test]
fn a_correction_is_marked_and_the_reading_is_kept() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let lines = [line(&plain, "a.md", "/goals/1/deadline", "9月"), line(&plain, "a.md", "/goals/0/item", "窓口の改良")];
    let done = corrected(inputs.path(), &lines);
    let (before, after) = (&plain.documents()["a.md"], &done.documents()["a.md"]);
    assert_eq!(after["goals"][1]["deadline"], json!({"raw": "9月", "kind": "month", "until": "2025-09-30"}));
    assert_eq!(after["goals"][0]["item"], "窓口の改良");
    assert_eq!(after["evidence"], before["evidence"]);
    let mark = &after["corrections"]["/goals/0/item"];
    assert_eq!((&mark["was"], &mark["by"], &mark["matched"]), (&json!("窓口の改善"), &json!("山田"), &json!("source")));
    assert_eq!(after["schema_version"], "1.1");
    assert_eq!((ledger(&done)["by_source"].as_u64(), ledger(&done)["listed"].as_array().map(Vec::len)), (Some(2), Some(0)));
    let records = done.lines("records.jsonl");
    assert!(records.iter().any(|r| r["item"] == "窓口の改良"), "{records:#?}");
}

#[test]
fn what_converts_and_how_often_changes_no_byte() {
    let inputs = fixtures().join("documents");
    let plain = convert(&[&inputs]);
    let lines: Vec<Correction> =
        ["goals-ruled.pdf", "policy-export.txt"].iter().flat_map(|path| corrections_of(&document(plain.folder.path(), path))).collect();
    let folder = TempDir::new().expect("a folder");
    let file = write_ledger(folder.path(), &lines);
    let args = [inputs.as_path(), Path::new("--corrections"), &file];
    let done = convert(&args);
    assert_eq!(done.outcome.code, 0, "{}", done.outcome.stderr);
    assert_eq!(done.bytes(), convert(&[&args[..], &[Path::new("--in-process")]].concat()).bytes());
    let again = done.again(&args);
    assert_eq!(again.unchanged(), 22);
    let bytes = again.bytes();
    write_ledger(folder.path(), &lines[..3]);
    let fewer = again.again(&args);
    assert_eq!(fewer.unchanged(), 20, "the two documents that lost lines are done again");
    assert_ne!(bytes, fewer.bytes());
    assert!(fewer.bytes() == convert(&args).bytes(), "as if all had been done");
    write_ledger(folder.path(), &[]);
    let none = fewer.again(&args);
    assert_eq!(none.unchanged(), 21, "only one still had corrections");
    assert!(none.bytes() == plain.bytes());
}

/// A document, its copy, another export of it, another department's, and one without a table.
fn related() -> TempDir {
    let other = TABLE.replace("福祉部長 山田 太郎", "環境部長 川上 次郎");
    let exported = format!("{TABLE}\n");
    let files = [("a.md", TABLE), ("b/a.md", TABLE), ("c.md", &exported), ("d.md", &other), ("e.txt", "令和7年4月1日\n通知\n")];
    folder_of(&files.map(|(name, text)| (name, text.as_bytes())))
}

/// Ledgers one after another: a line more, another order, a line taken back, lines that two documents claim, a year, none.
fn ledgers(plain: &Converted) -> Vec<Vec<Correction>> {
    let of = |path: &str, pointer: &str, now: &str| line(plain, path, pointer, now);
    let item = of("a.md", "/goals/0/item", "窓口の改良");
    let other = Correction { now: "窓口の刷新".to_owned(), ..item.clone() };
    let elsewhere =
        Correction { source: seisho_audit::ledger::SourceName { sha256: "0".repeat(64), ..item.source.clone() }, ..item.clone() };
    let of_d = of("d.md", "/goals/1/target/0", "相談を増やすこと");
    let year = of("c.md", "/fiscal_year", "令和6年度");
    let stray = Correction { was: "どこにもない".to_owned(), ..of_d.clone() };
    vec![
        vec![item.clone()],
        vec![item.clone(), of_d.clone()],
        vec![of_d.clone(), item.clone(), other.clone()],
        vec![of_d.clone(), other, item.clone()],
        vec![elsewhere.clone(), of_d.clone()],
        vec![year.clone(), elsewhere, of_d.clone(), stray],
        vec![year, item],
        vec![of_d],
        Vec::new(),
    ]
}

#[test]
fn another_ledger_does_again_only_what_it_touches_with_the_bytes_of_a_whole_run() {
    let inputs = related();
    let mut done = convert(&[inputs.path()]);
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("corrections.jsonl");
    let args = [inputs.path(), Path::new("--corrections"), &file];
    let mut unchanged = Vec::new();
    for lines in ledgers(&convert(&[inputs.path()])) {
        write_ledger(folder.path(), &lines);
        done = done.again(&args);
        let whole = convert(&args);
        assert!(done.bytes() == whole.bytes(), "{lines:#?}");
        assert_eq!(ledger(&done), ledger(&whole));
        unchanged.push(done.unchanged());
        assert!(done.unchanged() >= 1, "{unchanged:?}: nothing concerns the notice");
    }
    assert!(unchanged.iter().filter(|n| **n >= 2).count() >= 5, "{unchanged:?}");
}

/// `related`, in two folders that are added one after the other, under ledgers that touch both, and lines that a document
/// of each claims.
#[test]
fn what_was_kept_by_add_is_corrected_as_if_all_had_been_named() {
    let all = related();
    let plain = convert(&[all.path()]);
    let (first, second) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    for (name, folder) in [("a.md", &first), ("d.md", &first), ("b/a.md", &second), ("c.md", &second), ("e.txt", &second)] {
        let to = folder.path().join(name);
        std::fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        std::fs::copy(all.path().join(name), to).expect("copied");
    }
    let place = TempDir::new().expect("a folder");
    let (file, kept) = (place.path().join("corrections.jsonl"), TempDir::new().expect("a folder"));
    let add = |inputs: &Path| convert_into(kept.path(), &[inputs, Path::new("--corrections"), &file, Path::new("--add")]);
    write_ledger(place.path(), &[]);
    assert_eq!(add(first.path()).code, 0);
    for (number, lines) in ledgers(&plain).into_iter().enumerate() {
        write_ledger(place.path(), &lines);
        // Now the one is named, now the other; the first time the second is new.
        let done = add(if number % 2 == 0 { second.path() } else { first.path() });
        assert_eq!(done.code, 0, "ledger {number}: {}", done.stderr);
        let whole = convert(&[first.path(), second.path(), Path::new("--corrections"), &file]);
        assert!(crate::support::bytes_of(kept.path()) == whole.bytes(), "ledger {number}");
        let run: Value = serde_json::from_slice(&read(&kept.path().join("run.json"))).expect("JSON");
        assert_eq!(run["corrections"], ledger(&whole), "ledger {number}");
    }
    // Killed while it does the kept ones again, and let go.
    let whole_ledger = ledgers(&plain);
    for (round, wait) in [1_u64, 4, 8, 16, 32, 64].into_iter().enumerate() {
        write_ledger(place.path(), &whole_ledger[round % 2]);
        let args = ["--corrections".as_ref(), file.as_os_str(), "--add".as_ref(), second.path().as_os_str()];
        crate::batches::killed_with(&args, kept.path(), std::time::Duration::from_millis(wait));
        assert_eq!(add(second.path()).code, 0);
        let whole = convert(&[first.path(), second.path(), Path::new("--corrections"), &file]);
        let differ = differing(&crate::support::bytes_of(kept.path()), &whole.bytes());
        assert!(differ.is_empty(), "killed after {wait} ms: {differ:?}");
    }
    // Without its source a result cannot be made again; then nothing is done, and nothing is lost.
    std::fs::remove_file(first.path().join("a.md")).expect("removed");
    write_ledger(place.path(), &[line(&plain, "a.md", "/goals/0/item", "窓口")]);
    let before = crate::support::bytes_of(kept.path());
    let refused = add(second.path());
    assert!(refused.code == 2 && refused.stderr.contains("its source"), "{} {}", refused.code, refused.stderr);
    assert!(crate::support::bytes_of(kept.path()) == before);
}

/// The files of two folders that are not the same, or only in one.
fn differing(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

#[test]
fn a_run_with_another_ledger_that_is_killed_comes_to_the_same_end() {
    let inputs = related();
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("corrections.jsonl");
    let args = [inputs.path(), Path::new("--corrections"), &file];
    let all = ledgers(&convert(&[inputs.path()]));
    let killed = |out: &Path, after: u64| {
        let args = [inputs.path().as_os_str(), "--corrections".as_ref(), file.as_os_str()];
        crate::batches::killed_with(&args, out, std::time::Duration::from_millis(after));
    };
    for (round, wait) in [1_u64, 4, 8, 12, 16, 24, 32, 48].into_iter().enumerate() {
        let done = convert(&[inputs.path()]);
        // Killed with one ledger, then with the next, then let go with a third.
        for step in 0..2 {
            write_ledger(folder.path(), &all[(round + step) % all.len()]);
            killed(done.folder.path(), wait);
        }
        write_ledger(folder.path(), &all[(round + 2) % all.len()]);
        let differ = differing(&done.again(&args).bytes(), &convert(&args).bytes());
        assert!(differ.is_empty(), "killed after {wait} ms: {differ:?}");
    }
}

#[test]
fn the_last_line_about_a_value_holds_and_takes_back() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let [first, second] = ["窓口の改良", "窓口の整備"].map(|now| line(&plain, "a.md", "/goals/0/item", now));
    let done = corrected(inputs.path(), &[first.clone(), second]);
    assert_eq!(done.documents()["a.md"]["goals"][0]["item"], "窓口の整備");
    assert_eq!(ledger(&done)["superseded"], 1);
    let back = line(&plain, "a.md", "/goals/0/item", "窓口の改善");
    let done = corrected(inputs.path(), &[first, back]);
    assert_eq!(done.documents()["a.md"]["goals"], plain.documents()["a.md"]["goals"]);
    assert_eq!(done.documents()["a.md"].get("corrections"), None);
}

#[test]
fn another_file_of_the_document_is_corrected_by_its_content_and_says_so() {
    let (_, plain) = of_table("a.md", TABLE);
    let lines = [line(&plain, "a.md", "/goals/1/deadline", "9月")];
    let inputs = folder_of(&[("b/other.md", format!("\n{TABLE}\n").as_bytes())]);
    let done = corrected(inputs.path(), &lines);
    let document = &done.documents()["b/other.md"];
    assert_eq!(document["goals"][1]["deadline"]["until"], "2025-09-30");
    assert_eq!(document["goals"][0]["deadline"]["until"], "2026-03-31", "the same words of another goal");
    assert_eq!((codes(document), &document["corrections"]["/goals/1/deadline"]["matched"]), (vec!["A004"], &json!("content")));
}

#[test]
fn a_correction_that_fits_nowhere_is_listed() {
    let (_, plain) = of_table("a.md", TABLE);
    let lines = [line(&plain, "a.md", "/goals/1/deadline", "9月")];
    let listed = |text: &str| {
        let inputs = folder_of(&[("a.md", text.as_bytes())]);
        let done = corrected(inputs.path(), &lines);
        let document = done.documents().remove("a.md").expect("a document");
        assert_eq!(document.get("corrections"), None, "{text}");
        let why = ledger(&done)["listed"][0]["why"].as_str().unwrap_or_default().to_owned();
        (why, codes(&document).len())
    };
    // The value was changed in the source; the goal is gone; another year's table; a revised edition.
    assert_eq!(listed(&TABLE.replace("相談を増やす|案内係を置く|3月", "相談を増やす|案内係を置く|6月")), ("changed".to_owned(), 1));
    assert_eq!(listed(&TABLE.replace("相談の充実", "訪問の充実")), ("no_place".to_owned(), 1));
    assert_eq!(listed(&TABLE.replace("令和7年度", "令和8年度")), ("no_document".to_owned(), 0));
    assert_eq!(listed(&TABLE.replace("令和7年4月1日", "令和7年4月1日 見直し日 令和7年10月1日")), ("no_document".to_owned(), 0));
}

#[test]
fn what_a_newer_reading_says_already_is_settled() {
    let (_, plain) = of_table("a.md", TABLE);
    let lines = [line(&plain, "a.md", "/goals/1/target/0", "相談を殖やす")];
    let inputs = folder_of(&[("a.md", TABLE.replace("相談を増やす", "相談を殖やす").as_bytes())]);
    let done = corrected(inputs.path(), &lines);
    assert_eq!((ledger(&done)["settled"].as_u64(), codes(&done.documents()["a.md"]).len()), (Some(1), 0));
}

#[test]
fn two_places_that_fit_are_both_left_alone() {
    // The same goal stands twice in the table, as where a page repeats its last row.
    let row = "|1|窓口の改善|待ち時間を減らす|案内係を置く|3月|福祉課|\n";
    let (_, plain) = of_table("a.md", TABLE);
    let lines = [line(&plain, "a.md", "/goals/0/methods/0", "案内板を置く")];
    let inputs = folder_of(&[("a.md", TABLE.replace(row, &row.repeat(2)).as_bytes())]);
    let done = corrected(inputs.path(), &lines);
    let document = &done.documents()["a.md"];
    assert_eq!(document["goals"].as_array().map(Vec::len), Some(3));
    assert_eq!((document.get("corrections"), ledger(&done)["listed"][0]["why"].as_str()), (None, Some("two_places")), "{document:#}");
    assert_eq!(codes(document), ["A003"]);
}

#[test]
fn a_correction_that_two_documents_claim_is_laid_over_neither() {
    let (_, plain) = of_table("a.md", TABLE);
    let lines = [line(&plain, "a.md", "/goals/1/deadline", "9月")];
    let copies = [format!("\n{TABLE}"), format!("{TABLE}\n\n")];
    let inputs = folder_of(&[("b.md", copies[0].as_bytes()), ("c.md", copies[1].as_bytes())]);
    let done = corrected(inputs.path(), &lines);
    for document in done.documents().values() {
        assert_eq!((document.get("corrections"), codes(document)), (None, vec!["A003"]));
    }
    assert_eq!(ledger(&done)["listed"][0]["why"], "two_documents");
    // With the very file among them it is that one's alone.
    let inputs = folder_of(&[("a.md", TABLE.as_bytes()), ("b.md", copies[0].as_bytes())]);
    let done = corrected(inputs.path(), &lines);
    let documents = done.documents();
    assert_eq!(documents["a.md"]["corrections"]["/goals/1/deadline"]["matched"], "source");
    assert_eq!(documents["b.md"].get("corrections"), None);
    // One of the two is gone: the other is the document now.
    let folder = TempDir::new().expect("a folder");
    let file = write_ledger(folder.path(), &lines);
    let inputs = folder_of(&[("b.md", copies[0].as_bytes()), ("c.md", copies[1].as_bytes())]);
    let args = [inputs.path(), Path::new("--corrections"), &file];
    let done = convert(&args);
    std::fs::remove_file(inputs.path().join("c.md")).expect("it is there");
    let done = done.again(&args);
    assert_eq!(done.documents()["b.md"]["corrections"]["/goals/1/deadline"]["matched"], "content");
}

#[test]
fn a_number_that_is_none_is_refused_and_a_year_moves_its_deadlines() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let done = corrected(inputs.path(), &[line(&plain, "a.md", "/goals/0/number", "いち")]);
    assert_eq!(
        (ledger(&done)["listed"][0]["why"].as_str(), &done.documents()["a.md"]["goals"][0]["number"]),
        (Some("unreadable"), &json!(1))
    );
    let done = corrected(inputs.path(), &[line(&plain, "a.md", "/fiscal_year", "令和6年度")]);
    let document = &done.documents()["a.md"];
    assert_eq!(
        (&document["fiscal_year"]["start"], &document["goals"][0]["deadline"]["until"]),
        (&json!("2024-04-01"), &json!("2025-03-31"))
    );
}

#[test]
fn one_ink_is_one_value_over_merged_rows() {
    let inputs = fixtures().join("documents/goals-ruled.pdf");
    let plain = convert(&[&inputs]);
    let done = corrected(&inputs, &[line(&plain, "goals-ruled.pdf", "/goals/1/item", "企業の誘致")]);
    let document = &done.documents()["goals-ruled.pdf"];
    assert_eq!((&document["goals"][1]["item"], &document["goals"][2]["item"]), (&json!("企業の誘致"), &json!("企業の誘致")));
    assert_eq!(document["corrections"].as_object().map(serde_json::Map::len), Some(2));
}

#[test]
fn a_ledger_that_is_none_stops_the_run_before_it_begins() {
    let (inputs, _) = of_table("a.md", TABLE);
    let folder = folder_of(&[("corrections.jsonl", b"{\"was\": 1}\n")]);
    let done = convert(&[inputs.path(), Path::new("--corrections"), &folder.path().join("corrections.jsonl")]);
    assert_eq!(done.outcome.code, 2);
    assert!(done.outcome.stderr.contains("corrections.jsonl:1"), "{}", done.outcome.stderr);
}

#[test]
fn a_document_changed_by_hand_is_kept_and_becomes_corrections() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let out = plain.folder.path().to_owned();
    let file = out.join("documents/a.md.json");
    let by_hand = String::from_utf8(read(&file)).expect("UTF-8").replace("\"item\": \"窓口の改善\"", "\"item\": \"窓口の改革\"");
    std::fs::write(&file, &by_hand).expect("an edit");
    let again = convert_into(&out, &[inputs.path()]);
    assert!(again.stdout.contains("changed by hand"), "{}", again.stdout);
    let kept = crate::support::files(&out.join("edited"));
    assert_eq!((kept.len(), read(&kept[0])), (1, by_hand.into_bytes()));
    let ledger = inputs.path().parent().expect("a folder").join(format!("ledger-{}.jsonl", std::process::id()));
    let args = ["audit", "corrections", "--edited"].map(std::ffi::OsString::from);
    let made = |by: &str| {
        let rest = [out.clone().into_os_string(), "--by".into(), by.into(), "--to".into(), ledger.clone().into_os_string()];
        seisho(&args.iter().cloned().chain(rest).collect::<Vec<_>>())
    };
    let said = made("佐藤");
    assert!(said.code == 0 && said.stdout.contains("1 corrections added"), "{} {}", said.stdout, said.stderr);
    convert_into(&out, &[inputs.path(), Path::new("--corrections"), &ledger]);
    let document = document(&out, "a.md");
    assert_eq!(document.goals[0].item.as_deref(), Some("窓口の改革"));
    assert_eq!(document.corrections.values().next().map(|c| c.by.as_str()), Some("佐藤"));
    std::fs::remove_file(ledger).expect("the ledger");
}

/// `seisho audit corrections --edited OUT --by BY --to LEDGER`.
fn from_edited(out: &Path, by: &str, ledger: &Path) -> crate::support::Outcome {
    let [a, b, c, d, e] = ["audit", "corrections", "--edited", "--by", "--to"].map(std::ffi::OsStr::new);
    seisho(&[a, b, c, out.as_os_str(), d, by.as_ref(), e, ledger.as_os_str()])
}

#[test]
fn an_older_copy_of_a_document_takes_no_later_correction_back() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let (out, file) = (plain.folder.path(), plain.folder.path().join("documents/a.md.json"));
    let later = line(&plain, "a.md", "/goals/1/deadline", "2月");
    let text = String::from_utf8(read(&file)).expect("UTF-8");
    std::fs::write(&file, text.replace("\"item\": \"窓口の改善\"", "\"item\": \"窓口の改革\"")).expect("an edit");
    convert_into(out, &[inputs.path()]);
    let ledger = write_ledger(inputs.path(), &[later]);
    for _ in 0..2 {
        let said = from_edited(out, "佐藤", &ledger);
        assert_eq!(said.code, 0, "{}", said.stderr);
        convert_into(out, &[&inputs.path().join("a.md"), Path::new("--corrections"), &ledger]);
        let document = document(out, "a.md");
        assert_eq!(document.goals[1].deadline.as_ref().map(|d| d.raw.as_str()), Some("2月"));
        assert_eq!(document.goals[0].item.as_deref(), Some("窓口の改革"));
    }
    assert_eq!(String::from_utf8(read(&ledger)).expect("UTF-8").lines().count(), 2);
}

#[test]
fn changes_that_are_no_corrections_are_listed() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let file = plain.folder.path().join("documents/a.md.json");
    let mut edited: Value = serde_json::from_slice(&read(&file)).expect("JSON");
    edited["goals"][0]["methods"].as_array_mut().expect("a list").push(json!("張り紙"));
    edited["goals"][1]["deadline"]["until"] = json!("2026-02-28");
    std::fs::write(&file, edited.to_string()).expect("an edit");
    convert_into(plain.folder.path(), &[inputs.path()]);
    let said = from_edited(plain.folder.path(), "佐藤", &inputs.path().join("ledger.jsonl"));
    for place in ["a.md#/goals/0/methods/1", "a.md#/goals/1/deadline/until"] {
        assert!(said.stdout.contains(place), "{}", said.stdout);
    }
}

#[test]
fn what_an_editor_makes_of_a_document_is_kept() {
    for change in ["mark", "comma", "encoding"] {
        let (inputs, plain) = of_table("a.md", TABLE);
        let file = plain.folder.path().join("documents/a.md.json");
        let text = String::from_utf8(read(&file)).expect("UTF-8").replace("窓口の改善", "窓口の改革");
        let bytes = match change {
            "mark" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            "comma" => text.replacen("\"kind\"", ", \"kind\"", 1).into_bytes(),
            _ => text.chars().flat_map(|c| if c.is_ascii() { vec![c as u8] } else { vec![0x91, 0x8b] }).collect(),
        };
        std::fs::write(&file, &bytes).expect("an edit");
        convert_into(plain.folder.path(), &[inputs.path()]);
        let kept = crate::support::files(&plain.folder.path().join("edited"));
        assert_eq!(kept.iter().map(|file| read(file)).collect::<Vec<_>>(), [bytes], "{change}");
    }
}

#[test]
fn a_ledger_whose_last_line_is_open_stays_one() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let ledger = write_ledger(inputs.path(), &[line(&plain, "a.md", "/goals/1/deadline", "2月")]);
    let text = String::from_utf8(read(&ledger)).expect("UTF-8");
    std::fs::write(&ledger, text.trim_end()).expect("an editor's ledger");
    let file = plain.folder.path().join("documents/a.md.json");
    std::fs::write(&file, String::from_utf8(read(&file)).expect("UTF-8").replace("\"item\": \"窓口の改善\"", "\"item\": \"窓口の改革\""))
        .expect("an edit");
    convert_into(plain.folder.path(), &[inputs.path()]);
    assert!(from_edited(plain.folder.path(), "佐藤", &ledger).stdout.contains("1 corrections added"));
    let done = convert(&[&inputs.path().join("a.md"), Path::new("--corrections"), &ledger]);
    assert_eq!((done.outcome.code, done.documents()["a.md"]["corrections"].as_object().map(serde_json::Map::len)), (0, Some(2)));
}

#[test]
fn a_run_without_the_ledger_of_the_run_before_says_that_its_corrections_are_gone() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let place = TempDir::new().expect("a folder");
    let ledger = write_ledger(place.path(), &[line(&plain, "a.md", "/goals/1/deadline", "2月")]);
    let out = plain.folder.path();
    convert_into(out, &[inputs.path(), Path::new("--corrections"), &ledger]);
    let without = convert_into(out, &[inputs.path()]);
    assert!(without.stdout.contains("the ledger of the run before (1 lines) was not given"), "{}", without.stdout);
    assert_eq!(serde_json::from_slice::<Value>(&read(&out.join("run.json"))).expect("JSON")["corrections_left_out"], 1);
    assert!(!convert_into(out, &[inputs.path()]).stdout.contains("the ledger of the run before"), "it is said once");
}

#[test]
fn a_damaged_document_is_no_work_of_a_person() {
    let (inputs, plain) = of_table("a.md", TABLE);
    let file = plain.folder.path().join("documents/a.md.json");
    std::fs::write(&file, &read(&file)[..100]).expect("a cut");
    let again = plain.again(&[inputs.path()]);
    assert!(!again.folder.path().join("edited").exists());
    assert_eq!(again.unchanged(), 0);
}

/// Of the findings about a value, those that nobody has answered, and how many were.
fn open_and_answered(document: &Value, code: &str) -> (Vec<String>, usize) {
    let of_code = || document["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == code);
    let open = of_code().filter(|f| f["answered"].is_null());
    (open.map(|f| f["pointer"].as_str().unwrap_or_default().to_owned()).collect(), of_code().filter(|f| !f["answered"].is_null()).count())
}

#[test]
fn a_finding_is_open_until_a_person_has_answered_it() {
    let text = TABLE.replace("|3月|福祉課|\n|2|", "|検討中|福祉課|\n|2|").replace("|3月|福祉課|\n", "|なるべく早く|福祉課|\n");
    let (inputs, plain) = of_table("a.md", &text);
    let before = &plain.documents()["a.md"];
    assert_eq!(open_and_answered(before, "M002"), (vec!["/goals/0/deadline".to_owned(), "/goals/1/deadline".to_owned()], 0));
    let doubts = |of: &Converted| -> Vec<usize> {
        let goals = of.lines("records.jsonl").into_iter().filter(|r| r["type"] == "goal");
        goals.map(|r| r["doubts"].as_array().map_or(0, |d| d.iter().filter(|d| d["code"] == "M002").count())).collect()
    };
    assert_eq!(doubts(&plain), [1, 1]);
    // One is put right, the other is right as it was read.
    let lines = [line(&plain, "a.md", "/goals/0/deadline", "9月"), line(&plain, "a.md", "/goals/1/deadline", "なるべく早く")];
    let done = corrected(inputs.path(), &lines);
    let after = &done.documents()["a.md"];
    assert_eq!(open_and_answered(after, "M002"), (Vec::new(), 2));
    let how: Vec<&Value> =
        after["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == "M002").map(|f| &f["answered"]["how"]).collect();
    assert_eq!(how, [&json!("corrected"), &json!("confirmed")]);
    assert_eq!((&after["schema_version"], after["corrections"].as_object().map(serde_json::Map::len)), (&json!("1.1"), Some(1)));
    assert_eq!(doubts(&done), [0, 0]);
    assert!(
        done.lines("records.jsonl")
            .iter()
            .all(|r| r["type"] != "goal" || !r["findings"].as_array().expect("codes").contains(&json!("M002")))
    );
    // A correction of something else answers nothing.
    let other = corrected(inputs.path(), &[line(&plain, "a.md", "/goals/0/item", "窓口の改良")]);
    assert_eq!(open_and_answered(&other.documents()["a.md"], "M002").1, 0);
}

#[test]
fn what_a_reader_found_right_is_a_line_where_that_is_asked_for() {
    let text = TABLE.replacen("|3月|", "|検討中|", 1);
    let (inputs, plain) = of_table("a.md", &text);
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let out = plain.folder.path();
    let review = seisho(&["review".into(), out.into(), "--doubts".into(), "--to".into(), at("page.html").into_os_string()]);
    assert_eq!(review.code, 0, "{}", review.stderr);
    std::fs::write(at("work.json"), super::review::work(&at("page.html"), &|_| ("right", None)).to_string()).expect("a work");
    let (work, ledger) = (at("work.json"), at("corrections.jsonl"));
    let add = |more: &[&str]| {
        let mut args = vec!["audit".as_ref(), "corrections".as_ref(), work.as_os_str(), "--to".as_ref(), ledger.as_os_str()];
        args.extend(more.iter().map(std::ffi::OsStr::new));
        seisho(&args).stdout
    };
    assert!(add(&[]).contains("0 corrections added"));
    assert!(add(&["--confirmed"]).contains("1 corrections added"));
    let done = convert(&[inputs.path(), Path::new("--corrections"), &ledger]);
    assert_eq!(open_and_answered(&done.documents()["a.md"], "M002"), (Vec::new(), 1));
    let none = seisho(&["review".into(), done.folder.path().into(), "--doubts".into(), "--to".into(), at("after.html").into_os_string()]);
    assert!(none.stdout.starts_with("0 values"), "{}", none.stdout);
}
