//! Records what the text recognition of this machine says of every crop of some documents, so that conversions of them can
//! be repeated without it: `seisho convert --tesseract RECORDING`.
//!
//! `cargo run --profile fast -p seisho-pipeline --example record_ocr -- RECORDING INPUT...`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the shell")]

use seisho_extract::Options;
use seisho_ocr::{Library, Recorder, Recording, Tesseract};
use seisho_pipeline::Engine;
use std::error::Error;
use std::fs::File;
use std::sync::{Arc, Mutex, PoisonError};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let to = args.next().ok_or("which file?")?;
    let kept = Arc::new(Mutex::new(Recording::default()));
    let library = Library::load(None)?;
    let engine = Engine::new(Options::default())?;
    let files = args.flat_map(|root| walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten());
    for file in files.filter(|f| f.file_type().is_file()) {
        let Ok(bytes) = std::fs::read(file.path()) else { continue };
        let mut worker = engine.worker_with(Box::new(Recorder::new(Tesseract::new(&library)?, Arc::clone(&kept))));
        let before = kept.lock().unwrap_or_else(PoisonError::into_inner).len();
        // What cannot be read has nothing to record.
        let _ = engine.convert(&file.path().to_string_lossy(), &bytes, &mut worker);
        let after = kept.lock().unwrap_or_else(PoisonError::into_inner).len();
        if after > before {
            println!("{}: {} crops", file.path().display(), after - before);
        }
    }
    kept.lock().unwrap_or_else(PoisonError::into_inner).write(File::create(to)?)?;
    Ok(())
}
