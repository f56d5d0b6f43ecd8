//! The list of what was changed in cells of CSV files.

use super::text::Change;
use super::{CHANGES, MARK, writer};
use crate::error::Error;
use crate::target::Target;
use csv::Writer;
use seisho_model::finding::Message;
use std::fs::File;
use std::io::{BufWriter, Write};

/// The list in the making. It is in UTF-8 always: it names what CP932 cannot hold.
pub(super) struct Changes {
    writer: Writer<BufWriter<File>>,
    formulas: u64,
    unencodable: u64,
}

const HEADINGS: [&str; 8] = ["change", "file", "row", "column", "record_id", "source_path", "code_point", "character"];

impl Changes {
    pub(super) fn create(target: &mut Target) -> Result<Self, Error> {
        let mut file = BufWriter::new(target.create(CHANGES)?);
        file.write_all(MARK).map_err(|e| Error::cannot_write(CHANGES, e))?;
        let mut writer = writer(file);
        writer.write_record(HEADINGS).map_err(|e| Error::cannot_write(CHANGES, e))?;
        Ok(Self { writer, formulas: 0, unencodable: 0 })
    }

    /// Notes a change at a place: file, row, column, record and source.
    pub(super) fn add(&mut self, change: &Change, place: [&str; 5]) -> Result<(), Error> {
        let (what, c) = match change {
            Change::Formula(c) => ("formula", c),
            Change::Unencodable(c) => ("not_in_cp932", c),
        };
        match change {
            Change::Formula(_) => self.formulas += 1,
            Change::Unencodable(_) => self.unencodable += 1,
        }
        // A tab, or what would make this cell a formula, is named by its code point alone.
        let shown = if what == "formula" { String::new() } else { c.to_string() };
        let code_point = format!("U+{:04X}", u32::from(*c));
        let [file, row, column, record, source] = place;
        let source = super::text::guarded(source.to_owned(), &mut Vec::new());
        self.writer
            .write_record([what, file, row, column, record, &source, &code_point, &shown])
            .map_err(|e| Error::cannot_write(CHANGES, e))
    }

    /// How many there were.
    pub(super) fn finish(mut self) -> Result<Vec<Message>, Error> {
        self.writer.flush().map_err(|e| Error::cannot_write(CHANGES, e))?;
        let mut said = Vec::new();
        if self.unencodable > 0 {
            let n = self.unencodable;
            said.push(Message::new(
                format!("CP932 にない文字 {n} 字を 〓U+XXXX〓 と書きました。場所は {CHANGES} にあります"),
                format!("{n} characters that CP932 cannot hold are written as 〓U+XXXX〓; {CHANGES} lists their places"),
            ));
        }
        if self.formulas > 0 {
            let n = self.formulas;
            said.push(Message::new(
                format!("数式とみなされるセル {n} 個の前に ' を付けました。場所は {CHANGES} にあります"),
                format!("{n} cells that would be formulas have a ' before them; {CHANGES} lists their places"),
            ));
        }
        Ok(said)
    }
}
