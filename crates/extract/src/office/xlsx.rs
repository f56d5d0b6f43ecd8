//! Excel files: each sheet a page, its cells as the sheet shows them. Hidden sheets, rows and columns are not read, and
//! said.

use super::cells::{Look, Text};
use super::sheet::{Grid, Sheets};
use super::sheet::{MOST_COLS, MOST_ROWS};
use super::xml::{Child, Node};
use super::{Parts, comments, drawing, format};
use crate::{Error, Extracted, Limits};
use seisho_model::Reported;
use std::collections::{BTreeMap, BTreeSet};

/// Reads a book.
pub(super) fn read(book: &Node, parts: &mut Parts<'_>, limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let relations: BTreeMap<String, String> = parts.relations("xl", "workbook.xml")?.into_iter().map(|r| (r.id, r.path)).collect();
    let shared = shared_strings(parts.part("xl/sharedStrings.xml")?.as_ref());
    let styles = parts.part("xl/styles.xml")?;
    let formats = formats(styles.as_ref());
    let striking = striking(styles.as_ref());
    let is_1904 = book.first("workbookPr").and_then(|p| p.get("date1904")).is_some_and(|v| matches!(v, "1" | "true"));
    let mut sheets = Sheets::default();
    for sheet in book.first("sheets").into_iter().flat_map(|s| s.all("sheet")) {
        let name = sheet.get("name").unwrap_or_default();
        if matches!(sheet.get("state"), Some("hidden" | "veryHidden")) {
            sheets.hidden(name);
            continue;
        }
        let Some(path) = sheet.get("id").and_then(|id| relations.get(id)) else { continue };
        let Some(part) = parts.part(path)? else { continue };
        let mut grid = Reading::read(&part, &shared, &formats, is_1904);
        let comments = comments::of_sheet(parts, path)?;
        grid.comments = comments.into_iter().filter_map(|(cell, comment)| Some((place(&cell)?, comment))).collect();
        grid.comments.sort_by_key(|(at, _)| *at);
        grid.drawn = drawing::of_sheet(parts, path, &part)?;
        grid.drawn.sort_by_key(|(at, _)| *at);
        let rules = part.all("conditionalFormatting").flat_map(|c| c.all("cfRule")).filter_map(|r| r.get("dxfId"));
        grid.may_be_struck = rules.filter_map(|id| id.parse::<usize>().ok()).any(|id| striking.contains(&id));
        sheets.add(name, &grid, limits)?;
    }
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    sheets.finish(media_type)
}

fn shared_strings(part: Option<&Node>) -> Vec<Text> {
    part.into_iter().flat_map(|p| p.all("si")).map(rich).collect()
}

/// Text with its runs; readings of kanji (phonetic text) are no part of it.
fn rich(node: &Node) -> Text {
    let mut text = Text::default();
    for child in node.nodes() {
        match child.name.as_str() {
            "t" => text.push(&raw(child), Look::default()),
            "r" => {
                let look = child.first("rPr").map(look).unwrap_or_default();
                child.all("t").for_each(|t| text.push(&raw(t), look));
            }
            _ => {}
        }
    }
    text
}

/// How a run is set.
fn look(properties: &Node) -> Look {
    let is_underlined = properties.first("u").is_some_and(|u| u.get("val") != Some("none"));
    let color = properties.first("color").and_then(|c| c.get("rgb"));
    let is_coloured = color.is_some_and(|rgb| !rgb.ends_with("000000"));
    Look {
        struck: properties.is_set("strike"),
        raised: properties.first("vertAlign").and_then(|v| v.get("val")) == Some("superscript"),
        emphasis: properties.is_set("b") || is_underlined || is_coloured,
    }
}

fn raw(node: &Node) -> String {
    node.children
        .iter()
        .filter_map(|c| if let Child::Text(t) = c { Some(t.as_str()) } else { None })
        .collect::<String>()
        .replace("_x000D_", "")
}

/// Looks that rules give to cells and that strike them out, by number.
fn striking(styles: Option<&Node>) -> BTreeSet<usize> {
    let looks = styles.and_then(|s| s.first("dxfs")).into_iter().flat_map(|d| d.all("dxf")).enumerate();
    looks.filter(|(_, dxf)| dxf.first("font").is_some_and(|f| f.is_set("strike"))).map(|(id, _)| id).collect()
}

/// A format of cells: how numbers look, and whether all is struck out.
#[derive(Clone, Debug, Default)]
struct Format {
    number: String,
    is_struck: bool,
    /// White on nothing.
    is_white: bool,
}

fn formats(styles: Option<&Node>) -> Vec<Format> {
    let Some(styles) = styles else { return Vec::new() };
    let own: BTreeMap<&str, &str> = styles
        .first("numFmts")
        .into_iter()
        .flat_map(|n| n.all("numFmt"))
        .filter_map(|n| Some((n.get("numFmtId")?, n.get("formatCode")?)))
        .collect();
    let struck: Vec<bool> = styles.first("fonts").into_iter().flat_map(|f| f.all("font")).map(|f| f.is_set("strike")).collect();
    let parts = |list: &str, one: &str, is: &dyn Fn(&Node) -> bool| -> Vec<bool> {
        styles.first(list).into_iter().flat_map(|l| l.all(one)).map(is).collect()
    };
    let white = parts("fonts", "font", &|f| f.first("color").and_then(|c| c.get("rgb")).is_some_and(|rgb| rgb.ends_with("FFFFFF")));
    let is_bare = |f: &Node| f.first("patternFill").is_none_or(|p| matches!(p.get("patternType"), None | Some("none")));
    let filled = parts("fills", "fill", &|f| !is_bare(f));
    // A line from corner to corner crosses a cell out.
    let crossed = parts("borders", "border", &|b| {
        let is_on = |key: &str| matches!(b.get(key), Some("1" | "true"));
        let is_drawn = b.first("diagonal").and_then(|d| d.get("style")).is_some_and(|style| style != "none");
        is_drawn && (is_on("diagonalUp") || is_on("diagonalDown"))
    });
    let one = |xf: &Node| {
        let id = xf.get("numFmtId").unwrap_or("0");
        let number = own.get(id).map_or_else(|| format::built_in(id.parse().unwrap_or(0)).to_owned(), |code| (*code).to_owned());
        let index = |key: &str| xf.get(key).and_then(|f| f.parse::<usize>().ok()).unwrap_or(0);
        let of = |all: &[bool], at: usize| all.get(at).copied().unwrap_or(false);
        let font = index("fontId");
        let is_struck = of(&struck, font) || of(&crossed, index("borderId"));
        Format { number, is_struck, is_white: of(&white, font) && !of(&filled, index("fillId")) }
    };
    styles.first("cellXfs").into_iter().flat_map(|x| x.all("xf")).map(one).collect()
}

/// A sheet being read.
#[derive(Default)]
struct Reading {
    grid: Grid,
}

impl Reading {
    fn read(sheet: &Node, shared: &[Text], formats: &[Format], is_1904: bool) -> Grid {
        let mut reading = Self::default();
        let hidden_cols: BTreeSet<u32> = sheet
            .first("cols")
            .into_iter()
            .flat_map(|c| c.all("col"))
            .filter(|c| matches!(c.get("hidden"), Some("1" | "true")))
            .flat_map(|c| {
                c.get("min").and_then(|m| m.parse::<u32>().ok()).unwrap_or(1)
                    ..=c.get("max").and_then(|m| m.parse::<u32>().ok()).unwrap_or(0).min(MOST_COLS)
            })
            .collect();
        // What a table or a rule colours is not known.
        let has_own_looks = sheet.first("tableParts").is_none() && sheet.first("conditionalFormatting").is_none();
        let mut next_row = 0;
        for row in sheet.first("sheetData").into_iter().flat_map(|d| d.all("row")) {
            let number = row.get("r").and_then(|r| r.parse::<u32>().ok()).map_or(next_row, |r| r.saturating_sub(1));
            next_row = number + 1;
            let mut next_col = 0;
            for cell in row.all("c") {
                let place = cell.get("r").and_then(place).unwrap_or((number, next_col));
                next_col = place.1 + 1;
                let Some(text) = reading.text(cell, place, has_own_looks, shared, formats, is_1904) else { continue };
                if matches!(row.get("hidden"), Some("1" | "true")) || hidden_cols.contains(&(place.1 + 1)) {
                    reading.grid.hidden += 1;
                } else {
                    reading.grid.cells.insert(place, text);
                }
            }
        }
        for merge in sheet.first("mergeCells").into_iter().flat_map(|m| m.all("mergeCell")) {
            let ends = merge.get("ref").and_then(|r| r.split_once(':')).and_then(|(a, b)| Some((place(a)?, place(b)?)));
            reading.grid.merged.extend(ends.filter(|(a, b)| a.0 <= b.0 && a.1 <= b.1).map(|(a, b)| (a, (b.0 + 1, b.1 + 1))));
        }
        reading.grid
    }

    /// What a cell shows; none for an empty one.
    fn text(
        &mut self,
        cell: &Node,
        at: (u32, u32),
        has_own_looks: bool,
        shared: &[Text],
        formats: &[Format],
        is_1904: bool,
    ) -> Option<Text> {
        let format = cell.get("s").and_then(|s| s.parse::<usize>().ok()).and_then(|s| formats.get(s));
        let value = cell.first("v").map(Node::text).unwrap_or_default();
        let text = match cell.get("t") {
            Some("s") => shared.get(value.trim().parse::<usize>().ok()?)?.clone(),
            Some("inlineStr") => rich(cell.first("is")?),
            Some("b") => Text::plain(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            Some("str" | "e" | "d") => Text::plain(value),
            _ => Text::plain(self.number(value.trim(), at, format, is_1904)?),
        };
        let text = match format {
            Some(f) if f.is_struck => text.into_struck(),
            _ => text,
        };
        if text.is_blank() {
            return None;
        }
        // Sections for positive, negative and zero numbers and for text, all of them empty.
        if format.is_some_and(|f| has_own_looks && f.is_white || f.number.trim() == ";;;") {
            self.grid.blank += 1;
            return None;
        }
        Some(text)
    }

    fn number(&mut self, value: &str, at: (u32, u32), format: Option<&Format>, is_1904: bool) -> Option<String> {
        let number: f64 = value.parse().ok()?;
        let shown = format::shown(number, format.map_or("general", |f| &f.number), is_1904);
        if shown.is_none() {
            self.grid.unknown.insert(at, format.map(|f| f.number.clone()));
        }
        Some(shown.unwrap_or_else(|| format::plain(number)))
    }
}

/// Row and column, from 0, of B7.
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let col = name[..digits]
        .bytes()
        .try_fold(0_u32, |n, b| b.is_ascii_uppercase().then(|| n * 26 + u32::from(b - b'A') + 1).filter(|&n| n <= MOST_COLS))?;
    let row: u32 = name[digits..].parse().ok().filter(|r| (1..=MOST_ROWS).contains(r))?;
    Some((row - 1, col.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_names() {
        assert_eq!(place("B7"), Some((6, 1)));
        assert_eq!(place("$AA$10"), Some((9, 26)));
        assert_eq!([place("7"), place("B0"), place("ZZZZZ1")], [None; 3]);
    }
}
