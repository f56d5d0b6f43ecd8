//! What kind of file the bytes are. Looks at content only: names lie.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Nothing at all.
    Empty,
    /// Text of some encoding, until decoding shows otherwise.
    Text,
    /// PDF.
    Pdf,
    /// TIFF, PNG, JPEG, JPEG 2000, GIF or BMP.
    Image,
    /// A ZIP archive, as which Word, Excel and OpenDocument files come too.
    Zip,
    /// An OLE file: Word, Excel or Ichitaro of older days.
    Ole,
    /// Rich Text Format.
    Rtf,
    /// Bytes that are no text in any encoding that is known here.
    Binary,
}

/// First bytes of formats that are not text.
const MAGIC: &[(&[u8], Format)] = &[
    (b"\x89PNG\r\n\x1a\n", Format::Image),
    (b"\xFF\xD8\xFF", Format::Image),
    (b"II*\0", Format::Image),
    (b"MM\0*", Format::Image),
    (b"\0\0\0\x0CjP  ", Format::Image),
    (b"GIF8", Format::Image),
    (b"PK\x03\x04", Format::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
    (b"{\\rtf", Format::Rtf),
    (b"\x1F\x8B", Format::Binary),
    (b"\x7FELF", Format::Binary),
];

/// A PDF header may stand behind other bytes; readers look for it in the first kilobyte.
const PDF_HEADER_WITHIN: usize = 1024;

/// What kind of file the bytes are.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Format {
    if bytes.is_empty() {
        return Format::Empty;
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *format;
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if head.windows(5).any(|w| w == b"%PDF-") { Format::Pdf } else { Format::Text }
}

impl Format {
    /// In Japanese.
    #[must_use]
    pub fn name_ja(self) -> &'static str {
        match self {
            Self::Empty => "空",
            Self::Text => "テキスト",
            Self::Pdf => "PDF",
            Self::Image => "画像",
            Self::Zip => "ZIP（Word・Excel などの文書を含む）",
            Self::Ole => "旧形式の Word・Excel・一太郎など",
            Self::Rtf => "リッチテキスト（RTF）",
            Self::Binary => "文字でないデータ",
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::Text => "text",
            Self::Pdf => "a PDF",
            Self::Image => "an image",
            Self::Zip => "a ZIP archive (Word, Excel and the like among them)",
            Self::Ole => "an older Word, Excel or Ichitaro file",
            Self::Rtf => "rich text (RTF)",
            Self::Binary => "binary data",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        assert_eq!(sniff(b""), Format::Empty);
        assert_eq!(sniff(b"\n\n%PDF-1.7\n"), Format::Pdf);
        assert_eq!(sniff(b"PK\x03\x04rest"), Format::Zip);
        assert_eq!(sniff("令和8年".as_bytes()), Format::Text);
    }
}
