//! Lines of letters drawn with characters, for the tests of what is seen of a line.

#![cfg(test)]

use crate::line::crop::{Cut, Strip};
use seisho_model::scan::{Crop, Symbol};

/// Pixels of a side of what one `#` stands for.
const DOT: u32 = 4;
/// White around the ink.
const PAD: u32 = 12;
/// The side of a square letter, which is drawn on twelve by twelve.
pub(crate) const EM: u32 = 12 * DOT;

/// A line at 300 dpi, `#` for ink.
pub(crate) fn line(rows: &[&str]) -> Strip {
    let cols = rows.iter().map(|row| row.len()).max().unwrap_or(0) as u32;
    let (width, height) = (cols * DOT + 2 * PAD, rows.len() as u32 * DOT + 2 * PAD);
    let is_dot = |col: u32, row: u32| rows.get(row as usize).is_some_and(|r| r.as_bytes().get(col as usize) == Some(&b'#'));
    let is_ink = |x: u32, y: u32| x >= PAD && y >= PAD && is_dot((x - PAD) / DOT, (y - PAD) / DOT);
    let gray = (0..width * height).map(|i| if is_ink(i % width, i / width) { 0 } else { 255 }).collect();
    let inked: Vec<u32> = (0..cols).filter(|&col| (0..rows.len() as u32).any(|row| is_dot(col, row))).collect();
    let high = (0..rows.len()).filter(|&row| rows[row].contains('#'));
    let pixel = |col: u32| PAD + col * DOT;
    let (first, last) = (inked.first().copied().unwrap_or(0), inked.last().map_or(0, |c| c + 1));
    let gaps = inked.windows(2).filter(|w| w[1] > w[0] + 1).map(|w| (pixel(w[0] + 1), pixel(w[1])));
    let height_of_ink = high.clone().next_back().zip(high.clone().next()).map_or(0, |(to, from)| (to + 1 - from) * DOT as usize);
    Strip {
        gaps: gaps.collect(),
        left: pixel(first),
        high: height_of_ink,
        ..Strip::new(Crop { width, height, gray, dpi: 300 }, Vec::new(), (last - first) * DOT)
    }
}

/// What a reader says of a line, each letter on the next square.
pub(crate) fn said(text: &str, score: u16) -> Vec<Symbol> {
    let symbol = |(i, c): (u32, char)| {
        let x = PAD + i * EM;
        Symbol { text: c.to_string(), ink: [x, PAD, x + EM - DOT, PAD + EM - DOT], line: 0, score, marks: Vec::new() }
    };
    (0..).zip(text.chars()).map(symbol).collect()
}

/// A cell of one such line.
pub(crate) fn cell(line: Strip) -> Cut {
    let mut cell = Cut::of_line(line);
    cell.em = EM as usize;
    cell
}

/// A line of three letters: 工, 十 and 口.
pub(crate) const LETTERS: [&str; 11] = [
    ".................#.......#########.",
    ".#########.......#.......#.......#.",
    ".....#...........#.......#.......#.",
    ".....#...........#.......#.......#.",
    ".....#......###########..#.......#.",
    ".....#...........#.......#.......#.",
    ".....#...........#.......#.......#.",
    ".....#...........#.......#.......#.",
    ".....#...........#.......#########.",
    "###########......#.......#.......#.",
    ".................#.................",
];
