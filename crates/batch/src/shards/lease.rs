//! Who works at what, by files in a shared folder. A piece of work is taken by making the file `NAME-TURN`, which only
//! one machine can. Its holder writes a new number into it again and again; where that stays the same for too long, the
//! holder is dead, and the next turn may be taken. Clocks of different machines are never compared: each watches for
//! itself how long nothing came.
//!
//! A holder that was only asleep may wake up when its turn is over. So what is made in a turn goes into a folder of that
//! turn, which nobody else writes to, and the last word is a file too.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// So many beats fit into the time after which a holder is dead.
const BEATS: u32 = 6;

/// The leases of a queue.
pub(super) struct Leases {
    folder: PathBuf,
    done: PathBuf,
    patience: Duration,
    /// What the leases of others said last, and since when.
    seen: BTreeMap<String, (Vec<u8>, Instant)>,
}

/// A turn at a piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) name: String,
    pub(super) number: u32,
}

impl std::fmt::Display for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.name, self.number)
    }
}

impl Turn {
    fn parse(file: &str) -> Option<Self> {
        let (name, number) = file.rsplit_once('-')?;
        Some(Self { name: name.to_owned(), number: number.parse().ok()? })
    }
}

impl Leases {
    pub(super) fn open(queue: &Path, patience: Duration) -> Result<Self> {
        let (folder, done) = (queue.join("leases"), queue.join("done"));
        fs::create_dir_all(&folder)?;
        fs::create_dir_all(&done)?;
        Ok(Self { folder, done, patience, seen: BTreeMap::new() })
    }

    /// What is done, and in which turn: the first, where a holder that was taken for dead came to its end as well.
    pub(super) fn done(&self) -> Result<BTreeMap<String, u32>> {
        Ok(turns(&self.done)?.into_iter().fold(BTreeMap::new(), |mut done, Turn { name, number }| {
            let first: &mut u32 = done.entry(name).or_insert(number);
            *first = number.min(*first);
            done
        }))
    }

    /// The last turn at each piece of work that was taken.
    pub(super) fn taken(&self) -> Result<BTreeMap<String, u32>> {
        Ok(turns(&self.folder)?.into_iter().fold(BTreeMap::new(), |mut taken, Turn { name, number }| {
            let last: &mut u32 = taken.entry(name).or_insert(number);
            *last = number.max(*last);
            taken
        }))
    }

    /// Takes a piece of work that nobody has, or whose holder is dead; none where somebody has it.
    pub(super) fn take(&mut self, name: &str, last: Option<u32>) -> Result<Option<Turn>> {
        let held = last.map(|number| Turn { name: name.to_owned(), number });
        if held.as_ref().is_some_and(|turn| !self.is_dead(turn)) {
            return Ok(None);
        }
        let turn = Turn { name: name.to_owned(), number: last.map_or(1, |last| last + 1) };
        match File::options().write(true).create_new(true).open(self.folder.join(turn.to_string())) {
            Ok(_) => Ok(Some(turn)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn is_dead(&mut self, turn: &Turn) -> bool {
        // A file that cannot be read says nothing new; one that is gone was given back.
        let said = match fs::read(self.folder.join(turn.to_string())) {
            Err(error) if error.kind() == ErrorKind::NotFound => return false,
            said => said.unwrap_or_default(),
        };
        match self.seen.get_mut(&turn.to_string()) {
            Some((last, since)) if *last == said => since.elapsed() > self.patience,
            _ => {
                self.seen.insert(turn.to_string(), (said, Instant::now()));
                false
            }
        }
    }

    /// Says that a piece of work is done.
    pub(super) fn finish(&self, turn: &Turn) -> Result<()> {
        File::create(self.done.join(turn.to_string()))?.sync_all()
    }

    /// Gives a turn back that has not come to its end: the same one may be taken anew.
    pub(super) fn give_back(&self, turn: &Turn) -> Result<()> {
        fs::remove_file(self.folder.join(turn.to_string()))
    }

    /// Does the work while the lease is kept up. `stop` is set when another machine has the next turn, or when so long no
    /// sign could be given that one may.
    pub(super) fn hold<T>(&self, turn: &Turn, stop: &AtomicBool, work: impl FnOnce() -> T) -> T {
        let (over, ended) = channel::<()>();
        std::thread::scope(|scope| {
            let beating =
                Beating { lease: self.folder.join(turn.to_string()), next: self.folder.join(next(turn)), patience: self.patience };
            scope.spawn(move || beating.run(&ended, stop));
            let _over = Over(over);
            work()
        })
    }
}

/// Ends the beats when it is dropped, even by a panic.
struct Over(#[expect(dead_code, reason = "it is dropped")] Sender<()>);

fn next(turn: &Turn) -> String {
    Turn { number: turn.number + 1, ..turn.clone() }.to_string()
}

struct Beating {
    lease: PathBuf,
    next: PathBuf,
    patience: Duration,
}

impl Beating {
    fn run(&self, ended: &std::sync::mpsc::Receiver<()>, stop: &AtomicBool) {
        let (mut number, mut last) = (0_u64, Instant::now());
        loop {
            number += 1;
            let begun = Instant::now();
            if self.beat(number).is_ok() {
                last = begun;
            }
            if self.next.exists() || last.elapsed() > self.patience {
                stop.store(true, Ordering::Relaxed);
            }
            if ended.recv_timeout(self.patience / BEATS) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    /// Into the file that is there: one that was given back does not come again.
    fn beat(&self, number: u64) -> Result<()> {
        let mut file = File::options().write(true).open(&self.lease)?;
        file.write_all(format!("{number} {}\n", std::process::id()).as_bytes())
    }
}

fn turns(folder: &Path) -> Result<Vec<Turn>> {
    let mut turns = Vec::new();
    for entry in fs::read_dir(folder)? {
        turns.extend(entry?.file_name().to_str().and_then(Turn::parse));
    }
    Ok(turns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leases(folder: &Path) -> Leases {
        Leases::open(folder, Duration::from_millis(200)).unwrap()
    }

    fn take(leases: &mut Leases) -> Option<Turn> {
        let last = leases.taken().unwrap().get("1").copied();
        leases.take("1", last).unwrap()
    }

    #[test]
    fn a_turn_is_taken_by_one_and_goes_on_when_its_holder_is_dead() {
        let folder = tempfile::tempdir().unwrap();
        let (mut a, mut b) = (leases(folder.path()), leases(folder.path()));
        let first = take(&mut a).unwrap();
        assert_eq!((first.number, take(&mut b)), (1, None));
        let stop = AtomicBool::new(false);
        a.hold(&first, &stop, || {
            std::thread::sleep(Duration::from_millis(500));
            assert_eq!(take(&mut b), None, "the holder gives signs");
        });
        assert!(!stop.load(Ordering::Relaxed));
        assert_eq!(take(&mut b), None, "its last sign was new");
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(take(&mut b).unwrap().number, 2);
        // The first wakes up.
        a.hold(&first, &stop, || std::thread::sleep(Duration::from_millis(100)));
        assert!(stop.load(Ordering::Relaxed));
    }

    #[test]
    fn what_was_given_back_is_taken_at_once_and_of_two_ends_the_first_counts() {
        let folder = tempfile::tempdir().unwrap();
        let mut leases = leases(folder.path());
        let first = take(&mut leases).unwrap();
        leases.give_back(&first).unwrap();
        assert_eq!(take(&mut leases), Some(first.clone()));
        let second = Turn { number: 2, ..first.clone() };
        leases.finish(&second).unwrap();
        leases.finish(&first).unwrap();
        assert_eq!(leases.done().unwrap().get("1"), Some(&1));
    }
}
