//! `seisho audit compare` and `seisho audit diff`: two readings of the same documents, from folders and files.

mod shapes;
mod sides;
mod typed;

use super::args::Compare;
use super::door::{self, Kind};
use super::results;
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::compare::{self, Comparison, Decided, Figures};
use seisho_model::output::{ManifestLine, Status};
use seisho_model::record::Document;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Confusions that are shown on the screen.
const SHOWN: usize = 10;

/// Holds two readings against each other.
pub(crate) fn compare(options: &Compare, lang: Lang) -> Result<End, Stop> {
    let targets =
        [options.json.as_ref().map(|file| (file, Kind::Comparison)), options.html.as_ref().map(|file| (file, Kind::ComparisonPage))];
    targets.into_iter().flatten().try_for_each(|(file, kind)| door::check(file, kind))?;
    let paths: Vec<&Path> = [&options.first, &options.second].into_iter().chain(&options.third).map(|p| p.as_path()).collect();
    let readings = sides::readings(&paths)?;
    let (first, second) = (&readings[0], &readings[1]);
    let mut found = compare::compare(first, second);
    if found.documents == 0 {
        return Err(Stop::new("両方にある文書がありません", "no document is in both"));
    }
    if let Some(third) = readings.get(2) {
        compare::decide(&mut found, first, third);
    }
    show(&found, lang)?;
    if let Some(file) = &options.json {
        door::put_json(file, Kind::Comparison, &json!({ "format": door::COMPARISON, "comparison": found }))?;
    }
    if let Some(file) = &options.html {
        let names = [&options.first, &options.second].map(|path| path.display().to_string());
        door::put(file, Kind::ComparisonPage, compare::html(&found, [&names[0], &names[1]]).as_bytes())?;
    }
    Ok(if found.is_same() { End::AllConverted } else { End::SomeFailed })
}

fn show(found: &Comparison, lang: Lang) -> Result<(), Stop> {
    let [only_first, only_second] = found.rows_alone;
    print(&match lang {
        Lang::Ja => format!("文書 {}、行 {}（片方だけ {only_first}・{only_second}）", found.documents, found.rows),
        Lang::En => format!("{} documents, {} rows ({only_first} and {only_second} in one only)", found.documents, found.rows),
    })?;
    for (which, names) in found.alone.iter().enumerate().filter(|(_, names)| !names.is_empty()) {
        print(&format!("  {} {}: {}", lang.pick("片方だけ", "in one only"), which + 1, names.join(", ")))?;
    }
    print(&line(lang.pick("全体", "all"), &found.all, lang))?;
    for (name, figures) in &found.fields {
        print(&line(name, figures, lang))?;
    }
    let [both, first, second] = found.cells;
    if first + second > 0 {
        let f = 2.0 * both as f64 / (first + second) as f64;
        print(&format!("{}: F {f:.4} ({both}; {first}, {second})", lang.pick("表の隣り合うセル", "neighbouring cells of tables")))?;
    }
    let [first, second] = &found.not_compared;
    let not_compared = [
        (first, lang.pick("一つ目にしかない欄（比べない）", "fields in the first only, not compared")),
        (second, lang.pick("二つ目にしかない欄（比べない）", "fields in the second only, not compared")),
        (&found.notes, lang.pick("プログラムの覚え（比べない）", "notes of the program, not compared")),
        (&found.unknown, lang.pick("知らない列・シート（比べない）", "unknown columns and sheets, not compared")),
    ];
    for (names, what) in not_compared.into_iter().filter(|(names, _)| !names.is_empty()) {
        print(&format!("{what}: {}", names.join(" ")))?;
    }
    for (a, b, times) in found.confusions.iter().take(SHOWN) {
        print(&format!("  {times:6}  {a:?} → {b:?}"))?;
    }
    let decided = |which| found.differences.iter().filter(|d| d.decided == Some(which)).count();
    if found.differences.iter().any(|d| d.third.is_some()) {
        let [a, b, open] = [Decided::First, Decided::Second, Decided::Open].map(decided);
        print(&match lang {
            Lang::Ja => format!("三つ目と同じ: 一つ目 {a}、二つ目 {b}、どちらでもない {open}"),
            Lang::En => format!("the third agrees with the first {a}, with the second {b}, with neither {open}"),
        })?;
        for d in found.differences.iter().filter(|d| d.decided == Some(Decided::Open)) {
            print(&format!(
                "  {} {} {} {}: {:?} / {:?} / {:?}",
                d.document,
                d.row[0],
                d.row[1],
                d.field,
                d.first,
                d.second,
                d.third.as_deref().unwrap_or_default()
            ))?;
        }
    }
    Ok(())
}

fn line(name: &str, figures: &Figures, lang: Lang) -> String {
    let rate = |edits: u64, letters: u64| if letters == 0 { 0.0 } else { 100.0 * edits as f64 / letters as f64 };
    let (raw, folded) = (rate(figures.edits, figures.letters), rate(figures.edits_folded, figures.letters_folded));
    let (exact, alike, all) = (figures.exact, figures.exact_folded, figures.fields);
    match lang {
        Lang::Ja => format!("{name}: 一致 {exact}/{all}（幅と空白を除いて {alike}）、文字の違い {raw:.2}%（{folded:.2}%）"),
        Lang::En => format!("{name}: {exact}/{all} exact ({alike} but for width and space), character error rate {raw:.2}% ({folded:.2}%)"),
    }
}

/// Says what changed between two runs, and why.
pub(crate) fn diff(before: &Path, after: &Path, lang: Lang) -> Result<End, Stop> {
    let runs: [Value; 2] = [results::json(&before.join("run.json"))?, results::json(&after.join("run.json"))?];
    let options = compare::options(&runs[0], &runs[1]);
    for (name, was, now) in &options {
        print(&format!("{}: {name}: {was} → {now}", lang.pick("条件の違い", "another condition")))?;
    }
    if options.is_empty() {
        print(lang.pick("版と設定は同じです", "version and options are the same"))?;
    }
    let [old, new] = [statuses(before)?, statuses(after)?];
    let (mut changed, mut same) = (0_u64, 0_u64);
    for (path, (status, hash)) in &old {
        match new.get(path) {
            None => print(&format!("{path}: {}", lang.pick("後の結果にない", "not in the results after")))?,
            Some((_, other)) if other != hash => print(&format!("{path}: {}", lang.pick("元のファイルが違う", "the source is another")))?,
            Some((other, _)) if other != status => print(&format!("{path}: {status:?} → {other:?}"))?,
            Some(_) if *status == Status::Converted => {
                let [a, b]: [Document; 2] = [document(before, path)?, document(after, path)?];
                let changes = compare::changes(&a, &b);
                if changes.is_empty() {
                    same += 1
                } else {
                    changed += 1
                }
                for change in changes {
                    let of = |text: Option<String>| text.map_or_else(|| "-".to_owned(), |text| format!("{text:?}"));
                    print(&format!("{path}#{} [{}] {} → {}", change.pointer, why(change.why, lang), of(change.was), of(change.now)))?;
                }
            }
            Some(_) => same += 1,
        }
    }
    let added: Vec<_> = new.keys().filter(|path| !old.contains_key(*path)).collect();
    for path in &added {
        print(&format!("{path}: {}", lang.pick("前の結果にない", "not in the results before")))?;
    }
    let is_same = changed == 0 && added.is_empty() && same == old.len() as u64;
    print(&match lang {
        Lang::Ja => format!("同じ文書 {same}、変わった文書 {changed}"),
        Lang::En => format!("{same} documents the same, {changed} changed"),
    })?;
    Ok(if is_same { End::AllConverted } else { End::SomeFailed })
}

fn why(code: &'static str, lang: Lang) -> &'static str {
    match code {
        "corrected" => lang.pick("訂正", "corrected"),
        "correction-gone" => lang.pick("訂正がなくなった", "the correction is gone"),
        "mended-otherwise" => lang.pick("原文は同じ", "the same raw text"),
        _ => lang.pick("読みが違う", "read otherwise"),
    }
}

fn statuses(results: &Path) -> Result<BTreeMap<String, (Status, Option<String>)>, Stop> {
    let lines = results::manifest(results)?.into_iter();
    let of_line = |line: ManifestLine| {
        let documents: Vec<String> = line.document_names().collect();
        let names = if documents.is_empty() { vec![line.path] } else { documents };
        names.into_iter().map(move |name| (name, (line.status, line.sha256.clone())))
    };
    Ok(lines.flat_map(of_line).collect())
}

fn document(results: &Path, path: &str) -> Result<Document, Stop> {
    results::json(&results.join("documents").join(format!("{path}.json")))
}
