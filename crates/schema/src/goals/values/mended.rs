//! Values of scans that are nearly ones that are usual in their field.

use crate::goals::drafts::Readings;
use seisho_forms::{Field, FieldKind};
use seisho_japanese::dates::{self, DeadlineKind, FiscalYear};
use seisho_reading::Reader;
use seisho_reading::confidence;
use seisho_reading::mend;
use std::collections::{BTreeMap, BTreeSet};

/// In a scan, a value that the document has once and that is nearly one that it has often is that one.
pub(crate) fn choices(read: &mut [Readings], reader: &Reader<'_>) {
    let fields: BTreeSet<Field> = read.iter().flat_map(|r| r.keys().copied()).filter(|f| f.kind().is_repeated()).collect();
    for field in fields {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for reading in read.iter().filter_map(|r| r.get(&field)).flatten() {
            *counts.entry(reading.text().to_owned()).or_default() += 1;
        }
        for reading in read.iter_mut().filter_map(|r| r.get_mut(&field)).flatten() {
            let doubtful = confidence::of(reader.pages, &reading.run).map_or_else(String::new, |c| c.doubtful);
            let with = mend::choice(reading.text(), &doubtful, &counts).filter(|_| mend::is_scanned(reader.pages, &reading.run));
            if let Some(with) = with {
                reading.edited = mend::replaced(&reading.edited.raw, with);
            }
        }
    }
}

/// In a scan, a deadline that says nothing is the word that it nearly says.
pub(crate) fn deadlines(read: &mut [Readings], year: Option<&FiscalYear>, reader: &Reader<'_>) {
    for reading in read.iter_mut().flatten().filter(|(field, _)| field.kind() == FieldKind::Date).flat_map(|(_, readings)| readings) {
        let says_nothing = dates::deadline(reading.text(), year).kind == DeadlineKind::Other;
        let with = mend::deadline(reading.text()).filter(|_| says_nothing && mend::is_scanned(reader.pages, &reading.run));
        if let Some(with) = with {
            reading.edited = mend::replaced(&reading.edited.raw, with);
        }
    }
}
