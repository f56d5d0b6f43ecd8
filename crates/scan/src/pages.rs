//! The pages of a document side by side: an engine a thread, few pictures in memory at a time. What comes out does not
//! depend on how many threads there are.

use crate::page::read::{PageRead, Regions, Unset, read, set};
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

/// What pages are read with.
pub struct Pages<'p, E> {
    /// The pages, by index, from 0.
    pub indices: &'p [usize],
    /// The picture of a page.
    pub picture: &'p (dyn Fn(usize) -> Result<Picture, E> + Sync),
    /// The ruled tables of a page.
    pub regions: &'p Regions,
    /// An engine more, for one more thread; none where there is none.
    pub engine: &'p (dyn Fn() -> Option<Box<dyn Ocr>> + Sync),
    /// How many pages are read side by side, at most.
    pub threads: usize,
    /// Hears of every page before it is read: which one of how many, from 1.
    pub watcher: Option<&'p (dyn Fn(usize, usize) + Sync)>,
}

/// Reads pages, with an engine for this thread; what they say, in their order.
pub fn read_pages<E: Send>(pages: &Pages<'_, E>, ocr: &mut dyn Ocr) -> Vec<Result<PageRead, E>> {
    let pool = Pool { pages, next: AtomicUsize::new(0), done: Mutex::default(), large: Mutex::default() };
    std::thread::scope(|scope| {
        for _ in 1..pages.threads.min(pages.indices.len()).min(MOST_THREADS) {
            // Without a thread or an engine more, those that are there do it all.
            let helper = || {
                if let Some(mut own) = (pages.engine)() {
                    pool.work(own.as_mut());
                }
            };
            let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, helper);
        }
        pool.work(ocr);
    });
    let done = pool.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (read, failed): (Vec<_>, Vec<_>) = done.into_values().enumerate().partition(|(_, outcome)| outcome.is_ok());
    let (places, read): (Vec<usize>, Vec<Unset>) = read.into_iter().filter_map(|(at, outcome)| Some((at, outcome.ok()?))).unzip();
    let mut all: Vec<(usize, Result<PageRead, E>)> = places.into_iter().zip(set(read).into_iter().map(Ok)).collect();
    all.extend(failed.into_iter().filter_map(|(at, outcome)| Some((at, Err(outcome.err()?)))));
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, outcome)| outcome).collect()
}

/// What all threads share.
struct Pool<'p, E> {
    pages: &'p Pages<'p, E>,
    /// The page that is begun next.
    next: AtomicUsize,
    done: Mutex<BTreeMap<usize, Result<Unset, E>>>,
    /// Held while a large picture is read.
    large: Mutex<()>,
}

impl<E: Send> Pool<'_, E> {
    /// Reads pages until all are begun.
    fn work(&self, ocr: &mut dyn Ocr) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.pages.indices.len() {
                return;
            }
            let done = self.read(number, ocr);
            self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(number, done);
        }
    }

    fn read(&self, number: usize, ocr: &mut dyn Ocr) -> Result<Unset, E> {
        if let Some(watcher) = self.pages.watcher {
            watcher(number + 1, self.pages.indices.len());
        }
        let index = self.pages.indices[number];
        let picture = (self.pages.picture)(index)?;
        let is_large = picture.gray.len() > LARGE;
        let _alone = is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(read(index, picture, self.pages.regions, ocr))
    }
}
