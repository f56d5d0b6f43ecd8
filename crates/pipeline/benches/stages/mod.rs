//! The stages of [`seisho_pipeline::Engine::convert`], one by one, with the time of each. For the benchmarks.

use seisho_audit::Holdings;
use seisho_extract::Options;
use seisho_forms::Forms;
use seisho_japanese::tokenizer::Worker;
use seisho_model::record::Document;
use seisho_pipeline::{assemble, records};
use seisho_reading::Mender;
use std::time::Instant;

/// The stages, in the order of [`by_stages`].
pub(crate) const STAGES: [&str; 7] = ["extract", "layout", "schema", "audit", "assemble", "JSON", "free"];

/// The document and its records as `seisho convert` writes them.
pub(crate) fn json(document: &Document) -> Vec<u8> {
    let mut out = serde_json::to_vec_pretty(document).expect("a document is JSON");
    for record in records(document) {
        out.push(b'\n');
        serde_json::to_writer(&mut out, &record).expect("a record is JSON");
    }
    out
}

/// What [`Engine::convert`] does, with the seconds of each stage.
pub(crate) fn by_stages((path, bytes): (&str, &[u8]), forms: &Forms, worker: &mut Worker, seconds: &mut [f64; STAGES.len()]) -> Vec<u8> {
    let mut last = Instant::now();
    let mut done = |stage: usize| {
        let now = Instant::now();
        seconds[stage] += (now - last).as_secs_f64();
        last = now;
    };
    let mut findings = Vec::new();
    let extracted = seisho_extract::read(bytes, &Options::default()).expect("it was read before").unpack(&mut findings);
    done(0);
    let layout = seisho_layout::lay_out(&extracted.pages, extracted.media_type).unpack(&mut findings);
    done(1);
    let mut mapped = seisho_schema::map(&extracted.pages, &layout, forms, &Mender::built_in(), &seisho_schema::Options::default(), worker);
    findings.append(&mut mapped.findings);
    done(2);
    let holdings = Holdings { values: &mapped.claimed, remainder: &mapped.left, markup: &layout.markup };
    findings.extend(seisho_audit::coverage(&extracted.pages, &holdings));
    done(3);
    let document = assemble(path, bytes, &extracted, None, mapped.body, findings, None);
    done(4);
    let out = json(&document);
    done(5);
    drop((extracted, layout, document));
    done(6);
    out
}
