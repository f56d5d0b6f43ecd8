//! What was said of a text before. The same few sentences are asked for again and again: both sides of a gap, alone and
//! with others. Each text has one place, which the next one that has the same place takes: so the memory has an end, and
//! what is said does not depend on what was asked before.

/// Places.
const PLACES: usize = 1 << 12;
/// Longer texts come once, in bytes.
pub(super) const LONGEST: usize = 384;

/// Answers by text.
pub(super) struct Memo<A>(Vec<Option<(Box<str>, A)>>);

impl<A> Default for Memo<A> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<A> Memo<A> {
    /// The answer about a text, from before or from `ask`, which may have none.
    pub(super) fn get(&mut self, text: &str, ask: impl FnOnce() -> Option<A>) -> Option<&A> {
        if self.0.is_empty() {
            self.0.resize_with(PLACES, || None);
        }
        let place = &mut self.0[place(text.as_bytes())];
        if place.as_ref().is_none_or(|(known, _)| **known != *text) {
            *place = Some((text.into(), ask()?));
        }
        place.as_ref().map(|(_, answer)| answer)
    }
}

fn place(text: &[u8]) -> usize {
    let mut hash = 0_u64;
    let mut mix = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
    let (words, rest) = text.as_chunks::<8>();
    words.iter().for_each(|word| mix(u64::from_le_bytes(*word)));
    rest.iter().for_each(|byte| mix(u64::from(*byte)));
    (hash >> 40) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_whose_place_was_taken_is_asked_about_again_and_says_the_same() {
        let mut memo = Memo::default();
        let texts: Vec<String> = (0..3 * PLACES).map(|n| format!("第{n}回")).collect();
        let mut asked = 0;
        for text in texts.iter().chain(&texts) {
            let length = memo.get(text, || {
                asked += 1;
                Some(text.len())
            });
            assert_eq!(length, Some(&text.len()));
        }
        assert!(asked > texts.len());
        assert_eq!(memo.get(&texts[texts.len() - 1], || None), Some(&texts[texts.len() - 1].len()));
        assert_eq!(memo.get("", || None), None);
    }
}
