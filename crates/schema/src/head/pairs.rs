//! Labels and values of a head that white space alone puts together: beside each other on a line, or the values on the
//! line below (`pdftotext -layout`). A value has the kind that its label calls for, or it is none.

use super::labels::{label_of, label_with};
use seisho_forms::{HeadField, HeadWords};
use seisho_model::layout::{Block, Line};
use seisho_model::{Pages, Piece, Run, TextRange};

/// Fewer lines of a label and its value may be chance.
const ENOUGH_LINES: usize = 2;
/// Words of one text stand no farther apart, in characters.
const ONE_BLANK: usize = 1;

/// A text of a line, and where it stands, in characters.
struct Text {
    piece: Piece,
    from: usize,
    to: usize,
}

/// The value of a label, with what that says it is; none for a label that is not known.
pub(crate) struct Pair {
    pub(crate) value: Run,
    pub(crate) field: Option<HeadField>,
}

/// The lines of a head that are labels and values, by the first piece of each, with the pairs of each.
pub(crate) fn find(blocks: &[Block], words: &HeadWords, pages: &Pages) -> Vec<(Piece, Vec<Pair>)> {
    let head = blocks.iter().take_while(|b| !matches!(b, Block::Table(_) | Block::PageBreak));
    let lines: Vec<&Line> = head.filter_map(|b| if let Block::Line(line) = b { Some(line) } else { None }).collect();
    let texts: Vec<Vec<Text>> = lines.iter().map(|line| texts(line, pages)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let first = |at: usize| lines[at].run.0[0];
        let run = narrow_run(&lines[at..], words, pages);
        if run.len() >= ENOUGH_LINES {
            let end = at + run.len();
            found.extend((at..end).zip(run).map(|(line, pair)| (first(line), vec![pair])));
            at = end;
            continue;
        }
        if let Some(pairs) = beside(&texts[at], words, pages) {
            found.push((first(at), pairs));
        } else if let Some(pairs) = texts.get(at + 1).and_then(|below| over(&texts[at], below, words, pages)) {
            found.push((first(at), Vec::new()));
            found.push((first(at + 1), pairs));
            at += 1;
        }
        at += 1;
    }
    found
}

/// The texts of a line that wide white parts; none of a line that is drawn.
fn texts(line: &Line, pages: &Pages) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for &piece in &line.run.0 {
        let page = &pages.0[piece.page as usize];
        if page.ink.is_some() {
            return Vec::new();
        }
        let column = page.line_column(piece.range.start).1 as usize;
        let text = page.slice(piece.range);
        for (nth, (at, c)) in text.char_indices().enumerate().filter(|(_, (_, c))| !c.is_whitespace()) {
            let place = column + nth;
            let (start, end) = (piece.range.start as usize + at, piece.range.start as usize + at + c.len_utf8());
            match texts.last_mut().filter(|last| last.piece.page == piece.page && place <= last.to + ONE_BLANK) {
                Some(last) => (last.piece.range, last.to) = (TextRange::new(last.piece.range.start as usize, end), place + 1),
                None => {
                    texts.push(Text { piece: Piece { page: piece.page, range: TextRange::new(start, end) }, from: place, to: place + 1 })
                }
            }
        }
    }
    texts
}

/// Lines below each other each of which is a label, a blank and its value, one of the labels known for certain.
fn narrow_run(lines: &[&Line], words: &HeadWords, pages: &Pages) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut is_known = false;
    for line in lines {
        let [piece] = line.run.0.as_slice() else { break };
        let text = pages.text(*piece);
        let Some((label, value)) = text.split_once(char::is_whitespace).map(|(label, value)| (label, value.trim_start())) else { break };
        let is_listed = label_of(label, words).is_some();
        // 市民部長 山田 太郎: a post is no label.
        let is_plain = |field: &HeadField| is_listed || !matches!(field, HeadField::Name | HeadField::PostAndName);
        let Some(field) = label_with(label, value, words).filter(is_plain).filter(|_| !text.contains([':', '：'])) else { break };
        is_known |= is_listed;
        let value = piece.part(text.len() - value.len()..text.len());
        pairs.push(Pair { value: Run(vec![value]), field: Some(field) });
    }
    if is_known { pairs } else { Vec::new() }
}

/// Labels with their values behind them: all of a line.
fn beside(texts: &[Text], words: &HeadWords, pages: &Pages) -> Option<Vec<Pair>> {
    if texts.is_empty() || !texts.len().is_multiple_of(2) || texts.iter().any(|t| pages.text(t.piece).contains([':', '：'])) {
        return None;
    }
    let text = |t: &Text| pages.text(t.piece);
    let pair = |pair: &[Text]| {
        let [label, value] = pair else { return None };
        let field = label_with(text(label), text(value), words)?;
        // 市民部長   山田 太郎: a post is no label, it is signed with.
        let signs = matches!(field, HeadField::Name | HeadField::PostAndName) && label_of(text(label), words).is_none();
        if signs && label.piece.page == value.piece.page {
            let range = TextRange::new(label.piece.range.start as usize, value.piece.range.end as usize);
            return Some(Pair { field: Some(HeadField::PostAndName), value: Run(vec![Piece { page: label.piece.page, range }]) });
        }
        Some(Pair { field: Some(field), value: Run(vec![value.piece]) })
    };
    texts.chunks(2).map(pair).collect()
}

/// Labels with their values on the line below, each nearest to its label.
fn over(labels: &[Text], below: &[Text], words: &HeadWords, pages: &Pages) -> Option<Vec<Pair>> {
    if labels.len() < 2 || below.len() < labels.len() {
        return None;
    }
    let text = |t: &Text| pages.text(t.piece);
    let distance = |label: &Text, value: &Text| (label.from + label.to).abs_diff(value.from + value.to);
    let nearest = |value: &Text| (0..labels.len()).min_by_key(|&l| distance(&labels[l], value)).unwrap_or(0);
    let mut values: Vec<Vec<&Text>> = labels.iter().map(|_| Vec::new()).collect();
    below.iter().for_each(|value| values[nearest(value)].push(value));
    let pairs: Vec<Pair> = labels
        .iter()
        .zip(&values)
        .map(|(label, values)| {
            let (first, last) = (values.first()?, values.last()?);
            let piece =
                Piece { page: first.piece.page, range: TextRange::new(first.piece.range.start as usize, last.piece.range.end as usize) };
            let field = label_with(text(label), pages.text(piece), words);
            // What is no label of a head names a value all the same, where it is no value itself.
            let is_label = field.is_some() || label_of(text(label), words).is_none() && !text(label).contains(|c: char| c.is_numeric());
            is_label.then(|| Pair { value: Run(vec![piece]), field })
        })
        .collect::<Option<_>>()?;
    (pairs.iter().filter(|pair| pair.field.is_some()).count() * 2 > pairs.len()).then_some(pairs)
}
