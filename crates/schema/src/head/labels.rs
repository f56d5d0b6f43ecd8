//! Labels of the head (作成日, 職名, 氏名) and the values beside, below or behind them.

use super::spaced;
use seisho_forms::{HeadField, HeadWords};
use seisho_japanese::normalize::match_text;
use seisho_model::TextRange;
use seisho_model::layout::{Cell, Table};
use seisho_reading::Reader;

/// A label and what stands behind it, as ranges of the line's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) label: Option<HeadField>,
    /// The label's own word, with its colon.
    pub(crate) word: Option<TextRange>,
    /// What stands behind it, up to the next label.
    pub(crate) value: TextRange,
}

/// The field that a word labels.
pub(crate) fn label_of(word: &str, words: &HeadWords) -> Option<HeadField> {
    let key = match_text(word);
    let key = key.trim_end_matches([':', '：']).trim_matches(['(', ')', '[', ']', '【', '】', '<', '>']);
    words.labels.iter().find(|(_, known)| known.iter().any(|w| w == key)).map(|(&field, _)| field)
}

/// Cuts a line at its labels. What stands before the first one comes first, without a label.
pub(crate) fn split(text: &str, words: &HeadWords) -> Vec<Part> {
    let mut parts = vec![Part { label: None, word: None, value: TextRange::new(0, 0) }];
    let mut at = 0;
    let tokens: Vec<&str> = text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '／' | '/' | '】')).collect();
    let mut next = 0;
    while next < tokens.len() {
        // 職　名 beside other labels: two letters of one word.
        let count = spaced_label(&tokens[next..], words).unwrap_or(1);
        let length: usize = tokens[next..next + count].iter().map(|t| t.len()).sum();
        let body = text[at..at + length].trim_end().trim_end_matches(['／', '/']);
        let word = TextRange::new(at, at + body.len());
        at += length;
        next += count;
        if let Some(label) = label_of(body, words) {
            parts.push(Part { label: Some(label), word: Some(word), value: TextRange::new(at, at) });
        } else if let Some(part) = parts.last_mut()
            && !body.is_empty()
        {
            let start = if part.value.is_empty() { word.start } else { part.value.start };
            part.value = TextRange { start, end: word.end };
        }
    }
    parts.retain(|p| p.label.is_some() || !p.value.is_empty());
    parts
}

/// How many tokens at the start are a label whose letters stand apart, the blanks between them counted.
fn spaced_label(tokens: &[&str], words: &HeadWords) -> Option<usize> {
    let mut label = String::new();
    for (index, token) in tokens.iter().enumerate().take(SPACED_LABEL) {
        let body = token.trim();
        if body.chars().count() > 1 {
            return None;
        }
        label.push_str(body);
        if label.chars().count() > 1 && label_of(&label, words).is_some() {
            return Some(index + 1);
        }
    }
    None
}

/// Two letters and the blanks between them.
const SPACED_LABEL: usize = 8;

/// The label that a cell of the head, by index, belongs to: the nearest one to the left with nothing between,
/// else the one above. `grid` is the table's.
pub(crate) fn above_or_beside(
    table: &Table,
    grid: &[Vec<Option<usize>>],
    index: usize,
    words: &HeadWords,
    reader: &mut Reader<'_>,
) -> Option<HeadField> {
    let cell = &table.cells[index];
    let mut label_in = |found: Option<&Cell>| label_of(spaced(&found?.run(), reader).text(), words);
    let row = table.cells[..index].iter().rev().take_while(|c| c.row.start == cell.row.start);
    let above = || {
        let found = *grid.get((cell.row.start as usize).checked_sub(1)?)?.get(cell.col.start as usize)?;
        Some(&table.cells[found?]).filter(|c| c.row.end == cell.row.start && !c.is_blank())
    };
    label_in(row.into_iter().find(|c| !c.is_blank())).or_else(|| label_in(above()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_forms::Forms;

    #[test]
    fn a_line_of_labels_and_values() {
        let words = Forms::built_in().unwrap().head;
        let text = "作成日：令和5年4月1日　職名：環境部長　氏名：垣内 健";
        let parts: Vec<_> = split(text, &words).iter().map(|p| (p.label, &text[p.value.as_usize()])).collect();
        let want = [(HeadField::Issued, "令和5年4月1日"), (HeadField::Post, "環境部長"), (HeadField::Name, "垣内 健")];
        assert_eq!(parts, want.map(|(l, v)| (Some(l), v)));
    }
}
