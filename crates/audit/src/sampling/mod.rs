//! How good is a finished batch? A plan draws values to be looked at, a decision says what they mean for all.
//!
//! The lot is isolated (one batch, no series before it), so that the plans are those of the hypergeometric distribution,
//! as ISO 2859-2 and JIS Z 9015-2 have it, computed exactly.

mod decide;
mod exact;
mod lot;
mod plan;
mod random;
mod strata;

pub use decide::{Counts, Decision, Judgement, OfStratum, Outcome, Unfit, Unsettled, check, decide};
pub use exact::{Chance, Share, at_most, interval, sample_size};
pub use lot::{By, Unit, add, digest};
pub use plan::{Edited, FORMAT, Impossible, Lot, Plan, Point, Sampled, Stratum, Wish, is_drawn_of, plan};
pub use random::Random;
pub use strata::stratum;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::{FORMAT as WORK, Judged, Verdict, Work};
    use seisho_model::Pointer;

    fn lot(size: usize) -> Vec<Unit> {
        let unit = |at: usize| Unit {
            path: format!("{}.txt", at / 10),
            source_sha256: format!("{:064x}", at / 10),
            pointer: Pointer::goal(at % 10).field("item"),
            text_sha256: crate::values::sha256(b"text"),
            stratum: if at.is_multiple_of(4) { "scan" } else { "text" }.to_owned(),
        };
        (0..size).map(unit).collect()
    }

    fn wish() -> Wish {
        let (rate, confidence) = ("5%".to_owned(), "0.95".to_owned());
        Wish { rate, confidence, accept: None, expected: None, seed: Some(1), by: Vec::new(), least: 5 }
    }

    /// A work that finds these values of the lot wrong, by their place in it.
    fn work(plan: &Plan, lot: &[Unit], is_wrong: &dyn Fn(usize) -> bool) -> Work {
        let judged = |sampled: &Sampled| {
            let at = lot.iter().position(|u| *u == sampled.unit).unwrap();
            let unit = &sampled.unit;
            Judged {
                path: unit.path.clone(),
                source_sha256: unit.source_sha256.clone(),
                pointer: unit.pointer.clone(),
                text: "text".to_owned(),
                was: "text".to_owned(),
                anchor: None,
                confidence: None,
                verdict: if is_wrong(at) { Verdict::Wrong } else { Verdict::Right },
                now: None,
                reason: None,
                at: None,
            }
        };
        let items = plan.sample.iter().map(judged).collect();
        Work {
            format: WORK.to_owned(),
            review: String::new(),
            lot: Some(plan.lot.sha256.clone()),
            reader: "a".to_owned(),
            blind: false,
            items,
        }
    }

    #[test]
    fn ten_thousand_lots_at_the_stated_rate_are_accepted_no_more_often_than_stated() {
        for (size, accept) in [(200_u64, 0), (200, 2), (1_000, 1)] {
            let rate: Share = "5%".parse().unwrap();
            let wrong = rate.fewest_of(size);
            let n = sample_size(accept, size, wrong, "0.05".parse().unwrap()).unwrap();
            let mut random = Random::new(size + accept);
            let mut accepted = 0;
            for _ in 0..10_000 {
                let seen = random.some_of((0..size).collect(), n as usize).into_iter().filter(|at| *at < wrong).count();
                accepted += u32::from(seen as u64 <= accept);
            }
            // The chance is at most 5 %; in ten thousand lots it strays by three times 22.
            assert!(accepted <= 500 + 66, "{size}, {accept}: {accepted}");
            assert!(accepted >= 300, "{size}, {accept}: the plan looks at more than it must ({accepted})");
        }
    }

    #[test]
    fn a_plan_is_the_same_for_the_same_seed_and_holds_some_of_every_stratum() {
        let lot = lot(400);
        let made = plan(&lot, 40, &wish()).unwrap();
        assert_eq!(made, plan(&lot, 40, &wish()).unwrap());
        assert_ne!(made.sample, plan(&lot, 40, &Wish { seed: Some(2), ..wish() }).unwrap().sample);
        assert_eq!(made.sample.iter().filter(|s| s.decides).count() as u64, made.sample_size);
        assert!(made.risk <= 0.05 && made.strata.iter().all(|s| s.sampled >= 5), "{made:?}");
        let text = serde_json::to_string(&made).unwrap();
        assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), made);
    }

    #[test]
    fn a_sample_that_may_hold_some_wrong_ones_lets_good_lots_through() {
        let lot = lot(2_000);
        let strict = plan(&lot, 200, &wish()).unwrap();
        let lenient = plan(&lot, 200, &Wish { expected: Some("1%".to_owned()), ..wish() }).unwrap();
        assert!(lenient.acceptance_number > 0 && lenient.sample_size > strict.sample_size);
        let good = at_most(lenient.acceptance_number, 2_000, 20, lenient.sample_size).number();
        assert!(lenient.risk <= 0.05 && good >= 0.9, "{good}");
    }

    #[test]
    fn a_lot_is_decided_by_its_sample_and_told_apart_by_its_strata() {
        let lot = lot(400);
        let made = plan(&lot, 40, &Wish { by: vec![By::Method], ..wish() }).unwrap();
        let clean = decide(&made, &[work(&made, &lot, &|_| false)]).unwrap();
        assert_eq!((clean.outcome, clean.wrong[0]), (Outcome::Accepted, 0));
        assert!(clean.rate[1] < 0.07 && clean.weighted == Some(0.0) && clean.next.is_empty(), "{clean:?}");
        let bad = decide(&made, &[work(&made, &lot, &|at| at.is_multiple_of(4))]).unwrap();
        assert_eq!(bad.outcome, Outcome::Rejected);
        assert!((0.2..0.3).contains(&bad.weighted.unwrap()) && bad.wrong[0] <= 100 && bad.wrong[1] >= 100, "{bad:?}");
        assert_eq!(bad.next.last().map(String::as_str), Some("scan"));
    }

    #[test]
    fn what_was_not_looked_at_or_has_changed_is_not_decided_on() {
        let lot = lot(400);
        let made = plan(&lot, 40, &wish()).unwrap();
        let mut part = work(&made, &lot, &|_| false);
        part.items.truncate(3);
        assert_eq!(decide(&made, &[part]).unwrap().outcome, Outcome::Open);
        let mut other = work(&made, &lot, &|_| false);
        other.items[0].text = "another".to_owned();
        assert!(matches!(decide(&made, &[other]), Err(Unfit::Changed(_))));
        let mut foreign = work(&made, &lot, &|_| false);
        foreign.lot = Some("x".to_owned());
        assert_eq!(decide(&made, &[foreign]), Err(Unfit::OtherLot));
    }

    /// The same work with another reader and, of its first value, another judgement.
    fn other(work: &Work, reader: &str, at: Option<&str>, verdict: Verdict) -> Work {
        let mut other = Work { reader: reader.to_owned(), ..work.clone() };
        other.items.iter_mut().for_each(|item| item.at = at.map(str::to_owned));
        other.items[0].verdict = verdict;
        other
    }

    #[test]
    fn what_readers_differ_in_is_not_settled_whoever_comes_first() {
        let lot = lot(400);
        let made = plan(&lot, 40, &wish()).unwrap();
        let first = work(&made, &lot, &|_| false);
        let second = other(&first, "b", None, Verdict::Wrong);
        let works = [first.clone(), second.clone()];
        let decided = decide(&made, &works).unwrap();
        assert_eq!(decided, decide(&made, &[second, first.clone()]).unwrap());
        let is_deciding = made.sample[0].decides;
        assert_eq!((decided.outcome, decided.unsettled.len()), (if is_deciding { Outcome::Open } else { Outcome::Accepted }, 1));
        assert_eq!((decided.counts.open, decided.counts.wrong), (u64::from(is_deciding), 0));
        // The same reader may think again: by the time, and not by the order.
        let [early, late] = [("2026-04-01T00:00:00.000Z", Verdict::Wrong), ("2026-04-01T00:00:00.500Z", Verdict::Right)]
            .map(|(at, verdict)| other(&first, "a", Some(at), verdict));
        for works in [[early.clone(), late.clone()], [late, early]] {
            let decided = decide(&made, &works).unwrap();
            assert_eq!((decided.outcome, decided.unsettled.len()), (Outcome::Accepted, 0));
        }
        // Without a time nobody knows what was later.
        let timeless = [first.clone(), other(&first, "a", None, Verdict::Unknown)];
        assert_eq!(decide(&made, &timeless).unwrap().unsettled.len(), 1);
    }

    #[test]
    fn a_plan_that_was_edited_is_none() {
        let lot = lot(400);
        let made = plan(&lot, 40, &Wish { by: vec![By::Method], ..wish() }).unwrap();
        assert_eq!((check(&made), is_drawn_of(&made, &lot)), (Ok(()), true));
        let changes: [&dyn Fn(&mut Plan); 9] = [
            &|p| p.acceptance_number = 5,
            &|p| p.sample_size -= 1,
            &|p| p.rate = "10%".to_owned(),
            &|p| p.confidence = "50%".to_owned(),
            &|p| p.risk = 0.01,
            &|p| p.sample.iter_mut().for_each(|s| s.decides = false),
            &|p| p.sample.truncate(10),
            &|p| p.sample[0].unit.stratum = "text ".to_owned(),
            &|p| p.strata[0].values -= 1,
        ];
        for (at, change) in changes.iter().enumerate() {
            for has_hash in [true, false] {
                let mut other = made.clone();
                change(&mut other);
                if !has_hash {
                    other.sha256 = String::new();
                }
                assert!(matches!(check(&other), Err(Unfit::Edited(found)) if !found.is_empty()), "{at} {has_hash}");
            }
        }
        let mut other = made.clone();
        other.sample[0].unit.text_sha256 = "0".repeat(64);
        assert!(matches!(check(&other), Err(Unfit::Edited(found)) if found[0].field == "sha256"));
        other.sha256 = String::new();
        assert_eq!(check(&other), Ok(()), "a plan of before has no hash");
    }
}
