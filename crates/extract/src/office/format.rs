//! How a sheet shows a number: formats of cells, as far as they are usual; what is not known is shown as it is stored.

/// What a number looks like in a format; none for a format that is not known here.
pub(super) fn shown(value: f64, format: &str, is_1904: bool) -> Option<String> {
    // Conditions choose a section, and 漢数字 the digits: neither is known here.
    let is_strange = |part: &str| part.starts_with(['<', '>', '=']) || part.to_ascii_lowercase().starts_with("dbnum");
    if format.split('[').skip(1).any(is_strange) {
        return None;
    }
    let sections: Vec<&str> = format.split(';').collect();
    // A format may have words of its own for what is negative (△1,200) and for nothing.
    let (section, value) = match (sections.as_slice(), value) {
        ([_, negative, ..], v) if v < 0.0 => (*negative, -v),
        ([_, _, zero, ..], 0.0) => (*zero, 0.0),
        ([first, ..], v) => (*first, v),
        ([], _) => return None,
    };
    if format.is_empty() {
        return Some(plain(value));
    }
    let parts = Parts::of(section)?;
    if parts.digits.is_empty() {
        return Some(parts.before); // words, or nothing at all, in place of the number
    }
    if parts.digits.eq_ignore_ascii_case("general") || parts.digits == "@" {
        return Some(format!("{}{}{}", parts.before, plain(value), parts.behind));
    }
    if parts.digits.chars().all(|c| matches!(c, '0' | '#' | ',' | '.')) {
        let scaled = value / [1.0, 1e3, 1e6, 1e9].get(parts.thousands).copied()?;
        let scaled = if parts.is_percent { scaled * 100.0 } else { scaled };
        let number = grouped(scaled.abs(), &parts.digits)?;
        let sign = if scaled < 0.0 && number.contains(|c: char| c.is_ascii_digit() && c != '0') { "-" } else { "" };
        return Some(format!("{sign}{}{number}{}", parts.before, parts.behind));
    }
    date(value, section, is_1904)
}

/// A section of a format: what stands before the digits and behind them, as it is shown.
#[derive(Default)]
struct Parts {
    before: String,
    digits: String,
    behind: String,
    /// Commas right behind the last digit: each leaves three digits out.
    thousands: usize,
    /// Whether it counts hundredths: a percent sign that is no word.
    is_percent: bool,
}

impl Parts {
    fn of(section: &str) -> Option<Self> {
        let mut parts = Self::default();
        let mut chars = section.chars().peekable();
        while let Some(c) = chars.next() {
            let is_open = parts.behind.is_empty();
            let out = if parts.digits.is_empty() { &mut parts.before } else { &mut parts.behind };
            match c {
                '"' => out.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' => out.extend(chars.next()),
                // A blank as wide as the next character; the next character as often as there is room.
                '_' | '*' => drop(chars.next()),
                // [Red], [$-411]; the sign of a currency is shown: [$¥-411].
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    out.extend(inside.strip_prefix('$').and_then(|currency| currency.split('-').next()));
                }
                '%' => {
                    out.push(c);
                    parts.is_percent = true;
                }
                '0' | '#' | ',' | '.' if is_open => parts.digits.push(c),
                c if c.is_ascii_alphabetic() || c == '@' => parts.digits.push(c),
                '0' | '#' | '?' => return None,
                other => out.push(other),
            }
        }
        let whole = parts.digits.trim_end_matches(',').len();
        if parts.digits[..whole].ends_with(['0', '#']) {
            parts.thousands = parts.digits.len() - whole;
            parts.digits.truncate(whole);
        }
        Some(parts)
    }
}

/// As a cell without a format shows it: whole numbers without a point, and no digits that come of binary fractions.
pub(super) fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{}", value as i64);
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

/// A number that is not negative, in digits: `0` shows a digit always, `#` where there is one.
fn grouped(value: f64, digits: &str) -> Option<String> {
    let (before, behind) = digits.split_once('.').map_or((digits, None), |(before, behind)| (before, Some(behind)));
    let decimals = behind.map_or(0, str::len);
    let text = rounded(value, decimals)?;
    let (whole, rest) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let least = before.chars().filter(|c| *c == '0').count();
    let whole = if whole == "0" && least == 0 { "" } else { whole };
    let whole = format!("{whole:0>least$}");
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if before.contains(',') && index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(behind) = behind {
        let least = behind.rfind('0').map_or(0, |at| at + 1);
        let kept = rest.trim_end_matches('0').len().max(least).min(rest.len());
        out.push('.');
        out.push_str(&rest[..kept]);
    }
    Some(out)
}

/// Rounded as sheets round: from the fifteen digits that they keep, and a half up.
fn rounded(value: f64, decimals: usize) -> Option<String> {
    let kept: f64 = format!("{value:.14e}").parse().ok()?;
    let exact = format!("{kept}");
    let (whole, rest) = exact.split_once('.').unwrap_or((exact.as_str(), ""));
    let is_up = rest.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5');
    let mut digits: Vec<u8> = whole.bytes().chain(rest.bytes().chain(std::iter::repeat(b'0')).take(decimals)).collect();
    let mut at = digits.len();
    let mut carry = is_up;
    while carry && at > 0 {
        at -= 1;
        carry = digits[at] == b'9';
        digits[at] = if carry { b'0' } else { digits[at] + 1 };
    }
    if carry {
        digits.insert(0, b'1');
    }
    let mut text = String::from_utf8(digits).ok()?;
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    Some(text)
}

/// A day and a time, in the words of its format: y, e (year of the era), ggge, m, d, h, s and what stands between them.
fn date(value: f64, format: &str, is_1904: bool) -> Option<String> {
    if value < 0.0 {
        return None;
    }
    let moment = Moment::of(value, is_1904);
    let has_noon = format.contains("AM/PM") || format.contains("am/pm");
    let is_first_written_out = format.contains("x-gannen");
    let mut out = String::new();
    // Behind hours, m is minutes, and so it is before seconds.
    let mut is_minute = false;
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let same = rest.chars().take_while(|n| n.eq_ignore_ascii_case(&c)).count();
        let count = if c.is_ascii_alphabetic() { same } else { 1 };
        let behind = &rest[c.len_utf8() * count..];
        let is_before_seconds = || {
            let next = behind.find(|c: char| c.is_ascii_alphabetic()).map(|at| &behind[at..]);
            next.is_some_and(|next| next.starts_with(['s', 'S']))
        };
        rest = behind;
        match c.to_ascii_lowercase() {
            _ if has_noon && c.eq_ignore_ascii_case(&'a') => {
                out.push_str(if moment.seconds < 43_200 { "AM" } else { "PM" });
                rest = rest.get("M/PM".len()..)?;
            }
            'm' if is_minute || is_before_seconds() => {
                out.push_str(&format!("{:0count$}", moment.seconds / 60 % 60, count = count.min(2)));
                is_minute = false;
            }
            'y' | 'e' | 'g' | 'r' | 'm' | 'd' | 'a' => out.push_str(&moment.day(c, count, is_first_written_out)?),
            'h' => {
                let hour = moment.seconds / 3600;
                out.push_str(&format!("{:0count$}", if has_noon { (hour + 11) % 12 + 1 } else { hour }, count = count.min(2)));
                is_minute = true;
            }
            's' => {
                out.push_str(&format!("{:0count$}", moment.seconds % 60, count = count.min(2)));
                is_minute = false;
            }
            '"' => {
                let (literal, behind) = rest.split_once('"').unwrap_or((rest, ""));
                out.push_str(literal);
                rest = behind;
            }
            '\\' => {
                out.extend(rest.chars().next());
                rest = rest.get(rest.chars().next().map_or(0, char::len_utf8)..)?;
            }
            '[' => {
                let (inside, behind) = rest.split_once(']')?;
                rest = behind;
                // Hours, minutes or seconds since the start, beyond a day.
                if let Some(unit) = inside.chars().next().filter(|c| "hHmMsS".contains(*c)) {
                    let all = (value * 86_400.0).round() as i64;
                    let part = match unit.to_ascii_lowercase() {
                        'h' => 3_600,
                        'm' => 60,
                        _ => 1,
                    };
                    out.push_str(&format!("{:0width$}", all / part, width = inside.len()));
                    is_minute = part == 3_600;
                }
            }
            '_' | '*' => return None,
            ';' | '@' => break,
            _ if c.is_ascii_alphabetic() || matches!(c, '0' | '#' | '?') => return None,
            other => out.push(other),
        }
    }
    Some(out)
}

/// A day of the calendar and a time of it.
struct Moment {
    year: i64,
    month: u32,
    day: u32,
    /// From 0 for Sunday.
    weekday: usize,
    /// Seconds of the day.
    seconds: i64,
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const KANJI_WEEKDAYS: [char; 7] = ['日', '月', '火', '水', '木', '金', '土'];

impl Moment {
    fn of(value: f64, is_1904: bool) -> Self {
        let seconds = (value * 86_400.0).round() as i64;
        let days = seconds.div_euclid(86_400) + if is_1904 { 24_107 } else { 0 };
        // Day 1 is 1900-01-01, and the sheet takes 1900 for a leap year.
        let (year, month, day) = civil(days - 25_569);
        // 1970-01-01 was a Thursday.
        Self { year, month, day, weekday: (days - 25_569 + 4).rem_euclid(7) as usize, seconds: seconds.rem_euclid(86_400) }
    }

    /// What a letter of a format that is written so often says of the day.
    fn day(&self, letter: char, count: usize, is_first_written_out: bool) -> Option<String> {
        let era = || era(self.year, self.month, self.day);
        let of_era = |width: usize| {
            let (_, of_era) = era()?;
            Some(if of_era == 1 && is_first_written_out { "元".to_owned() } else { format!("{of_era:0width$}") })
        };
        Some(match (letter.to_ascii_lowercase(), count) {
            ('y', 1 | 2) => format!("{:02}", self.year % 100),
            ('y', _) => self.year.to_string(),
            ('e', _) => of_era(count.min(2))?,
            ('g', 1) => era()?.0.1.to_owned(),
            ('g', 2) => era()?.0.0.chars().take(1).collect(),
            ('g', _) => era()?.0.0.to_owned(),
            ('r', 1) => of_era(2)?,
            ('r', _) => format!("{}{}", era()?.0.0, of_era(2)?),
            ('m', 1 | 2) => format!("{:0count$}", self.month),
            ('d', 1 | 2) => format!("{:0count$}", self.day),
            ('m', 3) => MONTHS[self.month as usize - 1][..3].to_owned(),
            ('m', 4) => MONTHS[self.month as usize - 1].to_owned(),
            ('m', 5) => MONTHS[self.month as usize - 1][..1].to_owned(),
            ('d', 3) => WEEKDAYS[self.weekday][..3].to_owned(),
            ('d', 4) => WEEKDAYS[self.weekday].to_owned(),
            ('a', 3) => KANJI_WEEKDAYS[self.weekday].to_string(),
            ('a', 4) => format!("{}曜日", KANJI_WEEKDAYS[self.weekday]),
            _ => return None,
        })
    }
}

/// Name and letter of an era.
type Era = (&'static str, &'static str);

/// The era of a day and the year in it.
fn era(year: i64, month: u32, day: u32) -> Option<(Era, i64)> {
    const STARTS: [((i64, u32, u32), Era); 4] =
        [((2019, 5, 1), ("令和", "R")), ((1989, 1, 8), ("平成", "H")), ((1926, 12, 25), ("昭和", "S")), ((1912, 7, 30), ("大正", "T"))];
    let (start, era) = STARTS.iter().find(|(start, _)| (year, month, day) >= *start)?;
    Some((*era, year - start.0 + 1))
}

/// The day so many days after 1970-01-01, by the calendar.
fn civil(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let (cycle, of_cycle) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let of_year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let day_of_year = of_cycle - (365 * of_year + of_year / 4 - of_year / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = (if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }) as u32;
    (of_year + cycle * 400 + i64::from(month <= 2), month, day)
}

/// Formats that have a number and no text.
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        // Those of the Japanese edition.
        27 | 36 | 50 | 57 => "[$-411]ge.m.d",
        28 | 29 | 51 | 54 | 58 => "[$-411]ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        _ => "general",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_the_sheet_shows_them() {
        let show = |value, format| shown(value, format, false);
        assert_eq!(show(1200.0, "#,##0"), Some("1,200".to_owned()));
        assert_eq!(show(0.853, "0.0%"), Some("85.3%".to_owned()));
        assert_eq!(show(-3.0, "#,##0"), Some("-3".to_owned()));
        assert_eq!(show(1200.0, "#,##0\"千円\""), Some("1,200千円".to_owned()));
        assert_eq!(show(3.5, "General"), Some("3.5".to_owned()));
        assert_eq!(show(0.1 + 0.2, "General"), Some("0.3".to_owned()));
        assert_eq!(show(12.0, "General\"人\""), Some("12人".to_owned()));
        assert_eq!(show(-1200.0, "#,##0;\"△\"#,##0"), Some("△1,200".to_owned()));
        assert_eq!(show(-1200.0, "#,##0_ ;[Red]△#,##0\\ "), Some("△1,200 ".to_owned()));
        assert_eq!(show(0.0, "#,##0;-#,##0;\"-\""), Some("-".to_owned()));
        assert_eq!(show(1_200_000.0, "#,##0,\"千円\""), Some("1,200千円".to_owned()));
        assert_eq!(show(-1234.5, "#,##0"), Some("-1,235".to_owned()), "a half is rounded away from nothing");
        assert_eq!(show(1.005, "0.00"), Some("1.01".to_owned()));
        assert_eq!(show(999.95, "#,##0.0"), Some("1,000.0".to_owned()));
        assert_eq!(show(48.5, "0.0\"%\""), Some("48.5%".to_owned()), "a percent sign that is a word");
        assert_eq!(show(-1200.0, "[$¥-411]#,##0"), Some("-¥1,200".to_owned()));
        assert_eq!(show(0.0, "#,###"), Some(String::new()));
        assert_eq!(show(12.0, "0000"), Some("0012".to_owned()));
        assert_eq!(show(12.5, "0.##"), Some("12.5".to_owned()));
        assert_eq!(show(1200.0, "[<0]\"△\"0;0"), None);
        assert_eq!(show(12.0, "[DBNum3]0"), None);
        assert_eq!(show(3.0, "0.00E+00"), None);
        assert_eq!(show(3.5, "# ?/?"), None);
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        // 2024-06-03 is day 45446 of the sheet.
        assert_eq!(shown(45446.0, "yyyy/m/d", false), Some("2024/6/3".to_owned()));
        assert_eq!(shown(45446.0, "[$-411]ggge\"年\"m\"月\"d\"日\"", false), Some("令和6年6月3日".to_owned()));
        assert_eq!(shown(45446.0, "[$-411]ge.m.d", false), Some("R6.6.3".to_owned()));
        assert_eq!(shown(45446.0, "mmmm d, yyyy", false), Some("June 3, 2024".to_owned()));
        assert_eq!(shown(45446.0, "yyyy/m/d(aaa)", false), Some("2024/6/3(月)".to_owned()));
        assert_eq!(shown(45446.0, "d ww", false), None);
        // 2019-05-01 is day 43586.
        let first = "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\";@";
        assert_eq!(shown(43586.0, first, false), Some("令和元年5月1日".to_owned()));
        assert_eq!(shown(43586.0, "[$-411]ggge\"年\"m\"月\"", false), Some("令和1年5月".to_owned()));
    }

    #[test]
    fn every_format_of_dates_and_times_that_has_a_number_looks_as_it_is_printed() {
        // 2025-12-05 14:07:09.
        let show = |id| shown(45996.0 + (14.0 * 3600.0 + 7.0 * 60.0 + 9.0) / 86_400.0, built_in(id), false).unwrap_or_default();
        let western = ["2025/12/5", "5-Dec-25", "5-Dec", "Dec-25", "2:07 PM", "2:07:09 PM", "14:07", "14:07:09", "2025/12/5 14:07"];
        assert_eq!((14..=22).map(show).collect::<Vec<_>>(), western);
        let (short, long) = ("R7.12.5", "令和7年12月5日");
        let own = [short, long, long, "12/5/25", "2025年12月5日", "14時07分", "14時07分09秒", "2025年12月", "12月5日", short];
        assert_eq!((27..=36).map(show).collect::<Vec<_>>(), own);
        let more = [short, long, "2025年12月", "12月5日", long, "2025年12月", "12月5日", short, long];
        assert_eq!((50..=58).map(show).collect::<Vec<_>>(), more);
        assert_eq!(show(45), "07:09");
        assert_eq!(shown(1.5, built_in(46), false).as_deref(), Some("36:00:00"));
    }
}
