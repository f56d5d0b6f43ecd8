//! The section of the report on the sample: what was planned, found and decided.

use super::draw::{escaped, percent, table};
use super::{Report, draw};
use crate::sampling::{By, Decision, Judgement, OfStratum, Outcome, Plan, Unsettled};
use crate::work::Found;
use std::fmt::Write as _;

const HEADING: &str = "<h2>2 抜き取り検査</h2>\n";

/// The section.
pub(super) fn section(report: &Report) -> String {
    let Some(plan) = &report.plan else { return format!("{HEADING}<p>していません。</p>\n") };
    let mut out = format!(
        "{HEADING}<p>値 {} 件を一つのロットとし、{} 件を無作為に抜き取り、誤りが {} 件までなら合格とします。誤りの割合が {} のロットが合格する見込みは {} です（超幾何分布による正確な値。片側の確かさ {}）。種 {}{}。</p>\n",
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
        out += "<p><strong>この見本は、ここにある結果ではなく、訂正または変換し直しの前の結果から引いたものです。合否と割合は、その前の結果についてのもので、ここにある結果の合否ではありません。</strong></p>\n";
    }
    let Some(decision) = &report.decision else { return out + "<p>まだ見ていません。</p>\n" + &curve };
    out + &outcome(report, plan, decision) + &found(report, plan, decision) + &parts(plan, decision) + &curve
}

fn outcome(report: &Report, plan: &Plan, decision: &Decision) -> String {
    let word = match decision.outcome {
        Outcome::Accepted => "合格",
        Outcome::Rejected => "不合格",
        Outcome::Open => "未了",
    };
    // What was decided of other results is in no box that could be taken for that of these.
    let mut out = match report.is_of_these_results {
        true => format!("<p class=\"outcome\">{word}</p>\n"),
        false => format!("<p>前の結果の判定: {word}</p>\n"),
    };
    if decision.outcome == Outcome::Accepted {
        let _ = writeln!(
            out,
            "<p>片側の確かさ {} で、誤りの割合は {} 未満です。下の区間は両側のもので、上の端がこの割合を超えることがあります。</p>",
            escaped(&plan.confidence),
            escaped(&plan.rate)
        );
    }
    out
}

fn found(report: &Report, plan: &Plan, decision: &Decision) -> String {
    let Decision { counts, wrong, rate, unsettled, wrong_values, .. } = decision;
    let open = match unsettled.len() {
        0 => counts.open.to_string(),
        n => format!("{}（確認者の食い違い {n} を含む）", counts.open.max(n as u64)),
    };
    let mut readers = report.readers.clone();
    readers.sort();
    readers.dedup();
    let mut out = format!(
        "<p>確認者 {}。正しい {}、違う {}、分からない {}、まだ {open}。全体の誤りは {}～{} 件（{}～{}、確かさ {} の両側の区間）です。分からないものは誤りに数えます。</p>\n",
        escaped(&readers.join("、")),
        counts.right,
        counts.wrong,
        counts.unknown,
        wrong[0],
        wrong[1],
        percent(rate[0]),
        percent(rate[1]),
        escaped(&plan.confidence)
    );
    if !wrong_values.is_empty() {
        let rows: Vec<Vec<String>> = wrong_values.iter().map(row).collect();
        out += "<h3>違った値</h3>\n";
        out += &table(&["文書", "場所", "値", "正しい値", "合否"], &rows);
    }
    if !unsettled.is_empty() {
        let rows: Vec<Vec<String>> = unsettled.iter().map(differing).collect();
        out += "<h3>確認者の食い違い</h3>\n<p>決まるまで、まだ見ていないものとして数えます。</p>\n";
        out += &table(&["文書", "場所", "値", "それぞれの判定"], &rows);
    }
    out
}

fn row(value: &Judgement) -> Vec<String> {
    let now = if value.found == Found::Unknown { "分からない".to_owned() } else { value.now.join("／") };
    let counts = if value.decides { "数える" } else { "層のため" };
    vec![value.path.clone(), value.pointer.clone(), value.text.clone(), now, counts.to_owned()]
}

fn differing(value: &Unsettled) -> Vec<String> {
    let said = value.said.iter().map(|(reader, found, now)| {
        let word = match found {
            Found::Right => "正しい",
            Found::Wrong => "違う",
            Found::Unknown => "分からない",
        };
        format!("{reader}: {word}{}", now.as_ref().map(|now| format!(" → {now}")).unwrap_or_default())
    });
    vec![value.path.clone(), value.pointer.clone(), value.text.clone(), said.collect::<Vec<_>>().join("、")]
}

fn parts(plan: &Plan, decision: &Decision) -> String {
    let row = |s: &OfStratum| {
        let seen = s.counts.right + s.counts.wrong + s.counts.unknown;
        vec![
            stratum(plan, &s.name),
            s.values.to_string(),
            percent(s.weight),
            seen.to_string(),
            (s.counts.wrong + s.counts.unknown).to_string(),
            s.rate.map_or("－".to_owned(), percent),
            format!("{}～{}", s.wrong[0], s.wrong[1]),
        ]
    };
    let rows: Vec<Vec<String>> = decision.strata.iter().map(row).collect();
    let mut out = table(&["層", "値", "重み", "見た", "誤り", "割合", "誤りの数の区間"], &rows);
    if let Some(weighted) = decision.weighted {
        let [low, high] = decision.weighted_bounds.map(percent);
        let _ = writeln!(out, "<p>層の重みによる誤りの割合は {}（{low}～{high}、両側の区間）です。</p>", percent(weighted));
    }
    if !decision.next.is_empty() {
        let is_stratum = |name: &String| decision.strata.iter().any(|s| s.name == *name);
        let name = |name: &String| if is_stratum(name) { stratum(plan, name) } else { name.clone() };
        let names: Vec<String> = decision.next.iter().map(name).collect();
        let _ = writeln!(out, "<p>次に見るもの: {}</p>", escaped(&names.join("、")));
    }
    out
}

/// The name of a stratum in Japanese, part by part.
fn stratum(plan: &Plan, name: &str) -> String {
    let parts: Vec<&str> = name.split(" / ").collect();
    if parts.len() != plan.by.len() {
        return if name.is_empty() { "全体".to_owned() } else { name.to_owned() };
    }
    let word = |(by, part): (&By, &&str)| {
        match (by, *part) {
            (By::Form, "goal-table" | "goal_table") => "目標表",
            (By::Form, "policy") => "方針",
            (By::Form, "form") => "票",
            (By::Form, "table") => "表",
            (By::Form, "text") => "文章",
            (By::Method, "text") => "テキスト",
            (By::Method, "pdf-text") => "PDF の文字",
            (By::Method, "ocr") => "スキャン",
            (By::Method, "mixed") => "文字とスキャン",
            (By::Doubt, "doubted") => "疑いあり",
            (By::Doubt, "plain") => "疑いなし",
            (_, other) => other,
        }
        .to_owned()
    };
    plan.by.iter().zip(&parts).map(word).collect::<Vec<_>>().join("・")
}
