//! The report on A4, to be printed and signed: in Japanese and in English, of which the page shows one.

use super::draw::{escaped, percent, table};
use super::tongue::Tongue;
use super::{Report, Summary, draw, no_seal, sample};
use seisho_model::output::{LedgerRun, Status, Unlaid};

/// The choice of a language: two buttons that the style sheet knows, without a script. They are not printed.
const CHOICE: &str = "<input type=\"radio\" name=\"tongue\" id=\"in-ja\" checked><label for=\"in-ja\">日本語</label>\n\
<input type=\"radio\" name=\"tongue\" id=\"in-en\"><label for=\"in-en\" lang=\"en\">English</label>\n";

/// The report as a page of HTML that needs nothing else.
#[must_use]
pub fn html(report: &Report) -> String {
    // It is printed once, so that there is no second one that could say otherwise.
    let seal = if report.seal.is_empty() { no_seal() } else { report.seal.clone() };
    let in_both = |part: &dyn Fn(Tongue) -> String| [Tongue::Ja, Tongue::En].map(|t| t.part(&part(t))).concat();
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>検査報告書 / Audit report {}</title><style>{}</style></head><body>\n\
         {CHOICE}<main>\n{}<p class=\"seal\"><code>{seal}</code></p>\n{}{}</main>\n</body></html>\n",
        escaped(&report.results),
        include_str!("../../assets/report.css"),
        in_both(&|t| signature(t)),
        in_both(&|t| whole(report, t)),
        files(report)
    )
}

/// All but the list of files, which is the same in both languages.
fn whole(report: &Report, t: Tongue) -> String {
    let unused = t.pick("<h2>6 訂正</h2>\n<p>台帳は使っていません。</p>\n", "<h2>6 Corrections</h2>\n<p>No ledger was used.</p>\n");
    [
        format!("<p class=\"seal\">{}</p>\n", what_is_sealed(t)),
        batch(report, t),
        edited(report, t),
        sample::section(report, t),
        summary(&report.summary, t),
        reliability(report, t),
        report.corrections.as_ref().map_or_else(|| unused.to_owned(), |ledger| corrections(ledger, t)),
        unread(report, t),
    ]
    .concat()
}

/// A time as people write it: 2026-04-01 09:30:00（UTC+09:00）.
fn said(time: &str, t: Tongue) -> String {
    let (Some(day), Some(clock)) = (time.get(..10), time.get(11..19)) else { return time.to_owned() };
    let zone = time[19..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let zone = if zone == "Z" { "" } else { zone };
    t.pick(format!("{day} {clock}（UTC{zone}）"), format!("{day} {clock} (UTC{zone})"))
}

fn signature(t: Tongue) -> String {
    let heads: String = t.pick(["作成", "確認", "承認"], ["Made", "Checked", "Approved"]).map(|who| format!("<th>{who}</th>")).concat();
    let (title, name) = t.pick(("文書変換 検査報告書", "封印（SHA-256）"), ("Audit report on converted documents", "Seal (SHA-256)"));
    format!(
        "<h1>{title}</h1>\n<div class=\"sign\"><table><tr>{heads}</tr><tr><td></td><td></td><td></td></tr></table></div>\n\
         <p class=\"seal\">{name}</p>\n"
    )
}

fn what_is_sealed(t: Tongue) -> &'static str {
    t.pick(
        "この値は、対の JSON の全体（この頁、結果、計画、見直し、台帳のハッシュを含む）から計算したものです。署名のあとに何かが変わると <code>seisho audit verify</code> が知らせます。",
        "It is computed of the whole twin JSON, which holds the hashes of this page, the results, plan, works and ledger. <code>seisho audit verify</code> says what changed after signing.",
    )
}

fn batch(report: &Report, t: Tongue) -> String {
    let (run, totals) = (&report.run, &report.run.totals);
    let row = |ja: &str, en: &str, value: String| vec![t.pick(ja, en).to_owned(), value];
    let engines = if report.engines.is_empty() { t.pick("なし", "none").to_owned() } else { t.list(&report.engines) };
    let shard = run.options.shard.clone().map(|s| t.pick(format!("、分割 {s}"), format!(", shard {s}"))).unwrap_or_default();
    let joins = match (run.options.page_joins, t) {
        (true, Tongue::Ja) => "頁またぎをつなぐ",
        (false, Tongue::Ja) => "頁またぎをつながない",
        (true, Tongue::En) => "what a page end cut is joined",
        (false, Tongue::En) => "what a page end cut is not joined",
    };
    let (most, started) = (run.options.max_bytes, said(if report.started.is_empty() { &run.started } else { &report.started }, t));
    let (done, failed, skipped, bytes) = (totals.converted, totals.failed, totals.skipped, totals.bytes);
    let counts = &totals.counts;
    let rows = [
        row("結果", "Results", report.results.clone()),
        row("入力", "Inputs", t.list(&run.options.inputs)),
        row("変換", "Converted", t.pick(format!("{started}（{:.1} 秒）", run.seconds), format!("{started}, {:.1} s", run.seconds))),
        row(
            "プログラム",
            "Program",
            t.pick(
                format!("seisho {}、結果の版 {}", run.program_version, run.schema_version),
                format!("seisho {}, results of version {}", run.program_version, run.schema_version),
            ),
        ),
        row("画像の読み取り", "Readers of pictures", engines),
        row(
            "オプション",
            "Options",
            t.pick(format!("{joins}、1ファイル {most} バイトまで{shard}"), format!("{joins}, at most {most} bytes a file{shard}")),
        ),
        row(
            "ファイル",
            "Files",
            t.pick(
                format!("変換 {done}、失敗 {failed}、対象外 {skipped}（{bytes} バイト）"),
                format!("{done} converted, {failed} failed, {skipped} are no documents ({bytes} bytes)"),
            ),
        ),
        row(
            "頁・目標・項・表",
            "Pages, goals, provisions, tables",
            [counts.pages, counts.goals, counts.provisions, counts.tables].map(|n| n.to_string()).join(t.pick("・", ", ")),
        ),
        row("手で変えた文書", "Documents changed by hand", t.pick(format!("{}", report.edited.len()), format!("{}", report.edited.len()))),
        row("報告書", "Report", said(&report.made, t)),
    ];
    format!("{}{}", t.pick("<h2>1 対象</h2>\n", "<h2>1 What was audited</h2>\n"), table(&[], &rows))
}

/// Documents that are not as the conversion wrote them.
fn edited(report: &Report, t: Tongue) -> String {
    if report.edited.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = report.edited.iter().map(|name| vec![format!("documents/{name}.json")]).collect();
    let said = t.pick(
        "次の文書は、変換の後で手で変えられています。値は変えた後のもので、変換の結果でも、台帳の訂正でもありません。",
        "These documents were changed by hand since they were converted. Their values are those of the change: neither the conversion's, nor corrections of the ledger.",
    );
    format!("<p><strong>{said}</strong></p>\n{}", table(&[t.pick("手で変えた文書", "Changed by hand")], &rows))
}

fn summary(summary: &Summary, t: Tongue) -> String {
    let balance = &summary.balance;
    let left: u64 = balance.remainder.values().sum();
    let total = (balance.values + left).max(1) as f64;
    let mut rows = vec![vec![t.pick("値", "values").to_owned(), balance.values.to_string(), percent(balance.values as f64 / total)]];
    rows.extend(balance.remainder.iter().map(|(role, n)| vec![role_name(role, t).to_owned(), n.to_string(), percent(*n as f64 / total)]));
    let unbalanced = balance.unbalanced;
    let said = match (unbalanced, t) {
        (0, Tongue::Ja) => "どの文書でも、見える文字はちょうど一回ずつどこかにあります。".to_owned(),
        (0, Tongue::En) => "In every document, each visible character stands somewhere exactly once.".to_owned(),
        (_, Tongue::Ja) => format!("{unbalanced} 件の文書で、文字の過不足（A001・A002）があります。"),
        (_, Tongue::En) => format!("In {unbalanced} documents characters are missing or doubled (A001, A002)."),
    };
    let page = |page: u32| if page == 0 { "－".to_owned() } else { page.to_string() };
    let weak: Vec<Vec<String>> = summary.weak.iter().map(|w| vec![w.path.clone(), page(w.page), w.doubted.to_string()]).collect();
    let (values, doubted) = (summary.values, summary.doubted);
    let doubts = t.pick(
        format!("値 {values}、うち疑いのあるもの {doubted}。赤は注意・誤り。"),
        format!("{values} values, {doubted} of them doubted. Red: warnings and errors."),
    );
    let [balance, findings, forms, pages] = t.pick(
        ["3 文字の収支", "4 指摘", "様式ごと", "見たほうがよい頁"],
        ["3 Characters", "4 Findings", "By form", "Pages that need a look"],
    );
    format!(
        "<h2>{balance}</h2>\n<p>{said}</p>\n{}<h2>{findings}</h2>\n<p>{doubts}</p>\n<figure class=\"bars\">{}</figure>\n<h3>{forms}</h3>\n<figure class=\"bars\">{}</figure>\n<h3>{pages}</h3>\n{}",
        table(&t.pick(["どこにあるか", "文字", "割合"], ["Where", "Characters", "Share"]), &rows),
        draw::kinds(&summary.findings, t),
        draw::forms(&summary.forms, t),
        if weak.is_empty() {
            none(t)
        } else {
            table(&t.pick(["文書", "頁", "疑いのある値"], ["Document", "Page", "Doubted values"]), &weak)
        }
    )
}

fn none(t: Tongue) -> String {
    t.pick("<p>ありません。</p>\n", "<p>None.</p>\n").to_owned()
}

fn role_name(role: &str, t: Tongue) -> &str {
    match role {
        "header" => t.pick("頁の上・頭書の語", "tops of pages, words of the head"),
        "footer" => t.pick("頁の下・結語", "ends of pages, closing words"),
        "page_number" => t.pick("頁番号", "page numbers"),
        "table_header" => t.pick("表の見出し", "headings of tables"),
        "stamp" => t.pick("印", "stamps"),
        "note" => t.pick("注", "notes"),
        "struck" => t.pick("取り消し線", "struck out"),
        "unread" => t.pick("分からない文字", "not understood"),
        other => other,
    }
}

fn reliability(report: &Report, t: Tongue) -> String {
    let heading = t.pick("<h2>5 確かさの検証</h2>\n", "<h2>5 Confidence, as it proved</h2>\n");
    if report.reliability.is_empty() {
        let said = t.pick("確かさのある値で、見直したものはありません。", "No value with a confidence was looked at.");
        return format!("{heading}<p>{said}</p>\n");
    }
    let row = |b: &super::Band| {
        let right = percent(b.right as f64 / b.values.max(1) as f64);
        vec![format!("{:.2}～{:.2}", b.from, b.to), b.values.to_string(), percent(b.said), right]
    };
    let rows: Vec<Vec<String>> = report.reliability.iter().map(row).collect();
    let heads = t.pick(
        ["確かさ", "見た値", "確かさの平均", "正しかった割合"],
        ["Confidence", "Looked at", "Mean confidence", "Share that was right"],
    );
    format!("{heading}<figure>{}</figure>\n{}", draw::diagram(&report.reliability, t), table(&heads, &rows))
}

fn why(why: Unlaid, t: Tongue) -> &'static str {
    match why {
        Unlaid::NoPlace => t.pick("場所がない", "no place"),
        Unlaid::Changed => t.pick("前の値と違う", "another value than before"),
        Unlaid::TwoPlaces => t.pick("二つの場所", "two places"),
        Unlaid::OneOfSeveral => t.pick("どれだったのか決められない", "one of several alike"),
        Unlaid::TwoDocuments => t.pick("二つの文書", "two documents"),
        Unlaid::Unreadable => t.pick("読めない値", "cannot be read"),
        Unlaid::NoDocument => t.pick("文書がない", "no document"),
    }
}

fn corrections(ledger: &LedgerRun, t: Tongue) -> String {
    let row = |l: &seisho_model::output::ListedLine| {
        vec![l.path.clone().unwrap_or_default(), l.pointer.clone(), l.was.clone(), l.now.clone(), why(l.why, t).to_owned()]
    };
    let rows: Vec<Vec<String>> = ledger.listed.iter().map(row).collect();
    let heads = t.pick(["文書", "値", "前", "後", "当てられないわけ"], ["Document", "Value", "Before", "After", "Why it was not made"]);
    let list = if rows.is_empty() { String::new() } else { table(&heads, &rows) };
    let LedgerRun { lines, by_source, by_content, settled, superseded, listed } = ledger;
    let listed = listed.len();
    let said = match t {
        Tongue::Ja => format!(
            "台帳 {lines} 行: 元のファイルに当てた {by_source}、内容で当てた {by_content}、すでにそのとおり {settled}、後の行に替わった {superseded}、当てられない {listed}。"
        ),
        Tongue::En => format!(
            "{lines} lines of the ledger: {by_source} made on their file, {by_content} by content, {settled} as it is already, {superseded} replaced by later lines, {listed} not made."
        ),
    };
    format!("<h2>{}</h2>\n<p>{said}</p>\n{list}", t.pick("6 訂正", "6 Corrections"))
}

fn unread(report: &Report, t: Tongue) -> String {
    let failed = report.files.iter().filter(|f| f.status != Status::Converted);
    let rows: Vec<Vec<String>> =
        failed.map(|f| vec![f.path.clone(), f.code.clone().unwrap_or_default(), f.reason.clone().unwrap_or_default()]).collect();
    let heads = t.pick(["ファイル", "コード", "わけ"], ["File", "Code", "Why"]);
    let said = if rows.is_empty() { none(t) } else { table(&heads, &rows) };
    format!("<h2>{}</h2>\n{said}", t.pick("7 読めなかったもの", "7 What could not be read"))
}

fn files(report: &Report) -> String {
    let short = |hash: &Option<String>| hash.as_deref().map_or_else(String::new, |h| h.chars().take(16).collect());
    let rows: Vec<Vec<String>> = report
        .files
        .iter()
        .map(|f| vec![f.path.clone(), short(&f.source_sha256), short(&f.document_sha256), short(&Some(f.chain.clone()))])
        .collect();
    let said = [
        (Tongue::Ja, "<h2>8 ファイルとハッシュ</h2>\n<p>ハッシュは SHA-256 の先頭 16 桁です。全部は対の JSON にあります。</p>\n"),
        (Tongue::En, "<h2>8 Files and hashes</h2>\n<p>The first 16 digits of SHA-256; all of them are in the twin JSON.</p>\n"),
    ];
    let heads = ["ファイル / file", "元 / source", "結果 / result", "鎖 / chain"];
    format!("{}{}", said.map(|(t, text)| t.part(text)).concat(), table(&heads, &rows))
}
