//! Pixels of any kind as brightness.

/// More pixels than this are no page of an office: A3 at 600 dpi has 70 million.
pub(crate) const MOST_PIXELS: u64 = 150_000_000;

/// Brightness of pixels of red, green, blue and more channels, `step` bytes each.
///
/// The red of a seal is taken as bright as its red channel: seals stand over names and vanish this way, black
/// text does not.
pub(crate) fn gray_of_rgb(data: &[u8], step: usize) -> Vec<u8> {
    data.chunks_exact(step.max(3)).map(|p| gray(p[0], p[1], p[2])).collect()
}

/// A channel that is brighter than both others by this is a colour.
const COLOURED: u8 = 40;

fn gray(r: u8, g: u8, b: u8) -> u8 {
    if r.saturating_sub(g) >= COLOURED && r.saturating_sub(b) >= COLOURED {
        return r;
    }
    ((u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b)) / 10) as u8
}

/// Brightness of bits, rows padded to bytes; a set bit is white.
pub(crate) fn gray_of_bits(data: &[u8], width: usize, height: usize) -> Vec<u8> {
    let row = width.div_ceil(8);
    let bit = |y: usize, x: usize| data.get(y * row + x / 8).is_none_or(|b| b >> (7 - x % 8) & 1 == 1);
    (0..height).flat_map(|y| (0..width).map(move |x| (y, x))).map(|(y, x)| if bit(y, x) { 255 } else { 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_red_seal_is_as_bright_as_paper_and_black_text_under_it_is_not() {
        assert_eq!(gray_of_rgb(&[250, 60, 60, 40, 10, 10, 30, 30, 30], 3), [250, 19, 30]);
        assert_eq!(gray_of_bits(&[0b1010_0000, 0xFF], 3, 2), [255, 0, 255, 255, 255, 255]);
    }
}
