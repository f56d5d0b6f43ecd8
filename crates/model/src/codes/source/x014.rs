//! X014: what an office file does not show as it is stored, or does not show at all.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X014,
    severity: Severity::Info,
    title: ["Excel・Word で隠れているか、見え方の分からないもの", "Hidden in an office file, or of an unknown look"],
    what: [
        "Excel の隠れたシート・行・列にある文字と、Word・OpenDocument の隠し文字は、紙にも画面にも出ないので読みません。表示形式の分からない数は、保存されているとおりに書きます。Word・OpenDocument の文書で自動で付く番号（1、(1) など）は、画面に出るとおり段落の前に書きますが、表の中のものと、書き方の分からないものは記録に入りません。",
        "Text in hidden sheets, rows and columns of Excel files, and hidden text of Word and OpenDocument files, is not read: nobody sees it. Numbers of an unknown format are written as they are stored. Numbers that Word and OpenDocument texts make by themselves are written before their paragraphs as they are shown; those in tables, and those in a format that is not known, are not in the record.",
    ],
    example: None,
    action: ["元のファイルで、隠れたものと数の見え方を確かめてください。", "See in the original what is hidden, and how the numbers look."],
    case: Case::Fixture("X014.xlsx"),
};

/// A sheet that is hidden.
#[must_use]
pub fn hidden_sheet(name: &str) -> Finding {
    let ja = format!("隠れたシート「{name}」は読んでいません");
    let en = format!("the hidden sheet {name} is not read");
    Finding::new(Code::X014, ja, en)
}

/// Cells in hidden rows and columns.
#[must_use]
pub fn hidden_cells(sheet: &str, count: usize) -> Finding {
    let ja = format!("シート「{sheet}」の隠れた行か列にある {count} 個のセルは読んでいません");
    let en = format!("{count} cells in hidden rows or columns of sheet {sheet} are not read");
    Finding::new(Code::X014, ja, en)
}

/// A number whose format is not known, with the format where the file says one.
#[must_use]
pub fn as_stored(shown: &str, format: Option<&str>) -> Finding {
    let (ja, en) = match format {
        Some(format) => (format!("表示形式「{format}」を知らない"), format!("has the format {format:?}, which is not known here,")),
        None => ("表示形式がファイルから分からない".to_owned(), "has a format that the file does not tell".to_owned()),
    };
    let ja = format!("数 {shown} は、{ja}ため、保存されているとおりに書きました");
    Finding::new(Code::X014, ja, format!("the number {shown} {en} and is written as it is stored")).with_severity(Severity::Warning)
}

/// Text of a Word or OpenDocument file that is formatted as hidden.
#[must_use]
pub fn hidden_text(count: usize) -> Finding {
    let ja = format!("隠し文字の書式の {count} 字は読んでいません");
    let en = format!("{count} characters that are formatted as hidden text are not read");
    Finding::new(Code::X014, ja, en)
}

/// Paragraphs whose numbers the file does not write out.
#[must_use]
pub fn automatic_numbers(count: usize) -> Finding {
    let ja = format!("{count} 個の段落の番号はワープロソフトが自動で付けるもので、記録に入っていません");
    let en = format!("{count} paragraphs have numbers that the word processor makes by itself; they are not in the record");
    Finding::new(Code::X014, ja, en).with_severity(Severity::Warning)
}

/// Shapes with text that are hidden.
#[must_use]
pub fn hidden_shapes(sheet: &str, count: usize) -> Finding {
    let ja = format!("シート「{sheet}」の隠れた図形 {count} 個の文字は読んでいません");
    let en = format!("{count} hidden shapes of sheet {sheet} hold text that is not read");
    Finding::new(Code::X014, ja, en)
}

/// Cells of a sheet whose look shows nothing.
#[must_use]
pub fn blank_cells(sheet: &str, count: usize) -> Finding {
    let ja = format!("シート「{sheet}」の、画面に見えない書式（白い字、;;; など）の {count} 個のセルは読んでいません");
    let en = format!("sheet {sheet:?}: {count} cells whose look shows nothing (white letters, the format ;;;) were not read");
    Finding::new(Code::X014, ja, en)
}

/// Rules of a sheet strike cells out, and which ones was not worked out.
#[must_use]
pub fn struck_by_rule(sheet: &str) -> Finding {
    let ja = format!("シート「{sheet}」には、条件付き書式の取り消し線があります。どのセルに付くかは読んでいません");
    let en = format!("rules of the sheet {sheet:?} strike cells out; which ones was not worked out");
    Finding::new(Code::X014, ja, en)
}
