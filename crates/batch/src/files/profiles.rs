//! Profiles of users: the files of a folder, read and checked before anything is converted.

use crate::Error;
use crate::options::ProfileText;
use seisho_pipeline::profiles::{Fault, Problem, Profile};
use std::path::Path;

/// A profile is not larger than this, in bytes.
const LARGEST: u64 = 1 << 20;

/// The profiles of a folder, in the order of their names.
///
/// # Errors
/// All that is wrong with them.
pub fn load(folder: &Path) -> Result<Vec<ProfileText>, Error> {
    let whole = |fault: Fault| Error::Profiles(vec![(folder.display().to_string(), Problem { line: None, fault })]);
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
    if problems.is_empty() { Ok(texts) } else { Err(Error::Profiles(problems)) }
}

/// The text of a profile.
///
/// # Errors
/// When it cannot be read as one.
pub fn read(path: &Path) -> Result<String, Problem> {
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
