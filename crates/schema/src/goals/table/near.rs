//! Headings of scans of which characters were misread: nearly the words of a field, or known by what stands below.

use seisho_forms::headings::edits;
use seisho_forms::{Field, GoalTableForm};
use seisho_japanese::normalize::match_text;
use seisho_reading::confidence::Confidence;
use seisho_reading::mend;

/// From this many characters on a word is known with one in three misread; shorter ones with one that is doubtful.
const LONG: usize = 6;
/// From this many on with one misread, where the reader is not sure of all of it: 達成指標 that is sure is no 達成目標.
const MIDDLE: usize = 4;
/// A heading is sure where every character scores this much, in hundredths of a percent.
const SURE: u16 = 9_900;

/// The field that a misread heading nearly names; none where two are as near.
pub(crate) fn field_of(heading: &str, confidence: &Confidence, form: &GoalTableForm) -> Option<Field> {
    let key = match_text(heading);
    let name = key.split_once('(').map_or(key.as_str(), |(base, _)| base);
    let words = form.columns.iter().flat_map(|c| c.headings.iter().map(move |w| (c.field, w)));
    let near = words.filter_map(|(field, word)| Some((distance(name, word, confidence)?, field)));
    let found: Vec<(usize, Field)> = near.collect();
    let (least, field) = *found.iter().min()?;
    found.iter().all(|&(d, f)| d > least || f == field).then_some(field)
}

/// How many characters differ, where few enough do.
fn distance(name: &str, word: &str, confidence: &Confidence) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), word.chars().collect());
    if a.len().abs_diff(b.len()) * 3 > b.len() {
        return None;
    }
    let edits = edits(&a, &b);
    let is_long = b.len() >= LONG && edits * 3 <= b.len();
    let is_middle = b.len() >= MIDDLE && edits == 1 && confidence.weakest < SURE;
    (is_long || is_middle || mend::is_near(name, word, &confidence.doubtful)).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_forms::Forms;

    #[test]
    fn a_misread_heading_is_known_and_another_word_is_not() {
        let forms = Forms::built_in().unwrap();
        let field = |heading, doubtful: &str, weakest| {
            let confidence = Confidence { value: 0.9, doubt: 0, weakest, doubtful: doubtful.to_owned() };
            field_of(heading, &confidence, &forms.goal_table)
        };
        assert_eq!(field("どのようねな方法で（目標等）", "", 9_990), Some(Field::Methods));
        assert_eq!(field("計画・方釘等の分類", "", 9_990), Some(Field::PlanCategory));
        assert_eq!(field("達成日標", "日", 9_400), Some(Field::Target));
        assert_eq!(field("車点目標", "", 9_800), Some(Field::Item));
        assert_eq!(field("達成指標", "", 9_950), None, "another word, and surely read");
        assert_eq!(field("担当者", "", 9_800), None, "a column of its own");
        assert_eq!(field("備考", "備", 9_400), None);
    }
}
