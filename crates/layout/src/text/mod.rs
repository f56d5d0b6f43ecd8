//! Sources that are text: lines, delimited tables, tables whose columns stand apart by spaces, HTML.

pub(crate) mod html;
pub(crate) mod inline;
mod looks;
mod numbering;
pub(crate) mod plain;
pub(crate) mod rows;
mod separated;
pub(crate) mod spaced_columns;
mod styles;
mod tag;
mod unseen;
