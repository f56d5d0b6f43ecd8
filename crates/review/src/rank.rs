//! Which values to look at first: those that are most likely wrong, each with the reasons for it.

use seisho_audit::values::{Value, findings_of};
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
    if let Some(sure) = value.evidence.confidence {
        let chance = ((1.0 - sure.clamp(0.0, 1.0)) * 1000.0).round() as u32;
        doubts.push((chance, Message::new(format!("確かさ {sure:.2}"), format!("confidence {sure:.2}"))));
    }
    for finding in findings_of(document, value.pointer) {
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
    if guesses > 0 {
        let told = Message::new(format!("推定した字の直し {guesses}"), format!("{guesses} guessed letters"));
        doubts.push((1000 - (0..guesses.min(8)).fold(1000, |left, _| left * (1000 - GUESS) / 1000), told));
    }
    doubts.sort_by_key(|(chance, _)| std::cmp::Reverse(*chance));
    let left = doubts.iter().fold(1000 - PLAIN, |left, (chance, _)| left * (1000 - chance.min(&990)) / 1000);
    Rank { score: 1000 - left, why: doubts.into_iter().filter(|(chance, _)| *chance > 20).map(|(_, why)| why).collect() }
}
