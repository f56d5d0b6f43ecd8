//! Pixels of any kind as brightness.

/// Brightness of pixels, red ink apart: seals stand over names, and whether red is a seal only the whole page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shades {
    /// Brightness without red ink, which is as bright here as its red channel; black text under it is not.
    pub(crate) gray: Vec<u8>,
    /// Brightness of red ink, 255 elsewhere; none where there is none.
    pub(crate) red: Option<Vec<u8>>,
}

/// A channel that is brighter than both others by this is a color.
const COLORED: u8 = 40;
/// Red is ink where the other channels are darker than this; brighter, it is tinted paper.
const TINT: u8 = 190;

impl Shades {
    /// Of pixels without color.
    pub(crate) fn plain(gray: Vec<u8>) -> Self {
        Self { gray, red: None }
    }

    /// Of pixels of red, green, blue and more channels, `step` bytes each.
    pub(crate) fn of_rgb(data: &[u8], step: usize) -> Self {
        let pixels = || data.chunks_exact(step.max(3)).map(|p| [p[0], p[1], p[2]]);
        let red = pixels().any(|p| red(p) < 255).then(|| pixels().map(red).collect());
        Self { gray: pixels().map(gray).collect(), red }
    }
}

fn is_red([r, g, b]: [u8; 3]) -> bool {
    r.saturating_sub(g.max(b)) >= COLORED
}

fn gray([r, g, b]: [u8; 3]) -> u8 {
    if is_red([r, g, b]) { r } else { ((u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b)) / 10) as u8 }
}

fn red([r, g, b]: [u8; 3]) -> u8 {
    if is_red([r, g, b]) && g.max(b) < TINT { g.max(b) } else { 255 }
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
    fn red_ink_is_kept_apart_and_black_text_under_it_is_not() {
        // A seal, black under it, black, pink paper.
        let shades = Shades::of_rgb(&[250, 60, 50, 40, 10, 10, 30, 30, 30, 255, 200, 200], 3);
        assert_eq!(shades, Shades { gray: vec![250, 19, 30, 255], red: Some(vec![60, 255, 255, 255]) });
        assert_eq!(Shades::of_rgb(&[9, 9, 9], 3).red, None);
        assert_eq!(gray_of_bits(&[0b1010_0000, 0xFF], 3, 2), [255, 0, 255, 255, 255, 255]);
    }
}
