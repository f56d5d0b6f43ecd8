//! A table that was put together of its words goes the way of every table; what else its words would allow is said.

use super::drafts::{self, Draft, Setting};
use super::fields;
use super::table::{Heading, Rows};
use crate::recorder::Recorder;
use seisho_forms::Forms;
use seisho_japanese::dates::FiscalYear;
use seisho_model::record::Goal;
use seisho_model::{Code, Finding, Pointer, Run};
use seisho_reading::Reader;
use seisho_recover::{Alternative, Evidence, Recovered};

/// Maps the rows to goals.
pub(crate) fn map(
    recovered: &Recovered,
    year: Option<&FiscalYear>,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<Goal> {
    for (run, role) in &recovered.furniture {
        recorder.furniture(run, *role);
    }
    let Some(table) = &recovered.table else {
        no_rows(recorder);
        return Vec::new();
    };
    let rows = Rows::new(table, &forms.goal_table.columns, reader);
    let heading = Heading::of_fields(&recovered.fields);
    let mut drafts: Vec<Draft> = Vec::with_capacity(recovered.rows.len());
    for (index, known) in (0..).zip(&recovered.rows) {
        let setting = Setting { page: known.page, first_on_page: false, shows_merges: false, has_numbers: true, page_joins: false };
        drafts::take(rows.row(index, &heading), setting, &mut drafts, reader, recorder);
    }
    for (row, (draft, known)) in drafts.iter_mut().zip(&recovered.rows).enumerate() {
        draft.candidates.clone_from(&known.candidates);
        if let Some(numbers) = &known.candidates {
            open_number(row, numbers, &draft.number_run, recorder);
        }
    }
    say_how(recovered.evidence, recorder);
    for alternative in &recovered.alternatives {
        say_alternative(alternative, &drafts, recorder);
    }
    fields::write(&drafts, year, forms, reader, recorder)
}

/// Says that the rows are lost.
fn no_rows(recorder: &mut Recorder<'_>) {
    recorder.findings.push(Finding::new(
        Code::L003,
        "目標表の見出しがありますが、行と列の位置が失われているため、行を復元していません",
        "the headings of a goal table are there, but rows and columns are lost; no rows were rebuilt",
    ));
}

/// Says what told the rows.
fn say_how(evidence: Evidence, recorder: &mut Recorder<'_>) {
    let (ja, en) = match evidence {
        Evidence::RowByRow => ("番号の順に並んだ", "row by row"),
        Evidence::SharedWords => ("語のつながりから組にした", "by the words that they share"),
        Evidence::ColumnOrder => ("列ごとの並びからたどった", "by the order of the columns"),
    };
    let ja = format!("位置の失われた表を、{ja}行として復元しました");
    recorder.findings.push(Finding::new(Code::L006, ja, format!("the rows of a dump were put together {en}")));
}

/// Says which numbers a row could have.
fn open_number(row: usize, numbers: &[u32], at: &Run, recorder: &mut Recorder<'_>) {
    let listed = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let ja = format!("番号は {listed} のどれかで、一つに定まりません");
    let finding = Finding::new(Code::M013, ja, format!("the number is one of {listed}; the text does not say which"));
    recorder.findings.push(finding.at(at.clone()).about(Pointer::goal(row).field("number")).suggesting(listed));
}

/// Says of a cell that it may be of other rows.
fn say_alternative(alternative: &Alternative, drafts: &[Draft], recorder: &mut Recorder<'_>) {
    let Alternative { row, field, others } = alternative;
    let number = |row: usize| drafts[row].number.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let lines = drafts[*row].cells.get(field).into_iter().flatten();
    let run = Run(lines.flat_map(|l| l.run.0.iter().copied()).collect());
    let ja = format!("{}が番号 {} の行のものかどうか、確かではありません", field.name_ja(), number(*row));
    let en = format!("whether this {} belongs to row {} is uncertain", field.name(), number(*row));
    let finding = Finding::new(Code::M014, ja, en).about(Pointer::goal(*row).field(field.name()));
    let finding = if run.is_empty() { finding } else { finding.at(run) };
    let numbers = others.iter().map(|&r| number(r)).collect::<Vec<_>>().join(", ");
    recorder.findings.push(if numbers.is_empty() { finding } else { finding.suggesting(numbers) });
}
