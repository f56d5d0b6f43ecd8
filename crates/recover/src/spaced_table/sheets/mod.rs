//! Sheets of one item each, kept apart by spaces (`pdftotext -layout`): labels beside or above their values. What comes
//! again in each sheet in the same order are its labels; what stands behind or below one is its value. Each sheet comes out
//! as an ordinary table, all of one shape.

mod bands;
mod labels;
mod lines;

use super::Regrouped;
use super::tables::Doubts;
use bands::{Band, Sheets};
use labels::Place;
use seisho_japanese::join::starts_with_label;
use seisho_model::layout::{Block, Cell, CellLine, ListLine, Table, TableForm};
use seisho_model::{Piece, Run, TextRange};
use seisho_reading::Reader;
use std::collections::BTreeMap;

/// Bands of a sheet, fewer of which are the heading of a table that each page repeats.
const FEWEST_BANDS: usize = 3;
/// Lines of values for each label: where there are more, the labels are the heading of rows.
const MOST_LINES: usize = 4;
/// Texts of one column begin so near each other, in characters.
const SAME_COLUMN: usize = 2;
/// Columns of a line stand so far apart, in characters, so often in each sheet.
const WIDE: usize = 2;
const FEWEST_GAPS: usize = 3;
/// Entries begin in the middle of one in so many values where labels are centred.
const LATE: usize = 5;

/// The blocks with each sheet as a table; none where the text is no row of sheets.
pub(super) fn regroup(blocks: &[Block], reader: &Reader<'_>) -> Option<Regrouped> {
    let mut lines = lines::of(blocks, labels::LONGEST, reader)?;
    let labels = labels::find(&lines)?;
    lines::complete(&mut lines, reader);
    let sheets = Sheets::new(&lines, &labels);
    let mut bands = sheets.bands();
    // A title that each page repeats.
    let above = (0..bands.len()).take_while(|&band| !is_filled(&sheets, &bands, band)).count();
    bands.drain(..above);
    if bands.len() < FEWEST_BANDS || !are_spread(&sheets, &bands) || !has_columns(&sheets) || !reach_down(&sheets, &bands) {
        return None;
    }
    let mut doubts = Doubts { are_labelled: true, ..Doubts::default() };
    let values: Vec<Vec<Vec<Text>>> =
        (0..sheets.count()).map(|sheet| (0..bands.len()).map(|band| values(&sheets, &bands, band, sheet)).collect()).collect();
    if are_centred(&sheets, &bands, &values) {
        return None;
    }
    let ends = ends(&sheets, &values);
    let unsure = values
        .iter()
        .flat_map(|bands| bands.iter().zip(&ends))
        .flat_map(|(texts, ends)| texts.iter().zip(ends))
        .filter(|(text, end)| !sheets.reads_on(text, **end));
    doubts.rows.extend(unsure.flat_map(|(text, _)| text.iter().flatten()).map(|&place| sheets.word(place).piece));
    let tables: Vec<Table> = values.iter().enumerate().map(|(sheet, values)| table(&sheets, &bands, values, sheet)).collect();
    let starts: Vec<usize> = (0..sheets.count()).map(|sheet| sheets.lines_of(&bands, 0, sheet).start).collect();
    Some(Regrouped { blocks: with_tables(blocks, &sheets, &starts, tables), doubts, is_refused: false })
}

/// Whether values stand on or below the lines of a band, in any sheet.
fn is_filled(sheets: &Sheets<'_>, bands: &[Band], band: usize) -> bool {
    (0..sheets.count()).any(|sheet| sheets.lines_of(bands, band, sheet).any(|line| sheets.values(line).next().is_some()))
}

/// Whether values stand between the labels of sheets, a few lines for each, and not all below a heading.
fn are_spread(sheets: &Sheets<'_>, bands: &[Band]) -> bool {
    let has_values = |line: usize| sheets.values(line).next().is_some();
    let is_filled = |band: usize, sheet: usize| sheets.lines_of(bands, band, sheet).any(has_values);
    let filled = (0..bands.len()).filter(|&band| (0..sheets.count()).filter(|&sheet| is_filled(band, sheet)).count() * 2 > sheets.count());
    let lines = (sheets.labels.starts[0]..sheets.lines.len()).filter(|&line| has_values(line)).count();
    filled.count() >= FEWEST_BANDS && lines <= MOST_LINES * sheets.labels.places.len() * sheets.count()
}

/// Whether labels stand in the middle of their values, whose first lines are above them: a label alone on its line behind one of
/// values, or entries behind a line that is none. Which of two labels a line is of is open then.
fn are_centred(sheets: &Sheets<'_>, bands: &[Band], values: &[Vec<Vec<Text>>]) -> bool {
    let is_free = |line: usize| sheets.values(line).next().is_some() && !sheets.has_label(line);
    let is_alone = |sheet: usize, band: usize| {
        let line = sheets.lines_of(bands, band, sheet).start;
        !bands[band].is_above && sheets.values(line).next().is_none() && line > 0 && is_free(line - 1)
    };
    let alone =
        (0..sheets.count()).flat_map(|sheet| (1..bands.len()).map(move |band| (sheet, band))).filter(|&(s, b)| is_alone(s, b)).count();
    let is_entry = |line: &Vec<Place>| line.first().is_some_and(|&place| starts_with_label(&sheets.word(place).key));
    let texts: Vec<&Text> = values.iter().flatten().flatten().filter(|text| text.len() > 1).collect();
    let late = texts.iter().filter(|text| !is_entry(&text[0]) && text[1..].iter().any(is_entry)).count();
    alone > 1 || late * LATE > texts.len()
}

/// Whether wide white parts texts of a line, some in each sheet: where a dump keeps no places, what stands behind a label may
/// be the next label's value.
fn has_columns(sheets: &Sheets<'_>) -> bool {
    let wide = |line: &lines::Line| line.words.windows(2).filter(|pair| pair[1].from >= pair[0].to + WIDE).count();
    let count: usize = sheets.lines[sheets.labels.starts[0]..].iter().map(wide).sum();
    count >= FEWEST_GAPS * sheets.count()
}

/// Whether the last labels of sheets stand in their lower halves, in most of them: those of a heading stand above all rows.
fn reach_down(sheets: &Sheets<'_>, bands: &[Band]) -> bool {
    let ends_low = |sheet: &usize| {
        let (start, last, end) = (sheets.labels.starts[*sheet], sheets.lines_of(bands, bands.len() - 1, *sheet).start, sheets.end(*sheet));
        (last - start) * 2 >= end - start
    };
    (0..sheets.count()).filter(ends_low).count() * 4 >= sheets.count() * 3
}

impl Sheets<'_> {
    /// The lines of a band in a sheet, from its first label to that of the next band.
    fn lines_of(&self, bands: &[Band], band: usize, sheet: usize) -> std::ops::Range<usize> {
        let first = |band: &Band| band.labels.iter().flatten().map(|&label| self.line(label, sheet)).min().unwrap_or(0);
        let end = bands.get(band + 1).map_or(self.end(sheet), first);
        first(&bands[band])..end
    }
}

/// The lines of a value.
type Text = Vec<Vec<Place>>;

/// Where the longest line of each label's values ends, by band and label.
fn ends(sheets: &Sheets<'_>, values: &[Vec<Vec<Text>>]) -> Vec<Vec<usize>> {
    let end = |text: &Text| text.iter().filter_map(|line| line.last()).map(|&place| sheets.word(place).to).max().unwrap_or(0);
    let longest = |band: usize, label: usize| values.iter().map(|bands| end(&bands[band][label])).max().unwrap_or(0);
    values[0].iter().enumerate().map(|(band, texts)| (0..texts.len()).map(|label| longest(band, label)).collect()).collect()
}

/// A sheet as a table: a row for each band, two where values stand below.
fn table(sheets: &Sheets<'_>, bands: &[Band], values: &[Vec<Text>], sheet: usize) -> Table {
    let wide = |band: &Band| if band.is_above { band.labels.len() } else { 2 * band.labels.len() };
    let cols = bands.iter().map(wide).max().unwrap_or(1) as u32;
    let mut cells: Vec<Cell> = Vec::new();
    let mut row = 0;
    for (index, band) in bands.iter().enumerate() {
        let count = wide(band) as u32;
        // The last cell reaches to the edge.
        let col = |nth: u32| nth..if nth + 1 == count { cols } else { nth + 1 };
        for (nth, (label, text)) in (0..).zip(band.labels.iter().zip(&values[index])) {
            let names = label.iter().map(|&l| vec![sheets.labels.places[l][sheet]]).collect::<Vec<_>>();
            let (at, below) = if band.is_above { ((row, nth), (row + 1, nth)) } else { ((row, 2 * nth), (row, 2 * nth + 1)) };
            cells.push(cell(sheets, at.0, col(at.1), &names));
            cells.push(cell(sheets, below.0, col(below.1), text));
        }
        row += if band.is_above { 2 } else { 1 };
    }
    cells.sort_by_key(|c| (c.row.start, c.col.start));
    Table { form: TableForm::Columns, rows: row, cols, cells, edges: None }
}

/// The values of a band's labels, line by line.
fn values(sheets: &Sheets<'_>, bands: &[Band], index: usize, sheet: usize) -> Vec<Text> {
    let band = &bands[index];
    let mut values: Vec<Text> = vec![Vec::new(); band.labels.len()];
    let starts = if band.is_above { below(sheets, bands, index, sheet) } else { beside(sheets, band) };
    for line in sheets.lines_of(bands, index, sheet) {
        let mut of_line: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
        let stretches = stretches(sheets, line);
        // As many texts as labels are one of each.
        let is_whole = band.is_above && stretches.len() == band.labels.len();
        for (nth, stretch) in stretches.into_iter().enumerate() {
            let from = sheets.word(stretch[0]).from;
            let column = if is_whole { nth } else { starts.iter().rposition(|&start| start <= from + SAME_COLUMN).unwrap_or(0) };
            of_line.entry(column).or_default().extend(stretch);
        }
        of_line.into_iter().for_each(|(column, places)| values[column].push(places));
    }
    values
}

/// The texts of a line that wide white parts, labels left out.
fn stretches(sheets: &Sheets<'_>, line: usize) -> Vec<Vec<Place>> {
    let mut stretches: Vec<Vec<Place>> = Vec::new();
    for place in sheets.values(line) {
        let last = stretches
            .last_mut()
            .filter(|s| s.last().is_some_and(|l| l.1 + 1 == place.1 && sheets.word(place).from < sheets.word(*l).to + WIDE));
        match last {
            Some(last) => last.push(place),
            None => stretches.push(vec![place]),
        }
    }
    stretches
}

/// Where values behind labels may begin.
fn beside(sheets: &Sheets<'_>, band: &Band) -> Vec<usize> {
    let start = |label: &Vec<usize>| label.iter().map(|&l| sheets.word(sheets.labels.places[l][0]).to).min().unwrap_or(0);
    band.labels.iter().map(start).collect()
}

/// Where the values below labels begin: as on a line that has one of each, else where the labels do.
fn below(sheets: &Sheets<'_>, bands: &[Band], index: usize, sheet: usize) -> Vec<usize> {
    let band = &bands[index];
    let sheets_in_order = std::iter::once(sheet).chain((0..sheets.count()).filter(|&other| other != sheet));
    for sheet in sheets_in_order {
        for line in sheets.lines_of(bands, index, sheet) {
            let stretches = stretches(sheets, line);
            if stretches.len() == band.labels.len() {
                return stretches.iter().map(|s| sheets.word(s[0]).from).collect();
            }
        }
    }
    band.labels.iter().map(|label| sheets.word(sheets.labels.places[label[0]][0]).from).collect()
}

fn cell(sheets: &Sheets<'_>, row: u32, col: std::ops::Range<u32>, lines: &[Vec<Place>]) -> Cell {
    let line = |places: &Vec<Place>| {
        let (first, last) = (sheets.word(*places.first()?).piece, sheets.word(*places.last()?).piece);
        let piece = Piece { page: first.page, range: TextRange::new(first.range.start as usize, last.range.end as usize) };
        Some(CellLine { run: Run(vec![piece]), list: ListLine::No })
    };
    Cell { row: row..row + 1, col, header: false, room: None, lines: lines.iter().filter_map(line).collect() }
}

/// The blocks with the tables in the place of their lines.
///
/// `starts`: the line with which the table of each sheet begins.
fn with_tables(blocks: &[Block], sheets: &Sheets<'_>, starts: &[usize], tables: Vec<Table>) -> Vec<Block> {
    // What is above the table of a sheet.
    let is_above = |at: usize| {
        let sheet = sheets.labels.starts.partition_point(|&start| start <= at);
        sheet.checked_sub(1).is_none_or(|sheet| at < starts[sheet])
    };
    let line = |line: &lines::Line, running: bool| {
        let run = Run(line.words.iter().map(|word| word.piece).collect());
        let width = line.words.last().map_or(0, |word| word.to as u32);
        seisho_model::layout::Line { width, running, ..seisho_model::layout::Line::of(run) }
    };
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut tables = tables.into_iter();
    let mut at = 0;
    for (index, block) in blocks.iter().enumerate() {
        if matches!(block, Block::PageBreak) {
            out.push(Block::PageBreak);
        }
        while at < sheets.lines.len() && sheets.lines[at].block == index {
            let own = &sheets.lines[at];
            if own.is_outside || is_above(at) {
                let again = at >= starts[0];
                match block {
                    Block::Line(block) => {
                        out.push(Block::Line(seisho_model::layout::Line { running: block.running || again, ..block.clone() }))
                    }
                    _ => out.push(Block::Line(line(own, again))),
                }
            } else if starts.binary_search(&at).is_ok() {
                out.extend(tables.next().map(Block::Table));
            }
            at += 1;
        }
    }
    out
}
