//! How a character looks, told apart from its size and place: the directions in which its strokes run, field by field.
//! What a second look at doubtful ink is held against. Knows how characters of two typefaces look (`data/shapes.bin`,
//! made by `examples/shapes.rs`); knows no words.

use seisho_model::scan::Crop;
use seisho_model::script;

/// Pixels of a side to which ink is brought, with white around it.
const SIDE: usize = 32;
const MARGIN: usize = 2;
/// Fields of a side, and directions of strokes in each.
const FIELDS: usize = 6;
const DIRECTIONS: usize = 8;
/// Numbers that say how a character looks.
const NUMBERS: usize = FIELDS * FIELDS * DIRECTIONS;
/// Darkness from which on a pixel is ink, of 255.
const INK: u8 = 96;
/// What makes a share of all strokes a number up to 255.
const UNIT: f64 = 700.0;

/// How ink looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape([u8; NUMBERS]);

impl Shape {
    /// Of the ink of a crop from one column to another; none where there is none.
    #[must_use]
    pub fn of(crop: &Crop, (from, to): (u32, u32)) -> Option<Self> {
        let dark = |x: usize, y: usize| 255 - crop.gray[y * crop.width as usize + x];
        let (from, to) = (from as usize, to.min(crop.width) as usize);
        let ink = |x: usize, y: usize| dark(x, y) >= INK;
        let rows: Vec<usize> = (0..crop.height as usize).filter(|&y| (from..to).any(|x| ink(x, y))).collect();
        let cols: Vec<usize> = (from..to).filter(|&x| rows.iter().any(|&y| ink(x, y))).collect();
        let (top, bottom) = (*rows.first()?, rows.last()? + 1);
        let (left, right) = (*cols.first()?, cols.last()? + 1);
        let even = evened((left, right), (top, bottom), dark);
        Some(Self(numbers(&even)))
    }

    /// The numbers that say it.
    #[must_use]
    pub fn numbers(&self) -> &[u8] {
        &self.0
    }

    /// How far another look is from this one; none where it is farther than a limit.
    fn distance(&self, other: &[u8], limit: u32) -> Option<u32> {
        let mut sum = 0;
        for (own, other) in self.0.chunks(CHUNK).zip(other.chunks(CHUNK)) {
            sum += own.iter().zip(other).map(|(&a, &b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
            if sum > limit {
                return None;
            }
        }
        Some(sum)
    }

    /// How far it is off how a character looks; what is like nothing is all equally far off. None for characters whose
    /// look is not known.
    pub(crate) fn off(&self, read: char) -> Option<u32> {
        kind(script::large_kana(read)).map(drop)?;
        rows(script::large_kana(read), script::large_kana(read)).map(|row| self.distance(row.look, FARTHEST).unwrap_or(FARTHEST)).min()
    }

    /// The characters of the kind of another that this looks like, the nearest first, and last that one; each with how
    /// much farther off it is than the nearest, in percent. None where nothing is near.
    #[must_use]
    pub fn alike(&self, read: char) -> Option<Vec<(char, u32)>> {
        let own = script::large_kana(read);
        let mut near: Vec<(u32, char)> = Vec::new();
        let mut limit = FAR;
        for row in kind(own)?.filter(|row| script::large_kana(row.character) == row.character) {
            if let Some(distance) = self.distance(row.look, limit) {
                near.push((distance, if row.character == own { read } else { row.character }));
                limit = limit.min(distance * ALIKE_PERCENT / 100);
            }
        }
        near.sort_unstable();
        let nearest = near.first()?.0.max(1);
        let mut out: Vec<(char, u32)> = Vec::new();
        for (distance, c) in near.into_iter().take_while(|n| n.0 <= limit) {
            if out.iter().all(|o| o.0 != c) {
                out.push((c, distance * 100 / nearest - 100));
            }
        }
        if out.iter().all(|o| o.0 != read) {
            let own = rows(own, own).filter_map(|row| self.distance(row.look, u32::MAX)).min()?;
            out.push((read, (own / nearest).saturating_mul(100).saturating_add(own % nearest * 100 / nearest).saturating_sub(100)));
        }
        Some(out)
    }
}

/// Numbers that are compared at a time.
const CHUNK: usize = 48;
/// What is farther off is like nothing: of what is read right, one in fifty.
const FAR: u32 = 40_000;
/// Nothing is farther off than this.
const FARTHEST: u32 = 4 * FAR;
/// What is farther off than the nearest by this is not like it, in percent of the nearest.
const ALIKE_PERCENT: u32 = 150;

/// How characters look, in their order; one look for each typeface.
static TABLE: &[u8] = include_bytes!("../../data/shapes.bin");
/// Bytes of a character before its look.
const HEAD: usize = 4;

/// A character in a typeface.
struct Row {
    character: char,
    look: &'static [u8],
}

/// The looks of the characters from one to another.
fn rows(from: char, to: char) -> impl Iterator<Item = Row> {
    let all = TABLE.as_chunks::<{ HEAD + NUMBERS }>().0;
    let code = |row: &[u8; HEAD + NUMBERS]| u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
    let start = all.partition_point(|row| code(row) < u32::from(from));
    let end = all.partition_point(|row| code(row) <= u32::from(to));
    all[start..end].iter().filter_map(move |row| Some(Row { character: char::from_u32(code(row))?, look: &row[HEAD..] }))
}

/// The characters that one is among when it is looked up; none for marks and small letters, which differ too little.
fn kind(c: char) -> Option<impl Iterator<Item = Row>> {
    let (from, to) = match c {
        // Typefaces draw these in too many ways: with a foot or without, in one stroke or two.
        '1' | 'り' => return None,
        '0'..='9' => ('0', '9'),
        'A'..='Z' => ('A', 'Z'),
        'ぁ'..='ん' => ('ぁ', 'ん'),
        'ァ'..='ヶ' => ('ァ', 'ヶ'),
        _ if script::is_unified_kanji(c) || c == '﨑' => ('\u{4E00}', '\u{FA11}'),
        _ => return None,
    };
    Some(rows(from, to))
}

/// Ink brought to one size, its longer side filling the square.
fn evened((left, right): (usize, usize), (top, bottom): (usize, usize), dark: impl Fn(usize, usize) -> u8) -> Vec<f64> {
    let (width, height) = ((right - left) as f64, (bottom - top) as f64);
    let step = width.max(height) / (SIDE - 2 * MARGIN) as f64;
    // The source pixel of the square's own first pixel.
    let x0 = left as f64 + width / 2.0 - step * SIDE as f64 / 2.0;
    let y0 = top as f64 + height / 2.0 - step * SIDE as f64 / 2.0;
    let mut out = vec![0.0; SIDE * SIDE];
    for (i, value) in out.iter_mut().enumerate() {
        let (x, y) = (x0 + (i % SIDE) as f64 * step, y0 + (i / SIDE) as f64 * step);
        let columns = shares(x, x + step, left, right);
        let rows = shares(y, y + step, top, bottom);
        *value =
            rows.iter().flat_map(|r| columns.iter().map(move |c| (c, r))).map(|(c, r)| f64::from(dark(c.0, r.0)) * c.1 * r.1).sum::<f64>()
                / (step * step);
    }
    out
}

/// The pixels between two places, each with the share of it that lies there.
fn shares(from: f64, to: f64, least: usize, most: usize) -> Vec<(usize, f64)> {
    let (first, last) = (from.max(least as f64), to.min(most as f64));
    let mut out = Vec::new();
    let mut at = first;
    while at < last {
        let next = (at.floor() + 1.0).min(last);
        out.push((at.floor() as usize, next - at));
        at = next;
    }
    out
}

/// The strokes of a square, field by field and direction by direction.
fn numbers(square: &[f64]) -> [u8; NUMBERS] {
    let at = |x: usize, y: usize| square[y * SIDE + x];
    let mut sums = vec![0.0; NUMBERS];
    for (x, y) in (1..SIDE - 1).flat_map(|y| (1..SIDE - 1).map(move |x| (x, y))) {
        let gx = at(x + 1, y - 1) + 2.0 * at(x + 1, y) + at(x + 1, y + 1) - at(x - 1, y - 1) - 2.0 * at(x - 1, y) - at(x - 1, y + 1);
        let gy = at(x - 1, y + 1) + 2.0 * at(x, y + 1) + at(x + 1, y + 1) - at(x - 1, y - 1) - 2.0 * at(x, y - 1) - at(x + 1, y - 1);
        for (direction, strength) in directions(gx, gy) {
            for (row, down) in fields(y) {
                for (col, across) in fields(x) {
                    sums[(row * FIELDS + col) * DIRECTIONS + direction] += strength * down * across;
                }
            }
        }
    }
    let all = sums.iter().sum::<f64>().max(1.0);
    let mut out = [0; NUMBERS];
    for (number, sum) in out.iter_mut().zip(&sums) {
        *number = ((sum / all).sqrt() * UNIT).round().min(255.0) as u8;
    }
    out
}

/// A slope as the two of eight directions that it lies between.
fn directions(gx: f64, gy: f64) -> [(usize, f64); 2] {
    let (across, down) = (gx.abs(), gy.abs());
    let straight = match (across >= down, gx >= 0.0, gy >= 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 2,
        (true, false, _) => 4,
        (false, _, false) => 6,
    };
    let slanted = match (gx >= 0.0, gy >= 0.0) {
        (true, true) => 1,
        (false, true) => 3,
        (false, false) => 5,
        (true, false) => 7,
    };
    [(straight, (across - down).abs()), (slanted, across.min(down) * std::f64::consts::SQRT_2)]
}

/// The two fields that a place lies between, with its share in each.
fn fields(at: usize) -> [(usize, f64); 2] {
    let place = (at as f64 + 0.5) * FIELDS as f64 / SIDE as f64 - 0.5;
    let (first, share) = (place.floor().max(0.0), (place - place.floor()).clamp(0.0, 1.0));
    let first = first.min((FIELDS - 1) as f64) as usize;
    if place < 0.0 { [(0, 1.0), (0, 0.0)] } else { [(first, 1.0 - share), ((first + 1).min(FIELDS - 1), share)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bars from corner to corner on 48 pixels.
    fn drawn(bars: &[[u32; 4]]) -> Shape {
        let is_ink = |x: u32, y: u32| bars.iter().any(|b| (b[0]..b[2]).contains(&x) && (b[1]..b[3]).contains(&y));
        let gray = (0..48 * 48).map(|i| if is_ink(i % 48, i / 48) { 0 } else { 255 }).collect();
        Shape::of(&Crop { width: 48, height: 48, gray, dpi: 300 }, (0, 48)).unwrap()
    }

    #[test]
    fn ink_looks_most_like_its_own_character() {
        let frame = [[12, 5, 15, 43], [33, 5, 36, 43], [12, 5, 36, 8], [12, 40, 36, 43]];
        let sun = drawn(&[frame.as_slice(), &[[12, 22, 36, 25]]].concat());
        let ten = drawn(&[[22, 4, 26, 44], [4, 18, 44, 21]]);
        let nearest = |shape: &Shape, of: [char; 4]| of.into_iter().min_by_key(|c| shape.off(*c).unwrap()).unwrap();
        assert_eq!(nearest(&sun, ['口', '日', '目', '十']), '日');
        assert_eq!(nearest(&ten, ['口', '日', '土', '十']), '十');
        assert_eq!((sun.off('、'), sun.off('1')), (None, None), "marks are too small to tell, 1 is drawn in too many ways");
        assert_eq!(sun.off('ッ'), sun.off('ツ'), "size is not told");
    }
}
