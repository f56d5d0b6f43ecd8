//! Cells of a dump: narrow ones that say themselves what they are, and the texts of wide columns, put together line by line.

pub(crate) mod ambiguous_lines;
pub(crate) mod find;
pub(crate) mod interleaving;
pub(crate) mod kinds;
pub(crate) mod links;
pub(crate) mod narrow_cells;
pub(crate) mod statistics;
pub(crate) mod thread_search;
