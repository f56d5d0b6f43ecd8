//! Image files as pages that are pictures: TIFF with any number of pages, PNG, JPEG. Reads no text.

use crate::pixels::{self, Shades};
use crate::{Error, Limits};
use seisho_model::geometry::Pt;
use seisho_model::ink::{Ink, Origin};
use seisho_model::scan::Picture;
use seisho_model::{Page, Pages};
use std::io::Cursor;
use tiff::ColorType;
use tiff::decoder::{Decoder as Tiff, DecodingResult};
use tiff::tags::Tag;

/// A format of image files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// TIFF.
    Tiff,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// Where a file does not state its resolution, its longer side is taken for that of A4, in inches.
const LONG_SIDE: f64 = 11.693;
/// Resolutions outside this range are no scanner's, whatever the file states.
const SOUND_DPI: std::ops::RangeInclusive<f64> = 50.0..=2400.0;

impl Kind {
    /// By the first bytes; none for formats that are not read.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', ..] => Some(Self::Png),
            [0xFF, 0xD8, ..] => Some(Self::Jpeg),
            [b'I', b'I', b'*', ..] | [b'M', b'M', 0, ..] => Some(Self::Tiff),
            _ => None,
        }
    }

    /// Its media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Tiff => "image/tiff",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// Size in pixels, and pixels an inch on both axes.
struct Frame {
    width: u32,
    height: u32,
    dpi: [f64; 2],
}

impl Frame {
    fn new(width: u32, height: u32, dpi: Option<[f64; 2]>, most: u64) -> Result<Self, Error> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(Error::Picture);
        }
        if pixels > most {
            return Err(Error::TooManyPixels { pixels, limit: most });
        }
        let guess = f64::from(width.max(height)) / LONG_SIDE;
        let dpi = dpi.filter(|d| d.iter().all(|v| SOUND_DPI.contains(v))).unwrap_or([guess, guess]);
        Ok(Self { width, height, dpi })
    }

    /// Width and height in points.
    fn points(&self) -> Option<(Pt, Pt)> {
        Some((Pt::new(f64::from(self.width) * 72.0 / self.dpi[0])?, Pt::new(f64::from(self.height) * 72.0 / self.dpi[1])?))
    }

    fn page(&self) -> Option<Page> {
        let (width, height) = self.points()?;
        Some(Page::drawn(String::new(), Ink { width, height, origin: Origin::Picture, ..Ink::default() }))
    }

    fn picture(&self, Shades { gray, red }: Shades) -> Option<Picture> {
        let is_whole = gray.len() == self.width as usize * self.height as usize;
        is_whole.then_some(Picture { width: self.width, height: self.height, gray, red, page: self.points()? })
    }
}

/// The pages of an image file, none of them read.
pub(crate) fn read(bytes: &[u8], kind: Kind, limits: &Limits) -> Result<Pages, Error> {
    let frames = match kind {
        Kind::Tiff => tiff_frames(bytes, limits)?,
        Kind::Png => vec![png_frame(&png_reader(bytes, limits.pixels)?, limits.pixels)?],
        Kind::Jpeg => vec![jpeg(bytes, false, limits.pixels)?.0],
    };
    frames.iter().map(|f| f.page().ok_or(Error::Picture)).collect::<Result<_, _>>().map(Pages)
}

/// The picture of a page.
pub(crate) fn picture(bytes: &[u8], kind: Kind, index: usize, most: u64) -> Result<Picture, Error> {
    let (frame, shades) = match kind {
        Kind::Tiff => tiff_page(bytes, index, most)?,
        Kind::Png => png(bytes, most)?,
        Kind::Jpeg => jpeg(bytes, true, most)?,
    };
    frame.picture(shades).ok_or(Error::Picture)
}

fn tiff(bytes: &[u8], most: u64) -> Result<Tiff<Cursor<&[u8]>>, Error> {
    let mut limits = tiff::decoder::Limits::default();
    limits.decoding_buffer_size = most as usize * 4;
    limits.intermediate_buffer_size = most as usize;
    Ok(Tiff::new(Cursor::new(bytes)).map_err(|_| Error::Picture)?.with_limits(limits))
}

fn tiff_frame(tiff: &mut Tiff<Cursor<&[u8]>>, most: u64) -> Result<Frame, Error> {
    let (width, height) = tiff.dimensions().map_err(|_| Error::Picture)?;
    let number = |tiff: &mut Tiff<_>, tag: Tag| tiff.find_tag(tag).ok().flatten();
    let unit = number(tiff, Tag::ResolutionUnit).and_then(|v| v.into_u16().ok());
    // 3 is per centimetre.
    let scale = if unit == Some(3) { 2.54 } else { 1.0 };
    let mut resolution = |tag: Tag| match number(tiff, tag) {
        Some(tiff::decoder::ifd::Value::Rational(n, d)) if d > 0 => Some(f64::from(n) / f64::from(d) * scale),
        _ => None,
    };
    let dpi = resolution(Tag::XResolution).zip(resolution(Tag::YResolution)).map(|(x, y)| [x, y]);
    Frame::new(width, height, dpi, most)
}

fn tiff_frames(bytes: &[u8], limits: &Limits) -> Result<Vec<Frame>, Error> {
    let mut tiff = tiff(bytes, limits.pixels)?;
    let mut frames = vec![tiff_frame(&mut tiff, limits.pixels)?];
    while tiff.more_images() {
        if frames.len() >= limits.pages {
            return Err(Error::TooManyPages { count: frames.len() + 1, limit: limits.pages });
        }
        tiff.next_image().map_err(|_| Error::Picture)?;
        frames.push(tiff_frame(&mut tiff, limits.pixels)?);
    }
    Ok(frames)
}

fn tiff_page(bytes: &[u8], index: usize, most: u64) -> Result<(Frame, Shades), Error> {
    let mut tiff = tiff(bytes, most)?;
    tiff.seek_to_image(index).map_err(|_| Error::Picture)?;
    let frame = tiff_frame(&mut tiff, most)?;
    let kind = tiff.colortype().map_err(|_| Error::Picture)?;
    let data = tiff.read_image().map_err(|_| Error::Picture)?;
    let (width, height) = (frame.width as usize, frame.height as usize);
    let shades = match (kind, data) {
        (ColorType::Gray(1), DecodingResult::U8(data)) => Shades::plain(pixels::gray_of_bits(&data, width, height)),
        (ColorType::Gray(8), DecodingResult::U8(data)) => Shades::plain(data),
        (ColorType::Gray(16), DecodingResult::U16(data)) => Shades::plain(data.into_iter().map(|v| (v >> 8) as u8).collect()),
        (ColorType::RGB(8) | ColorType::YCbCr(8), DecodingResult::U8(data)) => Shades::of_rgb(&data, 3),
        (ColorType::RGBA(8), DecodingResult::U8(data)) => Shades::of_rgb(&data, 4),
        _ => return Err(Error::Picture),
    };
    Ok((frame, shades))
}

fn png_reader(bytes: &[u8], most: u64) -> Result<png::Reader<Cursor<&[u8]>>, Error> {
    // First of all: of a picture that is too large the reader only says that it is damaged.
    if let Some((b"IHDR", sides)) = bytes.get(12..24).and_then(|head| head.split_first_chunk::<4>()) {
        let [width, height] = [&sides[..4], &sides[4..]].map(|side| side.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)));
        Frame::new(width, height, None, most)?;
    }
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: most as usize * 4 });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.read_info().map_err(|_| Error::Picture)
}

fn png_frame(reader: &png::Reader<Cursor<&[u8]>>, most: u64) -> Result<Frame, Error> {
    let info = reader.info();
    let dpi = info.pixel_dims.filter(|d| d.unit == png::Unit::Meter).map(|d| [f64::from(d.xppu) * 0.0254, f64::from(d.yppu) * 0.0254]);
    Frame::new(info.width, info.height, dpi, most)
}

fn png(bytes: &[u8], most: u64) -> Result<(Frame, Shades), Error> {
    let mut reader = png_reader(bytes, most)?;
    let frame = png_frame(&reader, most)?;
    let mut data = vec![0; reader.output_buffer_size().ok_or(Error::Picture)?];
    let info = reader.next_frame(&mut data).map_err(|_| Error::Picture)?;
    data.truncate(info.buffer_size());
    let shades = match info.color_type {
        png::ColorType::Grayscale => Shades::plain(data),
        // What is transparent shows paper.
        png::ColorType::GrayscaleAlpha => Shades::plain(data.chunks_exact(2).map(|p| p[0].max(255 - p[1])).collect()),
        png::ColorType::Rgb => Shades::of_rgb(&data, 3),
        png::ColorType::Rgba => Shades::of_rgb(&data, 4),
        png::ColorType::Indexed => return Err(Error::Picture),
    };
    Ok((frame, shades))
}

/// A JPEG's frame and, where wanted, its pixels.
fn jpeg(bytes: &[u8], decode: bool, most: u64) -> Result<(Frame, Shades), Error> {
    let mut decoder = zune_jpeg::JpegDecoder::new(Cursor::new(bytes));
    decoder.decode_headers().map_err(|_| Error::Picture)?;
    let (width, height) = decoder.dimensions().ok_or(Error::Picture)?;
    let side = |v: usize| u32::try_from(v).map_err(|_| Error::Picture);
    let frame = Frame::new(side(width)?, side(height)?, jfif_dpi(bytes), most)?;
    if !decode {
        return Ok((frame, Shades::plain(Vec::new())));
    }
    let data = decoder.decode().map_err(|_| Error::Picture)?;
    let shades = match data.len() / (width * height) {
        1 => Shades::plain(data),
        3 => Shades::of_rgb(&data, 3),
        _ => return Err(Error::Picture),
    };
    Ok((frame, shades))
}

/// The resolution that a JFIF header states: unit, then two numbers.
fn jfif_dpi(bytes: &[u8]) -> Option<[f64; 2]> {
    let head = bytes.get(..bytes.len().min(1024))?;
    let at = head.windows(5).position(|w| w == b"JFIF\0")?;
    let [unit, x0, x1, y0, y1] = <[u8; 5]>::try_from(head.get(at + 7..at + 12)?).ok()?;
    let number = |a: u8, b: u8| f64::from(u16::from_be_bytes([a, b]));
    let scale = match unit {
        1 => 1.0,
        2 => 2.54,
        _ => return None,
    };
    Some([number(x0, x1) * scale, number(y0, y1) * scale])
}
