//! The engine as the options want it.

use super::confine::confine;
use super::fallback::OtherProcess;
use super::limits;
use super::wire::Setup;
use crate::Error;
use crate::options::ProfileText;
use seisho_extract::{FallbackReader, Limits};
use seisho_model::output::Confinement;
use seisho_model::record::YearFrom;
use seisho_pipeline::profiles::Profile;
use seisho_pipeline::{Engine, Ledger, Options};
use std::path::PathBuf;
use std::sync::Arc;

/// Stack of a thread that converts: forms of a PDF that call each other go deep.
pub(crate) const STACK: usize = 64 << 20;

/// An engine with these options.
///
/// # Errors
/// When a profile is none, or the program's own data is damaged, which no sound build is.
pub fn engine(setup: &Setup) -> Result<Engine, Error> {
    engine_with(setup, Arc::new(OtherProcess::new(setup.fallback.clone())))
}

/// The same for one document that a command reads in a process made for that: gives up all that the document does not
/// need. The fallback reader is started before. `folders`: what is read afterwards besides.
///
/// # Errors
/// As above.
pub fn confined_engine(setup: &Setup, folders: Vec<PathBuf>) -> Result<(Engine, Confinement), Error> {
    limits::end_with_parent();
    let engine = engine_with(setup, Arc::new(OtherProcess::started(setup.fallback.clone())))?;
    let mut needs = engine.prepare();
    needs.folders.extend(folders);
    let confinement = confine(&needs);
    Ok((engine, confinement))
}

/// The same, with another way to the fallback reader.
pub(crate) fn engine_with(setup: &Setup, fallback: Arc<dyn FallbackReader>) -> Result<Engine, Error> {
    let Setup { conversion, password, page_threads, fallback: _, held } = setup;
    let bounds = &conversion.bounds;
    let limits = Limits {
        bytes: bounds.max_bytes,
        pages: bounds.max_pages,
        operations: bounds.max_operations,
        pixels: bounds.max_pixels,
        stream: bounds.max_stream,
    };
    let year = conversion.fiscal_year.as_deref().and_then(seisho_pipeline::year::of_option).map(|year| (year, YearFrom::Option));
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
