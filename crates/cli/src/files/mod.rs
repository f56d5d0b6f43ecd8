//! The two doors to the disk: what is read is a regular file, and what is written is never an input. A path that comes
//! out of a file is a [`RelativePath`] before it is used.

mod protect;
mod read;
mod relative;
mod write;

pub(crate) use protect::Identity;
pub(crate) use read::{NotRegular, OpenError, open};
pub(crate) use relative::RelativePath;
pub(crate) use write::{WriteError, Writer};
