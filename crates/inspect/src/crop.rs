//! A part of a page as a small picture, with the places that it is about framed.

use crate::{Error, SCALE};
use seisho_model::scan::Picture;

/// A page in pixels.
#[derive(Clone, Debug)]
pub struct Raster {
    width: u32,
    height: u32,
    gray: Vec<u8>,
    /// Pixels a point, across and down.
    scale: (f64, f64),
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crop {
    /// As PNG.
    pub png: Vec<u8>,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// What is shown around a place, in points: across and down.
const AROUND: (f64, f64) = (30.0, 16.0);
/// No part is narrower: what stands beside a short value tells the reader where he is.
const NARROWEST: f64 = 220.0;
/// The frame: how far from the place, and how thick, in points.
const FRAME: (f64, f64) = (1.5, 1.0);
/// Shades of gray in the picture; one more colour is the frame's.
const SHADES: u8 = 15;
const RED: [u8; 3] = [214, 39, 40];
/// Pixels of a picture that is still made.
const MOST: u64 = 40_000_000;

impl Raster {
    /// The picture of a scan. Red ink is shown dark.
    #[must_use]
    pub fn of_scan(picture: &Picture) -> Self {
        let red = |at: usize| picture.red.as_ref().and_then(|red| red.get(at)).copied().unwrap_or(255);
        let gray = picture.gray.iter().enumerate().map(|(at, gray)| (*gray).min(red(at))).collect();
        let points = (picture.page.0.points().max(1.0), picture.page.1.points().max(1.0));
        let scale = (f64::from(picture.width) / points.0, f64::from(picture.height) / points.1);
        Self { width: picture.width, height: picture.height, gray, scale }
    }

    /// A page that is drawn as SVG, its characters as outlines.
    ///
    /// # Errors
    /// When the page is too large for a picture.
    pub fn of_svg(svg: &str) -> Result<Self, Error> {
        let drawn = crate::pixels(svg, &resvg::usvg::Options::default())?;
        // Paper is white where nothing is drawn.
        let gray = |p: &resvg::tiny_skia::PremultipliedColorU8| {
            let light = (299 * u32::from(p.red()) + 587 * u32::from(p.green()) + 114 * u32::from(p.blue())) / 1000;
            (light + 255 - u32::from(p.alpha())).min(255) as u8
        };
        let gray = drawn.pixels().iter().map(gray).collect();
        Ok(Self { width: drawn.width(), height: drawn.height(), gray, scale: (f64::from(SCALE), f64::from(SCALE)) })
    }

    /// The part around some boxes (left, top, right, bottom in points), which are framed; none where they are off the page.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn crop(&self, boxes: &[[f64; 4]]) -> Result<Option<Crop>, Error> {
        let Some(Window { left, top, width, height }) = self.window(boxes) else { return Ok(None) };
        let mut pixels = Vec::with_capacity((width * height) as usize);
        for y in top..top + height {
            let row = (y * self.width + left) as usize;
            pixels.extend(self.gray[row..row + width as usize].iter().map(|gray| *gray / 17));
        }
        // Shades are 0 to 14, then white counts as the last one.
        pixels.iter_mut().for_each(|shade| *shade = (*shade).min(SHADES - 1));
        for place in boxes {
            let at = |points: f64, scale: f64, origin: u32| (points * scale).round() as i64 - i64::from(origin);
            let [x0, y0] = [at(place[0] - FRAME.0, self.scale.0, left), at(place[1] - FRAME.0, self.scale.1, top)];
            let [x1, y1] = [at(place[2] + FRAME.0, self.scale.0, left), at(place[3] + FRAME.0, self.scale.1, top)];
            let thick = ((FRAME.1 * self.scale.0).round() as i64).max(1);
            for (y, row) in (0..).zip(pixels.chunks_mut(width as usize)) {
                for (x, pixel) in (0..).zip(row.iter_mut()) {
                    let is_outside = x < x0 - thick || x > x1 + thick || y < y0 - thick || y > y1 + thick;
                    let is_inside = x > x0 && x < x1 && y > y0 && y < y1;
                    if !is_outside && !is_inside {
                        *pixel = SHADES;
                    }
                }
            }
        }
        Ok(Some(Crop { png: png(&pixels, width, height)?, width, height }))
    }

    /// The pixels that are shown.
    fn window(&self, boxes: &[[f64; 4]]) -> Option<Window> {
        let edge = |at: usize, pick: fn(f64, f64) -> f64| boxes.iter().map(|b| b[at]).reduce(pick);
        let (x0, y0, x1, y1) = (edge(0, f64::min)?, edge(1, f64::min)?, edge(2, f64::max)?, edge(3, f64::max)?);
        let more = ((NARROWEST - (x1 - x0)) / 2.0).max(AROUND.0);
        let pixel = |points: f64, scale: f64, most: u32| ((points * scale).max(0.0) as u32).min(most);
        let (left, right) = (pixel(x0 - more, self.scale.0, self.width), pixel(x1 + more, self.scale.0, self.width));
        let (top, bottom) = (pixel(y0 - AROUND.1, self.scale.1, self.height), pixel(y1 + AROUND.1, self.scale.1, self.height));
        let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
        let is_one = width > 0 && height > 0 && u64::from(width) * u64::from(height) <= MOST;
        is_one.then_some(Window { left, top, width, height })
    }
}

#[derive(Clone, Copy)]
struct Window {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// A picture of sixteen colours: shades of gray, and the frame's.
fn png(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, Error> {
    let unwritten = |e: png::EncodingError| Error::Png(e.to_string());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Four);
    let shades = (0..SHADES).flat_map(|shade| [(u32::from(shade) * 255 / u32::from(SHADES - 1)) as u8; 3]);
    encoder.set_palette(shades.chain(RED).collect::<Vec<u8>>());
    let packed: Vec<u8> =
        pixels.chunks(width as usize).flat_map(|row| row.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))).collect();
    let mut writer = encoder.write_header().map_err(unwritten)?;
    writer.write_image_data(&packed).map_err(unwritten)?;
    writer.finish().map_err(unwritten)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A white page of 300 by 100 points, two pixels a point, with a black square at 100, 40.
    fn page() -> Raster {
        let mut gray = vec![255; 600 * 200];
        for y in 80..100 {
            gray[y * 600 + 200..y * 600 + 220].fill(0);
        }
        Raster { width: 600, height: 200, gray, scale: (2.0, 2.0) }
    }

    fn colours(crop: &Crop) -> Vec<[u8; 3]> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&crop.png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bytes).unwrap();
        bytes.chunks(3).map(|p| [p[0], p[1], p[2]]).collect()
    }

    #[test]
    fn the_place_is_framed_and_what_stands_around_it_is_shown() {
        let crop = page().crop(&[[100.0, 40.0, 110.0, 50.0]]).unwrap().unwrap();
        // No narrower than 220 points, cut off at the page's left edge: 105 ± 110 points, 40 − 16 to 50 + 16.
        assert_eq!((crop.width, crop.height), (430, 84));
        let seen = colours(&crop);
        let at = |x: u32, y: u32| seen[(y * crop.width + x) as usize];
        assert_eq!((at(210, 40), at(210, 10)), ([0; 3], [255; 3]));
        assert_eq!([at(196, 40), at(223, 40), at(210, 28), at(210, 55)], [RED; 4]);
        assert!(crop.png.len() < 600, "{}", crop.png.len());
    }

    #[test]
    fn what_is_off_the_page_has_no_picture() {
        assert_eq!(page().crop(&[[400.0, 140.0, 410.0, 150.0]]).unwrap().map(|c| c.width), None);
        assert_eq!(page().crop(&[]).unwrap(), None);
    }
}
