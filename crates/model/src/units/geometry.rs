//! Lengths and boxes on a page: whole thousandths of a point, so that they compare, sort and print the same
//! on every machine. Origin top left of the page as shown, y down.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length or position in thousandths of a PDF point (1/72 inch).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pt(pub i32);

/// Nothing on a page is farther out: 20 metres.
const FARTHEST: f64 = 56_692.0;

impl Pt {
    /// From points; none for what is not finite or far outside any page.
    #[must_use]
    pub fn new(points: f64) -> Option<Self> {
        (points.is_finite() && points.abs() <= FARTHEST).then(|| Self((points * 1000.0).round() as i32))
    }

    /// In points.
    #[must_use]
    pub fn points(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl std::ops::Add for Pt {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Pt {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// How far apart two points are that differ by this much across and down. Not `hypot`, whose last bit differs between
/// machines; a square root does not.
#[must_use]
pub fn distance(across: f64, down: f64) -> f64 {
    (across * across + down * down).sqrt()
}

/// A box with `x0 <= x1` and `y0 <= y1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rect {
    /// Left edge.
    pub x0: Pt,
    /// Top edge.
    pub y0: Pt,
    /// Right edge.
    pub x1: Pt,
    /// Bottom edge.
    pub y1: Pt,
}

/// The middle of two positions, towards zero.
fn half(a: Pt, b: Pt) -> i32 {
    ((i64::from(a.0) + i64::from(b.0)) / 2) as i32
}

impl Rect {
    /// From two corners in points, in any order; none where one is no position.
    #[must_use]
    pub fn new(a: (f64, f64), b: (f64, f64)) -> Option<Self> {
        let (x0, x1) = (Pt::new(a.0.min(b.0))?, Pt::new(a.0.max(b.0))?);
        let (y0, y1) = (Pt::new(a.1.min(b.1))?, Pt::new(a.1.max(b.1))?);
        Some(Self { x0, y0, x1, y1 })
    }

    /// Width.
    #[must_use]
    pub fn width(self) -> Pt {
        self.x1 - self.x0
    }

    /// Height.
    #[must_use]
    pub fn height(self) -> Pt {
        self.y1 - self.y0
    }

    /// Middle.
    #[must_use]
    pub fn center(self) -> (Pt, Pt) {
        (Pt(half(self.x0, self.x1)), Pt(half(self.y0, self.y1)))
    }

    /// Whether a position lies inside or on the edge.
    #[must_use]
    pub fn contains(self, (x, y): (Pt, Pt)) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { x0: self.x0.min(other.x0), y0: self.y0.min(other.y0), x1: self.x1.max(other.x1), y1: self.y1.max(other.y1) }
    }
}

impl Serialize for Rect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.x0, self.y0, self.x1, self.y1].map(Pt::points).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [x0, y0, x1, y1] = <[f64; 4]>::deserialize(deserializer)?;
        Self::new((x0, y0), (x1, y1)).ok_or_else(|| D::Error::custom("a box far outside any page"))
    }
}

/// Whether a length is more than so many percent of another; lengths of hostile pages do not overflow.
#[must_use]
pub fn exceeds(length: i32, percent: i32, of: i32) -> bool {
    i64::from(length) * 100 > i64::from(of) * i64::from(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_position_is_refused() {
        assert_eq!(Pt::new(1.2345), Some(Pt(1235)));
        assert_eq!([f64::NAN, f64::INFINITY, 1e9].map(Pt::new), [None; 3]);
        assert_eq!(Rect::new((2.0, 3.0), (1.0, 1.0)), Some(Rect { x0: Pt(1000), y0: Pt(1000), x1: Pt(2000), y1: Pt(3000) }));
    }
}
