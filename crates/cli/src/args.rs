//! The command line.

use crate::lang::Lang;
use clap::{Args, Parser, Subcommand};
use seisho_pipeline::{Readers, When};
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
  2  実行できなかった / could not run";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// ファイルやフォルダを変換する / convert files and folders
    Convert(Convert),
    /// 指摘のコード、または値の根拠を説明する / explain a code or a value (without WHAT: list all codes)
    Explain {
        /// X001 や out/documents/a.txt.json#/goals/3/item など / such as X001 or out/documents/a.txt.json#/goals/3/item
        what: Option<String>,
    },
    /// 頁を、プログラムに見えたとおりの図にする / draw a page as the program sees it
    Inspect(Inspect),
    /// 標準入力の PDF の文字を頁ごとに JSON で（清書が自分で使う） / text of a PDF by page (for the program's own use)
    #[command(hide = true)]
    SecondReader {
        /// 暗号化された PDF のパスワード / password of an encrypted PDF
        #[arg(long, default_value = "", hide_default_value = true)]
        password: String,
    },
    /// 文字認識の部品を調べる / see what is there to read scans with
    Doctor(Scans),
    /// 出力の JSON Schema を書き出す / write the JSON Schemas of the output
    Schema {
        /// 書き出し先のフォルダ（なければ文書のスキーマを表示） / folder to write to (without: print the document's)
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// How pages that are pictures are read.
#[derive(Debug, Args)]
pub(crate) struct Scans {
    /// 画像の頁を読むか / whether pages that are pictures are read
    #[arg(long, value_enum, default_value_t = Ocr::Auto)]
    pub(crate) ocr: Ocr,
    /// Tesseract 5 のライブラリ（既定: システムのもの） / library of Tesseract 5 (default: the system's)
    #[arg(long, value_name = "FILE")]
    pub(crate) tesseract: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Ocr {
    /// 読める文字のない頁を読む / pages without text that can be read
    Auto,
    /// 読まない / none
    Never,
    /// 画像が覆う頁は、文字があっても画像から読む / all pages that a picture covers, even those with text
    Always,
}

impl Scans {
    pub(crate) fn readers(&self) -> Readers {
        let when = match self.ocr {
            Ocr::Auto => When::Auto,
            Ocr::Never => When::Never,
            Ocr::Always => When::Always,
        };
        Readers::new(when, self.tesseract.clone())
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
    /// 暗号化された PDF のパスワード / password of an encrypted PDF
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) password: String,
    #[command(flatten)]
    pub(crate) scans: Scans,
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// 変換するファイルやフォルダ（フォルダは中まで） / files and folders, which are searched to the bottom
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// 結果を書くフォルダ / folder for the results
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// 同時に変換する数（既定: CPU の数） / files at a time (default: number of CPUs)
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// 暗号化された PDF のパスワード / password of encrypted PDFs
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) password: String,
    /// 頁の終わりで切れた表・行・段落をつながない / leave tables, rows and paragraphs cut where a page ends
    #[arg(long)]
    pub(crate) no_page_joins: bool,
    #[command(flatten)]
    pub(crate) scans: Scans,
    /// これより大きいファイルは変換しない（バイト） / largest file that is converted, in bytes
    #[arg(long, default_value_t = seisho_extract::Limits::default().bytes)]
    pub(crate) max_bytes: u64,
}
