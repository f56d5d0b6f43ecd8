//! A cell's items: by list elements, by marks, or by the words alone where the marks are lost.

use super::choices;
use seisho_japanese::join::split_unmarked_items;
use seisho_model::layout::{CellLine, ListLine};
use seisho_model::{Change, Run, TextRange, is_visible};
use seisho_reading::{LineEnd, Reader, Reading, Room, Spaces};

/// The items of a cell and whether where they begin was guessed.
pub(crate) struct Items {
    pub(crate) readings: Vec<Reading>,
    pub(crate) guessed: bool,
}

/// An item in the making.
struct Item {
    run: Run,
    /// Bytes of the mark at its start.
    mark: usize,
    /// Stray spaces inside, by bytes of the raw text; none where the reader should look for them.
    stray: Option<Vec<TextRange>>,
    /// What its line ends are, where that was asked.
    ends: Vec<LineEnd>,
}

/// Reads the items of a cell; in a cell without marks and list elements a line is one where it ends before its room does.
pub(crate) fn read(lines: &[CellLine], room: Option<Room>, marks: &[char], reader: &mut Reader<'_>) -> Items {
    let run = Run(lines.iter().flat_map(|line| line.run.0.clone()).collect());
    if choices::are_boxes(reader.glance(&run).text()) {
        return Items { readings: vec![read_item(Item { run, mark: 0, stray: None, ends: Vec::new() }, reader)], guessed: false };
    }
    let mut items: Vec<Item> = Vec::new();
    let mut guessed = false;
    let marks = &with_hyphens(lines, marks, reader);
    let is_plain = |line: &CellLine| line.list == ListLine::No && leading_mark(reader.glance(&line.run).text(), marks).is_none();
    if let Some(room) = room.filter(|_| lines.len() > 1 && lines.iter().all(is_plain)) {
        return of_lines(lines, room, reader);
    }
    let mut mark = None; // the one that the cell's items begin with
    for (number, line) in lines.iter().enumerate() {
        let reading = reader.glance(&line.run);
        let text = reading.text();
        let first = leading_mark(text, marks);
        if line.list == ListLine::Unmarked && first.is_none() {
            for found in split_unmarked_items(reader.worker, text) {
                guessed |= found.guess;
                items.push(unmarked(&reading, &found));
            }
            continue;
        }
        // A ・ at the start of a later line stands inside a word where the first line has none, or where a
        // bracket is still open.
        let may_go_on = first.is_some() && number > 0 && line.list == ListLine::No;
        let is_cut_word = line.list == ListLine::Further
            || may_go_on && items.last().is_some_and(|item| mark.is_none() || has_open_bracket(&reader.raw(&item.run)));
        mark = mark.or(first.filter(|_| !is_cut_word));
        for (i, (range, len)) in split_at_marks(text, mark, is_cut_word).into_iter().enumerate() {
            let run = line.run.part(reading.edited.to_raw(range));
            let begins = i > 0 || len > 0 || matches!(line.list, ListLine::Item | ListLine::Unmarked);
            match items.last_mut().filter(|_| !begins) {
                Some(item) => item.run.0.extend(run.0),
                None => items.push(Item { mark: mark_in_raw(&reading, range, len), run, stray: None, ends: Vec::new() }),
            }
        }
    }
    let readings = items.into_iter().map(|item| read_item(item, reader)).filter(|r| !r.is_empty()).collect();
    Items { readings, guessed }
}

/// The items of a cell without marks, by where its lines end.
fn of_lines(lines: &[CellLine], room: Room, reader: &mut Reader<'_>) -> Items {
    let runs: Vec<&Run> = lines.iter().map(|line| &line.run).collect();
    let ends = reader.line_ends(&runs, room);
    let guessed = ends.contains(&LineEnd::PerhapsEntry);
    let mut items: Vec<Item> = Vec::new();
    let mut ends = ends.into_iter();
    // What stands before the line; pieces of one line belong together.
    let mut before = LineEnd::Entry;
    for line in lines {
        let inner: Vec<LineEnd> = ends.by_ref().take(line.run.0.len().saturating_sub(1)).map(|_| LineEnd::Wrapped).collect();
        match items.last_mut().filter(|_| !matches!(before, LineEnd::Entry | LineEnd::PerhapsEntry)) {
            Some(item) => {
                item.run.0.extend(&line.run.0);
                let is_guess = matches!(before, LineEnd::Guess | LineEnd::FullSentence);
                item.ends.push(if is_guess { LineEnd::Guess } else { LineEnd::Wrapped });
                item.ends.extend(inner);
            }
            None => items.push(Item { run: line.run.clone(), mark: 0, stray: None, ends: inner }),
        }
        before = ends.next().unwrap_or(LineEnd::Entry);
    }
    let readings = items.into_iter().map(|item| read_item(item, reader)).filter(|r| !r.is_empty()).collect();
    Items { readings, guessed }
}

/// The marks, with the hyphens and ※ that two lines of the cell or more begin with.
fn with_hyphens(lines: &[CellLine], marks: &[char], reader: &Reader<'_>) -> Vec<char> {
    let begins = |mark: char| lines.iter().filter(|l| reader.raw(&l.run).starts_with(mark)).count();
    let more = ['-', '－', '–', '*', '※'].into_iter().filter(|&mark| begins(mark) > 1);
    marks.iter().copied().chain(more).collect()
}

/// An item that `split_unmarked_items` found in a line.
fn unmarked(line: &Reading, found: &seisho_japanese::join::Item) -> Item {
    let raw = line.edited.to_raw(found.range);
    let stray =
        found.stray.iter().map(|&s| line.edited.to_raw(s)).map(|s| TextRange { start: s.start - raw.start, end: s.end - raw.start });
    Item { run: line.run.part(raw), mark: 0, stray: Some(stray.collect()), ends: Vec::new() }
}

/// Bytes of a mark in the raw text of an item that starts at `range`.
fn mark_in_raw(line: &Reading, range: TextRange, len: usize) -> usize {
    if len == 0 {
        return 0;
    }
    let start = line.edited.to_raw(range).start as usize;
    line.edited.raw_position(range.start as usize + len) - start
}

fn read_item(item: Item, reader: &mut Reader<'_>) -> Reading {
    let mut changes = Vec::new();
    if item.mark > 0 {
        changes.push(Change::lossless("drop-list-mark", TextRange::new(0, item.mark), ""));
    }
    match item.stray {
        None if item.ends.is_empty() => reader.read_with(&item.run, Spaces::Close, changes),
        None => reader.read_lines(&item.run, Spaces::Close, &item.ends),
        Some(stray) => {
            changes.extend(stray.into_iter().map(|s| Change::lossless("close-layout-space", s, "")));
            reader.read_with(&item.run, Spaces::Keep, changes)
        }
    }
}

/// The mark that a line begins with, if any.
fn leading_mark(text: &str, marks: &[char]) -> Option<char> {
    let first = text.chars().next()?;
    let behind = &text[first.len_utf8()..];
    // A hyphen needs a blank behind it, or another one that begins an item as it does.
    let again = || behind.match_indices(first).any(|(at, _)| behind[..at].ends_with(char::is_whitespace));
    let is_hyphen = matches!(first, '-' | '－' | '–' | '*') && (behind.starts_with(char::is_whitespace) || again());
    let is_mark = marks.contains(&first) || is_hyphen;
    (is_mark && behind.contains(is_visible)).then_some(first)
}

fn has_open_bracket(text: &str) -> bool {
    let count = |marks: [char; 6]| text.chars().filter(|c| marks.contains(c)).count();
    count(['「', '『', '（', '(', '《', '【']) > count(['」', '』', '）', ')', '》', '】'])
}

/// Cuts a line before its marks: ranges, each with the bytes of its mark and the white space behind it.
///
/// A mark stands at the start, or behind white space or a sentence's end: ・ also stands inside words
/// (障害者計画・実施計画). `goes_on` says that the line's start is no mark, whatever it is.
fn split_at_marks(text: &str, mark: Option<char>, goes_on: bool) -> Vec<(TextRange, usize)> {
    let Some(mark) = mark else { return vec![(TextRange::new(0, text.len()), 0)] };
    let mut starts = vec![0];
    let mut before = '\0';
    let last_ink = text.trim_end().len();
    for (at, c) in text.char_indices() {
        if at > 0 && c == mark && (before.is_whitespace() || before == '。') && at + c.len_utf8() < last_ink {
            starts.push(at);
        }
        before = c;
    }
    starts.push(text.len());
    starts
        .windows(2)
        .map(|w| {
            let body = text[w[0]..w[1]].trim_end();
            let behind = body.strip_prefix(mark).filter(|_| !(goes_on && w[0] == 0)).unwrap_or(body);
            let len = if behind.len() == body.len() { 0 } else { body.len() - behind.trim_start().len() };
            (TextRange::new(w[0], w[0] + body.len()), len)
        })
        .filter(|(range, _)| !range.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_middle_dot_inside_a_word_is_no_mark() {
        let text = "・計画・方針の周知 ・ 研修。・点検";
        let cut = |text: &'static str, mark| -> Vec<&str> {
            split_at_marks(text, mark, false).into_iter().map(|(r, len)| &text[r.as_usize()][len..]).collect()
        };
        assert_eq!(cut(text, leading_mark(text, &['・'])), ["計画・方針の周知", "研修。", "点検"]);
        assert_eq!(cut("計画・方針", leading_mark("計画・方針", &['・'])), ["計画・方針"]);
        // The second half of a cell that a page break cut: its first item goes on, the next has its mark.
        assert_eq!(cut("員会での審議 ・情報の収集", Some('・')), ["員会での審議", "情報の収集"]);
    }

    #[test]
    fn a_hyphen_is_a_mark_only_with_a_blank_behind_it() {
        assert_eq!(leading_mark("- 周知", &[]), Some('-'));
        assert_eq!(leading_mark("-5度", &[]), None);
    }
}
