//! What a cell's text becomes in a CSV file: no formula, no character that the encoding cannot hold.

use encoding_rs::SHIFT_JIS;

/// Something in a cell that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// A spreadsheet would have taken it for a formula because of this character; `'` was set before it.
    Formula(char),
    /// The encoding cannot hold this character; its code point stands in its place.
    Unencodable(char),
}

/// What stands around the code point of a character that cannot be held: 〓U+9DD7〓.
const STAND_IN: char = '〓';

/// A text that no spreadsheet takes for a formula.
pub(super) fn guarded(text: String, changes: &mut Vec<Change>) -> String {
    match text.chars().next() {
        Some(first @ ('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')) => {
            changes.push(Change::Formula(first));
            format!("'{text}")
        }
        _ => text,
    }
}

/// A text on one line.
pub(super) fn without_breaks(text: &str, instead: &str) -> String {
    if text.contains(['\n', '\r']) { text.replace("\r\n", "\n").replace(['\n', '\r'], instead) } else { text.to_owned() }
}

/// A text in CP932. A 〓 of the text that would be read as the beginning of a code point is written as one, so that the
/// text can be given back.
pub(super) fn encoded(text: &str, changes: &mut Vec<Change>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_taken = c == STAND_IN && text[at + c.len_utf8()..].starts_with("U+");
        match of_char(c).filter(|_| !is_taken) {
            Some(own) => bytes.extend(own),
            None => {
                changes.push(Change::Unencodable(c));
                bytes.extend(SHIFT_JIS.encode(&format!("{STAND_IN}U+{:04X}{STAND_IN}", u32::from(c))).0.iter());
            }
        }
    }
    bytes
}

/// A character in CP932, where what is read back is the same one.
fn of_char(c: char) -> Option<Vec<u8>> {
    if c.is_ascii() {
        return Some(vec![c as u8]);
    }
    let text = c.to_string();
    let (bytes, _, has_failed) = SHIFT_JIS.encode(&text);
    let is_same = !has_failed && SHIFT_JIS.decode_without_bom_handling(&bytes).0 == text;
    is_same.then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        let (text, _, has_failed) = SHIFT_JIS.decode(bytes);
        assert!(!has_failed);
        let mut text = text.into_owned();
        while let Some((before, rest)) = text.split_once("〓U+") {
            let (code, after) = rest.split_once('〓').expect("an end");
            let c = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
            // What was given back is not read again.
            text = format!("{before}{}{after}", if c == '〓' { '\u{1}' } else { c });
        }
        text.replace('\u{1}', "〓")
    }

    #[test]
    fn what_cp932_cannot_hold_is_named_and_can_be_given_back() {
        let text = "森鷗外と𠮷田〜①㈱髙﨑 ¥100 〓U+0041〓 〓 が −";
        let mut changes = Vec::new();
        let bytes = encoded(text, &mut changes);
        assert_eq!(decoded(&bytes), text);
        assert!(!bytes.contains(&b'?'));
        let named: String = changes.iter().map(|c| if let Change::Unencodable(c) = c { *c } else { ' ' }).collect();
        assert_eq!(named, "鷗𠮷〜¥〓−");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for first in ["=1+1", "+81", "-A", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"] {
            let mut changes = Vec::new();
            assert_eq!(guarded(first.to_owned(), &mut changes), format!("'{first}"));
            assert_eq!(changes.len(), 1);
        }
        let mut changes = Vec::new();
        assert_eq!(guarded("1=1".to_owned(), &mut changes), "1=1");
        assert!(changes.is_empty());
    }
}
