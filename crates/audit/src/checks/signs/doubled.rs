//! K020: 。。, 、、, 、。, 。、: punctuation that stands twice. Not a row of three and more of 。 or ．, which some write for ….

use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;

const STOPS: [char; 2] = ['。', '．'];
const COMMAS: [char; 2] = ['、', '，'];

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        let is_sign = |at: usize| text.chars.get(at).is_some_and(|c| STOPS.contains(c) || COMMAS.contains(c));
        let mut at = 0;
        while at < text.chars.len() {
            let end = at + (at..text.chars.len()).take_while(|place| is_sign(*place)).count();
            let signs = &text.chars[at..end];
            let is_row_of_dots = signs.len() > 2 && signs.iter().all(|c| STOPS.contains(c));
            if signs.len() > 1 && !is_row_of_dots {
                let stop = signs.iter().find(|c| STOPS.contains(c)).or(signs.first()).map(char::to_string);
                let was = text.part(at, end);
                hits.push(Hit::new(index, [at, end], stop, format!("句読点「{was}」が続いています"), format!("{was:?} stands twice")));
            }
            at = end.max(at + 1);
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn punctuation_stands_once() {
        let wrong = ["整備する。。", "国、、県と協議", "周知し、。進める", "終わる。、次に"];
        assert_eq!(found("K020", &wrong), ["。。 → 。", "、、 → 、", "、。 → 。", "。、 → 。"]);
        assert_eq!(found("K020", &["整備する。」、次に", "検討中。。。", "国、県。市、町。"]), Vec::<String>::new());
    }
}
