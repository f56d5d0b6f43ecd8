//! A paper as HTML, for Chromium and WeasyPrint.

use super::paper::{Align, Block, MARGIN, Paper, Para, Placed, Table, VERTICAL, escaped};

pub(crate) fn html(paper: &Paper) -> String {
    let (width, height) = paper.size;
    let style = format!(
        "@page{{size:{width}mm {height}mm;margin:{MARGIN}mm}}body{{font:{}pt/1.4 '{}';margin:0}}p{{margin:0;text-indent:0}}\
         table{{border-collapse:collapse;width:100%;table-layout:fixed;margin:2mm 0}}td{{padding:.7mm 1mm;vertical-align:middle}}\
         .break{{break-after:page}}",
        paper.points, paper.font
    );
    let body: String = paper.blocks.iter().map(block).collect();
    format!(
        "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title></title><style>{style}</style></head><body>{body}</body></html>"
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Text(text) => para(text),
        Block::Table(t) => table(t),
        Block::PageBreak => "<div class=\"break\"></div>".into(),
    }
}

fn para(para: &Para) -> String {
    let align = match para.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let (left, hang) = (para.indent + para.hang, para.hang);
    format!("<p style=\"text-align:{align};margin-left:{left}em;text-indent:-{hang}em\">{}</p>", escaped(&para.text))
}

fn table(table: &Table) -> String {
    let all: u32 = table.widths.iter().sum();
    let cols: String =
        table.widths.iter().map(|w| format!("<col style=\"width:{:.2}%\">", f64::from(*w) * 100.0 / f64::from(all))).collect();
    let rows: Vec<String> = table.placed().iter().map(|row| self::row(row, table.splits)).collect();
    let (head, body) = rows.split_at(table.heads);
    // Rows of a <thead> come again on every page.
    let head = match (table.repeats, head.concat()) {
        (_, head) if head.is_empty() => head,
        (true, head) => format!("<thead>{head}</thead>"),
        (false, head) => format!("<tbody>{head}</tbody>"),
    };
    format!("<table>{cols}{head}<tbody>{}</tbody></table>", body.concat())
}

fn row(cells: &[Placed<'_>], splits: bool) -> String {
    let inside = if splits { "auto" } else { "avoid" };
    format!("<tr style=\"break-inside:{inside}\">{}</tr>", cells.iter().map(cell).collect::<String>())
}

fn cell(placed: &Placed<'_>) -> String {
    let sides = ["left", "right", "top", "bottom"].into_iter().zip(placed.frame.borders);
    let borders: String = sides.filter(|(_, drawn)| *drawn).map(|(side, _)| format!("border-{side}:.5pt solid #000;")).collect();
    let air = if placed.frame.airy { "vertical-align:top;padding-bottom:4mm" } else { "" };
    let text: String = placed.cell.paras.iter().map(para).collect();
    let text = match placed.cell.vertical {
        true => format!("<div style=\"writing-mode:vertical-rl;height:{VERTICAL}mm;margin:auto\">{text}</div>"),
        false => text,
    };
    format!("<td rowspan=\"{}\" colspan=\"{}\" style=\"{borders}{air}\">{text}</td>", placed.cell.rows, placed.cell.cols)
}
