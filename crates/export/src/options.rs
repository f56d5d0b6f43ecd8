//! What is asked for.

/// A format of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// A CSV file a table.
    Csv,
    /// A database.
    Sqlite,
    /// A Parquet file a table.
    Parquet,
    /// A Frictionless data package around the CSV files.
    Datapackage,
}

/// Character encoding of CSV files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte order mark, as Excel wants it.
    #[default]
    Utf8,
    /// CP932 (Shift_JIS of Windows).
    Cp932,
}

/// What becomes of line breaks in cells of CSV files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineBreaks {
    /// They stay.
    #[default]
    Keep,
    /// A space for each.
    Space,
    /// ` / ` for each.
    Slash,
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Formats.
    pub formats: std::collections::BTreeSet<Format>,
    /// Encoding of CSV files.
    pub encoding: Encoding,
    /// Line breaks in CSV files.
    pub line_breaks: LineBreaks,
    /// Whether CSV files keep to the rules for machine-readable tables.
    pub machine_readable: bool,
    /// What the database knows these results by; the names of the inputs where it is not given.
    pub name: Option<String>,
    /// Where each document can be looked at.
    pub links: Vec<Linked>,
}

/// A document that can be looked at, by addresses relative to what is exported.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// Path of the source.
    pub path: String,
    /// Its SHA-256: pictures of a file that has changed since are of no use.
    pub sha256: String,
    /// The page of values; what follows `#` there is added.
    pub page: String,
    /// Pictures of its pages, by number.
    pub pictures: std::collections::BTreeMap<u32, String>,
    /// Records that have a value on the page.
    pub records: std::collections::BTreeSet<String>,
}
