//! `seisho audit` and `seisho review`: how good a finished batch is, and what is to be put right.

pub(crate) mod args;
mod check;
mod compare;
mod corrections;
mod door;
mod report;
mod results;
mod review;
mod sampling;
mod sources;
mod works;

pub(crate) use review::review;

use crate::End;
use crate::screen::lang::{Lang, Stop};
use args::Audit;
use corrections::From;

/// All that `seisho audit` does.
pub(crate) fn audit(what: &Audit, lang: Lang) -> Result<End, Stop> {
    match what {
        Audit::Check { results, json, csv } => check::check(results, json.as_deref(), csv.as_deref(), lang),
        Audit::Compare(options) => compare::compare(options, lang),
        Audit::Diff { before, after } => compare::diff(before, after, lang),
        Audit::Plan(options) => sampling::plan(options, lang),
        Audit::Decide { plan, works, to } => sampling::decide(plan, works, to.as_deref(), lang),
        Audit::Corrections { works, edited, by, confirmed, to } => match edited {
            Some(folder) => corrections::corrections(&From::Edited(folder, by.as_deref().unwrap_or_default()), to, lang),
            None => corrections::corrections(&From::Works(works, by.as_deref(), *confirmed), to, lang),
        },
        Audit::Report { results, plan, work, corrections, to } => {
            let (plan, ledger) = (plan.as_deref(), corrections.as_deref());
            report::report(&report::Options { results, plan, works: work, ledger, to }, lang)
        }
        Audit::Verify { report, results } => report::verify(report, results.as_deref(), lang),
        Audit::Agree { first, second } => corrections::agree(first, second, lang),
    }
}
