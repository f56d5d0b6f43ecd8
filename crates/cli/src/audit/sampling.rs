//! `seisho audit plan` and `seisho audit decide`.

use super::args::Plan as Options;
use super::door::{self, Kind};
use super::{results, works};
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::sampling::{self, By, Decision, Edited, Impossible, Outcome, Plan, Unfit, Wish};
use seisho_audit::work::{Found, Work};
use std::path::{Path, PathBuf};

/// Plans a sample and draws it.
pub(crate) fn plan(options: &Options, lang: Lang) -> Result<End, Stop> {
    let by: Result<Vec<By>, &str> = options.strata.iter().filter(|s| !s.is_empty()).map(|s| s.parse()).collect();
    let by = by.map_err(|what| Stop::new(format!("--strata: {what}"), format!("--strata: {what}")))?;
    door::check(&options.to, Kind::Plan)?;
    let mut lot = Vec::new();
    let documents = results::each(&options.results, |document| {
        sampling::add(&document, &by, &mut lot);
        Ok(())
    })?;
    let Options { rate, confidence, accept, expected, seed, least, .. } = options;
    let wish = Wish {
        rate: rate.clone(),
        confidence: confidence.clone(),
        accept: *accept,
        expected: expected.clone(),
        seed: *seed,
        by,
        least: *least,
    };
    let plan = sampling::plan(&lot, documents, &wish).map_err(impossible)?;
    door::put_json(&options.to, Kind::Plan, &plan)?;
    let Plan { sample_size: n, acceptance_number: c, .. } = &plan;
    let more = plan.sample.len() as u64 - n;
    print(&match lang {
        Lang::Ja => format!(
            "文書 {documents}、値 {}: {n} 件を見て、誤りが {c} 件までなら合格（合格なら、片側の確かさ {confidence} で誤りは {rate} 未満）",
            plan.lot.values
        ),
        Lang::En => format!(
            "{documents} documents, {} values: look at {n}; accepted with at most {c} wrong ones (then, with one-sided confidence {confidence}, fewer than {rate} are wrong)",
            plan.lot.values
        ),
    })?;
    if more > 0 {
        print(&match lang {
            Lang::Ja => format!("ほかに、分けたそれぞれを知るために {more} 件を見ます（合否には使いません）"),
            Lang::En => format!("{more} more are looked at so that every part is known (they do not count for the decision)"),
        })?;
    }
    for stratum in &plan.strata {
        print(&format!("  {:>6} / {:>7}  {}", stratum.sampled, stratum.values, named(&plan, &stratum.name, lang)))?;
    }
    print(&format!("{} {}", lang.pick("計画:", "Plan:"), options.to.display()))?;
    results::say_edited(&options.results, lang)?;
    Ok(End::AllConverted)
}

/// A part of the lot: in Japanese with words for it, behind them the name that plans give it.
fn named(plan: &Plan, name: &str, lang: Lang) -> String {
    let said = sampling::stratum(&plan.by, name);
    if lang == Lang::Ja && said.ja != name { format!("{}（{name}）", said.ja).replace("（）", "") } else { name.to_owned() }
}

fn impossible(why: Impossible) -> Stop {
    let (ja, en) = match why {
        Impossible::Empty => ("結果に値がありません", "the results hold no values"),
        Impossible::NotAShare => (
            "割合と確かさは、0.01 や 1% のように、0 より大きく 1 より小さい数にしてください",
            "rate and confidence are numbers between 0 and 1, such as 0.01 or 1%",
        ),
        Impossible::TooManyAccepted => (
            "この割合の誤りは、あってよい数（--accept）より多くありません。--accept を小さくするか、--rate を大きくしてください",
            "errors at that rate are no more than --accept allows; take a smaller --accept or a larger --rate",
        ),
        Impossible::Unreachable => (
            "見込みの割合（--expected）と --rate が近すぎて、両方を守る見本がありません",
            "--expected and --rate are too close: no sample keeps both",
        ),
    };
    Stop::new(ja, en)
}

/// Reads a plan, and sees that it is as it was made.
pub(super) fn load(file: &Path) -> Result<Plan, Stop> {
    let plan: Plan = results::json(file)?;
    sampling::check(&plan).map_err(unfit)?;
    Ok(plan)
}

/// Decides by what was found.
pub(crate) fn decide(plan: &Path, works: &[PathBuf], to: Option<&Path>, lang: Lang) -> Result<End, Stop> {
    if let Some(to) = to {
        door::check(to, Kind::Decision)?;
    }
    let plan = load(plan)?;
    let files = works;
    let works: Vec<Work> = works.iter().map(|file| works::load(file)).collect::<Result<_, _>>()?;
    let decision = sampling::decide(&plan, &works).map_err(unfit)?;
    if let Some(to) = to {
        let said = serde_json::to_value(&decision).unwrap_or_default();
        let format = [("format".to_owned(), door::DECISION.into())];
        let whole: serde_json::Map<_, _> = format.into_iter().chain(said.as_object().cloned().unwrap_or_default()).collect();
        door::put_json(to, Kind::Decision, &whole)?;
    }
    say(&plan, &decision, lang)?;
    say_unsettled(&decision, files, lang)?;
    Ok(if decision.outcome == Outcome::Accepted { End::AllConverted } else { End::SomeFailed })
}

pub(super) fn unfit(why: Unfit) -> Stop {
    match why {
        Unfit::NoPlan => Stop::new("計画のファイルではありません", "this is no plan"),
        Unfit::Edited(found) => {
            let list = |says: &str, wanted: &str| {
                let line = |e: &Edited| format!("\n  {}: {says} {}, {wanted} {}", e.field, e.says, e.wanted);
                found.iter().map(line).collect::<String>()
            };
            Stop::new(
                format!(
                    "計画は、作ったときのままではありません。手で書き換えた計画では決められません。元のファイルに戻すか、seisho audit plan で作り直してください{}",
                    list("計画では", "計算では")
                ),
                format!(
                    "the plan is not as it was made, and nothing is decided by an edited plan; take the file as it was, or make a new one by seisho audit plan{}",
                    list("says", "computed")
                ),
            )
        }
        Unfit::OtherLot => Stop::new("見直しの結果は、別の計画のものです", "the work is of another plan"),
        Unfit::Changed(value) => Stop::new(
            format!("{value} は、抜き取ったときと値が違います。計画からやり直してください"),
            format!("{value} is not what it was when the sample was drawn; make a new plan"),
        ),
    }
}

/// Values of which readers say different things, and how that is settled.
pub(super) fn say_unsettled(decision: &Decision, files: &[PathBuf], lang: Lang) -> Result<(), Stop> {
    if decision.unsettled.is_empty() {
        return Ok(());
    }
    let count = decision.unsettled.len();
    let names = files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(" ");
    print(&match lang {
        Lang::Ja => format!(
            "食い違う値 {count}（まだ見ていないものとして数えます）。seisho audit agree {names} で違いを見て、確認者のどちらかが判定し直し、その結果を渡してください（同じ確認者の後の判定が、前の判定に替わります）"
        ),
        Lang::En => format!(
            "not settled: {count} values of which readers say different things (they count as not looked at); see seisho audit agree {names}, let one of the readers judge them again and hand on that work (a later judgement of the same reader replaces the earlier one)"
        ),
    })?;
    for value in &decision.unsettled {
        print(&format!("  {}#{} {:?}", value.path, value.pointer, value.text))?;
        for (reader, found, now) in &value.said {
            print(&format!(
                "    {reader}: {}{}",
                verdict(*found, lang),
                now.as_ref().map(|now| format!(" → {now:?}")).unwrap_or_default()
            ))?;
        }
    }
    Ok(())
}

fn verdict(found: Found, lang: Lang) -> &'static str {
    match found {
        Found::Right => lang.pick("正しい", "right"),
        Found::Wrong => lang.pick("違う", "wrong"),
        Found::Unknown => lang.pick("分からない", "cannot tell"),
    }
}

fn say(plan: &Plan, decision: &Decision, lang: Lang) -> Result<(), Stop> {
    let Decision { outcome, counts, wrong, rate, .. } = decision;
    print(&match outcome {
        Outcome::Accepted => match lang {
            Lang::Ja => format!("合格（片側の確かさ {} で、誤りは {} 未満）", plan.confidence, plan.rate),
            Lang::En => format!("ACCEPTED: with one-sided confidence {}, fewer than {} are wrong", plan.confidence, plan.rate),
        },
        Outcome::Rejected => lang.pick("不合格", "REJECTED").to_owned(),
        Outcome::Open if decision.unsettled.is_empty() => {
            lang.pick("まだ決められません（見ていないものがあります）", "OPEN: not all of the sample was looked at").to_owned()
        }
        Outcome::Open => lang
            .pick("まだ決められません（見ていないものか、食い違うものがあります）", "OPEN: not all of the sample was looked at and settled")
            .to_owned(),
    })?;
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    print(&match lang {
        Lang::Ja => format!(
            "見本 {}（あってよい誤り {}）: 正しい {}、違う {}、分からない {}、まだ {}",
            plan.sample_size, plan.acceptance_number, counts.right, counts.wrong, counts.unknown, counts.open
        ),
        Lang::En => format!(
            "sample of {} (at most {} wrong): {} right, {} wrong, {} cannot be told, {} open",
            plan.sample_size, plan.acceptance_number, counts.right, counts.wrong, counts.unknown, counts.open
        ),
    })?;
    print(&match lang {
        Lang::Ja => format!(
            "全体の誤り（確かさ {} の両側の区間。合否の片側の判定とは別のもの）: {}～{} 件、{}～{}",
            plan.confidence,
            wrong[0],
            wrong[1],
            percent(rate[0]),
            percent(rate[1])
        ),
        Lang::En => format!(
            "wrong in all (two-sided interval of confidence {}, not the one-sided test that decides): {} to {}, {} to {}",
            plan.confidence,
            wrong[0],
            wrong[1],
            percent(rate[0]),
            percent(rate[1])
        ),
    })?;
    if let Some(weighted) = decision.weighted {
        let [low, high] = decision.weighted_bounds.map(percent);
        print(&match lang {
            Lang::Ja => format!("分けたものの重みによる誤りの割合: {}（両側の区間 {low}～{high}）", percent(weighted)),
            Lang::En => format!("wrong by the weights of the parts: {} (two-sided {low} to {high})", percent(weighted)),
        })?;
    }
    for part in &decision.strata {
        let said = part.rate.map_or_else(|| "-".to_owned(), percent);
        let seen = part.counts.right + part.counts.wrong + part.counts.unknown;
        print(&format!("  {:>4} / {seen:<4} {said:>8}  {}", part.counts.wrong + part.counts.unknown, named(plan, &part.name, lang)))?;
    }
    if !decision.next.is_empty() {
        let names: Vec<String> = decision.next.iter().map(|name| named(plan, name, lang)).collect();
        print(&format!("{} {}", lang.pick("次に見るもの:", "Look at next:"), names.join(", ")))?;
    }
    Ok(())
}
