//! Tags inside a cell or line: `<ul> a b </ul>`, `<br>`, `<b>`. Splits at the ones that break a line and
//! makes stand-ins of the ones that do not. A `<…>` with an unknown name is text.

use crate::span;
use crate::text::styles::{Styles, is_struck, is_unshown};
use crate::text::tag::{VOID, whole_tag};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use seisho_model::Trust;
use seisho_model::layout::{Apart, CellLine, Layout, ListLine, StandIn};
use seisho_model::record::Role;
use seisho_model::script::{is_kanji, is_note_mark, is_ruby};
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
/// Those that a text which is no HTML may carry.
const CARRIED: [&str; 15] = ["b", "strong", "i", "em", "u", "s", "span", "font", "a", "sub", "sup", "small", "big", "nobr", "wbr"];

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
    for range in tags(text, 0, Tags::All(&Styles::NONE)).into_iter().map(|tag| tag.range).chain(std::iter::once(end)) {
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
#[derive(Clone, Debug, Default)]
struct Tag {
    name: String,
    closing: bool,
    range: Range<usize>,
    fate: Option<Fate>,
    /// What the browser shows in its place: the sign of a box to tick, what was typed.
    means: String,
    /// Whether it is the chosen entry of a list.
    chosen: bool,
}

/// Takes the text of a cell apart at its tags: what is struck out in it stands beside what is not.
pub(crate) fn cell(page: &Page, parts: Vec<Piece>, which: Tags<'_>, layout: &mut Layout) -> Vec<CellLine> {
    let before = layout.apart.len();
    let lines: Vec<CellLine> = parts.into_iter().flat_map(|part| split(page, part, which, layout)).collect();
    let live = lines.iter().find_map(|l| l.run.0.first().copied());
    // A text of tags alone is in no line any more.
    let is_live = |piece: &Piece| {
        lines
            .iter()
            .any(|l| l.run.0.iter().any(|p| p.page == piece.page && p.range.start < piece.range.end && piece.range.start < p.range.end))
    };
    layout.apart[before..].iter_mut().for_each(|a| a.beside = a.beside.filter(is_live).or(live));
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
    let tags = if text.contains(['<', '~', '《']) || text.contains(STRUCK) || text.contains(is_raised) {
        tags(text, whole.range.start as usize, which)
    } else {
        Vec::new()
    };
    let unchosen = unchosen(&tags, text);
    for (number, tag) in tags.iter().enumerate() {
        if tag.range.start < from {
            continue;
        }
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
        let is_unit = || raised().is_none_or(|raised| !is_note_mark(raised, &text[..tag.range.start]));
        let fate = tag.fate.filter(|fate| !tag.closing && (*fate != Fate::Raised || !is_unit()));
        if let Some(fate) = fate {
            splitter.text(whole.part(from..tag.range.start), layout);
            splitter.goes_on = splitter.has_line;
            let (start, end) = (tag.range.start, tag.range.end);
            let markup = vec![whole.part(start..end)];
            inside = Some(Inside { name: tag.name.clone(), fate, depth: 1, from: end, pieces: Vec::new(), markup });
            continue;
        }
        // Of a list to choose from the chosen entry is shown; the others are in nobody's text.
        if let Some(&end) = unchosen.get(&tag.range.start) {
            splitter.text(whole.part(from..tag.range.start), layout);
            splitter.goes_on = splitter.has_line;
            layout.markup.push(whole.part(tag.range.start..end));
            from = end;
            continue;
        }
        if !BREAKING.contains(&tag.name.as_str()) {
            let piece = whole.part(tag.range.clone());
            let rule = if tag.means.is_empty() { "drop-tag" } else { "read-field" };
            layout.stand_ins.push(StandIn { piece, means: tag.means.clone(), rule, trust: Trust::Lossless });
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

/// The entries of lists to choose from that the browser does not show, from where they begin to where they end: the one that
/// is selected is shown, else the first.
fn unchosen(tags: &[Tag], text: &str) -> BTreeMap<usize, usize> {
    let mut unchosen = BTreeMap::new();
    let starts = tags.iter().enumerate().filter(|(_, tag)| tag.name == "select" && !tag.closing);
    for (open, list) in starts {
        let close = tags[open + 1..].iter().position(|t| t.name == "select").map_or(tags.len(), |at| open + 1 + at);
        let options: Vec<usize> = (open..close).filter(|&at| tags[at].name == "option" && !tags[at].closing).collect();
        let shown = options.iter().find(|&&at| tags[at].chosen).or(options.first());
        if text[list.range.clone()].to_ascii_lowercase().contains("multiple") {
            continue;
        }
        for &option in options.iter().filter(|&at| Some(at) != shown) {
            let ends = |t: &&Tag| matches!(t.name.as_str(), "option" | "optgroup" | "select");
            let end = tags[option + 1..].iter().find(ends).map_or(text.len(), |t| t.range.start);
            unchosen.insert(tags[option].range.start, end);
        }
    }
    unchosen
}

/// What a browser shows in place of a tag.
fn shown(tag: &StartTag<usize>) -> String {
    let value = |name: &[u8]| tag.attributes.get(name).map(|v| String::from_utf8_lossy(v).into_owned());
    let has = |name: &[u8]| tag.attributes.contains_key(name);
    match &tag.name[..] {
        b"input" => match value(b"type").unwrap_or_default().to_ascii_lowercase().as_str() {
            "radio" | "checkbox" => if has(b"checked") { "☑" } else { "☐" }.to_owned(),
            "" | "text" | "number" | "date" | "month" | "week" | "time" | "datetime-local" | "tel" | "email" | "url" | "search" => {
                value(b"value").unwrap_or_default()
            }
            _ => String::new(),
        },
        _ => String::new(),
    }
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

/// The tags of a text, in order; it begins at a byte of its page.
fn tags(text: &str, begins: usize, which: Tags<'_>) -> Vec<Tag> {
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
            matches!(which, Tags::All(_)) || named.is_some() || BREAKING.contains(&name.as_str()) || CARRIED.contains(&name.as_str());
        let styles = if let Tags::All(styles) = which { styles } else { &Styles::NONE };
        if is_tag && let Some(range) = whole_tag(text, span.start..span.end) {
            let by_style = if let Token::StartTag(tag) = &token { fate_of_style(tag, begins + range.start, styles) } else { None };
            let fate = by_style.or(named).filter(|_| !VOID.contains(&name.as_str()));
            let means = if let (Token::StartTag(tag), Tags::All(_)) = (&token, which) { shown(tag) } else { String::new() };
            let chosen = matches!(&token, Token::StartTag(tag) if name == "option" && tag.attributes.contains_key(&b"selected"[..]));
            found.push(Tag { name, closing, range, fate, means, chosen });
        }
    }
    if which == Tags::Known {
        found.extend(tildes(text));
    }
    // What is written without tags means the same; inside a tag it means nothing.
    let is_free = |mark: &Tag| {
        let behind = found.partition_point(|tag| tag.range.end <= mark.range.start);
        found.get(behind).is_none_or(|tag| mark.range.end <= tag.range.start)
    };
    let pairs = [runs(text, is_struck_by_letter), runs(text, is_raised_mark), readings(text)].concat();
    let free: Vec<Tag> = pairs.into_iter().filter(|pair| pair.iter().all(is_free)).flatten().collect();
    if which == Tags::Known || !free.is_empty() {
        found.extend(free);
        found.sort_by_key(|tag| (tag.range.start, tag.range.end, !tag.closing));
    }
    found
}

fn fate_of_style(tag: &StartTag<usize>, at: usize, styles: &Styles) -> Option<Fate> {
    if is_unshown(tag, at, styles) {
        return Some(Fate::Unshown);
    }
    is_struck(tag, at, styles).then_some(Fate::Apart(Role::Struck))
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

/// A stroke through the letter before it (U+0335 to U+0338).
const STRUCK: [char; 4] = ['\u{335}', '\u{336}', '\u{337}', '\u{338}'];

/// A digit or bracket that is raised by itself: ², ⁽¹⁾.
fn is_raised(c: char) -> bool {
    matches!(c, '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{207D}' | '\u{207E}')
}

/// How many bytes at the start of a text are a letter with a stroke through it.
fn is_struck_by_letter(text: &str, _: Option<char>) -> usize {
    let mut chars = text.char_indices().skip(1).skip_while(|(_, c)| STRUCK.contains(c));
    let end = chars.next().map_or(text.len(), |(at, _)| at);
    if text.chars().nth(1).is_some_and(|c| STRUCK.contains(&c)) { end } else { 0 }
}

/// How many bytes at the start of a text are raised and stand behind a text.
fn is_raised_mark(text: &str, before: Option<char>) -> usize {
    let stands_behind = before.is_some_and(|c| !c.is_whitespace() && !is_raised(c) && c != '>');
    text.chars().next().filter(|c| is_raised(*c) && (stands_behind || before.is_some_and(is_raised))).map_or(0, char::len_utf8)
}

/// Runs of letters that are of a kind, as elements around them.
fn runs(text: &str, length: fn(&str, Option<char>) -> usize) -> Vec<[Tag; 2]> {
    let mut found: Vec<[Tag; 2]> = Vec::new();
    let mut before = None;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at >= skip {
            let length = length(&text[at..], before);
            if length > 0 {
                let fate = if is_raised(c) { Fate::Raised } else { Fate::Apart(Role::Struck) };
                let tag = |closing, at: usize| Tag { name: MARKS.to_owned(), closing, range: at..at, fate: Some(fate), ..Tag::default() };
                match found.last_mut().filter(|[_, close]| close.range.end == at) {
                    Some([_, close]) => close.range = at + length..at + length,
                    None => found.push([tag(false, at), tag(true, at + length)]),
                }
                skip = at + length;
            }
        }
        before = Some(c);
    }
    found
}

/// The name of elements that signs make.
const MARKS: &str = "marks";

/// Readings behind their kanji, as plain texts have them: 四阿《あずまや》, ｜御用邸《ごようてい》.
fn readings(text: &str) -> Vec<[Tag; 2]> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('《') {
        let start = open + '《'.len_utf8();
        let Some(length) = text[start..].char_indices().take(LONGEST_READING).find(|(_, c)| !is_ruby(*c)).map(|(length, _)| length) else {
            continue;
        };
        let end = start + length;
        let is_reading = length > 0 && text[end..].starts_with('》');
        let before = || text[..open].char_indices().rev().take(LONGEST_READING);
        let bar = before().take_while(|(_, c)| !c.is_whitespace() && *c != '》').find(|(_, c)| *c == '｜').map(|(at, _)| at);
        if is_reading && (bar.is_some() || before().next().is_some_and(|(_, c)| is_kanji(c))) {
            let tag =
                |closing, range| Tag { name: MARKS.to_owned(), closing, range, fate: Some(Fate::Apart(Role::Ruby)), ..Tag::default() };
            found.push([tag(false, open..start), tag(true, end..end + '》'.len_utf8())]);
            // The bar says where the kanji begin, and nothing else.
            if let Some(bar) = bar {
                let tag = |closing, range| Tag { name: BAR.to_owned(), closing, range, fate: None, ..Tag::default() };
                let end = bar + '｜'.len_utf8();
                found.push([tag(false, bar..end), tag(true, end..end)]);
            }
        }
    }
    found
}

/// No word or reading has more letters.
const LONGEST_READING: usize = 40;

/// The name of the sign before kanji with a reading.
const BAR: &str = "bar";

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
                let tag =
                    |closing, range| Tag { name: MARK.to_owned(), closing, range, fate: Some(Fate::Apart(Role::Struck)), ..Tag::default() };
                found.extend([tag(false, start..inner), tag(true, end..end + MARK.len())]);
                from = end + MARK.len();
            }
            None => from = inner,
        }
    }
    found
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
