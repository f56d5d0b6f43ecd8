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
    let field_of = |key: &str| words.labels.iter().find(|(_, known)| known.iter().any(|w| w == key)).map(|(&field, _)| field);
    let by_choice = || with_choice(&key)?.iter().find_map(|key| field_of(key));
    field_of(bare(&key)).or_else(|| field_of(without_remark(&key))).or_else(by_choice)
}

/// The field of a text that stands as a label does, by its ending: 策定年月日, 部局長名, 所属部.
pub(crate) fn label_like(word: &str, words: &HeadWords) -> Option<HeadField> {
    let key = match_text(word);
    let whole = with_choice(&key).map_or(key, |[both, _]| both);
    let key = without_remark(&whole);
    if key.chars().count() > LONGEST_LABEL {
        return None;
    }
    let endings = words.label_endings.iter().flat_map(|(&field, known)| known.iter().map(move |w| (field, w)));
    endings.filter(|(_, w)| key.ends_with(w.as_str())).max_by_key(|(_, w)| w.len()).map(|(field, _)| field)
}

/// The field of a label whose value is of its kind.
pub(crate) fn label_with(label: &str, value: &str, words: &HeadWords) -> Option<HeadField> {
    label_of(label, words).or_else(|| label_like(label, words)).filter(|&field| suits(field, value, words))
}

/// A label with a choice in its middle, with both and with the first: 部(局)名 is 部局名 and 部名.
fn with_choice(key: &str) -> Option<[String; 2]> {
    let (before, rest) = key.trim_end_matches(':').split_once('(')?;
    let (choice, behind) = rest.split_once(')')?;
    (!before.is_empty() && !behind.is_empty()).then(|| [format!("{before}{choice}{behind}"), format!("{before}{behind}")])
}

/// A label without its colon and brackets.
fn bare(key: &str) -> &str {
    key.trim_end_matches(':').trim_matches(['(', ')', '[', ']', '【', '】', '<', '>'])
}

/// And without what it says besides: 氏名等, 部長名(自署).
fn without_remark(key: &str) -> &str {
    let key = key.trim_end_matches(':');
    let start = key.rfind('(').filter(|&at| at > 0 && key.ends_with(')')).unwrap_or(key.len());
    bare(&key[..start]).trim_end_matches('等')
}

/// No label of a head is longer, in characters.
const LONGEST_LABEL: usize = 10;

/// Whether a value is of the kind that its label calls for, where the label is known by its ending only.
pub(super) fn suits(field: HeadField, value: &str, words: &HeadWords) -> bool {
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
///
/// In a line with a known label every other word with a colon begins a part of its own, whatever it labels: a value ends
/// there. A line without one is of labels only where all of it is, each known by its ending and by its value.
pub(crate) fn split(text: &str, words: &HeadWords) -> Vec<Part> {
    let is_sentence = text.contains(['。', '、', '「']);
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
        let label = label_of(body, words);
        let has_colon = !is_sentence && body.ends_with([':', '：']) && body.chars().count() > 1;
        if label.is_some() || has_colon {
            parts.push(Part { label, word: Some(word), value: TextRange::new(at, at) });
        } else if let Some(part) = parts.last_mut()
            && !body.is_empty()
        {
            let start = if part.value.is_empty() { word.start } else { part.value.start };
            part.value = TextRange { start, end: word.end };
        }
    }
    parts.retain(|p| p.word.is_some() || !p.value.is_empty());
    let has_known = parts.iter().any(|p| p.label.is_some());
    for part in parts.iter_mut().filter(|p| p.label.is_none()) {
        let value = &text[part.value.as_usize()];
        part.label = part.word.and_then(|word| label_like(&text[word.as_usize()], words)).filter(|&field| suits(field, value, words));
    }
    // （座長：南雲谷課長） in a sentence labels nothing.
    let all_labelled = !text.contains(['（', '(']) && parts.iter().all(|p| p.label.is_some());
    // 提出部：市民生活部　作成：令和5年4月15日: nothing else than words with a colon and what stands behind them.
    let all_worded = parts.len() > 1 && parts.iter().all(|p| p.word.is_some()) && parts.iter().any(|p| p.label.is_some());
    if has_known || all_labelled || all_worded {
        parts.into_iter().flat_map(|p| without_neighbour(p, text, words)).collect()
    } else {
        whole(text)
    }
}

/// A department ends where something else stands behind it that has no label of its own: 上下水道局　所管部長 柳瀬健.
fn without_neighbour(part: Part, text: &str, words: &HeadWords) -> Vec<Part> {
    let value = &text[part.value.as_usize()];
    let is_unit = |text: &str| suits(HeadField::Department, text, words);
    let first = value.split(char::is_whitespace).next().unwrap_or(value);
    if part.label != Some(HeadField::Department) || first.len() == value.len() || is_unit(value) || !is_unit(first) {
        return vec![part];
    }
    let (start, end) = (part.value.start as usize, part.value.end as usize);
    let rest = end - value[first.len()..].trim_start().len();
    vec![
        Part { value: TextRange::new(start, start + first.len()), ..part },
        Part { label: None, word: None, value: TextRange::new(rest, end) },
    ]
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
        // 職　　名： ends with its colon.
        let body = token.trim().trim_end_matches([':', '：']);
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

/// Whether the labels of a row of the head have their values below, and not beside them: more of them find one of their kind there.
fn values_below(table: &Table, grid: &[Vec<Option<usize>>], row: u32, words: &HeadWords, reader: &mut Reader<'_>) -> bool {
    let text = |cell: &Cell, reader: &mut Reader<'_>| spaced(&cell.run(), reader).text().to_owned();
    let at = |row: u32, col: u32| Some(&table.cells[(*grid.get(row as usize)?.get(col as usize)?)?]).filter(|c| !c.is_blank());
    let (mut below, mut beside) = (0, 0);
    for cell in table.cells.iter().filter(|c| c.row.start == row && !c.is_blank()) {
        let own = text(cell, reader);
        let Some(field) = label_of(&own, words).or_else(|| label_like(&own, words)) else { continue };
        let under = at(cell.row.end, cell.col.start).filter(|c| c.col == cell.col).map(|c| text(c, reader));
        let right = at(row, cell.col.end).map(|c| text(c, reader));
        // Any text may be a post, and a label looks like a name.
        let is_post = |value: &str| field != HeadField::Post || words.ranks.iter().any(|rank| value.contains(rank.as_str()));
        let is_name = |value: &str| !matches!(field, HeadField::Name | HeadField::PostAndName) || label_like(value, words).is_none();
        let fits = |value: String| suits(field, &value, words) && is_post(&value) && is_name(&value);
        below += usize::from(under.is_some_and(fits));
        beside += usize::from(right.is_some_and(fits));
    }
    below > beside
}

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
    let label_in = |found: Option<&Cell>, reader: &mut Reader<'_>| {
        let label = spaced(&found?.run(), reader);
        label_of(label.text(), words).or_else(|| label_like(label.text(), words).filter(|&f| suits(f, &text, words)))
    };
    let is_over = values_below(table, grid, cell.row.start, words, reader);
    let row = table.cells[..index].iter().rev().take_while(|c| c.row.start == cell.row.start);
    let above = || {
        let found = *grid.get((cell.row.start as usize).checked_sub(1)?)?.get(cell.col.start as usize)?;
        Some(&table.cells[found?]).filter(|c| c.row.end == cell.row.start && !c.is_blank())
    };
    let left = row.into_iter().find(|c| !c.is_blank());
    let left = left.filter(|_| !is_over);
    label_in(left, reader).or_else(|| label_in(above(), reader))
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

    #[test]
    fn letters_of_a_label_may_stand_apart() {
        let words = Forms::built_in().unwrap().head;
        for (text, label, value) in
            [("作 成 日：R7.4.15", HeadField::Issued, "R7.4.15"), ("氏　　名：長谷川　健", HeadField::Name, "長谷川　健")]
        {
            let parts: Vec<_> = split(text, &words).iter().map(|p| (p.label, &text[p.value.as_usize()])).collect();
            assert_eq!(parts, [(Some(label), value)]);
        }
    }

    #[test]
    fn a_value_ends_at_the_next_label_whether_it_is_known_or_not() {
        let words = Forms::built_in().unwrap().head;
        let department = |text: &'static str| {
            let parts = split(text, &words);
            parts.iter().find(|p| p.label == Some(HeadField::Department)).map(|p| &text[p.value.as_usize()])
        };
        assert_eq!(department("所属：市民生活部　部局長：小野寺 一成"), Some("市民生活部"));
        assert_eq!(department("部名：市民生活部　統括者：長谷部　由紀"), Some("市民生活部"));
        assert_eq!(department("所属部：上下水道局　部局長：柳瀬 浩二　作成日：R5.6.3"), Some("上下水道局"));
        assert_eq!(department("部名 上下水道局　　所管部長　柳瀬健"), Some("上下水道局"));
        assert_eq!(department("部名：健康福祉部 福祉課"), Some("健康福祉部 福祉課"));
        assert_eq!(split("検討会（座長：南雲谷課長）を設ける", &words).len(), 1);
    }
}
