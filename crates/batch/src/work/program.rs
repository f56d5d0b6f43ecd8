//! Programs that run in processes of their own, and which ones they are: results of another one are not taken for
//! their own.

use crate::files::{self, OpenError};
use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::process::Command;

/// A program and its first arguments. Nothing secret is an argument: everybody can see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    path: OsString,
    args: Vec<OsString>,
}

impl Program {
    /// A program and its first arguments.
    pub fn new<S: AsRef<OsStr>>(path: impl AsRef<OsStr>, args: &[S]) -> Self {
        Self { path: path.as_ref().to_owned(), args: args.iter().map(|a| a.as_ref().to_owned()).collect() }
    }

    /// What starts it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.args(&self.args);
        command
    }

    fn checksum(&self) -> Result<(u64, u32), OpenError> {
        let mut file = files::open(self.path.as_ref())?;
        let (mut hash, mut size, mut part) = (crc32fast::Hasher::new(), 0, vec![0; 1 << 18]);
        loop {
            match file.read(&mut part)? {
                0 => return Ok((size, hash.finalize())),
                n => {
                    hash.update(&part[..n]);
                    size += n as u64;
                }
            }
        }
    }
}

/// The programs that run in processes of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// Converts: it calls [`answer`](super::answer).
    pub worker: Program,
    /// Reads the text of PDFs a second time: it calls [`answer_fallback`](super::answer_fallback).
    pub fallback: Program,
}

impl Programs {
    /// Those of a `seisho` command.
    pub fn of(seisho: impl AsRef<OsStr>) -> Self {
        let of = |name| Program::new(seisho.as_ref(), &[name]);
        Self { worker: of("answer"), fallback: of("fallback-reader") }
    }

    /// Version, size and checksum of the worker; the version alone where it cannot be read.
    pub(crate) fn identity(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        self.worker.checksum().map_or_else(|_| version.to_owned(), |(size, crc)| format!("{version}-{size:x}-{crc:08x}"))
    }
}
