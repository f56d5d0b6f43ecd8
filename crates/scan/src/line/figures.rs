//! Lines of figures, read by two readers: one of Japanese, which knows units and signs and mixes up digits and their marks,
//! and one that knows digits. Where they agree a figure is sure; where they do not, what fits the ink and how figures are
//! written is taken, and the other one stays beside it as a doubt.

use crate::line::alignment::{Fit, fit};
use crate::line::crop::Strip;
use seisho_model::scan::{Crop, Mark, Setting, Symbol};
use seisho_model::script::{half_width, is_japanese};
use seisho_ocr::Ocr;

/// A line is of figures where so many of its characters are digits, in percent …
const DIGITS_PERCENT: usize = 50;
/// … and it has no more characters than this.
const LONGEST: usize = 24;
/// The reader of digits sees them at most so high, in pixels: of larger ones it misses some.
const HIGHEST: u32 = 30;
/// So many differences between the readers are weighed one by one; beyond, one reader is taken.
const MOST: usize = 5;
/// What a character costs of which only one reader knows, for every percent that it is not sure of.
const UNSURE: f64 = 0.2;
/// What it costs more where that is the reader of Japanese and it is a figure.
const OF_WORDS: f64 = 1.2;
/// What a figure costs that is taken for a letter of Japanese.
const OVER_JAPANESE: f64 = 2.5;
/// What a point costs that stands before three digits, as marks of thousands do.
const THOUSANDS: f64 = 3.0;
/// What a character costs whose ink is not as wide or as high as its own.
const MISSHAPEN: f64 = 4.0;
/// What it costs that a character has no ink, or ink no character.
const MISFIT: f64 = 3.0;
/// What it costs that figures are not written so: 1,23 or 12(.
const ODD: f64 = 3.0;
/// What is cheaper by this is not doubted.
const CLEARLY: f64 = 4.0;

/// Whether what was read is a line of figures.
fn are(symbols: &[Symbol]) -> bool {
    let digits = symbols.iter().filter(|s| is_digit(first(s))).count();
    digits > 0 && symbols.len() <= LONGEST && digits * 100 >= symbols.len() * DIGITS_PERCENT
}

/// The line as both readers see it; none where it is no line of figures, or there is no reader of those.
pub(crate) fn read(strip: &Strip, em: usize, said: &[Symbol], ocr: &mut dyn Ocr) -> Option<Vec<Symbol>> {
    if !are(said) || strip.down.is_some() {
        return None;
    }
    let other = other_look(strip, ocr).filter(|other| !other.is_empty())?;
    let sign = sign(strip);
    let with_sign = |said: &[Symbol]| match &sign {
        None => said.to_vec(),
        Some(sign) => {
            let is_sign = |s: &&Symbol| !is_figure(first(s)) || first(s) == '4' && s.ink[0] + s.ink[2] < sign.ink[2] * 2;
            std::iter::once(sign).chain(said.iter().skip_while(is_sign)).cloned().collect()
        }
    };
    let pairs: Vec<Pair> = paired(&with_sign(said), &with_sign(&other)).into_iter().filter_map(Pair::known).collect();
    let open: Vec<usize> = (0..pairs.len()).filter(|&i| !pairs[i].is_same() && !pairs[i].is_of_words()).collect();
    let ways: Vec<u32> = if open.len() > MOST { vec![0, u32::MAX] } else { (0..1 << open.len()).collect() };
    let mut weighed: Vec<(f64, u32, Vec<Symbol>)> = ways.into_iter().filter_map(|way| way_of(strip, em, &pairs, &open, way)).collect();
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (cost, way) = weighed.first().map(|(cost, way, _)| (*cost, *way))?;
    let fits = cost < MISFIT;
    let text: Vec<char> = pairs.iter().map(|p| p.words.as_ref().or(p.figures.as_ref()).map_or(' ', |s| half_width(first(s)))).collect();
    let mut out = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let Some(place) = open.iter().position(|&o| o == index) else {
            let mut symbol = pair.words.clone()?;
            let is_thousands = first(&symbol) == '.' && is_mark_of_thousands(&text, index);
            symbol.marks.extend((fits && is_figure(first(&symbol)) && !is_thousands).then_some(Mark::Confirmed));
            // Ink of a few pixels is a point to every reader.
            symbol.marks.extend(is_thousands.then(|| Mark::Alike(vec![(',', 0), ('.', OTHER)])));
            out.push(symbol);
            continue;
        };
        let bit = bit(place);
        let (taken, left) = if way & bit == 0 { (&pair.words, &pair.figures) } else { (&pair.figures, &pair.words) };
        // The cheapest way that has it otherwise here.
        let otherwise = weighed.iter().find(|w| w.1 & bit != way & bit).map_or(f64::INFINITY, |w| w.0);
        let is_clear = otherwise >= cost + CLEARLY;
        let mark = || Mark::Contested(left.as_ref().map_or_else(String::new, |s| s.text.clone()));
        match taken {
            Some(symbol) => {
                let mut symbol = symbol.clone();
                let own = first(&symbol);
                // How it looks was weighed.
                symbol.marks.push(if is_clear { Mark::Alike(vec![(own, 0)]) } else { mark() });
                out.push(symbol);
            }
            // What was left out is doubted at what stands before it.
            None if !is_clear => out.last_mut().into_iter().for_each(|s: &mut Symbol| s.marks.push(Mark::Crowded)),
            None => {}
        }
    }
    (!out.is_empty()).then_some(out)
}

fn bit(place: usize) -> u32 {
    1 << (place.min(31) as u32)
}

/// What the two readers say of one place.
#[derive(Default)]
struct Pair {
    words: Option<Symbol>,
    figures: Option<Symbol>,
}

impl Pair {
    /// Without what the reader of digits says of letters that it does not know: 3A for 3月.
    fn known(self) -> Option<Self> {
        let is_unknown = self.figures.as_ref().is_some_and(|s| !is_figure(first(s)));
        match &self.words {
            Some(words) if is_unknown && is_japanese(first(words)) => Some(Self { words: self.words, figures: None }),
            None if is_unknown => None,
            _ => Some(self),
        }
    }

    /// Whether only one reader knows such letters.
    fn is_of_words(&self) -> bool {
        self.figures.is_none() && self.words.as_ref().is_some_and(|s| is_japanese(first(s)))
    }

    fn is_same(&self) -> bool {
        match (&self.words, &self.figures) {
            (Some(a), Some(b)) => half_width(first(a)) == half_width(first(b)),
            _ => false,
        }
    }
}

/// How wide a triangle is at these heights, in percent of its height and of its width.
const TRIANGLE: [(u32, u32, u32); 4] = [(6, 0, 35), (50, 30, 68), (75, 55, 90), (95, 85, 100)];
/// The middle of a triangle that is filled, in percent of its height.
const INSIDE: u32 = 62;
/// Sides of a triangle are so long as each other, in percent.
const SLENDER: (u32, u32) = (80, 150);
/// A row through the foot of a triangle is ink to so many percent.
const FOOT_PERCENT: u32 = 85;

/// The triangle before a line of figures, which means less; no reader knows it.
fn sign(strip: &Strip) -> Option<Symbol> {
    // Thin lines are broken.
    let stretches = strip.stretches(1);
    stretches.iter().take(BROKEN).find_map(|last| triangle(strip, (stretches[0].0, last.1)))
}

/// The triangle that some ink is.
fn triangle(strip: &Strip, span: (u32, u32)) -> Option<Symbol> {
    let (top, bottom) = strip.rows(span)?;
    let (wide, high) = (span.1 - span.0, bottom - top);
    if high < 8 || !(SLENDER.0..=SLENDER.1).contains(&(wide * 100 / high)) {
        return None;
    }
    let is_ink = |x: u32, y: u32| strip.crop.gray[(y * strip.crop.width + x) as usize] < DARK;
    let row = |percent: u32| top + (high - 1) * percent / 100;
    let inked = |y: u32| (span.0..span.1).filter(move |&x| is_ink(x, y));
    let reach = |y: u32| inked(y).next().zip(inked(y).next_back()).map_or(0, |(from, to)| (to + 1 - from) * 100 / wide);
    let is_triangle = TRIANGLE.iter().all(|&(at, least, most)| (least..=most).contains(&reach(row(at))));
    let foot = (row(80)..bottom).map(|y| inked(y).count() as u32 * 100 / wide).max()?;
    let text = if is_ink(span.0 + wide / 2, row(INSIDE)) { "▲" } else { "△" };
    let ink = [span.0, top, span.1, bottom];
    (is_triangle && foot >= FOOT_PERCENT).then(|| Symbol { text: text.to_owned(), ink, line: 0, score: 9_900, marks: Vec::new() })
}

/// Darker than this is ink; lines of a triangle are thin.
const DARK: u8 = 190;
/// They are broken into so many parts at most.
const BROKEN: usize = 4;

/// What the reader of digits says, in pixels of the line's own crop.
fn other_look(strip: &Strip, ocr: &mut dyn Ocr) -> Option<Vec<Symbol>> {
    let high = strip.high as u32;
    if high <= HIGHEST {
        return ocr.read(&strip.crop, Setting::Figures).ok();
    }
    let small = smaller(&strip.crop, HIGHEST, high);
    let mut said = ocr.read(&small, Setting::Figures).ok()?;
    said.iter_mut().for_each(|s| s.ink = s.ink.map(|v| v * high / HIGHEST));
    Some(said)
}

/// A crop made smaller, by the mean of what falls on every pixel.
fn smaller(crop: &Crop, part: u32, of: u32) -> Crop {
    let (width, height) = ((crop.width * part / of).max(1), (crop.height * part / of).max(1));
    let span = |i: u32, all: u32| (i * of / part).min(all - 1)..((i + 1) * of).div_ceil(part).min(all);
    let pixel = |x: u32, y: u32| {
        let rows = span(y, crop.height);
        let sums = rows.map(|y| {
            let row = span(x, crop.width);
            let px = &crop.gray[(y * crop.width + row.start) as usize..(y * crop.width + row.end) as usize];
            (px.iter().map(|&p| u32::from(p)).sum::<u32>(), px.len() as u32)
        });
        let (sum, count) = sums.fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        (sum / count.max(1)) as u8
    };
    let gray = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
    Crop { width, height, gray, dpi: (crop.dpi * part / of).max(1) }
}

/// The two readings side by side, by the fewest differences; of equals the one that pairs most.
fn paired(words: &[Symbol], figures: &[Symbol]) -> Vec<Pair> {
    let (n, m) = (words.len(), figures.len());
    let differ = |i: usize, j: usize| {
        let (a, b) = (half_width(first(&words[i])), half_width(first(&figures[j])));
        if a == b { 0 } else { 3 }
    };
    let mut cost = vec![vec![0_u32; m + 1]; n + 1];
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            cost[i][j] = match (i < n, j < m) {
                (false, false) => 0,
                (true, false) => cost[i + 1][j] + 2,
                (false, true) => cost[i][j + 1] + 2,
                (true, true) => (cost[i + 1][j + 1] + differ(i, j)).min(cost[i + 1][j] + 2).min(cost[i][j + 1] + 2),
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::with_capacity(n.max(m)));
    while i < n || j < m {
        let (a, b) = (words.get(i).cloned(), figures.get(j).cloned());
        if i < n && j < m && cost[i][j] == cost[i + 1][j + 1] + differ(i, j) {
            out.push(Pair { words: a, figures: b });
            (i, j) = (i + 1, j + 1);
        } else if i < n && cost[i][j] == cost[i + 1][j] + 2 {
            out.push(Pair { words: a, figures: None });
            i += 1;
        } else {
            out.push(Pair { words: None, figures: b });
            j += 1;
        }
    }
    out
}

/// One way to settle the differences, one bit for each, with what it costs; none where nothing is left.
fn way_of(strip: &Strip, em: usize, pairs: &[Pair], open: &[usize], way: u32) -> Option<(f64, u32, Vec<Symbol>)> {
    let mut cost = 0.0;
    let mut line = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let Some(place) = open.iter().position(|&o| o == index) else {
            line.extend(pair.words.clone());
            continue;
        };
        let is_of_words = way & bit(place) == 0;
        let taken = if is_of_words { &pair.words } else { &pair.figures };
        cost += if !is_of_words && pair.words.as_ref().is_some_and(|s| is_japanese(first(s))) { OVER_JAPANESE } else { 0.0 };
        if let Some(symbol) = taken {
            cost += (10_000.0 - f64::from(symbol.score)) / 100.0 * UNSURE;
            // The other reader knows no Japanese: what it says of other letters is no figure.
            let is_known = is_figure(first(symbol));
            cost += if is_known == is_of_words { OF_WORDS } else { 0.0 };
        }
        line.extend(taken.clone());
    }
    (!line.is_empty()).then(|| (cost + misfit(strip, em, &line), way, line))
}

/// What it costs that a line is not as its ink or as figures are.
fn misfit(strip: &Strip, em: usize, line: &[Symbol]) -> f64 {
    let found = fit(strip, line, em);
    let without = found.spans.iter().filter(|span| span.is_none()).count() + found.passed.len();
    let misshapen = Shapes::of(strip, line, &found).map_or(0, |shapes| shapes.odd(line));
    let text: String = line.iter().map(|s| half_width(first(s))).collect();
    let odd = if is_written_so(&text) { 0.0 } else { ODD };
    let points = if has_odd_point(&text) { THOUSANDS } else { 0.0 };
    without as f64 * MISFIT + misshapen as f64 * MISSHAPEN + odd + points
}

/// How much farther off a point is than a comma that must be one, in percent.
const OTHER: u32 = 200;

/// Whether what stands at one place can only be a mark of thousands: three digits and no more behind it, and a mark of
/// thousands before those in front of it, or other groups of three behind.
fn is_mark_of_thousands(text: &[char], at: usize) -> bool {
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let is_mark = |c: Option<&char>| matches!(c, Some(',' | '.'));
    let before = text[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let is_group = at + 1 < text.len() && digits(at + 1) == 3;
    let has_other = at > before && is_mark(text.get(at - before - 1)) && before == 3 || is_group && is_mark(text.get(at + 4));
    is_group && (1..=3).contains(&before) && has_other
}

/// Whether a point stands where a mark of thousands may: before three digits and no more.
fn has_odd_point(text: &str) -> bool {
    let numbers = text.split(|c: char| !is_digit(c) && c != ',' && c != '.');
    let is_odd = |number: &str| number.split_once('.').is_some_and(|(whole, rest)| rest.len() == 3 && !whole.is_empty() && whole != "0");
    numbers.into_iter().any(is_odd)
}

/// The columns and the rows that ink takes up.
type Extent = ((u32, u32), (u32, u32));

/// The sizes of the ink of a line, in percent of the height of its digits: width, height, how far it reaches below them.
struct Shapes(Vec<Option<[i32; 3]>>);

impl Shapes {
    fn of(strip: &Strip, line: &[Symbol], found: &Fit) -> Option<Self> {
        let rows: Vec<Option<Extent>> =
            (0..line.len()).map(|i| found.spans[i].filter(|_| found.alone[i]).and_then(|span| Some((span, strip.rows(span)?)))).collect();
        let middle = |mut all: Vec<u32>| {
            all.sort_unstable();
            all.get(all.len() / 2).copied()
        };
        let digits = || line.iter().zip(&rows).filter(|(s, _)| is_digit(first(s))).filter_map(|(_, r)| *r);
        let high = middle(digits().map(|(_, (top, bottom))| bottom - top).collect())?.max(1) as i32;
        let base = middle(digits().map(|(_, (_, bottom))| bottom).collect())? as i32;
        let of = |((from, to), (top, bottom)): Extent| {
            [(to - from) as i32 * 100 / high, (bottom - top) as i32 * 100 / high, (bottom as i32 - base) * 100 / high]
        };
        Some(Self(rows.into_iter().map(|row| row.map(of)).collect()))
    }

    /// How many characters have ink that cannot be theirs.
    fn odd(&self, line: &[Symbol]) -> usize {
        let is_odd = |(symbol, size): (&Symbol, &Option<[i32; 3]>)| {
            let Some([wide, high, below]) = *size else { return false };
            match half_width(first(symbol)) {
                c if is_digit(c) => wide > 100 || !(80..=125).contains(&high),
                ',' => wide > 50 || high > 60 || below < 5,
                '.' => wide > 45 || high > 35 || below > 12,
                '-' => high > 40,
                '%' => wide < 60,
                '(' | ')' => high < 100 || wide > 70,
                c if c.is_ascii() => false,
                _ => wide < 70,
            }
        };
        line.iter().zip(&self.0).filter(|pair| is_odd(*pair)).count()
    }
}

/// Whether figures are written so: digits in thousands or in a row, with places behind a point, a sign before them, and
/// what is counted or a percent behind.
fn is_written_so(text: &str) -> bool {
    let open = text.chars().filter(|c| *c == '(').count();
    if open != text.chars().filter(|c| *c == ')').count() {
        return false;
    }
    let numbers = text.split(|c: char| !is_digit(c) && c != ',' && c != '.').filter(|n| !n.is_empty());
    let is_number = |number: &str| {
        let (whole, places) = number.split_once('.').map_or((number, None), |(whole, places)| (whole, Some(places)));
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        let mut rest = groups.peekable();
        let is_grouped = rest.peek().is_none() || first.len() <= 3 && rest.all(|g| g.len() == 3);
        !first.is_empty() && is_grouped && places.is_none_or(|p| !p.is_empty() && p.chars().all(is_digit))
    };
    numbers.into_iter().all(is_number)
}

fn first(symbol: &Symbol) -> char {
    symbol.text.chars().next().unwrap_or(' ')
}

fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// Whether the reader of digits knows it.
fn is_figure(c: char) -> bool {
    is_digit(c) || matches!(half_width(c), ',' | '.' | '%' | '-' | '(' | ')' | '+' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::drawing::line;
    use seisho_ocr::Recorded;

    /// Digits of five by eight, a comma, a point, and a triangle, beside each other.
    fn strip(what: &str) -> Strip {
        let of = |c: char| match c {
            ',' => [".....", ".....", ".....", ".....", ".....", ".....", ".....", "..##.", "..##.", ".##.."],
            '.' => [".....", ".....", ".....", ".....", ".....", ".....", ".....", "..##.", ".....", "....."],
            '△' => [
                "....#....",
                "...###...",
                "...#.#...",
                "..##.##..",
                "..#...#..",
                ".##...##.",
                ".#.....#.",
                "#########",
                ".........",
                ".........",
            ]
            .map(|r| r),
            _ => ["####.", "#..#.", "#..#.", "#..#.", "#..#.", "#..#.", "#..#.", "####.", ".....", "....."],
        };
        let rows: Vec<String> = (0..10).map(|y| what.chars().map(|c| format!("{}.", of(c)[y])).collect()).collect();
        let mut strip = line(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        strip.high = 40;
        strip
    }

    fn said(text: &str, score: u16) -> Vec<Symbol> {
        let symbol = |(i, c): (u32, char)| Symbol {
            text: c.to_string(),
            ink: [12 + i * 24, 12, 28 + i * 24, 52],
            line: 0,
            score,
            marks: Vec::new(),
        };
        (0..).zip(text.chars()).map(symbol).collect()
    }

    /// What comes of two readings of some ink, with what is said against it: `!` behind what is contested.
    fn both(ink: &str, words: &str, figures: &str) -> String {
        let mut ocr = Recorded::new(vec![said(figures, 9_800)]);
        let found = read(&strip(ink), 48, &said(words, 9_800), &mut ocr).expect("a line of figures");
        let is_contested = |s: &Symbol| s.marks.iter().any(|m| matches!(m, Mark::Contested(_) | Mark::Crowded));
        found.iter().map(|s| format!("{}{}", s.text, if is_contested(s) { "!" } else { "" })).collect()
    }

    #[test]
    fn what_two_readers_agree_in_is_sure() {
        let found = read(&strip("8,000"), 48, &said("8,000", 9_100), &mut Recorded::new(vec![said("8,000", 9_200)])).expect("figures");
        assert!(found.iter().all(|s| s.marks == [Mark::Confirmed] && s.sureness() >= 9_850), "{found:?}");
    }

    #[test]
    fn a_comma_is_told_by_ink_and_by_how_figures_are_written_and_two_digits_are_doubted() {
        assert_eq!(both("8,000", "8.000", "8,000"), "8,000");
        assert_eq!(both("8.0", "8.0", "8,0"), "8.0");
        assert_eq!(both("800", "800", "300"), "3!00", "the reader of digits, and said");
        assert_eq!(both("8,000", "8,00(", "8,000"), "8,000", "the last 0 beside a rule");
    }

    #[test]
    fn a_triangle_before_figures_is_told_by_its_ink() {
        assert_eq!(both("△800", "へ800", "A800"), "△800");
        assert_eq!(both("800", "800", "800"), "800");
    }

    #[test]
    fn a_line_of_words_is_no_line_of_figures() {
        assert!(read(&strip("000"), 48, &said("第3期", 9_900), &mut Recorded::new(Vec::new())).is_none());
    }
}
