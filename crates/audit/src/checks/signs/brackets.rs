//! K015: brackets and quotation marks that do not pair within a value. (1) and 1) are labels; a width of its own is no fault.

use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;

const PAIRS: [(char, char); 8] =
    [('(', ')'), ('「', '」'), ('『', '』'), ('【', '】'), ('〔', '〕'), ('［', '］'), ('《', '》'), ('〈', '〉')];

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        for at in unpaired(&text.chars) {
            let sign = text.chars[at];
            let (ja, en) = (format!("「{sign}」が対になりません"), format!("{sign} has no partner"));
            hits.push(Hit::new(index, [at, at + 1], None, ja, en));
        }
    }
    hits
}

fn plain(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        c => c,
    }
}

/// Places of signs without a partner. A bracket after the number of a list (1), ア)) opens nothing.
fn unpaired(text: &[char]) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut alone = Vec::new();
    for (at, sign) in text.iter().enumerate() {
        let sign = plain(*sign);
        if PAIRS.iter().any(|(o, _)| *o == sign) {
            open.push(at);
        } else if let Some((opens, _)) = PAIRS.iter().find(|(_, c)| *c == sign) {
            match open.iter().rposition(|o| plain(text[*o]) == *opens) {
                Some(place) => {
                    alone.extend(open.drain(place + 1..));
                    open.pop();
                }
                None if sign == ')' && is_label(text, at) => {}
                None => alone.push(at),
            }
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    alone
}

fn is_label(text: &[char], at: usize) -> bool {
    let from = at - text[..at].iter().rev().take_while(|c| c.is_alphanumeric()).count();
    let is_start = from == 0 || matches!(text[from - 1], '\n' | ' ' | '　' | '、' | '。' | '・');
    at > from && at - from <= 2 && is_start
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn what_opens_is_closed() {
        assert_eq!(found("K015", &["（仮称　総合計画の策定"]), ["（"]);
        assert_eq!(found("K015", &["「総合計画（案)」を公表", "1) 策定、ア）公表"]), Vec::<String>::new());
    }
}
