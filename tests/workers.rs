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

/// The requests may come from a file, which is then what these names lead to.
#[cfg(unix)]
#[test]
fn a_worker_does_not_read_its_requests_as_a_document() {
    let lines = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].map(|path| line(&json!({ "path": path })));
    let folder = folder_of(&[("requests", lines.concat().as_bytes())]);
    let requests = std::fs::File::open(folder.path().join("requests")).expect("a file");
    let output = command(&["worker"]).stdin(requests).output().expect("an end");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(text.matches("X104").count(), 3, "{text}");
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

fn schema(name: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_slice(&read(&top().join(format!("schemas/{name}.schema.json")))).expect("JSON");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

#[test]
fn a_request_with_an_id_or_a_place_has_a_short_answer_and_its_document_is_that_of_convert() {
    let (folder, out) = (fixtures().join("documents"), folder_of(&[]));
    let converted = convert(&[&folder]);
    let to = |name: &str| out.path().join(name).display().to_string();
    let requests = [
        json!({ "id": "a", "path": folder.join("goals-ruled.pdf"), "out": to("deep/a.json"), "records": true }),
        json!({ "id": 2, "path": folder.join("policy-export.txt") }),
        json!({ "id": 3, "path": "/no/such/file", "out": to("c.json") }),
        json!({ "path": folder.join("policy-export.txt"), "out": to("no-ending.txt") }),
    ];
    let protocol = schema("worker");
    let lines: Vec<String> = requests.iter().map(line).collect();
    assert!(requests.iter().all(|request| protocol.is_valid(request)));
    let answers = answers(&[&lines[..], &["{\"id\":5,\"paht\":1}\n".to_owned()]].concat(), &["--hello", "--jobs", "2"]);
    for answer in &answers {
        let wrong: Vec<String> = protocol.iter_errors(answer).map(|e| e.to_string().chars().take(300).collect()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    let hello = &answers[0]["hello"];
    assert_eq!((&hello["protocol"], &hello["jobs"], &hello["limits"]["max_wall"]), (&json!(1), &json!(2), &json!(600)));
    let a = &answers[1];
    assert_eq!((&a["id"], &a["written"], &a["documents"]), (&json!("a"), &json!([to("deep/a.json")]), &Value::Null));
    assert!(a.to_string().len() < 30_000 && a["manifest"] == converted.line("goals-ruled.pdf"));
    let records: Vec<Value> = converted.lines("records.jsonl").into_iter().filter(|r| r["source_path"] == "goals-ruled.pdf").collect();
    assert!(!records.is_empty() && a["records"] == json!(records));
    let written = |name: &str| read(&converted.folder.path().join("documents").join(name));
    assert!(read(&out.path().join("deep/a.json")) == written("goals-ruled.pdf.json"), "byte for byte");
    assert_eq!(answers[2]["documents"][0], serde_json::from_slice::<Value>(&written("policy-export.txt.json")).expect("JSON"));
    let codes: Vec<(&Value, &Value)> = answers[3..].iter().map(|a| (&a["id"], &a["manifest"]["code"])).collect();
    assert_eq!(codes, [(&json!(3), &json!("X104")), (&Value::Null, &json!("X104")), (&json!(5), &json!("X104"))]);
    assert_eq!(crate::support::files(out.path()), [out.path().join("deep/a.json")], "nothing else is written, nothing left aside");
}

#[test]
fn a_file_of_several_documents_is_taken_apart_where_that_is_wanted() {
    let folder = fixtures().join("findings");
    let converted = convert(&[&folder]);
    let several = converted.lines("manifest.jsonl").into_iter().find(|line| line["documents"] == 2).expect("a file of two documents");
    let (out, path) = (folder_of(&[]), several["path"].as_str().expect("a path"));
    let request = json!({ "path": folder.join(path), "name": path, "parts": true, "out": out.path().join("x.json") });
    let answer = &answers(&[line(&request)], &[])[0];
    assert_eq!(answer["manifest"], several);
    for (ours, theirs) in [("x.json", format!("{path}.json")), ("x.2.json", format!("{path}.2.json"))] {
        assert!(read(&out.path().join(ours)) == read(&converted.folder.path().join("documents").join(theirs)), "{ours}");
    }
}

#[test]
fn a_document_is_not_written_over_its_source() {
    let folder = folder_of(&[("a.json", b"{}")]);
    let file = folder.path().join("a.json");
    let answers = answers(&[line(&json!({ "path": file, "out": file }))], &[]);
    assert_eq!((&answers[0]["manifest"]["code"], read(&file).as_slice()), (&json!("X104"), &b"{}"[..]));
}

#[test]
fn a_request_has_no_more_time_than_it_says() {
    let folder = folder_of(&[("endless.pdf", &crate::hostile::endless()), ("a.txt", b"x")]);
    let ask = |name: &str| line(&json!({ "id": name, "path": folder.path().join(name), "max_wall": 2 }));
    let started = std::time::Instant::now();
    let answers = answers(&[ask("endless.pdf"), ask("a.txt")], &["--max-operations", "1000000000000000", "--jobs", "1"]);
    assert_eq!((&answers[0]["manifest"]["code"], &answers[1]["manifest"]["status"]), (&json!("X110"), &json!("converted")));
    assert_eq!(answers[0]["manifest"]["reason"]["en"], "the conversion took longer than 2 s");
    assert!(started.elapsed() < std::time::Duration::from_secs(60), "it is not tried again");
}

/// What a scheduler does to a pod: the request in hand is answered, the input stays open.
#[cfg(unix)]
#[test]
fn a_worker_that_is_asked_to_stop_answers_what_it_has_begun() {
    let folder = folder_of(&[("endless.pdf", &crate::hostile::endless())]);
    let args = ["worker", "--hello", "--jobs", "1", "--max-operations", "1000000000000000"];
    let mut child = command(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut hello = String::new();
    output.read_line(&mut hello).expect("a line");
    input.write_all(line(&json!({ "id": 1, "path": folder.path().join("endless.pdf"), "max_wall": 3 })).as_bytes()).expect("a request");
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill").success());
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut output, &mut rest).expect("its answers");
    assert!(rest.lines().count() == 1 && rest.starts_with("{\"id\":1,"), "{rest}");
    assert_eq!(child.wait().expect("an end").code(), Some(3));
    drop(input);
}

/// Ten thousand lines that are none, or hardly: each has its answer, and what comes behind them is converted.
#[test]
fn malformed_lines_are_answered_one_by_one() {
    let mut seed = 11_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let templates = [
        r#"{"name":"a.txt","base64":"5Luk5ZKMOA==","id":"x","records":true}"#.to_owned(),
        r#"{"path":"/no/such/file","out":"/no/such/place","max_wall":1,"parts":true}"#.to_owned(),
        "[".repeat(5000),
        format!(r#"{{"id":{},"path":{}}}"#, "9".repeat(400), "{\"a\":".repeat(300)),
    ];
    let mut text = Vec::new();
    const LINES: usize = 10_000;
    for _ in 0..LINES {
        let mut line = templates[random(templates.len())].clone().into_bytes();
        for _ in 0..=random(4) {
            let at = random(line.len().max(1)).min(line.len().saturating_sub(1));
            match random(4) {
                0 => line.truncate(at),
                1 if !line.is_empty() => line[at] = random(256) as u8,
                2 => line.insert(at, random(256) as u8),
                _ => line.extend_from_within(at..),
            }
        }
        line.retain(|byte| *byte != b'\n');
        text.extend(line);
        text.push(b'\n');
    }
    text.extend(line(&json!({ "id": "last", "path": fixtures().join("documents/policy-export.txt") })).into_bytes());
    let mut child = command(&["worker", "--jobs", "2"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || input.write_all(&text));
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("a thread").expect("all is read");
    assert!(output.status.success());
    let answers: Vec<Value> =
        output.stdout.split_inclusive(|b| *b == b'\n').map(|line| serde_json::from_slice(line).expect("a line is JSON")).collect();
    assert_eq!(answers.len(), LINES + 1);
    let last = &answers[LINES];
    assert_eq!((&last["id"], &last["manifest"]["status"]), (&json!("last"), &json!("converted")));
    let refused = answers.iter().filter(|a| a["error"]["code"] == "X104" || a["manifest"]["code"] == "X104").count();
    assert!(refused > LINES / 2, "{refused}");
}

#[cfg(unix)]
#[test]
fn the_client_that_schedulers_may_copy_works() {
    let (out, folder) = (folder_of(&[]), fixtures().join("documents"));
    let files = crate::support::files(&folder);
    let program = std::env::var_os("SEISHO_PYTHON").unwrap_or_else(|| "python3".into());
    let client = top().join("examples/worker/client.py");
    let mut command = std::process::Command::new(program);
    let Ok(output) = command.env("SEISHO", env!("CARGO_BIN_EXE_seisho")).arg(client).arg(out.path()).args(&files).output() else {
        eprintln!("skipped: there is no Python");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let converted = convert(&[folder]);
    for (n, file) in files.iter().enumerate() {
        let name = format!("{}.json", file.file_name().expect("a name").to_string_lossy());
        let theirs = read(&converted.folder.path().join("documents").join(name));
        assert!(read(&out.path().join(format!("{n}.json"))) == theirs, "{}", file.display());
    }
}
