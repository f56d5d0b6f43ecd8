//! Word files: paragraphs and tables in the order of the document; text that is struck out or deleted apart.

use super::Parts;
use super::cells::{Look, Text, Writer, sign};
use super::comments::{self, Comment};
use super::drawing;
use super::xml::{Child, Node};
use crate::{Error, Extracted};
use seisho_model::codes::source::x014;
use seisho_model::given::{GivenCell, GivenLine};
use seisho_model::{Reported, TextRange};
use std::collections::{BTreeMap, BTreeSet};

/// Reads a document.
pub(super) fn read(document: &Node, parts: &mut Parts<'_>) -> Result<Reported<Extracted>, Error> {
    let body = document.first("body").ok_or(Error::Office)?;
    let relations = parts.relations("word", "document.xml")?;
    let styles = Styles::read(parts.part("word/styles.xml")?.as_ref(), body);
    let mut writer = Writer::default();
    // Headers and footers are of every page; they stand before and behind the body once.
    let margin = |kind: &str, parts: &mut Parts<'_>, writer: &mut Writer| -> Result<(), Error> {
        for relation in relations.iter().filter(|r| r.kind == kind) {
            if let Some(part) = parts.part(&relation.path)? {
                writer.is_margin = true;
                blocks(&part, &styles, writer);
                writer.is_margin = false;
            }
        }
        Ok(())
    };
    margin("header", parts, &mut writer)?;
    blocks(body, &styles, &mut writer);
    margin("footer", parts, &mut writer)?;
    for relation in relations.iter().filter(|r| matches!(r.kind.as_str(), "footnotes" | "endnotes")) {
        if let Some(part) = parts.part(&relation.path)? {
            notes(&part, &styles, &mut writer);
        }
    }
    let part = relations.iter().find(|r| r.kind == "comments").map(|r| parts.part(&r.path)).transpose()?;
    let comments = in_order(comments::of_word(part.flatten().as_ref()), &mut writer);
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let mut read = writer.finish(comments, media_type)?;
    let numbered = Numbering::read(parts.part("word/numbering.xml")?.as_ref(), parts.part("word/styles.xml")?.as_ref()).count(body);
    let hidden = hidden(body, &styles);
    read.findings.extend((hidden > 0).then(|| x014::hidden_text(hidden)));
    read.findings.extend((numbered > 0).then(|| x014::automatic_numbers(numbered)));
    Ok(read)
}

/// Comments in the order of what they are about, then those about nothing.
fn in_order(mut comments: BTreeMap<String, Comment>, writer: &mut Writer) -> Vec<(Vec<TextRange>, Comment)> {
    let commented = std::mem::take(&mut writer.commented);
    let mut in_order: Vec<(Vec<TextRange>, Comment)> =
        commented.into_iter().filter_map(|(id, lines)| Some((lines, comments.remove(&id)?))).collect();
    in_order.extend(comments.into_values().map(|comment| (Vec::new(), comment)));
    in_order
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
            return usize::from(
                node.first("pPr").is_some_and(|p| self.numbers(p)) && !text_of(node, &Styles::default()).live.trim().is_empty(),
            );
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
fn blocks(parent: &Node, styles: &Styles, writer: &mut Writer) {
    for node in parent.nodes() {
        match node.name.as_str() {
            "p" => {
                let lines = writer.paragraph(&text_of(node, styles));
                note_comments(node, &lines, writer);
                note_pictures(node, &lines, writer);
                boxes(node, styles, writer);
            }
            "tbl" => table(node, styles, writer),
            "sdt" | "sdtContent" | "footnote" | "ins" | "smartTag" | "customXml" => blocks(node, styles, writer),
            _ => {}
        }
    }
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

/// Text boxes in a paragraph; what stands twice for older programs is read once.
fn boxes(node: &Node, styles: &Styles, writer: &mut Writer) {
    for child in node.nodes().filter(|n| n.name != "Fallback") {
        if child.name == "txbxContent" { blocks(child, styles, writer) } else { boxes(child, styles, writer) }
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

/// What a document's styles strike out, by their ids.
#[derive(Default)]
struct Styles {
    struck: BTreeSet<String>,
    /// Whether anything of the document has a background: white letters may be seen on it.
    has_grounds: bool,
}

impl Styles {
    fn read(styles: Option<&Node>, body: &Node) -> Self {
        let all = || styles.into_iter().flat_map(|s| s.all("style"));
        let is_struck = |s: &Node| s.first("rPr").is_some_and(|p| p.is_set("strike") || p.is_set("dstrike"));
        let mut struck: BTreeSet<String> = all().filter(|s| is_struck(s)).filter_map(|s| s.get("styleId").map(str::to_owned)).collect();
        let mut used = BTreeSet::new();
        names_of_styles(body, &mut used);
        let is_used = |s: &Node| s.get("styleId").is_some_and(|id| used.contains(id));
        // A style that is based on another has its looks.
        for _ in 0..DEEPEST_STYLE {
            let base = |s: &Node| s.first("basedOn").and_then(|b| b.get("val")).is_some_and(|b| struck.contains(b));
            let more: Vec<String> = all().filter(|s| base(s)).filter_map(|s| s.get("styleId").map(str::to_owned)).collect();
            struck.extend(more);
        }
        Self { struck, has_grounds: has_ground(body) || all().filter(|s| is_used(s)).any(has_ground) }
    }

    fn strikes(&self, properties: Option<&Node>, style: &str) -> bool {
        let name = properties.and_then(|p| p.first(style)).and_then(|s| s.get("val"));
        name.is_some_and(|name| self.struck.contains(name))
    }

    /// Whether nobody sees a run: hidden, or white on paper.
    fn hides(&self, properties: Option<&Node>) -> bool {
        let color = properties.and_then(|p| p.first("color")).and_then(|c| c.get("val"));
        properties.is_some_and(|p| p.is_set("vanish")) || !self.has_grounds && color.is_some_and(|c| c.eq_ignore_ascii_case("FFFFFF"))
    }
}

/// The styles that a document names.
fn names_of_styles(node: &Node, names: &mut BTreeSet<String>) {
    if matches!(node.name.as_str(), "tblStyle" | "pStyle" | "rStyle") {
        names.extend(node.get("val").map(str::to_owned));
    }
    node.nodes().for_each(|child| names_of_styles(child, names));
}

/// Styles are based on each other to this depth.
const DEEPEST_STYLE: usize = 4;

/// Whether anything below an element has a background other than white.
fn has_ground(node: &Node) -> bool {
    let fill = (node.name == "shd").then(|| node.get("fill")).flatten();
    let is_ground = |fill: &str| !fill.eq_ignore_ascii_case("auto") && !fill.eq_ignore_ascii_case("FFFFFF");
    matches!(node.name.as_str(), "highlight" | "background") || fill.is_some_and(is_ground) || node.nodes().any(has_ground)
}

fn text_of(paragraph: &Node, styles: &Styles) -> Text {
    let mut text = Text::default();
    let is_struck = styles.strikes(paragraph.first("pPr"), "pStyle");
    runs(paragraph, is_struck, styles, &mut text);
    text
}

fn runs(node: &Node, is_deleted: bool, styles: &Styles, text: &mut Text) {
    for child in node.nodes() {
        match child.name.as_str() {
            "r" => run(child, is_deleted, styles, text),
            "del" | "moveFrom" => runs(child, true, styles, text),
            // Ruby: the base is the text, what stands above it is not.
            "ruby" => child.all("rubyBase").for_each(|base| runs(base, is_deleted, styles, text)),
            "txbxContent" | "Fallback" | "pPr" | "rt" => {}
            _ => runs(child, is_deleted, styles, text),
        }
    }
}

/// Characters that are formatted as hidden, which `run` leaves out.
fn hidden(node: &Node, styles: &Styles) -> usize {
    let own = |run: &Node| run.all("t").map(|t| t.text().chars().filter(|c| !c.is_whitespace()).count()).sum();
    let is_hidden = node.name == "r" && styles.hides(node.first("rPr"));
    if is_hidden { own(node) } else { node.nodes().map(|n| hidden(n, styles)).sum() }
}

fn run(run: &Node, is_deleted: bool, styles: &Styles, text: &mut Text) {
    let properties = run.first("rPr");
    if styles.hides(properties) {
        return;
    }
    let is_set = |name: &str| properties.is_some_and(|p| p.is_set(name));
    let value = |name: &str| properties.and_then(|p| p.first(name)).and_then(|p| p.get("val"));
    let is_coloured = value("color").is_some_and(|c| !matches!(c, "auto" | "000000"));
    let is_on = |name: &str| value(name).is_some_and(|v| v != "none");
    let look = Look {
        struck: is_deleted || is_set("strike") || is_set("dstrike") || styles.strikes(properties, "rStyle"),
        raised: value("vertAlign") == Some("superscript"),
        emphasis: is_set("b") || is_coloured || ["u", "highlight", "bdr", "em"].into_iter().any(is_on),
    };
    for child in run.nodes() {
        match child.name.as_str() {
            "t" | "delText" => child.children.iter().for_each(|c| {
                if let Child::Text(t) = c {
                    text.push(t, look)
                }
            }),
            // A letter, or a word, with a ring or a box around it is a field: EQ \o\ac(○,可).
            "instrText" => {
                if let Some(inner) = enclosed(&child.text()) {
                    text.push(inner, Look { emphasis: true, ..look });
                }
            }
            // A list to choose from has no text of its own, nor has a box to tick.
            "fldChar" => text.push(&child.first("ffData").and_then(field).unwrap_or_default(), look),
            "sym" => text.push(&symbol(child), look),
            "tab" => text.push("\t", look),
            "br" | "cr" => text.push("\n", Look { raised: false, ..look }),
            "noBreakHyphen" => text.push("-", look),
            "ruby" => child.all("rubyBase").for_each(|base| runs(base, look.struck, styles, text)),
            _ => {}
        }
    }
}

/// What a field of a form shows that writes it nowhere else.
fn field(data: &Node) -> Option<String> {
    let number = |node: Option<&Node>| node.and_then(|n| n.get("val")).and_then(|v| v.parse::<usize>().ok());
    if let Some(list) = data.first("ddList") {
        let chosen = number(list.first("result")).or_else(|| number(list.first("default"))).unwrap_or(0);
        return list.all("listEntry").nth(chosen).and_then(|entry| entry.get("val")).map(str::to_owned);
    }
    let ticked = data.first("checkBox")?;
    let is_ticked = if ticked.first("checked").is_some() { ticked.is_set("checked") } else { ticked.is_set("default") };
    Some(if is_ticked { "☑" } else { "☐" }.to_owned())
}

/// What a sign of a font of signs looks like.
fn symbol(node: &Node) -> String {
    let font = node.get("font").unwrap_or_default().to_ascii_lowercase();
    let code = node.get("char").and_then(|c| u32::from_str_radix(c, 16).ok());
    code.and_then(|code| sign(&font, code)).map(String::from).unwrap_or_default()
}

/// What a field encloses: 可 of `eq \o\ac(○,可)`.
fn enclosed(field: &str) -> Option<&str> {
    let start = field.to_ascii_lowercase().find("\\ac")?;
    let inside = field[start..].split_once('(')?.1;
    let (_, inner) = inside.split_once([',', ';'])?;
    Some(inner.trim_end().trim_end_matches(')').trim())
}

/// A table: merged cells are one; what stands in cells below the first of a merged column is part of it.
fn table(table: &Node, styles: &Styles, writer: &mut Writer) {
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
            let crossed = properties.and_then(|p| p.first("tcBorders"));
            let is_drawn = |b: &Node| !matches!(b.get("val"), None | Some("nil" | "none"));
            let is_crossed = crossed.is_some_and(|b| ["tl2br", "tr2bl"].into_iter().any(|d| b.first(d).is_some_and(is_drawn)));
            let lines = cell_lines(cell, is_crossed, styles, writer);
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
fn cell_lines(cell: &Node, is_crossed: bool, styles: &Styles, writer: &mut Writer) -> Vec<GivenLine> {
    let mut lines = Vec::new();
    for node in cell.nodes() {
        match node.name.as_str() {
            "p" => {
                let text = text_of(node, styles);
                let item = node.first("pPr").is_some_and(|p| p.first("numPr").is_some());
                let own = writer.text(&if is_crossed { text.into_struck() } else { text });
                note_comments(node, &own, writer);
                note_pictures(node, &own, writer);
                boxes_in_cell(node, &own, styles, writer);
                lines.extend(own.into_iter().enumerate().map(|(index, range)| GivenLine { range, item: item && index == 0 }));
            }
            "tcPr" => {}
            _ => lines.extend(cell_lines(node, is_crossed, styles, writer)),
        }
    }
    lines
}

/// The value of a property.
fn number(property: &Node) -> Option<u32> {
    property.get("val")?.parse().ok()
}
