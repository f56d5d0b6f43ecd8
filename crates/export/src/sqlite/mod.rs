//! A database: documents, records and their parts with keys, views for the usual questions, and a search that finds words
//! of two letters. It can hold several outputs; each is known by its name and replaces its own rows only.

mod schema;
mod search;

use crate::error::Error;
use crate::results::Results;
use crate::sink::Sink;
use crate::tables::Value;
use crate::tables::{Row, Table, TableId};
use crate::target::Target;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use schema::{Owner, columns, insert};
use seisho_model::finding::Message;
use seisho_model::output::Status;
use std::path::{Path, PathBuf};

const NAME: &str = "seisho.sqlite";

/// The database in the making.
pub(crate) struct Database {
    connection: Connection,
    path: PathBuf,
    tables: Vec<Table>,
    /// Statements that insert a row, by table.
    inserts: Vec<String>,
    output: i64,
    document: i64,
    record: i64,
    /// The same results are in it already: there is nothing to do.
    is_done: bool,
    said: Vec<Message>,
}

impl Database {
    /// Opens the database that is there, or makes one.
    pub(crate) fn create(tables: &[Table], name: &str, digest: &str, results: &Results, target: &mut Target) -> Result<Self, Error> {
        let path = target.path(NAME);
        let aside = target.stage(NAME)?;
        if path.exists() {
            for beside in ["-journal", "-wal"] {
                let beside = path.with_file_name(format!("{NAME}{beside}"));
                if beside.metadata().is_ok_and(|m| m.len() > 0) {
                    return Err(Error::DatabaseInUse(path));
                }
            }
            check(&path)?;
            std::fs::copy(&path, &aside).map_err(|e| Error::cannot_write(&path, e))?;
        }
        let is_new = !path.exists();
        let mut database = Self {
            connection: Connection::open(&aside).map_err(|e| Error::cannot_write(&path, e))?,
            path,
            tables: tables.to_vec(),
            inserts: tables.iter().map(insert).collect(),
            output: 0,
            document: 0,
            record: 0,
            is_done: false,
            said: Vec::new(),
        };
        database.begin(is_new, name, digest, results)?;
        Ok(database)
    }

    fn begin(&mut self, is_new: bool, name: &str, digest: &str, results: &Results) -> Result<(), Error> {
        // The file is written aside: a journal on the disk would protect nothing.
        self.run("PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = OFF; BEGIN;")?;
        if is_new {
            self.run(&schema::schema(&self.tables))?;
        }
        let there = "SELECT id, digest FROM outputs WHERE name = ?1";
        let there = self.connection.query_row(there, [name], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)));
        match there.optional().map_err(|e| self.failed(e))? {
            None => {
                let insert = self.connection.execute("INSERT INTO outputs (name, digest) VALUES (?1, ?2)", [name, digest]);
                insert.map_err(|e| self.failed(e))?;
                self.output = self.connection.last_insert_rowid();
            }
            Some((_, same)) if same == digest => {
                self.is_done = true;
                self.said.push(Message::new(
                    format!("{NAME} には、同じ結果がもう入っています。変えていません"),
                    format!("{NAME} holds the same results already; nothing was changed"),
                ));
            }
            Some((output, _)) => {
                self.output = output;
                self.replace(name, digest, results)?;
            }
        }
        Ok(())
    }

    /// Takes the rows of an earlier conversion of the same inputs away.
    fn replace(&mut self, name: &str, digest: &str, results: &Results) -> Result<(), Error> {
        let shared = "SELECT 1 FROM documents WHERE output = ?1 AND source_path = ?2 AND source_sha256 IS ?3";
        let (mut is_known, mut is_empty) = (false, true);
        let mut manifest = results.manifest()?;
        while let Some(line) = manifest.next()? {
            is_empty = false;
            if line.status == Status::Converted && !is_known {
                let mut query = self.connection.prepare_cached(shared).map_err(|e| self.failed(e))?;
                is_known = query.exists(params![self.output, line.path, line.sha256]).map_err(|e| self.failed(e))?;
            }
        }
        if !is_known && !is_empty {
            return Err(Error::OtherResults { file: self.path.clone(), name: name.to_owned() });
        }
        let delete = || -> rusqlite::Result<usize> {
            let gone = self.connection.execute("DELETE FROM documents WHERE output = ?1", [self.output])?;
            self.connection.execute("UPDATE outputs SET digest = ?2 WHERE id = ?1", params![self.output, digest])?;
            Ok(gone)
        };
        let gone = delete().map_err(|e| self.failed(e))?;
        self.said.push(Message::new(
            format!("{NAME} の「{name}」の {gone} 件を、この結果に置き換えました"),
            format!("{NAME}: the {gone} documents of {name:?} were replaced by these results"),
        ));
        Ok(())
    }

    fn run(&self, statements: &str) -> Result<(), Error> {
        self.connection.execute_batch(statements).map_err(|e| self.failed(e))
    }

    fn failed(&self, error: rusqlite::Error) -> Error {
        Error::cannot_write(&self.path, error)
    }

    fn insert(&mut self, row: &Row) -> rusqlite::Result<()> {
        let table = &self.tables[row.table as usize];
        let owner = Owner::of(table);
        if owner == Owner::OwnRecord {
            let text = |name: &str| table.position(name).map_or(Sql::Null, |at| sql(&row.values[at], ""));
            let kind = record_type(row.table);
            let mut insert = self
                .connection
                .prepare_cached("INSERT INTO records (document, record_id, type, page, text) VALUES (?1, ?2, ?3, ?4, ?5)")?;
            insert.execute(params![self.document, text("record_id"), kind, text("page"), searched(table, row)])?;
            self.record = self.connection.last_insert_rowid();
        }
        let own = match owner {
            Owner::Output => self.output,
            Owner::Document => self.document,
            Owner::OwnRecord | Owner::Record => self.record,
        };
        let values = columns(table).map(|(at, column)| sql(&row.values[at], column.kind.glue()));
        let values = std::iter::once(Sql::Integer(own)).chain(values);
        self.connection.prepare_cached(&self.inserts[row.table as usize])?.execute(params_from_iter(values))?;
        if row.table == TableId::Documents {
            self.document = self.connection.last_insert_rowid();
        }
        Ok(())
    }
}

impl Sink for Database {
    fn row(&mut self, row: &Row) -> Result<(), Error> {
        if self.is_done { Ok(()) } else { self.insert(row).map_err(|e| self.failed(e)) }
    }

    fn finish(self: Box<Self>) -> Result<Vec<Message>, Error> {
        if !self.is_done {
            search::index(&self.connection).map_err(|e| self.failed(e))?;
        }
        self.run("COMMIT;")?;
        let Self { connection, path, said, .. } = *self;
        connection.close().map_err(|(_, e)| Error::cannot_write(path, e))?;
        Ok(said)
    }
}

/// Nothing, where a file is a database of ours.
fn check(path: &Path) -> Result<(), Error> {
    let ids = || -> rusqlite::Result<(i64, i64)> {
        let connection = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0));
        Ok((pragma("application_id")?, pragma("user_version")?))
    };
    match ids() {
        Ok(ids) if ids == (schema::APPLICATION, schema::VERSION) => Ok(()),
        _ => Err(Error::ForeignDatabase(path.to_owned())),
    }
}

fn sql(value: &Value, glue: &str) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Integer(number) => Sql::Integer(*number),
        Value::Number(number) => Sql::Real(*number),
        Value::List(list) if list.is_empty() => Sql::Null,
        Value::Parts(list) if list.is_empty() => Sql::Null,
        other => Sql::Text(other.flat(glue)),
    }
}

/// All that the record itself says, one value a line.
fn searched(table: &Table, row: &Row) -> String {
    use crate::tables::Kind;
    let is_said = |kind: Kind| matches!(kind, Kind::Text | Kind::List | Kind::Parts(..));
    let own = table.columns.iter().zip(&row.values).filter(|(c, v)| !c.field.is_empty() && is_said(c.kind) && !v.is_empty());
    own.map(|(column, value)| value.flat(column.kind.glue())).collect::<Vec<_>>().join("\n")
}

fn record_type(table: TableId) -> &'static str {
    match table {
        TableId::Goals => "goal",
        TableId::Provisions => "provision",
        TableId::Forms => "form",
        TableId::TableRows => "table_row",
        _ => "text",
    }
}
