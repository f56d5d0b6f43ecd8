#![no_main]
//! Pictures, and old files of Excel: what begins with a magic number that the first byte chooses.

const MAGIC: [&[u8]; 6] =
    [b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let magic = MAGIC[usize::from(*first) % MAGIC.len()];
    seisho_fuzz::convert(&if rest.starts_with(magic) { rest.to_vec() } else { [magic, rest].concat() });
});
