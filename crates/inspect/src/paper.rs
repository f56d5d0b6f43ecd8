//! Pages as they are on paper, for people who compare: nothing of what was read is in them.

use crate::Error;
use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use seisho_model::scan::Picture;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A PDF whose pages are drawn as they are.
pub struct Paper(Pdf);

impl Paper {
    /// Opens a PDF; none where it cannot be.
    #[must_use]
    pub fn open(bytes: Vec<u8>, password: &str) -> Option<Self> {
        catch_unwind(|| Pdf::new_with_password(bytes, password).ok()).ok().flatten().map(Self)
    }

    /// A page, by index, as SVG, and its size in points; none where it cannot be drawn.
    #[must_use]
    pub fn page(&self, index: usize) -> Option<(String, (f64, f64))> {
        let draw = || {
            let page = self.0.pages().get(index)?;
            let (width, height) = page.render_dimensions();
            let settings = SvgRenderSettings { bg_color: [255; 4] };
            let svg = convert(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
            Some((svg, (f64::from(width), f64::from(height))))
        };
        // A page that the library cannot draw is one without a picture.
        catch_unwind(AssertUnwindSafe(draw)).ok().flatten()
    }
}

/// Wider pictures are made smaller, in pixels: A4 at 200 dpi.
const WIDEST: u32 = 1_654;

/// The picture of a scan as PNG, no larger than is needed to read it. Red ink is shown dark.
///
/// # Errors
/// When it cannot be written.
pub fn scan(picture: &Picture) -> Result<Vec<u8>, Error> {
    let step = picture.width.div_ceil(WIDEST).max(1);
    let (width, height) = (picture.width / step, picture.height / step);
    let at = |x: u32, y: u32| {
        let index = (y * picture.width + x) as usize;
        let red = picture.red.as_ref().and_then(|r| r.get(index)).copied().unwrap_or(255);
        u32::from(picture.gray.get(index).copied().unwrap_or(255).min(red))
    };
    let mean = |x: u32, y: u32| {
        let sum: u32 = (0..step).flat_map(|dy| (0..step).map(move |dx| (dx, dy))).map(|(dx, dy)| at(x * step + dx, y * step + dy)).sum();
        (sum / (step * step)) as u8
    };
    let pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let unwritten = |e: png::EncodingError| Error::Png(e.to_string());
    let mut writer = encoder.write_header().map_err(unwritten)?;
    writer.write_image_data(&pixels).map_err(unwritten)?;
    writer.finish().map_err(unwritten)?;
    Ok(bytes)
}
