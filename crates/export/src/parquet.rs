//! Parquet: a file a table, with lists as lists and words by dictionary. Written without Arrow: a column is its values
//! with the levels that say where lists begin and what is empty.

use crate::error::Error;
use crate::sink::Sink;
use crate::tables::Value;
use crate::tables::{Column, Kind, Row, Table, TableId};
use crate::target::Target;
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::Result as Done;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use seisho_model::finding::Message;
use std::fs::File;
use std::sync::Arc;

/// Rows that are held until they are written.
const GROUP: usize = 5_000;

/// All files in the making.
pub(crate) struct Files(Vec<Option<TableFile>>);

struct TableFile {
    name: String,
    columns: Vec<Column>,
    writer: SerializedFileWriter<File>,
    rows: Vec<Vec<Value>>,
}

impl Files {
    /// A file for each table whose rows are not nested in those of another.
    pub(crate) fn create(tables: &[Table], target: &mut Target) -> Result<Self, Error> {
        let mut files = Vec::new();
        for table in tables {
            let is_nested = matches!(table.id, TableId::Entries | TableId::OtherColumns | TableId::Doubts | TableId::Authors);
            files.push(if is_nested { None } else { Some(TableFile::create(table, target)?) });
        }
        Ok(Self(files))
    }
}

impl TableFile {
    fn create(table: &Table, target: &mut Target) -> Result<Self, Error> {
        let name = format!("{}.parquet", table.name);
        let file = target.create(&name)?;
        let writer = schema(table).and_then(|schema| {
            let properties = WriterProperties::builder().set_created_by("seisho".to_owned()).set_dictionary_enabled(true).build();
            SerializedFileWriter::new(file, schema, Arc::new(properties))
        });
        let writer = writer.map_err(|e| Error::cannot_write(&name, e))?;
        Ok(Self { name, columns: table.columns.clone(), writer, rows: Vec::new() })
    }

    /// Writes the rows that are held.
    fn flush(&mut self) -> Done<()> {
        let mut group = self.writer.next_row_group()?;
        for (at, column) in self.columns.iter().enumerate() {
            for leaf in leaves(column) {
                let values = self.rows.iter().map(|row| &row[at]);
                let Some(mut writer) = group.next_column()? else { continue };
                match writer.untyped() {
                    ColumnWriter::ByteArrayColumnWriter(writer) => {
                        let levels = texts(values, leaf, column.kind);
                        let repetitions = column.kind.is_list().then_some(&levels.repetitions[..]);
                        writer.write_batch(&levels.values, Some(&levels.definitions), repetitions)?;
                    }
                    ColumnWriter::Int64ColumnWriter(writer) => {
                        let (values, levels) = numbers(values, |value| if let Value::Integer(n) = value { Some(*n) } else { None });
                        writer.write_batch(&values, Some(&levels), None)?;
                    }
                    ColumnWriter::DoubleColumnWriter(writer) => {
                        let (values, levels) = numbers(values, |value| if let Value::Number(n) = value { Some(*n) } else { None });
                        writer.write_batch(&values, Some(&levels), None)?;
                    }
                    ColumnWriter::Int32ColumnWriter(writer) => {
                        let (values, levels) = numbers(values, |value| if let Value::Text(day) = value { days(day) } else { None });
                        writer.write_batch(&values, Some(&levels), None)?;
                    }
                    _ => {}
                }
                writer.close()?;
            }
        }
        group.close()?;
        self.rows.clear();
        Ok(())
    }
}

impl Sink for Files {
    fn row(&mut self, row: &Row) -> Result<(), Error> {
        let Some(file) = &mut self.0[row.table as usize] else { return Ok(()) };
        file.rows.push(row.values.clone());
        if file.rows.len() >= GROUP {
            file.flush().map_err(|e| Error::cannot_write(&file.name, e))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Message>, Error> {
        for mut file in self.0.into_iter().flatten() {
            let end = |file: &mut TableFile| {
                if !file.rows.is_empty() {
                    file.flush()?;
                }
                file.writer.finish().map(|_| ())
            };
            end(&mut file).map_err(|e| Error::cannot_write(&file.name, e))?;
        }
        Ok(Vec::new())
    }
}

fn schema(table: &Table) -> Done<TypePtr> {
    let fields = table.columns.iter().map(field).collect::<Done<Vec<TypePtr>>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

fn field(column: &Column) -> Done<TypePtr> {
    let leaf = |name: &str, physical, logical: Option<LogicalType>, repetition| {
        Ok(Arc::new(Type::primitive_type_builder(name, physical).with_logical_type(logical).with_repetition(repetition).build()?))
    };
    let text = |name: &str, repetition| leaf(name, Physical::BYTE_ARRAY, Some(LogicalType::String), repetition);
    let list = |element: TypePtr| {
        let repeated = Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![element]).build()?;
        let list = Type::group_type_builder(column.name)
            .with_repetition(Repetition::REQUIRED)
            .with_converted_type(ConvertedType::LIST)
            .with_logical_type(Some(LogicalType::List))
            .with_fields(vec![Arc::new(repeated)]);
        Ok(Arc::new(list.build()?))
    };
    match column.kind {
        Kind::Text | Kind::Code | Kind::Choice(_) | Kind::DatePart => text(column.name, Repetition::OPTIONAL),
        Kind::Integer(_) => leaf(column.name, Physical::INT64, None, Repetition::OPTIONAL),
        Kind::Number => leaf(column.name, Physical::DOUBLE, None, Repetition::OPTIONAL),
        Kind::Date => leaf(column.name, Physical::INT32, Some(LogicalType::Date), Repetition::OPTIONAL),
        Kind::List => list(text("element", Repetition::REQUIRED)?),
        Kind::Parts(names, _) => {
            let parts = names.iter().map(|name| text(name, Repetition::OPTIONAL)).collect::<Done<Vec<TypePtr>>>()?;
            list(Arc::new(Type::group_type_builder("element").with_repetition(Repetition::REQUIRED).with_fields(parts).build()?))
        }
    }
}

/// The leaves of a column: one, or one a part.
fn leaves(column: &Column) -> std::ops::Range<usize> {
    if let Kind::Parts(names, _) = column.kind { 0..names.len() } else { 0..1 }
}

/// Values of a leaf with their levels.
#[derive(Default)]
struct Levels {
    values: Vec<ByteArray>,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

impl Levels {
    fn push(&mut self, text: Option<&str>, definition: i16, repetition: i16) {
        self.values.extend(text.map(ByteArray::from));
        self.definitions.push(definition);
        self.repetitions.push(repetition);
    }
}

/// Texts: 0 for nothing; in lists 0 for an empty list, 1 for an entry (of parts: an empty part), 2 for a part with text.
fn texts<'v>(values: impl Iterator<Item = &'v Value>, leaf: usize, kind: Kind) -> Levels {
    let mut levels = Levels::default();
    for value in values {
        match value {
            Value::List(list) if !list.is_empty() => {
                for (at, text) in list.iter().enumerate() {
                    levels.push(Some(text), 1, i16::from(at > 0));
                }
            }
            Value::Parts(list) if !list.is_empty() => {
                for (at, parts) in list.iter().enumerate() {
                    let text = parts.get(leaf).filter(|text| !text.is_empty());
                    levels.push(text.map(String::as_str), if text.is_some() { 2 } else { 1 }, i16::from(at > 0));
                }
            }
            Value::Text(text) if !kind.is_list() => levels.push(Some(text), 1, 0),
            _ => levels.push(None, 0, 0),
        }
    }
    levels
}

fn numbers<'v, N>(values: impl Iterator<Item = &'v Value>, of: impl Fn(&Value) -> Option<N>) -> (Vec<N>, Vec<i16>) {
    let mut numbers = Vec::new();
    let mut levels = Vec::new();
    for value in values {
        let number = of(value);
        levels.push(i16::from(number.is_some()));
        numbers.extend(number);
    }
    (numbers, levels)
}

/// Days since 1970-01-01 of a day in ISO 8601.
fn days(day: &str) -> Option<i32> {
    let [year, month, day] = day.split('-').map(|part| part.parse::<i32>().ok()).collect::<Option<Vec<_>>>()?.try_into().ok()?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin in March end with the leap day.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(of_year + (153 * month + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        let given = ["1970-01-01", "2000-02-29", "2000-03-01", "2026-03-31", "1969-12-31", "2026-03"];
        assert_eq!(given.map(days), [Some(0), Some(11016), Some(11017), Some(20543), Some(-1), None]);
    }
}
