//! The engine as the options want it.

use super::fallback::OtherProcess;
use super::wire::Setup;
use crate::Error;
use crate::options::ProfileText;
use seisho_extract::Limits;
use seisho_model::record::YearFrom;
use seisho_pipeline::profiles::Profile;
use seisho_pipeline::{Engine, Ledger, Options};
use std::sync::Arc;

/// Stack of a thread that converts: forms of a PDF that call each other go deep.
pub(crate) const STACK: usize = 64 << 20;

/// An engine with these options.
///
/// # Errors
/// When a profile is none, or the program's own data is damaged, which no sound build is.
pub fn engine(setup: &Setup) -> Result<Engine, Error> {
    let Setup { conversion, password, page_threads, fallback, held } = setup;
    let bounds = &conversion.bounds;
    let limits = Limits {
        bytes: bounds.max_bytes,
        pages: bounds.max_pages,
        operations: bounds.max_operations,
        pixels: bounds.max_pixels,
        stream: bounds.max_stream,
    };
    let year = conversion.fiscal_year.as_deref().and_then(seisho_pipeline::year::of_option).map(|year| (year, YearFrom::Option));
    let fallback = Arc::new(OtherProcess::new(fallback.clone()));
    let extraction =
        seisho_extract::Options { limits, fallback: Some(fallback), password: password.clone(), ..seisho_extract::Options::default() };
    let profiles: Result<Vec<Profile>, Error> = conversion.profiles.iter().map(profile).collect();
    let engine = Engine::new(extraction)?.with_profiles(profiles?);
    Ok(engine
        .with_ledger(Ledger { lines: conversion.corrections.clone(), held: held.clone() })
        .with_options(Options { page_joins: !conversion.no_page_joins, year, as_form: false })
        .with_engines(conversion.scans.engines().with_threads(*page_threads)))
}

fn profile(given: &ProfileText) -> Result<Profile, Error> {
    Profile::read(&given.text).map_err(|problems| Error::Profiles(problems.into_iter().map(|p| (given.name.clone(), p)).collect()))
}
