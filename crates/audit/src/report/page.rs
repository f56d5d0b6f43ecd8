//! The report on A4, in Japanese, to be printed and signed.

use super::draw::{escaped, percent, table};
use super::{Report, Summary, draw, no_seal, sample};
use seisho_model::output::{LedgerRun, Status, Unlaid};

/// The report as a page of HTML that needs nothing else.
#[must_use]
pub fn html(report: &Report) -> String {
    let sections = [
        batch(report),
        sample::section(report),
        summary(&report.summary),
        reliability(report),
        report.corrections.as_ref().map_or_else(|| "<h2>6 訂正</h2>\n<p>台帳は使っていません。</p>\n".to_owned(), corrections),
        unread(report),
        files(report),
    ];
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>検査報告書 {}</title><style>{}</style></head><body>\n\
         <h1>文書変換 検査報告書</h1>\n{}\n{}\n</body></html>\n",
        escaped(&report.results),
        include_str!("../../assets/report.css"),
        signature(report),
        sections.concat()
    )
}

/// A time as people write it: 2026-04-01 09:30:00（UTC+09:00）.
fn said(time: &str) -> String {
    let (Some(day), Some(clock)) = (time.get(..10), time.get(11..19)) else { return time.to_owned() };
    let zone = time[19..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    format!("{day} {clock}（UTC{}）", if zone == "Z" { "" } else { zone })
}

fn signature(report: &Report) -> String {
    format!(
        "<div class=\"sign\"><table><tr><th>作成</th><th>確認</th><th>承認</th></tr><tr><td></td><td></td><td></td></tr></table></div>\n\
         <p class=\"seal\">封印（SHA-256）<br><code>{}</code><br>この値は、対の JSON の全体（この頁、結果、計画、見直し、台帳のハッシュを含む）から計算したものです。署名のあとに何かが変わると <code>seisho audit verify</code> が知らせます。</p>\n",
        if report.seal.is_empty() { no_seal() } else { report.seal.clone() }
    )
}

fn batch(report: &Report) -> String {
    let (run, totals) = (&report.run, &report.run.totals);
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let engines = if report.engines.is_empty() { "なし".to_owned() } else { report.engines.join("、") };
    let shard = run.options.shard.clone().map(|s| format!("、分割 {s}")).unwrap_or_default();
    let joins = if run.options.page_joins { "頁またぎをつなぐ" } else { "頁またぎをつながない" };
    let rows = [
        row("結果", report.results.clone()),
        row("入力", run.options.inputs.join("、")),
        row("変換", format!("{}（{:.1} 秒）", said(if report.started.is_empty() { &run.started } else { &report.started }), run.seconds)),
        row("プログラム", format!("seisho {}、結果の版 {}", run.program_version, run.schema_version)),
        row("画像の読み取り", engines),
        row("オプション", format!("{joins}、1ファイル {} バイトまで{shard}", run.options.max_bytes)),
        row("ファイル", format!("変換 {}、失敗 {}、対象外 {}（{} バイト）", totals.converted, totals.failed, totals.skipped, totals.bytes)),
        row(
            "頁・目標・項・表",
            format!("{}・{}・{}・{}", totals.counts.pages, totals.counts.goals, totals.counts.provisions, totals.counts.tables),
        ),
        row("報告書", said(&report.made)),
    ];
    format!("<h2>1 対象</h2>\n{}", table(&[], &rows))
}

fn summary(summary: &Summary) -> String {
    let balance = &summary.balance;
    let left: u64 = balance.remainder.values().sum();
    let total = balance.values + left;
    let mut rows = vec![vec!["値".to_owned(), balance.values.to_string(), percent(balance.values as f64 / total.max(1) as f64)]];
    rows.extend(
        balance.remainder.iter().map(|(role, n)| vec![role_name(role).to_owned(), n.to_string(), percent(*n as f64 / total.max(1) as f64)]),
    );
    let said = if balance.unbalanced == 0 {
        "どの文書でも、見える文字はちょうど一回ずつどこかにあります。".to_owned()
    } else {
        format!("{} 件の文書で、文字の過不足（A001・A002）があります。", balance.unbalanced)
    };
    let weak: Vec<Vec<String>> = summary
        .weak
        .iter()
        .map(|w| vec![w.path.clone(), if w.page == 0 { "－".to_owned() } else { w.page.to_string() }, w.doubted.to_string()])
        .collect();
    format!(
        "<h2>3 文字の収支</h2>\n<p>{said}</p>\n{}<h2>4 指摘</h2>\n<p>値 {}、うち疑いのあるもの {}。赤は注意・誤り。</p>\n<figure class=\"bars\">{}</figure>\n<h3>様式ごと</h3>\n<figure class=\"bars\">{}</figure>\n<h3>見たほうがよい頁</h3>\n{}",
        table(&["どこにあるか", "文字", "割合"], &rows),
        summary.values,
        summary.doubted,
        draw::kinds(&summary.findings),
        draw::forms(&summary.forms),
        if weak.is_empty() { "<p>ありません。</p>\n".to_owned() } else { table(&["文書", "頁", "疑いのある値"], &weak) }
    )
}

fn role_name(role: &str) -> &str {
    match role {
        "header" => "頁の上・頭書の語",
        "footer" => "頁の下・結語",
        "page_number" => "頁番号",
        "table_header" => "表の見出し",
        "stamp" => "印",
        "note" => "注",
        "struck" => "取り消し線",
        "unread" => "分からない文字",
        other => other,
    }
}

fn reliability(report: &Report) -> String {
    if report.reliability.is_empty() {
        return "<h2>5 確かさの検証</h2>\n<p>確かさのある値で、見直したものはありません。</p>\n".to_owned();
    }
    let rows: Vec<Vec<String>> = report
        .reliability
        .iter()
        .map(|b| {
            vec![
                format!("{:.2}～{:.2}", b.from, b.to),
                b.values.to_string(),
                percent(b.said),
                percent(b.right as f64 / b.values.max(1) as f64),
            ]
        })
        .collect();
    let table = table(&["確かさ", "見た値", "確かさの平均", "正しかった割合"], &rows);
    format!("<h2>5 確かさの検証</h2>\n<figure>{}</figure>\n{table}", draw::diagram(&report.reliability))
}

fn corrections(ledger: &LedgerRun) -> String {
    let why = |why: Unlaid| match why {
        Unlaid::NoPlace => "場所がない",
        Unlaid::Changed => "前の値と違う",
        Unlaid::TwoPlaces => "二つの場所",
        Unlaid::OneOfSeveral => "どれだったのか決められない",
        Unlaid::TwoDocuments => "二つの文書",
        Unlaid::Unreadable => "読めない値",
        Unlaid::NoDocument => "文書がない",
    };
    let rows: Vec<Vec<String>> = ledger
        .listed
        .iter()
        .map(|l| vec![l.path.clone().unwrap_or_default(), l.pointer.clone(), l.was.clone(), l.now.clone(), why(l.why).to_owned()])
        .collect();
    let list = if rows.is_empty() { String::new() } else { table(&["文書", "値", "前", "後", "当てられないわけ"], &rows) };
    format!(
        "<h2>6 訂正</h2>\n<p>台帳 {} 行: 元のファイルに当てた {}、内容で当てた {}、すでにそのとおり {}、後の行に替わった {}、当てられない {}。</p>\n{list}",
        ledger.lines,
        ledger.by_source,
        ledger.by_content,
        ledger.settled,
        ledger.superseded,
        ledger.listed.len()
    )
}

fn unread(report: &Report) -> String {
    let failed = report.files.iter().filter(|f| f.status != Status::Converted);
    let rows: Vec<Vec<String>> =
        failed.map(|f| vec![f.path.clone(), f.code.clone().unwrap_or_default(), f.reason.clone().unwrap_or_default()]).collect();
    let said =
        if rows.is_empty() { "<p>ありません。</p>\n".to_owned() } else { table(&["ファイル", "コード", "わけ"], &rows) };
    format!("<h2>7 読めなかったもの</h2>\n{said}")
}

fn files(report: &Report) -> String {
    let short = |hash: &Option<String>| hash.as_deref().map_or_else(String::new, |h| h.chars().take(16).collect());
    let rows: Vec<Vec<String>> = report
        .files
        .iter()
        .map(|f| vec![f.path.clone(), short(&f.source_sha256), short(&f.document_sha256), short(&Some(f.chain.clone()))])
        .collect();
    format!(
        "<h2>8 ファイルとハッシュ</h2>\n<p>ハッシュは SHA-256 の先頭 16 桁です。全部は対の JSON にあります。</p>\n{}",
        table(&["ファイル", "元", "結果", "鎖"], &rows)
    )
}
