//! How results are written as text, and what people are told where a file cannot be written.

use crate::files::WriteError;
use crate::lang::Stop;
use serde::Serialize;
use std::path::Path;

/// A value as pretty JSON with a line end.
pub(crate) fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Stop> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| Stop::new("JSON にできません", "not representable as JSON").because(e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A value as one line of JSON.
pub(crate) fn line(value: &impl Serialize) -> Result<Vec<u8>, Stop> {
    let mut bytes = serde_json::to_vec(value).map_err(|e| Stop::new("JSON にできません", "not representable as JSON").because(e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What to tell people where a file cannot be written.
pub(crate) fn cannot_write(path: &Path, error: impl Into<WriteError>) -> Stop {
    let name = path.display();
    match error.into() {
        WriteError::Input => Stop::new(
            format!("{name} は入力ファイルです。入力には書き込みません。別の書き出し先を指定してください"),
            format!("{name} is an input, and no input is ever written to; name another place to write to"),
        ),
        error => Stop::new(
            format!("{name} に書けません。空き容量と権限を確かめ、もう一度実行してください"),
            format!("cannot write {name}; check free space and permissions, then run again"),
        )
        .because(error),
    }
}
