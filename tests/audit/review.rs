//! From a finished batch to a decision: plan, page, work, ledger, without a browser.

use super::document;
use crate::support::{convert, fixtures, folder_of, read, seisho};
use seisho_audit::sampling::Plan;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::Path;
use tempfile::TempDir;

fn run(args: &[&dyn AsRef<std::ffi::OsStr>]) -> crate::support::Outcome {
    seisho(&args.iter().map(|a| a.as_ref().to_owned()).collect::<Vec<OsString>>())
}

/// The data of a page.
pub(super) fn data(page: &Path) -> Value {
    let text = String::from_utf8(read(page)).expect("UTF-8");
    let start = text.find("id=\"data\">").expect("data") + 10;
    let end = start + text[start..].find("</script>").expect("an end");
    serde_json::from_str(&text[start..end]).expect("JSON")
}

/// A work that says of every value of a page what `judge` says: verdict and text.
pub(super) fn work(page: &Path, judge: &dyn Fn(usize) -> (&'static str, Option<String>)) -> Value {
    let review = data(page);
    let items: Vec<Value> = review["items"].as_array().expect("items").iter().enumerate().map(|(at, item)| {
        let sheet = &review["sheets"][item["sheet"].as_u64().expect("a sheet") as usize];
        let mut anchor = item["anchor"].clone();
        anchor["document"] = sheet["named"].clone();
        let (verdict, now) = judge(at);
        json!({"path": sheet["path"], "source_sha256": sheet["sha256"], "pointer": item["pointer"], "text": item["text"], "was": item["text"],
               "anchor": anchor, "confidence": item["confidence"], "verdict": verdict, "now": now, "at": "2026-04-01T00:00:00.000Z"})
    }).collect();
    json!({"format": "seisho-work/1", "review": review["id"], "lot": review["lot"], "reader": "山田", "blind": false, "items": items})
}

#[test]
fn a_batch_is_planned_looked_at_decided_on_and_put_right() {
    let converted = convert(&[fixtures().join("documents")]);
    let out = converted.folder.path();
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let planned = run(&[&"audit", &"plan", &out, &"--rate", &"5%", &"--to", &at("plan.json")]);
    assert_eq!(planned.code, 0, "{}", planned.stderr);
    let plan: Plan = serde_json::from_slice(&read(&at("plan.json"))).expect("a plan");
    assert_eq!((plan.lot.values, plan.sample_size, plan.acceptance_number), (554, 55, 0));
    let twice = run(&[&"audit", &"plan", &out, &"--rate", &"5%", &"--to", &at("again.json")]);
    assert_eq!((twice.code, read(&at("plan.json"))), (0, read(&at("again.json"))));
    let reviewed = run(&[&"review", &out, &"--sample", &at("plan.json"), &"--to", &at("page")]);
    assert_eq!(reviewed.code, 0, "{}", reviewed.stderr);
    let page = at("page/index.html");
    assert_eq!(data(&page)["items"].as_array().map(Vec::len), Some(plan.sample.len()));
    let decide = |name: &str, work: &Value| {
        std::fs::write(at(name), work.to_string()).expect("a work");
        run(&[&"audit", &"decide", &at("plan.json"), &at(name), &"--to", &at("decision.json")])
    };
    let all_right = decide("right.json", &work(&page, &|_| ("right", None)));
    assert!(all_right.code == 0 && all_right.stdout.starts_with("ACCEPTED"), "{} {}", all_right.stdout, all_right.stderr);
    let some_wrong = work(&page, &|at| if at % 10 == 3 { ("wrong", Some(format!("直した{at}"))) } else { ("right", None) });
    let rejected = decide("wrong.json", &some_wrong);
    assert!(
        rejected.code == 1 && rejected.stdout.starts_with("REJECTED") && rejected.stdout.contains("Look at next"),
        "{}",
        rejected.stdout
    );
    let decision: Value = serde_json::from_slice(&read(&at("decision.json"))).expect("JSON");
    assert_eq!(decision["outcome"], "rejected");
    let ledger = at("corrections.jsonl");
    let made = run(&[&"audit", &"corrections", &at("wrong.json"), &"--to", &ledger]);
    let wrong = some_wrong["items"].as_array().expect("items").iter().filter(|i| i["verdict"] == "wrong").count();
    assert!(made.stdout.contains(&format!("{wrong} corrections added")), "{} {}", made.stdout, made.stderr);
    let again = run(&[&"audit", &"corrections", &at("wrong.json"), &"--to", &ledger]);
    assert!(again.stdout.contains("0 corrections added"), "{}", again.stdout);
    let done = convert(&[fixtures().join("documents").as_os_str(), "--corrections".as_ref(), ledger.as_os_str()]);
    let run_file: Value = serde_json::from_slice(&read(&done.folder.path().join("run.json"))).expect("JSON");
    let unread = run_file["corrections"]["listed"].as_array().expect("a list");
    assert!(unread.iter().all(|l| l["why"] == "unreadable"), "only a number or year cannot say 直した: {unread:#?}");
    assert_eq!(run_file["corrections"]["by_source"].as_u64().map(|n| n as usize + unread.len()), Some(wrong));
}

#[test]
fn a_page_shows_the_paper_and_asks_nothing_of_the_network() {
    let converted = convert(&[fixtures().join("documents")]);
    let place = TempDir::new().expect("a folder");
    let folder = place.path().join("page");
    let made = run(&[&"review", &converted.folder.path(), &"--all", &"--to", &folder]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let review = data(&folder.join("index.html"));
    let sheets = review["sheets"].as_array().expect("sheets");
    let ruled = sheets.iter().find(|s| s["path"] == "goals-ruled.pdf").expect("a PDF");
    let picture = folder.join(ruled["pages"]["1"]["src"].as_str().expect("a picture"));
    assert!(read(&picture).starts_with(b"<svg"));
    let text = sheets.iter().find(|s| s["path"] == "goals-merged-rows.txt").expect("a text");
    assert!(text["lines"].as_object().is_some_and(|lines| lines.len() > 5), "{text}");
    // One file holds its pictures itself.
    let file = place.path().join("page.html");
    run(&[&"review", &converted.folder.path(), &"--all", &"--to", &file]);
    let whole = String::from_utf8(read(&file)).expect("UTF-8");
    assert!(whole.contains("data:image/svg+xml;base64,") && !whole.contains("http://") && !whole.contains("https://"));
}

#[test]
fn what_is_gone_or_has_changed_is_shown_without_its_picture() {
    let inputs = folder_of(&[("a.txt", b"\xe9\x80\x9a\xe7\x9f\xa5\n"), ("b.txt", b"\xe9\x80\xa3\xe7\xb5\xa1\n")]);
    let converted = convert(&[inputs.path()]);
    std::fs::remove_file(inputs.path().join("a.txt")).expect("it is there");
    std::fs::write(inputs.path().join("b.txt"), "別の文").expect("a change");
    let page = inputs.path().join("page.html");
    let made = run(&[&"review", &converted.folder.path(), &"--all", &"--to", &page]);
    assert!(made.stdout.contains("2 of them gone or changed"), "{} {}", made.stdout, made.stderr);
    let why: Vec<Value> = data(&page)["sheets"].as_array().expect("sheets").iter().map(|s| s["missing"].clone()).collect();
    assert_eq!(why, [json!("gone"), json!("changed")]);
    assert!(document(converted.folder.path(), "a.txt").preamble.len() == 1);
}

#[test]
fn two_readers_are_compared_value_by_value() {
    let converted = convert(&[fixtures().join("documents/goals-ruled.pdf")]);
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    for (name, blind) in [("open", None), ("blind", Some("--blind"))] {
        let mut args: Vec<OsString> = ["review", "--all", "--reader", name].map(OsString::from).to_vec();
        args.extend([converted.folder.path().as_os_str().to_owned(), "--to".into(), at(&format!("{name}.html")).into_os_string()]);
        args.extend(blind.map(OsString::from));
        assert_eq!(seisho(&args).code, 0);
    }
    let review = data(&at("blind.html"));
    assert_eq!((&review["blind"], &review["reader"]), (&json!(true), &json!("blind")));
    std::fs::write(at("first.json"), work(&at("open.html"), &|_| ("right", None)).to_string()).expect("a work");
    let texts: Vec<String> =
        review["items"].as_array().expect("items").iter().map(|i| i["text"].as_str().unwrap_or_default().to_owned()).collect();
    let second = work(&at("blind.html"), &|at| ("typed", Some(if at == 4 { "別の名".to_owned() } else { texts[at].clone() })));
    std::fs::write(at("second.json"), second.to_string()).expect("a work");
    let said = run(&[&"audit", &"agree", &at("first.json"), &at("second.json")]);
    assert!(said.code == 1 && said.stdout.contains("1 different") && said.stdout.contains("別の名"), "{} {}", said.stdout, said.stderr);
}

#[test]
fn a_report_is_sealed_and_shows_a_change_after_signing() {
    let converted = convert(&[fixtures().join("documents")]);
    let out = converted.folder.path();
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    run(&[&"audit", &"plan", &out, &"--rate", &"5%", &"--to", &at("plan.json")]);
    run(&[&"review", &out, &"--sample", &at("plan.json"), &"--to", &at("page.html")]);
    std::fs::write(at("work.json"), work(&at("page.html"), &|_| ("right", None)).to_string()).expect("a work");
    let made = run(&[&"audit", &"report", &out, &"--plan", &at("plan.json"), &"--work", &at("work.json"), &"--to", &at("report.html")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let page = String::from_utf8(read(&at("report.html"))).expect("UTF-8");
    let twin = String::from_utf8(read(&at("report.json"))).expect("UTF-8");
    let seal = serde_json::from_str::<Value>(&twin).expect("JSON")["seal"].as_str().expect("a seal").to_owned();
    assert!(page.contains("合格") && page.contains(&seal) && page.contains("<svg") && !page.contains("http"), "{page}");
    let verify = |name: &str| run(&[&"audit", &"verify", &at(name), &"--results", &out]);
    assert_eq!(verify("report.json").code, 0);
    assert!(!page.contains("前の結果から引いたもの"));
    std::fs::write(at("changed.json"), twin.replacen("\"outcome\": \"accepted\"", "\"outcome\": \"rejected\"", 1)).expect("a change");
    let changed = verify("changed.json");
    assert!(changed.code == 1 && changed.stdout.contains("the report changed"), "{}", changed.stdout);
    std::fs::write(at("other.json"), twin.replacen("goals-book.xlsx", "goals-buch.xlsx", 2)).expect("a change");
    assert!(verify("other.json").stdout.contains("the list of files changed"), "{}", verify("other.json").stdout);
    let document = out.join("documents/policy-export.txt.json");
    std::fs::write(&document, [read(&document), b" ".to_vec()].concat()).expect("a change");
    let touched = verify("report.json");
    assert!(touched.code == 1 && touched.stdout.contains("policy-export.txt"), "{}", touched.stdout);
}
