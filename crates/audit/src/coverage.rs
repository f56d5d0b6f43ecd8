//! Nothing lost, nothing doubled: every visible character of the source is held once, by a value, by the
//! remainder or as markup.

use seisho_model::codes::audit::{a001, a002};
use seisho_model::{Finding, Pages, Piece, Run, TextRange, is_visible};

/// Who holds which part of the source.
#[derive(Clone, Copy, Debug)]
pub struct Holdings<'a> {
    /// Values of the record.
    pub values: &'a [Piece],
    /// The remainder.
    pub remainder: &'a [Piece],
    /// Markup.
    pub markup: &'a [Piece],
}

/// Counts the holders of every visible character; says where there is none or more than one.
#[must_use]
pub fn coverage(pages: &Pages, holdings: &Holdings<'_>) -> Vec<Finding> {
    let mut missing = Stretches::default();
    let mut doubled = Stretches::default();
    for (number, (page, steps)) in pages.0.iter().zip(steps(pages, holdings)).enumerate() {
        let number = number as u32;
        let (mut holders, mut counted) = (0_i32, 0);
        for (at, c) in page.text.char_indices().filter(|&(_, c)| is_visible(c)) {
            holders += steps[counted..=at].iter().sum::<i32>();
            counted = at + 1;
            match holders {
                0 => missing.add(number, at, c),
                1 => {}
                _ => doubled.add(number, at, c),
            }
        }
    }
    let mut findings = Vec::new();
    if let Some((n, run)) = missing.finish() {
        findings.push(a001::missing(n, run));
    }
    if let Some((n, run)) = doubled.finish() {
        findings.push(a002::doubled(n, run));
    }
    findings
}

/// For every byte of every page how many pieces start there less those that end: their running sum is the number
/// of pieces that hold the byte.
fn steps(pages: &Pages, holdings: &Holdings<'_>) -> Vec<Vec<i32>> {
    let mut steps: Vec<Vec<i32>> = pages.0.iter().map(|p| vec![0; p.text.len() + 1]).collect();
    for piece in holdings.values.iter().chain(holdings.remainder).chain(holdings.markup) {
        let page = &mut steps[piece.page as usize];
        page[piece.range.start as usize] += 1;
        page[piece.range.end as usize] -= 1;
    }
    steps
}

/// Characters in a row.
#[derive(Default)]
struct Stretches {
    count: usize,
    pieces: Vec<Piece>,
}

impl Stretches {
    fn add(&mut self, page: u32, at: usize, c: char) {
        self.count += 1;
        let end = at + c.len_utf8();
        match self.pieces.last_mut().filter(|p| p.page == page && p.range.end as usize == at) {
            Some(piece) => piece.range.end = end as u32,
            None => self.pieces.push(Piece { page, range: TextRange::new(at, end) }),
        }
    }

    fn finish(self) -> Option<(usize, Run)> {
        (self.count > 0).then_some((self.count, Run(self.pieces)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::Page;

    fn piece(start: usize, end: usize) -> Piece {
        Piece { page: 0, range: TextRange::new(start, end) }
    }

    fn check(values: &[Piece], remainder: &[Piece], markup: &[Piece]) -> Vec<(&'static str, Run)> {
        let pages = Pages(vec![Page::new("a b\nc".into(), 1, 0)]);
        let findings = coverage(&pages, &Holdings { values, remainder, markup });
        findings
            .into_iter()
            .map(|f| (f.code.name(), if let seisho_model::finding::Location::Text(run) = f.location { run } else { Run::default() }))
            .collect()
    }

    #[test]
    fn every_visible_character_held_once_is_silent() {
        assert_eq!(check(&[piece(0, 1)], &[piece(2, 3)], &[piece(4, 5)]), []);
    }

    #[test]
    fn a_character_that_nobody_holds_is_missing() {
        assert_eq!(check(&[piece(0, 3)], &[], &[]), [("A001", Run(vec![piece(4, 5)]))]);
    }

    #[test]
    fn a_character_with_two_holders_is_doubled() {
        assert_eq!(check(&[piece(0, 5)], &[piece(2, 3)], &[]), [("A002", Run(vec![piece(2, 3)]))]);
    }
}
