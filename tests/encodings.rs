//! Text of any encoding gives the same records: what an office keeps in CP932 it would read in UTF-8 too.

use crate::support::{Converted, convert, files, fixtures, folder_of, read, shared};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS};
use serde_json::Value;
use std::path::Path;

/// Characters that a legacy encoding writes as others, or not at all (measured with encoding_rs).
fn survives(text: &str, encoding: &'static Encoding) -> bool {
    let (bytes, _, unmappable) = encoding.encode(text);
    !unmappable && encoding.decode_without_bom_handling(&bytes).0 == text
}

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// The text in every encoding that can hold it, by a name for the file.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8-mark", format!("\u{FEFF}{text}").into_bytes()),
        ("utf-16le", utf_16(text, u16::to_le_bytes)),
        ("utf-16be", utf_16(text, u16::to_be_bytes)),
        ("utf-16le-mark", utf_16(&format!("\u{FEFF}{text}"), u16::to_le_bytes)),
        ("utf-16be-mark", utf_16(&format!("\u{FEFF}{text}"), u16::to_be_bytes)),
    ];
    for (name, encoding) in [("cp932", SHIFT_JIS), ("euc-jp", EUC_JP), ("iso-2022-jp", ISO_2022_JP)] {
        if survives(text, encoding) {
            all.push((name, encoding.encode(text).0.into_owned()));
        }
    }
    all.push(("crlf", text.replace('\n', "\r\n").into_bytes()));
    all.push(("cr", text.replace('\n', "\r").into_bytes()));
    all
}

/// A document without what names its file.
fn body(mut document: Value) -> Value {
    document["source"] = Value::Null;
    document
}

/// Converts a text in every encoding and compares; gives how many encodings held it.
fn assert_same_in_every_encoding(file: &Path, text: &str) -> usize {
    let variants = encoded(text);
    let named: Vec<(String, &[u8])> = variants.iter().map(|(name, bytes)| (format!("{name}.txt"), bytes.as_slice())).collect();
    let refs: Vec<(&str, &[u8])> = named.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    let folder = folder_of(&refs);
    let converted: Converted = convert(&[folder.path()]);
    let documents = converted.documents();
    assert_eq!(documents.len(), variants.len(), "{}: {}", file.display(), converted.outcome.stderr);
    let want = body(documents["utf-8.txt"].clone());
    for (name, document) in documents {
        assert_eq!(body(document), want, "{} as {name}", file.display());
    }
    variants.len()
}

fn as_text(file: &Path) -> Option<String> {
    let bytes = read(file);
    let text = match file.file_name()?.to_string_lossy() {
        n if n.contains("utf16") => encoding_rs::UTF_16LE.decode(&bytes).0.into_owned(),
        n if n.contains("cp932") => SHIFT_JIS.decode(&bytes).0.into_owned(),
        n if n.contains("eucjp") => EUC_JP.decode(&bytes).0.into_owned(),
        n if n.contains("iso2022jp") => ISO_2022_JP.decode(&bytes).0.into_owned(),
        _ => String::from_utf8(bytes).ok()?,
    };
    Some(text.replace("\r\n", "\n"))
}

#[test]
fn fixtures_read_the_same_in_every_encoding() {
    let files: Vec<_> = files(&fixtures().join("documents"))
        .into_iter()
        .filter(|f| f.extension().is_none_or(|e| !["pdf", "xlsx", "docx", "odt"].iter().any(|x| e == *x)))
        .collect();
    let held: usize = files.iter().map(|f| assert_same_in_every_encoding(f, &as_text(f).expect("text"))).sum();
    // 8 forms of Unicode each, and most of the fixtures fit into the three legacy encodings.
    assert!(held >= files.len() * 10, "{held} variants of {} files", files.len());
}

#[test]
fn seeds_and_corpus_read_the_same_in_every_encoding() {
    let Some(shared) = shared() else { return };
    let mut tried = 0;
    for file in [files(&shared.join("seeds")), files(&shared.join("corpus/docs"))].concat() {
        let bytes = read(&file);
        let is_text = ["txt", "md", "html"].iter().any(|e| file.extension().is_some_and(|x| x == *e));
        if !is_text {
            continue;
        }
        let (text, _, bad) = match Encoding::for_bom(&bytes) {
            Some((encoding, _)) => encoding.decode(&bytes),
            None if std::str::from_utf8(&bytes).is_ok() => encoding_rs::UTF_8.decode(&bytes),
            None => SHIFT_JIS.decode(&bytes),
        };
        assert!(!bad, "{}", file.display());
        assert_same_in_every_encoding(&file, &text.replace("\r\n", "\n"));
        tried += 1;
    }
    assert!(tried >= 19, "{tried} files");
}
