//! The drawing: one layer for each thing that a page is made of, from the paper up.

use crate::{View, legend};
use seisho_model::Run;
use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Axis, Ink};
use seisho_model::layout::{Block, Edges, Line, Table};
use seisho_model::record::Place;

/// Height of the strip under the page that holds the legend, in points.
const LEGEND: f64 = 16.0;
/// Size of the labels, in points.
const LABEL: f64 = 5.0;

/// Draws a page; none where the source has no such page or is not drawn.
#[must_use]
pub fn svg(view: View<'_>) -> Option<String> {
    let page = view.pages.0.get(view.page as usize)?;
    let ink = page.ink.as_ref()?;
    let (width, height) = (ink.width.points(), ink.height.points());
    let mut out = Drawing(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{}\" viewBox=\"0 0 {width} {}\" font-family=\"{FONTS}\">\n",
        height + LEGEND,
        height + LEGEND
    ));
    out.add(&format!("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><rect width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"#000\" stroke-width=\"0.5\"/>"));
    out.furniture(view);
    out.glyphs(ink, &page.text);
    out.rulings(ink);
    out.blocks(view, ink);
    out.values(view);
    out.legend(width, height);
    out.add("</svg>");
    Some(out.0)
}

/// Fonts that hold Japanese, on the systems that offices have.
const FONTS: &str = "Yu Gothic, Meiryo, MS Gothic, Hiragino Sans, Noto Sans CJK JP, IPAexGothic, IPAGothic, sans-serif";

/// A drawing in the making.
struct Drawing(String);

impl Drawing {
    fn add(&mut self, element: &str) {
        self.0.push_str(element);
        self.0.push('\n');
    }

    /// A box with a tooltip.
    fn rect(&mut self, rect: Rect, style: &str, title: &str) {
        let [x, y, w, h] = [rect.x0, rect.y0, rect.width(), rect.height()].map(Pt::points);
        self.add(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" {style}><title>{}</title></rect>", escaped(title)));
    }

    fn text(&mut self, (x, y): (f64, f64), size: f64, color: &str, text: &str) {
        self.add(&format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{color}\">{}</text>", escaped(text)));
    }

    fn furniture(&mut self, view: View<'_>) {
        for left in view.remainder {
            let color = legend::of_role(left.role);
            for place in &left.at {
                if let Place::Box(place) = place
                    && place.page == view.page + 1
                {
                    let style = format!("fill=\"{color}\" fill-opacity=\"0.25\" stroke=\"none\"");
                    self.rect(place.rect, &style, &format!("{}: {}", left.role.name(), left.text));
                }
            }
        }
    }

    fn glyphs(&mut self, ink: &Ink, text: &str) {
        for glyph in &ink.glyphs {
            let said = &text[glyph.range.as_usize()];
            let style = format!("fill=\"none\" stroke=\"{}\" stroke-width=\"0.2\"", legend::GLYPH);
            self.rect(glyph.rect, &style, said);
            // The baseline of a Japanese font lies 12 % of the em above the bottom of its box.
            let size = glyph.size.points();
            let (x, y) = (glyph.rect.x0.points(), glyph.rect.y1.points() - size * 0.12);
            self.text((x, y), size, "#000", said);
        }
    }

    fn rulings(&mut self, ink: &Ink) {
        for ruling in &ink.rulings {
            let (at, from, to) = (ruling.at.points(), ruling.from.points(), ruling.to.points());
            let (x1, y1, x2, y2) = match ruling.axis {
                Axis::Horizontal => (from, at, to, at),
                Axis::Vertical => (at, from, at, to),
            };
            let width = ruling.width.points().max(0.3);
            let color = legend::RULING;
            self.add(&format!(
                "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{color}\" stroke-width=\"{width}\" stroke-opacity=\"0.6\"/>"
            ));
        }
    }

    fn values(&mut self, view: View<'_>) {
        for value in view.values.iter().filter(|v| v.page == view.page + 1) {
            let (color, name) = value.name.as_deref().map_or((legend::UNREAD, "?"), |name| (legend::VALUE, name));
            self.rect(value.rect, &format!("fill=\"{color}\" fill-opacity=\"0.15\" stroke=\"{color}\" stroke-width=\"0.8\""), name);
            self.text((value.rect.x0.points(), value.rect.y0.points() - 0.5), LABEL * 1.2, color, name);
        }
    }

    fn blocks(&mut self, view: View<'_>, ink: &Ink) {
        let mut order = 0;
        let (mut lines, mut tables) = (Vec::new(), 0);
        for block in view.blocks {
            match block {
                Block::Line(line) if line.run.0.first().is_some_and(|p| p.page == view.page) => {
                    order += 1;
                    lines.push(self.line(view, line, ink, order));
                }
                Block::Table(table) => {
                    if let Some(edges) = table.edges.as_ref().filter(|e| e.page == view.page) {
                        order += 1;
                        tables += 1;
                        self.table(view, table, edges, (tables, order));
                        lines.push(edges_rect(edges).center());
                    }
                }
                _ => {}
            }
        }
        let path: Vec<String> = lines.iter().map(|(x, y)| format!("{},{}", x.points(), y.points())).collect();
        let (points, color) = (path.join(" "), legend::LINE);
        self.add(&format!("<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"0.4\" stroke-opacity=\"0.5\"/>"));
    }

    fn line(&mut self, view: View<'_>, line: &Line, ink: &Ink, order: usize) -> (Pt, Pt) {
        let rect = rect_of(ink, &line.run);
        let color = legend::LINE;
        let style = format!("fill=\"none\" stroke=\"{color}\" stroke-width=\"0.4\"");
        self.rect(rect, &style, &line.run.raw(view.pages));
        self.text((rect.x0.points(), rect.y0.points() - 0.5), LABEL, color, &order.to_string());
        rect.center()
    }

    fn table(&mut self, view: View<'_>, table: &Table, edges: &Edges, (number, order): (usize, usize)) {
        let color = legend::of_table(table.form);
        for cell in &table.cells {
            let style = format!("fill=\"{color}\" fill-opacity=\"0.06\" stroke=\"{color}\" stroke-width=\"0.5\"");
            let rect = edges.rect(cell);
            self.rect(rect, &style, &cell.run().raw(view.pages));
            let label = format!("{},{}", span(&cell.row), span(&cell.col));
            self.text((rect.x0.points() + 0.5, rect.y0.points() + LABEL), LABEL, color, &label);
        }
        let rect = edges_rect(edges);
        let label = format!("{order}: T{number} {}×{}", table.rows, table.cols);
        self.text((rect.x0.points(), rect.y0.points() - 0.5), LABEL, legend::LINE, &label);
    }

    fn legend(&mut self, width: f64, top: f64) {
        // In ems: half-width letters take about half of one, and two stand between entries.
        let ems = |words: &str| words.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum::<f64>() + 2.0;
        let size = (width / legend::ENTRIES.iter().map(|e| ems(e.words)).sum::<f64>()).min(7.0);
        let mut x = size;
        for entry in &legend::ENTRIES {
            self.text((x, top + 11.0), size, entry.color, entry.words);
            x += ems(entry.words) * size;
        }
    }
}

/// First row or column, or first and last of a cell that spans.
fn span(range: &std::ops::Range<u32>) -> String {
    if range.len() == 1 { range.start.to_string() } else { format!("{}-{}", range.start, range.end - 1) }
}

fn edges_rect(edges: &Edges) -> Rect {
    let ends = |v: &[Pt]| (v.first().copied().unwrap_or_default(), v.last().copied().unwrap_or_default());
    let ((x0, x1), (y0, y1)) = (ends(&edges.xs), ends(&edges.ys));
    Rect { x0, y0, x1, y1 }
}

fn rect_of(ink: &Ink, run: &Run) -> Rect {
    run.0.iter().flat_map(|piece| ink.glyphs_of(piece.range)).map(|g| g.rect).reduce(Rect::union).unwrap_or_default()
}

/// Text as XML: what XML cannot hold at all is shown as U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
