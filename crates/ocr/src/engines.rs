//! Where text recognition comes from, and when they are asked.

use crate::{Error, Library, Ocr, Program, Recording, Replay, Tesseract};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

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

/// Where text recognition comes from.
#[derive(Default)]
pub struct Engines {
    /// When pictures are read.
    pub when: When,
    /// The library's or the program's file; none for the one of the system.
    pub tesseract: Option<PathBuf>,
    /// How many pages of a document are read side by side; 0 is 1.
    pub threads: usize,
    /// Loaded when the first picture comes.
    loaded: OnceLock<Option<Found>>,
}

/// Tesseract as it was found.
pub enum Found {
    /// Its library.
    Library(Library),
    /// Its program, which is slower, where the library cannot be loaded.
    Program(Program),
    /// What one said before, kept in a file.
    Recording(Arc<Recording>),
}

/// What reading pictures needs of the system, once it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Where language data may be.
    pub folders: Vec<PathBuf>,
    /// Whether a program is started.
    pub is_a_program: bool,
}

impl Found {
    /// The library, else the program: of a file where one is named, else of the system. A file may be a recording, too.
    ///
    /// # Errors
    /// When there is neither; why the library could not be loaded.
    pub fn find(file: Option<&Path>) -> Result<Self, Error> {
        if let Some(Ok(Some(recording))) = file.map(Recording::open) {
            return Ok(Self::Recording(Arc::new(recording)));
        }
        Library::load(file).map(Self::Library).or_else(|error| Program::find(file).map(Self::Program).map_err(|_| error))
    }

    /// Its name with its version.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Library(library) => library.name(),
            Self::Program(program) => program.name(),
            Self::Recording(recording) => recording.name().to_owned(),
        }
    }

    fn engine(&self) -> Result<Box<dyn Ocr>, Error> {
        Ok(match self {
            Self::Library(library) => Box::new(Tesseract::new(library)?),
            Self::Program(program) => Box::new(program.clone()),
            Self::Recording(recording) => Box::new(Replay(Arc::clone(recording))),
        })
    }
}

impl Engines {
    /// Engines of a library or program.
    #[must_use]
    pub fn new(when: When, tesseract: Option<PathBuf>) -> Self {
        Self { when, tesseract, threads: 1, loaded: OnceLock::new() }
    }

    /// The same, for so many pages of a document side by side.
    #[must_use]
    pub fn with_threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// Its name with its version; none where there is none.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.found().map(Found::name)
    }

    /// Finds the library or the program now instead of with the first picture; the folders that its data may be in, and
    /// whether it has to start a program.
    #[must_use]
    pub fn prepare(&self) -> Needs {
        let found = if self.when == When::Never { None } else { self.found() };
        match found {
            None | Some(Found::Recording(_)) => Needs::default(),
            Some(Found::Program(_)) => Needs { folders: Vec::new(), is_a_program: true },
            Some(Found::Library(library)) => Needs { folders: library.folders(), is_a_program: false },
        }
    }

    fn found(&self) -> Option<&Found> {
        self.loaded.get_or_init(|| Found::find(self.tesseract.as_deref()).ok()).as_ref()
    }

    /// An engine for one thread.
    ///
    /// # Errors
    /// When there is none; why.
    pub fn engine(&self) -> Result<Box<dyn Ocr>, Error> {
        match self.found() {
            Some(found) => found.engine(),
            // Once more, for the reason.
            None => Found::find(self.tesseract.as_deref())?.engine(),
        }
    }
}
