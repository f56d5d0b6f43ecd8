//! Which ink of a line every symbol stands for: readers say where a character is to within a character or two, and say
//! some twice. Held against the white between ink and the width that characters have, each finds its own, or has none.

use crate::line::crop::Strip;
use crate::width::bearings;
use seisho_model::scan::{Mark, Symbol};
use seisho_model::script;
use std::ops::Range;

/// Symbols of a line and their ink.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fit {
    /// The ink of every symbol from left to right, first pixel of the crop and one past the last; none for a symbol for
    /// which the line has none left.
    pub(crate) spans: Vec<Option<(u32, u32)>>,
    /// Whether that ink is of no other symbol.
    pub(crate) alone: Vec<bool>,
    /// Ink that no symbol stands for.
    pub(crate) passed: Vec<(u32, u32)>,
}

impl Fit {
    /// Whether every symbol has its ink, and all ink its symbol.
    pub(crate) fn is_whole(&self) -> bool {
        self.passed.is_empty() && self.spans.iter().all(Option::is_some)
    }
}

/// A symbol is of no more stretches of ink than this (川, 心), and one stretch of no more symbols that touch.
const MOST: usize = 5;
/// Symbols that touch are of no more stretches than this: one reaches into the next.
const MOST_TOUCHED: usize = 2;
/// What it costs that a symbol has no ink, and that ink has no symbol: more than fair differences of widths.
const NO_INK: f64 = 0.9;
const NO_SYMBOL: f64 = 0.4;
/// For ink of a whole em more.
const NO_SYMBOL_EM: f64 = 1.2;
/// What a difference of an em costs: of a width from what is usual, of white from what is usual …
const WIDTH: f64 = 8.0;
const WHITE: f64 = 1.5;
/// … which is no more than a blank's.
const BLANK: f64 = 0.35;
/// White inside a symbol is narrower than this share of an em, and costs more beyond it.
const INSIDE: f64 = 0.2;
const INSIDE_COST: f64 = 4.0;
/// What every symbol costs that touches the one before it; digits hardly ever do.
const TOUCHING: f64 = 0.7;
const TOUCHING_DIGITS: f64 = 1.0;
/// The width of symbols that touch may be off by this share of itself.
const SLACK: f64 = 0.2;
/// The ink of digits and Latin letters is this share of an em high, in percent.
const DIGIT_PERCENT: usize = 72;
/// What it costs that a symbol stands an em from where the reader saw it, and at most.
const AWAY: f64 = 0.04;
const FAR: f64 = 0.16;

/// Print is narrower than its typeface by so much of an em at most, where strokes are lost.
const NARROWER: f64 = 0.12;

/// Finds the ink of every symbol of a line whose square letters have sides of `em` pixels; what is known to have none is
/// left out.
pub(crate) fn fit(strip: &Strip, symbols: &[Symbol], em: usize) -> Fit {
    let ink = strip.stretches(1);
    let is_square = |s: &Symbol| s.text.chars().any(|c| c > '\u{3040}');
    // The letters of a cell may be too few to tell their em; digits are lower than it.
    let high = if symbols.iter().any(is_square) { strip.high } else { strip.high * 100 / DIGIT_PERCENT };
    let em = em.max(high.min(em * 3 / 2));
    let has_ink: Vec<usize> = (0..symbols.len()).filter(|&i| !symbols[i].marks.contains(&Mark::Surplus)).collect();
    let widths: Vec<Width> = has_ink.iter().map(|&i| Width::of(&symbols[i], em as f64)).collect();
    let found = Search { ink: &ink, widths: &widths, em: em as f64 }.run();
    let mut all = Fit { spans: vec![None; symbols.len()], alone: vec![false; symbols.len()], passed: found.passed };
    for (index, (span, alone)) in has_ink.into_iter().zip(found.spans.into_iter().zip(found.alone)) {
        (all.spans[index], all.alone[index]) = (span, alone);
    }
    all
}

/// How wide a character's ink usually is, and the white beside it inside its square, in shares of an em.
struct Width {
    narrowest: f64,
    widest: f64,
    left: f64,
    right: f64,
    is_digit: bool,
    /// Where the reader saw its middle, in pixels.
    seen: f64,
}

impl Width {
    fn of(symbol: &Symbol, em: f64) -> Self {
        let c = symbol.text.chars().next().unwrap_or(' ');
        let count = symbol.text.chars().count().max(1) as f64;
        let (narrowest, widest, left, right): (f64, f64, f64, f64) = match c {
            '、' | '。' | '，' | '．' => (0.1, 0.4, 0.05, 0.6),
            '「' | '『' | '（' | '【' | '〈' | '《' | '〔' => (0.15, 0.5, 0.5, 0.05),
            '」' | '』' | '）' | '】' | '〉' | '》' | '〕' => (0.15, 0.5, 0.05, 0.5),
            '・' | '：' | '；' => (0.08, 0.3, 0.38, 0.38),
            '.' | ',' | ':' | ';' | '\'' | '|' | '!' => (0.06, 0.25, 0.05, 0.08),
            'i' | 'l' | 'j' | '(' | ')' | '[' | ']' => (0.08, 0.4, 0.06, 0.06),
            '1' | 'I' => (0.08, 0.6, 0.06, 0.06),
            '%' | 'M' | 'W' | 'm' | 'w' | '@' | '&' => (0.45, 1.0, 0.03, 0.03),
            _ if c.is_ascii_digit() => (0.25, 0.6, 0.04, 0.04),
            _ if c.is_ascii() => (0.2, 0.8, 0.03, 0.03),
            'ー' | '一' | '―' | '－' | '～' | '…' => (0.6, 1.0, 0.06, 0.06),
            _ if script::is_small_kana(c) => (0.3, 0.75, 0.15, 0.12),
            'ト' | 'ド' | 'り' | 'リ' | 'し' | 'く' | 'う' | 'ノ' | 'イ' | 'ｌ' | '１' | 'Ｉ' => (0.2, 0.9, 0.2, 0.15),
            _ if script::is_kana(c) => (0.5, 0.98, 0.08, 0.08),
            '目' | '日' | '月' | '自' | '白' | '丁' | '卜' | '小' | '川' | '口' | '皿' | '占' => (0.4, 1.0, 0.1, 0.1),
            _ if script::is_kanji(c) => (0.7, 1.05, 0.04, 0.04),
            _ => (0.2, 1.0, 0.1, 0.1),
        };
        let seen = f64::from(symbol.ink[0] + symbol.ink[2]) / 2.0;
        // No typeface draws it narrower: に is not its right half.
        let narrowest = if count > 1.0 { narrowest } else { narrowest.max(bearings::narrowest(c) - NARROWER) };
        Self {
            narrowest: narrowest * em,
            widest: widest * em * count,
            left: left * em,
            right: right * em,
            is_digit: c.is_ascii_digit() || c == '%',
            seen,
        }
    }

    fn middle(&self) -> f64 {
        (self.narrowest + self.widest) / 2.0
    }
}

/// How a place in the search was reached.
#[derive(Clone, Copy)]
enum Step {
    Start,
    /// The last symbol has no ink.
    Without,
    /// The last stretch has no symbol.
    Passed,
    /// The last symbols stand for the last stretches.
    Of {
        symbols: usize,
        stretches: usize,
    },
}

struct Search<'a> {
    ink: &'a [(u32, u32)],
    widths: &'a [Width],
    em: f64,
}

impl Search<'_> {
    /// The cheapest way to put symbols and ink together, in order.
    fn run(&self) -> Fit {
        let (n, m) = (self.widths.len(), self.ink.len());
        let mut best = vec![vec![(f64::INFINITY, Step::Start); m + 1]; n + 1];
        best[0][0].0 = 0.0;
        for (i, j) in (0..=n).flat_map(|i| (0..=m).map(move |j| (i, j))).skip(1) {
            best[i][j] = self.cheapest(&best, i, j);
        }
        self.traced(&best)
    }

    /// The cheapest last step after which so many symbols and stretches are done; of equals the first.
    fn cheapest(&self, best: &[Vec<(f64, Step)>], i: usize, j: usize) -> (f64, Step) {
        let mut cheapest = (f64::INFINITY, Step::Start);
        let mut offer = |cost: f64, step: Step| {
            if cost < cheapest.0 {
                cheapest = (cost, step);
            }
        };
        if j > 0 {
            for stretches in 1..=MOST.min(if i > 0 { j } else { 0 }) {
                offer(best[i - 1][j - stretches].0 + self.one(i - 1, j - stretches..j), Step::Of { symbols: 1, stretches });
            }
            for (symbols, stretches) in (2..=MOST.min(i)).flat_map(|s| (1..=MOST_TOUCHED.min(j)).map(move |t| (s, t))) {
                let cost = best[i - symbols][j - stretches].0 + self.touching(i - symbols..i, j - stretches..j);
                offer(cost, Step::Of { symbols, stretches });
            }
            offer(best[i][j - 1].0 + self.unread(j - 1), Step::Passed);
        }
        if i > 0 {
            offer(best[i - 1][j].0 + NO_INK, Step::Without);
        }
        cheapest
    }

    fn unread(&self, j: usize) -> f64 {
        let wide = f64::from(self.ink[j].1 - self.ink[j].0) / self.em;
        NO_SYMBOL + NO_SYMBOL_EM * wide
    }

    /// A symbol for stretches of ink.
    fn one(&self, i: usize, stretches: Range<usize>) -> f64 {
        let ink = &self.ink[stretches.clone()];
        let inside: f64 = ink.windows(2).map(|w| (f64::from(w[1].0 - w[0].1) / self.em - INSIDE).max(0.0) * INSIDE_COST).sum();
        let (from, to) = (ink[0].0, ink[ink.len() - 1].1);
        let usual = &self.widths[i];
        let wide = f64::from(to - from);
        let off = (usual.narrowest - wide).max(wide - usual.widest).max(0.0) / self.em;
        off * WIDTH + inside + self.white(i, stretches.start) + self.away(i, f64::from(from + to) / 2.0)
    }

    /// Symbols that touch, for ink that has no white between them.
    fn touching(&self, symbols: Range<usize>, stretches: Range<usize>) -> f64 {
        let widths = &self.widths[symbols.clone()];
        let between: f64 = widths.windows(2).map(|w| w[0].right + w[1].left).sum();
        let sum = widths.iter().map(Width::middle).sum::<f64>() + between / 2.0;
        let slack = sum * SLACK;
        let (from, to) = (self.ink[stretches.start].0, self.ink[stretches.end - 1].1);
        let wide = f64::from(to - from);
        let off = (sum - slack - wide).max(wide - sum - slack - between / 2.0).max(0.0) / self.em;
        let middle = f64::from(from + to) / 2.0;
        let away: f64 = symbols.clone().map(|i| self.away(i, middle)).sum();
        let touching: f64 = widths.windows(2).map(|w| if w[0].is_digit && w[1].is_digit { TOUCHING_DIGITS } else { TOUCHING }).sum();
        off * WIDTH + touching + self.white(symbols.start, stretches.start) + away / symbols.len() as f64
    }

    /// What the white before a stretch costs where a symbol begins there.
    fn white(&self, i: usize, j: usize) -> f64 {
        let (Some(before), Some(gap)) = (i.checked_sub(1), j.checked_sub(1)) else { return 0.0 };
        let white = f64::from(self.ink[j].0 - self.ink[gap].1);
        let usual = self.widths[before].right + self.widths[i].left;
        ((white - usual).abs() / self.em * WHITE).min(BLANK)
    }

    fn away(&self, i: usize, middle: f64) -> f64 {
        ((self.widths[i].seen - middle).abs() / self.em * AWAY).min(FAR)
    }

    fn traced(&self, best: &[Vec<(f64, Step)>]) -> Fit {
        let (mut i, mut j) = (self.widths.len(), self.ink.len());
        let mut fit = Fit { spans: vec![None; i], alone: vec![false; i], passed: Vec::new() };
        loop {
            match best[i][j].1 {
                Step::Start => break,
                Step::Without => i -= 1,
                Step::Passed => {
                    j -= 1;
                    fit.passed.push(self.ink[j]);
                }
                Step::Of { symbols: 1, stretches } => {
                    i -= 1;
                    j -= stretches;
                    fit.alone[i] = true;
                    fit.spans[i] = Some((self.ink[j].0, self.ink[j + stretches - 1].1));
                }
                Step::Of { symbols, stretches } => {
                    i -= symbols;
                    j -= stretches;
                    self.shared(i..i + symbols, (self.ink[j].0, self.ink[j + stretches - 1].1), &mut fit.spans);
                }
            }
        }
        fit.passed.reverse();
        fit
    }

    /// Ink shared out among symbols that touch, by their usual widths.
    fn shared(&self, symbols: Range<usize>, (from, to): (u32, u32), spans: &mut [Option<(u32, u32)>]) {
        let all: f64 = self.widths[symbols.clone()].iter().map(Width::middle).sum();
        let mut done = 0.0;
        for i in symbols {
            let edge = |share: f64| from + (f64::from(to - from) * share / all).round() as u32;
            let start = edge(done);
            done += self.widths[i].middle();
            spans[i] = Some((start, edge(done)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::scan::Crop;

    /// A line of ink from column to column.
    fn strip(ink: &[(u32, u32)]) -> Strip {
        let (left, right) = (ink[0].0, ink[ink.len() - 1].1);
        let crop = Crop { width: right + 12, height: 64, gray: vec![255; (right as usize + 12) * 64], dpi: 300 };
        let gaps = ink.windows(2).map(|w| (w[0].1, w[1].0)).collect();
        Strip { left, gaps, ..Strip::new(crop, Vec::new(), right - left) }
    }

    /// Symbols as a reader puts them: each where its square begins, 40 pixels wide, or where `shifts` says.
    fn symbols(text: &str, shifts: &[(usize, i64)]) -> Vec<Symbol> {
        let of = |(i, c): (usize, char)| {
            let shift: i64 = shifts.iter().filter(|s| s.0 == i).map(|s| s.1).sum();
            let x = u32::try_from(12 + i as i64 * 40 + shift).unwrap();
            Symbol { text: c.to_string(), ink: [x, 12, x + 36, 50], line: 0, score: 9_900, marks: Vec::new() }
        };
        text.chars().enumerate().map(of).collect()
    }

    #[test]
    fn every_character_gets_its_own_ink_wherever_the_reader_saw_it() {
        // に is of two stretches, 度 and 末 touch; the reader saw 末 before 度.
        let line = strip(&[(12, 48), (54, 60), (63, 84), (92, 168), (176, 204)]);
        let found = fit(&line, &symbols("年に度末る", &[(2, 40), (3, -60)]), 40);
        let spans: Vec<(u32, u32)> = found.spans.iter().flatten().copied().collect();
        assert!(found.is_whole());
        assert_eq!((spans[0], spans[1], spans[4]), ((12, 48), (54, 84), (176, 204)));
        assert_eq!((spans[2].0, spans[2].1, spans[3].1), (92, spans[3].0, 168), "what touches is shared out");
        assert_eq!(found.alone, [true, true, false, false, true]);
    }

    #[test]
    fn a_digit_read_twice_has_no_ink_and_a_letter_passed_over_is_ink_without_a_symbol() {
        // 74.0% in half squares, read as 74.00%.
        let digits = [(12, 30), (34, 53), (57, 62), (66, 84), (88, 124)];
        let found = fit(&strip(&digits), &symbols("74.00%", &[]), 40);
        assert_eq!((found.spans.iter().filter(|s| s.is_none()).count(), found.passed.len()), (1, 0));
        assert!(fit(&strip(&digits), &symbols("74.0%", &[]), 40).is_whole());
        // 機会を拡充, read without を.
        let line = strip(&[(12, 48), (52, 88), (94, 126), (132, 168), (172, 208)]);
        let found = fit(&line, &symbols("機会拡充", &[]), 40);
        assert_eq!(found.passed, [(94, 126)]);
        assert!(found.spans.iter().all(Option::is_some));
    }
}
