//! Pages that are pictures: which they are, whether they are read, and what their text layer says besides.

use crate::{Error, Watcher, Worker};
use seisho_extract::{Options, Pictures};
use seisho_model::codes::failure::{x108, x109};
use seisho_model::ink::{GlyphMark, Hidden, Origin};
use seisho_model::layout::StandIn;
use seisho_model::scan::Mark;
use seisho_model::{Finding, Page, Pages, Reported};
use seisho_ocr::{Engines, When};
use seisho_reading::mend::text_layer;

/// Pages of which none is a picture any more, where they could be read.
pub(crate) struct Read {
    pub(crate) pages: Pages,
    /// Letters that the text layers of scans say better.
    pub(crate) stand_ins: Vec<StandIn>,
}

/// Reads the pages that are pictures.
pub(crate) fn read(
    mut pages: Pages,
    bytes: &[u8],
    extraction: &Options,
    engines: &Engines,
    watcher: Option<&Watcher>,
    worker: &mut Worker,
) -> Result<Reported<Read>, Error> {
    let is_picture = |p: &Page| p.ink.as_ref().is_some_and(|i| i.origin == Origin::Picture);
    let indices: Vec<usize> = (0..pages.0.len()).filter(|&i| is_picture(&pages.0[i])).collect();
    let (mut stand_ins, mut findings) = (Vec::new(), Vec::new());
    if indices.is_empty() {
        return Ok(Reported { output: Read { pages, stand_ins }, findings });
    }
    let all = indices.len() == pages.0.len();
    if engines.when == When::Never {
        if all {
            return Err(seisho_extract::Error::NoText.into());
        }
        findings.push(unread(&indices));
        return Ok(Reported { output: Read { pages, stand_ins }, findings });
    }
    let ocr = match &mut worker.ocr {
        Some(ocr) => ocr,
        none => match engines.engine() {
            Ok(reader) => none.insert(reader),
            Err(error) if all => return Err(Error::NoReader(error)),
            Err(_) => {
                findings.push(unread(&indices));
                return Ok(Reported { output: Read { pages, stand_ins }, findings });
            }
        },
    };
    let source = Pictures::open(bytes, extraction)?;
    let watched = watcher.map(|watcher| &**watcher as &(dyn Fn(usize, usize) + Sync));
    let scans = seisho_scan::Pages {
        indices: &indices,
        picture: &|index| source.picture(index),
        regions: &seisho_layout::regions,
        engine: &|| engines.engine().ok(),
        threads: engines.threads,
        watcher: watched,
    };
    let done = seisho_scan::read_pages(&scans, ocr.as_mut());
    let mut failed = Vec::new();
    for (&index, outcome) in indices.iter().zip(done) {
        match outcome {
            Ok(read) => {
                let layer: Vec<Hidden> = pages.0[index].ink.iter().flat_map(|i| i.hidden.clone()).collect();
                let said = text_layer::compare(index, &layer, &read.page, &read.parts, &mut worker.words);
                let overruled = said.stand_ins.iter().map(|s| GlyphMark { range: s.piece.range, mark: Mark::Overruled });
                let page = read.page.with_marks(overruled);
                stand_ins.extend(said.stand_ins);
                findings.extend(said.findings);
                findings.extend(read.findings);
                pages.0[index] = page;
            }
            Err(error) => failed.push((index, error)),
        }
    }
    if failed.len() == pages.0.len()
        && let Some((_, error)) = failed.pop()
    {
        return Err(error.into());
    }
    findings.extend(failed.iter().map(|(index, error)| x109::undecoded(index + 1, &error.message())));
    Ok(Reported { output: Read { pages, stand_ins }, findings })
}

fn unread(pictures: &[usize]) -> Finding {
    x108::unread(&pictures.iter().map(|i| i + 1).collect::<Vec<_>>())
}
