//! Dates as offices abbreviate them: 令7・4・1, R7/4, 20250401, 26/3. Only a text that is all date is read so: in running
//! text the same signs are fractions, versions and numbers of sections.

use super::parse::WESTERN_YEARS;
use seisho_model::script::half_width;

/// A date written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InFull {
    /// It can only be this: 令和7年4月1日.
    Sure(String),
    /// It can be any of these, or no day at all.
    Guess(Vec<String>),
}

/// Eras by the names that stand before a number; longer names first.
const ERAS: [(&str, &str, u64); 15] = [
    ("令和", "令和", 99),
    ("平成", "平成", 31),
    ("昭和", "昭和", 64),
    ("大正", "大正", 15),
    ("明治", "明治", 45),
    ("令", "令和", 99),
    ("平", "平成", 31),
    ("昭", "昭和", 64),
    ("大", "大正", 15),
    ("明", "明治", 45),
    ("R", "令和", 99),
    ("H", "平成", 31),
    ("S", "昭和", 64),
    ("T", "大正", 15),
    ("M", "明治", 45),
];
/// What may stand behind a date without changing it.
const TAILS: [&str; 13] = ["", "末", "末日", "末まで", "(末)", "まで", "中", "頃", "ごろ", "付", "付け", "現在", "迄"];
/// Days since the end of 1899 that spreadsheets write for dates of these eras: 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// A text that is all date, written out; nothing where it is none.
///
/// ```
/// # use seisho_japanese::dates::{in_full, InFull};
/// assert_eq!(in_full("令7・4・1"), Some(InFull::Sure("令和7年4月1日".into())));
/// assert_eq!(in_full("Ｒ７／４"), Some(InFull::Sure("令和7年4月".into())));
/// assert_eq!(in_full("7.4.1"), Some(InFull::Guess(vec![
///     "令和7年4月1日".into(),
///     "平成7年4月1日".into(),
///     "昭和7年4月1日".into(),
///     "2007年4月1日".into(),
/// ])));
/// assert_eq!(in_full("昭和111年4月1日"), Some(InFull::Guess(vec![])));
/// assert_eq!(in_full("Dec-2025"), Some(InFull::Sure("2025年12月".into())));
/// assert_eq!(in_full("Dec-25"), Some(InFull::Guess(vec!["2025年12月".into()])));
/// assert_eq!(in_full("3.5倍"), None);
/// ```
#[must_use]
pub fn in_full(text: &str) -> Option<InFull> {
    let folded = folded(text);
    if let Some(read) = by_name(text) {
        return Some(read);
    }
    let body = folded.trim_start_matches("西暦").trim_start_matches(['\'', '’']);
    let is_western = body.len() < folded.len();
    let era = ERAS
        .iter()
        .find(|(name, ..)| body.strip_prefix(name).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '元')));
    let (_, name, most) = era.copied().unwrap_or(("", "", 0));
    let rest = era.map_or(body, |(short, ..)| &body[short.len()..]);
    let (numbers, tail) = numbers(rest)?;
    let day = |from: &[u64]| plausible(from).then(|| spelled(from, tail));
    match (numbers.as_slice(), era.is_some()) {
        ([packed], _) => packed_date(*packed, rest, name, tail),
        ([year, days @ ..], true) => Some(match day(days).filter(|_| (1..=most).contains(year)) {
            Some(day) => InFull::Sure(format!("{name}{year}年{day}")),
            None => InFull::Guess(Vec::new()),
        }),
        ([year, days @ ..], false) if WESTERN_YEARS.contains(year) => {
            Some(day(days).map_or(InFull::Guess(Vec::new()), |day| InFull::Sure(format!("{year}年{day}"))))
        }
        ([year, days @ ..], false) if *year < 100 && day(days).is_some() => {
            let day = day(days)?;
            let eras = if is_western { &[][..] } else { &ERAS[..3] };
            let eras = eras.iter().filter(|(.., most)| (1..=*most).contains(year)).map(|(_, name, _)| format!("{name}{year}年{day}"));
            Some(InFull::Guess(eras.chain([format!("20{year:02}年{day}")]).collect()))
        }
        _ => None,
    }
}

/// Months by name, as western editions of sheets show them: Dec-25, 5-Dec-25, December 2025.
fn by_name(text: &str) -> Option<InFull> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    // Hardly any text has a letter.
    if !text.chars().any(|c| half_width(c).is_ascii_alphabetic()) {
        return None;
    }
    let text: String = text.trim().chars().map(half_width).collect();
    let parts: Vec<String> = text.split(['-', ' ', ',', '/']).filter(|p| !p.is_empty()).map(str::to_ascii_lowercase).collect();
    let month = |part: &str| MONTHS.iter().position(|m| *m == part || part.len() == 3 && m.starts_with(part)).map(|at| at + 1);
    let number = |part: &str| part.parse::<u64>().ok();
    let (day, month, year) = match parts.as_slice() {
        [first, second] => match (month(first), number(second)) {
            (Some(month), Some(year)) => (None, month, Some(year)),
            _ => (Some(number(first).filter(|day| (1..=31).contains(day))?), month(second)?, None),
        },
        [day, name, year] => (Some(number(day).filter(|day| (1..=31).contains(day))?), month(name)?, Some(number(year)?)),
        _ => return None,
    };
    let day = day.map_or(String::new(), |day| format!("{day}日"));
    Some(match year {
        Some(year) if WESTERN_YEARS.contains(&year) => InFull::Sure(format!("{year}年{month}月{day}")),
        Some(year) if year < 100 => InFull::Guess(vec![format!("20{year:02}年{month}月{day}")]),
        None => InFull::Guess(vec![format!("{month}月{day}")]),
        _ => return None,
    })
}

/// 20250401, R070401; five figures are the days of a spreadsheet.
fn packed_date(packed: u64, digits: &str, era: &str, tail: &str) -> Option<InFull> {
    let width = digits.chars().take_while(char::is_ascii_digit).count();
    let (year, days) = (packed / 10_000, [packed / 100 % 100, packed % 100]);
    if width == 8 && era.is_empty() && WESTERN_YEARS.contains(&year) && plausible(&days) {
        return Some(InFull::Sure(format!("{year}年{}", spelled(&days, tail))));
    }
    if width == 6 && !era.is_empty() && plausible(&days) {
        return Some(InFull::Sure(format!("{era}{year}年{}", spelled(&days, tail))));
    }
    let is_serial = width == 5 && era.is_empty() && tail.is_empty() && SERIALS.contains(&packed);
    let days = i32::try_from(packed).ok().filter(|_| is_serial)?;
    let day = jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()?;
    Some(InFull::Guess(vec![format!("{}年{}月{}日", day.year(), day.month(), day.day())]))
}

fn plausible(days: &[u64]) -> bool {
    matches!(days, [month] if (1..=12).contains(month))
        || matches!(days, [month, day] if (1..=12).contains(month) && (1..=31).contains(day))
}

fn spelled(days: &[u64], tail: &str) -> String {
    let tail = tail.trim_matches(['(', ')']);
    match days {
        [month, day] => format!("{month}月{day}日{tail}"),
        [month] => format!("{month}月{tail}"),
        _ => String::new(),
    }
}

/// One to three numbers with the same kind of sign between them, and what follows.
fn numbers(text: &str) -> Option<(Vec<u64>, &str)> {
    let mut numbers = Vec::new();
    let mut rest = text;
    let mut sign: Option<char> = None;
    loop {
        let width = rest.chars().take_while(char::is_ascii_digit).count();
        let number = if let Some(after) = rest.strip_prefix('元').filter(|_| numbers.is_empty()) {
            rest = after;
            1
        } else {
            let number = rest[..width].parse().ok()?;
            rest = &rest[width..];
            number
        };
        numbers.push(number);
        let unit = ['年', '月', '日'][numbers.len() - 1];
        let after_unit = rest.strip_prefix(unit);
        let next = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-' | '・') && sign.is_none_or(|s| s == *c));
        let starts_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        match (after_unit, next) {
            (Some(after), _) => rest = after,
            (None, Some(c)) if numbers.len() < 3 && starts_number(&rest[c.len_utf8()..]) => {
                sign = Some(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
            _ => {}
        }
        if numbers.len() == 3 || !starts_number(rest) {
            break;
        }
    }
    TAILS.contains(&rest).then_some((numbers, rest))
}

/// Half-width, without blanks; kanji numbers as figures, those of deeds too (壱, 拾).
fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut kanji: Vec<u64> = Vec::new();
    let text = text.replace(['㋿'], "令和").replace(['㍻'], "平成").replace(['㍼'], "昭和").replace(['㍽'], "大正").replace(['㍾'], "明治");
    for c in text.chars().map(half_width).filter(|c| !c.is_whitespace()) {
        let c = if matches!(c, '．') { '.' } else { c };
        match kanji_number(c) {
            Some(value) => kanji.push(value),
            None => {
                flush(&mut kanji, &mut out);
                out.push(match c {
                    '･' | '、' | '，' => '・',
                    'r' | 'h' | 's' | 't' | 'm' => c.to_ascii_uppercase(),
                    '／' => '/',
                    '－' | '−' | '‐' | '–' => '-',
                    '（' => '(',
                    '）' => ')',
                    _ => c,
                });
            }
        }
    }
    flush(&mut kanji, &mut out);
    out
}

/// The value of a kanji of a number; tens from ten on.
fn kanji_number(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壱' | '壹' => 1,
        '二' | '弐' | '貳' => 2,
        '三' | '参' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陸' => 6,
        '七' | '漆' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '十' | '拾' => 10,
        '廿' => 20,
        '卅' => 30,
        _ => return None,
    })
}

/// Writes a kanji number as figures: 廿九 is 29, 二〇二五 is 2025.
fn flush(kanji: &mut Vec<u64>, out: &mut String) {
    if kanji.is_empty() {
        return;
    }
    if kanji.iter().any(|&n| n >= 10) {
        let (mut sum, mut digit) = (0, 0);
        for &n in kanji.iter() {
            match n {
                10 => sum += 10 * if digit == 0 { 1 } else { std::mem::take(&mut digit) },
                20.. => sum += n,
                _ => digit = n,
            }
        }
        out.push_str(&(sum + digit).to_string());
    } else {
        out.extend(kanji.iter().map(ToString::to_string));
    }
    kanji.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviated_dates_are_written_out_or_said_to_be_open() {
        let sure = |text: &str| if let Some(InFull::Sure(full)) = in_full(text) { full } else { format!("{:?}", in_full(text)) };
        let cases = [
            ("令和７・４・１", "令和7年4月1日"),
            ("令和七・四・一", "令和7年4月1日"),
            ("平成廿九年四月一日", "平成29年4月1日"),
            ("令和捌年参月", "令和8年3月"),
            ("西暦2025年4月1日", "2025年4月1日"),
            ("2026/3", "2026年3月"),
            ("2026-03", "2026年3月"),
            ("令和8.3末", "令和8年3月末"),
            ("令和8.3(末)", "令和8年3月末"),
            ("20250401", "2025年4月1日"),
            ("R070401", "令和7年4月1日"),
            ("令和元.5.1", "令和1年5月1日"),
        ];
        for (text, full) in cases {
            assert_eq!(sure(text), full, "{text}");
        }
        assert_eq!(in_full("45748"), Some(InFull::Guess(vec!["2025年4月1日".into()])));
        assert_eq!(in_full("'25.4.1"), Some(InFull::Guess(vec!["2025年4月1日".into()])));
        for text in ["3.5倍", "100%", "1/2/3/4", "9月", "未定", "12", "平", "大会", "13.40.50"] {
            assert_eq!(in_full(text), None, "{text}");
        }
    }
}
