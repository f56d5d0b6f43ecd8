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
    #[error("the file is {format}, which this version does not read{}", remedy(*.format, 1))]
    Unsupported {
        /// The format.
        format: Format,
    },
    /// A PDF that needs a password.
    #[error("the PDF needs a password")]
    Encrypted,
    /// A PDF encrypted in a way that is not known.
    #[error("the PDF is encrypted in a way that cannot be read")]
    Cipher,
    /// A PDF that cannot be taken apart.
    #[error("the PDF is damaged: its pages cannot be found")]
    Damaged,
    /// A PDF without any text that can be seen, and no page that is a picture.
    #[error("the PDF has no text, and no page that is a picture")]
    NoText,
    /// A PDF whose only page asks to wait, or for another program: its content is a form that nothing else shows.
    #[error("the PDF has nothing but a page that asks to wait (an XFA form): open it in Adobe Reader, print it to a PDF and convert that")]
    Placeholder,
    /// Over the limit.
    #[error("the PDF has {count} pages, over the limit of {limit}")]
    TooManyPages {
        /// Its pages.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// Over the limit.
    #[error("an image has {pixels} pixels, over the limit of {limit}")]
    TooManyPixels {
        /// Its pixels.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// Over the limit.
    #[error("a stream of the PDF unpacks to more than {limit} bytes")]
    TooLargeStream {
        /// The limit.
        limit: u64,
    },
    /// An image that cannot be decoded.
    #[error("the image is damaged or of a kind that is not read")]
    Picture,
    /// An office file that cannot be taken apart.
    #[error("the office file is damaged: its parts cannot be found or read")]
    Office,
    /// Over the limit.
    #[error("the office file unpacks to more than {limit} bytes")]
    Unpacked {
        /// The limit.
        limit: u64,
    },
    /// A page that draws without end.
    #[error("page {page} draws without end")]
    Runaway {
        /// Which page, from 1.
        page: usize,
    },
}

impl Error {
    /// Its code in the table that `seisho explain` prints.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Empty => Code::X101,
            Self::TooLarge { .. }
            | Self::TooManyPages { .. }
            | Self::TooManyPixels { .. }
            | Self::TooLargeStream { .. }
            | Self::Unpacked { .. }
            | Self::Runaway { .. } => Code::X103,
            Self::Encrypted | Self::Cipher => Code::X105,
            Self::Damaged | Self::Office => Code::X106,
            Self::NoText | Self::Placeholder => Code::X107,
            Self::Picture => Code::X109,
            Self::Unsupported { .. } => Code::X102,
        }
    }

    /// What to tell a person.
    #[must_use]
    pub fn message(&self) -> Message {
        let ja = match self {
            Self::Empty => "ファイルが空です（文字が一つもありません）".to_owned(),
            Self::TooLarge { size, limit } => format!("大きすぎます（{size} バイト、上限 {limit} バイト）"),
            Self::Encrypted => "PDF を開くにはパスワードが要ります".to_owned(),
            Self::Cipher => "PDF の暗号化の方式が分からず、読めません".to_owned(),
            Self::Damaged => "PDF が壊れていて、頁を取り出せません".to_owned(),
            Self::NoText => "PDF に文字がなく、頁を覆う画像もありません".to_owned(),
            Self::Placeholder => {
                "PDF には「お待ちください（Please wait）」という仮の頁しかありません（XFA フォーム）。Adobe Reader で開き、PDF に印刷したものを変換してください".to_owned()
            }
            Self::TooManyPages { count, limit } => format!("頁が多すぎます（{count} 頁、上限 {limit} 頁）"),
            Self::TooManyPixels { pixels, limit } => format!("画像が大きすぎます（{pixels} 画素、上限 {limit} 画素）"),
            Self::TooLargeStream { limit } => format!("PDF のストリームを展開すると大きすぎます（上限 {limit} バイト）"),
            Self::Office => "Word・Excel・OpenDocument のファイルが壊れていて、中身を取り出せません".to_owned(),
            Self::Unpacked { limit } => format!("Word・Excel・OpenDocument のファイルを展開すると大きすぎます（上限 {limit} バイト）"),
            Self::Picture => "画像が壊れているか、扱えない種類です".to_owned(),
            Self::Runaway { page } => format!("{page} 頁の描画が終わりません（壊れているか、細工されています）"),
            Self::Unsupported { format } => format!("内容は{}で、この版では読めません{}", format.name_ja(), remedy(*format, 0)),
        };
        Message::new(ja, self.to_string())
    }
}

/// What to do with a file of a format that is not read.
fn remedy(format: Format, language: usize) -> String {
    let parts = ["。", "; "];
    format.remedy().map_or_else(String::new, |remedy| format!("{}{}", parts[language], remedy[language]))
}
