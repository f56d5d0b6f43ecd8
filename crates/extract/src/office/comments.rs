//! Comments that somebody put to cells and sentences: whose they are, and what they say.

use super::Parts;
use super::xml::Node;
use crate::Error;
use std::collections::{BTreeMap, BTreeSet};

/// A comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) author: Option<String>,
    pub(super) text: String,
}

/// Comments of a sheet of Excel, each with the name of its cell.
pub(super) fn of_sheet(parts: &mut Parts<'_>, sheet: &str) -> Result<Vec<(String, Comment)>, Error> {
    let (folder, name) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let mut own = Vec::new();
    let mut threads = Vec::new();
    for relation in parts.relations(folder, name)? {
        match relation.kind.as_str() {
            "comments" => own.extend(parts.part(&relation.path)?.iter().flat_map(in_cells)),
            "threadedComment" => {
                let people = people(parts)?;
                threads.extend(parts.part(&relation.path)?.iter().flat_map(|part| of_threads(part, &people)));
            }
            _ => {}
        }
    }
    // Where a talk stands, the older form holds the same words for older programs.
    let talked: BTreeSet<String> = threads.iter().map(|(cell, _)| cell.clone()).collect();
    own.retain(|(cell, _)| !talked.contains(cell));
    own.extend(threads);
    Ok(own)
}

fn in_cells(part: &Node) -> Vec<(String, Comment)> {
    let authors: Vec<String> = part.first("authors").into_iter().flat_map(|a| a.all("author")).map(Node::text).collect();
    let comment = |node: &Node| {
        let author = node.get("authorId").and_then(|id| authors.get(id.parse::<usize>().ok()?)).cloned();
        let text = node.first("text").map(without_readings)?;
        Some((node.get("ref")?.to_owned(), Comment { author, text }))
    };
    part.first("commentList").into_iter().flat_map(|list| list.all("comment")).filter_map(comment).collect()
}

/// Text with its runs, without the readings of kanji.
fn without_readings(node: &Node) -> String {
    node.nodes().filter(|n| n.name != "rPh").map(|n| if n.name == "t" { n.text() } else { without_readings(n) }).collect()
}

fn of_threads(part: &Node, people: &BTreeMap<String, String>) -> Vec<(String, Comment)> {
    let comment = |node: &Node| {
        let author = node.get("personId").and_then(|id| people.get(id)).cloned();
        Some((node.get("ref")?.to_owned(), Comment { author, text: node.first("text")?.text() }))
    };
    part.all("threadedComment").filter_map(comment).collect()
}

fn people(parts: &mut Parts<'_>) -> Result<BTreeMap<String, String>, Error> {
    let listed = parts.relations("xl", "workbook.xml")?.into_iter().find(|r| r.kind == "person");
    let part = parts.part(listed.as_ref().map_or("xl/persons/person.xml", |r| &r.path))?;
    let person = |node: &Node| Some((node.get("id")?.to_owned(), node.get("displayName")?.to_owned()));
    Ok(part.iter().flat_map(Node::nodes).filter_map(person).collect())
}

/// Comments of a Word file by their id.
pub(super) fn of_word(part: Option<&Node>) -> BTreeMap<String, Comment> {
    let comment = |node: &Node| {
        let lines: Vec<String> = paragraphs(node).iter().map(Node::text).collect();
        let author = node.get("author").map(str::to_owned);
        Some((node.get("id")?.to_owned(), Comment { author, text: lines.join("\n") }))
    };
    part.into_iter().flat_map(|p| p.all("comment")).filter_map(comment).collect()
}

/// The comment of a cell of an OpenDocument sheet.
pub(super) fn of_cell(cell: &Node) -> Option<Comment> {
    cell.first("annotation").map(of_annotation)
}

/// A comment of an OpenDocument file.
pub(super) fn of_annotation(node: &Node) -> Comment {
    let lines: Vec<String> = paragraphs(node).iter().map(Node::text).collect();
    Comment { author: node.first("creator").map(Node::text), text: lines.join("\n") }
}

fn paragraphs(node: &Node) -> Vec<Node> {
    let below = |n: &Node| if n.name == "p" { vec![n.clone()] } else { paragraphs(n) };
    node.nodes().flat_map(below).collect()
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    #[test]
    fn comments_say_whose_they_are() {
        let cell = "<c><annotation><creator>森 一郎</creator><date>2026-04-01</date><p>一行目</p><p>二行目</p></annotation><p>値</p></c>";
        let want = Comment { author: Some("森 一郎".to_owned()), text: "一行目\n二行目".to_owned() };
        assert_eq!(of_cell(&parse(cell.as_bytes()).unwrap()), Some(want));
        let people = BTreeMap::from([("{A}".to_owned(), "玉井 理加".to_owned())]);
        let thread =
            "<ThreadedComments><threadedComment ref=\"B7\" personId=\"{A}\"><text>確認中</text></threadedComment></ThreadedComments>";
        let want = Comment { author: Some("玉井 理加".to_owned()), text: "確認中".to_owned() };
        assert_eq!(of_threads(&parse(thread.as_bytes()).unwrap(), &people), [("B7".to_owned(), want)]);
    }
}
