//! K014: a rate beyond 100 percent, where it is not one of change or compared with something.

use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::Worker;

/// Words around a rate that may well be beyond 100.
const BEYOND: [&str; 9] = ["比", "増", "伸び", "対前", "超", "達成率", "倍率", "指数", "上回"];
/// Letters on each side in which such a word is looked for.
const NEAR: usize = 8;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let of = |(index, text)| rates(text).into_iter().map(move |[from, to]| hit(index, text, from, to));
    sheet.texts.iter().enumerate().flat_map(of).collect()
}

fn hit(index: usize, text: &Text<'_>, from: usize, to: usize) -> Hit {
    let rate = text.part(from, to);
    Hit::new(index, [from, to], None, format!("割合 {rate} は100％を超えています"), format!("the rate {rate} is above 100 percent"))
}

fn rates(text: &Text<'_>) -> Vec<[usize; 2]> {
    let mut found = Vec::new();
    for end in (0..text.chars.len()).filter(|at| matches!(text.chars[*at], '%' | '％')) {
        let is_part = |c: &char| c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．');
        let from = end - text.chars[..end].iter().rev().take_while(|c| is_part(c)).count();
        let digit = |c: &char| match c {
            '０'..='９' => char::from_u32(*c as u32 - 0xFEE0),
            '．' => Some('.'),
            c => Some(*c),
        };
        let rate: Option<f64> = text.chars[from..end].iter().filter_map(digit).collect::<String>().parse().ok();
        let around = text.part(from.saturating_sub(NEAR), (end + NEAR).min(text.chars.len()));
        if rate.is_some_and(|rate| rate > 100.0) && !BEYOND.iter().any(|word| around.contains(word)) {
            found.push([from, end + 1]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_part_is_no_more_than_the_whole() {
        assert_eq!(found("K014", &["充足率が177.1％となっている。"]), ["177.1％"]);
        assert_eq!(found("K014", &["前年度比120％となり、100％の職員が受講した。"]), Vec::<String>::new());
    }
}
