//! `seisho status`: how far the run in a folder of results is, whether it is running, stopped or finished.

use super::journal::{Kept, entry_at};
use crate::End;
use crate::lang::{Lang, Stop};
use crate::progress::print;
use seisho_model::output::{Status, Totals};
use std::collections::BTreeMap;
use std::path::Path;

/// Says how many files are done, failed and to come, and why those that failed did.
pub(crate) fn status(dir: &Path, lang: Lang) -> Result<End, Stop> {
    let (kept, file) = Kept::look(dir).ok_or_else(|| no_run(dir))?;
    let state = match (Kept::is_in_use(dir), kept.finished) {
        (true, _) => lang.pick("変換中", "running"),
        (false, true) => lang.pick("完了", "finished"),
        (false, false) => lang.pick("途中で止まっています（同じコマンドで続きから）", "stopped (the same command goes on)"),
    };
    print(state);
    let mut totals = Totals::default();
    let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
    for entry in kept.entries.values().filter_map(|&at| entry_at(&file, at)) {
        match entry.manifest.status {
            Status::Converted => totals.converted += 1,
            Status::Skipped => totals.skipped += 1,
            Status::Failed => {
                totals.failed += 1;
                *reasons.entry(entry.manifest.code.unwrap_or_default()).or_default() += 1;
            }
        }
        totals.counts.pages += entry.manifest.counts.map_or(0, |c| c.pages);
    }
    let (done, pages) = (kept.entries.len() as u64, totals.counts.pages);
    let (converted, failed, skipped) = (totals.converted, totals.failed, totals.skipped);
    let of = kept.start.as_ref().map_or(done, |s| s.inputs.max(done));
    print(&match lang {
        Lang::Ja => format!("{of} 件のうち {done} 件: 変換 {converted}、失敗 {failed}、対象外 {skipped}（{pages} 頁）"),
        Lang::En => format!("{done} of {of} files: {converted} converted, {failed} failed, {skipped} skipped ({pages} pages)"),
    });
    if let Some(start) = kept.start.filter(|_| !kept.finished) {
        print(&format!("{} {} (PID {})", lang.pick("開始:", "Started:"), start.at, start.process));
    }
    if let Some(path) = &kept.foreign {
        print(&match lang {
            Lang::Ja => format!("記録に、フォルダの外を指すパスがあります（{path:?}）。その先は読んでいません"),
            Lang::En => format!("the journal holds a path that leads out of its folder ({path:?}); nothing was read from there on"),
        });
    }
    for (code, n) in reasons {
        let title = seisho_model::Code::named(&code).map(|c| c.entry().title());
        print(&format!("  {code} {n:>6}  {}", title.as_ref().map_or("", |t| lang.of(t))));
    }
    Ok(if failed == 0 { End::AllConverted } else { End::SomeFailed })
}

fn no_run(dir: &Path) -> Stop {
    let dir = dir.display();
    Stop::new(
        format!("{dir} に変換の記録がありません。convert の --out に指定したフォルダを指定してください"),
        format!("{dir} holds no journal of a run; name the folder that was given to convert as --out"),
    )
}
