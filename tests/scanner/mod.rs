//! A scanner for the tests: printed pages as pixels, worn the way paper, glass and fax wear them, all from a seed; and
//! what came back, measured against what was printed. Knows nothing of how pages are read.

pub(crate) mod image;
pub(crate) mod score;
pub(crate) mod wear;

pub(crate) use image::Pixels;

use std::path::Path;
use std::process::Command;

/// How a page was scanned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    pub(crate) name: &'static str,
    pub(crate) dpi: u32,
    /// In degrees; positive where lines fall to the right.
    pub(crate) skew: f64,
    /// Of the lens, in pixels.
    pub(crate) blur: f64,
    /// Of the sensor, in shades.
    pub(crate) noise: f64,
    /// Black and white only.
    pub(crate) bilevel: bool,
    /// Quality of the JPEG, if it was one.
    pub(crate) jpeg: Option<u32>,
    /// Round stamps with bars, on the text.
    pub(crate) stamps: usize,
    /// Punched for a binder.
    pub(crate) holes: bool,
}

/// A flawless scan; others are said as differences from it.
pub(crate) const CLEAN: Condition =
    Condition { name: "clean 300", dpi: 300, skew: 0.0, blur: 0.0, noise: 0.0, bilevel: false, jpeg: None, stamps: 0, holes: false };

/// The conditions of the table in ACCURACY.md, from best to worst.
pub(crate) const CONDITIONS: [Condition; 9] = [
    CLEAN,
    Condition { name: "clean 400", dpi: 400, ..CLEAN },
    Condition { name: "office 300", skew: 0.5, blur: 0.8, noise: 6.0, jpeg: Some(75), ..CLEAN },
    Condition { name: "office 200", dpi: 200, skew: 0.7, blur: 0.6, noise: 5.0, ..CLEAN },
    Condition { name: "bilevel 300", skew: 0.5, blur: 0.6, noise: 5.0, bilevel: true, ..CLEAN },
    Condition { name: "holes 300", skew: -0.4, blur: 0.6, noise: 5.0, bilevel: true, holes: true, ..CLEAN },
    Condition { name: "stamped 300", skew: -0.8, blur: 0.6, noise: 5.0, bilevel: true, stamps: 2, ..CLEAN },
    Condition { name: "poor 200", dpi: 200, skew: -1.2, blur: 0.8, noise: 10.0, jpeg: Some(60), holes: true, ..CLEAN },
    Condition { name: "bilevel 200", dpi: 200, skew: 1.0, blur: 0.5, noise: 5.0, bilevel: true, ..CLEAN },
];

/// The pages of a PDF as a scanner sees them; the same seed gives the same pixels.
pub(crate) fn scan(pdf: &Path, condition: &Condition, seed: u64) -> Vec<Pixels> {
    let folder = tempfile::TempDir::new().expect("a folder");
    let resolution = condition.dpi.to_string();
    let status = Command::new("pdftoppm").args(["-r", &resolution, "-gray"]).arg(pdf).arg(folder.path().join("p")).status();
    assert!(status.expect("pdftoppm starts").success());
    let mut files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let mut chance = wear::Chance(seed);
    files.iter().map(|file| wear::worn(Pixels::of_pgm(&std::fs::read(file).expect("a file")), condition, &mut chance)).collect()
}
