//! The program as its users meet it: files in, records out. One binary; each module says what it guards.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod apart;
mod audit;
mod batches;
mod boxed;
mod cli;
mod constants;
mod determinism;
mod docs;
mod drawn_dumps;
mod dumps;
mod encodings;
mod evidence;
mod export;
mod fallback;
mod files;
mod findings;
mod forms_unseen;
mod golden;
mod handover;
mod heldout;
mod hostile;
mod house;
mod inspect;
mod joins;
mod kinds;
mod kinds_html;
mod library;
mod licences;
mod net;
mod office;
mod office_drawn;
mod office_numbers;
mod office_texts;
mod originals;
mod parts;
mod print;
mod profiles;
mod queue;
mod readback;
mod render;
mod safety;
#[expect(dead_code, reason = "the benchmark measures more")]
mod scanner;
mod scans;
mod schema;
mod shared;
mod sheets;
mod support;
mod tables;
mod unseen;
mod workers;
