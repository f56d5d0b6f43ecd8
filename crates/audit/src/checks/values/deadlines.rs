//! K010: a deadline before the fiscal year, or beyond the next one; and a day in the text that is said with まで.

use super::eras::years;
use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let Some(year) = &sheet.document.fiscal_year else { return Vec::new() };
    let last = format!("{}-03-31", year.gregorian + 2);
    let mut hits = Vec::new();
    for (index, goal) in sheet.document.goals.iter().enumerate() {
        let Some(deadline) = &goal.deadline else { continue };
        let pointer = format!("/goals/{index}/deadline");
        let text = sheet.texts.iter().position(|text| text.pointer.as_str() == pointer);
        let is_outside = |text: usize| match &deadline.until {
            Some(until) => *until < year.start || *until > last,
            // Of one of which no day can be told, the year that it names: the last of several.
            None => {
                let named = years(&sheet.texts[text]).last().map(|(_, named)| *named);
                named.is_some_and(|named| !(year.gregorian..=year.gregorian + 2).contains(&named))
            }
        };
        if let Some(text) = text.filter(|text| is_outside(*text)) {
            let (ja, en) = (format!("期限が{}の外です", year.raw), format!("the deadline lies outside {}", year.raw));
            hits.push(Hit::new(text, [0, sheet.texts[text].chars.len()], None, ja, en));
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::{goal, made, said};
    use serde_json::json;

    #[test]
    fn a_deadline_lies_in_its_year() {
        let until = |raw: &str, until: Option<&str>| {
            let mut goal = goal(1, "実施");
            goal["deadline"] = json!({ "raw": raw, "kind": "date", "until": until });
            said("K010", &made(json!({ "goals": [goal] })))
        };
        assert_eq!(until("令和7年9月30日", Some("2025-09-30")), ["令和7年9月30日"]);
        assert_eq!(until("9月", Some("2026-09-30")), Vec::<String>::new());
        assert_eq!(until("令和13年ごろ", None), ["令和13年ごろ"]);
        assert_eq!(until("令和9年ごろ", None), Vec::<String>::new());
        assert_eq!(until("随時", None), Vec::<String>::new());
        assert_eq!(until("翌年度末", Some("2028-03-31")), Vec::<String>::new());
    }
}
