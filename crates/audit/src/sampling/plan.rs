//! A plan: how many values of a lot are looked at, how many wrong ones it may hold to be accepted, and which they are.

use super::exact::{Share, at_most, sample_size};
use super::lot::{By, Unit, digest};
use super::random::Random;
use crate::values::sha256;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a plan is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The error rate that an accepted lot stays below, as it was written.
    pub rate: String,
    /// With which confidence, as it was written.
    pub confidence: String,
    /// Wrong ones that the sample may hold.
    pub accept: Option<u64>,
    /// Else so many that a lot with this rate is accepted in nine cases of ten.
    pub expected: Option<String>,
    /// What draws the sample; the lot itself says it where nobody does.
    pub seed: Option<u64>,
    /// By what values are told apart.
    pub by: Vec<By>,
    /// At least so many of every stratum are looked at.
    pub least: u64,
}

/// A plan and its sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What the file is.
    pub format: String,
    /// Version of the program.
    pub program_version: String,
    /// What is sampled.
    pub lot: Lot,
    /// The error rate that an accepted lot stays below.
    pub rate: String,
    /// With which confidence.
    pub confidence: String,
    /// Values that are looked at for the decision: a random sample of the whole lot.
    pub sample_size: u64,
    /// Wrong ones that it may hold.
    pub acceptance_number: u64,
    /// The chance that a lot with just that rate is accepted all the same; at most 1 − confidence.
    pub risk: f64,
    /// How the chance of acceptance falls with the error rate.
    pub operating_characteristic: Vec<Point>,
    /// What drew the sample.
    pub seed: u64,
    /// Whether somebody named the seed.
    pub seed_is_given: bool,
    /// By what values are told apart.
    pub by: Vec<By>,
    /// The strata, by name.
    pub strata: Vec<Stratum>,
    /// The values that are looked at, in the order of the lot.
    pub sample: Vec<Sampled>,
    /// SHA-256 of all of the above, by which an edited plan is known; empty in plans of before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
}

/// A finished batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// Its documents.
    pub documents: u64,
    /// Their values.
    pub values: u64,
    /// SHA-256 of all of them, by which the lot is known again.
    pub sha256: String,
}

/// A point of the operating characteristic.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Wrong values of the lot.
    pub wrong: u64,
    /// Their share of it.
    pub rate: f64,
    /// The chance that it is accepted.
    pub accepted: f64,
}

/// A part of the lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// What its values have in common.
    pub name: String,
    /// How many they are.
    pub values: u64,
    /// How many are looked at.
    pub sampled: u64,
}

/// A value that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// The value.
    #[serde(flatten)]
    pub unit: Unit,
    /// Whether the decision rests on it; else it is looked at only so that its stratum is known.
    pub decides: bool,
}

/// The format that a plan names.
pub const FORMAT: &str = "seisho-plan/1";

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// The lot is empty.
    Empty,
    /// A rate or confidence is none.
    NotAShare,
    /// Even all of the lot would not show so many wrong ones.
    TooManyAccepted,
    /// No acceptance number keeps both promises.
    Unreachable,
}

/// Makes a plan for a lot.
///
/// # Errors
/// When no sample keeps what is asked.
pub fn plan(lot: &[Unit], documents: u64, wish: &Wish) -> Result<Plan, Impossible> {
    let (rate, confidence) = (share(&wish.rate)?, share(&wish.confidence)?);
    let size = lot.len() as u64;
    if size == 0 {
        return Err(Impossible::Empty);
    }
    let (n, accept) = size_of(size, rate, confidence, wish)?;
    let of_lot = digest(lot);
    let seed = wish.seed.unwrap_or_else(|| seed_of(&of_lot));
    let sample = draw(lot, n, wish.least, &mut Random::new(seed));
    let mut made = Plan {
        format: FORMAT.to_owned(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        lot: Lot { documents, values: size, sha256: of_lot },
        rate: wish.rate.clone(),
        confidence: wish.confidence.clone(),
        sample_size: n,
        acceptance_number: accept,
        risk: at_most(accept, size, rate.fewest_of(size), n).number(),
        operating_characteristic: characteristic(size, rate, n, accept),
        seed,
        seed_is_given: wish.seed.is_some(),
        by: wish.by.clone(),
        strata: strata(lot, &sample),
        sample,
        sha256: String::new(),
    };
    made.sha256 = hash(&made);
    Ok(made)
}

fn hash(plan: &Plan) -> String {
    sha256(serde_json::to_string(&Plan { sha256: String::new(), ..plan.clone() }).unwrap_or_default().as_bytes())
}

/// What of a plan is not as it was made: a field, what it says, and what it would say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The field.
    pub field: &'static str,
    /// What it says.
    pub says: String,
    /// What goes with the rest of the plan.
    pub wanted: String,
}

/// What of a plan is not as it was made: its numbers are made again of rate, confidence, lot and seed, and its hash, where it
/// has one, is held against it.
pub(super) fn edited(plan: &Plan) -> Vec<Edited> {
    let mut found = Vec::new();
    let mut hold = |field, says: String, wanted: String| {
        if says != wanted {
            found.push(Edited { field, says, wanted });
        }
    };
    let (lot, n, accept) = (plan.lot.values, plan.sample_size, plan.acceptance_number);
    match (plan.rate.parse::<Share>(), plan.confidence.parse::<Share>()) {
        (Ok(rate), Ok(confidence)) => {
            let wrong = rate.fewest_of(lot);
            let wanted = if accept < wrong { sample_size(accept, lot, wrong, confidence.rest()) } else { None };
            let Some(wanted) = wanted else {
                return vec![Edited { field: "acceptance_number", says: accept.to_string(), wanted: format!("< {wrong}") }];
            };
            hold("sample_size (rate, confidence, acceptance_number)", n.to_string(), wanted.to_string());
            if n == wanted {
                // Numbers that were written and read again may differ in their last digit.
                let (risk, wanted) = (plan.risk, at_most(accept, lot, wrong, n).number());
                hold("risk", format!("{risk:.9}"), format!("{wanted:.9}"));
                let curve =
                    |points: &[Point]| points.iter().map(|p| format!("{} {:.9}", p.wrong, p.accepted)).collect::<Vec<_>>().join(", ");
                hold("operating_characteristic", curve(&plan.operating_characteristic), curve(&characteristic(lot, rate, n, accept)));
            }
        }
        _ => hold("rate, confidence", format!("{}, {}", plan.rate, plan.confidence), "0 < x < 1".to_owned()),
    }
    if !plan.seed_is_given {
        hold("seed", plan.seed.to_string(), seed_of(&plan.lot.sha256).to_string());
    }
    hold("sample (decides)", plan.sample.iter().filter(|s| s.decides).count().to_string(), n.to_string());
    hold("strata (values)", plan.strata.iter().map(|s| s.values).sum::<u64>().to_string(), lot.to_string());
    for stratum in &plan.strata {
        let drawn = plan.sample.iter().filter(|s| s.unit.stratum == stratum.name).count();
        hold("strata (sampled)", format!("{}: {}", stratum.name, stratum.sampled), format!("{}: {drawn}", stratum.name));
    }
    if found.is_empty() && !plan.sha256.is_empty() {
        found.extend(Some(Edited { field: "sha256", says: plan.sha256.clone(), wanted: hash(plan) }).filter(|e| e.says != e.wanted));
    }
    found
}

fn seed_of(lot: &str) -> u64 {
    lot.get(..13).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

/// Whether the sample that decides is the one that the seed draws of this lot.
#[must_use]
pub fn is_drawn_of(plan: &Plan, lot: &[Unit]) -> bool {
    let drawn = Random::new(plan.seed).some_of((0..lot.len()).collect(), usize::try_from(plan.sample_size).unwrap_or(usize::MAX));
    let name = |unit: &Unit| (unit.source_sha256.clone(), unit.pointer.to_string());
    let wanted: BTreeSet<_> = drawn.into_iter().map(|at| name(&lot[at])).collect();
    wanted == plan.sample.iter().filter(|s| s.decides).map(|s| name(&s.unit)).collect()
}

fn share(text: &str) -> Result<Share, Impossible> {
    text.parse().map_err(|_| Impossible::NotAShare)
}

/// In so many of ten cases a lot as good as expected is accepted.
const WELCOME: &str = "0.9";

/// Sample size and acceptance number.
fn size_of(lot: u64, rate: Share, confidence: Share, wish: &Wish) -> Result<(u64, u64), Impossible> {
    let (wrong, risk) = (rate.fewest_of(lot), confidence.rest());
    let sized = |c| sample_size(c, lot, wrong, risk);
    let Some(expected) = wish.expected.as_deref().filter(|_| wish.accept.is_none()) else {
        let c = wish.accept.unwrap_or(0);
        return Ok((sized(c).ok_or(Impossible::TooManyAccepted)?, c));
    };
    let (few, refused) = (share(expected)?.most_of(lot), share(WELCOME)?.rest());
    let fits = |&(n, c): &(u64, u64)| at_most(c, lot, few, n).rest().is_at_most(refused);
    (0..wrong).map_while(|c| Some((sized(c)?, c))).find(fits).ok_or(Impossible::Unreachable)
}

/// So many points over four times the rate.
const POINTS: u64 = 32;

fn characteristic(lot: u64, rate: Share, n: u64, accept: u64) -> Vec<Point> {
    let last = (rate.fewest_of(lot) * 4).min(lot);
    let mut steps: Vec<u64> = (0..=POINTS).map(|i| last * i / POINTS).chain([rate.fewest_of(lot)]).collect();
    steps.sort_unstable();
    steps.dedup();
    let point = |wrong: u64| Point { wrong, rate: wrong as f64 / lot as f64, accepted: at_most(accept, lot, wrong, n).number() };
    steps.into_iter().map(point).collect()
}

/// A random sample of the whole lot, by which it is decided; and as many more of every stratum as it needs to be known.
fn draw(lot: &[Unit], n: u64, least: u64, random: &mut Random) -> Vec<Sampled> {
    let deciding = random.some_of((0..lot.len()).collect(), n as usize);
    let mut drawn: BTreeMap<usize, bool> = deciding.into_iter().map(|at| (at, true)).collect();
    let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, unit) in lot.iter().enumerate() {
        parts.entry(&unit.stratum).or_default().push(at);
    }
    for part in parts.into_values() {
        let (seen, unseen): (Vec<usize>, Vec<usize>) = part.into_iter().partition(|at| drawn.contains_key(at));
        let more = (least as usize).saturating_sub(seen.len());
        drawn.extend(random.some_of(unseen, more).into_iter().map(|at| (at, false)));
    }
    drawn.into_iter().map(|(at, decides)| Sampled { unit: lot[at].clone(), decides }).collect()
}

fn strata(lot: &[Unit], sample: &[Sampled]) -> Vec<Stratum> {
    let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    lot.iter().for_each(|u| counts.entry(&u.stratum).or_default().0 += 1);
    sample.iter().for_each(|s| counts.entry(&s.unit.stratum).or_default().1 += 1);
    counts.into_iter().map(|(name, (values, sampled))| Stratum { name: name.to_owned(), values, sampled }).collect()
}
