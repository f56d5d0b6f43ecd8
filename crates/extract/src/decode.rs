//! From bytes to characters: which encoding, and which bytes do not fit it.
//!
//! Order: byte order mark, ISO-2022-JP escapes (such a file is pure ASCII and would pass as UTF-8),
//! UTF-16 without a mark where there are NUL bytes or the bytes are no UTF-8, strict UTF-8, then
//! statistics. One decision a file.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use seisho_model::script::is_private_use;
use std::ops::Range;

/// Fewer characters outside ASCII than this leave statistics unsure (measured: all guesses right from 8 on
/// in Shift_JIS, 99.7 % in EUC-JP).
const ENOUGH_EVIDENCE: usize = 8;

/// Decoded text.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static Encoding,
    /// True where the bytes themselves do not settle the encoding.
    pub(crate) uncertain: bool,
    /// Bytes that are no character; each stands as one U+FFFD in the text.
    pub(crate) malformed: Vec<Range<u64>>,
    /// Bytes of the byte order mark.
    pub(crate) mark: usize,
}

/// Decodes with the encoding that the content shows.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let (encoding, mark, sureness) = detect(bytes);
    let (text, malformed) = decode_as(encoding, bytes, mark);
    let evidence = text.chars().filter(|c| !c.is_ascii()).take(ENOUGH_EVIDENCE).count();
    let is_weak = || evidence < ENOUGH_EVIDENCE || !malformed.is_empty();
    let uncertain = match sureness {
        Sureness::Said => false,
        Sureness::Statistical => is_weak(),
        Sureness::HasRival => true,
    };
    Decoded { text, encoding, uncertain, malformed, mark }
}

/// How an encoding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sureness {
    /// The bytes say it.
    Said,
    /// It is a matter of statistics.
    Statistical,
    /// Another one reads as well.
    HasRival,
}

/// The encoding, the length of its byte order mark, and how it is known.
fn detect(bytes: &[u8]) -> (&'static Encoding, usize, Sureness) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, mark, Sureness::Said);
    }
    if is_iso_2022_jp(bytes) {
        return (ISO_2022_JP, 0, Sureness::Said);
    }
    let has_nul = bytes.contains(&0);
    let utf8 = std::str::from_utf8(bytes).ok();
    // 道路 in EUC-JP is two letters of the Latin and Greek alphabets in UTF-8: a text of such is asked like any other.
    let is_utf8 = utf8.is_some_and(|text| text.is_ascii() || likeness(text) > 0 || text.chars().nth(SHORT).is_some());
    if is_utf8 && !has_nul {
        return (UTF_8, 0, Sureness::Said);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return (encoding, 0, Sureness::Said);
    }
    if is_utf8 {
        return (UTF_8, 0, Sureness::Said);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"jp"), Utf8Detection::Allow);
    let guess = japanese_or(guess, bytes);
    let like = |e: &'static Encoding| likeness(&decode_as(e, bytes, 0).0);
    let rivals = [UTF_8, SHIFT_JIS, EUC_JP].into_iter().filter(|e| *e != guess).map(|e| (like(e), e));
    // Of equals the first.
    let Some((best, rival)) = rivals.fold(None, |best, next| if best.is_none_or(|(most, _)| next.0 > most) { Some(next) } else { best })
    else {
        return (guess, 0, Sureness::Statistical);
    };
    let own = like(guess);
    let encoding = if best > own + CLEARLY { rival } else { guess };
    // Kana do not come about by chance, and neither do many kanji.
    let text = decode_as(encoding, bytes, 0).0;
    let is_short = text.chars().filter(|c| !c.is_ascii()).nth(SHORT).is_none() && !text.chars().any(is_kana);
    let has_rival = (best - own).abs() <= CLEARLY && is_short || is_of_neighbours(encoding, &text, bytes);
    (encoding, 0, if has_rival { Sureness::HasRival } else { Sureness::Statistical })
}

/// Whether a text without any kana, which Japanese hardly is, may be Korean or Chinese: their encodings share its bytes.
fn is_of_neighbours(encoding: &'static Encoding, text: &str, bytes: &[u8]) -> bool {
    if text.chars().any(is_kana) {
        return false;
    }
    if encoding == SHIFT_JIS {
        // Half of a letter of another language is one in half width, or none.
        let wide = text.chars().filter(|c| !c.is_ascii()).count();
        let odd = text.chars().filter(|c| matches!(c, '\u{FF61}'..='\u{FF9F}' | '\u{E000}'..='\u{F8FF}')).count();
        return odd * 10 > wide * 3 && odd * 10 < wide * 8 || text.chars().any(is_private_use);
    }
    if encoding != EUC_JP {
        return false;
    }
    // Rows of the common kanji of Japanese; Hangul stands in the first of them, the kanji of Chinese in those behind them too.
    let leads: Vec<u8> = bytes
        .chunk_by(|a, b| (*a < 0x80) == (*b < 0x80))
        .filter(|run| run[0] >= 0x80)
        .flat_map(|run| run.iter().copied().step_by(2))
        .collect();
    let kanji = leads.iter().filter(|lead| **lead >= 0xB0).count();
    let behind = |row: u8| leads.iter().filter(|lead| **lead > row).count();
    behind(LAST_COMMON) * 100 > kanji * RARE_PERCENT || behind(LAST_HANGUL) == 0 && kanji >= ENOUGH_KANJI
}

/// Rows of JIS X 0208, as their first byte: the last of the common kanji, and the last in which KS X 1001 has Hangul.
const LAST_COMMON: u8 = 0xCF;
const LAST_HANGUL: u8 = 0xC8;
/// Japanese text has rarer kanji than the common ones, but fewer than so many in a hundred (names of places: 3).
const RARE_PERCENT: usize = 12;
/// One kanji in five stands behind the rows of Hangul; of so many none does by chance once in a hundred texts.
const ENOUGH_KANJI: usize = 20;

/// A text with no more characters may be valid UTF-8 by chance.
const SHORT: usize = 24;
/// One reading is better than another by more than this, in hundredths of a point a character.
const CLEARLY: i64 = 40;

/// How like Japanese a text is: hundredths of a point a character outside ASCII.
fn likeness(text: &str) -> i64 {
    let (mut sum, mut count, mut half_width) = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        count += 1;
        half_width += i64::from(matches!(c, '\u{FF61}'..='\u{FF9F}'));
        sum += match c {
            _ if is_kana(c) => 300,
            '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}' => 300,
            '\u{4E00}'..='\u{9FFF}' | '\u{2010}'..='\u{2FFF}' | '\u{3200}'..='\u{33FF}' | '\u{F900}'..='\u{FAFF}' => 200,
            '\u{FF61}'..='\u{FF9F}' => 0,
            '\u{FFFD}' | '\u{80}'..='\u{9F}' => -800,
            _ => -400,
        };
    }
    // A text that is all in half-width kana was written so.
    if half_width * 10 >= count * 8 && sum >= 0 { 200 } else { sum / count.max(1) }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}')
}

/// The guess, unless it is no encoding of Japanese text while one of those fits better.
///
/// The office's files are Japanese; a western guess comes from short or damaged ones.
fn japanese_or(guess: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    let candidates = [UTF_8, SHIFT_JIS, EUC_JP];
    if candidates.contains(&guess) {
        return guess;
    }
    let damage = |e: &'static Encoding| decode_as(e, bytes, 0).1.len();
    // Fewest undecodable bytes; the order above breaks ties, because UTF-8 cannot fit by chance.
    candidates.into_iter().min_by_key(|e| damage(e)).unwrap_or(guess)
}

fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    const ESCAPES: [&[u8]; 5] = [b"\x1B$B", b"\x1B$@", b"\x1B(J", b"\x1B(I", b"\x1B$(D"];
    bytes.is_ascii() && bytes.contains(&0x1B) && bytes.windows(4).any(|w| ESCAPES.iter().any(|e| w.starts_with(e)))
}

/// UTF-16 in the byte order under which the text is plainly Japanese or ASCII, if there is one.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    [(UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16), (UTF_16BE, u16::from_be_bytes)]
        .into_iter()
        .find(|(_, unit)| is_plain_text(bytes.as_chunks::<2>().0.iter().map(|&pair| unit(pair))))
        .map(|(encoding, _)| encoding)
}

/// At least 95 % of what Japanese text is made of, and a fifth of it kana, ASCII or line ends: ideographs
/// alone come about by chance when other bytes are read as UTF-16.
fn is_plain_text(units: impl Iterator<Item = u16>) -> bool {
    let (mut all, mut common, mut telling) = (0_u64, 0_u64, 0_u64);
    for unit in units {
        all += 1;
        let is_telling = matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x3000..=0x30FF);
        telling += u64::from(is_telling);
        common += u64::from(is_telling || matches!(unit, 0x4E00..=0x9FFF | 0xFF00..=0xFFEF | 0x2000..=0x2FFF | 0x0C));
    }
    common * 100 >= all * 95 && telling * 5 >= all
}

/// Decodes strictly: each run of bytes that is no character becomes one U+FFFD and is listed.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], mark: usize) -> (String, Vec<Range<u64>>) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut malformed = Vec::new();
    let mut at = mark;
    // By parts: a string that is to hold all of the rest is filled with zeros first, again after each malformed byte.
    let mut part = [0; 1 << 12];
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut part, true);
        at += read;
        text.push_str(&String::from_utf8_lossy(&part[..written]));
        match result {
            DecoderResult::InputEmpty => return (text, malformed),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                let end = at - usize::from(after);
                malformed.push((end - usize::from(bad)) as u64..end as u64);
                text.push('\u{FFFD}');
            }
        }
    }
}

/// The bytes behind every character that `wanted` picks, with the character. Feeds the decoder byte by
/// byte, so call it only when there is such a character.
pub(crate) fn locate(encoding: &'static Encoding, bytes: &[u8], mark: usize, wanted: impl Fn(char) -> bool) -> Vec<(char, Range<u64>)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut found = Vec::new();
    let mut text = String::with_capacity(64);
    let mut start = mark;
    for at in mark..bytes.len() {
        text.clear();
        let (result, _) = decoder.decode_to_string_without_replacement(&bytes[at..=at], &mut text, at + 1 == bytes.len());
        let malformed = matches!(result, DecoderResult::Malformed(..));
        for c in text.chars().filter(|&c| wanted(c)) {
            found.push((c, start as u64..at as u64 + 1));
        }
        if malformed || !text.is_empty() {
            start = at + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "令和８年度　組織目標（案）\r\n・窓口の待ち時間を短縮している。ｶﾞｲﾄﾞ①\n";

    fn assert_read_back(bytes: &[u8], encoding: &'static Encoding) {
        let decoded = decode(bytes);
        assert_eq!((decoded.encoding.name(), decoded.text.as_str()), (encoding.name(), SENTENCE));
        assert!(decoded.malformed.is_empty() && !decoded.uncertain);
    }

    fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    /// Escapes of ISO-2022-JP that switch to and fro and write nothing are malformed, each of them.
    #[test]
    fn a_flood_of_escapes_takes_time_by_its_length() {
        let flood = |count: usize| b"\x1B$B\x1B(B".repeat(count);
        let time = |bytes: &[u8]| {
            let start = std::time::Instant::now();
            assert!(!decode(bytes).malformed.is_empty());
            start.elapsed()
        };
        time(&flood(10_000));
        let (small, large) = (time(&flood(20_000)), time(&flood(320_000)));
        assert!(large < small * 16 * 4 + std::time::Duration::from_millis(300), "{small:?}, and 16 times as much {large:?}");
    }

    #[test]
    fn every_encoding_of_an_office_is_read_back() {
        assert_read_back(SENTENCE.as_bytes(), UTF_8);
        assert_read_back(format!("\u{FEFF}{SENTENCE}").as_bytes(), UTF_8);
        assert_read_back(&SHIFT_JIS.encode(SENTENCE).0, SHIFT_JIS);
        assert_read_back(&EUC_JP.encode(SENTENCE).0, EUC_JP);
        assert_read_back(&utf_16(SENTENCE, u16::to_le_bytes), UTF_16LE);
        assert_read_back(&utf_16(SENTENCE, u16::to_be_bytes), UTF_16BE);
        assert_read_back(&utf_16(&format!("\u{FEFF}{SENTENCE}"), u16::to_le_bytes), UTF_16LE);
        assert_read_back(&utf_16(&format!("\u{FEFF}{SENTENCE}"), u16::to_be_bytes), UTF_16BE);
    }

    #[test]
    fn iso_2022_jp_is_known_by_its_escapes() {
        let text = "令和8年度 組織目標";
        let decoded = decode(&ISO_2022_JP.encode(text).0);
        assert_eq!((decoded.encoding.name(), decoded.text.as_str()), ("ISO-2022-JP", text));
    }

    #[test]
    fn bytes_that_do_not_decode_are_kept_by_offset() {
        let mut bytes = SHIFT_JIS.encode(SENTENCE).0.into_owned();
        bytes.insert(4, 0xFF); // behind 令和, two bytes each
        let decoded = decode(&bytes);
        assert_eq!(decoded.malformed.iter().map(|r| (r.start, r.end)).collect::<Vec<_>>(), [(4, 5)]);
        assert!(decoded.text.starts_with("令和\u{FFFD}８年度"));
        assert!(decoded.uncertain);
    }

    #[test]
    fn two_kanji_are_too_little_to_be_sure() {
        assert!(decode(&SHIFT_JIS.encode("方針").0).uncertain);
    }

    #[test]
    fn a_gaiji_is_found_by_its_bytes() {
        // 髙 is FBFC in CP932; F040 is the first user-defined character, read as U+E000.
        let bytes = b"\x90\x56\xF0\x40\x8E\x73";
        let found = locate(SHIFT_JIS, bytes, 0, is_private_use);
        assert_eq!(found, [('\u{E000}', 2..4)]);
    }
}
