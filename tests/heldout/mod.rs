//! Dumps of tables that are kept with their truth, each on one side of a split: constants may be chosen on one half, and
//! the other half tells what they are worth. Fast, because nothing is printed and no tool runs. README.md says more.

mod make;
pub(crate) mod measure;
mod ranking;

use crate::support::top;
use measure::{Side, TOOLS, Tally};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn folder() -> PathBuf {
    top().join("tests/heldout")
}

#[test]
#[ignore = "makes the tables and dumps anew; needs ../shared and all programs that print"]
fn make_the_tables() {
    make::make(&folder().join("tables.jsonl.gz"));
}

/// The figures of one side and tool, as they stand in `figures.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Figures {
    fields: usize,
    right: usize,
    sure: usize,
    unsaid: usize,
}

impl Figures {
    fn of(tally: &Tally) -> Self {
        Self { fields: tally.fields, right: tally.right, sure: tally.sure, unsaid: tally.unsaid.len() }
    }

    fn parsed(text: &str) -> Option<Self> {
        let numbers: Vec<usize> = text.split('\t').filter_map(|n| n.parse().ok()).collect();
        let [fields, right, sure, unsaid] = numbers[..] else { return None };
        Some(Self { fields, right, sure, unsaid })
    }

    /// Nothing is worse: as many fields right, as many of them without a finding, as few of those wrong.
    fn holds(self, floor: Self) -> bool {
        self.fields == floor.fields
            && self.right >= floor.right
            && self.unsaid <= floor.unsaid
            && self.sure - self.unsaid >= floor.sure - floor.unsaid
    }
}

/// Figures may only rise: `SEISHO_UPDATE=1` writes better ones, and refuses worse ones.
#[test]
fn kept_dumps_come_back_as_well_as_they_ever_did() {
    let tables = measure::tables(&folder().join("tables.jsonl.gz"));
    let tallies = measure::measure(&tables);
    let stored = folder().join("figures.tsv");
    let floors = floors(&std::fs::read_to_string(&stored).unwrap_or_default());
    let mut worse = Vec::new();
    let mut written = "side\ttool\tfields\tright\twithout a finding\twrong of those\n".to_owned();
    for (side, tool) in [Side::Fit, Side::HeldOut].into_iter().flat_map(|side| TOOLS.map(|tool| (side, tool))) {
        let tally = &tallies[&(side, tool)];
        let got = Figures::of(tally);
        let row = format!("{}\t{tool}\t{}\t{}\t{}\t{}", side.name(), got.fields, got.right, got.sure, got.unsaid);
        eprintln!("{row}");
        written += &format!("{row}\n");
        if let Some(floor) = floors.get(&(side.name().to_owned(), tool.to_owned())).filter(|floor| !got.holds(**floor)) {
            worse.push(format!("{} {tool}: {got:?}, was {floor:?}\n{}", side.name(), tally.unsaid.join("\n")));
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
    if std::env::var_os("SEISHO_UPDATE").is_some() {
        std::fs::write(&stored, written).expect("the figures are written");
    } else {
        assert_eq!(floors.len(), tallies.len(), "{}: SEISHO_UPDATE=1 writes it", stored.display());
    }
}

fn floors(text: &str) -> BTreeMap<(String, String), Figures> {
    let row = |line: &str| {
        let (side, rest) = line.split_once('\t')?;
        let (tool, rest) = rest.split_once('\t')?;
        Some(((side.to_owned(), tool.to_owned()), Figures::parsed(rest)?))
    };
    text.lines().filter_map(row).collect()
}

/// As many tables on one side as on the other, nearly, and every tool's dump of each.
#[test]
fn both_sides_of_the_split_are_large() {
    let tables = measure::tables(&folder().join("tables.jsonl.gz"));
    let held_out = tables.iter().filter(|t| Side::of(&t.name) == Side::HeldOut).count();
    assert!(held_out >= 20 && tables.len() - held_out >= 20, "{held_out} of {}", tables.len());
}
