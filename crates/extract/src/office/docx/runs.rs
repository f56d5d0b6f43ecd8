//! The text of a paragraph of a Word file: what its runs show, and what is struck out, deleted or hidden among it.

use crate::office::cells::{Look, Text, sign};
use crate::office::xml::{Child, Node};
use std::collections::BTreeSet;

/// What a document's styles strike out, by their ids.
#[derive(Default)]
pub(super) struct Styles {
    struck: BTreeSet<String>,
    /// Whether anything of the document has a background: white letters may be seen on it.
    has_grounds: bool,
}

impl Styles {
    pub(super) fn read(styles: Option<&Node>, body: &Node) -> Self {
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

pub(super) fn text_of(paragraph: &Node, styles: &Styles) -> Text {
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
pub(super) fn hidden(node: &Node, styles: &Styles) -> usize {
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
