//! What an engine said of every crop, kept in a file: the answers are found again by the crop's own pixels. With it a
//! conversion of scans is repeated to the byte on a machine without an engine, and in a fraction of the time.

use crate::{Error, Ocr};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use seisho_model::scan::{Crop, Setting, Symbol};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// How the first line of a recording begins; the name of the engine follows.
const TITLE: &str = "seisho-ocr-recording 1 ";
/// How a packed file begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The answers of an engine, by crop.
#[derive(Debug, Default)]
pub struct Recording {
    engine: String,
    answers: BTreeMap<String, Vec<Symbol>>,
}

/// A symbol as a line of the file states it: text, ink, line, score.
type Line = (String, [u32; 4], u32, u16);

impl Recording {
    /// Reads a recording; none where the file is something else.
    ///
    /// # Errors
    /// When it cannot be read, or is a damaged recording.
    pub fn open(file: &Path) -> io::Result<Option<Self>> {
        let mut source = File::open(file)?;
        let mut magic = [0; 2];
        if source.read_exact(&mut magic).is_err() || magic != GZIP {
            return Ok(None);
        }
        let mut lines = BufReader::new(GzDecoder::new(magic.chain(source))).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let Some(engine) = first.strip_prefix(TITLE) else { return Ok(None) };
        let mut answers = BTreeMap::new();
        for line in lines {
            let (key, said): (String, Vec<Line>) = serde_json::from_str(&line?)?;
            let symbol = |(text, ink, line, score)| Symbol { text, ink, line, score, marks: Vec::new() };
            answers.insert(key, said.into_iter().map(symbol).collect());
        }
        Ok(Some(Self { engine: engine.to_owned(), answers }))
    }

    /// Writes it, the same bytes for the same answers.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, to: impl Write) -> io::Result<()> {
        let mut packed = GzEncoder::new(to, Compression::best());
        writeln!(packed, "{TITLE}{}", self.engine)?;
        for (key, symbols) in &self.answers {
            let said: Vec<Line> = symbols.iter().map(|s| (s.text.clone(), s.ink, s.line, s.score)).collect();
            writeln!(packed, "{}", serde_json::to_string(&(key, said))?)?;
        }
        packed.finish()?.flush()
    }

    /// The engine that was recorded, with its version.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.engine
    }

    /// How many crops it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}

/// What makes two questions the same: the pixels, their size and resolution, and how the text stands.
fn key(crop: &Crop, setting: Setting) -> String {
    let mut hash = Sha256::new();
    for number in [crop.width, crop.height, crop.dpi] {
        hash.update(number.to_le_bytes());
    }
    hash.update(&crop.gray);
    let hash: String = hash.finalize()[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{setting:?} {hash}")
}

/// An engine that says what another one said; a crop that was not recorded cannot be read.
#[derive(Clone, Debug)]
pub struct Replay(pub Arc<Recording>);

impl Ocr for Replay {
    fn name(&self) -> String {
        self.0.engine.clone()
    }

    fn read(&mut self, crop: &Crop, setting: Setting) -> Result<Vec<Symbol>, Error> {
        self.0.answers.get(&key(crop, setting)).cloned().ok_or(Error::NotRecorded)
    }
}

/// Keeps what an engine says. Errors are not kept: they are said again.
pub struct Recorder<O> {
    engine: O,
    kept: Arc<Mutex<Recording>>,
}

impl<O: Ocr> Recorder<O> {
    /// Keeps what this engine says in this recording.
    pub fn new(engine: O, kept: Arc<Mutex<Recording>>) -> Self {
        kept.lock().unwrap_or_else(PoisonError::into_inner).engine = engine.name();
        Self { engine, kept }
    }
}

impl<O: Ocr> Ocr for Recorder<O> {
    fn name(&self) -> String {
        self.engine.name()
    }

    fn read(&mut self, crop: &Crop, setting: Setting) -> Result<Vec<Symbol>, Error> {
        let symbols = self.engine.read(crop, setting)?;
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).answers.insert(key(crop, setting), symbols.clone());
        Ok(symbols)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Recorded;

    #[test]
    fn what_was_said_of_a_crop_is_said_again_of_this_crop_alone() {
        let said = Recorded::lines("市民\n福祉", 40, (3, 5), 9_871);
        let kept = Arc::new(Mutex::new(Recording::default()));
        let mut recorder = Recorder::new(Recorded::new(vec![said.clone()]), Arc::clone(&kept));
        let crop = Crop { width: 2, height: 1, gray: vec![0, 255], dpi: 300 };
        recorder.read(&crop, Setting::Lines).unwrap();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        kept.lock().unwrap().write(&mut file).unwrap();
        let recording = Recording::open(file.path()).unwrap().unwrap();
        assert_eq!((recording.name(), recording.len()), ("recorded", 1));
        let mut replay = Replay(Arc::new(recording));
        assert_eq!(replay.read(&crop, Setting::Lines).unwrap(), said);
        assert!(matches!(replay.read(&crop, Setting::Word), Err(Error::NotRecorded)));
        assert!(matches!(replay.read(&Crop { gray: vec![0, 254], ..crop }, Setting::Lines), Err(Error::NotRecorded)));
    }

    #[test]
    fn another_file_is_no_recording() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"\x7fELF").unwrap();
        assert!(Recording::open(file.path()).unwrap().is_none());
    }
}
