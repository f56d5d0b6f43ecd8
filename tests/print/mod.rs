//! Documents as they would be printed, and the programs that print them: `forms` turns a record into a
//! [`paper::Paper`], `html`, `typst`, `writer` and `calc` write it in a program's language, `tools` runs the program.
//! Knows how official forms look; nothing of how they are read back.

pub(crate) mod calc;
pub(crate) mod forms;
pub(crate) mod html;
pub(crate) mod paper;
pub(crate) mod tools;
pub(crate) mod typst;
pub(crate) mod writer;
