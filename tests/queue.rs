//! A shared folder from which machines take their work: whichever of them dies and when, the whole is that of one machine.

use crate::support::{Outcome, bytes_of, command, convert, files, fixtures, folder_of, seisho};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What every machine is told.
fn args<'a>(inputs: &'a Path, queue: &'a Path, out: &'a Path, lease: &'a str) -> Vec<&'a std::ffi::OsStr> {
    let options = ["--jobs", "1", "--shards", "8", "--lease", lease, "--queue"].map(AsRef::as_ref);
    [&["convert".as_ref(), inputs.as_os_str(), "--out".as_ref(), out.as_os_str()][..], &options, &[queue.as_os_str()]].concat()
}

fn machine(inputs: &Path, queue: &Path, out: &Path) -> Child {
    command(&args(inputs, queue, out, "1")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

fn to_the_end(inputs: &Path, queue: &Path, out: &Path) -> Outcome {
    seisho(&args(inputs, queue, out, "1"))
}

fn documents() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (n, file) in ["documents", "findings", "second"].iter().flat_map(|f| files(&fixtures().join(f))).enumerate() {
        let to = folder.path().join((n % 5).to_string()).join(file.file_name().expect("a name"));
        std::fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        std::fs::copy(&file, to).expect("a copy");
    }
    folder
}

#[test]
fn three_machines_do_each_shard_once_and_the_whole_is_that_of_one() {
    let (inputs, shared) = (documents(), TempDir::new().expect("a folder"));
    let (queue, out) = (shared.path().join("queue"), shared.path().join("out"));
    let others: Vec<Child> = (0..2).map(|_| machine(inputs.path(), &queue, &out)).collect();
    let said = to_the_end(inputs.path(), &queue, &out);
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stdout.contains(" of 8 parts were converted on this machine"), "{}", said.stdout);
    for mut other in others {
        assert_eq!(other.wait().expect("an end").code(), Some(1), "some inputs cannot be converted");
    }
    assert_eq!(std::fs::read_dir(queue.join("shards")).expect("shards").count(), 8, "no shard was done twice");
    assert_eq!(bytes_of(&out), convert(&[inputs.path()]).bytes());
    let again = to_the_end(inputs.path(), &queue, &out);
    assert!(again.code == 1 && again.stdout.starts_with("0 of 8"), "{}", again.stdout);
}

/// As often as `SEISHO_KILLS` says.
#[test]
fn machines_that_are_killed_lose_nothing_and_double_nothing() {
    let inputs = documents();
    let started = Instant::now();
    let whole = convert(&[inputs.path()]).bytes();
    let longest = started.elapsed() * 2;
    let wanted: u32 = std::env::var("SEISHO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(9);
    let (mut kills, mut rounds, mut again, mut seed) = (0, 0, 0, 5_u32);
    while kills < wanted {
        let shared = TempDir::new().expect("a folder");
        let (queue, out) = (shared.path().join("queue"), shared.path().join("out"));
        let start = || machine(inputs.path(), &queue, &out);
        let mut machines: Vec<Child> = (0..3).map(|_| start()).collect();
        for turn in 0..9 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            std::thread::sleep((longest / 3).mul_f64(f64::from(seed >> 8) / f64::from(1 << 24)));
            let machine = &mut machines[turn % 3];
            kills += u32::from(machine.try_wait().expect("a state").is_none());
            machine.kill().expect("SIGKILL");
            machine.wait().expect("an end");
            *machine = start();
        }
        for machine in &mut machines[1..] {
            kills += u32::from(machine.try_wait().expect("a state").is_none());
            machine.kill().expect("SIGKILL");
        }
        assert_eq!(machines[0].wait().expect("an end").code(), Some(1), "the last machine comes to the end");
        assert_eq!(bytes_of(&out), whole, "after {kills} kills");
        assert_eq!(std::fs::read_dir(shared.path()).expect("a folder").count(), 2, "nothing is left beside the results");
        again += std::fs::read_dir(queue.join("shards")).expect("shards").count() - 8;
        rounds += 1;
        for machine in &mut machines {
            let _ = machine.wait();
        }
    }
    eprintln!("{kills} kills, {rounds} queues to the end, {again} shards taken over, all the same");
}

#[test]
fn a_machine_that_sees_other_inputs_or_has_other_options_does_not_join() {
    let (inputs, shared) = (folder_of(&[("a.txt", b"x"), ("b.txt", b"y")]), TempDir::new().expect("a folder"));
    let (queue, out) = (shared.path().join("queue"), shared.path().join("out"));
    assert_eq!(to_the_end(inputs.path(), &queue, &out).code, 0);
    let more = [&args(inputs.path(), &queue, &out, "1")[..], &["--no-page-joins".as_ref()]].concat();
    let refused = seisho(&more);
    assert!(refused.code == 2 && refused.stderr.contains("was begun with other inputs, options"), "{}", refused.stderr);
    std::fs::write(inputs.path().join("c.txt"), "z").expect("a file");
    assert_eq!(to_the_end(inputs.path(), &queue, &out).code, 2);
}

#[cfg(unix)]
#[test]
fn a_machine_that_is_stopped_gives_its_shard_back_at_once() {
    let (inputs, shared) = (documents(), TempDir::new().expect("a folder"));
    std::fs::write(inputs.path().join("endless.pdf"), crate::hostile::endless()).expect("a file");
    let (queue, out) = (shared.path().join("queue"), shared.path().join("out"));
    let limits = ["--max-operations", "1000000000000000", "--max-wall", "3"].map(AsRef::as_ref);
    let all = [&args(inputs.path(), &queue, &out, "3600")[..], &limits].concat();
    let mut first = command(&all).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    while std::fs::read_dir(queue.join("shards")).map_or(0, Iterator::count) < 2 {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::process::Command::new("kill").args(["-INT", &first.id().to_string()]).status().expect("kill");
    assert_eq!(first.wait().expect("an end").code(), Some(3));
    // An hour is not waited for.
    let second = seisho(&all);
    assert!(second.code == 1, "{}", second.stderr);
    assert_eq!(std::fs::read_dir(queue.join("shards")).expect("shards").count(), 8);
}
