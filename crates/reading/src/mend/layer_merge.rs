//! Which of two readings of a cell is the better one, letter by letter: ours, or that of the layer that came with the
//! scan. Weighs words; what is a number or a sign, no words decide.

use super::by_words::Place;
use seisho_japanese::normalize::match_text;
use seisho_japanese::tokenizer::Worker;
use seisho_model::ink::Ink;
use seisho_model::{Page, TextRange, is_visible};

/// Letters read more surely than this, in hundredths of a percent, stay.
const SURE: u16 = 9_700;
/// The layer's letters must make the text so much more usual, in the tokenizer's units.
const BETTER: i64 = 2_500;

/// A letter of the page, and the one that the layer has in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Better {
    /// Where it stands in the page's text.
    pub(crate) range: TextRange,
    pub(crate) with: char,
}

/// The letters of the layer that make better Japanese, letter for letter.
pub(crate) fn better(page: &Page, range: TextRange, said: &str, words: &mut Worker) -> Vec<Better> {
    let mut found = Vec::new();
    let ours: Vec<(usize, char)> = page.slice(range).char_indices().filter(|(_, c)| is_visible(*c)).collect();
    let theirs: Vec<char> = said.chars().filter(|&c| is_visible(c)).collect();
    let folded = |letters: &[char]| letters.iter().map(|c| match_text(&c.to_string())).collect::<Vec<_>>();
    let same = pairs(&folded(&ours.iter().map(|o| o.1).collect::<Vec<_>>()), &folded(&theirs));
    // What stands between two letters that are the same differs.
    let ends = std::iter::once(None).chain(same.iter().copied().map(Some));
    let next = same.iter().copied().chain(std::iter::once((ours.len(), theirs.len())));
    for (before, (to, other_to)) in ends.zip(next) {
        let (from, other_from) = before.map_or((0, 0), |(a, b)| (a + 1, b + 1));
        if from == to || to - from != other_to - other_from {
            continue;
        }
        let other = &theirs[other_from..other_to];
        let fits = ours[from..to].iter().zip(other).all(|(o, t)| o.1.len_utf8() == t.len_utf8() && is_letter(o.1) && is_letter(*t));
        let places: Vec<usize> = ours[from..to].iter().map(|o| range.as_usize().start + o.0).collect();
        if fits && places.iter().any(|&place| is_doubtful(page, place)) && is_better(&ours, other, from, words) {
            let letters = places.into_iter().zip(other);
            found.extend(letters.map(|(place, &with)| Better { range: TextRange::new(place, place + with.len_utf8()), with }));
        }
    }
    found
}

/// The longest row of letters that two texts have in common: their places in both.
fn pairs(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    // How many letters the rests of both have in common.
    let mut common = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for (i, j) in (0..a.len()).rev().flat_map(|i| (0..b.len()).rev().map(move |j| (i, j))) {
        common[i][j] = if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
    }
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if common[i + 1][j] >= common[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

fn is_doubtful(page: &Page, place: usize) -> bool {
    let is_weak = |ink: &Ink| ink.glyphs_of(TextRange::new(place, place + 1)).any(|g| ink.sureness(g).is_some_and(|s| s < SURE));
    page.ink.as_ref().is_some_and(is_weak)
}

/// Whether the text is more usual with other letters from a place on.
fn is_better(ours: &[(usize, char)], other: &[char], at: usize, words: &mut Worker) -> bool {
    let letters = |range: std::ops::Range<usize>| ours[range].iter().map(|o| o.1);
    let end = at + other.len();
    let place = Place::new(letters(0..at), letters(end..ours.len()));
    let (own, theirs): (String, String) = (letters(at..end).collect(), other.iter().collect());
    let costs = place.cost(&own, words).zip(place.cost(&theirs, words));
    costs.is_some_and(|(own, theirs)| theirs + BETTER <= own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_japanese::tokenizer::Tokenizer;
    use seisho_model::geometry::Rect;
    use seisho_model::ink::Glyph;

    /// Our line with the layer's letters in it; a `?` below a letter of ours says that it was read with doubt.
    fn merged(ours: &str, doubt: &str, layer: &str) -> String {
        let mut ink = Ink::default();
        let doubts: Vec<char> = doubt.chars().collect();
        for (index, (at, c)) in ours.char_indices().enumerate() {
            let score = Some(if doubts.get(index) == Some(&'?') { 7_000 } else { 9_900 });
            let (range, rect) = (TextRange::new(at, at + c.len_utf8()), Rect::default());
            ink.glyphs.push(Glyph { range, rect, size: rect.height(), vertical: false, score });
        }
        let page = Page::drawn(ours.to_owned(), ink);
        let mut text = ours.to_owned();
        for letter in better(&page, TextRange::new(0, ours.len()), layer, &mut Tokenizer::new().unwrap().worker()).iter().rev() {
            text.replace_range(letter.range.as_usize(), letter.with.encode_utf8(&mut [0; 4]));
        }
        text
    }

    #[test]
    fn letters_in_doubt_that_make_no_words_are_taken_from_the_layer() {
        assert_eq!(merged("都市計面の見直し", "...?....", "都市計画の見直し"), "都市計画の見直し");
        assert_eq!(merged("都布計面の見直し", ".?.?....", "都市計画の見直し"), "都市計画の見直し", "each by itself");
        assert_eq!(merged("都布言面の見直し", ".???....", "都市計画の見直し"), "都市計画の見直し", "several on end");
    }

    #[test]
    fn a_letter_stays_where_the_layer_may_be_wrong() {
        assert_eq!(merged("都市計画の見直し", "...?....", "都市計面の見直し"), "都市計画の見直し", "ours makes the words");
        assert_eq!(merged("都市計面の見直し", "........", "都市計画の見直し"), "都市計面の見直し", "it was surely read");
        assert_eq!(merged("都市計面の見直し", "...?....", "都市計一画の見直し"), "都市計面の見直し", "two letters for one");
        assert_eq!(merged("都市計面面の見直し", "...??....", "都市計画の見直し"), "都市計面面の見直し", "one letter for two");
        assert_eq!(merged("8月までに定める", "?.......", "3月までに定める"), "8月までに定める", "words know no numbers");
    }
}
