//! `seisho profile`, and the profiles that `--profiles` names.

mod check;
mod draft;

use crate::End;
use crate::args::Profile as What;
use crate::lang::{Lang, Stop};
use seisho_batch::ProfileText;
use seisho_model::finding::Message;
use seisho_pipeline::profiles::{Fault, Problem, Profile};
use std::path::Path;

/// A profile is not larger than this, in bytes.
const LARGEST: u64 = 1 << 20;

/// Drafts or checks.
pub(crate) fn profile(what: &What, lang: Lang) -> Result<End, Stop> {
    match what {
        What::New { files, out, record, password, conversion } => {
            let asked = draft::Asked { files, out: out.as_deref(), record: *record };
            draft::draft(&asked, &conversion.read(lang)?, &password.read()?, lang)
        }
        What::Check { file, docs, pictures, password, conversion } => {
            let text = read(file).map_err(|problem| stop(&[(file.display().to_string(), problem)], lang))?;
            let asked = check::Asked { file, text, docs, pictures: pictures.as_deref() };
            check::check(&asked, &conversion.read(lang)?, &password.read()?, lang)
        }
    }
}

/// The profiles of a folder, in the order of their names.
pub(crate) fn load(folder: &Path, lang: Lang) -> Result<Vec<ProfileText>, Stop> {
    let whole = |fault: Fault| stop(&[(folder.display().to_string(), Problem { line: None, fault })], lang);
    let entries = std::fs::read_dir(folder).map_err(|e| whole(Fault::Unreadable(e.to_string())))?;
    let mut paths: Vec<_> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"))).collect();
    paths.sort();
    if paths.is_empty() {
        return Err(whole(Fault::NoProfiles));
    }
    let (mut texts, mut problems) = (Vec::new(), Vec::new());
    let mut ids: Vec<(String, String)> = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let shown = path.display().to_string();
        let text = match read(&path) {
            Ok(text) => text,
            Err(problem) => {
                problems.push((shown, problem));
                continue;
            }
        };
        match Profile::read(&text) {
            Ok(profile) => {
                let id = profile.file.id;
                match ids.iter().find(|(known, _)| *known == id) {
                    Some((_, file)) => problems.push((shown, Problem { line: None, fault: Fault::SameId { id, file: file.clone() } })),
                    None => ids.push((id, name.clone())),
                }
            }
            Err(found) => problems.extend(found.into_iter().map(|p| (shown.clone(), p))),
        }
        texts.push(ProfileText { name, text });
    }
    if problems.is_empty() { Ok(texts) } else { Err(stop(&problems, lang)) }
}

/// The text of a profile.
fn read(path: &Path) -> Result<String, Problem> {
    let fault = |fault| Problem { line: None, fault };
    let unreadable = |e: std::io::Error| fault(Fault::Unreadable(e.to_string()));
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(fault(Fault::Unreadable("not a file".to_owned())));
    }
    if about.len() > LARGEST {
        return Err(fault(Fault::TooLarge));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| fault(Fault::NotUtf8))?;
    // Editors of Windows put a mark before the text.
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// All problems, a line each: file, line, what is wrong, what to do.
fn stop(problems: &[(String, Problem)], lang: Lang) -> Stop {
    let line = |(file, problem): &(String, Problem)| {
        let Message { ja, en } = problem.fault.message();
        let place = problem.line.map_or_else(|| file.clone(), |line| format!("{file}:{line}"));
        format!("{place}: {}", lang.pick(&ja, &en))
    };
    let lines = problems.iter().map(line).collect::<Vec<_>>().join("\n");
    let head = lang.pick("プロファイルを直してください", "the profiles must be mended");
    let text = format!("{head}\n{lines}");
    Stop::new(text.clone(), text)
}
