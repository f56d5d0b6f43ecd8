//! The tables of a document, and what their headings and labels say.

use super::grid::Rows;
use super::heading::{self, Columns};
use super::sheet;
use seisho_forms::{FieldKind, Forms, of_kind};
use seisho_model::layout::{Block, Table};
use seisho_reading::Reader;

/// The tables among the blocks, by block, and what their headings say.
pub(crate) struct Tables<'t> {
    pub(crate) rows: Vec<Option<Rows<'t>>>,
    pub(crate) columns: Columns,
    /// Labels and values of tables that are one goal, by table.
    pub(crate) sheets: Vec<Vec<sheet::Entry>>,
}

impl<'t> Tables<'t> {
    pub(crate) fn new(blocks: &'t [Block], forms: &Forms, reader: &Reader<'_>) -> Self {
        let form = &forms.goal_table;
        let rows = |table: &'t Table| Rows::new(table, form, reader);
        let rows: Vec<Option<Rows<'t>>> =
            blocks.iter().map(|b| if let Block::Table(table) = b { Some(rows(table)) } else { None }).collect();
        let mut columns = heading::find(&rows, form);
        let has_rows = columns.headings.iter().any(|h| !h.is_empty());
        let none = || rows.iter().map(|_| Vec::new()).collect::<Vec<Vec<sheet::Entry>>>();
        // Rows of labels below the first one: what looked like a heading is a sheet's.
        let mut names = heading::Names::default();
        let sheets = if has_rows && !sheet::have_label_rows(&rows) { none() } else { sheet::find(&rows, form, &forms.head, &mut names) };
        if !has_rows || sheets.iter().any(|s| !s.is_empty()) {
            columns = Columns { names, headings: rows.iter().map(|_| Vec::new()).collect() };
        }
        Self { rows, columns, sheets }
    }

    /// True for a table with heading rows of goals, of which each goal has most of what the heading names: what is read
    /// across in a sheet of labels and values leaves holes.
    pub(crate) fn has_full_rows(&self, table: usize) -> bool {
        let (Some(rows), headings) = (&self.rows[table], &self.columns.headings[table]) else { return false };
        let Some(heading) = headings.first() else { return false };
        let is_full = |number: u32| {
            let row = rows.row(number, heading);
            let filled = row.cells.values().filter(|c| c.from_above || !c.lines.is_empty()).count();
            // No two goals have their subject in common.
            let has_own = of_kind(&row.cells, FieldKind::Text).is_some_and(|c| !c.from_above && !c.lines.is_empty());
            filled == 0 || has_own && filled * 2 > row.cells.len()
        };
        heading.contents_agree && (heading.rows.end..rows.len()).all(is_full)
    }

    /// True where a table's headings are those of a goal table.
    pub(crate) fn have_goals(&self) -> bool {
        self.have_rows() || self.sheets.iter().any(|s| !s.is_empty())
    }

    /// Whether tables have headings with goals in rows below them, and none has two: of sheets in one table the labels come again.
    pub(crate) fn have_rows_once(&self) -> bool {
        self.have_rows() && self.columns.headings.iter().all(|h| h.len() < 2)
    }

    /// Whether a table has a heading with goals in rows below it.
    pub(crate) fn have_rows(&self) -> bool {
        self.columns.headings.iter().any(|h| !h.is_empty())
    }
}
