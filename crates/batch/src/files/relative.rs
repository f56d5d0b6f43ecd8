//! Paths below a folder, as files of results hold them.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::path::{Path, PathBuf};

/// A path below a folder, with `/`, that no joining leads out of that folder: made by [`RelativePath::parse`] only.
/// Every path that was read from a journal, a request or a document is one before it is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelativePath(String);

/// A text that is no path below a folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no path below a folder")]
pub struct NotBelow(String);

impl RelativePath {
    /// A text as a path below a folder.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotBelow> {
        let text = text.into();
        let is_below = !text.contains('\0') && !starts_elsewhere(&text) && text.split('/').all(is_name);
        if is_below { Ok(Self(text)) } else { Err(NotBelow(text)) }
    }

    /// The path below a folder that is nearest to a text that may be none.
    pub fn nearest(text: &str) -> Self {
        let plain = text.replace('\0', "%00").replace('\\', "%5C").replace(':', "%3A");
        let names: Vec<&str> = plain.split('/').filter(|name| is_name(name)).collect();
        Self::parse(text).unwrap_or_else(|_| Self(if names.is_empty() { "%".to_owned() } else { names.join("/") }))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Below a folder.
    pub fn below(&self, folder: &Path) -> PathBuf {
        folder.join(&self.0)
    }
}

/// A drive or a share of Windows. Refused everywhere: results are merged on another machine than they were made on.
fn starts_elsewhere(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    has_drive && matches!(bytes.get(2), None | Some(b'/' | b'\\')) || text.starts_with("\\\\")
}

/// A name of a file or folder, and of nothing above it.
fn is_name(name: &str) -> bool {
    let has_separator = cfg!(windows) && name.contains(['\\', ':']);
    !name.is_empty() && name != "." && name != ".." && !has_separator
}

impl TryFrom<String> for RelativePath {
    type Error = NotBelow;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(text)
    }
}

impl From<RelativePath> for String {
    fn from(path: RelativePath) -> Self {
        path.0
    }
}

impl Borrow<str> for RelativePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RelativePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_out_of_a_folder_is_no_path_below_it() {
        for text in
            ["", ".", "..", "../x", "a/../../x", "a/..", "/etc/passwd", "a//b", "a/", "./a", "a\0b", "C:", "C:/x", "c:\\x", "\\\\host\\x"]
        {
            assert!(RelativePath::parse(text).is_err(), "{text:?}");
            assert!(RelativePath::parse(RelativePath::nearest(text)).is_ok(), "{text:?}");
        }
        for text in ["a", "a/b.txt", "a..b", "..a/b", "%FF.txt", "line\nend", "方針/令和8年度.pdf", "C", "資料:1.txt"] {
            assert_eq!(RelativePath::parse(text).map(String::from), Ok(text.to_owned()));
        }
    }

    #[test]
    fn a_path_that_leads_out_is_not_even_read() {
        assert!(serde_json::from_str::<RelativePath>(r#""../../x""#).unwrap_err().to_string().contains("no path below a folder"));
    }
}
