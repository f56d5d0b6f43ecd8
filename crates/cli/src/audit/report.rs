//! `seisho audit report` and `seisho audit verify`: what is signed, and whether it is still what was signed.

use super::{results, works};
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::report::{self, Broken, FORMAT, HashOf, Report, Summary};
use seisho_audit::sampling::{self, Decision, Plan};
use seisho_audit::work::Work;
use seisho_batch::files::{RelativePath, open};
use seisho_model::output::{ManifestLine, Run};
use seisho_model::record::document_name;
use seisho_pipeline::{sha256, sha256_of};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Makes the report and its twin.
pub(crate) fn report(out: &Path, plan: Option<&Path>, works: &[PathBuf], to: &Path, lang: Lang) -> Result<End, Stop> {
    let plan: Option<Plan> = plan.map(results::json).transpose()?;
    let works: Vec<Work> = works.iter().map(|file| works::load(file)).collect::<Result<_, _>>()?;
    let decision = plan.as_ref().filter(|_| !works.is_empty()).map(|plan| decided(plan, &works)).transpose()?;
    let (mut summary, mut engines, mut lot) = (Summary::default(), BTreeSet::new(), Vec::new());
    results::each(out, |document| {
        summary.add(&document);
        engines.extend(document.source.engine.clone());
        if plan.is_some() {
            sampling::add(&document, &[], &mut lot);
        }
        Ok(())
    })?;
    let run: Run = results::json(&out.join("run.json"))?;
    let hashed = |line: ManifestLine| {
        let hash = document_hash(out, &line.path, line.documents);
        (line, hash)
    };
    let corrections = run.corrections.clone();
    let mut made = Report {
        format: FORMAT.to_owned(),
        made: jiff::Timestamp::now().to_string(),
        results: out.display().to_string(),
        run,
        engines: engines.into_iter().collect(),
        files: report::chain(results::manifest(out)?.into_iter().map(hashed).collect()),
        summary,
        is_of_these_results: plan.as_ref().is_some_and(|plan| plan.lot.sha256 == sampling::digest(&lot)),
        plan: plan.map(|plan| Plan { sample: Vec::new(), ..plan }),
        decision,
        readers: works.iter().map(|w| w.reader.clone()).collect(),
        corrections,
        reliability: report::reliability(&works),
        seal: String::new(),
    };
    made.seal = report::seal(&made);
    let twin = to.with_extension("json");
    results::write(to, report::html(&made).as_bytes())?;
    results::write_json(&twin, &made)?;
    print(&format!("{} {}、{}", lang.pick("報告書:", "Report:"), to.display(), twin.display()))?;
    print(&format!("{} {}", lang.pick("封印:", "Seal:"), made.seal))?;
    Ok(End::AllConverted)
}

fn decided(plan: &Plan, works: &[Work]) -> Result<Decision, Stop> {
    sampling::decide(plan, works).map_err(super::sampling::unfit)
}

/// The hash of the document of a path; of the hashes of all of them where there are several.
fn document_hash(out: &Path, path: &str, documents: Option<u32>) -> Option<String> {
    let path = RelativePath::parse(path).ok()?;
    let hash = |number: u32| {
        let name = document_name(path.as_str(), number);
        sha256_of(open(&out.join("documents").join(format!("{name}.json"))).ok()?).ok()
    };
    let all: Vec<String> = (1..=documents.unwrap_or(1)).map(hash).collect::<Option<_>>()?;
    Some(if documents.is_none() { all.concat() } else { sha256(all.join("\n").as_bytes()) })
}

/// Says what changed since a report was sealed.
pub(crate) fn verify(file: &Path, out: Option<&Path>, lang: Lang) -> Result<End, Stop> {
    let made: Report = results::json(file)?;
    let hash = out.map(|out| move |path: &str, documents: Option<u32>| document_hash(out, path, documents));
    let broken = report::verify(&made, hash.as_ref().map(|h| h as &HashOf<'_>));
    for what in &broken {
        print(&match (what, lang) {
            (Broken::Seal, Lang::Ja) => "報告書が封印のあとに変わっています".to_owned(),
            (Broken::Seal, Lang::En) => "the report changed after it was sealed".to_owned(),
            (Broken::Chain(path), Lang::Ja) => format!("ファイルの一覧が {path} から変わっています"),
            (Broken::Chain(path), Lang::En) => format!("the list of files changed from {path} on"),
            (Broken::Document(path), Lang::Ja) => format!("{path} の結果が封印のあとに変わっているか、なくなっています"),
            (Broken::Document(path), Lang::En) => format!("the result of {path} changed after sealing, or is gone"),
        })?;
    }
    if broken.is_empty() {
        print(&format!("{} {}", lang.pick("封印のときのままです:", "As it was sealed:"), made.seal))?;
        return Ok(End::AllConverted);
    }
    Ok(End::SomeFailed)
}
