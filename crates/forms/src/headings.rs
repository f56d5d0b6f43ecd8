//! Which field a column heading names, by its words and not by its place.

use crate::{Column, Field};
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
pub fn field_of(heading: &str, columns: &[Column]) -> Option<(Field, Fit)> {
    if heading.len() > LONGEST {
        return None;
    }
    let key = match_text(heading);
    let (base, inner) = key.split_once('(').map_or((key.as_str(), ""), |(base, rest)| (base, rest.trim_end_matches(')')));
    let base = if base.is_empty() { &key } else { base };
    let inside = best(inner, columns).filter(|&(_, fit)| fit == Fit::Whole && GENERAL.contains(&base));
    inside.or_else(|| best(base, columns))
}

/// No heading is longer, its brackets included, in bytes.
const LONGEST: usize = 240;

/// Words that name a column only together with their brackets.
const GENERAL: [&str; 6] = ["目標", "項目", "内容", "取組", "計画", "実施"];

fn best(name: &str, columns: &[Column]) -> Option<(Field, Fit)> {
    if name.is_empty() {
        return None;
    }
    let length = name.chars().count();
    let mut best: Option<(Field, Fit)> = None;
    for column in columns {
        for word in &column.words {
            let fit = if name == word || name.trim_end_matches('.') == word {
                Fit::Whole
            } else if names_part(name, length, word) {
                Fit::Part(word.chars().count())
            } else {
                continue;
            };
            // The form lists its fields in the order in which a tie is to be settled.
            if best.is_none_or(|(_, b)| fit > b) {
                best = Some((column.field, fit));
            }
        }
    }
    best
}

/// A word that makes up most of a name (郵便番号 is no 番号), or a long one at its end, where Japanese puts the
/// thing itself (年間の取組内容).
///
/// `length` is the name's, in characters.
fn names_part(name: &str, length: usize, word: &str) -> bool {
    // Bytes first: they are known, and there are never more characters than bytes.
    let is_most = word.len() * 5 >= length * 3 && word.chars().count() * 5 >= length * 3;
    if is_most { name.contains(word) } else { name.ends_with(word) && word.chars().count() >= LONG_WORD }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Forms;

    #[test]
    fn headings_are_known_by_meaning() {
        let forms = Forms::built_in().unwrap();
        let field = |heading| field_of(heading, &forms.goal_table.columns).map(|(f, _)| f.name());
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
    fn a_field_goes_to_the_best_heading() {
        let forms = Forms::built_in().unwrap();
        let fits = ["重点取組等", "重点取組", "", "重点取組"].map(|h| field_of(h, &forms.goal_table.columns));
        assert_eq!(assign(&fits), [None, Some(Field::Item), None, None]);
    }
}
