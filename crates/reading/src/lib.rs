//! Which letter stands here, and how sure that is: from a run of the source to the text of a value, by edits that say what
//! was changed and why; readings of scans mended by knowledge; the chance that a value is right. Knows words; refuses to
//! know what a value means, forms and files.

pub mod confidence;
mod lines;
pub mod mend;
mod reader;

pub use lines::Room;
pub use mend::Mender;
pub use reader::{LineEnd, Reader, Reading, Spaces, WRAPPED, ends_sentence, has_spaced_scripts};
