//! What the end of a line inside a cell is: the place where a text was wrapped, or the end of an entry. Told by how full the
//! line is against its cell, by marks and figures, and by the words.

use crate::reader::{LineEnd, Reader, ends_sentence};
use seisho_japanese::join::{Gap, Joint, Reason, Verdict, joint};
use seisho_model::geometry::{Pt, Rect, exceeds};
use seisho_model::script::is_amount;
use seisho_model::{Pages, Piece, Run};

/// The room that the lines of a cell have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Between two edges of a drawn page.
    Between(Pt, Pt),
    /// So many characters of a text whose columns stand apart by spaces.
    Characters(usize),
    /// So many columns of a half-width character between rules that are written.
    Columns(u32),
    /// The file ends lines where its author did.
    Stated,
}

/// A gap of no more than this, in percent of an em, is none.
const TOUCH_PERCENT: i32 = 55;
/// Two pieces whose middles are no farther apart, in percent of an em, stand on one line.
const LEVEL_PERCENT: i32 = 45;
/// A line is full where its next word and so much more, in percent of an em, would not have fitted.
const SLACK_PERCENT: i32 = 60;
/// A cell's lines stand no farther from its edge, in percent of an em, for their distance to be its margin.
const MARGIN_PERCENT: i32 = 150;
/// Lines of fewer characters were not ended for want of room.
const SHORTEST_FULL: usize = 12;
/// So many characters before a line end are looked at.
const CONTEXT: usize = 60;
/// Half-width letters are so wide, in percent of an em.
const HALF_PERCENT: i32 = 55;

impl Reader<'_> {
    /// What the line ends of a cell are: one for every two pieces of its lines that follow each other.
    pub fn line_ends(&mut self, lines: &[&Run], room: Room) -> Vec<LineEnd> {
        let pieces: Vec<(usize, Piece)> = lines.iter().enumerate().flat_map(|(n, run)| run.0.iter().map(move |&p| (n, p))).collect();
        let boxes: Vec<Option<Extent>> = pieces.iter().map(|(_, piece)| extent(self.pages, *piece)).collect();
        let right = right_edge(room, boxes.iter().flatten());
        let longest = if room == Room::Stated { self.longest(lines).max(SHORTEST_FULL) } else { 0 };
        let mut ends = Vec::with_capacity(pieces.len().saturating_sub(1));
        // What the entry so far says.
        let mut before = String::new();
        for (at, pair) in pieces.windows(2).enumerate() {
            let [(line, left), (next_line, next)] = [pair[0], pair[1]];
            let own = self.glance(&Run(vec![left])).text().trim().to_owned();
            before.push_str(&own);
            let after = self.glance(&Run(vec![next])).text().trim().to_owned();
            let end = match (boxes[at], boxes[at + 1]) {
                (Some(a), Some(b)) if is_level(&a, &b) => {
                    if exceeds(b.rect.x0.0 - a.rect.x1.0, TOUCH_PERCENT, a.em) {
                        LineEnd::Beside
                    } else {
                        LineEnd::Touching
                    }
                }
                // The end of a page cuts anywhere.
                (Some(a), Some(b)) if a.page != b.page => {
                    if ends_sentence(&before) {
                        LineEnd::FullSentence
                    } else {
                        LineEnd::Wrapped
                    }
                }
                // An amount at the right, and the next line at the left.
                (Some(a), Some(b)) if exceeds(a.rect.x0.0 - b.rect.x0.0, INDENT_PERCENT, a.em) && is_amount(self.pages.text(left)) => {
                    LineEnd::Entry
                }
                (Some(a), Some(_)) => self.end_of(&before, &after, Fill::of(is_full(&a, right, &after))),
                _ if line == next_line => LineEnd::Wrapped,
                _ => match room {
                    Room::Characters(widest) => self.end_of(&before, &after, Fill::of(own.chars().count() + 1 >= widest)),
                    Room::Columns(room) => self.end_of(&before, &after, Fill::of(columns(&own) + columns(first_word(&after)) > room)),
                    Room::Between(..) => self.end_of(&before, &after, Fill::Short),
                    Room::Stated if own.chars().count() + 1 >= longest => self.end_of(&before, &after, Fill::Longest),
                    Room::Stated => self.end_of(&before, &after, Fill::Short),
                },
            };
            if matches!(end, LineEnd::Entry | LineEnd::PerhapsEntry) {
                before.clear();
            }
            ends.push(end);
        }
        ends
    }

    /// The characters of the longest line.
    fn longest(&self, lines: &[&Run]) -> usize {
        lines.iter().map(|run| self.glance(run).text().trim().chars().count()).max().unwrap_or(0)
    }

    /// What ends a line.
    fn end_of(&mut self, before: &str, after: &str, fill: Fill) -> LineEnd {
        let is_digit = |c: char| c.is_numeric();
        if before.ends_with(is_digit) && after.starts_with(is_digit) || is_amount(before) && is_amount(after) {
            return LineEnd::Entry;
        }
        let from = before.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
        let Joint { verdict, reason } = joint(self.worker, &before[from..], after, Gap::LineBreak);
        match (fill, verdict) {
            // 課題の洗い出しと対応 | 方針を検討し
            (Fill::Full, Verdict::Separate) if reason == Reason::ClauseEnd => LineEnd::FullSentence,
            (_, Verdict::Separate) => LineEnd::Entry,
            (Fill::Full, Verdict::Unsure) if reason == Reason::SentenceEnd => LineEnd::FullSentence,
            (_, Verdict::Unsure) if reason == Reason::SentenceEnd => LineEnd::Entry,
            (Fill::Full, _) => LineEnd::Wrapped,
            // The words need one another: における | 「その他」の.
            (_, Verdict::Join) if matches!(reason, Reason::OpenBracket | Reason::LeftOpen | Reason::RightLeans) => LineEnd::Wrapped,
            (_, Verdict::Join) if matches!(reason, Reason::WordCut | Reason::Number) => LineEnd::Guess,
            (_, Verdict::Join) | (Fill::Longest, Verdict::Unsure) => LineEnd::PerhapsEntry,
            (Fill::Short, Verdict::Unsure) => LineEnd::Entry,
        }
    }
}

/// How full a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fill {
    /// The next word would not have fitted.
    Full,
    /// Nobody knows how much would have fitted, and no line of the cell holds more.
    Longest,
    /// More would have fitted.
    Short,
}

impl Fill {
    fn of(is_full: bool) -> Self {
        if is_full { Self::Full } else { Self::Short }
    }
}

/// What stands so far to the right of the next line, in percent of an em, is no beginning of a line.
const INDENT_PERCENT: i32 = 200;

/// Where a piece stands.
#[derive(Clone, Copy, Debug)]
struct Extent {
    page: u32,
    rect: Rect,
    em: i32,
}

fn extent(pages: &Pages, piece: Piece) -> Option<Extent> {
    let ink = pages.0[piece.page as usize].ink.as_ref()?;
    let mut glyphs = ink.glyphs_of(piece.range).peekable();
    let first = glyphs.peek().filter(|g| !g.vertical)?;
    let em = first.size.0.max(1);
    let rect = glyphs.map(|g| g.rect).reduce(Rect::union)?;
    Some(Extent { page: piece.page, rect, em })
}

fn is_level(a: &Extent, b: &Extent) -> bool {
    let down = (a.rect.center().1.0 - b.rect.center().1.0).abs();
    a.page == b.page && !exceeds(down, LEVEL_PERCENT, a.em.max(b.em)) && b.rect.x0.0 >= a.rect.center().0.0
}

/// How far lines may reach: the cell's edge without the margin that they keep at its left.
fn right_edge<'e>(room: Room, lines: impl Iterator<Item = &'e Extent> + Clone) -> i32 {
    let longest = lines.clone().map(|e| e.rect.x1.0).max().unwrap_or(0);
    let Room::Between(left, right) = room else { return longest };
    let em = lines.clone().map(|e| e.em).max().unwrap_or(0);
    let margin = lines.map(|e| e.rect.x0.0 - left.0).min().unwrap_or(0).clamp(0, em / 100 * MARGIN_PERCENT);
    (right.0 - margin).max(longest)
}

fn columns(text: &str) -> u32 {
    text.chars().map(seisho_model::script::columns).sum()
}

/// Whether the first word of the next line would not have fitted.
fn is_full(line: &Extent, right: i32, after: &str) -> bool {
    let wide = |c: char| line.em / 100 * if c.is_ascii() { HALF_PERCENT } else { 100 };
    let word: i32 = first_word(after).chars().map(wide).sum();
    // Authors end lines before brackets: there the room has to be too small.
    let slack = if after.starts_with(OPENING) { 0 } else { line.em / 100 * SLACK_PERCENT };
    right - line.rect.x1.0 < word + slack
}

/// What no line end may part at the start of a line: a Latin word, a figure (1,099) or a character, with the brackets that open before it and
/// what may not begin a line behind it.
fn first_word(text: &str) -> &str {
    let opened = text.len() - text.trim_start_matches(OPENING).len();
    let rest = &text[opened..];
    let is_inside = |at: usize| rest[at..].starts_with([',', '.']) && rest[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let latin = rest.char_indices().find(|&(at, c)| !c.is_ascii_alphanumeric() && !is_inside(at)).map_or(rest.len(), |(at, _)| at);
    let word = if latin > 0 { latin } else { rest.chars().next().map_or(0, char::len_utf8) };
    let closed = rest[word..].len() - rest[word..].trim_start_matches(CLOSING).len();
    &text[..opened + word + closed]
}

/// Brackets that end no line.
const OPENING: [char; 13] = ['「', '『', '（', '(', '【', '〔', '〈', '《', '［', '[', '｛', '“', '｢'];
/// What begins no line.
const CLOSING: [char; 20] =
    ['」', '』', '）', ')', '】', '〕', '〉', '》', '］', ']', '｝', '”', '｣', '。', '、', '，', '．', '・', '％', 'ー'];
