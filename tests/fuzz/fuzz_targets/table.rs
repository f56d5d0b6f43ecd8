#![no_main]
//! Tables in HTML, or with tabs, whichever the first byte says.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let head = if first % 2 == 0 { "<table><tr><td>番号<td>実施項目<td>どの水準まで<td>いつまで<tr>" } else { "番号\t実施項目\tどの水準まで\tいつまで\n" };
    seisho_fuzz::convert(&[head.as_bytes(), rest].concat());
});
