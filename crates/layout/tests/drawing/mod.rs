//! Draws pages: grids with merged cells, their rules in several manners, text in the cells and outside. Knows what it
//! drew where, and nothing of how that is found again.

use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Axis, Glyph, Ink, Ruling};
use seisho_model::{Page, Pages, TextRange};
use std::ops::Range;

/// The same numbers on every machine (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 to one less than `n`.
    pub(crate) fn below(&mut self, n: i32) -> i32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % n as u64) as i32
    }

    fn between(&mut self, from: i32, to: i32) -> i32 {
        from + self.below(to - from + 1)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as i32 + 1) as usize);
        }
    }
}

/// Rows and columns of a cell.
pub(crate) type Place = (Range<u32>, Range<u32>);

/// A page being drawn.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    pub(crate) size: (i32, i32),
    pub(crate) glyphs: Vec<(char, Rect, i32)>,
    pub(crate) rulings: Vec<Ruling>,
    /// What every cell of the grid holds, by place.
    pub(crate) cells: Vec<(Place, String)>,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { size: (842_000, 842_000), glyphs: Vec::new(), rulings: Vec::new(), cells: Vec::new() }
    }
}

impl Drawing {
    pub(crate) fn glyph(&mut self, x: i32, y: i32, size: i32, c: char) {
        let rect = Rect { x0: Pt(x), y0: Pt(y), x1: Pt(x + size), y1: Pt(y + size) };
        self.glyphs.push((c, rect, size));
    }

    fn line(&mut self, x: i32, y: i32, size: i32, text: &str) {
        text.chars().enumerate().for_each(|(i, c)| self.glyph(x + i as i32 * size, y, size, c));
    }

    /// The strokes that hang together with the first one, which is of the border.
    pub(crate) fn joined_to_the_first(&self) -> Vec<Ruling> {
        let (mut joined, mut rest) = (vec![self.rulings[0]], self.rulings[1..].to_vec());
        let mut next = 0;
        while let Some(last) = joined.get(next).copied() {
            let (near, far) = rest.into_iter().partition(|r| touch(&last, r));
            joined.extend::<Vec<Ruling>>(near);
            rest = far;
            next += 1;
        }
        joined
    }

    pub(crate) fn pages(&self) -> Pages {
        let mut text = String::new();
        let glyphs = self.glyphs.iter().map(|&(c, rect, size)| {
            let start = text.len();
            text.push(c);
            Glyph { range: TextRange::new(start, text.len()), rect, size: Pt(size), vertical: false, score: None }
        });
        let glyphs = glyphs.collect();
        let (width, height) = (Pt(self.size.0), Pt(self.size.1));
        Pages(vec![Page::drawn(text, Ink { width, height, glyphs, rulings: self.rulings.clone(), ..Ink::default() })])
    }
}

fn touch(a: &Ruling, b: &Ruling) -> bool {
    let within = |at: Pt, r: &Ruling| (r.from..=r.to).contains(&at);
    match a.axis == b.axis {
        true => a.at == b.at && (within(a.from, b) || within(b.from, a)),
        false => within(a.at, b) && within(b.at, a),
    }
}

/// How one rule is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pieces {
    /// In one stroke as far as it goes.
    Whole,
    /// A stroke for every cell along it.
    ByCell,
    /// 3 points drawn, 2 points free.
    Dashes,
}

/// How all rules are drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) pieces: Pieces,
    /// Two lines, 1.2 points apart.
    pub(crate) is_double: bool,
    /// Every stroke up to this far beside its place.
    pub(crate) jitter: i32,
    /// No border on the left and right.
    pub(crate) is_open: bool,
}

/// A grid with merged cells, every edge of which is drawn somewhere.
pub(crate) struct Grid {
    xs: Vec<i32>,
    ys: Vec<i32>,
    /// The cell, by number, of every place.
    owners: Vec<Vec<usize>>,
}

impl Grid {
    pub(crate) fn random(random: &mut Random, is_open: bool) -> Self {
        loop {
            let grid = Self::any(random);
            if grid.has_every_edge() && (!is_open || grid.has_a_rule_in_every_row()) {
                return grid;
            }
        }
    }

    fn any(random: &mut Random) -> Self {
        let (rows, cols) = (random.between(2, 8) as usize, random.between(2, 7) as usize);
        let mut edges = |from: i32, count: usize, least: i32, most: i32| -> Vec<i32> {
            let steps = (0..count).map(|_| random.between(least, most)).collect::<Vec<_>>();
            std::iter::once(from)
                .chain(steps.iter().scan(from, |at, step| {
                    Some({
                        *at += step;
                        *at
                    })
                }))
                .collect()
        };
        let (xs, ys) = (edges(50_000, cols, 25_000, 100_000), edges(120_000, rows, 14_000, 70_000));
        let mut owners: Vec<Vec<usize>> = (0..rows).map(|r| (0..cols).map(|c| r * cols + c).collect()).collect();
        for merge in 0..random.below(4) as usize {
            let (r, c) = (random.below(rows as i32) as usize, random.below(cols as i32) as usize);
            let (bottom, right) = ((r + random.between(1, 3) as usize).min(rows), (c + random.between(1, 3) as usize).min(cols));
            let is_free = owners[r..bottom].iter().flat_map(|row| &row[c..right]).all(|&o| o < rows * cols);
            if is_free {
                owners[r..bottom].iter_mut().for_each(|row| row[c..right].fill(rows * cols + merge));
            }
        }
        Self { xs, ys, owners }
    }

    /// Whether a rule runs along the left side of a place (or, past the last column, the right border).
    fn is_ruled_left(&self, row: usize, col: usize) -> bool {
        col == 0 || col == self.xs.len() - 1 || self.owners[row][col - 1] != self.owners[row][col]
    }

    fn is_ruled_above(&self, row: usize, col: usize) -> bool {
        row == 0 || row == self.ys.len() - 1 || self.owners[row - 1][col] != self.owners[row][col]
    }

    /// Rows and columns.
    pub(crate) fn size(&self) -> (u32, u32) {
        (self.ys.len() as u32 - 1, self.xs.len() as u32 - 1)
    }

    /// The places on both sides of a stroke of one cell's length; none for a border.
    pub(crate) fn sides(&self, ruling: &Ruling) -> Option<[(usize, usize); 2]> {
        let (across, along) = if ruling.axis == Axis::Horizontal { (&self.ys, &self.xs) } else { (&self.xs, &self.ys) };
        let edge = across.iter().position(|&e| e == ruling.at.0).filter(|&e| e > 0 && e + 1 < across.len())?;
        let step = along.iter().position(|&e| e == ruling.from.0)?;
        Some([edge - 1, edge].map(|side| if ruling.axis == Axis::Horizontal { (side, step) } else { (step, side) }))
    }

    /// An edge that merged cells hide from end to end is no edge.
    fn has_every_edge(&self) -> bool {
        let (rows, cols) = (self.ys.len() - 1, self.xs.len() - 1);
        (0..cols).all(|c| (0..rows).any(|r| self.is_ruled_left(r, c))) && (0..rows).all(|r| (0..cols).any(|c| self.is_ruled_above(r, c)))
    }

    /// Without its side borders, a row of one cell would part the grid in two.
    fn has_a_rule_in_every_row(&self) -> bool {
        let cols = self.xs.len() - 1;
        (0..self.ys.len() - 1).all(|r| (1..cols).any(|c| self.is_ruled_left(r, c)))
    }

    /// Rows and columns of every cell, in order.
    fn places(&self) -> Vec<Place> {
        let mut places: std::collections::BTreeMap<usize, Place> = std::collections::BTreeMap::new();
        for (r, row) in self.owners.iter().enumerate() {
            for (c, &owner) in row.iter().enumerate() {
                let (r, c) = (r as u32, c as u32);
                let place = places.entry(owner).or_insert((r..r + 1, c..c + 1));
                place.0.end = place.0.end.max(r + 1);
                place.1.end = place.1.end.max(c + 1);
            }
        }
        let mut places: Vec<Place> = places.into_values().collect();
        places.sort_by_key(|(rows, cols)| (rows.start, cols.start));
        places
    }

    /// Rules and text of the grid, a line of text above it and one below.
    pub(crate) fn draw(&self, random: &mut Random, style: &Style) -> Drawing {
        let mut drawing = Drawing::default();
        self.draw_rules(random, style, &mut drawing);
        drawing.line(60_000, 80_000, 10_000, "表の上の行");
        for place in self.places() {
            let text = self.draw_text(random, &place, &mut drawing);
            drawing.cells.push((place, text));
        }
        drawing.line(60_000, self.ys[self.ys.len() - 1] + 20_000, 10_000, "表の下の行");
        drawing
    }

    fn draw_rules(&self, random: &mut Random, style: &Style, drawing: &mut Drawing) {
        let (rows, cols) = (self.ys.len() - 1, self.xs.len() - 1);
        for row in 0..=rows {
            let drawn: Vec<bool> = (0..cols).map(|c| self.is_ruled_above(row, c)).collect();
            strokes(random, style, Axis::Horizontal, self.ys[row], &self.xs, &drawn, drawing);
        }
        let inner = if style.is_open { 1..cols } else { 0..cols + 1 };
        for col in inner {
            let drawn: Vec<bool> = (0..rows).map(|r| self.is_ruled_left(r, col)).collect();
            strokes(random, style, Axis::Vertical, self.xs[col], &self.ys, &drawn, drawing);
        }
    }

    /// Wrapped lines from the top left of a cell, as many as fit; gives what they say.
    fn draw_text(&self, random: &mut Random, (rows, cols): &Place, drawing: &mut Drawing) -> String {
        let size = random.between(6, 9) * 1_000;
        let (x0, x1) = (self.xs[cols.start as usize] + 2_000, self.xs[cols.end as usize] - 2_000);
        let (y0, y1) = (self.ys[rows.start as usize] + 2_000, self.ys[rows.end as usize] - 2_000);
        let (a_line, lines) = ((x1 - x0) / size, (y1 - y0) / (size * 6 / 5));
        let count = if a_line * lines > 0 { random.below(a_line * lines + 1).min(40) } else { 0 };
        let letters: Vec<char> = "市民の福祉計画を推進し地域と連携する・年度末までに30件ＡＢ".chars().collect();
        let text: String = (0..count).map(|_| letters[random.below(letters.len() as i32) as usize]).collect();
        for (index, line) in text.chars().collect::<Vec<_>>().chunks(a_line.max(1) as usize).enumerate() {
            drawing.line(x0, y0 + index as i32 * size * 6 / 5, size, &line.iter().collect::<String>());
        }
        text
    }
}

/// Draws one rule where it is drawn at all.
fn strokes(random: &mut Random, style: &Style, axis: Axis, at: i32, edges: &[i32], drawn: &[bool], drawing: &mut Drawing) {
    let offsets: &[i32] = if style.is_double { &[-600, 600] } else { &[0] };
    for (from, to) in spans(style.pieces, edges, drawn) {
        for offset in offsets {
            let off = random.between(-style.jitter, style.jitter);
            drawing.rulings.push(Ruling { axis, at: Pt(at + offset + off), from: Pt(from), to: Pt(to), width: Pt(500) });
        }
    }
}

fn spans(pieces: Pieces, edges: &[i32], drawn: &[bool]) -> Vec<(i32, i32)> {
    let by_cell: Vec<(i32, i32)> = edges.windows(2).zip(drawn).filter(|(_, d)| **d).map(|(w, _)| (w[0], w[1])).collect();
    match pieces {
        Pieces::ByCell => by_cell,
        Pieces::Whole => by_cell.chunk_by(|a, b| a.1 == b.0).map(|run| (run[0].0, run[run.len() - 1].1)).collect(),
        Pieces::Dashes => {
            by_cell.into_iter().flat_map(|(from, to)| (from..to).step_by(5_000).map(move |a| (a, (a + 3_000).min(to)))).collect()
        }
    }
}
