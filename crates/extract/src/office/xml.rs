//! XML of a part of an office file as a tree. Knows no vocabulary; names are without their prefixes.

use crate::Error;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(super) enum Child {
    Node(Node),
    Text(String),
}

/// Elements below each other; more are no document of an office.
const DEEPEST: usize = 256;
/// Elements of a part. A sheet of a hundred thousand rows and twenty columns has this many.
const MOST: usize = 4_000_000;

impl Node {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The elements in it.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|c| if let Child::Node(n) = c { Some(n) } else { None })
    }

    /// The elements in it that are called so.
    pub(super) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.nodes().filter(move |n| n.name == name)
    }

    /// The first element in it that is called so.
    pub(super) fn first(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|n| n.name == name)
    }

    /// Whether a property is set: `<b/>`, `<b val="1"/>`, not `<b val="0"/>`.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.first(name).is_some_and(|n| !matches!(n.get("val"), Some("0" | "false" | "off" | "none")))
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let part = |c: &Child| match c {
            Child::Node(node) => node.text(),
            Child::Text(text) => text.clone(),
        };
        self.children.iter().map(part).collect()
    }
}

/// Parses a part.
pub(super) fn parse(bytes: &[u8]) -> Result<Node, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Office)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Node> = vec![Node::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|_| Error::Office)?;
        match event {
            Event::Start(start) => open.push(node(&start)?),
            Event::Empty(start) => push(&mut open, Child::Node(node(&start)?)),
            Event::End(_) => {
                let done = open.pop().filter(|_| !open.is_empty()).ok_or(Error::Office)?;
                push(&mut open, Child::Node(done));
            }
            Event::Text(text) => push(&mut open, Child::Text(text.to_string())),
            Event::CData(text) => push(&mut open, Child::Text(text.to_string())),
            Event::GeneralRef(entity) => {
                let name = entity.to_string();
                let text = match entity.resolve_char_ref().ok().flatten() {
                    Some(c) => c.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name).ok_or(Error::Office)?.to_owned(),
                };
                push(&mut open, Child::Text(text));
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
        count += 1;
        if open.len() > DEEPEST || count > MOST {
            return Err(Error::Office);
        }
    }
    let root = open.into_iter().next().filter(|root| !root.children.is_empty()).ok_or(Error::Office)?;
    root.nodes().next().cloned().ok_or(Error::Office)
}

fn push(open: &mut [Node], child: Child) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn node(start: &BytesStart<'_>) -> Result<Node, Error> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Error::Office)?;
        let value = attribute.value.into_owned();
        let value = quick_xml::escape::unescape(&value).map_err(|_| Error::Office)?.into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(Node { name: start.local_name().as_ref().to_owned(), attributes, children: Vec::new() })
}
