//! `seisho inspect`: a page as the program sees it, as a picture.

use crate::End;
use crate::args::Inspect;
use crate::convert::own_programs;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress;
use seisho_batch::files::Writer;
use seisho_batch::{Conversion, Error, Programs, Setup, read_file};
use seisho_inspect::View;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_pipeline::{Engine, Trace};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Draws a page into a file, SVG or PNG by its name: another process draws, and can reach no file.
pub(crate) fn inspect(options: &Inspect, lang: Lang) -> Result<End, Stop> {
    let kind = kind(&options.out)?;
    if options.confined {
        return draw(options, kind, lang);
    }
    let writer = Writer::sparing([&options.file]);
    writer.check(&options.out).map_err(|e| Error::cannot_write(&options.out, e))?;
    let no_process = |e: std::io::Error| Stop::new("図を描くプロセスを起動できません", "no process can be started to draw").because(e);
    let program = std::env::current_exe().map_err(no_process)?;
    let mut command = Command::new(program);
    command.args(std::env::args_os().skip(1)).arg("--confined").stdout(Stdio::piped());
    let mut child = command.spawn().map_err(no_process)?;
    let mut picture = Vec::new();
    let most = options.conversion.read()?.bounds.max_memory << 20;
    let heard = child.stdout.take().map_or(Ok(0), |output| output.take(most).read_to_end(&mut picture));
    let ended = child.wait().map_err(no_process)?;
    match ended.code() {
        Some(0) => heard.map_err(no_process)?,
        // It has said why.
        Some(2) => return Ok(End::CouldNotRun),
        _ => {
            let name = options.file.display();
            return Err(Stop::new(
                format!("{name}: [{}] 図を描くプロセスが異常終了しました（{ended}）", Code::X111.name()),
                format!("{name}: [{}] the process that draws crashed ({ended})", Code::X111.name()),
            ));
        }
    };
    writer.whole(&options.out, &picture).map_err(|e| Error::cannot_write(&options.out, e))?;
    progress::print(&format!("{} {}", lang.pick("図:", "Picture:"), options.out.display()))?;
    Ok(End::AllConverted)
}

/// Where the machine's fonts are.
const FONTS: [&str; 4] = ["/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/etc/fonts"];

/// Draws a page to standard output, once all else is given up.
fn draw(options: &Inspect, kind: Kind, lang: Lang) -> Result<End, Stop> {
    held(options, lang)?;
    let opened = Opened::read(&options.file, options.conversion.read()?, options.password.read()?, lang)?;
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let own = home.iter().flat_map(|home| [home.join(".fonts"), home.join(".local/share/fonts")]);
    let folders = match kind {
        Kind::Png => FONTS.iter().map(PathBuf::from).chain(own).collect(),
        Kind::Svg => Vec::new(),
    };
    let (engine, _) = seisho_batch::confined_engine(&opened.setup, folders)?;
    let trace = opened.trace(&engine, lang)?;
    let page = options.page;
    let (pages, blocks) = (&trace.pages, trace.layout.blocks.as_slice());
    let view = View { pages, page: page - 1, blocks, remainder: &trace.document.remainder, values: &[] };
    let svg = seisho_inspect::svg(view).ok_or_else(|| no_page(options, &trace))?;
    let bytes = match kind {
        Kind::Svg => svg.into_bytes(),
        Kind::Png => seisho_inspect::png(&svg).map_err(|e| Stop::new("図を作れません", "no picture").because(e))?,
    };
    let mut output = std::io::stdout();
    let written = output.write_all(&bytes).and_then(|()| output.flush());
    written.map_err(|e| Stop::new("図を渡せません", "the picture cannot be handed on").because(e))?;
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

#[derive(Clone, Copy)]
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

/// A page that takes all memory or never ends takes no more here than when it is converted.
fn held(options: &Inspect, lang: Lang) -> Result<(), Stop> {
    let name = options.file.display().to_string();
    let over = move |why: Message| {
        progress::say(&format!("seisho: {name}: [{}] {}", Code::X110.name(), lang.of(&why)));
        std::process::exit(i32::from(End::CouldNotRun as u8));
    };
    let held = seisho_batch::hold_to(&options.conversion.read()?.bounds, over);
    held.map_err(|e| Stop::new("プロセスを制限できません", "the process cannot be limited").because(e))
}

/// A file whose bytes are read and not yet looked at.
struct Opened<'f> {
    file: &'f Path,
    bytes: Vec<u8>,
    setup: Setup,
}

impl<'f> Opened<'f> {
    fn read(file: &'f Path, conversion: Conversion, password: String, lang: Lang) -> Result<Self, Stop> {
        let read = read_file(file, conversion.bounds.max_bytes);
        let bytes = read.map_err(|(_, code, reason)| refused(file, code.name(), &reason, lang))?;
        let Programs { fallback, .. } = own_programs()?;
        Ok(Self { file, bytes, setup: Setup { conversion, password, page_threads: 1, fallback, held: BTreeSet::new() } })
    }

    fn trace(&self, engine: &Engine, lang: Lang) -> Result<Trace, Stop> {
        let path = self.file.file_name().unwrap_or_default().to_string_lossy();
        let traced = engine.trace(&path, &self.bytes, &mut engine.worker());
        traced.map_err(|e| refused(self.file, e.code().name(), &e.message(), lang))
    }
}

fn refused(file: &Path, code: &str, reason: &Message, lang: Lang) -> Stop {
    let name = file.display();
    Stop::new(format!("{name}: [{code}] {}", lang.of(reason)), format!("{name}: [{code}] {}", reason.en))
}

/// Converts a file in this process and keeps what the stages handed on. `taken`: what it is taken for.
pub(crate) fn trace_of(file: &Path, conversion: Conversion, password: String, taken: As, lang: Lang) -> Result<Trace, Stop> {
    let opened = Opened::read(file, conversion, password, lang)?;
    let engine = seisho_batch::engine(&opened.setup)?;
    let engine = match taken {
        As::Found => engine,
        As::Form => engine.as_form(),
        As::Goals => engine.as_goals(),
    };
    opened.trace(&engine, lang)
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
