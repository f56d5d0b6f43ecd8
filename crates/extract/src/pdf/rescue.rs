//! Characters of embedded CID fonts that carry no table to Unicode: their codes lead to CIDs of
//! Adobe-Japan1, and those to characters. The library does this only for fonts that are not embedded.

use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_cmap::{self, BfString, CMap, CMapName, CidFamily};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

/// The CID fonts of one document.
pub(super) struct Rescue {
    fonts: Vec<CidFont>,
}

struct CidFont {
    /// The embedded program: what a glyph and its font have in common.
    program: Vec<u8>,
    /// From codes to CIDs; none where a code is its CID.
    encoding: Option<CMap>,
    /// From CIDs to characters.
    characters: CMap,
}

impl Rescue {
    /// Looks through the document's fonts, each object once. Costs nothing but that until a glyph asks.
    pub(super) fn new(pdf: &Pdf) -> Self {
        let fonts = pdf.objects().into_iter().filter_map(|object| match object {
            Object::Dict(dict) => cid_font(&dict),
            _ => None,
        });
        Self { fonts: fonts.collect() }
    }

    /// The character of a glyph that the library knows none for.
    pub(super) fn character(&self, glyph: &OutlineGlyph) -> Option<String> {
        let data = glyph.font_data()?;
        let program: &[u8] = (*data.data).as_ref();
        let font = self.fonts.iter().find(|f| f.program == program)?;
        let code = glyph.char_code();
        let cid = match &font.encoding {
            None => code,
            Some(encoding) => encoding.lookup_cid_code(code, 2).or_else(|| encoding.lookup_cid_code(code, 1))?,
        };
        match font.characters.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c.to_string()),
            BfString::String(s) => Some(s),
        }
    }
}

fn cid_font(font: &Dict<'_>) -> Option<CidFont> {
    if font.get::<Name<'_>>("Subtype")?.as_str() != "Type0" {
        return None;
    }
    let descendant = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let system = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let text = |key: &str| system.get::<PdfString<'_>>(key);
    let family = CidFamily::from_registry_ordering(text("Registry")?.as_bytes(), text("Ordering")?.as_bytes());
    let descriptor = descendant.get::<Dict<'_>>("FontDescriptor")?;
    let program = ["FontFile3", "FontFile2"].iter().find_map(|key| descriptor.get::<Stream<'_>>(*key))?.decoded().ok()?.into_owned();
    Some(CidFont { program, encoding: encoding(font)?, characters: embedded(family.ucs2_cmap()?)? })
}

/// The encoding of a font: none inside for Identity, no font at all where it cannot be read.
fn encoding(font: &Dict<'_>) -> Option<Option<CMap>> {
    if let Some(name) = font.get::<Name<'_>>("Encoding") {
        return match name.as_str() {
            "Identity-H" | "Identity-V" => Some(None),
            other => embedded(CMapName::from_bytes(other.as_bytes())).map(Some),
        };
    }
    let stream = font.get::<Stream<'_>>("Encoding")?.decoded().ok()?;
    CMap::parse(&stream, hayro_cmap::load_embedded).map(Some)
}

fn embedded(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(hayro_cmap::load_embedded(name)?, hayro_cmap::load_embedded)
}
