//! Where readers of pictures come from, and when they are asked.

use seisho_ocr::{Library, Ocr, Tesseract};
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

    /// A reader for one thread.
    pub(super) fn reader(&self) -> Result<Box<dyn Ocr>, seisho_ocr::Error> {
        match self.loaded.get_or_init(|| Library::load(self.library.as_deref()).ok()) {
            Some(library) => Ok(Box::new(Tesseract::new(library)?)),
            // Once more, for the reason.
            None => Ok(Box::new(Tesseract::new(&Library::load(self.library.as_deref())?)?)),
        }
    }
}
