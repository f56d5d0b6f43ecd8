//! Unpacks the dictionary's source and compiles it, so that a plain `cargo build` needs no network.

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;
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
