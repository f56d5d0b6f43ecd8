//! Pages that are pictures: how they become pages of ink, step by step.
//!
//! `Picture ─scan→ Sheet, rulings ─layout→ cells ─scan→ cuts ─ocr→ symbols ─scan→ glyphs → Page`

mod better;
mod layer;
mod looks;
mod notes;
mod pitch;
mod pool;
mod readers;
mod second;
mod unread;

pub use readers::{Found, Readers, When};

use crate::{Error, Watcher, Worker};
use layer::Part;
use looks::{mean, set, settle};
use seisho_extract::{Limits, Pictures};
use seisho_model::geometry::Rect;
use seisho_model::ink::{Glyph, Hidden, Ink, Look, Origin};
use seisho_model::scan::{Picture, Symbol};
use seisho_model::{Finding, Page, Pages, Reported, TextRange};
use seisho_ocr::Ocr;
use seisho_scan::{Cut, Sheet};

/// Reads the pages that are pictures.
pub(crate) fn read(
    pages: &mut Pages,
    bytes: &[u8],
    limits: &Limits,
    readers: &Readers,
    watcher: Option<&Watcher>,
    worker: &mut Worker,
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
        findings.push(notes::unread(&pictures));
        return Ok(Reported { output: (), findings });
    }
    let ocr = match &mut worker.ocr {
        Some(ocr) => ocr,
        none => match readers.reader() {
            Ok(reader) => none.insert(reader),
            Err(error) if all => return Err(Error::NoReader(error)),
            Err(_) => {
                findings.push(notes::unread(&pictures));
                return Ok(Reported { output: (), findings });
            }
        },
    };
    let source = Pictures::open(bytes, limits)?;
    let layer = |index: usize| pages.0[index].ink.iter().flat_map(|i| i.hidden.clone()).collect();
    let jobs: Vec<Job> = pictures.iter().map(|&index| Job { index, layer: layer(index) }).collect();
    let done = pool::run(&jobs, &source, readers, watcher, ocr.as_mut());
    let mut failed = Vec::new();
    for (job, outcome) in jobs.iter().zip(done) {
        match outcome {
            Ok(mut read) => {
                findings.extend(layer::compare(job.index, &job.layer, &mut read, &mut worker.words));
                findings.extend(read.findings);
                pages.0[job.index] = read.page;
            }
            Err(error) => failed.push((job.index, error)),
        }
    }
    if failed.len() == pages.0.len()
        && let Some((_, error)) = failed.pop()
    {
        return Err(error.into());
    }
    findings.extend(failed.iter().map(|(index, error)| notes::undecoded(*index, error)));
    Ok(Reported { output: (), findings })
}

/// A page that is to be read.
struct Job {
    index: usize,
    /// The text that came with it.
    layer: Vec<Hidden>,
}

/// What was read.
struct Done {
    page: Page,
    /// The same, cell by cell.
    parts: Vec<Part>,
    findings: Vec<Finding>,
}

/// Reads the picture of a page.
fn one(job: &Job, mut picture: Picture, ocr: &mut dyn Ocr) -> Done {
    let seals = seisho_scan::without_seals(&mut picture);
    let Read { page, parts, stamps } = page(&picture, ocr);
    let findings = notes::sealed(job.index, seals).into_iter().chain(notes::stamped(job.index, stamps)).collect();
    Done { page, parts, findings }
}

/// What a picture says.
struct Read {
    page: Page,
    /// The same, cell by cell.
    parts: Vec<Part>,
    /// Where it was stamped.
    stamps: Vec<Rect>,
}

fn page(picture: &Picture, ocr: &mut dyn Ocr) -> Read {
    let draft = upright(picture, ocr);
    let mut ink = draft.sheet.ink();
    let mut text = String::new();
    let (sheet, cuts, mut read) = draft.read(ocr);
    unread::supply(&cuts, &mut read, ocr);
    settle(&cuts, &mut read, ocr);
    second::look(&cuts, &mut read);
    let mut parts = Vec::with_capacity(read.len());
    for (cut, symbols) in cuts.iter().zip(&read) {
        let (glyphs, start) = (ink.glyphs.len(), text.len());
        add(&sheet, cut, symbols, &mut text, &mut ink);
        let bounds = ink.glyphs[glyphs..].iter().map(|g| ink.shown(g.rect)).reduce(Rect::union);
        parts.extend(bounds.map(|rect| Part { rect, range: TextRange::new(start, text.len()) }));
    }
    let stamps = sheet.stamps().map(|rect| ink.shown(rect)).collect();
    Read { page: Page::drawn(text, ink), parts, stamps }
}

/// A page on its way.
struct Draft {
    sheet: Sheet,
    /// What is to be read, in order: the cells of the tables, then the text outside them.
    cuts: Vec<Cut>,
    /// What the cuts say that show whether the page is upright, line by line: the first, and one every `step`.
    samples: Vec<Vec<Vec<Symbol>>>,
    step: usize,
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
        let mut samples = Vec::with_capacity(SAMPLES);
        for cut in cuts.iter_mut().step_by(step) {
            let (is_set, lines) = set(cut.clone(), ocr);
            *cut = is_set;
            samples.push(lines);
        }
        Self { sheet, cuts, samples, step }
    }

    /// The page, its cuts as they are set, and what they say, line by line.
    fn read(self, ocr: &mut dyn Ocr) -> (Sheet, Vec<Cut>, Vec<Vec<Vec<Symbol>>>) {
        let mut samples = self.samples.into_iter();
        let mut known = |index: usize| if index.is_multiple_of(self.step) { samples.next() } else { None };
        let read = |(index, cut)| match known(index) {
            Some(lines) => (cut, lines),
            None => set(cut, ocr),
        };
        let (cuts, lines) = self.cuts.into_iter().enumerate().map(read).unzip();
        (self.sheet, cuts, lines)
    }

    /// The mean score of the samples.
    fn score(&self) -> u32 {
        mean(&self.samples.concat().concat())
    }
}

/// The page with the turn in which it reads best.
fn upright(picture: &Picture, ocr: &mut dyn Ocr) -> Draft {
    let mut best = Draft::new(picture, 0, ocr);
    for turns in 1..4 {
        if best.score() >= UPRIGHT || best.cuts.is_empty() {
            break;
        }
        let draft = Draft::new(picture, turns, ocr);
        if draft.score() > best.score() {
            best = draft;
        }
    }
    best
}

/// Adds what was read to the page: a line feed after every line, blanks where letters stand apart.
fn add(sheet: &Sheet, cut: &Cut, symbols: &[Vec<Symbol>], text: &mut String, ink: &mut Ink) {
    let placed = sheet.place(cut, symbols);
    for (index, glyph) in placed.iter().enumerate() {
        let start = text.len();
        text.push_str(&glyph.text);
        let range = TextRange::new(start, text.len());
        ink.glyphs.push(Glyph { range, rect: glyph.rect, size: glyph.size, vertical: glyph.vertical, score: Some(glyph.score) });
        ink.looks.extend(glyph.second.clone().map(|says| Look { range, says }));
        match placed.get(index + 1) {
            Some(next) if next.line == glyph.line => text.extend(glyph.blank),
            _ => text.push('\n'),
        }
    }
}
