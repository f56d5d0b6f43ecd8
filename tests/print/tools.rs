//! The programs that print: finds them, runs them, says which are missing. Each runs in folders of its own, so that
//! several runs at once, and the user's own settings, are not disturbed.

use super::paper::Paper;
use super::{calc, html, typst, writer};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program that makes PDFs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Producer {
    Writer,
    Calc,
    Chromium,
    Typst,
    WeasyPrint,
}

impl Producer {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Writer => "writer",
            Self::Calc => "calc",
            Self::Chromium => "chromium",
            Self::Typst => "typst",
            Self::WeasyPrint => "weasyprint",
        }
    }

    /// Whether the program is installed.
    pub(crate) fn is_there(self) -> bool {
        match self {
            Self::Writer | Self::Calc => program(&["soffice", "libreoffice"]).is_some(),
            Self::Chromium => program(&["chromium", "chromium-browser", "google-chrome"]).is_some(),
            Self::Typst => has_module("typst"),
            Self::WeasyPrint => has_module("weasyprint"),
        }
    }

    /// Prints papers into `folder`, each as `<its name>.pdf`.
    pub(crate) fn print(self, papers: &[Paper], folder: &Path) {
        let work = tempfile::TempDir::new().expect("a folder");
        let written: Vec<PathBuf> = papers.iter().map(|paper| self.write(paper, work.path())).collect();
        self.print_files(&written, folder, work.path());
    }

    /// Prints files that are of its own kind, each under its name.
    pub(crate) fn print_files(self, written: &[PathBuf], folder: &Path, work: &Path) {
        match self {
            Self::Writer | Self::Calc => libreoffice(written, folder, work),
            Self::Chromium => chromium_at_once(written, folder, work),
            Self::Typst => python(TYPST, written, folder),
            Self::WeasyPrint => python(WEASYPRINT, written, folder),
        }
        for file in written {
            assert!(pdf(file, folder).is_file(), "{} did not print {}", self.name(), file.display());
        }
    }

    /// Saves papers in an office format (docx, xlsx, …) instead, each as `<its name>.<format>`.
    pub(crate) fn save(self, papers: &[Paper], format: &str, folder: &Path) {
        let work = tempfile::TempDir::new().expect("a folder");
        let written: Vec<PathBuf> = papers.iter().map(|paper| self.write(paper, work.path())).collect();
        office(&written, format, folder, work.path());
    }

    fn write(self, paper: &Paper, folder: &Path) -> PathBuf {
        let (ending, text) = match self {
            Self::Writer => ("fodt", writer::fodt(paper)),
            Self::Calc => ("fods", calc::fods(paper)),
            Self::Chromium | Self::WeasyPrint => ("html", html::html(paper)),
            Self::Typst => ("typ", typst::typst(paper)),
        };
        let file = folder.join(format!("{}.{ending}", paper.name));
        std::fs::write(&file, text).expect("a file");
        file
    }
}

/// Compiles each file: `[input, output, input, output, …]`.
const TYPST: &str = "import sys, typst\nfonts = typst.Fonts()\n\
    for i in range(1, len(sys.argv), 2): typst.compile(sys.argv[i], output=sys.argv[i + 1], font_paths=fonts)";
const WEASYPRINT: &str =
    "import sys, weasyprint\nfor i in range(1, len(sys.argv), 2): weasyprint.HTML(sys.argv[i]).write_pdf(sys.argv[i + 1])";

fn pdf(source: &Path, folder: &Path) -> PathBuf {
    folder.join(source.file_stem().expect("a name")).with_extension("pdf")
}

/// A program by one of its names, on the path.
pub(crate) fn program(names: &[&str]) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let all: Vec<PathBuf> = std::env::split_paths(&paths).collect();
    names.iter().flat_map(|name| all.iter().map(move |p| p.join(name))).find(|p| p.is_file())
}

/// The Python that has the packages: `SEISHO_PYTHON`, the one that `.ci/run` makes, or the system's.
pub(crate) fn python_program() -> PathBuf {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/bin/python");
    let named = std::env::var_os("SEISHO_PYTHON").map(PathBuf::from);
    named.or_else(|| made.is_file().then_some(made)).unwrap_or_else(|| "python3".into())
}

pub(crate) fn has_module(module: &str) -> bool {
    let run = Command::new(python_program()).args(["-c", &format!("import {module}")]).output();
    run.is_ok_and(|output| output.status.success())
}

/// Runs a program; what it says is shown when it fails.
fn run(command: &mut Command) {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let said = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(status.success(), "{:?}: {said}", command.get_program());
}

fn python(script: &str, files: &[PathBuf], folder: &Path) {
    let pairs = files.iter().flat_map(|file| [file.clone(), pdf(file, folder)]);
    run(Command::new(python_program()).args(["-c", script]).args(pairs));
}

fn libreoffice(files: &[PathBuf], folder: &Path, work: &Path) {
    office(files, "pdf", folder, work);
}

/// Saves a file of an office in another format.
pub(crate) fn as_office(file: &Path, format: &str, folder: &Path) {
    let work = tempfile::TempDir::new().expect("a folder");
    office(&[file.to_owned()], format, folder, work.path());
}

fn office(files: &[PathBuf], format: &str, folder: &Path, work: &Path) {
    let soffice = program(&["soffice", "libreoffice"]).expect("it is there");
    let profile = format!("-env:UserInstallation=file://{}", work.join("profile").display());
    run(Command::new(soffice).arg(profile).args(["--headless", "--convert-to", format, "--outdir"]).arg(folder).args(files));
}

/// Chromium waits more than it works: a few run side by side, each with a profile of its own.
fn chromium_at_once(files: &[PathBuf], folder: &Path, work: &Path) {
    std::thread::scope(|scope| {
        for part in files.chunks(files.len().div_ceil(AT_ONCE).max(1)) {
            scope.spawn(move || {
                part.iter().for_each(|file| chromium(file, &pdf(file, folder), &work.join(part[0].file_stem().unwrap_or_default())))
            });
        }
    });
}

const AT_ONCE: usize = 3;

fn chromium(file: &Path, pdf: &Path, work: &Path) {
    let chromium = program(&["chromium", "chromium-browser", "google-chrome"]).expect("it is there");
    let to = |name: &str, path: &Path| format!("--{name}={}", path.display());
    run(Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--no-pdf-header-footer"])
        .args([to("user-data-dir", &work.join("profile")), to("print-to-pdf", pdf)])
        .arg(format!("file://{}", file.display())));
}
