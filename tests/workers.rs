//! `seisho worker`, as a scheduler of another office drives it: a request a line, a document a line.

use crate::support::{command, convert, fixtures, folder_of, read, top};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

/// What a worker answers to these lines.
fn answers(lines: &[String], args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = ["worker"].into_iter().chain(args.iter().copied()).collect();
    let mut child = command(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let text = lines.concat();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("a thread").expect("all requests are read");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn line(value: &Value) -> String {
    format!("{value}\n")
}

#[test]
fn documents_come_back_in_the_order_of_the_requests() {
    let files = crate::support::files(&fixtures().join("documents"));
    let lines: Vec<String> = files.iter().rev().map(|f| line(&json!({ "path": f }))).collect();
    let answers = answers(&lines, &["--jobs", "3"]);
    let converted = convert(&[fixtures().join("documents")]).documents();
    let expected: Vec<&Value> = converted.values().rev().collect();
    assert_eq!(answers.iter().collect::<Vec<_>>(), expected, "the same documents as those of convert");
}

#[test]
fn bytes_may_come_with_the_request_and_errors_are_documents() {
    let bytes = read(&fixtures().join("documents/policy-export.txt"));
    let text = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &bytes);
    let lines = [
        line(&json!({ "name": "r8/方針.txt", "base64": text })),
        line(&json!({ "path": "/no/such/file" })),
        "not JSON\n".to_owned(),
        line(&json!({ "path": "a", "base64": "b" })),
        line(&json!({ "name": "empty", "base64": "" })),
        line(&json!({ "name": "long", "base64": "A".repeat(200_000) })),
        line(&json!({ "name": "last", "base64": text })),
    ];
    let answers = answers(&lines, &["--max-bytes", "10000"]);
    assert_eq!(answers.len(), lines.len());
    assert_eq!((&answers[0]["source"]["path"], &answers[0]["kind"]), (&json!("r8/方針.txt"), &json!("policy")));
    let codes: Vec<&str> = answers[1..6].iter().map(|a| a["error"]["code"].as_str().expect("a code")).collect();
    assert_eq!(codes, ["X104", "X104", "X104", "X101", "X103"]);
    assert_eq!(answers[1]["source"]["path"], "file");
    assert!(answers[2]["error"]["message"]["ja"].as_str().expect("a message").contains("依頼の行が読めません"));
    assert_eq!(answers[6]["source"]["path"], "last", "what comes after a line that is too long is read");
    let schema: Value = serde_json::from_slice(&read(&top().join("schemas/failure.schema.json"))).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    assert!(answers[1..6].iter().all(|a| validator.is_valid(a)));
}

/// Devices, pipes and the program's own streams; names that lead out of where an answer is kept.
#[cfg(unix)]
#[test]
fn a_worker_opens_nothing_but_files() {
    let folder = folder_of(&[("a.txt", b"")]);
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let paths = ["/dev/stdin", "/dev/zero", "/proc/self/fd/0", "/dev/fd/2"].map(std::path::PathBuf::from);
    let mut lines: Vec<String> = paths.iter().chain([&pipe]).map(|path| line(&json!({ "path": path }))).collect();
    lines.extend(["../x", "/x", "a/../../x", "x\0", ""].map(|name| line(&json!({ "name": name, "base64": "eA==" }))));
    let bytes = read(&fixtures().join("documents/policy-export.txt"));
    let text = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &bytes);
    lines.push(line(&json!({ "name": "last", "base64": text })));
    let answers = answers(&lines, &["--max-wall", "30"]);
    let messages: Vec<&str> = answers[..10].iter().map(|a| a["error"]["message"]["en"].as_str().expect("a message")).collect();
    assert!(answers[..10].iter().all(|a| a["error"]["code"] == "X104"), "{answers:#?}");
    assert!(messages[..5].iter().all(|m| m.contains("not a regular file")), "{messages:#?}");
    assert!(messages[5..].iter().all(|m| m.contains("no path below a folder")), "{messages:#?}");
    assert_eq!(answers[10]["source"]["path"], "last");
}

#[cfg(unix)]
#[test]
fn a_worker_does_not_read_what_it_writes() {
    let folder = folder_of(&[("answers", "令和8年度 市民部の運営方針\n".as_bytes())]);
    let file = folder.path().join("answers");
    let output = std::fs::File::options().append(true).open(&file).expect("a file");
    let mut child = command(&["worker"]).stdin(Stdio::piped()).stdout(output).spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(line(&json!({ "path": &file })).as_bytes()).expect("a request");
    assert!(child.wait().expect("an end").success());
    let text = String::from_utf8(read(&file)).expect("UTF-8");
    assert!(text.contains("it is the file that the answers are written to"), "{text}");
}

#[test]
fn an_answer_does_not_wait_for_the_next_request() {
    let folder = folder_of(&[("a.txt", "令和8年度 市民部の運営方針\n1 窓口の改善\n".as_bytes())]);
    let mut child = command(&["worker"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    for _ in 0..3 {
        input.write_all(line(&json!({ "path": folder.path().join("a.txt") })).as_bytes()).expect("a request");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("an answer");
        assert_eq!(serde_json::from_str::<Value>(&answer).expect("JSON")["kind"], "policy");
    }
    drop(input);
    assert!(child.wait().expect("an end").success());
}
