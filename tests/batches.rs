//! Runs that are left alone overnight: stopped and gone on with, done twice at once, divided among machines.

use crate::support::{bytes_of, command, convert, convert_args, convert_into, files, fixtures, folder_of, read, seisho};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const POLICY: &[u8] =
    "令和8年4月1日\n令和8年度 市民部の運営方針\n市民部長 玉木 実\n\n1 窓口の改善\n(1) 待ち時間を短くすること。\n".as_bytes();

/// A folder of every kind of document that the repository has, and some that cannot be converted.
fn mixed() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (n, file) in ["documents", "findings", "second"].iter().flat_map(|f| files(&fixtures().join(f))).enumerate() {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let to = folder.path().join((n % 5).to_string()).join(name);
        std::fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        std::fs::copy(&file, to).expect("a copy");
    }
    folder
}

#[test]
fn what_is_done_and_unchanged_is_not_done_again() {
    let folder = folder_of(&[("a.txt", POLICY), ("b.txt", POLICY), ("empty.txt", b"")]);
    let first = convert(&[folder.path()]);
    let bytes = first.bytes();
    let again = first.again(&[folder.path()]);
    assert_eq!(again.unchanged(), 3, "a failure that lies in the file is final");
    assert_eq!(again.bytes(), bytes);

    std::fs::write(folder.path().join("a.txt"), [POLICY, "(2) 窓口を増やすこと。\n".as_bytes()].concat()).expect("a file");
    let changed = again.again(&[folder.path()]);
    assert_eq!((changed.unchanged(), changed.documents()["a.txt"]["sections"][0]["children"][1]["label"].as_str()), (2, Some("(2)")));
    assert_eq!(changed.lines("records.jsonl").len(), 5);

    std::fs::write(changed.folder.path().join("documents/b.txt.json"), "{}").expect("a file");
    let mended = changed.again(&[folder.path()]);
    assert_eq!((mended.unchanged(), mended.documents()["b.txt"]["kind"].as_str()), (2, Some("policy")));

    let anew = mended.again(&["--force".as_ref(), folder.path().as_os_str()]);
    assert_eq!(anew.unchanged(), 0);
    let otherwise = anew.again(&["--no-page-joins".as_ref(), folder.path().as_os_str()]);
    assert_eq!(otherwise.unchanged(), 0, "other options");
}

#[test]
fn a_document_that_can_no_longer_be_made_is_not_left_behind() {
    let folder = folder_of(&[("a.txt", POLICY), ("b.txt", POLICY)]);
    let first = convert(&[folder.path()]);
    let first_strays = first.run("strays");
    std::fs::write(folder.path().join("a.txt"), "").expect("a file");
    std::fs::remove_file(folder.path().join("b.txt")).expect("a file");
    let second = first.again(&[folder.path()]);
    assert_eq!(second.lines("manifest.jsonl").len(), 1);
    assert_eq!(second.line("a.txt")["code"], "X101");
    assert!(!second.documents().contains_key("a.txt"));
    assert_eq!((first_strays, second.run("strays")), (0, 1), "b.txt is gone, its document is not");
    assert!(second.lines("records.jsonl").is_empty());
}

#[test]
fn another_years_results_are_added_and_never_replaced_without_a_word() {
    let other = [POLICY, "(2) 窓口を増やすこと。\n".as_bytes()].concat();
    let (first, second) = (folder_of(&[("r6/a.txt", POLICY), ("r6/b.txt", POLICY)]), folder_of(&[("r7/c.txt", &other)]));
    let done = convert(&[first.path()]);
    let bytes = done.bytes();
    let refused = done.again(&[second.path()]);
    assert_eq!(refused.outcome.code, 2);
    assert!(refused.outcome.stderr.contains("--add keeps them and adds these"), "{}", refused.outcome.stderr);
    assert_eq!(refused.bytes(), bytes, "nothing was touched");

    let add = |folder: &TempDir| vec![OsString::from("--add"), folder.path().as_os_str().to_owned()];
    let both = refused.again(&add(&second));
    assert_eq!(both.outcome.code, 0, "{}", both.outcome.stderr);
    let paths = |c: &crate::support::Converted| -> Vec<String> {
        c.lines("manifest.jsonl").iter().map(|l| l["path"].as_str().expect("a path").to_owned()).collect()
    };
    assert_eq!(paths(&both), ["r6/a.txt", "r6/b.txt", "r7/c.txt"]);
    let records = both.lines("records.jsonl").len();
    // The first once more, changed and with a file gone: nothing of the second is lost, nothing doubled.
    std::fs::remove_file(first.path().join("r6/b.txt")).expect("a file");
    let again = both.again(&add(&first));
    assert_eq!((paths(&again), again.unchanged()), (vec!["r6/a.txt".to_owned(), "r7/c.txt".to_owned()], 1));
    assert!(again.lines("records.jsonl").len() < records);

    // The same path with another content is another document.
    let third = folder_of(&[("r7/c.txt", POLICY)]);
    let clash = again.again(&add(&third));
    assert_eq!(clash.outcome.code, 2);
    assert!(clash.outcome.stderr.contains("would be written over the result of"), "{}", clash.outcome.stderr);
    // With other options nothing can be added to what is there.
    let fourth = folder_of(&[("r8/d.txt", POLICY)]);
    let otherwise = clash.again(&[vec![OsString::from("--no-page-joins")], add(&fourth)].concat());
    assert_eq!(otherwise.outcome.code, 2);
    assert!(otherwise.outcome.stderr.contains("to which nothing can be added"), "{}", otherwise.outcome.stderr);
    // Together they are what one run of both makes.
    let moved = TempDir::new().expect("a folder");
    for (from, name) in [(first.path().join("r6/a.txt"), "r6/a.txt"), (second.path().join("r7/c.txt"), "r7/c.txt")] {
        let to = moved.path().join(name);
        std::fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        std::fs::copy(from, to).expect("a copy");
    }
    let lines = |c: &crate::support::Converted, name: &str| c.lines(name);
    let whole = convert(&[moved.path()]);
    assert_eq!(lines(&otherwise, "records.jsonl"), lines(&whole, "records.jsonl"));
    // A folder that was moved is the same input.
    let after_move = otherwise.again(&[moved.path()]);
    assert_eq!((after_move.outcome.code, after_move.unchanged()), (0, 2), "{}", after_move.outcome.stderr);
}

/// Kills a run after a while, with everything that it started; true where it had not ended by itself.
fn killed(folder: &Path, out: &Path, after: Duration) -> bool {
    killed_with(&[folder.as_os_str()], out, after)
}

pub(crate) fn killed_with(args: &[&std::ffi::OsStr], out: &Path, after: Duration) -> bool {
    let args = [&["--jobs".as_ref(), "2".as_ref()], args].concat();
    let mut child = command(&convert_args(out, &args)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    std::thread::sleep(after);
    let was_running = child.try_wait().expect("a state").is_none();
    child.kill().expect("SIGKILL");
    child.wait().expect("an end");
    was_running
}

#[test]
fn what_a_killed_run_left_in_the_making_is_taken_away() {
    let folder = mixed();
    let whole = convert(&[folder.path()]);
    let bytes = whole.bytes();
    let out = TempDir::new().expect("a folder");
    std::fs::create_dir(out.path().join(".seisho")).expect("a folder");
    // Of a run with more threads than this one.
    std::fs::write(out.path().join(".seisho/aside-70"), "{").expect("a file");
    convert_into(out.path(), &[folder.path()]);
    assert_eq!(bytes_of(out.path()), bytes);
}

/// As often as `SEISHO_KILLS` says.
#[test]
fn a_run_that_is_killed_again_and_again_comes_to_the_same_end() {
    let folder = mixed();
    let whole = convert(&[folder.path()]);
    let (bytes, inputs) = (whole.bytes(), whole.lines("manifest.jsonl").len());
    let started = Instant::now();
    convert(&[folder.path()]);
    let longest = started.elapsed();

    let wanted: u32 = std::env::var("SEISHO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(25);
    let (mut kills, mut ends, mut seed) = (0, 0, 7_u32);
    while kills < wanted {
        let out = TempDir::new().expect("a folder");
        // Killed at up to eight moments before it may end.
        for _ in 0..8 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let after = longest.mul_f64(f64::from(seed >> 8) / f64::from(1 << 24));
            kills += u32::from(killed(folder.path(), out.path(), after));
        }
        let done = seisho(&["status".as_ref(), out.path().as_os_str()]);
        let ended = convert_into(out.path(), &[folder.path()]);
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        let run: serde_json::Value = serde_json::from_slice(&read(&out.path().join("run.json"))).expect("JSON");
        let unchanged = run["unchanged"].as_u64().expect("a number");
        assert!(unchanged as usize <= inputs, "{}", done.stdout);
        assert_eq!(bytes_of(out.path()), bytes, "after {kills} kills");
        ends += 1;
    }
    eprintln!("{kills} kills, {ends} runs to the end, all the same");
}

#[test]
fn a_run_that_adds_and_is_killed_loses_nothing_of_either_input() {
    let (first, second) = (mixed(), folder_of(&[("r7/c.txt", POLICY), ("r7/d.txt", POLICY), ("r7/e.txt", POLICY)]));
    let add = ["--add".as_ref(), second.path().as_os_str()];
    let start = || convert(&[first.path()]);
    let whole = start().again(&add).bytes();
    for wait in [1_u64, 5, 10, 20, 40, 80] {
        let out = start();
        killed_with(&add, out.folder.path(), Duration::from_millis(wait));
        killed_with(&["--add".as_ref(), first.path().as_os_str()], out.folder.path(), Duration::from_millis(wait));
        let done = out.again(&add);
        // Some of the first cannot be converted.
        assert_eq!(done.outcome.code, 1, "{}", done.outcome.stderr);
        assert_eq!(done.bytes(), whole, "after {wait} ms");
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_finishes_what_it_has_in_hand_and_says_how_to_go_on() {
    let folder = mixed();
    for copy in 0..4 {
        for file in files(&fixtures().join("documents")) {
            std::fs::copy(&file, folder.path().join(format!("{copy}-{}", file.file_name().expect("a name").to_string_lossy())))
                .expect("a copy");
        }
    }
    let whole = convert(&[folder.path()]).bytes();
    let out = TempDir::new().expect("a folder");
    let mut child = command(&convert_args(out.path(), &["--jobs".as_ref(), "1".as_ref(), folder.path().as_os_str()]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let documents = out.path().join("documents");
    while files(&documents).is_empty() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    let code = child.wait().expect("an end").code();
    let output = child.wait_with_output().expect("its words");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("finishing the files in hand") && said.contains("The same command goes on"), "{said}");
    let done = files(&documents).len();
    assert!(done > 0 && !out.path().join("records.jsonl").exists());
    let status = seisho(&["status".as_ref(), out.path().as_os_str()]).stdout;
    assert!(status.contains("stopped") && status.contains(" of "), "{status}");
    convert_into(out.path(), &[folder.path()]);
    assert_eq!(bytes_of(out.path()), whole);
    assert!(seisho(&["status".as_ref(), out.path().as_os_str()]).stdout.starts_with("finished"));
}

/// A PDF that draws without end, and limits that let it: a run over it lasts as long as the test wants.
#[cfg(unix)]
fn endless(folder: &Path) -> Vec<OsString> {
    let file = folder.join("endless.pdf");
    std::fs::write(&file, crate::hostile::endless()).expect("a file");
    let limits = ["--max-operations", "1000000000000000", "--max-cpu", "20"].map(OsString::from);
    limits.into_iter().chain([file.into_os_string()]).collect()
}

#[cfg(unix)]
#[test]
fn a_second_run_on_the_same_folder_says_so_and_stops() {
    let (folder, out) = (folder_of(&[("a.txt", POLICY)]), TempDir::new().expect("a folder"));
    let mut first = command(&convert_args(out.path(), &endless(folder.path()))).stderr(Stdio::null()).spawn().expect("the program starts");
    while std::fs::metadata(out.path().join(".seisho/journal")).map_or(0, |m| m.len()) == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let second = convert_into(out.path(), &[folder.path().join("a.txt")]);
    assert_eq!(second.code, 2);
    assert!(second.stderr.contains("another run is writing into") && second.stderr.contains("seisho status"), "{}", second.stderr);
    assert!(seisho(&["status".as_ref(), out.path().as_os_str()]).stdout.starts_with("running"));
    first.kill().expect("SIGKILL");
    first.wait().expect("an end");
    assert_eq!(convert_into(out.path(), &[folder.path().join("a.txt")]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_file_that_takes_too_long_is_tried_once_more_and_fails_alone() {
    let folder = folder_of(&[("a.txt", POLICY)]);
    let aside = TempDir::new().expect("a folder");
    let log = aside.path().join("log.txt");
    let started = Instant::now();
    let mut args = endless(folder.path());
    args.extend(["--max-wall".into(), "1".into(), "--log".into(), log.clone().into(), folder.path().join("a.txt").into()]);
    let converted = convert(&args);
    assert!(started.elapsed() >= Duration::from_secs(2), "twice a second");
    let line = converted.line("endless.pdf");
    assert_eq!((&line["status"], &line["code"]), (&"failed".into(), &"X110".into()));
    assert_eq!(line["reason"]["en"], "the conversion took longer than 1 s");
    assert_eq!(converted.line("a.txt")["status"], "converted");
    let log = String::from_utf8(read(&log)).expect("UTF-8");
    assert!(log.contains("done a.txt") && log.contains("failed endless.pdf: [X110]"), "{log}");
}

/// The processes that a process has started.
#[cfg(target_os = "linux")]
pub(crate) fn children(of: u32) -> Vec<String> {
    let listed = std::fs::read_dir(format!("/proc/{of}/task")).into_iter().flatten().flatten();
    let read = listed.map(|task| std::fs::read_to_string(task.path().join("children")).unwrap_or_default());
    read.collect::<String>().split_whitespace().map(str::to_owned).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_crashes_takes_one_file_with_it() {
    let (folder, out) = (folder_of(&[("a.txt", POLICY)]), TempDir::new().expect("a folder"));
    let mut inputs = endless(folder.path());
    inputs.push(folder.path().join("a.txt").into());
    let mut run =
        command(&convert_args(out.path(), &inputs)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let code = loop {
        if let Some(status) = run.try_wait().expect("a state") {
            break status.code();
        }
        if out.path().join("documents/a.txt.json").exists() {
            for child in children(run.id()) {
                let _ = std::process::Command::new("kill").args(["-SEGV", &child]).status();
            }
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(code, Some(1));
    let lines = String::from_utf8(read(&out.path().join("manifest.jsonl"))).expect("UTF-8");
    assert!(
        lines.contains(r#""path":"endless.pdf","sha256":null,"status":"failed","code":"X111""#) && lines.contains("crashed (signal: 11"),
        "{lines}"
    );
}

#[test]
fn shards_together_are_the_same_as_one_run() {
    let folder = mixed();
    let whole = convert(&[folder.path()]).bytes();
    for parts in [1, 2, 5] {
        let shards: Vec<_> = (1..=parts)
            .map(|part| {
                let shard = format!("{part}/{parts}");
                convert(&["--shard".as_ref(), shard.as_ref(), folder.path().as_os_str()])
            })
            .collect();
        let lines: Vec<usize> = shards.iter().map(|s| s.lines("manifest.jsonl").len()).collect();
        assert!(lines.iter().all(|&n| n > 0), "{lines:?}");
        let merged = TempDir::new().expect("a folder");
        let merge = |shards: &[&Path]| {
            let mut args: Vec<&std::ffi::OsStr> = vec!["merge".as_ref(), "--out".as_ref(), merged.path().as_os_str()];
            args.extend(shards.iter().map(|s| s.as_os_str()));
            seisho(&args)
        };
        let mut folders: Vec<&Path> = shards.iter().map(|s| s.folder.path()).collect();
        folders.reverse();
        if parts == 2 {
            let half = merge(&folders[..1]);
            assert_eq!(half.code, 2);
            assert!(half.stderr.contains("name each of 1/2 to 2/2 once (named: [2])"), "{}", half.stderr);
        }
        assert_eq!(merge(&folders).code, 1, "some inputs failed");
        assert_eq!(bytes_of(merged.path()), whole, "{parts} shards");
    }
}

#[test]
fn a_folder_holds_one_shard() {
    let folder = mixed();
    let first = convert(&["--shard".as_ref(), "1/2".as_ref(), folder.path().as_os_str()]);
    let second = first.again(&["--shard".as_ref(), "2/2".as_ref(), folder.path().as_os_str()]);
    assert_eq!(second.outcome.code, 2);
    assert!(second.outcome.stderr.contains("holds the results of shard 1/2"), "{}", second.outcome.stderr);
}

#[test]
fn what_failed_can_be_set_aside() {
    let folder = folder_of(&[("a/good.txt", POLICY), ("a/bad.pdf", b"%PDF-1.7 and nothing more")]);
    let aside = TempDir::new().expect("a folder");
    let converted = convert(&["--quarantine".as_ref(), aside.path().as_os_str(), folder.path().as_os_str()]);
    assert_eq!(converted.line("a/bad.pdf")["code"], "X106");
    let found: Vec<_> = files(aside.path()).into_iter().map(|f| f.strip_prefix(aside.path()).expect("below").to_owned()).collect();
    assert_eq!(found, [PathBuf::from("a/bad.pdf")]);
    assert_eq!(read(&aside.path().join("a/bad.pdf")), read(&folder.path().join("a/bad.pdf")));
}

#[test]
fn a_quiet_run_says_nothing() {
    let folder = folder_of(&[("a.txt", POLICY), ("bad.txt", b"")]);
    let converted = convert(&["--quiet".as_ref(), folder.path().as_os_str()]);
    assert_eq!((converted.outcome.code, converted.outcome.stdout.as_str(), converted.outcome.stderr.as_str()), (1, "", ""));
}

#[test]
fn in_one_process_the_results_are_the_same() {
    let folder = mixed();
    let here = convert(&["--in-process".as_ref(), folder.path().as_os_str()]);
    assert_eq!(here.bytes(), convert(&[folder.path()]).bytes());
}
