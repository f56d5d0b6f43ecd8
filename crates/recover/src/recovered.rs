//! What comes of a dump: an ordinary table, and what else its words would allow.

use seisho_forms::Field;
use seisho_model::Run;
use seisho_model::layout::Table;
use seisho_model::record::Role;

/// A table that was put together of its words.
#[derive(Debug, Default)]
pub struct Recovered {
    /// The table, its rows in the order of their numbers; a cell that nothing was found for is blank. It has no heading row:
    /// the headings of a dump stand anywhere. None where no rows were found.
    pub table: Option<Table>,
    /// What its columns hold.
    pub fields: Vec<Field>,
    /// What is known of its rows beside their cells.
    pub rows: Vec<RecoveredRow>,
    /// Cells that may be of other rows, or hold text that is.
    pub alternatives: Vec<Alternative>,
    /// What told the rows.
    pub evidence: Evidence,
    /// Whether some of its headings are none that a form knows: then any text may be of a column without a name.
    pub are_weighed: bool,
    /// Text that is in no cell, and what it is.
    pub furniture: Vec<(Run, Role)>,
}

/// What is known of a row beside its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveredRow {
    /// Its page, from 1.
    pub page: u32,
    /// All numbers that it could have, where the text does not tell one.
    pub candidates: Option<Vec<u32>>,
}

/// A cell that may be of another row, or may hold text of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub field: Field,
    /// The rows that it may be of; none where all that is known is that it is not sure.
    pub others: Vec<usize>,
}

/// What told the rows of a dump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// The dump goes row by row.
    #[default]
    RowByRow,
    /// The words that texts and items share.
    SharedWords,
    /// The order of the columns.
    ColumnOrder,
}
