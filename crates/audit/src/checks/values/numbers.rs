//! K011: goals are numbered 1..n. A number that is missing or stands twice may be a lost row.

use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;
use std::collections::BTreeSet;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut hits = Vec::new();
    for (index, goal) in sheet.document.goals.iter().enumerate() {
        let Some(number) = goal.number else { continue };
        let before = seen.last().copied().unwrap_or(0);
        // A second table of the same document begins anew.
        let is_anew = number == 1;
        let why = if is_anew {
            seen.clear();
            None
        } else if seen.contains(&number) {
            Some((format!("番号 {number} が2回あります"), format!("number {number} stands twice")))
        } else if number != before + 1 {
            Some((format!("番号 {before} の次が {number} です"), format!("number {before} is followed by {number}")))
        } else {
            None
        };
        seen.insert(number);
        let pointer = format!("/goals/{index}/number");
        if let (Some((ja, en)), Some(text)) = (why, sheet.texts.iter().position(|t| t.pointer.as_str() == pointer)) {
            hits.push(Hit::new(text, [0, sheet.texts[text].chars.len()], None, ja, en));
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::{goal, made, slips};
    use serde_json::json;

    #[test]
    fn a_gap_and_a_double_are_said() {
        let of = |numbers: &[usize]| {
            let mut document = made(json!({ "goals": numbers.iter().map(|n| goal(*n, "実施")).collect::<Vec<_>>() }));
            let evidence = document.evidence.0[0].1.clone();
            document.evidence.0.extend((0..numbers.len()).map(|i| (seisho_model::Pointer::goal(i).field("number"), evidence.clone())));
            slips(&document).into_iter().filter(|s| s.code == "K011").map(|s| s.pointer.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of(&[1, 2, 4]), ["/goals/2/number"]);
        assert_eq!(of(&[1, 2, 2]), ["/goals/2/number"]);
        assert_eq!(of(&[1, 2, 1, 2]), Vec::<String>::new());
    }
}
