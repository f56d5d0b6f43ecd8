//! The text that came with a scan, read by somebody else and seen by nobody, held against our own reading.

use super::layer_merge::{self, Better};
use seisho_japanese::normalize::match_text;
use seisho_japanese::tokenizer::Worker;
use seisho_model::codes::picture::x008;
use seisho_model::geometry::Rect;
use seisho_model::ink::Hidden;
use seisho_model::layout::StandIn;
use seisho_model::scan::Part;
use seisho_model::{Finding, Page, Piece, Trust, is_visible};
use std::collections::BTreeMap;

/// A layer that shares less than this with our own reading, in percent of their characters, is another text: there is
/// no use in saying so for every cell.
const LIKE_PERCENT: usize = 70;

/// Messages hold no more characters of a text than these.
const LONGEST: usize = 30;

/// What a layer says beside our own reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerReading {
    /// Letters of ours that were in doubt, in whose place the layer's make better Japanese.
    pub stand_ins: Vec<StandIn>,
    /// Every difference, with the other reading as the suggestion.
    pub findings: Vec<Finding>,
}

/// Compares the layer with our own reading, for the page as a whole or cell by cell. The page stays as it was read.
#[must_use]
pub fn compare(index: usize, layer: &[Hidden], page: &Page, parts: &[Part], words: &mut Worker) -> LayerReading {
    let said: String = layer.iter().map(|h| h.text.as_str()).collect();
    if !said.contains(is_visible) {
        return LayerReading::default();
    }
    let ours: String = parts.iter().map(|p| page.slice(p.range)).collect();
    let percent = shared_percent(&said, &ours);
    if percent < LIKE_PERCENT {
        return LayerReading { stand_ins: Vec::new(), findings: vec![unlike(index, percent, &said)] };
    }
    let mut by_part = vec![String::new(); parts.len()];
    let mut elsewhere = String::new();
    for glyph in layer {
        let part = parts.iter().position(|p| p.rect.contains(glyph.rect.center()));
        part.map_or(&mut elsewhere, |p| &mut by_part[p]).push_str(&glyph.text);
    }
    let mut out = LayerReading::default();
    for (part, said) in parts.iter().zip(&by_part).filter(|(_, said)| said.contains(is_visible)) {
        let ours = page.slice(part.range);
        if key(ours) != key(said) {
            let better = layer_merge::better(page, part.range, said, words);
            let now = with(ours, part.range.start, &better);
            out.findings.extend((!better.is_empty()).then(|| taken(index, part.rect, &now, ours)));
            out.findings.extend((key(&now) != key(said)).then(|| differs(index, part.rect, &now, said)));
            out.stand_ins.extend(better.into_iter().map(|b| stand_in(index, b)));
        }
    }
    out.findings.extend(elsewhere.contains(is_visible).then(|| nowhere(index, &elsewhere)));
    out
}

/// A text that begins at a place of the page, with the layer's letters in their places.
fn with(ours: &str, start: u32, better: &[Better]) -> String {
    let mut now = ours.to_owned();
    for letter in better.iter().rev() {
        let at = letter.range.as_usize();
        now.replace_range(at.start - start as usize..at.end - start as usize, letter.with.encode_utf8(&mut [0; 4]));
    }
    now
}

fn stand_in(index: usize, Better { range, with }: Better) -> StandIn {
    let piece = Piece { page: index as u32, range };
    StandIn { piece, means: with.to_string(), rule: "mend-by-layer", trust: Trust::Guess }
}

/// Visible characters that two texts share, in percent of the longer one.
fn shared_percent(a: &str, b: &str) -> usize {
    let counts = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        key(text).chars().for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let (a, b) = (counts(a), counts(b));
    let all = a.values().sum::<usize>().max(b.values().sum());
    let shared: usize = a.iter().map(|(c, n)| (*n).min(b.get(c).copied().unwrap_or(0))).sum();
    shared * 100 / all.max(1)
}

/// What is compared: width and blanks are no difference.
fn key(text: &str) -> String {
    match_text(text).chars().filter(|&c| is_visible(c)).collect()
}

fn unlike(index: usize, percent: usize, said: &str) -> Finding {
    x008::unlike(index + 1, percent, said)
}

fn differs(index: usize, rect: Rect, ours: &str, said: &str) -> Finding {
    x008::differs(&around(ours, said), &around(said, ours)).at_boxes(index as u32 + 1, vec![rect]).suggesting(said.trim())
}

fn taken(index: usize, rect: Rect, now: &str, before: &str) -> Finding {
    x008::taken(&around(now, before), &around(before, now)).at_boxes(index as u32 + 1, vec![rect]).suggesting(before.trim())
}

fn nowhere(index: usize, said: &str) -> Finding {
    x008::nowhere(index + 1, &short(said)).suggesting(said.trim())
}

/// A text from a little before the place where it differs from another, for a message.
fn around(text: &str, other: &str) -> String {
    const BEFORE: usize = 6;
    let visible = |text: &str| text.chars().filter(|&c| is_visible(c)).collect::<Vec<char>>();
    let (text, other) = (visible(text), visible(other));
    let same = text.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let skip = if text.len() > LONGEST { same.saturating_sub(BEFORE) } else { 0 };
    let rest = short(&text[skip..].iter().collect::<String>());
    if skip > 0 { format!("…{rest}") } else { rest }
}

/// The beginning of a text for a message, without blanks.
fn short(text: &str) -> String {
    let mut visible = text.chars().filter(|&c| is_visible(c));
    let start: String = visible.by_ref().take(LONGEST).collect();
    if visible.next().is_some() { start + "…" } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_japanese::tokenizer::Tokenizer;
    use seisho_model::TextRange;
    use seisho_model::ink::{Glyph, Ink};

    /// Cells side by side, 100 points wide.
    fn rect(cell: usize) -> Rect {
        Rect::new((cell as f64 * 100.0, 0.0), (cell as f64 * 100.0 + 90.0, 20.0)).unwrap()
    }

    /// A page of cells, all surely read but for the letters in `doubt`.
    fn read(ours: &[&str], doubt: &str) -> (Page, Vec<Part>) {
        let (mut text, mut ink, mut parts) = (String::new(), Ink::default(), Vec::new());
        for (cell, line) in ours.iter().enumerate() {
            let start = text.len();
            for c in line.chars() {
                let range = TextRange::new(text.len(), text.len() + c.len_utf8());
                text.push(c);
                let score = Some(if doubt.contains(c) { 7_000 } else { 9_900 });
                ink.glyphs.push(Glyph { range, rect: rect(cell), size: rect(cell).height(), vertical: false, score });
            }
            parts.push(Part { rect: rect(cell), range: TextRange::new(start, text.len()) });
        }
        (Page::drawn(text, ink), parts)
    }

    fn compared(layer: &[&str], (page, parts): &(Page, Vec<Part>)) -> LayerReading {
        let layer: Vec<Hidden> = layer.iter().enumerate().map(|(i, t)| Hidden { text: (*t).to_owned(), rect: rect(i) }).collect();
        let found = compare(2, &layer, page, parts, &mut Tokenizer::new().unwrap().worker());
        assert!(found.findings.iter().all(|f| f.code == seisho_model::Code::X008));
        found
    }

    /// The letters that are taken from a layer.
    fn taken(layer: &[&str], page: &(Page, Vec<Part>)) -> Vec<(String, String)> {
        let found = compared(layer, page).stand_ins;
        found.into_iter().map(|s| (page.0.slice(s.piece.range).to_owned(), s.means)).collect()
    }

    fn said(layer: &[&str], ours: &[&str]) -> Vec<(Option<String>, bool)> {
        let has_place = |f: &Finding| matches!(f.location, seisho_model::Location::Boxes(..));
        compared(layer, &read(ours, "")).findings.into_iter().map(|f| (f.suggestion.clone(), has_place(&f))).collect()
    }

    #[test]
    fn letters_in_doubt_are_the_layer_s_where_those_make_words() {
        let page = read(&["都市計面の見直しを進める", "3月"], "面3");
        let layer = ["都市計画の見直しを進める", "8月"];
        assert_eq!(taken(&layer, &page), [("面".to_owned(), "画".to_owned())], "a number is no word");
        assert_eq!(page.0.text, "都市計面の見直しを進める3月", "the page stays as it was read");
        let said: Vec<_> = compared(&layer, &page).findings.into_iter().map(|f| f.suggestion).collect();
        assert_eq!(said, [Some("都市計面の見直しを進める".to_owned()), Some("8月".to_owned())]);
        // A wrong layer changes nothing, nor does a right one what was surely read.
        assert_eq!(taken(&["都市計面の見直しを進める"], &read(&["都市計画の見直しを進める"], "画")), []);
        assert_eq!(taken(&["都市計画の見直しを進める"], &read(&["都市計面の見直しを進める"], "")), []);
    }

    #[test]
    fn a_layer_that_reads_the_same_is_no_finding() {
        assert_eq!(said(&[], &["市民部の運営方針"]), [], "there was no layer");
        assert_eq!(said(&["市民部 の運営方針", "３月"], &["市民部の\n運営方針", "3月"]), []);
    }

    #[test]
    fn a_cell_that_reads_differently_is_said_with_its_place_and_the_other_reading() {
        let ours = ["市民部の運営方針を定める", "3月", "広報課"];
        assert_eq!(said(&["市民部の運営方針を定める", "8月", "広報課"], &ours), [(Some("8月".to_owned()), true)]);
        assert_eq!(said(&["市民部の運営方針を定める", "3月", "広報課", "印"], &ours), [(Some("印".to_owned()), false)]);
    }

    #[test]
    fn a_layer_of_another_text_is_said_once() {
        assert_eq!(said(&["布艮郎の", "運宮万針"], &["市民部の", "運営方針"]), [(Some("布艮郎の運宮万針".to_owned()), false)]);
    }
}
