//! Keys for comparing two spellings of the same words.
//!
//! A key is NFKC, with what NFKC leaves apart unified, without white space, variation selectors and
//! invisible characters, ASCII in lower case. It is never shown and never stored as a value.

use seisho_model::script;
use seisho_model::text::TextRange;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// A key and the way back from its bytes to those of the text it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchKey {
    /// The key.
    pub text: String,
    /// Where each stretch of the key that cannot be divided came from: its start in the key, and the
    /// bytes of the text. In order; what was dropped has no entry.
    origins: Vec<(u32, TextRange)>,
}

impl MatchKey {
    /// The bytes of the text behind a range of the key, widened to whole characters of the text.
    ///
    /// Dropped characters count where they lie inside; an empty range leads to an empty one.
    #[must_use]
    pub fn to_raw(&self, range: TextRange) -> TextRange {
        let first = self.origins.partition_point(|&(start, _)| start <= range.start).saturating_sub(1);
        let last = self.origins.partition_point(|&(start, _)| start < range.end);
        if range.is_empty() || last <= first {
            let at = self.origins.get(first).map_or(0, |(start, raw)| if *start < range.start { raw.end } else { raw.start });
            return TextRange { start: at, end: at };
        }
        TextRange { start: self.origins[first].1.start, end: self.origins[last - 1].1.end }
    }
}

/// The key of a text, with the way back.
#[must_use]
pub fn match_key(text: &str) -> MatchKey {
    let mut key = MatchKey::default();
    for_each_piece(text, |piece, raw| {
        key.origins.push((u32::try_from(key.text.len()).unwrap_or(u32::MAX), raw));
        key.text.push_str(piece);
    });
    key
}

/// The key of a text, when nobody asks for the way back.
#[must_use]
pub fn match_text(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for_each_piece(text, |piece, _| key.push_str(piece));
    key
}

/// Calls `each` with the pieces of the key, in order and not empty, and where each came from.
///
/// NFKC joins a character only to those that lean on it, so the text is cut before every character
/// that does not; the pieces' normal forms are those of the whole.
fn for_each_piece(text: &str, mut each: impl FnMut(&str, TextRange)) {
    let mut kept = text.char_indices().filter(|&(_, c)| !is_dropped(c)).peekable();
    let (mut cluster, mut piece) = (String::new(), String::new());
    let mut last = '\0';
    let mut last_raw = '\0';
    while let Some((start, c)) = kept.next() {
        cluster.clear();
        let next = kept.peek().map(|&(_, next)| next);
        let first = before_nfkc(c, last_raw, next);
        if let Some(folded) = nfkc_of_common(first).filter(|_| !next.is_some_and(leans)) {
            (last_raw, last) = (c, after_nfkc(folded, last));
            each(last.encode_utf8(&mut [0; 4]), TextRange::new(start, start + c.len_utf8()));
            continue;
        }
        cluster.push(first);
        let (mut end, mut previous) = (start + c.len_utf8(), c);
        while let Some((at, mark)) = kept.next_if(|&(_, next)| leans(next)) {
            cluster.push(combining(mark));
            (end, previous) = (at + mark.len_utf8(), mark);
        }
        last_raw = previous;
        piece.clear();
        if opens_with_space(first) {
            piece.push_str(&cluster);
        } else {
            let folded = cluster.nfkc().filter(|&c| !is_dropped(c));
            piece.extend(folded.map(|c| {
                last = after_nfkc(c, last);
                last
            }));
        }
        if !piece.is_empty() {
            each(&piece, TextRange::new(start, end));
        }
    }
}

/// NFKC of a character by itself, for those that Japanese text is nearly all made of: none of them is
/// dropped, leans on another or becomes more than one. A test compares them with the tables.
fn nfkc_of_common(c: char) -> Option<char> {
    match c {
        '!'..='~' | '、' | '。' | '々' | '「'..='】' | 'ぁ'..='ゖ' | 'ァ'..='ー' => Some(c),
        _ if script::is_unified_kanji(c) => Some(c),
        '！'..='～' => Some(script::half_width(c)),
        _ => None,
    }
}

/// White space, variation selectors and what leaves no ink.
fn is_dropped(c: char) -> bool {
    if nfkc_of_common(c).is_some() {
        return false;
    }
    script::is_variation_selector(c) || c == '\u{AD}' || !seisho_model::text::is_visible(c)
}

/// What joins the character before it: combining marks, half-width voicing marks, ゛ and ゜ (OCR reads
/// か゛ for が), the later parts of a Korean syllable.
fn leans(c: char) -> bool {
    if nfkc_of_common(c).is_some() {
        return false;
    }
    if matches!(c, '\u{309B}' | '\u{309C}' | '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}') {
        return true;
    }
    let mut first = None;
    decompose_compatible(c, |d| first = first.or(Some(d)));
    first.is_some_and(|d| canonical_combining_class(d) != 0)
}

fn combining(mark: char) -> char {
    match mark {
        '\u{309B}' => '\u{3099}',
        '\u{309C}' => '\u{309A}',
        _ => mark,
    }
}

/// ´ and its like, which NFKC writes as a space and a mark: without the space, the mark would lean on
/// a stranger. They stay as they are.
fn opens_with_space(c: char) -> bool {
    let (mut first, mut count) = (None, 0);
    decompose_compatible(c, |d| {
        first = first.or(Some(d));
        count += 1;
    });
    first == Some(' ') && count > 1
}

/// ，．as 、。 where they are punctuation: between digits they belong to a number, and stay ASCII.
fn before_nfkc(c: char, before: char, after: Option<char>) -> char {
    let in_number = script::is_digit(before) && after.is_some_and(script::is_digit);
    match c {
        '，' if !in_number => '、',
        '．' if !in_number => '。',
        '〜' | '∼' | '˜' => '~',
        // Some fonts' PDFs give ・ as a hyphenation point.
        '\u{2027}' => '・',
        '\u{309B}' => '\u{3099}',
        '\u{309C}' => '\u{309A}',
        _ => c,
    }
}

/// Dashes as one, ASCII in lower case. ー is a dash unless it lengthens a kana; ― stays.
fn after_nfkc(c: char, before: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '－' | '﹣' => '-',
        'ー' if !(script::is_kana(before) || script::is_voicing_mark(before)) => '-',
        '〜' => '~',
        _ => c.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_mean_the_same_meet() {
        let same: &[(&str, &str)] = &[
            ("令和５年度　", "令和5年度"),
            ("ＤＸ推進", "dx 推進"),
            ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
            ("か\u{3099}・か゛", "が・ガ"),
            ("80〜50％", "80～50%"),
            ("80~50%", "80～50%"),
            ("１－２", "1−2"),
            ("1ー2", "1-2"),
            ("計画，方針．", "計画、方針。"),
            ("３，０００円", "3,000円"),
            ("辻\u{E0100}", "辻"),
            ("⽤地", "用地"),
            ("㈱", "(株)"),
            ("①", "1"),
        ];
        for (a, b) in same {
            if a.contains('・') {
                assert_eq!(match_text(a), "が・が");
            } else {
                assert_eq!(match_text(a), match_text(b), "{a} {b}");
            }
        }
        assert_ne!(match_text("コーヒー"), match_text("コ-ヒ-"));
        assert_ne!(match_text("髙橋"), match_text("高橋"));
        assert_eq!(match_text("サ―ビス"), "サ―ビス");
    }

    #[test]
    fn a_place_in_the_key_leads_back() {
        //          raw bytes:  ㈱ 0..3  space 3..4  ｶ 4..7 ﾞ 7..10  Ａ 10..13
        let key = match_key("㈱ ｶﾞＡ");
        assert_eq!(key.text, "(株)ガa");
        assert_eq!(key.to_raw(TextRange::new(0, 5)), TextRange::new(0, 3));
        assert_eq!(key.to_raw(TextRange::new(1, 4)), TextRange::new(0, 3)); // a part of ㈱ is ㈱
        assert_eq!(key.to_raw(TextRange::new(5, 8)), TextRange::new(4, 10));
        assert_eq!(key.to_raw(TextRange::new(1, 9)), TextRange::new(0, 13));
        assert_eq!(key.to_raw(TextRange::new(9, 9)), TextRange::new(13, 13));
        assert_eq!(match_key("").to_raw(TextRange::new(0, 0)), TextRange::new(0, 0));
    }

    #[test]
    fn common_characters_are_what_the_tables_say() {
        for (c, folded) in ('\0'..='\u{1FFFF}').filter_map(|c| Some((c, nfkc_of_common(c)?))) {
            assert_eq!(c.nfkc().collect::<String>(), folded.to_string(), "U+{:04X}", c as u32);
            let mut first = None;
            decompose_compatible(c, |d| first = first.or(Some(d)));
            assert!(first.is_some_and(|d| canonical_combining_class(d) == 0 && d != ' '), "U+{:04X}", c as u32);
            assert!(seisho_model::text::is_visible(c) && c != '\u{309B}' && c != '\u{309C}', "U+{:04X}", c as u32);
        }
    }

    /// Every character alone, and thousands of mixtures of the troublesome ones.
    fn samples() -> Vec<String> {
        let mut all: Vec<String> =
            ('\0'..='\u{1FFFF}').chain('\u{2F800}'..='\u{2FA1F}').chain('\u{E0000}'..='\u{E01FF}').map(|c| format!("か{c}1")).collect();
        let odd: Vec<char> =
            "か゛\u{3099}\u{309A}ﾊﾟ ー-－~〜，．1１ａA㈱①\u{E0100}\u{301}´え\u{AD}\u{200B}神\u{FA19}゜カ―각\u{1100}\u{1161}"
                .chars()
                .collect();
        let mut state = 7u64;
        for _ in 0..4000 {
            let text = (0..6).map(|_| {
                // Knuth's MMIX generator: any sequence will do, as long as it is always the same.
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                odd[usize::try_from(state >> 33).unwrap_or(0) % odd.len()]
            });
            all.push(text.collect());
        }
        all
    }

    #[test]
    fn a_key_is_its_own_key() {
        for raw in samples() {
            let once = match_text(&raw);
            assert_eq!(match_text(&once), once, "{raw:?}");
        }
    }

    #[test]
    fn the_way_back_composes() {
        for raw in samples() {
            let key = match_key(&raw);
            assert_eq!(key.text, match_text(&raw));
            // Pieces in order, apart, on character boundaries; each gives its part of the key again.
            let mut at = 0;
            for (i, &(start, range)) in key.origins.iter().enumerate() {
                let end = key.origins.get(i + 1).map_or(key.text.len(), |&(next, _)| next as usize);
                let piece = TextRange::new(start as usize, end);
                assert!(range.start >= at && !range.is_empty() && raw.get(range.as_usize()).is_some(), "{raw:?}");
                assert_eq!(key.to_raw(piece), range, "{raw:?}");
                at = range.end;
            }
            let whole = key.to_raw(TextRange::new(0, key.text.len()));
            assert_eq!(match_text(&raw[whole.as_usize()]), key.text, "{raw:?}");
        }
    }
}
