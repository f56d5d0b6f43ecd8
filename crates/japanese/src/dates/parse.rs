//! Reads one date expression at a cursor.
//!
//! Knows how dates are spelt: order, units, brackets, ranges, and the neighbours that show that
//! something only looks like a date. Refuses to know calendars and the document: 令和8年2月30日 parses.
//!
//! Every function takes a cursor by value and gives what it read and the cursor behind it, or nothing.

use super::cursor::{Cursor, Read};
use super::era::Era;
use super::syntax::{Calendar, Expression, Label, Open, Part, Point, Unit, Year};
use super::words;
use crate::numerals::{Script, is_numeral};

/// Years that a bare four-digit number may mean: from the first era of the table to far plans.
pub(super) const WESTERN_YEARS: std::ops::RangeInclusive<u64> = 1868..=2199;

/// One end, and the other where both share a unit: 令和6～8年度, 4～6月.
type Points = (Point, Option<Point>);

/// The expression that starts here.
pub(super) fn expression(c: Cursor<'_>) -> Read<'_, Expression> {
    words::standing(c).or_else(|| open_start(c)).or_else(|| dated(c))
}

/// ～9月. The wave has to start the text or follow a blank or a bracket: elsewhere it is decoration or a range.
fn open_start(c: Cursor<'_>) -> Read<'_, Expression> {
    let free = |c: char| c.is_whitespace() || "(（「[［【、。,:：".contains(c);
    let wave = c.eat(|c| c == '~')?;
    if !c.before().next().is_none_or(free) {
        return None;
    }
    let ((point, other), c) = points(wave.gap())?;
    let (approximate, c) = approximate(c);
    let c = until(c).unwrap_or(c);
    other.is_none().then_some((Expression::Single { point, open: Open::Left, approximate }, c))
}

fn dated(c: Cursor<'_>) -> Read<'_, Expression> {
    let ((left, right), c) = points(c)?;
    let second = right.map(|p| (p, c)).or_else(|| range_end(&left, c));
    if let Some((right, c)) = second {
        let (approximate, c) = approximate(c);
        return Some((Expression::Range { left, right, approximate }, until(c).unwrap_or(c)));
    }
    let (approximate, c) = approximate(c);
    let (open, c) = open_end(c);
    Some((Expression::Single { point: left, open, approximate }, c))
}

/// Every way to say when.
fn points(c: Cursor<'_>) -> Read<'_, Points> {
    with_year(c).or_else(|| words::bare(c).map(|(p, c)| ((p, None), c))).or_else(|| bare_month(c))
}

/// Every way that says its year, if only as 翌年度.
fn with_year(c: Cursor<'_>) -> Read<'_, Points> {
    dotted(c).map(|(p, c)| ((p, None), c)).or_else(|| labelled(c)).or_else(|| {
        let ((year, calendar), c) = words::relative(c)?;
        Some(in_year(year, calendar, c))
    })
}

/// 令和8, R8 or 2026, without a unit.
fn label(c: Cursor<'_>) -> Read<'_, Label> {
    if let Some((era, after)) = era(c) {
        let start = after.gap();
        let first = start.word("元").map(|c| (1, c));
        let joined = || if start.wide { start.spaced_digits(3).filter(|(n, c)| *n <= 99 && c.gap().sees(&["年"])) } else { None };
        let spaced = || joined().and_then(|(n, c)| Some((u16::try_from(n).ok()?, c)));
        return first.or_else(spaced).or_else(|| start.small_number()).map(|(n, c)| (Label::Era(era, n), c));
    }
    let (first, second) = (c.step(), c.step().gap());
    if second.at > first.at && second.peek().is_some_and(is_numeral) {
        let (n, end) = c.spaced_digits(4).filter(|(n, end)| WESTERN_YEARS.contains(n) && end.gap().sees(&["年"]))?;
        return Some((Label::Western(i16::try_from(n).ok()?), end.widened(true)));
    }
    let (n, end) = c.numeral()?;
    let written = match n.script {
        Script::Arabic | Script::Positional => n.chars == 4,
        Script::Units => n.value % 100 != 0, // 二千年の歴史 is a duration
    };
    (written && WESTERN_YEARS.contains(&n.value)).then_some((Label::Western(i16::try_from(n.value).ok()?), end))
}

/// An era by name, ligature or letter. The letters need a number right after them.
fn era(c: Cursor<'_>) -> Read<'_, Era> {
    let first = c.peek()?;
    if let Some(era) = Era::of_ligature(first) {
        return Some((era, c.step()));
    }
    if let Some(era) = Era::of_letter(first) {
        return c.step().gap().peek().is_some_and(|n| n == '元' || is_numeral(n)).then_some((era, c.step()));
    }
    let era = Era::ALL.into_iter().find(|era| era.name().starts_with(first))?;
    let close = c.step();
    let apart = close.gap();
    let second = era.name().chars().nth(1)?;
    let end = apart.eat(|c| c == second)?;
    Some((era, end.widened(apart.at > close.at)))
}

/// 年 or 年度 after a number, unless what follows shows a duration or an age.
fn year_unit(label: Label, lettered: bool, c: Cursor<'_>) -> Read<'_, Calendar> {
    let year = c.gap().eat(|c| c == '年')?;
    let fiscal = if year.wide { year.gap().word("度") } else { year.word("度") };
    if let Some(fiscal) = fiscal {
        return Some((Calendar::Fiscal, fiscal));
    }
    let duration = year.sees(&["間", "目", "代", "余", "以上", "以内", "未満"]);
    let past = matches!(label, Label::Western(_)) && year.sees(&["前"]) && !year.sees(&["前半", "前期"]);
    let pupil = lettered && year.sees(&["生"]) && !year.sees(&["生まれ"]);
    (!duration && !past && !pupil).then_some((Calendar::Civil, year))
}

/// A year in brackets that names the same year again, with or without its unit.
fn second_label(c: Cursor<'_>) -> Read<'_, (Label, Option<Calendar>)> {
    let inner = c.gap().eat(|c| c == '(')?.gap();
    let (label, end) = label(inner)?;
    let (unit, end) = year_unit(label, false, end).map_or((None, end), |(unit, end)| (Some(unit), end));
    Some(((label, unit), end.gap().eat(|c| c == ')')?))
}

/// A year with its unit: 令和8年, 令和8年度, 平成31（令和元）年度, 平成31年（令和元年）度.
fn unit_and_second(first: Label, lettered: bool, c: Cursor<'_>) -> Read<'_, (Year, Calendar)> {
    if let Some((calendar, end)) = year_unit(first, lettered, c) {
        let Some(((second, unit), after)) = second_label(end) else {
            return Some(((Year::Said(first, None), calendar), end));
        };
        let moved = after.word("度").filter(|_| calendar == Calendar::Civil);
        return Some(match (moved, unit) {
            (Some(after), _) => ((Year::Said(first, Some(second)), Calendar::Fiscal), after),
            (None, Some(unit)) if unit == calendar => ((Year::Said(first, Some(second)), calendar), after),
            _ => ((Year::Said(first, None), calendar), end), // 令和8年（2026年度） speaks of two things
        });
    }
    let ((second, unit), after) = second_label(c)?;
    let (calendar, end) = year_unit(first, lettered, after)?;
    unit.is_none().then_some(((Year::Said(first, Some(second)), calendar), end))
}

/// A point or a pair that starts with a year.
fn labelled(c: Cursor<'_>) -> Read<'_, Points> {
    let lettered = c.peek().is_some_and(|c| c.is_ascii_uppercase());
    let (first, end) = label(c)?;
    if let Some(((year, calendar), end)) = unit_and_second(first, lettered, end) {
        return Some(in_year(year, calendar, end));
    }
    let (neighbours, mid) = joint(end)?;
    let (last, end) = label(mid).or_else(|| {
        let Label::Era(era, _) = first else { return None };
        mid.small_number().map(|(n, c)| (Label::Era(era, n), c))
    })?;
    let ((year, calendar), end) = unit_and_second(last, lettered, end)?;
    if neighbours && !follows(first, last) {
        return None;
    }
    let whole = |year| Point::new(year, calendar, Unit::Whole);
    Some(((whole(Year::Said(first, None)), Some(whole(year))), end))
}

/// True when one year is right after another, also over a change of era: H30・R元年度.
fn follows(first: Label, last: Label) -> bool {
    first.gregorian().zip(last.gregorian()).is_some_and(|(m, n)| m.checked_add(1) == Some(n))
}

/// What stands between two numbers that share a unit; true for ・, which joins neighbours only.
fn joint(c: Cursor<'_>) -> Read<'_, bool> {
    let c = c.gap();
    let dot = c.eat(|c| matches!(c, '・' | '･')).map(|c| (true, c));
    dot.or_else(|| c.eat(|c| matches!(c, '~' | '-')).map(|c| (false, c))).map(|(dot, c)| (dot, c.gap()))
}

/// What follows a year.
fn in_year(year: Year, calendar: Calendar, c: Cursor<'_>) -> (Points, Cursor<'_>) {
    let point = |unit| Point::new(year, calendar, unit);
    let start = match calendar {
        Calendar::Civil => c.gap(),
        // 令和8年度 and 3月 in the next column are two things.
        Calendar::Fiscal if c.is_loose() => c.gap(),
        Calendar::Fiscal => c,
    };
    let of = start.word("の").filter(|_| calendar == Calendar::Fiscal).unwrap_or(start);
    if let Some(((unit, other), end)) = month(of) {
        return ((point(unit), other.map(point)), end);
    }
    match words::part_of_year(calendar, c) {
        Some((unit, end)) => ((point(unit), None), end),
        None => ((point(Unit::Whole), None), c),
    }
}

/// A month without a year.
fn bare_month(c: Cursor<'_>) -> Read<'_, Points> {
    let ((unit, other), end) = month(c)?;
    let known = match unit {
        Unit::Month(m, _) => (1..=12).contains(&m),
        _ => true,
    };
    known.then_some(((Point::bare(unit), other.map(Point::bare)), end))
}

/// A month with what follows it, or two that share their unit.
fn month(c: Cursor<'_>) -> Read<'_, (Unit, Option<Unit>)> {
    if let Some((m, end)) = c.counted('月') {
        if !is_month(c, end) {
            return None;
        }
        return Some(in_month(m, end));
    }
    let (first, end) = c.small_number()?;
    let (neighbours, mid) = joint(end)?;
    let (last, end) = mid.counted('月')?;
    let months = 1..=12;
    if !months.contains(&first) || !months.contains(&last) || (neighbours && last != first + 1) || !is_month(mid, end) {
        return None;
    }
    let ((unit, other), end) = in_month(last, end);
    other.is_none().then_some(((Unit::Month(first, Part::Whole), Some(unit)), end))
}

/// False where the neighbours of 月 show a duration, a weekday or another word.
fn is_month(start: Cursor<'_>, end: Cursor<'_>) -> bool {
    const DURATION: [&str; 14] =
        ["間", "目", "ごと", "毎", "以内", "以上", "未満", "を経過", "を超え", "を下", "当たり", "当り", "あたり", "につき"];
    const WORD: [&str; 9] = ["曜", "雨", "晴", "女", "蠅", "蝿", "人形", "病", "餅"];
    const APART: [&str; 9] = ["額", "例", "報", "給", "謝", "刊", "次", "産", "極"];
    let apart = || {
        let close = start.numeral().map(|(_, c)| c);
        !start.is_loose() && close.is_some_and(|c| c.gap().at > c.at && end.sees(&APART))
    };
    !end.sees(&DURATION) && !end.sees(&WORD) && !apart()
}

/// What follows 月: a day, two days, a part, or nothing.
fn in_month(month: u16, c: Cursor<'_>) -> ((Unit, Option<Unit>), Cursor<'_>) {
    let start = c.gap();
    let day_unit = |(day, weekday)| Unit::Day { month, day, weekday };
    if let Some((d, end)) = day(start) {
        return ((day_unit(d), None), end);
    }
    if let Some((pair, end)) = two_days(start) {
        return ((day_unit((pair.0, None)), Some(day_unit(pair.1))), end);
    }
    let (part, end) = words::part_of_month(start).unwrap_or((Part::Whole, c));
    ((Unit::Month(month, part), None), end)
}

/// 15日 with its weekday; not 15日間.
fn day(c: Cursor<'_>) -> Read<'_, (u16, Option<i8>)> {
    let (n, end) = c.counted('日')?;
    if end.sees(&["間", "目", "以内", "以上"]) {
        return None;
    }
    let (weekday, end) = words::weekday(end).map_or((None, end), |(w, end)| (Some(w), end));
    Some(((n, weekday), end))
}

/// 1～5日.
fn two_days(c: Cursor<'_>) -> Read<'_, (u16, (u16, Option<i8>))> {
    let (first, end) = c.small_number()?;
    let (neighbours, mid) = joint(end)?;
    let (last, end) = day(mid)?;
    (!neighbours || last.0 == first + 1).then_some(((first, last), end))
}

/// R8.4.1, 2026/4/1, 2026-04-01: three numbers and one separator, with nothing attached.
fn dotted(c: Cursor<'_>) -> Read<'_, Point> {
    let arabic = |c: Cursor<'_>| c.peek().is_some_and(|c| c.is_ascii_digit());
    let (label, end) = label(c)?;
    if !end.before().next().is_some_and(|c| c.is_ascii_digit() || c == '元') {
        return None;
    }
    let sign = end.peek().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let (month, end) = after_sign(sign, end).filter(|c| arabic(*c)).and_then(Cursor::small_number)?;
    let (day, end) = after_sign(sign, end).filter(|c| arabic(*c)).and_then(Cursor::small_number)?;
    let plausible = (1..=12).contains(&month) && (1..=31).contains(&day) && !matches!(label, Label::Era(_, 0));
    if !plausible || !is_detached(end) {
        return None;
    }
    let (weekday, end) = words::weekday(end).map_or((None, end), |(w, end)| (Some(w), end));
    let unit = Unit::Day { month, day, weekday };
    Some((Point { dotted: Some(sign), ..Point::new(Year::Said(label, None), Calendar::Civil, unit) }, end))
}

fn after_sign(sign: char, c: Cursor<'_>) -> Option<Cursor<'_>> {
    let c = c.eat(|c| c == sign)?;
    // Spreadsheets pad: R8. 4. 1
    Some(if sign == '.' { c.gap() } else { c })
}

/// True when no number, letter or percent goes on from a dotted date; 2026-04-01T10:00 is one.
fn is_detached(c: Cursor<'_>) -> bool {
    let number = |c: Cursor<'_>| c.peek().is_some_and(|c| c.is_ascii_digit());
    match c.peek() {
        Some('.' | '/' | '-' | ',' | ':') => !number(c.step()),
        Some('T') => number(c.step()),
        Some('年' | '月' | '%' | '_') => false,
        Some(n) => !n.is_ascii_alphanumeric() && !is_numeral(n),
        None => true,
    }
}

/// The right end of a range that starts with `left`; it inherits what it leaves out.
fn range_end<'t>(left: &Point, c: Cursor<'t>) -> Read<'t, Point> {
    let (closed, c) = separator(c)?;
    let single = |((p, other), c): (Points, Cursor<'t>)| other.is_none().then_some((p, c));
    let end = with_year(c).and_then(single).or_else(|| elided(left, c)).or_else(|| words::bare(c));
    end.filter(|(_, c)| !closed || until(approximate(*c).1).is_some())
}

/// ～, -, ー before a digit, から, より, with blanks around. True for より, which makes a range only with
/// まで: 令和6年度より令和7年度が多い compares.
fn separator(c: Cursor<'_>) -> Read<'_, bool> {
    let c = c.gap();
    let long = || c.eat(|c| c == 'ー').filter(|c| c.gap().peek().is_some_and(is_numeral));
    let sign = c.eat(|c| matches!(c, '~' | '-')).or_else(long);
    let open = sign.or_else(|| c.word("から")).map(|c| (false, c));
    open.or_else(|| c.word("より").map(|c| (true, c))).map(|(closed, c)| (closed, c.gap()))
}

/// A right end without an era, a year, or a month.
fn elided<'t>(left: &Point, c: Cursor<'t>) -> Read<'t, Point> {
    let year = || {
        let Year::Said(Label::Era(era, _), _) = left.year else { return None };
        let (n, end) = c.small_number()?;
        let ((year, calendar), end) = unit_and_second(Label::Era(era, n), false, end)?;
        let ((point, other), end) = in_year(year, calendar, end);
        other.is_none().then_some((point, end))
    };
    let in_month = || {
        let ((unit, other), end) = month(c)?;
        other.is_none().then_some((Point { unit, dotted: None, ..*left }, end))
    };
    let in_day = || {
        let Unit::Day { month, .. } = left.unit else { return None };
        let ((day, weekday), end) = day(c)?;
        Some((Point { unit: Unit::Day { month, day, weekday }, ..*left }, end))
    };
    year().or_else(in_month).or_else(in_day).or_else(|| elided_dotted(left, c))
}

/// 7.2 or 2 after R6.6.30～.
fn elided_dotted<'t>(left: &Point, c: Cursor<'t>) -> Read<'t, Point> {
    let (Some(sign), Unit::Day { month: inherited, .. }) = (left.dotted, left.unit) else { return None };
    let (first, end) = c.small_number()?;
    let (month, day, end) = match after_sign(sign, end).and_then(Cursor::small_number) {
        Some((second, end)) => (first, second, end),
        None => (inherited, first, end),
    };
    let plausible = (1..=12).contains(&month) && (1..=31).contains(&day) && is_detached(end);
    let (weekday, end) = words::weekday(end).map_or((None, end), |(w, end)| (Some(w), end));
    plausible.then_some((Point { unit: Unit::Day { month, day, weekday }, ..*left }, end))
}

fn approximate(c: Cursor<'_>) -> (bool, Cursor<'_>) {
    match c.any(&[("頃", ()), ("ごろ", ()), ("ころ", ())]) {
        Some(((), c)) => (true, c),
        None => (false, c),
    }
}

fn until(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.word("まで").or_else(|| c.word("迄"))
}

/// まで, 以前, 以降, から, より, ～ after a single point.
fn open_end(c: Cursor<'_>) -> (Open, Cursor<'_>) {
    let words = [
        ("まで", Open::Left),
        ("迄", Open::Left),
        ("以前", Open::Left),
        ("以降", Open::Right),
        ("以後", Open::Right),
        ("から", Open::Right),
    ];
    if let Some(found) = c.any(&words) {
        return found;
    }
    // 前年度より増加 compares; 令和8年度より実施 begins.
    const COMPARED: [&str; 14] = ["も", "多", "少", "大", "小", "高", "低", "前", "後", "早", "遅", "増", "減", "約"];
    if let Some(after) = c.word("より").filter(|after| !after.sees(&COMPARED)) {
        return (Open::Right, after);
    }
    let wave = c.gap().eat(|c| c == '~').filter(|c| !c.gap().peek().is_some_and(is_numeral));
    wave.map_or((Open::Neither, c), |c| (Open::Right, c))
}
