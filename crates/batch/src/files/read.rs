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
