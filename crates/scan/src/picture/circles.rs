//! Round places on the page: where they are and what lies in them.

use crate::picture::gray::{Gray, Levels};
use seisho_model::geometry::distance;
use std::f64::consts::TAU;

/// A round place, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Disc {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) radius: f64,
}

impl Disc {
    /// Whether a point is no further outside than `reach`.
    pub(crate) fn holds(&self, x: f64, y: f64, reach: f64) -> bool {
        distance(x - self.x, y - self.y) <= self.radius + reach
    }

    /// The same place with rows as columns.
    pub(crate) fn transposed(self) -> Self {
        Self { x: self.y, y: self.x, ..self }
    }

    /// The point at a radius in a direction.
    pub(crate) fn point(&self, radius: f64, angle: f64) -> (f64, f64) {
        let (sin, cos) = libm::sincos(angle);
        (self.x + radius * cos, self.y + radius * sin)
    }

    /// The share of the circle with this radius that is ink.
    pub(crate) fn share(&self, gray: &Gray, levels: Levels, radius: f64) -> f64 {
        let steps = ((TAU * radius) as usize).max(16);
        let threshold = levels.threshold();
        let is_ink = |i: &usize| {
            let (x, y) = self.point(radius, TAU * *i as f64 / steps as f64);
            gray.near(x, y).is_some_and(|p| p < threshold)
        };
        (0..steps).filter(is_ink).count() as f64 / steps as f64
    }

    /// Fills it and so much around it.
    pub(crate) fn fill(&self, gray: &mut Gray, around: f64, value: u8) {
        let reach = self.radius + around;
        let rows = (self.y - reach).max(0.0) as usize..((self.y + reach + 1.0).max(0.0) as usize).min(gray.height);
        for y in rows {
            let down = y as f64 - self.y;
            let half = (reach * reach - down * down).max(0.0).sqrt();
            let from = ((self.x - half).max(0.0) as usize).min(gray.width);
            let to = ((self.x + half + 1.0).max(0.0) as usize).clamp(from, gray.width);
            gray.px[y * gray.width..][from..to].fill(value);
        }
    }
}
