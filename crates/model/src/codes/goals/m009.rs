//! M009: unknown heading.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M009,
    severity: Severity::Warning,
    title: ["知らない見出し", "Unknown heading"],
    what: [
        "表の見出しが様式の語にありません。見出しを成す語、列の場所、列の中身から項目を推定したか、どの項目でもない列として other に残しました。",
        "A heading of the table is no word of the form. Its column was taken for a field by the words that the heading is made of, by its place and by what stands in it, or kept in `other` as a column of no field.",
    ],
    example: None,
    action: [
        "列の項目が合っているか見てください。様式の語をプロファイルに加えると、次からは推定しません。",
        "Check what the column was taken for. With the form's word in the profile it is no longer inferred.",
    ],
    case: Case::Fixture("M009.txt"),
};

/// A heading that is no word of the form; its column was taken for a field. `other`: what else it could be, where that is
/// nearly as likely; inside, none for a column of no field.
#[must_use]
pub fn by_evidence(heading: &str, field: FieldNames, other: Option<Option<FieldNames>>) -> Finding {
    let [ja, en] = field;
    let mut message = [
        format!("見出し「{heading}」は様式の語にありません。語と列の中身から「{ja}」としました"),
        format!("heading {heading} is no word of the form; taken for {en} by its words and what stands below"),
    ];
    let Some(other) = other else { return Finding::new(Code::M009, message[0].clone(), message[1].clone()) };
    let [ja, en] = other.unwrap_or(["その他の列", "other"]);
    message[0].push_str(&format!("（「{ja}」かもしれません）"));
    message[1].push_str(&format!(" (it may be {en})"));
    Finding::new(Code::M009, message[0].clone(), message[1].clone()).suggesting(en)
}

/// A heading of a column that is of no field, and the field that it may be of.
#[must_use]
pub fn no_field(heading: &str, other: Option<FieldNames>) -> Finding {
    let mut message = [
        format!("見出し「{heading}」はどの項目にも当たりません。列は other に入れました"),
        format!("heading {heading} matches no field; its column is kept in other"),
    ];
    let Some([ja, en]) = other else {
        return Finding::new(Code::M009, message[0].clone(), message[1].clone()).with_severity(Severity::Info);
    };
    message[0].push_str(&format!("（「{ja}」かもしれません）"));
    message[1].push_str(&format!(" (it may be {en})"));
    Finding::new(Code::M009, message[0].clone(), message[1].clone()).suggesting(en)
}
