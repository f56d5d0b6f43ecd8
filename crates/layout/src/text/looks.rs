//! What of an HTML text is set otherwise than the text around it: bold, coloured, underlined, framed, marked; and the label
//! of a box that is ticked.

use crate::span;
use crate::text::styles::{Styles, is_emphasis};
use crate::text::tag::{VOID, whole_tag};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use seisho_model::layout::Layout;
use seisho_model::{Page, is_visible};

/// Elements that are set otherwise by themselves.
const SET: [&str; 8] = ["b", "strong", "mark", "u", "em", "i", "ins", "big"];
/// Elements whose looks are those of a cell, or of more.
const LARGE: [&str; 17] =
    ["html", "body", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "main", "section"];

/// Notes them.
pub(super) fn note(page: &Page, number: usize, styles: &Styles, layout: &mut Layout) {
    let mut open: Vec<(String, bool)> = Vec::new();
    // The text up to here is done; a ticked box is of the text behind it.
    let (mut from, mut is_ticked) = (0, false);
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(page.text.as_str(), emitter).flatten() {
        let (span, name) = match &token {
            Token::StartTag(tag) => (tag.span, &tag.name[..]),
            Token::EndTag(tag) => (tag.span, &tag.name[..]),
            _ => continue,
        };
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let Some(range) = whole_tag(&page.text, span.start..span.end) else { continue };
        let text = page.text.get(from..range.start).unwrap_or_default();
        if text.chars().any(is_visible) && (is_ticked || open.iter().any(|(_, is_set)| *is_set)) {
            layout.emphasis.push(span::trimmed(page, span::piece(number, from..range.start)));
        }
        is_ticked &= !text.chars().any(is_visible);
        from = range.end.max(from);
        match &token {
            Token::StartTag(tag) if name == "input" => is_ticked = tag.attributes.contains_key(&b"checked"[..]),
            Token::StartTag(_) if VOID.contains(&name.as_str()) => is_ticked &= name != "br",
            Token::StartTag(tag) => {
                let is_chosen = name == "option" && tag.attributes.contains_key(&b"selected"[..]);
                let is_small = !LARGE.contains(&name.as_str());
                let is_set = is_chosen || is_small && (SET.contains(&name.as_str()) || is_emphasis(tag, range.start, styles));
                open.push((name, is_set));
            }
            _ => {
                if let Some(at) = open.iter().rposition(|(other, _)| *other == name) {
                    open.truncate(at);
                }
            }
        }
    }
}
