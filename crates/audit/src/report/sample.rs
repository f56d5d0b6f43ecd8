//! The section of the report on the sample: what was planned, found and decided.

use super::draw::{escaped, percent, table};
use super::tongue::Tongue;
use super::{Report, draw};
use crate::sampling::{self, Decision, Judgement, OfStratum, Outcome, Plan, Unsettled};
use crate::work::Found;
use std::fmt::Write as _;

/// The section.
pub(super) fn section(report: &Report, t: Tongue) -> String {
    let heading = t.pick("<h2>2 抜き取り検査</h2>\n", "<h2>2 Sample</h2>\n");
    let Some(plan) = &report.plan else { return format!("{heading}<p>{}</p>\n", t.pick("していません。", "None was taken.")) };
    let Plan { sample_size: n, acceptance_number: c, seed, .. } = plan;
    let (values, rate, risk, confidence) = (plan.lot.values, escaped(&plan.rate), percent(plan.risk), escaped(&plan.confidence));
    let mut out = match t {
        Tongue::Ja => format!(
            "{heading}<p>値 {values} 件を一つのロットとし、{n} 件を無作為に抜き取り、誤りが {c} 件までなら合格とします。誤りの割合が {rate} のロットが合格する見込みは {risk} です（超幾何分布による正確な値。片側の確かさ {confidence}）。種 {seed}{}。</p>\n",
            if plan.seed_is_given { "（指定）" } else { "（結果の内容から）" },
        ),
        Tongue::En => format!(
            "{heading}<p>The {values} values are one lot. {n} of them are drawn at random; with at most {c} wrong ones the lot is accepted. A lot of which {rate} are wrong is accepted with a chance of {risk} (exact, by the hypergeometric distribution; one-sided confidence {confidence}). Seed {seed} ({}).</p>\n",
            if plan.seed_is_given { "given" } else { "told by the results" },
        ),
    };
    // What was decided stands on the first page, the curve behind it.
    let curve = format!("<figure>{}</figure>\n", draw::characteristic(plan, t));
    if !report.is_of_these_results {
        out += t.pick(
            "<p><strong>この見本は、ここにある結果ではなく、訂正または変換し直しの前の結果から引いたものです。合否と割合は、その前の結果についてのもので、ここにある結果の合否ではありません。</strong></p>\n",
            "<p><strong>This sample was not drawn from these results but from those before corrections or another conversion. Outcome and rates are about those, and decide nothing on these results.</strong></p>\n",
        );
    }
    let Some(decision) = &report.decision else {
        return out + t.pick("<p>まだ見ていません。</p>\n", "<p>Nobody has looked yet.</p>\n") + &curve;
    };
    out + &outcome(report, plan, decision, t) + &found(report, plan, decision, t) + &parts(plan, decision, t) + &curve
}

fn outcome(report: &Report, plan: &Plan, decision: &Decision, t: Tongue) -> String {
    let word = match decision.outcome {
        Outcome::Accepted => t.pick("合格", "ACCEPTED"),
        Outcome::Rejected => t.pick("不合格", "REJECTED"),
        Outcome::Open => t.pick("未了", "OPEN"),
    };
    // What was decided of other results is in no box that could be taken for that of these.
    let mut out = match report.is_of_these_results {
        true => format!("<p class=\"outcome\">{word}</p>\n"),
        false => format!("<p>{}: {word}</p>\n", t.pick("前の結果の判定", "Decided of the results before")),
    };
    if decision.outcome == Outcome::Accepted {
        let (confidence, rate) = (escaped(&plan.confidence), escaped(&plan.rate));
        let _ = match t {
            Tongue::Ja => writeln!(
                out,
                "<p>片側の確かさ {confidence} で、誤りの割合は {rate} 未満です。下の区間は両側のもので、上の端がこの割合を超えることがあります。</p>"
            ),
            Tongue::En => writeln!(
                out,
                "<p>With one-sided confidence {confidence}, fewer than {rate} are wrong. The interval below is two-sided; its upper end may lie above that rate.</p>"
            ),
        };
    }
    out
}

fn found(report: &Report, plan: &Plan, decision: &Decision, t: Tongue) -> String {
    let Decision { counts, wrong: [low, high], rate, unsettled, wrong_values, .. } = decision;
    let open = match (unsettled.len(), t) {
        (0, _) => counts.open.to_string(),
        (n, Tongue::Ja) => format!("{}（確認者の食い違い {n} を含む）", counts.open.max(n as u64)),
        (n, Tongue::En) => format!("{} ({n} of them differ between readers)", counts.open.max(n as u64)),
    };
    let mut readers = report.readers.clone();
    readers.sort();
    readers.dedup();
    let (readers, confidence) = (escaped(&t.list(&readers)), escaped(&plan.confidence));
    let (right, wrong, unknown, [from, to]) = (counts.right, counts.wrong, counts.unknown, rate.map(percent));
    let mut out = match t {
        Tongue::Ja => format!(
            "<p>確認者 {readers}。正しい {right}、違う {wrong}、分からない {unknown}、まだ {open}。全体の誤りは {low}～{high} 件（{from}～{to}、確かさ {confidence} の両側の区間）です。分からないものは誤りに数えます。</p>\n"
        ),
        Tongue::En => format!(
            "<p>Readers: {readers}. {right} right, {wrong} wrong, {unknown} cannot be told, {open} open. Of all values {low} to {high} are wrong ({from} to {to}; two-sided interval of confidence {confidence}). What cannot be told counts as wrong.</p>\n"
        ),
    };
    if !wrong_values.is_empty() {
        let rows: Vec<Vec<String>> = wrong_values.iter().map(|value| row(value, t)).collect();
        out += t.pick("<h3>違った値</h3>\n", "<h3>Values that were wrong</h3>\n");
        out +=
            &table(&t.pick(["文書", "場所", "値", "正しい値", "合否"], ["Document", "Place", "Value", "What is right", "Decision"]), &rows);
    }
    if !unsettled.is_empty() {
        let rows: Vec<Vec<String>> = unsettled.iter().map(|value| differing(value, t)).collect();
        out += t.pick(
            "<h3>確認者の食い違い</h3>\n<p>決まるまで、まだ見ていないものとして数えます。</p>\n",
            "<h3>Where readers differ</h3>\n<p>Until that is settled, they count as not looked at.</p>\n",
        );
        out += &table(&t.pick(["文書", "場所", "値", "それぞれの判定"], ["Document", "Place", "Value", "Judgements"]), &rows);
    }
    out
}

fn row(value: &Judgement, t: Tongue) -> Vec<String> {
    let now = if value.found == Found::Unknown { t.pick("分からない", "cannot be told").to_owned() } else { value.now.join("／") };
    let counts = if value.decides { t.pick("数える", "counts") } else { t.pick("層のため", "for its part only") };
    vec![value.path.clone(), value.pointer.clone(), value.text.clone(), now, counts.to_owned()]
}

fn differing(value: &Unsettled, t: Tongue) -> Vec<String> {
    let said = value.said.iter().map(|(reader, found, now)| {
        let word = match found {
            Found::Right => t.pick("正しい", "right"),
            Found::Wrong => t.pick("違う", "wrong"),
            Found::Unknown => t.pick("分からない", "cannot be told"),
        };
        format!("{reader}: {word}{}", now.as_ref().map(|now| format!(" → {now}")).unwrap_or_default())
    });
    vec![value.path.clone(), value.pointer.clone(), value.text.clone(), t.list(&said.collect::<Vec<_>>())]
}

fn parts(plan: &Plan, decision: &Decision, t: Tongue) -> String {
    let named = |name: &str| {
        let said = sampling::stratum(&plan.by, name);
        t.pick(said.ja, said.en)
    };
    let row = |s: &OfStratum| {
        let seen = s.counts.right + s.counts.wrong + s.counts.unknown;
        vec![
            named(&s.name),
            s.values.to_string(),
            percent(s.weight),
            seen.to_string(),
            (s.counts.wrong + s.counts.unknown).to_string(),
            s.rate.map_or("－".to_owned(), percent),
            format!("{}～{}", s.wrong[0], s.wrong[1]),
        ]
    };
    let rows: Vec<Vec<String>> = decision.strata.iter().map(row).collect();
    let heads = t.pick(
        ["層", "値", "重み", "見た", "誤り", "割合", "誤りの数の区間"],
        ["Part", "Values", "Weight", "Looked at", "Wrong", "Rate", "Interval of wrong ones"],
    );
    let mut out = table(&heads, &rows);
    if let Some(weighted) = decision.weighted.map(percent) {
        let [low, high] = decision.weighted_bounds.map(percent);
        let _ = match t {
            Tongue::Ja => writeln!(out, "<p>層の重みによる誤りの割合は {weighted}（{low}～{high}、両側の区間）です。</p>"),
            Tongue::En => writeln!(out, "<p>By the weights of the parts, {weighted} are wrong ({low} to {high}, two-sided).</p>"),
        };
    }
    if !decision.next.is_empty() {
        let is_stratum = |name: &String| decision.strata.iter().any(|s| s.name == *name);
        let names: Vec<String> = decision.next.iter().map(|name| if is_stratum(name) { named(name) } else { name.clone() }).collect();
        let _ = writeln!(out, "<p>{}: {}</p>", t.pick("次に見るもの", "To be looked at next"), escaped(&t.list(&names)));
    }
    out
}
