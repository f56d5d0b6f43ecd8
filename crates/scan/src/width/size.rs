//! The typeface that the letters of a document look like, and the size that each line is set in.

use super::bearings::{Bearing, FACES, bearing};
use super::line::{Forms, Letter, Line, Width};
use super::path::{self, Auto};
use seisho_model::script;

/// The typeface of the table that the lines of some pages look most like, and those lines with their size in it.
pub(super) fn in_their_face(pages: &[Vec<Line>]) -> (usize, Vec<Line>) {
    let faces = (0..FACES).map(|face| {
        let mut lines: Vec<Line> = pages.iter().flat_map(|lines| sized(lines, face)).collect();
        let print = path::print(&lines, face);
        lines.iter_mut().for_each(|line| line.print = print);
        let cost = Auto::all().map(|auto| path::cost(&lines, face, auto)).fold(f64::INFINITY, f64::min);
        (cost, face, lines)
    });
    let best = faces.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    best.map_or((0, Vec::new()), |(_, face, lines)| (face, lines))
}

/// Letters lower than this tell no size, in ems; nor do narrower ones.
const TELLING: f64 = 0.5;
/// So many letters tell the size of a cell.
const ENOUGH: usize = 3;
/// So many neighbours tell the step of a line.
const ENOUGH_STEPS: usize = 3;
/// A step is within these shares of an em.
const SHORTEST: f64 = 0.85;
const LONGEST: f64 = 1.3;
/// Less white than this share of an em was not put between letters to fill the line.
const SPREAD: f64 = 0.015;
/// The steps of a page, by size, of which this percent are of lines that were not filled.
const PLAIN_PERCENT: usize = 35;

/// Lines with the size that their letters show in a typeface.
fn sized(lines: &[Line], face: usize) -> Vec<Line> {
    let by_cut = |cut: usize| lines.iter().filter(move |l| l.cut == cut).flat_map(|l| &l.letters);
    let all = median(lines.iter().flat_map(|l| &l.letters).filter_map(|l| size(l, face)).collect());
    let own: Vec<f64> = lines
        .iter()
        .map(|line| {
            let sizes: Vec<f64> = line.letters.iter().filter_map(|l| size(l, face)).collect();
            let sizes = if sizes.len() >= ENOUGH { sizes } else { by_cut(line.cut).filter_map(|l| size(l, face)).collect() };
            median(sizes).or(all).unwrap_or(line.em)
        })
        .collect();
    let steps: Vec<Option<f64>> = lines.iter().zip(&own).map(|(line, em)| step(line, *em, face)).collect();
    // Print is bolder or thinner than the typeface, and its heights tell sizes too large or too small; steps do not.
    let mut shares: Vec<f64> = steps.iter().zip(&own).filter_map(|(step, em)| Some((*step)? / em)).collect();
    shares.sort_by(f64::total_cmp);
    let share = shares.get(shares.len() * PLAIN_PERCENT / 100).copied().unwrap_or(1.0);
    let of = |((line, em), step): ((&Line, &f64), &Option<f64>)| {
        let em = em * share;
        let spread = step.map_or(0.0, |step| step / em - 1.0);
        Line { em, spread: if spread.abs() < SPREAD { 0.0 } else { spread }, has_step: step.is_some(), ..line.clone() }
    };
    lines.iter().zip(&own).zip(&steps).map(of).collect()
}

/// The em that the ink of a letter shows; none where it does not tell.
fn size(letter: &Letter, face: usize) -> Option<f64> {
    let tells = |b: &Bearing| b.high >= TELLING && letter.is_exact;
    let Forms::One(c, Width::Full) = letter.forms else {
        let own = letter.forms.usual();
        return bearing(own, face).filter(|b| tells(b) && own.is_ascii_digit()).map(|b| letter.high / b.high);
    };
    bearing(c, face).filter(|b| tells(b) && b.ink >= TELLING).map(|b| (letter.high / b.high).min((letter.to - letter.from) / b.ink))
}

/// How far the square letters of a line are apart; none where too few stand side by side.
fn step(line: &Line, em: f64, face: usize) -> Option<f64> {
    let start = |letter: &Letter| match letter.forms {
        Forms::One(c, Width::Full) if script::is_japanese(c) && letter.is_exact => {
            let b = bearing(c, face)?;
            // The middle of the ink: strokes are thicker or thinner than the typeface's on both sides.
            Some((letter.from + letter.to) / 2.0 - (b.before + b.ink / 2.0) * em)
        }
        _ => None,
    };
    let steps = line.letters.windows(2).filter_map(|w| Some(start(&w[1])? - start(&w[0])?));
    let steps: Vec<f64> = steps.filter(|step| (SHORTEST..LONGEST).contains(&(step / em))).collect();
    if steps.len() < ENOUGH_STEPS { None } else { median(steps) }
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}
