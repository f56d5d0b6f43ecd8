//! What a sample says of its lot: accepted or not, how many are wrong at most, and what to look at next.

use super::exact::{Share, interval};
use super::plan::{Edited, Plan, Sampled, edited};
use crate::values::sha256;
use crate::work::{Found, Key, Said, Work, said, settled};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a sample says of its lot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What becomes of the lot.
    pub outcome: Outcome,
    /// Of the sample that decides: how many were looked at, wrong, not to be told, not looked at yet.
    pub counts: Counts,
    /// Wrong values of the lot: the fewest and the most that go with the sample, at the plan's confidence. What cannot be
    /// told counts as wrong.
    pub wrong: [u64; 2],
    /// The same as shares of the lot.
    pub rate: [f64; 2],
    /// The lot by its strata, with the share of wrong ones by their weights.
    pub strata: Vec<OfStratum>,
    /// The share of wrong values by the weights of the strata; none where one was not looked at.
    pub weighted: Option<f64>,
    /// Bounds of that share that hold for all strata together.
    pub weighted_bounds: [f64; 2],
    /// What to look at next, the most pressing first.
    pub next: Vec<String>,
    /// Values of the sample of which readers say different things; they count as not looked at yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsettled: Vec<Unsettled>,
    /// Values of the sample that are not right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong_values: Vec<Judgement>,
}

/// A value of which readers say different things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsettled {
    /// Path of the source.
    pub path: String,
    /// The value.
    pub pointer: String,
    /// What it says.
    pub text: String,
    /// What each reader says of it: reader, judgement, what it should say.
    pub said: Vec<(String, Found, Option<String>)>,
}

/// A value that is not right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// Path of the source.
    pub path: String,
    /// The value.
    pub pointer: String,
    /// What it says.
    pub text: String,
    /// Wrong, or not to be told.
    pub found: Found,
    /// What it should say, as each reader says it.
    pub now: Vec<String>,
    /// Whether the decision rests on it.
    pub decides: bool,
}

/// What becomes of a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// At the stated confidence it holds fewer wrong values than the stated rate.
    Accepted,
    /// That cannot be said.
    Rejected,
    /// Not all of the sample has been looked at.
    Open,
}

/// Values of a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Right.
    pub right: u64,
    /// Wrong.
    pub wrong: u64,
    /// Not to be told from the source.
    pub unknown: u64,
    /// Not looked at yet.
    pub open: u64,
}

impl Counts {
    fn add(&mut self, found: Option<Found>) {
        *match found {
            Some(Found::Right) => &mut self.right,
            Some(Found::Wrong) => &mut self.wrong,
            Some(Found::Unknown) => &mut self.unknown,
            None => &mut self.open,
        } += 1;
    }

    /// Looked at.
    fn seen(self) -> u64 {
        self.right + self.wrong + self.unknown
    }

    /// What has to be taken for wrong.
    fn bad(self) -> u64 {
        self.wrong + self.unknown
    }
}

/// What a sample says of a stratum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfStratum {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: u64,
    /// Its share of the lot.
    pub weight: f64,
    /// What was found.
    pub counts: Counts,
    /// Share of wrong ones among those looked at; none where there are none.
    pub rate: Option<f64>,
    /// The fewest and the most wrong ones that go with that, at the plan's confidence.
    pub wrong: [u64; 2],
}

/// Why there is no decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The plan is none of this program's.
    NoPlan,
    /// The plan is not as it was made.
    Edited(Vec<Edited>),
    /// The work was done on another lot.
    OtherLot,
    /// A value is not what it was when the sample was drawn: path and pointer.
    Changed(String),
}

/// Decides on a lot by what readers found. Where they say different things of a value, it counts as not looked at.
///
/// # Errors
/// When the work is not of this plan's sample, as it was drawn.
pub fn decide(plan: &Plan, works: &[Work]) -> Result<Decision, Unfit> {
    check(plan)?;
    let Ok(confidence) = plan.confidence.parse::<Share>() else { return Err(Unfit::NoPlan) };
    let said = of_sample(plan, works)?;
    let found: BTreeMap<Key<'_>, Found> = said.iter().filter_map(|(key, said)| Some((*key, settled(said)?))).collect();
    let of = |s: &Sampled| found.get(&key(s)).copied();
    let mut counts = Counts::default();
    plan.sample.iter().filter(|s| s.decides).for_each(|s| counts.add(of(s)));
    let outcome = match counts {
        c if c.bad() > plan.acceptance_number => Outcome::Rejected,
        c if c.bad() + c.open > plan.acceptance_number => Outcome::Open,
        _ => Outcome::Accepted,
    };
    let risk = confidence.rest();
    let lot = plan.lot.values;
    let (low, high) = interval(lot, counts.seen(), counts.bad(), risk.half());
    let strata: Vec<OfStratum> = plan.strata.iter().map(|s| of_stratum(plan, &s.name, s.values, &of, risk.half())).collect();
    let parts = plan.strata.len() as u64;
    let bounds = plan.strata.iter().map(|s| of_stratum(plan, &s.name, s.values, &of, risk.half().part(parts)).wrong);
    let sums = bounds.fold([0, 0], |sum, wrong| [sum[0] + wrong[0], sum[1] + wrong[1]]);
    let weighted = strata.iter().map(|s| Some(s.rate? * s.weight)).sum();
    let next = next(outcome, plan, &strata, &of);
    let share = |wrong: u64| wrong as f64 / lot as f64;
    Ok(Decision {
        outcome,
        counts,
        wrong: [low, high],
        rate: [low, high].map(share),
        strata,
        weighted,
        weighted_bounds: sums.map(share),
        next,
        unsettled: unsettled(plan, &said),
        wrong_values: wrong_values(plan, &said),
    })
}

/// Nothing, where a plan is as it was made.
///
/// # Errors
/// When it is no plan, or was edited.
pub fn check(plan: &Plan) -> Result<(), Unfit> {
    if plan.format != super::plan::FORMAT {
        return Err(Unfit::NoPlan);
    }
    match edited(plan) {
        differences if differences.is_empty() => Ok(()),
        differences => Err(Unfit::Edited(differences)),
    }
}

fn key(sampled: &Sampled) -> Key<'_> {
    (&sampled.unit.source_sha256, sampled.unit.pointer.as_str())
}

type SaidOf<'p> = BTreeMap<Key<'p>, Vec<Said<'p>>>;

/// What readers say of the values of the sample.
fn of_sample<'p>(plan: &'p Plan, works: &'p [Work]) -> Result<SaidOf<'p>, Unfit> {
    if works.iter().any(|work| work.lot.as_ref().is_some_and(|lot| *lot != plan.lot.sha256)) {
        return Err(Unfit::OtherLot);
    }
    let sample: BTreeMap<Key<'_>, &Sampled> = plan.sample.iter().map(|s| (key(s), s)).collect();
    let mut all = said(works);
    all.retain(|key, _| sample.contains_key(key));
    for (key, said) in &all {
        let changed = said.iter().find(|said| sha256(said.judged.text.as_bytes()) != sample[key].unit.text_sha256);
        if let Some(Said { judged, .. }) = changed {
            return Err(Unfit::Changed(format!("{}#{}", judged.path, judged.pointer)));
        }
    }
    Ok(all)
}

fn unsettled(plan: &Plan, said: &SaidOf<'_>) -> Vec<Unsettled> {
    let of = |sampled: &Sampled| {
        let said = said.get(&key(sampled)).filter(|said| settled(said).is_none())?;
        let one = |said: &Said<'_>| (said.reader.to_owned(), said.judged.found(), said.judged.now.clone());
        Some(Unsettled {
            path: sampled.unit.path.clone(),
            pointer: sampled.unit.pointer.to_string(),
            text: said[0].judged.text.clone(),
            said: said.iter().map(one).collect(),
        })
    };
    plan.sample.iter().filter_map(of).collect()
}

fn wrong_values(plan: &Plan, said: &SaidOf<'_>) -> Vec<Judgement> {
    let of = |sampled: &Sampled| {
        let said = said.get(&key(sampled))?;
        let found = settled(said).filter(|found| *found != Found::Right)?;
        let mut now: Vec<String> = said.iter().filter(|_| found == Found::Wrong).filter_map(|s| s.judged.now.clone()).collect();
        now.sort();
        now.dedup();
        let (path, pointer) = (sampled.unit.path.clone(), sampled.unit.pointer.to_string());
        Some(Judgement { path, pointer, text: said[0].judged.text.clone(), found, now, decides: sampled.decides })
    };
    plan.sample.iter().filter_map(of).collect()
}

fn of_stratum(plan: &Plan, name: &str, values: u64, of: &dyn Fn(&Sampled) -> Option<Found>, risk: Share) -> OfStratum {
    let mut counts = Counts::default();
    plan.sample.iter().filter(|s| s.unit.stratum == name).for_each(|s| counts.add(of(s)));
    let (low, high) = interval(values, counts.seen(), counts.bad(), risk);
    let rate = (counts.seen() > 0).then(|| counts.bad() as f64 / counts.seen() as f64);
    let weight = values as f64 / plan.lot.values as f64;
    OfStratum { name: name.to_owned(), values, weight, counts, rate, wrong: [low, high] }
}

/// What to look at next: the documents with a wrong value, then the strata that may hold the most.
fn next(outcome: Outcome, plan: &Plan, strata: &[OfStratum], of: &dyn Fn(&Sampled) -> Option<Found>) -> Vec<String> {
    if outcome == Outcome::Open {
        return Vec::new();
    }
    let wrong = plan.sample.iter().filter(|s| matches!(of(s), Some(Found::Wrong | Found::Unknown)));
    let mut documents: Vec<&str> = wrong.map(|s| s.unit.path.as_str()).collect();
    documents.dedup();
    let mut next: Vec<String> = documents.into_iter().map(str::to_owned).collect();
    if outcome == Outcome::Rejected {
        let mut by_wrong: Vec<&OfStratum> = strata.iter().filter(|s| s.counts.bad() > 0).collect();
        // By what each is thought to hold, in whole numbers: equal ones keep the order of their names.
        by_wrong.sort_by_key(|s| {
            std::cmp::Reverse(u128::from(s.counts.bad()) * u128::from(s.values) * 1_000_000 / u128::from(s.counts.seen().max(1)))
        });
        next.extend(by_wrong.into_iter().map(|s| s.name.clone()));
    }
    next
}
