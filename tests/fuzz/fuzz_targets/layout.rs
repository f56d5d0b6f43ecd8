#![no_main]
//! Pages of glyphs and rulings anywhere: every visible glyph has one place, and cells tile their tables.

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Axis, Glyph, Ink, Ruling};
use seisho_model::layout::Block;
use seisho_model::{Page, Pages, TextRange, is_visible};

#[derive(Arbitrary, Debug)]
struct Mark {
    c: char,
    x: i16,
    y: i16,
    size: u8,
    vertical: bool,
}

#[derive(Arbitrary, Debug)]
struct Line {
    down: bool,
    at: i16,
    from: i16,
    length: u16,
}

/// Tenths of a point.
fn points(n: impl Into<i32>) -> Pt {
    Pt(n.into() * 100)
}

fn page(marks: &[Mark], lines: &[Line]) -> Page {
    let mut text = String::new();
    let mut glyphs = Vec::new();
    for mark in marks {
        let start = text.len();
        text.push(mark.c);
        let (x, y, size) = (points(mark.x), points(mark.y), Pt(i32::from(mark.size) * 100));
        let rect = Rect { x0: x, y0: y, x1: Pt(x.0 + size.0), y1: Pt(y.0 + size.0) };
        glyphs.push(Glyph { range: TextRange::new(start, text.len()), rect, size, vertical: mark.vertical, score: None });
    }
    let ruling = |line: &Line| Ruling {
        axis: if line.down { Axis::Vertical } else { Axis::Horizontal },
        at: points(line.at),
        from: points(line.from),
        to: points(i32::from(line.from) + i32::from(line.length)),
        width: Pt(500),
    };
    let (width, height) = (Pt(595_000), Pt(842_000));
    Page::drawn(text, Ink { width, height, glyphs, rulings: lines.iter().map(ruling).collect(), ..Ink::default() })
}

libfuzzer_sys::fuzz_target!(|drawn: Vec<(Vec<Mark>, Vec<Line>)>| {
    let pages = Pages(drawn.iter().take(3).map(|(marks, lines)| page(marks, lines)).collect());
    let layout = seisho_layout::lay_out(&pages, "application/pdf").output;
    let mut held: Vec<Vec<u32>> = pages.0.iter().map(|p| vec![0; p.text.len()]).collect();
    let runs = layout.blocks.iter().flat_map(|block| match block {
        Block::Line(line) => line.run.0.clone(),
        Block::Table(table) => table.cells.iter().flat_map(|c| c.run().0).collect(),
        Block::PageBreak => Vec::new(),
    });
    for piece in runs.chain(layout.markup.iter().copied()).chain(layout.ruby.0.iter().copied()) {
        held[piece.page as usize][piece.range.as_usize()].iter_mut().for_each(|h| *h += 1);
    }
    for (page, held) in pages.0.iter().zip(&held) {
        assert!(page.text.char_indices().filter(|(_, c)| is_visible(*c)).all(|(at, _)| held[at] == 1), "lost or doubled");
    }
});
