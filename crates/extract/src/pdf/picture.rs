//! The picture that a page is: its images, put together at their own resolution, upright as the page is shown.

use super::budget::Budget;
use crate::Error;
use crate::pixels::Shades;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, LumaData, SoftMask};
use seisho_model::geometry::Pt;
use seisho_model::scan::Picture;

/// Pictures of letters are seldom finer than this, in pixels an inch; finer ones are read at this.
const FINEST: f64 = 600.0;

/// An image as drawn.
struct Layer {
    width: u32,
    height: u32,
    shades: Shades,
    /// How much of each pixel covers what lies below it; none where all do.
    cover: Option<Vec<u8>>,
    /// From pixels to points of the page.
    transform: Affine,
}

/// Keeps the images of a page.
pub(super) struct Painter {
    layers: Vec<Layer>,
    /// Of all images, those too that are over the limit.
    pixels: u64,
    most: u64,
    budget: Budget,
}

impl Painter {
    pub(super) fn new(most: u64, budget: Budget) -> Self {
        Self { layers: Vec::new(), pixels: 0, most, budget }
    }

    /// The page as one picture.
    pub(super) fn picture(&self, page: Rect) -> Result<Picture, Error> {
        let over = |pixels: u64| Error::TooManyPixels { pixels, limit: self.most };
        if self.pixels > self.most {
            return Err(over(self.pixels));
        }
        if self.layers.is_empty() {
            return Err(Error::Picture);
        }
        let scale = self.layers.iter().map(Layer::scale).fold(0.0, f64::max).min(FINEST / 72.0);
        let (width, height) = ((page.width() * scale).round(), (page.height() * scale).round());
        if width * height > self.most as f64 {
            return Err(over((width * height) as u64));
        }
        if width < 1.0 || height < 1.0 {
            return Err(Error::Picture);
        }
        let (width, height) = (width as u32, height as u32);
        let blank = vec![255; width as usize * height as usize];
        let to_page = Affine::translate((page.x0, page.y0))
            * Affine::scale_non_uniform(page.width() / f64::from(width), page.height() / f64::from(height));
        let is_red = self.layers.iter().any(|l| l.shades.red.is_some());
        let painted = |of: fn(&Shades) -> Option<&Vec<u8>>| {
            let mut field = blank.clone();
            self.layers.iter().for_each(|layer| layer.paint(to_page, width, of(&layer.shades), &mut field));
            field
        };
        let (gray, red) = (painted(|s| Some(&s.gray)), is_red.then(|| painted(|s| s.red.as_ref())));
        let page = Pt::new(page.width()).zip(Pt::new(page.height())).ok_or(Error::Picture)?;
        Ok(Picture { width, height, gray, red, page })
    }

    fn add(&mut self, (width, height): (u32, u32), shades: Shades, cover: Option<Vec<u8>>, transform: Affine) {
        let pixels = width as usize * height as usize;
        if shades.gray.len() == pixels && cover.as_ref().is_none_or(|c| c.len() == pixels) {
            self.layers.push(Layer { width, height, shades, cover, transform });
        }
    }
}

impl Layer {
    /// Its pixels a point.
    fn scale(&self) -> f64 {
        let area = self.transform.determinant().abs();
        if area > 0.0 { area.sqrt().recip() } else { 0.0 }
    }

    /// Paints brightness of its own over a picture, white where it has none, pixel by pixel: scanners do not resample,
    /// and nor does this.
    fn paint(&self, to_page: Affine, width: u32, own: Option<&Vec<u8>>, gray: &mut [u8]) {
        if self.transform.determinant().abs() < 1e-12 {
            return;
        }
        let back = self.transform.inverse() * to_page;
        for (row, line) in gray.chunks_exact_mut(width as usize).enumerate() {
            for (col, pixel) in line.iter_mut().enumerate() {
                let at = back * Point::new(col as f64 + 0.5, row as f64 + 0.5);
                if at.x < 0.0 || at.y < 0.0 || at.x >= f64::from(self.width) || at.y >= f64::from(self.height) {
                    continue;
                }
                let index = at.y as usize * self.width as usize + at.x as usize;
                let cover = self.cover.as_ref().map_or(255, |c| u32::from(c[index]));
                *pixel = ((own.map_or(255, |o| u32::from(o[index])) * cover + u32::from(*pixel) * (255 - cover)) / 255) as u8;
            }
        }
    }
}

/// The cover of an image from its alpha channel, where that has its size.
fn cover(alpha: Option<LumaData>, size: (u32, u32)) -> Option<Vec<u8>> {
    alpha.filter(|a| (a.width, a.height) == size && a.data.iter().any(|&v| v != 255)).map(|a| a.data)
}

impl<'a> Device<'a> for Painter {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.budget.spend(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn pop_clip(&mut self) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.budget.spend(run.glyphs().len());
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&Dict<'_>>) {}

    fn end_marked_content(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.budget.spend(1);
        self.pixels += u64::from(image.width()) * u64::from(image.height());
        if self.pixels > self.most {
            return;
        }
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    let dark = super::collect::rgba(paint).map_or(0, |c| super::collect::luminance(c).min(255) as u8);
                    let gray = vec![dark; mask.data.len()];
                    self.add((mask.width, mask.height), Shades::plain(gray), Some(mask.data), props.transform);
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let size = (data.width(), data.height());
                    let shades = match data {
                        ImageData::Luma(luma) => Shades::plain(luma.data),
                        ImageData::Rgb(rgb) => Shades::of_rgb(&rgb.data, 3),
                    };
                    self.add(size, shades, cover(alpha, size), props.transform);
                },
                None,
            ),
        }
    }
}
