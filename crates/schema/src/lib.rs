//! From layout to record: forms as data, heading words, goals, provisions. Knows what things mean, by the
//! words of the profiles; refuses to know files and formats.

mod goals;
mod head;
mod policy;
mod recorder;
mod tables;

use recorder::{Account, Recorder};
use seisho_forms::Forms;
use seisho_japanese::tokenizer::Worker;
use seisho_model::codes::head::m011;
use seisho_model::layout::{Block, Layout};
use seisho_model::record::{self, EvidenceMap, Kind, ProfileId, Remainder, Role};
use seisho_model::{Code, Finding, Pages, Piece, Run};
use seisho_reading::{Mender, Reader};
use std::collections::BTreeSet;

/// What a document says, before it is bound to its file.
pub struct Mapped {
    /// The kind of document.
    pub kind: Kind,
    /// The form that was recognised.
    pub profile: Option<ProfileId>,
    /// Pages, where the source shows them.
    pub pages: Option<u32>,
    /// Title.
    pub title: Option<String>,
    /// Fiscal year.
    pub fiscal_year: Option<record::FiscalYear>,
    /// Dates of the head.
    pub dates: record::Dates,
    /// Posts and names.
    pub authors: Vec<record::Author>,
    /// The unit of the first post.
    pub department: Option<String>,
    /// Goals.
    pub goals: Vec<record::Goal>,
    /// Paragraphs before the first provision.
    pub preamble: Vec<String>,
    /// Provisions.
    pub sections: Vec<record::Provision>,
    /// Tables that no profile fits.
    pub tables: Vec<record::Table>,
    /// What a page end cut.
    pub page_joins: Vec<record::PageJoin>,
    /// What is in no field.
    pub remainder: Vec<Remainder>,
    /// Where the values came from.
    pub evidence: EvidenceMap,
    /// Text that values hold.
    pub claimed: Vec<Piece>,
    /// Text that the remainder holds.
    pub left: Vec<Piece>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// How a layout is mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Put together what a page end cut: tables, rows, paragraphs.
    pub page_joins: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { page_joins: true }
    }
}

/// Maps a layout to a record.
#[must_use]
pub fn map(pages: &Pages, layout: &Layout, forms: &Forms, mender: &Mender, options: Options, worker: &mut Worker) -> Mapped {
    let mended = policy::mended(pages, layout);
    let layout = mended.as_ref().unwrap_or(layout);
    let spaced_scripts = seisho_reading::has_spaced_scripts(pages);
    let mut reader = Reader { pages, layout, worker, spaced_scripts, mender };
    let mut recorder = Recorder::new(pages);
    recorder.furniture(&layout.ruby, Role::Note);
    let regrouped = seisho_recover::regroup(&layout.blocks, forms, &mut reader);
    let none = BTreeSet::new();
    let (blocks, open) = regrouped.as_ref().map_or((&layout.blocks, &none), |r| (&r.blocks, &r.open));
    let tables = goals::Tables::new(blocks, forms, &reader);
    let draft = if tables.have_goals() {
        goal_table(blocks, &tables, open, forms, options, &mut reader, &mut recorder)
    } else if goals::is_dump(blocks, forms, &mut reader) {
        dump(blocks, forms, &mut reader, &mut recorder)
    } else {
        policy_or_text(blocks, forms, options, &mut reader, &mut recorder)
    };
    finish(draft, recorder.close(layout))
}

/// The parts that the kinds of documents fill.
struct Draft {
    kind: Kind,
    profile: Option<ProfileId>,
    pages: Option<u32>,
    head: head::Written,
    goals: Vec<record::Goal>,
    preamble: Vec<String>,
    sections: Vec<record::Provision>,
    tables: Vec<record::Table>,
}

fn goal_table(
    blocks: &[Block],
    tables: &goals::Tables<'_>,
    open: &BTreeSet<Piece>,
    forms: &Forms,
    options: Options,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Draft {
    let mapped = goals::map(blocks, tables, open, forms, options, reader, recorder);
    let others = mapped.other_tables.iter().filter_map(|&i| if let Block::Table(t) = &blocks[i] { Some(t) } else { None });
    let tables = tables::write(others, reader, recorder);
    let profile = Some(ProfileId { id: forms.goal_table.id.clone(), version: forms.goal_table.version.clone() });
    let (preamble, sections) = (Vec::new(), Vec::new());
    Draft { kind: Kind::GoalTable, profile, pages: Some(mapped.pages), head: mapped.head, goals: mapped.goals, preamble, sections, tables }
}

fn dump(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Draft {
    let outline = seisho_recover::outline(blocks, forms, reader);
    let mut head = head::Head::default();
    let of_head = head::take_from_dump(&outline, &mut head, forms, reader, recorder);
    let recovered = outline.recover(&of_head, forms, reader);
    let head = head.write(&forms.head, reader, recorder);
    let goals = goals::map_recovered(&recovered, head.fiscal_year.as_ref(), forms, reader, recorder);
    let profile = Some(ProfileId { id: forms.goal_table.id.clone(), version: forms.goal_table.version.clone() });
    let (preamble, sections, tables) = Default::default();
    Draft { kind: Kind::GoalTable, profile, pages: form_feed_pages(reader.pages), head, goals, preamble, sections, tables }
}

fn policy_or_text(blocks: &[Block], forms: &Forms, options: Options, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Draft {
    let policy = policy::map(blocks, forms, options, reader, recorder);
    let all = blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None });
    let tables = tables::write(all, reader, recorder);
    let kind = match (policy.sections.is_empty(), tables.is_empty()) {
        (false, _) => Kind::Policy,
        (true, false) => Kind::Table,
        (true, true) => Kind::Text,
    };
    let profile = (kind == Kind::Policy).then(|| ProfileId { id: forms.policy.id.clone(), version: forms.policy.version.clone() });
    if profile.is_none() {
        // What a policy lacks is no fault of a document that is none.
        recorder.findings.retain(|f| !matches!(f.code, Code::M001 | Code::M007 | Code::M008));
        recorder.findings.push(m011::no_form());
    }
    let pages = form_feed_pages(reader.pages);
    Draft { kind, profile, pages, head: policy.head, goals: Vec::new(), preamble: policy.preamble, sections: policy.sections, tables }
}

fn form_feed_pages(pages: &Pages) -> Option<u32> {
    let is_drawn = pages.0.iter().any(|p| p.ink.is_some());
    (is_drawn || pages.0.len() > 1).then_some(pages.0.len() as u32)
}

fn finish(draft: Draft, account: Account) -> Mapped {
    let head = draft.head;
    let fiscal_year = head.fiscal_year.map(|y| record::FiscalYear {
        raw: y.raw,
        era: Some(y.era.name().to_owned()),
        year: Some(y.year),
        gregorian: y.gregorian,
        start: y.start.to_string(),
        end: y.end.to_string(),
    });
    Mapped {
        kind: draft.kind,
        profile: draft.profile,
        pages: draft.pages,
        title: head.title,
        fiscal_year,
        dates: head.dates,
        authors: head.authors,
        department: head.department,
        goals: draft.goals,
        preamble: draft.preamble,
        sections: draft.sections,
        tables: draft.tables,
        page_joins: account.page_joins,
        remainder: account.remainder,
        evidence: account.evidence,
        claimed: account.claimed,
        left: account.left,
        findings: account.findings,
    }
}

/// The places of a run, for findings.
#[must_use]
pub fn places(pages: &Pages, run: &Run) -> Vec<record::Place> {
    recorder::places(pages, run)
}
