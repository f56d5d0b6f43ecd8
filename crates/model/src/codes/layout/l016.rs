//! L016: a table of which blanks are all that is known.

use crate::Pointer;
use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L016,
    severity: Severity::Warning,
    title: ["空白だけで区切られた表", "A table parted by blanks alone"],
    what: [
        "テキストの空白の並びから列を読み取りました。どの行がひとまとまりかを示すものがないので、表の一行はテキストの一行です。空白の位置がずれている行では、列を取り違えているかもしれません。",
        "Columns were told by the blanks of a text. Nothing says which lines belong together, so that each row of the table is a \
line of the text. Where blanks are out of place, a text may be in the column beside its own.",
    ],
    example: None,
    action: [
        "表の区切りを元の文書と見比べてください。折り返した欄は、行をまたいで続いています。",
        "Compare the cells with the original. A cell of several lines goes on in the row below.",
    ],
    case: Case::Fixture("L016.txt"),
};

/// A table whose rows are lines.
#[must_use]
pub fn by_line(table: Pointer) -> Finding {
    let ja = "表の列を空白だけから読み取りました。一行をひとつの行としています";
    let en = "the columns of the table were told by blanks alone; each line is a row";
    Finding::new(Code::L016, ja, en).about(table)
}
