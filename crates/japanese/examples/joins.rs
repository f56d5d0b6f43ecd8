//! How well gaps are decided, on the gold texts of the corpus. The figures stand in `join`'s docs.
//!
//! `cargo run --release -p seisho-japanese --example joins [DIR] [wrong]`: DIR holds `gold/` and
//! `corpus/gold/` (default /work/shared); `wrong` lists what went wrong.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for developers")]

use seisho_japanese::join::{Gap, Verdict, joint, split_names, split_unmarked_items};
use seisho_japanese::tokenizer::{Tokenizer, Worker};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const SUFFIXES: &[&str] = &["課", "室", "係", "部", "局", "所", "館", "センター", "園", "校", "署", "隊", "委員会", "事務局"];

/// Names that municipalities use and the dictionary does not have as one word.
const UNKNOWN_NAMES: &[&str] = &[
    "港湾振興課",
    "空港周辺対策室",
    "林業振興課",
    "水産課",
    "動物愛護センター",
    "斎場管理事務所",
    "墓園管理室",
    "国際交流課",
    "男女共同参画室",
    "消費生活センター",
    "統計調査課",
    "検査課",
    "営繕課",
    "地籍調査課",
    "開発指導課",
    "河川課",
    "浸水対策室",
    "区画整理課",
    "市街地整備課",
    "住まい政策課",
    "空き家対策室",
    "脱炭素推進室",
    "廃棄物対策課",
    "環境保全課",
    "食肉衛生検査所",
    "保健予防課",
    "母子保健課",
    "発達支援センター",
    "児童育成課",
    "青少年育成課",
    "郷土博物館",
    "埋蔵文化財センター",
    "消防総務課",
    "予防課",
    "警防課",
    "救急課",
    "議事課",
    "出納室",
    "DX推進課",
    "ふるさと納税推進室",
    "シティプロモーション課",
    "ゼロカーボン推進課",
    "いきいき長寿課",
    "にぎわい創生課",
    "東部地域事務所",
    "中央公民館",
    "市立病院事務局",
    "農業委員会事務局",
];

/// Distinct texts of the gold files.
#[derive(Default)]
struct Gold {
    /// The items of a cell, one list a cell.
    cells: BTreeSet<Vec<String>>,
    /// Paragraphs in the order of the document, one list a document.
    policies: BTreeSet<Vec<String>>,
    divisions: BTreeSet<String>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wrong = arguments.iter().any(|a| a == "wrong");
    let dir = arguments.iter().find(|a| *a != "wrong").cloned().unwrap_or_else(|| "/work/shared".into());
    let start = std::time::Instant::now();
    let tokenizer = Tokenizer::new().unwrap();
    let mut worker = tokenizer.worker();
    worker.segment("令和8年度の施政方針について");
    println!("start, first sentence included: {:?}", start.elapsed());
    let gold = read(Path::new(&dir));
    println!("{} cells, {} policies, {} divisions", gold.cells.len(), gold.policies.len(), gold.divisions.len());
    speed(&mut worker, &gold);
    for gap in [Gap::Space, Gap::LineBreak, Gap::ParagraphBreak] {
        joints(&mut worker, &gold, gap, wrong);
    }
    println!("\nnames of the gold");
    names(&mut worker, &gold.divisions.iter().map(String::as_str).collect::<Vec<_>>(), wrong);
    println!("\nnames that the dictionary does not have");
    names(&mut worker, UNKNOWN_NAMES, wrong);
    items(&mut worker, &gold, wrong);
}

fn read(dir: &Path) -> Gold {
    let mut gold = Gold::default();
    for folder in ["gold", "corpus/gold"] {
        let mut files: Vec<_> = std::fs::read_dir(dir.join(folder)).into_iter().flatten().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files {
            let document: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
            for goal in document["goals"].as_array().into_iter().flatten() {
                for field in ["target", "methods"] {
                    gold.cells.insert(strings(&goal[field]));
                }
                gold.divisions.extend(strings(&goal["divisions"]));
            }
            if document["sections"].is_array() {
                let mut paragraphs = strings(&document["preamble"]);
                document["sections"].as_array().unwrap().iter().for_each(|section| provision(section, &mut paragraphs));
                gold.policies.insert(paragraphs);
            }
        }
    }
    gold
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn provision(value: &Value, into: &mut Vec<String>) {
    into.extend(value["text"].as_str().filter(|t| !t.is_empty()).map(str::to_owned));
    into.extend(strings(&value["body"]));
    value["children"].as_array().into_iter().flatten().for_each(|child| provision(child, into));
}

fn speed(worker: &mut Worker, gold: &Gold) {
    let text: String = gold.policies.iter().flatten().map(|p| format!("{p}\n")).collect();
    let rounds = 20;
    let start = std::time::Instant::now();
    let tokens: usize = (0..rounds).map(|_| worker.segment(&text).len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    println!("segment: {:.1} MB/s ({tokens} tokens)", (text.len() * rounds) as f64 / seconds / 1e6);
    let start = std::time::Instant::now();
    let total: i64 = (0..rounds).filter_map(|_| worker.cost(&text)).sum();
    println!("cost: {:.1} MB/s ({total})", (text.len() * rounds) as f64 / start.elapsed().as_secs_f64() / 1e6);
}

/// Every place inside a paragraph or item is one to join; between two that follow each other, to separate.
fn joints(worker: &mut Worker, gold: &Gold, gap: Gap, wrong: bool) {
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut totals: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut asked = 0usize;
    let start = std::time::Instant::now();
    let mut ask = |truth: &'static str, left: &str, right: &str| {
        let found = joint(worker, left, right, gap);
        asked += 1;
        let verdict = match found.verdict {
            Verdict::Join => "join",
            Verdict::Separate => "separate",
            Verdict::Unsure => "unsure",
        };
        *counts.entry((truth, verdict, found.reason.name())).or_default() += 1;
        *totals.entry((truth, verdict)).or_default() += 1;
        if wrong && verdict != "unsure" && verdict != truth {
            println!("  {gap:?} {truth} but {verdict} by {}: {} | {}", found.reason.name(), tail(left), head(right));
        }
    };
    let paragraphs: BTreeSet<&String> = gold.cells.iter().chain(&gold.policies).flatten().collect();
    for paragraph in paragraphs {
        for (at, _) in paragraph.char_indices().skip(1) {
            let (left, right) = paragraph.split_at(at);
            if left.ends_with(char::is_whitespace) || right.starts_with(char::is_whitespace) {
                continue;
            }
            ask("join", left, right);
        }
    }
    let lists: Vec<&Vec<String>> =
        if gap == Gap::Space { gold.cells.iter().collect() } else { gold.cells.iter().chain(&gold.policies).collect() };
    let pairs: BTreeSet<(&String, &String)> = lists.iter().flat_map(|list| list.windows(2)).map(|pair| (&pair[0], &pair[1])).collect();
    for (left, right) in pairs {
        ask("separate", left, right);
    }
    println!("\n{gap:?}: {:.0} µs each", start.elapsed().as_secs_f64() * 1e6 / asked as f64);
    for truth in ["join", "separate"] {
        let all: usize = totals.iter().filter(|((t, _), _)| *t == truth).map(|(_, n)| n).sum();
        for verdict in ["join", "unsure", "separate"] {
            let n = totals.get(&(truth, verdict)).copied().unwrap_or(0);
            println!("  truth {truth:8} {verdict:8} {n:6} {:5.1} %", 100.0 * n as f64 / all.max(1) as f64);
        }
    }
    for ((truth, verdict, reason), n) in &counts {
        println!("    {truth:8} {verdict:8} {reason:12} {n}");
    }
}

fn tail(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    all[all.len().saturating_sub(25)..].iter().collect()
}

fn head(text: &str) -> String {
    text.chars().take(25).collect()
}

/// Right cells, guesses among the right, guesses among the wrong.
#[derive(Default)]
struct Score {
    all: usize,
    right: usize,
    right_guessed: usize,
    wrong_unsaid: usize,
}

fn names(worker: &mut Worker, all: &[&str], wrong: bool) {
    let mut cells: BTreeMap<&str, Vec<(String, Vec<&str>)>> = BTreeMap::new();
    for (i, name) in all.iter().enumerate() {
        for cut in cuts(name) {
            cells.entry("one, cut").or_default().push((cut, vec![name]));
        }
        // The names at coprime steps: every name meets several others, always the same.
        for step in [1, 7, 13, 29] {
            let other = all[(i + step) % all.len()];
            let third = all[(i + 2 * step + 1) % all.len()];
            if other == *name || third == *name || third == other {
                continue;
            }
            cells.entry("two, whole").or_default().push((format!("{name} {other}"), vec![name, other]));
            for cut in cuts(name) {
                cells.entry("two, first cut").or_default().push((format!("{cut} {other}"), vec![name, other]));
            }
            for cut in cuts(other) {
                cells.entry("two, second cut").or_default().push((format!("{name} {cut}"), vec![name, other]));
            }
            for cut in cuts(other) {
                cells.entry("three, middle cut").or_default().push((format!("{name} {cut} {third}"), vec![name, other, third]));
            }
            for (a, b) in cuts(other).into_iter().zip(cuts(third)) {
                cells.entry("three, two cut").or_default().push((format!("{name} {a} {b}"), vec![name, other, third]));
            }
        }
    }
    for (kind, cells) in cells {
        for (with, known) in [("nothing known", &[][..]), ("others known", all)] {
            let mut score = Score::default();
            for (cell, truth) in &cells {
                // The cut names themselves are not known: they stand nowhere else.
                let others = known.iter().copied().filter(|k| *k != "共通" && !truth.contains(k));
                let known = others.chain(["共通"]).map(str::to_owned).collect();
                let spans = split_names(worker, cell, &known, SUFFIXES);
                let found: Vec<String> = spans.iter().map(|s| s.of(cell)).collect();
                let guess = spans.iter().any(|s| s.guess);
                score.all += 1;
                if found == *truth {
                    score.right += 1;
                    score.right_guessed += usize::from(guess);
                } else {
                    score.wrong_unsaid += usize::from(!guess);
                    if wrong {
                        println!("  {kind}, {with}: {cell} → {}{}", found.join("/"), if guess { " (guess)" } else { "" });
                    }
                }
            }
            println!(
                "  {kind:18} {with:14} {:5} cells {:6.2} % right, of these {:.1} % called a guess; {} wrong without a word",
                score.all,
                100.0 * score.right as f64 / score.all as f64,
                100.0 * score.right_guessed as f64 / score.right.max(1) as f64,
                score.wrong_unsaid
            );
        }
    }
}

/// A name with a space at each place inside it.
fn cuts(name: &str) -> Vec<String> {
    name.char_indices().skip(1).map(|(at, _)| format!("{} {}", &name[..at], &name[at..])).collect()
}

fn items(worker: &mut Worker, gold: &Gold, wrong: bool) {
    println!("\nunmarked items");
    let cells: Vec<&Vec<String>> = gold.cells.iter().filter(|cell| !cell.is_empty()).collect();
    for stray in [false, true] {
        let (mut all, mut right, mut boundaries, mut guesses, mut unsaid) = (0, 0, 0, 0, 0);
        for (i, cell) in cells.iter().enumerate() {
            let text = if stray { with_stray_space(cell, i) } else { cell.join(" ") };
            let found = split_unmarked_items(worker, &text);
            let texts: Vec<String> = found.iter().map(|item| without(&text, item)).collect();
            let guess = found.iter().any(|item| item.guess);
            all += 1;
            boundaries += cell.len() - 1;
            guesses += found.iter().filter(|item| item.guess).count();
            if texts == **cell {
                right += 1;
            } else {
                unsaid += usize::from(!guess);
                if wrong {
                    println!("  {} → {}{}", text, texts.join(" ‖ "), if guess { " (guess)" } else { "" });
                }
            }
        }
        println!(
            "  {}: {all} cells, {boundaries} boundaries, {:.1} % of the cells right, {guesses} guesses, {unsaid} cells wrong without a word",
            if stray { "one stray space a cell" } else { "as they are" },
            100.0 * right as f64 / all as f64
        );
    }
}

fn without(text: &str, item: &seisho_japanese::join::Item) -> String {
    let mut out = String::new();
    let mut at = item.range.start as usize;
    for stray in &item.stray {
        out.push_str(&text[at..stray.start as usize]);
        at = stray.end as usize;
    }
    out.push_str(&text[at..item.range.end as usize]);
    out
}

/// The cell with a space inside its n-th item, at a place that moves from cell to cell.
fn with_stray_space(cell: &[String], n: usize) -> String {
    let mut items = cell.to_vec();
    let which = n % items.len();
    let length = items[which].chars().count();
    let at = items[which].char_indices().nth(1 + (n * 7) % (length - 1).max(1)).map_or(0, |(at, _)| at);
    items[which].insert(at, ' ');
    items.join(" ")
}
