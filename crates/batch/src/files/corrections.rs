//! The ledger of an office: the lines of a file, read and checked before anything is converted.

use super::read::open;
use crate::Error;
use seisho_audit::ledger::{self, Correction};
use std::io::Read;
use std::path::Path;

/// A ledger is not larger than this, in bytes: a line has some hundreds, and goes to every worker process.
const LARGEST: u64 = 256 << 20;

/// The lines of a ledger, in their order.
///
/// # Errors
/// When it cannot be read, or the first line that is none of a ledger.
pub fn load(file: &Path) -> Result<Vec<Correction>, Error> {
    let fault = |line: Option<usize>, what: String| Error::Corrections { file: file.to_owned(), line, what };
    let mut text = String::new();
    let source = open(file).map_err(|e| fault(None, e.to_string()))?;
    source.take(LARGEST).read_to_string(&mut text).map_err(|e| fault(None, e.to_string()))?;
    // Editors of Windows put a mark before the text.
    ledger::parse(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|(line, what)| fault(Some(line), what))
}
