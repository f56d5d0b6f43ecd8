//! Glyphs to rows and segments: by height on the page first, then from left to right.

use seisho_model::geometry::{Pt, Rect, exceeds};
use seisho_model::ink::Ink;
use seisho_model::{Page, Piece, TextRange, is_visible};

/// A glyph that leaves ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) range: TextRange,
    pub(super) rect: Rect,
    /// Font size, in thousandths of a point.
    pub(super) size: i32,
    /// Set in a vertical writing mode.
    pub(super) vertical: bool,
}

/// Two glyphs whose middles lie within this share of an em, in percent, stand in one row.
const ROW_PERCENT: i32 = 45;
/// A gap of more than this many percent of an em sets two segments of a row apart: columns of a heading,
/// not words. Words and names are at most a full-width blank apart, titles two.
const SEGMENT_PERCENT: i32 = 240;

/// The glyphs of a page that leave ink, in content order.
pub(super) fn marks(page: &Page, ink: &Ink) -> Vec<Mark> {
    let is_ink = |range: TextRange| page.slice(range).chars().any(is_visible);
    ink.glyphs
        .iter()
        .filter(|g| is_ink(g.range))
        .map(|g| Mark { range: g.range, rect: g.rect, size: g.size.0.max(1), vertical: g.vertical })
        .collect()
}

/// Rows from top to bottom, each from left to right; where most glyphs are set vertically, columns from
/// right to left, each from top to bottom.
pub(super) fn rows(marks: &[Mark]) -> Vec<Vec<Mark>> {
    if marks.iter().filter(|m| m.vertical).count() * 2 > marks.len() {
        return columns(marks);
    }
    if let Some(columns) = unsaid_columns(marks) {
        return columns;
    }
    let mut sorted = marks.to_vec();
    // Content order breaks ties: it is the only order that the file itself gives.
    sorted.sort_by_key(|m| (m.rect.center().1, m.rect.x0, m.range));
    let mut rows: Vec<Vec<Mark>> = Vec::new();
    // The first of the largest letters of the row: a raised one comes first, and a lowered one is far below it.
    let mut level: Option<Mark> = None;
    for mark in sorted {
        match rows.last_mut().filter(|_| level.is_some_and(|level| is_level(&level, &mark))) {
            Some(row) => row.push(mark),
            None => {
                rows.push(vec![mark]);
                level = None;
            }
        }
        level = level.filter(|level| level.size >= mark.size).or(Some(mark));
    }
    for row in &mut rows {
        row.sort_by_key(|m| (m.rect.x0, m.range));
    }
    rows.into_iter().flat_map(parted_lines).collect()
}

/// Two glyphs whose boxes share more than this of the narrower one, in percent, are printed over each other.
const OVER_PERCENT: i32 = 50;
/// Fewer of them are an accent, a mark drawn over a letter, or brackets whose white halves are set over each other.
const ENOUGH_OVER: usize = 2;
/// And so many, in percent, of the glyphs of a row.
const OVER_SHARE_PERCENT: usize = 15;
/// Lines printed over each other are so far apart, in percent of an em.
const SAME_LINE_PERCENT: i32 = 6;

/// Whether two glyphs are printed over each other.
pub(super) fn is_over(a: &Mark, b: &Mark) -> bool {
    let shared = |a0: Pt, a1: Pt, b0: Pt, b1: Pt| a1.0.min(b1.0) - a0.0.max(b0.0);
    let across = shared(a.rect.x0, a.rect.x1, b.rect.x0, b.rect.x1);
    let down = shared(a.rect.y0, a.rect.y1, b.rect.y0, b.rect.y1);
    across > 0
        && down > 0
        && exceeds(across, OVER_PERCENT, a.rect.width().0.min(b.rect.width().0))
        && exceeds(down, OVER_PERCENT, a.rect.height().0.min(b.rect.height().0))
}

/// A row as lines: what is printed over each other is taken apart by height, and by the order in which it was drawn.
fn parted_lines(row: Vec<Mark>) -> Vec<Vec<Mark>> {
    let over = row.windows(2).filter(|w| is_over(&w[0], &w[1])).count();
    if over < ENOUGH_OVER || over * 100 < row.len() * OVER_SHARE_PERCENT {
        return vec![row];
    }
    let mut by_order = row;
    by_order.sort_by_key(|m| m.range);
    let mut lines: Vec<Vec<Mark>> = Vec::new();
    for mark in by_order {
        let is_of = |line: &&mut Vec<Mark>| {
            line.last().is_some_and(|last| {
                let apart = (mark.rect.center().1.0 - last.rect.center().1.0).abs();
                !exceeds(apart, SAME_LINE_PERCENT, last.size) && mark.rect.x0.0 >= last.rect.center().0.0
            })
        };
        match lines.iter_mut().rev().find(is_of) {
            Some(line) => line.push(mark),
            None => lines.push(vec![mark]),
        }
    }
    lines.sort_by_key(|line| (line[0].rect.y0, line[0].rect.x0, line[0].range));
    lines
}

/// Whether text is read from top to bottom, column by column.
pub(super) fn reads_down(marks: &[Mark]) -> bool {
    marks.iter().filter(|m| m.vertical).count() * 2 > marks.len() || unsaid_columns(marks).is_some()
}

/// A character that figures are written with.
pub(in crate::drawn) fn is_of_figure(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | ',' | '，' | '.' | '．' | '-' | '－' | '△' | '▲' | '%' | '％')
}

/// Whether two glyphs stand on one line.
pub(super) fn is_level(a: &Mark, b: &Mark) -> bool {
    !exceeds((a.rect.center().1.0 - b.rect.center().1.0).abs(), ROW_PERCENT, a.size.max(b.size))
}

/// Fewer glyphs may be written from top to bottom by chance.
const ENOUGH: usize = 6;

/// Letters are as far apart down as across at most, in percent: columns may stand as close as their letters.
const EVEN_PERCENT: i32 = 105;

/// The columns in which glyphs stand that are no farther from the next one down than from the next one across, and that
/// the file has in that order: many programs place the letters of vertical text one by one and say nothing of its
/// setting. A lone column reads the same either way.
fn unsaid_columns(marks: &[Mark]) -> Option<Vec<Vec<Mark>>> {
    if marks.len() < ENOUGH {
        return None;
    }
    let found = columns(&marks.iter().map(|m| Mark { vertical: true, ..*m }).collect::<Vec<_>>());
    if found.len() < 2 || !found.concat().is_sorted_by_key(|m| m.range) {
        return None;
    }
    let down = |column: &Vec<Mark>| column.windows(2).map(|w| w[1].rect.y0.0 - w[0].rect.y0.0).collect::<Vec<_>>();
    let mut steps: Vec<i32> = found.iter().flat_map(down).collect();
    steps.sort_unstable();
    let step = *steps.get(steps.len() / 2)?;
    let across = found.windows(2).map(|w| w[0][0].rect.center().0.0 - w[1][0].rect.center().0.0).min()?;
    (!exceeds(step, EVEN_PERCENT, across)).then_some(found)
}

fn columns(marks: &[Mark]) -> Vec<Vec<Mark>> {
    let mut sorted = marks.to_vec();
    sorted.sort_by_key(|m| (std::cmp::Reverse(m.rect.center().0), m.rect.y0, m.range));
    let mut columns: Vec<Vec<Mark>> = Vec::new();
    for mark in sorted {
        let apart = |column: &Vec<Mark>| (mark.rect.center().0.0 - column[0].rect.center().0.0).abs();
        match columns.last_mut().filter(|c| !exceeds(apart(c), ROW_PERCENT, c[0].size.max(mark.size))) {
            Some(column) => column.push(mark),
            None => columns.push(vec![mark]),
        }
    }
    columns.iter_mut().for_each(|c| c.sort_by_key(|m| (m.rect.y0, m.range)));
    columns
}

/// White between two words is wider, in percent of an em.
pub(super) const WORD_PERCENT: i32 = 15;
/// Lines of one heading or name are closer than this, in percent of an em.
const LEADING_PERCENT: i32 = 30;
/// Sizes of one heading differ by no more than this, in percent.
const LIKE_PERCENT: i32 = 15;

/// Whether lines this far apart are of one heading or name.
pub(super) fn is_wrapped(gap: i32, em: i32) -> bool {
    !exceeds(gap, LEADING_PERCENT, em)
}

/// Whether letters are as large as others.
pub(super) fn is_like(size: i32, em: i32) -> bool {
    !exceeds((size - em).abs(), LIKE_PERCENT, em)
}

/// The stretches of a row without a wide gap.
pub(super) fn segments(row: &[Mark]) -> Vec<Vec<Mark>> {
    stretches(row, SEGMENT_PERCENT)
}

/// The stretches of a row without a gap of more than so many percent of an em.
pub(super) fn stretches(row: &[Mark], percent: i32) -> Vec<Vec<Mark>> {
    let mut segments: Vec<Vec<Mark>> = Vec::new();
    for &mark in row {
        let joins = segments.last().and_then(|s| s.last()).is_some_and(|last| !is_parted(last, &mark, percent));
        match segments.last_mut().filter(|_| joins) {
            Some(segment) => segment.push(mark),
            None => segments.push(vec![mark]),
        }
    }
    segments
}

/// Whether a gap of more than so many percent of an em lies between two neighbours.
fn is_parted(last: &Mark, next: &Mark, percent: i32) -> bool {
    let gap = if next.vertical { next.rect.y0.0 - last.rect.y1.0 } else { next.rect.x0.0 - last.rect.x1.0 };
    exceeds(gap, percent, last.size.max(next.size))
}

/// The box around glyphs.
pub(super) fn bounds(marks: &[Mark]) -> Rect {
    marks.iter().map(|m| m.rect).reduce(Rect::union).unwrap_or_default()
}

/// A gap of more than this share of an em, in percent, is a blank, whether or not the file has one there.
const BLANK_PERCENT: i32 = 55;

/// A glyph from where its ink begins: the left half of an opening bracket is white.
fn inked(page: &Page, mark: Mark) -> Mark {
    let opens = page.slice(mark.range).starts_with(['「', '『', '（', '〔', '【', '《', '〈', '［', '｛']);
    let is_wide = !exceeds(mark.size, 120, mark.rect.width().0);
    let x0 = if opens && is_wide { Pt(mark.rect.x0.0 + mark.size / 2) } else { mark.rect.x0 };
    Mark { rect: Rect { x0, ..mark.rect }, ..mark }
}

/// The pieces of the page's text behind glyphs in a row: one for each stretch that the text has in one go and
/// that no gap parts. Blanks of the file between two glyphs belong to the piece.
pub(super) fn pieces(page: &Page, number: u32, marks: &[Mark]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before: Option<&Mark> = None;
    for mark in marks {
        let goes_on = before.is_some_and(|last| {
            let (from, to) = (last.range.end as usize, mark.range.start as usize);
            let between = if from <= to { &page.text[from..to] } else { "." };
            let is_cut = between.contains(is_visible) || between.is_empty() && is_parted(last, &inked(page, *mark), BLANK_PERCENT);
            !is_cut
        });
        match pieces.last_mut().filter(|_| goes_on) {
            Some(piece) => piece.range.end = mark.range.end,
            None => pieces.push(Piece { page: number, range: mark.range }),
        }
        before = Some(mark);
    }
    pieces
}

#[cfg(test)]
/// A page with letters of so many points at these places, written in that order.
pub(super) fn drawn(text: &str, places: &[(i32, i32, i32)]) -> (Page, Ink) {
    use seisho_model::ink::Glyph;
    let starts = text.char_indices().map(|(at, c)| TextRange::new(at, at + c.len_utf8()));
    let glyph = |(range, &(x, y, size)): (TextRange, &(i32, i32, i32))| {
        let [x0, y0, x1, y1] = [x, y, x + size, y + size].map(|v| Pt(v * 1000));
        Glyph { range, rect: Rect { x0, y0, x1, y1 }, size: Pt(size * 1000), vertical: false, score: None }
    };
    let ink = Ink { glyphs: starts.zip(places).map(glyph).collect(), ..Ink::default() };
    (Page::drawn(text.into(), ink.clone()), ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raised_and_a_lowered_letter_stand_on_the_line_of_the_others() {
        //            2       8 points, raised
        //  C O 2  m          10 points; 2 of 8, lowered
        let places = [(0, 10, 10), (10, 10, 10), (20, 14, 8), (40, 10, 10), (50, 8, 8)];
        let (page, ink) = drawn("CO2m2", &places);
        let rows = rows(&marks(&page, &ink));
        let read: Vec<String> = rows.iter().map(|row| row.iter().map(|m| page.slice(m.range)).collect()).collect();
        assert_eq!(read, ["CO2m2"]);
    }

    #[test]
    fn letters_that_a_file_places_one_by_one_in_columns_are_read_down() {
        //  護 介      14 points across, 10 down
        //  課 護
        //     保
        //     険
        let places = [(14, 0, 10), (14, 10, 10), (14, 20, 10), (14, 30, 10), (0, 0, 10), (0, 10, 10)];
        let read = |text: &str, places: &[(i32, i32, i32)]| {
            let (page, ink) = drawn(text, places);
            let rows = rows(&marks(&page, &ink));
            rows.iter().map(|row| row.iter().map(|m| page.slice(m.range)).collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(read("介護保険護課", &places), ["介護保険", "護課"]);
        let mut lines = places;
        lines.sort_by_key(|p| (p.1, p.0));
        assert_eq!(read("護介課護保険", &lines), ["護介", "課護", "保", "険"], "written line by line");
    }
}
