//! Born-digital PDFs: every glyph and ruling that can be seen, with its place on the page as shown.
//!
//! The one place that knows the PDF library. What it gets wrong on Japanese files is put right here:
//! replacement text of marked content, bold by stroking, glyphs drawn twice, text that cannot be seen.

mod annotations;
mod budget;
mod collect;
mod fallback;
mod looks;
mod page;
mod picture;
mod rescue;
mod rulings;
mod streams;

use crate::{Error, Options};
use budget::{Budget, Exceeded};
use collect::{Collector, text_string};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, Device, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use picture::Painter;
use rescue::Rescue;
use seisho_model::ink::Origin;
use seisho_model::scan::Picture;
use seisho_model::{Page, Pages, Reported};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Reads the pages of a PDF.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Reported<Pages>, Error> {
    let Options { limits, fallback, password, pictures_first } = options;
    let pdf = open(bytes, password)?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(Error::Damaged);
    }
    if count > limits.pages {
        return Err(Error::TooManyPages { count, limit: limits.pages });
    }
    streams::check(&pdf, limits.stream, limits.pixels)?;
    let mut findings = annotations::of_file(&pdf);
    let rescue = Rescue::new(&pdf);
    let cache = InterpreterCache::new(); // one a document: its keys mean nothing in another
    let mut pages = Vec::with_capacity(count);
    for (index, page) in pdf.pages().iter().enumerate() {
        let mut collector = Collector::new(shown(page), &rescue, Budget::new(limits.operations));
        interpret(page, index, &cache, &mut collector)?;
        let annotations = annotations::of_page(page, index as u32 + 1);
        annotations.icons.iter().for_each(|&icon| collector.without_icon(icon));
        collector.rulings.extend(annotations.strikes);
        findings.extend(annotations.findings);
        pages.push(page::page(collector, index, *pictures_first, &mut findings));
    }
    let is_picture = |p: &Page| p.ink.as_ref().is_some_and(|i| i.origin == Origin::Picture);
    if pages.iter().all(|p: &Page| p.text.trim().is_empty() && !is_picture(p)) {
        return Err(Error::NoText);
    }
    if is_placeholder(&pages) {
        return Err(Error::Placeholder);
    }
    let ask = || fallback.as_ref().map_or(Ok(None), |reader| reader.pages(bytes, password));
    fallback::name_unknown(&mut pages, ask, &mut findings);
    Ok(Reported { output: Pages(pages), findings })
}

/// Whether a file has nothing but the page that viewers show which cannot show its form.
fn is_placeholder(pages: &[Page]) -> bool {
    let text: String = pages.iter().flat_map(|p| p.text.chars()).filter(|c| !c.is_whitespace()).take(LONGEST_PLACEHOLDER + 1).collect();
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().all(|word| text.contains(word));
    text.chars().nth(LONGEST_PLACEHOLDER).is_none()
        && (has(&["pleasewait", "pdf", "viewer"]) || has(&["お待ちください", "pdf", "ビュ"]) || has(&["お待ちください", "adobereader"]))
}

/// Such a page has no more characters.
const LONGEST_PLACEHOLDER: usize = 1_500;

fn open(bytes: &[u8], password: &str) -> Result<Pdf, Error> {
    Pdf::new_with_password(bytes.to_vec(), password).map_err(|e| match e {
        // The library does not export the kind of this error, only how it prints.
        LoadPdfError::Decryption(kind) if format!("{kind:?}") == "PasswordProtected" => Error::Encrypted,
        LoadPdfError::Decryption(_) => Error::Cipher,
        LoadPdfError::Invalid => Error::Damaged,
    })
}

/// A PDF whose pages are pictures, as it was opened once.
pub(crate) struct Pictures {
    pdf: Pdf,
    operations: u64,
    pixels: u64,
}

impl Pictures {
    pub(crate) fn open(bytes: &[u8], options: &Options) -> Result<Self, Error> {
        let Options { limits, password, .. } = options;
        Ok(Self { pdf: open(bytes, password)?, operations: limits.operations, pixels: limits.pixels })
    }

    /// The picture of a page that is one.
    pub(crate) fn picture(&self, index: usize) -> Result<Picture, Error> {
        let page = self.pdf.pages().get(index).ok_or(Error::Damaged)?;
        let mut painter = Painter::new(self.pixels, Budget::new(self.operations));
        // A cache of its own: the images of all pages do not fit into memory.
        interpret(page, index, &InterpreterCache::new(), &mut painter)?;
        painter.picture(shown(page))
    }
}

/// The page as a person sees it, in points.
fn shown(page: &PdfPage<'_>) -> Rect {
    let (width, height) = page.render_dimensions();
    Rect::new(0.0, 0.0, f64::from(width), f64::from(height))
}

/// Shows a device what a page draws.
fn interpret<'a>(page: &PdfPage<'a>, index: usize, cache: &InterpreterCache<'a>, device: &mut impl Device<'a>) -> Result<(), Error> {
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, shown(page), cache, page.xref(), InterpreterSettings::default());
    match catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, device))) {
        Ok(()) => Ok(()),
        Err(panic) if panic.is::<Exceeded>() => Err(Error::Runaway { page: index + 1 }),
        Err(panic) => resume_unwind(panic),
    }
}
