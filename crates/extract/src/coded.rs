//! Text that stands for other text: UTF-7, HZ, escapes that were taken off or written out, and Japanese that another program
//! read in the wrong encoding. It is kept as it is, and said.

/// So many places in a text are no chance.
const ENOUGH: usize = 3;

/// What a text is coded in, where it is.
pub(crate) fn coding(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        let is_jis = || text.contains("$B") && (text.contains("(B") || text.contains("(J"));
        return match () {
            () if shifted(text) => Some("UTF-7"),
            () if text.contains("~{") && text.contains("~}") => Some("HZ"),
            () if is_jis() => Some("ISO-2022-JP without its escapes"),
            () if quoted(text) => Some("quoted-printable"),
            () if count(text, "\\u", |c| c.is_ascii_hexdigit(), 4) >= ENOUGH => Some("\\u escapes"),
            () if count(text, "&#", |c| c.is_ascii_alphanumeric(), 4) >= ENOUGH && !text.contains("</") => Some("HTML entities"),
            () if is_base64(text) => Some("Base64"),
            () => None,
        };
    }
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    // The first bytes of kana in UTF-8, read as Shift_JIS: letters that no text of an office has.
    let odd = text.chars().filter(|c| matches!(c, '縺' | '繧' | '繝')).count();
    (odd >= ENOUGH && odd * 100 >= foreign * 4).then_some("UTF-8, read as Shift_JIS")
}

fn count(text: &str, mark: &str, is_of_it: impl Fn(char) -> bool, length: usize) -> usize {
    let behind = |at: usize| text[at + mark.len()..].chars().take(length).filter(|&c| is_of_it(c)).count() == length;
    text.match_indices(mark).filter(|(at, _)| behind(*at)).count()
}

/// UTF-7: `+TuRUjA-`.
fn shifted(text: &str) -> bool {
    let is_japanese = |unit: u16| matches!(unit, 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF);
    let units = |coded: &str| -> Vec<u16> {
        let bytes = sixes(coded);
        bytes.as_chunks::<2>().0.iter().map(|&pair| u16::from_be_bytes(pair)).collect()
    };
    let runs = text.split('+').skip(1).map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '/')).next().unwrap_or(""));
    let letters: usize = runs.map(units).filter(|u| !u.is_empty() && u.iter().all(|&unit| is_japanese(unit))).map(|u| u.len()).sum();
    letters >= ENOUGH
}

/// Six bits a character, as whole bytes.
fn sixes(coded: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut have) = (Vec::new(), 0_u32, 0);
    for c in coded.bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        have += 6;
        if have >= 8 {
            have -= 8;
            bytes.push((bits >> have) as u8);
        }
    }
    bytes
}

/// `=E4=BB=A4`: bytes outside ASCII, written out.
fn quoted(text: &str) -> bool {
    let is_code = |at: usize| {
        let hex = text.as_bytes().get(at + 1..at + 3);
        hex.is_some_and(|hex| matches!(hex[0], b'8'..=b'9' | b'A'..=b'F') && (hex[1].is_ascii_digit() || matches!(hex[1], b'A'..=b'F')))
    };
    text.match_indices('=').filter(|(at, _)| is_code(*at)).count() >= ENOUGH * 2
}

fn is_base64(text: &str) -> bool {
    let body: String = text.split_whitespace().collect();
    let is_of_it = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let is_japanese =
        |text: &str| text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}')).count() >= ENOUGH;
    body.len() > 40
        && body.chars().all(is_of_it)
        && String::from_utf8(sixes(body.trim_end_matches('='))).is_ok_and(|text| is_japanese(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_other_text_is_known() {
        assert_eq!(coding("+TuRUjA-7+XnRepg-"), Some("UTF-7"));
        assert_eq!(coding("=E4=BB=A4=E5=92=8C7"), Some("quoted-printable"));
        assert_eq!(coding("莉､蜥\u{8C}7蟷ｴ蠎ｦ縺ｮ驕句霧縺ｧ縺吶"), Some("UTF-8, read as Shift_JIS"));
        assert_eq!(coding("1+1=2, a+b=c; A&B $B"), None);
        assert_eq!(coding("令和7年度の運営方針"), None);
    }
}
