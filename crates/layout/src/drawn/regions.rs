//! Where on a page text is to be looked for before any is known: the cells of its ruled tables.

use super::grid;
use seisho_model::geometry::Rect;
use seisho_model::ink::Ink;
use seisho_model::layout::Region;

/// The ruled tables of a page, from top to bottom.
#[must_use]
pub fn regions(ink: &Ink) -> Vec<Region> {
    let grids = grid::grids(&ink.rulings);
    let region = |g: &grid::Grid| {
        let cell = |(rows, cols): &(std::ops::Range<u32>, std::ops::Range<u32>)| Rect {
            x0: g.xs[cols.start as usize],
            y0: g.ys[rows.start as usize],
            x1: g.xs[cols.end as usize],
            y1: g.ys[rows.end as usize],
        };
        Region { bounds: g.bounds(), cells: g.cells.iter().map(cell).collect() }
    };
    grids.iter().map(region).collect()
}
