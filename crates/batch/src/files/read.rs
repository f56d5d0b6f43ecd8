//! Opening what is to be read. A pipe without a writer would be waited for without end, a device acts when it is
//! opened: only regular files are.

use seisho_model::finding::Message;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// Why a file is not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is something else.
    #[error(transparent)]
    NotRegular(#[from] NotRegular),
    /// The system says no.
    #[error(transparent)]
    Io(#[from] Error),
}

/// What stands at a path in place of a regular file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRegular {
    /// A folder.
    #[error("a folder, not a regular file")]
    Folder,
    /// A named or unnamed pipe.
    #[error("a pipe, not a regular file")]
    Pipe,
    /// A socket.
    #[error("a socket, not a regular file")]
    Socket,
    /// A device.
    #[error("a device, not a regular file")]
    Device,
    /// A link, where links are not followed, or what this system alone knows.
    #[error("not a regular file")]
    Other,
}

impl NotRegular {
    /// Nothing, where it is a regular file.
    pub fn check(metadata: &Metadata) -> Result<(), Self> {
        if metadata.is_file() { Ok(()) } else { Err(Self::of(metadata)) }
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::FileTypeExt;
        let kind = metadata.file_type();
        match () {
            () if kind.is_dir() => Self::Folder,
            () if kind.is_fifo() => Self::Pipe,
            () if kind.is_socket() => Self::Socket,
            () if kind.is_char_device() || kind.is_block_device() => Self::Device,
            () => Self::Other,
        }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        if metadata.is_dir() { Self::Folder } else { Self::Other }
    }

    fn ja(self) -> &'static str {
        match self {
            Self::Folder => "フォルダで、通常のファイルではありません",
            Self::Pipe => "パイプで、通常のファイルではありません",
            Self::Socket => "ソケットで、通常のファイルではありません",
            Self::Device => "装置で、通常のファイルではありません",
            Self::Other => "通常のファイルではありません",
        }
    }
}

impl OpenError {
    /// What to tell a person.
    pub fn message(&self) -> Message {
        let ja = match self {
            Self::NotRegular(kind) => kind.ja().to_owned(),
            Self::Io(error) => error.to_string(),
        };
        Message::new(format!("開けません（{ja}）"), format!("cannot be read ({self})"))
    }
}

/// Opens a regular file to be read; never waits for what else stands there.
pub fn open(path: &Path) -> Result<File, OpenError> {
    // Looked at first: to open a pipe is seen by its writer.
    NotRegular::check(&std::fs::metadata(path)?)?;
    let file = match without_waiting().open(path) {
        // Another program holds a lease on it and is given time.
        Err(error) if error.kind() == ErrorKind::WouldBlock => File::open(path)?,
        other => other?,
    };
    // Something else may have come in between.
    NotRegular::check(&file.metadata()?)?;
    Ok(file)
}

/// Opens a regular file below a folder, through no link: what was found there as a file may be one by now, and lead
/// anywhere.
#[cfg(unix)]
pub(crate) fn open_below(folder: &Path, below: &Path) -> Result<File, OpenError> {
    use rustix::fs::{Mode, OFlags, openat};
    let no_link = |error: rustix::io::Errno| match error {
        rustix::io::Errno::LOOP | rustix::io::Errno::NOTDIR => OpenError::NotRegular(NotRegular::Other),
        error => OpenError::Io(error.into()),
    };
    let mut at: std::os::fd::OwnedFd = File::open(folder)?.into();
    let mut names = below.iter().peekable();
    while let Some(name) = names.next() {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let kind = if names.peek().is_some() { OFlags::DIRECTORY } else { OFlags::NONBLOCK };
        if names.peek().is_none() {
            // To open a pipe is seen by its writer.
            let there = rustix::fs::statat(&at, name, rustix::fs::AtFlags::SYMLINK_NOFOLLOW).map_err(no_link)?;
            use rustix::fs::FileType;
            match FileType::from_raw_mode(there.st_mode) {
                FileType::RegularFile => {}
                FileType::Directory => return Err(NotRegular::Folder.into()),
                FileType::Fifo => return Err(NotRegular::Pipe.into()),
                FileType::Socket => return Err(NotRegular::Socket.into()),
                FileType::CharacterDevice | FileType::BlockDevice => return Err(NotRegular::Device.into()),
                _ => return Err(NotRegular::Other.into()),
            }
        }
        at = match openat(&at, name, flags | kind, Mode::empty()) {
            // Another program holds a lease on it and is given time.
            Err(rustix::io::Errno::WOULDBLOCK) => openat(&at, name, flags, Mode::empty()).map_err(no_link)?,
            other => other.map_err(no_link)?,
        };
    }
    let file = File::from(at);
    NotRegular::check(&file.metadata()?)?;
    Ok(file)
}

/// Where the system has no such calls, what was found is opened by its name.
#[cfg(not(unix))]
pub(crate) fn open_below(folder: &Path, below: &Path) -> Result<File, OpenError> {
    open(&folder.join(below))
}

#[cfg(unix)]
fn without_waiting() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options.read(true).custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn without_waiting() -> OpenOptions {
    let mut options = File::options();
    options.read(true);
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    /// A file, and a folder on the way to it, that became links after they were found.
    #[test]
    fn what_has_become_a_link_is_not_followed_out_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["in/a", "in/deep/b", "outside/b"] {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), name).unwrap();
        }
        let read = |below: &str| open_below(&at("in"), Path::new(below)).map(|file| std::io::read_to_string(file).unwrap());
        assert_eq!((read("a").unwrap(), read("deep/b").unwrap()), ("in/a".to_owned(), "in/deep/b".to_owned()));
        fs::remove_dir_all(at("in/deep")).unwrap();
        symlink(at("outside"), at("in/deep")).unwrap();
        fs::remove_file(at("in/a")).unwrap();
        symlink(at("outside/b"), at("in/a")).unwrap();
        for below in ["a", "deep/b"] {
            assert!(matches!(read(below), Err(OpenError::NotRegular(_))), "{below}");
        }
        assert!(matches!(read("deep"), Err(OpenError::NotRegular(NotRegular::Other))));
        assert!(matches!(open_below(folder.path(), Path::new("in")), Err(OpenError::NotRegular(NotRegular::Folder))));
        // The folder itself is what the person named, link or not.
        symlink(at("outside"), at("named")).unwrap();
        assert!(open_below(&at("named"), Path::new("b")).is_ok());
    }
}
