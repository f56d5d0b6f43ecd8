//! Sources that are text: lines, delimited tables, tables whose columns stand apart by spaces, HTML.

pub(crate) mod html;
pub(crate) mod inline;
mod looks;
mod numbering;
pub(crate) mod plain;
mod styles;
pub(crate) mod tables;
mod tag;
mod unseen;
