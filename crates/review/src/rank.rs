//! Which values to look at first: those that are most likely wrong, each with the reasons for it.

use seisho_audit::values::{Value, findings_of, is_answered};
use seisho_model::Code;
use seisho_model::codes::finding::{Message, Severity};
use seisho_model::reading::Trust;
use seisho_model::record::Document;
use serde::Serialize;

/// How likely a value is wrong, as far as anything says so, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Rank {
    /// From 0 to 1000; the higher, the sooner it should be looked at.
    pub score: u32,
    /// Why, the weightiest first.
    pub why: Vec<Message>,
}

/// The chance of a fault that each kind of doubt stands for, in thousandths. They only rank.
const ERROR: u32 = 600;
const WARNING: u32 = 250;
const INFO: u32 = 60;
const GUESS: u32 = 150;
/// What nothing speaks against.
const PLAIN: u32 = 2;

/// Ranks a value. Doubts count as if they were independent: two of them weigh more than one.
#[must_use]
pub fn rank(document: &Document, value: &Value<'_>) -> Rank {
    let mut doubts: Vec<(u32, Message)> = Vec::new();
    // What a person has said of it is no chance any more.
    let is_answered = is_answered(document, value.pointer);
    if let Some(sure) = value.evidence.confidence.filter(|_| !is_answered) {
        let chance = ((1.0 - sure.clamp(0.0, 1.0)) * 1000.0).round() as u32;
        doubts.push((chance, Message::new(format!("確かさ {sure:.2}"), format!("confidence {sure:.2}"))));
    }
    for finding in findings_of(document, value.pointer).filter(|f| f.answered.is_none()) {
        // It only says in words what the confidence says.
        if value.evidence.confidence.is_some() && finding.code == Code::X009.name() {
            continue;
        }
        let chance = match finding.severity {
            Severity::Error => ERROR,
            Severity::Warning => WARNING,
            Severity::Info => INFO,
        };
        let title = Code::named(&finding.code).map(|c| c.entry().title());
        let Message { ja, en } = title.unwrap_or_else(|| finding.message.clone());
        doubts.push((chance, Message::new(format!("{} {ja}", finding.code), format!("{} {en}", finding.code))));
    }
    let guesses = value.evidence.edits.iter().filter(|e| e.trust == Trust::Guess).count();
    if guesses > 0 && !is_answered {
        let told = Message::new(format!("推定した字の直し {guesses}"), format!("{guesses} guessed letters"));
        doubts.push((1000 - (0..guesses.min(8)).fold(1000, |left, _| left * (1000 - GUESS) / 1000), told));
    }
    doubts.sort_by_key(|(chance, _)| std::cmp::Reverse(*chance));
    let left = doubts.iter().fold(1000 - PLAIN, |left, (chance, _)| left * (1000 - chance.min(&990)) / 1000);
    Rank { score: 1000 - left, why: doubts.into_iter().filter(|(chance, _)| *chance > 20).map(|(_, why)| why).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_audit::values::values;
    use serde_json::json;

    /// A document of paragraphs, each with a confidence, and findings about some.
    fn document(confidence: &[Option<f64>], findings: &[(&str, &str, usize)]) -> Document {
        let evidence: serde_json::Map<String, serde_json::Value> = confidence
            .iter()
            .enumerate()
            .map(|(at, c)| (format!("/preamble/{at}"), json!({"raw": "文", "at": [], "edits": [], "confidence": c})))
            .collect();
        let finding = |(code, severity, at): &(&str, &str, usize)| json!({"code": code, "severity": severity, "message": {"ja": "", "en": ""}, "at": [], "pointer": format!("/preamble/{at}"), "suggestion": null});
        let document = json!({
            "schema_version": "1",
            "source": {"path": "a", "sha256": "0", "bytes": 0, "media_type": "text/plain", "encoding": null, "pages": null, "method": "text", "engine": null},
            "kind": "text", "profile": null, "title": null, "fiscal_year": null, "dates": {"issued": [], "revised": []},
            "authors": [], "department": null, "goals": [], "preamble": vec!["文"; confidence.len()], "sections": [], "tables": [],
            "page_joins": [], "remainder": [], "evidence": evidence, "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        });
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn what_more_speaks_against_comes_first_and_says_why() {
        let document = document(
            &[Some(0.99), Some(0.6), None, None, Some(0.6)],
            &[("X010", "warning", 0), ("X009", "warning", 1), ("J005", "info", 2), ("X010", "warning", 4), ("M008", "error", 4)],
        );
        let ranks: Vec<Rank> = values(&document).iter().map(|value| rank(&document, value)).collect();
        let scores: Vec<u32> = ranks.iter().map(|r| r.score).collect();
        // Low confidence with two findings; low confidence; mended; a note; nothing.
        assert!(scores[4] > scores[1] && scores[1] > scores[0] && scores[0] > scores[2] && scores[2] > scores[3], "{scores:?}");
        assert_eq!(ranks[1].why.len(), 1, "what the confidence says is said once: {:?}", ranks[1].why);
        assert_eq!((ranks[3].score, ranks[3].why.len()), (PLAIN, 0));
    }
}
