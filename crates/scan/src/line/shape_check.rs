//! Every character of a page compared with how it looks: what engine and shape agree in is sure, what they do not agree
//! in is in doubt, and the words decide later.

use crate::line::alignment::{Fit, fit};
use crate::line::crop::{Cut, Strip};
use crate::line::shapes::Shape;
use seisho_model::scan::{Mark, Symbol};
use seisho_model::script::is_kana;

/// Both say the same, and nothing else is nearer than this, in percent.
const APART: u32 = 25;
/// Kana differ by dots that wear away: they look like something else from here on.
const APART_KANA: u32 = 60;
/// A reader as sure as this, in hundredths of a percent, needs no more than that nothing is nearer by more.
const SURE: u16 = 9_700;

/// A hyphen is no wider and no higher than these shares of an em, in percent: ～, － and ― are.
const HYPHEN_PERCENT: (u32, u32) = (60, 15);

fn is_hyphen(strip: &Strip, span: (u32, u32), em: u32) -> bool {
    (span.1 - span.0) * 100 <= em * HYPHEN_PERCENT.0 && strip.height(span) * 100 <= em * HYPHEN_PERCENT.1
}

/// Looks at every character that has its ink for itself.
pub(crate) fn look(cuts: &[Cut], read: &mut [Vec<Vec<Symbol>>]) {
    for (cut, lines) in cuts.iter().zip(read) {
        for (strip, symbols) in cut.lines.iter().zip(lines) {
            let found = fit(strip, symbols, cut.em());
            let surplus = symbols.iter().filter(|s| s.marks.contains(&Mark::Surplus)).count();
            if !found.passed.is_empty() || found.spans.iter().filter(|s| s.is_none()).count() > surplus {
                // Which ink is whose is not known.
                continue;
            }
            let points: Vec<Option<char>> = (0..symbols.len()).map(|i| point(strip, symbols, &found, i)).collect();
            for (index, symbol) in symbols.iter_mut().enumerate().filter(|(_, s)| !is_settled(s)) {
                if let Some(seen) = points[index].filter(|seen| !symbol.text.starts_with(*seen)) {
                    symbol.marks.push(Mark::Alike(vec![(seen, 0), (if seen == ',' { '.' } else { ',' }, OTHER_POINT)]));
                }
                if symbol.text == "-" && found.spans[index].is_some_and(|span| !is_hyphen(strip, span, cut.em() as u32)) {
                    symbol.marks.push(Mark::Unlike);
                }
                if let Some((read, alike)) = alike(strip, symbol, &found, index) {
                    weigh(symbol, read, alike);
                }
            }
        }
    }
}

/// Whether two readers were heard of a figure already: how it looks was weighed then.
fn is_settled(symbol: &Symbol) -> bool {
    symbol.marks.iter().any(|mark| matches!(mark, Mark::Confirmed | Mark::Contested(_) | Mark::Alike(_)))
}

/// A comma is at least so high and reaches so far below the digits beside it, in percent of their height …
const COMMA_PERCENT: (u32, u32) = (28, 10);
/// … and a point is at most so high and reaches no further.
const POINT_PERCENT: (u32, u32) = (25, 6);
/// How much farther the other one of both is off, in percent.
const OTHER_POINT: u32 = 200;

/// Which of comma and point the ink between two digits is, where one was read; none where it could be either.
fn point(strip: &Strip, symbols: &[Symbol], found: &Fit, index: usize) -> Option<char> {
    let digit = |i: usize| {
        let is_digit = symbols.get(i)?.text.chars().all(|c| c.is_ascii_digit());
        strip.rows(found.spans[i].filter(|_| is_digit && found.alone[i])?)
    };
    if !matches!(symbols[index].text.as_str(), "." | ",") || !found.alone[index] {
        return None;
    }
    let (before, behind) = (digit(index.checked_sub(1)?)?, digit(index + 1)?);
    let (top, bottom) = strip.rows(found.spans[index]?)?;
    let high = ((before.1 - before.0) + (behind.1 - behind.0)) / 2;
    let (own, below) = ((bottom - top) * 100, bottom.saturating_sub(before.1.max(behind.1)) * 100);
    if own >= high * COMMA_PERCENT.0 && below >= high * COMMA_PERCENT.1 {
        return Some(',');
    }
    (own <= high * POINT_PERCENT.0 && below <= high * POINT_PERCENT.1).then_some('.')
}

/// The one character that a symbol says, and what its ink looks like.
fn alike(strip: &Strip, symbol: &Symbol, found: &Fit, index: usize) -> Option<(char, Vec<(char, u32)>)> {
    let mut chars = symbol.text.chars();
    let read = chars.next().filter(|_| chars.next().is_none() && !symbol.marks.contains(&Mark::Surplus))?;
    let span = found.spans[index].filter(|_| found.alone[index])?;
    Some((read, Shape::of(&strip.crop, span)?.alike(read)?))
}

fn weigh(symbol: &mut Symbol, read: char, alike: Vec<(char, u32)>) {
    let own = alike.iter().find(|(c, _)| *c == read).map_or(0, |(_, off)| *off);
    let next = alike.iter().filter(|(c, _)| *c != read).map(|(_, off)| *off).min().unwrap_or(u32::MAX);
    if own == 0 && next >= APART || own <= APART && symbol.sureness() >= SURE {
        // Digits differ too little for a look to vouch for them.
        let is_told = own == 0 && next >= APART && !read.is_ascii();
        symbol.marks.extend(is_told.then_some(Mark::Agreed));
        return;
    }
    if own > if is_kana(read) { APART_KANA } else { APART } {
        symbol.marks.push(Mark::Unlike);
    }
    symbol.marks.push(Mark::Alike(alike));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::drawing::{LETTERS, cell, line, said};

    /// The marks of every letter of 工十口, read as this.
    fn marks(read: &str, score: u16) -> Vec<Vec<Mark>> {
        let mut symbols = vec![vec![said(read, score)]];
        look(&[cell(line(&LETTERS))], &mut symbols);
        symbols.remove(0).remove(0).into_iter().map(|s| s.marks).collect()
    }

    #[test]
    fn what_looks_as_it_was_read_is_sure_and_what_does_not_is_in_doubt() {
        // read   工十口   the ink agrees with all three
        //        工土口   十 is no 土
        assert_eq!(marks("工十口", 9_000), [[Mark::Agreed], [Mark::Agreed], [Mark::Agreed]]);
        let found = marks("工土口", 9_000);
        assert_eq!((&found[0][..], &found[2][..]), (&[Mark::Agreed][..], &[Mark::Agreed][..]));
        let [Mark::Unlike, Mark::Alike(alike)] = &found[1][..] else { panic!("{:?}", found[1]) };
        assert_eq!((alike[0], alike.last().map(|a| a.0)), (('十', 0), Some('土')), "the nearest first, what was read last");
    }

    #[test]
    fn a_comma_and_a_point_are_told_by_how_far_they_reach_down() {
        // 1,1 and 1.1, both read as the other
        let rows = |last: &str| {
            let digits = ["..##......##..", "..##......##..", "..##......##..", "..##......##.."];
            [&digits[..], &["..##..##..##..", "..##..##..##..", last]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let seen = |read: &str, last: &str| {
            let drawn = [vec!["..##......##..".to_owned(); 3], rows(last)].concat();
            let strip = line(&drawn.iter().map(String::as_str).collect::<Vec<_>>());
            let mut symbols = vec![vec![said(read, 9_900)]];
            look(&[cell(strip)], &mut symbols);
            symbols[0][0][1].marks.clone()
        };
        let other = |seen: char, read: char| vec![Mark::Alike(vec![(seen, 0), (read, OTHER_POINT)])];
        assert_eq!((seen("1.1", "......##......"), seen("1,1", "......##......")), (other(',', '.'), vec![]));
        assert_eq!((seen("1,1", ".............."), seen("1.1", "..............")), (other('.', ','), vec![]));
    }

    #[test]
    fn of_a_line_with_ink_that_no_letter_stands_for_nothing_is_said() {
        assert_eq!(marks("工口", 9_000), [[], []]);
    }

    #[test]
    fn a_hyphen_as_wide_as_a_letter_is_none() {
        //  工-工: a hyphen of half an em, and a dash of a whole one
        let marks = |middle: &str| {
            let row = |ink: &str, middle: &str| format!("{ink}{middle}{ink}");
            let rows = LETTERS.map(|r| row(&r[..11], "...........")).into_iter().enumerate();
            let drawn: Vec<String> = rows.map(|(i, r)| if i == 5 { row(&LETTERS[5][..11], middle) } else { r }).collect();
            let strip = line(&drawn.iter().map(String::as_str).collect::<Vec<_>>());
            let mut symbols = vec![vec![said("工-工", 9_900)]];
            look(&[cell(strip)], &mut symbols);
            symbols[0][0][1].marks.clone()
        };
        assert_eq!((marks("...#####..."), marks(".##########")), (vec![], vec![Mark::Unlike]));
    }
}
