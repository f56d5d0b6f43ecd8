//! Values of scans that look unlike the rest of their field: evidence against a reading, however sure the reader is.

use crate::goals::drafts::Readings;
use seisho_forms::headings::edits;
use seisho_forms::{Field, FieldKind, GoalTableForm};
use seisho_model::codes::picture::x009;
use seisho_model::{Finding, Pages, Pointer};
use seisho_reading::Reading;
use seisho_reading::confidence;
use seisho_reading::mend;
use std::collections::BTreeMap;

/// What is in no list and nowhere else in its document is doubted from a character on that scores less than this: four in
/// five of all characters score more.
const SURE: u16 = 9_900;

/// What the fields of a document hold, to compare single values with.
pub(crate) struct Usual<'f> {
    form: &'f GoalTableForm,
    /// How often a field has a value.
    counts: BTreeMap<(Field, String), usize>,
}

impl<'f> Usual<'f> {
    pub(crate) fn new(read: &[Readings], form: &'f GoalTableForm) -> Self {
        let mut counts = BTreeMap::new();
        for (field, reading) in read.iter().flatten().flat_map(|(&field, readings)| readings.iter().map(move |r| (field, r))) {
            if matches!(field.kind(), FieldKind::Choice | FieldKind::Names) {
                *counts.entry((field, reading.text().to_owned())).or_default() += 1;
            }
        }
        Self { form, counts }
    }

    /// The doubt of a value of a scan that is unlike the others of its field.
    pub(crate) fn doubt(&self, pages: &Pages, field: Field, reading: &Reading, pointer: &Pointer) -> Option<Finding> {
        let confidence = confidence::of(pages, &reading.run).filter(|_| mend::is_scanned(pages, &reading.run))?;
        let finding = self.reason(field, reading.text(), confidence.weakest < SURE)?;
        Some(finding.at(reading.run.clone()).about(pointer))
    }

    fn reason(&self, field: Field, text: &str, is_weak: bool) -> Option<Finding> {
        if !matches!(field.kind(), FieldKind::Choice | FieldKind::Names) || self.is_known(field, text) {
            return None;
        }
        if let Some(other) = self.like(field, text) {
            return Some(x009::near(text, other));
        }
        if has_odd_end(text) {
            return Some(x009::odd_end(text));
        }
        if field.kind() == FieldKind::Names && !self.form.unit_suffixes.iter().any(|s| text.ends_with(s.as_str())) {
            return Some(x009::no_division(text));
        }
        is_weak.then(|| x009::unlisted(text))
    }

    fn is_known(&self, field: Field, text: &str) -> bool {
        let listed = if field.kind() == FieldKind::Choice { &self.form.categories } else { &self.form.whole_units };
        self.counts.get(&(field, text.to_owned())).is_some_and(|&n| n > 1) || listed.iter().any(|l| l == text)
    }

    /// Another value of the field that is as long or one character longer or shorter, and differs by one that is no digit.
    fn like(&self, field: Field, text: &str) -> Option<&str> {
        let chars: Vec<char> = text.chars().collect();
        let is_like = |other: &str| {
            let others: Vec<char> = other.chars().collect();
            others.len().min(chars.len()) >= 2 && others.len().max(chars.len()) >= 3 && edits(&chars, &others) == 1
        };
        let in_document = self.counts.keys().filter(|(f, _)| *f == field).map(|(_, value)| value.as_str());
        let listed = self.form.categories.iter().filter(|_| field.kind() == FieldKind::Choice).map(String::as_str);
        in_document.chain(listed).find(|other| is_like(other))
    }
}

/// Strokes that a rule leaves at the end of a cell when it is cut badly.
fn has_odd_end(text: &str) -> bool {
    let is_stroke = |c: char| matches!(c, '|' | '｜' | '_' | '＿' | '\'' | '`' | '-' | '.' | ',' | '、' | '!' | '~' | '^' | ':' | ';');
    text.starts_with(is_stroke) || text.ends_with(is_stroke)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_forms::Forms;
    use seisho_model::{Edited, Run};

    #[test]
    fn what_is_unlike_its_field_is_doubted_and_what_is_usual_is_not() {
        let forms = Forms::built_in().unwrap();
        let reading = |text: &str| Reading { run: Run::default(), edited: Edited::unchanged(text) };
        let row = |category: &str, division: &str| {
            Readings::from([(Field::PlanCategory, vec![reading(category)]), (Field::Divisions, vec![reading(division)])])
        };
        let rows = [row("市長特命", "納税課"), row("市長待命", "納税課"), row("その他|", "高齢福祉課"), row("新規", "税務誤")];
        let usual = Usual::new(&rows, &forms.goal_table);
        let doubts = |field, text: &str, is_weak| usual.reason(field, text, is_weak).map(|r| r.message.en);
        assert!(doubts(Field::PlanCategory, "市長待命", false).is_some_and(|r| r.contains("市長特命")));
        assert!(doubts(Field::PlanCategory, "その他|", false).is_some_and(|r| r.contains("その他")));
        assert!(doubts(Field::PlanCategory, "|市独自", false).is_some_and(|r| r.contains("rule")));
        assert!(doubts(Field::Divisions, "税務誤", false).is_some_and(|r| r.contains("division")));
        assert!(doubts(Field::Divisions, "高齢福祉課", true).is_some() && doubts(Field::Divisions, "高齢福祉課", false).is_none());
        assert!(doubts(Field::Divisions, "納税課", true).is_none() && doubts(Field::PlanCategory, "新規", true).is_none());
    }
}
