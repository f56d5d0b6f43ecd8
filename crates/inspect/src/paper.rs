//! Pages as they are on paper, for people who compare: nothing of what was read is in them.

use crate::Error;
use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_interpret::font::{FallbackFontQuery, FontData, FontQuery};
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use resvg::usvg::fontdb::{Database, Family, Query};
use seisho_model::scan::Picture;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Fonts of this machine that stand in for Japanese ones which a PDF names and does not bring.
#[derive(Clone, Default)]
pub struct Fonts {
    gothic: Option<(FontData, u32)>,
    mincho: Option<(FontData, u32)>,
}

const GOTHIC: [&str; 7] =
    ["MS Gothic", "BIZ UDGothic", "Yu Gothic", "Hiragino Kaku Gothic ProN", "Noto Sans CJK JP", "IPAexGothic", "IPAGothic"];
const MINCHO: [&str; 7] =
    ["MS Mincho", "BIZ UDMincho", "Yu Mincho", "Hiragino Mincho ProN", "Noto Serif CJK JP", "IPAexMincho", "IPAMincho"];

impl Fonts {
    /// Those that are there.
    #[must_use]
    pub fn of_the_system() -> Self {
        let mut database = Database::new();
        database.load_system_fonts();
        let find = |names: &[&str]| {
            let families: Vec<Family<'_>> = names.iter().map(|name| Family::Name(name)).collect();
            let id = database.query(&Query { families: &families, ..Query::default() })?;
            database.with_face_data(id, |data, index| (Arc::new(data.to_vec()) as FontData, index))
        };
        Self { gothic: find(&GOTHIC), mincho: find(&MINCHO) }
    }

    /// The font for one that is missing.
    fn instead_of(&self, missing: &FallbackFontQuery) -> (FontData, u32) {
        let name = missing.post_script_name.as_deref().unwrap_or_default().to_lowercase();
        let is_mincho = missing.is_serif || ["min", "serif", "ryumin", "明朝"].iter().any(|word| name.contains(word));
        let (first, second) = if is_mincho { (&self.mincho, &self.gothic) } else { (&self.gothic, &self.mincho) };
        let found = first.as_ref().or(second.as_ref()).filter(|_| missing.character_collection.is_some());
        found.cloned().unwrap_or_else(|| missing.pick_standard_font().get_font_data())
    }
}

/// A PDF whose pages are drawn as they are.
pub struct Paper {
    pdf: Pdf,
    fonts: Fonts,
}

impl Paper {
    /// Opens a PDF; none where it cannot be.
    #[must_use]
    pub fn open(bytes: Vec<u8>, password: &str, fonts: &Fonts) -> Option<Self> {
        let pdf = catch_unwind(|| Pdf::new_with_password(bytes, password).ok()).ok().flatten()?;
        Some(Self { pdf, fonts: fonts.clone() })
    }

    /// A page, by index, as SVG, and its size in points; none where it cannot be drawn.
    #[must_use]
    pub fn page(&self, index: usize) -> Option<(String, (f64, f64))> {
        let draw = || {
            let page = self.pdf.pages().get(index)?;
            let (width, height) = page.render_dimensions();
            let settings = SvgRenderSettings { bg_color: [255; 4] };
            let fonts = self.fonts.clone();
            let resolver = move |query: &FontQuery| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(missing) => Some(fonts.instead_of(missing)),
            };
            let reading = InterpreterSettings { font_resolver: Arc::new(resolver), ..InterpreterSettings::default() };
            let svg = convert(page, &RenderCache::new(), &reading, &settings);
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
