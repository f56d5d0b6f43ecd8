//! Decoded text as pages, and what in it needs a person's eye.

use crate::coded::coding;
use crate::decode::{Decoded, locate};
use crate::{Error, Format};
use seisho_model::codes::source::{x001, x002, x003, x004};
use seisho_model::script::is_private_use;
use seisho_model::{Finding, Page, Pages, is_visible};
use std::collections::BTreeMap;
use std::ops::Range;

/// Above this share of undecodable bytes and control characters a file is taken for binary: damaged text
/// stays far below, compressed or compiled data far above (about a third of random bytes).
const BINARY_PERCENT: usize = 5;
/// Fewer than this prove nothing in a short file.
const ENOUGH_ODD: usize = 8;

/// Refuses what is empty or no text.
pub(crate) fn require_text(decoded: &Decoded) -> Result<(), Error> {
    if !decoded.text.chars().any(is_visible) {
        return Err(Error::Empty);
    }
    let odd = decoded.malformed.len() + decoded.text.chars().filter(|&c| is_odd_control(c)).count();
    if odd >= ENOUGH_ODD && odd * 100 > decoded.text.chars().count() * BINARY_PERCENT {
        return Err(Error::Unsupported { format: Format::Binary });
    }
    Ok(())
}

/// All of it on one page.
pub(crate) fn one_page(text: &str) -> Pages {
    Pages(vec![Page::new(text.to_owned(), 1, 0)])
}

/// Splits at form feeds.
pub(crate) fn pages(text: &str) -> Pages {
    let mut pages = Vec::new();
    let (mut line, mut column) = (1, 0);
    let mut parts: Vec<&str> = text.split('\u{C}').collect();
    // pdftotext ends every page with a form feed, the last one too: no page follows it.
    if parts.len() > 1 && parts.last().is_some_and(|p| !p.chars().any(is_visible)) {
        parts.pop();
    }
    for part in parts {
        let page = Page::new(part.to_owned(), line, column);
        let end = page.line_column(part.len() as u32);
        (line, column) = (end.0, end.1); // the form feed is one more character on that line
        pages.push(page);
    }
    Pages(pages)
}

/// Media type by content: a name's ending is no evidence.
pub(crate) fn media_type(text: &str) -> &'static str {
    const HTML_OPENINGS: [&str; 5] = ["<!doctype html", "<html", "<table", "<body", "<head"];
    let start: String = text.trim_start().chars().take(16).collect::<String>().to_ascii_lowercase();
    let is_xhtml = start.starts_with("<?xml") && text.chars().take(1000).collect::<String>().contains("<html");
    // Markdown may begin with an element too; HTML goes on with its own elements and without Markdown's.
    let is_element =
        start.starts_with("<!--") || start.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let has_end =
        || ["</p>", "</td>", "</tr>", "</h1>", "</h2>"].iter().any(|end| text.contains(end) || text.contains(&end.to_uppercase()));
    let is_fragment = is_element && !["\n# ", "\n## ", "\n|"].iter().any(|mark| text.contains(mark)) && has_end();
    if is_xhtml || is_fragment || HTML_OPENINGS.iter().any(|o| start.starts_with(o)) { "text/html" } else { "text/plain" }
}

/// Reports bytes that do not decode, gaiji, control characters and an uncertain encoding.
pub(crate) fn report(bytes: &[u8], decoded: &Decoded, findings: &mut Vec<Finding>) {
    let name = decoded.encoding.name();
    if !decoded.malformed.is_empty() {
        findings.push(x001::malformed(name, decoded.malformed.clone()));
    }
    if let Some(coding) = coding(&decoded.text) {
        findings.push(x003::coded(coding));
    }
    if decoded.uncertain {
        findings.push(x003::guessed(name));
    }
    if decoded.text.chars().any(|c| is_private_use(c) || is_odd_control(c)) {
        report_characters(bytes, decoded, findings);
    }
}

fn report_characters(bytes: &[u8], decoded: &Decoded, findings: &mut Vec<Finding>) {
    let mut places: BTreeMap<char, Vec<Range<u64>>> = BTreeMap::new();
    for (c, range) in locate(decoded.encoding, bytes, decoded.mark, |c| is_private_use(c) || is_odd_control(c)) {
        places.entry(c).or_default().push(range);
    }
    for (c, ranges) in places {
        findings.push(if is_private_use(c) { x002::in_bytes(c, ranges) } else { x004::in_bytes(c, ranges) });
    }
}

/// A control character that no text file has: all but tab, line ends, vertical tab, form feed and the
/// end-of-file mark of DOS days.
fn is_odd_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_feed_starts_a_page_and_lines_count_on() {
        let pages = pages("表紙\n1頁\n\u{C}2頁\n\u{C}");
        let starts: Vec<_> = pages.0.iter().map(|p| (p.text.as_str(), p.line_column(0))).collect();
        // The form feed stands at the start of line 3, so the page's first character is in column 2.
        assert_eq!(starts, [("表紙\n1頁\n", (1, 1)), ("2頁\n", (3, 2))]);
    }

    #[test]
    fn html_is_known_by_content() {
        assert_eq!(media_type("\n <HTML lang=ja>"), "text/html");
        assert_eq!(media_type("<ul>という印で始まる文"), "text/plain");
    }
}
