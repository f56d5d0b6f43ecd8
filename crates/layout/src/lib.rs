//! From pages to lines, tables and cells. Knows where things stand; refuses to know what they mean or
//! what language they are in.

mod html;
mod inline;
mod plain;
mod rows;
mod span;
mod wrap;

use seisho_model::layout::Layout;
use seisho_model::{Pages, Reported};

/// Takes a text source apart: HTML by its elements, anything else line by line.
#[must_use]
pub fn lay_out_text(pages: &Pages, media_type: &str) -> Reported<Layout> {
    let mut reported = if media_type == "text/html" { html::lay_out(pages) } else { plain::lay_out(pages) };
    let layout = &mut reported.output;
    layout.wrap = wrap::detect(&layout.blocks);
    layout.stand_ins.sort_by_key(|s| (s.piece, s.rule));
    layout.markup.sort_unstable();
    reported
}
