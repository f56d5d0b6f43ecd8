//! The pages of a document side by side: an engine a thread, few pictures in memory at a time. What comes out does not
//! depend on how many threads there are.

use super::readers::Readers;
use super::{Done, Job, one};
use crate::Watcher;
use seisho_extract::{Error, Pictures};
use seisho_model::scan::Picture;
use seisho_ocr::Ocr;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Pictures of more pixels are read one at a time; A3 at 600 dpi has 70 million and takes 350 MiB.
const LARGE: usize = 75_000_000;
/// So many of those fit into a process.
const MOST_THREADS: usize = 4;
/// Stack of a thread: forms of a PDF that call each other go deep.
const STACK: usize = 64 << 20;

/// Reads pages.
pub(super) fn run(
    jobs: &[Job],
    source: &Pictures<'_>,
    readers: &Readers,
    watcher: Option<&Watcher>,
    ocr: &mut dyn Ocr,
) -> Vec<Result<Done, Error>> {
    let pool = Pool { jobs, source, watcher, next: AtomicUsize::new(0), done: Mutex::default(), large: Mutex::default() };
    std::thread::scope(|scope| {
        for _ in 1..readers.threads.min(jobs.len()).min(MOST_THREADS) {
            // Without a thread or an engine more, those that are there do it all.
            let helper = || {
                if let Ok(mut own) = readers.reader() {
                    pool.work(own.as_mut());
                }
            };
            let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, helper);
        }
        pool.work(ocr);
    });
    let done = pool.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.into_values().collect()
}

/// What all threads share.
struct Pool<'p> {
    jobs: &'p [Job],
    source: &'p Pictures<'p>,
    watcher: Option<&'p Watcher>,
    /// The page that is begun next.
    next: AtomicUsize,
    done: Mutex<BTreeMap<usize, Result<Done, Error>>>,
    /// Held while a large picture is read.
    large: Mutex<()>,
}

impl Pool<'_> {
    /// Reads pages until all are begun.
    fn work(&self, ocr: &mut dyn Ocr) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.jobs.len() {
                return;
            }
            let done = self.read(number, ocr);
            self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(number, done);
        }
    }

    fn read(&self, number: usize, ocr: &mut dyn Ocr) -> Result<Done, Error> {
        if let Some(watcher) = self.watcher {
            watcher(number + 1, self.jobs.len());
        }
        let job = &self.jobs[number];
        let picture: Picture = self.source.picture(job.index)?;
        let is_large = picture.gray.len() > LARGE;
        let _alone = is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(one(job, picture, ocr))
    }
}
