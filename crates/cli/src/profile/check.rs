//! `seisho profile check`: whether a profile is one, and what of a document becomes which field.

use crate::End;
use crate::inspect::{As, trace_of};
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_batch::files::Writer;
use seisho_batch::{Conversion, Error, ProfileText};
use seisho_inspect::{Value, View, svg};
use seisho_model::Pointer;
use seisho_model::record::{Document, Evidence, Place, Role};
use seisho_pipeline::profiles::{self, Problem, Profile};
use seisho_pipeline::{Field, Trace, texts};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What is to be checked.
pub(super) struct Asked<'a> {
    pub(super) file: &'a Path,
    pub(super) text: String,
    pub(super) docs: &'a [PathBuf],
    pub(super) pictures: Option<&'a Path>,
}

/// Checks a profile, and documents with it.
pub(super) fn check(asked: &Asked<'_>, conversion: &Conversion, password: &str, lang: Lang) -> Result<End, Stop> {
    let shown = asked.file.display().to_string();
    let wrong = |problems: Vec<Problem>| Error::Profiles(problems.into_iter().map(|p| (shown.clone(), p)).collect());
    let profile = Profile::read(&asked.text).map_err(wrong)?;
    let count = profile.file.fields.len();
    print(&format!(
        "{shown}: {}",
        lang.pick(&format!("正しいプロファイルです（{count} 項目）"), &format!("a sound profile ({count} fields)"))
    ))?;
    let mut end = End::AllConverted;
    for doc in asked.docs {
        let profiles = vec![ProfileText { name: shown.clone(), text: asked.text.clone() }];
        let trace = trace_of(doc, Conversion { profiles, ..conversion.clone() }, password.to_owned(), As::Found, lang)?;
        print("")?;
        print(report(doc, &profile, &trace, lang).trim_end())?;
        if trace.document.profile.as_ref().is_none_or(|p| p.id != profile.file.id) {
            end = End::SomeFailed;
        }
        if let Some(folder) = asked.pictures {
            draw(doc, folder, asked, &trace, lang)?;
        }
    }
    Ok(end)
}

/// What maps where, in words.
fn report(doc: &Path, profile: &Profile, trace: &Trace, lang: Lang) -> String {
    let (mut out, document) = (String::new(), &trace.document);
    let fit = profiles::fit(profile, &texts(&trace.pages, &trace.layout));
    let is_followed = document.profile.as_ref().is_some_and(|p| p.id == profile.file.id);
    let fits = if is_followed {
        lang.pick("この様式です", "of this form")
    } else {
        lang.pick("この様式ではありません", "NOT of this form")
    };
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}: {fits}（{} {}）", doc.display(), lang.pick("種類", "kind"), document.kind.name());
    if !fit.has_title {
        let _ = writeln!(out, "  {}", lang.pick("題名に titles の語がありません", "no word of titles is in the document"));
    }
    for (what, list) in [
        (lang.pick("見出しが見つからない項目", "fields whose headings are not there"), &fit.missing),
        (lang.pick("見つからない marks", "marks that are not there"), &fit.marks),
    ] {
        if !list.is_empty() {
            let _ = writeln!(out, "  {what}: {}", list.join(", "));
        }
    }
    if !trace.headings.is_empty() {
        let _ = writeln!(out, "  {}", lang.pick("見出し → 項目", "heading → field"));
    }
    for seen in &trace.headings {
        let how = if seen.by_name { "" } else { lang.pick("（語と中身から）", " (by its words and what stands below)") };
        let field = match seen.field {
            Some(own @ Field::Own(_)) => profile.entry(own).map_or("?", |e| e.id.as_str()),
            Some(field) => field.name(),
            None => lang.pick("どの項目でもない（other）", "of no field (other)"),
        };
        let _ = writeln!(out, "    {} → {field}{how}", seen.path.join(" "));
    }
    let _ = writeln!(out, "  {}", lang.pick("値", "values"));
    // Tables are kept whole beside the form that they are.
    for (pointer, evidence) in document.evidence.0.iter().filter(|(p, _)| !p.as_str().starts_with("/tables/")) {
        let _ =
            writeln!(out, "    {}  {}{}  {}", name(document, pointer), pointer.as_str(), place(evidence, lang), one_line(&evidence.raw));
    }
    let left: Vec<_> = document.remainder.iter().filter(|r| !matches!(r.role, Role::TableHeader | Role::PageNumber)).collect();
    if !left.is_empty() {
        let _ = writeln!(out, "  {}", lang.pick("どの項目にもならなかった文字", "text that is in no field"));
    }
    for left in left {
        let _ = writeln!(out, "    [{}] {}", left.role.name(), one_line(&left.text));
    }
    for finding in &document.findings {
        let at = finding.pointer.as_ref().map_or("", Pointer::as_str);
        let _ = writeln!(out, "  {} {at} {}", finding.code, lang.of(&finding.message));
    }
    out
}

/// What a value is called: the field, or its labels.
pub(super) fn name(document: &Document, pointer: &Pointer) -> String {
    let steps: Vec<_> = pointer.steps().map(|s| s.into_owned()).collect();
    match steps.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["goals", _, "fields", id, ..] => (*id).to_owned(),
        ["goals", goal, "other", column, ..] => {
            let found = goal.parse::<usize>().ok().zip(column.parse::<usize>().ok());
            let heading = found.and_then(|(g, c)| Some(document.goals.get(g)?.other.get(c)?.heading.clone()));
            format!("other: {}", heading.unwrap_or_default())
        }
        ["goals", _, field, ..] => (*field).to_owned(),
        ["form", index, ..] => {
            let entry = index.parse::<usize>().ok().and_then(|i| document.form.get(i));
            entry.map_or_else(String::new, |e| e.field.clone().unwrap_or_else(|| format!("? {}", e.label.join(" "))))
        }
        [field, ..] => (*field).to_owned(),
        [] => String::new(),
    }
}

/// Where a value stands, for people.
pub(super) fn place(evidence: &Evidence, lang: Lang) -> String {
    match evidence.at.first() {
        Some(Place::Box(b)) => {
            let (page, x, y) = (b.page, b.rect.x0.points().round(), b.rect.y0.points().round());
            lang.pick(&format!("  {page}頁({x}, {y})"), &format!("  p.{page}({x}, {y})")).to_owned()
        }
        Some(Place::Line(l)) => lang.pick(&format!("  {}行", l.line), &format!("  line {}", l.line)).to_owned(),
        Some(Place::Cell(c)) => format!("  {}!{}", c.sheet, c.cell),
        _ => String::new(),
    }
}

/// A text on one line, cut where it is long.
pub(super) fn one_line(text: &str) -> String {
    /// Characters that are shown.
    const SHOWN: usize = 40;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN { line } else { format!("{}…", line.chars().take(SHOWN).collect::<String>()) }
}

/// Draws every page with its values and their names.
fn draw(doc: &Path, folder: &Path, asked: &Asked<'_>, trace: &Trace, lang: Lang) -> Result<(), Stop> {
    let writer = Writer::sparing(asked.docs.iter().chain([&asked.file.to_owned()]));
    let document = &trace.document;
    let mut values = Vec::new();
    for (pointer, evidence) in &document.evidence.0 {
        for place in &evidence.at {
            if let Place::Box(b) = place {
                let name = name(document, pointer);
                let is_of_none = name.starts_with('?') || name.starts_with("other:");
                values.push(Value { page: b.page, rect: b.rect, name: Some(name).filter(|_| !is_of_none) });
            }
        }
    }
    for page in 0..trace.pages.0.len() {
        let view =
            View { pages: &trace.pages, page: page as u32, blocks: &trace.layout.blocks, remainder: &document.remainder, values: &values };
        let Some(drawing) = svg(view) else { continue };
        let stem = doc.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join(format!("{stem}.{}.svg", page + 1));
        writer.whole(&path, drawing.as_bytes()).map_err(|e| Error::cannot_write(&path, e))?;
        print(&format!("{} {}", lang.pick("図:", "Picture:"), path.display()))?;
    }
    Ok(())
}
