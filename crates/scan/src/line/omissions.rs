//! Characters that a reader passed over: a line has at least as many as squares are needed to hold its ink.

use crate::line::alignment::Fit;
use crate::line::crop::{Cut, Strip};
use seisho_model::scan::{Crop, Mark, Setting, Symbol};
use seisho_ocr::Ocr;

/// White narrower than this share of a character, in percent, is inside it.
const INSIDE_PERCENT: u32 = 18;
/// Ink narrower than this share of a character, in percent, may be a mark, dust or a part of its neighbour.
const NARROW_PERCENT: u32 = 60;
/// Ink is read where this share of it lies in the boxes of what was read, in percent: boxes are inexact.
const READ_PERCENT: u32 = 35;
/// Squares are so much larger than the largest character of a line, in percent: a count of them is never too high.
const LARGER_PERCENT: u32 = 110;
/// Longer lines are judged by their pitch, which sees more.
const LONGEST: usize = 5;
/// White around ink that is read alone, in pixels.
const PAD: u32 = 12;

/// Reads characters of short lines, such as names, that were passed over.
pub(crate) fn supply(cuts: &[Cut], read: &mut [Vec<Vec<Symbol>>], ocr: &mut dyn Ocr) {
    for (cut, lines) in cuts.iter().zip(read) {
        let short = cut.lines.iter().zip(lines.iter_mut()).filter(|(_, line)| (1..=LONGEST).contains(&line.len()));
        for (strip, symbols) in short {
            let square = (cut.em() as u32).max(strip.crop.height.saturating_sub(2 * PAD)) * LARGER_PERCENT / 100;
            let count: usize = symbols.iter().map(|s| s.text.chars().count()).sum();
            let stretches = passed_over(strip, symbols, square);
            if !stretches.is_empty() && least(strip, square) >= count + stretches.len() {
                stretches.into_iter().for_each(|stretch| insert(alone(strip, stretch, ocr), symbols));
            }
        }
    }
}

/// A line with what its ink says that no symbol stands for, read by itself; none where that is nothing.
pub(crate) fn with_passed(strip: &Strip, symbols: &[Symbol], found: &Fit, ocr: &mut dyn Ocr) -> Option<Vec<Symbol>> {
    let mut out = symbols.to_vec();
    for &(from, to) in &found.passed {
        let before = found.spans.iter().rposition(|span| span.is_some_and(|s| s.1 <= from)).map_or(0, |i| i + 1);
        let said = alone(strip, (from, to), ocr);
        let shift = out.len() - symbols.len();
        out.splice(before + shift..before + shift, said);
    }
    (out.len() > symbols.len()).then_some(out)
}

/// How many squares hold the ink of a line at least.
fn least(strip: &Strip, square: u32) -> usize {
    let (mut count, mut end) = (0, 0);
    for (from, to) in strip.stretches(1).into_iter().filter(|s| s.1 - s.0 > 2) {
        if to > end {
            let squares = (to - from.max(end)).div_ceil(square.max(1));
            count += squares as usize;
            end = from.max(end) + squares * square;
        }
    }
    count
}

/// Stretches of ink, from left to right in pixels of the crop, that no character's box holds.
fn passed_over(strip: &Strip, symbols: &[Symbol], square: u32) -> Vec<(u32, u32)> {
    let covered = |(from, to): (u32, u32)| -> u32 { symbols.iter().map(|s| s.ink[2].min(to).saturating_sub(s.ink[0].max(from))).sum() };
    let is_unread =
        |&(from, to): &(u32, u32)| (to - from) * 100 >= square * NARROW_PERCENT && covered((from, to)) * 100 < (to - from) * READ_PERCENT;
    strip.stretches(square * INSIDE_PERCENT / 100).into_iter().filter(is_unread).collect()
}

/// What a stretch of a line says by itself; an unknown character where that is nothing.
fn alone(strip: &Strip, (from, to): (u32, u32), ocr: &mut dyn Ocr) -> Vec<Symbol> {
    let crop = &strip.crop;
    let ink = [from, PAD.min(crop.height), to, crop.height.saturating_sub(PAD)];
    let said = ocr.read(&part(crop, (from, to)), Setting::Word).unwrap_or_default();
    let doubted = |s: Symbol| Symbol { ink, line: 0, marks: vec![Mark::PassedOver], ..s };
    match said.is_empty() {
        true => vec![Symbol { text: "\u{FFFD}".to_owned(), ink, line: 0, score: 0, marks: Vec::new() }],
        false => said.into_iter().map(doubted).collect(),
    }
}

/// A stretch of a crop on white.
fn part(crop: &Crop, (from, to): (u32, u32)) -> Crop {
    let width = to - from + 2 * PAD;
    let row = |y: u32| {
        let row = &crop.gray[(y * crop.width) as usize..((y + 1) * crop.width) as usize];
        let ink = row[from as usize..(to.min(crop.width)) as usize].iter().copied();
        let white = std::iter::repeat_n(255, PAD as usize);
        white.clone().chain(ink).chain(white).collect::<Vec<u8>>()
    };
    Crop { width, height: crop.height, gray: (0..crop.height).flat_map(row).collect(), dpi: crop.dpi }
}

/// Puts symbols of one stretch among those of its line.
fn insert(found: Vec<Symbol>, symbols: &mut Vec<Symbol>) {
    let Some(first) = found.first() else { return };
    let middle = |s: &Symbol| s.ink[0] + s.ink[2];
    let at = symbols.iter().position(|s| middle(s) > middle(first)).unwrap_or(symbols.len());
    symbols.splice(at..at, found);
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_ocr::Recorded;

    #[test]
    fn ink_that_was_passed_over_is_read_by_itself_and_in_doubt() {
        // Three characters of 40 pixels with white between them; the reader saw two.
        // Their squares are as high as the line without the white around it.
        let crop = Crop { width: 170, height: 64, gray: vec![255; 170 * 64], dpi: 300 };
        let mut strip = Strip::new(crop, Vec::new(), 146);
        (strip.left, strip.gaps) = (12, vec![(52, 65), (105, 118)]);
        let mut read = vec![vec![Recorded::lines("水沢", 50, (12, 12), 9_990)]];
        let mut ocr = Recorded::new(vec![Recorded::lines("薫", 40, (12, 12), 9_900)]);
        supply(&[Cut::of_line(strip)], &mut read, &mut ocr);
        let said: Vec<(&str, u16)> = read[0][0].iter().map(|s| (s.text.as_str(), s.sureness())).collect();
        assert_eq!(said, [("水", 9_990), ("沢", 9_990), ("薫", 8_500)]);
    }
}
