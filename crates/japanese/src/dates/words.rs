//! The words that say when without a number, and the words that follow one.
//!
//! Knows the words and the compounds that only contain them. Refuses to know what they come to in a document.

use super::cursor::{Cursor, Read};
use super::syntax::{Calendar, Expression, Part, Point, Unit, Year};
use crate::numerals;

/// Words that are an expression by themselves: 随時, 毎月末, 早急, 速やかに.
pub(super) fn standing(c: Cursor<'_>) -> Read<'_, Expression> {
    const URGENT: [(&str, ()); 8] = [
        ("早急に", ()),
        ("早急", ()),
        ("速やかに", ()),
        ("速やか", ()),
        ("すみやかに", ()),
        ("直ちに", ()),
        ("ただちに", ()),
        ("至急", ()),
    ];
    if let Some(((), end)) = c.any(&URGENT) {
        return Some((Expression::Urgent, end));
    }
    // 共通年度, 通年度, 非常時 and 通常時 only contain these words.
    let inside_a_word = c.before().next().is_some_and(|c| "共普交非日平通異".contains(c));
    if let Some(((), end)) =
        c.any(&[("随時", ()), ("通年", ()), ("通期", ()), ("常時", ())]).filter(|(_, end)| !inside_a_word && !end.sees(&["度", "齢", "金"]))
    {
        return Some((Expression::Recurring, end));
    }
    if let Some(((), end)) = c.any(&[("毎年度", ()), ("毎年", ())]) {
        return Some((Expression::Recurring, yearly(end)));
    }
    let ((), end) = c.any(&[("毎月", ()), ("毎週", ())])?;
    let day = end.counted('日').filter(|(_, c)| !c.sees(&["間"])).map(|(_, c)| c);
    Some((Expression::Recurring, day.or_else(|| part_of_month(end).map(|(_, c)| c)).unwrap_or(end)))
}

/// The month, day or end that a yearly event is bound to.
fn yearly(c: Cursor<'_>) -> Cursor<'_> {
    let Some((_, month)) = c.counted('月') else { return c.word("末").unwrap_or(c) };
    month.counted('日').map(|(_, c)| c).or_else(|| part_of_month(month).map(|(_, c)| c)).unwrap_or(month)
}

/// Years told by their distance: 次年度, 翌年, 翌5月, 本年. Not 日本年金, 担当年次, 同年齢, 前年比.
pub(super) fn relative(c: Cursor<'_>) -> Read<'_, (Year, Calendar)> {
    const FISCAL: [(&str, i16); 15] = [
        ("今年度", 0),
        ("本年度", 0),
        ("当年度", 0),
        ("当該年度", 0),
        ("次年度", 1),
        ("翌年度", 1),
        ("来年度", 1),
        ("翌々年度", 2),
        ("再来年度", 2),
        ("前年度", -1),
        ("昨年度", -1),
        ("一昨年度", -2),
        ("前々年度", -2),
        ("先年度", -1),
        ("今会計年度", 0),
    ];
    const CIVIL: [(&str, Year); 9] = [
        ("今年", Year::OffDocument(0)),
        ("本年", Year::OffDocument(0)),
        ("来年", Year::OffDocument(1)),
        ("昨年", Year::OffDocument(-1)),
        ("一昨年", Year::OffDocument(-2)),
        ("同年", Year::OffAnchor(0)),
        ("翌年", Year::OffAnchor(1)),
        ("前年", Year::OffAnchor(-1)),
        ("翌々年", Year::OffAnchor(2)),
    ];
    let inside_a_word = |c: char| "日基根該担相以従将由目比年".contains(c) || numerals::is_numeral(c);
    if c.before().next().is_some_and(inside_a_word) {
        return None;
    }
    if let Some((shift, end)) = c.any(&FISCAL) {
        return Some(((Year::OffFiscal(shift), Calendar::Fiscal), end));
    }
    if let Some(end) = c.word("翌").filter(|end| end.counted('月').is_some()) {
        return Some(((Year::Following, Calendar::Civil), end));
    }
    let (year, end) = c.any(&CIVIL)?;
    let compound = ["度", "代", "齢", "輩", "配", "次", "比", "並", "同", "金", "間", "生"];
    (!end.sees(&compound)).then_some(((year, Calendar::Civil), end))
}

/// A part of a year that is not said: 年度末, 年内, 上半期, 第3四半期.
pub(super) fn bare(c: Cursor<'_>) -> Read<'_, Point> {
    let fiscal = |(unit, c)| (Point::new(Year::Unsaid, Calendar::Fiscal, unit), c);
    if let Some(found) = quarter(c).or_else(|| half(c)) {
        return Some(fiscal(found));
    }
    // 3年内, 各年度末, 昨年末, 青年内 ...: the word before takes 年.
    let taken = |c: char| "各毎周学同数半何隔初終両単複近例度全前後翌次昨来今本当先元旧新中多長経若青少幼成定生老晩壮平".contains(c);
    if c.before().next().is_some_and(|c| taken(c) || numerals::is_numeral(c)) {
        return None;
    }
    if let Some(end) = c.word("年度") {
        let (unit, end) = part_of_year(Calendar::Fiscal, end)?;
        return Some(fiscal((unit, end)));
    }
    let (unit, end) = c.any(&[("年内", Unit::Within), ("年末", Unit::End)])?;
    let compound = end.sees(&["年始", "調整", "ジャンボ"]);
    (!compound).then_some((Point::new(Year::Unsaid, Calendar::Civil, unit), end))
}

/// What follows 年 or 年度: 末, 内, 中, 当初, 上半期, 第3四半期. Not 当初予算, not 中学校.
pub(super) fn part_of_year(calendar: Calendar, c: Cursor<'_>) -> Read<'_, Unit> {
    let near = if c.wide { c.gap() } else { c };
    if let Some(end) = near.word("末日").or_else(|| near.word("末")) {
        return Some((Unit::End, end));
    }
    if let Some(end) = near.word("中").or_else(|| near.word("内")).filter(|c| !c.sees_kanji()) {
        return Some((Unit::Within, end));
    }
    let budget = |c: &Cursor<'_>| !c.sees(&["予算", "賦課", "課税"]);
    if let Some(end) = near.word("当初").filter(|c| calendar == Calendar::Fiscal && budget(c)) {
        return Some((Unit::Outset, end));
    }
    if let Some(end) = near.word("内").filter(|_| calendar == Calendar::Fiscal) {
        return Some((Unit::Within, end)); // 年度内完了
    }
    let halves = || near.any(&[("前半", Unit::Half(1)), ("後半", Unit::Half(2))]);
    half(near).or_else(|| quarter(near)).or_else(halves)
}

fn half(c: Cursor<'_>) -> Read<'_, Unit> {
    let (n, end) = c.any(&[("上半期", 1), ("下半期", 2), ("上期", 1), ("下期", 2)])?;
    Some((Unit::Half(n), end))
}

fn quarter(c: Cursor<'_>) -> Read<'_, Unit> {
    let start = c.word("第")?.gap();
    // One digit, read by itself: 第三四半期 is not 第34半期.
    let n = numerals::digit(start.peek()?).filter(|n| (1..=4).contains(n))?;
    let end = start.step().gap().word("四半期").or_else(|| start.step().gap().word("4半期"))?;
    Some((Unit::Quarter(u16::try_from(n).ok()?), end))
}

/// What follows 月 without a number. 中 and 内 do not change a month, but are part of the expression.
pub(super) fn part_of_month(c: Cursor<'_>) -> Read<'_, Part> {
    const PARTS: [(&str, Part); 10] = [
        // A day that nobody names: 令和7年4月吉日.
        ("吉日", Part::Whole),
        ("末日", Part::End),
        ("末", Part::End),
        ("上旬", Part::Early),
        ("初旬", Part::Early),
        ("中旬", Part::Middle),
        ("下旬", Part::Late),
        ("前半", Part::FirstHalf),
        ("後半", Part::SecondHalf),
        ("いっぱい", Part::Whole),
    ];
    c.any(&PARTS).or_else(|| {
        let end = c.word("中").or_else(|| c.word("内")).filter(|c| !c.sees_kanji())?;
        Some((Part::Whole, end))
    })
}

/// A weekday beside a date, as days after Monday: (水), （水曜日）, (月・祝), 水曜日.
pub(super) fn weekday(c: Cursor<'_>) -> Read<'_, i8> {
    let c = c.gap();
    let name = |c: Cursor<'_>| {
        let place = "月火水木金土日".chars().position(|w| Some(w) == c.peek());
        place.and_then(|n| i8::try_from(n).ok())
    };
    let Some(inner) = c.eat(|c| c == '(') else {
        let end = c.step().word("曜日").or_else(|| c.step().word("曜"))?;
        return Some((name(c)?, end));
    };
    let inner = inner.gap();
    let mut end = inner.step();
    let n = name(inner)?;
    end = end.word("曜日").or_else(|| end.word("曜")).unwrap_or(end);
    for _ in 0..5 {
        end = end.eat(|c| "・、･祝休日振替".contains(c)).unwrap_or(end);
    }
    Some((n, end.gap().eat(|c| c == ')')?))
}
