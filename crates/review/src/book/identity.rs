//! By what a row is known again, as JSON in hidden cells.

use seisho_audit::ledger::Anchor;
use seisho_model::Pointer;
use serde::{Deserialize, Serialize};

/// What the identity names itself.
pub(super) const FORMAT: &str = "seisho-book/1";

/// By what a row is known again, and what a work says of it that no column shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Identity {
    /// What this is.
    pub(super) format: String,
    /// The list.
    pub(super) review: String,
    /// Its lot, where it is a sample.
    pub(super) lot: Option<String>,
    /// Whether what was read is hidden.
    pub(super) blind: bool,
    /// Path of the source.
    pub(super) path: String,
    /// Its SHA-256.
    pub(super) source_sha256: String,
    /// The value.
    pub(super) pointer: Pointer,
    /// What it says.
    pub(super) text: String,
    /// What was read.
    pub(super) was: String,
    /// By what it is known again in another file.
    pub(super) anchor: Anchor,
    /// How sure it is.
    pub(super) confidence: Option<f64>,
}

/// UTF-16 units of a cell; Excel's own limit is 32,767.
const ROOM: usize = 30_000;

impl Identity {
    /// As cells. Without what programs write in ways of their own: controls, and `_x0041_`, which stands for a character.
    pub(super) fn cells(&self) -> Result<Vec<String>, serde_json::Error> {
        let json = serde_json::to_string(self)?;
        let mut cells = vec![String::new()];
        let mut units = 0;
        for c in json.chars() {
            let written = match c {
                '_' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => format!("\\u{:04x}", u32::from(c)),
                _ => c.to_string(),
            };
            units += written.encode_utf16().count();
            if units > ROOM {
                cells.push(String::new());
                units = written.encode_utf16().count();
            }
            if let Some(cell) = cells.last_mut() {
                cell.push_str(&written);
            }
        }
        Ok(cells)
    }

    /// From its cells.
    pub(super) fn of(cells: &str) -> Option<Self> {
        serde_json::from_str::<Self>(cells).ok().filter(|identity| identity.format == FORMAT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_identity_stands_in_several_cells() {
        let identity = Identity {
            format: FORMAT.to_owned(),
            review: "r".to_owned(),
            lot: None,
            blind: false,
            path: "a_x0041_.txt".to_owned(),
            source_sha256: "0".to_owned(),
            pointer: Pointer::default(),
            text: "𠮷_x000D_\u{b}\"".repeat(4_000),
            was: "\u{fffe}".to_owned(),
            anchor: Anchor::default(),
            confidence: Some(0.1),
        };
        let cells = identity.cells().unwrap();
        assert!(cells.len() > 1 && cells.iter().all(|cell| cell.encode_utf16().count() <= ROOM && !cell.contains('_')));
        assert_eq!(Identity::of(&cells.concat()), Some(identity));
        assert_eq!(Identity::of("{}"), None);
    }
}
