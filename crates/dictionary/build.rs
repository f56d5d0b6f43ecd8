//! Unpacks the dictionary's source and compiles it, so that a plain `cargo build` needs no network. What it says of its
//! words is 32 MB, nearly all of it repeats and spellings that nobody asks for: it is packed to 4 MB.

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

const ARCHIVE: &str = "dict/mecab-ipadic-2.7.0-20070801+main-3.tar.zst";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=dict");
    println!("cargo::rerun-if-changed=user");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let source = out.join("source");
    unpack(&source)?;
    let metadata: Metadata = serde_json::from_slice(&fs::read("dict/metadata.json")?)?;
    let builder = DictionaryBuilder::new(metadata);
    builder.build_dictionary(&source.join("ipadic"), &out.join("ipadic"))?;
    pack(&out)?;
    builder.build_user_dictionary(Path::new("user/municipal.csv"), &out.join("municipal.bin"))?;
    // 53 MB that nobody reads again.
    fs::remove_dir_all(&source)?;
    println!("cargo::rustc-env=LINDERA_WORKDIR={}", out.display());
    Ok(())
}

fn unpack(to: &Path) -> Result<(), Box<dyn Error>> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    let archive = BufReader::new(File::open(ARCHIVE)?);
    let decoder = ruzstd::decoding::StreamingDecoder::new(archive)?;
    tar::Archive::new(decoder).unpack(to)?;
    Ok(())
}

/// Level of an entry that holds how the word is read aloud.
const READING: usize = 7;
/// What goes before it that is asked for: four levels of part of speech, the conjugation's type and form.
const ASKED: usize = 6;

/// Writes what is said of the words anew, in the form of before: what many words have in common stands there once, what
/// nobody asks for not at all, and readings stand by themselves, a byte a kana (`readings`, and where each word's is in
/// `readings-at`).
fn pack(out: &Path) -> Result<(), Box<dyn Error>> {
    let (words, index) = (out.join("ipadic/dict.words"), out.join("ipadic/dict.wordsidx"));
    let said = fs::read(&words)?;
    let (mut kinds, mut readings) = (Shared::default(), Shared::default());
    for at in fs::read(&index)?.as_chunks::<4>().0 {
        let at = u32::from_le_bytes(*at) as usize;
        let (length, rest) = said[at..].split_first_chunk::<4>().ok_or("an entry is cut off")?;
        let entry = std::str::from_utf8(rest.get(..u32::from_le_bytes(*length) as usize).ok_or("an entry is cut off")?)?;
        let levels: Vec<&str> = entry.split('\0').collect();
        let kind = levels.get(..ASKED).ok_or("an entry lacks levels")?.join("\0").into_bytes();
        kinds.add(&(kind.len() as u32).to_le_bytes(), kind);
        let reading = kana(levels.get(READING).ok_or("an entry lacks a reading")?);
        readings.add(&[u8::try_from(reading.len())?], reading);
    }
    fs::write(words, kinds.texts)?;
    fs::write(index, kinds.places)?;
    fs::write(out.join("readings"), readings.texts)?;
    fs::write(out.join("readings-at"), readings.places)?;
    Ok(())
}

/// Texts with their lengths before them, each once, and where each one that was added stands.
#[derive(Default)]
struct Shared {
    texts: Vec<u8>,
    places: Vec<u8>,
    known: BTreeMap<Vec<u8>, u32>,
}

impl Shared {
    fn add(&mut self, length: &[u8], text: Vec<u8>) {
        let next = self.texts.len() as u32;
        let at = *self.known.entry(text).or_insert_with_key(|text| {
            self.texts.extend(length.iter().chain(text));
            next
        });
        self.places.extend(at.to_le_bytes());
    }
}

/// A reading, a byte a kana: how far it is from U+3000. One with other characters is UTF-8 behind a zero.
fn kana(reading: &str) -> Vec<u8> {
    let byte = |c: char| u32::from(c).checked_sub(0x3000).and_then(|far| u8::try_from(far).ok()).filter(|far| *far > 0);
    let kana: Option<Vec<u8>> = reading.chars().map(byte).collect();
    kana.unwrap_or_else(|| std::iter::once(0).chain(reading.bytes()).collect())
}
