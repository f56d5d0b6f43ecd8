//! Born-digital PDFs: every glyph and ruling that can be seen, with its place on the page as shown.
//!
//! The one place that knows the PDF library. What it gets wrong on Japanese files is put right here:
//! replacement text of marked content, bold by stroking, glyphs drawn twice, text that cannot be seen.

mod collect;
mod page;
mod picture;
mod rescue;
mod rulings;
mod second;

use crate::{Error, Limits};
use collect::{BudgetExceeded, Collector};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use picture::Painter;
use rescue::Rescue;
use seisho_model::ink::Origin;
use seisho_model::scan::Picture;
use seisho_model::{Page, Pages, Reported};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Reads the pages of a PDF.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Reported<Pages>, Error> {
    let password = &limits.password;
    let pdf = open(bytes, password)?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(Error::Damaged);
    }
    if count > limits.pages {
        return Err(Error::TooManyPages { count, limit: limits.pages });
    }
    let mut findings = Vec::new();
    let rescue = Rescue::new(&pdf);
    let cache = InterpreterCache::new(); // one a document: its keys mean nothing in another
    let mut pages = Vec::with_capacity(count);
    for (index, page) in pdf.pages().iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let shown = Rect::new(0.0, 0.0, width, height);
        let mut collector = Collector::new(shown, &rescue, limits.operations);
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, shown, &cache, page.xref(), InterpreterSettings::default());
        let ran = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut collector)));
        if let Err(panic) = ran {
            if !panic.is::<BudgetExceeded>() {
                resume_unwind(panic);
            }
            return Err(Error::Runaway { page: index + 1 });
        }
        pages.push(page::page(collector, index, limits.pictures_first, &mut findings));
    }
    let is_picture = |p: &Page| p.ink.as_ref().is_some_and(|i| i.origin == Origin::Picture);
    if pages.iter().all(|p: &Page| p.text.trim().is_empty() && !is_picture(p)) {
        return Err(Error::NoText);
    }
    second::name_unknown(&mut pages, || limits.second.as_ref()?.pages(bytes, password), &mut findings);
    Ok(Reported { output: Pages(pages), findings })
}

fn open(bytes: &[u8], password: &str) -> Result<Pdf, Error> {
    Pdf::new_with_password(bytes.to_vec(), password).map_err(|e| match e {
        // The library does not export the kind of this error, only how it prints.
        LoadPdfError::Decryption(kind) if format!("{kind:?}") == "PasswordProtected" => Error::Encrypted,
        LoadPdfError::Decryption(_) => Error::Cipher,
        LoadPdfError::Invalid => Error::Damaged,
    })
}

/// The picture of a page that is one.
pub(crate) fn picture(bytes: &[u8], password: &str, index: usize) -> Result<Picture, Error> {
    let pdf = open(bytes, password)?;
    let page = pdf.pages().get(index).ok_or(Error::Damaged)?;
    let (width, height) = page.render_dimensions();
    let shown = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), shown, &cache, page.xref(), InterpreterSettings::default());
    let mut painter = Painter::default();
    let ran = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut painter)));
    match ran {
        Ok(()) => painter.picture(shown).ok_or(Error::Picture),
        Err(panic) if panic.is::<BudgetExceeded>() => Err(Error::Runaway { page: index + 1 }),
        Err(panic) => resume_unwind(panic),
    }
}
