//! Arguments of `seisho audit` and `seisho review`.

use crate::password::Password;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// 誤字らしいものを並べる（あれば終了コード 1） / list what looks like slips (exit code 1 where there are any)
    Check {
        /// convert の結果のフォルダ / folder of results of convert
        results: PathBuf,
        /// 書き出す JSON / file for the list (JSON)
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// 書き出す CSV / file for the list (CSV)
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// 二つの結果、または結果と正解を比べる（違えば終了コード 1） / hold two results, or a result and a truth, against each other (exit code 1 where they differ)
    Compare(Compare),
    /// 同じ文書を二度変換した結果の、違いとその訳 / what changed between two runs over the same documents, and why
    Diff {
        /// 前の結果 / results before
        before: PathBuf,
        /// 後の結果 / results after
        after: PathBuf,
    },
    /// 何件を抜き取り、何件まで誤りがあってよいかを決め、抜き取る / plan a sample of the results, and draw it
    Plan(Plan),
    /// 見直しの結果から、合否と誤りの割合を決める / decide on the results by what was found in the sample
    Decide {
        /// seisho audit plan のファイル / file of seisho audit plan
        plan: PathBuf,
        /// 見直しの結果（WORK.json、または記入した .xlsx。食い違う値は、まだ見ていないものとして数える） / works of the review (WORK.json, or the .xlsx that was filled in); what readers differ in counts as not looked at
        #[arg(required = true)]
        works: Vec<PathBuf>,
        /// 決定を書く JSON / file for the decision (JSON)
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// 見直しの結果、または手で直した文書から、訂正の台帳に行を足す / add lines to a ledger of corrections, from works of the review or from documents changed by hand
    Corrections {
        /// 見直しの結果（WORK.json、または記入した .xlsx） / works of the review (WORK.json, or the .xlsx that was filled in)
        #[arg(required_unless_present = "edited")]
        works: Vec<PathBuf>,
        /// 手で直した文書（edited/）がある結果のフォルダ / folder of results that holds documents changed by hand (edited/)
        #[arg(long, value_name = "DIR", conflicts_with = "works", requires = "by")]
        edited: Option<PathBuf>,
        /// 直した人（見直しのブックに名前がないときも） / who changed them (or who filled in a workbook that names nobody)
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// 正しいと判断した値も台帳に入れる（その値への指摘に、答えが付く） / lines for the values that were judged right too (the findings about them are answered)
        #[arg(long, conflicts_with = "edited")]
        confirmed: bool,
        /// 台帳（書き足す） / the ledger, which is added to
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// 署名する報告書（A4 の HTML と、同じ内容の JSON）を作る / make the report that is signed (HTML for A4, and the same as JSON)
    Report {
        /// convert の結果のフォルダ / folder of results of convert
        results: PathBuf,
        /// 計画 / the plan
        #[arg(long, value_name = "PLAN")]
        plan: Option<PathBuf>,
        /// 見直しの結果（いくつでも。--plan が要る） / works of the review, any number; they need --plan
        #[arg(long, value_name = "WORK")]
        work: Vec<PathBuf>,
        /// 変換に使った訂正の台帳（封印に入れる） / the ledger that the results were converted with, to be under the seal
        #[arg(long, value_name = "LEDGER")]
        corrections: Option<PathBuf>,
        /// 報告書（.html。隣に .json も書く） / the report (.html; a .json beside it)
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// 署名のあとに報告書・結果・計画・見直し・台帳が変わっていないかを調べる / see whether a report, its results, plan, works or ledger changed after signing
    Verify {
        /// 報告書（.html か .json） / the report (.html or .json)
        report: PathBuf,
        /// 結果のフォルダ（報告書を作ったときと場所が違うとき） / folder of results, where it is elsewhere than when the report was made
        #[arg(long, value_name = "DIR")]
        results: Option<PathBuf>,
    },
    /// 二人の見直しの結果の違いを並べる / list where the works of two readers differ
    Agree {
        /// 一人目の結果 / work of the first
        first: PathBuf,
        /// 二人目の結果 / work of the second
        second: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// 正解、または一つ目の結果（フォルダ、JSON、CSV、xlsx） / the truth, or the first results (a folder, JSON, CSV, xlsx)
    pub(crate) first: PathBuf,
    /// 比べる結果 / the results that are held against it
    pub(crate) second: PathBuf,
    /// 違うところを決める三つ目の結果 / a third reading that decides where they differ
    #[arg(long, value_name = "RESULTS")]
    pub(crate) third: Option<PathBuf>,
    /// 左右に並べた HTML / side by side, as one HTML file
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// 書き出す JSON / file for the figures and differences (JSON)
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// convert の結果のフォルダ / folder of results of convert
    pub(crate) results: PathBuf,
    /// 合格なら、誤りはこの割合より少ない（0.01 や 1%） / an accepted lot has fewer errors than this (0.01 or 1%)
    #[arg(long, value_name = "RATE")]
    pub(crate) rate: String,
    /// その確かさ（0.95 や 95%） / with this confidence (0.95 or 95%)
    #[arg(long, value_name = "CONFIDENCE", default_value = "95%")]
    pub(crate) confidence: String,
    /// 見本にあってよい誤りの数 / errors that the sample may hold
    #[arg(long, value_name = "N", conflicts_with = "expected")]
    pub(crate) accept: Option<u64>,
    /// 見込みの割合。この割合のものが10回に9回は合格する、いちばん小さい見本にする / expected rate: the smallest sample that accepts such a lot in nine cases of ten
    #[arg(long, value_name = "RATE")]
    pub(crate) expected: Option<String>,
    /// 抜き取りの種（なければ結果の内容から） / seed of the draw (without: told by the results)
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// 何で分けて見るか / by what the values are told apart
    #[arg(long, value_delimiter = ',', default_value = "form,method,doubt", value_name = "form,method,doubt")]
    pub(crate) strata: Vec<String>,
    /// 分けたそれぞれから、少なくともこの件数を見る / at least so many of every part are looked at
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) least: u64,
    /// 計画と見本を書く JSON / file for the plan and its sample (JSON)
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["sample", "doubts", "all"]))]
pub(crate) struct Review {
    /// convert の結果のフォルダ / folder of results of convert
    pub(crate) results: PathBuf,
    /// 計画の見本 / the sample of a plan
    #[arg(long, value_name = "PLAN")]
    pub(crate) sample: Option<PathBuf>,
    /// 疑いのある値を、誤りらしいものから / values with doubts, the most doubtful first
    #[arg(long)]
    pub(crate) doubts: bool,
    /// すべての値を、文書の順に / all values, in the order of the documents
    #[arg(long)]
    pub(crate) all: bool,
    /// 書き出し先。フォルダなら頁の図を別に置き、.html なら一つのファイル、.xlsx なら Excel のブックにする / where to: a folder with pictures, one file that ends with .html, or a workbook that ends with .xlsx
    #[arg(long, value_name = "DIR|FILE")]
    pub(crate) to: PathBuf,
    /// 確認者の名前 / name of the reader
    #[arg(long, value_name = "NAME")]
    pub(crate) reader: Option<String>,
    /// 読み取った値を隠す（二人目の確認） / hide what was read (for a second reader)
    #[arg(long)]
    pub(crate) blind: bool,
    /// 元の文書のフォルダ（変換したときと場所が違うとき） / folder of the sources, where they are elsewhere than when they were converted
    #[arg(long, value_name = "DIR")]
    pub(crate) sources: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) password: Password,
}
