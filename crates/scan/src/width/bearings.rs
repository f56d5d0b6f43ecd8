//! Where the ink of a character lies in its square, in several typefaces (`data/bearings.bin`, made by
//! `tests/shapes/bearings.py`).

/// The typefaces of the table: those of the fonts that tests print with, the same with half-width letters that are all as
/// wide, and two whose kana are of many widths.
pub(super) const FACES: usize = 10;

/// The ink of a character and the white that belongs to it, in shares of an em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bearing {
    pub(super) before: f64,
    pub(super) ink: f64,
    pub(super) behind: f64,
    pub(super) high: f64,
}

static TABLE: &[u8] = include_bytes!("../../data/bearings.bin");
/// Bytes of a character before its faces, and of a face.
const HEAD: usize = 4;
const FACE: usize = 4;
const ROW: usize = HEAD + FACES * FACE;
/// Parts of an em that the numbers are in, and what is added to white, which may be less than none.
const UNIT: f64 = 200.0;
const SHIFT: f64 = 40.0;

/// The ink of a character in a typeface; none where it is not known.
pub(super) fn bearing(c: char, face: usize) -> Option<Bearing> {
    let rows = TABLE.as_chunks::<ROW>().0;
    let code = |row: &[u8; ROW]| u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
    let row = rows.get(rows.binary_search_by_key(&u32::from(c), code).ok()?)?;
    let at = HEAD + face * FACE;
    let number = |i: usize| f64::from(row[at + i]);
    Some(Bearing { before: (number(0) - SHIFT) / UNIT, ink: number(1) / UNIT, behind: (number(2) - SHIFT) / UNIT, high: number(3) / UNIT })
}

/// How wide the ink of a kana is at least in any typeface; nothing for other characters and those that are not
/// known.
pub(crate) fn narrowest(c: char) -> f64 {
    if !seisho_model::script::is_kana(c) {
        return 0.0;
    }
    (0..FACES)
        .filter_map(|face| Some(bearing(c, face)?.ink))
        .fold(None, |least: Option<f64>, ink| Some(least.map_or(ink, |l| l.min(ink))))
        .unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_digits_in_both_widths_and_kanji_in_one() {
        for face in 0..FACES {
            let advance = |c: char| bearing(c, face).map(|b| b.before + b.ink + b.behind).unwrap();
            assert!((0.45..0.7).contains(&advance('8')) && advance('８') > 0.95, "{face}");
            assert!(['月'].iter().all(|&c| (advance(c) - 1.0).abs() < 0.03), "{face}");
        }
        assert_eq!(bearing('\u{1F600}', 0), None);
    }
}
