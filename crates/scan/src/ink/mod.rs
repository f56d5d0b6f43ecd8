//! What the ink of a page is: rulings, the inside of cells, areas of text, lines and columns.

pub(crate) mod areas;
pub(crate) mod cell_interior;
pub(crate) mod line_traces;
pub(crate) mod lines;
pub(crate) mod rulings;
pub(crate) mod vertical;
