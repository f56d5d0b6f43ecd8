//! How large the paper was. Cameras and many programs write one point a pixel, or 72 pixels an inch, where nobody knows;
//! such a page is read as the paper that its pixels fit best, for everything after this goes by inches.

use seisho_model::geometry::Pt;
use seisho_model::ink::AS_SHOWN;

/// Fewer pixels an inch, on a page of more pixels than [`FEWEST`], are no scanner's, and so many are none's for letters.
const COARSEST: f64 = 120.0;
const FINEST: f64 = 1_300.0;
const FEWEST: u32 = 1_400;
/// The longer sides of A4 and A3, in points, and what scanners make of an inch.
const PAPERS: [f64; 2] = [841.9, 1190.6];
const USUAL: [f64; 4] = [200.0, 300.0, 400.0, 600.0];

/// The size at which a page is read, and that of the page as shown in millionths of it. `longer`: its longer side in
/// pixels.
pub(crate) fn size(shown: (Pt, Pt), longer: u32) -> ((Pt, Pt), u32) {
    let side = shown.0.max(shown.1).points();
    if longer < FEWEST || (COARSEST..FINEST).contains(&(f64::from(longer) * 72.0 / side.max(1.0))) {
        return (shown, AS_SHOWN);
    }
    let off = |paper: f64| {
        let dpi = f64::from(longer) * 72.0 / paper;
        USUAL.iter().map(|usual| (dpi / usual - 1.0).abs()).fold(f64::MAX, f64::min)
    };
    let paper = if off(PAPERS[1]) + SURE < off(PAPERS[0]) { PAPERS[1] } else { PAPERS[0] };
    let scaled = |v: Pt| Pt::new(v.points() * paper / side).unwrap_or(v);
    ((scaled(shown.0), scaled(shown.1)), (side / paper * f64::from(AS_SHOWN)).round() as u32)
}

/// A3 must fit better than A4 by so much.
const SURE: f64 = 0.02;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(width: f64, height: f64, pixels: u32) -> (f64, f64) {
        let ((w, h), size) = size((Pt::new(width).unwrap(), Pt::new(height).unwrap()), pixels);
        assert!((w.points() * f64::from(size) / 1e6 - width).abs() < 0.1);
        (w.points().round(), h.points().round())
    }

    #[test]
    fn pages_of_a_point_a_pixel_are_read_as_paper() {
        assert_eq!(of(2480.0, 3508.0, 3508), (595.0, 842.0));
        assert_eq!(of(4961.0, 3508.0, 4961), (1191.0, 842.0));
        assert_eq!(of(1654.0, 2339.0, 2339), (595.0, 842.0));
        // 2,400 pixels an inch, of 300.
        assert_eq!(of(74.4, 105.2, 3508), (595.0, 842.0));
    }

    #[test]
    fn pages_as_large_as_their_scanner_says_stay() {
        assert_eq!(of(595.0, 842.0, 3508), (595.0, 842.0));
        assert_eq!(of(595.0, 842.0, 1170), (595.0, 842.0));
        assert_eq!(of(1191.0, 842.0, 3307), (1191.0, 842.0));
    }
}
