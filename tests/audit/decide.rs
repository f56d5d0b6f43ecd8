//! What is decided on, and by whom: readers who differ, plans that were edited, plans of other results.

use super::review::work;
use super::{corrections_of, document, write_ledger};
use crate::support::{Converted, Outcome, convert, fixtures, read, seisho};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::PathBuf;
use tempfile::TempDir;

fn run(args: &[&dyn AsRef<std::ffi::OsStr>]) -> Outcome {
    seisho(&args.iter().map(|a| a.as_ref().to_owned()).collect::<Vec<OsString>>())
}

/// Results with a plan and the page of its sample.
struct Planned {
    results: Converted,
    place: TempDir,
}

impl Planned {
    fn new() -> Self {
        let planned = Self { results: convert(&[fixtures().join("documents/goals-ruled.pdf")]), place: TempDir::new().expect("a folder") };
        let out = planned.results.folder.path();
        let made = run(&[&"audit", &"plan", &out, &"--rate", &"20%", &"--to", &planned.at("plan.json")]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        run(&[&"review", &out, &"--sample", &planned.at("plan.json"), &"--to", &planned.at("page.html")]);
        planned
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// A work of a reader who says so of the first value of the sample that decides, and right of all others.
    fn work(&self, name: &str, reader: &str, verdict: &'static str, now: Option<&str>) {
        let plan: Value = serde_json::from_slice(&read(&self.at("plan.json"))).expect("JSON");
        let first = plan["sample"].as_array().expect("a sample").iter().position(|s| s["decides"] == true).expect("one decides");
        let mut made = work(&self.at("page.html"), &|at| if at == first { (verdict, now.map(str::to_owned)) } else { ("right", None) });
        made["reader"] = json!(reader);
        std::fs::write(self.at(name), made.to_string()).expect("a work");
    }

    fn decide(&self, plan: &str, works: &[&str]) -> Outcome {
        let files: Vec<PathBuf> = works.iter().map(|name| self.at(name)).collect();
        let mut args: Vec<OsString> = ["audit", "decide"].map(OsString::from).to_vec();
        args.push(self.at(plan).into_os_string());
        args.extend(files.into_iter().map(PathBuf::into_os_string));
        seisho(&args)
    }

    fn report(&self, works: &[&str], to: &str) -> Outcome {
        let mut args: Vec<OsString> = ["audit", "report"].map(OsString::from).to_vec();
        args.extend([self.results.folder.path().as_os_str().to_owned(), "--plan".into(), self.at("plan.json").into_os_string()]);
        works.iter().for_each(|name| args.extend(["--work".into(), self.at(name).into_os_string()]));
        args.extend(["--to".into(), self.at(to).into_os_string()]);
        seisho(&args)
    }

    fn page(&self, name: &str) -> String {
        String::from_utf8(read(&self.at(name))).expect("UTF-8")
    }
}

#[test]
fn readers_who_differ_decide_nothing_whoever_is_named_first() {
    let planned = Planned::new();
    planned.work("a.json", "山田", "wrong", Some("別の値"));
    planned.work("b.json", "佐藤", "right", None);
    let both = [planned.decide("plan.json", &["a.json", "b.json"]), planned.decide("plan.json", &["b.json", "a.json"])];
    for said in &both {
        assert!(said.code == 1 && said.stdout.starts_with("OPEN"), "{} {}", said.stdout, said.stderr);
        assert!(said.stdout.contains("not settled: 1 values") && said.stdout.contains("seisho audit agree"), "{}", said.stdout);
        assert!(said.stdout.contains("山田: wrong → \"別の値\"") && said.stdout.contains("佐藤: right"), "{}", said.stdout);
    }
    let made = planned.report(&["a.json", "b.json"], "report.html");
    assert!(made.code == 0 && made.stdout.contains("not settled"), "{} {}", made.stdout, made.stderr);
    let page = planned.page("report.html");
    assert!(page.contains("未了") && page.contains("確認者の食い違い") && page.contains("山田: 違う → 別の値"), "{page}");
    // One of them looks again.
    planned.work("b2.json", "佐藤", "wrong", Some("別の値"));
    let later = planned.page("b2.json").replace("2026-04-01T00:00:00.000Z", "2026-04-02T00:00:00.000Z");
    std::fs::write(planned.at("b2.json"), later).expect("a work");
    let settled = planned.decide("plan.json", &["b2.json", "a.json", "b.json"]);
    assert!(settled.stdout.starts_with("REJECTED") && !settled.stdout.contains("not settled"), "{} {}", settled.stdout, settled.stderr);
}

/// What is edited.
type Change<'c> = &'c dyn Fn(&mut Value);

#[test]
fn an_edited_plan_is_refused_and_what_differs_is_said() {
    let planned = Planned::new();
    planned.work("work.json", "山田", "wrong", Some("別の値"));
    let plan: Value = serde_json::from_slice(&read(&planned.at("plan.json"))).expect("JSON");
    let changes: [(Change<'_>, &str); 5] = [
        (&|p| p["acceptance_number"] = 2.into(), "acceptance_number"),
        (&|p| p["rate"] = "40%".into(), "rate"),
        (&|p| p["sample"].as_array_mut().expect("a sample").truncate(3), "sample (decides)"),
        (&|p| p["sample"].as_array_mut().expect("a sample").iter_mut().for_each(|s| s["decides"] = false.into()), "sample (decides)"),
        (&|p| p["sample"][0]["path"] = "x".into(), "sha256"),
    ];
    for (change, what) in changes {
        for is_of_before in [false, true] {
            let mut other = plan.clone();
            change(&mut other);
            if is_of_before {
                other.as_object_mut().expect("an object").shift_remove("sha256");
            }
            std::fs::write(planned.at("edited.json"), other.to_string()).expect("a plan");
            let said = planned.decide("edited.json", &["work.json"]);
            if is_of_before && what == "sha256" {
                continue;
            }
            assert!(said.code == 2 && said.stderr.contains("not as it was made") && said.stderr.contains(what), "{what}: {}", said.stderr);
            let out = planned.results.folder.path();
            let to = planned.at("report.html");
            let report =
                run(&[&"audit", &"report", &out, &"--plan", &planned.at("edited.json"), &"--work", &planned.at("work.json"), &"--to", &to]);
            assert!(report.code == 2 && !to.exists(), "{what}: {} {}", report.stdout, report.stderr);
        }
    }
    // A plan of before has no hash and is held against its numbers only.
    let mut old = plan;
    old.as_object_mut().expect("an object").shift_remove("sha256");
    std::fs::write(planned.at("old.json"), old.to_string()).expect("a plan");
    assert!(planned.decide("old.json", &["work.json"]).stdout.starts_with("REJECTED"));
}

#[test]
fn a_plan_of_other_documents_is_refused_and_one_of_before_corrections_puts_nothing_in_a_box() {
    let planned = Planned::new();
    planned.work("work.json", "山田", "right", None);
    let report = |out: &std::path::Path, to: &str| {
        run(&[
            &"audit",
            &"report",
            &out,
            &"--plan",
            &planned.at("plan.json"),
            &"--work",
            &planned.at("work.json"),
            &"--to",
            &planned.at(to),
        ])
    };
    let others = convert(&[fixtures().join("documents/policy-export.txt")]);
    let refused = report(others.folder.path(), "others.html");
    assert!(refused.code == 2 && refused.stderr.contains("the plan is of other results"), "{} {}", refused.stdout, refused.stderr);
    assert!(!planned.at("others.html").exists());
    let of_these = report(planned.results.folder.path(), "these.html");
    assert!(of_these.code == 0 && planned.page("these.html").contains("<p class=\"outcome\">合格</p>"), "{}", of_these.stderr);
    let lines = corrections_of(&document(planned.results.folder.path(), "goals-ruled.pdf"));
    let ledger = write_ledger(planned.place.path(), &lines[lines.len() - 1..]);
    let corrected = convert(&[fixtures().join("documents/goals-ruled.pdf").as_os_str(), "--corrections".as_ref(), ledger.as_os_str()]);
    let before = report(corrected.folder.path(), "before.html");
    assert!(before.code == 0 && before.stdout.contains("does not decide on these results"), "{} {}", before.stdout, before.stderr);
    let page = planned.page("before.html");
    assert!(
        page.contains("前の結果から引いたもの") && !page.contains("class=\"outcome\"") && page.contains("前の結果の判定: 合格"),
        "{page}"
    );
}

#[test]
fn works_without_their_plan_are_refused() {
    let planned = Planned::new();
    planned.work("work.json", "山田", "right", None);
    let out = planned.results.folder.path();
    let said = run(&[&"audit", &"report", &out, &"--work", &planned.at("work.json"), &"--to", &planned.at("report.html")]);
    assert!(
        said.code == 2 && said.stderr.contains("add --plan PLAN") && !planned.at("report.html").exists(),
        "{} {}",
        said.stdout,
        said.stderr
    );
}

#[test]
fn a_report_lists_what_was_wrong_in_words_of_the_office() {
    let planned = Planned::new();
    planned.work("work.json", "山田", "wrong", Some("紙にある値"));
    assert_eq!(planned.report(&["work.json"], "report.html").code, 0);
    let page = planned.page("report.html");
    assert!(page.contains("違った値") && page.contains("紙にある値") && page.contains("goals-ruled.pdf"), "{page}");
    assert!(page.contains("目標表・PDF の文字・疑いなし") && !page.contains("pdf-text"), "{page}");
    let twin: Value = serde_json::from_slice(&read(&planned.at("report.json"))).expect("JSON");
    let made = twin["made"].as_str().expect("a time");
    assert!(made.len() == 25 && !made.contains('.') && matches!(made.as_bytes()[19], b'+' | b'-'), "{made}");
    assert_eq!(twin["decision"]["wrong_values"][0]["now"], json!(["紙にある値"]));
    // One-sided and two-sided are told apart.
    assert!(page.contains("片側の確かさ") && page.contains("両側の区間"), "{page}");
    planned.work("right.json", "山田", "right", None);
    let said = planned.decide("plan.json", &["right.json"]);
    assert!(said.stdout.starts_with("ACCEPTED: with one-sided confidence 95%, fewer than 20%"), "{}", said.stdout);
    assert!(said.stdout.contains("two-sided interval"), "{}", said.stdout);
}
