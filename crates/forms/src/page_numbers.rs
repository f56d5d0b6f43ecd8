//! How page numbers are written. Whether a bare number is one, the caller must see.

use seisho_japanese::normalize::match_text;
use seisho_model::script;

/// How a page number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNumberStyle {
    /// `- 3 -`, `3/12`, `P.3`, `3ページ`, `～3～`.
    Decorated,
    /// `3`, as a label may be written too.
    Bare,
}

/// Reads a line as a page number.
pub fn parse(text: &str) -> Option<(PageNumberStyle, u32)> {
    if says_more(text) {
        return None;
    }
    let key = match_text(text);
    let is_rule = |c: char| matches!(c, '-' | '–' | '—' | '―' | 'ー' | '~' | '[' | ']');
    let inner = key.trim_matches(is_rule);
    let word = inner.trim_start_matches("p.").trim_start_matches("page").trim_end_matches("ページ").trim_end_matches('頁');
    let (first, total) = word.split_once('/').map_or((word, None), |(a, b)| (a, Some(b)));
    let number = |s: &str| s.parse::<u32>().ok().filter(|_| s.len() <= 3 && s.bytes().all(|b| b.is_ascii_digit()));
    let value = number(first)?;
    let is_plain = total.is_none() && word.len() == key.len();
    if total.is_some_and(|t| number(t).is_none_or(|t| t < value)) {
        return None;
    }
    Some((if is_plain { PageNumberStyle::Bare } else { PageNumberStyle::Decorated }, value))
}

/// Letters that no page number has, and that are in a text's key as they are.
#[must_use]
pub fn says_more(text: &str) -> bool {
    text.chars().any(|c| ('ぁ'..='ゖ').contains(&c) || (c != '頁' && script::is_unified_kanji(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_in_every_style() {
        let decorated = ["- 3 -", "－３－", "3 / 12", "P.3", "3ページ", "～3～"];
        assert!(decorated.iter().all(|t| parse(t) == Some((PageNumberStyle::Decorated, 3))), "{:?}", decorated.map(parse));
        assert_eq!(parse("３"), Some((PageNumberStyle::Bare, 3)));
        assert_eq!(["1 方針", "12/3", "2026", "(1)"].map(parse), [None; 4]);
    }
}
