//! Whether lines were cut at a width.

use crate::span;
use seisho_model::layout::{Block, Line, Wrap};

/// Fewer lines than this show no width.
const ENOUGH_LINES: usize = 8;
/// A line this close to the widest is full: a wide character, two characters that may not start a line
/// and a hanging indent take up to this many columns.
const SLACK: u32 = 8;
/// Share of lines, in percent, that are full in a text cut at a width. Measured on the corpus: dumps have
/// 35 % and more, exports with one line a paragraph under 6 %.
const FULL_PERCENT: usize = 15;
/// No page is wider: A3 across at 6 points holds about 400 columns, running text far fewer.
const WIDEST: u32 = 200;

/// Finds the width at which lines were cut, if they were.
pub(crate) fn detect(blocks: &[Block]) -> Wrap {
    let widths: Vec<u32> = blocks.iter().filter_map(|b| if let Block::Line(line) = b { Some(extent(line)) } else { None }).collect();
    let Some(&widest) = widths.iter().max() else { return Wrap::Paragraph };
    let full = widths.iter().filter(|&&w| w + SLACK >= widest).count();
    if widths.len() >= ENOUGH_LINES && widest <= WIDEST && full * 100 >= widths.len() * FULL_PERCENT {
        Wrap::Width(widest)
    } else {
        Wrap::Paragraph
    }
}

fn extent(line: &Line) -> u32 {
    line.indent + line.width
}

/// Width of a line's text, for [`Line::width`].
pub(crate) fn measure(text: &str) -> u32 {
    span::width(text)
}
