//! `seisho inspect`: a page as the program sees it, as a picture.

use crate::End;
use crate::args::Inspect;
use crate::convert::own_programs;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress;
use seisho_batch::files::Writer;
use seisho_batch::{Conversion, Error, Programs, Setup, read_file};
use seisho_inspect::View;
use seisho_model::finding::Message;
use seisho_pipeline::Trace;
use std::collections::BTreeSet;
use std::path::Path;

/// Draws a page into a file, SVG or PNG by its name.
pub(crate) fn inspect(options: &Inspect, lang: Lang) -> Result<End, Stop> {
    let kind = kind(&options.out)?;
    let writer = Writer::sparing([&options.file]);
    writer.check(&options.out).map_err(|e| Error::cannot_write(&options.out, e))?;
    let trace = trace(options, lang)?;
    let page = options.page;
    let (pages, blocks) = (&trace.pages, trace.layout.blocks.as_slice());
    let view = View { pages, page: page - 1, blocks, remainder: &trace.document.remainder, values: &[] };
    let svg = seisho_inspect::svg(view).ok_or_else(|| no_page(options, &trace))?;
    let bytes = match kind {
        Kind::Svg => svg.into_bytes(),
        Kind::Png => seisho_inspect::png(&svg).map_err(|e| Stop::new("図を作れません", "no picture").because(e))?,
    };
    writer.whole(&options.out, &bytes).map_err(|e| Error::cannot_write(&options.out, e))?;
    progress::print(&format!("{} {}", lang.pick("図:", "Picture:"), options.out.display()));
    Ok(End::AllConverted)
}

/// What a document is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    /// What it is found to be.
    Found,
    /// Labels and values, whatever it is.
    Form,
    /// Rows of goals, whatever its headings say.
    Goals,
}

enum Kind {
    Svg,
    Png,
}

fn kind(out: &Path) -> Result<Kind, Stop> {
    match out.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Ok(Kind::Svg),
        Some("png") => Ok(Kind::Png),
        _ => Err(Stop::new("--out は .svg か .png で終わる名前にしてください", "--out needs a name that ends with .svg or .png")),
    }
}

fn trace(options: &Inspect, lang: Lang) -> Result<Trace, Stop> {
    trace_of(&options.file, options.conversion.read()?, options.password.read()?, As::Found, lang)
}

/// Converts a file in this process and keeps what the stages handed on. `taken`: what it is taken for.
pub(crate) fn trace_of(file: &Path, conversion: Conversion, password: String, taken: As, lang: Lang) -> Result<Trace, Stop> {
    let name = file.display();
    let refused = |code: &str, reason: &Message| {
        Stop::new(format!("{name}: [{code}] {}", lang.of(reason)), format!("{name}: [{code}] {}", reason.en))
    };
    let read = read_file(file, conversion.bounds.max_bytes);
    let bytes = read.map_err(|(_, code, reason)| refused(code.name(), &reason))?;
    let Programs { fallback, .. } = own_programs()?;
    let setup = Setup { conversion, password, page_threads: 1, fallback, held: BTreeSet::new() };
    let engine = seisho_batch::engine(&setup)?;
    let engine = match taken {
        As::Found => engine,
        As::Form => engine.as_form(),
        As::Goals => engine.as_goals(),
    };
    let path = file.file_name().unwrap_or_default().to_string_lossy();
    engine.trace(&path, &bytes, &mut engine.worker()).map_err(|e| refused(e.code().name(), &e.message()))
}

fn no_page(options: &Inspect, trace: &Trace) -> Stop {
    let name = options.file.display();
    let count = trace.pages.0.len();
    if trace.pages.0.iter().all(|p| p.ink.is_none()) {
        return Stop::new(
            format!("{name} はテキストで、頁の図がありません（値の場所は seisho explain で見られます）"),
            format!("{name} is text and has no pages to draw (seisho explain shows the places of values)"),
        );
    }
    Stop::new(
        format!("{name} は {count} 頁です。--page は 1 から {count} まで"),
        format!("{name} has {count} pages; --page takes 1 to {count}"),
    )
}
