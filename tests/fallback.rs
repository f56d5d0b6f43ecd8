//! Glyphs that the reader of PDFs cannot name: a second reader is asked in a process of its own, and believed only
//! where it agrees on everything else and its answer fits the shapes.

use crate::support::{command, convert, convert_args, fixtures, folder_of, read};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

fn document(path: &str) -> Value {
    let mut documents = convert(&[fixtures().join(path)]).documents();
    documents.pop_first().expect("a document").1
}

#[test]
fn what_a_second_reader_names_is_marked_as_a_guess() {
    let document = document("second/narrow.pdf");
    assert_eq!(document["preamble"], json!(["Budget 2026", "abc"]));
    let evidence = &document["evidence"]["/preamble/1"];
    assert_eq!(evidence["raw"], "\u{FFFD}\u{FFFD}\u{FFFD}", "what the file says stays as it is");
    let edits = evidence["edits"].as_array().expect("edits");
    assert!(edits.len() == 3 && edits.iter().all(|e| e["rule"] == "second-reader" && e["trust"] == "guess"), "{edits:?}");
    let finding = document["findings"].as_array().expect("findings").iter().find(|f| f["code"] == "X006").expect("X006").clone();
    assert_eq!((&finding["suggestion"], &finding["at"][0]["page"]), (&json!("abc"), &json!(1)));
}

#[test]
fn letters_as_wide_as_an_em_are_not_believed() {
    // Glyphs of a full em whose codes happen to be those of a, b and c.
    let document = document("second/wide.pdf");
    assert_eq!(document["preamble"], json!(["Budget 2026", "\u{FFFD}\u{FFFD}\u{FFFD}"]));
}

#[test]
fn a_second_reader_that_panics_takes_nothing_with_it() {
    // pdf-extract panics on this file's Japanese font.
    let document = document("findings/X006.pdf");
    assert_eq!(document["preamble"][0], "読める文字");
    assert!(document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "X006" && f["suggestion"].is_null()));
}

/// A program that can be taken away while it runs.
fn copy_of_the_program(folder: &Path) -> std::path::PathBuf {
    let copy = folder.join("seisho");
    std::fs::copy(env!("CARGO_BIN_EXE_seisho"), &copy).expect("a copy");
    // A process that another test starts just now holds the file open for a moment.
    while Command::new(&copy).arg("--version").output().is_err() {
        std::thread::sleep(Duration::from_millis(5));
    }
    copy
}

fn x013(document: &Value) -> Option<Value> {
    document["findings"].as_array().expect("findings").iter().find(|f| f["code"] == "X013").cloned()
}

#[cfg(unix)]
#[test]
fn no_room_for_temporary_files_makes_no_difference() {
    let out = TempDir::new().expect("a folder");
    for more in [&["--in-process"][..], &[]] {
        let mut args = convert_args(out.path(), more).into_iter().map(std::ffi::OsStr::to_owned).collect::<Vec<_>>();
        args.extend(["--force".into(), fixtures().join("second/narrow.pdf").into_os_string()]);
        let output = command(&args).env("TMPDIR", "/no/such/folder").output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let document: Value = serde_json::from_slice(&read(&out.path().join("documents/narrow.pdf.json"))).expect("JSON");
        assert_eq!((&document["preamble"], x013(&document)), (&json!(["Budget 2026", "abc"]), None));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_is_gone_is_said() {
    let folder = folder_of(&[("a.txt", "令和8年度 市民部の運営方針\n1 窓口の改善\n".as_bytes())]);
    let program = copy_of_the_program(folder.path());
    let mut child = Command::new(&program)
        .args(["worker", "--jobs", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let (mut input, mut output) = (child.stdin.take().expect("a pipe"), BufReader::new(child.stdout.take().expect("a pipe")));
    let mut ask = |path: &Path| {
        input.write_all(format!("{}\n", json!({ "path": path })).as_bytes()).expect("a request");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("an answer");
        serde_json::from_str::<Value>(&answer).expect("JSON")
    };
    assert_eq!(ask(&folder.path().join("a.txt"))["kind"], "policy");
    let narrow = fixtures().join("second/narrow.pdf");
    std::fs::remove_file(&program).expect("the program");
    // The worker process that answered is still there, the fallback reader can no longer be started.
    let document = ask(&narrow);
    let finding = x013(&document).expect("X013");
    assert!(finding["message"]["en"].as_str().expect("a message").contains("it cannot be started (No such file"), "{finding}");
    assert_eq!((&finding["severity"], &finding["at"][0]["page"]), (&json!("error"), &json!(1)));
    child.kill().expect("SIGKILL");
    child.wait().expect("an end");
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_reader_that_was_gone_left_out_is_not_taken_for_unchanged() {
    let folder = folder_of(&[("in/a.txt", b""), ("in/slow.pdf", &crate::hostile::fans_out())]);
    std::fs::copy(fixtures().join("second/narrow.pdf"), folder.path().join("in/z.pdf")).expect("a copy");
    let (program, out) = (copy_of_the_program(folder.path()), folder.path().join("out"));
    let args = ["--jobs", "1", "--in-process", "--max-operations", "100000"].map(std::ffi::OsString::from);
    let args: Vec<_> = args.into_iter().chain([folder.path().join("in").into_os_string()]).collect();
    let run = |program: &Path| {
        let mut command = Command::new(program);
        command.args(convert_args(&out, &args)).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let document = || serde_json::from_slice::<Value>(&read(&out.join("documents/z.pdf.json"))).expect("JSON");
    let unchanged = || serde_json::from_slice::<Value>(&read(&out.join("run.json"))).expect("JSON")["unchanged"].clone();
    let mut child = run(&program).spawn().expect("the program starts");
    while !std::fs::read_to_string(out.join(".seisho/journal")).is_ok_and(|journal| journal.contains("\"a.txt\"")) {
        std::thread::sleep(Duration::from_millis(1));
    }
    let away = folder.path().join("away");
    std::fs::rename(&program, &away).expect("the program");
    child.wait().expect("an end");
    assert!(x013(&document()).is_some(), "{:#}", document()["findings"]);
    std::fs::rename(&away, &program).expect("the program");
    run(&program).status().expect("the program starts");
    assert_eq!((unchanged(), x013(&document()), &document()["preamble"][1]), (json!(2), None, &json!("abc")));
    run(&program).status().expect("the program starts");
    assert_eq!(unchanged(), json!(3));
}

/// All that the processes below one have been started with.
#[cfg(target_os = "linux")]
fn arguments_below(process: u32) -> Vec<String> {
    let mut found = Vec::new();
    for child in crate::batches::children(process).iter().filter_map(|c| c.parse().ok()) {
        let said = std::fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
        found.push(String::from_utf8_lossy(&said).replace('\0', " "));
        found.extend(arguments_below(child));
    }
    found
}

#[cfg(target_os = "linux")]
#[test]
fn no_process_has_the_password_among_its_arguments() {
    let folder = folder_of(&[("secret", b"hunter2\n")]);
    let inputs = folder.path().join("in");
    std::fs::create_dir(&inputs).expect("a folder");
    for n in 0..50 {
        std::fs::copy(fixtures().join("second/narrow.pdf"), inputs.join(format!("{n}.pdf"))).expect("a copy");
    }
    let (out, secret) = (folder.path().join("out"), folder.path().join("secret"));
    let args = ["--password-file".as_ref(), secret.as_os_str(), inputs.as_os_str()].map(std::ffi::OsStr::to_owned);
    let mut child = command(&convert_args(&out, &args)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut seen = std::collections::BTreeSet::new();
    while child.try_wait().expect("a state").is_none() {
        seen.extend(arguments_below(child.id()));
    }
    assert!(seen.iter().any(|s| s.contains("-reader")), "no fallback reader was seen: {seen:?}");
    assert!(!seen.iter().any(|s| s.contains("hunter2")), "{seen:?}");
}
