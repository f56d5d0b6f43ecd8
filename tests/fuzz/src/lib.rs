//! What the targets share.

use seisho_extract::{Limits, Options};
use seisho_pipeline::{Engine, Engines, When, Worker};
use std::cell::RefCell;

thread_local! {
    static ENGINE: RefCell<(Engine, Worker)> = RefCell::new({
        let engine = Engine::new(Options { limits: Limits { operations: 20_000, ..Limits::default() }, ..Options::default() }).expect("sound data");
        let engine = engine.with_engines(Engines::new(When::Never, None));
        let worker = engine.worker();
        (engine, worker)
    });
}

/// Converts a document and holds it to the laws: nothing panics, nothing is lost or doubled.
pub fn convert(bytes: &[u8]) {
    ENGINE.with_borrow_mut(|(engine, worker)| {
        let Ok(document) = engine.convert("fuzz", bytes, worker) else { return };
        let lost = document.findings.iter().find(|f| f.code == "A001" || f.code == "A002");
        assert!(lost.is_none(), "{lost:?}");
    });
}

/// A file of Office whose main part is this text; an archive as it is where the number says so.
pub fn office(kind: u8, text: &[u8]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>"#)
            .into_bytes()
    };
    let text = || text.to_vec();
    match kind % 4 {
        0 => archive(&[
            ("[Content_Types].xml", b"<Types/>".to_vec()),
            ("_rels/.rels", relation("officeDocument", "word/document.xml")),
            ("word/document.xml", text()),
        ]),
        1 => archive(&[
            ("[Content_Types].xml", b"<Types/>".to_vec()),
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            (
                "xl/workbook.xml",
                format!(r#"<workbook xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#).into_bytes(),
            ),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", text()),
        ]),
        2 => archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()), ("content.xml", text())]),
        _ => text(),
    }
}

fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(*name, stored).expect("a name");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("an archive").into_inner()
}
