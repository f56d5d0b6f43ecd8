//! What is on the disk stays as it was: no input is written to under any name, nothing but regular files is opened, and
//! no path that a file holds leads out of its folder.

use crate::support::{command, convert, convert_into, files, fixtures, folder_of, read, seisho};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const POLICY: &[u8] = "令和8年4月1日\n令和8年度 市民部の運営方針\n\n1 窓口の改善\n(1) 待ち時間を短くすること。\n".as_bytes();
const BAD: &[u8] = b"%PDF-1.7 and nothing more";

/// The end of a command, which must come soon: its exit code and what it said.
fn soon<S: AsRef<OsStr>>(args: &[S]) -> (i32, String) {
    let mut child = command(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let started = Instant::now();
    while child.try_wait().expect("a state").is_none() {
        if started.elapsed() > Duration::from_secs(60) {
            child.kill().expect("SIGKILL");
            panic!("hangs: {:?}", args.iter().map(AsRef::as_ref).collect::<Vec<&OsStr>>());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("its words");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8(said).expect("UTF-8"))
}

fn quarantined(inputs: &[&Path], to: &Path) -> crate::support::Converted {
    let mut args: Vec<&OsStr> = vec!["--quarantine".as_ref(), to.as_os_str()];
    args.extend(inputs.iter().map(|p| p.as_os_str()));
    convert(&args)
}

#[test]
fn a_quarantine_that_is_the_folder_of_the_inputs_leaves_them_as_they_are() {
    let folder = folder_of(&[("a/bad.pdf", BAD), ("good.txt", POLICY)]);
    for inputs in [folder.path().to_owned(), folder.path().join("a/bad.pdf")] {
        let to = if inputs.is_dir() { inputs.clone() } else { folder.path().join("a") };
        let converted = quarantined(&[&inputs], &to);
        assert_eq!(converted.outcome.code, 1, "the run goes on");
        assert_eq!(read(&folder.path().join("a/bad.pdf")), BAD);
        let said = &converted.outcome.stderr;
        assert!(said.contains("cannot be copied to --quarantine (it is an input, and no input is ever written to)"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_quarantine_linked_to_the_inputs_leaves_them_as_they_are() {
    let folder = folder_of(&[("in/bad.pdf", BAD), ("hard/x", b""), ("soft/x", b"")]);
    let input = folder.path().join("in/bad.pdf");
    std::fs::hard_link(&input, folder.path().join("hard/bad.pdf")).expect("a link");
    std::os::unix::fs::symlink(&input, folder.path().join("soft/bad.pdf")).expect("a link");
    std::os::unix::fs::symlink(folder.path().join("in"), folder.path().join("whole")).expect("a link");
    for to in ["hard", "soft", "whole"] {
        assert_eq!(quarantined(&[&folder.path().join("in")], &folder.path().join(to)).outcome.code, 1);
        assert_eq!(read(&input), BAD, "{to}");
    }
}

#[test]
fn what_a_run_sets_aside_is_no_input_of_the_next() {
    let folder = folder_of(&[("in/bad.pdf", BAD), ("in/good.txt", POLICY)]);
    let (inputs, aside) = (folder.path().join("in"), folder.path().join("in/aside"));
    for _ in 0..3 {
        let converted = quarantined(&[&inputs], &aside);
        assert_eq!(converted.lines("manifest.jsonl").len(), 2);
    }
    assert_eq!(files(&aside), [aside.join("bad.pdf")]);
    assert_eq!((read(&aside.join("bad.pdf")), read(&inputs.join("bad.pdf"))), (BAD.to_vec(), BAD.to_vec()));
}

#[test]
fn results_are_not_written_over_inputs() {
    // The results of `a.txt` and `b.txt` have the names of inputs.
    let folder = folder_of(&[
        ("documents/a.txt", POLICY),
        ("documents/a.txt.json", POLICY),
        ("documents/b.txt", b""),
        ("documents/b.txt.json", POLICY),
    ]);
    let outcome = convert_into(folder.path(), &[folder.path().join("documents")]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("failed a.txt: [X112] no result can have this name (it is an input"), "{}", outcome.stderr);
    for name in ["a.txt", "a.txt.json", "b.txt.json"] {
        assert_eq!(read(&folder.path().join("documents").join(name)), POLICY, "{name}");
    }
}

#[test]
fn a_run_whose_own_files_are_inputs_does_not_begin() {
    for name in ["records.jsonl", "manifest.jsonl", "run.json", ".seisho/journal", ".seisho/lock", "log.txt"] {
        let folder = folder_of(&[(name, POLICY), ("good.txt", POLICY)]);
        let (input, good, log) = (folder.path().join(name), folder.path().join("good.txt"), folder.path().join("log.txt"));
        let outcome = convert_into(folder.path(), &["--log".as_ref(), log.as_os_str(), input.as_os_str(), good.as_os_str()]);
        assert_eq!(outcome.code, 2, "{name}: {}", outcome.stderr);
        assert!(outcome.stderr.contains("no input is ever written to"), "{name}: {}", outcome.stderr);
        assert_eq!(read(&input), POLICY, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_picture_is_not_drawn_over_its_source() {
    let folder = folder_of(&[("x.txt", b"")]);
    let source = folder.path().join("page.svg");
    std::fs::copy(fixtures().join("documents/goals-ruled.pdf"), &source).expect("a copy");
    let (link, bytes) = (folder.path().join("link.svg"), read(&source));
    std::fs::hard_link(&source, &link).expect("a link");
    for out in [&source, &link] {
        let (code, said) = soon(&["inspect".as_ref(), source.as_os_str(), "--out".as_ref(), out.as_os_str()]);
        assert_eq!((code, read(&source) == bytes), (2, true), "{said}");
        assert!(said.contains("no input is ever written to"), "{said}");
    }
}

/// A pipe that nobody writes into, a socket, a folder and devices that never end.
#[cfg(unix)]
fn no_files(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let (pipe, socket) = (folder.join("pipe.pdf"), folder.join("socket.pdf"));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    drop(std::os::unix::net::UnixListener::bind(&socket).expect("a socket"));
    vec![(pipe, "a pipe"), (socket, "a socket"), ("/dev/zero".into(), "a device"), ("/dev/null".into(), "a device")]
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_a_clear_failure_and_is_not_waited_for() {
    let folder = TempDir::new().expect("a folder");
    let (out, aside) = (folder.path().join("out"), folder.path().join("aside"));
    for (path, what) in no_files(folder.path()) {
        let args = ["convert".as_ref(), path.as_os_str(), "--out".as_ref(), out.as_os_str(), "--quarantine".as_ref(), aside.as_os_str()];
        // Once more, to see whether it has changed; and in a shard, which goes by the content.
        for more in [&[][..], &[], &["--in-process"], &["--force", "--shard", "1/1"]] {
            let args: Vec<&OsStr> = args.into_iter().chain(more.iter().map(AsRef::as_ref)).collect();
            let (code, said) = soon(&args);
            assert_eq!(code, 1, "{said}");
            assert!(said.contains("[X104] cannot be read (") && said.contains(&format!("({what}, not a regular file)")), "{said}");
        }
        std::fs::remove_dir_all(&out).expect("a folder");
        let (code, said) = soon(&["inspect".as_ref(), path.as_os_str(), "--out".as_ref(), folder.path().join("x.svg").as_os_str()]);
        assert!(code == 2 && said.contains(what), "{said}");
        let (code, said) = soon(&["explain", &format!("{}#/title", path.display())]);
        assert!(code == 2 && said.contains(what), "{said}");
    }
    assert!(files(&aside).is_empty());
}

#[test]
fn one_of_two_names_for_one_result_fails_and_the_rest_is_converted() {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let folder = TempDir::new().expect("a folder");
        let names: [&[u8]; 5] = [b"\xff.txt", b"%FF.txt", b"%FF.txt~2", b"\xff%FE", b"%FF\xfe"];
        for name in names {
            std::fs::write(folder.path().join(OsStr::from_bytes(name)), POLICY).expect("a file");
        }
        std::fs::write(folder.path().join("good.txt"), POLICY).expect("a file");
        let converted = convert(&[folder.path()]);
        assert_eq!(converted.outcome.code, 1, "{}", converted.outcome.stderr);
        let lines = converted.lines("manifest.jsonl");
        let of =
            |status: &str| lines.iter().filter(|l| l["status"] == status).map(|l| l["path"].as_str().expect("a path")).collect::<Vec<_>>();
        assert_eq!(of("converted"), ["%FF%FE", "%FF.txt", "%FF.txt~2", "good.txt"]);
        assert_eq!(of("failed"), ["%FF%FE~2", "%FF.txt~3"]);
        let failed = converted.line("%FF.txt~3");
        assert_eq!((&failed["code"], &failed["reason"]["en"]), (&"X112".into(), &"%FF.txt is the name of another input's result".into()));
        // The one that has the name letter by letter is the one that keeps it.
        std::fs::write(folder.path().join("%FF.txt"), [POLICY, "(2) 窓口を増やすこと。\n".as_bytes()].concat()).expect("a file");
        let again = converted.again(&[folder.path()]);
        assert_eq!((again.unchanged(), again.documents()["%FF.txt"]["sections"][0]["children"][1]["label"].as_str()), (5, Some("(2)")));
    }
}

/// The result of a shard whose journal says something else than it was written with.
fn tampered(path: &str) -> (TempDir, PathBuf) {
    let folder = folder_of(&[("in/a.txt", POLICY)]);
    let shard = folder.path().join("deep/shard");
    let args: [std::ffi::OsString; 3] = ["--shard".into(), "1/1".into(), folder.path().join("in").into()];
    assert_eq!(convert_into(&shard, &args).code, 0);
    let named = serde_json::to_string(path).expect("JSON");
    crate::support::forge_journal(&shard, |line| line.replacen("\"path\":\"a.txt\"", &format!("\"path\":{named}"), 1));
    (folder, shard)
}

#[test]
fn a_journal_whose_paths_lead_out_of_its_folder_is_not_used() {
    for path in ["../../x", "../../../../x", "/x", "a/../../../x", "..", "", "a//b", "./a", "x\0", "C:/x", "c:\\x"] {
        let (folder, shard) = tampered(path);
        // What the path would lead to is there.
        let document = read(&shard.join("documents/a.txt.json"));
        std::fs::write(folder.path().join("x.json"), &document).expect("a file");
        std::fs::write(folder.path().join("deep/x.json"), &document).expect("a file");
        let before = files(folder.path());
        let out = folder.path().join("all/of/it");
        let merged = seisho(&["merge".as_ref(), shard.as_os_str(), "--out".as_ref(), out.as_os_str()]);
        assert_eq!(merged.code, 2, "{path:?}: {}", merged.stderr);
        assert!(merged.stderr.contains("leads out of its folder"), "{path:?}: {}", merged.stderr);
        assert_eq!(files(folder.path()), before, "{path:?}: nothing is written");
        let status = seisho(&["status".as_ref(), shard.as_os_str()]);
        assert!(status.stdout.contains("leads out of its folder"), "{path:?}: {}", status.stdout);
        // The same command as ever makes the results anew.
        let args: [std::ffi::OsString; 3] = ["--shard".into(), "1/1".into(), folder.path().join("in").into()];
        assert_eq!(convert_into(&shard, &args).code, 0);
        assert_eq!(seisho(&["merge".as_ref(), shard.as_os_str(), "--out".as_ref(), out.as_os_str()]).code, 0, "{path:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_shard_does_not_lead_out_of_it() {
    let (folder, shard) = tampered("a.txt");
    let (document, outside) = (shard.join("documents/a.txt.json"), folder.path().join("outside.json"));
    std::fs::rename(&document, &outside).expect("a file");
    std::os::unix::fs::symlink(&outside, &document).expect("a link");
    let out = folder.path().join("all");
    let merged = seisho(&["merge".as_ref(), shard.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    assert!(merged.code == 2 && merged.stderr.contains("are not as they were written"), "{}", merged.stderr);
}

#[test]
fn shards_are_not_merged_into_one_of_them() {
    let (_folder, shard) = tampered("a.txt");
    let before = crate::support::bytes_of(&shard);
    let merged = seisho(&["merge".as_ref(), shard.as_os_str(), "--out".as_ref(), shard.as_os_str()]);
    assert!(merged.code == 2 && merged.stderr.contains("no input is ever written to"), "{}", merged.stderr);
    assert_eq!(crate::support::bytes_of(&shard), before);
}

#[test]
fn a_document_whose_path_leads_elsewhere_is_not_explained() {
    let folder = folder_of(&[("a.json", br#"{"source": {"path": "../../etc/passwd"}, "title": "x"}"#)]);
    let (code, said) = soon(&["explain", &format!("{}#/title", folder.path().join("a.json").display())]);
    assert!(code == 2 && said.contains("no path below a folder"), "{said}");
}
