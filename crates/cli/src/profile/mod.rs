//! `seisho profile`: drafting and checking profiles of forms.

mod check;
mod draft;

use crate::End;
use crate::args::Profile as What;
use crate::screen::lang::{Lang, Stop};
use seisho_batch::Error;
use seisho_batch::files::profiles;

/// Drafts or checks.
pub(crate) fn profile(what: &What, lang: Lang) -> Result<End, Stop> {
    match what {
        What::New { files, out, record, password, conversion } => {
            let asked = draft::Asked { files, out: out.as_deref(), record: *record };
            draft::draft(&asked, &conversion.read()?, &password.read()?, lang)
        }
        What::Check { file, docs, pictures, password, conversion } => {
            let text = profiles::read(file).map_err(|problem| Error::Profiles(vec![(file.display().to_string(), problem)]))?;
            let asked = check::Asked { file, text, docs, pictures: pictures.as_deref() };
            check::check(&asked, &conversion.read()?, &password.read()?, lang)
        }
    }
}
