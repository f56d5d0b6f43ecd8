//! A document to be printed, before any program is chosen: paragraphs and tables with spans.

/// A document and the paper that it goes on.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    pub(crate) name: String,
    /// Width and height in mm.
    pub(crate) size: (u32, u32),
    pub(crate) font: &'static str,
    /// Of the running text and of tables, in points.
    pub(crate) points: f64,
    pub(crate) blocks: Vec<Block>,
}

/// Free on every side of the page, in mm.
pub(crate) const MARGIN: u32 = 12;

#[derive(Clone, Debug)]
pub(crate) enum Block {
    Text(Para),
    Table(Table),
    PageBreak,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
}

/// A paragraph: its lines begin `indent` em from the left, all but the first `hang` em further.
#[derive(Clone, Debug)]
pub(crate) struct Para {
    pub(crate) text: String,
    pub(crate) align: Align,
    pub(crate) indent: u32,
    pub(crate) hang: u32,
}

/// Which rules of a table are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    Full,
    /// No border on the left and right.
    OpenSides,
    /// Only the rules between rows.
    Rows,
    None,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Shares of the whole width.
    pub(crate) widths: Vec<u32>,
    /// Only the cells that begin in a row, as in HTML.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Rows at the top that are headings.
    pub(crate) heads: usize,
    /// Whether the headings come again on every page.
    pub(crate) repeats: bool,
    /// Whether a page may end inside a row.
    pub(crate) splits: bool,
    pub(crate) rules: Rules,
}

#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) paras: Vec<Para>,
    pub(crate) rows: usize,
    pub(crate) cols: usize,
    /// Set in columns from right to left.
    pub(crate) vertical: bool,
}

/// The height of a cell that is set in columns, in mm.
pub(crate) const VERTICAL: u32 = 45;

/// A cell at its place.
pub(crate) struct Placed<'a> {
    pub(crate) col: usize,
    pub(crate) cell: &'a Cell,
    pub(crate) frame: Frame,
}

/// What is drawn around the text of a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Left, right, top, bottom.
    pub(crate) borders: [bool; 4],
    /// Text at the top and white below it: what tells rows apart where no rule does.
    pub(crate) airy: bool,
}

impl Para {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), align: Align::Left, indent: 0, hang: 0 }
    }

    pub(crate) fn aligned(text: impl Into<String>, align: Align) -> Self {
        Self { align, ..Self::new(text) }
    }
}

impl Cell {
    pub(crate) fn new(paras: Vec<Para>) -> Self {
        Self { paras, rows: 1, cols: 1, vertical: false }
    }

    /// A cell with one text in its middle.
    pub(crate) fn label(text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self::new(text.split('\n').map(|line| Para::aligned(line, Align::Center)).collect())
    }

    pub(crate) fn spanning(self, rows: usize, cols: usize) -> Self {
        Self { rows, cols, ..self }
    }
}

impl Table {
    /// The cells of every row at their columns.
    pub(crate) fn placed(&self) -> Vec<Vec<Placed<'_>>> {
        let mut taken = vec![vec![false; self.widths.len()]; self.rows.len()];
        let mut placed = Vec::with_capacity(self.rows.len());
        for (row, cells) in self.rows.iter().enumerate() {
            let mut line = Vec::with_capacity(cells.len());
            for cell in cells {
                let col = taken[row].iter().position(|t| !t).expect("a free column");
                taken[row..row + cell.rows].iter_mut().for_each(|t| t[col..col + cell.cols].fill(true));
                let frame = Frame { borders: self.borders(row, col, cell), airy: self.rules == Rules::None };
                line.push(Placed { col, cell, frame });
            }
            placed.push(line);
        }
        placed
    }

    fn borders(&self, row: usize, col: usize, cell: &Cell) -> [bool; 4] {
        let (first, last) = (col == 0, col + cell.cols == self.widths.len());
        let (top, bottom) = (row == 0, row + cell.rows == self.rows.len());
        match self.rules {
            Rules::Full => [true; 4],
            Rules::OpenSides => [!first, !last, true, true],
            Rules::Rows => [false, false, !top, !bottom],
            Rules::None => [false; 4],
        }
    }

    /// Widths of the columns in mm on a page of this width.
    pub(crate) fn widths_mm(&self, page: u32) -> Vec<f64> {
        let all: u32 = self.widths.iter().sum();
        let width = f64::from(page - 2 * MARGIN);
        self.widths.iter().map(|w| width * f64::from(*w) / f64::from(all)).collect()
    }
}

impl Paper {
    /// Its tables.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None })
    }
}

/// Text for XML and HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
