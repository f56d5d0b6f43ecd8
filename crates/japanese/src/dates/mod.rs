//! Dates in Japanese documents: finds them, and says which days they mean.
//!
//! Knows eras, fiscal years, ranges, and the words for when (年度末, 随時, 早急). Refuses to guess: what a
//! text leaves open stays open, what it says twice is compared, what cannot be is a fault and never
//! rolled to another day. The steps: a `cursor` walks the text, `parse` and `words` read one
//! expression into `syntax`, `resolve` asks the calendar (`era`, `fiscal`); `deadline` reads a cell.

mod abbreviated;
mod cursor;
mod deadline;
mod era;
mod fiscal;
mod parse;
mod resolve;
mod syntax;
mod words;

pub use abbreviated::{InFull, in_full};
pub use deadline::{Deadline, DeadlineKind, deadline};
pub use era::{Era, Fit, SOLAR_FROM};
pub use fiscal::{FiscalYear, fiscal_year_of};

use crate::numerals::is_numeral;
use cursor::{Cursor, Spacing};
use jiff::civil::Date;
use seisho_model::finding::Severity;
use seisho_model::text::TextRange;
use syntax::Expression;

/// How far back, in bytes, 同年 and 翌年 look for the date they count from: about the sentence before.
const ANCHOR_REACH: usize = 400;

/// What is known of the document that a text is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The fiscal year it is for: gives months without a year theirs.
    pub fiscal_year: Option<FiscalYear>,
    /// The day it was issued: tells a plan for 平成32年度 from a slip, and which year 本年 is.
    pub issued: Option<Date>,
}

/// A date expression in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where, in the text that was searched.
    pub range: TextRange,
    /// As written, with the words that belong to it: `（` no, `まで` yes.
    pub raw: String,
    /// What it means.
    pub meaning: Meaning,
    /// What a reader should know about it, in the order found; mostly empty.
    pub flags: Vec<Flag>,
}

/// What a date expression means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A stretch of time.
    Span(Span),
    /// All along or again and again: 随時, 通年, 毎月.
    Recurring,
    /// As soon as may be, without a day: 早急, 速やかに, 直ちに.
    Urgent,
    /// Spelt like a date, but there is no such day.
    Impossible(Fault),
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day. None: not said, or not known without a context.
    pub start: Option<Date>,
    /// Last day. None: as for `start`.
    pub end: Option<Date>,
    /// How exactly it is said; of a range, its right end.
    pub precision: Precision,
    /// Where its year comes from.
    pub basis: Basis,
    /// Which ends it has.
    pub bounds: Bounds,
    /// The era and year as written at its left end; none for western and unsaid years.
    pub era: Option<(Era, u16)>,
}

/// How exactly a time is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A day; also 9月末 and 年度末, which mean the last one.
    Day,
    /// 上旬, 中旬, 下旬, 前半, 後半.
    MonthPart,
    /// A month.
    Month,
    /// 第1四半期.
    Quarter,
    /// 上半期.
    Half,
    /// A year.
    Year,
    /// A fiscal year.
    FiscalYear,
}

/// Where the year of a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The expression says it.
    Text,
    /// The document's fiscal year.
    FiscalYear,
    /// The document's own date.
    Document,
    /// A date before it in the text.
    Neighbour,
    /// Nowhere: there are no days.
    Unknown,
}

/// Which ends a span has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// One day, month, year …, whole.
    Closed,
    /// Two ends, both said.
    Range,
    /// 以降, から, より, `9月～`: no end.
    From,
    /// まで, 以前, `～9月`, 年内: no start.
    Until,
}

/// Why there is no such day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 令和0年.
    YearZero,
    /// Outside what can be counted.
    NoSuchYear,
    /// 13月1日.
    NoSuchMonth,
    /// 2月30日, 令和8年2月29日.
    NoSuchDay,
}

/// Something a reader should know about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// What.
    pub kind: FlagKind,
    /// How much it matters in this document.
    pub severity: Severity,
}

/// What can be odd about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlagKind {
    /// After the last day of its era: 平成32年度. Info where the document is older than the change.
    EraOverrun,
    /// Before the first day of its era: 令和元年4月.
    EraUnderrun,
    /// Before 1873: months and days are not converted.
    Lunisolar,
    /// Two names of one year that are two years: 令和8年（2025年）.
    LabelsDisagree,
    /// The right end is before the left one. Both are given as written.
    Reversed,
    /// The weekday beside it is another day's.
    WeekdayDisagrees,
    /// 昨年, 同年: which year is not certain; no days are given.
    Ambiguous,
    /// 頃.
    Approximate,
}

impl FlagKind {
    /// Its name in snake case: `era_overrun`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EraOverrun => "era_overrun",
            Self::EraUnderrun => "era_underrun",
            Self::Lunisolar => "lunisolar",
            Self::LabelsDisagree => "labels_disagree",
            Self::Reversed => "reversed",
            Self::WeekdayDisagrees => "weekday_disagrees",
            Self::Ambiguous => "ambiguous",
            Self::Approximate => "approximate",
        }
    }
}

impl Precision {
    /// Its name in snake case: `fiscal_year`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::MonthPart => "month_part",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
            Self::FiscalYear => "fiscal_year",
        }
    }
}

impl Found {
    /// The span, if it means one.
    #[must_use]
    pub fn span(&self) -> Option<&Span> {
        match &self.meaning {
            Meaning::Span(span) => Some(span),
            _ => None,
        }
    }

    /// The single day it means with its year said, as for a document's own date.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        let said = |s: &&Span| s.precision == Precision::Day && s.basis == Basis::Text && s.bounds == Bounds::Closed;
        self.span().filter(said).and_then(|s| s.start)
    }

    /// The fiscal year it names, where it is just that: 令和8年度, not 令和8年度末 and not 今年度.
    #[must_use]
    pub fn fiscal_year(&self) -> Option<FiscalYear> {
        let whole = |s: &&Span| s.precision == Precision::FiscalYear && s.basis == Basis::Text && s.bounds == Bounds::Closed;
        let span = self.span().filter(whole)?;
        span.end?;
        match span.era {
            Some((era, year)) => FiscalYear::new(self.raw.as_str(), era, year),
            None => FiscalYear::starting_in(self.raw.as_str(), span.start?.year()),
        }
    }
}

/// Finds every date expression in a text, left to right, without overlaps.
///
/// In running text: blanks may stand around units (`令和 8 年 4 月`), not line ends, so wrapped lines
/// should be joined before. The work is linear in the length of the text.
///
/// | text | raw | start | end |
/// |---|---|---|---|
/// | `（令和6年2月22日）` | `令和6年2月22日` | 2024-02-22 | 2024-02-22 |
/// | `令和9年9月15日から10月15日で` | `令和9年9月15日から10月15日` | 2027-09-15 | 2027-10-15 |
/// | `令和8年5月26日以降遅滞なく` | `令和8年5月26日以降` | 2026-05-26 | |
/// | `(6月中)契約`, in 令和8年度 | `6月中` | 2026-06-01 | 2026-06-30 |
/// | `第9期、第2次、80～50%、24時間` | nothing | | |
///
/// ```
/// # use seisho_japanese::dates::{find, Context};
/// let found = find("令和8年4月1日に公表し、令和9年度から実施", &Context::default());
/// assert_eq!(found.iter().map(|f| f.raw.as_str()).collect::<Vec<_>>(), ["令和8年4月1日", "令和9年度から"]);
/// assert_eq!(found[0].day().unwrap().to_string(), "2026-04-01");
/// assert_eq!(found[1].span().unwrap().end, None);
/// assert!(find("第9期計画の100周年、達成率80～50%", &Context::default()).is_empty());
/// ```
#[must_use]
pub fn find(text: &str, context: &Context) -> Vec<Found> {
    scan(text, context, Spacing::Close).into_iter().map(|hit| hit.found).collect()
}

/// Reads a text that is one date expression and nothing else but blanks around it.
///
/// ```
/// # use seisho_japanese::dates::{read, Context};
/// assert_eq!(read("㋿8年4月1日", &Context::default()).unwrap().day().unwrap().to_string(), "2026-04-01");
/// assert!(read("令和8年4月1日付け", &Context::default()).is_none());
/// ```
#[must_use]
pub fn read(text: &str, context: &Context) -> Option<Found> {
    let mut found = find(text, context);
    let only = if found.len() == 1 { found.pop() } else { None }?;
    let range = only.range.as_usize();
    (text[..range.start].trim().is_empty() && text[range.end..].trim().is_empty()).then_some(only)
}

/// The first fiscal year that a text names, as a title does: `令和8年度 組織目標展開整理表` → 令和8年度.
///
/// ```
/// # use seisho_japanese::dates::fiscal_year;
/// assert_eq!(fiscal_year("平成31年（令和元年）度 方針").map(|y| y.gregorian), Some(2019));
/// assert_eq!(fiscal_year("次年度の方針"), None);
/// ```
#[must_use]
pub fn fiscal_year(text: &str) -> Option<FiscalYear> {
    find(text, &Context::default()).iter().find_map(Found::fiscal_year)
}

/// A find together with what was read.
struct Hit {
    found: Found,
    expression: Expression,
}

fn scan(text: &str, context: &Context, spacing: Spacing) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let c = Cursor::new(text, at, spacing);
        let Some((expression, end)) = Some(c).filter(may_start).and_then(parse::expression) else {
            at = past(c).at;
            continue;
        };
        hits.push(hit(expression, text, at, end.at, context, anchor(hits.last(), at)));
        at = end.at;
    }
    hits
}

fn hit(expression: Expression, text: &str, start: usize, end: usize, context: &Context, anchor: Option<i16>) -> Hit {
    let (meaning, flags) = resolve::resolve(&expression, context, anchor);
    Hit { found: Found { range: TextRange::new(start, end), raw: text[start..end].to_owned(), meaning, flags }, expression }
}

/// The year that 同年 means here.
fn anchor(last: Option<&Hit>, at: usize) -> Option<i16> {
    let found = &last?.found;
    let near = at - found.range.as_usize().end <= ANCHOR_REACH;
    found.span().filter(|s| near && s.precision != Precision::FiscalYear).and_then(|s| s.start.or(s.end)).map(Date::year)
}

/// False where no expression can start: another character, or one that goes on from a number or a word.
fn may_start(c: &Cursor<'_>) -> bool {
    const FIRST: &str = "明大昭平令㍾㍽㍼㍻㋿MTSHR~年上下第随通常毎早速す直た至今本当次翌来再前昨先一同";
    let Some(first) = c.peek().filter(|n| is_numeral(*n) || FIRST.contains(*n)) else { return false };
    let mut before = c.before();
    let Some(last) = before.next() else { return true };
    if first.is_ascii_alphanumeric() {
        // 3.11, 192.168.1.1, v1.2, 10:30, 6,500, PR8
        let joined = match last {
            '.' | '/' | '-' | '_' => before.next().is_some_and(|c| c.is_ascii_alphanumeric()),
            ',' | ':' => before.next().is_some_and(|c| c.is_ascii_digit()),
            _ => last.is_ascii_alphanumeric() || (is_numeral(last) && is_numeral(first)) || "第数何幾$¥".contains(last),
        };
        return !joined;
    }
    !is_numeral(first) || first == '一' || !(is_numeral(last) || "第数何幾".contains(last))
}

/// Past what cannot start an expression: a whole run of digits, with 第 before it, or one character.
fn past(c: Cursor<'_>) -> Cursor<'_> {
    let start = if c.peek() == Some('第') { c.step().gap() } else { c };
    let run = start.rest().chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum::<usize>();
    if run == 0 { c.step() } else { start.further(run) }
}
