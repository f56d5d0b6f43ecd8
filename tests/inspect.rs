//! A person can see a page as the program saw it: every glyph, every cell with row and column, what is furniture.

use crate::support::{fixtures, read, seisho};
use tempfile::TempDir;

fn picture(name: &str, file: &str) -> (crate::support::Outcome, TempDir) {
    let folder = TempDir::new().expect("a folder");
    let source = fixtures().join("documents").join(file);
    let out = folder.path().join(name);
    let outcome = seisho(&["inspect".as_ref(), source.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    (outcome, folder)
}

#[test]
fn a_picture_shows_glyphs_cells_and_reading_order() {
    let (outcome, folder) = picture("page.svg", "goals-ruled.pdf");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let svg = String::from_utf8(read(&folder.path().join("page.svg"))).expect("UTF-8");
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    for seen in [">番<", "<title>職 名</title>", ">0,0</text>", "<title>table_header: ", "<polyline "] {
        assert!(svg.contains(seen), "{seen} is not in the picture");
    }
    let (_, again) = picture("page.svg", "goals-ruled.pdf");
    assert_eq!(svg.into_bytes(), read(&again.path().join("page.svg")));
}

#[test]
fn a_png_is_a_png_of_the_same_page() {
    let (outcome, folder) = picture("page.png", "goals-ruled.pdf");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let png = read(&folder.path().join("page.png"));
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let side = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
    // A4 across or upright at two pixels a point, and the legend's strip below it.
    assert!([side(16), side(20)].iter().all(|&n| n > 1100 && n < 1800), "{} x {}", side(16), side(20));
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let (text, _folder) = picture("page.svg", "policy-export.txt");
    assert_eq!(text.code, 2);
    assert!(text.stderr.contains("is text and has no pages to draw"), "{}", text.stderr);
    let (name, _folder) = picture("page.gif", "goals-ruled.pdf");
    assert!(name.stderr.contains(".svg or .png"), "{}", name.stderr);
}
