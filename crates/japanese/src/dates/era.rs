//! The five eras since 1868 and the calendar years behind their numbers.
//!
//! Knows which days each era has and how its years count. Refuses to know how a date is spelt.

use jiff::civil::{Date, date};

/// The last day before the solar calendar was 明治5年12月2日, 1872-12-31: days and months before this
/// day were counted by the moon and are not converted.
pub const SOLAR_FROM: Date = date(1873, 1, 1);

/// An era of the modern calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, 1868–1912.
    Meiji,
    /// 大正, 1912–1926.
    Taisho,
    /// 昭和, 1926–1989.
    Showa,
    /// 平成, 1989–2019.
    Heisei,
    /// 令和, since 2019.
    Reiwa,
}

/// What is known of one era.
struct Row {
    era: Era,
    name: &'static str,
    letter: char,
    ligature: char,
    /// The year before its first: year n is `base + n`.
    base: i16,
    first: Date,
    /// The running era has no last day: the end of the calendar stands for it.
    last: Date,
}

/// 1912-07-30 and 1926-12-25 belong to both eras: the new one began on the day the old one ended.
/// 1989 and 2019 changed overnight.
const TABLE: [Row; 5] = [
    row(Era::Meiji, "明治", 'M', '㍾', 1867, date(1868, 10, 23), date(1912, 7, 30)),
    row(Era::Taisho, "大正", 'T', '㍽', 1911, date(1912, 7, 30), date(1926, 12, 25)),
    row(Era::Showa, "昭和", 'S', '㍼', 1925, date(1926, 12, 25), date(1989, 1, 7)),
    row(Era::Heisei, "平成", 'H', '㍻', 1988, date(1989, 1, 8), date(2019, 4, 30)),
    row(Era::Reiwa, "令和", 'R', '㋿', 2018, date(2019, 5, 1), Date::MAX),
];

const fn row(era: Era, name: &'static str, letter: char, ligature: char, base: i16, first: Date, last: Date) -> Row {
    Row { era, name, letter, ligature, base, first, last }
}

/// How a stretch of time lies to the days of an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// At least one day is inside.
    Inside,
    /// All of it is before the first day: 令和元年4月30日.
    Before,
    /// All of it is after the last day: 平成32年度.
    After,
}

impl Era {
    /// All five, oldest first.
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// 明治, 大正, 昭和, 平成 or 令和.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// M, T, S, H or R.
    #[must_use]
    pub fn letter(self) -> char {
        self.row().letter
    }

    /// The first day. For 明治 the day of the proclamation; by it, all of 1868 became 明治元年.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.row().first
    }

    /// The last day; the end of the calendar for the running era.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.row().last
    }

    /// The Gregorian year of a year of this era, also beyond its end: 平成32年 is 2020. None for year 0.
    ///
    /// ```
    /// # use seisho_japanese::dates::Era;
    /// assert_eq!(Era::Reiwa.gregorian(8), Some(2026));
    /// assert_eq!(Era::Heisei.gregorian(32), Some(2020));
    /// assert_eq!(Era::Reiwa.gregorian(0), None);
    /// ```
    #[must_use]
    pub fn gregorian(self, year: u16) -> Option<i16> {
        if year == 0 { None } else { self.row().base.checked_add_unsigned(year) }
    }

    /// The year of this era that a Gregorian year is; none before its first. Says nothing about its end.
    #[must_use]
    pub fn year_of(self, gregorian: i16) -> Option<u16> {
        u16::try_from(gregorian - self.row().base).ok().filter(|n| *n > 0)
    }

    /// How a stretch of time lies to the days of this era.
    #[must_use]
    pub fn fit(self, start: Date, end: Date) -> Fit {
        if end < self.first_day() {
            Fit::Before
        } else if start > self.last_day() {
            Fit::After
        } else {
            Fit::Inside
        }
    }

    /// The era of a day and its year there; of two eras that share it, the later. None before 1868-10-23.
    ///
    /// | day | era year |
    /// |---|---|
    /// | 1912-07-30 | 大正元年 |
    /// | 1989-01-07 | 昭和64年 |
    /// | 2019-05-01 | 令和元年 |
    ///
    /// ```
    /// # use {jiff::civil::date, seisho_japanese::dates::Era};
    /// assert_eq!(Era::of(date(1912, 7, 30)), Some((Era::Taisho, 1)));
    /// assert_eq!(Era::of(date(1989, 1, 7)), Some((Era::Showa, 64)));
    /// assert_eq!(Era::of(date(2019, 5, 1)), Some((Era::Reiwa, 1)));
    /// ```
    #[must_use]
    pub fn of(day: Date) -> Option<(Era, u16)> {
        let era = Era::ALL.into_iter().rev().find(|e| e.first_day() <= day)?;
        Some((era, era.year_of(day.year())?))
    }

    /// The era of a letter, which has to be an ASCII capital.
    #[must_use]
    pub fn of_letter(letter: char) -> Option<Era> {
        TABLE.iter().find(|r| r.letter == letter).map(|r| r.era)
    }

    /// The era of a one-character ligature: ㋿.
    #[must_use]
    pub fn of_ligature(c: char) -> Option<Era> {
        TABLE.iter().find(|r| r.ligature == c).map(|r| r.era)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_indexed_by_the_era() {
        for era in Era::ALL {
            assert_eq!(era.row().era, era);
            assert_eq!(era.year_of(era.first_day().year()), Some(1));
        }
    }

    #[test]
    fn each_era_follows_the_one_before() {
        for pair in TABLE.windows(2) {
            let gap = pair[1].first.since(pair[0].last).unwrap().get_days();
            assert!((0..=1).contains(&gap), "{} to {}", pair[0].name, pair[1].name);
        }
    }

    #[test]
    fn shared_days_are_inside_both_eras() {
        let day = date(1926, 12, 25);
        assert_eq!((Era::Taisho.fit(day, day), Era::Showa.fit(day, day)), (Fit::Inside, Fit::Inside));
        assert_eq!(Era::of(day), Some((Era::Showa, 1)));
    }
}
