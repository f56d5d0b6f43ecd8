//! Pages that are pictures: how they become pages of ink, step by step.
//!
//! `Picture ─scan→ Sheet, rulings ─layout→ cells ─scan→ cuts ─ocr→ symbols ─scan→ glyphs → Page`

use crate::{Error, Watcher, pitch};
use seisho_extract::{Limits, Pictures};
use seisho_model::geometry::Rect;
use seisho_model::ink::{Glyph, Ink, Origin};
use seisho_model::scan::{Crop, Picture, Setting, Symbol};
use seisho_model::{Code, Finding, Page, Pages, Reported, TextRange, is_visible};
use seisho_ocr::{Library, Ocr, Tesseract};
use seisho_scan::{Cut, Sheet, Strip};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

/// When pictures are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Where a page has no text that can be read.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Wherever a picture covers a page.
    Always,
}

/// Where readers of pictures come from.
#[derive(Default)]
pub struct Readers {
    /// When pictures are read.
    pub when: When,
    /// The library's file; none for the one of the system.
    pub library: Option<PathBuf>,
    /// Loaded when the first picture comes.
    loaded: OnceLock<Option<Library>>,
}

impl Readers {
    /// Readers of a library.
    #[must_use]
    pub fn new(when: When, library: Option<PathBuf>) -> Self {
        Self { when, library, loaded: OnceLock::new() }
    }

    /// The engine that they are of; none where it is missing.
    #[must_use]
    pub fn engine(&self) -> Option<String> {
        self.loaded.get_or_init(|| Library::load(self.library.as_deref()).ok()).as_ref().map(Library::name)
    }

    fn reader(&self) -> Result<Box<dyn Ocr>, seisho_ocr::Error> {
        match self.loaded.get_or_init(|| Library::load(self.library.as_deref()).ok()) {
            Some(library) => Ok(Box::new(Tesseract::new(library)?)),
            // Once more, for the reason.
            None => Ok(Box::new(Tesseract::new(&Library::load(self.library.as_deref())?)?)),
        }
    }
}

/// Reads the pages that are pictures.
pub(crate) fn read(
    pages: &mut Pages,
    bytes: &[u8],
    limits: &Limits,
    readers: &Readers,
    watcher: Option<&Watcher>,
    ocr: &mut Option<Box<dyn Ocr>>,
) -> Result<Reported<()>, Error> {
    let is_picture = |p: &Page| p.ink.as_ref().is_some_and(|i| i.origin == Origin::Picture);
    let pictures: Vec<usize> = (0..pages.0.len()).filter(|&i| is_picture(&pages.0[i])).collect();
    let mut findings = Vec::new();
    if pictures.is_empty() {
        return Ok(Reported { output: (), findings });
    }
    let all = pictures.len() == pages.0.len();
    if readers.when == When::Never {
        if all {
            return Err(seisho_extract::Error::NoText.into());
        }
        findings.push(unread(&pictures));
        return Ok(Reported { output: (), findings });
    }
    let ocr = match ocr {
        Some(ocr) => ocr,
        None => match readers.reader() {
            Ok(reader) => ocr.insert(reader),
            Err(error) if all => return Err(Error::NoReader(error)),
            Err(_) => {
                findings.push(unread(&pictures));
                return Ok(Reported { output: (), findings });
            }
        },
    };
    let source = Pictures::open(bytes, limits)?;
    let (mut failed, mut turns) = (Vec::new(), 0);
    for (number, &index) in pictures.iter().enumerate() {
        if let Some(watcher) = watcher {
            watcher(number + 1, pictures.len());
        }
        match source.picture(index) {
            Ok(mut picture) => {
                findings.extend(sealed(index, seisho_scan::without_seals(&mut picture)));
                let read = page(&picture, &mut turns, ocr.as_mut());
                let layer: String = pages.0[index].ink.iter().flat_map(|i| &i.hidden).map(|h| h.text.as_str()).collect();
                findings.extend(disagreement(index, &layer, &read.text));
                pages.0[index] = read;
            }
            Err(error) => failed.push((index, error)),
        }
    }
    if failed.len() == pages.0.len()
        && let Some((_, error)) = failed.pop()
    {
        return Err(error.into());
    }
    findings.extend(failed.iter().map(|(index, error)| undecoded(*index, error)));
    Ok(Reported { output: (), findings })
}

/// Layers of text that share less than this with our own reading, in percent of their characters, differ from it.
const LIKE_PERCENT: usize = 95;

/// Says that the layer of text that came with a page reads differently; the layer stands in the suggestion.
fn disagreement(index: usize, layer: &str, ours: &str) -> Option<Finding> {
    let counts = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        text.chars().filter(|&c| is_visible(c)).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let (layer_counts, our_counts) = (counts(layer), counts(ours));
    let all = layer_counts.values().sum::<usize>().max(our_counts.values().sum());
    let shared: usize = layer_counts.iter().map(|(c, n)| (*n).min(our_counts.get(c).copied().unwrap_or(0))).sum();
    if layer_counts.is_empty() || shared * 100 >= all * LIKE_PERCENT {
        return None;
    }
    let (page, percent) = (index + 1, shared * 100 / all);
    let ja = format!("{page} 頁に付いていた文字層は、この読み取りと {percent}% しか合いません");
    let en = format!("the text layer of page {page} shares {percent} % of its characters with this reading");
    Some(Finding::new(Code::X008, ja, en).suggesting(layer))
}

/// Says where seals were left out.
fn sealed(index: usize, seals: Vec<Rect>) -> Option<Finding> {
    let (page, count) = (index + 1, seals.len());
    let ja = format!("{page} 頁の赤い印影 {count} 個を、読み取りから除きました");
    let en = format!("{count} red seals on page {page} were left out of the reading");
    (count > 0).then(|| Finding::new(Code::X011, ja, en).at_boxes(page as u32, seals))
}

fn unread(pictures: &[usize]) -> Finding {
    let list = pictures.iter().map(|i| (i + 1).to_string()).collect::<Vec<_>>().join(", ");
    let ja = format!("{list} 頁は画像で、読み取っていません");
    Finding::new(Code::X108, ja, format!("pages {list} are pictures and were not read"))
}

fn undecoded(index: usize, error: &seisho_extract::Error) -> Finding {
    let page = index + 1;
    let (ja, en) = (error.message().ja, error.message().en);
    Finding::new(Code::X109, format!("{page} 頁の画像を読めません（{ja}）"), format!("the picture of page {page} cannot be read ({en})"))
}

/// A page that was read; `turns` is how the page before lay, and then how this one does.
fn page(picture: &Picture, turns: &mut u8, ocr: &mut dyn Ocr) -> Page {
    let draft = upright(picture, turns, ocr);
    let mut ink = draft.sheet.ink();
    let mut text = String::new();
    let mut read = draft.read(ocr);
    recount(&draft.cuts, &mut read, ocr);
    for (cut, symbols) in draft.cuts.iter().zip(&read) {
        add(&draft.sheet, cut, symbols, &mut text, &mut ink);
    }
    Page::drawn(text, ink)
}

/// A page on its way.
struct Draft {
    sheet: Sheet,
    /// What is to be read, in order: the cells of the tables, then the text outside them.
    cuts: Vec<Cut>,
    /// What was read already, by index.
    known: Vec<(usize, Vec<Vec<Symbol>>)>,
}

/// So many parts of a page show whether it is upright.
const SAMPLES: usize = 6;
/// A mean score of so much, in hundredths of a percent, is that of upright text: seen 9,636 and more upright (clean and
/// noisy, 200 and 300 dpi), 8,822 upside down, up to 9,183 sideways.
const UPRIGHT: u32 = 9_450;

impl Draft {
    fn new(picture: &Picture, turns: u8, ocr: &mut dyn Ocr) -> Self {
        let sheet = Sheet::new(picture, turns);
        let regions = seisho_layout::regions(&sheet.ink());
        let bounds: Vec<Rect> = regions.iter().map(|r| r.bounds).collect();
        let mut cuts: Vec<Cut> = regions.iter().flat_map(|r| &r.cells).filter_map(|&cell| sheet.cell(cell)).collect();
        cuts.extend(sheet.areas(&bounds));
        let step = cuts.len().div_ceil(SAMPLES).max(1);
        let known = (0..cuts.len()).step_by(step).map(|i| (i, symbols(&cuts[i], ocr))).collect();
        Self { sheet, cuts, known }
    }

    /// What the cuts say, line by line.
    fn read(&self, ocr: &mut dyn Ocr) -> Vec<Vec<Vec<Symbol>>> {
        let known = |index: usize| self.known.iter().find(|(i, _)| *i == index).map(|(_, lines)| lines.clone());
        self.cuts.iter().enumerate().map(|(i, cut)| known(i).unwrap_or_else(|| symbols(cut, ocr))).collect()
    }

    /// The mean score of the samples.
    fn score(&self) -> u32 {
        let symbols: Vec<Symbol> = self.known.iter().flat_map(|(_, lines)| lines.iter().flatten().cloned()).collect();
        mean(&symbols)
    }
}

/// The page with the turn in which it reads best.
fn upright(picture: &Picture, turns: &mut u8, ocr: &mut dyn Ocr) -> Draft {
    let first = *turns;
    let mut best = Draft::new(picture, first, ocr);
    if best.score() >= UPRIGHT || best.cuts.is_empty() {
        return best;
    }
    for other in (0..4).filter(|&other| other != first) {
        let draft = Draft::new(picture, other, ocr);
        if draft.score() > best.score() {
            (best, *turns) = (draft, other);
        }
        if best.score() >= UPRIGHT {
            break;
        }
    }
    best
}

/// What the lines of a cut say.
fn symbols(cut: &Cut, ocr: &mut dyn Ocr) -> Vec<Vec<Symbol>> {
    let read = |(index, strip)| {
        let said = line(strip, ocr);
        if said.is_empty() { cut.unread(index).into_iter().collect() } else { said }
    };
    cut.lines.iter().enumerate().map(read).collect()
}

/// What is higher than this, in tenths of an inch, is no line: a picture, a page on its side. Readers take minutes over it.
const HIGHEST: u32 = 10;
/// A line of which every character scores this much, in hundredths of a percent, needs no second look.
const SURE: u16 = 9_500;
/// Lines of fewer characters are also read as a word: a lone digit makes a bad line.
const SHORT: usize = 4;

/// What a line says: what scores best of several looks at it, of equals the first.
fn line(strip: &Strip, ocr: &mut dyn Ocr) -> Vec<Symbol> {
    if strip.crop.height * 10 > strip.crop.dpi * HIGHEST {
        return Vec::new();
    }
    let mut best = ocr.read(&strip.crop, Setting::Line).unwrap_or_default();
    if !best.is_empty() && best.iter().all(|s| s.score >= SURE) {
        return best;
    }
    let mut looks: Vec<(&Crop, Setting)> = strip.others.iter().map(|c| (c, Setting::Line)).collect();
    if best.len() < SHORT {
        looks.push((&strip.crop, Setting::Word));
        looks.extend(strip.others.iter().map(|c| (c, Setting::Word)));
    }
    for (crop, setting) in looks {
        let other = ocr.read(crop, setting).unwrap_or_default();
        if mean(&other) > mean(&best) {
            best = other;
        }
    }
    best
}

/// A line with a character too many or too few is no surer than this, in hundredths of a percent.
const AMISS: u16 = 8_500;

/// Looks again at lines that have more or fewer characters than there is room for.
fn recount(cuts: &[Cut], read: &mut [Vec<Vec<Symbol>>], ocr: &mut dyn Ocr) {
    let lines = cuts.iter().zip(&*read).flat_map(|(cut, lines)| cut.lines.iter().zip(lines.iter().map(Vec::as_slice)));
    let Some(usual) = pitch::usual(lines) else { return };
    for (cut, lines) in cuts.iter().zip(read) {
        for (strip, symbols) in cut.lines.iter().zip(lines) {
            if pitch::fits(strip, symbols, usual) == Some(false) {
                again(strip, symbols, usual, ocr);
            }
        }
    }
}

/// The look that fits, of several the surest; without one the weakest character is in doubt.
fn again(strip: &Strip, symbols: &mut Vec<Symbol>, usual: f64, ocr: &mut dyn Ocr) {
    let crops = || std::iter::once(&strip.crop).chain(&strip.others);
    let looks = strip.others.iter().map(|c| (c, Setting::Line)).chain(crops().map(|c| (c, Setting::Lines)));
    let looks: Vec<Vec<Symbol>> = looks.filter_map(|(crop, setting)| ocr.read(crop, setting).ok()).collect();
    let fitting = looks.into_iter().filter(|other| pitch::fits(strip, other, usual) == Some(true)).max_by_key(|other| mean(other));
    match fitting {
        Some(other) => *symbols = other,
        None => {
            if let Some(weakest) = symbols.iter_mut().min_by_key(|s| s.score) {
                weakest.score = weakest.score.min(AMISS);
            }
        }
    }
}

/// The mean score of symbols; of none it is nothing.
fn mean(symbols: &[Symbol]) -> u32 {
    symbols.iter().map(|s| u32::from(s.score)).sum::<u32>().checked_div(symbols.len() as u32).unwrap_or(0)
}

/// Adds what was read to the page: a line feed after every line, blanks where letters stand apart.
fn add(sheet: &Sheet, cut: &Cut, symbols: &[Vec<Symbol>], text: &mut String, ink: &mut Ink) {
    let placed = sheet.place(cut, symbols);
    for (index, glyph) in placed.iter().enumerate() {
        let start = text.len();
        text.push_str(&glyph.text);
        let range = TextRange::new(start, text.len());
        ink.glyphs.push(Glyph { range, rect: glyph.rect, size: glyph.size, vertical: false, score: Some(glyph.score) });
        match placed.get(index + 1) {
            Some(next) if next.line == glyph.line => text.extend(glyph.blank),
            _ => text.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_that_reads_differently_is_kept_in_a_finding() {
        assert_eq!(disagreement(0, "", "市民部の運営方針"), None, "there was no layer");
        assert_eq!(disagreement(0, "市民部 の運営方針", "市民部の\n運営方針"), None);
        let finding = disagreement(2, "布艮郎の運宮万針", "市民部の運営方針").unwrap();
        assert_eq!((finding.code, finding.suggestion.as_deref()), (Code::X008, Some("布艮郎の運宮万針")));
        assert!(finding.message.en.contains("page 3"), "{}", finding.message.en);
    }

    #[test]
    fn a_seal_that_was_left_out_is_said_with_its_place() {
        assert_eq!(sealed(0, Vec::new()), None);
        let rect = Rect::default();
        let finding = sealed(1, vec![rect]).unwrap();
        assert_eq!((finding.code, finding.spot), (Code::X011, seisho_model::Spot::Boxes(2, vec![rect])));
    }

    /// A cut of lines of pixels so wide, and a reader that says the same of each next one.
    fn strips(wide: u32, count: usize) -> Vec<Strip> {
        let crop = || Crop { width: 8, height: 8, gray: vec![255; 64], dpi: 300 };
        (0..count).map(|_| Strip::new(crop(), vec![crop()], wide)).collect()
    }

    #[test]
    fn a_line_with_a_character_too_many_is_read_again_or_doubted() {
        let said = |text: &str| seisho_ocr::Recorded::lines(text, 40, (0, 0), 9_900);
        // Ten characters on squares of 40 pixels, and a line for which eleven were read.
        let cuts: Vec<Cut> = strips(396, 10).into_iter().map(Cut::of_line).collect();
        let mut read = vec![vec![said("部内連携による災害対")]; 9];
        read.push(vec![said("部内連携による人災害対")]);
        let mut ocr = seisho_ocr::Recorded::new(vec![said("部内連携による災害対")]);
        recount(&cuts, &mut read, &mut ocr);
        assert_eq!(read[9], read[0]);
        read[9] = vec![said("部内連携による人災害対")];
        recount(&cuts, &mut read, &mut ocr);
        assert_eq!(read[9][0].iter().map(|s| s.score).min(), Some(AMISS), "no look fits");
        assert!(read[..9].iter().flatten().flatten().all(|s| s.score == 9_900));
    }
}
