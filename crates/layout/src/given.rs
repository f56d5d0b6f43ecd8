//! Office files: the paragraphs and cells that they state themselves.

use crate::span;
use seisho_model::given::{GivenCell, GivenKind, GivenPart};
use seisho_model::layout::{Apart, Block, Cell, CellLine, Layout, Line, ListLine, Table, TableForm};
use seisho_model::record::Role;
use seisho_model::{Pages, Piece, Reported, Run, TextRange};

/// Takes a file at its word.
pub(crate) fn lay_out(pages: &Pages) -> Reported<Layout> {
    let mut layout = Layout::default();
    for (number, page) in pages.0.iter().enumerate() {
        if number > 0 {
            layout.blocks.push(Block::PageBreak);
        }
        let Some(given) = &page.given else { continue };
        let piece = |range: TextRange| Piece { page: number as u32, range };
        for part in &given.parts {
            match part {
                GivenPart::Line(range) => layout.blocks.extend(line(pages, piece(*range)).map(Block::Line)),
                GivenPart::Table(table) => {
                    let cells = table.cells.iter().map(|c| cell(pages, c, number as u32)).collect();
                    layout.blocks.push(Block::Table(Table {
                        form: TableForm::Given,
                        rows: table.rows,
                        cols: table.cols,
                        cells,
                        edges: None,
                    }));
                }
            }
        }
        layout.apart.extend(given.apart.iter().map(|apart| Apart {
            role: match apart.kind {
                GivenKind::Struck => Role::Struck,
                GivenKind::Note => Role::Note,
            },
            run: Run(vec![piece(apart.range)]),
            beside: apart.beside.or_else(|| given.beside(apart.range)).map(piece),
        }));
        layout.emphasis.extend(given.emphasis.iter().map(|&range| piece(range)));
        layout.apart.extend(given.comments.iter().map(|&range| Apart {
            role: Role::Annotation,
            run: Run(vec![piece(range)]),
            beside: None,
        }));
    }
    Reported { output: layout, findings: Vec::new() }
}

fn line(pages: &Pages, piece: Piece) -> Option<Line> {
    let text = pages.text(piece);
    let indent = span::width(&text[..text.len() - text.trim_start().len()]);
    let run = Run(vec![piece]).trimmed(pages);
    let width = span::width(text.trim());
    (!run.is_empty()).then_some(Line { run, heading: None, item: false, blank_before: 0, indent, width, running: false, beside: false })
}

fn cell(pages: &Pages, given: &GivenCell, page: u32) -> Cell {
    let lines = given.lines.iter().map(|line| {
        let run = Run(vec![Piece { page, range: line.range }]).trimmed(pages);
        CellLine { run, list: if line.item { ListLine::Item } else { ListLine::No } }
    });
    let lines = lines.filter(|l| !l.run.is_empty()).collect();
    Cell { row: given.row.clone(), col: given.col.clone(), header: false, room: None, lines }
}
