//! Gray pictures and the files that hold them.

use std::io::Cursor;
use tiff::encoder::{Rational, TiffEncoder, colortype::Gray8};
use tiff::tags::ResolutionUnit;

/// Brightness row by row, 0 for black.
#[derive(Clone, Debug)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) px: Vec<u8>,
}

impl Pixels {
    /// From a binary PGM with one byte a pixel.
    pub(crate) fn of_pgm(bytes: &[u8]) -> Self {
        let mut at = 0;
        let mut word = || {
            let start = at + bytes[at..].iter().position(|b| !b.is_ascii_whitespace()).expect("a word");
            at = start + bytes[start..].iter().position(u8::is_ascii_whitespace).expect("its end");
            std::str::from_utf8(&bytes[start..at]).expect("ASCII").to_owned()
        };
        assert_eq!(word(), "P5");
        let [width, height, _] = [word(), word(), word()].map(|w| w.parse::<usize>().expect("a number"));
        Self { width, height, px: bytes[at + 1..].to_vec() }
    }

    /// The pixel nearest to a place, white outside.
    pub(crate) fn at(&self, x: i64, y: i64) -> u8 {
        let inside = (0..self.width as i64).contains(&x) && (0..self.height as i64).contains(&y);
        if inside { self.px[y as usize * self.width + x as usize] } else { 255 }
    }

    /// Each pixel anew, from its column and row.
    pub(crate) fn map(&self, mut value: impl FnMut(usize, usize) -> u8) -> Self {
        let px = (0..self.px.len()).map(|i| value(i % self.width, i / self.width)).collect();
        Self { px, ..*self }
    }
}

/// Pages as a TIFF.
pub(crate) fn tiff(pages: &[Pixels], dpi: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut out).expect("a TIFF");
    for page in pages {
        let mut image = encoder.new_image::<Gray8>(page.width as u32, page.height as u32).expect("a page");
        image.resolution(ResolutionUnit::Inch, Rational { n: dpi, d: 1 });
        image.write_data(&page.px).expect("pixels");
    }
    out.into_inner()
}
