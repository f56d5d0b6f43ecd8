//! From layout to record: forms as data, heading words, goals, provisions. Knows what things mean, by the
//! words of the profiles; refuses to know files and formats.

mod bundle;
mod form;
mod goals;
mod head;
mod policy;
mod recorder;
mod sums;
mod tables;

pub use bundle::{PartOf, same_pages};
use goals::IsDump;
pub use goals::SeenHeading;
use recorder::{Account, Recorder};
use seisho_forms::Forms;
use seisho_forms::profiles::{self, RecordKind};
use seisho_japanese::dates::FiscalYear;
use seisho_japanese::tokenizer::Worker;
use seisho_model::codes::goals::m018;
use seisho_model::codes::head::m011;
use seisho_model::codes::layout::l003;
use seisho_model::layout::{Block, Layout};
use seisho_model::record::{self, Body, Kind, ProfileId, YearFrom};
use seisho_model::{Finding, Pages, Piece, Run};
use seisho_reading::{Mender, Reader};
use seisho_recover::Doubts;

/// What a document says, and the account of its text.
pub struct Mapped {
    /// What it says.
    pub body: Body,
    /// Text that values hold.
    pub claimed: Vec<Piece>,
    /// Text that the remainder holds.
    pub left: Vec<Piece>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
    /// The headings of goals, with what their columns were taken for.
    pub headings: Vec<SeenHeading>,
}

/// How a layout is mapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Put together what a page end cut: tables, rows, paragraphs.
    pub page_joins: bool,
    /// The fiscal year of a document that names none, and who says so.
    pub year: Option<(FiscalYear, YearFrom)>,
    /// Read tables as labels and values even where nothing says that they are a form: for drafts of profiles.
    pub as_form: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { page_joins: true, year: None, as_form: false }
    }
}

/// The documents of a file that holds several; none of a file of one.
#[must_use]
pub fn parts(pages: &Pages, layout: &Layout, is_html: bool, forms: &Forms, mender: &Mender, worker: &mut Worker) -> Vec<PartOf> {
    let spaced_scripts = seisho_reading::has_spaced_scripts(pages);
    bundle::parts(layout, is_html, forms, &mut Reader { pages, layout, worker, spaced_scripts, mender })
}

/// Maps a layout to a record.
#[must_use]
pub fn map(pages: &Pages, layout: &Layout, forms: &Forms, mender: &Mender, options: &Options, worker: &mut Worker) -> Mapped {
    let following = followed(pages, layout, forms);
    let forms = following.as_ref().map_or(forms, |f| f.forms);
    let mended = policy::mended(pages, layout);
    let layout = mended.as_ref().unwrap_or(layout);
    let spaced_scripts = seisho_reading::has_spaced_scripts(pages);
    let mut reader = Reader { pages, layout, worker, spaced_scripts, mender };
    let mut recorder = Recorder::new(pages);
    for apart in &layout.apart {
        recorder.furniture(&apart.run, apart.role);
    }
    let regrouped = seisho_recover::regroup(&layout.blocks, forms, &mut reader);
    let none = Doubts::default();
    let (blocks, doubts) = regrouped.as_ref().map_or((&layout.blocks, &none), |r| (&r.blocks, &r.doubts));
    // Lines are put side by side where goals come out of it, and nowhere else.
    let unstacked = goals::unstacked(blocks).filter(|u| goals::Tables::new(u, forms, &reader).have_goals());
    let blocks = unstacked.as_ref().unwrap_or(blocks);
    let tables = goals::Tables::new(blocks, forms, &reader);
    // A table of several sheets looks like one sheet, with its labels again and again.
    let parted = if tables.have_rows_once() { None } else { goals::parted(blocks, forms, &reader) };
    let turned = || if tables.have_goals() { None } else { goals::turned(blocks, forms, &reader) };
    let labelled = || if tables.have_goals() { None } else { goals::labelled(blocks, forms, &reader) };
    let turned = parted.or_else(turned).or_else(labelled);
    let (blocks, tables) = match &turned {
        Some(turned) => (turned, goals::Tables::new(turned, forms, &reader)),
        None => (blocks, tables),
    };
    recorder.findings.extend(following.as_ref().and_then(|f| f.doubt.clone()));
    let starts = bundle::find(&layout.blocks, forms, &mut reader);
    let is_form = options.as_form || forms.followed.as_ref().is_some_and(|p| p.file.record == RecordKind::Form);
    let is_dump = if is_form || tables.have_goals() { IsDump::No } else { goals::is_dump(blocks, forms, &mut reader) };
    let mut body = if is_form {
        policy_or_text(blocks, forms, options, &mut reader, &mut recorder)
    } else if tables.have_goals() {
        goal_table(blocks, &tables, doubts, forms, options, &mut reader, &mut recorder)
    } else if is_dump == IsDump::Yes {
        dump(blocks, forms, options, &mut reader, &mut recorder)
    } else {
        recorder.findings.extend((is_dump == IsDump::Perhaps).then(l003::perhaps));
        let is_refused = regrouped.as_ref().is_some_and(|r| r.is_refused) && turned.is_none();
        let as_laid_out = std::ptr::eq(blocks, &raw const layout.blocks);
        let with_tables = match () {
            () if is_refused => Some(seisho_recover::by_line(&layout.blocks, &reader)),
            () if as_laid_out && !layout.tabular.is_empty() => Some(tables::with_tabular(layout)),
            () => None,
        };
        policy_or_text(with_tables.as_ref().unwrap_or(blocks), forms, options, &mut reader, &mut recorder)
    };
    goals::choices::settle(&mut body.goals, layout, &forms.goal_table, &mut recorder);
    bundle::report(starts, &mut recorder);
    recorder.report_marks(layout);
    recorder.report_notes();
    let Account { evidence, remainder, page_joins, claimed, left, findings } = recorder.close(layout);
    let headings = tables.columns.names.seen;
    Mapped { body: Body { evidence, remainder, page_joins, ..body }, claimed, left, findings, headings }
}

/// The forms as the profile that a document fits changes them.
struct Following<'f> {
    forms: &'f Forms,
    /// Another profile that fits as well.
    doubt: Option<Finding>,
}

/// What the user's profiles say of a document; none where none fits.
fn followed<'f>(pages: &Pages, layout: &Layout, forms: &'f Forms) -> Option<Following<'f>> {
    if forms.profiles.is_empty() {
        return None;
    }
    let choice = profiles::choose(&forms.profiles, &texts(pages, layout))?;
    let doubt = choice.rival.map(|rival| m018::two(&choice.profile.file.id, &rival.file.id));
    Some(Following { forms: forms.of_profile(&choice.profile.file.id)?, doubt })
}

/// What stands in cells, lines and words: that by which a profile is chosen.
#[must_use]
pub fn texts(pages: &Pages, layout: &Layout) -> Vec<String> {
    let text = |run: &Run| -> String { run.0.iter().map(|&piece| pages.text(piece)).collect() };
    let mut texts: Vec<String> = Vec::new();
    for block in &layout.blocks {
        match block {
            Block::Table(table) => texts.extend(table.cells.iter().map(|cell| text(&cell.run()))),
            Block::Line(line) => {
                let line = text(&line.run);
                texts.extend(line.split_whitespace().map(str::to_owned));
                texts.push(line);
            }
            Block::PageBreak => {}
        }
    }
    texts
}

fn goal_table(
    blocks: &[Block],
    tables: &goals::Tables<'_>,
    doubts: &Doubts,
    forms: &Forms,
    options: &Options,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Body {
    let mapped = goals::map(blocks, tables, doubts, forms, options, reader, recorder);
    let tables = tables::write(blocks, mapped.other_tables.iter().copied(), options.page_joins, reader, recorder);
    let policy::Beside { preamble, sections, .. } = mapped.policy;
    Body { pages: Some(mapped.pages), goals: mapped.goals, preamble, sections, tables, ..of_goals(mapped.head, forms, recorder) }
}

/// What goal tables have in common.
fn of_goals(head: head::Written, forms: &Forms, recorder: &mut Recorder<'_>) -> Body {
    let form = &forms.goal_table;
    recorder.findings.extend(head.lacks.iter().cloned());
    let built_in = || ProfileId { id: form.id.clone(), version: form.version.clone() };
    let profile = Some(followed_id(forms).unwrap_or_else(built_in));
    Body { kind: Kind::GoalTable, profile, ..of_head(head) }
}

/// The profile of a user that a document follows.
fn followed_id(forms: &Forms) -> Option<ProfileId> {
    forms.followed.as_ref().map(|p| ProfileId { id: p.file.id.clone(), version: p.file.version.clone() })
}

fn dump(blocks: &[Block], forms: &Forms, options: &Options, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Body {
    let outline = seisho_recover::outline(blocks, forms, reader);
    let mut head = head::Head::default();
    let lines: Vec<Run> = outline.lines.iter().take(outline.first()).map(|l| l.run.clone()).collect();
    head.look_for_title(&lines, &forms.goal_table.titles, &forms.head, reader);
    let of_head = head::take_from_dump(&outline, &mut head, forms, reader, recorder);
    let recovered = outline.recover(&of_head, forms, reader);
    let head = head.write(&forms.head, options.year.as_ref(), reader, recorder);
    let goals = goals::map_recovered(&recovered, head.fiscal_year.as_ref(), forms, reader, recorder);
    Body { pages: form_feed_pages(reader.pages), goals, ..of_goals(head, forms, recorder) }
}

fn policy_or_text(blocks: &[Block], forms: &Forms, options: &Options, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Body {
    let policy = policy::map(blocks, forms, options, reader, recorder);
    let all: Vec<_> = blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).collect();
    let which = (0..blocks.len()).filter(|&i| matches!(blocks[i], Block::Table(_)));
    let tables = tables::write(blocks, which, options.page_joins, reader, recorder);
    let form = if policy.sections.is_empty() {
        form::read(&all, forms, options.as_form, policy.head.fiscal_year.as_ref(), reader, recorder)
    } else {
        Vec::new()
    };
    let kind = match (policy.sections.is_empty(), tables.is_empty(), form.is_empty()) {
        (false, _, _) => Kind::Policy,
        (true, _, false) => Kind::Form,
        (true, false, true) => Kind::Table,
        (true, true, true) => Kind::Text,
    };
    let profile = match kind {
        Kind::Policy => Some(ProfileId { id: forms.policy.id.clone(), version: forms.policy.version.clone() }),
        Kind::Form => followed_id(forms),
        _ => None,
    };
    match kind {
        Kind::Form if profile.is_some() => {}
        Kind::Policy => recorder.findings.extend(policy.head.lacks.iter().cloned()),
        // What a policy lacks is no fault of a document that is none.
        _ => recorder.findings.push(m011::no_form()),
    }
    let (pages, preamble, sections) = (form_feed_pages(reader.pages), policy.preamble, policy.sections);
    Body { kind, profile, pages, preamble, sections, form, tables, ..of_head(policy.head) }
}

fn form_feed_pages(pages: &Pages) -> Option<u32> {
    let is_drawn = pages.0.iter().any(|p| p.ink.is_some());
    (is_drawn || pages.0.len() > 1).then_some(pages.0.len() as u32)
}

/// What the head says.
fn of_head(head: head::Written) -> Body {
    let fiscal_year = head.fiscal_year.map(|y| record::FiscalYear {
        raw: y.raw,
        era: Some(y.era.name().to_owned()),
        year: Some(y.year),
        gregorian: y.gregorian,
        start: y.start.to_string(),
        end: y.end.to_string(),
    });
    let head::Written { title, dates, authors, department, year_from, .. } = head;
    Body { title, fiscal_year, year_from, dates, authors, department, ..Body::default() }
}

/// The places of a run, for findings.
#[must_use]
pub fn places(pages: &Pages, run: &Run) -> Vec<record::Place> {
    recorder::places(pages, run)
}
