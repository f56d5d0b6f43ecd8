//! What a run came to, in words.

use crate::lang::Lang;
use crate::progress;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{ManifestLine, Run};
use std::path::Path;

/// Says what was converted, what failed, and what to look at.
pub(crate) fn print(run: &Run, out: &Path, lang: Lang) {
    let totals = &run.totals;
    let counts = &totals.counts;
    let text = match lang {
        Lang::Ja => format!(
            "変換 {} 件、失敗 {} 件、対象外 {} 件（{:.1} 秒）\n目標 {}、項 {}、その他の表 {}",
            totals.converted, totals.failed, totals.skipped, run.seconds, counts.goals, counts.provisions, counts.tables
        ),
        Lang::En => format!(
            "{} converted, {} failed, {} skipped ({:.1} s)\n{} goals, {} provisions, {} other tables",
            totals.converted, totals.failed, totals.skipped, run.seconds, counts.goals, counts.provisions, counts.tables
        ),
    };
    progress::print(&text);
    if !counts.findings.is_empty() {
        progress::print(lang.pick("指摘（seisho explain コード で説明）:", "Findings (seisho explain CODE tells more):"));
        for (code, n) in &counts.findings {
            let title = Code::named(code).map(|c| c.entry().title());
            progress::print(&format!("  {code} {n:>6}  {}", title.as_ref().map_or("", |t| lang.of(t))));
        }
    }
    if totals.failed > 0 {
        progress::print(
            lang.pick("失敗したファイルと理由は manifest.jsonl にあります。", "Failed files and reasons are in manifest.jsonl."),
        );
    }
    progress::print(&format!("{} {}", lang.pick("結果:", "Results:"), out.display()));
}

/// A failed file in one line: which, what, and where to read on.
pub(crate) fn failure(line: &ManifestLine, reason: &Message, lang: Lang) -> String {
    let code = line.code.as_deref().unwrap_or("-");
    let action = Code::named(code).map_or("", |c| lang.pick(c.entry().action[0], c.entry().action[1]));
    format!("{} {}: [{code}] {}  → {action}", lang.pick("失敗", "failed"), line.path, lang.of(reason))
}
