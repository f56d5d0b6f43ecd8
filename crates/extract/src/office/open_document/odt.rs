//! OpenDocument texts: paragraphs and tables in the order of the document, with the numbers that lists show; text that is
//! struck out or deleted apart.

use super::Source;
use super::fields;
use super::inline::{Changes, Reader, visible};
use super::lists::{Lists, Open};
use super::margins::{Margins, margins};
use super::styles::{self, Looks, Styles};
use super::tables::{self, Cells};
use crate::office::cells::{Text, Writer};
use crate::office::comments::{self, Comment};
use crate::office::drawing;
use crate::office::xml::Node;
use crate::{Error, Extracted};
use seisho_model::codes::source::x014;
use seisho_model::given::GivenLine;
use seisho_model::{Reported, TextRange};
use std::collections::BTreeSet;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// Reads a document.
pub(super) fn read(body: &Node, source: &Source) -> Result<Reported<Extracted>, Error> {
    let mut used = BTreeSet::new();
    styles::named(body, &mut used);
    let in_text = Styles::read(source.styles()).with_grounds(source.styles(), &used);
    let in_margins = Styles::read(source.margin_styles()).on_grounds();
    let Margins { headers, footers } = margins(source, body, &used);
    let mut document = Document::new(&in_margins, source.limit);
    document.lists = Lists::read(source.margin_styles());
    document.margin(&headers)?;
    document.styles = &in_text;
    document.lists = Lists::read(source.styles());
    body.all("forms").for_each(|forms| fields::controls(forms, &mut document.changes.controls));
    document.deletions(body)?;
    document.blocks(body)?;
    document.styles = &in_margins;
    document.lists = Lists::read(source.margin_styles());
    document.margin(&footers)?;
    document.write_notes();
    let Document { writer, comments, hidden, unwritten, .. } = document;
    let mut read = writer.finish(comments, MEDIA_TYPE)?;
    read.findings.extend((hidden > 0).then(|| x014::hidden_text(hidden)));
    read.findings.extend((unwritten > 0).then(|| x014::automatic_numbers(unwritten)));
    Ok(read)
}

/// Marks of notes and what they say, each with the line that bears the mark.
type Notes = Vec<(Option<TextRange>, Vec<String>)>;

struct Document<'s> {
    styles: &'s Styles,
    lists: Lists,
    changes: Changes,
    writer: Writer,
    comments: Vec<(Vec<TextRange>, Comment)>,
    notes: Notes,
    /// Characters that nobody sees.
    hidden: usize,
    /// Numbers of lists that are not written.
    unwritten: usize,
    /// The lines of the cell that is being read, and whether it is crossed out.
    cell: Option<(Vec<GivenLine>, bool)>,
    /// Bytes of text so far: a few words of XML may stand for more cells than there is memory.
    spent: u64,
    limit: u64,
}

impl<'s> Document<'s> {
    fn new(styles: &'s Styles, limit: u64) -> Self {
        let (comments, notes) = (Vec::new(), Vec::new());
        let (lists, changes, writer) = (Lists::default(), Changes::default(), Writer::default());
        Self { styles, lists, changes, writer, comments, notes, hidden: 0, unwritten: 0, cell: None, spent: 0, limit }
    }

    /// Writes headers or footers; they are of every page and stand before and behind the body once.
    fn margin(&mut self, parts: &[&Node]) -> Result<(), Error> {
        self.writer.is_margin = true;
        parts.iter().try_for_each(|part| self.blocks(part))?;
        self.writer.is_margin = false;
        Ok(())
    }

    /// Notes what was deleted, for the places where it stood.
    fn deletions(&mut self, body: &Node) -> Result<(), Error> {
        for region in body.all("tracked-changes").flat_map(|changes| changes.all("changed-region")) {
            let (Some(id), Some(deletion)) = (region.get("id"), region.first("deletion")) else { continue };
            let text = self.texts(deletion)?.join("\n");
            self.changes.deleted.insert(id.to_owned(), text);
        }
        Ok(())
    }

    /// The texts of the paragraphs in an element.
    fn texts(&mut self, node: &Node) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for child in node.nodes() {
            if matches!(child.name.as_str(), "p" | "h") {
                let mut reader = Reader::new(self.styles, None, "\t");
                reader.paragraph(child, Looks::default());
                self.spend(&reader.text)?;
                found.push(reader.text.live);
            } else if child.name != "annotation" {
                found.extend(self.texts(child)?);
            }
        }
        Ok(found)
    }

    fn spend(&mut self, text: &Text) -> Result<(), Error> {
        self.spent += (text.live.len() + text.struck.len()) as u64;
        if self.spent > self.limit { Err(Error::Unpacked { limit: self.limit }) } else { Ok(()) }
    }

    /// Paragraphs, lists and tables of a body, a header, a section, a box, a cell.
    fn blocks(&mut self, parent: &Node) -> Result<(), Error> {
        for node in parent.nodes() {
            match node.name.as_str() {
                "p" => self.paragraph(node, None, false)?,
                "h" => {
                    let number = self.lists.heading(node);
                    self.paragraph(node, number, false)?;
                }
                "list" => self.list(node, None)?,
                "table" if self.styles.hides_table(node.get("style-name")) => self.hidden += visible(&node.text()),
                "table" if self.cell.is_none() => self.table(node)?,
                "section" if is_hidden(node) => self.hidden += visible(&node.text()),
                "change" => {
                    let deleted = node.get("change-id").and_then(|id| self.changes.deleted.remove(id)).unwrap_or_default();
                    self.write(Text::plain(deleted).into_struck(), false);
                }
                "frame" | "custom-shape" | "g" | "rect" | "ellipse" => self.drawn(node, &[])?,
                "tracked-changes" | "forms" | "annotation" | "covered-table-cell" => {}
                _ => self.blocks(node)?,
            }
        }
        Ok(())
    }

    /// A list: its first paragraphs are its entries.
    fn list(&mut self, list: &Node, outer: Option<&Open>) -> Result<(), Error> {
        let open = self.lists.open(list, outer);
        for item in list.nodes().filter(|n| matches!(n.name.as_str(), "list-item" | "list-header")) {
            let mut is_first = item.name == "list-item";
            for node in item.nodes() {
                match node.name.as_str() {
                    "p" | "h" => {
                        let number = is_first.then(|| self.lists.next(&open, item)).flatten();
                        self.paragraph(node, number, is_first)?;
                        is_first = false;
                    }
                    "list" => self.list(node, Some(&open))?,
                    "number" => {}
                    _ => self.blocks(node)?,
                }
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: &Node, number: Option<String>, is_entry: bool) -> Result<(), Error> {
        let mut reader = Reader::new(self.styles, Some(&mut self.changes), "\t");
        reader.paragraph(node, Looks::default());
        let Reader { text, hidden, comments, notes, drawn, .. } = reader;
        self.hidden += hidden;
        self.spend(&text)?;
        let text = match number {
            Some(number) => self.numbered(text, &number),
            None => text,
        };
        let lines = self.write(text, is_entry);
        self.comments.extend(comments.into_iter().map(|node| (lines.clone(), comments::of_annotation(node))));
        for note in notes {
            let texts = note.first("note-body").map(|body| self.texts(body)).transpose()?.unwrap_or_default();
            self.notes.push((lines.last().copied(), texts));
        }
        drawn.into_iter().try_for_each(|node| self.drawn(node, &lines))
    }

    /// A paragraph with the number that its list shows. In a cell, a number before text is the mark of an entry, which values
    /// are without; where nothing else stands in the cell, it is what the cell says.
    fn numbered(&mut self, text: Text, number: &str) -> Text {
        match (&self.cell, text.is_blank()) {
            (None, _) => text.behind(number),
            (Some(_), true) => Text::plain(number.trim().to_owned()),
            (Some(_), false) => {
                self.unwritten += 1;
                text
            }
        }
    }

    /// Adds a paragraph to the body, or to the cell that is being read.
    fn write(&mut self, text: Text, is_entry: bool) -> Vec<TextRange> {
        let Some((cell, is_crossed)) = &mut self.cell else { return self.writer.paragraph(&text) };
        let lines = self.writer.text(&if *is_crossed { text.into_struck() } else { text });
        cell.extend(lines.iter().enumerate().map(|(at, &range)| GivenLine { range, item: is_entry && at == 0 }));
        lines
    }

    /// What is drawn at a paragraph: pictures, and boxes with text. Boxes in a cell lie over the table, and what they say is
    /// no text of the cell.
    fn drawn(&mut self, node: &Node, lines: &[TextRange]) -> Result<(), Error> {
        let least = if self.writer.is_margin { drawing::SMALL_IN_MARGIN } else { drawing::SMALL };
        let pictures = drawing::in_open_document_text(node, least);
        if pictures > 0 {
            self.writer.pictures.push((pictures, self.writer.text.len(), lines.to_vec()));
        }
        match (node.name.as_str(), node.first("text-box")) {
            ("g", _) => node.nodes().try_for_each(|child| self.drawn(child, lines)),
            ("frame", None) => Ok(()),
            (_, text) => {
                let text = text.unwrap_or(node);
                if self.cell.is_none() {
                    return self.blocks(text);
                }
                let texts = self.texts(text)?.join("\n");
                self.writer.boxes.extend(Some((texts, lines.to_vec())).filter(|(texts, _)| !texts.is_empty()));
                Ok(())
            }
        }
    }

    fn table(&mut self, node: &Node) -> Result<(), Error> {
        let grid = tables::read(node, self)?;
        self.writer.table(grid.rows, grid.cols, grid.cells);
        Ok(())
    }

    /// Writes notes behind everything else, each beside the line that bears its mark.
    fn write_notes(&mut self) {
        for (beside, texts) in std::mem::take(&mut self.notes) {
            texts.iter().for_each(|text| self.writer.note(text, beside));
        }
    }
}

impl Cells for Document<'_> {
    fn lines(&mut self, cell: &Node) -> Result<Vec<GivenLine>, Error> {
        self.cell = Some((Vec::new(), self.styles.crosses(cell.get("style-name"))));
        self.blocks(cell)?;
        Ok(self.cell.take().map(|(lines, _)| lines).unwrap_or_default())
    }

    fn covered(&mut self, cell: &Node) {
        self.hidden += visible(&cell.text());
    }
}

fn is_hidden(section: &Node) -> bool {
    match section.get("display") {
        Some("none") => true,
        Some("condition") => section.get("is-hidden") == Some("true"),
        _ => false,
    }
}
