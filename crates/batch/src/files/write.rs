//! Everything that is written goes through a [`Writer`], which knows the inputs and writes to none of them, whatever
//! name they have there. Files are written whole or not at all: aside, then renamed.

use super::protect::Protected;
use super::read::{NotRegular, OpenError};
use seisho_model::finding::Message;
use std::fs::{self, File};
use std::io::{BufWriter, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a file is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It is an input.
    #[error("it is an input, and no input is ever written to")]
    Input,
    /// What would be copied, or what is there already, is no regular file.
    #[error(transparent)]
    NotRegular(#[from] NotRegular),
    /// The system says no.
    #[error(transparent)]
    Io(#[from] Error),
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

impl From<OpenError> for WriteError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotRegular(kind) => Self::NotRegular(kind),
            OpenError::Io(error) => Self::Io(error),
        }
    }
}

impl WriteError {
    /// Whether it concerns this one name; anything else concerns the disk, and so all files.
    pub fn is_of_the_name(&self) -> bool {
        use ErrorKind::{AlreadyExists, InvalidFilename, InvalidInput, IsADirectory, NotADirectory};
        match self {
            Self::Input | Self::NotRegular(_) => true,
            Self::Io(e) => matches!(e.kind(), AlreadyExists | InvalidFilename | InvalidInput | IsADirectory | NotADirectory),
        }
    }

    /// What to tell a person.
    pub fn message(&self) -> Message {
        let ja = match self {
            Self::Input => "入力ファイルです。入力には書き込みません".to_owned(),
            other => other.to_string(),
        };
        Message::new(ja, self.to_string())
    }
}

/// Writes files, and none of the inputs.
#[derive(Clone, Debug, Default)]
pub struct Writer(Arc<Protected>);

impl Writer {
    /// Writes to none of the files that these paths lead to.
    pub fn sparing<P: AsRef<Path>>(inputs: impl IntoIterator<Item = P>) -> Self {
        Self(Arc::new(Protected::of(inputs)))
    }

    /// Nothing, where a path may be written to.
    pub fn check(&self, path: &Path) -> Result<(), WriteError> {
        if self.0.has(path) { Err(WriteError::Input) } else { Ok(()) }
    }

    /// Writes a file whole.
    pub fn whole(&self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        self.whole_by(&aside(path), path, bytes)
    }

    /// Writes a file whole: first under another name on the same disk.
    pub fn whole_by(&self, aside: &Path, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        self.check(path)?;
        make_parent(path)?;
        self.fresh(aside)?.write_all(bytes)?;
        Ok(fs::rename(aside, path)?)
    }

    /// A file of lines in the making.
    pub fn lines(&self, path: PathBuf) -> Result<Lines, WriteError> {
        self.check(&path)?;
        let aside = aside(&path);
        let file = self.fresh(&aside)?;
        Ok(Lines { aside, path, file: BufWriter::new(file) })
    }

    /// Copies a regular file that was opened, whole.
    pub fn copy(&self, from: Result<File, OpenError>, to: &Path) -> Result<(), WriteError> {
        self.check(to)?;
        let mut source = from?;
        make_parent(to)?;
        // A name of its own: with an ending, the name of the copy may be too long.
        let aside = to.with_file_name(format!(".seisho-{}.tmp", std::process::id()));
        let copied = self.fresh(&aside).and_then(|mut file| Ok(std::io::copy(&mut source, &mut file)?));
        let named = copied.and_then(|_| Ok(fs::rename(&aside, to)?));
        if named.is_err() {
            // What is half a copy is none.
            let _ = fs::remove_file(&aside);
        }
        named
    }

    /// Opens a file that lines are added to, whatever it is: a log may be a terminal.
    pub fn append(&self, path: &Path) -> Result<File, WriteError> {
        self.check(path)?;
        Ok(File::options().create(true).append(true).open(path)?)
    }

    /// Opens a regular file of the program's own to be read and changed where it stands.
    pub fn own(&self, path: &Path) -> Result<File, WriteError> {
        self.check(path)?;
        match fs::symlink_metadata(path) {
            Ok(there) => NotRegular::check(&there)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(File::options().create(true).truncate(false).read(true).write(true).open(path)?)
    }

    /// Takes a file away, if there is one.
    pub fn remove(&self, path: &Path) -> Result<(), WriteError> {
        self.check(path)?;
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// A new file, even where one has the name: what a link there leads to is left alone.
    pub fn fresh(&self, path: &Path) -> Result<File, WriteError> {
        let create = || File::options().write(true).create_new(true).open(path);
        match create() {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                self.remove(path)?;
                Ok(create()?)
            }
            other => Ok(other?),
        }
    }
}

fn make_parent(path: &Path) -> Result<(), Error> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn aside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    path.with_file_name(name)
}

/// A file of lines in the making; it appears under its name when it is finished.
#[derive(Debug)]
pub struct Lines {
    aside: PathBuf,
    path: PathBuf,
    file: BufWriter<File>,
}

impl Lines {
    /// Adds bytes that end with a line end.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        Ok(self.file.write_all(bytes)?)
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(fs::rename(&self.aside, &self.path)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way of writing, onto an input and onto names of it.
    #[cfg(unix)]
    #[test]
    fn no_input_is_written_to_under_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("input"), "kept").unwrap();
        fs::write(at("other"), "other").unwrap();
        fs::hard_link(at("input"), at("hard")).unwrap();
        std::os::unix::fs::symlink(at("input"), at("soft")).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("folder")).unwrap();
        let writer = Writer::sparing([at("input")]);
        for name in ["input", "hard", "soft", "folder/input"] {
            let to = at(name);
            assert!(matches!(writer.whole(&to, b"x"), Err(WriteError::Input)), "{name}");
            assert!(matches!(writer.whole_by(&to, &at("result"), b"x"), Err(WriteError::Input)), "{name}");
            assert!(matches!(writer.lines(to.clone()), Err(WriteError::Input)), "{name}");
            assert!(matches!(writer.copy(super::super::open(&at("other")), &to), Err(WriteError::Input)), "{name}");
            assert!(matches!(writer.append(&to), Err(WriteError::Input)), "{name}");
            assert!(matches!(writer.own(&to), Err(WriteError::Input)), "{name}");
            assert!(matches!(writer.remove(&to), Err(WriteError::Input)), "{name}");
            assert_eq!(fs::read_to_string(at("input")).unwrap(), "kept", "{name}");
        }
        writer.whole(&at("result"), b"x").unwrap();
        assert_eq!(fs::read(at("result")).unwrap(), b"x");
    }

    /// A link that was put where a file is written aside.
    #[cfg(unix)]
    #[test]
    fn a_link_in_the_way_is_replaced_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("foreign"), "kept").unwrap();
        std::os::unix::fs::symlink(at("foreign"), at("a.tmp")).unwrap();
        Writer::default().whole(&at("a"), b"x").unwrap();
        assert_eq!((fs::read_to_string(at("foreign")).unwrap().as_str(), fs::read(at("a")).unwrap().as_slice()), ("kept", &b"x"[..]));
    }
}
