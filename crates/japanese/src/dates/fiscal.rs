//! The fiscal year of Japanese public bodies: April to March.
//!
//! Knows its days and its names. Refuses to know which document it belongs to.

use super::era::{Era, Fit};
use jiff::civil::{Date, date};

/// A fiscal year as a document names it.
///
/// | raw | era | year | gregorian | start | end |
/// |---|---|---|---|---|---|
/// | `令和8年度` | 令和 | 8 | 2026 | 2026-04-01 | 2027-03-31 |
/// | `平成31年度` | 平成 | 31 | 2019 | 2019-04-01 | 2020-03-31 |
/// | `2026年度` | 令和 | 8 | 2026 | 2026-04-01 | 2027-03-31 |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalYear {
    /// As written.
    pub raw: String,
    /// The era it is written in; for a western year, the era of its usual name.
    pub era: Era,
    /// The year of that era, from 1.
    pub year: u16,
    /// The Gregorian year it starts in.
    pub gregorian: i16,
    /// 1 April.
    pub start: Date,
    /// 31 March of the year after.
    pub end: Date,
}

impl FiscalYear {
    /// The fiscal year n of an era; none for year 0 and beyond year 9998.
    ///
    /// ```
    /// # use seisho_japanese::dates::{Era, FiscalYear};
    /// let year = FiscalYear::new("令和8年度", Era::Reiwa, 8).unwrap();
    /// assert_eq!((year.start.to_string(), year.end.to_string()), ("2026-04-01".into(), "2027-03-31".into()));
    /// ```
    #[must_use]
    pub fn new(raw: impl Into<String>, era: Era, year: u16) -> Option<Self> {
        let gregorian = era.gregorian(year)?;
        let (start, end) = days(gregorian)?;
        Some(Self { raw: raw.into(), era, year, gregorian, start, end })
    }

    /// The fiscal year that starts in a Gregorian year, under its usual name: the era of its last day,
    /// unless its first year was not counted there (1988 is 昭和63年度, 2019 is 令和元年度). None before 1868.
    #[must_use]
    pub fn starting_in(raw: impl Into<String>, gregorian: i16) -> Option<Self> {
        let (start, end) = days(gregorian)?;
        let (era, year) = [end, start].into_iter().find_map(|day| named(gregorian, day))?;
        Some(Self { raw: raw.into(), era, year, gregorian, start, end })
    }

    /// True when some day of it lies in its era: false for 平成32年度 and 昭和64年度.
    #[must_use]
    pub fn is_in_era(&self) -> bool {
        self.era.fit(self.start, self.end) == Fit::Inside
    }

    /// True when a day is in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        (self.start..=self.end).contains(&day)
    }

    /// Every correct name, oldest era first, then the western one.
    ///
    /// ```
    /// # use seisho_japanese::dates::{Era, FiscalYear};
    /// let year = FiscalYear::new("平成31年度", Era::Heisei, 31).unwrap();
    /// assert_eq!(year.labels(), ["平成31年度", "令和元年度", "2019年度"]);
    /// ```
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        let eras = Era::ALL.into_iter().filter(|era| era.fit(self.start, self.end) == Fit::Inside);
        let named = eras.filter_map(|era| Some((era, era.year_of(self.gregorian)?)));
        named.map(|(era, n)| label(era, n)).chain([format!("{}年度", self.gregorian)]).collect()
    }
}

/// The fiscal year of a day, under the name in use on that day: 2019-04-15 is in 平成31年度, 2019-05-01 in
/// 令和元年度, and 1989-02-01 still in 昭和63年度. `raw` is that name. None before 1868-10-23.
///
/// ```
/// # use {jiff::civil::date, seisho_japanese::dates::fiscal_year_of};
/// assert_eq!(fiscal_year_of(date(2027, 3, 31)).unwrap().raw, "令和8年度");
/// assert_eq!(fiscal_year_of(date(2019, 5, 1)).unwrap().raw, "令和元年度");
/// assert_eq!(fiscal_year_of(date(1989, 2, 1)).unwrap().raw, "昭和63年度");
/// ```
#[must_use]
pub fn fiscal_year_of(day: Date) -> Option<FiscalYear> {
    let gregorian = if day.month() >= 4 { day.year() } else { day.year() - 1 };
    let (start, _) = days(gregorian)?;
    let (era, year) = [day, start].into_iter().find_map(|d| named(gregorian, d))?;
    FiscalYear::new(label(era, year), era, year)
}

/// First and last day of the fiscal year that starts in a Gregorian year.
pub(super) fn days(gregorian: i16) -> Option<(Date, Date)> {
    let start = Date::new(gregorian, 4, 1).ok()?;
    let end = Date::new(gregorian.checked_add(1)?, 3, 31).ok()?;
    Some((start, end)).filter(|_| start >= date(1868, 1, 1))
}

/// The name of a fiscal year in the era of one of its days.
fn named(gregorian: i16, day: Date) -> Option<(Era, u16)> {
    let (era, _) = Era::of(day)?;
    Some((era, era.year_of(gregorian)?))
}

fn label(era: Era, year: u16) -> String {
    match year {
        1 => format!("{}元年度", era.name()),
        n => format!("{}{n}年度", era.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_change_have_their_usual_names() {
        let name = |gregorian| FiscalYear::starting_in("", gregorian).map(|y| (y.era, y.year));
        assert_eq!(name(1988), Some((Era::Showa, 63))); // 昭和64年 had seven days, none in its own 年度
        assert_eq!(name(1989), Some((Era::Heisei, 1)));
        assert_eq!(name(2019), Some((Era::Reiwa, 1)));
        assert_eq!(name(2026), Some((Era::Reiwa, 8)));
        assert_eq!(name(1867), None);
    }

    #[test]
    fn names_beyond_an_era_are_told() {
        let known = [(Era::Heisei, 31, true), (Era::Heisei, 32, false), (Era::Showa, 63, true), (Era::Showa, 64, false)];
        for (era, n, inside) in known.into_iter().chain([(Era::Heisei, 1, true), (Era::Reiwa, 1, true)]) {
            assert_eq!(FiscalYear::new("", era, n).unwrap().is_in_era(), inside, "{}{n}年度", era.name());
        }
        assert_eq!(FiscalYear::new("", Era::Reiwa, 0), None);
    }
}
