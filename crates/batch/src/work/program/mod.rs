//! Programs that run in processes of their own, and which ones they are: results of another one are not taken for
//! their own.

mod build_id;

use crate::files::{self, OpenError};
use build_id::build_id;
use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Seek};
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

    /// Its size, and what the linker hashed of it; a checksum of all its bytes where the linker left nothing.
    fn build(&self) -> Result<(u64, String), OpenError> {
        let mut file = files::open(self.path.as_ref())?;
        let size = file.metadata()?.len();
        Ok((size, build_id(&mut file).map_or_else(|| checksum(&mut file), Ok)?))
    }
}

fn checksum(file: &mut File) -> Result<String, OpenError> {
    file.rewind()?;
    let (mut hash, mut part) = (crc32fast::Hasher::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut part)? {
            0 => return Ok(format!("{:08x}", hash.finalize())),
            n => hash.update(&part[..n]),
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

    /// Version, size and build of the worker; the version alone where it cannot be read.
    pub(crate) fn identity(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        self.worker.build().map_or_else(|_| version.to_owned(), |(size, build)| format!("{version}-{size:x}-{build}"))
    }
}
