//! K017: a character that CP932 does not have. It is said, because other systems may lose it; it is no fault by itself.

use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        for (at, sign) in text.chars.iter().enumerate().filter(|(_, c)| !is_held(**c)) {
            let code = format!("U+{:04X}", *sign as u32);
            let (ja, en) = (format!("「{sign}」({code}) は CP932 にありません"), format!("{sign} ({code}) is not in CP932"));
            hits.push(Hit::new(index, [at, at + 1], None, ja, en));
        }
    }
    hits
}

fn is_held(c: char) -> bool {
    let text = c.to_string();
    let (bytes, _, is_lossy) = encoding_rs::SHIFT_JIS.encode(&text);
    // The encoder of the web writes what it lacks as &#…;
    !is_lossy && !bytes.is_empty()
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn what_other_systems_may_lose_is_said() {
        assert_eq!(found("K017", &["𠮷野地区で実施", "髙瀬地区、①㈱～－"]), ["𠮷"]);
    }
}
