//! What the targets share.

use seisho_extract::{Limits, Options};
use seisho_pipeline::{Engine, Engines, When, Worker};
use std::cell::RefCell;

thread_local! {
    static ENGINE: RefCell<(Engine, Worker)> = RefCell::new({
        let engine = Engine::new(Options { limits: Limits { operations: 20_000, ..Limits::default() }, ..Options::default() }).expect("sound data");
        let engine = engine.with_engines(Engines::new(When::Never, None));
        let worker = engine.worker();
        (engine, worker)
    });
}

/// Converts a document and holds it to the laws: nothing panics, nothing is lost or doubled.
pub fn convert(bytes: &[u8]) {
    ENGINE.with_borrow_mut(|(engine, worker)| {
        let Ok(document) = engine.convert("fuzz", bytes, worker) else { return };
        let lost = document.findings.iter().find(|f| f.code == "A001" || f.code == "A002");
        assert!(lost.is_none(), "{lost:?}");
    });
}
