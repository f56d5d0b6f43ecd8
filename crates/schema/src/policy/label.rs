//! Labels of provisions at the start of a line: 第１, 1., １, (1), （１）, ①, ア, (ｱ), Ⅰ, 一, (一), a, (a).
//! Knows their shapes and numbers; whether one is meant as a label is decided by the sequence.

use seisho_japanese::numerals::{self, LabelStyle, Script};

/// The shape of a label. Width does not count: (1) and （１） are one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// 第１, 第1章.
    Ordinal,
    /// 1, 1., １.
    Number,
    /// 一, 一、.
    Kanji,
    /// Ⅰ.
    Roman,
    /// (1), ⑴.
    BracketedNumber,
    /// (一).
    BracketedKanji,
    /// 1).
    HalfBracketedNumber,
    /// ①.
    Circled,
    /// ア.
    Kana,
    /// (ｱ).
    BracketedKana,
    /// a, a..
    Letter,
    /// (a).
    BracketedLetter,
}

/// A label at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) shape: Shape,
    pub(crate) value: u32,
    /// Bytes of the label as printed, without a trailing dot.
    pub(crate) len: usize,
    /// Bytes up to the text behind it.
    pub(crate) skip: usize,
}

/// アイウ order, as provisions count.
const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";
/// The same, half-width.
const HALF_KANA: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜ";
/// Provisions count no further; a larger number is a year or an amount.
const MOST: u64 = 99;
/// Dots and commas that may stand behind a label.
const DOTS: [char; 5] = ['.', '．', '、', '，', '｡'];

/// The label at the start of a line without outer white space, if there is one.
pub(crate) fn parse(line: &str) -> Option<Label> {
    let first = line.chars().next()?;
    if let Some((style, value)) = numerals::label(first) {
        return Some(finish(line, symbol_shape(style)?, value, first.len_utf8()));
    }
    match first {
        '第' => ordinal(line),
        '(' | '（' => bracketed(line),
        _ => bare(line),
    }
}

fn symbol_shape(style: LabelStyle) -> Option<Shape> {
    Some(match style {
        LabelStyle::Circled | LabelStyle::Filled => Shape::Circled,
        LabelStyle::Bracketed => Shape::BracketedNumber,
        LabelStyle::Dotted => Shape::Number,
        LabelStyle::BracketedKanji => Shape::BracketedKanji,
        LabelStyle::Roman | LabelStyle::SmallRoman => Shape::Roman,
        LabelStyle::CircledKanji => return None,
    })
}

/// 第１ and 第1章, with white space or nothing behind: 第９期 is a name.
fn ordinal(line: &str) -> Option<Label> {
    let body = &line['第'.len_utf8()..];
    let (value, len) = numerals::integer(body).filter(|&(v, _)| v <= MOST)?;
    let after = &body[len..];
    let unit = ['章', '節', '条', '編'].into_iter().find(|&u| after.starts_with(u)).map_or(0, char::len_utf8);
    ends_label(&after[unit..]).then(|| finish(line, Shape::Ordinal, value as u32, '第'.len_utf8() + len + unit))
}

fn bracketed(line: &str) -> Option<Label> {
    let open = line.chars().next()?.len_utf8();
    let close = line.find([')', '）'])?;
    let inner = line.get(open..close)?.trim();
    let (shape, value) = match counted(inner)? {
        (Shape::Number, v) => (Shape::BracketedNumber, v),
        (Shape::Kanji, v) => (Shape::BracketedKanji, v),
        (Shape::Kana, v) => (Shape::BracketedKana, v),
        (_, v) => (Shape::BracketedLetter, v),
    };
    let bracket = line[close..].chars().next()?.len_utf8();
    Some(finish(line, shape, value, close + bracket))
}

/// A label without brackets needs a dot, white space or the line's end behind it.
fn bare(line: &str) -> Option<Label> {
    let end = line.find(|c: char| c.is_whitespace() || DOTS.contains(&c) || matches!(c, ')' | '）')).unwrap_or(line.len());
    let (shape, value) = counted(&line[..end])?;
    let after = &line[end..];
    if after.starts_with([')', '）']) {
        let bracket = after.chars().next()?.len_utf8();
        return (shape == Shape::Number).then(|| finish(line, Shape::HalfBracketedNumber, value, end + bracket));
    }
    // 3.11 and 1，234 are numbers, ア、イ is a list of kana.
    let behind_dot = after.strip_prefix(DOTS);
    let is_number_part = behind_dot.is_some_and(|r| r.chars().next().is_some_and(|c| numerals::digit(c).is_some()));
    let is_comma = after.starts_with(['、', '，']) && shape != Shape::Kanji;
    (!is_number_part && !is_comma).then(|| finish(line, shape, value, end))
}

/// What a label without its brackets counts.
fn counted(text: &str) -> Option<(Shape, u32)> {
    if let Some(n) = numerals::numeral(text).filter(|n| n.len == text.len() && n.value <= MOST) {
        let shape = if n.script == Script::Arabic { Shape::Number } else { Shape::Kanji };
        return Some((shape, n.value as u32));
    }
    let mut chars = text.chars();
    let (only, None) = (chars.next()?, chars.next()) else { return None };
    let place = |row: &str| row.chars().position(|c| c == only).map(|n| n as u32 + 1);
    if let Some(value) = place(KANA).or_else(|| place(HALF_KANA)) {
        return Some((Shape::Kana, value));
    }
    let lower = if ('ａ'..='ｚ').contains(&only) { char::from_u32(u32::from(only) - 0xFEE0)? } else { only };
    lower.is_ascii_lowercase().then(|| (Shape::Letter, u32::from(lower) - u32::from('a') + 1))
}

fn ends_label(after: &str) -> bool {
    after.is_empty() || after.starts_with(char::is_whitespace) || after.starts_with(DOTS)
}

fn finish(line: &str, shape: Shape, value: u32, len: usize) -> Label {
    let after = &line[len..];
    let dot = after.strip_prefix(DOTS).unwrap_or(after);
    Label { shape, value, len, skip: line.len() - dot.trim_start().len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(Shape, u32, &str, &str)> {
        parse(line).map(|l| (l.shape, l.value, &line[..l.len], &line[l.skip..]))
    }

    #[test]
    fn the_usual_styles() {
        assert_eq!(read("第１　総則"), Some((Shape::Ordinal, 1, "第１", "総則")));
        assert_eq!(read("第2章 方針"), Some((Shape::Ordinal, 2, "第2章", "方針")));
        assert_eq!(read("1. 方針"), Some((Shape::Number, 1, "1", "方針")));
        assert_eq!(read("１"), Some((Shape::Number, 1, "１", "")));
        assert_eq!(read("（１）周知"), Some((Shape::BracketedNumber, 1, "（１）", "周知")));
        assert_eq!(read("⑫周知"), Some((Shape::Circled, 12, "⑫", "周知")));
        assert_eq!(read("ア　周知"), Some((Shape::Kana, 1, "ア", "周知")));
        assert_eq!(read("(ｲ) 周知"), Some((Shape::BracketedKana, 2, "(ｲ)", "周知")));
        assert_eq!(read("Ⅱ 方針"), Some((Shape::Roman, 2, "Ⅱ", "方針")));
        assert_eq!(read("十二 方針"), Some((Shape::Kanji, 12, "十二", "方針")));
        assert_eq!(read("(b) 方針"), Some((Shape::BracketedLetter, 2, "(b)", "方針")));
        assert_eq!(read("2) 方針"), Some((Shape::HalfBracketedNumber, 2, "2)", "方針")));
    }

    #[test]
    fn text_that_begins_like_a_label() {
        for line in ["第９期計画", "3.11の教訓", "2026年", "18日）", "（仮称）条例", "アンテナを張り", "一人一人が", "a市", "120 人"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
