//! Labels of scans that were misread: `]`, `1]` and `(l)` for 1 and (1). A lone 1 looks like many things, and the blank
//! behind it tells a reader nothing.

use crate::mend;
use seisho_japanese::numerals::{self, LabelStyle};
use seisho_model::layout::{Block, Layout, Line, StandIn};
use seisho_model::{Pages, Trust};

/// What a 1 is read as.
const LIKE_ONE: [char; 9] = [']', '[', '|', '｜', '!', '」', '丨', 'l', '】'];
/// Labels have no more characters than this.
const LONGEST: usize = 4;

/// A layout with misread labels standing for what they mean, if there are any.
pub(crate) fn mended(pages: &Pages, layout: &Layout) -> Option<Layout> {
    let lines = layout.blocks.iter().filter_map(|b| if let Block::Line(line) = b { Some(line) } else { None });
    let mut circled = 0;
    let mut found = Vec::new();
    for line in lines.filter(|l| mend::is_scanned(pages, &l.run)) {
        found.extend(stand_in(pages, line, &mut circled));
    }
    if found.is_empty() {
        return None;
    }
    let mut layout = layout.clone();
    layout.stand_ins.extend(found);
    layout.stand_ins.sort_by_key(|s| (s.piece.page, s.piece.range.start));
    Some(layout)
}

/// The label that a line's misread one stands for; `circled` is the number of the last one in a circle.
fn stand_in(pages: &Pages, line: &Line, circled: &mut u32) -> Option<StandIn> {
    let first = *line.run.0.first()?;
    let text = pages.text(first);
    if let Some((LabelStyle::Circled, value)) = text.chars().next().and_then(numerals::label) {
        *circled = value;
    }
    let (at, last) = text.char_indices().find(|&(_, c)| c.is_whitespace() || matches!(c, ')' | '）'))?;
    let end = if last.is_whitespace() { at } else { at + last.len_utf8() };
    let token = &text[..end];
    let means = meant(token).or_else(|| next_circled(token, circled))?;
    Some(StandIn { piece: first.part(0..end), means, rule: "mend-label", trust: Trust::Guess })
}

/// What a digit in a circle is read as; which digit only the one before says.
const LIKE_CIRCLED: [&str; 7] = ["@", "の", "(の", "(@", "⑨", "◎", "®"];

fn next_circled(token: &str, circled: &mut u32) -> Option<String> {
    let next = char::from_u32(u32::from('①') + *circled).filter(|_| (1..20).contains(circled))?;
    let is_other = token.chars().next().and_then(numerals::label) != numerals::label(next);
    let is_misread = LIKE_CIRCLED.contains(&token) && is_other;
    *circled += u32::from(is_misread);
    is_misread.then(|| next.to_string())
}

/// The label that a misread one stands for.
fn meant(token: &str) -> Option<String> {
    let chars: Vec<char> = token.chars().collect();
    let is_one = |inner: &[char]| match inner {
        [only] => LIKE_ONE.contains(only),
        ['1' | '１', other] => LIKE_ONE.contains(other),
        _ => false,
    };
    match chars.as_slice() {
        long if long.len() > LONGEST => None,
        ['(' | '（', inner @ .., ')' | '）'] if is_one(inner) => Some("(1)".to_owned()),
        // A bracket and a digit in one: ⑪) for (1).
        [circled, ')' | '）'] => numerals::label(*circled).map(|(_, value)| format!("({})", value % 10)).filter(|l| l != "(0)"),
        inner => is_one(inner).then(|| "1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_in_a_circle_is_told_by_the_one_before() {
        let mut last = 1;
        assert_eq!(next_circled("(の", &mut last).as_deref(), Some("②"));
        assert_eq!(next_circled("@", &mut last).as_deref(), Some("③"));
        assert_eq!((next_circled("この", &mut last), next_circled("@", &mut 0)), (None, None));
    }

    #[test]
    fn what_looks_like_a_one_is_one_and_nothing_else() {
        for (read, label) in [("]", "1"), ("1]", "1"), ("(])", "(1)"), ("(1])", "(1)"), ("⑪)", "(1)"), ("（l）", "(1)")] {
            assert_eq!(meant(read).as_deref(), Some(label), "{read}");
        }
        for right in ["1", "(1)", "①", "ア", "第1", "11", "記", "「市民」"] {
            assert_eq!(meant(right), None, "{right}");
        }
    }
}
