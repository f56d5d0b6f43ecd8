//! How a line is read: by several looks at it, and once more where it does not fit its room.

use crate::line::alignment::{Fit, fit};
use crate::line::crop::{Cut, Strip};
use crate::line::misfit::{strange, surplus};
use crate::line::{figures, omissions, pitch};
use seisho_model::scan::{Crop, Mark, Setting, Symbol};
use seisho_ocr::Ocr;

/// A cut as it is set, in lines or in columns, and what those say. Where its ink allows both, what reads better.
pub(crate) fn set(cut: Cut, ocr: &mut dyn Ocr) -> (Cut, Vec<Vec<Symbol>>) {
    let score = |lines: &[Vec<Symbol>]| mean(&lines.concat());
    let Some(columns) = cut.in_columns() else {
        let lines = symbols(&cut, ocr);
        return (cut, lines);
    };
    let down = symbols(columns, ocr);
    // Numbers above each other are items of a list.
    let is_text = down.iter().flatten().flat_map(|s| s.text.chars()).any(char::is_alphabetic);
    if is_text && score(&down) >= u32::from(SURE) {
        return (columns.clone(), down);
    }
    let lines = symbols(&cut, ocr);
    if is_text && score(&down) > score(&lines) { (columns.clone(), down) } else { (cut, lines) }
}

/// What the lines of a cut say.
fn symbols(cut: &Cut, ocr: &mut dyn Ocr) -> Vec<Vec<Symbol>> {
    let read = |(index, strip)| {
        let said = line(strip, cut.em(), ocr);
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
fn line(strip: &Strip, em: usize, ocr: &mut dyn Ocr) -> Vec<Symbol> {
    if strip.crop.height * 10 > strip.crop.dpi * HIGHEST {
        return Vec::new();
    }
    let mut best = match &strip.down {
        Some(column) => down(strip, column, ocr),
        None => ocr.read(&strip.crop, Setting::Line).unwrap_or_default(),
    };
    if let Some(both) = figures::read(strip, em, &best, ocr) {
        return both;
    }
    if !best.is_empty() && best.iter().all(|s| s.score >= SURE) {
        return best;
    }
    let first = strip.down.is_some().then_some(&strip.crop);
    let mut looks: Vec<(&Crop, Setting)> = first.into_iter().chain(&strip.others).map(|c| (c, Setting::Line)).collect();
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

/// What a column says as it stands, each letter where it is in the line if all are equally far apart: the boxes of this
/// reader are not even in order.
fn down(strip: &Strip, column: &Crop, ocr: &mut dyn Ocr) -> Vec<Symbol> {
    let said = ocr.read(column, Setting::Columns).unwrap_or_default();
    let count = said.len() as u32;
    let edge = |index: u32| strip.left + strip.wide * index / count;
    let high = strip.crop.height;
    (0..).zip(said).map(|(i, s)| Symbol { ink: [edge(i), 0, edge(i + 1), high], line: 0, ..s }).collect()
}

/// Holds every line against its ink: looks again where a character has none, ink has no character, or there are more or
/// fewer characters than there is room for; then puts every character where its ink is.
pub(crate) fn settle(cuts: &[Cut], read: &mut [Vec<Vec<Symbol>>], ocr: &mut dyn Ocr) {
    let lines = cuts.iter().zip(&*read).flat_map(|(cut, lines)| cut.lines.iter().zip(lines.iter().map(Vec::as_slice)));
    let usual = pitch::usual(lines);
    for (cut, lines) in cuts.iter().zip(read) {
        for (strip, symbols) in cut.lines.iter().zip(lines) {
            let room = Room { strip, em: cut.em(), usual };
            if room.strange(symbols, &fit(strip, symbols, room.em)) != Some(0) {
                again(&room, symbols, ocr);
            }
            let found = fit(strip, symbols, cut.em());
            for (symbol, (from, to)) in symbols.iter_mut().zip(&found.spans).filter_map(|(s, span)| Some((s, (*span)?))) {
                (symbol.ink[0], symbol.ink[2]) = (from, to);
            }
        }
    }
}

/// The room that a line has for characters.
struct Room<'s> {
    strip: &'s Strip,
    em: usize,
    /// The squares that most lines of the page are set on, where they are.
    usual: Option<f64>,
}

impl Room<'_> {
    /// How many of these look like other ink than they stand for; none where they do not fill the room. Of a line of few
    /// nothing is said, for a look that gives marks for its letters would seem the better one.
    fn strange(&self, symbols: &[Symbol], found: &Fit) -> Option<usize> {
        let has_room = self.usual.is_none_or(|usual| pitch::fits(self.strip, symbols, usual) != Some(false));
        let count = || if symbols.len() < SHORT { 0 } else { strange(self.strip, symbols, found).len() };
        (has_room && found.is_whole()).then(count)
    }
}

/// White that is put above and below a line for one more look, in percent of its height: readers make all lines equally
/// high, so that with it they see the line at another size.
const TALLER: [u32; 2] = [12, 25];

/// The first look that fits and of which all look like their ink, else the one of which most do. Without one, the
/// character that is too many is named; where it is not known which, the weakest is in doubt.
fn again(room: &Room, symbols: &mut Vec<Symbol>, ocr: &mut dyn Ocr) {
    let strip = room.strip;
    let found = fit(strip, symbols, room.em);
    let before = room.strange(symbols, &found);
    let mut best: Option<(usize, Vec<Symbol>)> = None;
    for view in views(strip) {
        let Some(other) = view.read(ocr) else { continue };
        let Some(strange) = room.strange(&other, &fit(strip, &other, room.em)) else { continue };
        if best.as_ref().map(|b| b.0).or(before).is_none_or(|least| strange < least) {
            best = Some((strange, other));
        }
        if strange == 0 {
            break;
        }
    }
    if let Some((_, other)) = best {
        *symbols = other;
        return;
    }
    let supplied = omissions::with_passed(strip, symbols, &found, ocr);
    if let Some(other) = supplied.filter(|other| room.strange(other, &fit(strip, other, room.em)).is_some()) {
        *symbols = other;
        return;
    }
    if let Some(surplus) = surplus(strip, symbols, room.em, &found) {
        symbols[surplus].marks.push(Mark::Surplus);
    } else if let Some(weakest) = symbols.iter_mut().min_by_key(|s| s.sureness()).filter(|_| before.is_none()) {
        // Where only the shape of some is another, the shape check says so of each.
        weakest.marks.push(Mark::Crowded);
    }
}

/// One more way to look at a line.
struct View {
    crop: Crop,
    setting: Setting,
    /// White that was put above it.
    more: u32,
}

impl View {
    /// What it says, where it stands in the line itself; none where that is nothing.
    fn read(&self, ocr: &mut dyn Ocr) -> Option<Vec<Symbol>> {
        let mut said = ocr.read(&self.crop, self.setting).ok().filter(|said| !said.is_empty())?;
        for symbol in &mut said {
            symbol.ink[1] = symbol.ink[1].saturating_sub(self.more);
            symbol.ink[3] = symbol.ink[3].saturating_sub(self.more);
        }
        Some(said)
    }
}

/// The looks that are left, the ones that help most often first.
fn views(strip: &Strip) -> impl Iterator<Item = View> {
    let crops = || std::iter::once(&strip.crop).chain(&strip.others);
    let taller = TALLER.into_iter().map(|percent| taller(&strip.crop, (strip.crop.height * percent / 100).max(1)));
    let plain = |setting| move |crop: &Crop| View { crop: crop.clone(), setting, more: 0 };
    taller.chain(strip.others.iter().map(plain(Setting::Line))).chain(crops().map(plain(Setting::Lines)))
}

/// A line with more white above and below.
fn taller(crop: &Crop, more: u32) -> View {
    let white = std::iter::repeat_n(255, (more * crop.width) as usize);
    let gray = white.clone().chain(crop.gray.iter().copied()).chain(white).collect();
    View { crop: Crop { height: crop.height + 2 * more, gray, ..crop.clone() }, setting: Setting::Line, more }
}

/// The mean score of symbols; of none it is nothing.
fn mean(symbols: &[Symbol]) -> u32 {
    symbols.iter().map(|s| u32::from(s.score)).sum::<u32>().checked_div(symbols.len() as u32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of so many characters on squares of 40 pixels, blank to the reader.
    fn lines(characters: u32, count: usize) -> Vec<Cut> {
        let wide = characters * 40 - 4;
        let crop = || Crop { width: 24 + wide, height: 60, gray: vec![255; (24 + wide as usize) * 60], dpi: 300 };
        let strip = || {
            let gaps = (1..characters).map(|i| (12 + i * 40 - 4, 12 + i * 40)).collect();
            let mut strip = Strip::new(crop(), vec![crop()], wide);
            (strip.gaps, strip.left) = (gaps, 12);
            strip
        };
        (0..count).map(|_| Cut::of_line(strip())).collect()
    }

    #[test]
    fn a_line_with_a_character_too_many_is_read_again_or_doubted() {
        let said = |text: &str| seisho_ocr::Recorded::lines(text, 40, (12, 12), 9_900);
        let cuts = lines(10, 10);
        let mut read = vec![vec![said("部内連携による災害対")]; 9];
        read.push(vec![said("部内連携による人災害対")]);
        let text = |line: &[Symbol]| line.iter().map(|s| s.text.as_str()).collect::<String>();
        let mut ocr = seisho_ocr::Recorded::new(vec![said("部内連携による災害対")]);
        settle(&cuts, &mut read, &mut ocr);
        assert_eq!(text(&read[9][0]), "部内連携による災害対");
        read[9] = vec![said("部内連携による人災害対")];
        settle(&cuts, &mut read, &mut ocr);
        assert_eq!(read[9][0].iter().flat_map(|s| &s.marks).count(), 1, "no look fits");
        assert!(read.iter().flatten().flatten().all(|s| s.score == 9_900), "the engine's own scores stay");
        assert!(read[..9].iter().flatten().flatten().all(|s| s.marks.is_empty()));
    }
}
