//! What a reader said of a crop as glyphs on the page, each in a box like a font's.

use crate::line::crop::Strip;
use seisho_model::geometry::{Pt, Rect};
use seisho_model::scan::{Mark, Symbol};
use seisho_model::script;

/// A glyph before it has its place in the text of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// What it says.
    pub(crate) text: String,
    /// Its em box on the page as put right.
    pub(crate) rect: Rect,
    /// The height of that box.
    pub(crate) size: Pt,
    /// Its line in the crop.
    pub(crate) line: u32,
    /// How sure the engine is.
    pub(crate) score: u16,
    /// What was seen of it since.
    pub(crate) marks: Vec<Mark>,
    /// The blank behind it, as a file would have it.
    pub(crate) blank: Option<char>,
    /// Whether it stands in a column.
    pub(crate) vertical: bool,
}

/// Kanji fill this share of their em, in percent; kana and digits less.
const KANJI_PERCENT: f64 = 92.0;
const KANA_PERCENT: f64 = 82.0;
const OTHER_PERCENT: f64 = 72.0;
/// Heights are told from here on, in percent of the letters by height: letters like 一 and ・ are low, and boxes that
/// reach over two are high.
const HIGH: usize = 70;
/// Sizes of print, in points; what is told outside comes from marks that touch.
const SMALLEST: f64 = 4.0;
const LARGEST: f64 = 40.0;

/// The symbols of a line with the blank behind each.
pub(crate) type Said<'s> = (&'s [Symbol], &'s [Option<char>], &'s Strip);

/// Places the symbols of lines; `usual` is the em in points that the ink shows, `scale` is points a pixel.
pub(crate) fn place<'s>(lines: impl Iterator<Item = Said<'s>>, usual: f64, scale: (f64, f64)) -> Vec<Placed> {
    let lines: Vec<_> = lines.collect();
    let all: Vec<Symbol> = lines.iter().flat_map(|(symbols, ..)| symbols.iter().cloned()).collect();
    let sound = |em: f64| em.clamp(usual * LOWEST, usual * HIGHEST);
    let whole = em(&all, scale.1).map_or(usual, sound);
    let mut placed = Vec::with_capacity(all.len());
    for (number, &(line, blanks, strip)) in (0..).zip(&lines) {
        // A few letters tell their size badly; those of a cell are mostly of one size.
        let own = if line.len() >= ENOUGH { em(line, scale.1).map(sound) } else { None };
        let (along, across) = axes(strip, scale);
        // How high the letters of a column are is known of all of it.
        let (size, middle) = match &strip.down {
            Some(column) => (usual, f64::from(column.width) / 2.0),
            None => (own.unwrap_or(whole), middle(line)),
        };
        let (size, middle) = (size.clamp(SMALLEST, LARGEST), across.point(middle));
        for (index, symbol) in line.iter().enumerate() {
            let edge = |v: u32| along.point(f64::from(v));
            let next = line.get(index + 1);
            let left = index.checked_sub(1).map(|i| edge(line[i].ink[2]));
            let (from, to) = sides(symbol, (edge(symbol.ink[0]), edge(symbol.ink[2])), size, left, next.map(|s| edge(s.ink[0])));
            let (low, high) = (middle - size / 2.0, middle + size / 2.0);
            let rect = if strip.down.is_some() { Rect::new((low, from), (high, to)) } else { Rect::new((from, low), (to, high)) };
            let (Some(rect), Some(em)) = (rect, Pt::new(size)) else { continue };
            let blank = match &strip.down {
                Some(_) => next.and_then(|next| blank(symbol, next, &strip.gaps, size / along.scale)),
                None => blanks.get(index).copied().flatten().filter(|_| next.is_some()),
            };
            placed.push(Placed {
                text: said(symbol, size / scale.1),
                rect,
                size: em,
                line: number,
                score: symbol.score,
                marks: symbol.marks.clone(),
                blank,
                vertical: strip.down.is_some(),
            });
        }
    }
    placed
}

/// One axis of the page: points a pixel, and the pixel at which a crop begins.
struct Axis {
    scale: f64,
    origin: i64,
}

/// The axis along which a line or column runs, and the one across it.
fn axes(strip: &Strip, scale: (f64, f64)) -> (Axis, Axis) {
    let x = Axis { scale: scale.0, origin: strip.origin.0 };
    let y = Axis { scale: scale.1, origin: strip.origin.1 };
    if strip.down.is_some() { (y, x) } else { (x, y) }
}

impl Axis {
    fn point(&self, pixel: f64) -> f64 {
        (pixel + self.origin as f64) * self.scale
    }
}

/// Boxes of symbols and the height of ink agree within these shares; ink of digits is lower than their em.
const LOWEST: f64 = 0.8;
const HIGHEST: f64 = 1.5;
/// White of this share of an em is a blank: between full-width digits it is half an em.
const BLANK: f64 = 0.62;
/// Beside a mark that fills half its box it is more.
const BLANK_AT_MARKS: f64 = 1.1;
/// Between Latin letters it is less.
const BLANK_LATIN: f64 = 0.2;

/// The blank between two neighbours of a column, by the white between their middles.
fn blank(symbol: &Symbol, next: &Symbol, gaps: &[(u32, u32)], em: f64) -> Option<char> {
    let middle = |s: &Symbol| (s.ink[0] + s.ink[2]) / 2;
    let between = gaps.iter().filter(|g| g.0 >= middle(symbol) && g.1 <= middle(next));
    let widest = f64::from(between.map(|g| g.1 - g.0).max()?) / em;
    let (a, b) = (first(symbol), first(next));
    let is_latin = a.is_ascii_alphabetic() && b.is_ascii_alphabetic();
    let is_mark = |c: char| !c.is_alphanumeric();
    let least = if is_latin {
        BLANK_LATIN
    } else if is_mark(a) || is_mark(b) {
        BLANK_AT_MARKS
    } else {
        BLANK
    };
    (widest >= least).then_some(if is_latin { ' ' } else { '\u{3000}' })
}

/// So many letters of a line tell its size.
const ENOUGH: usize = 4;

/// A ring this much lower than its em, in percent, is a full stop: no reader can tell its height once it stands alone.
const RING_PERCENT: f64 = 42.0;

/// What a symbol says, its size in mind.
fn said(symbol: &Symbol, em: f64) -> String {
    let is_ring = matches!(symbol.text.as_str(), "o" | "O" | "0" | "〇" | "○" | "ｏ" | "Ｏ" | "０" | "°");
    if is_ring && f64::from(height(symbol)) * 100.0 < em * RING_PERCENT { "。".to_owned() } else { symbol.text.clone() }
}

fn height(symbol: &Symbol) -> u32 {
    symbol.ink[3].saturating_sub(symbol.ink[1])
}

fn first(symbol: &Symbol) -> char {
    symbol.text.chars().next().unwrap_or(' ')
}

/// The em in points that the heights of symbols show.
fn em(symbols: &[Symbol], scale: f64) -> Option<f64> {
    let of = |wanted: fn(char) -> bool, percent: f64| {
        let mut heights: Vec<u32> = symbols.iter().filter(|s| wanted(first(s))).map(height).collect();
        heights.sort_unstable();
        let high = heights.get(heights.len().saturating_sub(1) * HIGH / 100)?;
        Some(f64::from(*high) * scale * 100.0 / percent)
    };
    of(is_tall_kanji, KANJI_PERCENT).or_else(|| of(is_tall_kana, KANA_PERCENT)).or_else(|| of(char::is_alphanumeric, OTHER_PERCENT))
}

/// A kanji that is as high as its typeface.
fn is_tall_kanji(c: char) -> bool {
    script::is_unified_kanji(c) && !matches!(c, '一' | '二' | '三')
}

/// A kana that is about as high as its typeface.
fn is_tall_kana(c: char) -> bool {
    script::is_kana(c) && c != 'ー'
}

/// The height of a line's middle, in pixels of the crop.
fn middle(line: &[Symbol]) -> f64 {
    let mut tall: Vec<u32> =
        line.iter().filter(|s| is_tall_kanji(first(s)) || is_tall_kana(first(s))).map(|s| s.ink[1] + s.ink[3]).collect();
    if tall.is_empty() {
        tall = line.iter().filter(|s| first(s).is_alphanumeric()).map(|s| s.ink[1] + s.ink[3]).collect();
    }
    if tall.is_empty() {
        tall = line.iter().map(|s| s.ink[1] + s.ink[3]).collect();
    }
    tall.sort_unstable();
    f64::from(tall.get(tall.len() / 2).copied().unwrap_or(0)) / 2.0
}

/// Left and right of the em box around ink, so that it does not reach into its neighbours.
fn sides(symbol: &Symbol, (x0, x1): (f64, f64), em: f64, left: Option<f64>, right: Option<f64>) -> (f64, f64) {
    let c = first(symbol);
    let wide = (x0 + x1) / 2.0;
    let (from, to) = match c {
        _ if c.is_ascii() || x1 - x0 > em => (x0 - em * 0.04, x1 + em * 0.04),
        '「' | '『' | '（' | '【' | '〈' | '《' | '〔' => (x1 - em, x1),
        '」' | '』' | '）' | '】' | '〉' | '》' | '〕' | '、' | '。' | '，' | '．' => (x0, x0 + em),
        _ => (wide - em / 2.0, wide + em / 2.0),
    };
    let from = left.map_or(from, |l| from.max((l + x0) / 2.0)).min(x0);
    let to = right.map_or(to, |r| to.min((r + x1) / 2.0)).max(x1);
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::scan::Crop;

    #[test]
    fn letters_of_a_line_stand_at_one_height_in_square_boxes() {
        let symbol = |text: &str, ink: [u32; 4]| Symbol { text: text.into(), ink, line: 0, score: 9900, marks: Vec::new() };
        // 市民。 at 300 dpi, 42 pixels an em (10 points).
        let line = [symbol("市", [2, 2, 40, 40]), symbol("民", [44, 3, 82, 41]), symbol("。", [86, 30, 96, 40])];
        let crop = Crop { width: 1, height: 1, gray: vec![255], dpi: 300 };
        let strip = Strip { gaps: vec![(40, 44), (82, 86)], left: 2, high: 38, ..Strip::new(crop, Vec::new(), 94) };
        let placed = place(std::iter::once((line.as_slice(), [].as_slice(), &strip)), 10.0, (0.24, 0.24));
        assert!(placed.iter().all(|p| p.rect.y0 == placed[0].rect.y0 && (p.size.0 - 10_000).abs() < 500), "{placed:?}");
        assert!(placed.windows(2).all(|w| w[0].rect.x1 <= w[1].rect.x0), "{placed:?}");
    }
}
