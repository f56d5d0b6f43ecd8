//! K002: a particle twice or three times (をを, ののの), or two that cannot follow each other (をが). とともに, ものの and こころの are none.

use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::Worker;

/// Pairs that no sentence has between two words.
const NEVER: [&str; 7] = ["をを", "をが", "をに", "がを", "にを", "がが", "はを"];
/// Pairs that may be the end of one word and the beginning of the next.
const SELDOM: [&str; 6] = ["のの", "はは", "にに", "でで", "とと", "がは"];

/// Particles that never stand three times, whatever words they end and begin (ひととともに has three と).
const TRIPLED: [char; 5] = ['の', 'を', 'が', 'に', 'で'];

pub(in crate::checks) fn find(sheet: &Sheet<'_>, worker: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        let mut past = 0;
        for at in 0..text.chars.len().saturating_sub(1) {
            let row = text.chars[at..].iter().take_while(|c| **c == text.chars[at]).count();
            if at >= past && row >= 3 && TRIPLED.contains(&text.chars[at]) {
                let (ja, en) =
                    (format!("「{}」が {row} つ続いています", text.chars[at]), format!("{:?} stands {row} times", text.chars[at]));
                hits.push(Hit::new(index, [at, at + row], Some(text.chars[at].to_string()), ja, en));
                past = at + row;
            }
            if at < past {
                continue;
            }
            let pair = text.part(at, at + 2);
            if NEVER.contains(&pair.as_str()) && is_parted(text, at) || SELDOM.contains(&pair.as_str()) && is_slip(text, at, worker) {
                let (ja, en) = (format!("助詞「{pair}」が続いています"), format!("the particles {pair:?} stand together"));
                let once = (text.chars[at] == text.chars[at + 1]).then(|| text.chars[at].to_string());
                hits.push(Hit::new(index, [at, at + 2], once, ja, en));
            }
        }
    }
    hits
}

/// Two words, and the second no more than its letter: をにぎる and おにを have no two particles.
fn is_parted(text: &Text<'_>, at: usize) -> bool {
    text.is_joint(at + 1) && (text.is_joint(at + 2) || text.chars[at + 1] == 'を')
}

fn is_slip(text: &Text<'_>, at: usize, worker: &mut Worker) -> bool {
    let before = at.checked_sub(1).map(|b| text.chars[b]);
    let after = text.chars.get(at + 2);
    let is_usual = match text.chars[at] {
        'の' => before == Some('も'),
        'と' => after == Some(&'も') || matches!(before, Some('こ' | 'っ')),
        _ => false,
    };
    let is_particle = |place: usize| text.word_at(place).is_some_and(|word| word.to - word.from == 1 && word.from == place);
    let once = text.chars[at].to_string();
    !is_usual && is_particle(at) && is_particle(at + 1) && text.gain(at, at + 2, &once, worker) > 0
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn doubled_particles_are_said_and_words_that_hold_them_are_not() {
        assert_eq!(found("K002", &["計画との整合をを図る。", "職員のの挑戦を支援する。"]), ["をを → を", "のの → の"]);
        assert_eq!(found("K002", &["職員ののの挑戦を支援する。", "市民ににに周知する。"]), ["ののの → の", "ににに → に"]);
        let fine = [
            "こころの健康を支える。",
            "周知するとともに、進める。",
            "検討したものの、見送った。",
            "母は働く。",
            "ひととともに歩む。",
            "産後ケアをはじめとする。",
        ];
        assert_eq!(found("K002", &fine), Vec::<String>::new());
    }
}
