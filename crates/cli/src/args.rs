//! The command line.

use crate::audit::args::{Audit, Review};
use crate::password::Password;
use crate::screen::lang::{Lang, Stop};
use clap::{Args, Parser, Subcommand};
use seisho_batch::{Bounds as Defaults, Shard};
use std::path::PathBuf;

/// 自治体の運営方針・組織目標表を、根拠付きの JSON にします。
///
/// Turns Japanese municipal policies and goal tables into JSON records with evidence.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// 表示の言語（既定: 環境の言語） / language of messages (default: the system's)
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "終了コード / exit codes:
  0  すべて変換した / all converted
  1  変換できないファイルがあった / some inputs failed
  2  実行できなかった / could not run
  3  途中で止められた。同じコマンドで続きから / stopped; the same command goes on";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// ファイルやフォルダを変換する / convert files and folders
    Convert(Convert),
    /// 指摘のコード、または値の根拠を説明する / explain a code or a value (without WHAT: list all codes)
    Explain {
        /// X001 や out/documents/a.txt.json#/goals/3/item など / such as X001 or out/documents/a.txt.json#/goals/3/item
        what: Option<String>,
    },
    /// 変換の結果を Excel・CSV・データベースなどに書き出す / export results to Excel, CSV, databases and the like
    Export(Export),
    /// 頁を、プログラムに見えたとおりの図にする / draw a page as the program sees it
    Inspect(Inspect),
    /// 標準入力の PDF の文字を頁ごとに JSON で（清書が自分で使う） / text of a PDF by page (for the program's own use)
    #[command(hide = true)]
    FallbackReader,
    /// 標準入力の1行に1件の依頼を読み、文書を1行ずつ返す / read a request a line, answer with a document a line
    ///
    /// {"path": "a.pdf"} または / or {"name": "a.pdf", "base64": "…"}、ほかに / besides: id, out, records, parts, max_wall
    Worker(Worker),
    /// ほかの清書から頼まれた文書を変換する（清書が自分で使う） / convert what another seisho asks for (for the program's own use)
    #[command(hide = true)]
    Answer,
    /// 変換プロセスの隔離を試す（清書が自分で使う） / try what a worker process can still reach (for the program's own use)
    #[command(hide = true)]
    Probe {
        /// 試しに使ってよいファイル / a file that may be lost
        victim: PathBuf,
    },
    /// 変換の進み具合 / how far a run in a folder of results has come
    Status {
        /// 結果のフォルダ / folder of results
        dir: PathBuf,
    },
    /// --shard で分けた結果を一つにする / put the results of all shards together
    Merge {
        /// それぞれの結果のフォルダ / their folders
        #[arg(required = true)]
        shards: Vec<PathBuf>,
        /// 結果を書くフォルダ / folder for the whole
        #[arg(long)]
        out: PathBuf,
    },
    /// 抜き取り検査、訂正の台帳 / sampling, decisions, the ledger of corrections
    Audit {
        #[command(subcommand)]
        what: Audit,
    },
    /// 値を元の文書と並べて、人が見直す頁を作る / make a page on which a person compares values with their source
    Review(Review),
    /// この機械に何があり、何が足りないかを調べる / see what this machine has and what is missing
    Doctor(Doctor),
    /// シェルの補完を書き出す（配布用） / print completions of a shell (for packages)
    #[command(hide = true)]
    Completions {
        /// シェル / the shell
        shell: clap_complete::Shell,
    },
    /// マニュアルの頁（roff）をフォルダに書き出す（配布用） / write the pages of the manual into a folder (for packages)
    #[command(hide = true)]
    Man {
        /// フォルダ / the folder
        dir: PathBuf,
    },
    /// 出力の JSON Schema を書き出す / write the JSON Schemas of the output
    Schema(Schema),
    /// 様式のプロファイルを下書きし、確かめる / draft and check profiles of forms
    Profile {
        #[command(subcommand)]
        what: Profile,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// 書き出し先のフォルダ（なければ文書のスキーマを表示） / folder to write to (without: print the document's)
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// このプロファイルの文書のスキーマ / schema of the documents of this profile
    #[arg(long, value_name = "ID", requires = "profiles")]
    pub(crate) profile: Option<String>,
    /// プロファイルのフォルダ / folder of profiles
    #[arg(long, value_name = "DIR")]
    pub(crate) profiles: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Profile {
    /// 見本の文書から、プロファイルの下書きを作る / draft a profile from samples of a form
    New {
        /// 同じ様式の文書 / documents of one form
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 下書きのファイル（なければ表示） / file of the draft (without: print it)
        #[arg(long)]
        out: Option<PathBuf>,
        /// 1件が何か（既定: 見本から） / what a record is (default: told by the samples)
        #[arg(long, value_enum)]
        record: Option<Record>,
        #[command(flatten)]
        password: Password,
        #[command(flatten)]
        conversion: Conversion,
    },
    /// プロファイルを調べ、文書のどこがどの項目になるかを見せる / check a profile and show what of a document becomes which field
    Check {
        /// プロファイル（.toml） / the profile (.toml)
        file: PathBuf,
        /// 同じ様式の文書 / documents of the form
        docs: Vec<PathBuf>,
        /// 頁ごとの図（.svg）を書くフォルダ / folder for pictures of the pages (.svg)
        #[arg(long, value_name = "DIR")]
        pictures: Option<PathBuf>,
        #[command(flatten)]
        password: Password,
        #[command(flatten)]
        conversion: Conversion,
    },
}

/// What a record of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Record {
    /// 目標（表の1行、1件1枚の票） / a goal: a row of a table, a sheet
    Goal,
    /// 帳票（ラベルと値） / a form: labels and values
    Form,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// convert の結果のフォルダ / folder of results of convert
    #[arg(required_unless_present = "check")]
    pub(crate) results: Option<PathBuf>,
    /// 書き出し先のフォルダ / folder to write to
    #[arg(long, value_name = "DIR", required_unless_present = "check")]
    pub(crate) to: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) formats: Formats,
    /// 書き出したフォルダが機械判読のルールを守っているか、ルールごとに調べる / say rule by rule whether an exported folder is machine-readable
    #[arg(long, value_name = "DIR", conflicts_with_all = ["results", "to", "format"])]
    pub(crate) check: Option<PathBuf>,
}

/// What results are exported as.
#[derive(Args, Debug)]
#[command(next_help_heading = "書き出し / Export")]
pub(crate) struct Formats {
    /// 形式（コンマで区切っていくつでも） / formats, any of them, parted by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) format: Vec<ExportFormat>,
    /// CSV の文字コード / character encoding of CSV files
    #[arg(long, value_enum, default_value_t = CsvEncoding::Utf8, requires = "format")]
    pub(crate) encoding: CsvEncoding,
    /// CSV のセルの中の改行 / line breaks in cells of CSV files
    #[arg(long, value_enum, default_value_t = LineBreaks::Keep, requires = "format")]
    pub(crate) line_breaks: LineBreaks,
    /// 総務省の機械判読のルールに沿った CSV にする / CSV files that keep to the Japanese rules for machine-readable tables
    #[arg(long, requires = "format")]
    pub(crate) machine_readable: bool,
    /// データベースの中でのこの結果の名前（既定: 入力の名前） / what a database knows these results by (default: names of the inputs)
    #[arg(long, value_name = "NAME", requires = "format")]
    pub(crate) name: Option<String>,
    /// Excel の行からリンクする見直しの頁（seisho review --to のフォルダか .html） / page of the review that rows of the workbook link to (folder or .html of seisho review --to)
    #[arg(long, value_name = "DIR", requires = "format")]
    pub(crate) review: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    /// Excel のブック / a workbook
    Xlsx,
    /// CSV ファイル（表ごと） / a CSV file a table
    Csv,
    /// SQLite のデータベース / an SQLite database
    Sqlite,
    /// Parquet ファイル（表ごと） / a Parquet file a table
    Parquet,
    /// Frictionless データパッケージ（CSV つき） / a Frictionless data package with its CSV files
    Datapackage,
}

#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum)]
pub(crate) enum CsvEncoding {
    /// UTF-8（印つき） / UTF-8 with a byte order mark
    Utf8,
    /// CP932（Shift_JIS）。ない文字は 〓U+XXXX〓 / CP932; characters that it lacks as 〓U+XXXX〓
    Cp932,
}

#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum)]
pub(crate) enum LineBreaks {
    /// そのまま / they stay
    Keep,
    /// 空白にする / a space for each
    Space,
    /// 「 / 」にする / a slash for each
    Slash,
}

/// How documents are converted: all that a result depends on, besides the document and the program.
#[derive(Args, Clone, Debug)]
pub(crate) struct Conversion {
    /// 頁の終わりで切れた表・行・段落をつながない / leave tables, rows and paragraphs cut where a page ends
    #[arg(long)]
    no_page_joins: bool,
    /// 年度を書いていない文書の年度（令和6年度、R6、2024） / fiscal year of documents that name none (R6, 2024)
    #[arg(long, value_name = "YEAR", value_parser = fiscal_year)]
    fiscal_year: Option<String>,
    /// 自分の様式のプロファイル（.toml）のフォルダ / folder of profiles (.toml) of your own forms
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
    /// 訂正の台帳（seisho audit corrections で作る）を結果に当てる / lay the corrections of a ledger over the results (made by seisho audit corrections)
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    #[command(flatten)]
    scans: Scans,
    #[command(flatten)]
    bounds: Bounds,
}

impl Conversion {
    /// With the texts of its profiles.
    pub(crate) fn read(&self) -> Result<seisho_batch::Conversion, Stop> {
        let Self { no_page_joins, fiscal_year, profiles, corrections, scans, bounds } = self;
        let profiles = profiles.as_deref().map_or(Ok(Vec::new()), seisho_batch::files::profiles::load)?;
        Ok(seisho_batch::Conversion {
            no_page_joins: *no_page_joins,
            fiscal_year: fiscal_year.clone(),
            profiles,
            corrections: corrections.as_deref().map_or(Ok(Vec::new()), seisho_batch::files::corrections::load)?,
            scans: scans.into(),
            bounds: bounds.into(),
        })
    }
}

fn fiscal_year(text: &str) -> Result<String, &'static str> {
    seisho_pipeline::year::of_option(text).map(|_| text.to_owned()).ok_or("令和6年度、R6、2024 のように / such as R6 or 2024")
}

/// Over one of these, a file fails.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "上限（超えたファイルだけが失敗になる） / Limits (a file over one fails, alone)")]
pub(crate) struct Bounds {
    /// ファイルの大きさ（バイト） / size of a file, in bytes
    #[arg(long, value_name = "N", default_value_t = Defaults::default().max_bytes)]
    max_bytes: u64,
    /// 頁の数 / pages
    #[arg(long, value_name = "N", default_value_t = Defaults::default().max_pages)]
    max_pages: usize,
    /// 1頁の字形・線・画像の数 / glyphs, lines and pictures drawn on a page
    #[arg(long, value_name = "N", default_value_t = Defaults::default().max_operations)]
    max_operations: u64,
    /// 1頁の画素の数 / pixels of a page
    #[arg(long, value_name = "N", default_value_t = Defaults::default().max_pixels)]
    max_pixels: u64,
    /// PDF のストリームを展開した大きさ（バイト） / bytes to which a stream of a PDF unpacks
    #[arg(long, value_name = "N", default_value_t = Defaults::default().max_stream)]
    max_stream: u64,
    /// 変換プロセス1つのメモリ（MiB） / memory of a worker process, in MiB
    #[arg(long, value_name = "MIB", default_value_t = Defaults::default().max_memory, value_parser = clap::value_parser!(u64).range(256..=1 << 20))]
    max_memory: u64,
    /// 1ファイルの CPU 時間（秒。スキャンは1頁ごと） / CPU seconds of a file (of each page, for scans)
    #[arg(long, value_name = "S", default_value_t = Defaults::default().max_cpu, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    max_cpu: u64,
    /// 1ファイルの時間（秒。スキャンは1頁ごと） / seconds of a file (of each page, for scans)
    #[arg(long, value_name = "S", default_value_t = Defaults::default().max_wall, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    max_wall: u64,
}

impl From<&Bounds> for Defaults {
    fn from(given: &Bounds) -> Self {
        let &Bounds { max_bytes, max_pages, max_operations, max_pixels, max_stream, max_memory, max_cpu, max_wall } = given;
        Self { max_bytes, max_pages, max_operations, max_pixels, max_stream, max_memory, max_cpu, max_wall }
    }
}

/// How pages that are pictures are read.
#[derive(Args, Clone, Debug)]
pub(crate) struct Scans {
    /// 画像の頁を読むか / whether pages that are pictures are read
    #[arg(long, value_enum, default_value_t = Ocr::Auto)]
    ocr: Ocr,
    /// Tesseract 5 のライブラリかコマンド（既定: システムのもの） / library or program of Tesseract 5 (default: the system's)
    #[arg(long, value_name = "FILE")]
    pub(crate) tesseract: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// 結果を書くつもりのフォルダ。その空きを調べる（既定: いまのフォルダ） / folder that results would go to: how much room it has (default: the current folder)
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) scans: Scans,
}

#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum)]
pub(crate) enum Ocr {
    /// 読める文字のない頁を読む / pages without text that can be read
    Auto,
    /// 読まない / none
    Never,
    /// 画像が覆う頁は、文字があっても画像から読む / all pages that a picture covers, even those with text
    Always,
}

impl From<&Scans> for seisho_batch::Scans {
    fn from(given: &Scans) -> Self {
        let ocr = match given.ocr {
            Ocr::Auto => seisho_batch::Ocr::Auto,
            Ocr::Never => seisho_batch::Ocr::Never,
            Ocr::Always => seisho_batch::Ocr::Always,
        };
        Self { ocr, tesseract: given.tesseract.clone() }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// 見るファイル / the file to look at
    pub(crate) file: PathBuf,
    /// 頁（1 から） / page, from 1
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: u32,
    /// 図のファイル（.svg か .png） / file of the picture (.svg or .png)
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// この過程で描く（清書が自分で使う） / draw in this process (for the program's own use)
    #[arg(long, hide = true)]
    pub(crate) confined: bool,
    #[command(flatten)]
    pub(crate) password: Password,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// 変換するファイルやフォルダ（フォルダは中まで） / files and folders, which are searched to the bottom
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// 結果を書くフォルダ / folder for the results
    #[arg(long)]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) pool: Pool,
    /// この分だけ変換する（内容のハッシュで N 等分した I 番目） / only part I of N, divided by hash of the content
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    #[command(flatten)]
    pub(crate) queue: Queue,
    /// 変換済みのものも、すべて変換し直す / convert all again, even what was done before
    #[arg(long)]
    pub(crate) force: bool,
    /// 結果のフォルダにある、ほかの入力の結果を残して加える / keep the results of other inputs that are there, and add these
    #[arg(long)]
    pub(crate) add: bool,
    /// 変換を別のプロセスに分けない（少し速いが、異常終了すると全体が止まる） / convert in this process: a little faster, but a crash ends the run
    #[arg(long)]
    pub(crate) in_process: bool,
    /// 変換できなかった入力の写しを置くフォルダ / folder for copies of the inputs that failed
    #[arg(long, value_name = "DIR")]
    pub(crate) quarantine: Option<PathBuf>,
    /// 経過を書き足すファイル / file to which a log is added
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,
    /// 経過も要約も表示しない / show neither progress nor summary
    #[arg(long)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) formats: Formats,
    /// 書き出し先のフォルダ（既定: 結果のフォルダの中の export） / folder to export to (default: export in the folder of results)
    #[arg(long, value_name = "DIR", requires = "format")]
    pub(crate) to: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
}

/// Several machines at the same inputs.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "何台かで分ける / Several machines")]
pub(crate) struct Queue {
    /// 何台もの PC で分け合うための共有フォルダ。どの PC でも同じコマンドを実行すると、最後の PC が --out にまとめる / shared folder by which several machines divide the work: all run the same command, the last puts the whole into --out
    #[arg(long, value_name = "DIR", conflicts_with_all = ["shard", "force", "add", "format"])]
    pub(crate) queue: Option<PathBuf>,
    /// いくつに分けるか（既定: 100 ファイルごと） / into how many parts (default: one for 100 files)
    #[arg(long, value_name = "N", requires = "queue", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) shards: Option<u32>,
    /// この秒数、合図のない PC の分は、ほかの PC が引き取る / after so many seconds without a sign, a machine's part is taken over
    #[arg(long, value_name = "S", requires = "queue", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) lease: u64,
}

/// Who converts.
#[derive(Args, Clone, Debug)]
pub(crate) struct Pool {
    /// 同時に変換する数（既定: CPU の数） / files at a time (default: number of CPUs)
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    pub(crate) password: Password,
}

impl Pool {
    /// Files at a time.
    pub(crate) fn jobs(&self) -> usize {
        self.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

#[derive(Debug, Args)]
pub(crate) struct Worker {
    /// 最初の行で、版・オプションのハッシュ・上限を言う / the first line says version, hash of the options and limits
    #[arg(long)]
    pub(crate) hello: bool,
    #[command(flatten)]
    pub(crate) pool: Pool,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
}
