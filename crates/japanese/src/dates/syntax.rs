//! What a date expression says, before any calendar is asked.
//!
//! Knows the parts of an expression as written. Refuses to know which days they are.

use super::era::Era;

/// A year as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// 令和8.
    Era(Era, u16),
    /// 2026.
    Western(i16),
}

impl Label {
    /// The Gregorian year; none for year 0 of an era.
    pub(super) fn gregorian(self) -> Option<i16> {
        match self {
            Self::Era(era, n) => era.gregorian(n),
            Self::Western(year) => Some(year),
        }
    }
}

/// Which year an expression is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Said, perhaps twice: 平成31年（令和元年）.
    Said(Label, Option<Label>),
    /// So many years from the document's fiscal year: 次年度.
    OffFiscal(i16),
    /// So many years from the year of the document's date: 本年, 来年.
    OffDocument(i16),
    /// So many years from the date before it in the text: 同年, 翌年.
    OffAnchor(i16),
    /// The calendar year after that of the date before it, or after that in which the fiscal year begins: 翌5月.
    Following,
    /// Not said.
    Unsaid,
}

/// Which kind of year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    /// 年, January to December.
    Civil,
    /// 年度, April to March.
    Fiscal,
}

/// Which part of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The month.
    Whole,
    /// 末, 末日.
    End,
    /// 上旬, 初旬: days 1 to 10.
    Early,
    /// 中旬: days 11 to 20.
    Middle,
    /// 下旬: day 21 to the last.
    Late,
    /// 前半: days 1 to 15.
    FirstHalf,
    /// 後半: day 16 to the last.
    SecondHalf,
}

/// Which part of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// The year.
    Whole,
    /// 末.
    End,
    /// 内, 中.
    Within,
    /// 当初.
    Outset,
    /// 上半期 is 1, 下半期 is 2.
    Half(u16),
    /// 第1四半期 is 1.
    Quarter(u16),
    /// A month, as written: it may not exist.
    Month(u16, Part),
    /// A day, as written: it may not exist.
    Day {
        /// The month.
        month: u16,
        /// The day.
        day: u16,
        /// Days after Monday, where a weekday is written beside it.
        weekday: Option<i8>,
    },
}

/// One end of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: Year,
    pub(super) calendar: Calendar,
    pub(super) unit: Unit,
    /// The separator of a form like R8.4.1; its range may go on with `5.1`.
    pub(super) dotted: Option<char>,
}

impl Point {
    pub(super) fn new(year: Year, calendar: Calendar, unit: Unit) -> Self {
        Self { year, calendar, unit, dotted: None }
    }

    /// A month or day without a year; a document counts those by its fiscal year.
    pub(super) fn bare(unit: Unit) -> Self {
        Self::new(Year::Unsaid, Calendar::Fiscal, unit)
    }
}

/// Which ends are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Neither.
    Neither,
    /// 以降, から, より, 9月～.
    Right,
    /// まで, 以前, ～9月.
    Left,
}

/// A whole expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// One stretch of time.
    Single {
        /// When.
        point: Point,
        /// Which ends are open.
        open: Open,
        /// With 頃.
        approximate: bool,
    },
    /// From one to another.
    Range {
        /// From.
        left: Point,
        /// To. What it leaves unsaid is already taken from the left.
        right: Point,
        /// With 頃.
        approximate: bool,
    },
    /// 随時, 通年, 毎月.
    Recurring,
    /// 早急, 速やかに, 直ちに.
    Urgent,
}
