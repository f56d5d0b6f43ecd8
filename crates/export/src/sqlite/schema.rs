//! Tables, keys, indices and views of the database, made from the model of tables.

use crate::tables::{Column, Kind, Table, TableId};

/// What tells a database of ours: `seis`.
pub(super) const APPLICATION: i64 = 0x7365_6973;
/// Version of the tables.
pub(super) const VERSION: i64 = 1;

/// What a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// An output.
    Output,
    /// A document.
    Document,
    /// A record; the row is the record's own.
    OwnRecord,
    /// A record; the row is a part of it.
    Record,
}

impl Owner {
    pub(super) fn of(table: &Table) -> Self {
        match table.id {
            TableId::Documents => Self::Output,
            TableId::Goals | TableId::Provisions | TableId::Forms | TableId::TableRows | TableId::Texts => Self::OwnRecord,
            _ if table.of_record => Self::Record,
            _ => Self::Document,
        }
    }

    /// The column that names the owner.
    fn column(self) -> &'static str {
        match self {
            Self::Output => "output INTEGER NOT NULL REFERENCES outputs (id) ON DELETE CASCADE",
            Self::Document => "document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE",
            Self::OwnRecord => "record INTEGER PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE",
            Self::Record => "record INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE",
        }
    }

    fn name(self) -> &'static str {
        self.column().split(' ').next().unwrap_or_default()
    }
}

/// The columns of a table that the database has: lists are tables of their own, and what the owner says is not said again.
pub(super) fn columns(table: &Table) -> impl Iterator<Item = (usize, &Column)> {
    let owner = Owner::of(table);
    let is_told = move |column: &Column| match owner {
        Owner::Output => false,
        Owner::Document => column.name == "source_path",
        Owner::OwnRecord => column.name == "source_path" || column.of_document,
        Owner::Record => ["source_path", "record_id", "page"].contains(&column.name),
    };
    table.columns.iter().enumerate().filter(move |(_, column)| !is_told(column) && !column.kind.is_list())
}

/// The statement that inserts a row.
pub(super) fn insert(table: &Table) -> String {
    let names: Vec<&str> = std::iter::once(Owner::of(table).name()).chain(columns(table).map(|(_, c)| c.name)).collect();
    let marks = vec!["?"; names.len()].join(", ");
    format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, names.join(", "))
}

/// All statements that make an empty database.
pub(super) fn schema(tables: &[Table]) -> String {
    let mut all = format!("PRAGMA application_id = {APPLICATION};\nPRAGMA user_version = {VERSION};\n{BASE}");
    let (first, rest): (Vec<&Table>, Vec<&Table>) = tables.iter().partition(|t| t.id == TableId::Documents);
    for table in first {
        all += &create(table);
    }
    all += RECORDS;
    for table in rest {
        all += &create(table);
    }
    all += INDICES;
    all += VIEWS;
    all
}

fn create(table: &Table) -> String {
    let owner = Owner::of(table);
    let mut lines = vec![owner.column().to_owned()];
    if owner == Owner::Output {
        lines.insert(0, "id INTEGER PRIMARY KEY".to_owned());
    }
    lines.extend(columns(table).map(|(_, column)| definition(column)));
    let own = |key: &&&str| !["source_path", "record_id"].contains(key);
    let key: Vec<&str> = std::iter::once(owner.name()).chain(table.key.iter().filter(own).copied()).collect();
    match owner {
        Owner::OwnRecord => {}
        Owner::Output => lines.push("UNIQUE (output, source_path)".to_owned()),
        Owner::Document | Owner::Record => lines.push(format!("PRIMARY KEY ({})", key.join(", "))),
    }
    format!("-- {} / {}\nCREATE TABLE {} (\n  {}\n);\n", table.meaning.0, table.meaning.1, table.name, lines.join(",\n  "))
}

fn definition(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Integer(_) => "INTEGER",
        Kind::Number => "REAL",
        _ => "TEXT",
    };
    let required = if column.required { " NOT NULL" } else { "" };
    let check = match column.kind {
        Kind::Choice(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
            format!(" CHECK ({} IN ({}))", column.name, words.join(", "))
        }
        _ => String::new(),
    };
    format!("{} {kind}{required}{check}", column.name)
}

const BASE: &str = "
-- 1回の変換の結果。名前で区別する / Outputs of conversions, known by name
CREATE TABLE outputs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL
);
";

const RECORDS: &str = "
-- すべての記録と、その文字 / All records and what they say
CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  record_id TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('goal', 'provision', 'form', 'table_row', 'text')),
  page INTEGER,
  text TEXT NOT NULL,
  UNIQUE (document, record_id)
);
-- 検索: 2字ずつの組を空白で区切ったもの / Search: pairs of letters
CREATE VIRTUAL TABLE search USING fts5 (pairs, content = '', tokenize = 'unicode61 remove_diacritics 0');
";

const INDICES: &str = "
CREATE INDEX documents_by_department ON documents (department, fiscal_year);
CREATE INDEX documents_by_sha256 ON documents (source_sha256);
CREATE INDEX goals_by_deadline ON goals (deadline_until);
CREATE INDEX entries_by_text ON entries (field, text);
CREATE INDEX doubts_by_code ON doubts (code);
CREATE INDEX findings_by_code ON findings (code);
";

const VIEWS: &str = "
-- 目標: 部、年度、期限、課名、疑わしい値の数 / Goals with what is usually asked of them
CREATE VIEW goal_list AS
SELECT d.department, d.fiscal_year, d.fiscal_year_raw, g.number, g.number_raw, g.band, g.item, g.plan_category,
  (SELECT group_concat(text, char(10)) FROM (SELECT text FROM entries e WHERE e.record = r.id AND e.field = 'target' ORDER BY e.position)) AS target,
  (SELECT group_concat(text, char(10)) FROM (SELECT text FROM entries e WHERE e.record = r.id AND e.field = 'methods' ORDER BY e.position)) AS methods,
  g.deadline_raw, g.deadline_until, CAST(substr(g.deadline_until, 6, 2) AS INTEGER) AS end_month, g.deadline_kind,
  (SELECT group_concat(text, '、') FROM (SELECT text FROM entries e WHERE e.record = r.id AND e.field = 'divisions' ORDER BY e.position)) AS divisions,
  g.achievement_raw, g.achievement_min_percent, g.achievement_max_percent,
  (SELECT count(*) FROM doubts x WHERE x.record = r.id) AS doubts,
  d.title, d.source_path, r.page, r.record_id, o.name AS output, r.id AS record
FROM goals g JOIN records r ON r.id = g.record JOIN documents d ON d.id = r.document JOIN outputs o ON o.id = d.output;

-- 疑わしい値 / Doubtful values
CREATE VIEW doubtful_values AS
SELECT d.department, d.fiscal_year, r.type, g.number, g.item, x.field, x.code, x.message_ja, x.message_en,
  d.title, d.source_path, r.page, r.record_id, o.name AS output, r.id AS record
FROM doubts x JOIN records r ON r.id = x.record JOIN documents d ON d.id = r.document JOIN outputs o ON o.id = d.output
  LEFT JOIN goals g ON g.record = r.id;

-- 文書ごとの数 / Counts by document
CREATE VIEW document_counts AS
SELECT d.source_path, d.title, d.department, d.fiscal_year, d.status,
  (SELECT count(*) FROM records r WHERE r.document = d.id AND r.type = 'goal') AS goals,
  (SELECT count(*) FROM records r WHERE r.document = d.id AND r.type = 'provision') AS provisions,
  (SELECT count(*) FROM records r WHERE r.document = d.id) AS records,
  (SELECT count(*) FROM findings f WHERE f.document = d.id) AS findings,
  (SELECT count(*) FROM doubts x JOIN records r ON r.id = x.record WHERE r.document = d.id) AS doubts,
  o.name AS output
FROM documents d JOIN outputs o ON o.id = d.output;

-- 部と年度ごとの数 / Counts by department and year
CREATE VIEW department_counts AS
SELECT department, fiscal_year, count(*) AS documents, sum(goals) AS goals, sum(provisions) AS provisions, sum(doubts) AS doubts
FROM document_counts WHERE status = 'converted' GROUP BY department, fiscal_year;

-- 記録と文書。LIKE で探すとき、検索の結果を見るときに / Records with their documents
CREATE VIEW record_list AS
SELECT r.id AS record, r.type, r.text, d.department, d.fiscal_year, d.title, d.source_path, r.page, r.record_id, o.name AS output
FROM records r JOIN documents d ON d.id = r.document JOIN outputs o ON o.id = d.output;

-- 検索: SELECT * FROM found WHERE pairs MATCH '研修' / Search
CREATE VIEW found AS
SELECT search.pairs AS pairs, l.* FROM search JOIN record_list l ON l.record = search.rowid;
";
