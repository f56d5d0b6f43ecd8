//! `seisho audit report`: what is signed.

mod files;
mod verify;

pub(crate) use verify::verify;

use super::door::{self, Kind};
use super::{results, works};
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use files::{Given, document_hash};
use seisho_audit::report::{self, FORMAT, Page, Report, Summary};
use seisho_audit::sampling::{self, Decision, Plan, Unit};
use seisho_audit::work::Work;
use seisho_model::output::{ManifestLine, Run};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a report is made of, and where it goes.
pub(crate) struct Options<'o> {
    /// The folder of results.
    pub(crate) results: &'o Path,
    /// The plan.
    pub(crate) plan: Option<&'o Path>,
    /// Works of the review.
    pub(crate) works: &'o [PathBuf],
    /// The ledger that the results were converted with.
    pub(crate) ledger: Option<&'o Path>,
    /// The page; its twin stands beside it.
    pub(crate) to: &'o Path,
}

/// Makes the report and its twin.
pub(crate) fn report(options: &Options<'_>, lang: Lang) -> Result<End, Stop> {
    let (out, to) = (options.results, options.to);
    let twin = targets(options)?;
    let plan: Option<Plan> = options.plan.map(super::sampling::load).transpose()?;
    let works: Vec<Work> = options.works.iter().map(|file| works::load(file)).collect::<Result<_, _>>()?;
    let decision = plan.as_ref().filter(|_| !works.is_empty()).map(|plan| decided(plan, &works)).transpose()?;
    let (mut summary, mut engines, mut lot) = (Summary::default(), BTreeSet::new(), Vec::new());
    let documents = results::each(out, |document| {
        summary.add(&document);
        engines.extend(document.source.engine.clone());
        if plan.is_some() {
            sampling::add(&document, &[], &mut lot);
        }
        Ok(())
    })?;
    let is_of_these_results = plan.as_ref().is_some_and(|plan| plan.lot.sha256 == sampling::digest(&lot));
    if let Some(plan) = &plan {
        is_plan_of(plan, &lot, documents)?;
    }
    let run: Run = results::json(&out.join("run.json"))?;
    let hashed = |line: ManifestLine| {
        let hash = document_hash(out, &line.path, line.documents);
        (line, hash)
    };
    let corrections = run.corrections.clone();
    let mut made = Report {
        format: FORMAT.to_owned(),
        made: local(jiff::Timestamp::now()),
        started: run.started.parse().map(local).unwrap_or_default(),
        results: out.display().to_string(),
        run,
        engines: engines.into_iter().collect(),
        files: report::chain(results::manifest(out)?.into_iter().map(hashed).collect()),
        summary,
        is_of_these_results,
        edited: seisho_batch::changed(out),
        plan: plan.map(|plan| Plan { sample: Vec::new(), ..plan }),
        decision,
        readers: works.iter().map(|w| w.reader.clone()).collect(),
        corrections,
        reliability: report::reliability(&works),
        results_at: String::new(),
        bound: Vec::new(),
        page: None,
        seal: String::new(),
    };
    files::bound(&mut made, out, &Given { plan: options.plan, works: options.works, ledger: options.ledger }, to)?;
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    made.page = Some(Page::of(&name, &report::html(&made)));
    made.seal = report::seal(&made);
    door::put(to, Kind::ReportPage, report::html(&made).as_bytes())?;
    door::put_json(&twin, Kind::Report, &made)?;
    print(&format!("{} {}、{}", lang.pick("報告書:", "Report:"), to.display(), twin.display()))?;
    print(&format!("{} {}", lang.pick("封印:", "Seal:"), made.seal))?;
    results::say_edited(out, lang)?;
    if made.plan.is_some() && !is_of_these_results {
        print(lang.pick(
            "この計画の見本は、訂正または変換し直しの前の結果から引いたものです。ここにある結果の合否ではありません（合否を言うには、計画からやり直してください）",
            "The plan's sample was drawn from the results before corrections or another conversion; it does not decide on these results (to decide on them, make a new plan)",
        ))?;
    }
    if let Some(decision) = &made.decision {
        super::sampling::say_unsettled(decision, options.works, lang)?;
    }
    if made.corrections.is_some() && options.ledger.is_none() {
        print(lang.pick(
            "訂正の台帳は封印に入っていません。入れるには、--corrections 台帳 を付けて作り直してください",
            "The ledger of corrections is not under the seal; to have it there, make the report again with --corrections LEDGER",
        ))?;
    }
    Ok(End::AllConverted)
}

/// The time of this place, to the second.
fn local(time: jiff::Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Nothing, where a plan is of these documents: as they are, or as they were before corrections or another conversion.
fn is_plan_of(plan: &Plan, lot: &[Unit], documents: u64) -> Result<(), Stop> {
    if plan.lot.sha256 == sampling::digest(lot) {
        return match sampling::is_drawn_of(plan, lot) {
            true => Ok(()),
            false => Err(Stop::new(
                "計画の見本が、種から引いたものと違います。手で書き換えた計画では報告できません。seisho audit plan で作り直してください",
                "the plan's sample is not the one that its seed draws; an edited plan is not reported on: make a new one by seisho audit plan",
            )),
        };
    }
    let there: BTreeSet<&str> = lot.iter().map(|unit| unit.source_sha256.as_str()).collect();
    if plan.lot.documents == documents && plan.sample.iter().all(|s| there.contains(s.unit.source_sha256.as_str())) {
        return Ok(());
    }
    let (of, here) = (plan.lot.documents, documents);
    Err(Stop::new(
        format!(
            "計画は、別の結果のものです（計画の文書 {of}、ここの文書 {here}）。この結果の計画を指定するか、seisho audit plan で作ってください"
        ),
        format!(
            "the plan is of other results ({of} documents in the plan, {here} here); name the plan of these results, or make one by seisho audit plan"
        ),
    ))
}

/// The report's JSON; that neither it nor the page takes the place of anything else is seen before the work begins.
fn targets(options: &Options<'_>) -> Result<PathBuf, Stop> {
    let to = options.to;
    if !to.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm")) {
        let name = to.display();
        return Err(Stop::new(
            format!("--to の {name} は .html で終わる名前にしてください（隣に、対の .json ができます）"),
            format!("{name} (--to) needs a name that ends with .html (its twin, .json, is written beside it)"),
        ));
    }
    if options.plan.is_none() && !options.works.is_empty() {
        return Err(Stop::new(
            "--work だけでは、何の見本を見たのか分かりません。--plan 計画 も付けてください（計画は seisho audit plan で作ります）",
            "--work alone does not say of which sample it is; add --plan PLAN as well (plans come from seisho audit plan)",
        ));
    }
    let twin = to.with_extension("json");
    door::check(to, Kind::ReportPage)?;
    door::check(&twin, Kind::Report)?;
    Ok(twin)
}

fn decided(plan: &Plan, works: &[Work]) -> Result<Decision, Stop> {
    sampling::decide(plan, works).map_err(super::sampling::unfit)
}
