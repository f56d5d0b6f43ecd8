//! The numbers that a browser puts before the items of ordered lists, and that stand nowhere in the text.

use crate::text::styles::{ListStyle, Styles, list_of};
use crate::text::tag::whole_tag;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use seisho_model::counting;
use std::ops::Range;

/// An item with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// The tag that begins it.
    pub(super) tag: Range<usize>,
    /// Where it ends.
    pub(super) end: usize,
    /// The number as it is shown, without the dot behind it.
    pub(super) shown: String,
    /// How many lists it is in.
    pub(super) depth: u32,
}

/// An open list.
struct List {
    style: ListStyle,
    start: Option<i64>,
    is_reversed: bool,
    /// Its items so far, by number, each with the number that it has of its own.
    items: Vec<(usize, Option<i64>)>,
}

/// Lists below each other; more are no page of anybody's.
const DEEPEST: usize = 50;
/// Words in the names of lists that lead to other pages.
const LEADING: [&str; 5] = ["breadcrumb", "topicpath", "topic-path", "topic_path", "pankuzu"];

/// The items with numbers, in order.
pub(super) fn of(text: &str, styles: &Styles) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut lists: Vec<List> = Vec::new();
    // Elements that lead to other pages are no text: nobody wrote their numbers.
    let mut asides = 0_usize;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => match &tag.name[..] {
                b"nav" => asides += 1,
                b"ol" | b"ul" | b"menu" if lists.len() < DEEPEST => {
                    let style = if &tag.name[..] == b"ol" && asides == 0 && !leads(&tag) {
                        list_of(&tag, start_of(text, &tag), styles).unwrap_or(ListStyle::Decimal)
                    } else {
                        ListStyle::Unnumbered
                    };
                    let is_reversed = tag.attributes.contains_key(&b"reversed"[..]);
                    lists.push(List { style, start: number(&tag, b"start"), is_reversed, items: Vec::new() });
                }
                b"li" => item(&tag, text, styles, &mut lists, &mut found),
                _ => {}
            },
            Token::EndTag(tag) => match &tag.name[..] {
                b"nav" => asides = asides.saturating_sub(1),
                b"ol" | b"ul" | b"menu" => {
                    if let Some(list) = lists.pop() {
                        close(&list, tag.span.start, &mut found);
                    }
                }
                b"li" => {
                    if let Some(&(last, _)) = lists.last().and_then(|list| list.items.last()) {
                        found[last].end = found[last].end.min(tag.span.start);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    while let Some(list) = lists.pop() {
        close(&list, text.len(), &mut found);
    }
    found.retain(|number| !number.shown.is_empty());
    found
}

fn start_of(text: &str, tag: &StartTag<usize>) -> usize {
    whole_tag(text, tag.span.start..tag.span.end).map_or(tag.span.start, |range| range.start)
}

fn item(tag: &StartTag<usize>, text: &str, styles: &Styles, lists: &mut [List], found: &mut Vec<Number>) {
    let depth = lists.len() as u32;
    let Some(list) = lists.last_mut() else { return };
    let Some(range) = whole_tag(text, tag.span.start..tag.span.end) else { return };
    if let Some(&(last, _)) = list.items.last() {
        found[last].end = found[last].end.min(range.start);
    }
    let is_unnumbered = list_of(tag, range.start, styles) == Some(ListStyle::Unnumbered);
    list.items.push((found.len(), number(tag, b"value")));
    // Which number it has is known when the list ends.
    let shown = if is_unnumbered { UNNUMBERED.to_owned() } else { String::new() };
    found.push(Number { tag: range, end: usize::MAX, shown, depth });
}

/// Stands for the number of an item that counts and shows none.
const UNNUMBERED: &str = "-";

/// Numbers the items of a list.
fn close(list: &List, end: usize, found: &mut [Number]) {
    let mut next = list.start.unwrap_or(if list.is_reversed { list.items.len() as i64 } else { 1 });
    for &(item, own) in &list.items {
        next = own.unwrap_or(next);
        let item = &mut found[item];
        item.end = item.end.min(end);
        item.shown = if item.shown == UNNUMBERED { String::new() } else { shown(next, list.style).unwrap_or_default() };
        next += if list.is_reversed { -1 } else { 1 };
    }
}

fn number(tag: &StartTag<usize>, name: &[u8]) -> Option<i64> {
    let value = tag.attributes.get(name)?;
    std::str::from_utf8(value).ok()?.trim().parse::<i32>().ok().map(i64::from)
}

/// Whether a list leads to other pages: トップ > 市政 > ….
fn leads(tag: &StartTag<usize>) -> bool {
    let names = [&b"class"[..], b"id", b"aria-label", b"itemtype"].into_iter().filter_map(|name| tag.attributes.get(name));
    let names: String = names.map(|v| String::from_utf8_lossy(v).to_ascii_lowercase()).collect();
    LEADING.iter().any(|word| names.contains(word))
}

/// A number as a list of a style shows it; none where it shows none.
fn shown(value: i64, style: ListStyle) -> Option<String> {
    let format = match style {
        ListStyle::Unnumbered => return None,
        ListStyle::Decimal => "1",
        ListStyle::Letter => "a",
        ListStyle::Capital => "A",
        ListStyle::Roman => "i",
        ListStyle::CapitalRoman => "I",
        ListStyle::Kana => "ア",
        ListStyle::Iroha => "イ",
        ListStyle::Kanji => "一",
    };
    // Browsers go on with ab behind aa, and have figures for what is not above zero.
    let most = if matches!(style, ListStyle::Letter | ListStyle::Capital) { LETTERS } else { u32::MAX };
    let known = u32::try_from(value).ok().filter(|value| (1..=most).contains(value));
    Some(known.and_then(|value| counting::shown(value, format)).unwrap_or_else(|| value.to_string()))
}

/// Letters of a list's numbers, one each.
const LETTERS: u32 = 26;

/// Whether a text begins with a number that somebody typed: then the list has none to show.
pub(super) fn is_typed(text: &str) -> bool {
    let is_figure = |c: char| c.is_numeric() || is_plain_kanji(c);
    let bare = text.trim_start();
    let open = bare.trim_start_matches(['(', '（', '[', '［', '【', '第']);
    let figures = open.trim_start_matches(is_figure);
    let first = bare.chars().next();
    let is_sign = first.is_some_and(|c| c.is_numeric() && !c.is_ascii_digit() && !('０'..='９').contains(&c) && !is_plain_kanji(c));
    let is_one = |c: char| c.is_ascii_alphabetic() || ('ァ'..='ヶ').contains(&c) || ('ｱ'..='ﾝ').contains(&c);
    let is_letter = open.len() < bare.len() && open.starts_with(is_one) && open.chars().nth(1).is_some_and(|c| matches!(c, ')' | '）'));
    let behind = figures.chars().next();
    let ends = behind.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | '．' | '、' | '，' | ')' | '）' | ']' | '］' | '】'));
    is_sign || is_letter || figures.len() < open.len() && ends
}

fn is_plain_kanji(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(String, u32)> {
        of(text, &Styles::of(text)).into_iter().map(|n| (n.shown, n.depth)).collect()
    }

    #[test]
    fn items_have_the_numbers_that_a_browser_shows() {
        let all = |text: &str| numbers(text).into_iter().map(|(shown, _)| shown).collect::<Vec<_>>().join(" ");
        assert_eq!(all("<ol><li>甲<li>乙</ol>"), "1 2");
        assert_eq!(all("<ol start=3><li>甲<li value=7>乙<li>丙</ol>"), "3 7 8");
        assert_eq!(all("<ol reversed><li>甲<li>乙</ol>"), "2 1");
        assert_eq!(all("<ol type=a><li>甲<li>乙</ol><ol type=I><li>甲<li>乙</ol>"), "a b I II");
        assert_eq!(all("<ol style='list-style: katakana inside'><li>甲<li>乙</ol>"), "ア イ");
        assert_eq!(all("<style>.x{list-style-type:none}</style><ol class=x><li>甲</ol><ul><li>乙</ul>"), "");
        assert_eq!(all("<nav><ol><li>甲</ol></nav><ol class='Breadcrumb'><li>乙</ol><ol><li>丙</ol>"), "1");
        assert_eq!(numbers("<ol><li>甲<ol><li>乙</ol><li>丙</ol>"), [("1".into(), 1), ("1".into(), 2), ("2".into(), 1)]);
    }

    #[test]
    fn typed_numbers_are_told_from_text() {
        assert!(["(1) 窓口", "１　窓口", "① 窓口", "2. 窓口", "（ア）窓口", "第１ 窓口", "一、窓口"].into_iter().all(is_typed));
        assert!(!["窓口", "12月に試行する", "（案）を示す", "一部を改める", "3か所"].into_iter().any(is_typed));
    }
}
