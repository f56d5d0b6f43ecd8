//! Addresses of the page of a review, relative to where something is exported, so that both can be moved together.

use crate::screen::lang::Stop;
use seisho_export::Linked;
use seisho_review::showing;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// What the page of a review shows, as seen from a folder.
pub(super) fn to(review: &Path, from: &Path) -> Result<Vec<Linked>, Stop> {
    let page = if review.is_dir() { review.join("index.html") } else { review.to_owned() };
    let name = page.display();
    let none = || {
        Stop::new(
            format!("{name} は見直しの頁ではありません。--review には、seisho review --to に指定したフォルダか .html を指定してください"),
            format!("{name} is no page of a review; name as --review the folder or .html that was given to seisho review as --to"),
        )
    };
    let mut html = String::new();
    let mut source = seisho_batch::files::open(&page).map_err(|e| none().because(e))?;
    source.read_to_string(&mut html).map_err(|e| none().because(e))?;
    let shown = showing(&html).ok_or_else(none)?;
    let address = relative(&page, from).ok_or_else(|| {
        Stop::new(
            format!("{name} へのリンクを相対パスで書けません（別のドライブにあるか、名前に # や % があります）"),
            format!("{name} cannot be linked to by a relative path (it is on another drive, or a name holds # or %)"),
        )
    })?;
    let beside = |file: &str| address.rsplit_once('/').map_or_else(|| file.to_owned(), |(folder, _)| format!("{folder}/{file}"));
    let linked = |shown: seisho_review::Showing| Linked {
        path: shown.path,
        sha256: shown.sha256,
        page: address.clone(),
        pictures: shown.pages.iter().map(|(number, file)| (*number, beside(file))).collect(),
        records: shown.records,
    };
    Ok(shown.into_iter().map(linked).collect())
}

/// The way from a folder, which need not be there yet, to a file.
fn relative(file: &Path, from: &Path) -> Option<String> {
    let (file, from) = (file.canonicalize().ok()?, real(from)?);
    let same = file.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().count() - same;
    let down: Option<Vec<&str>> = file.components().skip(same).map(|part| part.as_os_str().to_str()).collect();
    let (down, is_apart) = (down?, same == 0);
    let path = std::iter::repeat_n("..", up).chain(down).collect::<Vec<_>>().join("/");
    (!is_apart && !path.contains(['#', '%'])).then_some(path)
}

/// A path without links, even where the end of it is not there yet.
fn real(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let (above, mut real) = whole.ancestors().find_map(|above| above.canonicalize().ok().map(|real| (above, real)))?;
    for part in whole.strip_prefix(above).ok()?.components() {
        match part {
            Component::ParentDir => _ = real.pop(),
            part => real.push(part),
        }
    }
    Some(real)
}
