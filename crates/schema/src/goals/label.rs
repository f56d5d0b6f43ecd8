//! Labels: what has the shape of one, and how a line may begin with a label: 期限：3月, 【期限】3月, ■期限, 期限 3月, a label alone.

use seisho_japanese::normalize::match_text;
use seisho_model::script::{is_digit, is_japanese};
use std::ops::Range;

/// Marks before a label. Not those of list items and notes.
const MARKS: &str = "■□◆◇●○▼▽★☆▶▷◎";
const BRACKETS: [(char, char); 8] =
    [('【', '】'), ('〔', '〕'), ('［', '］'), ('[', ']'), ('〈', '〉'), ('《', '》'), ('＜', '＞'), ('<', '>')];
/// A label of a line has no more letters; headings of columns may.
const LONGEST_OF_LINE: usize = 16;
/// Nor more bytes, the blanks of one that is spaced out with it.
const LONGEST_BYTES: usize = 8 * LONGEST_OF_LINE;
/// A label without a mark of its own ends before one of the first blanks of its line.
const FIRST_BLANKS: usize = 3;

/// Headings of one or two words: no longer, in characters, what stands in brackets not counted.
const LONGEST: usize = 24;

/// What a name is without its remark in brackets; all of it where nothing stands before them.
pub(crate) fn before_brackets(text: &str) -> &str {
    text.split(['（', '(']).next().filter(|base| !base.trim().is_empty()).unwrap_or(text)
}

/// Whether a text has the shape of a heading: short, no sentence.
pub(crate) fn is_short_name(text: &str) -> bool {
    let base = before_brackets(text);
    let chars = base.chars().filter(|c| !c.is_whitespace()).count();
    (1..=LONGEST).contains(&chars) && !text.contains('。') && !base.contains('、')
}

/// A label with which a line may begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::goals) struct Begin {
    /// Its name, without blanks, marks and brackets.
    pub(in crate::goals) key: String,
    /// The name's bytes of the line.
    pub(in crate::goals) name: Range<usize>,
    /// Where its value begins.
    pub(in crate::goals) value: usize,
    /// A colon or brackets say that it is one.
    pub(in crate::goals) is_marked: bool,
}

/// All labels with which a line may begin, the surest first.
pub(in crate::goals) fn begins(line: &str) -> Vec<Begin> {
    let start = line.len() - line.trim_start_matches(|c: char| MARKS.contains(c) || c.is_whitespace()).len();
    let text = &line[start..];
    let is_marked = line.trim_start().starts_with(|c| MARKS.contains(c));
    let mut found: Vec<Begin> = Vec::new();
    let mut add = |name: Range<usize>, value: usize, is_marked: bool| {
        if let Some(key) = key(&line[name.clone()]) {
            found.push(Begin { key, name, value, is_marked });
        }
    };
    let bracket = text.chars().next().and_then(|first| BRACKETS.iter().find(|(open, _)| *open == first));
    if let Some((open, close)) = bracket
        && let Some(end) = text.find(*close)
    {
        let after = start + end + close.len_utf8();
        let colon = line[after..].trim_start().chars().next().filter(|c| is_colon(*c));
        let skipped = colon.map_or(0, |c| line[after..].find(c).unwrap_or(0) + c.len_utf8());
        add(start + open.len_utf8()..start + end, after + skipped, true);
        return found;
    }
    if let Some(at) = text.find(is_colon) {
        let colon = text[at..].chars().next().map_or(1, char::len_utf8);
        add(start..start + text[..at].trim_end().len(), start + at + colon, true);
    }
    let blanks = text.char_indices().filter(|(at, c)| c.is_whitespace() && !text[..*at].ends_with(char::is_whitespace));
    for (at, _) in blanks.take(FIRST_BLANKS) {
        add(start..start + at, start + at, is_marked);
    }
    let end = start + text.trim_end().len();
    add(start..end, end, is_marked);
    found
}

/// A label without its colon, brackets and marks.
pub(in crate::goals) fn bare(label: &str) -> &str {
    begins(label).into_iter().find(|b| b.is_marked).map_or(label, |b| &label[b.name])
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// A label's name as it is compared; none for what is no name.
pub(in crate::goals) fn key(name: &str) -> Option<String> {
    // Most lines are texts, and longer.
    if name.len() > LONGEST_BYTES || !is_short_name(name) {
        return None;
    }
    let letters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = letters.iter().filter(|c| is_digit(**c)).count();
    let has_letter = letters.iter().any(|c| is_japanese(*c) || c.is_alphabetic() || *c == '№');
    let is_word = letters.len() > 1 || letters.first() == Some(&'№');
    let is_item = letters.first().is_some_and(|c| "・※*＊•-－(（".contains(*c));
    let is_name = letters.len() <= LONGEST_OF_LINE && has_letter && is_word && !is_item && digits * 3 < letters.len();
    (is_name && !is_colon(*letters.last()?)).then(|| match_text(&letters.iter().collect::<String>()))
}

/// The labels inside a value, each with where it begins: after a blank, with a colon, or as a word of its own.
pub(in crate::goals) fn inside(line: &str, from: usize) -> Vec<Begin> {
    let mut found = Vec::new();
    let mut before = true;
    for (at, c) in line.char_indices().skip_while(|(at, _)| *at < from) {
        if c.is_whitespace() {
            before = true;
            continue;
        }
        if std::mem::take(&mut before) {
            let word = line[at..].find(char::is_whitespace).map_or(line.len(), |end| at + end);
            let colon = line[at..word].find(is_colon).map(|colon| at + colon);
            let end = colon.unwrap_or(word);
            let value = colon.map_or(word, |colon| colon + line[colon..].chars().next().map_or(1, char::len_utf8));
            if let Some(key) = key(&line[at..end]) {
                found.push(Begin { key, name: at..end, value, is_marked: colon.is_some() });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(line: &str) -> (String, String, bool) {
        let found = begins(line);
        let first = found.first().expect("a label");
        (first.key.clone(), line[first.value..].trim().to_owned(), first.is_marked)
    }

    #[test]
    fn a_line_begins_with_a_label_in_brackets_before_a_colon_or_before_a_blank() {
        assert_eq!(first("【期　限】 3月"), ("期限".into(), "3月".into(), true));
        assert_eq!(first("■目標：10:30 に開く"), ("目標".into(), "10:30 に開く".into(), true));
        assert_eq!(first("担当課　福祉課"), ("担当課".into(), "福祉課".into(), false));
        assert!(begins("・市民：への周知。").is_empty() && begins("１２：３０").is_empty());
    }

    #[test]
    fn further_labels_stand_behind_blanks() {
        let line = "期限：3月　担当課：福祉課 共通";
        let keys: Vec<String> = inside(line, line.find('3').unwrap()).into_iter().filter(|b| b.is_marked).map(|b| b.key).collect();
        assert_eq!(keys, ["担当課"]);
    }
}
