//! What a program reads in a value: numbers, money, parts of a whole. Refuses to guess: what has two readings has none.

use seisho_japanese::normalize::match_text;
use seisho_japanese::numerals;
use seisho_model::record::{Scalar, TypedValue, ValueKind};

/// Units of money, in yen.
pub(super) const MONEY: [(&str, f64); 5] = [("円", 1.0), ("千円", 1e3), ("万円", 1e4), ("百万円", 1e6), ("億円", 1e8)];

/// What is said of an empty place: no value, and no doubt about it.
const NOTHING: [&str; 9] = ["-", "―", "—", "ー", "‐", "–", "なし", "無", "該当なし"];

/// A value that is not what its kind says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Reads a text as a number, a sum of money, a part of a whole or one of a list. `unit`: of values that state none.
/// Dates need the document's year and are not read here.
///
/// # Errors
/// When the text is none, or more than one.
pub fn read(raw: &str, kind: ValueKind, unit: Option<&str>, choices: &[String]) -> Result<TypedValue, Unreadable> {
    let of = |value, unit: Option<&str>| TypedValue { raw: raw.to_owned(), kind, value, unit: unit.map(str::to_owned) };
    let key: String = match_text(raw).chars().filter(|c| !c.is_whitespace()).collect();
    if key.is_empty() || NOTHING.contains(&key.as_str()) {
        return Ok(of(None, None));
    }
    match kind {
        ValueKind::Text | ValueKind::Date => Ok(of(Some(Scalar::Text(raw.to_owned())), None)),
        ValueKind::Choice => {
            let found: Vec<&String> = choices.iter().filter(|c| match_text(c) == key).collect();
            let [choice] = found.as_slice() else { return Err(Unreadable) };
            Ok(of(Some(Scalar::Text((*choice).clone())), None))
        }
        ValueKind::Number => {
            let (value, rest) = number(&key).ok_or(Unreadable)?;
            let wanted = unit.map(match_text);
            // Another unit than the profile's is another thing; a word in kanji that begins with a numeral is no number.
            let is_written = key.starts_with(|c: char| !c.is_alphabetic());
            let fits = rest.is_empty()
                || wanted.as_deref() == Some(rest)
                || wanted.is_none() && is_written && is_unit(rest) && !rest.starts_with(['年', '月', '日', '時']);
            let stated = if rest.is_empty() { unit } else { Some(rest) };
            if fits { Ok(of(scalar(value), unit.or(stated))) } else { Err(Unreadable) }
        }
        ValueKind::Money => money(&key, unit).map(|yen| of(scalar(yen), Some("円"))).ok_or(Unreadable),
        ValueKind::Rate => {
            let (value, rest) = number(&key).ok_or(Unreadable)?;
            let percent = match rest {
                "%" | "パーセント" => value,
                "割" => value * 10.0,
                "" if unit == Some("%") => value,
                _ => return Err(Unreadable),
            };
            Ok(of(scalar(percent), Some("%")))
        }
    }
}

/// The unit that a heading states in its brackets: 予算額（千円） → 千円. Other words there are remarks (予算額（当初）), but for
/// what is called a unit: （単位：人）.
#[must_use]
pub fn unit_of(heading: &str) -> Option<String> {
    let key = match_text(heading);
    let (_, inner) = key.rsplit_once('(')?;
    let inner = inner.trim_end_matches(')');
    let called = inner.strip_prefix("単位").map(|unit| unit.trim_start_matches(':'));
    let is_known = |unit: &str| unit == "%" || MONEY.iter().any(|(name, _)| *name == unit);
    called.filter(|unit| is_unit(unit) || is_known(unit)).or_else(|| Some(inner).filter(|unit| is_known(unit))).map(str::to_owned)
}

/// A short word without figures.
fn is_unit(text: &str) -> bool {
    (1..=4).contains(&text.chars().count()) && text.chars().all(char::is_alphabetic)
}

/// Written with as many decimals as it needs.
fn scalar(value: f64) -> Option<Scalar> {
    // Whole numbers up to here are exact.
    const EXACT: f64 = 9.0e15;
    (value.abs() <= EXACT).then(|| if value.fract() == 0.0 { Scalar::Whole(value as i64) } else { Scalar::Decimal(value) })
}

/// A sum in yen: 1,200千円, ¥1,200, 1億2,000万円, △3千円 (which is less than nothing).
fn money(key: &str, unit: Option<&str>) -> Option<f64> {
    let (sign, mut rest) = signed(key);
    rest = rest.trim_start_matches(['¥', '\\', '金']);
    let (mut sum, mut last) = (0.0, f64::INFINITY);
    while !rest.is_empty() {
        let (value, after) = figures(rest)?;
        let stated = [("億", 1e8), ("百万", 1e6), ("万", 1e4), ("千", 1e3), ("", 1.0)];
        let (name, factor) = stated.into_iter().find(|(name, _)| after.starts_with(name))?;
        let after = &after[name.len()..];
        if after.is_empty() && name.is_empty() {
            // No unit at all: that of the column.
            let factor = MONEY.iter().find(|(known, _)| Some(*known) == unit)?.1;
            return (last.is_infinite() || factor < last).then_some(sign * (sum + value * factor));
        }
        if factor >= last {
            return None;
        }
        sum += value * factor;
        last = factor;
        if let Some(after) = after.strip_prefix('円') {
            return (after.is_empty() || after == "也").then_some(sign * sum);
        }
        // 億 and 万 may be followed by more; 千 alone is the word for the number.
        if name.is_empty() {
            return None;
        }
        rest = after;
    }
    // 1億2,000万 without 円 is money all the same where the column says so.
    (unit.is_some() && last.is_finite()).then_some(sign * sum)
}

/// A signed number and what follows it.
fn number(key: &str) -> Option<(f64, &str)> {
    let (sign, rest) = signed(key);
    let (value, rest) = figures(rest)?;
    Some((sign * value, rest))
}

/// Less than nothing is △, ▲ or a minus.
fn signed(key: &str) -> (f64, &str) {
    match key.strip_prefix(['△', '▲', '-', '−', '–']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, key.strip_prefix('+').unwrap_or(key)),
    }
}

/// Figures with commas between each three and decimals, or kanji numerals, and what follows.
fn figures(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    if written.is_empty() {
        let (value, len) = numerals::integer(text)?;
        return Some((value as f64, &text[len..]));
    }
    let whole = written.split('.').next().unwrap_or(written);
    let groups: Vec<&str> = whole.split(',').collect();
    let are_thousands = groups.len() == 1 || groups[0].len() <= 3 && !groups[0].is_empty() && groups[1..].iter().all(|g| g.len() == 3);
    let value: f64 = written.replace(',', "").parse().ok()?;
    are_thousands.then_some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(raw: &str, kind: ValueKind, unit: Option<&str>) -> Option<(Option<Scalar>, Option<String>)> {
        read(raw, kind, unit, &["Ａ".to_owned(), "B".to_owned()]).ok().map(|v| (v.value, v.unit))
    }

    #[test]
    fn money_is_read_in_yen() {
        let yen = |raw, unit| value(raw, ValueKind::Money, unit);
        let is = |n| Some((Some(Scalar::Whole(n)), Some("円".to_owned())));
        assert_eq!(yen("1,200千円", None), is(1_200_000));
        assert_eq!(yen("１，２００", Some("千円")), is(1_200_000));
        assert_eq!(yen("△ 35", Some("百万円")), is(-35_000_000));
        assert_eq!(yen("1億2,000万円", None), is(120_000_000));
        assert_eq!(yen("3.5億円", None), is(350_000_000));
        assert_eq!(yen("¥12,345円", None), is(12_345));
        assert_eq!(yen("－", Some("千円")), Some((None, None)));
        for bad in ["1,200", "1,20千円", "1,200→1,500千円", "約千円", "12人", "1,200千円 850千円"] {
            assert_eq!(yen(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn numbers_keep_their_unit_and_another_unit_is_another_thing() {
        let number = |raw, unit| value(raw, ValueKind::Number, unit);
        let is = |n, unit: Option<&str>| Some((Some(n), unit.map(str::to_owned)));
        assert_eq!(number("120人", Some("人")), is(Scalar::Whole(120), Some("人")));
        assert_eq!(number("120", Some("人")), is(Scalar::Whole(120), Some("人")));
        assert_eq!(number("3.5件", None), is(Scalar::Decimal(3.5), Some("件")));
        assert_eq!(number("▲２", None), is(Scalar::Whole(-2), None));
        assert_eq!(number("120回", Some("人")), None);
        assert_eq!(number("10～20", None), None);
        assert_eq!(number("一部委託", None), None);
        assert_eq!(number("9月末", None), None, "a date");
        assert_eq!(value("85％", ValueKind::Rate, None), is(Scalar::Whole(85), Some("%")));
        assert_eq!(value("8割", ValueKind::Rate, None), is(Scalar::Whole(80), Some("%")));
        assert_eq!(value("0.85", ValueKind::Rate, None), None, "of one or of a hundred?");
    }

    #[test]
    fn a_choice_is_one_of_the_list_as_the_profile_writes_it() {
        assert_eq!(value("A", ValueKind::Choice, None), Some((Some(Scalar::Text("Ａ".to_owned())), None)));
        assert_eq!(value("C", ValueKind::Choice, None), None);
        assert_eq!(value("A B", ValueKind::Choice, None), None);
    }

    #[test]
    fn a_heading_states_a_unit() {
        assert_eq!(unit_of("予算額（千円）").as_deref(), Some("千円"));
        assert_eq!(unit_of("事業費(単位：百万円)").as_deref(), Some("百万円"));
        assert_eq!(unit_of("来館者（単位：人）").as_deref(), Some("人"));
        for remark in ["予算額（当初予算の総額）", "予算額（当初）", "目標（見込）", "予算額"] {
            assert_eq!(unit_of(remark), None, "{remark}");
        }
    }
}
