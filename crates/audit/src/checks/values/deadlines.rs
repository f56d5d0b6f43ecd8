//! K010: a deadline before the fiscal year, or beyond the next one; and a day in the text that is said with まで.

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
        let is_outside = deadline.until.as_ref().is_some_and(|until| *until < year.start || *until > last);
        if let Some(text) = text.filter(|_| is_outside) {
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
        let until = |raw: &str, until: &str| {
            let mut goal = goal(1, "実施");
            goal["deadline"] = json!({ "raw": raw, "kind": "date", "until": until });
            said("K010", &made(json!({ "goals": [goal] })))
        };
        assert_eq!(until("令和7年9月30日", "2025-09-30"), ["令和7年9月30日"]);
        assert_eq!(until("9月", "2026-09-30"), Vec::<String>::new());
        assert_eq!(until("翌年度末", "2028-03-31"), Vec::<String>::new());
    }
}
