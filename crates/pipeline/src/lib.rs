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
use seisho_forms::Forms;
use seisho_forms::profiles::Profile;
use seisho_japanese::tokenizer::Tokenizer;
use seisho_model::layout::Layout;
use seisho_model::output::Laid;
use seisho_model::record::Document;
use seisho_model::{Pages, Pointer};
use seisho_ocr::Ocr;
use seisho_reading::Mender;
use std::collections::BTreeSet;
use std::sync::Arc;

pub use error::Error;
pub use seisho_forms::{Field, profiles};
pub use seisho_ocr::{Engines, Found, When};
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
        let mut findings = Vec::new();
        let mut extracted = seisho_extract::read(bytes, &self.extraction)?.unpack(&mut findings);
        let (extraction, engines, watcher) = (&self.extraction, &self.engines, self.watcher.as_ref());
        let read = pictures::read(extracted.pages, bytes, extraction, engines, watcher, worker)?.unpack(&mut findings);
        extracted.pages = read.pages;
        let pages = &extracted.pages;
        let layout = seisho_layout::lay_out(pages, extracted.media_type).unpack(&mut findings).with_stand_ins(read.stand_ins);
        let options = Options { year: self.options.year.clone().or_else(|| year::of_path(path)), ..self.options.clone() };
        let mut mapped = seisho_schema::map(pages, &layout, &self.forms, &self.mender, &options, &mut worker.words);
        findings.append(&mut mapped.findings);
        let holdings = Holdings { values: &mapped.claimed, remainder: &mapped.left, markup: &layout.markup };
        findings.extend(seisho_audit::coverage(pages, &holdings));
        let engine = worker.ocr.as_ref().map(|ocr| ocr.name());
        let document = assemble(path, bytes, &extracted, engine, mapped.body, findings);
        let derive = |json: &mut serde_json::Value, at: &Pointer, now: &str| corrected::write(&self.forms, json, at, now);
        let laying = lay(document, &self.ledger.lines, &self.ledger.held, &derive);
        Ok(Trace { pages: extracted.pages, layout, document: laying.document, laid: laying.laid, headings: mapped.headings })
    }
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
