//! Spelling: what a record may change, what only a match key may change, and what nobody may.
//!
//! | layer | what it does | where |
//! |---|---|---|
//! | raw | nothing | the caller keeps it |
//! | record | marks on kana composed, radicals replaced by ideographs, letter-spaced words closed up; every change is said | [`record_changes`], [`letter_spacing_changes`] |
//! | match key | NFKC and more; only for comparing, with the way back | [`match_key`], [`match_text`] |
//! | search key | old forms of kanji as new ones; never to say that two people are one | [`modern_kanji`] |
//!
//! A record never folds ①㈱Ⅱ㎡㍻, ，．, full-width digits, half-width kana, 々, the compatibility
//! ideographs U+F900–FAFF or variation sequences: names are written with them. Not even NFC is safe
//! (it turns 神 U+FA19 into 神 U+795E), so nothing here normalizes a record as a whole.
//!
//! Pure functions of the text; no dictionary.

mod kanji;
mod matching;
mod spacing;

pub use kanji::modern_kanji;
pub use matching::{MatchKey, match_key, match_text};
pub use spacing::letter_spacing_changes;

use seisho_model::reading::Change;
use seisho_model::text::TextRange;

/// Rule: a kana and a combining voicing mark (U+3099, U+309A) as the one character that means the same.
pub const COMPOSE_VOICED_KANA: &str = "compose-voiced-kana";
/// Rule: a radical (U+2E80–2FD5), which PDF producers confuse with the ideograph, as the ideograph.
pub const UNIFY_RADICAL: &str = "unify-radical";
/// Rule: the space between single letters of one word is layout.
pub const CLOSE_LETTER_SPACING: &str = "close-letter-spacing";

/// The changes of spelling that a record carries.
///
/// 〜, ～ and ~ stay as they are: the contract keeps the source's characters, and a match key folds them.
#[must_use]
pub fn record_changes(raw: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut before: Option<(usize, char)> = None;
    for (at, c) in raw.char_indices() {
        let end = at + c.len_utf8();
        if let Some(ideograph) = kanji::radical(c) {
            changes.push(Change::lossless(UNIFY_RADICAL, TextRange::new(at, end), ideograph));
        } else if let Some((start, composed)) = before.and_then(|(start, base)| Some((start, voiced(base, c)?))) {
            changes.push(Change::lossless(COMPOSE_VOICED_KANA, TextRange::new(start, end), composed));
        }
        before = Some((at, c));
    }
    changes
}

/// The precomposed kana of a base and a combining mark, where Unicode has one.
fn voiced(base: char, mark: char) -> Option<char> {
    if seisho_model::script::is_voicing_mark(mark) { unicode_normalization::char::compose(base, mark) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::reading::Edited;

    fn record(raw: &str) -> String {
        Edited::apply(raw, record_changes(raw)).text
    }

    #[test]
    fn a_mark_joins_its_kana_where_one_character_exists() {
        assert_eq!(record("か\u{3099}ハ\u{309A}ツ\u{3099}"), "がパヅ");
        // No precomposed character: left as it is.
        assert_eq!(record("あ\u{3099}か\u{309A}漢\u{3099}e\u{301}"), "あ\u{3099}か\u{309A}漢\u{3099}e\u{301}");
        assert_eq!(record("か\u{3099}\u{3099}"), "が\u{3099}");
    }

    #[test]
    fn radicals_become_ideographs() {
        assert_eq!(record("⽤⻑⺠⽣⼈⻘⻄"), "用長民生人青西");
        assert!(('\u{2F00}'..='\u{2FD5}').all(|c| kanji::radical(c).is_some_and(|i| ('\u{4E00}'..='\u{9FFF}').contains(&i))));
    }

    #[test]
    fn names_and_marks_are_left_alone() {
        let kept = "①⑩㈱㊙Ⅱⅲ㎡㍻㋿㌔½…－～〜~，．　゛ｶﾞﾊﾟ１２ＡＢ（）人々〆髙﨑邉邊神\u{FA19}隆\u{F9DC}福\u{FA1B}都\u{FA26}辻\u{E0100}葛\u{FE00}ー―‐−";
        assert_eq!(record_changes(kept), []);
        for range in [0xF900..=0xFAFFu32, 0xFE00..=0xFE0F, 0xFF01..=0xFFEF, 0x2460..=0x24FF, 0x3200..=0x33FF, 0xE0100..=0xE01EF] {
            for c in range.filter_map(char::from_u32) {
                assert_eq!(record_changes(&c.to_string()), [], "U+{:04X}", c as u32);
            }
        }
    }

    #[test]
    fn a_record_is_already_a_record() {
        for raw in ["か\u{3099}\u{3099}は\u{309A}", "⻑⽤~1〜2~3", "１~２％~３"] {
            let once = record(raw);
            assert_eq!(record_changes(&once), [], "{raw:?}");
        }
    }
}
