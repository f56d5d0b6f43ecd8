//! What is signed: a batch, its files and their hashes, what was found, sampled, decided and put right, as data and as
//! pages for paper. A chain of hashes over all files, and a seal over the whole, show a change after signing.

mod bound;
mod chain;
mod draw;
mod links;
mod page;
mod reliability;
mod sample;
mod summary;
mod tongue;

pub use bound::{Bound, Hashed, Page, Role, bind, no_seal};
pub use chain::{Broken, Link, Look, State, chain, seal, verify};
pub use page::html;
pub use reliability::{Band, reliability};
pub use summary::{Balance, Kind, Summary, Weak};

use crate::sampling::{Decision, Plan};
use seisho_model::output::{LedgerRun, Run};
use serde::{Deserialize, Serialize};

/// What is signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What the file is.
    pub format: String,
    /// When it was made: the time of the place, RFC 3339.
    pub made: String,
    /// When the run started, in the same time (since 2).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub started: String,
    /// The folder of results.
    pub results: String,
    /// The run: versions, options, totals.
    pub run: Run,
    /// Engines that read pictures.
    pub engines: Vec<String>,
    /// The files, each bound to the one before.
    pub files: Vec<Link>,
    /// What the documents hold and what was found in them.
    pub summary: Summary,
    /// Documents that were changed by hand since the run wrote them: their values are not the run's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<String>,
    /// The plan, without its sample.
    pub plan: Option<Plan>,
    /// Whether the sample was drawn from these very results, and not from those before corrections or another conversion.
    pub is_of_these_results: bool,
    /// What was decided by it.
    pub decision: Option<Decision>,
    /// Who looked.
    pub readers: Vec<String>,
    /// What became of the ledger.
    pub corrections: Option<LedgerRun>,
    /// How often values of a confidence were right, where readers looked.
    pub reliability: Vec<Band>,
    /// The folder of results, from the folder of the report (since 2).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub results_at: String,
    /// The files that it speaks of, each bound to the one before (since 2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bound: Vec<Bound>,
    /// The page that is printed (since 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// SHA-256 of all of the above; what is signed.
    #[serde(default)]
    pub seal: String,
}

/// The format that a report names.
pub const FORMAT: &str = "seisho-report/2";

/// The format before: bound to nothing but the documents.
pub const FIRST_FORMAT: &str = "seisho-report/1";
