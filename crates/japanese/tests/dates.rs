//! Dates against tables worked out by hand, every day since 1873, another calendar, and noise.

use jiff::civil::{Date, date};
use seisho_japanese::dates::{
    Basis, Context, Era, Fault, Flag, Found, Meaning, SOLAR_FROM, deadline, find, fiscal_year, fiscal_year_of, read,
};
use seisho_japanese::dates::{DeadlineKind, FiscalYear};
use seisho_model::finding::Severity;

/// The last day of the day-by-day tests.
const LAST: Date = date(2030, 12, 31);

/// Rows of a table: comments and blank lines left out, escapes resolved.
fn rows(table: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    let lines = table.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines.map(|l| l.split('\t').map(unescaped).collect())
}

fn unescaped(field: &str) -> String {
    field.replace("\\n", "\n").replace("\\u3000", "\u{3000}").replace("\\u00a0", "\u{A0}")
}

/// `2026`, `2026@2026-04-01`, `@2026-04-01` or `-`.
fn context(field: &str) -> Context {
    let (year, issued) = field.split_once('@').unwrap_or((field, ""));
    Context { fiscal_year: year.parse().ok().and_then(|y| FiscalYear::starting_in("", y)), issued: issued.parse().ok() }
}

fn shown(day: Option<Date>) -> String {
    day.map_or_else(|| "-".into(), |d| d.to_string())
}

fn flag(flag: &Flag) -> String {
    let severity = match flag.severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    format!("{}:{severity}", flag.kind.name())
}

/// A find as a row of the table: raw, start, end, sense, flags.
fn row(found: &Found) -> [String; 5] {
    let flags = found.flags.iter().map(flag).collect::<Vec<_>>().join(",");
    let (start, end, sense, flags) = match found.meaning {
        Meaning::Span(s) => (shown(s.start), shown(s.end), s.precision.name(), flags),
        Meaning::Recurring => ("-".into(), "-".into(), "recurring", flags),
        Meaning::Urgent => ("-".into(), "-".into(), "urgent", flags),
        Meaning::Impossible(fault) => {
            let fault = match fault {
                Fault::YearZero => "year_zero",
                Fault::NoSuchYear => "no_such_year",
                Fault::NoSuchMonth => "no_such_month",
                Fault::NoSuchDay => "no_such_day",
            };
            ("-".into(), "-".into(), "impossible", fault.into())
        }
    };
    [found.raw.clone(), start, end, sense.into(), flags]
}

#[test]
fn every_shape_of_the_table_reads_as_it_says() {
    let mut texts: Vec<(String, Context, Vec<[String; 5]>)> = Vec::new();
    for fields in rows(include_str!("dates.tsv")) {
        if fields[0] != "+" {
            texts.push((fields[0].clone(), context(&fields[1]), Vec::new()));
        }
        if fields[2] != "-" {
            let field = |i: usize| fields.get(i).cloned().unwrap_or_default();
            texts.last_mut().unwrap().2.push([field(2), field(3), field(4), field(5), field(6)]);
        }
    }
    assert!(texts.len() >= 170, "{}", texts.len());
    let mut wrong = Vec::new();
    for (text, context, expected) in &texts {
        let found: Vec<_> = find(text, context).iter().map(row).collect();
        if found != *expected {
            wrong.push(format!("{text:?}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} texts:\n{}", wrong.len(), texts.len(), wrong.join("\n"));
}

#[test]
fn every_deadline_of_the_table_reads_as_it_says() {
    let mut wrong = Vec::new();
    for fields in rows(include_str!("deadlines.tsv")) {
        let year = context(&fields[1]).fiscal_year;
        let read = deadline(&fields[0], year.as_ref());
        let undecided = if read.is_undecided() { read.candidates.len().to_string() } else { String::new() };
        let expected = (fields[2].as_str(), fields[3].as_str(), fields.get(4).map_or("", String::as_str));
        let until = shown(read.until);
        if (read.kind.name(), until.as_str(), undecided.as_str()) != expected || read.raw != fields[0] {
            wrong.push(format!("{fields:?}: {} {until} {undecided}", read.kind.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every day from 1873 on, in order.
fn days() -> impl Iterator<Item = Date> {
    std::iter::successors(Some(SOLAR_FROM), |d| d.tomorrow().ok()).take_while(|d| *d <= LAST)
}

/// 1 to 99 in kanji.
fn kanji(n: u16) -> String {
    let digit = |n: u16| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][usize::from(n)];
    let tens = match n / 10 {
        0 => String::new(),
        1 => "十".into(),
        tens => format!("{}十", digit(tens)),
    };
    format!("{tens}{}", digit(n % 10))
}

fn wide(n: u16) -> String {
    n.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)).collect()
}

#[test]
fn every_day_since_1873_reads_back_to_itself() {
    let context = Context::default();
    for day in days() {
        let (era, year) = Era::of(day).unwrap();
        let [month, dom] = [day.month(), day.day()].map(|n| u16::try_from(n).unwrap());
        let spell = |n: fn(u16) -> String| {
            let year = if year == 1 { "元".into() } else { n(year) };
            format!("{}{year}年{}月{}日", era.name(), n(month), n(dom))
        };
        let dotted = format!("{}{year}.{month}.{dom}", era.letter());
        for text in [spell(|n| n.to_string()), spell(kanji), spell(wide), dotted, day.to_string()] {
            let found = read(&text, &context).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.day(), found.flags.as_slice()), (Some(day), &[][..]), "{text}");
        }
    }
}

#[test]
fn another_calendar_names_the_same_era_on_every_day() {
    for day in days() {
        let iso = icu_calendar::Date::try_new_iso(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs()).unwrap();
        let other = iso.to_calendar(icu_calendar::cal::Japanese::new()).era_year();
        let (era, year) = Era::of(day).unwrap();
        let name = match era {
            Era::Meiji => "meiji",
            Era::Taisho => "taisho",
            Era::Showa => "showa",
            Era::Heisei => "heisei",
            Era::Reiwa => "reiwa",
        };
        assert_eq!((name, i32::from(year)), (other.era.as_str(), other.year), "{day}");
    }
}

#[test]
fn every_day_is_in_its_fiscal_year() {
    for day in days() {
        let year = fiscal_year_of(day).unwrap();
        assert!(year.contains(day) && year.is_in_era(), "{day}");
        assert_eq!(fiscal_year(&year.raw).map(|y| (y.start, y.end)), Some((year.start, year.end)), "{day}");
        assert!(year.labels().contains(&year.raw), "{day}");
    }
}

/// Numbers that look random and are the same in every run (Knuth's MMIX constants).
struct Noise(u64);

impl Noise {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n
    }
}

#[test]
fn finds_in_noise_are_in_order_and_on_character_boundaries() {
    const PIECES: [&str; 72] = [
        "令",
        "和",
        "令和",
        "平成",
        "昭和",
        "大正",
        "明治",
        "㋿",
        "㍻",
        "R",
        "Ｈ",
        "S",
        "年",
        "年度",
        "度",
        "月",
        "日",
        "末",
        "末日",
        "旬",
        "上",
        "中",
        "下",
        "内",
        "0",
        "1",
        "2",
        "8",
        "12",
        "31",
        "2026",
        "４",
        "十",
        "二十",
        "三",
        "〇",
        "千",
        "万",
        "元",
        "～",
        "〜",
        "-",
        "－",
        "から",
        "より",
        "まで",
        "以降",
        "（",
        "）",
        "(",
        ")",
        ".",
        "/",
        "・",
        " ",
        "\u{3000}",
        "\u{A0}",
        "\n",
        "第",
        "四半期",
        "半期",
        "随時",
        "毎",
        "翌",
        "同年",
        "速やか",
        "頃",
        "(水)",
        "の",
        "か",
        "𠮷",
        "e\u{301}",
    ];
    let contexts = [Context::default(), context("2026@2026-04-01"), context("2018")];
    let mut noise = Noise(20_261_101);
    let mut finds = 0;
    for i in 0..20_000 {
        let length = 1 + noise.below(24);
        let text: String = (0..length).map(|_| PIECES[noise.below(PIECES.len())]).collect();
        let context = &contexts[i % contexts.len()];
        let found = find(&text, context);
        let mut last = 0;
        for f in &found {
            let range = f.range.as_usize();
            assert!(range.start >= last && range.end > range.start, "{text:?}");
            assert_eq!(text.get(range.clone()), Some(f.raw.as_str()), "{text:?}");
            let same = |s: &seisho_japanese::dates::Span| s.basis != Basis::Unknown || (s.start.is_none() && s.end.is_none());
            assert!(f.span().is_none_or(same), "{text:?}");
            last = range.end;
        }
        finds += found.len();
        let cell = deadline(&text, context.fiscal_year.as_ref());
        assert_eq!(cell.raw, text);
    }
    assert!(finds > 10_000, "the noise should hit dates often: {finds}");
}

#[test]
fn hostile_text_takes_linear_time() {
    // Quadratic work on any of these would take minutes; linear, it is a second or two without optimisation.
    let pieces = [
        "令",
        "9",
        "一",
        "十",
        " ",
        "令和",
        "令和8年4月",
        "4月～",
        "2026/",
        "第",
        "（",
        "第1",
        "年",
        "R8.4.1-",
        "令和8（",
        "毎年4月",
        "～",
        "令 ",
        "十〇",
    ];
    for (piece, size) in pieces.map(|p| (p, 100_000)).into_iter().chain([("令", 1_000_000), ("9", 1_000_000)]) {
        let text = piece.repeat(size / piece.len());
        let _ = find(&text, &Context::default());
    }
    let cell = " \n".repeat(100_000) + &"（9月".repeat(10_000);
    assert_eq!(deadline(&cell, None).kind, DeadlineKind::Month);
}

#[test]
fn only_a_whole_text_is_read() {
    let none = Context::default();
    assert_eq!(read(" 令和8年4月1日\n", &none).and_then(|f| f.day()), Some(date(2026, 4, 1)));
    for text in ["", "令和8年4月1日作成", "令和8年4月1日 令和8年5月1日", "第1回"] {
        assert_eq!(read(text, &none), None, "{text}");
    }
}

#[test]
fn a_title_gives_its_fiscal_year() {
    let year = fiscal_year("作成日 令和8年4月1日 令和8年度 組織目標展開整理表（部の組織目標）").unwrap();
    assert_eq!((year.raw.as_str(), year.era.name(), year.year, year.gregorian), ("令和8年度", "令和", 8, 2026));
    assert_eq!((year.start, year.end), (date(2026, 4, 1), date(2027, 3, 31)));
    let western = fiscal_year("2026年度方針").unwrap();
    assert_eq!((western.era, western.year), (Era::Reiwa, 8));
    assert_eq!(fiscal_year("令和8年4月1日、次年度、令和0年度"), None);
}

#[test]
fn remarks_in_brackets_do_not_decide() {
    let year = context("2026").fiscal_year;
    let read = deadline("9月\n（案は6月、骨子は5月）", year.as_ref());
    assert_eq!((read.kind, read.until, read.candidates.len()), (DeadlineKind::Month, Some(date(2026, 9, 30)), 1));
    let both = deadline("(6月)(9月)", year.as_ref());
    assert!(both.is_undecided());
    assert_eq!(both.candidates.iter().map(|c| c.raw.as_str()).collect::<Vec<_>>(), ["6月", "9月"]);
    assert_eq!(deadline("平成32年度末", year.as_ref()).flags.len(), 1);
}
