//! Streams that are small until they are unpacked. The PDF library unpacks a stream as a whole; those that may not fit
//! into memory are counted first, without being kept.

use crate::Error;
use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Object, Stream};
use std::io::Read;

/// Deflate makes no more of a byte.
const LARGEST_RATIO: u64 = 1032;

/// What a JPEG 2000 codestream begins with: its start, and the marker of its sizes.
const JPEG_2000_SIZES: [u8; 4] = [0xFF, 0x4F, 0xFF, 0x51];

/// An error where a stream unpacks to more than `most` bytes, or to a JPEG 2000 image of more than `pixels`. Streams of
/// other kinds are left to the limits on pixels and on the memory of the process.
pub(super) fn check(pdf: &Pdf, most: u64, pixels: u64) -> Result<(), Error> {
    for object in pdf.objects() {
        if let Object::Stream(stream) = object {
            check_stream(&stream, most)?;
            check_picture(&stream, pixels)?;
        }
    }
    Ok(())
}

/// The library takes memory for the sizes that such an image claims, before the image is drawn, and panics on those that
/// no memory has.
fn check_picture(stream: &Stream<'_>, limit: u64) -> Result<(), Error> {
    let is_jpeg_2000 = stream.filters().first().is_some_and(|f| format!("{f:?}").eq_ignore_ascii_case("JpxDecode"));
    match is_jpeg_2000.then(|| claimed(&stream.raw_data())).flatten() {
        Some(pixels) if pixels > limit => Err(Error::TooManyPixels { pixels, limit }),
        _ => Ok(()),
    }
}

/// The pixels that a JPEG 2000 image claims to have.
fn claimed(data: &[u8]) -> Option<u64> {
    let at = data.windows(JPEG_2000_SIZES.len()).position(|window| window == JPEG_2000_SIZES)?;
    // Behind the marker, the length of the segment and the capabilities: the far corner, then the near one.
    let mut numbers = data.get(at + 8..at + 24)?.as_chunks::<4>().0.iter().map(|&bytes| u64::from(u32::from_be_bytes(bytes)));
    let (right, bottom, left, top) = (numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?);
    Some(right.saturating_sub(left).saturating_mul(bottom.saturating_sub(top)))
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
