//! A page as the program sees it, as a picture for people: glyphs with the characters they were read as,
//! rulings, cells with row and column, lines in reading order, furniture with its role.
//!
//! Knows what the stages hand on and how to draw it; refuses to know how it was found.

mod crop;
mod legend;
mod paper;
mod svg;

use seisho_model::Pages;
use seisho_model::geometry::Rect;
use seisho_model::layout::Block;
use seisho_model::record::Remainder;
use std::sync::Arc;

pub use crop::{Crop, Raster};
pub use paper::{Fonts, Paper, scan};
pub use svg::svg;

/// What there is to see on one page.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// All pages of the source.
    pub pages: &'a Pages,
    /// Index of the page to draw, from 0.
    pub page: u32,
    /// The blocks of the whole source, in reading order.
    pub blocks: &'a [Block],
    /// Text that is in no field.
    pub remainder: &'a [Remainder],
    /// Places of values, with their names.
    pub values: &'a [Value],
}

/// A value at its place.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its page, from 1.
    pub page: u32,
    /// Where it is.
    pub rect: Rect,
    /// What it is called; none for one that no field holds.
    pub name: Option<String>,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The drawing cannot be read back, which no sound build does.
    #[error("the drawing is damaged")]
    Drawing(#[from] resvg::usvg::Error),
    /// The page has no size, or is too large to hold in memory.
    #[error("the page is {0} x {1} points, which cannot be drawn")]
    Size(u32, u32),
    /// The picture cannot be written as PNG.
    #[error("the picture cannot be written")]
    Png(String),
}

/// Pixels a point: 144 dpi, at which 7-point characters can be read.
const SCALE: f32 = 2.0;
/// Larger pictures are not made, in pixels along an edge.
const LARGEST: f32 = 20_000.0;

/// A drawing as PNG. Characters are drawn with the machine's own fonts.
///
/// # Errors
/// When the page is too large for a picture.
pub fn png(svg: &str) -> Result<Vec<u8>, Error> {
    let mut options = resvg::usvg::Options::default();
    Arc::make_mut(&mut options.fontdb).load_system_fonts();
    pixels(svg, &options)?.encode_png().map_err(|e| Error::Png(e.to_string()))
}

fn pixels(svg: &str, options: &resvg::usvg::Options<'_>) -> Result<resvg::tiny_skia::Pixmap, Error> {
    let tree = resvg::usvg::Tree::from_str(svg, options)?;
    let (width, height) = (tree.size().width() * SCALE, tree.size().height() * SCALE);
    let too_large = || Error::Size((width / SCALE) as u32, (height / SCALE) as u32);
    if width > LARGEST || height > LARGEST {
        return Err(too_large());
    }
    let mut picture = resvg::tiny_skia::Pixmap::new(width.ceil() as u32, height.ceil() as u32).ok_or_else(too_large)?;
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    Ok(picture)
}
