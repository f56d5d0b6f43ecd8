//! What stands in a column, in counts: dates, names of units, numbers, states and actions. Knows texts; refuses to know
//! headings.

use crate::{Field, GoalTableForm};
use seisho_japanese::dates::{self, DeadlineKind, FiscalYear};
use seisho_japanese::normalize::match_text;
use seisho_japanese::numerals;
use seisho_model::script::{is_kanji, is_katakana};
use std::collections::BTreeSet;

/// What the cells of a column hold, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Cells with text.
    filled: i32,
    integers: i32,
    /// Integers that are one more than that of the cell before.
    steps: i32,
    last: Option<u64>,
    dates: i32,
    units: i32,
    grades: i32,
    states: i32,
    results: i32,
    /// Names of plans.
    plans: i32,
    /// Choices of what becomes of a task: 新規, □新規 ☑継続.
    changes: i32,
    amounts: i32,
    sentences: i32,
    /// Cells that begin with a list mark.
    lists: i32,
    chars: i32,
    /// For every cell the last day of its date, in some year, where it names none itself.
    days: Vec<Option<Day>>,
    seen: BTreeSet<String>,
    /// For every cell, as far as they are compared, its pairs of letters that stand beside each other in words, in order.
    pairs: Vec<Vec<[char; 2]>>,
}

/// A cell of a choice, a date, a unit is no longer, in characters.
const SHORT: usize = 20;
/// Fewer days before those of another column are chance, and so many times as many as lie behind show an order. Chosen on the
/// forms of `tests/forms` whose names begin with `a`: without it the month in which work starts is taken for the deadline.
const ENOUGH_DAYS: usize = 3;
const FEW_BEHIND: usize = 8;
/// What is to be reached or done takes more characters than this, on average.
const SAYS: i32 = 8;
const SAYS_LITTLE: i32 = -16;
/// A text of so many characters on average is no choice.
const LONG: i32 = 24;
/// Cells of a column that are compared with those beside them, and fewer rows than make that a habit.
const MOST_COMPARED: usize = 200;
const ENOUGH_COMPARED: usize = 3;
/// A mark has no more characters.
const LONGEST_MARK: i32 = 3;
/// A text that another column's texts say more of is shorter than they are by so many characters on average.
const SHORTER: i32 = 4;

impl Contents {
    /// Counts a cell.
    pub fn add(&mut self, text: &str, form: &GoalTableForm) {
        let text = text.trim();
        self.days.push(day_of(text));
        if self.pairs.len() < MOST_COMPARED {
            self.pairs.push(pairs(text));
        }
        // What says "as above" is of the kind of what stands above.
        if text.is_empty() || is_ditto(text) {
            return;
        }
        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
        self.filled += 1;
        self.chars += chars as i32;
        self.seen.insert(text.to_owned());
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let number = row_number(&compact).map(u64::from);
        self.steps += i32::from(number.is_some_and(|n| self.last.is_none_or(|last| n == last + 1)));
        self.last = number.or(self.last);
        self.integers += i32::from(number.is_some());
        let ends = |list: &[String]| list.iter().any(|e| compact.trim_end_matches(['。', '.', '）', ')']).ends_with(e.as_str()));
        // 一部を翌年度に繰り延べた says what was done.
        let is_short = chars <= SHORT && number.is_none() && !ends(&form.endings.results) && !compact.ends_with('た');
        let is_date = is_short && dates::deadline(&compact, None).kind != DeadlineKind::Other;
        self.dates += i32::from(is_date);
        // A name that its cell wraps (こども政策 | 課) is one.
        let has_units = || are_units(text, form) || text.contains('\n') && are_units(&compact, form);
        if chars <= 2 * SHORT {
            let key = match_text(&compact);
            self.units += i32::from(!compact.ends_with('。') && has_units());
            // A sentence says what is reached: …を達成する。 is no mark.
            let is_mark = chars <= SHORT || !compact.ends_with('。');
            self.grades += i32::from(is_mark && is_grade(&key, chars, form));
            self.changes += i32::from(is_change(&key, form));
        }
        self.states += i32::from(ends(&form.endings.states));
        self.results += i32::from(ends(&form.endings.results));
        self.plans += i32::from(chars <= SHORT && ends(&form.endings.plans));
        self.amounts += i32::from(is_amount(&compact) && !is_date);
        self.sentences += i32::from(compact.ends_with('。'));
        self.lists += i32::from(compact.starts_with(|c| form.bullets.contains(&c)));
    }

    /// Takes the counts of the same column of another table.
    pub fn merge(&mut self, other: &Self) {
        let pairs = [
            (&mut self.filled, other.filled),
            (&mut self.integers, other.integers),
            (&mut self.steps, other.steps),
            (&mut self.dates, other.dates),
            (&mut self.units, other.units),
            (&mut self.grades, other.grades),
            (&mut self.states, other.states),
            (&mut self.results, other.results),
            (&mut self.plans, other.plans),
            (&mut self.changes, other.changes),
            (&mut self.amounts, other.amounts),
            (&mut self.sentences, other.sentences),
            (&mut self.lists, other.lists),
            (&mut self.chars, other.chars),
        ];
        for (mine, more) in pairs {
            *mine += more;
        }
        self.days.extend(&other.days);
        self.seen.extend(other.seen.iter().cloned());
        let room = MOST_COMPARED.saturating_sub(self.pairs.len());
        self.pairs.extend(other.pairs.iter().take(room).cloned());
    }

    /// The part of the cells with text that a count is of, in percent.
    fn share(&self, count: i32) -> i32 {
        count * 100 / self.filled.max(1)
    }

    /// Whether half of the cells are what the field holds; numbers, dates and names can be told, and that a list is no name.
    pub fn agree_with(&self, field: Field) -> bool {
        let told = match field {
            Field::Item => self.filled - self.lists,
            Field::Number => self.integers,
            Field::Deadline => self.dates,
            Field::Divisions => self.units,
            Field::PlanCategory => self.filled - self.changes,
            // 満足度, 実施箇所数
            Field::Target if self.length() < SAYS && self.amounts == 0 => self.states + self.sentences + self.lists,
            _ => return true,
        };
        self.filled == 0 || self.share(told) >= 50
    }

    /// Whether its dates lie before those of another column of the same rows, and never behind them: it says when a thing
    /// begins, the other one when it ends.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        let pairs = self.days.iter().zip(&other.days).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
        let (mut before, mut behind) = (0, 0);
        for (a, b) in pairs {
            before += usize::from(a < b);
            behind += usize::from(a > b);
        }
        before >= ENOUGH_DAYS && behind * FEW_BEHIND <= before
    }

    /// How often, in percent, a longer text of another column says words of the text beside it and not of the one in the next
    /// row: the name of a goal comes again in what is to be reached and done, that of a plan or a measure does not.
    pub(super) fn is_taken_up_by(&self, other: &Self) -> i32 {
        if self.length() + SHORTER > other.length() || self.pairs.len() != other.pairs.len() {
            return 0;
        }
        let rows: Vec<usize> = (0..self.pairs.len()).filter(|&row| !self.pairs[row].is_empty() && !other.pairs[row].is_empty()).collect();
        if rows.len() < ENOUGH_COMPARED {
            return 0;
        }
        let shared = |(row, beside): (usize, usize)| self.pairs[row].iter().any(|pair| other.pairs[beside].binary_search(pair).is_ok());
        let own = rows.iter().filter(|&&row| shared((row, row))).count();
        let next = rows.iter().zip(rows.iter().cycle().skip(1)).filter(|&(&row, &next)| shared((row, next))).count();
        (own as i32 - next as i32).max(0) * 100 / rows.len() as i32
    }

    /// Whether most of its texts are states that are reached.
    #[must_use]
    pub fn says_states(&self) -> bool {
        self.length() >= SAYS && self.share(self.states) >= 50
    }

    /// Whether it holds names of units, and always the same.
    pub(super) fn is_one_unit(&self) -> bool {
        self.filled as usize >= ENOUGH_COMPARED && self.seen.len() == 1 && self.share(self.units) >= 50
    }

    /// Whether it holds names of units, and not always the same.
    pub(super) fn has_units(&self) -> bool {
        self.seen.len() > 1 && self.share(self.units) >= 50
    }

    /// Whether it holds marks of a valuation: Ａ, ◎, 3.
    pub(super) fn is_of_marks(&self) -> bool {
        self.filled > 0 && self.share(self.grades) >= 80 && self.length() <= LONGEST_MARK
    }

    /// Whether it holds figures.
    pub(super) fn has_amounts(&self) -> bool {
        self.filled > 0 && self.share(self.amounts) >= 50
    }

    /// Whether it holds running text: sentences or lists, longer than names are.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.length() > LONG && (self.sentences + self.lists) * 3 > self.filled
    }

    fn length(&self) -> i32 {
        self.chars / self.filled.max(1)
    }

    /// Points for a field: what its cells look like, against what the cells of any column look like.
    ///
    /// Chosen on the forms of `tests/forms` whose names begin with `a`, judged on those that begin with `b`.
    pub fn points(&self, field: Field) -> i32 {
        if self.filled == 0 {
            return if field == Field::Achievement { 4 } else { -4 };
        }
        let share = |count| self.share(count);
        let is_plain = self.plain();
        match field {
            Field::Number => (share(self.integers) * 3 + share(self.steps)) / 10 - 20,
            Field::Deadline => share(self.dates) * 55 / 100 - 25,
            Field::Divisions => share(self.units) * 48 / 100 - 22,
            Field::Achievement => {
                let told = share(self.grades).max(share(self.results));
                told * 25 / 100 - 8 - (share(self.dates) + share(self.units) + share(self.integers)) / 10
            }
            Field::PlanCategory => {
                let varied = self.seen.len() as i32 * 100 / self.filled;
                let repeats = if self.filled >= 4 { (70 - varied) / 6 } else { 0 };
                repeats - share(self.changes) / 2
                    + share(self.plans) / 6
                    + (is_plain - 100) / 5
                    + if self.length() > LONG { -20 } else { 0 }
                    - share(self.sentences) / 5
            }
            Field::Target | Field::Methods if self.length() < SAYS && self.filled >= 3 && self.sentences + self.lists == 0 => {
                self.of_text(field) + SAYS_LITTLE
            }
            Field::Target | Field::Methods => self.of_text(field),
            Field::Item => {
                let is_name = self.length() >= 4 && self.length() <= 40;
                let varied = self.seen.len() as i32 * 100 / self.filled;
                (if is_name { 8 } else { -6 }) + varied / 20 - share(self.sentences) / 5 - share(self.lists) / 3 - (100 - is_plain) / 4
            }
            Field::Own(_) => 0,
            // Sums are what other columns are made of; numbers that count on are the rows'.
            Field::Other(_) if self.steps * 10 >= self.filled * 6 => 0,
            Field::Other(_) => share(self.amounts) / 5,
        }
    }

    /// Of a hundred cells those that are no date, name, number or grade, at least.
    fn plain(&self) -> i32 {
        let told = [self.dates, self.units, self.integers, self.amounts, self.grades].map(|count| self.share(count));
        100 - told.into_iter().max().unwrap_or(0)
    }

    /// Points for what is to be reached, or done.
    fn of_text(&self, field: Field) -> i32 {
        let share = |count| self.share(count);
        let (is_plain, is_text) = (self.plain(), (self.length() - 4).clamp(0, 16));
        if field == Field::Target {
            share(self.states) * 26 / 100 - 8 + is_text / 4 - (100 - is_plain) / 6 - share(self.results) / 10
        } else {
            (100 - share(self.states) - share(self.results)).max(0) * 16 / 100 - 10 + is_text / 2 + share(self.lists) / 25
                - (100 - is_plain) / 4
        }
    }
}

/// What says "as above" and nothing else.
#[must_use]
pub fn is_ditto(text: &str) -> bool {
    DITTO.contains(&text.trim().trim_start_matches('・').trim_matches(['(', ')', '（', '）']).trim())
}

/// What says "as above".
const DITTO: [&str; 13] = ["〃", "″", "仝", "々", "同上", "同 上", "同　上", "上に同じ", "同じ", "↓", "同", "''", "\""];

/// A day as year, month and day.
type Day = (i16, i8, i8);

/// The last day that a date names, in some year; none for one with a year of its own.
fn day_of(text: &str) -> Option<Day> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let has_year = compact.contains(['.', '/', '令', '平']) || match_text(&compact).chars().filter(char::is_ascii_digit).count() > 4;
    if has_year || compact.chars().count() > SHORT {
        return None;
    }
    dates::deadline(&compact, FiscalYear::starting_in("", 2025).as_ref()).until.map(|day| (day.year(), day.month(), day.day()))
}

/// The number that a text is, as rows are numbered: 3, ③, No.3, (3).
pub fn row_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let single = text.chars().next().filter(|_| text.chars().count() == 1).and_then(numerals::label_value);
    let key = match_text(text);
    let digits = key.trim_start_matches("no").trim_start_matches('№').trim_matches(['.', '(', ')', '。', '、']);
    single.or_else(|| numerals::integer(digits).filter(|&(_, len)| len == digits.len()).and_then(|(v, _)| u32::try_from(v).ok()))
}

/// One name of a unit or several.
fn are_units(text: &str, form: &GoalTableForm) -> bool {
    let is_end = |name: &str, s: &str| name.ends_with(s) && name.chars().count() > s.chars().count();
    let is_unit = |name: &str| {
        form.whole_units.iter().any(|w| w == name) || name.chars().count() <= SHORT && form.unit_suffixes.iter().any(|s| is_end(name, s))
    };
    let mut names = text.split(['、', '，', ',', '/', '／', '\n', ' ', '\u{3000}']).filter(|n| !n.is_empty()).peekable();
    // A dot stands between names, and in one: 人権・男女共同参画課.
    names.peek().is_some() && names.all(|name| is_unit(name) || name.split('・').filter(|n| !n.is_empty()).all(is_unit))
}

/// A mark or word of a valuation, percent, or a choice of such words with one of them marked. Longer texts with a percentage say
/// what is to be reached.
fn is_grade(key: &str, chars: usize, form: &GoalTableForm) -> bool {
    let is_word = |g: &&String| g.chars().count() > 1 && key.contains(g.as_str());
    key.contains('%') && chars <= SHORT || form.endings.grades.iter().any(|g| g == key) || form.endings.grades.iter().any(|g| is_word(&g))
}

/// A choice, or several of them, of what becomes of a task.
fn is_change(key: &str, form: &GoalTableForm) -> bool {
    let mut rest = key.trim_matches(|c: char| !c.is_alphanumeric());
    let is_any = !rest.is_empty();
    while !rest.is_empty() {
        let words = form.endings.changes.iter().filter(|word| rest.starts_with(word.as_str()));
        let Some(longest) = words.map(String::len).max() else { return false };
        rest = rest[longest..].trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    is_any
}

/// The pairs of kanji, or of katakana, that stand beside each other in a text, each once.
fn pairs(text: &str) -> Vec<[char; 2]> {
    let mut pairs = Vec::new();
    let mut before = ' ';
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if is_kanji(before) && is_kanji(c) || is_katakana(before) && is_katakana(c) {
            pairs.push([before, c]);
        }
        before = c;
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Figures, with or without a unit: 1,200千円, 85, 3.5人.
fn is_amount(compact: &str) -> bool {
    let chars = compact.chars().count();
    let figures = compact.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
    figures > 0 && chars <= SHORT && figures * 2 >= chars
}
