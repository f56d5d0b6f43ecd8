//! Headers and footers of an OpenDocument text.

use super::Source;
use crate::office::xml::Node;
use std::collections::BTreeSet;

/// Headers and footers of the pages that a text uses, each once.
#[derive(Default)]
pub(super) struct Margins<'n> {
    pub(super) headers: Vec<&'n Node>,
    pub(super) footers: Vec<&'n Node>,
}

/// The headers and footers of a text that uses styles of these names.
pub(super) fn margins<'n>(source: &'n Source, body: &Node, used: &BTreeSet<&str>) -> Margins<'n> {
    let pages: Vec<&Node> = source.common().first("master-styles").into_iter().flat_map(|m| m.all("master-page")).collect();
    let names = names(source, body, used, &pages);
    let mut margins = Margins::default();
    for part in pages.iter().filter(|page| page.get("name").is_some_and(|name| names.contains(name))).flat_map(|page| page.nodes()) {
        let margin = match part.name.as_str() {
            "header" | "header-left" | "header-first" => &mut margins.headers,
            "footer" | "footer-left" | "footer-first" => &mut margins.footers,
            _ => continue,
        };
        let text = part.text();
        if part.get("display") != Some("false") && !margin.iter().any(|other: &&Node| other.text() == text) {
            margin.push(part);
        }
    }
    margins
}

/// The names of the master pages that a text uses.
fn names<'n>(source: &'n Source, body: &Node, used: &BTreeSet<&str>, pages: &[&'n Node]) -> BTreeSet<&'n str> {
    let styles = || source.styles().into_iter().flatten().flat_map(|list| list.all("style"));
    let page_of = |style: &'n Node| style.get("master-page-name").filter(|name| !name.is_empty());
    let is_named = |style: &&Node, name: &str| style.get("name") == Some(name);
    let mut names: BTreeSet<&str> =
        styles().filter(|s| s.get("name").is_some_and(|name| used.contains(name))).filter_map(page_of).collect();
    let first = first(body).and_then(|name| styles().find(|style| is_named(style, name)));
    // A text begins on the first of all pages, if it does not say on which.
    if first.and_then(page_of).is_none() {
        let standard = pages.iter().find(|page| page.get("name") == Some("Standard")).or(pages.first());
        names.extend(standard.and_then(|page| page.get("name")));
    }
    for _ in 0..pages.len() {
        let next: Vec<&str> = pages
            .iter()
            .filter(|page| page.get("name").is_some_and(|name| names.contains(name)))
            .filter_map(|page| page.get("next-style-name"))
            .collect();
        let before = names.len();
        names.extend(next);
        if names.len() == before {
            break;
        }
    }
    names
}

/// The style of the first paragraph or table.
fn first(node: &Node) -> Option<&str> {
    node.nodes().find_map(|child| match child.name.as_str() {
        "p" | "h" | "table" => Some(child.get("style-name").unwrap_or_default()),
        "tracked-changes" | "forms" | "frame" => None,
        _ => first(child),
    })
}
