//! An element that is not shown, and what is open in it: where it ends, tag or no tag.

use crate::text::tag::{ENDS, VOID};

/// Elements whose content is not shown, whatever their style.
pub(super) const UNSEEN: [&str; 6] = ["head", "title", "style", "script", "template", "noscript"];
/// What stands in a head.
const OF_HEAD: [&str; 8] = ["title", "style", "script", "template", "noscript", "meta", "link", "base"];
/// Elements that a paragraph ends before.
const BLOCKS: [&str; 26] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "ul",
];
/// Elements whose end need not be written.
const LOOSE: [&str; 10] = ["li", "p", "td", "th", "tr", "dt", "dd", "thead", "tbody", "option"];
/// More elements below each other are counted only.
const DEEPEST: usize = 200;

/// Elements that are open in one that is not shown, it first.
pub(super) struct Unseen {
    name: String,
    open: Vec<String>,
    /// How many more there are.
    beyond: usize,
}

/// What a tag does to an element that is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    No,
    /// It ends before the tag, which is of what stands around it.
    Before,
    /// It ends with the tag.
    With,
}

impl Unseen {
    /// An element begins that is not shown.
    pub(super) fn new(name: String) -> Self {
        Self { open: vec![name.clone()], name, beyond: 0 }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// A tag begins an element.
    pub(super) fn start(&mut self, name: &str, is_void: bool) -> Ends {
        if self.name() == "head" {
            return if OF_HEAD.contains(&name) { Ends::No } else { Ends::Before };
        }
        if let Some((_, ended, bound)) = ENDS.iter().find(|(of, ..)| *of == name) {
            let inner = self.open.iter().rposition(|o| o == bound).map_or(0, |at| at + 1);
            if let Some(at) = self.open[inner..].iter().position(|o| ended.contains(&o.as_str())) {
                self.open.truncate(inner + at);
            }
        }
        if BLOCKS.contains(&name) {
            self.open.pop_if(|last| last == "p");
        }
        if self.open.is_empty() {
            return Ends::Before;
        }
        if !is_void && !VOID.contains(&name) {
            if self.open.len() < DEEPEST { self.open.push(name.to_owned()) } else { self.beyond += 1 }
        }
        Ends::No
    }

    /// A tag ends an element.
    pub(super) fn end(&mut self, name: &str) -> Ends {
        if self.beyond > 0 {
            self.beyond -= 1;
            return Ends::No;
        }
        if let Some(at) = self.open.iter().rposition(|o| o == name) {
            self.open.truncate(at);
            return if self.open.is_empty() { Ends::With } else { Ends::No };
        }
        // The end of what stands around it.
        let is_around = BLOCKS.contains(&name) || ["td", "th", "tr", "tbody", "thead", "tfoot", "select", "body"].contains(&name);
        if is_around && name != "p" && LOOSE.contains(&self.name()) { Ends::Before } else { Ends::No }
    }
}
