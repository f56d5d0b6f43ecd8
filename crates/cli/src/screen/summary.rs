//! What a run came to, in words.

use crate::screen::lang::Lang;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{LedgerRun, ManifestLine, Run};
use std::path::Path;

/// How much of a queue was done here.
pub(crate) fn queued(done: u32, of: u32, out: &Path, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{of} に分けたうち {done} をこの PC で変換しました\n結果: {}", out.display()),
        Lang::En => format!("{done} of {of} parts were converted on this machine\nResults: {}", out.display()),
    }
}

/// What was converted, what failed, and what to look at.
pub(crate) fn text(run: &Run, out: &Path, lang: Lang) -> String {
    let totals = &run.totals;
    let counts = &totals.counts;
    let mut lines = vec![match lang {
        Lang::Ja => format!(
            "変換 {} 件、失敗 {} 件、対象外 {} 件（{:.1} 秒）\n目標 {}、項 {}、その他の表 {}",
            totals.converted, totals.failed, totals.skipped, run.seconds, counts.goals, counts.provisions, counts.tables
        ),
        Lang::En => format!(
            "{} converted, {} failed, {} skipped ({:.1} s)\n{} goals, {} provisions, {} other tables",
            totals.converted, totals.failed, totals.skipped, run.seconds, counts.goals, counts.provisions, counts.tables
        ),
    }];
    if run.unchanged > 0 {
        lines.push(match lang {
            Lang::Ja => format!("うち {} 件は前回の変換から変わっていません（--force で変換し直します）", run.unchanged),
            Lang::En => format!("{} of them are unchanged since an earlier run (--force converts them again)", run.unchanged),
        });
    }
    if run.strays > 0 {
        lines.push(match lang {
            Lang::Ja => format!(
                "documents/ に、今回の入力にない文書が {} 件残っています（今回の結果は manifest.jsonl にあるものだけです）",
                run.strays
            ),
            Lang::En => {
                format!("documents/ still holds {} documents of no input of this run (manifest.jsonl lists those that are)", run.strays)
            }
        });
    }
    if !run.edited.is_empty() {
        let n = run.edited.len();
        lines.push(match lang {
            Lang::Ja => format!(
                "手で直された文書が {n} 件ありました。{}/edited に残してあります（seisho audit corrections --edited で訂正の台帳にできます）",
                out.display()
            ),
            Lang::En => format!(
                "{n} documents had been changed by hand; they are kept in {}/edited (seisho audit corrections --edited makes a ledger of them)",
                out.display()
            ),
        });
    }
    lines.extend(left_out(run, lang));
    if let Some(ledger) = &run.corrections {
        lines.push(corrections(ledger, lang));
    }
    if !counts.findings.is_empty() {
        lines.push(lang.pick("指摘（seisho explain コード で説明）:", "Findings (seisho explain CODE tells more):").to_owned());
        for (code, n) in &counts.findings {
            let title = Code::named(code).map(|c| c.entry().title());
            lines.push(format!("  {code} {n:>6}  {}", title.as_ref().map_or("", |t| lang.of(t))));
        }
    }
    if totals.failed > 0 {
        let (ja, en) = ("失敗したファイルと理由は manifest.jsonl にあります。", "Failed files and reasons are in manifest.jsonl.");
        lines.push(lang.pick(ja, en).to_owned());
    }
    lines.push(format!("{} {}", lang.pick("結果:", "Results:"), out.display()));
    lines.join("\n")
}

/// That the corrections of the run before are gone.
pub(crate) fn left_out(run: &Run, lang: Lang) -> Option<String> {
    run.corrections_left_out.map(|n| match lang {
        Lang::Ja => format!(
            "注意: 前回の訂正の台帳（{n} 行）を付けずに変換したので、訂正は結果から消えています（--corrections 台帳 を付けると戻ります）"
        ),
        Lang::En => format!(
            "note: the ledger of the run before ({n} lines) was not given, so its corrections are gone from the results (--corrections LEDGER brings them back)"
        ),
    })
}

/// What became of a ledger.
fn corrections(ledger: &LedgerRun, lang: Lang) -> String {
    let LedgerRun { lines, by_source, by_content, settled, superseded, listed } = ledger;
    let mut text = match lang {
        Lang::Ja => format!(
            "訂正 {lines} 行: 当てた {}（うち内容で {by_content}）、すでにそのとおり {settled}、後の行に替わった {superseded}、当てられない {}",
            by_source + by_content,
            listed.len()
        ),
        Lang::En => format!(
            "{lines} corrections: {} made ({by_content} of them by content), {settled} needed no more, {superseded} replaced by later lines, {} not made",
            by_source + by_content,
            listed.len()
        ),
    };
    if !listed.is_empty() {
        text += lang.pick("（run.json の corrections.listed）", " (run.json, corrections.listed)");
    }
    text
}

/// What to do after a run that was stopped by hand.
pub(crate) fn stopped(lang: Lang) -> &'static str {
    lang.pick(
        "止めました。終わった文書は書き出してあります。同じコマンドで続きから変換します。",
        "Stopped. What was done is written. The same command goes on from here.",
    )
}

/// What became of the export of such a run.
pub(crate) fn not_exported(lang: Lang) -> &'static str {
    lang.pick(
        "書き出し（--format）は、最後まで変換してから行います。",
        "Nothing was exported (--format): that is done when all is converted.",
    )
}

/// A failed file in one line: which, what, and where to read on.
pub(crate) fn failure(line: &ManifestLine, reason: &Message, lang: Lang) -> String {
    let code = line.code.as_deref().unwrap_or("-");
    let action = Code::named(code).map_or("", |c| lang.pick(c.entry().action[0], c.entry().action[1]));
    // A name may hold line ends and other signs to a terminal.
    let path: String = line.path.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    format!("{} {path}: [{code}] {}  → {action}", lang.pick("失敗", "failed"), lang.of(reason))
}
