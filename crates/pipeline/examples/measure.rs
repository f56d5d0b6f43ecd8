//! What becomes of the kept dumps and of other documents, for `tests/ablate`: a line for every tool and side of the split,
//! and one with a digest for every document. Links no more than the engine, so that it is soon built.
//!
//! ```text
//! measure EACH TABLES ANSWERS OUT FILE...     EACH: 1 for all tables, 8 for every eighth; TABLES: tests/heldout/tables.jsonl.gz; ANSWERS: what the engine of scans said before;
//!                                        OUT: where documents are written, for tools that score them
//! ```

#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

#[path = "../../../tests/heldout/measure.rs"]
mod measure;

use seisho_pipeline::{Engine, Engines, When};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [each, tables, answers, out, files @ ..] = &args[..] else { return Err("measure EACH TABLES ANSWERS OUT FILE...".into()) };
    let each: usize = each.to_string_lossy().parse()?;
    let tables: Vec<measure::Table> = measure::tables(tables).into_iter().step_by(each.max(1)).collect();
    for ((side, tool), tally) in measure::measure(&tables) {
        println!(
            "dumps\t{}\t{tool}\t{}\t{}\t{}\t{}\t{}",
            side.name(),
            tally.fields,
            tally.right,
            tally.sure,
            tally.unsaid.len(),
            tally.digest
        );
    }
    let readers = || Engines::new(When::Auto, Some(answers.clone()));
    let engine = Engine::new(seisho_extract::Options::default())?.with_engines(readers());
    std::fs::create_dir_all(out.join("documents"))?;
    let half = |half: usize| {
        let mut worker = engine.worker();
        for (index, file) in files.iter().enumerate().skip(half).step_by(2) {
            let name = format!("{index}-{}", file.file_name().unwrap_or_default().to_string_lossy());
            println!("document\t{}\t{}", file.display(), convert(&engine, &mut worker, file, &out.join("documents").join(name)));
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| half(0));
        half(1);
    });
    Ok(())
}

/// Writes the document of a file; its digest, or why there is none.
fn convert(engine: &Engine, worker: &mut seisho_pipeline::Worker, file: &Path, to: &Path) -> String {
    let mut written = || -> Result<String, Box<dyn std::error::Error>> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let json = serde_json::to_vec(&engine.convert(&name, &std::fs::read(file)?, worker)?)?;
        std::fs::write(to.with_extension("json"), &json)?;
        Ok(seisho_pipeline::sha256(&json))
    };
    written().unwrap_or_else(|error| format!("failed: {error}"))
}
