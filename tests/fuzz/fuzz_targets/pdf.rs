#![no_main]
//! PDFs.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| seisho_fuzz::convert(&[b"%PDF-1.7\n", bytes].concat()));
