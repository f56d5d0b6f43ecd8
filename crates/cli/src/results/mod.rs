//! `seisho status`, `seisho merge` and `seisho export`: folders of results, in words.

mod export;
mod links;

pub(crate) use export::{Behind, export};

use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use crate::screen::summary;
use seisho_batch::{State, Status};
use seisho_model::Code;
use std::path::{Path, PathBuf};

/// Puts the results of all shards together.
pub(crate) fn merge(shards: &[PathBuf], out: &Path, lang: Lang) -> Result<End, Stop> {
    let run = seisho_batch::merge(shards, out)?;
    print(&summary::text(&run, out, lang))?;
    Ok(End::of(&run))
}

/// Says how many files are done, failed and to come, and why those that failed did.
pub(crate) fn status(dir: &Path, lang: Lang) -> Result<End, Stop> {
    let Status { state, inputs, done, converted, failed, skipped, pages, reasons, begun, foreign } = seisho_batch::status(dir)?;
    print(match state {
        State::Running => lang.pick("変換中", "running"),
        State::Finished => lang.pick("完了", "finished"),
        State::Stopped => lang.pick("途中で止まっています（同じコマンドで続きから）", "stopped (the same command goes on)"),
    })?;
    print(&match lang {
        Lang::Ja => format!("{inputs} 件のうち {done} 件: 変換 {converted}、失敗 {failed}、対象外 {skipped}（{pages} 頁）"),
        Lang::En => format!("{done} of {inputs} files: {converted} converted, {failed} failed, {skipped} skipped ({pages} pages)"),
    })?;
    if let Some((at, process)) = begun {
        print(&format!("{} {at} (PID {process})", lang.pick("開始:", "Started:")))?;
    }
    if let Some(path) = foreign {
        print(&match lang {
            Lang::Ja => format!("記録に、フォルダの外を指すパスがあります（{path:?}）。その先は読んでいません"),
            Lang::En => format!("the journal holds a path that leads out of its folder ({path:?}); nothing was read from there on"),
        })?;
    }
    for (code, n) in reasons {
        let title = Code::named(&code).map(|c| c.entry().title());
        print(&format!("  {code} {n:>6}  {}", title.as_ref().map_or("", |t| lang.of(t))))?;
    }
    Ok(if failed == 0 { End::AllConverted } else { End::SomeFailed })
}
