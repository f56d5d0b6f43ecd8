//! From what an expression says to the days it means.
//!
//! Knows the rules of years, eras and fiscal years (facts §4, rules 2 to 8) and takes the document's year
//! and date from the context. Refuses to know spelling. Nothing is rolled over: a day that does not exist
//! is a fault, a right end before the left one is flagged.

use super::era::{Era, Fit, SOLAR_FROM};
use super::syntax::{Calendar, Expression, Label, Open, Part, Point, Unit, Year};
use super::{Basis, Bounds, Context, Fault, Flag, FlagKind, Meaning, Precision, Span, fiscal};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use seisho_model::finding::Severity;

/// A leap year: a day without a year exists if it exists there.
const SOME_LEAP_YEAR: i16 = 2000;

/// One end, resolved.
struct End {
    days: Option<(Date, Date)>,
    precision: Precision,
    basis: Basis,
    /// 年内: only its end is meant.
    by: bool,
}

pub(super) struct Resolver<'c> {
    context: &'c Context,
    /// The year of the date before this one, for 同年 and 翌年.
    anchor: Option<i16>,
    flags: Vec<Flag>,
}

/// The meaning of an expression and what a reader should know about it.
pub(super) fn resolve(expression: &Expression, context: &Context, anchor: Option<i16>) -> (Meaning, Vec<Flag>) {
    let mut resolver = Resolver { context, anchor, flags: Vec::new() };
    let span = match expression {
        Expression::Recurring => return (Meaning::Recurring, Vec::new()),
        Expression::Urgent => return (Meaning::Urgent, Vec::new()),
        Expression::Single { point, open, approximate } => resolver.single(point, *open, *approximate),
        Expression::Range { left, right, approximate } => resolver.range(left, right, *approximate),
    };
    (span.map_or_else(Meaning::Impossible, Meaning::Span), resolver.flags)
}

impl Resolver<'_> {
    fn flag(&mut self, kind: FlagKind, severity: Severity) {
        let flag = Flag { kind, severity };
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }

    fn single(&mut self, point: &Point, open: Open, approximate: bool) -> Result<Span, Fault> {
        let end = self.end(point, false)?;
        if approximate {
            self.flag(FlagKind::Approximate, Severity::Info);
        }
        let (start, last) = end.days.unzip();
        let outset = point.unit == Unit::Outset;
        let (bounds, start, last) = match open {
            Open::Right => (Bounds::From, start, None),
            Open::Left => (Bounds::Until, None, last),
            Open::Neither if end.by => (Bounds::Until, None, last),
            Open::Neither => (Bounds::Closed, start, last),
        };
        // 年度当初 says where it begins and not where it stops.
        let last = last.filter(|_| !outset);
        Ok(Span { start, end: last, precision: end.precision, basis: end.basis, bounds, era: era_of(point) })
    }

    fn range(&mut self, left: &Point, right: &Point, approximate: bool) -> Result<Span, Fault> {
        let from = self.end(left, false)?;
        self.anchor = from.days.map(|(start, _)| start.year()).or(self.anchor);
        let to = self.end(right, true)?;
        if approximate {
            self.flag(FlagKind::Approximate, Severity::Info);
        }
        let (start, last) = (from.days.map(|d| d.0), to.days.map(|d| d.1));
        if start.zip(last).is_some_and(|(start, last)| last < start) {
            self.flag(FlagKind::Reversed, Severity::Warning);
        }
        let basis = if from.days.is_some() { from.basis } else { to.basis };
        Ok(Span { start, end: last, precision: to.precision, basis, bounds: Bounds::Range, era: era_of(left) })
    }

    /// The days of one end. `anchored`: it is the right end of a range, so that a bare 翌年 has a year to count from.
    fn end(&mut self, point: &Point, anchored: bool) -> Result<End, Fault> {
        let mut precision = precision(point);
        let (year, basis) = self.year(point, anchored)?;
        let by = point.calendar == Calendar::Civil && point.unit == Unit::Within && point.year == Year::Unsaid;
        let Some(year) = year else {
            exists(point.unit)?;
            return Ok(End { days: None, precision, basis, by });
        };
        let mut days = extent(year, point.calendar, point.unit)?;
        if is_lunisolar(point, year) {
            self.flag(FlagKind::Lunisolar, Severity::Info);
            if point.calendar == Calendar::Civil {
                days = whole_year(year)?;
                precision = Precision::Year;
            }
        } else {
            self.check_eras(point, year, days)?;
        }
        self.check_weekday(point, days.0);
        Ok(End { days: Some(days), precision, basis, by })
    }

    /// The Gregorian year (of the start, for a fiscal year) and where it was found.
    fn year(&mut self, point: &Point, anchored: bool) -> Result<(Option<i16>, Basis), Fault> {
        let fiscal = self.context.fiscal_year.as_ref().map(|y| y.gregorian);
        Ok(match point.year {
            Year::Said(first, second) => {
                let year = gregorian(first)?;
                if second.map(gregorian).transpose()?.is_some_and(|other| other != year) {
                    self.flag(FlagKind::LabelsDisagree, Severity::Warning);
                }
                (Some(year), Basis::Text)
            }
            Year::Unsaid => based(fiscal, Basis::FiscalYear),
            Year::OffFiscal(n) => based(fiscal.map(|y| y + n), Basis::FiscalYear),
            Year::Following => match self.anchor.filter(|_| anchored) {
                Some(year) => based(Some(year + 1), Basis::Neighbour),
                None => based(fiscal.map(|y| y + 1), Basis::FiscalYear),
            },
            Year::OffDocument(n) => {
                let issued = self.context.issued.map(|d| d.year() + n).filter(|_| point.unit != Unit::Whole);
                self.flag_unless(issued);
                based(issued, Basis::Document)
            }
            Year::OffAnchor(n) => {
                let near = self.anchor.map(|y| y + n).filter(|_| anchored || point.unit != Unit::Whole);
                self.flag_unless(near);
                based(near, Basis::Neighbour)
            }
        })
    }

    /// 昨年 and 前年 alone may mean a year or a fiscal year.
    fn flag_unless(&mut self, year: Option<i16>) {
        if year.is_none() {
            self.flag(FlagKind::Ambiguous, Severity::Info);
        }
    }

    /// Flags an era that has no day in the time it names, unless its other name fits: 平成31年（令和元年）12月.
    fn check_eras(&mut self, point: &Point, year: i16, days: (Date, Date)) -> Result<(), Fault> {
        let Year::Said(first, second) = point.year else { return Ok(()) };
        // A month of a fiscal year goes by the name of that year: 平成31年度3月 is in 2020.
        let (start, end) = if point.calendar == Calendar::Fiscal { extent(year, Calendar::Fiscal, Unit::Whole)? } else { days };
        let eras = [Some(first), second].into_iter().flatten().filter_map(|label| match label {
            Label::Era(era, _) => Some((era, era.fit(start, end))),
            Label::Western(_) => None,
        });
        let fits: Vec<(Era, Fit)> = eras.collect();
        if fits.iter().any(|(_, fit)| *fit == Fit::Inside) {
            return Ok(());
        }
        if let Some((era, fit)) = fits.first() {
            let (kind, change) = match fit {
                Fit::Before => (FlagKind::EraUnderrun, era.first_day()),
                _ => (FlagKind::EraOverrun, era.last_day().saturating_add(1.day())),
            };
            self.flag(kind, if self.predates(change) { Severity::Info } else { Severity::Warning });
        }
        Ok(())
    }

    /// True when the document was written before a change of era, as far as the context says: before it,
    /// 平成32年度 was the normal way to name that year.
    fn predates(&self, change: Date) -> bool {
        let written = self.context.issued.or_else(|| self.context.fiscal_year.as_ref().map(|y| y.start));
        written.is_some_and(|day| day < change)
    }

    fn check_weekday(&mut self, point: &Point, day: Date) {
        let Unit::Day { weekday: Some(weekday), .. } = point.unit else { return };
        if day >= SOLAR_FROM && day.weekday().to_monday_zero_offset() != weekday {
            self.flag(FlagKind::WeekdayDisagrees, Severity::Warning);
        }
    }
}

fn based(year: Option<i16>, basis: Basis) -> (Option<i16>, Basis) {
    (year, if year.is_some() { basis } else { Basis::Unknown })
}

fn gregorian(label: Label) -> Result<i16, Fault> {
    label.gregorian().ok_or(Fault::YearZero)
}

fn era_of(point: &Point) -> Option<(Era, u16)> {
    match point.year {
        Year::Said(Label::Era(era, n), _) => Some((era, n)),
        _ => None,
    }
}

/// Before 1873 days and months were counted by the moon, and years of an era with them.
fn is_lunisolar(point: &Point, year: i16) -> bool {
    let by_era = matches!(point.year, Year::Said(Label::Era(..), _));
    year < SOLAR_FROM.year() && (by_era || point.unit != Unit::Whole)
}

fn precision(point: &Point) -> Precision {
    match (point.unit, point.calendar) {
        (Unit::Day { .. } | Unit::End | Unit::Month(_, Part::End), _) => Precision::Day,
        (Unit::Month(_, Part::Whole), _) => Precision::Month,
        (Unit::Month(..), _) => Precision::MonthPart,
        (Unit::Quarter(_), _) => Precision::Quarter,
        (Unit::Half(_), _) => Precision::Half,
        (Unit::Whole | Unit::Within | Unit::Outset, Calendar::Civil) => Precision::Year,
        (Unit::Whole | Unit::Within | Unit::Outset, Calendar::Fiscal) => Precision::FiscalYear,
    }
}

/// First and last day of a part of a year.
fn extent(year: i16, calendar: Calendar, unit: Unit) -> Result<(Date, Date), Fault> {
    let (first, last) = match calendar {
        Calendar::Civil => whole_year(year)?,
        Calendar::Fiscal => fiscal::days(year).ok_or(Fault::NoSuchYear)?,
    };
    let months = |from: i32, count: i32| {
        let start = first.saturating_add(from.months());
        (start, start.saturating_add(count.months()).saturating_sub(1.day()))
    };
    let year_of = |month: u16| if calendar == Calendar::Fiscal && month <= 3 { year.saturating_add(1) } else { year };
    Ok(match unit {
        Unit::Whole | Unit::Within => (first, last),
        Unit::End => (last, last),
        Unit::Outset => (first, first),
        Unit::Half(n) => months(6 * (i32::from(n) - 1), 6),
        Unit::Quarter(n) => months(3 * (i32::from(n) - 1), 3),
        Unit::Month(month, part) => part_of(first_of(year_of(month), month)?, part),
        Unit::Day { month, day, .. } => {
            let first = first_of(year_of(month), month)?;
            let day = i8::try_from(day).ok().and_then(|d| Date::new(first.year(), first.month(), d).ok()).ok_or(Fault::NoSuchDay)?;
            (day, day)
        }
    })
}

fn whole_year(year: i16) -> Result<(Date, Date), Fault> {
    let first = Date::new(year, 1, 1).map_err(|_| Fault::NoSuchYear)?;
    Ok((first, first.last_of_year()))
}

fn first_of(year: i16, month: u16) -> Result<Date, Fault> {
    let month = i8::try_from(month).map_err(|_| Fault::NoSuchMonth)?;
    Date::new(year, month, 1).map_err(|_| if (1..=12).contains(&month) { Fault::NoSuchYear } else { Fault::NoSuchMonth })
}

fn part_of(first: Date, part: Part) -> (Date, Date) {
    let last = first.last_of_month();
    let day = |d: i8| date(first.year(), first.month(), d);
    match part {
        Part::Whole => (first, last),
        Part::End => (last, last),
        Part::Early => (first, day(10)),
        Part::Middle => (day(11), day(20)),
        Part::Late => (day(21), last),
        Part::FirstHalf => (first, day(15)),
        Part::SecondHalf => (day(16), last),
    }
}

/// Refuses a month or day that no year has.
fn exists(unit: Unit) -> Result<(), Fault> {
    extent(SOME_LEAP_YEAR, Calendar::Civil, unit).map(|_| ())
}
