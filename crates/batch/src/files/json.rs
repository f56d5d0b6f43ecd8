//! How results are written as text.

use crate::Error;
use serde::Serialize;

/// A value as pretty JSON with a line end.
///
/// # Errors
/// When it has no JSON.
pub fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A value as one line of JSON.
///
/// # Errors
/// When it has no JSON.
pub fn line(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
