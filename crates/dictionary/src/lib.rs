//! The morphological dictionary's data, compiled into the binary.
//!
//! Knows where the words come from: mecab-ipadic (see `dict/`), and a list of words that Japanese
//! municipalities in general use (`user/municipal.csv`). Does not know how text is cut into words;
//! that is `seisho-japanese`. It is a crate of its own so that few binaries carry the 18 MB.

use lindera_dictionary::LinderaResult;
use lindera_dictionary::dictionary::{Dictionary, UserDictionary};

mod embedded {
    lindera_dictionary::embedded_dictionary!("/ipadic", Ipadic);
}

static MUNICIPAL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/municipal.bin"));

static READINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/readings"));
static READINGS_AT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/readings-at"));

/// Why the words inside the binary cannot be used. Only a broken build can cause it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The main dictionary is damaged or of another format version.
    #[error("the embedded dictionary cannot be read")]
    Dictionary(#[source] lindera_dictionary::error::LinderaError),
    /// The list of municipal words is damaged or of another format version.
    #[error("the embedded list of municipal words cannot be read")]
    Municipal(#[source] lindera_dictionary::error::LinderaError),
}

/// Everything that a tokenizer needs to know about words.
#[derive(Clone)]
pub struct Words {
    /// mecab-ipadic. Its data stays where it is in the binary; a clone is cheap.
    pub general: Dictionary,
    /// Words of municipal administration, which win over a cut into their parts.
    pub municipal: UserDictionary,
}

/// Loads the words.
///
/// # Errors
/// When the data in the binary does not fit the code that reads it.
pub fn load() -> Result<Words, Error> {
    Ok(Words { general: embedded::load().map_err(Error::Dictionary)?, municipal: municipal().map_err(Error::Municipal)? })
}

/// How a word of mecab-ipadic is read aloud, by its number.
#[must_use]
pub fn reading(word: usize) -> Option<String> {
    let at = u32::from_le_bytes(*READINGS_AT.as_chunks::<4>().0.get(word)?) as usize;
    let (length, rest) = READINGS.get(at..)?.split_first()?;
    // As build.rs packs them.
    match rest.get(..usize::from(*length))? {
        [0, text @ ..] => String::from_utf8(text.to_vec()).ok(),
        kana => kana.iter().map(|kana| char::from_u32(0x3000 + u32::from(*kana))).collect(),
    }
}

fn municipal() -> LinderaResult<UserDictionary> {
    UserDictionary::load(MUNICIPAL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const LIST: &str = include_str!("../user/municipal.csv");

    #[test]
    fn the_words_load() {
        let words = load().expect("the data is in the binary");
        assert_eq!(words.general.metadata.encoding, "EUC-JP");
        assert_eq!(words.general.prefix_dictionary.find_surface("令和").len(), 1);
    }

    /// What stood in one entry is packed apart.
    #[test]
    fn a_word_keeps_its_kind_and_its_reading() {
        let words = load().expect("the data is in the binary").general;
        let of = |surface: &str| {
            let found = words.prefix_dictionary.find_surface(surface);
            let ids: Vec<usize> = found.iter().map(|entry| entry.word_id().id() as usize).collect();
            ids.into_iter().map(|id| (words.word_details_iter(id).collect::<Vec<_>>().join(","), reading(id))).collect::<Vec<_>>()
        };
        assert_eq!(of("令和"), [("名詞,固有名詞,一般,*,*,*".to_owned(), Some("レイワ".to_owned()))]);
        assert!(of("書い").contains(&("動詞,自立,*,*,五段・カ行イ音便,連用タ接続".to_owned(), Some("カイ".to_owned()))));
        assert!(of("〃").iter().all(|(_, said)| said.as_deref() == Some("〃")) && !of("〃").is_empty());
        assert_eq!(reading(usize::MAX), None);
    }

    #[test]
    fn the_list_is_sorted_without_repeats_and_has_thirteen_columns() {
        let surfaces: Vec<&str> = LIST.lines().map(|line| line.split(',').next().unwrap_or_default()).collect();
        let sorted: BTreeSet<&str> = surfaces.iter().copied().collect();
        assert_eq!(surfaces, sorted.into_iter().collect::<Vec<_>>());
        for line in LIST.lines() {
            assert_eq!(line.split(',').count(), 13, "{line}");
        }
    }

    #[test]
    fn costs_are_in_the_range_where_a_word_wins_but_leaves_longer_words_alone() {
        // 5000 to 6000: measured, see README.md. Below 3000 a word tears other words apart.
        for line in LIST.lines() {
            let cost: i32 = line.split(',').nth(3).and_then(|c| c.parse().ok()).expect("a cost");
            assert!((5000..=6000).contains(&cost), "{line}");
        }
    }
}
