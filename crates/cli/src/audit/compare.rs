//! `seisho audit compare` and `seisho audit diff`: two readings of the same documents, from folders and files.

use super::args::Compare;
use super::{results, typed};
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::compare::{self, Comparison, Decided, Figures, Reading};
use seisho_model::output::{ManifestLine, Status};
use seisho_model::record::Document;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Confusions that are shown on the screen.
const SHOWN: usize = 10;

/// Holds two readings against each other.
pub(crate) fn compare(options: &Compare, lang: Lang) -> Result<End, Stop> {
    let (first, second) = (reading(&options.first)?, reading(&options.second)?);
    let mut found = compare::compare(&first, &second);
    if found.documents == 0 {
        return Err(Stop::new("両方にある文書がありません", "no document is in both"));
    }
    if let Some(third) = &options.third {
        compare::decide(&mut found, &first, &reading(third)?);
    }
    show(&found, lang)?;
    if let Some(file) = &options.json {
        results::write_json(file, &json!({ "format": "seisho-comparison-1", "comparison": found }))?;
    }
    if let Some(file) = &options.html {
        let names = [&options.first, &options.second].map(|path| path.display().to_string());
        results::write(file, compare::html(&found, [&names[0], &names[1]]).as_bytes())?;
    }
    let is_same = found.differences.is_empty() && found.rows_alone == [0, 0] && found.alone.iter().all(Vec::is_empty);
    Ok(if is_same { End::AllConverted } else { End::SomeFailed })
}

/// What was read or typed: results of convert, a folder of JSON files, one of them, or a table as it was exported.
fn reading(path: &Path) -> Result<Reading, Stop> {
    if path.join("manifest.jsonl").is_file() {
        let mut papers = BTreeMap::new();
        results::each(path, |document| {
            let value = serde_json::to_value(&document).unwrap_or_default();
            papers.insert(document.source.document(), compare::of_json(&value));
            Ok(())
        })?;
        return Ok(Reading { papers });
    }
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        _ if path.is_dir() => folder(path),
        "csv" => typed::csv(path),
        "xlsx" => typed::xlsx(path),
        _ => Ok(Reading { papers: [paper(path)?].into() }),
    }
}

fn folder(path: &Path) -> Result<Reading, Stop> {
    let mut files: Vec<_> = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    Ok(Reading { papers: files.iter().map(|file| paper(file)).collect::<Result<_, _>>()? })
}

/// A document is called as its source is; a typed one that names none, as its file.
fn paper(file: &Path) -> Result<(String, compare::Paper), Stop> {
    let value: Value = results::json(file)?;
    let own = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = value["source"]["path"].as_str().or_else(|| value["source"].as_str()).map_or(own, str::to_owned);
    Ok((name, compare::of_json(&value)))
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
    if !found.not_compared.is_empty() {
        print(&format!(
            "{}: {}",
            lang.pick("片方にしかない欄（比べない）", "fields in one only, not compared"),
            found.not_compared.join(" ")
        ))?;
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
