//! Why a source cannot be converted at all.

use seisho_model::Code;
use seisho_model::finding::Message;

/// Why a source cannot be converted at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be taken apart.
    #[error(transparent)]
    Extract(#[from] seisho_extract::Error),
    /// It has nothing but pictures, and nothing reads them.
    #[error("it is a scan, and reading it needs Tesseract 5 with its Japanese data: {0}")]
    NoReader(#[source] seisho_ocr::Error),
}

impl Error {
    /// Its code in the table that `seisho explain` prints.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Extract(error) => error.code(),
            Self::NoReader(_) => Code::X108,
        }
    }

    /// What to tell a person.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Extract(error) => error.message(),
            Self::NoReader(error) => Message::new(
                format!("スキャンです。読み取りには Tesseract 5 と日本語データが要ります（seisho explain X108 に入れ方。{error}）"),
                format!("{self}; seisho explain X108 says how to install it"),
            ),
        }
    }
}
