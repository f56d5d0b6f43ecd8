//! The sources of results beside their values: pictures of pages, lines of texts. What is gone or has changed since is
//! said, and not shown.

use super::results;
use crate::screen::lang::Stop;
use seisho_audit::ledger::Named;
use seisho_extract::{Options, Pictures, read};
use seisho_inspect::{Fonts, Paper, Raster, scan};
use seisho_model::record::{Document, Method};
use seisho_pipeline::sha256;
use seisho_review::book::{Cut, Shown};
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
    /// The password of encrypted PDFs.
    pub(crate) password: String,
}

/// Lines around a value that are shown too.
const AROUND: u32 = 4;

impl Sources {
    /// A document with what its values need to be seen.
    pub(crate) fn sheet(&self, document: &Document, items: &[Item], named: Named) -> Result<Sheet, Stop> {
        let (mut sheet, bytes) = self.open(document, named);
        if let Some(bytes) = bytes {
            self.lines(&bytes, items, &mut sheet);
            self.show(document, &bytes, items, &mut sheet)?;
        }
        Ok(sheet)
    }

    /// The same for a workbook: each value with its own parts of pages.
    pub(crate) fn cut(&self, document: &Document, items: &[Item], named: Named) -> (Sheet, Vec<Shown>) {
        let (mut sheet, bytes) = self.open(document, named);
        let mut shown = vec![Shown::default(); items.len()];
        if let Some(bytes) = bytes {
            self.lines(&bytes, items, &mut sheet);
            let numbers = pages(items);
            let pages = if numbers.is_empty() { Pages::default() } else { self.pages(document, &bytes) };
            sheet.missing = pages.missing().filter(|_| !numbers.is_empty());
            for page in numbers {
                let Some(raster) = pages.raster(page) else { continue };
                for (item, shown) in items.iter().zip(&mut shown) {
                    let boxes: Vec<[f64; 4]> = item.at.iter().filter_map(|s| s.on(page)).collect();
                    if let Ok(Some(crop)) = raster.crop(&boxes) {
                        shown.cuts.push(Cut { png: crop.png, size: (crop.width, crop.height) });
                    }
                }
            }
        }
        (sheet, shown)
    }

    /// A document, and its source where that is as it was.
    fn open(&self, document: &Document, named: Named) -> (Sheet, Option<Vec<u8>>) {
        let source = &document.source;
        let (path, id, also) = (source.document(), source.id(), Vec::new());
        let mut sheet = Sheet { path, sha256: id, also, named, missing: None, pages: BTreeMap::new(), lines: BTreeMap::new() };
        let place = self.folder.as_ref().map(|folder| folder.join(&source.path)).or_else(|| self.places.get(&source.path).cloned());
        let most = Options::default().limits.bytes;
        let bytes = match place.and_then(|place| seisho_batch::read_file(&place, most).ok()) {
            Some(bytes) if sha256(&bytes) == source.sha256 => Some(bytes),
            found => {
                sheet.missing = Some(if found.is_none() { "gone" } else { "changed" });
                None
            }
        };
        (sheet, bytes)
    }

    /// The lines of a text source around its values.
    fn lines(&self, bytes: &[u8], items: &[Item], sheet: &mut Sheet) {
        let lines: BTreeSet<u32> = items
            .iter()
            .flat_map(|item| &item.at)
            .filter_map(|s| if let Spot::Line { line, .. } = s { Some(*line) } else { None })
            .flat_map(|line| line.saturating_sub(AROUND)..=line + AROUND)
            .collect();
        if !lines.is_empty() {
            sheet.lines = text_of(bytes, &lines, &self.options());
        }
    }

    fn options(&self) -> Options {
        Options { password: self.password.clone(), ..Options::default() }
    }

    fn pages<'b>(&self, document: &Document, bytes: &'b [u8]) -> Pages<'b> {
        let is_read = document.source.method == Method::Ocr;
        let is_pdf = document.source.media_type == "application/pdf";
        Pages {
            scans: if is_read { Pictures::open(bytes, &self.options()).ok() } else { None },
            paper: if is_pdf { Paper::open(bytes.to_vec(), &self.password, &self.fonts) } else { None },
        }
    }

    fn show(&self, document: &Document, bytes: &[u8], items: &[Item], sheet: &mut Sheet) -> Result<(), Stop> {
        let numbers = pages(items);
        if numbers.is_empty() {
            return Ok(());
        }
        let pages = self.pages(document, bytes);
        sheet.missing = pages.missing();
        for page in numbers {
            let Some(Drawn { ending, media_type, bytes, size }) = pages.drawn(page) else { continue };
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

/// Numbers of the pages on which values stand.
fn pages(items: &[Item]) -> BTreeSet<u32> {
    items.iter().flat_map(|item| &item.at).filter_map(|s| if let Spot::Box { page, .. } = s { Some(*page) } else { None }).collect()
}

/// Pages of a source that can be drawn.
#[derive(Default)]
struct Pages<'b> {
    scans: Option<Pictures<'b>>,
    paper: Option<Paper>,
}

/// A page as a picture.
struct Drawn {
    ending: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
    /// In points.
    size: (f64, f64),
}

impl Pages<'_> {
    /// Why none of them can be drawn.
    fn missing(&self) -> Option<&'static str> {
        (self.scans.is_none() && self.paper.is_none()).then_some("unreadable")
    }

    fn scanned(&self, page: u32) -> Option<seisho_model::scan::Picture> {
        self.scans.as_ref()?.picture(page as usize - 1).ok()
    }

    fn paper(&self, page: u32) -> Option<(String, (f64, f64))> {
        self.paper.as_ref()?.page(page as usize - 1)
    }

    fn drawn(&self, page: u32) -> Option<Drawn> {
        let scanned = self.scanned(page).and_then(|p| Some((scan(&p).ok()?, (p.page.0.points(), p.page.1.points()))));
        match scanned {
            Some((bytes, size)) => Some(Drawn { ending: "png", media_type: "image/png", bytes, size }),
            None => self.paper(page).map(|(svg, size)| Drawn { ending: "svg", media_type: "image/svg+xml", bytes: svg.into_bytes(), size }),
        }
    }

    fn raster(&self, page: u32) -> Option<Raster> {
        match self.scanned(page) {
            Some(picture) => Some(Raster::of_scan(&picture)),
            None => Raster::of_svg(&self.paper(page)?.0).ok(),
        }
    }
}

/// Lines of a text source, by number.
fn text_of(bytes: &[u8], wanted: &BTreeSet<u32>, options: &Options) -> BTreeMap<u32, String> {
    let Ok(read) = read(bytes, options) else { return BTreeMap::new() };
    let whole = read.output.pages.0.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\u{c}");
    let lines = whole.replace("\r\n", "\n").replace('\r', "\n");
    (1..).zip(lines.split('\n')).filter(|(n, _)| wanted.contains(n)).map(|(n, line)| (n, line.replace('\u{c}', "\u{240c}"))).collect()
}

/// What a review is written as.
pub(crate) enum Target {
    /// A page, with its pictures in a folder or in itself.
    Page(Option<PathBuf>, PathBuf),
    /// A workbook.
    Book(PathBuf),
}

impl Target {
    pub(crate) fn of(to: &Path) -> Self {
        let ends = |ending: &str| to.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
        match () {
            () if ends("xlsx") => Self::Book(to.to_owned()),
            () if ends("html") => Self::Page(None, to.to_owned()),
            () => Self::Page(Some(to.to_owned()), to.join("index.html")),
        }
    }
}
