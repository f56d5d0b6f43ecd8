//! The two doors to the disk: what is read is a regular file, and what is written is never an input. A path that comes
//! out of a file is a [`RelativePath`] before it is used.

pub mod corrections;
pub(crate) mod json;
mod names;
pub mod profiles;
mod protect;
mod read;
mod relative;
mod write;

pub(crate) use names::{Names, place};
pub use protect::Identity;
pub(crate) use read::open_below;
pub use read::{NotRegular, OpenError, open};
pub use relative::{NotBelow, RelativePath};
pub use write::{Lines, WriteError, Writer};
