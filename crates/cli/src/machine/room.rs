//! Room on the disk of a folder, which need not be there yet.

use std::path::{Path, PathBuf};

/// What is known of the disk that a folder is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// Bytes that this user may still write.
    pub(crate) free: u64,
    /// Whether this user may write there.
    pub(crate) is_writable: bool,
}

/// That of the nearest folder that is there; none where the system does not say.
#[cfg(unix)]
pub(crate) fn room(folder: &Path) -> Option<Room> {
    let there = nearest(folder)?;
    let disk = rustix::fs::statvfs(&there).ok()?;
    let is_writable = rustix::fs::access(&there, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK).is_ok();
    Some(Room { free: disk.f_bavail.saturating_mul(disk.f_frsize), is_writable })
}

/// Other systems are not asked yet.
#[cfg(not(unix))]
pub(crate) fn room(folder: &Path) -> Option<Room> {
    nearest(folder).and(None)
}

fn nearest(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    whole.ancestors().find(|at| at.is_dir()).map(Path::to_owned)
}
