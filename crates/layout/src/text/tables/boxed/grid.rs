//! Rows of a written table: the lines between its rules, cells over several of them where a rule is missing.

use super::edges::Segment;
use std::ops::Range;

/// A line of a table, in parts.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) segments: Vec<Segment>,
    /// Nothing but rules.
    pub(super) is_rule: bool,
}

/// A cell: rows, columns, and its lines as bytes of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boxed {
    pub(super) row: Range<usize>,
    pub(super) col: Range<usize>,
    pub(super) lines: Vec<Range<usize>>,
}

/// Lines between two rules.
#[derive(Clone, Debug, Default)]
struct Band {
    /// Lines, each as its parts with text.
    lines: Vec<Vec<Segment>>,
    /// By column: whether a rule stands below it.
    ruled_below: Vec<bool>,
}

/// The cells of a table, by row, then column, and how many rows it has.
pub(super) fn cells(text: &str, lines: &[Parts], cols: usize) -> (Vec<Boxed>, usize) {
    let bands = split(text, bands(lines, cols), cols);
    let mut cells: Vec<Boxed> = Vec::new();
    // The cell above each column.
    let mut above: Vec<Option<usize>> = vec![None; cols];
    for (row, band) in bands.iter().enumerate() {
        let mut here = vec![None; cols];
        for col in spans(band, cols) {
            let goes_on = above[col.start].filter(|&up| {
                let rules = &bands[row - 1].ruled_below;
                cells[up].col == col && !rules[col.clone()].contains(&true)
            });
            let cell = goes_on.unwrap_or(cells.len());
            if goes_on.is_none() {
                cells.push(Boxed { row: row..row + 1, col: col.clone(), lines: Vec::new() });
            }
            cells[cell].row.end = row + 1;
            let of_cell = |s: &&Segment| col.contains(&s.cols.start) && !text[s.bytes.clone()].trim().is_empty();
            cells[cell].lines.extend(band.lines.iter().flat_map(|line| line.iter().filter(of_cell)).map(|s| s.bytes.clone()));
            here[col].fill(Some(cell));
        }
        above = here;
    }
    cells.sort_by_key(|cell| (cell.row.start, cell.col.start));
    (cells, bands.len())
}

fn bands(lines: &[Parts], cols: usize) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let mut open = false;
    for line in lines {
        let has_rules = line.is_rule || line.segments.iter().any(|s| s.is_ruled);
        let texts: Vec<Segment> = line.segments.iter().filter(|s| !s.is_ruled).cloned().collect();
        if !has_rules && !open {
            bands.push(Band { lines: Vec::new(), ruled_below: vec![false; cols] });
        }
        open = !has_rules;
        // Above the first band there is nothing that a rule could part.
        if let Some(band) = bands.last_mut() {
            line.segments.iter().filter(|s| s.is_ruled).for_each(|s| band.ruled_below[s.cols.clone()].fill(true));
            band.lines.push(texts);
        }
    }
    bands
}

/// The columns of a band's cells: bars that most of its lines have part them.
fn spans(band: &Band, cols: usize) -> Vec<Range<usize>> {
    let whole = || {
        band.lines.iter().filter(|line| line.first().is_some_and(|s| s.cols.start == 0) && line.last().is_some_and(|s| s.cols.end == cols))
    };
    let lines = whole().count();
    let mut bars = vec![0; cols + 1];
    whole().for_each(|line| line.iter().for_each(|s| bars[s.cols.start] += 1));
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (col, &count) in bars.iter().enumerate().take(cols) {
        match spans.last_mut() {
            Some(span) if lines > 0 && count * 2 < lines => span.end = col + 1,
            _ => spans.push(col..col + 1),
        }
    }
    spans
}

/// Bands of several rows that no rule parts: where numbers count them, or where all their lines fill all columns.
fn split(text: &str, bands: Vec<Band>, cols: usize) -> Vec<Band> {
    let few = bands.len() <= 2;
    bands.into_iter().flat_map(|band| rows(text, band, cols, few)).collect()
}

fn rows(text: &str, band: Band, cols: usize, few: bool) -> Vec<Band> {
    let number = |line: &Vec<Segment>| {
        let first = line.first().filter(|s| s.cols.start == 0)?;
        text[first.bytes.clone()].trim().chars().map(seisho_model::script::half_width).collect::<String>().parse::<u32>().ok()
    };
    let numbers: Vec<(usize, u32)> = band.lines.iter().enumerate().filter_map(|(at, line)| Some((at, number(line)?))).collect();
    let is_full = |line: &Vec<Segment>| line.len() == cols && line.iter().all(|s| !text[s.bytes.clone()].trim().is_empty());
    let starts: Vec<usize> = if numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0].1 + 1 == pair[1].1) {
        // A heading that no rule ends stands above the first number.
        let head = if numbers[0].0 > 0 { vec![0] } else { Vec::new() };
        head.into_iter().chain(numbers.iter().map(|(at, _)| *at)).collect()
    } else if few && band.lines.len() > 1 && cols > 1 && band.lines.iter().filter(|line| is_full(line)).count() * 4 >= band.lines.len() * 3
    {
        (0..band.lines.len()).collect()
    } else {
        return vec![band];
    };
    let ends = starts[1..].iter().copied().chain([band.lines.len()]);
    let parts = starts.iter().zip(ends).map(|(&start, end)| Band { lines: band.lines[start..end].to_vec(), ruled_below: vec![true; cols] });
    let mut parts: Vec<Band> = parts.collect();
    if let Some(last) = parts.last_mut() {
        last.ruled_below = band.ruled_below;
    }
    parts
}
