//! A table that was put together of its words goes the way of every table; what else its words would allow is said.

use super::drafts::{self, Draft, Setting};
use super::second_look;
use super::table::grid::Rows;
use super::table::heading::{Heading, Names};
use super::values;
use crate::recorder::Recorder;
use seisho_forms::Forms;
use seisho_japanese::dates::FiscalYear;
use seisho_model::codes::goals::{m013, m014};
use seisho_model::codes::layout::{l003, l006};
use seisho_model::record::Goal;
use seisho_model::{Pointer, Run};
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
        recorder.findings.push(l003::no_rows());
        return Vec::new();
    };
    let rows = Rows::new(table, &forms.goal_table, reader);
    let heading = Heading::of_fields(&recovered.fields);
    let mut drafts: Vec<Draft> = Vec::with_capacity(recovered.rows.len());
    for (index, known) in (0..).zip(&recovered.rows) {
        let setting = Setting {
            page: known.page,
            first_on_page: false,
            shows_merges: false,
            has_numbers: true,
            page_joins: false,
            has_cells: false,
            profile: None,
        };
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
    let goals = values::write(&drafts, &Names::default(), year, forms, reader, recorder);
    if recovered.are_weighed {
        second_look::doubt_the_rest(&drafts, recorder);
    }
    goals
}

/// Says what told the rows.
fn say_how(evidence: Evidence, recorder: &mut Recorder<'_>) {
    recorder.findings.push(l006::rebuilt(match evidence {
        Evidence::RowByRow => l006::By::Numbers,
        Evidence::SharedWords => l006::By::Words,
        Evidence::ColumnOrder => l006::By::Columns,
    }));
}

/// Says which numbers a row could have.
fn open_number(row: usize, numbers: &[u32], at: &Run, recorder: &mut Recorder<'_>) {
    recorder.findings.push(m013::open(numbers).at(at.clone()).about(Pointer::goal(row).field("number")));
}

/// Says of a cell that it may be of other rows.
fn say_alternative(alternative: &Alternative, drafts: &[Draft], recorder: &mut Recorder<'_>) {
    let Alternative { row, field, others } = alternative;
    let number = |row: usize| drafts[row].number.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let lines = drafts[*row].cells.get(field).into_iter().flatten();
    let run = Run(lines.flat_map(|l| l.run.0.iter().copied()).collect());
    let finding = m014::of_row(field.names(), &number(*row)).about(Pointer::goal(*row).field(field.name()));
    let finding = if run.is_empty() { finding } else { finding.at(run) };
    let numbers = others.iter().map(|&r| number(r)).collect::<Vec<_>>().join(", ");
    recorder.findings.push(if numbers.is_empty() { finding } else { finding.suggesting(numbers) });
}
