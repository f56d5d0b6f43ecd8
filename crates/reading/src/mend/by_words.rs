//! Which letters make better Japanese where they stand: the one place in which words choose between readings.

use seisho_japanese::tokenizer::Worker;

/// Letters on each side that are weighed with those that are open.
const AROUND: usize = 12;

/// A place in a text with what stands around it.
pub(crate) struct Place {
    before: String,
    after: String,
}

impl Place {
    /// The place between two stretches of letters, of which the nearest are weighed.
    pub(crate) fn new(before: impl DoubleEndedIterator<Item = char>, after: impl Iterator<Item = char>) -> Self {
        let before: Vec<char> = before.rev().take(AROUND).collect();
        Self { before: before.into_iter().rev().collect(), after: after.take(AROUND).collect() }
    }

    /// How unusual the text is with these letters here, in the tokenizer's units; none where it cannot say.
    pub(crate) fn cost(&self, letters: &str, words: &mut Worker) -> Option<i64> {
        words.cost(&format!("{}{letters}{}", self.before, self.after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_japanese::tokenizer::Tokenizer;

    #[test]
    fn a_word_is_less_unusual_than_no_word() {
        // 要□改正が完了
        let place = Place::new("要".chars(), "改正が完了".chars());
        let tokenizer = Tokenizer::new().unwrap();
        let mut words = tokenizer.worker();
        assert!(place.cost("綱", &mut words) < place.cost("網", &mut words));
    }
}
