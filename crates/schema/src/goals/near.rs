//! Headings of scans of which characters were misread: nearly the words of a field, or known by what stands below.

use crate::mend;
use crate::profile::{Column, Field};
use seisho_japanese::normalize::match_text;

/// From this many characters on a word is known with one in three misread; shorter ones with one that is doubtful.
const LONG: usize = 6;

/// The field that a misread heading nearly names; none where two are as near.
pub(super) fn field_of(heading: &str, doubtful: &str, columns: &[Column]) -> Option<Field> {
    let key = match_text(heading);
    let name = key.split_once('(').map_or(key.as_str(), |(base, _)| base);
    let words = columns.iter().flat_map(|c| c.words.iter().map(move |w| (c.field, w)));
    let near = words.filter_map(|(field, word)| Some((distance(name, word, doubtful)?, field)));
    let found: Vec<(usize, Field)> = near.collect();
    let (least, field) = *found.iter().min()?;
    found.iter().all(|&(d, f)| d > least || f == field).then_some(field)
}

/// How many characters differ, where few enough do.
fn distance(name: &str, word: &str, doubtful: &str) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), word.chars().collect());
    if a.len().abs_diff(b.len()) * 3 > b.len() {
        return None;
    }
    let edits = edits(&a, &b);
    let is_long = b.len() >= LONG && edits * 3 <= b.len();
    (is_long || mend::is_near(name, word, doubtful)).then_some(edits)
}

/// Characters to put in, leave out or change until one text is the other.
pub(super) fn edits(a: &[char], b: &[char]) -> usize {
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
    use crate::profile::Forms;

    #[test]
    fn a_misread_heading_is_known_and_another_word_is_not() {
        let forms = Forms::built_in().unwrap();
        let field = |heading, doubtful| field_of(heading, doubtful, &forms.goal_table.columns);
        assert_eq!(field("どのようねな方法で（目標等）", ""), Some(Field::Methods));
        assert_eq!(field("計画・方釘等の分類", ""), Some(Field::PlanCategory));
        assert_eq!(field("達成日標", "日"), Some(Field::Target));
        assert_eq!(field("担当者", ""), None, "a column of its own");
        assert_eq!(field("備考", "備"), None);
    }
}
