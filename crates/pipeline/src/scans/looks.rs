//! How a line is read: by several looks at it, and once more where it does not fit its room.

use super::pitch;
use seisho_model::scan::{Crop, Setting, Symbol};
use seisho_ocr::Ocr;
use seisho_scan::{Cut, Strip};

/// What the lines of a cut say.
pub(super) fn symbols(cut: &Cut, ocr: &mut dyn Ocr) -> Vec<Vec<Symbol>> {
    let read = |(index, strip)| {
        let said = line(strip, ocr);
        if said.is_empty() { cut.unread(index).into_iter().collect() } else { said }
    };
    cut.lines.iter().enumerate().map(read).collect()
}

/// What is higher than this, in tenths of an inch, is no line: a picture, a page on its side. Readers take minutes over it.
const HIGHEST: u32 = 10;
/// A line of which every character scores this much, in hundredths of a percent, needs no second look.
const SURE: u16 = 9_500;
/// Lines of fewer characters are also read as a word: a lone digit makes a bad line.
const SHORT: usize = 4;

/// What a line says: what scores best of several looks at it, of equals the first.
fn line(strip: &Strip, ocr: &mut dyn Ocr) -> Vec<Symbol> {
    if strip.crop.height * 10 > strip.crop.dpi * HIGHEST {
        return Vec::new();
    }
    let mut best = ocr.read(&strip.crop, Setting::Line).unwrap_or_default();
    if !best.is_empty() && best.iter().all(|s| s.score >= SURE) {
        return best;
    }
    let mut looks: Vec<(&Crop, Setting)> = strip.others.iter().map(|c| (c, Setting::Line)).collect();
    if best.len() < SHORT {
        looks.push((&strip.crop, Setting::Word));
        looks.extend(strip.others.iter().map(|c| (c, Setting::Word)));
    }
    for (crop, setting) in looks {
        let other = ocr.read(crop, setting).unwrap_or_default();
        if mean(&other) > mean(&best) {
            best = other;
        }
    }
    best
}

/// A line with a character too many or too few is no surer than this, in hundredths of a percent.
pub(super) const AMISS: u16 = 8_500;

/// Looks again at lines that have more or fewer characters than there is room for.
pub(super) fn recount(cuts: &[Cut], read: &mut [Vec<Vec<Symbol>>], ocr: &mut dyn Ocr) {
    let lines = cuts.iter().zip(&*read).flat_map(|(cut, lines)| cut.lines.iter().zip(lines.iter().map(Vec::as_slice)));
    let Some(usual) = pitch::usual(lines) else { return };
    for (cut, lines) in cuts.iter().zip(read) {
        for (strip, symbols) in cut.lines.iter().zip(lines) {
            if pitch::fits(strip, symbols, usual) == Some(false) {
                again(strip, symbols, usual, ocr);
            }
        }
    }
}

/// The look that fits, of several the surest; without one the weakest character is in doubt.
fn again(strip: &Strip, symbols: &mut Vec<Symbol>, usual: f64, ocr: &mut dyn Ocr) {
    let crops = || std::iter::once(&strip.crop).chain(&strip.others);
    let looks = strip.others.iter().map(|c| (c, Setting::Line)).chain(crops().map(|c| (c, Setting::Lines)));
    let looks: Vec<Vec<Symbol>> = looks.filter_map(|(crop, setting)| ocr.read(crop, setting).ok()).collect();
    let fitting = looks.into_iter().filter(|other| pitch::fits(strip, other, usual) == Some(true)).max_by_key(|other| mean(other));
    match fitting {
        Some(other) => *symbols = other,
        None => {
            if let Some(weakest) = symbols.iter_mut().min_by_key(|s| s.score) {
                weakest.score = weakest.score.min(AMISS);
            }
        }
    }
}

/// The mean score of symbols; of none it is nothing.
pub(super) fn mean(symbols: &[Symbol]) -> u32 {
    symbols.iter().map(|s| u32::from(s.score)).sum::<u32>().checked_div(symbols.len() as u32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cut of lines of pixels so wide, and a reader that says the same of each next one.
    fn strips(wide: u32, count: usize) -> Vec<Strip> {
        let crop = || Crop { width: 8, height: 8, gray: vec![255; 64], dpi: 300 };
        (0..count).map(|_| Strip::new(crop(), vec![crop()], wide)).collect()
    }

    #[test]
    fn a_line_with_a_character_too_many_is_read_again_or_doubted() {
        let said = |text: &str| seisho_ocr::Recorded::lines(text, 40, (0, 0), 9_900);
        // Ten characters on squares of 40 pixels, and a line for which eleven were read.
        let cuts: Vec<Cut> = strips(396, 10).into_iter().map(Cut::of_line).collect();
        let mut read = vec![vec![said("部内連携による災害対")]; 9];
        read.push(vec![said("部内連携による人災害対")]);
        let mut ocr = seisho_ocr::Recorded::new(vec![said("部内連携による災害対")]);
        recount(&cuts, &mut read, &mut ocr);
        assert_eq!(read[9], read[0]);
        read[9] = vec![said("部内連携による人災害対")];
        recount(&cuts, &mut read, &mut ocr);
        assert_eq!(read[9][0].iter().map(|s| s.score).min(), Some(AMISS), "no look fits");
        assert!(read[..9].iter().flatten().flatten().all(|s| s.score == 9_900));
    }
}
