//! Labels of provisions at the start of a line: 第１, 1., １, (1), （１）, 【１】, ①, ア, (ｱ), Ⅰ, 一, (一), A, a, (a).
//! Knows their shapes and numbers; whether one is meant as a label is decided by the sequence.

use seisho_japanese::numerals::{self, LabelStyle, Script};
use seisho_model::script::{half_width, is_kanji};

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
    /// 一).
    HalfBracketedKanji,
    /// ア).
    HalfBracketedKana,
    /// a), A).
    HalfBracketedLetter,
    /// 1-1, 1.1: a number below another one.
    Chain,
    /// 1-1-1, 1.1.1.
    LongChain,
    /// 重点１: a number behind words that are the same at each.
    Named,
    /// A heading without a number, below which numbers begin anew.
    Unnumbered,
    /// 【１】.
    BoxedNumber,
    /// ①.
    Circled,
    /// ア.
    Kana,
    /// イ, ロ, ハ.
    Iroha,
    /// (ｱ).
    BracketedKana,
    /// A.
    Capital,
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
    /// The number behind の: 2 in 1の2; 0 for a label without one.
    pub(crate) branch: u32,
    /// The place of イ, ロ, ハ in their own order; 0 for another label.
    pub(crate) iroha: u32,
    /// What it counts below: 1 for 1-2, 102 for 1-2-3, the place of the words of a named one; 0 for others.
    pub(crate) series: u32,
    /// How many lists of the file it is in; 0 for a label that somebody typed.
    pub(crate) list: u32,
    /// Bytes of the label as printed, without a trailing dot.
    pub(crate) len: usize,
    /// The same with its dot.
    pub(crate) dotted: usize,
    /// Bytes up to the text behind it.
    pub(crate) skip: usize,
}

/// アイウ order, as provisions count.
const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";
/// The same, half-width.
const HALF_KANA: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜ";
/// イロハ order.
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラム";
/// Provisions count no further; a larger number is a year or an amount.
const MOST: u64 = 99;
/// Dots and commas that may stand behind a label.
const DOTS: [char; 5] = ['.', '．', '、', '，', '｡'];

/// The label at the start of a line without outer white space, if there is one.
pub(crate) fn parse(line: &str) -> Option<Label> {
    let first = line.chars().next()?;
    if let Some((style, value)) = numerals::label(first) {
        let bracket = line[first.len_utf8()..].chars().next().filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
        return Some(finish(line, symbol_shape(style)?, value, first.len_utf8() + bracket));
    }
    match first {
        _ if numerals::digit(first).is_some() => chain(line).or_else(|| bare(line)),
        '第' => ordinal(line),
        '(' | '（' => bracketed(line),
        '【' => boxed(line),
        _ => bare(line),
    }
}

/// A number with the text right behind it: １施政方針. Too weak to stand alone: the caller must see that such
/// labels count up through the document.
pub(crate) fn parse_tight(line: &str) -> Option<Label> {
    let number = numerals::numeral(line).filter(|n| n.script == Script::Arabic && n.value <= MOST)?;
    let behind = line[number.len..].chars().next()?;
    let is_word = (behind.is_alphabetic() || matches!(behind, '「' | '『'))
        && !behind.is_ascii()
        && !COUNTERS.contains(behind)
        && numerals::digit(behind).is_none();
    is_word.then(|| finish(line, Shape::Number, number.value as u32, number.len))
}

/// Characters behind a number that make it an amount or a date.
pub(super) const COUNTERS: &str = "年月日時分秒人件回期条項号次章節つヶか箇カ所割円名台社校園館世帯点位級歳才倍億万千百丁番階課部係級度周";

/// 1-1, 1.1, １－１－１: numbers below each other, with white space or nothing behind them, and no unit of an amount.
fn chain(line: &str) -> Option<Label> {
    // Most labels are one number.
    let digits = line.find(|c| numerals::digit(c).is_none())?;
    if !line[digits..].starts_with(LINKS) {
        return None;
    }
    let mut numbers: Vec<u32> = Vec::new();
    let mut at = 0;
    loop {
        let number = numerals::numeral(&line[at..]).filter(|n| n.script == Script::Arabic && (1..=MOST).contains(&n.value))?;
        numbers.push(number.value as u32);
        at += number.len;
        match line[at..].strip_prefix(LINKS) {
            Some(rest) if rest.starts_with(|c| numerals::digit(c).is_some()) => at = line.len() - rest.len(),
            _ => break,
        }
    }
    let behind = line[at..].strip_prefix(DOTS).unwrap_or(&line[at..]);
    let is_end = behind.is_empty() || behind.starts_with(char::is_whitespace);
    // 1.5 倍の is an amount, 1.5 倍率の見直し a label with its text.
    let mut text = behind.trim_start().chars();
    let is_unit =
        text.next().is_some_and(|c| matches!(c, '%' | '％' | '～' | '〜') || COUNTERS.contains(c) && !text.next().is_some_and(is_kanji));
    let (shape, series) = match numbers[..] {
        [first, _] => (Shape::Chain, first),
        [first, second, _] => (Shape::LongChain, series(first, second)),
        _ => return None,
    };
    // 7.4.1 is a day, and so is 7.4; where nothing follows, nobody can tell.
    let is_day = line[..at].contains(['.', '．']) && (behind.trim().is_empty() || shape == Shape::LongChain && numbers[0] > 1);
    (is_end && !is_unit && !is_day).then(|| Label { series, ..finish(line, shape, numbers[numbers.len() - 1], at) })
}

/// What 1-2-3 counts below, as one number.
pub(super) fn series(first: u32, second: u32) -> u32 {
    first * (MOST as u32 + 1) + second
}

/// The words before the number of a label that is named: 重点１, with white space, a colon, a bracket or nothing behind it.
pub(crate) fn name(line: &str) -> Option<(&str, Label)> {
    let end = line.find(|c: char| !is_kanji(c)).filter(|&end| line[..end].chars().count() > 1 && end <= LONGEST_NAME)?;
    let body = line[end..].trim_start_matches(['　', ' ']);
    let number = numerals::numeral(body).filter(|n| n.script == Script::Arabic && (1..=MOST).contains(&n.value))?;
    let len = line.len() - body.len() + number.len;
    let behind = &line[len..];
    let is_end =
        behind.is_empty() || behind.starts_with(char::is_whitespace) || behind.starts_with([':', '：', '【', '「', '『', '（', '(']);
    let label = is_end.then(|| finish(line, Shape::Named, number.value as u32, len))?;
    // A colon is of the label.
    let colon = line[label.len..].chars().next().filter(|c| matches!(c, ':' | '：')).map_or(0, char::len_utf8);
    let behind = &line[label.len + colon..];
    let skip = line.len() - behind.trim_start().len();
    Some((&line[..end], Label { dotted: label.len + colon, skip, ..label }))
}

/// What parts the numbers of a chain.
const LINKS: [char; 7] = ['-', '－', '‐', '−', '–', '.', '．'];
/// Words that name labels are no longer than this, in bytes.
const LONGEST_NAME: usize = 24;

fn boxed(line: &str) -> Option<Label> {
    let open = '【'.len_utf8();
    let close = line.find('】')?;
    let (Shape::Number, value) = counted(line.get(open..close)?.trim())? else { return None };
    Some(finish(line, Shape::BoxedNumber, value, close + '】'.len_utf8()))
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
    let is_label = ends_label(&after[unit..]) || branch(&after[unit..]).is_some();
    is_label.then(|| finish(line, Shape::Ordinal, value as u32, '第'.len_utf8() + len + unit))
}

fn bracketed(line: &str) -> Option<Label> {
    let open = line.chars().next()?.len_utf8();
    let close = line.find([')', '）'])?;
    let inner = line.get(open..close)?.trim();
    let (number, branch) = match inner.find('の').and_then(|at| Some((at, branch(&inner[at..])?.0))) {
        Some((at, branch)) => (&inner[..at], branch),
        None => (inner, 0),
    };
    let (shape, value) = match counted(number)? {
        (Shape::Number, v) => (Shape::BracketedNumber, v),
        (Shape::Kanji, v) => (Shape::BracketedKanji, v),
        (Shape::Kana, v) => (Shape::BracketedKana, v),
        (_, v) => (Shape::BracketedLetter, v),
    };
    let bracket = line[close..].chars().next()?.len_utf8();
    let label = finish(line, shape, value, close + bracket);
    Some(Label { branch: label.branch.max(branch), ..label })
}

/// A label without brackets needs a dot, white space or the line's end behind it.
fn bare(line: &str) -> Option<Label> {
    let end = line.find(|c: char| c.is_whitespace() || DOTS.contains(&c) || matches!(c, ')' | '）')).unwrap_or(line.len());
    let end = line[..end].find('の').filter(|&at| branch(&line[at..]).is_some()).unwrap_or(end);
    let (shape, value) = counted(&line[..end])?;
    let after = &line[end..];
    if after.starts_with([')', '）']) {
        let bracket = after.chars().next()?.len_utf8();
        let shape = match shape {
            Shape::Number => Shape::HalfBracketedNumber,
            Shape::Kanji => Shape::HalfBracketedKanji,
            Shape::Kana => Shape::HalfBracketedKana,
            Shape::Capital | Shape::Letter => Shape::HalfBracketedLetter,
            _ => return None,
        };
        return Some(finish(line, shape, value, end + bracket));
    }
    // 3.11 and 1，234 are numbers, ア、イ is a list of kana.
    let behind_dot = after.strip_prefix(DOTS);
    let is_number_part = behind_dot.is_some_and(|r| r.chars().next().is_some_and(|c| numerals::digit(c).is_some()));
    let is_comma = after.starts_with(['、', '，']) && !matches!(shape, Shape::Kanji | Shape::Number);
    // An English sentence begins with an article.
    let is_word = matches!(shape, Shape::Capital | Shape::Letter) && after.trim_start().starts_with(|c: char| c.is_ascii_lowercase());
    (!is_number_part && !is_comma && !is_word).then(|| finish(line, shape, value, end))
}

/// What a label without its brackets counts.
fn counted(text: &str) -> Option<(Shape, u32)> {
    if let Some(n) = numerals::numeral(text).filter(|n| n.len == text.len() && n.value <= MOST) {
        let shape = if n.script == Script::Arabic { Shape::Number } else { Shape::Kanji };
        return Some((shape, n.value as u32));
    }
    if let Some(value) = roman(text) {
        return Some((Shape::Roman, value));
    }
    let mut chars = text.chars();
    let (only, None) = (chars.next()?, chars.next()) else { return None };
    let place = |row: &str| row.chars().position(|c| c == only).map(|n| n as u32 + 1);
    if let Some(value) = place(KANA).or_else(|| place(HALF_KANA)) {
        return Some((Shape::Kana, value));
    }
    let ascii = half_width(only);
    let value = || u32::from(ascii.to_ascii_lowercase()) - u32::from('a') + 1;
    match ascii {
        'a'..='z' => Some((Shape::Letter, value())),
        'A'..='Z' => Some((Shape::Capital, value())),
        _ => None,
    }
}

/// I to X in ASCII or full-width letters, as some exporters write Ⅰ.
fn roman(text: &str) -> Option<u32> {
    const NUMBERS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let key = seisho_japanese::normalize::match_text(text).to_ascii_uppercase();
    let is_capital = !text.contains(|c: char| c.is_lowercase());
    NUMBERS.iter().position(|n| is_capital && *n == key).map(|n| n as u32 + 1)
}

fn ends_label(after: &str) -> bool {
    after.is_empty() || after.starts_with(char::is_whitespace) || after.starts_with(DOTS) || after.starts_with(['「', '『'])
}

/// の2 behind a label, with white space or nothing behind it: a provision that was put in later.
fn branch(after: &str) -> Option<(u32, usize)> {
    let number = after.strip_prefix('の')?;
    let (value, len) = numerals::integer(number).filter(|&(v, _)| (2..=MOST).contains(&v))?;
    let after = &number[len..];
    (after.is_empty() || after.starts_with(char::is_whitespace)).then_some((value as u32, 'の'.len_utf8() + len))
}

fn finish(line: &str, shape: Shape, value: u32, len: usize) -> Label {
    let (branch, of_branch) = branch(&line[len..]).unwrap_or((0, 0));
    let len = len + of_branch;
    let iroha =
        line.chars().next().filter(|_| shape == Shape::Kana).and_then(|c| IROHA.chars().position(|k| k == c)).map_or(0, |n| n as u32 + 1);
    let after = &line[len..];
    let behind = after.strip_prefix(DOTS).unwrap_or(after);
    Label {
        shape,
        value,
        branch,
        iroha,
        series: 0,
        list: 0,
        len,
        dotted: line.len() - behind.len(),
        skip: line.len() - behind.trim_start().len(),
    }
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
        assert_eq!(read("１、方針"), Some((Shape::Number, 1, "１", "方針")));
        assert_eq!(read("【２】方針"), Some((Shape::BoxedNumber, 2, "【２】", "方針")));
        assert_eq!(read("II 方針"), Some((Shape::Roman, 2, "II", "方針")));
        assert_eq!(read("Ａ　方針"), Some((Shape::Capital, 1, "Ａ", "方針")));
        assert_eq!(read("2) 方針"), Some((Shape::HalfBracketedNumber, 2, "2)", "方針")));
    }

    #[test]
    fn numbers_below_numbers_and_behind_words() {
        let series = |line: &'static str| parse(line).map(|l| (l.shape, l.series, l.value, &line[..l.len]));
        assert_eq!(series("1-2 方針"), Some((Shape::Chain, 1, 2, "1-2")));
        assert_eq!(series("１．３　方針"), Some((Shape::Chain, 1, 3, "１．３")));
        assert_eq!(series("2－1－3　方針"), Some((Shape::LongChain, 201, 3, "2－1－3")));
        assert_eq!(["1.5 倍", "3.11の教訓", "1-2年生", "10-20 人", "7.4.1", "7.4.1　環境部"].map(series), [None; 6]);
        assert_eq!(name("重点１　方針").map(|(name, l)| (name, l.value, l.skip)), Some(("重点", 1, "重点１　".len())));
        assert_eq!(name("経営課題２：方針").map(|(name, l)| (name, l.value, l.skip)), Some(("経営課題", 2, "経営課題２：".len())));
        assert_eq!(["令和7年度", "図１　推移", "重点的に１ 進める", "老朽管１．８キロ"].map(|l| name(l).is_some()), [false; 4]);
    }

    #[test]
    fn brackets_on_one_side_and_branches_in_brackets() {
        assert_eq!(read("ア）周知"), Some((Shape::HalfBracketedKana, 1, "ア）", "周知")));
        assert_eq!(read("b) 周知"), Some((Shape::HalfBracketedLetter, 2, "b)", "周知")));
        assert_eq!(read("①）周知"), Some((Shape::Circled, 1, "①）", "周知")));
        assert_eq!(parse("（１の２）周知").map(|l| (l.shape, l.value, l.branch)), Some((Shape::BracketedNumber, 1, 2)));
    }

    #[test]
    fn a_number_right_before_its_text() {
        assert_eq!(parse_tight("１施政方針").map(|l| (l.value, l.len)), Some((1, 3)));
        assert_eq!(["１人１台端末", "3月末までに", "10期", "2026", "1"].map(parse_tight), [None; 5]);
    }

    #[test]
    fn text_that_begins_like_a_label() {
        for line in [
            "第９期計画",
            "3.11の教訓",
            "2026年",
            "18日）",
            "（仮称）条例",
            "アンテナを張り",
            "一人一人が",
            "a市",
            "120 人",
            "１，２年生",
            "ア、イの順に",
            "SNS の活用",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
