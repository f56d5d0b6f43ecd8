#![no_main]
//! Text of any encoding and shape, dumps of tables too.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| seisho_fuzz::convert(bytes));
