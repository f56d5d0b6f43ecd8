//! Several documents in one file: each a record of its own, in every step from the conversion to the report.

use crate::support::{convert, folder_of, seisho};
use serde_json::Value;
use std::collections::BTreeSet;
use tempfile::TempDir;

fn policy(year: u32, unit: &str, name: &str) -> String {
    format!(
        "令和{year}年4月1日\n\n令和{year}年度{unit}の運営方針\n\n{unit}長 {name}\n\n1 基本姿勢\n\n(1) 現場を大切にすること。\n\n2 経費\n\n(1) 契約を見直すこと。\n"
    )
}

fn two() -> String {
    policy(6, "環境部", "森下 和也") + "\n" + &policy(7, "福祉部", "大西 真理")
}

fn goals(unit: &str, name: &str, item: &str) -> String {
    let head = "番号\t実施項目\t計画・方針等の分類\tどの水準まで\tどのような方法で\tいつまで\t共通/課名\n";
    format!(
        "令和7年度　組織目標展開整理表\n令和7年4月1日\n{unit}長　{name}\n{head}1\t{item}\t個別計画\t素案ができている。\t・会議の開催\t10月\t総務課\n"
    )
}

#[test]
fn each_document_of_a_file_has_its_own_year_author_and_department() {
    let html = |text: &str| text.lines().filter(|l| !l.is_empty()).map(|l| format!("<p>{l}</p>")).collect::<String>();
    let csv = (goals("環境部", "森下 和也", "街路灯の更新") + &goals("福祉部", "大西 真理", "計画の推進"))
        .lines()
        .map(|l| format!("{}{}\n", l.replace('\t', ","), if l.contains('\t') { "" } else { ",,,,,," }))
        .collect::<String>();
    let folder = folder_of(&[
        ("a.txt", two().as_bytes()),
        ("b.txt", (policy(6, "環境部", "森下 和也") + "\u{c}" + &policy(7, "福祉部", "大西 真理")).as_bytes()),
        (
            "c.html",
            format!(
                "<!DOCTYPE html><html><body>{}<hr>{}</body></html>",
                html(&policy(6, "環境部", "森下 和也")),
                html(&policy(7, "福祉部", "大西 真理"))
            )
            .as_bytes(),
        ),
        ("d.csv", csv.as_bytes()),
        ("e.txt", (goals("環境部", "森下 和也", "街路灯の更新") + &goals("福祉部", "大西 真理", "計画の推進")).as_bytes()),
    ]);
    let converted = convert(&[folder.path()]);
    let documents = converted.documents();
    for name in ["a.txt", "b.txt", "c.html", "d.csv", "e.txt"] {
        let (first, second) = (&documents[name], &documents[&format!("{name}.2")]);
        assert_eq!([&first["department"], &second["department"]], ["環境部", "福祉部"], "{name}");
        assert_eq!([&first["authors"][0]["name"], &second["authors"][0]["name"]], ["森下 和也", "大西 真理"], "{name}");
        let part = |document: &Value| (document["source"]["part"]["number"].clone(), document["source"]["part"]["of"].clone());
        assert_eq!((part(first), part(second)), ((1.into(), 2.into()), (2.into(), 2.into())), "{name}");
        assert_eq!(converted.line(name)["documents"], 2);
        for document in [first, second] {
            let codes: Vec<&Value> = document["findings"].as_array().expect("findings").iter().map(|f| &f["code"]).collect();
            assert!(codes.contains(&&Value::from("M020")) && !codes.contains(&&Value::from("A001")), "{name}: {codes:?}");
        }
    }
    assert_eq!([&documents["a.txt"]["fiscal_year"]["gregorian"], &documents["a.txt.2"]["fiscal_year"]["gregorian"]], [2024, 2025]);
    assert_eq!(documents["b.txt.2"]["source"]["part"]["pages"], serde_json::json!([2, 2]));
    // Places are those of the file.
    let line = documents["a.txt.2"]["evidence"]["/title"]["at"][0]["line"].as_u64().expect("a line") as usize;
    assert_eq!(two().lines().nth(line - 1), Some("令和7年度福祉部の運営方針"));
    let ids: Vec<String> = converted.lines("records.jsonl").iter().map(|l| l["record_id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn a_file_of_several_documents_goes_through_all_that_follows() {
    let folder = folder_of(&[("a.txt", two().as_bytes()), ("b.txt", policy(7, "市民部", "岡野 健").as_bytes())]);
    let first = convert(&[folder.path()]);
    assert_eq!(first.run("strays"), 0);
    let bytes = first.bytes();
    let again = first.again(&[folder.path()]);
    assert_eq!((again.unchanged(), again.bytes() == bytes), (2, true));
    // A document that is gone is made again.
    std::fs::remove_file(again.folder.path().join("documents/a.txt.2.json")).expect("a file");
    let mended = again.again(&[folder.path()]);
    assert_eq!((mended.unchanged(), mended.bytes() == bytes), (1, true));

    let out = mended.folder.path().to_str().expect("a path").to_owned();
    let to = TempDir::new().expect("a folder");
    let at = |name: &str| to.path().join(name).to_str().expect("a path").to_owned();
    for args in [
        vec!["export", &out, "--to", &at("export"), "--format", "xlsx,csv,sqlite,datapackage"],
        vec!["review", &out, "--all", "--to", &at("review")],
        vec!["audit", "check", &out],
        vec!["audit", "plan", &out, "--rate", "50%", "--to", &at("plan.json")],
        vec!["audit", "report", &out, "--to", &at("report.html")],
        vec!["audit", "verify", &at("report.json"), "--results", &out],
    ] {
        let outcome = seisho(&args);
        assert_eq!(outcome.code, 0, "{args:?}: {}{}", outcome.stdout, outcome.stderr);
    }
    let table = std::fs::read_to_string(to.path().join("export/documents.csv")).expect("a table");
    assert!(table.contains("a.txt.2") && table.contains("福祉部"), "{table}");

    // One document less: the second one's file goes.
    std::fs::write(folder.path().join("a.txt"), policy(6, "環境部", "森下 和也")).expect("a file");
    let one = mended.again(&[folder.path()]);
    assert_eq!((one.documents().len(), one.run("strays")), (2, 0));
    // Another input has the name of a second document: it keeps it.
    std::fs::write(folder.path().join("a.txt"), two()).expect("a file");
    std::fs::write(folder.path().join("a.txt.2"), policy(7, "市民部", "岡野 健")).expect("a file");
    let both = one.again(&[folder.path()]);
    assert_eq!(both.documents()["a.txt.2"]["department"], "市民部");
    assert_eq!(both.line("a.txt")["documents"], Value::Null);
}
