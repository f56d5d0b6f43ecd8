//! A paper in Typst's language.

use super::paper::{Align, Block, MARGIN, Paper, Para, Placed, Table};

pub(crate) fn typst(paper: &Paper) -> String {
    let (width, height) = paper.size;
    let blocks: String = paper.blocks.iter().map(block).collect();
    format!(
        "#set page(width: {width}mm, height: {height}mm, margin: {MARGIN}mm)\n\
         #set text(font: \"{}\", size: {}pt, lang: \"ja\")\n#set par(leading: 0.5em, spacing: 0.5em)\n{blocks}",
        paper.font, paper.points
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Text(text) => format!("#{}\n", para(text)),
        Block::Table(t) => table(t),
        Block::PageBreak => "#pagebreak()\n".into(),
    }
}

fn para(para: &Para) -> String {
    let align = match para.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let text = para.text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("pad(left: {}em, align({align}, par(hanging-indent: {}em, \"{text}\")))", para.indent, para.hang)
}

fn table(table: &Table) -> String {
    let widths: Vec<String> = table.widths.iter().map(|w| format!("{w}fr")).collect();
    let rows: Vec<String> = table.placed().iter().map(|row| row.iter().map(|c| cell(c, table.splits)).collect()).collect();
    let (head, body) = rows.split_at(table.heads);
    let head = if head.is_empty() { String::new() } else { format!("table.header(repeat: {}, {}),", table.repeats, head.concat()) };
    format!("#table(columns: ({},), inset: 1mm, stroke: none, align: horizon, {head}\n{})\n", widths.join(", "), body.join("\n"))
}

fn cell(placed: &Placed<'_>, splits: bool) -> String {
    let sides = ["left", "right", "top", "bottom"].into_iter().zip(placed.frame.borders);
    let stroke: Vec<String> = sides.map(|(side, drawn)| format!("{side}: {}", if drawn { "0.5pt" } else { "none" })).collect();
    let air = if placed.frame.airy { "align: top, inset: (x: 1mm, top: 1mm, bottom: 4mm), " } else { "" };
    let paras: Vec<String> = placed.cell.paras.iter().map(para).collect();
    let (rows, cols, stroke) = (placed.cell.rows, placed.cell.cols, stroke.join(", "));
    format!("table.cell(rowspan: {rows}, colspan: {cols}, {air}stroke: ({stroke}), breakable: {splits}, {{{}}}), ", paras.join("; "))
}
