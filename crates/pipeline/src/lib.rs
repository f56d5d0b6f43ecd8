//! The one place where the order of the stages can be read.
//!
//! ```text
//! bytes ─extract→ Pages ─layout→ Layout ─schema (with japanese)→ Mapped ─audit→ findings ─assemble→ Document
//!                  └ pages that are pictures: ─scan→ rulings ─layout→ regions ─scan→ crops ─ocr→ symbols ─scan→ glyphs
//! ```

mod assemble;
mod corrected;
mod error;
mod pictures;
mod records;
pub mod year;

pub use assemble::{assemble, sha256, sha256_of};
pub use records::{counts, records};

use seisho_audit::Holdings;
use seisho_audit::ledger::{Correction, lay};
use seisho_extract::Extracted;
use seisho_forms::Forms;
use seisho_forms::profiles::Profile;
use seisho_japanese::tokenizer::Tokenizer;
use seisho_model::codes::head::m020;
use seisho_model::layout::{Layout, StandIn};
use seisho_model::output::Laid;
use seisho_model::record::{Document, Part};
use seisho_model::{Finding, Keep, Location, Pages, Pointer, is_visible};
use seisho_ocr::Ocr;
use seisho_reading::Mender;
use seisho_schema::PartOf;
use std::collections::BTreeSet;
use std::sync::Arc;

pub use error::Error;
pub use seisho_forms::{Field, profiles};
pub use seisho_ocr::{Engines, Found, Needs, When};
pub use seisho_schema::{Options, SeenHeading, texts};

/// All that documents share: forms, words, limits. Built once, read by all threads.
pub struct Engine {
    forms: Forms,
    mender: Mender,
    tokenizer: Tokenizer,
    extraction: seisho_extract::Options,
    options: Options,
    engines: Engines,
    watcher: Option<Watcher>,
    ledger: Ledger,
}

/// Corrections that are laid over documents.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Its lines.
    pub lines: Vec<Correction>,
    /// Ids of those that are laid over no file but their own: two documents could be meant.
    pub held: BTreeSet<String>,
}

/// Hears of every page that takes long, before it is read: which one, from 1, of how many.
pub type Watcher = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// Scratch of one thread.
pub struct Worker {
    /// The thread's own tokenizer.
    pub words: seisho_japanese::tokenizer::Worker,
    /// The thread's own reader of pictures; none until the first picture comes.
    ocr: Option<Box<dyn Ocr>>,
}

/// The program's own data is damaged.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A built-in profile.
    #[error("a built-in profile is damaged")]
    Forms(#[from] seisho_forms::Error),
    /// The dictionary.
    #[error("the built-in dictionary is damaged")]
    Dictionary(#[from] seisho_dictionary::Error),
}

impl Engine {
    /// Loads forms and words from the program itself.
    ///
    /// # Errors
    /// When they are damaged, which no sound build is.
    pub fn new(extraction: seisho_extract::Options) -> Result<Self, SetupError> {
        Ok(Self {
            forms: Forms::built_in()?,
            mender: Mender::built_in(),
            tokenizer: Tokenizer::new()?,
            extraction,
            options: Options::default(),
            engines: Engines::default(),
            watcher: None,
            ledger: Ledger::default(),
        })
    }

    /// The same with other options.
    #[must_use]
    pub fn with_options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// The same, reading tables as labels and values even where nothing says that they are a form.
    #[must_use]
    pub fn as_form(mut self) -> Self {
        self.options.as_form = true;
        self
    }

    /// The same, taking rows below any heading for goals.
    #[must_use]
    pub fn as_goals(mut self) -> Self {
        self.forms.goal_table.any_words = true;
        self
    }

    /// With profiles of users.
    #[must_use]
    pub fn with_profiles(mut self, profiles: Vec<Profile>) -> Self {
        self.forms = self.forms.with_profiles(profiles);
        self
    }

    /// With other engines of pictures than the default ones.
    #[must_use]
    pub fn with_engines(mut self, engines: Engines) -> Self {
        self.extraction.pictures_first = engines.when == When::Always;
        self.engines = engines;
        self
    }

    /// The same, with somebody who hears of pages that take long.
    #[must_use]
    pub fn with_watcher(self, watcher: Watcher) -> Self {
        Self { watcher: Some(watcher), ..self }
    }

    /// The same, laying corrections over what was read.
    #[must_use]
    pub fn with_ledger(self, ledger: Ledger) -> Self {
        Self { ledger, ..self }
    }

    /// Finds what reads pictures now instead of with the first picture; what that needs of the system.
    #[must_use]
    pub fn prepare(&self) -> Needs {
        self.engines.prepare()
    }

    /// Scratch for one thread.
    #[must_use]
    pub fn worker(&self) -> Worker {
        Worker { words: self.tokenizer.worker(), ocr: None }
    }

    /// Scratch for one thread that reads pictures with this reader.
    #[must_use]
    pub fn worker_with(&self, ocr: Box<dyn Ocr>) -> Worker {
        Worker { words: self.tokenizer.worker(), ocr: Some(ocr) }
    }

    /// Converts one source. `path` is what the document says of itself.
    ///
    /// # Errors
    /// When the source cannot be read at all; what is wrong inside a readable one is a finding.
    pub fn convert(&self, path: &str, bytes: &[u8], worker: &mut Worker) -> Result<Document, Error> {
        Ok(self.trace(path, bytes, worker)?.document)
    }

    /// Converts one source and keeps what the stages handed on, for those who want to see why.
    ///
    /// # Errors
    /// As [`Engine::convert`].
    pub fn trace(&self, path: &str, bytes: &[u8], worker: &mut Worker) -> Result<Trace, Error> {
        let read = self.read(bytes, worker)?;
        let mut findings = read.findings.clone();
        let layout = lay_out(&read.extracted.pages, &read, &mut findings);
        findings.extend(seisho_schema::same_pages(&read.extracted.pages));
        Ok(self.record(path, bytes, read.extracted, layout, findings, None, worker))
    }

    /// Converts one source into its documents: one, or several where it holds several and is not to be taken `as_one`.
    ///
    /// # Errors
    /// As [`Engine::convert`].
    pub fn documents(&self, path: &str, bytes: &[u8], as_one: bool, worker: &mut Worker) -> Result<Vec<(Document, Laid)>, Error> {
        let read = self.read(bytes, worker)?;
        let mut findings = read.findings.clone();
        let layout = lay_out(&read.extracted.pages, &read, &mut findings);
        let pages = &read.extracted.pages;
        let again = seisho_schema::same_pages(pages);
        let is_html = read.extracted.media_type == "text/html";
        let mut parts = seisho_schema::parts(pages, &layout, is_html, &self.forms, &self.mender, &mut worker.words);
        if as_one {
            parts.clear();
        }
        if parts.is_empty() {
            findings.extend(again);
            let Trace { document, laid, .. } = self.record(path, bytes, read.extracted, layout, findings, None, worker);
            return Ok(vec![(document, laid)]);
        }
        let mut documents = Vec::with_capacity(parts.len());
        for PartOf { part, keeps } in parts {
            let pages = Pages(pages.0.iter().zip(&keeps).map(|(page, keep)| page.only(keep)).collect());
            let is_of_it = |finding: &&Finding| match &finding.location {
                Location::Document | Location::Bytes(_) => true,
                Location::Text(run) => run.0.iter().any(|p| pages.text(*p).chars().any(is_visible)),
                Location::Boxes(page, _) => keeps.get(*page as usize - 1).is_some_and(|keep| *keep != Keep::Nothing),
            };
            let mut findings: Vec<Finding> = read.findings.iter().chain(&again).filter(is_of_it).cloned().collect();
            findings.push(m020::parted(&part));
            let extracted = Extracted { pages, ..read.extracted.clone() };
            let layout = lay_out(&extracted.pages, &read, &mut findings);
            let Trace { document, laid, .. } = self.record(path, bytes, extracted, layout, findings, Some(part), worker);
            documents.push((document, laid));
        }
        // A part that is no document of its own says that what was taken for heads are none.
        let is_document = |d: &Document| d.title.is_some() && !(d.goals.is_empty() && d.sections.is_empty() && d.form.is_empty());
        if documents.iter().all(|(document, _)| is_document(document)) {
            return Ok(documents);
        }
        let mut findings = read.findings.clone();
        findings.extend(again);
        let layout = lay_out(&read.extracted.pages, &read, &mut findings);
        let Trace { document, laid, .. } = self.record(path, bytes, read.extracted, layout, findings, None, worker);
        Ok(vec![(document, laid)])
    }

    /// What the source says, its pictures read.
    fn read(&self, bytes: &[u8], worker: &mut Worker) -> Result<Read, Error> {
        let mut findings = Vec::new();
        let mut extracted = seisho_extract::read(bytes, &self.extraction)?.unpack(&mut findings);
        let (extraction, engines, watcher) = (&self.extraction, &self.engines, self.watcher.as_ref());
        let read = pictures::read(extracted.pages, bytes, extraction, engines, watcher, worker)?.unpack(&mut findings);
        extracted.pages = read.pages;
        Ok(Read { extracted, stand_ins: read.stand_ins, findings })
    }

    /// What a layout means, as a finished document.
    #[expect(clippy::too_many_arguments, reason = "what the stages before handed on")]
    fn record(
        &self,
        path: &str,
        bytes: &[u8],
        extracted: Extracted,
        layout: Layout,
        mut findings: Vec<Finding>,
        part: Option<Part>,
        worker: &mut Worker,
    ) -> Trace {
        let pages = &extracted.pages;
        let options = Options { year: self.options.year.clone().or_else(|| year::of_path(path)), ..self.options.clone() };
        let mut mapped = seisho_schema::map(pages, &layout, &self.forms, &self.mender, &options, &mut worker.words);
        findings.append(&mut mapped.findings);
        let holdings = Holdings { values: &mapped.claimed, remainder: &mapped.left, markup: &layout.markup };
        findings.extend(seisho_audit::coverage(pages, &holdings));
        let engine = worker.ocr.as_ref().map(|ocr| ocr.name());
        let document = assemble(path, bytes, &extracted, engine, mapped.body, findings, part);
        let derive = |json: &mut serde_json::Value, at: &Pointer, now: &str| corrected::write(json, at, now);
        let laying = lay(document, &self.ledger.lines, &self.ledger.held, &derive);
        Trace { pages: extracted.pages, layout, document: laying.document, laid: laying.laid, headings: mapped.headings }
    }
}

/// What a source says.
struct Read {
    extracted: Extracted,
    stand_ins: Vec<StandIn>,
    findings: Vec<Finding>,
}

/// Where things stand on the pages of a source, or on those of one of its documents.
fn lay_out(pages: &Pages, read: &Read, findings: &mut Vec<Finding>) -> Layout {
    seisho_layout::lay_out(pages, read.extracted.media_type).unpack(findings).with_stand_ins(read.stand_ins.clone())
}

/// What the stages of a conversion handed on.
pub struct Trace {
    /// What the source said.
    pub pages: Pages,
    /// What stands where.
    pub layout: Layout,
    /// What it means, with its corrections.
    pub document: Document,
    /// What became of the corrections that concern it.
    pub laid: Laid,
    /// The headings of goals, with what their columns were taken for.
    pub headings: Vec<SeenHeading>,
}
