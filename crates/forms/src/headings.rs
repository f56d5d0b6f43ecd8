//! Which field a column heading names, by its words and not by its place.

use crate::{Column, Field, GoalTableForm};
use seisho_japanese::normalize::match_text;
use std::collections::BTreeMap;

/// How well a heading names a field; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// A word of the field is the better part of the heading; its characters.
    Part(usize),
    /// The heading is a word of the field.
    Whole,
}

/// The field that a heading names best: by what stands before its brackets, or, where that is a word that
/// any column could have (目標（達成水準）), by what stands inside.
pub fn field_of(heading: &str, form: &GoalTableForm) -> Option<(Field, Fit)> {
    if heading.len() > LONGEST {
        return None;
    }
    let key = match_text(heading);
    if let Some(field) = form.certain.get(&key) {
        return Some((*field, Fit::Whole));
    }
    let (base, inner) = parts(&key);
    let is_general = form.general.iter().any(|w| w == base);
    let inside = best(inner, &form.index).filter(|&(_, fit)| fit == Fit::Whole && is_general);
    inside.or_else(|| best(base, &form.index))
}

/// What stands before the brackets of a heading's match key, and what stands in them.
fn parts(key: &str) -> (&str, &str) {
    let (base, inner) = key.split_once('(').map_or((key, ""), |(base, rest)| (base, rest.trim_end_matches(')')));
    if base.is_empty() { (key, inner) } else { (base, inner) }
}

/// No heading is longer, its brackets included, in bytes.
pub(crate) const LONGEST: usize = 240;

/// The words of headings by their first letters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(BTreeMap<char, Vec<Word>>);

/// A word of a heading, by the place of its column and its own among all of them.
#[derive(Clone, Debug)]
struct Word {
    place: usize,
    field: Field,
    text: String,
    length: usize,
}

impl Index {
    pub(crate) fn new(columns: &[Column]) -> Self {
        let mut index = Self::default();
        let words = columns.iter().flat_map(|column| column.headings.iter().map(|text| (column.field, text)));
        for (place, (field, text)) in words.enumerate() {
            if let Some(first) = text.chars().next() {
                let word = Word { place, field, text: text.clone(), length: text.chars().count() };
                index.0.entry(first).or_default().push(word);
            }
        }
        index
    }
}

fn best(name: &str, index: &Index) -> Option<(Field, Fit)> {
    if name.is_empty() {
        return None;
    }
    let (length, wholes) = (name.chars().count(), [name.len(), name.trim_end_matches('.').len()]);
    let mut best: Option<(Fit, usize, Field)> = None;
    for (at, first) in name.char_indices() {
        for word in index.0.get(&first).into_iter().flatten().filter(|word| name[at..].starts_with(&word.text)) {
            let fit = match at == 0 && wholes.contains(&word.text.len()) {
                true => Fit::Whole,
                false if names_part(word, length, at + word.text.len() == name.len()) => Fit::Part(word.length),
                false => continue,
            };
            // The form lists its fields in the order in which a tie is to be settled.
            if best.is_none_or(|(b, place, _)| fit > b || (fit == b && word.place < place)) {
                best = Some((fit, word.place, word.field));
            }
        }
    }
    best.map(|(fit, _, field)| (field, fit))
}

/// What the words of a heading say for every field, and for none of them: points that add up with other evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Points by field.
    pub fields: BTreeMap<Field, i32>,
    /// Points for a column that is of no field.
    pub other: i32,
}

/// A word of a field as the thing that the heading names, at its end; and before it, where it says what kind.
const HEAD: i32 = 12;
const MODIFIER: i32 = 4;
/// A heading of the field as a part of it, and as the whole.
const PART: i32 = 20;
const WHOLE: i32 = 40;

/// Weighs the words that a heading is made of: the last one says what the column holds (Japanese puts the thing itself
/// at the end), those before it and in brackets say of what kind.
#[must_use]
pub fn weigh(heading: &str, form: &GoalTableForm) -> Words {
    let mut words = Words::default();
    if heading.len() > LONGEST {
        return words;
    }
    let key = match_text(heading);
    if let Some(field) = form.certain.get(&key) {
        words.fields.insert(*field, WHOLE);
        return words;
    }
    let (base, inner) = parts(&key);
    add(base, HEAD, form, &mut words);
    add(inner, MODIFIER, form, &mut words);
    if form.other.times.iter().any(|time| base.starts_with(time.as_str())) {
        words.other += HEAD;
    }
    if let Some((field, fit)) = field_of(heading, form) {
        let points = if fit == Fit::Whole { WHOLE } else { PART };
        let entry = words.fields.entry(field).or_default();
        *entry = (*entry).max(points);
    }
    words
}

/// Adds the points of the words in a text, each letter used once, the longest word first.
fn add(text: &str, head: i32, form: &GoalTableForm, words: &mut Words) {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let of_fields = form.columns.iter().flat_map(|c| c.words.iter().map(move |w| (Some(c.field), w)));
        let known = of_fields.chain(form.other.words.iter().map(|w| (None, w)));
        let here: Vec<(Option<Field>, &String)> = known.filter(|(_, w)| !w.is_empty() && rest.starts_with(w.as_str())).collect();
        let Some(longest) = here.iter().map(|(_, w)| w.len()).max() else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at += longest;
        let points = if text[at..].trim_end_matches(['名', '等', '欄']).is_empty() { head } else { MODIFIER };
        for (field, _) in here.iter().filter(|(_, w)| w.len() == longest) {
            match field {
                Some(field) => *words.fields.entry(*field).or_default() += points,
                None => words.other += points,
            }
        }
    }
}

/// A word that makes up most of a name of so many letters (郵便番号 is no 番号), or a long one at its end, where Japanese
/// puts the thing itself (年間の取組内容).
fn names_part(word: &Word, length: usize, at_end: bool) -> bool {
    word.length * 5 >= length * 3 || (at_end && word.length >= LONG_WORD)
}

/// Words of this many characters are told from others by themselves.
const LONG_WORD: usize = 3;

/// The field of every column, each field at most once: the best fit keeps it, the leftmost of equals.
pub fn assign(fits: &[Option<(Field, Fit)>]) -> Vec<Option<Field>> {
    let mut best: BTreeMap<Field, (Fit, usize)> = BTreeMap::new();
    for (col, &fit) in fits.iter().enumerate() {
        let Some((field, fit)) = fit else { continue };
        if best.get(&field).is_none_or(|&(other, _)| fit > other) {
            best.insert(field, (fit, col));
        }
    }
    let mut fields = vec![None; fits.len()];
    for (field, (_, col)) in best {
        fields[col] = Some(field);
    }
    fields
}

/// Characters to put in, leave out or change until one text is the other.
#[must_use]
pub fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Forms;

    #[test]
    fn headings_are_known_by_meaning() {
        let forms = Forms::built_in().unwrap();
        let field = |heading| field_of(heading, &forms.goal_table).map(|(f, _)| f.name());
        assert_eq!(field("実施項目\n（業務目標又は事務の内容）"), Some("item"));
        assert_eq!(field("計画・方針 等の分類"), Some("plan_category"));
        assert_eq!(field("№"), Some("number"));
        assert_eq!(field("No."), Some("number"));
        assert_eq!(field("どの水準まで (達成水準又は遂行後の状態等)"), Some("target"));
        assert_eq!(field("達成目標"), Some("target"));
        assert_eq!(field("いつまで (期限)"), Some("deadline"));
        assert_eq!(field("自己評価"), Some("achievement"));
        assert_eq!(field("目標（達成水準）"), Some("target"));
        assert_eq!(field("年間の取組内容"), Some("methods"));
        assert_eq!(field("郵便番号"), None);
        assert_eq!(field("所在地"), None);
    }

    #[test]
    fn the_last_word_of_a_heading_says_what_its_column_holds() {
        let forms = Forms::built_in().unwrap();
        let strongest = |heading: &str| {
            let words = weigh(heading, &forms.goal_table);
            let best = words.fields.iter().max_by_key(|(_, points)| **points).map(|(field, points)| (field.name(), *points));
            best.filter(|(_, points)| *points > words.other).map(|(name, _)| name)
        };
        assert_eq!(strongest("具体的な手段・活動"), Some("methods"));
        assert_eq!(strongest("年度末の状態"), Some("target"));
        assert_eq!(strongest("受け持ちの課"), Some("divisions"));
        assert_eq!(strongest("次年度の予算額（千円）"), None);
        assert_eq!(strongest("備考"), None);
    }

    #[test]
    fn a_field_goes_to_the_best_heading() {
        let forms = Forms::built_in().unwrap();
        let fits = ["重点取組等", "重点取組", "", "重点取組"].map(|h| field_of(h, &forms.goal_table));
        assert_eq!(assign(&fits), [None, Some(Field::Item), None, None]);
    }
}
