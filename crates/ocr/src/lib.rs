//! Reading of crops: engines behind one trait. Knows how to ask an engine; refuses to know pages, layout and meaning.
//!
//! [`Library`] is Tesseract 5, loaded when the program runs, so that one program works with and without it.
//! [`Program`] is its command, for where the library cannot be loaded. [`Recorded`] gives answers one after
//! another, for tests; [`Replay`] gives those of a [`Recording`], by crop.

mod api;
mod engines;
mod program;
mod recorded;
mod recording;
mod tesseract;

pub use engines::{Engines, Found, Needs, When};
pub use program::Program;
pub use recorded::Recorded;
pub use recording::{Recorder, Recording, Replay};
pub use tesseract::{Library, Tesseract};

use seisho_model::scan::{Crop, Setting, Symbol};

/// An engine, owned by one thread.
pub trait Ocr {
    /// What it is, with its version.
    fn name(&self) -> String;

    /// Reads a crop; the symbols in reading order.
    ///
    /// # Errors
    /// When the engine fails; a crop without text gives no symbols.
    fn read(&mut self, crop: &Crop, setting: Setting) -> Result<Vec<Symbol>, Error>;
}

/// Tesseract's names for horizontal and for vertical Japanese, and for what reads digits best.
const JAPANESE: &str = "jpn";
const VERTICAL: &str = "jpn_vert";
const FIGURES: &str = "eng";

/// Tesseract's number for how the text of a crop stands.
fn segmentation(setting: Setting) -> u8 {
    match setting {
        Setting::Lines => 6,
        Setting::Line | Setting::Figures => 7,
        Setting::Word => 8,
        Setting::Columns => 5,
    }
}

/// Why nothing can be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// None of the names under which systems have it.
    #[error("the library of Tesseract 5 was not found")]
    NoLibrary,
    /// A library that is not the one that is needed.
    #[error("the library {name} is no Tesseract 5")]
    NotTesseract {
        /// What was loaded.
        name: String,
        /// What is missing in it.
        #[source]
        source: libloading::Error,
    },
    /// The library is there, its Japanese data is not.
    #[error("Tesseract has no data for {language}")]
    NoLanguage {
        /// Its name for the language.
        language: &'static str,
    },
    /// The engine failed on a crop.
    #[error("Tesseract failed on a part of the page")]
    Failed,
    /// A crop that nobody was asked about when the recording was made.
    #[error("the recording does not hold a part of the page")]
    NotRecorded,
    /// A text that is too long or holds a NUL.
    #[error("a name holds a character that the library cannot take")]
    Name(#[from] std::ffi::NulError),
}
