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

/// The field of a text that stands as a label does, by its ending: 策定年月日, 部局長名, 所属部.
pub(crate) fn label_like(word: &str, words: &HeadWords) -> Option<HeadField> {
    let key = match_text(word);
    let key = key.trim_end_matches([':', '：']).trim_matches(['(', ')', '[', ']', '【', '】', '<', '>']).trim_end_matches('等');
    if key.chars().count() > LONGEST_LABEL {
        return None;
    }
    let endings = words.label_endings.iter().flat_map(|(&field, known)| known.iter().map(move |w| (field, w)));
    endings.filter(|(_, w)| key.ends_with(w.as_str())).max_by_key(|(_, w)| w.len()).map(|(field, _)| field)
}

/// No label of a head is longer, in characters.
const LONGEST_LABEL: usize = 10;

/// Whether a value is of the kind that its label calls for, where the label is known by its ending only.
fn suits(field: HeadField, value: &str, words: &HeadWords) -> bool {
    let key = match_text(value);
    let is_unit = words.rank_of_unit.iter().filter_map(|r| r.strip_suffix('長')).any(|u| key.ends_with(u) && key != u);
    match field {
        HeadField::Department => is_unit && !value.contains(['。', '、']),
        HeadField::Name | HeadField::PostAndName => super::is_name_like(value) || words.ranks.iter().any(|r| key.contains(r.as_str())),
        HeadField::Issued | HeadField::Revised | HeadField::FiscalYear => key.contains(|c: char| c.is_ascii_digit() || c == '元'),
        HeadField::Post => true,
    }
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
    if parts.iter().all(|p| p.label.is_none()) { at_colons(text, words) } else { parts }
}

/// A line of labels that no list has, each with a colon: the word before a colon is a label, what follows up to the next
/// label its value.
fn at_colons(text: &str, words: &HeadWords) -> Vec<Part> {
    let colons: Vec<usize> = text.match_indices(['：', ':']).map(|(at, _)| at).collect();
    let start_of = |colon: usize| {
        text[..colon].trim_end().rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))
    };
    // （座長：南雲谷課長） in a sentence labels nothing.
    if text.contains(['。', '、', '（', '(', '「']) || colons.first().is_none_or(|&c| start_of(c) > 0) {
        return whole(text);
    }
    let mut parts = Vec::new();
    for (index, &colon) in colons.iter().enumerate() {
        let start = start_of(colon);
        let value = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
        let end = colons.get(index + 1).map_or(text.len(), |&next| start_of(next).max(value));
        let body = text[value..end].trim();
        let from = value + (text[value..end].len() - text[value..end].trim_start().len());
        let label =
            label_of(&text[start..colon], words).or_else(|| label_like(&text[start..colon], words).filter(|&f| suits(f, body, words)));
        let Some(label) = label else { return whole(text) };
        parts.push(Part { label: Some(label), word: Some(TextRange::new(start, value)), value: TextRange::new(from, from + body.len()) });
    }
    if parts.is_empty() { whole(text) } else { parts }
}

/// A line without labels.
fn whole(text: &str) -> Vec<Part> {
    if text.trim().is_empty() {
        Vec::new()
    } else {
        vec![Part { label: None, word: None, value: TextRange::new(0, text.trim_end().len()) }]
    }
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
    let text = spaced(&cell.run(), reader).text().to_owned();
    let mut label_in = |found: Option<&Cell>| {
        let label = spaced(&found?.run(), reader);
        label_of(label.text(), words).or_else(|| label_like(label.text(), words).filter(|&f| suits(f, &text, words)))
    };
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
