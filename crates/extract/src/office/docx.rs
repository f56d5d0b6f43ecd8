//! Word files: paragraphs and tables in the order of the document; text that is struck out or deleted apart.

use super::Parts;
use super::cells::Writer;
use super::comments::{self, Comment};
use super::xml::{Child, Node};
use crate::{Error, Extracted};
use seisho_model::codes::source::{x014, x015};
use seisho_model::given::{GivenCell, GivenLine};
use seisho_model::{Finding, Page, Pages, Piece, Reported, Run, TextRange};
use std::collections::{BTreeMap, BTreeSet};

/// Reads a document.
pub(super) fn read(document: &Node, parts: &mut Parts<'_>) -> Result<Reported<Extracted>, Error> {
    let body = document.first("body").ok_or(Error::Office)?;
    let relations = parts.relations("word", "document.xml")?;
    let mut writer = Writer::default();
    // Headers and footers are of every page; they stand before and behind the body once.
    for (_, name) in relations.iter().filter(|(_, name)| name.contains("/header")) {
        if let Some(part) = parts.part(name)? {
            blocks(&part, &mut writer);
        }
    }
    blocks(body, &mut writer);
    for (_, name) in relations.iter().filter(|(_, name)| name.contains("/footer") || name.ends_with("/footnotes.xml")) {
        if let Some(part) = parts.part(name)? {
            blocks(&part, &mut writer);
        }
    }
    let part = relations.iter().find(|(_, name)| name.ends_with("/comments.xml")).map(|(_, name)| parts.part(name)).transpose()?;
    let mut findings = write_comments(comments::of_word(part.flatten().as_ref()), &mut writer);
    if writer.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let numbered = Numbering::read(parts.part("word/numbering.xml")?.as_ref(), parts.part("word/styles.xml")?.as_ref()).count(body);
    let hidden = hidden(body);
    if hidden > 0 {
        findings.push(x014::hidden_text(hidden));
    }
    if numbered > 0 {
        findings.push(x014::automatic_numbers(numbered));
    }
    let Writer { text, given, .. } = writer;
    let page = Page::new(text, 1, 0).with_given(given);
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let output = Extracted { pages: Pages(vec![page]), media_type, encoding: None };
    Ok(Reported { output, findings })
}

/// Which paragraphs have numbers (and no mere list marks) that Word makes by itself.
struct Numbering {
    /// Lists by id, with the levels that are numbered.
    lists: BTreeMap<String, BTreeSet<String>>,
    /// Lists by style.
    styles: BTreeMap<String, String>,
}

impl Numbering {
    fn read(numbering: Option<&Node>, styles: Option<&Node>) -> Self {
        let is_numbered = |level: &&Node| !matches!(level.first("numFmt").and_then(|f| f.get("val")), None | Some("bullet" | "none"));
        let levels = |list: &Node| list.all("lvl").filter(is_numbered).filter_map(|l| l.get("ilvl").map(str::to_owned)).collect();
        let kinds: BTreeMap<&str, BTreeSet<String>> =
            numbering.into_iter().flat_map(|n| n.all("abstractNum")).filter_map(|a| Some((a.get("abstractNumId")?, levels(a)))).collect();
        let list = |num: &Node| {
            let kind = kinds.get(num.first("abstractNumId")?.get("val")?)?;
            Some((num.get("numId")?.to_owned(), kind.clone()))
        };
        let lists = numbering.into_iter().flat_map(|n| n.all("num")).filter_map(list).collect();
        let of_style = |style: &Node| Some((style.get("styleId")?.to_owned(), list_of(style.first("pPr")?)?.0));
        Self { lists, styles: styles.into_iter().flat_map(|s| s.all("style")).filter_map(of_style).collect() }
    }

    /// How many paragraphs below an element have such numbers.
    fn count(&self, node: &Node) -> usize {
        if node.name == "p" {
            return usize::from(node.first("pPr").is_some_and(|p| self.numbers(p)) && !text_of(node).live.trim().is_empty());
        }
        node.nodes().map(|n| self.count(n)).sum()
    }

    fn numbers(&self, properties: &Node) -> bool {
        let by_style = || {
            let style = properties.first("pStyle")?.get("val")?;
            Some((self.styles.get(style)?.clone(), "0".to_owned()))
        };
        let list = list_of(properties).or_else(by_style);
        list.is_some_and(|(list, level)| self.lists.get(&list).is_some_and(|levels| levels.contains(&level)))
    }
}

/// The list that a paragraph is in, and its level there.
fn list_of(properties: &Node) -> Option<(String, String)> {
    let list = properties.first("numPr")?;
    let level = list.first("ilvl").and_then(|l| l.get("val")).unwrap_or("0");
    Some((list.first("numId")?.get("val")?.to_owned(), level.to_owned()))
}

/// Paragraphs and tables of a body, a header, a box.
fn blocks(parent: &Node, writer: &mut Writer) {
    for node in parent.nodes() {
        match node.name.as_str() {
            "p" => {
                let Text { live, struck } = text_of(node);
                let lines = writer.paragraph(&live);
                note_comments(node, &lines, writer);
                writer.struck(&struck);
                boxes(node, writer);
            }
            "tbl" => table(node, writer),
            "sdt" | "sdtContent" | "footnote" | "ins" | "smartTag" | "customXml" => blocks(node, writer),
            _ => {}
        }
    }
}

/// Notes which comments a paragraph has.
fn note_comments(node: &Node, lines: &[TextRange], writer: &mut Writer) {
    for child in node.nodes().filter(|n| n.name != "txbxContent") {
        if let Some(id) = child.get("id").filter(|_| child.name == "commentReference") {
            writer.commented.push((id.to_owned(), lines.to_vec()));
        }
        note_comments(child, lines, writer);
    }
}

/// Writes the comments behind everything else; each is said at the lines that it is about.
fn write_comments(mut comments: BTreeMap<String, Comment>, writer: &mut Writer) -> Vec<Finding> {
    let commented = std::mem::take(&mut writer.commented);
    let mut in_order: Vec<(Vec<TextRange>, Comment)> =
        commented.into_iter().filter_map(|(id, lines)| Some((lines, comments.remove(&id)?))).collect();
    in_order.extend(comments.into_values().map(|comment| (Vec::new(), comment)));
    let mut findings = Vec::new();
    for (about, Comment { author, text }) in in_order {
        let own = writer.comment(&text);
        let ranges = if about.is_empty() { own } else { about };
        let run = Run(ranges.into_iter().map(|range| Piece { page: 0, range }).collect());
        findings.push(x015::comment(author.as_deref(), &text).at(run));
    }
    findings
}

/// Text boxes in a paragraph; what stands twice for older programs is read once.
fn boxes(node: &Node, writer: &mut Writer) {
    for child in node.nodes().filter(|n| n.name != "Fallback") {
        if child.name == "txbxContent" { blocks(child, writer) } else { boxes(child, writer) }
    }
}

/// Text that counts, and text that was struck out.
#[derive(Default)]
struct Text {
    live: String,
    struck: String,
}

fn text_of(paragraph: &Node) -> Text {
    let mut text = Text::default();
    runs(paragraph, false, &mut text);
    text
}

fn runs(node: &Node, is_deleted: bool, text: &mut Text) {
    for child in node.nodes() {
        match child.name.as_str() {
            "r" => run(child, is_deleted, text),
            "del" | "moveFrom" => runs(child, true, text),
            // Ruby: the base is the text, what stands above it is not.
            "ruby" => child.all("rubyBase").for_each(|base| runs(base, is_deleted, text)),
            "txbxContent" | "Fallback" | "pPr" | "rt" => {}
            _ => runs(child, is_deleted, text),
        }
    }
}

/// Characters that are formatted as hidden, which `run` leaves out.
fn hidden(node: &Node) -> usize {
    let own = |run: &Node| run.all("t").map(|t| t.text().chars().filter(|c| !c.is_whitespace()).count()).sum();
    let is_hidden = node.name == "r" && node.first("rPr").is_some_and(|p| p.is_set("vanish"));
    if is_hidden { own(node) } else { node.nodes().map(hidden).sum() }
}

fn run(run: &Node, is_deleted: bool, text: &mut Text) {
    let properties = run.first("rPr");
    if properties.is_some_and(|p| p.is_set("vanish")) {
        return;
    }
    let is_struck = is_deleted || properties.is_some_and(|p| p.is_set("strike") || p.is_set("dstrike"));
    for child in run.nodes() {
        let out = if is_struck { &mut text.struck } else { &mut text.live };
        match child.name.as_str() {
            "t" | "delText" => child.children.iter().for_each(|c| {
                if let Child::Text(t) = c {
                    out.push_str(t)
                }
            }),
            "tab" => out.push('\t'),
            "br" | "cr" => out.push('\n'),
            "noBreakHyphen" => out.push('-'),
            "ruby" => child.all("rubyBase").for_each(|base| runs(base, is_struck, text)),
            _ => {}
        }
    }
}

/// A table: merged cells are one; what stands in cells below the first of a merged column is part of it.
fn table(table: &Node, writer: &mut Writer) {
    let mut cells: Vec<GivenCell> = Vec::new();
    let (mut rows, mut cols) = (0, 0);
    for row in table.all("tr") {
        let before = row.first("trPr").and_then(|p| p.first("gridBefore")).and_then(number).unwrap_or(0);
        let mut col = before;
        for cell in row.nodes().filter(|n| n.name == "tc").chain(row.all("sdt").flat_map(|s| s.all("sdtContent")).flat_map(|s| s.all("tc")))
        {
            let properties = cell.first("tcPr");
            let span = properties.and_then(|p| p.first("gridSpan")).and_then(number).unwrap_or(1).clamp(1, 1000);
            let merge = properties.and_then(|p| p.first("vMerge"));
            let goes_on = merge.is_some_and(|m| m.get("val") != Some("restart"));
            let lines = cell_lines(cell, writer);
            let above = cells.iter_mut().rev().find(|c| goes_on && c.row.end == rows && c.col.start == col);
            match above {
                Some(above) => {
                    above.row.end += 1;
                    above.lines.extend(lines);
                }
                None => cells.push(GivenCell { row: rows..rows + 1, col: col..col + span, lines }),
            }
            col += span;
        }
        cols = cols.max(col);
        rows += 1;
    }
    writer.table(rows, cols, cells);
}

/// The lines of a cell; a table in it gives its paragraphs.
fn cell_lines(cell: &Node, writer: &mut Writer) -> Vec<GivenLine> {
    let mut lines = Vec::new();
    for node in cell.nodes() {
        match node.name.as_str() {
            "p" => {
                let Text { live, struck } = text_of(node);
                let item = node.first("pPr").is_some_and(|p| p.first("numPr").is_some());
                let own = writer.lines(&live);
                note_comments(node, &own, writer);
                lines.extend(own.into_iter().enumerate().map(|(index, range)| GivenLine { range, item: item && index == 0 }));
                writer.struck(&struck);
            }
            "tcPr" => {}
            _ => lines.extend(cell_lines(node, writer)),
        }
    }
    lines
}

/// The value of a property.
fn number(property: &Node) -> Option<u32> {
    property.get("val")?.parse().ok()
}
