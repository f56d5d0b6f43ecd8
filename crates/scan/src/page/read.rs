//! How the picture of a page becomes a page of ink, step by step.
//!
//! `Picture ─upright→ Sheet, rulings ─cells→ crops ─ocr→ symbols ─line→ symbols that fit their ink ─glyphs→ Page`

use crate::findings;
use crate::line::crop::Cut;
use crate::line::glyphs::Placed;
use crate::line::reread::{self, settle};
use crate::line::{omissions, shape_check};
use crate::page::seals::without_seals;
use crate::page::upright::Sheet;
use crate::width::{self, Widths};
use seisho_model::geometry::Rect;
use seisho_model::ink::{Glyph, GlyphMark, Ink};
use seisho_model::layout::Region;
use seisho_model::scan::{Part, Picture, Symbol};
use seisho_model::{Finding, Page, TextRange};
use seisho_ocr::Ocr;
use std::collections::BTreeMap;

/// The ruled tables of a page of which nothing but its rulings is known.
pub type Regions = dyn Fn(&Ink) -> Vec<Region> + Sync;

/// What the picture of a page says.
#[derive(Clone, Debug)]
pub struct PageRead {
    /// The page.
    pub page: Page,
    /// The same, cell by cell.
    pub parts: Vec<Part>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// A page that was read, before the widths of its letters are known: all pages of a document tell those together.
pub(crate) struct Unset {
    index: usize,
    sheet: Sheet,
    cuts: Vec<Cut>,
    read: Vec<Vec<Vec<Symbol>>>,
    letters: width::Page,
    seals: Vec<Rect>,
}

/// Reads the picture of a page.
pub(crate) fn read(index: usize, mut picture: Picture, regions: &Regions, ocr: &mut dyn Ocr) -> Unset {
    let seals = without_seals(&mut picture);
    let draft = upright(&picture, regions, ocr);
    let (sheet, mut cuts, mut read) = draft.read(ocr);
    omissions::supply(&cuts, &mut read, ocr);
    settle(&cuts, &mut read, ocr);
    shape_check::look(&cuts, &mut read);
    sheet.doubt_dirt(&cuts, &mut read);
    let letters = width::Page::new(&cuts, &read);
    cuts.iter_mut().for_each(Cut::drop_pictures);
    Unset { index, sheet: sheet.without_picture(), cuts, read, letters, seals }
}

/// The pages of a document.
pub(crate) fn set(pages: Vec<Unset>) -> Vec<PageRead> {
    let (letters, pages): (Vec<width::Page>, Vec<Unset>) =
        pages.into_iter().map(|mut page| (std::mem::take(&mut page.letters), page)).unzip();
    pages.into_iter().zip(width::of(letters)).map(|(page, widths)| page.set(&widths)).collect()
}

impl Unset {
    fn set(mut self, widths: &Widths) -> PageRead {
        let blanks = widths.set(&mut self.read);
        let mut ink = self.sheet.ink();
        let mut text = String::new();
        let mut parts = Vec::with_capacity(self.read.len());
        for ((cut, symbols), blanks) in self.cuts.iter().zip(&self.read).zip(&blanks) {
            let (glyphs, start) = (ink.glyphs.len(), text.len());
            add(&self.sheet.place(cut, symbols, blanks), &mut text, &mut ink);
            let bounds = ink.glyphs[glyphs..].iter().map(|g| ink.shown(g.rect)).reduce(Rect::union);
            parts.extend(bounds.map(|rect| Part { rect, range: TextRange::new(start, text.len()) }));
        }
        let stamps = self.sheet.stamps().map(|rect| ink.shown(rect)).collect();
        let findings = findings::sealed(self.index, self.seals).into_iter().chain(findings::stamped(self.index, stamps)).collect();
        PageRead { page: Page::drawn(text, ink), parts, findings }
    }
}

/// A page on its way.
struct Draft {
    sheet: Sheet,
    /// What is to be read, in order: the cells of the tables, then the text outside them.
    cuts: Vec<Cut>,
    /// What the cuts say that show whether the page is upright, line by line: some of those that hold letters, by their place.
    samples: BTreeMap<usize, Vec<Vec<Symbol>>>,
}

/// So many parts of a page show whether it is upright.
const SAMPLES: usize = 6;
/// A line of so many ems shows it.
const TELLING: usize = 2;
/// A mean score of so much, in hundredths of a percent, is that of upright text: seen 9,636 and more upright (clean and
/// noisy, 200 and 300 dpi), 8,822 upside down, up to 9,183 sideways.
const UPRIGHT: u32 = 9_450;
/// What is read in columns must be surer by this, in hundredths of a percent.
const IN_COLUMNS: u32 = 500;

impl Draft {
    fn new(picture: &Picture, turns: u8, regions: &Regions, ocr: &mut dyn Ocr) -> Self {
        let sheet = Sheet::new(picture, turns);
        let regions = regions(&sheet.ink());
        let bounds: Vec<Rect> = regions.iter().map(|r| r.bounds).collect();
        let mut cuts: Vec<Cut> = regions.iter().flat_map(|r| &r.cells).filter_map(|&cell| sheet.cell(cell)).collect();
        cuts.extend(sheet.areas(&bounds));
        // A few letters say little: marks look the same upside down.
        let telling: Vec<usize> = (0..cuts.len()).filter(|&i| cuts[i].has_letters(TELLING)).collect();
        let telling = if telling.is_empty() { (0..cuts.len()).collect() } else { telling };
        let step = telling.len().div_ceil(SAMPLES).max(1);
        let mut samples = BTreeMap::new();
        for index in telling.into_iter().step_by(step) {
            let (is_set, lines) = reread::set(cuts[index].clone(), ocr);
            cuts[index] = is_set;
            samples.insert(index, lines);
        }
        Self { sheet, cuts, samples }
    }

    /// The page, its cuts as they are set, and what they say, line by line.
    fn read(self, ocr: &mut dyn Ocr) -> (Sheet, Vec<Cut>, Vec<Vec<Vec<Symbol>>>) {
        let mut samples = self.samples;
        let read = |(index, cut)| match samples.remove(&index) {
            Some(lines) => (cut, lines),
            None => reread::set(cut, ocr),
        };
        let (cuts, lines) = self.cuts.into_iter().enumerate().map(read).unzip();
        (self.sheet, cuts, lines)
    }

    /// The mean sureness of the samples. Of figures laid upside down each reader says something else, and readers of columns
    /// find some in any page that lies on its side.
    fn score(&self) -> u32 {
        let of = |index: &usize, symbol: &Symbol| {
            u32::from(symbol.sureness()).saturating_sub(if self.cuts[*index].is_in_columns() { IN_COLUMNS } else { 0 })
        };
        let all = || self.samples.iter().flat_map(|(index, lines)| lines.iter().flatten().map(move |symbol| of(index, symbol)));
        all().sum::<u32>().checked_div(all().count() as u32).unwrap_or(0)
    }
}

/// The page with the turn in which it reads best.
fn upright(picture: &Picture, regions: &Regions, ocr: &mut dyn Ocr) -> Draft {
    let mut best = Draft::new(picture, 0, regions, ocr);
    if best.score() >= UPRIGHT || best.cuts.is_empty() {
        return best;
    }
    for turns in 1..4 {
        let draft = Draft::new(picture, turns, regions, ocr);
        if draft.score() > best.score() {
            best = draft;
        }
    }
    best
}

/// Adds what was read to the page: a line feed after every line, blanks where letters stand apart.
fn add(placed: &[Placed], text: &mut String, ink: &mut Ink) {
    for (index, glyph) in placed.iter().enumerate() {
        let start = text.len();
        text.push_str(&glyph.text);
        let range = TextRange::new(start, text.len());
        ink.glyphs.push(Glyph { range, rect: glyph.rect, size: glyph.size, vertical: glyph.vertical, score: Some(glyph.score) });
        ink.marks.extend(glyph.marks.iter().cloned().map(|mark| GlyphMark { range, mark }));
        match placed.get(index + 1) {
            Some(next) if next.line == glyph.line => text.extend(glyph.blank),
            _ => text.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::geometry::Pt;
    use seisho_model::ink::Origin;
    use seisho_model::scan::{Crop, Setting};
    use seisho_ocr::Error;

    /// How many letters stand in each line. All are an `L` of 18 pixels at 100 dpi, the page is 400 by 560.
    const LINES: [usize; 3] = [12, 10, 6];

    fn picture() -> Picture {
        let is_ink = |x: usize, y: usize| x < 5 || y >= 13;
        let mut gray = vec![250; 400 * 560];
        for (row, letters) in LINES.into_iter().enumerate() {
            for (col, y, x) in (0..letters).flat_map(|col| (0..18 * 18).map(move |i| (col, i / 18, i % 18))) {
                let at = (100 + row * 60 + y) * 400 + 80 + col * 20 + x;
                gray[at] = if is_ink(x, y) { 20 } else { 250 };
            }
        }
        Picture { width: 400, height: 560, gray, red: None, page: (Pt(288_000), Pt(403_200)) }
    }

    /// The same clockwise by quarter turns.
    fn turned(mut picture: Picture, turns: u8) -> Picture {
        for _ in 0..turns {
            let (width, height) = (picture.width as usize, picture.height as usize);
            let px = |x: usize, y: usize| picture.gray[(height - 1 - x) * width + y];
            let gray = (0..width).flat_map(|y| (0..height).map(move |x| (x, y))).map(|(x, y)| px(x, y)).collect();
            picture = Picture { width: picture.height, height: picture.width, gray, page: (picture.page.1, picture.page.0), ..picture };
        }
        picture
    }

    /// An engine that is sure where the first letter is an `L`: more ink below than above, more on the left than on the right.
    struct OfL;

    impl Ocr for OfL {
        fn name(&self) -> String {
            "of L".to_owned()
        }

        fn read(&mut self, crop: &Crop, _: Setting) -> Result<Vec<Symbol>, Error> {
            let side = crop.height - 24;
            let ink = |x: u32, y: u32| crop.gray[((12 + y) * crop.width + 12 + x) as usize] < 128;
            let count = |is_in: &dyn Fn(u32, u32) -> bool| {
                (0..side * side).filter(|i| is_in(i % side, i / side) && ink(i % side, i / side)).count()
            };
            let half = side / 2;
            let is_l = crop.width >= crop.height
                && count(&|_, y| y >= half) > count(&|_, y| y < half)
                && count(&|x, _| x < half) > count(&|x, _| x >= half);
            let symbol = Symbol {
                text: "L".to_owned(),
                ink: [12, 12, crop.width - 12, crop.height - 12],
                line: 0,
                score: if is_l { 9_900 } else { 8_000 },
                marks: Vec::new(),
            };
            Ok(vec![symbol])
        }
    }

    fn turns(picture: Picture) -> Option<u8> {
        let read = set(vec![read(0, picture, &|_| Vec::new(), &mut OfL)]).remove(0);
        read.page.ink.and_then(|ink| if let Origin::Scan(scan) = ink.origin { Some(scan.turns) } else { None })
    }

    #[test]
    fn a_page_is_turned_until_it_reads_best() {
        for laid in 0..4 {
            assert_eq!(turns(turned(picture(), laid)), Some((4 - laid) % 4), "laid on the glass with {laid} quarter turns");
        }
    }
}
