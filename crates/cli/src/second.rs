//! The second reader of PDFs, pdf-extract, in a process of its own: it panics, aborts and takes all memory on
//! files that the first reader reads.

use crate::End;
use crate::lang::Stop;
use crate::limits;
use crate::{output, progress};
use seisho_extract::SecondReader;
use std::io::{Read, Seek, SeekFrom, Write};
use std::process::{Command, Stdio};
use std::time::Duration;
use wait_timeout::ChildExt;

/// Memory that the process may take, in MiB.
const MEMORY: u64 = 2048;
/// CPU seconds that it may take; real files need a fraction of one.
const CPU: u64 = 20;
/// After so long it is given up, whatever it does.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks this program in another process.
#[derive(Debug)]
pub(crate) struct OtherProcess;

impl SecondReader for OtherProcess {
    fn pages(&self, pdf: &[u8], password: &str) -> Option<Vec<String>> {
        let mut input = tempfile::tempfile().ok()?;
        let mut output = tempfile::tempfile().ok()?;
        input.write_all(pdf).ok()?;
        input.seek(SeekFrom::Start(0)).ok()?;
        let mut child = Command::new(std::env::current_exe().ok()?)
            .args(["second-reader", "--password", password])
            .stdin(input)
            .stdout(output.try_clone().ok()?)
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let ended = child.wait_timeout(PATIENCE).ok().flatten();
        if ended.is_none() {
            // It may have ended in between; either way it is to be waited for.
            let _ = child.kill();
            let _ = child.wait();
        }
        ended.filter(std::process::ExitStatus::success)?;
        output.seek(SeekFrom::Start(0)).ok()?;
        serde_json::from_reader(output).ok()
    }
}

/// `seisho second-reader`: the pages of the PDF on standard input, as a JSON list.
pub(crate) fn answer(password: &str) -> Result<End, Stop> {
    let failed = || Stop::new("読めません", "cannot be read");
    limits::memory(MEMORY).and_then(|()| limits::cpu(CPU)).map_err(|e| failed().because(e))?;
    let mut pdf = Vec::new();
    std::io::stdin().read_to_end(&mut pdf).map_err(|e| failed().because(e))?;
    let pages = if password.is_empty() {
        pdf_extract::extract_text_from_mem_by_pages(&pdf)
    } else {
        pdf_extract::extract_text_from_mem_by_pages_encrypted(&pdf, password)
    };
    let pages = pages.map_err(|e| failed().because(e))?;
    progress::print(String::from_utf8_lossy(&output::line(&pages)?).trim_end());
    Ok(End::AllConverted)
}
