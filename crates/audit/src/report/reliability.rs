//! Whether values are as often right as their confidence says.

use crate::work::{Found, Work, said, settled};
use serde::{Deserialize, Serialize};

/// Values of about one confidence that a reader looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// From this confidence.
    pub from: f64,
    /// To this one.
    pub to: f64,
    /// How many were looked at.
    pub values: u64,
    /// How many were right.
    pub right: u64,
    /// What their confidence says on average.
    pub said: f64,
}

/// Edges of the bands, in hundredths: narrow where most values are.
const EDGES: [u32; 9] = [0, 50, 70, 80, 90, 95, 98, 99, 100];

/// The bands that hold values, each value once; what cannot be told counts as wrong, what readers differ in is left out.
#[must_use]
pub fn reliability(works: &[Work]) -> Vec<Band> {
    let said = said(works);
    let all = || said.values().filter_map(|said| Some((said.first()?.judged.confidence?, settled(said)?)));
    let band = |edges: &[u32]| {
        let (from, to) = (f64::from(edges[0]) / 100.0, f64::from(edges[1]) / 100.0);
        let inside: Vec<(f64, Found)> = all().filter(|(c, _)| *c >= from && (*c < to || edges[1] == 100)).collect();
        let right = inside.iter().filter(|(_, found)| *found == Found::Right).count() as u64;
        let said = inside.iter().map(|(c, _)| c).sum::<f64>() / inside.len().max(1) as f64;
        Band { from, to, values: inside.len() as u64, right, said }
    };
    EDGES.windows(2).map(band).filter(|b| b.values > 0).collect()
}
