//! How sure a value that was read from a scan is: from the scores of its characters to the chance that it is right.
//! Knows no reader; only what scores were worth on pages whose truth is known.

use seisho_model::ink::Glyph;
use seisho_model::{Pages, Run};

/// Chance that a character with at least this score, in hundredths of a percent, is right, in ten thousandths.
///
/// Derived from shares of wrong characters by score on made scans (300 dpi; Tesseract 5.3 `jpn`) that were read cell
/// by cell, not by this program's own lines: not yet fitted to them. Rising throughout.
const CHANCES: [(u16, u32); 7] =
    [(0, 5_600), (8_000, 6_600), (9_000, 7_750), (9_500, 9_070), (9_700, 9_670), (9_800, 9_986), (9_900, 9_998)];

/// How sure a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Confidence {
    /// Chance that all of it is right.
    pub(crate) value: f64,
    /// The lowest score of its characters.
    pub(crate) weakest: u16,
    /// The characters that are likely enough to be wrong to be looked at.
    pub(crate) doubtful: String,
}

/// Characters of lower scores are named.
const DOUBTFUL: u16 = 9_500;
/// Values that decide something (numbers, dates, names) are for review where one character scores less than this.
const STRICT: u16 = 9_700;
/// Texts are for review where one character scores less than this …
const LENIENT: u16 = 8_800;
/// … or where the whole is less likely right than this.
const LIKELY: f64 = 0.5;

impl Confidence {
    /// Whether a person should look at the value.
    pub(crate) fn is_low(&self, pointer: &str) -> bool {
        let is_text = ["/target/", "/methods/", "/text", "/body/", "/preamble/", "/tables/"].iter().any(|part| pointer.contains(part));
        if is_text { self.weakest < LENIENT || self.value < LIKELY } else { self.weakest < STRICT }
    }
}

/// How sure a run is; none where it does not come from a scan.
pub(crate) fn of(pages: &Pages, run: &Run) -> Option<Confidence> {
    let mut out: Option<Confidence> = None;
    for piece in &run.0 {
        let page = &pages.0[piece.page as usize];
        let Some(ink) = &page.ink else { continue };
        for glyph in ink.glyphs_of(piece.range) {
            let Some(score) = glyph.score else { continue };
            let so_far = out.get_or_insert(Confidence { value: 1.0, weakest: u16::MAX, doubtful: String::new() });
            so_far.value *= chance(score);
            so_far.weakest = so_far.weakest.min(score);
            if score < DOUBTFUL {
                so_far.doubtful.push_str(said(page, glyph));
            }
        }
    }
    out.map(|c| Confidence { value: (c.value * 1000.0).round() / 1000.0, ..c })
}

fn said<'p>(page: &'p seisho_model::Page, glyph: &Glyph) -> &'p str {
    page.slice(glyph.range)
}

/// The chance that a character with this score is right.
fn chance(score: u16) -> f64 {
    let row = CHANCES.iter().rev().find(|(from, _)| score >= *from);
    row.map_or(0.5, |(_, chance)| f64::from(*chance) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_score_is_never_less_sure() {
        assert!((0..10_000).all(|s| chance(s) <= chance(s + 1)));
    }

    #[test]
    fn one_weak_digit_makes_a_number_doubtful_but_not_a_text() {
        let confidence = Confidence { value: 0.9, weakest: 9_400, doubtful: "8".into() };
        assert!(confidence.is_low("/goals/0/deadline") && !confidence.is_low("/goals/0/target/0"));
    }
}
