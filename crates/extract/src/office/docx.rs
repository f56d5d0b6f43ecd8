//! Word files: paragraphs and tables in the order of the document; text that is struck out or deleted apart.

use super::Parts;
use super::cells::Writer;
use super::xml::{Child, Node};
use crate::{Error, Extracted};
use seisho_model::given::{GivenCell, GivenLine};
use seisho_model::{Page, Pages, Reported};

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
    if writer.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let Writer { text, given } = writer;
    let page = Page::new(text, 1, 0).with_given(given);
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let output = Extracted { pages: Pages(vec![page]), media_type, encoding: None };
    Ok(Reported { output, findings: Vec::new() })
}

/// Paragraphs and tables of a body, a header, a box.
fn blocks(parent: &Node, writer: &mut Writer) {
    for node in parent.nodes() {
        match node.name.as_str() {
            "p" => {
                let Text { live, struck } = text_of(node);
                writer.paragraph(&live);
                writer.struck(&struck);
                boxes(node, writer);
            }
            "tbl" => table(node, writer),
            "sdt" | "sdtContent" | "footnote" | "ins" | "smartTag" | "customXml" => blocks(node, writer),
            _ => {}
        }
    }
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
                let own = writer.lines(&live).into_iter().enumerate();
                lines.extend(own.map(|(index, range)| GivenLine { range, item: item && index == 0 }));
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
