//! What stands on a page among its lines and cells and is no part of their text: large words behind it, readings of kanji,
//! marks of notes, numbers of lines in the margin, and what is struck out.

mod margin;
mod small;
mod strike;
mod watermark;
mod written;

use super::grid::{self, Grid};
use super::lines::{self, Mark};
use seisho_model::geometry::Rect;
use seisho_model::ink::{Ink, Origin, Ruling};
use seisho_model::layout::Apart;
use seisho_model::record::Role;
use seisho_model::{Page, Piece, Run, TextRange};

/// A page's letters without those apart.
pub(super) struct Parted {
    pub(super) live: Vec<Mark>,
    /// The rules that strike nothing, and the tables that they make.
    pub(super) rulings: Vec<Ruling>,
    pub(super) grids: Vec<Grid>,
    pub(super) apart: Vec<Apart>,
    /// Characters that are rules.
    pub(super) markup: Vec<Piece>,
    /// Letters that are printed over others.
    pub(super) overprinted: Vec<Piece>,
    /// Where text is struck out, line by line.
    pub(super) struck: Vec<Rect>,
}

/// Parts a page's letters.
pub(super) fn parted(page: &Page, ink: &Ink, number: u32) -> Parted {
    let (marks, watermark) = watermark::without(lines::marks(page, ink), &ink.slanted);
    let (marks, ruby) = small::without_ruby(page, marks);
    // Letters of a scan have no size of their own, and lines that run through them were taken for strokes before it was read.
    let is_said = ink.origin == Origin::Digital;
    let (marks, raised) = if is_said { small::without_raised(page, marks) } else { (marks, Vec::new()) };
    let (marks, mut drawn, written) = if is_said { written::without(page, marks) } else { (marks, Vec::new(), Vec::new()) };
    let strike::Parted { live, struck, rulings } = if is_said {
        drawn.extend_from_slice(&ink.rulings);
        strike::parted(marks, &drawn, &ink.strokes)
    } else {
        strike::Parted { rulings: ink.rulings.clone(), ..strike::parted(marks, &[], &ink.strokes) }
    };
    let grids = grid::grids(&rulings);
    let (live, margin) = margin::without(page, live, &grids);
    let run = |marks: &[Mark]| Run(lines::pieces(page, number, marks));
    let piece = |range: TextRange| Piece { page: number, range };
    let alone = |role: Role, marks: &[Mark]| (!marks.is_empty()).then(|| Apart { role, run: run(marks), beside: None });
    let groups = [(Role::Watermark, &watermark), (Role::Ruby, &ruby), (Role::MarginNumber, &margin)];
    let mut apart: Vec<Apart> = groups.into_iter().filter_map(|(role, marks)| alone(role, marks)).collect();
    apart.extend(raised.iter().map(|(mark, base)| Apart { role: Role::Note, run: run(mark), beside: Some(piece(base.range)) }));
    let struck: Vec<Vec<Mark>> = lines::rows(&struck).iter().flat_map(|row| lines::segments(row)).collect();
    apart.extend(struck.iter().map(|row| Apart { role: Role::Struck, run: run(row), beside: beside(row, &live, &grids).map(piece) }));
    let struck = struck.iter().map(|row| lines::bounds(row)).collect();
    let overprinted = if is_said { overprinted(page, &live).into_iter().map(piece).collect() } else { Vec::new() };
    let markup = written.iter().map(|mark| piece(mark.range)).collect();
    Parted { live, rulings, grids, apart, markup, overprinted, struck }
}

/// The letters that are printed over another one.
fn overprinted(page: &Page, live: &[Mark]) -> Vec<TextRange> {
    // Brackets and dots are half white, and set over their neighbours.
    let is_letter = |m: &&Mark| page.slice(m.range).chars().all(char::is_alphanumeric);
    let mut by_left: Vec<&Mark> = live.iter().filter(is_letter).collect();
    by_left.sort_unstable_by_key(|m| (m.rect.x0, m.rect.y0, m.range));
    let over = |at: usize| {
        let right = by_left[at].rect.x1;
        by_left[at + 1..]
            .iter()
            .take_while(|m| m.rect.x0 < right)
            .filter(|m| lines::is_over(by_left[at], m))
            .map(|m| m.range)
            .collect::<Vec<_>>()
    };
    (0..by_left.len()).flat_map(over).collect()
}

/// The nearest glyph that stands in the same cell, or on the same line outside tables.
fn beside(row: &[Mark], live: &[Mark], grids: &[Grid]) -> Option<TextRange> {
    let cell = |mark: &Mark| {
        let at = grids.iter().position(|g| g.bounds().contains(mark.rect.center()))?;
        Some((at, grids[at].cell_at(mark.rect.center())?))
    };
    let first = *row.first()?;
    let place = cell(&first);
    let down = |mark: &Mark| (mark.rect.center().1.0 - first.rect.center().1.0).abs();
    let is_near = |mark: &&Mark| cell(mark) == place && (place.is_some() || lines::is_level(mark, &first));
    let across = |mark: &Mark| (mark.rect.center().0.0 - first.rect.center().0.0).abs();
    live.iter().filter(is_near).min_by_key(|mark| (down(mark), across(mark), mark.range)).map(|mark| mark.range)
}
