//! What single characters at a gap say: brackets, list marks, ends of sentences.

use seisho_model::script::{BRACKETS, is_digit, is_small_kana, is_voicing_mark};

/// How far brackets are looked for on either side, in bytes: about a long sentence.
const BRACKET_REACH: usize = 600;

/// A bracket opened in `left` is still open at its end, and `right` closes it.
pub(super) fn closes_bracket(left: &str, right: &str) -> bool {
    let mut open = Vec::new();
    for c in left[floor(left, left.len().saturating_sub(BRACKET_REACH))..].chars() {
        step(&mut open, c);
    }
    let Some(&innermost) = open.last() else { return false };
    let depth = open.len();
    for c in right[..floor(right, BRACKET_REACH)].chars() {
        if open.len() == depth && closing(innermost).contains(&c) {
            return true;
        }
        step(&mut open, c);
    }
    false
}

/// Half-width and full-width parentheses close each other: transcripts mix them.
fn closing(open: char) -> &'static [char] {
    match open {
        '（' | '(' => &['）', ')'],
        _ => BRACKETS.iter().find(|(o, _)| *o == open).map_or(&[], |(_, c)| std::slice::from_ref(c)),
    }
}

fn step(open: &mut Vec<char>, c: char) {
    if BRACKETS.iter().any(|&(o, _)| o == c) {
        open.push(c);
    } else if open.last().is_some_and(|&o| closing(o).contains(&c)) {
        open.pop();
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a text begins with a list mark (・ ○ ※ ①) or a label: (1), （ア）, 1., 第1 with a space behind.
#[must_use]
pub fn starts_with_label(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    if matches!(first, '・' | '･' | '○' | '●' | '◎' | '◯' | '□' | '■' | '◆' | '◇' | '※' | '➢' | '▶' | '▪' | '•' | '①'..='⓿' | '❶'..='➓')
    {
        return true;
    }
    if matches!(first, '(' | '（') {
        let inner: String = chars.by_ref().take_while(|c| !matches!(c, ')' | '）')).take(4).collect();
        let letters = inner.chars().count();
        let label = inner.chars().all(is_digit) || (letters == 1 && inner.chars().all(is_label_character));
        return (1..=3).contains(&letters) && label && text.contains([')', '）']);
    }
    let number = text.chars().take_while(|&c| is_digit(c)).count();
    let rest = text.chars().nth(number);
    // 1. but not 1.5, and 1) or 1） with nothing opened before.
    number > 0
        && number <= 3
        && match rest {
            Some('.' | '．') => !text.chars().nth(number + 1).is_some_and(is_digit),
            Some(')' | '）' | ' ' | '　') => true,
            _ => false,
        }
}

fn is_label_character(c: char) -> bool {
    is_digit(c)
        || matches!(c, 'ア'..='ン' | 'ｱ'..='ﾝ' | 'a'..='z' | 'A'..='Z' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Next to these no space belongs.
pub(super) fn is_fence(c: char) -> bool {
    matches!(c, '・' | '、' | '，' | '。') || BRACKETS.iter().any(|&(open, close)| c == open || c == close)
}

/// Units of which a number before a gap is one, whatever stands between.
const UNITS: &str = "年月日時分秒件人回期条項号次章節割円名台社校園館世帯か所箇カヶ万億千倍点位級歳才％%㎡";

/// Whether a number ends at the gap and another begins: behind three digits of thousands no digit goes on (1,880 | 52,070).
pub(super) fn number_ends(left: &str, right: &str) -> bool {
    let is_group = |c: char| matches!(c, ',' | '，');
    let digits = left.chars().rev().take_while(|&c| is_digit(c)).count();
    let mut before = left.chars().rev().skip(digits);
    digits == DIGITS_OF_GROUP && before.next().is_some_and(is_group) && before.next().is_some_and(is_digit) && right.starts_with(is_digit)
}

/// So many digits stand between the commas of a number.
const DIGITS_OF_GROUP: usize = 3;

/// A number that the gap cuts: 8 | 月, 1, | 000, 82. | 9, 令和8年 | 4月, 4月 | 1日. Not two bare numbers.
pub(super) fn number_goes_on(left: &str, right: &str) -> bool {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else { return false };
    let mut back = left.chars().rev().skip(1);
    let before = back.next().is_some_and(is_digit);
    let number = right.chars().take_while(|&c| is_digit(c)).count();
    let unit = right.chars().nth(number).unwrap_or(' ');
    match (last, first) {
        _ if is_digit(last) && is_digit(first) => unit != ' ' || left.chars().any(|c| !is_digit(c)),
        _ if is_digit(last) => {
            UNITS.contains(first) || (matches!(first, '.' | '．' | ',') && number == 0 && right.chars().nth(1).is_some_and(is_digit))
        }
        ('.' | '．' | ',' | '，', _) => before && is_digit(first),
        ('年', _) => before && number > 0 && matches!(unit, '月' | '度'),
        ('月', _) => before && number > 0 && unit == '日',
        ('第', _) => number > 0,
        _ => false,
    }
}

/// Words that take up the sentence before: no item of a list begins with them.
pub(super) fn takes_up(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "また、",
        "また，",
        "なお、",
        "なお，",
        "さらに、",
        "さらに，",
        "ただし、",
        "ただし，",
        "その際",
        "このため",
        "そのため",
        "併せて",
        "あわせて",
        "加えて",
    ];
    WORDS.iter().any(|word| text.starts_with(word))
}

/// Characters that no phrase begins with.
pub(super) fn cannot_start(c: char) -> bool {
    is_small_kana(c)
        || is_voicing_mark(c)
        || matches!(
            c,
            '。' | '、'
                | '，'
                | '．'
                | '｡'
                | '､'
                | '」'
                | '』'
                | '）'
                | ')'
                | '】'
                | '〕'
                | '》'
                | '〉'
                | 'ー'
                | '々'
                | '％'
                | '%'
                | 'ん'
                | 'を'
                | 'ン'
        )
}

/// 。 or its like, perhaps inside a closing bracket or before a remark in brackets: …している。（4回）
pub(super) fn ends_sentence(text: &str) -> bool {
    let stops = |text: &str| text.ends_with(['。', '．', '｡', '！', '？']);
    stops(text.trim_end_matches(['」', '』', '）', ')', '】'])) || remark_start(text).is_some_and(|at| stops(&text[..at]))
}

/// Where the bracket that the text ends with was opened.
fn remark_start(text: &str) -> Option<usize> {
    text.chars().next_back().filter(|c| matches!(c, ')' | '）'))?;
    let mut depth = 0_usize;
    let reach = floor(text, text.len().saturating_sub(BRACKET_REACH));
    for (at, c) in text[reach..].char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 1 => return Some(reach + at),
            '(' | '（' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The text, or its beginning, ends a sentence.
pub(super) fn has_sentence_end(text: &str) -> bool {
    text.contains(['。', '．'])
}

/// A figure with its name: 利用率:85.3%, 登録店舗数：517件.
pub(super) fn starts_with_figure(text: &str) -> bool {
    let name = text.chars().take_while(|&c| c.is_alphabetic() || c == '々' || c == 'ー').count();
    let mut rest = text.chars().skip(name);
    (1..=12).contains(&name) && matches!(rest.next(), Some(':' | '：')) && rest.next().is_some_and(is_digit)
}
