//! What a person at the keyboard or a script sees: exit codes, messages, files that stay whole.

use crate::support::{command, convert, convert_args, files, fixtures, folder_of, read, seisho};

const POLICY: &[u8] =
    "令和8年4月1日\n令和8年度 市民部の運営方針\n市民部長 玉木 実\n\n1 窓口の改善\n(1) 待ち時間を短くすること。\n".as_bytes();

#[test]
fn one_bad_file_stops_nothing_and_is_named_with_what_to_do() {
    let folder = folder_of(&[("a/good.txt", POLICY), ("a/empty.txt", b""), ("b/archive.pdf", b"PK\x03\x04rest")]);
    let converted = convert(&[folder.path()]);
    assert_eq!(converted.outcome.code, 1);
    assert!(converted.outcome.stdout.contains("1 converted, 2 failed, 0 skipped"), "{}", converted.outcome.stdout);
    let stderr = &converted.outcome.stderr;
    assert!(stderr.contains("failed a/empty.txt: [X101] the file is empty") && stderr.contains("Make it again"), "{stderr}");
    assert!(stderr.contains("failed b/archive.pdf: [X102] the file is a ZIP"), "{stderr}");
    let status: Vec<_> = converted.lines("manifest.jsonl").iter().map(|l| (l["path"].clone(), l["status"].clone())).collect();
    assert_eq!(
        status,
        [("a/empty.txt", "failed"), ("a/good.txt", "converted"), ("b/archive.pdf", "failed")].map(|(p, s)| (p.into(), s.into()))
    );
    assert_eq!(converted.documents().len(), 1);
}

#[test]
fn messages_are_japanese_where_the_reader_is() {
    let folder = folder_of(&[("empty.txt", b"")]);
    let converted = convert(&["--lang".as_ref(), "ja".as_ref(), folder.path().as_os_str()]);
    assert!(converted.outcome.stderr.contains("失敗 empty.txt: [X101] ファイルが空です"), "{}", converted.outcome.stderr);
    assert!(converted.outcome.stdout.contains("変換 0 件、失敗 1 件、対象外 0 件"));
}

#[test]
fn exit_codes_are_as_documented() {
    assert_eq!(convert(&[fixtures().join("documents")]).outcome.code, 0);
    let missing = convert(&["/no/such/folder"]);
    assert_eq!(missing.outcome.code, 2);
    assert!(missing.outcome.stderr.contains("/no/such/folder cannot be found; check the name"));
    assert_eq!(seisho(&["convert"]).code, 2);
    assert_eq!(seisho(&["convert", "--jobs", "0", "x", "--out", "y"]).code, 2);
    let help = seisho(&["--help"]).stdout;
    assert!(help.contains("終了コード") && help.contains("exit codes"));
}

#[test]
fn a_limit_is_a_clear_failure() {
    let folder = folder_of(&[("large.txt", POLICY)]);
    let converted = convert(&["--max-bytes".as_ref(), "100".as_ref(), folder.path().as_os_str()]);
    assert_eq!(converted.outcome.code, 1);
    assert!(converted.outcome.stderr.contains("[X103]") && converted.outcome.stderr.contains("over the limit of 100"));
}

/// Linux names a file that every process may open and whose first byte none can read.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_fails_alone() {
    let folder = folder_of(&[("good.txt", POLICY)]);
    let converted = convert(&["/proc/self/mem".as_ref(), folder.path().join("good.txt").as_os_str()]);
    assert_eq!(converted.outcome.code, 1);
    assert!(converted.outcome.stderr.contains("failed mem: [X104] cannot be read"), "{}", converted.outcome.stderr);
    assert_eq!(converted.documents().len(), 1);
}

#[cfg(unix)]
#[test]
fn links_and_hidden_files_are_skipped_and_said() {
    let folder = folder_of(&[("in/good.txt", POLICY), ("in/.hidden", POLICY), ("outside.txt", POLICY)]);
    std::os::unix::fs::symlink(folder.path().join("outside.txt"), folder.path().join("in/link.txt")).expect("a link");
    let converted = convert(&[folder.path().join("in")]);
    assert_eq!(converted.outcome.code, 0);
    let lines = converted.lines("manifest.jsonl");
    let skipped: Vec<_> =
        lines.iter().filter(|l| l["status"] == "skipped").map(|l| (l["path"].clone(), l["reason"]["en"].clone())).collect();
    assert_eq!(skipped, [(".hidden".into(), "a hidden file".into()), ("link.txt".into(), "links are not followed".into())]);
}

#[test]
fn results_inside_the_input_are_not_converted_again() {
    let folder = folder_of(&[("good.txt", POLICY)]);
    let out = folder.path().join("out");
    for _ in 0..2 {
        let outcome = seisho(&["convert".as_ref(), folder.path().as_os_str(), "--out".as_ref(), out.as_os_str()]);
        assert!(outcome.stdout.contains("1 converted, 0 failed, 0 skipped"), "{}", outcome.stdout);
    }
    assert!(files(&out).iter().all(|f| !f.to_string_lossy().ends_with(".tmp")));
}

#[test]
fn two_inputs_for_one_result_are_refused_before_anything_is_written() {
    let folder = folder_of(&[("a/x.txt", POLICY), ("b/x.txt", POLICY)]);
    let converted = convert(&[folder.path().join("a"), folder.path().join("b")]);
    assert_eq!(converted.outcome.code, 2);
    assert!(converted.outcome.stderr.contains("would both be written as x.txt"), "{}", converted.outcome.stderr);
    assert!(files(converted.folder.path()).is_empty());
}

#[test]
fn a_result_that_cannot_be_written_says_where() {
    let folder = folder_of(&[("in/good.txt", POLICY), ("out", b"a file where the folder should be")]);
    let outcome =
        seisho(&["convert".as_ref(), folder.path().join("in").as_os_str(), "--out".as_ref(), folder.path().join("out").as_os_str()]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("cannot write") && outcome.stderr.contains("out"), "{}", outcome.stderr);
}

#[test]
fn a_record_line_needs_no_other_file() {
    let folder = folder_of(&[("r8/policy.txt", POLICY)]);
    let converted = convert(&[folder.path()]);
    let lines = converted.lines("records.jsonl");
    let sha256 = converted.documents()["r8/policy.txt"]["source"]["sha256"].as_str().expect("a hash").to_owned();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["record_id"], format!("{}/sections/0/children/0", &sha256[..16]));
    let want = [
        ("type", "provision"),
        ("source_path", "r8/policy.txt"),
        ("issued", "2026-04-01"),
        ("department", "市民部"),
        ("text", "待ち時間を短くすること。"),
    ];
    for (field, value) in want {
        assert_eq!(lines[1][field], value, "{field}");
    }
    assert_eq!(lines[1]["path"], serde_json::json!(["1", "(1)"]));
    assert_eq!(lines[1]["fiscal_year"], 2026);
    let text = String::from_utf8(read(&converted.folder.path().join("records.jsonl"))).expect("UTF-8");
    assert!(text.ends_with('\n') && !text.contains('\r') && !text.starts_with('\u{FEFF}'));
}

#[test]
fn a_password_opens_an_encrypted_pdf() {
    let file = fixtures().join("findings/X105.pdf");
    let locked = convert(&[&file]);
    assert_eq!(locked.outcome.code, 1);
    assert!(locked.outcome.stderr.contains("the PDF needs a password") && locked.outcome.stderr.contains("--password"));
    let opened = convert(&["--password".as_ref(), "secret".as_ref(), file.as_os_str()]);
    assert_eq!(opened.outcome.code, 0, "{}", opened.outcome.stderr);
    assert_eq!(opened.documents()["X105.pdf"]["preamble"][0], "開けない文書");
}

#[test]
fn a_password_may_come_by_a_file_or_standard_input() {
    let (file, secret) = (fixtures().join("findings/X105.pdf"), folder_of(&[("secret", b"secret\r\nand more\n"), ("wrong", b"other\n")]));
    let by = |name: &str| convert(&["--password-file".as_ref(), secret.path().join(name).as_os_str(), file.as_os_str()]);
    let opened = by("secret");
    assert_eq!(opened.documents()["X105.pdf"]["preamble"][0], "開けない文書", "{}", opened.outcome.stderr);
    assert_eq!((by("wrong").outcome.code, by("missing").outcome.code), (1, 2));
    let out = tempfile::TempDir::new().expect("a folder");
    let args = ["--password-file".as_ref(), "-".as_ref(), file.as_os_str()];
    let args = convert_args(out.path(), &args);
    let input = std::fs::File::open(secret.path().join("secret")).expect("a file");
    let output = command(&args).stdin(input).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(seisho(&["worker", "--password-file", "-"]).code, 2, "its standard input brings requests");
    assert_eq!(seisho(&["convert", "x", "--out", "y", "--password", "a", "--password-file", "b"]).code, 2);
    let help = seisho(&["convert", "--help"]).stdout;
    assert!(help.contains("everybody on the machine can see it"), "{help}");
}

#[test]
fn a_value_is_walked_back_to_its_place() {
    let converted = convert(&[fixtures().join("documents/goals-merged-rows.txt"), fixtures().join("documents/goals-ruled.pdf")]);
    let ask = |file: &str, pointer: &str| {
        let file = converted.folder.path().join("documents").join(file);
        seisho(&["explain", &format!("{}#{pointer}", file.display())])
    };
    let until = ask("goals-merged-rows.txt.json", "/goals/1/deadline/until").stdout;
    assert!(
        until.contains("Value: \"2025-10-31\"") && until.contains("Raw: \"10月\"") && until.contains("line 7 columns [35,38]"),
        "{until}"
    );
    let method = ask("goals-ruled.pdf.json", "/goals/0/methods/0").stdout;
    assert!(method.contains("page 1 [") && method.contains("drop-list-mark"), "{method}");
    assert_eq!(ask("goals-merged-rows.txt.json", "/goals/99").code, 2);
}

/// A white page of 8 by 8 pixels.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\0\0\0\0\xe1\x64\xe1\x57\
    \x00\x00\x00\x0e\x49\x44\x41\x54\x78\x9c\x63\xf8\x0f\x05\x0c\x94\x31\x00\xf7\xc0\x3f\xc1\xb2\x34\x41\xbb\0\0\0\0\x49\x45\x4e\x44\xae\x42\x60\x82";

#[test]
fn a_scan_without_a_reader_is_a_clear_failure_and_takes_nothing_else_along() {
    let folder = folder_of(&[("a.png", PICTURE), ("b.txt", POLICY)]);
    let args = ["--tesseract".as_ref(), "/no/such/library.so".as_ref(), folder.path().as_os_str()];
    let converted = convert(&args);
    assert_eq!(converted.outcome.code, 1);
    let stderr = &converted.outcome.stderr;
    assert!(stderr.contains("[X108]") && stderr.contains("tesseract-ocr-jpn"), "{stderr}");
    assert_eq!(converted.documents().len(), 1);
    let doctor = seisho(&["doctor", "--tesseract", "/no/such/library.so"]);
    assert!(doctor.code == 1 && doctor.stdout.contains("apt-get install tesseract-ocr"), "{}", doctor.stdout);
}
