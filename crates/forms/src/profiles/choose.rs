//! Which profile a document fits: by its title and by the headings that stand in it.

use super::{FieldEntry, Profile};
use seisho_japanese::normalize::match_text;
use std::collections::BTreeSet;

/// The profile that was chosen, and another that fits as well.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'p> {
    /// The one.
    pub profile: &'p Profile,
    /// The other.
    pub rival: Option<&'p Profile>,
}

/// Fewer headings of a profile than this are no sign of its form.
const FEWEST: usize = 2;

/// How a document and a profile go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Fields of which a heading is there.
    pub found: usize,
    /// Fields of which none is, by id.
    pub missing: Vec<String>,
    /// Marks that are not there.
    pub marks: Vec<String>,
    /// Whether the title has one of the profile's words.
    pub has_title: bool,
}

impl Fit {
    /// Whether the document is of the profile's form.
    #[must_use]
    pub fn is_fit(&self, profile: &Profile) -> bool {
        let fields = profile.file.fields.len();
        let has_marks = if profile.file.marks.is_empty() { self.found * 2 >= fields } else { self.marks.is_empty() };
        self.has_title && has_marks && self.found >= FEWEST.min(fields)
    }
}

/// What of a profile stands in a document.
#[must_use]
pub fn fit(profile: &Profile, texts: &[String]) -> Fit {
    fit_keys(profile, &keys(texts))
}

fn keys(texts: &[String]) -> BTreeSet<String> {
    texts.iter().map(|t| match_text(t)).collect()
}

fn fit_keys(profile: &Profile, keys: &BTreeSet<String>) -> Fit {
    let file = &profile.file;
    let stands = |key: String| keys.contains(&key);
    // One cell below another, or all in one; a remark in brackets may be left out.
    let has =
        |heading: &str| stands(match_text(heading)) || heading.contains(' ') && heading.split(' ').all(|part| stands(match_text(part)));
    let is_before_brackets = |heading: &str| {
        let open = format!("{}(", match_text(heading));
        keys.range(open.clone()..).next().is_some_and(|k| k.starts_with(&open))
    };
    let is_there = |f: &&FieldEntry| f.headings.iter().any(|h| has(h) || is_before_brackets(h));
    let titles: Vec<String> = file.titles.iter().map(|t| match_text(t)).collect();
    let (there, missing): (Vec<&FieldEntry>, Vec<&FieldEntry>) = file.fields.iter().partition(is_there);
    Fit {
        found: there.len(),
        missing: missing.into_iter().map(|f| f.id.clone()).collect(),
        marks: file.marks.iter().filter(|m| !has(m)).cloned().collect(),
        has_title: titles.is_empty() || titles.iter().any(|t| keys.iter().any(|k| k.contains(t.as_str()))),
    }
}

/// Chooses by what stands in cells and lines: the profile with the most headings in the document, of those whose title and
/// marks are there. Of two with as many the first by id.
#[must_use]
pub fn choose<'p>(profiles: &'p [Profile], texts: &[String]) -> Option<Choice<'p>> {
    if profiles.is_empty() {
        return None;
    }
    let keys = keys(texts);
    let fits = profiles.iter().map(|p| (fit_keys(p, &keys), p)).filter(|(fit, p)| fit.is_fit(p));
    let mut fits: Vec<(usize, &Profile)> = fits.map(|(fit, p)| (fit.found, p)).collect();
    fits.sort_by(|(a, p), (b, q)| b.cmp(a).then_with(|| p.file.id.cmp(&q.file.id)));
    let (found, profile) = *fits.first()?;
    let rival = fits.get(1).filter(|(other, _)| *other == found).map(|(_, p)| *p);
    Some(Choice { profile, rival })
}
