//! Which field a column heading names, by its words and not by its place.

use crate::profile::{Column, Field};
use seisho_japanese::normalize::match_text;

/// How well a heading names a field; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// A word of the field is at least three fifths of the heading (郵便番号 is no 番号); its characters.
    Part(usize),
    /// The heading is a word of the field.
    Whole,
}

/// The field that a heading names best.
pub(crate) fn field_of(heading: &str, columns: &[Column]) -> Option<(Field, Fit)> {
    let key = match_text(heading);
    // 実施項目(業務目標又は事務の内容): what stands in brackets explains, it does not name.
    let base = key.split('(').next().filter(|b| !b.is_empty()).unwrap_or(&key);
    let mut best: Option<(Field, Fit)> = None;
    for column in columns {
        for word in &column.words {
            let fit = if base == word || base.trim_end_matches('.') == word {
                Fit::Whole
            } else if base.contains(word.as_str()) && word.chars().count() * 5 >= base.chars().count() * 3 {
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

/// The field of every column, each field at most once: the best fit keeps it, the leftmost of equals.
pub(crate) fn assign(headings: &[Option<String>], columns: &[Column]) -> Vec<Option<Field>> {
    let fits: Vec<Option<(Field, Fit)>> = headings.iter().map(|h| field_of(h.as_deref()?, columns)).collect();
    let wins = |col: usize, field: Field, fit: Fit| {
        fits.iter().enumerate().all(|(other, f)| match f {
            Some((f, other_fit)) if *f == field && other != col => fit > *other_fit || (fit == *other_fit && col < other),
            _ => true,
        })
    };
    fits.iter().enumerate().map(|(col, fit)| fit.filter(|&(field, f)| wins(col, field, f)).map(|(field, _)| field)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Forms;

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
        assert_eq!(field("郵便番号"), None);
        assert_eq!(field("所在地"), None);
    }

    #[test]
    fn a_field_goes_to_the_best_heading() {
        let forms = Forms::built_in().unwrap();
        let headings = ["重点取組等", "重点取組", ""].map(|h| Some(h.to_owned()));
        assert_eq!(assign(&headings, &forms.goal_table.columns), [None, Some(Field::Item), None]);
    }
}
