//! Time of the processor that other programs take, as the shell counts it.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

/// A command under a shell that says, on standard error, how long the processor was at it.
pub(crate) fn timed(program: &OsStr, args: &[&OsStr]) -> Command {
    let mut command = Command::new("bash");
    let script = "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null 2>/dev/null";
    command.args(["-c", script, "bash"]).arg(program).args(args).env("LC_ALL", "C").stderr(Stdio::piped());
    command
}

/// The seconds that such a command said.
pub(crate) fn seconds(said: &[u8]) -> f64 {
    String::from_utf8_lossy(said).split_whitespace().map(|s| s.parse::<f64>().expect("seconds")).sum()
}
