//! The text of a paragraph of an OpenDocument file, and what is anchored in it.

use super::fields;
use super::styles::{Looks, Styles};
use crate::office::cells::{Look, Text, sign};
use crate::office::xml::{Child, Node};
use std::collections::BTreeMap;

/// A paragraph, or several of a cell, while it is read.
pub(super) struct Reader<'n, 's> {
    styles: &'s Styles,
    /// What was deleted, by the mark that stands in its place; what controls show, by their names.
    changes: Option<&'s mut Changes>,
    pub(super) text: Text,
    /// What a tab is.
    tab: &'static str,
    /// Whether white space before what follows is kept: behind text that ends in none.
    keeps_blank: bool,
    /// Characters that nobody sees.
    pub(super) hidden: usize,
    pub(super) comments: Vec<&'n Node>,
    pub(super) notes: Vec<&'n Node>,
    /// Frames and shapes.
    pub(super) drawn: Vec<&'n Node>,
}

/// What stands elsewhere in the file than where it is shown.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Text that was deleted.
    pub(super) deleted: BTreeMap<String, String>,
    /// What controls of forms show.
    pub(super) controls: BTreeMap<String, String>,
}

/// Spaces that one element stands for; more are no text.
const MOST_SPACES: usize = 100;

/// How often an element stands for several.
pub(super) fn times(node: &Node, name: &str) -> u32 {
    node.get(name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

impl<'n, 's> Reader<'n, 's> {
    pub(super) fn new(styles: &'s Styles, changes: Option<&'s mut Changes>, tab: &'static str) -> Self {
        let (comments, notes, drawn) = (Vec::new(), Vec::new(), Vec::new());
        Self { styles, changes, text: Text::default(), tab, keeps_blank: false, hidden: 0, comments, notes, drawn }
    }

    /// Reads a paragraph; a further one is a line below.
    pub(super) fn paragraph(&mut self, node: &'n Node, around: Looks) {
        for out in [&mut self.text.live, &mut self.text.struck] {
            if !out.is_empty() {
                out.push('\n');
            }
        }
        self.keeps_blank = false;
        let looks = self.styles.looks("paragraph", node.get("style-name")).or(around);
        if node.nodes().any(|n| n.name == "hidden-paragraph" && n.get("is-hidden") == Some("true")) {
            self.hidden += visible(&node.text());
        } else {
            self.inside(node, looks);
        }
    }

    fn inside(&mut self, node: &'n Node, looks: Looks) {
        for child in &node.children {
            match child {
                Child::Text(text) => self.text(text, looks),
                Child::Node(node) => self.element(node, looks),
            }
        }
    }

    fn element(&mut self, node: &'n Node, looks: Looks) {
        match node.name.as_str() {
            "s" => self.push(&" ".repeat((times(node, "c") as usize).min(MOST_SPACES)), looks),
            "tab" => self.push(self.tab, looks),
            "line-break" => self.push("\n", looks),
            "span" => self.inside(node, self.styles.looks("text", node.get("style-name")).or(looks)),
            // What stands above the base is its reading; numbers are the list's.
            "ruby-text" | "number" => {}
            "annotation" => self.comments.push(node),
            "note" => {
                // Its number is the program's; a mark of its own is the author's.
                let mark = node.first("note-citation").and_then(|c| c.get("label"));
                self.text.push_note(mark.unwrap_or_default());
                self.notes.push(node);
            }
            "change" => {
                let deleted = self.changes.as_mut().and_then(|c| c.deleted.remove(node.get("change-id")?)).unwrap_or_default();
                self.text.push(&deleted, Look { struck: true, ..Look::default() });
            }
            "control" => {
                let shown = self.changes.as_ref().and_then(|c| c.controls.get(node.get("control")?).cloned()).unwrap_or_default();
                self.push(&shown, looks);
            }
            "fieldmark" => self.push(&fields::of_mark(node), looks),
            "hidden-text" if node.get("is-hidden") == Some("true") => {
                self.hidden += visible(node.get("string-value").unwrap_or_default());
            }
            "variable-set" | "user-field-get" | "expression" if node.get("display") == Some("none") => {}
            "frame" | "custom-shape" | "rect" | "ellipse" | "circle" | "line" | "connector" | "caption" | "path" | "polygon"
            | "polyline" | "regular-polygon" | "measure" | "g" => self.drawn.push(node),
            "script" | "event-listeners" | "forms" => {}
            _ => self.inside(node, looks),
        }
    }

    /// Adds text as it stands in XML: white space is a space, and none at the beginning or behind another.
    fn text(&mut self, text: &str, looks: Looks) {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !is_blank {
                out.push(c);
            } else if self.keeps_blank {
                out.push(' ');
            }
            self.keeps_blank = !is_blank;
        }
        let keeps_blank = self.keeps_blank;
        self.push(&out, looks);
        self.keeps_blank = keeps_blank;
    }

    fn push(&mut self, text: &str, looks: Looks) {
        if text.is_empty() {
            return;
        }
        self.keeps_blank = !text.ends_with('\n');
        if self.styles.hides(looks) {
            self.hidden += visible(text);
            return;
        }
        match looks.signs.flatten() {
            Some(font) => self.text.push(&text.chars().map(|c| sign(font, u32::from(c)).unwrap_or(c)).collect::<String>(), looks.look()),
            None => self.text.push(text, looks.look()),
        }
    }
}

/// Characters that leave ink.
pub(super) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::xml::parse;

    fn read(xml: &str) -> (String, String, usize) {
        let styles = "<styles><style name=\"T1\" family=\"text\"><text-properties text-line-through-style=\"solid\"/></style>\
            <style name=\"T2\" family=\"text\"><text-properties display=\"none\"/></style></styles>";
        let styles = parse(styles.as_bytes()).unwrap();
        let styles = Styles::read([None, Some(&styles)]);
        let node = parse(xml.as_bytes()).unwrap();
        let mut reader = Reader::new(&styles, None, "\t");
        reader.paragraph(&node, Looks::default());
        (reader.text.live, reader.text.struck, reader.hidden)
    }

    #[test]
    fn white_space_of_xml_is_one_space_and_that_of_elements_is_kept() {
        let (live, ..) = read("<p>\n  令和8年度<s c=\"3\"/>市民部\n  の  方針<tab/>1<line-break/> 次 </p>");
        assert_eq!(live, "令和8年度   市民部 の 方針\t1\n次 ");
    }

    #[test]
    fn struck_hidden_and_readings_are_not_in_the_text() {
        let xml = "<p>窓口<span style-name=\"T1\">を閉</span><ruby><ruby-base>増</ruby-base><ruby-text>ふ</ruby-text></ruby>やす\
            <span style-name=\"T2\">当面は</span>。</p>";
        assert_eq!(read(xml), ("窓口増やす。".to_owned(), "を閉".to_owned(), 3));
    }
}
