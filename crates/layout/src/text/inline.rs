//! Tags inside a cell or line: `<ul> a b </ul>`, `<br>`, `<b>`. Splits at the ones that break a line and
//! makes stand-ins of the ones that do not. A `<…>` with an unknown name is text.

use crate::span;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use seisho_model::Trust;
use seisho_model::layout::{Apart, CellLine, Layout, ListLine, StandIn};
use seisho_model::record::Role;
use seisho_model::{Page, Piece, Run};
use std::collections::{BTreeMap, BTreeSet};
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
/// Elements without an end.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "wbr", "col"];
/// Tags that leave the line whole.
const FLOWING: [&str; 15] = ["b", "strong", "i", "em", "u", "s", "span", "font", "a", "sub", "sup", "small", "big", "nobr", "wbr"];

/// Which `<…>` are tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tags<'s> {
    /// Those with a name from the lists above; the text is no HTML, though it may carry some.
    Known,
    /// All, comments too; entities stand for characters. The styles say what is not shown.
    All(&'s Styles),
}

/// No named entity is longer.
const LONGEST_ENTITY: usize = 32;

/// The texts between the tags of what is not shown.
pub(crate) fn unshown(page: &Page, whole: Piece) -> Vec<Piece> {
    let mut from = 0;
    let mut found = Vec::new();
    let text = page.slice(whole.range);
    let end = text.len()..text.len();
    for range in tags(text, Tags::All(&Styles::default())).into_iter().map(|tag| tag.range).chain(std::iter::once(end)) {
        found.extend(span::lines(page, whole.part(from..range.start.max(from))));
        from = range.end;
    }
    found
}

/// What becomes of the text inside an element that is no live text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Seen, and of no line.
    Apart(Role),
    /// Raised: the mark of a note, or part of a number, as its text shows.
    Raised,
    /// Not shown.
    Unshown,
}

/// A tag: its name, none for a comment; whether it closes; its bytes.
struct Tag {
    name: String,
    closing: bool,
    range: Range<usize>,
    fate: Option<Fate>,
}

/// Takes the text of a cell apart at its tags: what is struck out in it stands beside what is not.
pub(crate) fn cell(page: &Page, parts: Vec<Piece>, which: Tags<'_>, layout: &mut Layout) -> Vec<CellLine> {
    let before = layout.apart.len();
    let lines: Vec<CellLine> = parts.into_iter().flat_map(|part| split(page, part, which, layout)).collect();
    let live = lines.iter().find_map(|l| l.run.0.first().copied());
    layout.apart[before..].iter_mut().for_each(|a| a.beside = a.beside.or(live));
    lines
}

/// Takes text apart at its tags. Both kinds of tags go where they belong in `layout`.
pub(crate) fn split(page: &Page, whole: Piece, which: Tags<'_>, layout: &mut Layout) -> Vec<CellLine> {
    let text = page.slice(whole.range);
    let mut splitter =
        Splitter { page, lines: Vec::new(), list: Vec::new(), open: false, goes_on: false, has_line: false, waiting: Vec::new() };
    let first = layout.stand_ins.len();
    let mut from = 0; // first byte that is in no line and no markup yet
    let mut inside: Option<Inside> = None;
    let tags = if text.contains(['<', '~']) { tags(text, which) } else { Vec::new() };
    for (number, tag) in tags.iter().enumerate() {
        if let Some(open) = &mut inside {
            open.pieces.push(whole.part(open.from..tag.range.start));
            open.markup.push(whole.part(tag.range.clone()));
            open.from = tag.range.end;
            open.depth = if tag.name != open.name { open.depth } else { open.depth + 1 - 2 * usize::from(tag.closing) };
            if let Some(closed) = inside.take_if(|open| open.depth == 0) {
                from = closed.from;
                splitter.close(closed, layout);
            }
            continue;
        }
        // What is raised and no mark stays in its line, as bold does.
        let raised = || tags.get(number + 1).and_then(|next| text.get(tag.range.end..next.range.start));
        let is_unit = || raised().is_none_or(|raised| !is_mark(raised, &text[..tag.range.start]));
        let fate = tag.fate.filter(|fate| !tag.closing && (*fate != Fate::Raised || !is_unit()));
        if let Some(fate) = fate {
            splitter.text(whole.part(from..tag.range.start), layout);
            splitter.goes_on = splitter.has_line;
            let (start, end) = (tag.range.start, tag.range.end);
            let markup = vec![whole.part(start..end)];
            inside = Some(Inside { name: tag.name.clone(), fate, depth: 1, from: end, pieces: Vec::new(), markup });
            continue;
        }
        if !BREAKING.contains(&tag.name.as_str()) {
            let piece = whole.part(tag.range.clone());
            layout.stand_ins.push(StandIn { piece, means: String::new(), rule: "drop-tag", trust: Trust::Lossless });
            continue;
        }
        splitter.text(whole.part(from..tag.range.start), layout);
        splitter.tag(&tag.name, tag.closing);
        layout.markup.push(whole.part(tag.range.clone()));
        from = tag.range.end;
    }
    match inside {
        None => splitter.text(whole.part(from..text.len()), layout),
        Some(mut open) => {
            open.pieces.push(whole.part(open.from..text.len()));
            splitter.close(open, layout);
        }
    }
    let mut lines = splitter.lines;
    if matches!(which, Tags::All(_)) && text.contains(['&', '<']) {
        entities(page, whole, layout);
        let mut blanks = Blanks::new(&layout.stand_ins[first..]);
        lines.retain_mut(|line| blanks.shed(page, line, &mut layout.markup));
        let mut shed = blanks.shed.into_iter();
        let kept = layout.stand_ins.drain(first..).filter(|_| !shed.next().unwrap_or(false)).collect::<Vec<_>>();
        layout.stand_ins.extend(kept);
    }
    lines
}

/// An open element whose text is no live text.
struct Inside {
    name: String,
    fate: Fate,
    depth: usize,
    /// The first byte after its last tag.
    from: usize,
    pieces: Vec<Piece>,
    markup: Vec<Piece>,
}

/// The tags of a text, in order.
fn tags(text: &str, which: Tags<'_>) -> Vec<Tag> {
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
        let named = fate_of_name(&name);
        let is_tag =
            matches!(which, Tags::All(_)) || named.is_some() || BREAKING.contains(&name.as_str()) || FLOWING.contains(&name.as_str());
        let styles = if let Tags::All(styles) = which { styles } else { &Styles::NONE };
        let fate = if let Token::StartTag(tag) = &token { fate_of_style(tag, styles).or(named) } else { named };
        let fate = fate.filter(|_| !VOID.contains(&name.as_str()));
        if is_tag && let Some(range) = whole_tag(text, span.start..span.end) {
            found.push(Tag { name, closing, range, fate });
        }
    }
    if which == Tags::Known {
        found.extend(tildes(text));
        found.sort_by_key(|tag| tag.range.start);
    }
    found
}

/// What an element of a name does to its text.
fn fate_of_name(name: &str) -> Option<Fate> {
    match name {
        "del" | "s" | "strike" => Some(Fate::Apart(Role::Struck)),
        "rt" | "rp" => Some(Fate::Apart(Role::Ruby)),
        "sup" => Some(Fate::Raised),
        _ => None,
    }
}

/// What a file's style sheets say of elements by their names, classes and ids: `.old`, `#draft`, `rp`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Styles {
    unshown: BTreeSet<String>,
    struck: BTreeSet<String>,
}

impl Styles {
    const NONE: Self = Self { unshown: BTreeSet::new(), struck: BTreeSet::new() };

    /// Takes the rules of a style sheet. What holds for some media only (`@media print`) is passed over.
    pub(crate) fn read(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some(open) = rest.find('{') {
            let selectors = rest[..open].rsplit(['}', ';']).next().unwrap_or("").trim();
            let body = &rest[open + 1..];
            let end = if selectors.starts_with('@') { matching(body) } else { body.find('}').unwrap_or(body.len()) };
            if !selectors.starts_with('@') {
                self.rule(selectors, &body[..end]);
            }
            rest = body.get(end + 1..).unwrap_or("");
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let declarations: String = declarations.to_ascii_lowercase().split_whitespace().collect();
        let simple = || selectors.split(',').map(str::trim).filter(|s| !s.contains([' ', '>', '+', '~', ':', '[']));
        if hides(&declarations) {
            self.unshown.extend(simple().map(str::to_ascii_lowercase));
        }
        if declarations.contains("line-through") {
            self.struck.extend(simple().map(str::to_ascii_lowercase));
        }
    }
}

/// Where the block that is open ends.
fn matching(body: &str) -> usize {
    let mut depth = 1;
    for (at, c) in body.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return at;
        }
    }
    body.len()
}

fn hides(declarations: &str) -> bool {
    declarations.contains("display:none") || declarations.contains("visibility:hidden")
}

/// Whether an element is not shown.
pub(crate) fn is_unshown(tag: &StartTag<usize>, styles: &Styles) -> bool {
    tag.attributes.contains_key(&b"hidden"[..]) || hides(&style(tag)) || selectors(tag).any(|s| styles.unshown.contains(&s))
}

fn fate_of_style(tag: &StartTag<usize>, styles: &Styles) -> Option<Fate> {
    if is_unshown(tag, styles) {
        return Some(Fate::Unshown);
    }
    let is_struck = style(tag).contains("line-through") || selectors(tag).any(|s| styles.struck.contains(&s));
    is_struck.then_some(Fate::Apart(Role::Struck))
}

/// The selectors that name an element: its name, classes and id, and its name with each of them.
fn selectors(tag: &StartTag<usize>) -> impl Iterator<Item = String> {
    let value = |key: &[u8]| tag.attributes.get(key).map(|v| String::from_utf8_lossy(v).to_ascii_lowercase()).unwrap_or_default();
    let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
    let (classes, id) = (value(b"class"), value(b"id"));
    let marks: Vec<String> =
        classes.split_whitespace().map(|c| format!(".{c}")).chain((!id.is_empty()).then(|| format!("#{id}"))).collect();
    let with_name: Vec<String> = marks.iter().map(|mark| format!("{name}{mark}")).collect();
    [name].into_iter().chain(marks).chain(with_name)
}

/// The style of an element, without blanks.
fn style(tag: &StartTag<usize>) -> String {
    let style = tag.attributes.get(&b"style"[..]).map_or(&b""[..], |value| &value[..]);
    String::from_utf8_lossy(style).to_ascii_lowercase().split_whitespace().collect()
}

/// `~~` around struck words, as Markdown has it: two of them on one line, without blanks inside.
fn tildes(text: &str) -> Vec<Tag> {
    const MARK: &str = "~~";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(MARK).map(|at| from + at) {
        let inner = start + MARK.len();
        let end = text[inner..].find(MARK).map(|at| inner + at);
        let is_pair = |end: &usize| {
            let inner = &text[inner..*end];
            !inner.is_empty() && inner.trim() == inner && !inner.contains(['\n', '\r', '~'])
        };
        match end.filter(is_pair) {
            Some(end) => {
                let tag = |closing, range| Tag { name: MARK.to_owned(), closing, range, fate: Some(Fate::Apart(Role::Struck)) };
                found.extend([tag(false, start..inner), tag(true, end..end + MARK.len())]);
                from = end + MARK.len();
            }
            None => from = inner,
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
    /// Whether the next text stands on the line of the last one.
    goes_on: bool,
    /// Whether the current line has text.
    has_line: bool,
    /// Texts apart, by index, that stand before the first text of their line.
    waiting: Vec<usize>,
}

impl Splitter<'_> {
    fn text(&mut self, piece: Piece, layout: &mut Layout) {
        let pieces = span::lines(self.page, piece);
        let Some(&first) = pieces.first() else { return };
        for index in self.waiting.drain(..) {
            layout.apart[index].beside = Some(first);
        }
        if self.goes_on
            && let Some(last) = self.lines.last_mut()
        {
            last.run.0.extend(pieces);
            return;
        }
        self.goes_on = false;
        let list = match self.list.last() {
            None => ListLine::No,
            Some(false) => ListLine::Unmarked,
            Some(true) if self.open => ListLine::Further,
            Some(true) => ListLine::Item,
        };
        self.open = true;
        self.has_line = true;
        self.lines.push(CellLine { run: Run(pieces), list });
    }

    /// Puts the text of an element where it belongs.
    fn close(&mut self, open: Inside, layout: &mut Layout) {
        layout.markup.extend(open.markup);
        let pieces: Vec<Piece> = open.pieces.into_iter().flat_map(|p| span::lines(self.page, p)).collect();
        if pieces.is_empty() {
            return;
        }
        let role = match open.fate {
            Fate::Apart(role) => role,
            Fate::Raised => Role::Note,
            Fate::Unshown => {
                layout.markup.extend(&pieces);
                return layout.unshown.extend(pieces);
            }
        };
        let beside = self.lines.last().filter(|_| self.has_line).and_then(|l| l.run.0.last()).copied();
        self.waiting.extend(beside.is_none().then_some(layout.apart.len()));
        layout.apart.push(Apart { role, run: Run(pieces), beside });
    }

    fn tag(&mut self, name: &str, closing: bool) {
        self.goes_on = false;
        self.has_line = false;
        self.waiting.clear();
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

/// Whether a raised text is the mark of a note: figures and signs, not after a letter, which makes a unit of it (m²).
fn is_mark(text: &str, before: &str) -> bool {
    let is_sign = |c: char| c.is_numeric() || matches!(c, '※' | '＊' | '*' | '†' | '‡' | '注' | '(' | ')' | '（' | '）' | ',' | '、');
    let before = before.trim_end().chars().next_back();
    text.chars().all(is_sign)
        && !before.is_some_and(|c| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c) || matches!(c, 'ｍ' | '㎞' | 'Ｍ'))
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
