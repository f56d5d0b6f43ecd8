//! Dumps of tools that put a space wherever scripts meet (国 の 動向 を 踏 まえた): words put together again, but before
//! what the words of the form say is a cell of its own. Knows scripts; what a cell is, it is told.

use crate::text::words::{Token, Words};
use seisho_model::script;

/// Before what a space in a line is never layout.
pub(crate) struct Breaks<'b> {
    /// A text is a cell of a narrow column.
    pub(crate) is_cell: &'b dyn Fn(&str) -> bool,
    /// A text begins with a heading's word.
    pub(crate) is_heading: &'b dyn Fn(&str) -> bool,
}

/// Scripts between which some tools put a space, wherever they meet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Kanji,
    Hiragana,
    Katakana,
    /// 、 。 「 ％ and their like.
    Mark,
    /// 」 and its like: words that lean go on behind it.
    Closing,
    Other,
}

fn script_of(c: char) -> Script {
    match c {
        _ if script::is_kanji(c) => Script::Kanji,
        _ if script::is_hiragana(c) => Script::Hiragana,
        _ if script::is_katakana(c) => Script::Katakana,
        '」' | '』' | '】' | '）' | '》' => Script::Closing,
        '、' | '。' | '，' | '．' | '「'..='】' | '（' | '％' => Script::Mark,
        _ if script::is_circled_number(c) => Script::Mark,
        _ => Script::Other,
    }
}

/// The scripts on both sides of a gap between two words.
fn meet(before: &Token, after: &Token) -> Option<(Script, Script)> {
    Some((script_of(before.text.chars().next_back()?), script_of(after.text.chars().next()?)))
}

/// So many of all places where kanji and hiragana meet, in percent, have a space in such a dump; in others, next to none.
const SPACED_PERCENT: usize = 30;
/// Fewer places show nothing.
const ENOUGH_PLACES: usize = 20;

/// Spaces stand where kanji and hiragana meet: 国 の 動向 を 踏 まえた.
pub(crate) fn is_spaced(lines: &[Words]) -> bool {
    let is_place = |a: Script, b: Script| matches!((a, b), (Script::Kanji, Script::Hiragana) | (Script::Hiragana, Script::Kanji));
    let (mut spaced, mut all) = (0, 0);
    for line in lines {
        for token in &line.tokens {
            let scripts: Vec<Script> = token.text.chars().map(script_of).collect();
            all += scripts.windows(2).filter(|w| is_place(w[0], w[1])).count();
        }
        let gaps = line.tokens.windows(2).filter(|w| w[1].thin_gap && meet(&w[0], &w[1]).is_some_and(|(a, b)| is_place(a, b)));
        spaced += gaps.count();
    }
    all += spaced;
    all >= ENOUGH_PLACES && spaced * 100 >= all * SPACED_PERCENT
}

/// Puts words together between which such a space stands; between two of one script, and before a cell at the end of
/// the line, it is one of the document's.
pub(crate) fn close(line: &mut Words, breaks: &Breaks<'_>) {
    let rest = |at: usize| line.tokens[at..].iter().map(|t| t.text.as_str()).collect::<String>();
    // A line of a heading has several of its words.
    let heads = (0..line.tokens.len()).filter(|&at| (breaks.is_heading)(&rest(at))).count() > 1;
    let is_layout = |at: usize| {
        let leans = |a: Script, b: Script| a != Script::Closing || matches!(b, Script::Hiragana | Script::Mark);
        let meets = meet(&line.tokens[at - 1], &line.tokens[at]);
        let joins = meets.is_some_and(|(a, b)| a != b && a != Script::Other && b != Script::Other && leans(a, b));
        // The longest cell at the end of the line counts: ごみ 減量推進課.
        let cell = (breaks.is_cell)(&rest(at)) && !(at > 1 && (breaks.is_cell)(&rest(at - 1)));
        let ends = cell || (heads && (breaks.is_heading)(&rest(at)));
        line.tokens[at].thin_gap && joins && !ends
    };
    let joined: Vec<bool> = (0..line.tokens.len()).map(|at| at > 0 && is_layout(at)).collect();
    let mut closed: Vec<Token> = Vec::with_capacity(line.tokens.len());
    for (token, joined) in line.tokens.drain(..).zip(joined) {
        match closed.last_mut().filter(|_| joined) {
            Some(last) => {
                last.text.push_str(&token.text);
                last.piece.range.end = token.piece.range.end;
            }
            None => closed.push(token),
        }
    }
    line.tokens = closed;
}
