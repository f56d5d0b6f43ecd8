//! K008: a name that differs in one letter from one that the batch writes more often, or by a variant of a kanji (髙, 高).
//! Names of plans in quotation marks, divisions, people in the head.

use crate::checks::{Hit, Sheet};
use crate::compare::distance;
use seisho_japanese::tokenizer::Worker;
use seisho_model::record::Document;
use std::collections::BTreeMap;

/// Variants of one kanji; the first stands for all.
const VARIANTS: [&str; 14] =
    ["高髙", "崎﨑嵜", "斎齋斉齊", "辺邉邊", "吉𠮷", "浜濱濵", "沢澤", "瀬瀨", "桑桒", "徳德", "恵惠", "広廣", "国國", "島嶋嶌"];
/// Letters of a name that one letter may part from another; shorter ones differ in one letter and are two.
const LONG: usize = 5;
/// One letter that makes another name: it counts, or says where.
const TELLING: &str = "0123456789０１２３４５６７８９一二三四五六七八九十新旧前後東西南北上中下左右大小内外本副第初次";

/// All names of a document, by kind.
pub(in crate::checks) fn names(document: &Document) -> Vec<(&'static str, String)> {
    let mut all: Vec<_> = document.authors.iter().filter_map(|a| Some(("person", a.name.clone()?))).collect();
    all.extend(document.goals.iter().flat_map(|g| g.divisions.iter().map(|d| ("division", d.clone()))));
    all.extend(document.goals.iter().filter_map(|g| Some(("choice", g.plan_category.clone()?))));
    let texts = crate::values::values(document);
    all.extend(texts.iter().flat_map(|value| quoted(&value.text.chars().collect::<Vec<_>>())).map(|(_, name)| ("plan", name)));
    all
}

/// Names in quotation marks, with the place of their first letter.
fn quoted(text: &[char]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, open) in text.iter().enumerate() {
        let close = match open {
            '「' => '」',
            '『' => '』',
            _ => continue,
        };
        if let Some(length) = text[at + 1..].iter().position(|c| *c == close || c == open) {
            found.push((at + 1, text[at + 1..at + 1 + length].iter().collect()));
        }
    }
    found
}

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut by_kind: BTreeMap<&str, Vec<(&String, u32)>> = BTreeMap::new();
    for ((kind, name), times) in &sheet.usage.names {
        by_kind.entry(kind).or_default().push((name, *times));
    }
    by_kind.values_mut().for_each(|names| names.sort());
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        let whole = text.chars.iter().collect::<String>();
        let mut here: Vec<(&str, usize, String)> = quoted(&text.chars).into_iter().map(|(at, name)| ("plan", at, name)).collect();
        match (text.pointer.root().as_ref(), text.pointer.as_str().contains("/divisions"), text.pointer.name().as_ref()) {
            (_, true, _) => here.push(("division", 0, whole)),
            ("authors", _, "name") => here.push(("person", 0, whole)),
            _ => {}
        }
        for (kind, at, name) in here {
            let Some(other) = by_kind.get(kind).and_then(|names| other_spelling(names, &name)) else { continue };
            let (ja, en) = (format!("ほかの所では「{other}」と書かれています"), format!("elsewhere it is written {other:?}"));
            hits.push(Hit::new(index, [at, at + name.chars().count()], Some(other), ja, en));
        }
    }
    hits
}

fn other_spelling(names: &[(&String, u32)], name: &str) -> Option<String> {
    let own = names.iter().find(|(n, _)| *n == name).map_or(0, |(_, times)| *times);
    let better = names.iter().filter(|(other, times)| *other != name && is_one(other, name) && *times > own);
    better.max_by_key(|(other, times)| (*times, std::cmp::Reverse(*other))).map(|(other, _)| (*other).clone())
}

/// Whether both are one name in two spellings.
fn is_one(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|name| name.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>());
    let plain = |name: &[char]| name.iter().map(|c| plain(*c)).collect::<Vec<_>>();
    if a != b && plain(&a) == plain(&b) {
        return true;
    }
    let differs: String = a.iter().filter(|c| !b.contains(c)).chain(b.iter().filter(|c| !a.contains(c))).collect();
    a.len().min(b.len()) >= LONG && distance(&a, &b) == 1 && !differs.is_empty() && !differs.chars().any(|c| TELLING.contains(c))
}

fn plain(c: char) -> char {
    VARIANTS.iter().find(|all| all.contains(c)).and_then(|all| all.chars().next()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn two_spellings_of_one_plan_are_said_and_two_plans_are_not() {
        let texts = ["「人材育成基本方針」に基づく。", "「人材育成基本方針」の進行管理", "「人財育成基本方針」を見直す。"];
        assert_eq!(found("K008", &texts), ["人財育成基本方針 → 人材育成基本方針"]);
        let fine = ["「前期基本計画」の評価", "「前期基本計画」の公表", "「後期基本計画」の策定"];
        assert_eq!(found("K008", &fine), Vec::<String>::new());
    }

    #[test]
    fn a_variant_of_a_kanji_is_said() {
        use crate::checks::tests::{made, said};
        let authors = ["髙瀬 一", "高瀬 一", "髙瀬 一"].map(|name| serde_json::json!({ "post": "部長", "name": name }));
        assert_eq!(said("K008", &made(serde_json::json!({ "authors": authors }))), ["高瀬 一 → 髙瀬 一"]);
    }
}
