//! Tesseract as a program, where its library cannot be loaded: a process a line, slower, the same characters.

use crate::{Error, FIGURES, JAPANESE, Ocr, VERTICAL, segmentation};
use seisho_model::scan::{Crop, Setting, Symbol};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Its name where the system finds it.
const NAME: &str = "tesseract";

/// The program.
#[derive(Clone, Debug)]
pub struct Program {
    file: PathBuf,
    /// `5.3.0`; `?` where it does not say.
    version: String,
    has_vertical: bool,
    has_figures: bool,
}

impl Program {
    /// Finds the program, the named file or the one of the system, and asks it for its languages.
    ///
    /// # Errors
    /// When there is none, or none that reads Japanese.
    pub fn find(file: Option<&Path>) -> Result<Self, Error> {
        let file = file.unwrap_or(Path::new(NAME)).to_owned();
        let languages = said(&file, "--list-langs").map_err(|_| Error::NoLibrary)?;
        let version = said(&file, "--version").map_err(|_| Error::NoLibrary)?;
        let version = version.split_whitespace().nth(1).unwrap_or("?").to_owned();
        let has = |language: &str| languages.lines().any(|line| line.trim() == language);
        match has(JAPANESE) {
            true => Ok(Self { file, version, has_vertical: has(VERTICAL), has_figures: has(FIGURES) }),
            false => Err(Error::NoLanguage { language: JAPANESE }),
        }
    }

    /// Whether its data for horizontal and for vertical Japanese and for figures is there.
    #[must_use]
    pub fn languages(&self) -> [(&'static str, bool); 3] {
        [(JAPANESE, true), (VERTICAL, self.has_vertical), (FIGURES, self.has_figures)]
    }

    /// Its version: `5.3.0`; `?` where it does not say.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Its name with its version.
    #[must_use]
    pub fn name(&self) -> String {
        format!("tesseract {} (program)", self.version)
    }

    fn run(&self, crop: &Crop, language: &str, segmentation: &str) -> std::io::Result<Output> {
        let dpi = crop.dpi.to_string();
        let mut command = Command::new(&self.file);
        command.args(["stdin", "stdout", "-l", language, "--oem", "1", "--psm", segmentation, "--dpi", &dpi]);
        // Its own threads cost more than they give.
        command.args(["-c", "hocr_char_boxes=1", "hocr"]).env("OMP_THREAD_LIMIT", "1");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            write!(input, "P5\n{} {}\n255\n", crop.width, crop.height)?;
            input.write_all(&crop.gray)?;
        }
        child.wait_with_output()
    }
}

/// What the program says to an option; versions differ in where they say it.
fn said(file: &Path, option: &str) -> std::io::Result<String> {
    let said = Command::new(file).arg(option).stdin(Stdio::null()).output()?;
    Ok(String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr))
}

impl Ocr for Program {
    fn name(&self) -> String {
        self.name()
    }

    fn read(&mut self, crop: &Crop, setting: Setting) -> Result<Vec<Symbol>, Error> {
        let language = match (setting, self.has_vertical) {
            (Setting::Columns, true) => VERTICAL,
            (Setting::Columns, false) => return Err(Error::NoLanguage { language: VERTICAL }),
            (Setting::Figures, _) if self.has_figures => FIGURES,
            (Setting::Figures, _) => return Err(Error::NoLanguage { language: FIGURES }),
            _ => JAPANESE,
        };
        let said = self.run(crop, language, &segmentation(setting).to_string()).map_err(|_| Error::Failed)?;
        if said.status.success() { Ok(symbols(&String::from_utf8_lossy(&said.stdout))) } else { Err(Error::Failed) }
    }
}

/// The characters of hOCR: lines are spans of their own, characters have boxes and scores.
fn symbols(hocr: &str) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::new();
    let mut lines = 0_u32;
    for span in hocr.split("<span class=").skip(1) {
        match span.split(['\'', '"']).nth(1) {
            Some("ocr_line" | "ocr_caption" | "ocr_textfloat" | "ocr_header") => lines += 1,
            Some("ocrx_cinfo") => symbols.extend(symbol(span, lines.saturating_sub(1))),
            _ => {}
        }
    }
    symbols
}

fn symbol(span: &str, line: u32) -> Option<Symbol> {
    let (tag, rest) = span.split_once('>')?;
    let text = unescaped(rest.split('<').next()?.trim());
    let numbers = |name: &str| {
        let after = tag.split_once(name)?.1;
        let end = after.find([';', '\'', '"']).unwrap_or(after.len());
        Some(after[..end].split_whitespace().map_while(|n| n.parse::<f64>().ok()).collect::<Vec<f64>>())
    };
    let bounds = numbers("x_bboxes")?;
    let [l, t, r, b] = bounds.get(..4)?.try_into().ok()?;
    let score = (*numbers("x_conf")?.first()? * 100.0).round().clamp(0.0, 10_000.0) as u16;
    let ink = [l, t, r, b].map(|v: f64| v.max(0.0) as u32);
    (!text.is_empty()).then_some(Symbol { text, ink, line, score, marks: Vec::new() })
}

/// What stands for characters that mark up uses.
fn unescaped(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (code, c)| text.replace(code, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_hocr_have_their_line_box_and_score() {
        let hocr = "<span class='ocr_line' id='line_1_1' title=\"bbox 12 12 99 40\">\
            <span class='ocrx_word' id='word_1_1' title='bbox 12 12 99 40; x_wconf 95'>\
            <span class='ocrx_cinfo' title='x_bboxes 12 13 40 40; x_conf 98.977'>市</span>\
            <span class='ocrx_cinfo' title='x_bboxes 44 13 70 40; x_conf 91.5'>&lt;</span></span></span>\
            <span class='ocr_line' id='line_1_2' title=\"bbox 12 50 99 80\">\
            <span class='ocrx_cinfo' title='x_bboxes 12 50 40 80; x_conf 99'>民</span></span>";
        let said: Vec<_> = symbols(hocr).into_iter().map(|s| (s.text, s.ink, s.line, s.score)).collect();
        let want = [("市", [12, 13, 40, 40], 0, 9_898), ("<", [44, 13, 70, 40], 0, 9_150), ("民", [12, 50, 40, 80], 1, 9_900)];
        assert_eq!(said, want.map(|(text, ink, line, score)| (text.to_owned(), ink, line, score)));
    }

    #[test]
    fn a_program_that_is_not_there_is_no_reader() {
        assert!(matches!(Program::find(Some(Path::new("/no/such/tesseract"))), Err(Error::NoLibrary)));
    }
}
