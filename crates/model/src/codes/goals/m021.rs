//! M021: a value of a table in which much is doubtful.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M021,
    severity: Severity::Warning,
    title: ["多くの欄が不確かな表の値", "A value of a table in which much is doubtful"],
    what: [
        "位置の失われたテキストから組み立て直した表で、多くの欄が不確かです。この欄だけを疑う理由はありませんが、表の組み立てそのものが違えば、この欄も別の行か列のものです。",
        "Much of a table that was put together again from a text without places is doubtful. Nothing speaks against this value by \
itself; if the table was put together wrongly, it is of another row or column, too.",
    ],
    example: None,
    action: [
        "ほかの指摘のある欄から先に元の表と見比べてください。それらが正しければ、この欄も正しい見込みです。",
        "Look at the values with other findings first. Where those are right, this one is likely to be.",
    ],
    case: Case::Fixture("M021.txt"),
};

/// A field of such a table.
#[must_use]
pub fn among_doubts(field: FieldNames) -> Finding {
    let ja = format!("この表は多くの欄が不確かです。{}も別の行か欄のものかもしれません", field[0]);
    let en = format!("much of this table is doubtful; this {} may be of another row or column, too", field[1]);
    Finding::new(Code::M021, ja, en)
}
