//! The report on A4, in Japanese, to be printed and signed.

use super::draw::escaped;
use super::{Report, Summary, draw};
use crate::sampling::{Decision, Outcome};
use seisho_model::output::{LedgerRun, Status, Unlaid};
use std::fmt::Write as _;

/// The report as a page of HTML that needs nothing else.
#[must_use]
pub fn html(report: &Report) -> String {
    let sections = [
        batch(report),
        decision(report),
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

fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, row: &[String]| row.iter().map(|c| format!("<{tag}>{}</{tag}>", escaped(c))).collect::<String>();
    let head: Vec<String> = head.iter().map(|h| (*h).to_owned()).collect();
    let body: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells("td", row))).collect();
    let head = if head.is_empty() { String::new() } else { format!("<thead><tr>{}</tr></thead>", cells("th", &head)) };
    format!("<table>{head}<tbody>{body}</tbody></table>\n")
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

fn signature(report: &Report) -> String {
    format!(
        "<div class=\"sign\"><table><tr><th>作成</th><th>確認</th><th>承認</th></tr><tr><td></td><td></td><td></td></tr></table></div>\n\
         <p class=\"seal\">封印（SHA-256）<br><code>{}</code><br>この値は report.json の全体から計算したものです。署名のあとに何かが変わると <code>seisho audit verify</code> が知らせます。</p>\n",
        report.seal
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
        row("変換", format!("{}（{:.1} 秒）", run.started, run.seconds)),
        row("プログラム", format!("seisho {}、結果の版 {}", run.program_version, run.schema_version)),
        row("画像の読み取り", engines),
        row("オプション", format!("{joins}、1ファイル {} バイトまで{shard}", run.options.max_bytes)),
        row("ファイル", format!("変換 {}、失敗 {}、対象外 {}（{} バイト）", totals.converted, totals.failed, totals.skipped, totals.bytes)),
        row(
            "頁・目標・項・表",
            format!("{}・{}・{}・{}", totals.counts.pages, totals.counts.goals, totals.counts.provisions, totals.counts.tables),
        ),
        row("報告書", report.made.clone()),
    ];
    format!("<h2>1 対象</h2>\n{}", table(&[], &rows))
}

fn decision(report: &Report) -> String {
    let Some(plan) = &report.plan else { return "<h2>2 抜き取り検査</h2>\n<p>していません。</p>\n".to_owned() };
    let mut out = format!(
        "<h2>2 抜き取り検査</h2>\n<p>値 {} 件を一つのロットとし、{} 件を無作為に抜き取り、誤りが {} 件までなら合格とします。誤りの割合が {} のロットが合格する見込みは {} です（超幾何分布による正確な値。確かさ {}）。種 {}{}。</p>\n",
        plan.lot.values,
        plan.sample_size,
        plan.acceptance_number,
        escaped(&plan.rate),
        percent(plan.risk),
        escaped(&plan.confidence),
        plan.seed,
        if plan.seed_is_given { "（指定）" } else { "（結果の内容から）" },
    );
    // What was decided stands on the first page, the curve behind it.
    let curve = format!("<figure>{}</figure>\n", draw::characteristic(plan));
    if !report.is_of_these_results {
        out += "<p><strong>この見本は、ここにある結果ではなく、訂正または変換し直しの前の結果から引いたものです。合否と割合は、その前の結果についてのものです。</strong></p>\n";
    }
    let Some(Decision { outcome, counts, wrong, rate, strata, weighted, weighted_bounds, next }) = &report.decision else {
        return out + "<p>まだ見ていません。</p>\n" + &curve;
    };
    let word = match outcome {
        Outcome::Accepted => "合格",
        Outcome::Rejected => "不合格",
        Outcome::Open => "未了",
    };
    let _ = write!(
        out,
        "<p class=\"outcome\">{word}</p>\n<p>確認者 {}。正しい {}、違う {}、分からない {}、まだ {}。全体の誤りは {}～{} 件（{}～{}）です。分からないものは誤りに数えます。</p>\n",
        escaped(&report.readers.join("、")),
        counts.right,
        counts.wrong,
        counts.unknown,
        counts.open,
        wrong[0],
        wrong[1],
        percent(rate[0]),
        percent(rate[1])
    );
    let rows: Vec<Vec<String>> = strata
        .iter()
        .map(|s| {
            let seen = s.counts.right + s.counts.wrong + s.counts.unknown;
            let bad = s.counts.wrong + s.counts.unknown;
            vec![
                s.name.clone(),
                s.values.to_string(),
                percent(s.weight),
                seen.to_string(),
                bad.to_string(),
                s.rate.map_or("－".to_owned(), percent),
                format!("{}～{}", s.wrong[0], s.wrong[1]),
            ]
        })
        .collect();
    out += &table(&["層", "値", "重み", "見た", "誤り", "割合", "誤りの数の区間"], &rows);
    if let Some(weighted) = weighted {
        let [low, high] = weighted_bounds.map(percent);
        let _ = writeln!(out, "<p>層の重みによる誤りの割合は {}（{low}～{high}）です。</p>", percent(*weighted));
    }
    if !next.is_empty() {
        let _ = writeln!(out, "<p>次に見るもの: {}</p>", escaped(&next.join("、")));
    }
    out + &curve
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
        "<h2>8 ファイルとハッシュ</h2>\n<p>ハッシュは SHA-256 の先頭 16 桁です。全部は report.json にあります。</p>\n{}",
        table(&["ファイル", "元", "結果", "鎖"], &rows)
    )
}
