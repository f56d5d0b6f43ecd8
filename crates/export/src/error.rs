//! Why nothing was exported.

use seisho_model::finding::Message;
use std::path::PathBuf;

/// Why nothing was exported: which file, what is wrong, what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder is none that `convert` wrote.
    #[error("{} holds no results of seisho convert ({file} is missing); name the folder that was given to convert as --out", .folder.display())]
    NotResults {
        /// The folder.
        folder: PathBuf,
        /// What is not there.
        file: &'static str,
    },
    /// A run in the folder is not finished.
    #[error("the conversion into {} is not finished; finish it with the same convert command", .0.display())]
    Unfinished(PathBuf),
    /// A file of the results cannot be read.
    #[error("{} cannot be read; check the rights, or run the same convert command again", .0.display())]
    CannotRead(PathBuf, #[source] std::io::Error),
    /// A line of the results is not as it was written.
    #[error("line {line} of {} is no whole record: the file was cut or changed; run the same convert command again", .file.display())]
    BadLine {
        /// The file.
        file: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// What is wrong with it.
        #[source]
        cause: serde_json::Error,
    },
    /// A document is not as it was written.
    #[error("{} is no whole document: the file was cut or changed; run the same convert command again", .0.display())]
    BadDocument(PathBuf, #[source] serde_json::Error),
    /// A document was written by a newer program.
    #[error("{} has the schema version {version}, which this seisho does not know; use the seisho that wrote it, or convert again", .file.display())]
    UnknownVersion {
        /// The file.
        file: PathBuf,
        /// What it says.
        version: String,
    },
    /// A record is of no document of the manifest.
    #[error("line {line} of {} is a record of {path}, which does not follow the order of manifest.jsonl: the results are not of one run; run the same convert command again", .file.display())]
    Stray {
        /// The file.
        file: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// The document that it names.
        path: String,
    },
    /// A path of the manifest leads out of its folder.
    #[error("{} names a path that leads out of its folder ({path:?}): it was tampered with and is not used", .file.display())]
    Tampered {
        /// The file.
        file: PathBuf,
        /// The path.
        path: String,
    },
    /// The target lies among the results.
    #[error("{} is part of the results themselves; name another folder as --to", .0.display())]
    AmongResults(PathBuf),
    /// A file of the name is an input of the conversion.
    #[error("{} is an input of the conversion, and no input is ever written to; name another folder as --to", .0.display())]
    IsInput(PathBuf),
    /// A file cannot be written.
    #[error("{} cannot be written; check free space and rights, and run the command again", .0.display())]
    CannotWrite(PathBuf, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database is somebody else's.
    #[error("{} is there, but is no database of this seisho; name another folder as --to", .0.display())]
    ForeignDatabase(PathBuf),
    /// Another program is using the database.
    #[error("{} is in use by another program; close it and run the command again", .0.display())]
    DatabaseInUse(PathBuf),
    /// The database holds other results under the same name.
    #[error("{} holds other results under the name {name:?}, none of whose documents is among these; give these a name of their own by --name", .file.display())]
    OtherResults {
        /// The database.
        file: PathBuf,
        /// The name.
        name: String,
    },
    /// The folder holds nothing that can be checked.
    #[error("{} holds no exported CSV or xlsx file; name the folder that was given to export as --to", .0.display())]
    NothingToCheck(PathBuf),
    /// The format was left out when the program was built.
    #[error("this seisho was built without the format {0}")]
    NotBuilt(&'static str),
}

impl Error {
    /// A failure to write.
    pub(crate) fn cannot_write(path: impl Into<PathBuf>, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::CannotWrite(path.into(), cause.into())
    }

    /// What to tell a person, without the cause.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new(self.ja(), self.to_string())
    }

    fn ja(&self) -> String {
        match self {
            Self::NotResults { folder, file } => {
                format!(
                    "{} は seisho convert の結果ではありません（{file} がありません）。convert の --out に指定したフォルダを指定してください",
                    folder.display()
                )
            }
            Self::Unfinished(folder) => {
                format!("{} への変換が終わっていません。同じ convert のコマンドで最後まで変換してください", folder.display())
            }
            Self::CannotRead(file, _) => {
                format!("{} を読めません。権限を確かめるか、同じ convert のコマンドをもう一度実行してください", file.display())
            }
            Self::BadLine { file, line, .. } => {
                format!(
                    "{} の {line} 行目が記録として読めません。ファイルが途中で切れたか、変えられています。同じ convert のコマンドをもう一度実行してください",
                    file.display()
                )
            }
            Self::BadDocument(file, _) => {
                format!(
                    "{} が文書の記録として読めません。ファイルが途中で切れたか、変えられています。同じ convert のコマンドをもう一度実行してください",
                    file.display()
                )
            }
            Self::UnknownVersion { file, version } => {
                format!("{} の形式の版 {version} を、この清書は知りません。書き出した清書を使うか、変換し直してください", file.display())
            }
            Self::Stray { file, line, path } => {
                format!(
                    "{} の {line} 行目は {path} の記録ですが、manifest.jsonl の順と合いません。1回の変換の結果ではありません。同じ convert のコマンドをもう一度実行してください",
                    file.display()
                )
            }
            Self::Tampered { file, path } => {
                format!("{} に、フォルダの外を指すパスがあります（{path:?}）。書き換えられたものとみて、使いません", file.display())
            }
            Self::AmongResults(folder) => format!("{} は変換の結果そのものです。--to には別のフォルダを指定してください", folder.display()),
            Self::IsInput(file) => {
                format!("{} は変換の入力ファイルです。入力には書き込みません。--to には別のフォルダを指定してください", file.display())
            }
            Self::CannotWrite(file, _) => format!("{} に書けません。空き容量と権限を確かめ、もう一度実行してください", file.display()),
            Self::ForeignDatabase(file) => {
                format!("{} がありますが、この清書のデータベースではありません。--to には別のフォルダを指定してください", file.display())
            }
            Self::DatabaseInUse(file) => {
                format!("{} をほかのプログラムが使っています。閉じてから、もう一度実行してください", file.display())
            }
            Self::OtherResults { file, name } => {
                format!(
                    "{} には、同じ名前（{name:?}）で、文書が1つも重ならない別の結果が入っています。--name で別の名前を付けてください",
                    file.display()
                )
            }
            Self::NothingToCheck(folder) => {
                format!("{} に、書き出した CSV も xlsx もありません。export の --to に指定したフォルダを指定してください", folder.display())
            }
            Self::NotBuilt(format) => format!("この清書は {format} なしで作られています"),
        }
    }
}
