//! Programs that run in processes of their own, and which program this is: results of another one are not taken for
//! its own.

use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::process::Command;

/// A program and its first arguments. Nothing secret is an argument: everybody can see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Program {
    path: OsString,
    args: Vec<OsString>,
}

impl Program {
    /// A program and its first arguments.
    pub(crate) fn new<S: AsRef<OsStr>>(path: impl AsRef<OsStr>, args: &[S]) -> Self {
        Self { path: path.as_ref().to_owned(), args: args.iter().map(|a| a.as_ref().to_owned()).collect() }
    }

    /// What starts it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.args(&self.args);
        command
    }
}

/// Version, size and checksum of the program; the version alone where it cannot read itself.
pub(crate) fn identity() -> String {
    let version = env!("CARGO_PKG_VERSION");
    checksum().map_or_else(|_| version.to_owned(), |(size, crc)| format!("{version}-{size:x}-{crc:08x}"))
}

fn checksum() -> std::io::Result<(u64, u32)> {
    let mut file = File::open(std::env::current_exe()?)?;
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
