//! `seisho export`: results in the formats that offices use.

use super::links;
use crate::End;
use crate::args::{Convert, CsvEncoding, Export, ExportFormat, Formats, LineBreaks};
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_batch::{Inputs, State};
use seisho_export::{Encoding, Error, Format, Options, Report, TableId, Verdict, is_below};
use std::path::{Path, PathBuf};

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        let message = error.message();
        let stop = Self::new(message.ja, message.en);
        match std::error::Error::source(&error) {
            Some(cause) => stop.because(std::io::Error::other(cause.to_string())),
            None => stop,
        }
    }
}

/// Exports, or checks what was exported.
pub(crate) fn export(given: &Export, lang: Lang) -> Result<End, Stop> {
    if let Some(folder) = &given.check {
        return check(folder, lang);
    }
    let (Some(results), Some(to), false) = (&given.results, &given.to, given.formats.format.is_empty()) else {
        return Err(Stop::new(
            "結果のフォルダ、--to、--format（xlsx,csv,sqlite,parquet,datapackage）を指定してください。検査だけなら --check フォルダ",
            "name the folder of results, --to and --format (xlsx,csv,sqlite,parquet,datapackage), or --check FOLDER to check only",
        ));
    };
    // What a run that goes on, or was stopped, has written is of two runs.
    if seisho_batch::status(results).is_ok_and(|status| status.state != State::Finished) {
        return Err(Error::Unfinished(results.clone()).into());
    }
    let (report, roots) = write(results, to, &given.formats)?;
    say(&report, to, lang)?;
    if let Some(root) = roots.iter().find(|root| is_below(to, root) && !is_below(to, results)) {
        print(&match lang {
            Lang::Ja => {
                format!("書き出し先は入力のフォルダ {} の中です。次に変換すると、書き出したファイルも入力になります", root.display())
            }
            Lang::En => {
                format!("that is inside the input {}: the next conversion of it takes the exported files for inputs", root.display())
            }
        })?;
    }
    Ok(End::AllConverted)
}

/// What is exported behind a conversion, and where to.
pub(crate) struct Behind<'c> {
    results: &'c Path,
    to: PathBuf,
    formats: &'c Formats,
}

impl<'c> Behind<'c> {
    /// None where no format is asked for. Sees before the conversion whether there is a place for it.
    pub(crate) fn of(given: &'c Convert) -> Result<Option<Self>, Stop> {
        if given.formats.format.is_empty() {
            return Ok(None);
        }
        let to = given.to.clone().unwrap_or_else(|| given.out.join("export"));
        seisho_export::check_place(&to, &given.out)?;
        // The same command, given again, would take what it exported for inputs; the folder of results holds none.
        let root = given.inputs.iter().find(|root| is_below(&to, root) && !is_below(&to, &given.out));
        if let Some(root) = root {
            let (to, root) = (to.display(), root.display());
            return Err(Stop::new(
                format!("--to の {to} は入力のフォルダ {root} の中にあり、次の変換で入力になります。外のフォルダを指定してください"),
                format!("{to} (--to) is inside the input {root}, and the next conversion would take it for inputs; name a folder outside"),
            ));
        }
        Ok(Some(Self { results: &given.out, to, formats: &given.formats }))
    }

    /// Exports what was converted.
    pub(crate) fn export(&self, is_quiet: bool, lang: Lang) -> Result<(), Stop> {
        let (report, _) = write(self.results, &self.to, self.formats)?;
        if !is_quiet {
            say(&report, &self.to, lang)?;
        }
        Ok(())
    }
}

/// Exports; gives what was named as input of the results as well.
fn write(results: &Path, to: &Path, formats: &Formats) -> Result<(Report, Vec<PathBuf>), Stop> {
    let Inputs { roots, writer, .. } = seisho_batch::inputs(results);
    let mut options = options(formats);
    if let Some(review) = &formats.review {
        options.links = links::to(review, to)?;
    }
    let report = seisho_export::export(results, to, &options, Box::new(move |path| writer.check(path).is_err()))?;
    Ok((report, roots))
}

fn options(given: &Formats) -> Options {
    let format = |format: &ExportFormat| match format {
        ExportFormat::Xlsx => Format::Xlsx,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Sqlite => Format::Sqlite,
        ExportFormat::Parquet => Format::Parquet,
        ExportFormat::Datapackage => Format::Datapackage,
    };
    Options {
        formats: given.format.iter().map(format).collect(),
        encoding: match given.encoding {
            CsvEncoding::Utf8 => Encoding::Utf8,
            CsvEncoding::Cp932 => Encoding::Cp932,
        },
        line_breaks: match given.line_breaks {
            LineBreaks::Keep => seisho_export::LineBreaks::Keep,
            LineBreaks::Space => seisho_export::LineBreaks::Space,
            LineBreaks::Slash => seisho_export::LineBreaks::Slash,
        },
        machine_readable: given.machine_readable,
        name: given.name.clone(),
        links: Vec::new(),
    }
}

/// What was exported, and what a person should know of it.
fn say(report: &Report, to: &Path, lang: Lang) -> Result<(), Stop> {
    let rows = |table: TableId| report.rows.get(table as usize).copied().unwrap_or(0);
    let [goals, provisions, forms, table_rows, texts, findings, documents] =
        [TableId::Goals, TableId::Provisions, TableId::Forms, TableId::TableRows, TableId::Texts, TableId::Findings, TableId::Documents]
            .map(rows);
    print(&match lang {
        Lang::Ja => format!(
            "文書 {documents}、目標 {goals}、項 {provisions}、様式 {forms}、その他の表の行 {table_rows}、段落 {texts}、指摘 {findings}"
        ),
        Lang::En => format!(
            "{documents} documents, {goals} goals, {provisions} provisions, {forms} form values, {table_rows} other table rows, {texts} texts, {findings} findings"
        ),
    })?;
    for notice in &report.notices {
        print(lang.of(notice))?;
    }
    print(&format!("{}: {}", lang.pick("書き出し先", "Exported to"), to.display()))?;
    Ok(())
}

/// Says of each rule for machine-readable tables whether it is kept.
fn check(folder: &Path, lang: Lang) -> Result<End, Stop> {
    let mut is_kept = true;
    for rule in seisho_export::check(folder)? {
        let asks = lang.pick(rule.asks.0, rule.asks.1);
        let (word, more) = match &rule.verdict {
            Verdict::Kept => (lang.pick("○", "kept"), Vec::new()),
            Verdict::DoesNotApply(ja, en) => (lang.pick("－", "n/a"), vec![lang.pick(ja, en).to_owned()]),
            Verdict::Broken(count, places) => {
                is_kept = false;
                let head = match lang {
                    Lang::Ja => format!("{count} か所"),
                    Lang::En => format!("{count} places"),
                };
                (lang.pick("×", "BROKEN"), std::iter::once(head).chain(places.iter().cloned()).collect())
            }
        };
        print(&format!("{word} {} {asks}", rule.number))?;
        for line in more {
            print(&format!("    {line}"))?;
        }
    }
    Ok(if is_kept { End::AllConverted } else { End::SomeFailed })
}
