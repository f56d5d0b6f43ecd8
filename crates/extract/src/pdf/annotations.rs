//! What somebody put on the pages of a PDF afterwards, and what else the file holds: comments, form fields, attached
//! files. Says it; what an annotation draws on the page is read as the page is.

use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect as PdfRect, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Point, Rect};
use seisho_model::Finding;
use seisho_model::codes::source::{x015, x016};
use seisho_model::geometry::{self, Pt};
use seisho_model::ink::{Axis, Ruling};

/// More annotations of one page are not looked at.
const MOST: usize = 2_000;
/// Text of a comment that a finding quotes, in characters.
const LONGEST: usize = 200;
/// Annotations that are never shown: hidden, or not for the screen.
const HIDDEN: u32 = 1 << 1 | 1 << 5;
/// The depth to which the names of attached files are looked for, and their number.
const DEEPEST: usize = 8;
const MOST_FILES: usize = 100;

/// What the annotations of a page say and strike out.
#[derive(Default)]
pub(super) struct Annotations {
    /// Where notes are: their signs are no part of the page.
    pub(super) icons: Vec<Rect>,
    pub(super) findings: Vec<Finding>,
    /// Lines through text that the file names and may not draw.
    pub(super) strikes: Vec<Ruling>,
}

/// Looks at the annotations of a page, its number from 1.
pub(super) fn of_page(page: &PdfPage<'_>, number: u32) -> Annotations {
    let transform = page.initial_transform(true).to_kurbo();
    let mut found = Annotations::default();
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return found };
    for annotation in all.iter::<Dict<'_>>().take(MOST) {
        let flags = annotation.get::<u32>("F").unwrap_or(0);
        let Some(subtype) = annotation.get::<Name<'_>>("Subtype") else { continue };
        let subtype = String::from_utf8_lossy(subtype.as_ref()).into_owned();
        let Some(rect) = annotation.get::<PdfRect>("Rect").and_then(|r| on_page(transform, r)) else { continue };
        if subtype == "Text" {
            found.icons.extend(annotation.get::<PdfRect>("Rect").map(|r| transform.transform_rect_bbox(Rect::new(r.x0, r.y0, r.x1, r.y1))));
        }
        if subtype == "StrikeOut" && flags & HIDDEN == 0 {
            found.strikes.extend(strikes(&annotation, transform));
        }
        let text = |key: &str| annotation.get::<PdfString<'_>>(key).map(|s| super::text_string(s.as_bytes())).unwrap_or_default();
        let Some(kind) = kind(&subtype) else { continue };
        let says = if subtype == "Widget" { text("V") } else { text("Contents") };
        // A field that is empty, or whose value is drawn, says nothing of its own.
        if subtype == "Widget" && (says.trim().is_empty() || annotation.get::<Dict<'_>>("AP").is_some()) {
            continue;
        }
        let says: String = says.trim().chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
        found.findings.push(x015::annotation(number, kind, text("T").trim(), &says, rect));
    }
    found
}

/// The kinds of annotations that say something; links and the windows of other annotations do not.
fn kind(subtype: &str) -> Option<[&'static str; 2]> {
    Some(match subtype {
        "Text" => ["付箋", "note"],
        "FreeText" => ["書き込んだ文字", "typed text"],
        "StrikeOut" => ["取消線", "line through text"],
        "Highlight" | "Underline" | "Squiggly" => ["マーカー・下線", "highlight"],
        "Stamp" => ["スタンプ", "stamp"],
        "Caret" => ["挿入", "insertion"],
        "Ink" | "Line" | "Square" | "Circle" | "Polygon" | "PolyLine" => ["図形・手書き", "drawing"],
        "FileAttachment" => ["添付ファイル", "attached file"],
        "Redact" => ["墨消し", "redaction"],
        "Widget" => ["入力欄", "form field"],
        _ => return None,
    })
}

fn on_page(transform: Affine, rect: PdfRect) -> Option<geometry::Rect> {
    let shown = transform.transform_rect_bbox(Rect::new(rect.x0, rect.y0, rect.x1, rect.y1));
    geometry::Rect::new((shown.x0, shown.y0), (shown.x1, shown.y1))
}

/// The middles of the boxes that a line goes through.
fn strikes(annotation: &Dict<'_>, transform: Affine) -> Vec<Ruling> {
    let Some(points) = annotation.get::<Array<'_>>("QuadPoints") else { return Vec::new() };
    let numbers: Vec<f64> = points.iter::<f64>().take(8 * MOST).collect();
    numbers.as_chunks::<8>().0.iter().filter_map(|quad| middle(quad, transform)).collect()
}

fn middle(quad: &[f64; 8], transform: Affine) -> Option<Ruling> {
    let points = quad.as_chunks::<2>().0.iter().map(|&[x, y]| transform * Point::new(x, y));
    let bounds = points.fold(None, |all: Option<Rect>, p| {
        let own = Rect::from_points(p, p);
        Some(all.map_or(own, |all| all.union(own)))
    })?;
    let (at, from, to) = (Pt::new(bounds.center().y)?, Pt::new(bounds.x0)?, Pt::new(bounds.x1)?);
    Some(Ruling { axis: Axis::Horizontal, at, from, to, width: Pt::new(0.5)? })
}

/// What the file holds beside its pages.
pub(super) fn of_file(pdf: &Pdf) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(root) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return findings };
    let is_portfolio = root.get::<Dict<'_>>("Collection").is_some();
    let mut names = Vec::new();
    if let Some(files) = root.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) {
        file_names(&files, 0, &mut names);
    }
    for page in pdf.pages().iter() {
        associated(page.raw(), &mut names);
    }
    associated(&root, &mut names);
    names.dedup();
    if is_portfolio || !names.is_empty() {
        findings.push(x016::attached(&names, is_portfolio));
    }
    if root.get::<Dict<'_>>("AcroForm").is_some_and(|form| form.contains_key("XFA")) {
        findings.push(x016::xfa());
    }
    findings
}

/// The names of the files that belong to a page, or to the whole.
fn associated(owner: &Dict<'_>, names: &mut Vec<String>) {
    let Some(files) = owner.get::<Array<'_>>("AF") else { return };
    for file in files.iter::<Dict<'_>>().take(MOST_FILES) {
        let name = file.get::<PdfString<'_>>("UF").or_else(|| file.get::<PdfString<'_>>("F"));
        let name = name.map(|name| super::text_string(name.as_bytes())).unwrap_or_default();
        if names.len() < MOST_FILES && !names.contains(&name) {
            names.push(name);
        }
    }
}

/// The names in a tree of names.
fn file_names(tree: &Dict<'_>, depth: usize, names: &mut Vec<String>) {
    if let Some(pairs) = tree.get::<Array<'_>>("Names") {
        for object in pairs.iter::<Object<'_>>().take(2 * MOST_FILES) {
            let Object::Dict(file) = object else { continue };
            let name = file.get::<PdfString<'_>>("UF").or_else(|| file.get::<PdfString<'_>>("F"));
            names.extend(name.map(|name| super::text_string(name.as_bytes())).filter(|_| names.len() < MOST_FILES));
        }
    }
    if let Some(kids) = tree.get::<Array<'_>>("Kids").filter(|_| depth < DEEPEST) {
        kids.iter::<Dict<'_>>().take(MOST_FILES).for_each(|kid| file_names(&kid, depth + 1, names));
    }
}
