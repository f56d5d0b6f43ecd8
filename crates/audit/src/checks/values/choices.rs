//! K013: a field that holds a few fixed words has one that is nearly another of them.

use crate::checks::{Hit, Sheet};
use crate::compare::distance;
use seisho_japanese::tokenizer::Worker;

/// Written so often, a word is one of the list.
const OFTEN: u32 = 3;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate().filter(|(_, text)| text.pointer.name() == "plan_category") {
        let said: String = text.chars.iter().collect();
        let own = sheet.usage.names.get(&("choice", said.clone())).copied().unwrap_or(0);
        let is_near = |other: &str| {
            let other: Vec<char> = other.chars().collect();
            other.len() >= 3 && distance(&other, &text.chars) == 1
        };
        let known = sheet.usage.names.iter().filter(|((kind, name), times)| *kind == "choice" && **times >= OFTEN && is_near(name));
        let best = known.map(|((_, name), times)| (*times, name)).max();
        if let Some((_, other)) = best.filter(|(times, _)| *times > 2 * own) {
            let (ja, en) = (format!("ほかの所では「{other}」です"), format!("elsewhere it is {other:?}"));
            hits.push(Hit::new(index, [0, text.chars.len()], Some(other.clone()), ja, en));
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::{goal, made, said};
    use serde_json::json;

    #[test]
    fn a_word_that_is_nearly_one_of_the_list_is_said() {
        let of = |words: &[&str]| {
            let goals = words.iter().enumerate().map(|(i, word)| {
                let mut goal = goal(i + 1, "実施");
                goal["plan_category"] = json!(word);
                goal
            });
            said("K013", &made(json!({ "goals": goals.collect::<Vec<_>>() })))
        };
        assert_eq!(of(&["個別計画", "個別計画", "個別計画", "個別計面"]), ["個別計面 → 個別計画"]);
        assert_eq!(of(&["個別計画", "個別計画", "個別計画", "行政改革"]), Vec::<String>::new());
    }
}
