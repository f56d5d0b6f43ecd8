//! Why a batch cannot go on. What is wrong with one document is no error: it stands in the manifest.

use crate::files::{NotBelow, OpenError, WriteError};
use seisho_model::finding::Message;
use seisho_pipeline::profiles::Problem;
use std::path::PathBuf;

/// Why a batch cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input that was named is not there.
    #[error("{} cannot be found; check the name", .0.display())]
    Missing(PathBuf, #[source] std::io::Error),
    /// The inputs hold no file.
    #[error("there is nothing to convert")]
    NothingToDo,
    /// Two inputs of different roots have one path.
    #[error("{} and {} would both be written as {path}; name their common parent folder, or use two --out folders", .files[0].display(), .files[1].display())]
    Clash {
        /// Both of them.
        files: Box<[PathBuf; 2]>,
        /// The path.
        path: String,
    },
    /// A file of the results cannot be written.
    #[error("cannot write {}; check free space and permissions, then run again", .0.display())]
    CannotWrite(PathBuf, #[source] WriteError),
    /// A file of the results is an input.
    #[error("{} is an input, and no input is ever written to; name another place to write to", .0.display())]
    IsInput(PathBuf),
    /// Another run has the folder of results.
    #[error("another run is writing into {out}; wait until it ends, or name another --out (seisho status {out} shows how far it is)", out = .0.display())]
    InUse(PathBuf),
    /// The folder of results holds another shard.
    #[error("{} holds the results of shard {there}; name another --out for {here} (--force drops them)", .out.display())]
    OtherShard {
        /// The folder.
        out: PathBuf,
        /// What it holds.
        there: String,
        /// What was asked for.
        here: String,
    },
    /// The folder of results holds those of other inputs.
    #[error("{} holds the results of other inputs ({root}: {path}, {count} in all); --add keeps them and adds these, another --out leaves them alone, --force drops them", .out.display())]
    OtherInput {
        /// The folder.
        out: PathBuf,
        /// One of them.
        path: String,
        /// What was named then.
        root: String,
        /// How many.
        count: usize,
    },
    /// An input would be written over the result of another one.
    #[error("{} would be written over the result of {root} ({path}) in {}; name another --out, or the common parent folder of both (--force drops the other)", .file.display(), .out.display())]
    Replaced {
        /// The folder of results.
        out: PathBuf,
        /// The input.
        file: PathBuf,
        /// The path of both.
        path: String,
        /// What was named then.
        root: String,
    },
    /// Results of other inputs that were made by another program, or with other options.
    #[error("{} holds the results of {root} ({path}) by another version of the program or with other options, to which nothing can be added; name all inputs together, or another --out", .out.display())]
    OtherOptions {
        /// The folder.
        out: PathBuf,
        /// One of them.
        path: String,
        /// What was named then.
        root: String,
    },
    /// Another ledger changes a result that is kept, and its source is not there to make it of again.
    #[error("the corrections change the result of {path} in {}, but its source {} is gone or has changed; put it back, or name all inputs together and another --out", .out.display(), .file.display())]
    WithoutSource {
        /// The folder.
        out: PathBuf,
        /// The result.
        path: String,
        /// Where its source was.
        file: PathBuf,
    },
    /// What the journal held cannot be read back.
    #[error("what became of {0} cannot be read back; check the disk and run again")]
    Lost(String),
    /// A document that was written is gone, again.
    #[error("{} was written and is gone: something else takes files away there; run again when it does not", .0.display())]
    TakenAway(PathBuf),
    /// A folder for results holds what no run has written.
    #[error("{} is there already and is no result of a run; name another --out (convert --force writes over it)", .0.display())]
    Foreign(PathBuf),
    /// A path that is none.
    #[error("a path leads out of its folder")]
    Path(#[from] NotBelow),
    /// A value has no JSON.
    #[error("not representable as JSON")]
    Json(#[from] serde_json::Error),
    /// The program's own data is damaged.
    #[error("the program is damaged")]
    Program(#[from] seisho_pipeline::SetupError),
    /// Profiles with faults: their files and what is wrong.
    #[error("the profiles must be mended\n{}", lines(.0, |m| m.en))]
    Profiles(Vec<(String, Problem)>),
    /// A ledger of corrections that cannot be read.
    #[error("{}{} is no line of a ledger of corrections ({what}); lines come from seisho audit corrections", .file.display(), .line.map(|n| format!(":{n}")).unwrap_or_default())]
    Corrections {
        /// The file.
        file: PathBuf,
        /// Its first line that is none.
        line: Option<usize>,
        /// What is wrong.
        what: String,
    },
    /// Threads cannot be started.
    #[error("no threads")]
    Threads(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A worker process cannot be started.
    #[error("a worker process cannot be started")]
    NoWorker(#[source] std::io::Error),
    /// The other side is gone, or this process may not be limited.
    #[error("a worker process was cut off")]
    CutOff(#[source] std::io::Error),
    /// A worker process ended by a fault.
    #[error("the worker stopped")]
    Fault,
    /// Requests cannot be read.
    #[error("standard input cannot be read")]
    Requests(#[source] std::io::Error),
    /// Answers cannot be written.
    #[error("the answers cannot be written, at least one is lost")]
    Answers(#[source] std::io::Error),
    /// No results are there.
    #[error("{} holds no journal of a run; name the folder that was given to convert as --out", .0.display())]
    NoRun(PathBuf),
    /// A result to be merged is not that of a shard.
    #[error("{} was not converted with --shard", .0.display())]
    NoShard(PathBuf),
    /// A shard to be merged is not finished.
    #[error("the run in {} is not finished; finish it with the same command", .0.display())]
    Unfinished(PathBuf),
    /// The journal of a shard was not written by a run.
    #[error("the journal in {} holds a path that leads out of its folder ({path:?}): it was tampered with and is not used", .folder.display())]
    Tampered {
        /// The folder.
        folder: PathBuf,
        /// The path.
        path: String,
    },
    /// Two shards are no parts of one run.
    #[error("{} and {} differ in program, options or number of shards", .0[0].display(), .0[1].display())]
    Different(Box<[PathBuf; 2]>),
    /// Some shards are missing, or there twice.
    #[error("name each of 1/{parts} to {parts}/{parts} once (named: {named:?})")]
    Incomplete {
        /// How many there are.
        parts: u32,
        /// Those that were named.
        named: Vec<u32>,
    },
    /// An input is in two shards.
    #[error("{path} is in both {} and {}: its content changed between the runs", .folders[0].display(), .folders[1].display())]
    Twice {
        /// Its path.
        path: String,
        /// Both of them.
        folders: Box<[PathBuf; 2]>,
    },
    /// A queue was begun with something else.
    #[error("the queue in {} was begun with other inputs, options or another version of the program or of Tesseract; use the same on all machines, or another --queue", .0.display())]
    OtherQueue(PathBuf),
    /// Results are not as they were written.
    #[error("the results in {} are not as they were written; run the same convert command again", .0.display())]
    Damaged(PathBuf, #[source] Option<OpenError>),
}

impl Error {
    /// What a failure to write means.
    pub fn cannot_write(path: impl Into<PathBuf>, error: impl Into<WriteError>) -> Self {
        match error.into() {
            WriteError::Input => Self::IsInput(path.into()),
            error => Self::CannotWrite(path.into(), error),
        }
    }

    /// What to tell a person, without the cause.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new(self.ja(), self.to_string())
    }

    fn ja(&self) -> String {
        match self {
            Self::Missing(path, _) => format!("{} がありません。名前を確かめてください", path.display()),
            Self::NothingToDo => "変換するファイルがありません".to_owned(),
            Self::Clash { files, path } => {
                let [a, b] = files.each_ref().map(|f| f.display());
                format!("{a} と {b} は、どちらも {path} として書き出されます。共通の親フォルダを指定するか、--out を分けてください")
            }
            Self::CannotWrite(path, _) => format!("{} に書けません。空き容量と権限を確かめ、もう一度実行してください", path.display()),
            Self::IsInput(path) => {
                format!("{} は入力ファイルです。入力には書き込みません。別の書き出し先を指定してください", path.display())
            }
            Self::InUse(out) => {
                let out = out.display();
                format!(
                    "{out} には別の変換が書き込み中です。終わるのを待つか、--out を分けてください（seisho status {out} で様子が分かります）"
                )
            }
            Self::OtherShard { out, there, here } => {
                let out = out.display();
                format!("{out} には {there} の結果があります。{here} には別の --out を指定してください（--force で捨てて作り直します）")
            }
            Self::OtherInput { out, path, root, count } => {
                let out = out.display();
                format!(
                    "{out} には別の入力（{root} の {path} など {count} 件）の結果があります。残して加えるなら --add、別にするなら別の --out、捨てるなら --force を指定してください"
                )
            }
            Self::Replaced { out, file, path, root } => {
                let (out, file) = (out.display(), file.display());
                format!(
                    "{file} の結果が、{out} にある {root} の {path} の結果に重なります。別の --out か、両方の親フォルダを指定してください（--force で捨てます）"
                )
            }
            Self::OtherOptions { out, path, root } => {
                let out = out.display();
                format!(
                    "{out} にある {root} の {path} などの結果は、別の版のプログラムか別のオプションで作られていて、加えられません。入力を全部まとめて指定するか、別の --out を指定してください"
                )
            }
            Self::WithoutSource { out, path, file } => {
                let (out, file) = (out.display(), file.display());
                format!(
                    "訂正で {out} にある {path} の結果が変わりますが、元の {file} がないか、変わっています。元に戻すか、入力を全部まとめて別の --out に変換してください"
                )
            }
            Self::Lost(path) => format!("{path} の記録を読み返せません。ディスクを確かめ、もう一度実行してください"),
            Self::TakenAway(path) => {
                format!("書き出した {} がなくなっています。ほかの何かが消しています。止めてから、もう一度実行してください", path.display())
            }
            Self::Foreign(path) => {
                let path = path.display();
                format!("{path} がすでにあり、変換の結果ではありません。別の --out を指定してください（convert の --force で置き換えます）")
            }
            Self::Path(_) => "フォルダの外を指すパスです".to_owned(),
            Self::Json(_) => "JSON にできません".to_owned(),
            Self::Program(_) => "プログラムが壊れています".to_owned(),
            Self::Profiles(problems) => format!("プロファイルを直してください\n{}", lines(problems, |m| m.ja)),
            Self::Corrections { file, line, what } => {
                let place = line.map(|n| format!(":{n}")).unwrap_or_default();
                format!("{}{place} は訂正の台帳として読めません（{what}）。台帳は seisho audit corrections で作れます", file.display())
            }
            Self::Threads(_) => "スレッドを作れません".to_owned(),
            Self::NoWorker(_) => "変換プロセスを起動できません".to_owned(),
            Self::CutOff(_) => "変換プロセスの受け渡しに失敗しました".to_owned(),
            Self::Fault => "変換が止まりました".to_owned(),
            Self::Requests(_) => "標準入力を読めません".to_owned(),
            Self::Answers(_) => "答えを書き出せません。少なくとも1件は失われました".to_owned(),
            other => other.ja_of_shards(),
        }
    }

    /// Those of folders of results that are looked at or merged.
    fn ja_of_shards(&self) -> String {
        match self {
            Self::NoRun(dir) => {
                format!("{} に変換の記録がありません。convert の --out に指定したフォルダを指定してください", dir.display())
            }
            Self::NoShard(folder) => format!("{} は --shard で分けた結果ではありません", folder.display()),
            Self::Unfinished(folder) => {
                format!("{} の変換はまだ終わっていません。同じコマンドで終わらせてください", folder.display())
            }
            Self::Tampered { folder, path } => {
                format!("{} の記録に、フォルダの外を指すパスがあります（{path:?}）。書き換えられた記録は使いません", folder.display())
            }
            Self::Different(folders) => {
                let [a, b] = folders.each_ref().map(|f| f.display());
                format!("{a} と {b} は、プログラム・オプション・分け方のどれかが違います")
            }
            Self::Incomplete { parts, named } => {
                format!("1/{parts} から {parts}/{parts} までを1つずつ指定してください（指定されたのは {named:?}）")
            }
            Self::Twice { path, folders } => {
                let [a, b] = folders.each_ref().map(|f| f.display());
                format!("{path} が {a} と {b} の両方にあります（途中で中身が変わりました）")
            }
            Self::OtherQueue(folder) => {
                format!(
                    "{} の分担は、別の入力・別のオプション・別の版のプログラムか Tesseract で始められています。どの PC でも同じにするか、別の --queue を指定してください",
                    folder.display()
                )
            }
            Self::Damaged(folder, _) => {
                format!("{} の結果が変わっています。同じ convert のコマンドで作り直してください", folder.display())
            }
            other => other.to_string(),
        }
    }
}

/// All problems of profiles, a line each: file, line, what is wrong, what to do.
fn lines(problems: &[(String, Problem)], pick: fn(Message) -> String) -> String {
    let line = |(file, problem): &(String, Problem)| {
        let place = problem.line.map_or_else(|| file.clone(), |line| format!("{file}:{line}"));
        format!("{place}: {}", pick(problem.fault.message()))
    };
    problems.iter().map(line).collect::<Vec<_>>().join("\n")
}
