//! What is drawn on the pages of office files beside their text: pictures, which are not read, and the texts of boxes and
//! shapes. Knows the vocabularies of both families of files; where a drawing stands is told by whoever asks.

use super::Parts;
use super::xml::Node;
use crate::Error;
use std::collections::BTreeMap;

/// What is drawn at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// Pictures, charts and the like, large enough to hold text.
    pub(super) pictures: usize,
    /// Texts of boxes and shapes.
    pub(super) texts: Vec<String>,
    /// Shapes with text that are not shown.
    pub(super) hidden: usize,
}

impl Drawn {
    /// Whether there is nothing to be said of it.
    pub(super) fn is_empty(&self) -> bool {
        self.pictures == 0 && self.texts.is_empty() && self.hidden == 0
    }
}

/// What is drawn on a sheet, by row and column from 0.
pub(super) type OnSheet = Vec<((u32, u32), Drawn)>;

/// Smaller pictures are signs and logos: two square centimetres, in square millimetres.
pub(super) const SMALL: f64 = 200.0;
/// A picture in a header or footer is a letterhead; one that is larger than this may hold text.
pub(super) const SMALL_IN_MARGIN: f64 = 2_500.0;
/// Office Open XML counts in so many units a millimetre.
const EMU: f64 = 36_000.0;

/// What is drawn on a sheet of Excel.
pub(super) fn of_sheet(parts: &mut Parts<'_>, path: &str, sheet: &Node) -> Result<OnSheet, Error> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let relations = parts.relations(folder, name)?;
    let mut boxes = BTreeMap::new();
    for control in controls(sheet) {
        let own = relations.iter().find(|r| control.get("id") == Some(&r.id));
        let part = own.map(|r| parts.part(&r.path)).transpose()?.flatten();
        if let (Some(id), Some(sign)) = (control.get("shapeId"), part.as_ref().and_then(sign)) {
            boxes.insert(id.to_owned(), sign);
        }
    }
    let mut found = Vec::new();
    for relation in relations.iter().filter(|r| r.kind == "drawing") {
        let part = parts.part(&relation.path)?;
        for anchor in part.iter().flat_map(Node::nodes).filter(|n| n.name.ends_with("Anchor")) {
            let corner = |name: &str| {
                let corner = anchor.first(name)?;
                let number = |name: &str| corner.first(name)?.text().trim().parse::<u32>().ok();
                Some((number("row")?, number("col")?))
            };
            let (from, to) = (corner("from"), corner("to"));
            // What an application writes down as the size of a drawing between two cells need not be its size.
            let is_wide = from.zip(to).is_some_and(|(a, b)| b.0 > a.0 + 1 || b.1 > a.1 + 1);
            let size = if is_wide { None } else { anchor.first("ext").and_then(size) };
            let mut drawn = Drawn::default();
            shapes(anchor, size, is_wide, &boxes, &mut drawn);
            if !drawn.is_empty() {
                found.push((from.unwrap_or_default(), drawn));
            }
        }
    }
    Ok(found)
}

/// The controls of a form on a sheet.
fn controls(node: &Node) -> Vec<&Node> {
    let inside = |n: &Node| matches!(n.name.as_str(), "controls" | "AlternateContent" | "Choice");
    node.nodes()
        .flat_map(|n| {
            if n.name == "control" {
                vec![n]
            } else if inside(n) {
                controls(n)
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// The sign of a box to tick, or of one of several to choose.
fn sign(control: &Node) -> Option<&'static str> {
    let is_set = control.get("checked") == Some("Checked");
    Some(match (control.get("objectType")?, is_set) {
        ("CheckBox", true) => "☑",
        ("CheckBox", false) => "☐",
        ("Radio", true) => "◉",
        ("Radio", false) => "○",
        _ => return None,
    })
}

fn shapes(node: &Node, of_anchor: Option<f64>, is_wide: bool, boxes: &BTreeMap<String, &'static str>, drawn: &mut Drawn) {
    for child in node.nodes() {
        match child.name.as_str() {
            "sp" => {
                let about = child.first("nvSpPr").and_then(|n| n.first("cNvPr"));
                let text = child.first("txBody").map(text_of_body).unwrap_or_default();
                let sign = about.and_then(|a| a.get("id")).and_then(|id| boxes.get(id));
                match sign {
                    Some(sign) => drawn.texts.push(format!("{sign}{text}")),
                    None if text.trim().is_empty() => {}
                    None if about.is_some_and(is_hidden) => drawn.hidden += 1,
                    None => drawn.texts.push(text),
                }
            }
            "pic" => {
                let about = child.first("nvPicPr").and_then(|n| n.first("cNvPr"));
                let own = child.first("spPr").and_then(|p| p.first("xfrm")).and_then(|x| x.first("ext")).and_then(size);
                let size = of_anchor.or(own.filter(|_| !is_wide));
                let is_seen = !about.is_some_and(|a| is_hidden(a) || is_decorative(a));
                drawn.pictures += usize::from(is_seen && size.is_none_or(|size| size >= SMALL));
            }
            // Charts and diagrams.
            "graphicFrame" | "contentPart" => drawn.pictures += 1,
            "grpSp" | "AlternateContent" | "Choice" => shapes(child, None, is_wide, boxes, drawn),
            _ => {}
        }
    }
}

fn is_hidden(about: &Node) -> bool {
    matches!(about.get("hidden"), Some("1" | "true"))
}

/// Whether its author says that a picture holds nothing.
fn is_decorative(about: &Node) -> bool {
    about.nodes().any(|n| n.name == "decorative" && n.get("val") == Some("1") || is_decorative(n))
}

/// The size that an element states, in square millimetres.
fn size(extent: &Node) -> Option<f64> {
    let length = |name: &str| extent.get(name)?.parse::<f64>().ok();
    Some(length("cx")? / EMU * (length("cy")? / EMU))
}

/// The text of a shape, a paragraph a line.
fn text_of_body(body: &Node) -> String {
    let lines: Vec<String> = body.all("p").map(text_of_runs).collect();
    lines.join("\n")
}

fn text_of_runs(node: &Node) -> String {
    let part = |n: &Node| match n.name.as_str() {
        "t" => n.text(),
        "br" => "\n".to_owned(),
        "r" | "fld" => text_of_runs(n),
        _ => String::new(),
    };
    node.nodes().map(part).collect()
}

/// How many pictures, charts and diagrams of a size or more a paragraph of Word has; those inside its text boxes are not its own.
pub(super) fn in_paragraph(node: &Node, least: f64) -> usize {
    let of = |child: &Node| match child.name.as_str() {
        "txbxContent" | "Fallback" => 0,
        "drawing" => {
            let size = child.nodes().find_map(|n| n.first("extent")).and_then(size);
            let about = child.nodes().find_map(|n| n.first("docPr"));
            let is_seen = !about.is_some_and(|a| is_hidden(a) || is_decorative(a)) && size.is_none_or(|size| size >= least);
            if is_seen { graphics(child) } else { 0 }
        }
        "shape" | "rect" | "image" if child.first("imagedata").is_some() => {
            let size = child.get("style").and_then(size_of_style);
            usize::from(size.is_none_or(|size| size >= least))
        }
        _ => in_paragraph(child, least),
    };
    node.nodes().map(of).sum()
}

fn graphics(node: &Node) -> usize {
    let of = |child: &Node| match child.name.as_str() {
        "txbxContent" | "Fallback" => 0,
        "pic" | "chart" | "relIds" => 1,
        _ => graphics(child),
    };
    node.nodes().map(of).sum()
}

/// The size that `width:100pt;height:50pt` states, in square millimetres.
fn size_of_style(style: &str) -> Option<f64> {
    let value = |name: &str| style.split(';').filter_map(|d| d.split_once(':')).find(|(k, _)| k.trim() == name).map(|(_, v)| v.trim());
    Some(length(value("width")?)? * length(value("height")?)?)
}

/// A length in millimetres.
fn length(text: &str) -> Option<f64> {
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    Some(
        number
            * match &text[end..] {
                "mm" => 1.0,
                "cm" => 10.0,
                "in" => 25.4,
                "pt" | "" => 25.4 / 72.0,
                _ => return None,
            },
    )
}

/// What is drawn in an OpenDocument element.
pub(super) fn in_open_document(node: &Node, drawn: &mut Drawn) {
    node.nodes().for_each(|child| of_open_document(child, drawn));
}

/// What an OpenDocument element draws.
pub(super) fn of_open_document(node: &Node, drawn: &mut Drawn) {
    match node.name.as_str() {
        "frame" => {
            if let Some(text) = node.first("text-box") {
                push(text, drawn);
            }
            drawn.pictures += in_open_document_text(node, SMALL);
        }
        "custom-shape" | "rect" | "ellipse" | "circle" | "line" | "connector" | "caption" | "path" | "polygon" | "polyline" => {
            push(node, drawn);
        }
        "g" | "a" => in_open_document(node, drawn),
        _ => {}
    }
}

/// How many pictures and charts of a size or more an OpenDocument element is; those inside its text boxes are not its own.
pub(super) fn in_open_document_text(node: &Node, least: f64) -> usize {
    match node.name.as_str() {
        "frame" => {
            let size = node.get("width").and_then(length).zip(node.get("height").and_then(length)).map(|(w, h)| w * h);
            let is_picture = node.first("text-box").is_none() && ["image", "object", "object-ole"].iter().any(|n| node.first(n).is_some());
            let is_seen = node.get("decorative") != Some("true") && size.is_none_or(|size| size >= least);
            usize::from(is_picture && is_seen)
        }
        "g" | "a" => node.nodes().map(|child| in_open_document_text(child, least)).sum(),
        _ => 0,
    }
}

fn push(shape: &Node, drawn: &mut Drawn) {
    let lines: Vec<String> = shape.all("p").map(Node::text).collect();
    drawn.texts.extend(Some(lines.join("\n")).filter(|text| !text.trim().is_empty()));
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    #[test]
    fn a_small_or_decorative_picture_is_not_counted_and_an_unknown_size_is() {
        let paragraph = |extent: &str, about: &str| {
            let xml = format!(
                "<p><r><drawing><inline>{extent}<docPr id=\"1\">{about}</docPr><graphic><pic/></graphic></inline></drawing></r></p>"
            );
            in_paragraph(&parse(xml.as_bytes()).unwrap(), SMALL)
        };
        assert_eq!(paragraph("<extent cx=\"5400000\" cy=\"1200000\"/>", ""), 1);
        assert_eq!(paragraph("<extent cx=\"360000\" cy=\"360000\"/>", ""), 0);
        assert_eq!(paragraph("<extent cx=\"5400000\" cy=\"1200000\"/>", "<decorative val=\"1\"/>"), 0);
        assert_eq!(paragraph("", ""), 1);
        let drawn = "<p><r><pict><shape style=\"width:100pt;height:80pt\"><imagedata/></shape></pict></r></p>";
        assert_eq!(in_paragraph(&parse(drawn.as_bytes()).unwrap(), SMALL), 1);
    }
}
