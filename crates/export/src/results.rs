//! Reading a folder of results: the manifest and the records line by line, one document at a time.

use crate::error::Error;
use crate::tables::head;
use seisho_model::output::{ManifestLine, Record, RecordHead, Status};
use seisho_model::record::{Document, SCHEMA_VERSION, SCHEMA_VERSION_1_1, Source, short_id};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::marker::PhantomData;
use std::path::{Component, Path, PathBuf};

/// A folder of results.
pub(crate) struct Results {
    folder: PathBuf,
}

/// What a first look at all records says.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Columns of the widest table.
    pub(crate) columns: usize,
    /// SHA-256 of each input.
    pub(crate) inputs: BTreeSet<String>,
    /// What the results are known by: their digest.
    pub(crate) digest: String,
    /// Inputs that could not be converted.
    pub(crate) failed: usize,
}

impl Results {
    const RECORDS: &str = "records.jsonl";
    const MANIFEST: &str = "manifest.jsonl";

    /// Looks whether a folder holds finished results.
    pub(crate) fn open(folder: &Path) -> Result<Self, Error> {
        for file in [Self::MANIFEST, Self::RECORDS] {
            if !folder.join(file).is_file() {
                let is_begun = folder.join(".seisho").is_dir();
                let folder = folder.to_owned();
                return Err(if is_begun { Error::Unfinished(folder) } else { Error::NotResults { folder, file } });
            }
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// The lines of the manifest.
    pub(crate) fn manifest(&self) -> Result<Lines<ManifestLine>, Error> {
        Lines::open(self.folder.join(Self::MANIFEST))
    }

    /// The lines of the records.
    pub(crate) fn records(&self) -> Result<Lines<Record>, Error> {
        Lines::open(self.folder.join(Self::RECORDS))
    }

    /// Reads everything once, so that what is damaged is known before anything is written.
    pub(crate) fn survey(&self) -> Result<Survey, Error> {
        let mut survey = Survey::default();
        let mut digest = Sha256::new();
        let mut manifest = self.manifest()?;
        while let Some(line) = manifest.next()? {
            digest.update(manifest.text.as_bytes());
            survey.inputs.extend(line.sha256);
            survey.failed += usize::from(line.status == Status::Failed);
            self.document_path(&line.path)?;
        }
        let mut records = self.records()?;
        while let Some(record) = records.next()? {
            digest.update(records.text.as_bytes());
            if let Record::TableRow(row) = &record {
                let end = row.cells.iter().map(|c| c.col[0] as usize + 1).max();
                survey.columns = survey.columns.max(end.unwrap_or(0));
            }
        }
        survey.digest = hex(&digest.finalize());
        Ok(survey)
    }

    /// Names of the inputs as the conversion was told them, without the folders around them.
    pub(crate) fn name(&self) -> String {
        let run = || serde_json::from_slice::<serde_json::Value>(&std::fs::read(self.folder.join("run.json")).ok()?).ok();
        let run = run().unwrap_or_default();
        let inputs = run["options"]["inputs"].as_array().into_iter().flatten().filter_map(|i| i.as_str());
        let names: Vec<&str> = inputs.map(|i| Path::new(i).file_name().and_then(|n| n.to_str()).unwrap_or(".")).collect();
        match &names[..] {
            [] => ".".to_owned(),
            names if names.len() <= 3 => names.join("+"),
            [first, ..] => format!("{first}+{}", &hex(&Sha256::digest(names.join("\n").as_bytes()))[..16]),
        }
    }

    fn document_path(&self, path: &str) -> Result<PathBuf, Error> {
        let is_below = !path.is_empty() && Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
        if is_below {
            Ok(self.folder.join("documents").join(format!("{path}.json")))
        } else {
            Err(Error::Tampered { file: self.folder.join(Self::MANIFEST), path: path.to_owned() })
        }
    }

    /// A document, by its name.
    pub(crate) fn document(&self, path: &str) -> Result<Document, Error> {
        #[derive(serde::Deserialize)]
        struct Version {
            schema_version: String,
        }
        let file = self.document_path(path)?;
        let bytes = std::fs::read(&file).map_err(|e| Error::CannotRead(file.clone(), e))?;
        // The version first: what another one means is not this program's to say.
        if let Ok(Version { schema_version: version }) = serde_json::from_slice(&bytes)
            && ![SCHEMA_VERSION, SCHEMA_VERSION_1_1].contains(&version.as_str())
        {
            return Err(Error::UnknownVersion { file, version });
        }
        serde_json::from_slice(&bytes).map_err(|cause| Error::BadDocument(file, cause))
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file of lines of JSON.
pub(crate) struct Lines<T> {
    file: PathBuf,
    reader: BufReader<File>,
    /// The line that was read last, from 1.
    number: u64,
    /// Its text.
    text: String,
    /// A record that was read and belongs to a later document.
    kept: Option<T>,
    lines: PhantomData<T>,
}

impl<T: DeserializeOwned> Lines<T> {
    fn open(file: PathBuf) -> Result<Self, Error> {
        let reader = File::open(&file).map(BufReader::new).map_err(|e| Error::CannotRead(file.clone(), e))?;
        Ok(Self { file, reader, number: 0, text: String::new(), kept: None, lines: PhantomData })
    }

    /// The next line.
    pub(crate) fn next(&mut self) -> Result<Option<T>, Error> {
        if let Some(kept) = self.kept.take() {
            return Ok(Some(kept));
        }
        self.text.clear();
        let read = self.reader.read_line(&mut self.text).map_err(|e| Error::CannotRead(self.file.clone(), e))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let line = serde_json::from_str(&self.text);
        line.map(Some).map_err(|cause| Error::BadLine { file: self.file.clone(), line: self.number, cause })
    }
}

impl Lines<Record> {
    /// The next record, where it is of this document.
    pub(crate) fn next_of(&mut self, document: &Source) -> Result<Option<Record>, Error> {
        let start = format!("{}/", short_id(&document.id()));
        let is_of_it = |head: &RecordHead| {
            // A document of which nothing was read has one line, about the whole of it.
            let is_whole = head.record_id == start[..start.len() - 1];
            head.source_path == document.path && (is_whole || head.record_id.starts_with(&start))
        };
        match self.next()? {
            Some(record) if is_of_it(head(&record)) => Ok(Some(record)),
            other => {
                self.kept = other;
                Ok(None)
            }
        }
    }

    /// Nothing, where no record is left.
    pub(crate) fn end(mut self) -> Result<(), Error> {
        match self.next()? {
            None => Ok(()),
            Some(record) => Err(Error::Stray { file: self.file, line: self.number, path: head(&record).source_path.clone() }),
        }
    }
}
