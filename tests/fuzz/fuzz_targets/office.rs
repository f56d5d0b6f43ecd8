#![no_main]
//! Files of Office: the first byte says which, the rest is its text; and whole archives, as they come.

use seisho_fuzz::office;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    seisho_fuzz::convert(&office(*first, rest));
});
