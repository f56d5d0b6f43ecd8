//! Lines of a dump that may be names of people, where a head's parts stand among the table's: by what the words are,
//! by the label, the post and the space that names have. Knows lines one by one, and where labels are.

use seisho_japanese::tokenizer::{Noun, PartOfSpeech, Worker};

/// Points; their order is what counts. Chosen on seed 004 and on 32 dumps by two tools, 2026-11.
const LABELLED: i32 = 5;
const NEAR: i32 = 2;
const ABOVE_TABLE: i32 = 4;
const SPACED: i32 = 3;
const ALONE: i32 = 1;
/// For a line above or below a name.
pub(super) const BESIDE: i32 = 3;
const PERSON: i32 = 2;
const PHRASE: i32 = -6;
const WORD: i32 = -4;
const SINGLE: i32 = -4;
const REST: i32 = -3;
/// A line with fewer is no name.
pub(super) const ENOUGH: i32 = 3;

/// What stands around a line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// The label of names, or nothing but headings between it and the line.
    pub(super) labelled: bool,
    /// No heading and no number stands above it.
    pub(super) above_table: bool,
    /// A part of the head, no farther than two lines.
    pub(super) near: bool,
    /// A text of the table right above, without a blank line.
    pub(super) below_text: bool,
    /// Blank lines on both sides.
    pub(super) alone: bool,
}

impl Around {
    /// Something but its words says that a line is a name.
    pub(super) fn says_name(self) -> bool {
        self.labelled || self.near || self.above_table
    }
}

/// Points for a line as a name.
pub(super) fn points(text: &str, around: Around, worker: &mut Worker) -> i32 {
    let text = text.trim();
    let mut points = 0;
    points += if around.labelled { LABELLED } else { 0 };
    points += match () {
        () if around.above_table => ABOVE_TABLE,
        () if around.near => NEAR,
        () => 0,
    };
    points += if around.below_text { REST } else { 0 };
    points += if around.alone { ALONE } else { 0 };
    points += if text.contains([' ', '　']) { SPACED } else { 0 };
    let letters: String = text.split_whitespace().collect();
    points += if letters.chars().count() < 2 { SINGLE } else { 0 };
    points += if seisho_recover::is_nominal(&letters) { 0 } else { PHRASE };
    let tokens = worker.segment(&letters);
    // Of one letter, as 野 and 内, names have common nouns too.
    let is_word = |t: &seisho_japanese::tokenizer::Token| match t.pos {
        PartOfSpeech::Noun(Noun::Proper) => false,
        _ => !t.unknown && t.of(&letters).chars().count() > 1,
    };
    points += if tokens.iter().any(is_word) { WORD } else { PERSON };
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_japanese::tokenizer::Tokenizer;

    #[test]
    fn names_beat_rests_of_cells() {
        let tokenizer = Tokenizer::new().unwrap();
        let mut worker = tokenizer.worker();
        let near = Around { near: true, ..Around::default() };
        let name = |text: &str, worker: &mut Worker| points(text, near, worker) >= ENOUGH;
        for yes in ["藤原　大", "沢渡井", "渡邉野", "齋木", "髙瀬川", "山田 太郎"] {
            assert!(name(yes, &mut worker), "{yes}");
        }
        for no in ["管理", "上", "な運用", "礎調査", "職員の人材育成", "特命", "下河原駅前広場の整備"] {
            assert!(!name(no, &mut worker), "{no}");
        }
    }
}
