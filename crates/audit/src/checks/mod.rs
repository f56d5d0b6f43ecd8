//! Slips that a careful reader would find in a finished document. A check is one file: what it looks for, an example, and
//! its cases. It points and suggests, and changes nothing.
//!
//! [`CHECKS`] lists them. Documents are read twice: once for what is usual in all of them ([`Usage`]), once to be checked.

mod codes;
mod signs;
mod text;
mod usage;
mod values;
mod words;

pub use codes::{CHECKS, Check};
pub use text::Text;
pub use usage::Usage;

use seisho_japanese::tokenizer::{Tokenizer, Worker};
use seisho_model::Pointer;
use seisho_model::codes::finding::{Message, Severity};
use seisho_model::record::{Document, Method, Place};
use serde::Serialize;
use text::texts;

/// Whose slip it seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The document says it so.
    Source,
    /// The program may have read it so: a picture was read, or the value is doubted.
    Reading,
}

/// A suspected slip.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slip {
    /// Path of the source.
    pub path: String,
    /// The value.
    pub pointer: Pointer,
    /// First character of the value that it concerns, and one past the last, from 0.
    pub characters: [usize; 2],
    /// `seisho explain CODE` tells more.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Whose slip it seems to be.
    pub origin: Origin,
    /// What stands there.
    pub found: String,
    /// What could stand there instead.
    pub suggestion: Option<String>,
    /// With some letters on both sides.
    pub context: String,
    /// What was seen.
    pub message: Message,
    /// Where the value stands in the source.
    pub at: Vec<Place>,
}

/// What a check says of one text: which, where, what instead, and why.
pub(crate) struct Hit {
    text: usize,
    range: [usize; 2],
    suggestion: Option<String>,
    message: Message,
}

impl Hit {
    pub(crate) fn new(text: usize, range: [usize; 2], suggestion: Option<String>, ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { text, range, suggestion, message: Message::new(ja, en) }
    }
}

/// What a check may look at.
pub(crate) struct Sheet<'d> {
    pub(crate) document: &'d Document,
    pub(crate) texts: &'d [Text<'d>],
    pub(crate) usage: &'d Usage,
}

/// Looks for slips; one a thread.
pub struct Checker {
    worker: Worker,
}

impl Checker {
    /// With the words of the binary; none only where its data is damaged.
    #[must_use]
    pub fn new() -> Option<Self> {
        Some(Self { worker: Tokenizer::new().ok()?.worker() })
    }

    /// Adds a document to what is usual.
    pub fn learn(&mut self, document: &Document, usage: &mut Usage) {
        usage.add(document, &mut self.worker);
    }

    /// All suspected slips of a document, by value, place and code.
    #[must_use]
    pub fn check(&mut self, document: &Document, usage: &Usage) -> Vec<Slip> {
        let texts = texts(document, &mut self.worker);
        let sheet = Sheet { document, texts: &texts, usage };
        let mut slips: Vec<(usize, Slip)> = Vec::new();
        // A name or a choice as a whole says more than the words in it.
        let (of_words, others) = CHECKS.split_at(CHECKS.iter().position(|c| c.code == "K008").unwrap_or(0));
        for check in others.iter().chain(of_words) {
            for hit in (check.find)(&sheet, &mut self.worker) {
                let overlaps = |(text, other): &&(usize, Slip)| {
                    *text == hit.text && other.characters[0] < hit.range[1] && hit.range[0] < other.characters[1]
                };
                // One place is said once.
                if !slips.iter().any(|slip| overlaps(&slip)) {
                    slips.push((hit.text, slip(document, &texts[hit.text], check, hit)));
                }
            }
        }
        slips.sort_by(|(a, x), (b, y)| (a, x.characters, x.code).cmp(&(b, y.characters, y.code)));
        slips.into_iter().map(|(_, slip)| slip).collect()
    }
}

/// A reading below this may be what is wrong, not the source.
const SURE: f64 = 0.97;

fn slip(document: &Document, text: &Text<'_>, check: &Check, hit: Hit) -> Slip {
    let is_read = matches!(document.source.method, Method::Ocr | Method::Mixed);
    let is_guess = text.evidence.edits.iter().any(|e| e.trust == seisho_model::reading::Trust::Guess);
    let is_unsure = text.evidence.confidence.is_some_and(|c| c < SURE);
    let origin = if is_guess || is_unsure || (is_read && text.evidence.confidence.is_none()) { Origin::Reading } else { Origin::Source };
    let part = |from: usize, to: usize| text.chars[from.min(text.chars.len())..to.min(text.chars.len())].iter().collect::<String>();
    let [from, to] = hit.range;
    Slip {
        path: document.source.document(),
        pointer: text.pointer.clone(),
        characters: hit.range,
        code: check.code,
        severity: check.severity,
        origin,
        found: part(from, to),
        suggestion: hit.suggestion,
        context: part(from.saturating_sub(12), to + 12),
        message: hit.message,
        at: text.evidence.at.clone(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
