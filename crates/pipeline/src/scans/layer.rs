//! The text that came with a scan, read by somebody else and seen by nobody, held against our own reading.

use seisho_japanese::normalize::match_text;
use seisho_model::geometry::Rect;
use seisho_model::ink::Hidden;
use seisho_model::{Code, Finding, is_visible};
use std::collections::BTreeMap;

/// A layer that shares less than this with our own reading, in percent of their characters, is another text: there is
/// no use in saying so for every cell.
const LIKE_PERCENT: usize = 70;

/// Messages hold no more characters of a text than these.
const LONGEST: usize = 30;

/// A part of a page as we read it, and where it stands on the page as shown.
pub(super) struct Part {
    pub(super) rect: Rect,
    pub(super) text: String,
}

/// Says where the layer reads differently: for the page as a whole, or cell by cell; what it reads is the suggestion.
pub(super) fn disagreements(index: usize, layer: &[Hidden], parts: &[Part]) -> Vec<Finding> {
    let said: String = layer.iter().map(|h| h.text.as_str()).collect();
    let ours: String = parts.iter().map(|p| p.text.as_str()).collect();
    if !said.contains(is_visible) {
        return Vec::new();
    }
    let percent = shared_percent(&said, &ours);
    if percent < LIKE_PERCENT {
        return vec![unlike(index, percent, &said)];
    }
    let mut by_part = vec![String::new(); parts.len()];
    let mut elsewhere = String::new();
    for glyph in layer {
        let part = parts.iter().position(|p| p.rect.contains(glyph.rect.center()));
        part.map_or(&mut elsewhere, |p| &mut by_part[p]).push_str(&glyph.text);
    }
    let differ = parts.iter().zip(&by_part).filter(|(part, said)| said.contains(is_visible) && key(&part.text) != key(said));
    let mut findings: Vec<Finding> = differ.map(|(part, said)| differs(index, part, said)).collect();
    findings.extend(elsewhere.contains(is_visible).then(|| nowhere(index, &elsewhere)));
    findings
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
    let page = index + 1;
    let ja = format!("{page} 頁に付いていた文字層は、この読み取りと {percent}% しか合いません");
    let en = format!("the text layer of page {page} shares {percent} % of its characters with this reading");
    Finding::new(Code::X008, ja, en).suggesting(said)
}

fn differs(index: usize, part: &Part, said: &str) -> Finding {
    let (ours, theirs) = (short(&part.text), short(said));
    let ja = format!("ここの読みは「{ours}」、文字層は「{theirs}」です");
    let en = format!("this reads {ours}, the text layer says {theirs}");
    Finding::new(Code::X008, ja, en).at_boxes(index as u32 + 1, vec![part.rect]).suggesting(said.trim())
}

fn nowhere(index: usize, said: &str) -> Finding {
    let (page, theirs) = (index + 1, short(said));
    let ja = format!("{page} 頁の文字層にある「{theirs}」は、紙面には読めませんでした");
    let en = format!("the text layer of page {page} says {theirs} where nothing was read");
    Finding::new(Code::X008, ja, en).suggesting(said.trim())
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

    /// Cells side by side, 100 points wide.
    fn rect(cell: usize) -> Rect {
        Rect::new((cell as f64 * 100.0, 0.0), (cell as f64 * 100.0 + 90.0, 20.0)).unwrap()
    }

    fn said(layer: &[&str], ours: &[&str]) -> Vec<(Option<String>, bool)> {
        let layer: Vec<Hidden> = layer.iter().enumerate().map(|(i, t)| Hidden { text: (*t).to_owned(), rect: rect(i) }).collect();
        let parts: Vec<Part> = ours.iter().enumerate().map(|(i, t)| Part { rect: rect(i), text: (*t).to_owned() }).collect();
        let has_place = |f: &Finding| matches!(f.spot, seisho_model::Spot::Boxes(..));
        disagreements(2, &layer, &parts).into_iter().map(|f| (f.suggestion.clone(), has_place(&f))).collect()
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
