//! Which file a path leads to, and which files nothing may write to.

use std::collections::BTreeSet;
use std::path::Path;

/// A file, whatever its name: links and other paths to it are the same file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// Device and inode: hard links are seen as well.
    #[cfg(unix)]
    Inode(u64, u64),
    /// The path without links, where the system has no inodes. Hard links are not seen.
    #[cfg(not(unix))]
    Path(std::path::PathBuf),
}

impl Identity {
    /// Of the file that a path leads to; none where there is no file.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().map(|metadata| Self::of_metadata(&metadata))
    }

    /// Of the file that a path leads to; none where there is no file.
    #[cfg(not(unix))]
    pub fn of(path: &Path) -> Option<Self> {
        std::fs::canonicalize(path).ok().map(Self::Path)
    }

    /// Of the file that standard output goes to.
    #[cfg(unix)]
    pub fn of_standard_output() -> Option<Self> {
        let output = std::os::fd::AsFd::as_fd(&std::io::stdout()).try_clone_to_owned().ok()?;
        std::fs::File::from(output).metadata().ok().map(|metadata| Self::of_metadata(&metadata))
    }

    /// Not known here.
    #[cfg(not(unix))]
    pub fn of_standard_output() -> Option<Self> {
        None
    }

    #[cfg(unix)]
    fn of_metadata(metadata: &std::fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self::Inode(metadata.dev(), metadata.ino())
    }
}

/// Files that are inputs.
#[derive(Clone, Debug, Default)]
pub(super) struct Protected(BTreeSet<Identity>);

impl Protected {
    /// The files that these paths lead to.
    pub(super) fn of<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Self {
        Self(paths.into_iter().filter_map(|path| Identity::of(path.as_ref())).collect())
    }

    /// Whether a path leads to one of them.
    pub(super) fn has(&self, path: &Path) -> bool {
        !self.0.is_empty() && Identity::of(path).is_some_and(|identity| self.0.contains(&identity))
    }
}
