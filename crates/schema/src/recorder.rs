//! Keeps account while a record is made: which value came from where, which text is furniture, and what
//! of the source is left over. Everything that no value claims ends in the remainder.

use seisho_model::codes::japanese::j004;
use seisho_model::codes::layout::{l007, l008, l011, l012};
use seisho_model::codes::picture::{x009, x010};
use seisho_model::geometry::{Rect, exceeds};
use seisho_model::ink::{Glyph, Ink, Sign, SignKind};
use seisho_model::layout::{Apart, Layout};
use seisho_model::record::{BoxPlace, EditNote, Evidence, EvidenceMap, LinePlace, PageJoin, Place, Remainder, Role, SheetPlace};
use seisho_model::{Code, Finding, Location, Pages, Piece, Pointer, Run, TextRange, Trust, is_visible};
use seisho_reading::confidence::{self, Confidence};
use seisho_reading::mend;
use seisho_reading::{Reading, WRAPPED};
use std::collections::BTreeMap;

/// Values that may hold one piece: a value and those made of it.
const NEIGHBOURS: usize = 64;

/// The account of one document.
pub(crate) struct Recorder<'a> {
    pages: &'a Pages,
    evidence: Vec<(Pointer, Evidence)>,
    claimed: Vec<Piece>,
    /// Where the text of every value stands, with the value's place in the evidence.
    places: Vec<(Piece, usize)>,
    furniture: Vec<(Piece, Role)>,
    /// What was found on the way.
    pub(crate) findings: Vec<Finding>,
    /// What a page end cut.
    pub(crate) page_joins: Vec<PageJoin>,
}

/// Values by the text that they hold.
struct Values<'v> {
    /// Sorted.
    places: &'v [(Piece, usize)],
    evidence: &'v [(Pointer, Evidence)],
}

impl Values<'_> {
    /// The value that holds a text, and its piece that does.
    fn of(&self, text: Piece) -> Option<(&Pointer, Piece)> {
        let before = self.places.partition_point(|(p, _)| (p.page, p.range.start) < (text.page, text.range.end));
        let near = self.places[before.saturating_sub(NEIGHBOURS)..before].iter();
        let held = near.filter(|(p, _)| p.page == text.page && text.range.start < p.range.end).min_by_key(|(_, index)| *index);
        held.map(|&(piece, index)| (&self.evidence[index].0, piece))
    }
}

/// How sure a figure is that others of its table confirm.
const CONFIRMED: f64 = 0.995;

/// The mark of a note has no more characters.
const LONGEST_MARK: usize = 5;
/// So much of a note is quoted, in characters.
const LONGEST_QUOTE: usize = 60;

fn short(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().nth(LONGEST_QUOTE).is_some() { text.chars().take(LONGEST_QUOTE).chain(['…']).collect() } else { text }
}

/// A tick stands no farther from the choice behind it, in percent of an em.
const TICK_PERCENT: i32 = 200;

/// What a ring or a tick says of a value: it stands at a part of it, and not at all of it.
fn chosen(sign: &Sign, ink: &Ink, page: u32, pages: &Pages, values: &Values<'_>) -> Option<Finding> {
    let is_level = |g: &Glyph| (g.rect.y0..g.rect.y1).contains(&sign.rect.center().1);
    let is_meant = |g: &&Glyph| match sign.kind {
        SignKind::Ring => sign.rect.contains(g.rect.center()),
        SignKind::Tick => {
            let gap = g.rect.x0.0 - sign.rect.x1.0;
            is_level(g) && gap >= -g.size.0 / 2 && !exceeds(gap, TICK_PERCENT, g.size.0)
        }
    };
    let first = ink.glyphs.iter().filter(is_meant).min_by_key(|g| (g.rect.x0, g.range))?;
    let (pointer, piece) = values.of(Piece { page, range: first.range })?;
    let text = pages.text(piece);
    let start = (first.range.start - piece.range.start) as usize;
    let end = match sign.kind {
        SignKind::Ring => {
            let inside = ink.glyphs_of(piece.range).filter(is_meant).map(|g| g.range.end).max()?;
            (inside - piece.range.start) as usize
        }
        SignKind::Tick => text[start..].find(is_between).map_or(text.len(), |at| start + at),
    };
    let part = text.get(start..end)?.trim_matches(is_between);
    let is_all = values.evidence.iter().find(|(p, _)| p == pointer).is_some_and(|(_, e)| e.raw.trim() == part);
    let run = Run(vec![piece.part(start..end)]);
    (!part.is_empty() && !is_all).then(|| l012::chosen(part, run).about(pointer))
}

/// What stands between two choices.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '・' | '、' | '／' | '/' | '，' | ',' | '□' | '■' | '☐' | '☑')
}

/// The account when it is closed.
pub(crate) struct Account {
    pub(crate) evidence: EvidenceMap,
    pub(crate) remainder: Vec<Remainder>,
    pub(crate) page_joins: Vec<PageJoin>,
    /// Pieces that values hold.
    pub(crate) claimed: Vec<Piece>,
    /// Pieces that the remainder holds.
    pub(crate) left: Vec<Piece>,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(pages: &'a Pages) -> Self {
        Self {
            pages,
            evidence: Vec::new(),
            claimed: Vec::new(),
            places: Vec::new(),
            furniture: Vec::new(),
            findings: Vec::new(),
            page_joins: Vec::new(),
        }
    }

    /// The raw text of a run.
    pub(crate) fn raw(&self, run: &Run) -> String {
        run.raw(self.pages)
    }

    /// Records a value and the text that it holds; gives the value's text.
    pub(crate) fn value(&mut self, pointer: impl Into<Pointer>, reading: &Reading) -> String {
        self.claimed.extend(&reading.run.0);
        self.derived(pointer, reading)
    }

    /// Records a value made from text that another value holds.
    pub(crate) fn derived(&mut self, pointer: impl Into<Pointer>, reading: &Reading) -> String {
        let pointer = pointer.into();
        let confidence = confidence::of(self.pages, &reading.run);
        self.report_mends(&pointer, reading);
        let guessed = || reading.edited.edits.iter().filter(|e| e.rule == WRAPPED && e.trust == Trust::Guess);
        let raw = &reading.edited.raw;
        let is_in_figures = |gap: TextRange| {
            let (before, after) = (raw[..gap.start as usize].chars().next_back(), raw[gap.end as usize..].chars().next());
            before.zip(after).is_some_and(|(before, after)| before.is_numeric() && after.is_numeric())
        };
        let (figures, lines): (Vec<TextRange>, Vec<TextRange>) = guessed().map(|e| e.raw).partition(|gap| is_in_figures(*gap));
        self.findings.extend((!figures.is_empty()).then(|| j004::figures(reading.run.clone()).about(&pointer)));
        self.findings.extend((!lines.is_empty()).then(|| j004::lines(reading.run.clone()).about(&pointer)));
        let is_contested = confidence.is_some() && self.report_contested(&pointer, reading);
        if let Some(confidence) = confidence.as_ref().filter(|c| !is_contested && c.is_low(&pointer, &reading.edited.text)) {
            self.report_doubt(&pointer, reading, confidence);
        }
        if confidence.is_some() {
            self.report_variants(&pointer, reading);
        }
        let evidence = Evidence {
            raw: reading.edited.raw.clone(),
            at: places(self.pages, &reading.run),
            edits: edit_notes(reading),
            confidence: confidence.map(|c| c.value),
        };
        self.places.extend(reading.run.0.iter().map(|&piece| (piece, self.evidence.len())));
        self.evidence.push((pointer, evidence));
        reading.edited.text.clone()
    }

    /// Other values of the document say that one is right: what made its reading uncertain is settled.
    pub(crate) fn confirm(&mut self, pointer: &Pointer) {
        self.findings.retain(|f| f.code != Code::X009 || f.pointer.as_ref() != Some(pointer));
        for (_, evidence) in self.evidence.iter_mut().filter(|(of, _)| of == pointer) {
            evidence.confidence = evidence.confidence.map(|c| c.max(CONFIRMED));
        }
    }

    /// Where two looks at the ink say different things, both are said; whether they do.
    fn report_contested(&mut self, pointer: &Pointer, reading: &Reading) -> bool {
        let raw = &reading.edited.raw;
        let mut other = raw.clone();
        let contested = mend::looks::contested(self.pages, &reading.run);
        for (range, says) in contested.iter().rev().filter(|(range, _)| raw.get(range.clone()).is_some()) {
            other.replace_range(range.clone(), says);
        }
        if other == *raw {
            return false;
        }
        let finding = x009::variant(raw, &other).at(reading.run.clone()).about(pointer);
        let suggestion = (reading.edited.text == *raw).then_some(other);
        self.findings.push(Finding { suggestion, ..finding });
        true
    }

    fn report_doubt(&mut self, pointer: &Pointer, reading: &Reading, confidence: &Confidence) {
        let (percent, doubtful) = ((confidence.value * 100.0).round(), &confidence.doubtful);
        self.findings.push(x009::weak(percent, doubtful).at(reading.run.clone()).about(pointer));
    }

    /// Names are written with characters that no reader of scans tells apart.
    fn report_variants(&mut self, pointer: &Pointer, reading: &Reading) {
        let is_name = pointer.root() == "authors" && pointer.name() == "name";
        for (read, other) in confidence::variants(&reading.edited.text).filter(|_| is_name) {
            let with = reading.edited.text.replace(read, other);
            self.findings.push(x009::variant(read, other).at(reading.run.clone()).about(pointer).suggesting(with));
        }
    }

    /// A reading that was mended is a guess.
    fn report_mends(&mut self, pointer: &Pointer, reading: &Reading) {
        for edit in reading.edited.edits.iter().filter(|e| e.rule.starts_with(mend::RULE_PREFIX)) {
            let (before, after) = (&reading.edited.raw[edit.raw.as_usize()], &reading.edited.text[edit.text.as_usize()]);
            let finding = if after.is_empty() { x010::surplus(before) } else { x010::taken_for(before, after) };
            self.findings.push(finding.at(reading.run.clone()).about(pointer));
        }
    }

    /// Records a value that stands nowhere in the source.
    pub(crate) fn outside(&mut self, pointer: Pointer, raw: &str) {
        self.evidence.push((pointer, Evidence { raw: raw.to_owned(), at: Vec::new(), edits: Vec::new(), confidence: None }));
    }

    /// Names text that is in no field.
    pub(crate) fn furniture(&mut self, run: &Run, role: Role) {
        self.furniture.extend(run.0.iter().map(|&p| (p, role)));
    }

    /// Where each value's evidence is, to be asked for many.
    pub(crate) fn places_of_evidence(&self) -> BTreeMap<Pointer, usize> {
        let mut places = BTreeMap::new();
        for (place, (pointer, _)) in self.evidence.iter().enumerate() {
            places.entry(pointer.clone()).or_insert(place);
        }
        places
    }

    /// What a value says in the source, by the place of its evidence, without the tags in it; lines and labels of boxes are
    /// kept apart.
    pub(crate) fn raw_at(&self, place: usize) -> String {
        without_tags(&self.evidence[place].1.raw)
    }

    /// Parts of values at which something is drawn (true), or which are set otherwise than the text around them.
    pub(crate) fn marked(&self, layout: &Layout) -> BTreeMap<Pointer, Vec<(String, bool)>> {
        let mut places = self.places.clone();
        places.sort_unstable();
        let values = Values { places: &places, evidence: &self.evidence };
        let mut found: BTreeMap<Pointer, Vec<(String, bool)>> = BTreeMap::new();
        for (number, ink) in self.pages.0.iter().enumerate().filter_map(|(number, page)| Some((number as u32, page.ink.as_ref()?))) {
            for finding in ink.signs.iter().filter_map(|sign| chosen(sign, ink, number, self.pages, &values)) {
                if let (Some(pointer), Some(part)) = (finding.pointer, finding.suggestion) {
                    found.entry(pointer).or_default().push((part, true));
                }
            }
        }
        let drawn = self.pages.0.iter().enumerate().filter_map(|(number, page)| Some((number as u32, page.ink.as_ref()?)));
        let drawn = drawn.flat_map(|(page, ink)| ink.emphasis.iter().map(move |&range| Piece { page, range }));
        for piece in drawn.chain(layout.emphasis.iter().copied()) {
            if let Some((pointer, _)) = values.of(piece) {
                found.entry(pointer.clone()).or_default().push((without_tags(self.pages.text(piece)), false));
            }
        }
        found
    }

    /// Records a value that is a part of another one, by the place of its evidence.
    pub(crate) fn part_of(&mut self, whole: usize, pointer: Pointer, text: &str) {
        let evidence = &self.evidence[whole].1;
        let evidence = Evidence { raw: text.to_owned(), at: evidence.at.clone(), edits: Vec::new(), confidence: evidence.confidence };
        self.evidence.push((pointer, evidence));
    }

    /// The goals and provisions whose text stands behind a piece, in the order of the source.
    pub(crate) fn records_behind(&self, piece: Piece) -> Vec<Pointer> {
        let is_behind = |at: &Piece| (at.page, at.range.start) >= (piece.page, piece.range.start);
        let of = self.places.iter().filter(|(at, _)| is_behind(at)).map(|(_, value)| &self.evidence[*value].0);
        let records: std::collections::BTreeSet<Pointer> = of.filter_map(Pointer::record).collect();
        records.into_iter().collect()
    }

    /// Says at every value what stands among its text and is no part of it, and what is drawn over it.
    pub(crate) fn report_marks(&mut self, layout: &Layout) {
        let has_signs = self.pages.0.iter().any(|page| page.ink.as_ref().is_some_and(|ink| !ink.signs.is_empty()));
        if layout.apart.is_empty() && layout.overprinted.is_empty() && !has_signs {
            return;
        }
        let mut places = self.places.clone();
        places.sort_unstable();
        let values = Values { places: &places, evidence: &self.evidence };
        let notes = self.notes();
        let mut found: Vec<Finding> = Vec::new();
        for Apart { role, run, beside } in &layout.apart {
            let text: String = run.0.iter().map(|&piece| self.pages.text(piece)).collect();
            let finding = match role {
                Role::Struck => l007::struck(text.trim(), run.clone()),
                // The text of a note, and its mark.
                Role::Note if text.trim().chars().nth(LONGEST_MARK).is_some() => l008::note(&short(text.trim())).at(run.clone()),
                Role::Note => match notes.iter().find(|(mark, _)| *mark == text.trim()) {
                    Some((mark, note)) => l008::linked(mark, &short(note)).at(run.clone()),
                    None => l008::mark(text.trim(), run.clone()),
                },
                _ => continue,
            };
            let value = beside.and_then(|beside| values.of(beside));
            found.push(Finding { pointer: value.map(|(pointer, _)| pointer.clone()), ..finding });
        }
        let mut over: BTreeMap<&Pointer, Vec<Piece>> = BTreeMap::new();
        for &piece in &layout.overprinted {
            if let Some((pointer, _)) = values.of(piece) {
                over.entry(pointer).or_default().push(piece);
            }
        }
        // One letter over another is a slip of the typesetter's.
        let lines = over.into_iter().filter(|(_, pieces)| pieces.len() > 1);
        found.extend(lines.map(|(pointer, pieces)| l011::over(Run(pieces)).about(pointer)));
        for (number, ink) in self.pages.0.iter().enumerate().filter_map(|(number, page)| Some((number, page.ink.as_ref()?))) {
            found.extend(ink.signs.iter().filter_map(|sign| chosen(sign, ink, number as u32, self.pages, &values)));
        }
        self.findings.extend(found);
    }

    /// The notes of the document, each with the mark that it begins with.
    fn notes(&self) -> Vec<(String, String)> {
        let texts = self.furniture.iter().filter(|(_, role)| *role == Role::Note).map(|(piece, _)| self.pages.text(*piece).trim());
        let split = |text: &str| {
            let is_of_mark =
                |c: char| c.is_numeric() || matches!(c, '※' | '＊' | '*' | '†' | '注' | '(' | ')' | '（' | '）' | '[' | ']' | '［' | '］');
            let end = text.find(|c: char| !is_of_mark(c)).unwrap_or(text.len());
            let (mark, note) = text.split_at(end);
            (!mark.is_empty() && mark.chars().count() <= LONGEST_MARK && !note.trim().is_empty())
                .then(|| (mark.to_owned(), note.trim_start_matches([':', '：', '.', '．']).trim().to_owned()))
        };
        texts.filter_map(split).collect()
    }

    /// Says at every value that bears the mark of a note what the note says: ※1, （注2）.
    pub(crate) fn report_notes(&mut self) {
        let notes = self.notes();
        let mut found = Vec::new();
        for (mark, note) in
            notes.iter().filter(|(mark, _)| mark.starts_with(['※', '注', '＊', '*', '†', '(', '（']) && mark.chars().count() > 1)
        {
            for (pointer, evidence) in &self.evidence {
                let bears = |at: usize| !evidence.raw[at + mark.len()..].starts_with(|c: char| c.is_numeric());
                if pointer.record().is_some() && evidence.raw.match_indices(mark.as_str()).any(|(at, _)| at > 0 && bears(at)) {
                    found.push(l008::linked(mark, &short(note)).about(pointer.clone()));
                }
            }
        }
        self.findings.extend(found);
    }

    /// Closes the account: what nothing holds and no markup is becomes remainder.
    pub(crate) fn close(mut self, layout: &Layout) -> Account {
        self.point();
        self.claimed.sort_unstable();
        self.furniture.sort_unstable();
        let mut held: Vec<Piece> = self.claimed.iter().chain(&layout.markup).copied().collect();
        held.sort_unstable();
        let mut left = Vec::new();
        for gap in gaps(self.pages, &held) {
            self.split_by_role(gap, &mut left);
        }
        let remainder = left.iter().map(|&(piece, role)| remainder(self.pages, piece, role)).collect();
        let left = left.into_iter().map(|(p, _)| p).collect();
        let (evidence, page_joins) = (EvidenceMap(self.evidence), self.page_joins);
        Account { evidence, remainder, page_joins, claimed: self.claimed, left, findings: self.findings }
    }

    /// What a finding says of a text that a value holds, it says of the value.
    fn point(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        places.sort_unstable();
        let values = Values { places: &places, evidence: &self.evidence };
        for finding in self.findings.iter_mut().filter(|f| f.pointer.is_none()) {
            let Location::Text(run) = &finding.location else { continue };
            finding.pointer = run.0.first().and_then(|&piece| values.of(piece)).map(|(pointer, _)| pointer.clone());
        }
    }

    /// Cuts a piece that nothing holds at the edges of the furniture in it.
    fn split_by_role(&self, gap: Piece, left: &mut Vec<(Piece, Role)>) {
        let mut at = gap.range.start;
        let from = self.furniture.partition_point(|(p, _)| (p.page, p.range.end) <= (gap.page, gap.range.start));
        for &(piece, role) in self.furniture[from..].iter().take_while(|(p, _)| p.page == gap.page && p.range.start < gap.range.end) {
            let (start, end) = (piece.range.start.max(at), piece.range.end.min(gap.range.end));
            if start >= end {
                continue;
            }
            self.push_lines(gap.page, at..start, Role::Unread, left);
            self.push_lines(gap.page, start..end, role, left);
            at = end;
        }
        self.push_lines(gap.page, at..gap.range.end, Role::Unread, left);
    }

    /// The lines of a stretch that leave ink, trimmed.
    fn push_lines(&self, page: u32, range: std::ops::Range<u32>, role: Role, left: &mut Vec<(Piece, Role)>) {
        let start = range.start as usize;
        let text = &self.pages.0[page as usize].text[start..range.end as usize];
        let mut at = start;
        for line in text.split_inclusive(['\n', '\r']) {
            let is_ink = |c: char| !is_visible(c);
            let body = line.trim_matches(is_ink);
            if !body.is_empty() {
                let from = at + (line.len() - line.trim_start_matches(is_ink).len());
                left.push((Piece { page, range: TextRange::new(from, from + body.len()) }, role));
            }
            at += line.len();
        }
    }
}

/// A text without its tags; those that part lines, and boxes to tick, are line ends.
fn without_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else { break };
        let name = rest[open + 1..open + close].trim_start_matches('/').to_ascii_lowercase();
        if ["br", "option", "label", "input", "li", "p", "div"].iter().any(|n| name.split([' ', '/']).next() == Some(*n)) {
            out.push('\n');
        }
        if name.starts_with("input") && (name.contains("radio") || name.contains("checkbox")) {
            let is_ticked = name.split(|c: char| c.is_whitespace() || c == '=' || c == '/').any(|word| word == "checked");
            out.push(if is_ticked { '☑' } else { '☐' });
        }
        rest = &rest[open + close + 1..];
    }
    out + rest
}

/// What the sorted pieces leave of every page.
fn gaps(pages: &Pages, held: &[Piece]) -> Vec<Piece> {
    let mut gaps = Vec::new();
    let mut next = held.iter().peekable();
    for (number, page) in pages.0.iter().enumerate() {
        let number = number as u32;
        let mut at = 0;
        let mut push = |from: u32, to: u32| {
            if from < to {
                gaps.push(Piece { page: number, range: TextRange { start: from, end: to } });
            }
        };
        while let Some(piece) = next.next_if(|p| p.page == number) {
            push(at, piece.range.start);
            at = at.max(piece.range.end);
        }
        push(at, page.text.len() as u32);
    }
    gaps
}

fn remainder(pages: &Pages, piece: Piece, role: Role) -> Remainder {
    Remainder { text: pages.text(piece).to_owned(), at: places(pages, &Run(vec![piece])), role }
}

/// The places of a run, one a line.
pub(crate) fn places(pages: &Pages, run: &Run) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(run.0.len());
    for piece in &run.0 {
        let page = &pages.0[piece.page as usize];
        if let Some(ink) = &page.ink {
            boxes(ink, piece, &mut places);
            continue;
        }
        if let Some((sheet, cell)) = page.given.as_ref().and_then(|g| g.cell_of(piece.range)) {
            let place = Place::Cell(SheetPlace { sheet: sheet.to_owned(), cell: cell.to_owned() });
            if places.last() != Some(&place) {
                places.push(place);
            }
            continue;
        }
        let mut start = piece.range.start;
        for line in page.slice(piece.range).split_inclusive('\n') {
            let body = line.trim_end_matches(['\n', '\r']);
            if !body.is_empty() {
                let (line, first) = page.line_column(start);
                let last = first + body.chars().count() as u32;
                places.push(Place::Line(LinePlace { line, columns: [first, last] }));
            }
            start += line.len() as u32;
        }
    }
    places
}

/// The boxes of a piece of a drawn page: one for each row of glyphs.
fn boxes(ink: &Ink, piece: &Piece, places: &mut Vec<Place>) {
    let mut rows: Vec<Rect> = Vec::new();
    for glyph in ink.glyphs_of(piece.range) {
        match rows.last_mut().filter(|row| (row.y0..=row.y1).contains(&glyph.rect.center().1) && glyph.rect.x0 >= row.x0) {
            Some(row) => *row = row.union(glyph.rect),
            None => rows.push(glyph.rect),
        }
    }
    places.extend(rows.into_iter().map(|rect| Place::Box(BoxPlace { page: piece.page + 1, rect: ink.shown(rect) })));
}

fn edit_notes(reading: &Reading) -> Vec<EditNote> {
    let edited = &reading.edited;
    let note = |edit: &seisho_model::Edit| EditNote {
        rule: edit.rule.to_owned(),
        trust: edit.trust,
        raw: [edit.raw.start, edit.raw.end],
        before: edited.raw[edit.raw.as_usize()].to_owned(),
        after: edited.text[edit.text.as_usize()].to_owned(),
    };
    edited.edits.iter().map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::{Code, Edited, Page};

    fn piece(start: usize, end: usize) -> Piece {
        Piece { page: 0, range: TextRange::new(start, end) }
    }

    #[test]
    fn what_no_value_holds_is_left_with_its_role() {
        let pages = Pages(vec![Page::new("title: x\nrest  foot".into(), 1, 0)]);
        let mut recorder = Recorder::new(&pages);
        let reading = Reading { run: Run(vec![piece(7, 8)]), edited: Edited::unchanged("x") };
        recorder.value(Pointer::of("title"), &reading);
        recorder.furniture(&Run(vec![piece(15, 19)]), Role::Footer);
        let account = recorder.close(&Layout::default());
        let left: Vec<_> = account.remainder.iter().map(|r| (r.text.as_str(), r.role)).collect();
        assert_eq!(left, [("title:", Role::Unread), ("rest", Role::Unread), ("foot", Role::Footer)]);
        assert_eq!(account.remainder[2].at, [Place::Line(LinePlace { line: 2, columns: [7, 11] })]);
    }

    #[test]
    fn a_weak_reading_and_a_mended_one_are_findings_about_their_value() {
        use seisho_model::geometry::Pt;
        use seisho_model::ink::{Glyph, Origin, Scan};
        use seisho_model::{Change, Trust};
        // 8月 as it was read; the 8 scored 80 %.
        let glyph = |(start, end, score)| Glyph {
            range: TextRange::new(start, end),
            rect: Rect::default(),
            size: Pt(10_000),
            vertical: false,
            score: Some(score),
        };
        let glyphs = [(0, 1, 8_000), (1, 4, 9_990)].map(glyph).to_vec();
        let ink = Ink { glyphs, origin: Origin::Scan(Scan::default()), ..Ink::default() };
        let pages = Pages(vec![Page::drawn("8月".into(), ink)]);
        let mut recorder = Recorder::new(&pages);
        let mend = Change { rule: "mend-digit", raw: TextRange::new(0, 1), with: "3".into(), trust: Trust::Guess };
        let reading = Reading { run: Run(vec![piece(0, 4)]), edited: Edited::apply("8月", vec![mend]) };
        assert_eq!(recorder.value(Pointer::goal(0).field("deadline"), &reading), "3月");
        let found: Vec<_> = recorder.findings.iter().map(|f| (f.code, f.pointer.as_ref().map(Pointer::as_str))).collect();
        assert_eq!(found, [(Code::X010, Some("/goals/0/deadline")), (Code::X009, Some("/goals/0/deadline"))]);
        let account = recorder.close(&Layout::default());
        assert!(account.evidence.0[0].1.confidence.is_some_and(|c| c < 0.95));
    }
}
