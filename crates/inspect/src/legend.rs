//! The colours of a picture and what they mean.

use seisho_model::layout::TableForm;
use seisho_model::record::Role;

/// A colour and what it stands for.
pub(crate) struct Entry {
    pub(crate) color: &'static str,
    pub(crate) words: &'static str,
}

/// Everything that a picture may show, in the order of its legend.
pub(crate) const ENTRIES: [Entry; 6] = [
    Entry { color: RULING, words: "罫線 ruling" },
    Entry { color: RULED, words: "罫線の表のセル cell between rulings" },
    Entry { color: ALIGNED, words: "並びから推定したセル cell by alignment" },
    Entry { color: LINE, words: "行と読む順 line, reading order" },
    Entry { color: FURNITURE, words: "頁の部品 furniture" },
    Entry { color: UNREAD, words: "読めなかった文字 unread" },
];

pub(crate) const RULING: &str = "#d9480f";
pub(crate) const LINE: &str = "#2b8a3e";
pub(crate) const GLYPH: &str = "#ced4da";
const RULED: &str = "#1c7ed6";
const ALIGNED: &str = "#9c36b5";
const FURNITURE: &str = "#868e96";
pub(crate) const VALUE: &str = "#0b7285";
pub(crate) const UNREAD: &str = "#e03131";

pub(crate) fn of_table(form: TableForm) -> &'static str {
    if form == TableForm::Aligned { ALIGNED } else { RULED }
}

pub(crate) fn of_role(role: Role) -> &'static str {
    if role == Role::Unread { UNREAD } else { FURNITURE }
}
