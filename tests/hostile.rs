//! Files that are made to harm, or broken in every way: each ends as a clear failure or a right result, and none
//! takes the run with it.

use crate::support::{Converted, convert, files, folder_of, of_picture, shared};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const POLICY: &[u8] = "令和8年4月1日\n令和8年度 市民部の運営方針\n\n1 窓口の改善\n(1) 待ち時間を短くすること。\n".as_bytes();
const CATALOG: &str = "<< /Type /Catalog /Pages 2 0 R >>";
const ONE_PAGE: &str = "<< /Type /Pages /Kids [4 0 R] /Count 1 >>";
const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const HELLO: &str = "BT /F 12 Tf 50 700 Td (Hello) Tj ET ";

/// A PDF of these objects, numbered from 1; the first is its catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::with_capacity(objects.len());
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        bytes.extend_from_slice(object);
        bytes.extend(b"\nendobj\n");
    }
    let (table, size) = (bytes.len(), objects.len() + 1);
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
    bytes.extend(offsets.iter().flat_map(|at| format!("{at:010} 00000 n \n").into_bytes()));
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    bytes
}

fn page(media_box: &str, resources: &str) -> String {
    format!("<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Contents 5 0 R /Resources << /Font << /F 3 0 R >> {resources} >> >>")
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    [format!("<< /Length {} {dictionary} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// A stream that is small until it is unpacked.
fn packed(dictionary: &str, head: &str, unit: &str, times: usize) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(head.as_bytes()).expect("memory");
    let block = unit.repeat(times.min(1 << 16));
    for _ in 0..times.div_ceil(1 << 16) {
        packer.write_all(block.as_bytes()).expect("memory");
    }
    stream(&format!("{dictionary} /Filter /FlateDecode"), &packer.finish().expect("memory"))
}

/// A PDF of one page with these objects from the fifth on: the content of the page and what it needs.
fn one_page(page: String, rest: Vec<Vec<u8>>) -> Vec<u8> {
    let head = [CATALOG, ONE_PAGE, FONT].map(|o| o.as_bytes().to_vec());
    pdf(&head.into_iter().chain([page.into_bytes()]).chain(rest).collect::<Vec<_>>())
}

fn form(resources: &str, data: &str) -> Vec<u8> {
    stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << {resources} >>"), data.as_bytes())
}

fn calls_itself() -> Vec<u8> {
    let content = stream("", format!("{HELLO} /X Do").as_bytes());
    one_page(page("0 0 600 800", "/XObject << /X 6 0 R >>"), vec![content, form("/XObject << /X 6 0 R >>", "/X Do")])
}

/// Forms of which each calls the next one twice.
pub(crate) fn fans_out() -> Vec<u8> {
    let mut objects = vec![stream("", format!("{HELLO} /X Do").as_bytes())];
    objects.extend((7..31).map(|next| form(&format!("/XObject << /X {next} 0 R >>"), "/X Do /X Do")));
    objects.push(form("", "0 0 5 5 re f"));
    one_page(page("0 0 600 800", "/XObject << /X 6 0 R >>"), objects)
}

fn pages(count: usize) -> Vec<u8> {
    let kids: String = (0..count).map(|n| format!("{} 0 R ", n + 5)).collect();
    let mut objects = vec![CATALOG.into(), format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>").into_bytes(), FONT.into()];
    objects.push(stream("", HELLO.as_bytes()));
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>";
    objects.extend((0..count).map(|_| page.as_bytes().to_vec()));
    pdf(&objects)
}

fn large_image() -> Vec<u8> {
    let data =
        packed("/Type /XObject /Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceGray", "", "\0", 1 << 26);
    let content = stream("", b"600 0 0 800 0 0 cm /X Do");
    one_page(page("0 0 600 800", "/XObject << /X 6 0 R >>"), vec![content, data])
}

/// A small stream even when it is unpacked once.
fn unpacks_twice() -> Vec<u8> {
    let mut inner = ZlibEncoder::new(ZlibEncoder::new(Vec::new(), Compression::best()), Compression::best());
    (0..1 << 7).for_each(|_| inner.write_all(&[b' '; 1 << 20]).expect("memory"));
    let data = inner.finish().and_then(ZlibEncoder::finish).expect("memory");
    one_page(page("0 0 600 800", ""), vec![stream("/Filter [/FlateDecode /FlateDecode]", &data)])
}

/// A JPEG 2000 image of 60 bytes that claims to be two billion pixels wide and high.
fn claims_to_be_huge() -> Vec<u8> {
    let side = i32::MAX.to_be_bytes();
    let head = b"\xFF\x4F\xFF\x51\0\x29\0\0";
    let tile = [&[0; 8][..], &side, &side, &[0; 8], b"\0\x01\x07\x01\x01"].concat();
    let rest = b"\xFF\x52\0\x0C\0\0\0\x01\0\x05\x04\x04\0\0\xFF\x5C\0\x13\x40";
    let end = b"\xFF\x90\0\x0A\0\0\0\0\0\0\0\x01\xFF\x93\0\0\0\0\xFF\xD9";
    let image = [&head[..], &side, &side, &tile, rest, &[0; 16], end].concat();
    let content = stream("", format!("600 0 0 800 0 0 cm /X Do {HELLO}").as_bytes());
    let image = stream("/Type /XObject /Subtype /Image /Width 10 /Height 10 /Filter /JPXDecode", &image);
    one_page(page("0 0 600 800", "/XObject << /X 6 0 R >>"), vec![content, image])
}

/// A font whose table of widths goes over all numbers that there are.
fn widths_without_end() -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] >>";
    let inner = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> /W [0 2000000000 500] >>";
    let content = stream("", b"BT /G 12 Tf 50 700 Td <00410042> Tj ET");
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /G 6 0 R >> >> >>";
    one_page(page.to_owned(), vec![content, font.into(), inner.into()])
}

/// Packed objects that say of themselves where more of them are.
const PACKED_IN_ITSELF: &[u8] = b"%PDF-1.5\n1 0 obj\n<< /Length 28 /Type /ObjStm /N 1000000 /First 5 /Extends 1 0 R >>\nstream\n1 0 2 5 << /Type /Catalog >>\nendstream\nendobj\nstartxref\n9\n%%EOF\n";

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let plain = |content: Vec<u8>| one_page(page("0 0 600 800", ""), vec![content]);
    vec![
        ("calls-itself.pdf", calls_itself()),
        ("fans-out.pdf", fans_out()),
        ("deep-array.pdf", plain(stream("", format!("{HELLO}{}", "[".repeat(200_000)).as_bytes()))),
        ("deep-object.pdf", one_page(page(&"[".repeat(200_000), ""), vec![stream("", HELLO.as_bytes())])),
        ("unpacks-to-300-mb.pdf", plain(packed("", HELLO, " ", 300 << 20))),
        ("unpacks-twice.pdf", unpacks_twice()),
        ("path-without-end.pdf", plain(packed("", HELLO, "0 0 m ", 15 << 20))),
        ("100000-pages.pdf", pages(100_000)),
        ("huge-box.pdf", one_page(page("0 0 1e30 1e30", ""), vec![stream("", HELLO.as_bytes())])),
        ("huge-image.pdf", large_image()),
        ("truncated.pdf", calls_itself()[..200].to_vec()),
        ("claims-to-be-huge.pdf", claims_to_be_huge()),
        ("packed-in-itself.pdf", PACKED_IN_ITSELF.to_vec()),
        ("deep.html", format!("<html><body>{}文{}", "<div>".repeat(200_000), "</div>".repeat(200_000)).into_bytes()),
        ("deep-tables.html", format!("<html><body>{}文", "<table><tr><td>".repeat(30_000)).into_bytes()),
        ("spans.html", format!("<table>{}</table>", "<tr><td rowspan=65534 colspan=1000>番号</td></tr>".repeat(1_000)).into_bytes()),
        ("nul.txt", vec![0; 20 << 20]),
        ("nul-inside.txt", [POLICY, b"\0\0\0", POLICY].concat()),
        ("one-line.txt", "あ".repeat(2_000_000).into_bytes()),
        ("brackets.txt", "（".repeat(500_000).into_bytes()),
        ("tabs.txt", format!("番号\t実施項目\n{}", "1\t".repeat(400_000)).into_bytes()),
        ("good.txt", POLICY.to_vec()),
    ]
}

fn outcome(converted: &Converted, path: &str) -> String {
    let line = converted.line(path);
    line["code"].as_str().or_else(|| line["status"].as_str()).expect("a status").to_owned()
}

#[test]
fn files_made_to_harm_end_alone() {
    let made = hostile();
    let folder = folder_of(&made.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect::<Vec<_>>());
    let limits = [
        "--max-memory",
        "600",
        "--max-cpu",
        "60",
        "--max-wall",
        "300",
        "--max-operations",
        "100000",
        "--max-stream",
        "100000000",
        "--jobs",
        "2",
    ];
    let mut args: Vec<&std::ffi::OsStr> = limits.iter().map(AsRef::as_ref).collect();
    args.push(folder.path().as_os_str());
    let converted = convert(&args);
    assert_eq!(converted.outcome.code, 1, "{}", converted.outcome.stderr);
    assert_eq!(converted.lines("manifest.jsonl").len(), made.len());
    for (path, expected) in [
        ("good.txt", "converted"),
        ("nul-inside.txt", "converted"),
        ("calls-itself.pdf", "converted"),
        ("deep-array.pdf", "converted"),
        ("deep.html", "converted"),
        ("fans-out.pdf", "X103"),
        ("100000-pages.pdf", "X103"),
        ("huge-image.pdf", of_picture("X103")),
        ("unpacks-to-300-mb.pdf", "X103"),
        ("unpacks-twice.pdf", "X103"),
        ("nul.txt", "X101"),
        ("truncated.pdf", "X106"),
        ("path-without-end.pdf", "X110"),
        ("claims-to-be-huge.pdf", "X103"),
        ("packed-in-itself.pdf", "X106"),
    ] {
        assert_eq!(outcome(&converted, path), expected, "{path}: {}", converted.outcome.stderr);
    }
    let documents = converted.documents();
    assert_eq!(documents["calls-itself.pdf"]["preamble"][0], "Hello");
    assert_eq!(documents["deep.html"]["preamble"][0], "文");
    let codes = documents["nul-inside.txt"]["findings"].as_array().expect("findings");
    assert!(codes.iter().any(|f| f["code"] == "X004"), "{codes:#?}");
}

#[cfg(unix)]
#[test]
fn names_that_are_no_names_elsewhere_stay_apart_and_inside() {
    use std::os::unix::ffi::OsStrExt;
    let folder = TempDir::new().expect("a folder");
    let inside = folder.path().join("in");
    std::fs::create_dir(&inside).expect("a folder");
    let long = "長".repeat(84);
    let names: [&[u8]; 7] = [b"a..b", b"line\nend.txt", b"\xff.txt", b"\xfe.txt", b"x", b"back\\slash.txt", long.as_bytes()];
    for name in names {
        std::fs::write(inside.join(std::ffi::OsStr::from_bytes(name)), POLICY).expect("a file");
    }
    std::fs::create_dir(inside.join("x.json")).expect("a folder");
    std::fs::write(inside.join("x.json/y"), POLICY).expect("a file");
    std::os::unix::fs::symlink("/etc", inside.join("etc")).expect("a link");
    std::os::unix::fs::symlink(&inside, inside.join("loop")).expect("a link");
    let converted = convert(&[&inside]);
    assert_eq!(converted.outcome.code, 1, "{}", converted.outcome.stderr);
    for path in ["a..b", "line\nend.txt", "%FF.txt", "%FE.txt", "x", "back\\slash.txt"] {
        assert_eq!(outcome(&converted, path), "converted", "{path:?}");
    }
    assert_eq!(outcome(&converted, &long), "X112", "257 bytes with .json");
    assert_eq!(outcome(&converted, "x.json/y"), "X112", "x.json is the result of x");
    assert_eq!((outcome(&converted, "etc"), outcome(&converted, "loop")), ("skipped".to_owned(), "skipped".to_owned()));
    assert_eq!(converted.documents().len(), 6);
    assert!(!converted.outcome.stderr.contains("line\nend"), "no line of its own in the messages");
    assert!(files(folder.path()).iter().all(|f| f.starts_with(&inside)), "nothing is written among the inputs");
}

/// Forms that call each other longer than anybody waits, and draw nothing.
pub(crate) fn endless() -> Vec<u8> {
    let mut objects = vec![stream("", format!("{HELLO} /X Do").as_bytes())];
    objects.extend((7..55).map(|next| form(&format!("/XObject << /X {next} 0 R >>"), "/X Do /X Do")));
    objects.push(form("", "q Q"));
    one_page(page("0 0 600 800", "/XObject << /X 6 0 R >>"), objects)
}

#[test]
fn a_font_that_takes_all_memory_is_over_a_limit_and_no_mere_crash() {
    let folder = folder_of(&[("widths.pdf", &widths_without_end()), ("good.txt", POLICY)]);
    let args = ["--max-memory".as_ref(), "256".as_ref(), folder.path().as_os_str()];
    let converted = convert(&args);
    assert_eq!((outcome(&converted, "widths.pdf"), outcome(&converted, "good.txt")), ("X110".to_owned(), "converted".to_owned()));
    assert!(converted.outcome.stderr.contains("needs more than 256 MiB of memory"), "{}", converted.outcome.stderr);
}

/// The reader of HTML goes one call deeper with every attribute.
#[test]
fn a_tag_with_too_many_attributes_is_not_said_to_be_nested() {
    let attributes: String = (0..400_000).map(|n| format!(" a{n}=\"1\"")).collect();
    let html = format!("<html><body><table{attributes}><tr><td>番号<td>実施項目</table></body></html>");
    let converted = convert(&[folder_of(&[("a.html", html.as_bytes())]).path()]);
    let said = &converted.outcome.stderr;
    // Where the stack is large enough it is a document like any other.
    assert!(converted.outcome.code == 0 || said.contains("[X110]") && said.contains("one element of it holds too much"), "{said}");
}

/// Sides that a picture can state and no machine can hold, in all formats: too large, and not damaged.
#[test]
fn a_picture_of_sides_without_measure_is_too_large() {
    let png = |side: u32| {
        let mut head = b"IHDR".to_vec();
        head.extend([side.to_be_bytes(), side.to_be_bytes()].concat());
        head.extend([1, 0, 0, 0, 0]);
        let sum = crc32fast::hash(&head).to_be_bytes();
        [&b"\x89PNG\r\n\x1a\n\0\0\0\r"[..], &head, &sum, b"\0\0\0\0IEND\xae\x42\x60\x82"].concat()
    };
    let tiff = |side: u32| {
        let entries = [(256_u16, side), (257, side), (258, 1), (259, 1), (262, 0), (273, 8), (277, 1), (278, side), (279, 2)];
        let written = entries.iter().flat_map(|(tag, value)| [&tag.to_le_bytes()[..], &[4, 0, 1, 0, 0, 0], &value.to_le_bytes()].concat());
        [&b"II*\0\x08\0\0\0\x09\0"[..], &written.collect::<Vec<u8>>(), &[0; 8]].concat()
    };
    for side in [1 << 31, (1 << 31) - 1, u32::MAX] {
        let (png, tiff) = (png(side), tiff(side));
        let converted = convert(&[folder_of(&[("a.png", &png), ("a.tif", &tiff), ("named.pdf", &tiff)]).path()]);
        for line in converted.lines("manifest.jsonl") {
            assert_eq!(line["code"], "X103", "{side}: {line}");
        }
    }
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let folder = folder_of(&[("large.txt", b"")]);
    let large = std::fs::File::create(folder.path().join("large.txt")).expect("a file");
    large.set_len(1 << 40).expect("a file with holes");
    assert_eq!(outcome(&convert(&["--max-memory".as_ref(), "256".as_ref(), folder.path().as_os_str()]), "large.txt"), "X103");
}

/// What comes by a pipe is no file: it has no place to which a value could be walked back.
#[cfg(unix)]
#[test]
fn standard_input_is_no_file_unless_it_is_one() {
    let out = TempDir::new().expect("a folder");
    let args = crate::support::convert_args(out.path(), &["/dev/stdin"]).into_iter().map(std::ffi::OsStr::to_owned).collect::<Vec<_>>();
    let mut child = crate::support::command(&args)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    let pipe = child.stdin.take().expect("a pipe");
    let output = child.wait_with_output().expect("an end"); // nothing is waited for
    drop(pipe);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("failed stdin: [X104] cannot be read (a pipe, not a regular file)"), "{said}");
    let file = folder_of(&[("a.txt", POLICY)]);
    let file = std::fs::File::open(file.path().join("a.txt")).expect("a file");
    let output = crate::support::command(&args).stdin(file).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Mutants of everything that the repository and the corpus hold: as many as `SEISHO_MUTANTS` says.
#[test]
fn broken_copies_of_real_documents_stop_nothing() {
    let wanted: usize = std::env::var("SEISHO_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    let mut sources = files(&crate::support::fixtures());
    if let Some(shared) = shared() {
        sources.extend(["corpus/docs", "corpus/real", "seeds"].iter().flat_map(|f| files(&shared.join(f))));
    }
    // Scans take seconds each; what breaks them is what breaks their images.
    let sources: Vec<Vec<u8>> = sources.iter().map(|f| crate::support::read(f)).filter(|b| b.len() < 1 << 20).collect();
    let folder = TempDir::new().expect("a folder");
    let mut seed = 11_u64;
    for n in 0..wanted {
        let mutant = mutated(&sources[n % sources.len()], &mut seed);
        std::fs::write(folder.path().join(format!("{n:05}")), mutant).expect("a file");
    }
    let started = Instant::now();
    let limits = ["--ocr", "never", "--max-cpu", "60", "--max-wall", "300"];
    let mut args: Vec<&std::ffi::OsStr> = limits.iter().map(AsRef::as_ref).collect();
    args.push(folder.path().as_os_str());
    let converted = convert(&args);
    assert!(converted.outcome.code <= 1, "{}", converted.outcome.stderr);
    let lines = converted.lines("manifest.jsonl");
    assert_eq!(lines.len(), wanted);
    let mut by_code = std::collections::BTreeMap::<String, usize>::new();
    for line in &lines {
        *by_code.entry(line["code"].as_str().or(line["status"].as_str()).expect("a status").to_owned()).or_default() += 1;
    }
    eprintln!("{wanted} mutants in {:.0} s: {by_code:?}", started.elapsed().as_secs_f64());
    assert!(started.elapsed() < Duration::from_secs(60 + wanted as u64), "no hang");
    assert!(Path::new(&converted.folder.path().join("run.json")).exists());
    let bad: Vec<_> = lines.iter().filter(|l| l["code"] == "X111" || l["code"] == "I001").collect();
    for line in &bad {
        let path = line["path"].as_str().expect("a path");
        std::fs::copy(folder.path().join(path), Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutant-{path}"))).expect("a copy");
    }
    assert!(bad.is_empty(), "faults that were held; the files are in {}: {bad:#?}", env!("CARGO_TARGET_TMPDIR"));
}

/// Bytes changed, taken out, doubled or cut off.
fn mutated(source: &[u8], seed: &mut u64) -> Vec<u8> {
    let mut next = |below: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize % below.max(1)
    };
    let mut bytes = source.to_vec();
    for _ in 0..1 + next(8) {
        let at = next(bytes.len());
        let end = (at + 1 + next(64)).min(bytes.len());
        match next(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at.min(end)..end)),
            2 => {
                let part = bytes[at.min(end)..end].to_vec();
                bytes.splice(at..at, part);
            }
            3 if at < end => bytes[at..end].fill(b' '),
            _ if at < bytes.len() => bytes[at] = next(256) as u8,
            _ => {}
        }
    }
    bytes
}

/// What grew with the square of a line, of its marks, or of a style sheet took minutes; each ends in seconds.
#[test]
fn long_lines_many_marks_and_large_style_sheets_take_time_by_their_size() {
    let row = ["科目", &" ".repeat(3)].concat().repeat(30_000);
    let rules: String = (0..3_000).map(|n| format!(".a .b{n} .c {{ display: none }}")).collect();
    let nested = format!("{}{}", "<div class=c>".repeat(150), "<i class='b1 c'>x</i>".repeat(20_000));
    let inputs = [
        ("blanks.txt", format!("令和6年度 運営方針\n\n１ 予算\n{}", format!("{row}\n").repeat(4))),
        ("readings.txt", format!("令和6年度 運営方針\n\n１ {}》\n", "漢《か".repeat(100_000))),
        ("marks.html", format!("<html><body><p>{}</p></body></html>", "<b>x</b>9²".repeat(60_000))),
        ("styles.html", format!("<html><head><style>{rules}</style></head><body><p>令和6年度 運営方針</p>{nested}</body></html>")),
    ];
    let folder = folder_of(&inputs.each_ref().map(|(name, text)| (*name, text.as_bytes())));
    let converted = convert(&[folder.path(), Path::new("--max-cpu"), Path::new("60")]);
    for (name, _) in &inputs {
        assert_eq!(outcome(&converted, name), "converted", "{name}");
    }
}
