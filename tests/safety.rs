//! What a hostile file, a full disk or a hand in the folder of results can reach: nothing beyond its place, and nothing
//! without a word.

use crate::support::{bytes_of, command, convert, convert_args, convert_into, fixtures, folder_of, read, seisho};
use seisho_batch::{Batch, Outcome, Program, Programs};
use serde_json::{Value, json};
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const POLICY: &[u8] = "令和8年4月1日\n令和8年度 市民部の運営方針\n\n1 窓口の改善\n(1) 待ち時間を短くすること。\n".as_bytes();

/// What a kernel without Landlock or seccomp cannot refuse is said by `doctor` and `run.json`, and is no fault.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_process_has_no_right_that_it_does_not_need() {
    let place = folder_of(&[("victim", b"kept")]);
    let victim = place.path().join("victim");
    let free = command(&["--version"]).output().expect("the program starts");
    assert!(free.status.success());
    let said = seisho(&["probe".as_ref(), victim.as_os_str()]);
    let said: Value = serde_json::from_str(&said.stdout).expect("JSON");
    let [files, network, processes] = ["files", "network", "processes"].map(|name| said["confinement"][name] == true);
    let deeds = said["deeds"].as_array().expect("deeds");
    assert_eq!(deeds.len(), 16);
    for deed in deeds {
        let name = deed[0].as_str().expect("a name");
        let must = match name {
            n if n.contains("(limit)") || n == "raise a limit" => true,
            n if n.contains("socket") || n.contains("connection") => network,
            n if n.contains("program") || n.contains("process") => processes,
            _ => files && network,
        };
        assert!(!must || deed[1] == true, "a confined process may {name}: {said}");
    }
    if files {
        assert_eq!(read(&victim), b"kept");
        assert_eq!(std::fs::read_dir(place.path()).expect("a folder").count(), 1);
    }
    let out = convert(&[folder_of(&[("a.txt", POLICY)]).path()]);
    let run: Value = serde_json::from_slice(&read(&out.folder.path().join("run.json"))).expect("JSON");
    assert_eq!(run["confinement"], said["confinement"], "what run.json says is what was tried");
    let doctor = seisho(&["doctor"]).stdout;
    assert!(doctor.contains("confinement of worker processes: files"), "{doctor}");
}

/// What an office without a network has to know is said in its language: what is missing and how it is carried in.
#[cfg(unix)]
#[test]
fn doctor_says_what_a_machine_lacks_and_how_that_gets_there_without_a_network() {
    let place = TempDir::new().expect("a folder");
    let out = place.path().join("not/there/yet");
    for (lang, words) in [
        ("en", ["disk for results", "GiB free", "not found", "dpkg -i", "apt-get download", "Ichitaro", "limits of worker processes"]),
        ("ja", ["結果を書くディスク", "空き ", "ありません", "dpkg -i", "apt-get download", "一太郎", "変換プロセスの制限"]),
    ] {
        let args = ["--lang", lang, "doctor", "--tesseract", "/no/such/library.so", "--out"].map(OsString::from);
        let said = seisho(&args.into_iter().chain([out.clone().into_os_string()]).collect::<Vec<_>>());
        assert_eq!(said.code, 1, "{}", said.stdout);
        assert!(words.iter().all(|word| said.stdout.contains(word)), "{}", said.stdout);
        assert!(!out.exists() && !place.path().join("not").exists(), "it looks and makes nothing");
    }
    // A folder that nobody writes to, the administrator neither.
    let full = seisho(&["--lang", "en", "doctor", "--out", "/proc/self"]);
    assert!(full.code == 1 && full.stdout.contains("(/proc/self): cannot be written to"), "{}", full.stdout);
}

/// What a package brings beside the program knows every command that people see.
#[test]
fn the_manual_and_the_completions_know_every_command() {
    let place = TempDir::new().expect("a folder");
    assert_eq!(seisho(&["man".as_ref(), place.path().as_os_str()]).code, 0);
    let help = seisho(&["--help"]).stdout;
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> =
        listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(commands.len() > 10, "{help}");
    let program = String::from_utf8(read(&place.path().join("seisho.1"))).expect("UTF-8");
    for shell in ["bash", "zsh", "fish"] {
        let completions = seisho(&["completions", shell]).stdout;
        for command in &commands {
            let page = String::from_utf8(read(&place.path().join(format!("seisho-{command}.1")))).expect("UTF-8");
            assert!(page.contains(".SH SYNOPSIS") && program.contains(&format!("seisho\\-{command}")), "{command}");
            assert!(completions.contains(command), "{shell} {command}");
        }
    }
}

/// Without a sandbox a worker could read what it was not handed: the deeds are possible to a process that is not confined.
#[cfg(target_os = "linux")]
#[test]
fn what_the_probe_tries_can_be_done_by_a_free_process() {
    let place = folder_of(&[("victim", b"kept")]);
    let victim = place.path().join("victim");
    assert!(std::fs::File::options().append(true).open(&victim).is_ok() && std::net::TcpListener::bind("127.0.0.1:0").is_ok());
    assert!(Command::new("/bin/true").status().is_ok());
}

/// Runs something in a process whose kernel does not know some calls: the filter is this thread's, and its children have it.
#[cfg(target_os = "linux")]
fn on_a_kernel_without<T: Send>(calls: &[(i64, Option<(u8, u64)>)], run: impl FnOnce() -> T + Send) -> T {
    use seccompiler::{BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule};
    let rules = calls.iter().map(|(call, only)| {
        let condition = |(at, value)| SeccompCondition::new(at, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value).expect("a condition");
        (*call, only.iter().map(|only| SeccompRule::new(vec![condition(*only)]).expect("a rule")).collect())
    });
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let arch = std::env::consts::ARCH.try_into().expect("a known machine");
    let filter = SeccompFilter::new(rules.collect(), SeccompAction::Allow, unknown, arch).expect("a filter");
    let program: BpfProgram = filter.try_into().expect("a filter");
    let thread = || {
        seccompiler::apply_filter(&program).expect("seccomp");
        run()
    };
    std::thread::scope(|scope| scope.spawn(thread).join().expect("an end"))
}

/// An older kernel has no Landlock, another one no seccomp, a third neither: the work is done, and what is open is said.
#[cfg(target_os = "linux")]
#[test]
fn on_a_kernel_that_lacks_a_part_documents_are_converted_and_it_is_said() {
    let landlock = (libc::SYS_landlock_create_ruleset, None);
    let seccomp = [(libc::SYS_seccomp, None), (libc::SYS_prctl, Some((0, libc::PR_SET_SECCOMP as u64)))];
    let inputs = fixtures().join("documents");
    let whole = convert(&[&inputs]).bytes();
    let place = folder_of(&[("victim", b"kept")]);
    let probe = || seisho(&["probe".as_ref(), place.path().join("victim").as_os_str()]).stdout;
    let whole_kernel: Value = serde_json::from_str(&probe()).expect("JSON");
    let has = |name: &str| whole_kernel["confinement"][name] == true;
    let kernels = [
        (vec![landlock], json!({"files": false, "network": has("network"), "processes": has("processes")})),
        (seccomp.to_vec(), json!({"files": has("files"), "network": false, "processes": false})),
        ([&seccomp[..], &[landlock]].concat(), json!({"files": false, "network": false, "processes": false})),
    ];
    for (lacking, left) in kernels {
        let (converted, probed, doctor) = on_a_kernel_without(&lacking, || (convert(&[&inputs]), probe(), seisho(&["doctor"]).stdout));
        assert!(converted.outcome.code == 0 && converted.bytes() == whole, "{left}: {}", converted.outcome.stderr);
        let run: Value = serde_json::from_slice(&read(&converted.folder.path().join("run.json"))).expect("JSON");
        assert_eq!(run["confinement"], left);
        let probed: Value = serde_json::from_str(&probed).expect("JSON");
        assert_eq!(probed["confinement"], left);
        let refused = |deed: &str| probed["deeds"].as_array().expect("deeds").iter().any(|d| d[0] == deed && d[1] == true);
        assert!(
            ["hold many files open (limit)", "make a file longer by its handle (limit)", "raise a limit"].into_iter().all(refused),
            "{probed}"
        );
        // Without Landlock seccomp still refuses to write, and files can be read.
        if left["network"] == true {
            assert!(refused("write to a file") && refused("make a file") && !refused("read a file"), "{probed}");
        }
        assert_eq!(doctor.contains("files within reach"), left["files"] == false, "{doctor}");
        assert_eq!(doctor.contains("other processes within reach"), left["processes"] == false, "{doctor}");
        std::fs::write(place.path().join("victim"), b"kept").expect("a file");
        let _ = std::fs::remove_file(place.path().join("victim.new"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_converts_without_processes_of_its_own_says_that_nothing_is_out_of_reach() {
    let inputs = folder_of(&[("a.txt", POLICY)]);
    let out = convert(&[inputs.path().as_os_str(), OsStr::new("--in-process")]);
    let run: Value = serde_json::from_slice(&read(&out.folder.path().join("run.json"))).expect("JSON");
    assert_eq!(run["confinement"], json!({"files": false, "network": false, "processes": false}));
}

/// The page is drawn by a process that has given up its rights, and not by the one that writes the picture.
#[cfg(target_os = "linux")]
#[test]
fn what_draws_a_page_can_reach_nothing() {
    let place = folder_of(&[("slow.pdf", &crate::hostile::fans_out())]);
    let (file, picture) = (place.path().join("slow.pdf"), place.path().join("x.svg"));
    let mut command = command(&[
        "inspect".as_ref(),
        file.as_os_str(),
        "--out".as_ref(),
        picture.as_os_str(),
        "--max-operations".as_ref(),
        "1000000000".as_ref(),
    ]);
    let mut parent = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let end = Instant::now() + Duration::from_secs(20);
    let status = loop {
        // The last right goes with the second filter.
        let states = crate::batches::children(parent.id())
            .into_iter()
            .map(|child| std::fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default());
        match states.into_iter().find(|state| state.contains("Seccomp_filters:\t3")) {
            Some(state) => break state,
            None => assert!(Instant::now() < end, "no process that draws is confined"),
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(status.contains("NoNewPrivs:\t1") && status.contains("CapEff:\t0000000000000000"), "{status}");
    parent.kill().expect("SIGKILL");
    parent.wait().expect("an end");
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_process_knows_nothing_of_the_environment_and_ends_with_its_run() {
    let folder = folder_of(&[("slow.pdf", &crate::hostile::fans_out())]);
    let out = TempDir::new().expect("a folder");
    let args: Vec<OsString> = ["--max-operations".into(), "100000000".into(), folder.path().into()].into();
    let mut run = command(&convert_args(out.path(), &args));
    let mut run = run.env("SECRET", "hunter2").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let end = Instant::now() + Duration::from_secs(20);
    let worker = loop {
        // It is busy once it has been so for a while.
        let busy = crate::batches::children(run.id()).into_iter().find(|child| {
            let stat = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
            stat.split(' ').nth(13).and_then(|ticks| ticks.parse::<u64>().ok()).is_some_and(|ticks| ticks > 20)
        });
        match busy {
            Some(worker) => break worker,
            None => assert!(Instant::now() < end, "no worker process is busy"),
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let environment = String::from_utf8_lossy(&read(Path::new(&format!("/proc/{worker}/environ")))).into_owned();
    assert!(!environment.contains("hunter2") && environment.contains("RUST_BACKTRACE=0"), "{environment}");
    run.kill().expect("SIGKILL");
    run.wait().expect("an end");
    let end = Instant::now() + Duration::from_secs(5);
    let lives = || {
        let stat = std::fs::read_to_string(format!("/proc/{worker}/stat")).unwrap_or_default();
        !stat.is_empty() && stat.split(' ').nth(2) != Some("Z")
    };
    while lives() {
        assert!(Instant::now() < end, "the worker process goes on without its run");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A worker process that a document has taken over answers for another path, another content, more than there is.
#[cfg(unix)]
#[test]
fn what_a_worker_process_says_is_not_believed_over_what_is_known() {
    let inputs = folder_of(&[("a.txt", POLICY)]);
    let sha256 = seisho_pipeline_sha256(&inputs.path().join("a.txt"));
    let reply = |path: &str, sha256: &str, size: usize, document: u64| {
        let manifest = json!({"path": path, "sha256": sha256, "status": "failed", "code": "X104", "reason": {"ja": "", "en": ""}});
        json!({"Reply": {"manifest": manifest, "size": size, "records": 0, "documents": [document]}}).to_string()
    };
    let size = POLICY.len();
    let lies = [
        reply("b.txt", &sha256, size, 0),
        reply("../../x", &sha256, size, 0),
        reply("a.txt", &"0".repeat(64), size, 0),
        reply("a.txt", &sha256, size + 1, 0),
        reply("a.txt", &sha256, size, u64::MAX >> 1),
        "{\"Reply\":".to_owned(),
    ];
    for (lie, is_believed) in lies.iter().map(|lie| (lie, false)).chain([(&reply("a.txt", &sha256, size, 0), true)]) {
        let out = TempDir::new().expect("a folder");
        let worker = Program::new("/bin/sh", &["-c", &format!("read setup; echo '{lie}'; sleep 1")]);
        let programs = Programs { worker, ..Programs::of(env!("CARGO_BIN_EXE_seisho")) };
        let batch = Batch::new([inputs.path()], out.path(), programs);
        let outcome = batch.plan().expect("a plan").run(&AtomicBool::new(false), &mut ()).expect("a run");
        assert!(matches!(outcome, Outcome::Finished(_)), "{lie}");
        let manifest = String::from_utf8(read(&out.path().join("manifest.jsonl"))).expect("UTF-8");
        let code = if is_believed { "X104" } else { "X111" };
        assert!(manifest.contains("\"path\":\"a.txt\"") && manifest.contains(code), "{lie}: {manifest}");
    }
}

/// Every page has the time of a file: a process that announces pages without end is not waited for.
#[cfg(unix)]
#[test]
fn a_worker_process_that_announces_pages_without_end_is_ended() {
    let (inputs, out) = (folder_of(&[("a.txt", POLICY)]), TempDir::new().expect("a folder"));
    let worker = Program::new("/bin/sh", &["-c", "read setup; while :; do echo '{\"Page\":{\"page\":1,\"of\":2}}'; done"]);
    let programs = Programs { worker, ..Programs::of(env!("CARGO_BIN_EXE_seisho")) };
    let batch = Batch::new([inputs.path()], out.path(), programs);
    batch.plan().expect("a plan").run(&AtomicBool::new(false), &mut ()).expect("a run");
    assert!(String::from_utf8(read(&out.path().join("manifest.jsonl"))).expect("UTF-8").contains("X111"));
}

fn seisho_pipeline_sha256(file: &Path) -> String {
    let out = convert(&[file]);
    out.lines("manifest.jsonl")[0]["sha256"].as_str().expect("a hash").to_owned()
}

/// Reports whether a command whose output goes nowhere says so.
#[cfg(target_os = "linux")]
#[test]
fn output_that_nobody_gets_is_no_success() {
    let done = convert(&[fixtures().join("documents")]);
    let out = done.folder.path().to_str().expect("UTF-8");
    let commands: [&[&str]; 6] = [&["schema"], &["explain"], &["explain", "M014"], &["status", out], &["audit", "check", out], &["doctor"]];
    for args in commands {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("a device");
        let output = command(args).stdout(full).output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains("standard output cannot be written to"), "{args:?}: {said}");
    }
    let ask = |output: Stdio| {
        let mut child =
            command(&["worker"]).stdin(Stdio::piped()).stdout(output).stderr(Stdio::null()).spawn().expect("the program starts");
        let request = json!({"path": fixtures().join("documents/policy-export.txt")});
        for _ in 0..20 {
            // Nobody reads any more once the first answer was lost.
            let _ = writeln!(child.stdin.as_mut().expect("a pipe"), "{request}");
        }
        drop(child.stdin.take());
        child.wait().expect("an end").code()
    };
    assert_eq!(ask(std::fs::File::options().write(true).open("/dev/full").expect("a device").into()), Some(2));
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    assert_eq!(ask(writer.into()), Some(2), "a closed pipe");
    assert_eq!(ask(Stdio::null()), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_of_the_shell_for_files_is_said() {
    let place = TempDir::new().expect("a folder");
    let inputs = fixtures().join("documents");
    let script = format!(
        "ulimit -f 8; exec '{}' convert '{}' --out '{}'",
        env!("CARGO_BIN_EXE_seisho"),
        inputs.display(),
        place.path().join("out").display()
    );
    let output = Command::new("/bin/sh").args(["-c", &script]).env("LC_ALL", "C").output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(2) && said.contains("cannot write") && said.contains("File too large"),
        "{:?} {said}",
        output.status
    );
    // With room again, the same command goes on.
    assert_eq!(convert_into(&place.path().join("out"), &[&inputs]).code, 0);
    assert!(bytes_of(&place.path().join("out")) == convert(&[&inputs]).bytes());
}

/// A digit of the manifest's part, of a record, of the heading.
#[test]
fn a_journal_of_which_a_byte_was_changed_gives_no_wrong_result() {
    let inputs = folder_of(&[("a.txt", POLICY), ("b.txt", &[POLICY, b"\n"].concat())]);
    let whole = convert(&[inputs.path()]);
    let bytes = whole.bytes();
    let journal = whole.folder.path().join(".seisho/journal");
    let kept = read(&journal);
    let digits: Vec<usize> = (0..kept.len()).filter(|&at| kept[at].is_ascii_digit()).collect();
    for at in digits.iter().step_by(digits.len() / 40 + 1) {
        let mut changed = kept.clone();
        changed[*at] = if changed[*at] == b'9' { b'8' } else { changed[*at] + 1 };
        std::fs::write(&journal, &changed).expect("a file");
        assert_eq!(convert_into(whole.folder.path(), &[inputs.path()]).code, 0, "byte {at}");
        assert!(bytes_of(whole.folder.path()) == bytes, "byte {at}");
    }
}

#[test]
fn documents_that_are_taken_away_while_it_runs_are_made_again() {
    let texts: Vec<(String, Vec<u8>)> =
        (0..60).map(|n| (format!("{n}.txt"), [POLICY, "(2) 窓口を増やすこと。\n".repeat(n).as_bytes()].concat())).collect();
    let inputs = folder_of(&texts.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect::<Vec<_>>());
    for wait in [20, 60, 120] {
        let out = TempDir::new().expect("a folder");
        let mut run =
            command(&convert_args(out.path(), &[inputs.path()])).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a run");
        std::thread::sleep(Duration::from_millis(wait));
        // A run that is done already is only run once more.
        let _ = std::fs::remove_dir_all(out.path().join("documents"));
        let code = run.wait().expect("an end").code();
        if std::fs::read_dir(out.path().join("documents")).is_ok_and(|files| files.count() == 60) {
            assert_eq!(code, Some(0));
        }
        assert_eq!(convert_into(out.path(), &[inputs.path()]).code, 0);
        assert!(bytes_of(out.path()) == convert(&[inputs.path()]).bytes(), "taken away after {wait} ms");
    }
}

#[test]
fn files_of_somebody_else_are_not_written_over() {
    let inputs = folder_of(&[("a.txt", POLICY)]);
    for name in ["run.json", "manifest.jsonl", "records.jsonl", "documents/a.txt.json"] {
        let out = folder_of(&[(name, b"mine")]);
        let refused = convert_into(out.path(), &[inputs.path()]);
        assert!(refused.code == 2 && refused.stderr.contains("is no result of a run"), "{name}: {}", refused.stderr);
        assert_eq!(read(&out.path().join(name)), b"mine", "{name}");
        assert_eq!(convert_into(out.path(), &[inputs.path().as_os_str(), OsStr::new("--force")]).code, 0, "{name}");
        assert!(bytes_of(out.path()) == convert(&[inputs.path()]).bytes(), "{name}");
        let shard = convert(&[inputs.path().as_os_str(), OsStr::new("--shard"), OsStr::new("1/1")]);
        let other = folder_of(&[(name, b"mine")]);
        let merge = seisho(&["merge".as_ref(), shard.folder.path().as_os_str(), "--out".as_ref(), other.path().as_os_str()]);
        assert!(merge.code == 2 && read(&other.path().join(name)) == b"mine", "{name}: {}", merge.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_page_that_is_drawn_takes_no_more_than_one_that_is_converted() {
    let place = folder_of(&[("slow.pdf", &crate::hostile::fans_out())]);
    let (file, picture) = (place.path().join("slow.pdf"), place.path().join("x.svg"));
    let start = Instant::now();
    let args = ["--max-operations", "1000000000", "--max-wall", "1"].map(OsString::from);
    let args: Vec<OsString> = ["inspect".into(), file.into(), "--out".into(), picture.clone().into()].into_iter().chain(args).collect();
    let said = seisho(&args);
    assert!(said.code == 2 && said.stderr.contains("[X110] the conversion took longer than 1 s"), "{} {}", said.code, said.stderr);
    assert!(start.elapsed() < Duration::from_secs(20) && !picture.exists());
}

/// Escape codes, a letter that turns the order around, DEL and C1, in names of files and folders.
#[cfg(unix)]
#[test]
fn no_name_of_a_file_acts_on_the_terminal() {
    let bad = "x\u{1b}[31mred\u{202e}\u{7f}\u{9b}2J\u{7}\r";
    let name = format!("{bad}.pdf");
    let inputs = folder_of(&[(&name, b"%PDF-1.7 broken"), (&format!("{bad}.txt"), POLICY)]);
    let place = TempDir::new().expect("a folder");
    let out = place.path().join(bad);
    let file = inputs.path().join(&name);
    let document = out.join(format!("documents/{bad}.txt.json"));
    let of = |args: &[&OsStr]| args.iter().map(|a| OsString::from(*a)).collect::<Vec<_>>();
    let pointer = OsString::from(format!("{}#/title", document.display()));
    let log = place.path().join("log");
    let runs = [
        of(&["convert".as_ref(), inputs.path().as_os_str(), "--out".as_ref(), out.as_os_str(), "--log".as_ref(), log.as_os_str()]),
        of(&["convert".as_ref(), "--out".as_ref(), out.as_os_str(), OsStr::new(bad)]),
        of(&["status".as_ref(), out.as_os_str()]),
        of(&["status".as_ref(), OsStr::new(bad)]),
        of(&["inspect".as_ref(), file.as_os_str(), "--out".as_ref(), "x.svg".as_ref()]),
        of(&["explain".as_ref(), &pointer]),
        of(&["explain".as_ref(), OsStr::new(bad)]),
        of(&["audit".as_ref(), "check".as_ref(), out.as_os_str()]),
        of(&["audit".as_ref(), "diff".as_ref(), out.as_os_str(), OsStr::new(bad)]),
        of(&["export".as_ref(), OsStr::new(bad), "--to".as_ref(), "y".as_ref(), "--format".as_ref(), "csv".as_ref()]),
        of(&["merge".as_ref(), OsStr::new(bad), "--out".as_ref(), OsStr::new(bad)]),
    ];
    for lang in ["ja", "en"] {
        for args in &runs {
            let args: Vec<OsString> = ["--lang".into(), lang.into()].into_iter().chain(args.iter().cloned()).collect();
            let said = seisho(&args);
            let acts = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let log = std::fs::read_to_string(&log).unwrap_or_default();
            for text in [&said.stdout, &said.stderr, &log] {
                assert!(!text.contains(acts), "{args:?}: {text:?}");
            }
        }
    }
}
