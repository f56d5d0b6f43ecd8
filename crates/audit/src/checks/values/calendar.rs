//! K019: 13月, 4月32日, 6月31日: months and days that no calendar has. Not 32日間, which is a time and no day.

use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::Worker;

/// The most days of each month; 29 in February, as no year is asked.
const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    sheet.texts.iter().enumerate().flat_map(|(index, text)| slips(text).into_iter().map(move |range| hit(index, text, range))).collect()
}

fn hit(index: usize, text: &Text<'_>, range: [usize; 2]) -> Hit {
    let was = text.part(range[0], range[1]);
    let (ja, en) = (format!("「{was}」という月日はありません"), format!("no calendar has {was:?}"));
    Hit::new(index, range, None, ja, en)
}

fn slips(text: &Text<'_>) -> Vec<[usize; 2]> {
    let mut found = Vec::new();
    for month_end in (0..text.chars.len()).filter(|at| text.chars[*at] == '月') {
        let Some((month, from)) = number_before(&text.chars, month_end) else { continue };
        // 13月間 and 13月分 are so many months, written short.
        let is_time = matches!(text.chars.get(month_end + 1), Some('間' | '分' | '目' | '齢'));
        if !(1..=12).contains(&month) {
            found.extend((!is_time).then_some([from, month_end + 1]));
            continue;
        }
        let Some((day, end)) = day_after(&text.chars, month_end + 1) else { continue };
        if day == 0 || day > DAYS[month as usize - 1] {
            found.push([from, end]);
        }
    }
    // A day by itself, as a deadline says it.
    if let Some((day, 0)) =
        text.chars.len().checked_sub(1).filter(|at| text.chars[*at] == '日').and_then(|at| number_before(&text.chars, at))
        && !(1..=31).contains(&day)
    {
        found.push([0, text.chars.len()]);
    }
    found
}

/// The number of one or two digits that ends before a place, and where it begins; blanks may stand around it.
fn number_before(text: &[char], end: usize) -> Option<(u32, usize)> {
    let last = text[..end].iter().rposition(|c| !c.is_whitespace())? + 1;
    let from = text[..last].iter().rposition(|c| digit(*c).is_none()).map_or(0, |at| at + 1);
    let number = value(text.get(from..last)?)?;
    // 1,213月 and 1.13月 are no months.
    let is_part = from > 0 && matches!(text[from - 1], ',' | '，' | '.' | '．' | '/' | '／');
    (!is_part).then_some((number, from))
}

/// The day that begins at a place, and the end of its 日.
fn day_after(text: &[char], from: usize) -> Option<(u32, usize)> {
    let first = from + text[from..].iter().position(|c| !c.is_whitespace())?;
    let length = text[first..].iter().position(|c| digit(*c).is_none())?;
    let rest = first + length;
    let sign = rest + text[rest..].iter().position(|c| !c.is_whitespace())?;
    let is_day = text[sign] == '日' && text.get(sign + 1) != Some(&'間');
    Some((value(&text[first..rest])?, sign + 1)).filter(|_| is_day)
}

fn value(digits: &[char]) -> Option<u32> {
    let number = digits.iter().try_fold(0_u32, |sum, c| Some(sum * 10 + digit(*c)?))?;
    (1..=2).contains(&digits.len()).then_some(number)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_month_and_a_day_are_of_the_calendar() {
        let wrong = ["13月までに設置する。", "４月３２日に開く。", "6月31日", "0月", "32日"];
        assert_eq!(found("K019", &wrong), ["13月", "４月３２日", "6月31日", "0月", "32日"]);
        let fine = [
            "12月31日までに、2月29日を含めて整える。",
            "4月32日間の休館",
            "45日以内に返す。",
            "13か月",
            "113月",
            "令和8年1 月10 日",
            "13月分の賃料",
            "３１日",
        ];
        assert_eq!(found("K019", &fine), Vec::<String>::new());
    }
}
