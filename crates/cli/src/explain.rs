//! `seisho explain`: the table of codes for people, and where a value of a document came from.

use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::checks::{CHECKS, Check};
use seisho_batch::files::{self, OpenError, RelativePath};
use seisho_model::codes::{Entry, TABLE};
use seisho_model::{Code, Pointer, Severity};
use serde_json::Value;

/// Explains a code or a value (`OUT.json#/goals/3/item`), or lists all codes.
pub(crate) fn explain(what: Option<&str>, lang: Lang) -> Result<End, Stop> {
    let Some(name) = what else {
        for entry in TABLE {
            print(&format!("{}  {}", entry.code.name(), lang.of(&entry.title())))?;
        }
        for check in CHECKS {
            print(&format!("{}  {}", check.code, lang.pick(check.title[0], check.title[1])))?;
        }
        return Ok(End::AllConverted);
    };
    if let Some((file, pointer)) = name.split_once('#') {
        return explain_value(file, pointer, lang);
    }
    if let Some(check) = Check::named(name) {
        print(&slip(check, lang))?;
        return Ok(End::AllConverted);
    }
    let code = Code::named(name).ok_or_else(|| {
        Stop::new(
            format!("コード {name} はありません。一覧は seisho explain"),
            format!("there is no code {name}; seisho explain lists all"),
        )
    })?;
    print(&text(code.entry(), lang))?;
    Ok(End::AllConverted)
}

fn weight(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Info => lang.pick("参考", "info"),
        Severity::Warning => lang.pick("注意", "warning"),
        Severity::Error => lang.pick("誤り", "error"),
    }
}

/// A check of `seisho audit check`.
fn slip(check: &Check, lang: Lang) -> String {
    let of = |pair: [&'static str; 2]| lang.pick(pair[0], pair[1]);
    let (weight, example, action) = (weight(check.severity, lang), lang.pick("例", "Example"), lang.pick("対応", "What to do"));
    let what_to_do = lang.pick(
        "元の文書で確かめてください。何も直していません。元の文書の誤りなら、値はそのままが正しい記録です。",
        "Check the source. Nothing was changed; where the slip is the source's, the value is right as it is.",
    );
    format!("{} {} [{weight}]\n\n{} {example}: {}\n\n{action}: {what_to_do}", check.code, of(check.title), of(check.what), check.example)
}

fn text(entry: &Entry, lang: Lang) -> String {
    let of = |pair: [&'static str; 2]| lang.pick(pair[0], pair[1]);
    let severity = weight(entry.severity, lang);
    let action = lang.pick("対応", "What to do");
    format!("{} {} [{severity}]\n\n{}\n\n{action}: {}", entry.code.name(), of(entry.title), lang.of(&entry.description()), of(entry.action))
}

fn explain_value(file: &str, pointer: &str, lang: Lang) -> Result<End, Stop> {
    let cannot_read = || {
        Stop::new(
            format!("{file} を読めません。変換結果の documents/….json を指定してください"),
            format!("cannot read {file}; name a documents/….json of a result"),
        )
    };
    let text = read(file).map_err(|e| cannot_read().because(e))?;
    let document: Value = serde_json::from_str(&text).map_err(|e| cannot_read().because(e))?;
    let path = document["source"]["path"].as_str().unwrap_or_default();
    RelativePath::parse(path).map_err(|e| cannot_read().because(e))?;
    let has_none = || Stop::new(format!("{file} に {pointer} はありません"), format!("{file} has no {pointer}"));
    let asked: Pointer = pointer.parse().map_err(|_| has_none())?;
    let value = document.pointer(asked.as_str()).ok_or_else(has_none)?;
    print(&format!("{}: {value}", lang.pick("値", "Value")))?;
    let corrected = |at: Pointer| document["corrections"].get(at.as_str());
    if let Some(mark) = std::iter::successors(Some(asked.clone()), Pointer::parent).find_map(corrected) {
        let (was, by, at) = (&mark["was"], mark["by"].as_str().unwrap_or_default(), mark["at"].as_str().unwrap_or_default());
        let was = if was == "" { lang.pick("（読めた値なし）", "(nothing was read)").to_owned() } else { was.to_string() };
        print(&format!("{}: {was} → {value} {by} {at}", lang.pick("訂正", "Corrected")))?;
    }
    // The parts of a deadline or date came from the text of the whole.
    let own = |at: &Pointer| document["evidence"].get(at.as_str());
    let Some(at) = std::iter::successors(Some(asked), Pointer::parent).find(|at| own(at).is_some()) else {
        print(lang.pick("この値に対応する原文はありません。", "No text of the source stands behind this value."))?;
        return Ok(End::AllConverted);
    };
    print(&evidence_text(&document["evidence"][at.as_str()], &document["source"]["path"], lang))?;
    let is_about = |finding: &&Value| finding["pointer"].as_str().and_then(|p| p.parse().ok()).is_some_and(|p: Pointer| p.is_within(&at));
    for finding in document["findings"].as_array().into_iter().flatten().filter(is_about) {
        print(&format!("{} {}: {}", lang.pick("指摘", "Finding"), finding["code"], finding["message"][lang.pick("ja", "en")]))?;
    }
    Ok(End::AllConverted)
}

fn read(file: &str) -> Result<String, OpenError> {
    Ok(std::io::read_to_string(files::open(file.as_ref())?)?)
}

fn evidence_text(evidence: &Value, path: &Value, lang: Lang) -> String {
    let mut lines = vec![format!("{}: {}", lang.pick("原文", "Raw"), evidence["raw"])];
    for place in evidence["at"].as_array().into_iter().flatten() {
        let place = match (&place["line"], &place["page"]) {
            (Value::Null, page) => format!("{path} {} {page} {}", lang.pick("頁", "page"), place["box"]),
            (line, _) => format!("{path} {} {line} {} {}", lang.pick("行", "line"), lang.pick("桁", "columns"), place["columns"]),
        };
        lines.push(format!("{}: {place}", lang.pick("場所", "Place")));
    }
    for edit in evidence["edits"].as_array().into_iter().flatten() {
        lines.push(format!("{}: {} ({}) {} → {}", lang.pick("規則", "Rule"), edit["rule"], edit["trust"], edit["before"], edit["after"]));
    }
    lines.join("\n")
}
