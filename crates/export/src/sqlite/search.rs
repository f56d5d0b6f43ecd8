//! The search: every pair of letters that stand side by side is a word of the index, so that a word of two letters is
//! found where it stands and nowhere else, and a longer one as a phrase of pairs.

use rusqlite::{Connection, params};
use unicode_normalization::UnicodeNormalization;

/// Indexes all records anew: the index holds no texts by which single ones could be taken out.
pub(super) fn index(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')", [])?;
    let mut texts = connection.prepare("SELECT id, text FROM records ORDER BY id")?;
    let mut insert = connection.prepare("INSERT INTO search (rowid, pairs) VALUES (?1, ?2)")?;
    let mut rows = texts.query([])?;
    while let Some(row) = rows.next()? {
        let (id, text): (i64, String) = (row.get(0)?, row.get(1)?);
        insert.execute(params![id, pairs(&text)])?;
    }
    connection.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    Ok(())
}

/// A text as pairs of letters, parted by spaces. Width is folded; what is neither letter nor digit ends a run. The last
/// letter of a run stands alone, so that `研*` finds it, too.
fn pairs(text: &str) -> String {
    let letters: Vec<char> = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut pairs = String::with_capacity(text.len() * 3);
    for run in letters.split(|c| !c.is_alphanumeric()) {
        for (at, letter) in run.iter().enumerate() {
            pairs.push(*letter);
            pairs.extend(run.get(at + 1));
            pairs.push(' ');
        }
    }
    pairs.truncate(pairs.trim_end().len());
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_pairs_of_letters() {
        assert_eq!(pairs("職員研修・防災"), "職員 員研 研修 修 防災 災");
        assert_eq!(pairs("ＤＸ推進ﾃﾞｰﾀ"), "dx x推 推進 進デ デー ータ タ");
        assert_eq!(pairs("、"), "");
    }
}
