//! Streams that are small until they are unpacked. The PDF library unpacks a stream as a whole; those that may not fit
//! into memory are counted first, without being kept.

use crate::Error;
use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Object, Stream};
use std::io::Read;

/// Deflate makes no more of a byte.
const LARGEST_RATIO: u64 = 1032;

/// An error where a stream unpacks to more than `most` bytes. Streams of other kinds than Flate are left to the limits
/// on pixels and on the memory of the process.
pub(super) fn check(pdf: &Pdf, most: u64) -> Result<(), Error> {
    for object in pdf.objects() {
        if let Object::Stream(stream) = object {
            check_stream(&stream, most)?;
        }
    }
    Ok(())
}

fn check_stream(stream: &Stream<'_>, most: u64) -> Result<(), Error> {
    // The library does not export its kinds of filters, only how they print.
    let times = stream.filters().iter().take_while(|f| format!("{f:?}") == "FlateDecode").count();
    let data = stream.raw_data();
    let ratio = LARGEST_RATIO.saturating_pow(times as u32);
    if times > 0 && (data.len() as u64).saturating_mul(ratio) > most && unpacked(&data, times, most) > most {
        return Err(Error::TooLargeStream { limit: most });
    }
    Ok(())
}

/// Bytes to which data unpacks that was packed so many times, up to the first one over `most`.
fn unpacked(data: &[u8], times: usize, most: u64) -> u64 {
    let packed: Box<dyn Read + '_> = Box::new(data);
    let unpacker = (0..times).fold(packed, |inner, _| Box::new(ZlibDecoder::new(inner)));
    // What is damaged ends where the damage is, for the PDF library too.
    let (mut unpacker, mut part, mut count) = (unpacker.take(most + 1), vec![0; 1 << 16], 0);
    while let Ok(n @ 1..) = unpacker.read(&mut part) {
        count += n as u64;
    }
    count
}
