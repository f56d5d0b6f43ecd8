//! What the end of a line inside a cell is: the place where a text was wrapped, or the end of an entry. Told by how full the
//! line is against its cell, by marks and figures, and by the words.

use crate::reader::{LineEnd, Reader};
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
                // An amount at the right, and the next line at the left.
                (Some(a), Some(b)) if exceeds(a.rect.x0.0 - b.rect.x0.0, INDENT_PERCENT, a.em) && is_amount(self.pages.text(left)) => {
                    LineEnd::Entry
                }
                (Some(a), Some(_)) => self.end_of(&before, &after, is_full(&a, right, &after)),
                _ if line == next_line => LineEnd::Wrapped,
                _ => match room {
                    Room::Characters(widest) => self.end_of(&before, &after, own.chars().count() + 1 >= widest),
                    Room::Between(..) | Room::Stated => self.end_of(&before, &after, false),
                },
            };
            if end == LineEnd::Entry {
                before.clear();
            }
            ends.push(end);
        }
        ends
    }

    /// What ends a line that is full, or is not.
    fn end_of(&mut self, before: &str, after: &str, is_full: bool) -> LineEnd {
        let is_digit = |c: char| c.is_numeric();
        if before.ends_with(is_digit) && after.starts_with(is_digit) {
            return LineEnd::Entry;
        }
        let from = before.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
        let Joint { verdict, reason } = joint(self.worker, &before[from..], after, Gap::LineBreak);
        match (is_full, verdict) {
            (_, Verdict::Separate) => LineEnd::Entry,
            (true, Verdict::Unsure) if reason == Reason::SentenceEnd => LineEnd::Entry,
            (true, _) => LineEnd::Wrapped,
            // The words need one another: における | 「その他」の.
            (false, Verdict::Join) if matches!(reason, Reason::OpenBracket | Reason::LeftOpen | Reason::RightLeans) => LineEnd::Wrapped,
            (false, Verdict::Join) if matches!(reason, Reason::WordCut | Reason::Number) => LineEnd::Guess,
            (false, _) => LineEnd::Entry,
        }
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

/// Whether the first word of the next line would not have fitted.
fn is_full(line: &Extent, right: i32, after: &str) -> bool {
    let latin = after.chars().take_while(char::is_ascii_alphanumeric).count() as i32;
    let word = if latin > 0 { latin * line.em / 100 * HALF_PERCENT } else { line.em };
    right - line.rect.x1.0 < word + line.em / 100 * SLACK_PERCENT
}
