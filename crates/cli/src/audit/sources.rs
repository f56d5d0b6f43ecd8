//! The sources of results beside their values: pictures of pages, lines of texts. What is gone or has changed since is
//! said, and not shown.

use super::results;
use crate::screen::lang::Stop;
use seisho_extract::{Options, Pictures, read};
use seisho_inspect::{Fonts, Paper, scan};
use seisho_model::record::{Document, Method};
use seisho_pipeline::sha256;
use seisho_review::{Item, Picture, Sheet, Spot};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Where sources are, and where pictures of them go.
pub(crate) struct Sources {
    /// By path, as they were when they were converted.
    pub(crate) places: BTreeMap<String, PathBuf>,
    /// Elsewhere, where somebody says so.
    pub(crate) folder: Option<PathBuf>,
    /// The folder of pictures; none where they stand in the page itself.
    pub(crate) pictures: Option<PathBuf>,
    /// Fonts of this machine, for PDFs that bring none.
    pub(crate) fonts: Fonts,
}

/// Lines around a value that are shown too.
const AROUND: u32 = 4;

impl Sources {
    /// A document with what its values need to be seen.
    pub(crate) fn sheet(&self, document: &Document, items: &[Item], named: seisho_audit::ledger::Named) -> Result<Sheet, Stop> {
        let source = &document.source;
        let mut sheet = Sheet {
            path: source.path.clone(),
            sha256: source.sha256.clone(),
            named,
            missing: None,
            pages: BTreeMap::new(),
            lines: BTreeMap::new(),
        };
        let place = self.folder.as_ref().map(|folder| folder.join(&source.path)).or_else(|| self.places.get(&source.path).cloned());
        let most = Options::default().limits.bytes;
        match place.and_then(|place| seisho_batch::read_file(&place, most).ok()) {
            None => sheet.missing = Some("gone"),
            Some(bytes) if sha256(&bytes) != source.sha256 => sheet.missing = Some("changed"),
            Some(bytes) => self.show(document, bytes, items, &mut sheet)?,
        }
        Ok(sheet)
    }

    fn show(&self, document: &Document, bytes: Vec<u8>, items: &[Item], sheet: &mut Sheet) -> Result<(), Stop> {
        let spots = || items.iter().flat_map(|item| &item.at);
        let pages: BTreeSet<u32> = spots().filter_map(|s| if let Spot::Box { page, .. } = s { Some(*page) } else { None }).collect();
        let lines: BTreeSet<u32> = spots()
            .filter_map(|s| if let Spot::Line { line, .. } = s { Some(*line) } else { None })
            .flat_map(|line| line.saturating_sub(AROUND)..=line + AROUND)
            .collect();
        if !lines.is_empty() {
            sheet.lines = text_of(&bytes, &lines);
        }
        if pages.is_empty() {
            return Ok(());
        }
        let is_read = document.source.method == Method::Ocr;
        let scans = if is_read { Pictures::open(&bytes, &Options::default()).ok() } else { None };
        let paper = if document.source.media_type == "application/pdf" { Paper::open(bytes.clone(), "", &self.fonts) } else { None };
        for page in pages {
            let index = page as usize - 1;
            let picture = scans.as_ref().and_then(|s| s.picture(index).ok());
            let drawn = match picture.and_then(|p| Some((scan(&p).ok()?, (p.page.0.points(), p.page.1.points())))) {
                Some((png, size)) => Some(("png", "image/png", png, size)),
                None => paper.as_ref().and_then(|p| p.page(index)).map(|(svg, size)| ("svg", "image/svg+xml", svg.into_bytes(), size)),
            };
            let Some((ending, media_type, bytes, size)) = drawn else { continue };
            let picture = match &self.pictures {
                None => Picture::inside(size, media_type, &bytes),
                Some(folder) => {
                    let name = format!("{}-{page}.{ending}", &sheet.sha256[..16]);
                    results::write(&folder.join("pages").join(&name), &bytes)?;
                    Picture { w: size.0, h: size.1, src: format!("pages/{name}") }
                }
            };
            sheet.pages.insert(page, picture);
        }
        Ok(())
    }
}

/// Lines of a text source, by number.
fn text_of(bytes: &[u8], wanted: &BTreeSet<u32>) -> BTreeMap<u32, String> {
    let Ok(read) = read(bytes, &Options::default()) else { return BTreeMap::new() };
    let whole = read.output.pages.0.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\u{c}");
    let lines = whole.replace("\r\n", "\n").replace('\r', "\n");
    (1..).zip(lines.split('\n')).filter(|(n, _)| wanted.contains(n)).map(|(n, line)| (n, line.replace('\u{c}', "\u{240c}"))).collect()
}

/// The folder that a page and its pictures go to, and the page itself.
pub(crate) fn target(to: &Path) -> (Option<PathBuf>, PathBuf) {
    let is_file = to.extension().is_some_and(|e| e.eq_ignore_ascii_case("html"));
    if is_file { (None, to.to_owned()) } else { (Some(to.to_owned()), to.join("index.html")) }
}
