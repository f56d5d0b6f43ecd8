//! How sure a value that was read from a scan is: from the scores of its characters to the chance that it is right.
//! Knows no reader; only what scores were worth on pages whose truth is known.

use seisho_model::ink::Glyph;
use seisho_model::script::is_digit;
use seisho_model::{Pages, Pointer, Run};

/// Doubt that a character with at least this score, in hundredths of a percent, leaves, in ten thousandths of a natural
/// logarithm: from shares of wrong characters by score on made scans (300 dpi; Tesseract 5.3 `jpn`). Falling throughout.
const DOUBTS: [(u16, u32); 7] = [(0, 5_798), (8_000, 4_155), (9_000, 2_549), (9_500, 976), (9_700, 336), (9_800, 14), (9_900, 2)];

/// Chance in ten thousandths that a value is right, from this doubt of all its characters on. Made by `cargo bench -p
/// seisho --bench scans` (5 records, nine conditions), which prints it; no value is certain, none is surely wrong.
const CHANCES: [(u32, u32); 14] = [
    (0, 9_990),
    (24, 9_980),
    (256, 9_922),
    (368, 9_893),
    (532, 9_797),
    (1_004, 9_615),
    (2_579, 8_870),
    (3_065, 8_444),
    (4_231, 6_250),
    (5_199, 5_168),
    (8_349, 3_333),
    (12_518, 909),
    (21_875, 166),
    (67_073, 100),
];

/// How sure a value is.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidence {
    /// Chance that all of it is right.
    pub value: f64,
    /// The doubt that its characters leave.
    pub doubt: u32,
    /// The lowest score of its characters.
    pub weakest: u16,
    /// The characters that are likely enough to be wrong to be looked at.
    pub doubtful: String,
}

/// Characters of lower scores are named.
const DOUBTFUL: u16 = 9_500;
/// Values that decide something (numbers, dates, names) are for review where one character scores less than this.
const STRICT: u16 = 9_700;
/// Deadlines and numbers are where one scores less than this: 9月 for 3月 scored 9,780.
const STRICTEST: u16 = 9_800;
/// Texts are for review where one character scores less than this …
const LENIENT: u16 = 8_800;
/// … or where all of them together leave this doubt: one text in nine is wrong from here on (`CHANCES`).
const UNLIKELY: u32 = 2_579;

impl Confidence {
    /// Whether a person should look at the value.
    pub fn is_low(&self, pointer: &Pointer, text: &str) -> bool {
        let digits = text.chars().filter(|c| is_digit(*c)).count();
        let is_figure = digits > 0 && digits * 2 >= text.chars().count();
        match &*pointer.name() {
            "target" | "methods" | "text" | "body" | "preamble" if !is_figure => self.weakest < LENIENT || self.doubt >= UNLIKELY,
            "deadline" | "number" => self.weakest < STRICTEST,
            _ => self.weakest < STRICT,
        }
    }
}

/// Characters of names that differ by a stroke or two; the first is the one that readers say for either.
const VARIANTS: [(&str, &str); 8] =
    [("高", "髙"), ("崎", "﨑"), ("邊", "邉"), ("斎", "齋"), ("富", "冨"), ("吉", "𠮷"), ("徳", "德"), ("濱", "濵")];

/// The characters of a name that could be others, with these.
pub fn variants(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    VARIANTS.into_iter().filter(move |(read, _)| name.contains(read))
}

/// How sure a run is; none where it does not come from a scan.
pub fn of(pages: &Pages, run: &Run) -> Option<Confidence> {
    let mut out: Option<Confidence> = None;
    for piece in &run.0 {
        let page = &pages.0[piece.page as usize];
        let Some(ink) = &page.ink else { continue };
        for glyph in ink.glyphs_of(piece.range) {
            let Some(score) = ink.sureness(glyph) else { continue };
            let so_far = out.get_or_insert(Confidence { value: 1.0, doubt: 0, weakest: u16::MAX, doubtful: String::new() });
            so_far.doubt += doubt(score);
            so_far.weakest = so_far.weakest.min(score);
            if score < DOUBTFUL {
                so_far.doubtful.push_str(said(page, glyph));
            }
        }
    }
    out.map(|c| Confidence { value: (chance(c.doubt) * 1000.0).round() / 1000.0, ..c })
}

fn said<'p>(page: &'p seisho_model::Page, glyph: &Glyph) -> &'p str {
    page.slice(glyph.range)
}

/// The doubt that a character with this score leaves.
#[must_use]
pub fn doubt(score: u16) -> u32 {
    DOUBTS.iter().rev().find(|(from, _)| score >= *from).map_or(0, |(_, doubt)| *doubt)
}

/// The chance that a value is right whose characters leave so much doubt.
fn chance(doubt: u32) -> f64 {
    let row = CHANCES.iter().rev().find(|(from, _)| doubt >= *from);
    row.map_or(0.5, |(_, chance)| f64::from(*chance) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_score_is_never_less_sure() {
        assert!((0..10_000).all(|s| doubt(s) >= doubt(s + 1)));
        assert!(CHANCES.is_sorted_by(|a, b| a.0 < b.0 && a.1 > b.1));
    }

    #[test]
    fn a_name_that_could_be_another_says_so() {
        assert_eq!(variants("高瀬川").collect::<Vec<_>>(), [("高", "髙")]);
        assert_eq!(variants("山田").count(), 0);
    }

    #[test]
    fn one_weak_digit_makes_a_number_doubtful_but_not_a_text() {
        let confidence = Confidence { value: 0.9, doubt: 2_549, weakest: 9_400, doubtful: "8".into() };
        assert!(
            confidence.is_low(&Pointer::goal(0).field("deadline"), "8月")
                && !confidence.is_low(&Pointer::goal(0).field("target").item(0), "窓口の8割")
        );
    }
}
