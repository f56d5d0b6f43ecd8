//! Values that were not read: seen in the review, entered, laid over the next conversion; and what else a list of values owes
//! its reader: one row for one paper, what is answered left out, what was changed by hand said.

use super::browser::{browsers, script};
use super::review::{data, work};
use super::{document, write_ledger};
use crate::print::tools::{has_module, python_program};
use crate::support::{Converted, Outcome, convert, convert_into, fixtures, folder_of, read, seisho, top};
use seisho_audit::ledger::Correction;
use serde_json::{Value, json};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Goal 2 has no number, no deadline and no methods.
const TABLE: &str = "令和7年度 組織目標展開整理表（部の組織目標）\n福祉部長 山田 太郎 作成日 令和7年4月1日\n
|番号|実施項目|どの水準まで|どのような方法で|いつまで|共通/課名|
|---|---|---|---|---|---|
|1|窓口の改善|待ち時間を減らす|案内係を置く|3月|福祉課|
||相談の充実|相談を増やす|||福祉課|
";

fn run(args: &[&dyn AsRef<OsStr>]) -> Outcome {
    seisho(&args.iter().map(|a| a.as_ref().to_owned()).collect::<Vec<OsString>>())
}

/// A page of a folder of results, of all values or of the doubted ones.
fn page(out: &Path, which: &str, place: &Path) -> (Outcome, PathBuf) {
    let to = place.join(format!("page{which}.html"));
    let made = run(&[&"review", &out, &which, &"--to", &to]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    (made, to)
}

fn pointers(page: &Path) -> Vec<String> {
    let items = data(page)["items"].as_array().expect("items").clone();
    items.iter().map(|item| item["pointer"].as_str().expect("a pointer").to_owned()).collect()
}

/// Lines of a ledger: what a reader says of these values of a page, entered or found right.
fn ledger(page: &Path, says: &[(&str, Option<&str>)], place: &Path) -> PathBuf {
    let all = pointers(page);
    let said = |at: usize| says.iter().find(|(pointer, _)| *pointer == all[at]);
    let mut made = work(page, &|at| match said(at) {
        Some((_, Some(now))) => ("wrong", Some((*now).to_owned())),
        _ => ("right", None),
    });
    let items = made["items"].as_array_mut().expect("items");
    let mut at = 0..;
    items.retain(|_| said(at.next().expect("a number")).is_some());
    assert_eq!(items.len(), says.len(), "{all:?}");
    let (work, to) = (place.join("work.json"), place.join("corrections.jsonl"));
    std::fs::write(&work, made.to_string()).expect("a work");
    let added = run(&[&"audit", &"corrections", &work, &"--confirmed", &"--to", &to]);
    assert!(added.stdout.contains(&format!("{} corrections added", says.len())), "{} {}", added.stdout, added.stderr);
    to
}

fn with(inputs: &Path, ledger: &Path) -> Converted {
    convert(&[inputs, Path::new("--corrections"), ledger])
}

fn answered(document: &Value, code: &str) -> Vec<bool> {
    let findings = document["findings"].as_array().expect("findings").iter();
    findings.filter(|f| f["code"] == code).map(|f| !f["answered"].is_null()).collect()
}

#[test]
fn what_was_not_read_is_entered_and_stays_through_exports_and_other_files() {
    let (inputs, place) = (folder_of(&[("a.md", TABLE.as_bytes())]), TempDir::new().expect("a folder"));
    let plain = convert(&[inputs.path()]);
    let (_, doubts) = page(plain.folder.path(), "--doubts", place.path());
    assert!(pointers(&doubts).contains(&"/goals/1/number".to_owned()), "M003 says that it is missing: {:?}", pointers(&doubts));
    let (made, all) = page(plain.folder.path(), "--all", place.path());
    assert!(made.stdout.contains("3 of them are empty"), "{}", made.stdout);
    let missing: Vec<Value> = data(&all)["items"].as_array().expect("items").iter().filter(|i| i["is_missing"] == true).cloned().collect();
    let names: Vec<&str> = missing.iter().filter_map(|i| i["pointer"].as_str()).collect();
    assert_eq!(names, ["/goals/1/number", "/goals/1/methods/0", "/goals/1/deadline"]);
    assert!(missing.iter().all(|i| i["at"][0]["line"] == 7 && i["text"] == ""), "in its row: {missing:#?}");

    let says = [("/goals/1/number", Some("2")), ("/goals/1/methods/0", Some("訪問する\n電話で聞く")), ("/goals/1/deadline", Some("9月"))];
    let lines = ledger(&all, &says, place.path());
    let done = with(inputs.path(), &lines);
    let (before, after) = (&plain.documents()["a.md"], &done.documents()["a.md"]);
    let goal = &after["goals"][1];
    assert_eq!((&goal["number"], &goal["methods"]), (&json!(2), &json!(["訪問する", "電話で聞く"])));
    assert_eq!(goal["deadline"], json!({"raw": "9月", "kind": "month", "until": "2025-09-30"}));
    assert_eq!((&after["evidence"], answered(after, "M003")), (&before["evidence"], vec![true]));
    let mark = &after["corrections"]["/goals/1/deadline"];
    assert_eq!((&mark["was"], &mark["by"], &mark["matched"]), (&json!(""), &json!("山田"), &json!("source")));
    let record = done.lines("records.jsonl").into_iter().find(|r| r["item"] == "相談の充実").expect("a record");
    assert_eq!((&record["number"], &record["deadline"]["until"]), (&json!(2), &json!("2025-09-30")));
    let tables = place.path().join("tables");
    assert_eq!(run(&[&"export", &done.folder.path(), &"--to", &tables, &"--format", &"csv"]).code, 0);
    let csv = String::from_utf8(read(&tables.join("goals.csv"))).expect("UTF-8");
    assert!(csv.contains("2025-09-30") && csv.contains("電話で聞く"), "{csv}");
    let explained = run(&[&"explain", &format!("{}#/goals/1/deadline/until", done.folder.path().join("documents/a.md.json").display())]);
    assert!(explained.stdout.contains("Corrected: (nothing was read) → \"2025-09-30\" 山田"), "{}", explained.stdout);
    // The same again, and in the review it is a value like others.
    let again = done.again(&[inputs.path(), Path::new("--corrections"), &lines]);
    assert_eq!(again.unchanged(), 1);
    let (_, later) = page(again.folder.path(), "--all", place.path());
    let entered = data(&later)["items"].as_array().expect("items").iter().find(|i| i["pointer"] == "/goals/1/deadline").cloned();
    assert_eq!(
        entered.map(|i| (i["text"].clone(), i["was"].clone(), i["is_missing"].clone())),
        Some((json!("9月"), json!(""), Value::Null))
    );
    assert!(pointers(&page(again.folder.path(), "--doubts", place.path()).1).is_empty());

    // Another export of the document: known by its goal. Where it says a deadline itself, nothing is laid over it.
    let other = folder_of(&[("b.md", format!("\n{TABLE}\n").as_bytes())]);
    let done = with(other.path(), &lines);
    let document = &done.documents()["b.md"];
    assert_eq!(
        (&document["goals"][1]["deadline"]["until"], &document["corrections"]["/goals/1/deadline"]["matched"]),
        (&json!("2025-09-30"), &json!("content"))
    );
    let read_now = folder_of(&[("c.md", TABLE.replace("|相談を増やす|||", "|相談を増やす||10月|").as_bytes())]);
    let done = with(read_now.path(), &lines);
    let document = &done.documents()["c.md"];
    assert_eq!(document["goals"][1]["deadline"]["raw"], "10月");
    let run_file: Value = serde_json::from_slice(&read(&done.folder.path().join("run.json"))).expect("JSON");
    assert_eq!(run_file["corrections"]["listed"][0]["why"], "changed", "{run_file:#}");
}

#[test]
fn every_null_that_a_finding_misses_is_among_the_doubts() {
    let place = TempDir::new().expect("a folder");
    for (file, pointer) in [
        ("M001.txt", "/title"),
        ("M001.txt", "/fiscal_year"),
        ("M001.txt", "/authors/0/post"),
        ("M003.txt", "/goals/0/number"),
        ("M005.txt", "/goals/0/item"),
        ("M009.txt", "/goals/0/target/0"),
        ("M012.txt", "/sections/0/children/0/text"),
        ("M021.txt", "/goals/0/target/0"),
        ("L002.txt", "/goals/0/achievement"),
    ] {
        let converted = convert(&[fixtures().join("findings").join(file)]);
        let (_, doubts) = page(converted.folder.path(), "--doubts", place.path());
        let items = data(&doubts)["items"].as_array().expect("items").clone();
        let item = items.iter().find(|item| item["pointer"] == pointer).unwrap_or_else(|| panic!("{file} {pointer}"));
        assert!(item["is_missing"] == true && item["at"][0].is_object(), "{file} {item:#}");
    }
}

#[test]
fn a_head_that_was_not_read_is_entered() {
    let (inputs, place) = (fixtures().join("findings/M001.txt"), TempDir::new().expect("a folder"));
    let plain = convert(&[&inputs]);
    let (_, doubts) = page(plain.folder.path(), "--doubts", place.path());
    let says = [
        ("/title", Some("令和7年度 方針")),
        ("/fiscal_year", Some("令和7年度")),
        ("/authors/0/post", Some("市民部長")),
        ("/authors/0/name", Some("玉木 実")),
    ];
    let lines = ledger(&doubts, &says, place.path());
    let done = with(&inputs, &lines);
    let document = &done.documents()["M001.txt"];
    assert_eq!((&document["title"], &document["fiscal_year"]["start"]), (&json!("令和7年度 方針"), &json!("2025-04-01")), "{document:#}");
    assert_eq!(document["authors"], json!([{"post": "市民部長", "name": "玉木 実"}]));
    for code in ["M001", "M007", "M008"] {
        assert_eq!(answered(document, code), [true], "{code}");
    }
}

#[test]
fn what_is_not_on_paper_either_is_answered_once() {
    let (inputs, place) = (folder_of(&[("a.md", TABLE.as_bytes())]), TempDir::new().expect("a folder"));
    let plain = convert(&[inputs.path()]);
    let (_, doubts) = page(plain.folder.path(), "--doubts", place.path());
    let all = pointers(&doubts);
    let says: Vec<(&str, Option<&str>)> = all.iter().map(|pointer| (pointer.as_str(), None)).collect();
    let done = with(inputs.path(), &ledger(&doubts, &says, place.path()));
    let document = &done.documents()["a.md"];
    assert_eq!((&document["goals"][1]["number"], answered(document, "M003")), (&Value::Null, vec![true]));
    assert_eq!(document["confirmed"]["/goals/1/number"]["by"], "山田");
    let (made, after) = page(done.folder.path(), "--doubts", place.path());
    assert!(made.stdout.contains(&format!("{} values are left out", all.len())), "{}", made.stdout);
    assert!(pointers(&after).is_empty(), "{:?}", pointers(&after));
}

#[test]
fn one_of_several_alike_is_laid_over_none_that_is_left() {
    let row = "|1|窓口の改善|待ち時間を減らす|案内係を置く|3月|福祉課|\n";
    let twice = TABLE.replace(row, &row.repeat(2));
    let (inputs, place) = (folder_of(&[("a.md", twice.as_bytes())]), TempDir::new().expect("a folder"));
    let plain = convert(&[inputs.path()]);
    let (_, all) = page(plain.folder.path(), "--all", place.path());
    let lines = ledger(&all, &[("/goals/1/deadline", Some("9月"))], place.path());
    // In its own file the place tells which.
    let own = with(inputs.path(), &lines);
    let deadlines: Vec<Value> =
        own.documents()["a.md"]["goals"].as_array().expect("goals").iter().map(|g| g["deadline"]["raw"].clone()).collect();
    assert_eq!(deadlines, [json!("3月"), json!("9月"), Value::Null]);
    // In an export from which the second is gone, it does not.
    let other = folder_of(&[("b.md", format!("\n{TABLE}").as_bytes())]);
    let done = with(other.path(), &lines);
    let document = &done.documents()["b.md"];
    let run_file: Value = serde_json::from_slice(&read(&done.folder.path().join("run.json"))).expect("JSON");
    assert_eq!((document.get("corrections"), &run_file["corrections"]["listed"][0]["why"]), (None, &json!("one_of_several")));
    assert!(document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "A003"));
}

#[test]
fn the_same_bytes_under_two_names_are_looked_at_once_and_put_right_in_both() {
    let inputs = folder_of(&[("a.md", TABLE.as_bytes()), ("b/写し.md", TABLE.as_bytes())]);
    let place = TempDir::new().expect("a folder");
    let plain = convert(&[inputs.path()]);
    let out = plain.folder.path();
    let (made, all) = page(out, "--all", place.path());
    let review = data(&all);
    let count = review["items"].as_array().map_or(0, Vec::len);
    assert!(made.stdout.contains(&format!("{count} values of files that are the same")), "{}", made.stdout);
    assert_eq!((&review["sheets"][0]["path"], &review["sheets"][0]["also"]), (&json!("a.md"), &json!(["b/写し.md"])));
    let lines = ledger(&all, &[("/goals/0/item", Some("窓口の改革"))], place.path());
    assert_eq!(String::from_utf8(read(&lines)).expect("UTF-8").matches("\"path\":\"a.md\"").count(), 1, "where it was seen");
    let done = with(inputs.path(), &lines);
    for document in done.documents().values() {
        assert_eq!(
            (&document["goals"][0]["item"], &document["corrections"]["/goals/0/item"]["matched"]),
            (&json!("窓口の改革"), &json!("source"))
        );
    }
    // A plan of both, its page and its decision.
    let at = |name: &str| place.path().join(name);
    assert_eq!(run(&[&"audit", &"plan", &out, &"--rate", &"10%", &"--to", &at("plan.json")]).code, 0);
    let sample = run(&[&"review", &out, &"--sample", &at("plan.json"), &"--to", &at("sample.html")]);
    assert_eq!(sample.code, 0, "{}", sample.stderr);
    std::fs::write(at("right.json"), work(&at("sample.html"), &|_| ("right", None)).to_string()).expect("a work");
    let decided = run(&[&"audit", &"decide", &at("plan.json"), &at("right.json")]);
    assert!(decided.code == 0 && decided.stdout.starts_with("ACCEPTED"), "{} {}", decided.stdout, decided.stderr);
    if has_module("openpyxl") {
        let made = run(&[&"review", &out, &"--all", &"--to", &at("book.xlsx")]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        fill(&at("book.xlsx"), &at("filled.xlsx"), "all");
        let read = run(&[&"audit", &"corrections", &at("filled.xlsx"), &"--to", &at("book.jsonl")]);
        assert!(read.code == 0 && !read.stdout.starts_with("0 "), "{} {}", read.stdout, read.stderr);
    }
}

fn fill(book: &Path, to: &Path, what: &str) {
    let output = Command::new(python_program()).arg(top().join("tests/audit/fill.py")).args([book, to]).arg(what).output().expect("Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_cell_that_a_program_made_something_else_of_is_named_and_text_stays_text() {
    if !has_module("openpyxl") {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "openpyxl is not installed");
        eprintln!("skipped: openpyxl is not installed");
        return;
    }
    let (inputs, place) = (folder_of(&[("a.md", TABLE.as_bytes())]), TempDir::new().expect("a folder"));
    let converted = convert(&[inputs.path()]);
    let at = |name: &str| place.path().join(name);
    run(&[&"review", &converted.folder.path(), &"--all", &"--to", &at("book.xlsx")]);
    for (what, said) in [
        ("typed formula", "cell L2 holds a formula"),
        ("typed percent", "cell L2 holds a number of the format \"0%\""),
        ("typed thousands", "cell L2 holds a number of the format \"#,##0\""),
        ("typed day", "cell L2 holds a date or time"),
        ("typed truth", "cell L2 holds no text"),
    ] {
        fill(&at("book.xlsx"), &at("filled.xlsx"), what);
        let told = run(&[&"audit", &"corrections", &at("filled.xlsx"), &"--to", &at("ledger.jsonl")]);
        assert!(told.code == 2 && told.stderr.contains(said) && !at("ledger.jsonl").exists(), "{what}: {} {}", told.stdout, told.stderr);
    }
    for (what, now) in [("text =A1", "=A1"), ("text 50%", "50%"), ("text 1/2", "1/2"), ("text 0012", "0012"), ("typed plain", "12")] {
        fill(&at("book.xlsx"), &at("filled.xlsx"), what);
        let ledger = at(&format!("{}.jsonl", now.replace('/', "-")));
        let told = run(&[&"audit", &"corrections", &at("filled.xlsx"), &"--to", &ledger]);
        assert_eq!(told.code, 0, "{what}: {}", told.stderr);
        let line: Correction = serde_json::from_slice(&read(&ledger)).expect("a line");
        assert_eq!(line.now, now, "{what}");
    }
    // What was not read has its row, and is entered there.
    fill(&at("book.xlsx"), &at("filled.xlsx"), "missing");
    let told = run(&[&"audit", &"corrections", &at("filled.xlsx"), &"--to", &at("missing.jsonl")]);
    assert!(told.stdout.contains("3 corrections added"), "{} {}", told.stdout, told.stderr);
    let done = with(inputs.path(), &at("missing.jsonl"));
    let goal = &done.documents()["a.md"]["goals"][1];
    assert_eq!(
        (&goal["number"], &goal["methods"], &goal["deadline"]["raw"]),
        (&json!(2), &json!(["訪問する", "電話で聞く"]), &json!("9月"))
    );
}

#[test]
fn documents_changed_by_hand_are_said_and_what_was_entered_there_becomes_a_correction() {
    let (inputs, place) = (folder_of(&[("a.md", TABLE.as_bytes())]), TempDir::new().expect("a folder"));
    let plain = convert(&[inputs.path()]);
    let (out, at) = (plain.folder.path().to_owned(), |name: &str| place.path().join(name));
    let commands = |to: &str| {
        let plan = run(&[&"audit", &"plan", &out, &"--rate", &"20%", &"--to", &at(&format!("{to}.plan.json"))]);
        let review = run(&[&"review", &out, &"--all", &"--to", &at(&format!("{to}.page.html"))]);
        let report = run(&[&"audit", &"report", &out, &"--to", &at(&format!("{to}.html"))]);
        [plan, review, report]
    };
    for said in commands("before") {
        assert!(said.code == 0 && !said.stdout.contains("changed by hand"), "{} {}", said.stdout, said.stderr);
    }
    let file = out.join("documents/a.md.json");
    let mut edited: Value = serde_json::from_slice(&read(&file)).expect("JSON");
    edited["goals"][1]["number"] = json!(2);
    edited["goals"][1]["methods"] = json!(["訪問する", "電話で聞く"]);
    edited["goals"][1]["deadline"] = json!({"raw": "9月", "kind": "month", "until": "2025-09-30"});
    edited["goals"][0]["item"] = json!("窓口の改革");
    std::fs::write(&file, edited.to_string()).expect("an edit");
    for said in commands("after") {
        assert!(said.code == 0 && said.stdout.contains("1 documents were changed by hand"), "{} {}", said.stdout, said.stderr);
        assert!(said.stdout.contains("documents/a.md.json"), "{}", said.stdout);
    }
    let report: Value = serde_json::from_slice(&read(&at("after.json"))).expect("JSON");
    assert_eq!(report["edited"], json!(["a.md"]));
    assert!(String::from_utf8(read(&at("after.html"))).expect("UTF-8").contains("documents/a.md.json"));
    assert_eq!(run(&[&"audit", &"verify", &at("after.html"), &"--results", &out]).code, 0);
    // The way that the note tells.
    convert_into(&out, &[inputs.path()]);
    let lines = at("corrections.jsonl");
    let told = run(&[&"audit", &"corrections", &"--edited", &out, &"--by", &"佐藤", &"--to", &lines]);
    assert!(told.stdout.contains("4 corrections added") && !told.stdout.contains("no correction"), "{} {}", told.stdout, told.stderr);
    convert_into(&out, &[inputs.path(), Path::new("--corrections"), &lines]);
    let made = document(&out, "a.md");
    assert_eq!((made.goals[1].number, made.goals[1].methods.len(), made.corrections.len()), (Some(2), 2, 4));
    let again = run(&[&"audit", &"corrections", &"--edited", &out, &"--by", &"佐藤", &"--to", &lines]);
    assert!(again.stdout.contains("0 corrections added"), "{}", again.stdout);
    for said in commands("end") {
        assert!(!said.stdout.contains("changed by hand"), "{}", said.stdout);
    }
}

#[test]
fn what_is_added_to_a_batch_keeps_what_was_entered_and_an_edit_of_the_others_is_not_lost() {
    let first = folder_of(&[("a.md", TABLE.as_bytes())]);
    let second = folder_of(&[("b.md", TABLE.replace("福祉部長 山田 太郎", "環境部長 川上 次郎").as_bytes())]);
    let (place, plain) = (TempDir::new().expect("a folder"), convert(&[first.path()]));
    let out = plain.folder.path();
    let (_, all) = page(out, "--all", place.path());
    let lines = ledger(&all, &[("/goals/1/number", Some("2")), ("/goals/1/deadline", Some("9月"))], place.path());
    let add = |inputs: &Path| convert_into(out, &[inputs, Path::new("--add"), Path::new("--corrections"), &lines]);
    assert_eq!(add(second.path()).code, 0);
    let whole = convert(&[first.path(), second.path(), Path::new("--corrections"), &lines]);
    assert!(crate::support::bytes_of(out) == whole.bytes());
    assert_eq!(document(out, "a.md").goals[1].number, Some(2));
    assert_eq!(document(out, "b.md").goals[1].number, None, "another department's");
    let file = out.join("documents/a.md.json");
    let text = String::from_utf8(read(&file)).expect("UTF-8").replace("窓口の改善", "窓口の改革");
    std::fs::write(&file, &text).expect("an edit");
    assert_eq!(add(second.path()).code, 0);
    assert_eq!(String::from_utf8(read(&file)).expect("UTF-8"), text, "it was not named, and is not touched");
    assert!(add(first.path()).stdout.contains("changed by hand"));
    assert_eq!(crate::support::files(&out.join("edited")).len(), 1);
}

#[test]
fn a_line_of_before_that_knows_no_namesakes_is_read() {
    let (inputs, place) = (folder_of(&[("a.md", TABLE.as_bytes())]), TempDir::new().expect("a folder"));
    let plain = convert(&[inputs.path()]);
    let lines = super::corrections_of(&document(plain.folder.path(), "a.md"));
    let line = lines.iter().find(|c| c.pointer.as_str() == "/goals/0/item").expect("a line");
    assert!(!line.line().contains("namesakes"), "{}", line.line());
    let file = write_ledger(place.path(), std::slice::from_ref(line));
    assert_eq!(with(inputs.path(), &file).documents()["a.md"]["goals"][0]["item"], "窓口の改善〔訂〕");
}

#[test]
fn browsers_enter_what_was_not_read_and_show_the_report_in_two_languages() {
    let (inputs, place) = (folder_of(&[("a.md", TABLE.as_bytes())]), TempDir::new().expect("a folder"));
    let plain = convert(&[inputs.path()]);
    let at = |name: &str| place.path().join(name);
    let (_, all) = page(plain.folder.path(), "--all", place.path());
    run(&[&"audit", &"report", &plain.folder.path(), &"--to", &at("report.html")]);
    for browser in browsers() {
        let name = browser.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (work, ledger) = (at(&format!("{name}.json")), at(&format!("{name}.jsonl")));
        script("enter.py", &browser, &[all.clone(), work.clone(), at("report.html")]);
        let added = run(&[&"audit", &"corrections", &work, &"--to", &ledger]);
        assert!(added.stdout.contains("2 corrections added"), "{} {}", added.stdout, added.stderr);
        let goal = &with(inputs.path(), &ledger).documents()["a.md"]["goals"][1];
        assert_eq!((&goal["methods"], &goal["deadline"]["until"]), (&json!(["訪問する", "電話で聞く"]), &json!("2025-09-30")));
    }
}
