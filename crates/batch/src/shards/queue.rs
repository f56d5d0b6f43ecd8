//! A shared folder as a queue: every machine runs the same command, takes shards, and the last puts them together.

use super::lease::{Leases, Turn};
use super::merge::merge;
use crate::Error;
use crate::files::{self, Writer, json};
use crate::options::Shard;
use crate::run::{Outcome, Plan, Reporter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Files of a shard, where nobody says how many shards there are. So much is done again when a machine dies; each shard
/// starts worker processes anew and is synced to the disk, which takes about 0.3 s.
const FILES_OF_A_SHARD: usize = 100;
/// Each machine lists the leases again for every shard.
const MOST_SHARDS: u32 = 10_000;
/// What putting together is called among the leases.
const MERGE: &str = "merge";

/// A shared folder from which machines take shards.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The folder.
    pub folder: PathBuf,
    /// How many shards the machine that comes first makes; by the number of files where none is said.
    pub shards: Option<u32>,
    /// After so long without a sign a machine is taken for dead.
    pub patience: Duration,
}

/// How a machine's part in a queue ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Shards that this machine has done.
    pub done: u32,
    /// Shards in all.
    pub of: u32,
    /// Whether all are done and put together, by whichever machine; else it was stopped.
    pub is_whole: bool,
}

/// What all machines of a queue have in common: `queue.json`, made by the first of them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Common {
    shards: u32,
    inputs: usize,
    /// The paths of all inputs.
    listing: String,
    /// The program, its engine and the options, in one hash.
    conversion: String,
}

impl Queue {
    /// Converts shards until all are done, and puts them together into the folder of results of the plan. The plan's own
    /// folder is this one until then.
    ///
    /// # Errors
    /// When another machine has other inputs, options or another program, or the folders cannot be written.
    pub fn run(&self, plan: &Plan, out: &Path, stop: &AtomicBool, reporter: &mut dyn Reporter) -> Result<Queued, Error> {
        let shards = self.common(plan, out)?;
        let cannot = |e: std::io::Error| Error::cannot_write(&self.folder, e);
        let mut leases = Leases::open(&self.folder, self.patience).map_err(cannot)?;
        let mut done_here = 0;
        let ended = |done, is_whole| Ok(Queued { done, of: shards, is_whole });
        loop {
            let (done, taken) = (leases.done().map_err(cannot)?, leases.taken().map_err(cannot)?);
            if done.contains_key(MERGE) {
                return ended(done_here, true);
            }
            let open: Vec<String> = (1..=shards).map(|n| n.to_string()).filter(|name| !done.contains_key(name)).collect();
            let open = if open.is_empty() { vec![MERGE.to_owned()] } else { open };
            let turn = self.take(&mut leases, &open, &taken).map_err(cannot)?;
            if stop.load(Ordering::Relaxed) {
                turn.map_or(Ok(()), |turn| leases.give_back(&turn)).map_err(cannot)?;
                return ended(done_here, false);
            }
            let Some(turn) = turn else {
                std::thread::sleep((self.patience / 10).min(Duration::from_secs(2)));
                continue;
            };
            let lost = AtomicBool::new(false);
            let is_done = leases.hold(&turn, &lost, || match turn.name.as_str() {
                MERGE => self.merged(&turn, shards, &done, out, plan).map(|()| true),
                _ => self.convert(&turn, shards, plan, &Either(stop, &lost), reporter),
            });
            match is_done {
                Ok(true) => {
                    leases.finish(&turn).map_err(cannot)?;
                    done_here += u32::from(turn.name != MERGE);
                }
                // Another has the next turn.
                _ if lost.load(Ordering::Relaxed) => {}
                Ok(false) => leases.give_back(&turn).map_err(cannot)?,
                Err(error) => {
                    leases.give_back(&turn).map_err(cannot)?;
                    return Err(error);
                }
            }
        }
    }

    /// What is there to take: what was never taken first, then what others may have left behind.
    fn take(&self, leases: &mut Leases, open: &[String], taken: &BTreeMap<String, u32>) -> std::io::Result<Option<Turn>> {
        let (held, free): (Vec<&String>, Vec<&String>) = open.iter().partition(|name| taken.contains_key(*name));
        for name in free.into_iter().chain(held) {
            if let Some(turn) = leases.take(name, taken.get(name).copied())? {
                return Ok(Some(turn));
            }
        }
        Ok(None)
    }

    /// The folder of a turn. Nobody else writes to it.
    fn place(&self, turn: &Turn) -> PathBuf {
        self.folder.join("shards").join(turn.to_string())
    }

    fn convert(&self, turn: &Turn, shards: u32, plan: &Plan, stop: &Either<'_>, reporter: &mut dyn Reporter) -> Result<bool, Error> {
        let shard = Shard { part: turn.name.parse().unwrap_or(1), parts: shards };
        let part = plan.part(shard, self.place(turn));
        Ok(matches!(stop.watch(|stop| part.run(stop, reporter))?, Outcome::Finished(_)))
    }

    /// Puts the shards together beside the folder of results, which then gets its name at once.
    fn merged(&self, turn: &Turn, shards: u32, done: &BTreeMap<String, u32>, out: &Path, plan: &Plan) -> Result<(), Error> {
        let of = |n: u32| Some(Turn { number: *done.get(&n.to_string())?, name: n.to_string() });
        let folders: Vec<PathBuf> = (1..=shards).filter_map(of).map(|turn| self.place(&turn)).collect();
        let aside = |number| {
            let mut name = out.as_os_str().to_owned();
            name.push(format!(".{}.tmp", Turn { number, ..turn.clone() }));
            PathBuf::from(name)
        };
        let cannot = |e: std::io::Error| Error::cannot_write(out, e);
        // What earlier turns have left half done is of no use.
        for number in 1..=turn.number {
            match fs::remove_dir_all(aside(number)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(cannot(error)),
                _ => {}
            }
        }
        let aside = aside(turn.number);
        let run = merge(&folders, &aside)?;
        let totals = &run.totals;
        let found = totals.converted + totals.failed + totals.skipped;
        if found != plan.len() as u64 {
            return Err(Error::OtherQueue(self.folder.clone()));
        }
        // Goes where it is empty.
        let _ = fs::remove_dir(out);
        match fs::rename(&aside, out) {
            // One that was taken for dead has done it meanwhile.
            Err(_) if crate::status(out).is_ok_and(|there| there.done == found) => {
                let _ = fs::remove_dir_all(&aside);
                Ok(())
            }
            named => named.map_err(cannot),
        }
    }

    /// The number of shards. The first machine says what all have in common; for the others it must be the same.
    fn common(&self, plan: &Plan, out: &Path) -> Result<u32, Error> {
        let by_files = (plan.len().div_ceil(FILES_OF_A_SHARD) as u32).clamp(1, MOST_SHARDS);
        let batch = plan.batch();
        // A machine that cannot read pictures, or the encrypted ones, would let its part fail.
        let engine = batch.conversion.scans.engines().name();
        let conversion = json::line(&(batch.programs.identity(), engine, &batch.conversion, batch.password.is_empty()))?;
        let own = Common {
            shards: self.shards.unwrap_or(by_files),
            inputs: plan.len(),
            listing: plan.listing(),
            conversion: seisho_pipeline::sha256(&conversion),
        };
        let file = self.folder.join("queue.json");
        let cannot = |e: std::io::Error| Error::cannot_write(&file, e);
        fs::create_dir_all(&self.folder).map_err(cannot)?;
        if !file.exists() {
            if fs::read_dir(out).is_ok_and(|mut there| there.next().is_some()) {
                return Err(Error::Foreign(out.to_owned()));
            }
            // Whole or not at all, and never over that of another: a name that is taken stays.
            let aside = self.folder.join(format!("queue-{}-{:x}.tmp", std::process::id(), mark()));
            let written = Writer::default().whole(&aside, &json::pretty(&own)?);
            written.map_err(|e| Error::cannot_write(&aside, e))?;
            let named = fs::hard_link(&aside, &file);
            // Where there are no hard links: two machines that start in the same instant say the same, or one stops.
            match named {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => fs::rename(&aside, &file).map_err(cannot)?,
                _ => fs::remove_file(&aside).map_err(cannot)?,
            }
        }
        let read = files::open(&file).ok().and_then(|file| serde_json::from_reader::<_, Common>(file).ok());
        match read {
            Some(common) if (Common { shards: common.shards, ..own }) == common => Ok(common.shards),
            _ => Err(Error::OtherQueue(self.folder.clone())),
        }
    }
}

/// A number that no other process has.
fn mark() -> u64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    std::hash::RandomState::new().build_hasher().finish()
}

/// Stopped by a person, or because the lease is lost.
struct Either<'s>(&'s AtomicBool, &'s AtomicBool);

impl Either<'_> {
    /// Does work that is stopped by either.
    fn watch<T>(&self, work: impl FnOnce(&AtomicBool) -> T) -> T {
        let (stop, over) = (AtomicBool::new(false), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    if self.0.load(Ordering::Relaxed) || self.1.load(Ordering::Relaxed) {
                        stop.store(true, Ordering::Relaxed);
                    }
                    std::thread::sleep(Duration::from_millis(20));
                }
            });
            let _over = Over(&over);
            work(&stop)
        })
    }
}

/// Says that it is over when it is dropped, even by a panic.
struct Over<'s>(&'s AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
