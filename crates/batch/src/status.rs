//! How far the run in a folder of results is, whether it is running, stopped or finished.

use crate::Error;
use crate::files::Writer;
use crate::journal::{Kept, Origins, entry_at};
use seisho_model::output;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Whether a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A process is writing into the folder.
    Running,
    /// All inputs are done.
    Finished,
    /// It was stopped; the same batch goes on.
    Stopped,
}

/// How far the run in a folder of results is.
#[derive(Clone, Debug)]
pub struct Status {
    /// Whether it goes on.
    pub state: State,
    /// Its inputs.
    pub inputs: u64,
    /// Inputs that are done.
    pub done: u64,
    /// Of those, documents that were written.
    pub converted: u64,
    /// Of those, inputs that failed.
    pub failed: u64,
    /// Of those, inputs that are no documents.
    pub skipped: u64,
    /// Pages of the documents.
    pub pages: u64,
    /// How many failed for which code.
    pub reasons: BTreeMap<String, u64>,
    /// When it was begun (RFC 3339) and by which process, unless it is finished.
    pub begun: Option<(String, u32)>,
    /// A path in its journal that leads out of the folder: no run has written it, and nothing was read from there on.
    pub foreign: Option<String>,
}

/// Looks at a folder of results.
///
/// # Errors
/// When no run has written into it.
pub fn status(dir: &Path) -> Result<Status, Error> {
    let (kept, file) = Kept::look(dir).ok_or_else(|| Error::NoRun(dir.to_owned()))?;
    let state = match (Kept::is_in_use(dir), kept.finished) {
        (true, _) => State::Running,
        (false, true) => State::Finished,
        (false, false) => State::Stopped,
    };
    let done = kept.entries.len() as u64;
    let mut status = Status {
        state,
        inputs: kept.start.as_ref().map_or(done, |s| s.inputs.max(done)),
        done,
        converted: 0,
        failed: 0,
        skipped: 0,
        pages: 0,
        reasons: BTreeMap::new(),
        begun: kept.start.filter(|_| !kept.finished).map(|start| (start.at, start.process)),
        foreign: kept.foreign,
    };
    for entry in kept.entries.values().filter_map(|&at| entry_at(&file, at)) {
        match entry.manifest.status {
            output::Status::Converted => status.converted += 1,
            output::Status::Skipped => status.skipped += 1,
            output::Status::Failed => {
                status.failed += 1;
                *status.reasons.entry(entry.manifest.code.unwrap_or_default()).or_default() += 1;
            }
        }
        status.pages += entry.manifest.counts.map_or(0, |c| c.pages);
    }
    Ok(status)
}

/// Where the results in a folder came from.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The files and folders that were named.
    pub roots: Vec<PathBuf>,
    /// Where the source of each result was, by its path in the results.
    pub sources: BTreeMap<String, PathBuf>,
    /// Writes to everything but the inputs: for what the caller makes of the results.
    pub writer: Writer,
}

/// The inputs of a folder of results, those too that have changed since. None where the results came from elsewhere.
#[must_use]
pub fn inputs(dir: &Path) -> Inputs {
    let origins = Origins::read(dir);
    let file = |(path, root): (&str, &str)| {
        let root = Path::new(root);
        (path.to_owned(), if root.is_dir() { root.join(path) } else { root.to_owned() })
    };
    let sources = origins.by_path().into_iter().map(file).collect();
    Inputs { roots: origins.roots().map(Path::to_owned).collect(), sources, writer: Writer::sparing(origins.files()) }
}
