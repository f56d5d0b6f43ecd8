//! What a deadline cell (いつまで) means.
//!
//! Knows the kinds of the output contract and how a cell is laid out: wrapped, with a remark in
//! brackets. Refuses to choose between two deadlines: then it lists them.

use super::cursor::{Cursor, Spacing};
use super::fiscal::FiscalYear;
use super::syntax::{Calendar, Expression, Open, Part, Point, Unit};
use super::{Context, Flag, Found, Hit, InFull, Meaning, hit, in_full, scan};
use jiff::civil::Date;
pub use seisho_model::record::DeadlineKind;
use seisho_model::text::TextRange;

/// A deadline cell, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The cell, as given.
    pub raw: String,
    /// The kind.
    pub kind: DeadlineKind,
    /// The last day. None where the text gives no end, where its year is not known, and where it cannot be.
    pub until: Option<Date>,
    /// The expressions it was read from, ranges in `raw`; remarks in brackets only where nothing else is said.
    /// With several distinct deadlines all of them, and the kind is other.
    pub candidates: Vec<Found>,
    /// What the expressions were flagged with.
    pub flags: Vec<Flag>,
}

impl Deadline {
    /// True when the cell says more than one deadline.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.kind == DeadlineKind::Other && self.candidates.len() > 1
    }
}

/// Words that make a cell ongoing or immediate only when they are all it says: in running text 早期発見 is no deadline.
const ALONE: [(&str, DeadlineKind); 14] = [
    ("継続", DeadlineKind::Ongoing),
    ("継続的", DeadlineKind::Ongoing),
    ("継続実施", DeadlineKind::Ongoing),
    ("適宜", DeadlineKind::Ongoing),
    ("毎日", DeadlineKind::Ongoing),
    ("日常的", DeadlineKind::Ongoing),
    ("定期的", DeadlineKind::Ongoing),
    ("年間", DeadlineKind::Ongoing),
    ("年間を通して", DeadlineKind::Ongoing),
    ("年間を通じて", DeadlineKind::Ongoing),
    ("早期", DeadlineKind::Immediate),
    ("早め", DeadlineKind::Immediate),
    ("即時", DeadlineKind::Immediate),
    ("できるだけ早く", DeadlineKind::Immediate),
];

/// Reads a deadline cell of a document for a fiscal year.
///
/// A range ends at its right end. An open range (`9月～`, 令和8年5月以降) keeps its kind and has no `until`.
/// A remark in brackets counts only where nothing stands outside. Several distinct deadlines: other.
///
/// | cell, in 令和7年度 | kind | until |
/// |---|---|---|
/// | `3月` | month | 2026-03-31 |
/// | `9月末`, `4月～9月`, `９\n月` | month | 2025-09-30 |
/// | `9月10日まで`, `R7.9.10`, `9/10` | date | 2025-09-10 |
/// | `翌5月` | month | 2026-05-31 |
/// | `年度末`, `年度内` | fiscal_year_end | 2026-03-31 |
/// | `年内` | year_end | 2025-12-31 |
/// | `随時` / `早急` | ongoing / immediate | |
/// | `上半期` | other | 2025-09-30 |
/// | `9月、3月` / `未定` | other | |
///
/// ```
/// # use seisho_japanese::dates::{deadline, DeadlineKind, fiscal_year};
/// let year = fiscal_year("令和7年度").unwrap();
/// let read = |cell| { let d = deadline(cell, Some(&year)); (d.kind, d.until.map(|d| d.to_string()).unwrap_or_default()) };
/// assert_eq!(read("3月"), (DeadlineKind::Month, "2026-03-31".into()));
/// assert_eq!(read("9月\n（案は6月）"), (DeadlineKind::Month, "2025-09-30".into()));
/// assert_eq!(read("R7.11"), (DeadlineKind::Month, "2025-11-30".into()));
/// assert_eq!(read("翌5月"), (DeadlineKind::Month, "2026-05-31".into()));
/// assert_eq!(read("11月～翌2月"), (DeadlineKind::Month, "2026-02-28".into()));
/// assert_eq!(read("随時"), (DeadlineKind::Ongoing, String::new()));
/// assert_eq!(deadline("3月", None).until, None);
/// ```
#[must_use]
pub fn deadline(raw: &str, fiscal_year: Option<&FiscalYear>) -> Deadline {
    let context = Context { fiscal_year: fiscal_year.cloned(), issued: None };
    let all = scan(raw, &context, Spacing::Loose);
    let last = last_of_ongoing(raw, &all);
    let mut hits = outside_brackets(raw, all);
    if hits.is_empty() {
        hits.extend(slashed(raw, &context));
    }
    if hits.is_empty()
        && let Some(spelled) = written_out(raw, fiscal_year)
    {
        let Deadline { kind, until, flags, .. } = deadline(&spelled, fiscal_year);
        return Deadline { raw: raw.to_owned(), kind, until, candidates: Vec::new(), flags };
    }
    let mut readings: Vec<(DeadlineKind, Option<Date>)> = hits.iter().map(reading).collect();
    let flags = hits.iter().flat_map(|h| h.found.flags.iter().copied()).collect();
    // 4月から随時: the start of something ongoing is no second deadline.
    if readings.iter().any(|r| r.0 == DeadlineKind::Ongoing) {
        let mut starts = hits.iter().map(is_start);
        readings.retain(|_| !starts.next().unwrap_or(false));
    }
    // 2026年/3, 昭和101年3月, R7.2.1 9: figures beside the date may belong to it, and make another one of it.
    if hits.iter().any(|hit| touches_figures(raw, hit.found.range) || touches_season(raw, hit.found.range)) || has_loose_figures(raw, &hits)
    {
        readings = vec![(DeadlineKind::Other, None)];
    }
    readings.dedup();
    let (kind, until) = match readings.as_slice() {
        [] => (alone(raw), None),
        [(DeadlineKind::Ongoing, None)] => (DeadlineKind::Ongoing, last),
        [only] => *only,
        [first, rest @ ..] if rest.iter().all(|r| r == first) => *first,
        _ => (DeadlineKind::Other, None),
    };
    Deadline { raw: raw.to_owned(), kind, until, candidates: hits.into_iter().map(|h| h.found).collect(), flags }
}

/// The day up to which something ongoing goes on, where a remark in brackets says so: 随時（3月まで）.
fn last_of_ongoing(raw: &str, hits: &[Hit]) -> Option<Date> {
    let is_end = |hit: &&Hit| {
        let range = hit.found.range.as_usize();
        raw[range.clone()].ends_with("まで") || raw[range.end..].trim_start().starts_with("まで")
    };
    let mut ends = hits.iter().filter(is_end);
    ends.next().map(reading).and_then(|(_, until)| until).filter(|_| ends.next().is_none())
}

/// A cell that is all `R7.11` or `2026/3`: in running text that may be a version or a ratio, in a deadline a month. Where
/// its year is open (`26/3`), the one that lies in the fiscal year, if it is the only one.
fn written_out(raw: &str, fiscal_year: Option<&FiscalYear>) -> Option<String> {
    if let Some(full) = year_without_era(raw, fiscal_year) {
        return Some(full);
    }
    match in_full(raw)? {
        InFull::Sure(full) => Some(full),
        InFull::Guess(full) => {
            let year = fiscal_year?;
            let context = Context { fiscal_year: Some(year.clone()), issued: None };
            let end = |text: &str| scan(text, &context, Spacing::Loose).first().and_then(|hit| hit.found.span()?.end);
            let mut inside = full.into_iter().filter(|text| end(text).is_some_and(|end| year.contains(end)));
            inside.next().filter(|_| inside.next().is_none())
        }
    }
}

/// `7年度末` in 令和7年度 or soon after it: the era is the document's, or the figures are the last two of a western year.
fn year_without_era(raw: &str, fiscal_year: Option<&FiscalYear>) -> Option<String> {
    let of_document = fiscal_year?;
    let text = raw.trim();
    let (number, rest) = Cursor::new(text, 0, Spacing::Loose).small_number()?;
    if !rest.rest().starts_with("年度") {
        return None;
    }
    let soon = |year: u16| (year..=year + YEARS_AHEAD).contains(&number);
    if soon(of_document.year) {
        Some(format!("{}{text}", of_document.era.name()))
    } else if soon(of_document.gregorian.unsigned_abs() % 100) {
        Some(format!("20{text}"))
    } else {
        None
    }
}

/// Goals are due no later than so many years after their own.
const YEARS_AHEAD: u16 = 5;

/// A cell that is all `9/30`: in running text that is a fraction, in a deadline a day.
fn slashed(raw: &str, context: &Context) -> Option<Hit> {
    let start = Cursor::new(raw, 0, Spacing::Loose).gap();
    let (month, c) = start.small_number()?;
    let (day, end) = c.eat(|c| c == '/')?.small_number()?;
    let last = end.gap().word("まで").unwrap_or(end);
    let plausible = (1..=12).contains(&month) && (1..=31).contains(&day) && last.gap().rest().is_empty();
    let point = Point::bare(Unit::Day { month, day, weekday: None });
    let expression = Expression::Single { point, open: Open::Neither, approximate: false };
    plausible.then(|| hit(expression, raw, start.at, last.at, context, None))
}

/// Whether a find is followed by a season, which says when in the year (2026年春), or by what comes after it (議会後).
fn touches_season(raw: &str, range: TextRange) -> bool {
    raw[range.end as usize..].trim_start().trim_start_matches('の').starts_with(['春', '夏', '秋', '冬'])
}

/// Whether a year stands right before a find, or figures right behind it, that are no part of it.
fn touches_figures(raw: &str, range: TextRange) -> bool {
    let (before, after) = (raw[..range.start as usize].trim_end(), raw[range.end as usize..].trim_start());
    let is_year = before.strip_suffix('年').is_some_and(|year| year.ends_with(|c: char| c.is_numeric()));
    let behind = after.strip_prefix(['/', '／', '.', '．', '・']).is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric()));
    is_year || behind
}

/// Whether figures alone stand before, behind or between the finds.
fn has_loose_figures(raw: &str, hits: &[Hit]) -> bool {
    let ends = std::iter::once(0).chain(hits.iter().map(|hit| hit.found.range.end as usize));
    let starts = hits.iter().map(|hit| hit.found.range.start as usize).chain([raw.len()]);
    let is_figures = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_numeric() || c.is_whitespace());
    !hits.is_empty() && ends.zip(starts).any(|(end, start)| raw.get(end..start).is_some_and(|text| is_figures(text.trim())))
}

/// The finds outside brackets; all of them where none is. A bracket inside a find is part of it.
fn outside_brackets(raw: &str, hits: Vec<Hit>) -> Vec<Hit> {
    let mut depth = 0_usize;
    let mut marks = raw.char_indices().peekable();
    let inside: Vec<bool> = hits
        .iter()
        .map(|hit| {
            let start = hit.found.range.as_usize().start;
            while let Some((_, c)) = marks.next_if(|(at, _)| *at < start) {
                match c {
                    '(' | '（' | '［' | '[' | '〔' | '【' | '「' | '＜' | '<' | '〈' | '《' => depth += 1,
                    ')' | '）' | '］' | ']' | '〕' | '】' | '」' | '＞' | '>' | '〉' | '》' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            depth > 0
        })
        .collect();
    if inside.iter().all(|i| *i) {
        return hits;
    }
    hits.into_iter().zip(inside).filter(|(_, inside)| !inside).map(|(hit, _)| hit).collect()
}

/// Kind and last day of one expression.
fn reading(hit: &Hit) -> (DeadlineKind, Option<Date>) {
    let until = match hit.found.meaning {
        Meaning::Recurring => return (DeadlineKind::Ongoing, None),
        Meaning::Urgent => return (DeadlineKind::Immediate, None),
        Meaning::Impossible(_) => return (DeadlineKind::Other, None),
        Meaning::Span(span) => span.end,
    };
    match hit.expression {
        Expression::Single { point, open, .. } => (kind(&point, open), until),
        Expression::Range { right, .. } => (kind(&right, Open::Neither), until),
        Expression::Recurring | Expression::Urgent => (DeadlineKind::Other, None),
    }
}

fn kind(point: &Point, open: Open) -> DeadlineKind {
    match (point.unit, point.calendar) {
        (Unit::Day { .. }, _) => DeadlineKind::Date,
        (Unit::Month(_, Part::Whole | Part::End), _) => DeadlineKind::Month,
        (Unit::Whole | Unit::End | Unit::Within, Calendar::Fiscal) if open != Open::Right => DeadlineKind::FiscalYearEnd,
        (Unit::End | Unit::Within, Calendar::Civil) if open != Open::Right => DeadlineKind::YearEnd,
        _ => DeadlineKind::Other,
    }
}

/// True for 4月から.
fn is_start(hit: &Hit) -> bool {
    matches!(hit.expression, Expression::Single { open: Open::Right, .. })
}

/// The kind of a cell without any date expression.
fn alone(raw: &str) -> DeadlineKind {
    let said: String = raw.chars().filter(|c| !c.is_whitespace() && !"。、()（）".contains(*c)).collect();
    let said = said.strip_suffix('に').or_else(|| said.strip_suffix('な')).unwrap_or(&said);
    ALONE.iter().find(|(word, _)| *word == said).map_or(DeadlineKind::Other, |(_, kind)| *kind)
}
