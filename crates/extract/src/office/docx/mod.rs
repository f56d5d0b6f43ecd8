//! Word files: paragraphs and tables in the order of the document, with the numbers that lists show; text that is struck out
//! or deleted apart.

mod lists;
mod numbering;
mod runs;

use super::cells::{Text, Writer};
use super::comments::{self, Comment};
use super::drawing;
use super::xml::Node;
use super::{Parts, Relation};
use crate::{Error, Extracted};
use lists::{Lists, Shown};
use numbering::Numbering;
use runs::{Styles, hidden, text_of};
use seisho_model::codes::source::x014;
use seisho_model::given::{GivenCell, GivenLine};
use seisho_model::{Reported, TextRange};
use std::collections::BTreeMap;

/// Reads a document.
pub(super) fn read(document: &Node, parts: &mut Parts<'_>) -> Result<Reported<Extracted>, Error> {
    let body = document.first("body").ok_or(Error::Office)?;
    let relations = parts.relations("word", "document.xml")?;
    let all_styles = parts.part("word/styles.xml")?;
    let styles = Styles::read(all_styles.as_ref(), body);
    let numbering = Numbering::read(parts.part("word/numbering.xml")?.as_ref(), all_styles.as_ref());
    let mut document = Document::new(&styles, &numbering);
    // Headers and footers are of every page; they stand before and behind the body once.
    document.margin("header", &relations, parts)?;
    document.blocks(body);
    document.margin("footer", &relations, parts)?;
    let Document { mut writer, unwritten, .. } = document;
    for relation in relations.iter().filter(|r| matches!(r.kind.as_str(), "footnotes" | "endnotes")) {
        if let Some(part) = parts.part(&relation.path)? {
            notes(&part, &styles, &mut writer);
        }
    }
    let part = relations.iter().find(|r| r.kind == "comments").map(|r| parts.part(&r.path)).transpose()?;
    let comments = in_order(comments::of_word(part.flatten().as_ref()), &mut writer);
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let mut read = writer.finish(comments, media_type)?;
    let hidden = hidden(body, &styles);
    read.findings.extend((hidden > 0).then(|| x014::hidden_text(hidden)));
    read.findings.extend((unwritten > 0).then(|| x014::automatic_numbers(unwritten)));
    Ok(read)
}

/// A document while it is read.
struct Document<'n> {
    styles: &'n Styles,
    /// Body, boxes and margins count apart, as Word counts.
    lists: Lists<'n>,
    lists_of_boxes: Lists<'n>,
    lists_of_margins: Lists<'n>,
    writer: Writer,
    /// Numbers of lists that are not written.
    unwritten: usize,
    /// Whether the end of the paragraph before is deleted or hidden: what follows is part of that paragraph.
    goes_on: bool,
}

/// Comments in the order of what they are about, then those about nothing.
fn in_order(mut comments: BTreeMap<String, Comment>, writer: &mut Writer) -> Vec<(Vec<TextRange>, Comment)> {
    let commented = std::mem::take(&mut writer.commented);
    let mut in_order: Vec<(Vec<TextRange>, Comment)> =
        commented.into_iter().filter_map(|(id, lines)| Some((lines, comments.remove(&id)?))).collect();
    in_order.extend(comments.into_values().map(|comment| (Vec::new(), comment)));
    in_order
}

impl<'n> Document<'n> {
    fn new(styles: &'n Styles, numbering: &'n Numbering) -> Self {
        let lists = || Lists::new(numbering);
        let (lists, lists_of_boxes, lists_of_margins) = (lists(), lists(), lists());
        Self { styles, lists, lists_of_boxes, lists_of_margins, writer: Writer::default(), unwritten: 0, goes_on: false }
    }

    /// Writes the headers or the footers.
    fn margin(&mut self, kind: &str, relations: &[Relation], parts: &mut Parts<'_>) -> Result<(), Error> {
        std::mem::swap(&mut self.lists, &mut self.lists_of_margins);
        self.writer.is_margin = true;
        for relation in relations.iter().filter(|r| r.kind == kind) {
            if let Some(part) = parts.part(&relation.path)? {
                self.blocks(&part);
            }
        }
        self.writer.is_margin = false;
        std::mem::swap(&mut self.lists, &mut self.lists_of_margins);
        Ok(())
    }

    /// Paragraphs and tables of a body, a header, a box.
    fn blocks(&mut self, parent: &Node) {
        for node in parent.nodes() {
            match node.name.as_str() {
                "p" => {
                    let text = text_of(node, self.styles);
                    let text = match self.count(node, &text) {
                        Shown::Number(number) => text.behind(&number),
                        Shown::Unknown => self.without_number(text),
                        Shown::Mark | Shown::Nothing => text,
                    };
                    let lines = self.writer.paragraph(&text);
                    note_comments(node, &lines, &mut self.writer);
                    note_pictures(node, &lines, &mut self.writer);
                    self.boxes(node);
                }
                "tbl" => self.table(node),
                "sdt" | "sdtContent" | "footnote" | "ins" | "smartTag" | "customXml" => self.blocks(node),
                _ => {}
            }
        }
    }

    /// Counts a paragraph in its list. One that nobody sees does not count, nor does what goes on in a paragraph.
    fn count(&mut self, node: &Node, text: &Text) -> Shown {
        let properties = node.first("pPr");
        let is_gone = properties.and_then(|p| p.first("rPr")).is_some_and(is_gone);
        let is_seen = !text.live.trim().is_empty();
        let is_part = self.goes_on;
        self.goes_on = is_gone && (is_seen || is_part);
        if is_part || is_gone && !is_seen { Shown::Nothing } else { self.lists.next(properties) }
    }

    fn without_number(&mut self, text: Text) -> Text {
        self.unwritten += usize::from(!text.live.trim().is_empty());
        text
    }

    /// Text boxes in a paragraph; what stands twice for older programs is read once.
    fn boxes(&mut self, node: &Node) {
        for child in node.nodes().filter(|n| n.name != "Fallback") {
            if child.name == "txbxContent" {
                let goes_on = std::mem::take(&mut self.goes_on);
                std::mem::swap(&mut self.lists, &mut self.lists_of_boxes);
                self.blocks(child);
                std::mem::swap(&mut self.lists, &mut self.lists_of_boxes);
                self.goes_on = goes_on;
            } else {
                self.boxes(child);
            }
        }
    }

    /// A table: merged cells are one; what stands in cells below the first of a merged column is part of it.
    fn table(&mut self, table: &Node) {
        let mut cells: Vec<GivenCell> = Vec::new();
        let (mut rows, mut cols) = (0, 0);
        for row in table.all("tr") {
            let before = row.first("trPr").and_then(|p| p.first("gridBefore")).and_then(number).unwrap_or(0);
            let mut col = before;
            for cell in
                row.nodes().filter(|n| n.name == "tc").chain(row.all("sdt").flat_map(|s| s.all("sdtContent")).flat_map(|s| s.all("tc")))
            {
                let properties = cell.first("tcPr");
                let span = properties.and_then(|p| p.first("gridSpan")).and_then(number).unwrap_or(1).clamp(1, 1000);
                let merge = properties.and_then(|p| p.first("vMerge"));
                let goes_on = merge.is_some_and(|m| m.get("val") != Some("restart"));
                let crossed = properties.and_then(|p| p.first("tcBorders"));
                let is_drawn = |b: &Node| !matches!(b.get("val"), None | Some("nil" | "none"));
                let is_crossed = crossed.is_some_and(|b| ["tl2br", "tr2bl"].into_iter().any(|d| b.first(d).is_some_and(is_drawn)));
                // What goes on from above counts, but shows no number.
                let lines = self.cell_lines(cell, is_crossed, !goes_on && says_nothing(cell));
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
        self.writer.table(rows, cols, cells);
    }

    /// The lines in a cell; a table in it gives its paragraphs. A number before text is the mark of an entry, which values are
    /// without; where nothing else stands in the cell, it is what the cell says.
    fn cell_lines(&mut self, cell: &Node, is_crossed: bool, is_blank: bool) -> Vec<GivenLine> {
        let mut lines = Vec::new();
        for node in cell.nodes() {
            match node.name.as_str() {
                "p" => {
                    let text = text_of(node, self.styles);
                    let text = match self.count(node, &text) {
                        Shown::Number(number) if is_blank => Text::plain(number.trim().to_owned()),
                        Shown::Number(_) | Shown::Unknown => self.without_number(text),
                        Shown::Mark | Shown::Nothing => text,
                    };
                    let item = self.lists.is_entry(node.first("pPr"));
                    let own = self.writer.text(&if is_crossed { text.into_struck() } else { text });
                    note_comments(node, &own, &mut self.writer);
                    note_pictures(node, &own, &mut self.writer);
                    boxes_in_cell(node, &own, self.styles, &mut self.writer);
                    lines.extend(own.into_iter().enumerate().map(|(index, range)| GivenLine { range, item: item && index == 0 }));
                }
                "tcPr" => {}
                _ => lines.extend(self.cell_lines(node, is_crossed, is_blank)),
            }
        }
        lines
    }
}

/// Whether the end of a paragraph with these properties is deleted, moved away or hidden.
fn is_gone(mark: &Node) -> bool {
    mark.first("del").or_else(|| mark.first("moveFrom")).is_some() || mark.is_set("vanish")
}

/// Whether a cell has no text, picture, field, note or comment.
fn says_nothing(node: &Node) -> bool {
    node.nodes().all(|child| match child.name.as_str() {
        "t" | "delText" | "instrText" => child.text().trim().is_empty(),
        "sym" | "fldChar" | "drawing" | "pict" | "object" => false,
        "commentReference" | "footnoteReference" | "endnoteReference" => false,
        _ => says_nothing(child),
    })
}

/// Notes which comments a paragraph has.
fn note_comments(node: &Node, lines: &[TextRange], writer: &mut Writer) {
    for child in node.nodes().filter(|n| n.name != "txbxContent") {
        if let Some(id) = child.get("id") {
            match child.name.as_str() {
                "commentReference" => writer.commented.push((id.to_owned(), lines.to_vec())),
                "footnoteReference" => writer.noted.extend(lines.last().map(|&line| (format!("footnote {id}"), line))),
                "endnoteReference" => writer.noted.extend(lines.last().map(|&line| (format!("endnote {id}"), line))),
                _ => {}
            }
        }
        note_comments(child, lines, writer);
    }
}

/// Writes notes behind everything else, each beside the line that bears its mark.
fn notes(part: &Node, styles: &Styles, writer: &mut Writer) {
    for note in part.nodes().filter(|n| matches!(n.name.as_str(), "footnote" | "endnote")) {
        let name = format!("{} {}", note.name, note.get("id").unwrap_or_default());
        let beside = writer.noted.iter().find(|(noted, _)| *noted == name).map(|(_, line)| *line);
        for paragraph in note.all("p") {
            writer.note(&text_of(paragraph, styles).live, beside);
        }
    }
}

/// Text boxes in a cell: they lie over the table, and what they say is no text of the cell.
fn boxes_in_cell(node: &Node, lines: &[TextRange], styles: &Styles, writer: &mut Writer) {
    for child in node.nodes().filter(|n| n.name != "Fallback") {
        if child.name == "txbxContent" {
            let mut paragraphs = Vec::new();
            texts(child, styles, &mut paragraphs);
            writer.boxes.push((paragraphs.join("\n"), lines.to_vec()));
        } else {
            boxes_in_cell(child, lines, styles, writer);
        }
    }
}

fn texts(node: &Node, styles: &Styles, found: &mut Vec<String>) {
    for child in node.nodes() {
        if child.name == "p" {
            found.push(text_of(child, styles).live);
        }
        texts(child, styles, found);
    }
}

/// Notes the pictures of a paragraph.
fn note_pictures(node: &Node, lines: &[TextRange], writer: &mut Writer) {
    let least = if writer.is_margin { drawing::SMALL_IN_MARGIN } else { drawing::SMALL };
    let count = drawing::in_paragraph(node, least);
    if count > 0 {
        writer.pictures.push((count, writer.text.len(), lines.to_vec()));
    }
}

/// The value of a property.
fn number(property: &Node) -> Option<u32> {
    property.get("val")?.parse().ok()
}
