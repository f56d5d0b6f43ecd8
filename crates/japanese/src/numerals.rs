//! Numbers as Japanese documents write them.
//!
//! Knows digits of every width, kanji numerals with and without units, and the one-character labels
//! of lists (①, ⑴, ⒈, Ⅱ). Refuses to know what is counted: units, dates and list structure are
//! for the caller, and so is 元, which is a number only in the place of a year.

use seisho_model::script::half_width;

/// The longest run of digits read as one number. Longer runs are codes, not amounts.
const LONGEST: usize = 20;

/// A number at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub value: u64,
    /// How many bytes it takes.
    pub len: usize,
    /// How many characters it takes.
    pub chars: usize,
    /// How it is written.
    pub script: Script,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Arabic digits only, of either width: `12`, `１２`.
    Arabic,
    /// Kanji digits by place: 二〇二四.
    Positional,
    /// With at least one unit: 二十三, 3千2百.
    Units,
}

/// The value of one digit: ASCII, full width, or kanji. 〇 and its look-alikes ○ and ◯ are zero.
///
/// | character | value |
/// |---|---|
/// | `7`, `７`, `七` | 7 |
/// | `〇`, `○`, `零` | 0 |
/// | `十`, `①`, `Ⅶ` | none |
///
/// ```
/// # use seisho_japanese::numerals::digit;
/// assert_eq!(['7', '７', '七', '〇', '十'].map(digit), [Some(7), Some(7), Some(7), Some(0), None]);
/// ```
#[must_use]
pub fn digit(c: char) -> Option<u64> {
    arabic(c).or(match c {
        '〇' | '○' | '◯' | '零' => Some(0),
        '一' | '\u{2F00}' => Some(1), // U+2F00.. are Kangxi radicals that PDF fonts give for these kanji
        '二' | '\u{2F06}' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' | '\u{F9D1}' => Some(6),
        '七' => Some(7),
        '八' | '\u{2F0B}' => Some(8),
        '九' => Some(9),
        _ => None,
    })
}

/// True for a character that can stand inside a number: a digit or one of 十百千万億.
#[must_use]
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || small_unit(c).is_some() || large_unit(c).is_some()
}

/// The number at the start of a text, and the bytes it takes.
///
/// Reads the longest well-formed number. Does not read signs, separators (`6,500` gives 6), decimals or labels.
/// Circles that no kanji digit goes with are blanks, not zeros.
///
/// | text | number | bytes |
/// |---|---|---|
/// | `12月`, `１２月` | 12 | 2, 6 |
/// | `二十三区` | 23 | 9 |
/// | `百五` | 105 | 6 |
/// | `三千二百円` | 3200 | 12 |
/// | `二〇二四年` | 2024 | 12 |
/// | `2万5千人` | 25000 | 8 |
/// | `①`, `元年`, `約3`, `○年`, `20○○年` | none | |
///
/// ```
/// # use seisho_japanese::numerals::integer;
/// assert_eq!(integer("１２月"), Some((12, 6)));
/// assert_eq!(integer("二十三区"), Some((23, 9)));
/// assert_eq!(integer("百五"), Some((105, 6)));
/// assert_eq!(integer("三千二百円"), Some((3200, 12)));
/// assert_eq!(integer("二〇二四年"), Some((2024, 12)));
/// assert_eq!(integer("2万5千人"), Some((25_000, 8)));
/// assert_eq!(integer("①"), None);
/// ```
#[must_use]
pub fn integer(text: &str) -> Option<(u64, usize)> {
    numeral(text).map(|n| (n.value, n.len))
}

/// Like [`integer`], with the way it is written.
#[must_use]
pub fn numeral(text: &str) -> Option<Numeral> {
    let mut sum = Sum::default();
    let (mut arab, mut kanji) = (false, false);
    let mut units = false;
    let mut circles = 0;
    let (mut len, mut chars) = (0, 0);
    for c in text.chars() {
        if !sum.take(c) {
            break;
        }
        arab |= arabic(c).is_some();
        kanji |= arabic(c).is_none();
        circles += usize::from(matches!(c, '〇' | '○' | '◯'));
        units |= digit(c).is_none();
        len += c.len_utf8();
        chars += 1;
        if chars > LONGEST {
            return None;
        }
    }
    // 令和○年, 20○○年: a circle without kanji digits is a blank to fill in.
    if chars == 0 || circles == chars || (circles > 0 && arab) {
        return None;
    }
    let value = sum.value()?;
    let script = match (units, kanji) {
        (true, _) => Script::Units,
        (false, true) => Script::Positional,
        (false, false) => Script::Arabic,
    };
    Some(Numeral { value, len, chars, script })
}

/// The year of an era at the start of a text, and the bytes it takes: a number, or 元 for 1.
///
/// ```
/// # use seisho_japanese::numerals::year_number;
/// assert_eq!(year_number("元年"), Some((1, 3)));
/// assert_eq!(year_number("三十一年"), Some((31, 9)));
/// ```
#[must_use]
pub fn year_number(text: &str) -> Option<(u64, usize)> {
    if text.starts_with('元') { Some((1, '元'.len_utf8())) } else { integer(text) }
}

/// A family of one-character list labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelStyle {
    /// ① ㉑ ㊿, and ⓪.
    Circled,
    /// ❶ ⓫.
    Filled,
    /// ⑴.
    Bracketed,
    /// ⒈.
    Dotted,
    /// ㈠.
    BracketedKanji,
    /// ㊀.
    CircledKanji,
    /// Ⅰ.
    Roman,
    /// ⅰ.
    SmallRoman,
}

/// Each row: first and last character, value of the first, style.
const LABELS: [(char, char, u32, LabelStyle); 16] = [
    ('①', '⑳', 1, LabelStyle::Circled),
    ('㉑', '㉟', 21, LabelStyle::Circled),
    ('㊱', '㊿', 36, LabelStyle::Circled),
    ('⓪', '⓪', 0, LabelStyle::Circled),
    ('⓵', '⓾', 1, LabelStyle::Circled),
    ('➀', '➉', 1, LabelStyle::Circled),
    ('❶', '❿', 1, LabelStyle::Filled),
    ('➊', '➓', 1, LabelStyle::Filled),
    ('⓫', '⓴', 11, LabelStyle::Filled),
    ('⓿', '⓿', 0, LabelStyle::Filled),
    ('⑴', '⒇', 1, LabelStyle::Bracketed),
    ('⒈', '⒛', 1, LabelStyle::Dotted),
    ('㈠', '㈩', 1, LabelStyle::BracketedKanji),
    ('㊀', '㊉', 1, LabelStyle::CircledKanji),
    ('Ⅰ', 'Ⅻ', 1, LabelStyle::Roman),
    ('ⅰ', 'ⅻ', 1, LabelStyle::SmallRoman),
];

/// The style and number of a one-character label.
///
/// ```
/// # use seisho_japanese::numerals::{label, LabelStyle};
/// assert_eq!(label('⑴'), Some((LabelStyle::Bracketed, 1)));
/// assert_eq!(label('1'), None);
/// ```
#[must_use]
pub fn label(c: char) -> Option<(LabelStyle, u32)> {
    LABELS.iter().find(|(first, last, ..)| (*first..=*last).contains(&c)).map(|(first, _, base, style)| {
        // Inside a row the characters follow each other, as the table test checks.
        (*style, u32::from(c) - u32::from(*first) + base)
    })
}

/// The number of a one-character label. A label, never an amount: `①2件` is not 12件.
///
/// | character | value |
/// |---|---|
/// | `①`, `⑴`, `⒈`, `Ⅰ`, `ⅰ` | 1 |
/// | `⑳`, `㉑`, `㊿` | 20, 21, 50 |
/// | `1`, `一`, `ア` | none |
///
/// ```
/// # use seisho_japanese::numerals::label_value;
/// assert_eq!(['①', '⑳', '㉑', '㊿', 'Ⅳ', '1'].map(label_value), [Some(1), Some(20), Some(21), Some(50), Some(4), None]);
/// ```
#[must_use]
pub fn label_value(c: char) -> Option<u32> {
    label(c).map(|(_, value)| value)
}

/// The value of an Arabic digit of either width.
#[must_use]
pub fn arabic(c: char) -> Option<u64> {
    half_width(c).to_digit(10).map(u64::from)
}

fn small_unit(c: char) -> Option<u64> {
    match c {
        '十' | '\u{2F17}' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn large_unit(c: char) -> Option<u64> {
    match c {
        '万' => Some(10_000),
        '億' => Some(100_000_000),
        _ => None,
    }
}

/// A number on its way: `whole` 億 and 万, `section` 千百十 since then, `run` digits since then.
#[derive(Default)]
struct Sum {
    whole: u64,
    section: u64,
    run: Option<u64>,
    overflow: bool,
    /// The last unit in each of the two ranks; the next one has to be smaller.
    large: Option<u64>,
    small: Option<u64>,
}

impl Sum {
    /// Takes one more character, or refuses it and stays as it was.
    fn take(&mut self, c: char) -> bool {
        if let Some(d) = digit(c) {
            return self.digit(d);
        }
        if let Some(unit) = small_unit(c) {
            if self.small.is_some_and(|last| unit >= last) || self.run == Some(0) || self.run.is_some_and(|r| r > 9) {
                return false;
            }
            self.section += self.run.take().unwrap_or(1) * unit;
            self.small = Some(unit);
            return true;
        }
        let Some(unit) = large_unit(c) else { return false };
        let amount = self.section + self.run.unwrap_or(0);
        if self.large.is_some_and(|last| unit >= last) || amount == 0 || amount > 9999 {
            return false;
        }
        (self.run, self.section, self.small) = (None, 0, None);
        self.whole += amount * unit;
        self.large = Some(unit);
        true
    }

    /// After a unit only as many digits as fit below it: 十二三 is 12, then 三.
    fn digit(&mut self, d: u64) -> bool {
        let room = self.small.or(self.large).unwrap_or(u64::MAX);
        let Some(next) = self.run.unwrap_or(0).checked_mul(10).and_then(|r| r.checked_add(d)) else {
            self.overflow = true;
            return true;
        };
        if next >= room || (self.run == Some(0) && room != u64::MAX && room <= 10) {
            return false;
        }
        self.run = Some(next);
        true
    }

    fn value(&self) -> Option<u64> {
        if self.overflow { None } else { self.whole.checked_add(self.section)?.checked_add(self.run.unwrap_or(0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_script() {
        let cases: &[(&str, u64, usize)] = &[
            ("0", 0, 1),
            ("007", 7, 3),
            ("2026年", 2026, 4),
            ("１２", 12, 6),
            ("1２", 12, 4), // mixed widths happen in hand-typed tables
            ("十", 10, 3),
            ("十一", 11, 6),
            ("二十", 20, 6),
            ("三十一日", 31, 9),
            ("百", 100, 3),
            ("百五", 105, 6),
            ("百〇五", 105, 9),
            ("三千二百", 3200, 12),
            ("千八百六十八", 1868, 18),
            ("二〇二四", 2024, 12),
            ("二○二四", 2024, 12), // U+25CB for U+3007
            ("一万", 10_000, 6),
            ("2万5千", 25_000, 8),
            ("1億2千万", 120_000_000, 11),
            ("十二三", 12, 6),
            ("6,500", 6, 1),
            ("一一", 11, 6),
            ("十十", 10, 3),
            ("12十", 12, 2),
        ];
        for (text, value, len) in cases {
            assert_eq!(integer(text), Some((*value, *len)), "{text}");
        }
        for text in ["", "元", "○", "〇〇", "20○○", "○8", "月", "①", "-1", "万", "99999999999999999999", &"9".repeat(100)] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn the_script_is_told() {
        assert_eq!(numeral("１２").map(|n| n.script), Some(Script::Arabic));
        assert_eq!(numeral("一二").map(|n| n.script), Some(Script::Positional));
        assert_eq!(numeral("十二").map(|n| n.script), Some(Script::Units));
    }

    #[test]
    fn rows_of_labels_run_without_gaps() {
        // Known ends of each row: the character that the Unicode names give this number.
        let ends = [('⑳', 20), ('㉟', 35), ('㊿', 50), ('⓾', 10), ('➉', 10), ('❿', 10), ('➓', 10), ('⓴', 20)];
        let more = [('⒇', 20), ('⒛', 20), ('㈩', 10), ('㊉', 10), ('Ⅻ', 12), ('ⅻ', 12), ('⓪', 0), ('⓿', 0), ('㊱', 36)];
        for (c, value) in ends.into_iter().chain(more) {
            assert_eq!(label_value(c), Some(value), "{c}");
        }
        assert_eq!(['1', '一', 'ア', '⒜'].map(label_value), [None; 4]);
    }
}
