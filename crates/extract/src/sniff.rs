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
    /// An OpenDocument file that is one part of XML.
    FlatOffice,
    /// PowerPoint, or an OpenDocument presentation.
    Slides,
    /// Word of older days (.doc).
    Doc,
    /// Excel of older days (.xls).
    Xls,
    /// PowerPoint of older days (.ppt).
    Ppt,
    /// Ichitaro (.jtd).
    Ichitaro,
    /// Word, Excel, PowerPoint or OpenDocument behind a password.
    Locked,
    /// A mail of Outlook (.msg).
    Mail,
    /// Another OLE file.
    Ole,
    /// DocuWorks (.xdw, .xbd).
    DocuWorks,
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
    (b"\x60\x0E\x82\x01", Format::DocuWorks),
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
        return if *format == Format::Ole { ole(bytes) } else { *format };
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Format::Pdf;
    }
    if is_flat_office(&bytes[..bytes.len().min(ROOT_WITHIN)]) { Format::FlatOffice } else { Format::Text }
}

/// The root of a flat OpenDocument file names its vocabularies first, which takes some kilobytes.
const ROOT_WITHIN: usize = 16 << 10;

/// Whether XML begins as an OpenDocument file that is no archive.
fn is_flat_office(head: &[u8]) -> bool {
    let bare = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let holds = |words: &[u8]| head.windows(words.len()).any(|w| w == words);
    bare.starts_with(b"<") && holds(b"<office:document ") && holds(b"office:mimetype=")
}

/// What an OLE file holds: names of its streams stand in it as UTF-16.
fn ole(bytes: &[u8]) -> Format {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|w| w == name)
    };
    const NAMES: [(&str, Format); 9] = [
        ("EncryptedPackage", Format::Locked),
        ("WordDocument", Format::Doc),
        ("Workbook", Format::Xls),
        ("Book", Format::Xls),
        ("PowerPoint Document", Format::Ppt),
        ("JSRV_SegmentInformation", Format::Ichitaro),
        ("JSFART", Format::Ichitaro),
        ("DocumentText", Format::Ichitaro),
        ("__substg1.0_", Format::Mail),
    ];
    NAMES.iter().find(|(name, _)| holds(name)).map_or(Format::Ole, |(_, format)| *format)
}

impl Format {
    /// How a readable file is made of it, Japanese and English; none where nobody can tell.
    #[must_use]
    pub fn remedy(self) -> Option<[&'static str; 2]> {
        Some(match self {
            Self::Doc | Self::Rtf => {
                ["Word で開き、「名前を付けて保存」で docx か PDF にしてください", "open it in Word and save it as docx or PDF"]
            }
            Self::Xls => ["Excel で開き、「名前を付けて保存」で xlsx か PDF にしてください", "open it in Excel and save it as xlsx or PDF"],
            Self::Ppt | Self::Slides => ["PowerPoint で開き、PDF で保存してください", "open it in PowerPoint and save it as PDF"],
            Self::Ichitaro => ["一太郎で開き、「PDF に保存」してください", "open it in Ichitaro and save it as PDF"],
            Self::Locked => {
                ["Office で開き、パスワードを外して保存し直してください", "open it in Office, take the password off and save it again"]
            }
            Self::DocuWorks => [
                "DocuWorks Desk で「PDF に変換」するか、PDF として印刷してください",
                "convert it to PDF in DocuWorks Desk, or print it as PDF",
            ],
            Self::Mail => ["Outlook で開き、添付の文書を取り出してください", "open it in Outlook and save the documents attached to it"],
            Self::Zip => ["書庫なら展開し、中の文書を渡してください", "if it is an archive, unpack it and name the documents in it"],
            Self::Ole => ["作ったソフトで開き、PDF で保存してください", "open it in the program that made it and save it as PDF"],
            _ => return None,
        })
    }

    /// In Japanese.
    #[must_use]
    pub fn name_ja(self) -> &'static str {
        match self {
            Self::Empty => "空",
            Self::Text => "テキスト",
            Self::Pdf => "PDF",
            Self::Image => "画像",
            Self::Zip => "ZIP（Word・Excel などの文書を含む）",
            Self::FlatOffice => "OpenDocument（fodt・fods）",
            Self::Slides => "PowerPoint（pptx など）",
            Self::Doc => "旧形式の Word（.doc）",
            Self::Xls => "旧形式の Excel（.xls）",
            Self::Ppt => "旧形式の PowerPoint（.ppt）",
            Self::Ichitaro => "一太郎（.jtd）",
            Self::Locked => "パスワードの付いた Word・Excel・PowerPoint・OpenDocument",
            Self::Mail => "Outlook のメール（.msg）",
            Self::Ole => "旧形式の Office などの文書",
            Self::DocuWorks => "DocuWorks（.xdw）",
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
            Self::FlatOffice => "an OpenDocument file (fodt, fods)",
            Self::Slides => "a presentation (pptx or the like)",
            Self::Doc => "an older Word file (.doc)",
            Self::Xls => "an older Excel file (.xls)",
            Self::Ppt => "an older PowerPoint file (.ppt)",
            Self::Ichitaro => "an Ichitaro file (.jtd)",
            Self::Locked => "a Word, Excel, PowerPoint or OpenDocument file behind a password",
            Self::Mail => "a mail of Outlook (.msg)",
            Self::Ole => "an older office file",
            Self::DocuWorks => "a DocuWorks file (.xdw)",
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
        assert_eq!(sniff(b"<?xml version=\"1.0\"?>\n<office:document xmlns:a=\"b\" office:mimetype=\"c\">"), Format::FlatOffice);
    }
}
