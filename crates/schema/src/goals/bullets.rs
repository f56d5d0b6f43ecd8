//! A cell's items: by list elements, by marks, or by the words alone where the marks are lost.

use crate::reader::{Reader, Reading, Spaces};
use seisho_japanese::join::split_unmarked_items;
use seisho_model::layout::{CellLine, ListLine};
use seisho_model::{Change, Run, TextRange, is_visible};

/// The items of a cell and whether where they begin was guessed.
pub(super) struct Items {
    pub(super) readings: Vec<Reading>,
    pub(super) guessed: bool,
}

/// An item in the making.
struct Item {
    run: Run,
    /// Bytes of the mark at its start.
    mark: usize,
    /// Stray spaces inside, by bytes of the raw text; none where the reader should look for them.
    stray: Option<Vec<TextRange>>,
}

/// Reads the items of a cell; a cell without marks and list elements is one item.
pub(super) fn read(lines: &[CellLine], marks: &[char], reader: &mut Reader<'_>) -> Items {
    let mut items: Vec<Item> = Vec::new();
    let mut guessed = false;
    for line in lines {
        let raw = reader.raw(&line.run);
        let parts = split_at_marks(&raw, marks);
        let is_marked = parts.first().is_some_and(|p| p.1 > 0);
        if line.list == ListLine::Unmarked && !is_marked {
            for found in split_unmarked_items(reader.worker, &raw) {
                guessed |= found.guess;
                let start = found.range.start;
                let stray = found.stray.iter().map(|s| TextRange { start: s.start - start, end: s.end - start }).collect();
                items.push(Item { run: line.run.part(found.range), mark: 0, stray: Some(stray) });
            }
            continue;
        }
        for (i, (range, mark)) in parts.into_iter().enumerate() {
            let run = line.run.part(range);
            let begins = i > 0 || mark > 0 || matches!(line.list, ListLine::Item | ListLine::Unmarked);
            match items.last_mut().filter(|_| !begins) {
                Some(item) => item.run.0.extend(run.0),
                None => items.push(Item { run, mark, stray: None }),
            }
        }
    }
    let readings = items.into_iter().map(|item| read_item(item, reader)).filter(|r| !r.is_empty()).collect();
    Items { readings, guessed }
}

fn read_item(item: Item, reader: &mut Reader<'_>) -> Reading {
    let mut changes = Vec::new();
    if item.mark > 0 {
        changes.push(Change::lossless("drop-list-mark", TextRange::new(0, item.mark), ""));
    }
    match item.stray {
        None => reader.read_with(&item.run, Spaces::Close, changes),
        Some(stray) => {
            changes.extend(stray.into_iter().map(|s| Change::lossless("close-layout-space", s, "")));
            reader.read_with(&item.run, Spaces::Keep, changes)
        }
    }
}

/// Cuts a line before its marks: ranges, each with the bytes of its mark and the white space behind it.
///
/// A mark stands at the start, or, where one does, behind white space or a sentence's end: ・ also stands
/// inside words (障害者計画・実施計画).
fn split_at_marks(raw: &str, marks: &[char]) -> Vec<(TextRange, usize)> {
    let Some(first) = raw.chars().next().filter(|c| marks.contains(c) && raw.len() > c.len_utf8()) else {
        return vec![(TextRange::new(0, raw.len()), 0)];
    };
    let mut starts = vec![0];
    let mut before = '\0';
    for (at, c) in raw.char_indices() {
        let has_text = raw[at + c.len_utf8()..].contains(is_visible);
        if at > 0 && c == first && (before.is_whitespace() || before == '。') && has_text {
            starts.push(at);
        }
        before = c;
    }
    starts.push(raw.len());
    starts
        .windows(2)
        .map(|w| {
            let body = raw[w[0]..w[1]].trim_end();
            let text = body[first.len_utf8()..].trim_start();
            (TextRange::new(w[0], w[0] + body.len()), body.len() - text.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_middle_dot_inside_a_word_is_no_mark() {
        let raw = "・計画・方針の周知 ・ 研修。・点検";
        let parts: Vec<_> = split_at_marks(raw, &['・']).into_iter().map(|(r, mark)| &raw[r.as_usize()][mark..]).collect();
        assert_eq!(parts, ["計画・方針の周知", "研修。", "点検"]);
        assert_eq!(split_at_marks("計画 ・方針", &['・']).len(), 1);
    }
}
