//! Which column holds which field: the words of its heading, what stands in it and its place, weighed for all columns
//! together. Knows scores; refuses to know where columns come from.

use super::assignment::assignment;
use super::contents::Contents;
use crate::headings::{self, Fit};
use crate::{Field, FieldKind, GoalTableForm};
use seisho_japanese::normalize::match_text;
use seisho_japanese::numerals;
use std::collections::BTreeSet;

/// A column to be mapped.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its heading from the outer to the inner cell.
    pub path: Vec<String>,
    /// What stands below it.
    pub contents: Contents,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The field; none for a column that is of none.
    pub field: Option<Field>,
    /// Points for it.
    pub points: i32,
    /// Points by its words alone.
    pub words: i32,
    /// A heading of the field, word for word, or nearly and nothing else is as likely: no finding is due.
    pub by_name: bool,
    /// What stands in the column is what the field holds, as far as that can be told.
    pub agrees: bool,
    /// What else it could be, where that is nearly as likely.
    pub other: Option<Option<Field>>,
}

impl Taken {
    /// For nothing, on no evidence.
    pub fn none() -> Self {
        Self { field: None, points: 0, words: 0, by_name: false, agrees: true, other: None }
    }
}

const FIELDS: [Field; 8] = Field::OF_CONTRACT;

/// Which kinds of evidence are weighed; all but for measuring what each is worth.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// The words of headings.
    pub words: bool,
    /// What stands in columns.
    pub contents: bool,
}

impl Evidence {
    /// All that there is.
    pub const ALL: Self = Self { words: true, contents: true };
}

/// Points of what cannot be, and of what a profile says.
const NEVER: i32 = -1_000_000;
const SURE: i32 = 10_000;
/// A field needs this many points more than being of none: two words that speak of it, or one with contents that agree.
const ENOUGH: i32 = 12;
/// Points that a column of dates loses where another one has later ones in the same rows.
const BEGINS: i32 = 30;
/// What is less ahead than this of the next best is not sure.
const CLEAR: i32 = 12;
/// Points that a column of a series (4月, 5月, 6月; 第1四半期 …) loses for every field: a goal has a field once. Chosen on tables
/// with a column for each month: without it the last month is taken for what came of the goal.
const SERIES: i32 = 60;
/// Points for the name of a goal of a column whose words longer texts of its rows take up, in percent of them. Chosen with words
/// of a third kind in the forms of `tests/forms`: without it names of plans and of measures were taken for those of goals.
const TAKEN_UP: i32 = 16;
/// The same for what is to be reached or done, of a column whose texts take those of another one up.
const TAKES_UP: i32 = 12;
/// Points that a column loses for the divisions where it names always the same one, as a sheet's head does, and another not.
const SAME_UNIT: i32 = 30;
/// Points that a column loses for what a goal is called, where figures stand under the same outer heading: it names what is
/// measured. Chosen on the forms of a tester (half `o`).
const OF_FIGURES: i32 = 24;
/// Points that a column of texts loses for what came of a goal where another one, whose heading speaks of that too, holds marks
/// (Ａ, ◎). Chosen on the same: without it what was done is taken for its valuation.
const OF_MARKS: i32 = 60;
/// More columns are not compared with each other.
const MOST_COMPARED: usize = 60;
/// Fewer headings that differ in their numbers alone make no series.
const ENOUGH_OF_SERIES: usize = 3;

/// The place of one of them.
fn place(field: Field) -> usize {
    FIELDS.iter().position(|f| *f == field).unwrap_or(0)
}

/// Takes every column for a field or for none, each field at most once.
///
/// `held`: fields that other columns have already.
pub fn assign(columns: &[Column], held: &BTreeSet<Field>, form: &GoalTableForm, evidence: Evidence) -> Vec<Taken> {
    let words: Vec<headings::Words> = columns.iter().map(|c| words_of(c, form)).collect();
    let mut points: Vec<Vec<i32>> = (0..columns.len()).map(|col| points(col, columns, &words[col], evidence)).collect();
    for (place, _) in FIELDS.iter().enumerate().filter(|(_, f)| held.contains(f)) {
        points.iter_mut().for_each(|p| p[place] = NEVER);
    }
    if evidence.contents {
        let begins = |col: usize| columns.iter().any(|other| columns[col].contents.is_before(&other.contents));
        (0..columns.len()).filter(|&col| begins(col)).for_each(|col| points[col][place(Field::Deadline)] -= BEGINS);
    }
    if evidence.contents && columns.len() <= MOST_COMPARED {
        let others = |col: usize| (0..columns.len()).filter(move |&other| other != col).map(|other| &columns[other].contents);
        for (col, Column { contents, .. }) in columns.iter().enumerate() {
            let taken_up = others(col).map(|other| contents.is_taken_up_by(other)).max().unwrap_or(0);
            points[col][place(Field::Item)] += taken_up * TAKEN_UP / 100;
            let takes_up = others(col).map(|other| other.is_taken_up_by(contents)).max().unwrap_or(0);
            for field in [Field::Target, Field::Methods] {
                points[col][place(field)] += takes_up * TAKES_UP / 100;
            }
            let speaks = |of: usize| words[of].fields.contains_key(&Field::Achievement) && columns[of].contents.is_of_marks();
            if !contents.is_of_marks() && (0..columns.len()).any(|other| other != col && speaks(other)) {
                points[col][place(Field::Achievement)] -= OF_MARKS;
            }
            if names_figures(col, columns) {
                points[col][place(Field::Item)] -= OF_FIGURES;
            }
            if contents.is_one_unit() && others(col).any(Contents::has_units) {
                points[col][place(Field::Divisions)] -= SAME_UNIT;
            }
        }
    }
    if evidence.words {
        for col in series(columns) {
            points[col].iter_mut().for_each(|p| *p -= SERIES);
        }
    }
    let certain: Vec<Option<Field>> = columns.iter().map(|c| certain(c, form)).collect();
    for (of_column, field) in points.iter_mut().zip(&certain).filter_map(|(p, f)| Some((p, (*f)?))) {
        of_column.iter_mut().for_each(|p| *p = NEVER);
        if let Some(place) = FIELDS.iter().position(|f| *f == field) {
            of_column[place] = SURE;
        }
    }
    let mut chosen = best(&points);
    // What a field is called word for word is of it where nothing else is, though what stands there is unlike it: 48か所 as what
    // is to be reached.
    let says = |field: &Field| matches!(field, Field::Item | Field::Target | Field::Methods) && !held.contains(field);
    let of_name = |col: usize| match columns[col].path.as_slice() {
        [only] if evidence.words => {
            let named = headings::field_of(only, form).filter(|(_, fit)| *fit == Fit::Whole);
            named.map(|(field, _)| field).filter(says).map(place)
        }
        _ => None,
    };
    let mut by_name_alone = BTreeSet::new();
    for col in 0..columns.len() {
        let free = of_name(col).filter(|field| chosen[col].is_none() && !chosen.contains(&Some(*field)) && points[col][*field] > NEVER);
        if let Some(field) = free {
            chosen[col] = Some(field);
            by_name_alone.insert(col);
        }
    }
    (0..columns.len())
        .map(|col| {
            // A profile's own field is of the first column that bears its heading.
            let own = certain[col].filter(|f| matches!(f, Field::Own(_)) && !certain[..col].contains(&Some(*f)));
            if own.is_some() {
                return Taken { field: own, words: SURE, by_name: true, ..Taken::none() };
            }
            let field = chosen[col].map(|f| FIELDS[f]);
            let runner_up = next_best(&points, &chosen, col);
            let by_profile = certain[col].map(|f| (f, Fit::Whole));
            let named = by_profile.or_else(|| columns[col].path.last().and_then(|inner| headings::field_of(inner, form)));
            // A heading of which a known one is a part is known where nothing else is as likely.
            let whole = named.filter(|(_, fit)| *fit == Fit::Whole || runner_up.is_none());
            let agrees = field.is_none_or(|f| columns[col].contents.agree_with(f));
            // A heading says less than lists below it that what is to be done stands there and not its name, and than names of
            // measures that no state is, where states stand in another column.
            let has_rival = || (0..columns.len()).any(|other| other != col && columns[other].contents.says_states());
            let is_listed = !agrees && (field == Some(Field::Item) || field == Some(Field::Target) && has_rival());
            Taken {
                field,
                points: chosen[col].map_or(0, |f| points[col][f]),
                words: field.map_or(0, |f| words[col].fields.get(&f).copied().unwrap_or(0)),
                by_name: field.is_some() && whole.map(|(f, _)| f) == field && !is_listed && !by_name_alone.contains(&col),
                agrees,
                other: if by_name_alone.contains(&col) { Some(None) } else { runner_up.map(|f| f.map(|f| FIELDS[f])) },
            }
        })
        .collect()
}

/// Whether columns of figures stand under the same outer heading as a column.
fn names_figures(col: usize, columns: &[Column]) -> bool {
    let Some((_, own @ [_, ..])) = columns[col].path.split_last() else { return false };
    let is_beside = |column: &Column| column.path.split_last().is_some_and(|(_, outer)| outer == own);
    !columns[col].contents.has_amounts() && columns.iter().any(|c| is_beside(c) && c.contents.has_amounts())
}

/// The columns that stand beside each other and whose headings differ in their numbers alone.
fn series(columns: &[Column]) -> Vec<usize> {
    let without_numbers = |column: &Column| {
        let inner: String = column.path.last()?.chars().filter(|c| !c.is_whitespace()).collect();
        let rest: String = inner.chars().filter(|c| !is_numeral(*c)).collect();
        (rest.len() < inner.len() && !rest.is_empty()).then_some(rest)
    };
    let keys: Vec<Option<String>> = columns.iter().map(without_numbers).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for run in keys.chunk_by(|a, b| a.is_some() && a == b) {
        if run.len() >= ENOUGH_OF_SERIES {
            found.extend(start..start + run.len());
        }
        start += run.len();
    }
    found
}

/// A numeral of a count: 1, 一, ①, Ⅰ.
fn is_numeral(c: char) -> bool {
    c.is_numeric() || numerals::integer(&c.to_string()).is_some()
}

/// The field that a user's profile says that a column is: by all of its heading, or by the innermost cell.
fn certain(column: &Column, form: &GoalTableForm) -> Option<Field> {
    if form.certain.is_empty() {
        return None;
    }
    let keys: Vec<String> = column.path.iter().map(|part| match_text(part)).collect();
    // A remark in brackets may be left out.
    let base = keys.last().and_then(|inner| inner.split_once('(')).map(|(base, _)| base.to_owned());
    (0..keys.len()).map(|from| keys[from..].concat()).chain(base).find_map(|key| form.certain.get(&key)).copied()
}

/// The words of a heading and, where they say less, of those above it.
fn words_of(column: &Column, form: &GoalTableForm) -> headings::Words {
    let mut sum = headings::Words::default();
    for (depth, part) in column.path.iter().rev().enumerate() {
        let words = headings::weigh(part, form);
        let weight = |points: i32| if depth == 0 { points } else { points / 3 };
        for (field, points) in words.fields {
            *sum.fields.entry(field).or_default() += weight(points);
        }
        sum.other += weight(words.other);
    }
    sum
}

/// Points of a column for every field, over those for none.
fn points(col: usize, columns: &[Column], words: &headings::Words, evidence: Evidence) -> Vec<i32> {
    let contents = &columns[col].contents;
    let none = if evidence.words { words.other } else { 0 } + if evidence.contents { contents.points(Field::Other(0)) } else { 0 };
    let one = |&field: &Field| {
        let by_words = if evidence.words { words.fields.get(&field).copied().unwrap_or(0) } else { 0 };
        let by_contents = if evidence.contents { contents.points(field) } else { 0 };
        by_words + by_contents + by_place(field, col, columns.len()) - none - ENOUGH
    };
    FIELDS.iter().map(one).collect()
}

/// Forms put the number first, what is to be done before how and when, and what came of it last.
fn by_place(field: Field, col: usize, columns: usize) -> i32 {
    let is_early = col <= 2;
    let is_late = col * 2 >= columns;
    match field {
        Field::Number if col == 0 => 6,
        Field::Item if is_early => 4,
        Field::Target | Field::Methods if col == 0 => -4,
        Field::Achievement if is_late => 3,
        Field::Number | Field::Achievement => -4,
        _ => 0,
    }
}

/// The assignment with the most points in all; a column without a field has none.
fn best(points: &[Vec<i32>]) -> Vec<Option<usize>> {
    // A field is of a column or, at the places behind them, of none: tables have few fields and may have thousands of columns.
    let of_field = |field: usize| points.iter().map(|p| i64::from(-p[field])).chain(FIELDS.map(|_| 0)).collect();
    let costs: Vec<Vec<i64>> = (0..FIELDS.len()).map(of_field).collect();
    let mut chosen = vec![None; points.len()];
    for (field, col) in assignment(&costs).into_iter().enumerate() {
        if let Some(chosen) = chosen.get_mut(col) {
            *chosen = Some(field);
        }
    }
    chosen
}

/// What a column would be if it were not what it was taken for, where all columns together lose little by it.
fn next_best(points: &[Vec<i32>], chosen: &[Option<usize>], col: usize) -> Option<Option<usize>> {
    let total = |chosen: &[Option<usize>]| -> i32 { chosen.iter().zip(points).filter_map(|(f, p)| Some(p[(*f)?])).sum() };
    let Some(field) = chosen[col] else {
        // Of no field: what if it were of the best one that it has points for?
        let (field, &most) = points[col].iter().enumerate().max_by_key(|(f, p)| (**p, std::cmp::Reverse(*f)))?;
        return (most > -CLEAR && !chosen.contains(&Some(field))).then_some(Some(field));
    };
    let mut without = points.to_vec();
    without[col][field] = NEVER;
    let other = best(&without);
    (total(chosen) - total(&other) < CLEAR).then_some(other[col])
}

/// Whether the columns are those of goals: what is to be reached, or what is to be done and by when or how far. Either
/// words speak of three of them, or what stands in them shows one field more: contents alone make no goal of a list of
/// facilities or of a budget.
#[must_use]
pub fn is_enough(taken: &[Taken]) -> bool {
    let kinds = |told: &dyn Fn(&Taken) -> bool| -> BTreeSet<FieldKind> {
        taken.iter().filter(|t| told(t)).filter_map(|t| t.field).map(Field::kind).collect()
    };
    let by_words = kinds(&|t| t.words > 0);
    let has = |field: Field| taken.iter().any(|t| t.field == Some(field));
    let has_word = |field: Field| taken.iter().any(|t| t.words > 0 && t.field == Some(field));
    let is_done_by = |kinds: &BTreeSet<FieldKind>| kinds.contains(&FieldKind::Date) || by_words.contains(&FieldKind::Rate);
    let says_so =
        by_words.len() >= ENOUGH_FIELDS && (has_word(Field::Target) || by_words.contains(&FieldKind::Items) && is_done_by(&by_words));
    let clear = kinds(&|t| t.words > 0 || t.points >= CLEAR_CONTENTS && t.field.is_some_and(|f| f.kind() != FieldKind::Rate));
    let has_both = has(Field::Target) && has(Field::Methods);
    let shows_so =
        clear.len() > ENOUGH_FIELDS && clear.contains(&FieldKind::Items) && (has_both || is_done_by(&by_words)) && !by_words.is_empty();
    says_so || shows_so
}

/// Fewer kinds of fields than this make no table of goals.
const ENOUGH_FIELDS: usize = 3;
/// What stands in a column tells its field with so many points over being of none.
const CLEAR_CONTENTS: i32 = 4;
