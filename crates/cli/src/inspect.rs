//! `seisho inspect`: a page as the program sees it, as a picture.

use crate::End;
use crate::args::Inspect;
use crate::batch::wire::Setup;
use crate::lang::{Lang, Stop};
use crate::{engine, output, progress};
use seisho_inspect::View;
use seisho_pipeline::Trace;
use std::path::Path;

/// Draws a page into a file, SVG or PNG by its name.
pub(crate) fn inspect(options: &Inspect, lang: Lang) -> Result<End, Stop> {
    let kind = kind(&options.out)?;
    let trace = trace(options, lang)?;
    let page = options.page;
    let (pages, blocks) = (&trace.pages, trace.layout.blocks.as_slice());
    let view = View { pages, page: page - 1, blocks, remainder: &trace.document.remainder };
    let svg = seisho_inspect::svg(view).ok_or_else(|| no_page(options, &trace))?;
    let bytes = match kind {
        Kind::Svg => svg.into_bytes(),
        Kind::Png => seisho_inspect::png(&svg).map_err(|e| Stop::new("図を作れません", "no picture").because(e))?,
    };
    output::write_whole(&options.out, &bytes)?;
    progress::print(&format!("{} {}", lang.pick("図:", "Picture:"), options.out.display()));
    Ok(End::AllConverted)
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
    let name = options.file.display();
    let bytes = std::fs::read(&options.file)
        .map_err(|e| Stop::new(format!("{name} を開けません"), format!("{name} cannot be opened")).because(e))?;
    let setup = Setup { conversion: options.conversion.clone(), password: options.password.clone(), page_threads: 1 };
    let engine = engine::engine(&setup)?;
    let path = options.file.file_name().unwrap_or_default().to_string_lossy();
    engine.trace(&path, &bytes, &mut engine.worker()).map_err(|e| {
        let reason = e.message();
        let code = e.code().name();
        Stop::new(format!("{name}: [{code}] {}", lang.of(&reason)), format!("{name}: [{code}] {}", reason.en))
    })
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
