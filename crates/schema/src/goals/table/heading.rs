//! Heading rows: where they are, and what they say of the columns below them.

use super::grid::{Rows, on_one_line};
use seisho_forms::headings::{self, Fit};
use seisho_forms::mapping::{self, Column, Contents, Evidence, Taken, is_enough};
use seisho_forms::profiles;
use seisho_forms::{Field, FieldKind, GoalTableForm};
use seisho_model::Run;
use seisho_model::geometry::Pt;
use seisho_model::layout::{Edges, Table, TableForm};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Fewer fields than this make no heading row.
const ENOUGH_FIELDS: usize = 3;
/// With so many fields that are sure, others of a scan may be guessed.
const SURE_FIELDS: usize = 2;
/// A heading whose words are not known is looked for in so many rows at the top of a table.
const ROWS_ABOVE: u32 = 8;

/// The heading rows of a table and what they say of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) rows: Range<u32>,
    /// Columns of its table.
    pub(crate) cols: u32,
    /// Where a drawn table has their edges.
    pub(crate) edges: Option<Edges>,
    /// For every column its field; columns at the right that have none may be left out.
    pub(crate) fields: Vec<Option<Field>>,
    /// Headings of a scan that were misread, with the field that they were taken for.
    pub(crate) guessed: Vec<(Field, Run)>,
    /// Headings that no form knows, with what their columns were taken for.
    pub(crate) weighed: Vec<(Taken, Run)>,
    /// What stands below is what the fields hold.
    pub(crate) contents_agree: bool,
}

/// Column edges of a table that goes on over a page lie in the same places to this many thousandths of a point,
/// counted from its left edge.
const SAME_EDGE: i32 = 6_000;

impl Heading {
    /// That of a table without heading rows, whose columns are known otherwise.
    pub(crate) fn of_fields(fields: &[Field]) -> Self {
        let fields: Vec<Option<Field>> = fields.iter().copied().map(Some).collect();
        Self { rows: 0..0, cols: fields.len() as u32, edges: None, fields, guessed: Vec::new(), weighed: Vec::new(), contents_agree: true }
    }

    /// Whether a table has the columns of this heading.
    pub(crate) fn has_columns_of(&self, table: &Table) -> bool {
        let same_edges = |a: &Edges, b: &Edges| {
            let near = |(x, y): (&Pt, &Pt)| ((x.0 - a.xs[0].0) - (y.0 - b.xs[0].0)).abs() <= SAME_EDGE;
            a.xs.iter().zip(&b.xs).all(near)
        };
        let is_told_by_rules = table.form == TableForm::Ruled;
        let edges = self.edges.as_ref().zip(table.edges.as_ref()).filter(|_| is_told_by_rules);
        self.cols == table.cols && edges.is_none_or(|(a, b)| same_edges(a, b))
    }
}

/// Heading rows before their columns are mapped.
struct Found {
    /// Of which table.
    table: usize,
    rows: Range<u32>,
    /// For every column the lowest heading cell.
    cells: Vec<Option<usize>>,
    /// Fields of misread headings of a scan.
    near: Vec<Option<Field>>,
    /// Headings by column, from the outer to the inner one.
    paths: Vec<Vec<String>>,
    /// Known by its words.
    is_known: bool,
}

/// What the headings of columns are that are of no field of the contract.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Of those that are of no field.
    pub(crate) others: Vec<String>,
    /// Of those of a profile's own fields, by place in the profile: the units that they state.
    units: BTreeMap<u16, BTreeSet<Option<String>>>,
    /// All headings with what they were taken for, each once.
    pub(crate) seen: Vec<SeenHeading>,
}

/// A heading and what its column or value was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenHeading {
    /// From the outer to the inner one.
    pub path: Vec<String>,
    /// The field; none for a column that is of none.
    pub field: Option<Field>,
    /// By its words, and not by what stands below.
    pub by_name: bool,
    /// Its text.
    pub run: Run,
}

impl Names {
    /// The unit of a profile's own field: what its headings state, or else the profile; none where two headings state two.
    pub(crate) fn unit_of<'u>(&'u self, own: u16, of_profile: Option<&'u str>) -> Option<&'u str> {
        let Some(units) = self.units.get(&own) else { return of_profile };
        let stated = units.first().filter(|_| units.len() == 1)?;
        stated.as_deref().or(of_profile)
    }

    /// The number of a column that is of no field: that of an earlier table with the same heading.
    pub(crate) fn other(&mut self, heading: &str, taken: &[Option<Field>]) -> Field {
        let number = |i: usize| Field::Other(i as u16);
        let known = self.others.iter().enumerate().find(|(i, h)| *h == heading && !taken.contains(&Some(number(*i)))).map(|(i, _)| i);
        number(known.unwrap_or_else(|| {
            self.others.push(heading.to_owned());
            self.others.len() - 1
        }))
    }

    /// Notes what a heading was taken for.
    pub(crate) fn note(&mut self, path: &[String], taken: &Taken, run: Run) {
        if let Some(Field::Own(place)) = taken.field {
            let unit = path.last().and_then(|inner| profiles::unit_of(inner));
            self.units.entry(place).or_default().insert(unit);
        }
        if !self.seen.iter().any(|s| s.path == path) {
            self.seen.push(SeenHeading { path: path.to_vec(), field: taken.field, by_name: taken.by_name, run });
        }
    }
}

/// The columns of a form: those of no field have a number each, from the first table on.
pub(crate) struct Columns {
    /// Headings of the columns that are of no field of the contract.
    pub(crate) names: Names,
    /// Headings by table.
    pub(crate) headings: Vec<Vec<Heading>>,
}

/// Finds the headings of all tables and maps their columns: tables with the same headings are one form, whose columns
/// are judged by all that stands in them.
pub(crate) fn find(tables: &[Option<Rows<'_>>], form: &GoalTableForm) -> Columns {
    let mut all: Vec<Found> =
        tables.iter().enumerate().filter_map(|(i, t)| Some((i, t.as_ref()?))).flat_map(|(i, t)| known(i, t)).collect();
    if !all.iter().any(|f| f.is_known) {
        let shaped: Vec<Found> = tables.iter().enumerate().filter_map(|(i, t)| by_shape(i, t.as_ref()?, form)).collect();
        let has = |table: usize| all.iter().any(|f| f.table == table);
        let more: Vec<Found> = shaped.into_iter().filter(|f| !has(f.table)).collect();
        all.extend(more);
        all.sort_by_key(|f| (f.table, f.rows.start));
    }
    let mut forms: BTreeMap<Vec<Vec<String>>, Vec<usize>> = BTreeMap::new();
    for (index, found) in all.iter().enumerate() {
        forms.entry(found.paths.clone()).or_default().push(index);
    }
    let mut out = Columns { names: Names::default(), headings: tables.iter().map(|_| Vec::new()).collect() };
    let mut mapped: BTreeMap<usize, Vec<Taken>> = BTreeMap::new();
    for members in forms.values() {
        let taken = map(members, &all, tables, form);
        if all[members[0]].is_known || form.any_words || is_enough(&taken) {
            members.iter().for_each(|&m| drop(mapped.insert(m, taken.clone())));
        }
    }
    for (index, found) in all.iter().enumerate() {
        if let (Some(taken), Some(rows)) = (mapped.get(&index), tables[found.table].as_ref()) {
            let heading = heading(found, taken, rows, &mut out.names);
            out.headings[found.table].push(heading);
        }
    }
    out
}

/// The columns of a form, with what stands in them in all of its tables.
fn map(members: &[usize], all: &[Found], tables: &[Option<Rows<'_>>], form: &GoalTableForm) -> Vec<Taken> {
    let first = &all[members[0]];
    let mut columns: Vec<Column> = first.paths.iter().map(|path| Column { path: path.clone(), ..Column::default() }).collect();
    for &member in members {
        let found = &all[member];
        let Some(rows) = tables[found.table].as_ref() else { continue };
        let end = all.get(member + 1).filter(|next| next.table == found.table).map_or(rows.len(), |next| next.rows.start);
        for (col, column) in columns.iter_mut().enumerate() {
            let mut contents = Contents::default();
            rows.texts_of(col as u32, found.rows.end..end).for_each(|text| contents.add(text, form));
            column.contents.merge(&contents);
        }
    }
    // A cell over several columns of the grid names one column.
    let is_first = |col: usize| col == 0 || first.cells[col].is_none() || first.cells[col] != first.cells[col - 1];
    let open: Vec<usize> =
        (0..columns.len()).filter(|&col| is_first(col) && first.near[col].is_none() && first.cells[col].is_some()).collect();
    let chosen: Vec<Column> = open.iter().map(|&col| columns[col].clone()).collect();
    let evidence = Evidence::ALL;
    let mut taken = vec![Taken::none(); columns.len()];
    let held: BTreeSet<Field> = first.near.iter().flatten().copied().collect();
    for (&col, one) in open.iter().zip(mapping::assign(&chosen, &held, form, evidence)) {
        taken[col] = one;
    }
    for col in 0..columns.len() {
        if let Some(field) = first.near[col] {
            taken[col] = Taken { field: Some(field), by_name: true, ..Taken::none() };
        } else if !is_first(col) {
            taken[col] = taken[col - 1].clone();
        }
    }
    taken
}

fn heading(found: &Found, taken: &[Taken], rows: &Rows<'_>, names: &mut Names) -> Heading {
    let is_first = |col: usize| col == 0 || found.cells[col] != found.cells[col - 1];
    let mut fields: Vec<Option<Field>> = Vec::with_capacity(taken.len());
    let (mut guessed, mut weighed) = (Vec::new(), Vec::new());
    let has_number = taken.iter().any(|t| t.field == Some(Field::Number));
    for (col, taken) in taken.iter().enumerate() {
        let Some(cell) = found.cells[col] else {
            // Numbers that count the rows say themselves what they are.
            let is_number = col == 0 && !has_number && rows.counts(found.rows.end);
            fields.push(is_number.then_some(Field::Number));
            continue;
        };
        if !is_first(col) {
            fields.push(fields[col - 1]);
            continue;
        }
        let run = rows.cells()[cell].run();
        names.note(&found.paths[col], taken, run.clone());
        if found.near[col].is_some() {
            guessed.extend(taken.field.map(|f| (f, run.clone())));
        } else if !taken.by_name {
            weighed.push((taken.clone(), run));
        }
        let heading = found.paths[col].join(" ");
        fields.push(Some(taken.field.unwrap_or_else(|| names.other(&heading, &fields))));
    }
    let table = rows.table();
    Heading {
        rows: found.rows.clone(),
        cols: table.cols,
        edges: table.edges.clone(),
        fields,
        guessed,
        weighed,
        contents_agree: taken.iter().all(|t| t.agrees),
    }
}

/// The headings of a table that are known by their words.
fn known(index: usize, table: &Rows<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut row = 0;
    while row < table.len() {
        let Some(one) = known_at(index, table, row) else {
            row += 1;
            continue;
        };
        row = one.rows.end;
        found.push(one);
    }
    found
}

fn known_at(index: usize, table: &Rows<'_>, row: u32) -> Option<Found> {
    if !table.names_field(row) {
        return None;
    }
    let one = fields_of(table, row..row + 1);
    let two = (row + 1 < table.len()).then(|| fields_of(table, row..row + 2));
    let count = |fields: &[Option<Field>]| fields.iter().flatten().collect::<BTreeSet<_>>().len();
    // The row below says as much without this one, which is of the head.
    let next = (row + 1 < table.len()).then(|| fields_of(table, row + 1..row + 2));
    let reaches_down = table.row_cells(row).any(|c| table.cells()[c].row.end > row + 1);
    if let (Some(two), Some(next)) = (&two, &next)
        && !reaches_down
        && count(next) >= count(two)
        && count(next) > count(&one)
    {
        return None;
    }
    let (rows, fields) = match two {
        // Two rows only where the second one names fields that the first does not.
        Some(two) if count(&two) > count(&one) => (row..row + 2, two),
        _ => (row..row + 1, one),
    };
    let says_what = fields.iter().flatten().any(|f| f.is_wide());
    if count(&fields) < ENOUGH_FIELDS || !says_what || table.holds_a_number(&rows) {
        return None;
    }
    let rows = with_rows_below(table, rows);
    let found = found(index, table, rows, true);
    // A table of which most columns are strange must show by what it holds that it is one of goals.
    let named = found.cells.iter().flatten().collect::<BTreeSet<_>>().len();
    Some(Found { is_known: count(&fields) * 2 >= named, ..found })
}

/// Heading rows reach down to the end of the cells that begin in them, and over a row that only parts them further.
fn with_rows_below(table: &Rows<'_>, rows: Range<u32>) -> Range<u32> {
    let starts = table.cells().iter().filter(|c| rows.contains(&c.row.start) && !c.is_blank());
    let end = starts.map(|c| c.row.end).max().unwrap_or(rows.end).max(rows.end).min(table.len());
    let rows = rows.start..end;
    if parts_further(table, &rows) { rows.start..rows.end + 1 } else { rows }
}

/// Whether the row below heading rows holds short words only, under headings over several columns, and nothing under the
/// first.
fn parts_further(table: &Rows<'_>, rows: &Range<u32>) -> bool {
    let below = rows.end;
    if below + 1 >= table.len() || rows.len() > 2 {
        return false;
    }
    let cells: BTreeSet<usize> =
        table.row_cells(below).filter(|&c| !table.cells()[c].is_blank() && table.cells()[c].row.start == below).collect();
    let first_filled = |row: u32| table.cell_at(row, 0).is_some_and(|c| !table.cells()[c].is_blank());
    cells.len() >= 2
        && !first_filled(below)
        && first_filled(below + 1)
        && cells.iter().all(|&c| table.is_like_heading(c) && table.cells()[c].col.start > 0)
}

/// A heading by its shape: of the rows of short words at the top of a table the one with the most that speak of columns.
fn by_shape(index: usize, table: &Rows<'_>, form: &GoalTableForm) -> Option<Found> {
    let told = |row: u32| -> Option<usize> {
        let cells: BTreeSet<usize> = table.row_cells(row).filter(|&c| !table.cells()[c].is_blank()).collect();
        let covered = table.row_cells(row).filter(|&c| !table.cells()[c].is_blank()).count();
        let is_wide = cells.len() >= ENOUGH_FIELDS && covered * 3 >= table.table().cols as usize * 2;
        let speaks = |c: &&usize| {
            let words = headings::weigh(table.text(**c), form);
            !words.fields.is_empty() || words.other > 0
        };
        (is_wide && cells.iter().all(|&c| table.is_like_heading(c))).then(|| cells.iter().filter(speaks).count())
    };
    let rows = (0..table.len().min(ROWS_ABOVE)).filter_map(|row| Some((told(row)?, row)));
    let (_, row) = rows.filter(|(told, _)| *told > 0 || form.any_words).max_by_key(|&(told, row)| (told, std::cmp::Reverse(row)))?;
    // Cells that reach into the row began in the row of the outer headings.
    let top = table.row_cells(row).filter(|&c| !table.cells()[c].is_blank()).map(|c| table.cells()[c].row.start).min().unwrap_or(row);
    let rows = with_rows_below(table, top..row + 1);
    (rows.end < table.len()).then(|| found(index, table, rows, false))
}

fn found(index: usize, table: &Rows<'_>, rows: Range<u32>, is_known: bool) -> Found {
    let cells = naming_cells(table, rows.clone());
    let goes_on = |col: usize| col > 0 && cells[col].is_some() && cells[col] == cells[col - 1];
    let sure = fits(table, &cells);
    let mut fields = headings::assign(&sure);
    let known = fields.clone();
    if is_known && fields.iter().flatten().count() >= SURE_FIELDS {
        guess(table, &mut fields, &cells, rows.end);
    }
    let near = (0..cells.len()).map(|col| fields[col].filter(|f| known[col] != Some(*f) && !goes_on(col))).collect();
    let paths = (0..cells.len()).map(|col| path(table, &rows, &cells, col)).collect();
    Found { table: index, rows, cells, near, paths, is_known }
}

/// The headings over a column from the outer to the inner one. In a table of lines a heading over several columns stands
/// in the first of them.
fn path(table: &Rows<'_>, rows: &Range<u32>, cells: &[Option<usize>], col: usize) -> Vec<String> {
    let Some(inner) = cells[col] else { return Vec::new() };
    let mut path: Vec<usize> = Vec::new();
    let has_text = |c: &usize| !table.cells()[*c].is_blank();
    for row in rows.clone() {
        let at = |col: usize| table.cell_at(row, col as u32).filter(has_text);
        let is_above = row < table.cells()[inner].row.start;
        let from_left =
            || (0..col).rev().find_map(|left| Some((left, at(left)?))).filter(|&(left, c)| cells[left] != Some(c)).map(|(_, c)| c);
        let cell = at(col).or_else(|| if is_above { from_left() } else { None });
        path.extend(cell.filter(|c| path.last() != Some(c)));
    }
    path.into_iter().map(|c| on_one_line(table.text(c))).collect()
}

/// The field of every column that has a naming cell; one that spans columns competes as the first of them.
fn fields_of(table: &Rows<'_>, rows: Range<u32>) -> Vec<Option<Field>> {
    let cells = naming_cells(table, rows.clone());
    let mut fields = headings::assign(&fits(table, &cells));
    if fields.iter().flatten().count() >= SURE_FIELDS {
        guess(table, &mut fields, &cells, rows.end);
    }
    for col in 1..fields.len() {
        if cells[col].is_some() && cells[col] == cells[col - 1] {
            fields[col] = fields[col - 1];
        }
    }
    fields
}

fn fits(table: &Rows<'_>, cells: &[Option<usize>]) -> Vec<Option<(Field, Fit)>> {
    let goes_on = |col: usize| col > 0 && cells[col].is_some() && cells[col] == cells[col - 1];
    (0..cells.len()).map(|col| cells[col].filter(|_| !goes_on(col)).and_then(|c| table.fit(c))).collect()
}

/// For every column the cell that names it: the lowest with text. Columns without one at the right are left out.
fn naming_cells(table: &Rows<'_>, rows: Range<u32>) -> Vec<Option<usize>> {
    let cols = rows.clone().map(|r| table.width(r)).max().unwrap_or(0);
    let cell = |row: u32, col: u32| table.cell_at(row, col).filter(|&c| !table.cells()[c].is_blank());
    (0..cols).map(|col| rows.clone().rev().find_map(|row| cell(row, col))).collect()
}

/// In a scan, fields of columns whose headings were misread; a first column of numbers is that of the numbers.
fn guess(table: &Rows<'_>, fields: &mut [Option<Field>], cells: &[Option<usize>], below: u32) {
    for col in 0..fields.len() {
        let near = cells[col].filter(|_| fields[col].is_none()).and_then(|c| table.near(c));
        fields[col] = fields[col].or(near.filter(|f| !fields.contains(&Some(*f))));
    }
    let is_open = fields.first() == Some(&None) && !fields.iter().flatten().any(|f| f.kind() == FieldKind::Number);
    if table.scanned && is_open && table.counts(below) {
        fields[0] = Some(Field::Number);
    }
}
