//! What readers found: the file that the page writes, or the workbook that they filled in.

use super::results;
use crate::screen::lang::Stop;
use seisho_audit::work::{FORMAT, Work};
use seisho_review::book::{self, Unfit};
use std::io::Read;
use std::path::Path;

/// Rows of a workbook that are said at once.
const SAID: usize = 20;

/// Reads a work.
pub(super) fn load(file: &Path) -> Result<Work, Stop> {
    let name = file.display();
    if file.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx")) {
        return book::read(&bytes(file)?).map_err(|why| unfit(&name.to_string(), why));
    }
    let work: Work = results::json(file)?;
    match work.format == FORMAT {
        true => Ok(work),
        false => Err(Stop::new(format!("{name} は見直しの結果ではありません"), format!("{name} is no work of a review"))),
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let name = file.display().to_string();
    let mut source = seisho_batch::files::open(file).map_err(|e| unreadable(&name).because(e))?;
    source.read_to_end(&mut bytes).map_err(|e| unreadable(&name).because(e))?;
    Ok(bytes)
}

fn unreadable(name: &str) -> Stop {
    Stop::new(format!("{name} を読めません"), format!("{name} cannot be read"))
}

fn unfit(name: &str, why: Unfit) -> Stop {
    match why {
        Unfit::Unreadable(cause) => unreadable(name).because(std::io::Error::other(cause)),
        Unfit::Foreign(why) => Stop::new(format!("{name}: {}", why.ja), format!("{name}: {}", why.en)),
        Unfit::Rows(rows) => {
            let more = rows.len().saturating_sub(SAID);
            let (mut ja, mut en): (Vec<String>, Vec<String>) = rows.into_iter().take(SAID).map(|m| (m.ja, m.en)).unzip();
            if more > 0 {
                ja.push(format!("ほか {more} 行"));
                en.push(format!("and {more} more"));
            }
            Stop::new(
                format!("{name} に読めない行があります。直して保存し、もう一度実行してください\n  {}", ja.join("\n  ")),
                format!("{name} has rows that do not fit; put them right, save, and run this again\n  {}", en.join("\n  ")),
            )
        }
    }
}
