//! Why a source cannot be read at all.

use crate::sniff::Format;
use seisho_model::Code;
use seisho_model::finding::Message;

/// Why a source cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No bytes, or none that leave ink.
    #[error("the file is empty")]
    Empty,
    /// Over the limit.
    #[error("the file has {size} bytes, over the limit of {limit}")]
    TooLarge {
        /// Its bytes.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// A format that this version does not read.
    #[error("the file is {0}, which this version does not read")]
    Unsupported(Format),
}

impl Error {
    /// Its code in the table that `seisho explain` prints.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Empty => Code::X101,
            Self::TooLarge { .. } => Code::X103,
            Self::Unsupported(_) => Code::X102,
        }
    }

    /// What to tell a person.
    #[must_use]
    pub fn message(&self) -> Message {
        let ja = match self {
            Self::Empty => "ファイルが空です（文字が一つもありません）".to_owned(),
            Self::TooLarge { size, limit } => format!("大きすぎます（{size} バイト、上限 {limit} バイト）"),
            Self::Unsupported(format) => format!("内容は{}で、この版では読めません", format.name_ja()),
        };
        Message::new(ja, self.to_string())
    }
}
