//! Tags inside a cell or line: `<ul> a b </ul>`, `<br>`, `<b>`. Splits at the ones that break a line and
//! makes stand-ins of the ones that do not. A `<…>` with an unknown name is text.

use crate::span;
use html5gum::{DefaultEmitter, Token, Tokenizer};
use seisho_model::Trust;
use seisho_model::layout::{CellLine, Layout, ListLine, StandIn};
use seisho_model::{Page, Piece, Run};
use std::collections::BTreeMap;
use std::ops::Range;

/// Tags that start and end a line.
const BREAKING: [&str; 19] = [
    "br",
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "hr",
    "caption",
    "blockquote",
];
/// Tags that leave the line whole.
const FLOWING: [&str; 15] = ["b", "strong", "i", "em", "u", "s", "span", "font", "a", "sub", "sup", "small", "big", "nobr", "wbr"];

/// Which `<…>` are tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tags {
    /// Those with a name from the lists above; the text is no HTML, though it may carry some.
    Known,
    /// All, comments too; entities stand for characters.
    All,
}

/// No named entity is longer.
const LONGEST_ENTITY: usize = 32;

/// Takes text apart at its tags. Both kinds of tags go where they belong in `layout`.
pub(crate) fn split(page: &Page, whole: Piece, which: Tags, layout: &mut Layout) -> Vec<CellLine> {
    let text = page.slice(whole.range);
    let mut splitter = Splitter { page, lines: Vec::new(), list: Vec::new(), open: false };
    let first = layout.stand_ins.len();
    let mut from = 0; // first byte that is in no line and no markup yet
    if text.contains('<') {
        for (name, closing, range) in tags(text, which) {
            if !BREAKING.contains(&name.as_str()) {
                layout.stand_ins.push(StandIn { piece: whole.part(range), means: String::new(), rule: "drop-tag", trust: Trust::Lossless });
                continue;
            }
            splitter.text(whole.part(from..range.start));
            splitter.tag(&name, closing);
            layout.markup.push(whole.part(range.clone()));
            from = range.end;
        }
    }
    splitter.text(whole.part(from..text.len()));
    let mut lines = splitter.lines;
    if which == Tags::All && text.contains(['&', '<']) {
        entities(page, whole, layout);
        let mut blanks = Blanks::new(&layout.stand_ins[first..]);
        lines.retain_mut(|line| blanks.shed(page, line, &mut layout.markup));
        let mut shed = blanks.shed.into_iter();
        let kept = layout.stand_ins.drain(first..).filter(|_| !shed.next().unwrap_or(false)).collect::<Vec<_>>();
        layout.stand_ins.extend(kept);
    }
    lines
}

/// The tags of a text: name, whether it closes, bytes. A comment has no name.
fn tags(text: &str, which: Tags) -> Vec<(String, bool, Range<usize>)> {
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut found = Vec::new();
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        let (name, closing, span) = match &token {
            Token::StartTag(tag) => (&tag.name[..], false, tag.span),
            Token::EndTag(tag) => (&tag.name[..], true, tag.span),
            Token::Comment(comment) => (&b""[..], false, comment.span),
            Token::Doctype(doctype) => (&b""[..], false, doctype.span),
            Token::String(_) | Token::Error(_) => continue,
        };
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let is_tag = which == Tags::All || BREAKING.contains(&name.as_str()) || FLOWING.contains(&name.as_str());
        if is_tag && let Some(range) = whole_tag(text, span.start..span.end) {
            found.push((name, closing, range));
        }
    }
    found
}

/// The span widened to the angle brackets, or none where there are none (the end of a broken file).
fn whole_tag(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let start = text.get(..=span.start)?.rfind('<')?;
    let end = span.end.saturating_sub(1).max(start);
    let end = end + text.get(end..)?.find('>')? + 1;
    Some(start..end)
}

/// Stand-ins for `&amp;`, `&#12288;` and the like.
fn entities(page: &Page, whole: Piece, layout: &mut Layout) {
    let text = page.slice(whole.range);
    for (at, _) in text.match_indices('&') {
        let name = text[at + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').take(LONGEST_ENTITY).count();
        let end = at + 1 + name + usize::from(text[at + 1 + name..].starts_with(';'));
        let means: String = Tokenizer::new(&text[at..end])
            .flatten()
            .filter_map(|t| if let Token::String(s) = t { Some(String::from_utf8_lossy(&s).into_owned()) } else { None })
            .collect();
        if means != text[at..end] {
            layout.stand_ins.push(StandIn { piece: whole.part(at..end), means, rule: "decode-entity", trust: Trust::Lossless });
        }
    }
}

/// Stand-ins of one page that leave no ink, and which of them lines have shed.
struct Blanks {
    /// Their pieces, by number of the stand-in.
    pieces: Vec<Piece>,
    starts: BTreeMap<u32, usize>,
    ends: BTreeMap<u32, usize>,
    shed: Vec<bool>,
}

impl Blanks {
    fn new(stand_ins: &[StandIn]) -> Self {
        let blank = || stand_ins.iter().enumerate().filter(|(_, s)| s.means.trim().is_empty());
        Self {
            pieces: stand_ins.iter().map(|s| s.piece).collect(),
            starts: blank().map(|(i, s)| (s.piece.range.start, i)).collect(),
            ends: blank().map(|(i, s)| (s.piece.range.end, i)).collect(),
            shed: vec![false; stand_ins.len()],
        }
    }

    /// Moves those at the ends of a line to the markup; false where nothing of the line is left.
    fn shed(&mut self, page: &Page, line: &mut CellLine, markup: &mut Vec<Piece>) -> bool {
        for piece in &mut line.run.0 {
            while let Some(found) = self.at_end(*piece) {
                self.shed[found] = true;
                let shed = self.pieces[found];
                markup.push(shed);
                let at_start = shed.range.start == piece.range.start;
                let keep = if at_start { shed.range.end..piece.range.end } else { piece.range.start..shed.range.start };
                *piece = span::trimmed(page, span::piece(piece.page as usize, keep.start as usize..keep.end as usize));
            }
        }
        line.run.0.retain(|p| !p.range.is_empty());
        !line.run.0.is_empty()
    }

    fn at_end(&self, piece: Piece) -> Option<usize> {
        let range = piece.range;
        let at_start = self.starts.get(&range.start).filter(|&&i| self.pieces[i].range.end <= range.end);
        let found = at_start.or_else(|| self.ends.get(&range.end).filter(|&&i| self.pieces[i].range.start >= range.start));
        found.copied().filter(|&i| !self.shed[i] && !range.is_empty())
    }
}

struct Splitter<'a> {
    page: &'a Page,
    lines: Vec<CellLine>,
    /// For each open list, whether an item is open in it.
    list: Vec<bool>,
    /// Whether the current item has a line already.
    open: bool,
}

impl Splitter<'_> {
    fn text(&mut self, piece: Piece) {
        let pieces = span::lines(self.page, piece);
        if pieces.is_empty() {
            return;
        }
        let list = match self.list.last() {
            None => ListLine::No,
            Some(false) => ListLine::Unmarked,
            Some(true) if self.open => ListLine::Further,
            Some(true) => ListLine::Item,
        };
        self.open = true;
        self.lines.push(CellLine { run: Run(pieces), list });
    }

    fn tag(&mut self, name: &str, closing: bool) {
        match (name, closing) {
            ("ul" | "ol", false) => self.list.push(false),
            ("ul" | "ol", true) => {
                self.list.pop();
            }
            ("li", _) => {
                self.open = false;
                if let Some(item) = self.list.last_mut() {
                    *item = !closing;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::Pages;

    fn split_text(text: &str) -> (Vec<(String, ListLine)>, usize, usize) {
        let pages = Pages(vec![Page::new(text.into(), 1, 0)]);
        let mut layout = Layout::default();
        let lines = split(&pages.0[0], span::piece(0, 0..text.len()), Tags::Known, &mut layout);
        (lines.iter().map(|l| (l.run.raw(&pages), l.list)).collect(), layout.markup.len(), layout.stand_ins.len())
    }

    #[test]
    fn a_list_without_items_keeps_its_text_as_unmarked() {
        let (lines, markup, _) = split_text("<ul style=\"list-style-type: none\"> 周知する。 研修を行う。 </ul>");
        assert_eq!(lines, [("周知する。 研修を行う。".to_owned(), ListLine::Unmarked)]);
        assert_eq!(markup, 2);
    }

    #[test]
    fn items_and_breaks_make_lines_and_bold_does_not() {
        let (lines, markup, stand_ins) = split_text("概要<br><ul><li>広<b>報</b><br/>紙</li><li>研修</li></ul>");
        let want = [("概要", ListLine::No), ("広<b>報</b>", ListLine::Item), ("紙", ListLine::Further), ("研修", ListLine::Item)];
        assert_eq!(lines, want.map(|(t, l)| (t.to_owned(), l)));
        assert_eq!((markup, stand_ins), (8, 2));
    }

    #[test]
    fn angle_brackets_around_other_words_are_text() {
        assert_eq!(split_text("<A案>と<重点>").0, [("<A案>と<重点>".to_owned(), ListLine::No)]);
    }
}
