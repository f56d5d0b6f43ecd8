#![no_main]
//! Profiles: a text that is no form is refused; one that is a form maps a document, well or badly.

use seisho_japanese::tokenizer::Tokenizer;
use seisho_forms::Forms;
use seisho_reading::Mender;
use seisho_schema::Options;

const HEAD: &str = include_str!("../../../data/profiles/head.toml");
const GOALS: &str = include_str!("../../../data/profiles/goal-table.toml");
const POLICY: &str = include_str!("../../../data/profiles/policy.toml");
const DOCUMENT: &[u8] = include_bytes!("../../../fixtures/documents/goals-pipes.md");

libfuzzer_sys::fuzz_target!(|text: &str| {
    let read = [Forms::read(text, GOALS, POLICY), Forms::read(HEAD, text, POLICY), Forms::read(HEAD, GOALS, text)];
    for forms in read.into_iter().flatten() {
        let extracted = seisho_extract::read(DOCUMENT, &seisho_extract::Options::default()).expect("a document").output;
        let layout = seisho_layout::lay_out(&extracted.pages, extracted.media_type).output;
        let mut worker = Tokenizer::new().expect("sound data").worker();
        seisho_schema::map(&extracted.pages, &layout, &forms, &Mender::built_in(), &Options::default(), &mut worker);
    }
});
