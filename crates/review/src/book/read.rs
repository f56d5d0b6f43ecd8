//! What was filled in, as a work. Whatever does not fit is said by row, and then nothing is taken.

use super::identity::Identity;
use super::typed::Typed;
use super::write::printable;
use super::{Column, EMPTY, GUIDE, HIDDEN, READER, RIGHT, SAME, SHEET, UNKNOWN, WRONG};
use calamine::{Data, Range, Reader as _, Xlsx};
use seisho_audit::values::{sha256, squeezed};
use seisho_audit::work::{FORMAT, Judged, Verdict, Work};
use seisho_model::codes::finding::Message;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

/// Why a workbook is no work.
#[derive(Debug)]
pub enum Unfit {
    /// It cannot be read.
    Unreadable(Box<dyn std::error::Error + Send + Sync>),
    /// It is none of ours, or what it is known by is gone.
    Foreign(Message),
    /// Rows that do not fit, each with its number, in the order of the sheet.
    Rows(Vec<Message>),
}

/// What a reader filled in. What was not judged is not in it.
///
/// # Errors
/// When the workbook is none of ours, and when any row does not fit.
pub fn read(bytes: &[u8]) -> Result<Work, Unfit> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| Unfit::Unreadable(e.into()))?;
    let typed = Typed::of(&mut book, SHEET);
    let sheet = book.worksheet_range(SHEET).map_err(|_| {
        foreign(
            format!("シート「{SHEET}」がありません。seisho review --to ….xlsx で作ったブックを指定してください"),
            format!("there is no sheet {SHEET}; name a workbook that seisho review --to ….xlsx made"),
        )
    })?;
    let guide = book.worksheet_range(GUIDE).ok();
    let columns = Columns::of(&sheet)?;
    let saved = saved(bytes);
    let (mut work, mut problems) = (None::<Work>, Vec::new());
    let mut seen: BTreeMap<(String, String), Seen> = BTreeMap::new();
    for row in 1..sheet.height() {
        let row = Row { sheet: &sheet, columns: &columns, typed: &typed, row };
        match row.judged(saved.as_deref()) {
            Ok(None) => {}
            Ok(Some((identity, judged))) => {
                let work = work.get_or_insert_with(|| Work {
                    format: FORMAT.to_owned(),
                    review: identity.review.clone(),
                    lot: identity.lot.clone(),
                    reader: String::new(),
                    blind: identity.blind,
                    items: Vec::new(),
                });
                let name = (judged.source_sha256.clone(), judged.pointer.to_string());
                let said = Seen { row: row.number(), path: judged.path.clone(), said: (judged.verdict, judged.now.clone()) };
                if work.review != identity.review {
                    problems.push(row.says("別の一覧の行です", "is a row of another list"));
                } else if let Some(first) = seen.get(&name) {
                    problems.extend(first.held_against(&said, row));
                } else {
                    seen.insert(name, said);
                    work.items.push(judged);
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(Unfit::Rows(problems));
    }
    let mut work = work.ok_or_else(|| {
        foreign(
            format!("「{}」が1つも選ばれていません", Column::Verdict.heading()),
            format!("nothing is chosen in the column {}", Column::Verdict.heading()),
        )
    })?;
    work.reader = guide.map(|guide| reader(&guide)).unwrap_or_default();
    Ok(work)
}

/// A row that was read.
struct Seen {
    row: usize,
    path: String,
    said: (Verdict, Option<String>),
}

impl Seen {
    /// Why a row about the same value of the same bytes is none. The same bytes under another name are the same paper: they
    /// may have rows of their own, which say the same.
    fn held_against(&self, later: &Self, row: Row<'_>) -> Option<Message> {
        let first = self.row;
        if self.path == later.path {
            return Some(row.says(format!("{first} 行目と同じ値です"), format!("is the value of row {first} again")));
        }
        (self.said != later.said).then(|| {
            row.says(
                format!("{first} 行目と同じ内容のファイルの同じ値なのに、判定か直した値が違います"),
                format!("is the same value of a file with the same bytes as row {first}, and yet another judgement or corrected value"),
            )
        })
    }
}

/// Whether bytes are a workbook of a review in which nobody filled in anything yet: it can be made again without loss.
#[must_use]
pub fn is_blank(bytes: &[u8]) -> bool {
    let Ok(mut book): Result<Xlsx<_>, _> = Xlsx::new(Cursor::new(bytes)) else { return false };
    let Ok(sheet) = book.worksheet_range(SHEET) else { return false };
    let Ok(columns) = Columns::of(&sheet) else { return false };
    let filled_in = |(column, at): &(Column, usize)| {
        let is_entry = matches!(column, Column::Verdict | Column::Now | Column::Memo);
        is_entry && (1..sheet.height()).any(|row| sheet.get((row, *at)).is_some_and(|cell| !text(cell).trim().is_empty()))
    };
    !columns.seen.iter().any(filled_in)
}

fn foreign(ja: String, en: String) -> Unfit {
    Unfit::Foreign(Message::new(ja, en))
}

/// The name in the guide, right of its label.
fn reader(guide: &Range<Data>) -> String {
    let named = guide.rows().find(|row| row.first().is_some_and(|cell| text(cell).trim() == READER));
    named.and_then(|row| row.get(1)).map(text).unwrap_or_default().trim().to_owned()
}

/// Where each column stands; readers may move them.
struct Columns {
    seen: Vec<(Column, usize)>,
    hidden: [usize; 3],
    identity: Vec<usize>,
}

impl Columns {
    fn of(sheet: &Range<Data>) -> Result<Self, Unfit> {
        let headings: Vec<String> = sheet.rows().next().unwrap_or_default().iter().map(|cell| text(cell).trim().to_owned()).collect();
        let at = |name: &str| headings.iter().position(|heading| heading == name);
        let missing = |name: &str, is_hidden: bool| {
            let more =
                if is_hidden { ("照合のための隠れた列", "hidden column that rows are known by") } else { ("列", "column") };
            foreign(
                format!("{}「{name}」がありません。消したり名前を変えたりしていないブックを指定してください", more.0),
                format!("the {} {name:?} is gone; name a workbook whose columns are as they were", more.1),
            )
        };
        let wanted = [Column::Document, Column::Field, Column::Value, Column::Verdict, Column::Now, Column::Memo];
        let seen = wanted.iter().map(|c| at(c.heading()).map(|at| (*c, at)).ok_or_else(|| missing(c.heading(), false)));
        let seen = seen.collect::<Result<_, _>>()?;
        let hidden = |name: &str| at(name).ok_or_else(|| missing(name, true));
        let hidden_three = [hidden(HIDDEN[0])?, hidden(HIDDEN[1])?, hidden(HIDDEN[2])?];
        let mut identity = vec![hidden(HIDDEN[3])?];
        identity.extend((2..).map_while(|n| at(&format!("{} {n}", HIDDEN[3]))));
        Ok(Self { seen, hidden: hidden_three, identity })
    }
}

/// A row of values.
#[derive(Clone, Copy)]
struct Row<'s> {
    sheet: &'s Range<Data>,
    columns: &'s Columns,
    typed: &'s Typed,
    /// From 0, the headings'.
    row: usize,
}

impl Row<'_> {
    /// As people count.
    fn number(&self) -> usize {
        self.row + 1 + self.sheet.start().map_or(0, |(row, _)| row as usize)
    }

    fn says(&self, ja: impl AsRef<str>, en: impl AsRef<str>) -> Message {
        Message::new(format!("{} 行目: {}", self.number(), ja.as_ref()), format!("row {}: {}", self.number(), en.as_ref()))
    }

    fn at(&self, column: usize) -> String {
        self.sheet.get((self.row, column)).map(text).unwrap_or_default()
    }

    fn of(&self, column: Column) -> String {
        self.columns.seen.iter().find(|(c, _)| *c == column).map(|(_, at)| self.at(*at)).unwrap_or_default()
    }

    /// Why what was filled in cannot be read as it was typed.
    fn problem(self) -> Option<Message> {
        let entries = self.columns.seen.iter().filter(|(c, _)| matches!(c, Column::Verdict | Column::Now | Column::Memo));
        let start = self.sheet.start().unwrap_or_default();
        entries
            .filter_map(|(_, at)| {
                let place = (start.0 + u32::try_from(self.row).ok()?, start.1 + u32::try_from(*at).ok()?);
                self.typed.problem(place, self.sheet.get((self.row, *at)).unwrap_or(&Data::Empty))
            })
            .next()
    }

    /// What was said of the row's value; none where nothing was.
    fn judged(&self, saved: Option<&str>) -> Result<Option<(Identity, Judged)>, Message> {
        if let Some(problem) = self.problem() {
            return Err(self.says(&problem.ja, &problem.en));
        }
        let (verdict, now, memo) = (self.of(Column::Verdict), self.of(Column::Now), self.of(Column::Memo));
        let verdict = verdict.trim();
        if verdict.is_empty() && now.trim().is_empty() {
            return Ok(None);
        }
        let identity = self.identity()?;
        // What says that nothing stands on paper, where nothing was read.
        let now = if (identity.blind || identity.text.is_empty()) && now.trim() == EMPTY { String::new() } else { now };
        let has_now = !now.trim().is_empty();
        let verdict = match (verdict, identity.blind) {
            ("", true) => Verdict::Typed,
            (UNKNOWN, _) if has_now => {
                return Err(self.says("「分からない」なのに「直した値」があります", "cannot be told, and yet there is a corrected value"));
            }
            (UNKNOWN, _) => Verdict::Unknown,
            ("", false) => {
                return Err(self.says("「直した値」があるのに「判定」が空です", "there is a corrected value, but no judgement"));
            }
            (RIGHT, false) if has_now && now != printable(&identity.text) => {
                return Err(self.says("「正しい」なのに「直した値」が値と違います", "judged right, and yet the corrected value is another"));
            }
            (RIGHT, false) => Verdict::Right,
            (WRONG, false) if has_now && now == printable(&identity.text) => {
                return Err(self.says("「違う」なのに「直した値」が値と同じです", "judged wrong, and yet the corrected value is the same"));
            }
            (WRONG, false) => Verdict::Wrong,
            (other, _) => {
                return Err(self.says(
                    format!("「判定」の「{other}」は {RIGHT}・{WRONG}・{UNKNOWN} のどれでもありません"),
                    format!("the judgement {other:?} is none of {RIGHT}, {WRONG}, {UNKNOWN}"),
                ));
            }
        };
        let is_kept = verdict == Verdict::Typed || (verdict == Verdict::Wrong && has_now);
        let Identity { path, source_sha256, pointer, text, was, anchor, confidence, .. } = identity.clone();
        let judged = Judged {
            path,
            source_sha256,
            pointer,
            text,
            was,
            anchor: Some(anchor),
            confidence,
            verdict,
            now: is_kept.then_some(now),
            reason: Some(memo.trim().to_owned()).filter(|memo| !memo.is_empty()),
            at: saved.map(str::to_owned),
        };
        Ok(Some((identity, judged)))
    }

    /// Which value the row is of, where all that says so agrees.
    fn identity(&self) -> Result<Identity, Message> {
        let cells: String = self.columns.identity.iter().map(|at| self.at(*at)).collect();
        let identity = Identity::of(&cells).ok_or_else(|| match cells.is_empty() {
            true => self.says(
                "照合のための隠れた列が空です（足した行は読めません）",
                "the hidden columns are empty (rows that were added cannot be read)",
            ),
            false => self.says("照合のための隠れた列が変わっています", "the hidden columns were changed"),
        })?;
        let hidden = self.columns.hidden.map(|at| self.at(at));
        let own = [identity.source_sha256.clone(), identity.pointer.to_string(), sha256(identity.text.as_bytes())];
        if hidden != own {
            return Err(self.says("照合のための隠れた列が変わっています", "the hidden columns were changed"));
        }
        // Below its path stand those of files with the same bytes.
        let document = self.of(Column::Document);
        let own = document.split_once(SAME).map_or(document.as_str(), |(own, _)| own);
        let is_document = [own, &document].iter().any(|said| folded(said) == folded(&printable(&identity.path)));
        let is_field = self.of(Column::Field).lines().next_back().is_some_and(|line| line.trim() == identity.pointer.as_str());
        if !is_document || !is_field {
            return Err(self.says(
                "文書・欄と、隠れた列が合いません。隠れた列を含めずに並べ替えたようです",
                "document and field are not those of the hidden columns; the rows were sorted without them",
            ));
        }
        let value = if identity.text.is_empty() { EMPTY } else { &identity.text };
        if !identity.blind && folded(&self.of(Column::Value)) != folded(&printable(value)) {
            return Err(self.says(
                "「値」が変わっています。「値」は元に戻し、正しい字は「直した値」に書いてください",
                "the column 値 was changed; put it back, and write what is right into 直した値",
            ));
        }
        Ok(identity)
    }
}

/// A text as programs agree on it: without white space, and `_x0041_`, which some take for the character of that number,
/// as that character.
fn folded(text: &str) -> String {
    let text = squeezed(text);
    let (mut folded, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(c) = rest.chars().next() {
        let code = rest.strip_prefix("_x").and_then(|r| r.get(..4)).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(meant) => {
                folded.push(meant);
                rest = &rest[7..];
            }
            None => {
                folded.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    squeezed(&folded)
}

/// What a cell says.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.replace("\r\n", "\n"),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}

/// When the workbook was saved, where the program that did so says it: RFC 3339.
fn saved(bytes: &[u8]) -> Option<String> {
    let mut files = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut xml = String::new();
    files.by_name("docProps/core.xml").ok()?.take(65_536).read_to_string(&mut xml).ok()?;
    let (_, rest) = xml.split_once("<dcterms:modified")?;
    let (said, _) = rest.split_once('>')?.1.split_once('<')?;
    let shape: String = said.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_whole = shape == "0000-00-00T00:00:00Z" && !said.starts_with("2000-01-01");
    is_whole.then(|| said.to_owned())
}
