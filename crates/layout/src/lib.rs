//! From pages to lines, tables and cells. Knows where things stand; refuses to know what they mean or
//! what language they are in.

mod drawn;
mod given;
mod rule_signs;
mod span;
mod text;
mod wrap;

pub use drawn::regions;

use seisho_model::codes::source::x005;
use seisho_model::layout::Layout;
use seisho_model::{Pages, Reported};

/// Takes a source apart: drawn pages by geometry, HTML by its elements, anything else line by line.
#[must_use]
pub fn lay_out(pages: &Pages, media_type: &str) -> Reported<Layout> {
    let is_drawn = pages.0.iter().any(|p| p.ink.is_some());
    let mut reported = match media_type {
        _ if is_drawn => drawn::lay_out(pages),
        _ if pages.0.iter().any(|p| p.given.is_some()) => given::lay_out(pages),
        "text/html" => text::html::lay_out(pages),
        _ => text::plain::lay_out(pages),
    };
    let layout = &mut reported.output;
    if !layout.unshown.is_empty() {
        reported.findings.push(x005::unshown(pages, &layout.unshown));
    }
    // A browser shows many blanks as one.
    if media_type != "text/html" {
        layout.tabular = text::tables::spaced_columns::tables_of_amounts(pages, &layout.blocks);
    }
    layout.wrap = wrap::detect(&layout.blocks);
    layout.stand_ins.sort_by_key(|s| (s.piece, s.rule));
    layout.markup.sort_unstable();
    reported
}
