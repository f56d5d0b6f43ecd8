//! A line of a page as the texts that wide white parts, and as its words.

use crate::drawn::lines::{self, Mark};
use crate::text::plain::is_label_like;
use seisho_model::Page;
use seisho_model::geometry::{Rect, exceeds};

/// White between two texts of a line, in percent of an em; between two figures less is enough.
const GAP_PERCENT: i32 = 80;
const FIGURE_GAP_PERCENT: i32 = 38;
/// And between a text and the figure behind it.
const MIXED_GAP_PERCENT: i32 = 45;
/// A wide blank, with the white of its neighbours, in percent of an em.
const WIDE_PERCENT: i32 = 150;
/// So many dots in a row lead from a title to its page.
const LEADER: usize = 3;

/// A text of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) is_figure: bool,
    /// A label of a paragraph: (1), ア.
    pub(super) is_label: bool,
}

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) rect: Rect,
    /// Its font size.
    pub(super) em: i32,
    pub(super) parts: Vec<Part>,
    /// What its words cover.
    pub(super) words: Vec<(i32, i32)>,
    /// How wide its first word is, or its first letter where words are not parted by blanks.
    pub(super) lead: i32,
    /// Dots lead from a title to its page.
    pub(super) has_leader: bool,
}

impl Line {
    pub(super) fn new(page: &Page, row: &[Mark]) -> Self {
        let stretches = lines::stretches(row, lines::WORD_PERCENT);
        let words: Vec<(i32, i32)> = stretches.iter().map(|word| lines::bounds(word)).map(|b| (b.x0.0, b.x1.0)).collect();
        let is_dot = |m: &Mark| page.slice(m.range).chars().all(|c| matches!(c, '.' | '・' | '…' | '‥' | '･'));
        let has_leader = row.windows(LEADER).any(|marks| marks.iter().all(is_dot));
        let em = row.iter().map(|m| m.size).max().unwrap_or(1);
        let is_parted = page.slice(row[0].range).chars().all(|c| (c as u32) < 0x2000);
        let lead = words.first().filter(|_| is_parted).map_or(em, |w| w.1 - w.0);
        Self { rect: lines::bounds(row), em, parts: parts(page, row), words, lead, has_leader }
    }

    /// Whether it has several texts.
    pub(super) fn is_parted(&self) -> bool {
        self.parts.len() > 1
    }

    /// White between it and a line below it.
    pub(super) fn gap(&self, below: &Self) -> i32 {
        below.rect.y0.0 - self.rect.y1.0
    }
}

/// The texts of a line.
fn parts(page: &Page, row: &[Mark]) -> Vec<Part> {
    let is_figure = |mark: &Mark| page.slice(mark.range).chars().all(is_of_figure);
    let mut parts: Vec<Part> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut last: Option<&Mark> = None;
    for (at, mark) in row.iter().enumerate() {
        let own = Part { from: mark.rect.x0.0, to: mark.rect.x1.0, is_figure: is_figure(mark), is_label: false };
        let joins = last.is_some_and(|last| {
            let limit = match (is_figure(last), own.is_figure) {
                (true, true) => FIGURE_GAP_PERCENT,
                (false, true) => MIXED_GAP_PERCENT,
                (_, false) => GAP_PERCENT,
            };
            !exceeds(mark.rect.x0.0 - last.rect.x1.0, limit, last.size.max(mark.size)) || is_one_blank(page, last, mark)
        });
        match parts.last_mut().filter(|_| joins) {
            Some(part) => (part.to, part.is_figure) = (part.to.max(own.to), part.is_figure && own.is_figure),
            None => {
                parts.push(own);
                starts.push(at);
            }
        }
        last = Some(mark);
    }
    let ends = starts.iter().skip(1).copied().chain([row.len()]);
    for (part, (start, end)) in parts.iter_mut().zip(starts.iter().copied().zip(ends)) {
        part.is_label = is_label_like(row[start..end].iter().flat_map(|mark| page.slice(mark.range).chars()));
    }
    parts
}

/// Whether a wide blank of the file stands between two glyphs, as between the number of a table and its title.
fn is_one_blank(page: &Page, last: &Mark, mark: &Mark) -> bool {
    let (from, to) = (last.range.end as usize, mark.range.start as usize);
    from < to && &page.text[from..to] == "\u{3000}" && !exceeds(mark.rect.x0.0 - last.rect.x1.0, WIDE_PERCENT, mark.size)
}

/// A character of a figure or of what stands for one.
fn is_of_figure(c: char) -> bool {
    lines::is_of_figure(c) || matches!(c, '―' | '–' | '−' | '+' | '±' | '(' | ')' | '（' | '）' | '*' | '…' | '$' | '¥' | '€' | '£' | '/')
}
