//! The hypergeometric distribution in whole numbers: nothing is rounded before it is printed, so that every machine
//! decides alike and a plan can be held against an enumeration to its last digit.

use num_bigint::BigUint;
use std::str::FromStr;

/// A share between 0 and 1 as it was written: 0.05, 5%.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    above: u64,
    of: u64,
}

impl FromStr for Share {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const ASKED: &str = "0 より大きく 1 より小さい数（0.05 や 5%） / a number between 0 and 1 such as 0.05 or 5%";
        let (number, percent) = text.trim().strip_suffix('%').map_or((text.trim(), 0), |n| (n.trim(), 2));
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{decimals}");
        let is_plain = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
        let above: u64 = digits.parse().ok().filter(|_| is_plain).ok_or(ASKED)?;
        let of = 10_u64.pow(decimals.len() as u32 + percent);
        if above == 0 || above >= of { Err(ASKED) } else { Ok(Self { above, of }) }
    }
}

impl Share {
    /// What is left to the whole.
    #[must_use]
    pub fn rest(self) -> Self {
        Self { above: self.of - self.above, of: self.of }
    }

    /// The half of it.
    #[must_use]
    pub fn half(self) -> Self {
        Self { above: self.above, of: self.of * 2 }
    }

    /// One of so many parts of it.
    #[must_use]
    pub fn part(self, parts: u64) -> Self {
        Self { above: self.above, of: self.of * parts.max(1) }
    }

    /// The fewest of a lot that are at least this share.
    #[must_use]
    pub fn fewest_of(self, lot: u64) -> u64 {
        (u128::from(self.above) * u128::from(lot)).div_ceil(u128::from(self.of)) as u64
    }

    /// The most of a lot that are no more than this share.
    #[must_use]
    pub fn most_of(self, lot: u64) -> u64 {
        (u128::from(self.above) * u128::from(lot) / u128::from(self.of)) as u64
    }

    /// For people and JSON.
    #[must_use]
    pub fn number(self) -> f64 {
        self.above as f64 / self.of as f64
    }
}

/// A chance as an exact fraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chance {
    above: BigUint,
    of: BigUint,
}

impl Chance {
    fn certain() -> Self {
        Self { above: BigUint::from(1_u8), of: BigUint::from(1_u8) }
    }

    /// Whether it is no larger than a share.
    #[must_use]
    pub fn is_at_most(&self, share: Share) -> bool {
        &self.above * share.of <= &self.of * share.above
    }

    /// The chance that it is not so.
    #[must_use]
    pub fn rest(&self) -> Self {
        Self { above: &self.of - &self.above, of: self.of.clone() }
    }

    /// In millionths, rounded to the nearest.
    #[must_use]
    pub fn millionths(&self) -> u64 {
        let doubled: BigUint = (&self.above * 2_000_000_u64 + &self.of) / (&self.of * 2_u8);
        u64::try_from(doubled).unwrap_or(1_000_000)
    }

    /// As a number of six decimals.
    #[must_use]
    pub fn number(&self) -> f64 {
        self.millionths() as f64 / 1e6
    }
}

/// The chance that a sample of `n` out of a lot of `lot` with `wrong` wrong ones holds at most `c` of them:
///
/// ```text
///            c   C(wrong, x) · C(lot − wrong, n − x)
/// P(X ≤ c) = Σ  ─────────────────────────────────────
///           x=0              C(lot, n)
/// ```
#[must_use]
pub fn at_most(c: u64, lot: u64, wrong: u64, n: u64) -> Chance {
    // The same in both: the shorter product is taken.
    let (short, long) = (wrong.min(n), wrong.max(n));
    if c >= short {
        return Chance::certain();
    }
    let others = lot - long;
    let first = short.saturating_sub(others);
    let mut term = choose(short, first) * falling(long, first) * falling(others, short - first);
    let mut sum = BigUint::ZERO;
    for x in first..=c {
        sum += &term;
        // To the next number of wrong ones; the division leaves no rest.
        term = term * (long - x) * (short - x) / (x + 1);
        term /= others + x + 1 - short;
    }
    Chance { above: sum, of: falling(lot, short) }
}

/// n (n − 1) … , k factors.
fn falling(n: u64, k: u64) -> BigUint {
    (0..k).fold(BigUint::from(1_u8), |product, i| product * (n - i))
}

fn choose(n: u64, k: u64) -> BigUint {
    (1..=k).fold(BigUint::from(1_u8), |product, i| product * (n - k + i) / i)
}

/// The smallest sample with which a lot of `wrong` wrong ones is accepted (at most `c` seen) no more often than `risk`;
/// none where no sample can tell, because the lot may hold that many.
#[must_use]
pub fn sample_size(c: u64, lot: u64, wrong: u64, risk: Share) -> Option<u64> {
    if wrong <= c {
        return None;
    }
    // With more looked at, fewer are let through.
    Some(first((c + 1, lot), |n| at_most(c, lot, wrong, n).is_at_most(risk)))
}

/// How many wrong ones a lot can hold where `seen` were wrong in a sample of `n`: the fewest and the most that a test at
/// `risk` on each side does not reject. The exact interval of a finite lot, as that of Clopper and Pearson is of an
/// endless one.
#[must_use]
pub fn interval(lot: u64, n: u64, seen: u64, risk: Share) -> (u64, u64) {
    let (least, most) = (seen, lot - (n - seen));
    let is_few = |wrong: u64| seen > 0 && at_most(seen - 1, lot, wrong, n).rest().is_at_most(risk);
    let is_many = |wrong: u64| at_most(seen, lot, wrong, n).is_at_most(risk);
    let low = first((least, most), |wrong| !is_few(wrong));
    let beyond = first((low, most + 1), |wrong| wrong > most || is_many(wrong));
    (low, beyond.saturating_sub(1).max(low))
}

/// The first number of a range for which something holds that holds for all behind it; the last where there is none.
fn first((mut low, mut high): (u64, u64), holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All samples of a small lot, one by one: the first `wrong` are wrong.
    fn counted(c: u64, lot: u32, wrong: u32, n: u32) -> (u64, u64) {
        let mask = (1_u32 << wrong) - 1;
        let samples = (0..1_u32 << lot).filter(|s| s.count_ones() == n);
        samples.fold((0, 0), |(few, all), s| (few + u64::from(u64::from((s & mask).count_ones()) <= c), all + 1))
    }

    #[test]
    fn chances_are_those_of_counting_every_sample() {
        for lot in 1..=12_u32 {
            for wrong in 0..=lot {
                for n in 1..=lot {
                    for c in 0..=u64::from(n) {
                        let (few, all) = counted(c, lot, wrong, n);
                        let chance = at_most(c, lot.into(), wrong.into(), n.into());
                        assert_eq!(&chance.above * all, &chance.of * few, "lot {lot}, {wrong} wrong, sample {n}, c {c}");
                    }
                }
            }
        }
    }

    /// Pascal's triangle to 30: another way to the same numbers.
    fn pascal() -> Vec<Vec<u64>> {
        let mut rows = vec![vec![1_u64]];
        for n in 1..=30_usize {
            let last = &rows[n - 1];
            rows.push((0..=n).map(|k| if k == 0 || k == n { 1 } else { last[k - 1] + last[k] }).collect());
        }
        rows
    }

    #[test]
    fn plans_of_all_small_lots_are_the_smallest_that_keep_their_word() {
        let choose = pascal();
        let accepted = |c: usize, lot: usize, wrong: usize, n: usize| -> (u64, u64) {
            let of = |x: usize| if x > n || n - x > lot - wrong { 0 } else { choose[wrong][x] * choose[lot - wrong][n - x] };
            ((0..=c.min(wrong)).map(of).sum(), choose[lot][n])
        };
        let risk: Share = "0.1".parse().unwrap();
        let mut plans = 0;
        for lot in 1..=30_usize {
            for wrong in 1..=lot {
                for c in 0..wrong {
                    let n = sample_size(c as u64, lot as u64, wrong as u64, risk).unwrap() as usize;
                    let keeps = |n: usize| {
                        let (few, all) = accepted(c, lot, wrong, n);
                        few * 10 <= all
                    };
                    assert!(keeps(n) && (n == c + 1 || !keeps(n - 1)), "lot {lot}, {wrong} wrong, c {c}: n {n}");
                    plans += 1;
                }
            }
        }
        assert_eq!(plans, 4960);
    }

    #[test]
    fn an_interval_holds_every_number_of_wrong_ones_that_may_well_have_shown_this_sample() {
        let risk: Share = "0.05".parse().unwrap();
        for lot in 1..=30_u64 {
            for n in 1..=lot {
                for seen in 0..=n {
                    let (low, high) = interval(lot, n, seen, risk);
                    for wrong in seen..=lot - (n - seen) {
                        let is_possible = !at_most(seen, lot, wrong, n).is_at_most(risk)
                            && (seen == 0 || !at_most(seen - 1, lot, wrong, n).rest().is_at_most(risk));
                        // At the very edges a lot holds what was seen, whatever the test says of it.
                        assert!(!is_possible || (low..=high).contains(&wrong), "lot {lot}, n {n}, seen {seen}, {wrong}: {low}..{high}");
                    }
                }
            }
        }
    }

    /// Made by `tests/audit/hypergeometric.py` with Python's fractions: lot, wrong, sample, c, chance in millionths, and
    /// the sample that a risk of 5 % and of 10 % asks for.
    #[test]
    fn larger_plans_are_those_of_another_program_to_the_last_digit() {
        let table = include_str!("../../../../tests/audit/hypergeometric.tsv");
        let mut rows = 0;
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let row: Vec<u64> = line.split('\t').map(|n| n.parse().unwrap()).collect();
            let [lot, wrong, n, c, millionths, at_5, at_10] = row[..] else { panic!("{line}") };
            assert_eq!(at_most(c, lot, wrong, n).millionths(), millionths, "{line}");
            assert_eq!(sample_size(c, lot, wrong, "0.05".parse().unwrap()), Some(at_5), "{line}");
            assert_eq!(sample_size(c, lot, wrong, "0.1".parse().unwrap()), Some(at_10), "{line}");
            rows += 1;
        }
        assert!(rows >= 40, "{rows}");
    }

    #[test]
    fn shares_are_read_as_they_are_written() {
        let share = |text: &str| text.parse::<Share>().map(|s| (s.above, s.of)).ok();
        assert_eq!([share("0.05"), share("5%"), share("2.5%")], [Some((5, 100)), Some((5, 100)), Some((25, 1000))]);
        assert_eq!([share("0"), share("1"), share("100%"), share("-0.1"), share("x")], [None; 5]);
    }
}
