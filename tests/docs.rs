//! README and docs say what is true: every command in them works on the real program, every option, path and recipe that
//! they name is there, and the outputs that they show are those of today.

use crate::house::MAY_KNOW;
use crate::support::{files, fixtures, folder_of, has_reader, read, seisho, top};
use regex::Regex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A line of a page, with its number.
type Line = (usize, String);

/// A fence of a page: its language and lines.
struct Fence {
    language: String,
    lines: Vec<Line>,
    /// Directly behind the fence before it.
    follows: bool,
}

#[test]
fn every_command_of_the_pages_works_and_says_what_the_page_shows() {
    let mut ran = 0;
    for page in pages_for_users() {
        let place = workplace();
        let mut said = String::new();
        for fence in fences(&text(&page)) {
            match &*fence.language {
                "sh" => {
                    let commands = fence.lines.iter().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
                    said = commands.map(|line| run(&page, line, place.path(), &mut ran)).collect();
                }
                "text" if fence.follows => compare(&page, &fence.lines, &said),
                _ => {}
            }
        }
    }
    assert!(ran >= 20, "only {ran} commands were found");
}

/// Runs a line of a page by the shell, in a folder where the files stand that pages speak of; gives what it printed.
fn run(page: &Path, (number, line): &Line, place: &Path, ran: &mut usize) -> String {
    // The commands of the developers' tools: the first is the program itself, the other is what runs this test.
    let line = line.replace("cargo run --release -p seisho -- ", "seisho ");
    if line == "cargo test --workspace" {
        return String::new();
    }
    let path = format!("{}:{}", place.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]).current_dir(place).env("PATH", path).env("LC_ALL", "ja_JP.UTF-8");
    let output = shell.output().expect("the shell starts");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    let is_as_told = output.status.success() || (line.starts_with("seisho doctor") && !has_reader());
    assert!(is_as_told, "{}:{number}: {line}: {}\n{said}", page.display(), output.status);
    *ran += 1;
    said
}

/// What a page shows is what was printed, but for times; a line of `…` leaves some out.
fn compare(page: &Path, shown: &[Line], said: &str) {
    let seconds = Regex::new(r"[0-9.]+ 秒").expect("a pattern");
    let timeless = |text: &str| seconds.replace_all(text.trim(), "秒").into_owned();
    let said: BTreeSet<String> = said.lines().map(timeless).collect();
    for (number, line) in shown.iter().filter(|(_, line)| line.trim() != "…") {
        assert!(said.contains(&timeless(line)), "{}:{number}: {line:?} is not printed, but {said:#?}", page.display());
    }
}

/// A folder with the files that the pages speak of, and the program in `bin`.
fn workplace() -> TempDir {
    let place = folder_of(&[("パスワード.txt", b"secret\n")]);
    let at = |name: &str| place.path().join(name);
    let copy = |from: &str, to: &str| std::fs::write(at(to), read(&fixtures().join(from))).expect("a copy");
    for folder in ["bin", "過去の文書"] {
        std::fs::create_dir(at(folder)).expect("a folder");
    }
    for name in ["goals-ruled.pdf", "goals-merged-rows.txt", "dump-layout.txt"] {
        copy(&format!("documents/{name}"), &format!("過去の文書/{name}"));
    }
    copy("documents/policy-export.txt", "方針.txt");
    copy("documents/goals-ruled.pdf", "目標表.pdf");
    copy("findings/X105.pdf", "秘密.pdf");
    link(&fixtures().canonicalize().expect("fixtures"), &at("fixtures"));
    link(Path::new(env!("CARGO_BIN_EXE_seisho")), &at("bin/seisho"));
    place
}

fn link(from: &Path, to: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(from, to).expect("a link");
}

#[test]
fn every_option_that_the_pages_name_is_there() {
    let commands = ["convert", "explain", "inspect", "worker", "status", "merge", "doctor", "schema", "export", "review"];
    let of_audit = ["check", "compare", "diff", "plan", "decide", "corrections", "agree", "report", "verify"];
    let help: String = commands.iter().map(|c| seisho(&[*c, "--help"]).stdout).collect();
    let help = of_audit.iter().map(|c| seisho(&["audit", *c, "--help"]).stdout).collect::<String>() + &help;
    let options: BTreeSet<&str> = help.split_whitespace().filter(|w| w.starts_with("--")).map(|w| w.trim_end_matches(',')).collect();
    for page in pages_for_users() {
        for token in code(&text(&page)).iter().filter(|token| token.starts_with("--")) {
            let option = token.split([' ', '=']).next().unwrap_or_default();
            assert!(options.contains(option), "{}: there is no option {option}", page.display());
        }
    }
}

#[test]
fn every_path_and_recipe_in_backticks_is_there() {
    let recipes = text(&top().join("justfile"));
    // A recipe may take arguments, and so may the page that names it.
    let name = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    let recipes: BTreeSet<String> = recipes.lines().filter_map(|l| l.strip_suffix(':')).map(name).collect();
    let mut missing = Vec::new();
    for page in pages().into_iter().chain(comments()) {
        let is_source = page.extension().is_some_and(|e| e == "rs");
        let words = if is_source { comments_of(&text(&page)) } else { text(&page) };
        for token in code(&words) {
            let gone = match token.strip_prefix("just ") {
                Some(recipe) => !recipes.contains(&name(recipe)),
                None => is_path(&token) && !is_there(&page, &token),
            };
            if gone {
                missing.push(format!("{}: {token}", page.strip_prefix(top()).unwrap_or(&page).display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_link_of_the_pages_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)#]+)").expect("a pattern");
    for page in pages() {
        for target in link.captures_iter(&text(&page)).map(|c| c[1].to_owned()).filter(|t| !t.contains("://")) {
            let there = page.parent().expect("a folder").join(&target);
            assert!(there.exists(), "{}: {target} is not there", page.display());
        }
    }
}

#[test]
fn architecture_lists_what_each_crate_may_know() {
    let row = Regex::new(r"(?m)^\| `crates/([a-z]+)` \|.*\|([^|]*)\|$").expect("a pattern");
    let page = text(&top().join("ARCHITECTURE.md"));
    let listed: Vec<(String, BTreeSet<String>)> =
        row.captures_iter(&page).map(|c| (c[1].to_owned(), code(&c[2]).into_iter().collect())).collect();
    let crates: BTreeSet<String> = std::fs::read_dir(top().join("crates"))
        .expect("crates")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(listed.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>(), crates);
    for (name, known) in listed {
        let named = if name == "cli" { "" } else { &name };
        let may = MAY_KNOW.iter().find(|(n, _)| *n == named).unwrap_or_else(|| panic!("{name} is not in tests/house.rs")).1;
        assert_eq!(known, may.iter().map(|k| (*k).to_owned()).collect(), "{name} in ARCHITECTURE.md and in tests/house.rs");
    }
}

#[test]
fn readme_is_short() {
    let bytes = read(&top().join("README.md")).len();
    assert!(bytes <= 8 * 1024, "README.md has {bytes} bytes; what needs more words goes to docs/");
}

/// README and the pages in Japanese.
fn pages_for_users() -> Vec<PathBuf> {
    let docs = files(&top().join("docs")).into_iter().filter(|f| f.extension().is_some_and(|e| e == "md"));
    std::iter::once(top().join("README.md")).chain(docs).collect()
}

/// All pages of the repository.
fn pages() -> Vec<PathBuf> {
    let below = ["docs", "fixtures", "crates/dictionary"].into_iter().flat_map(|folder| files(&top().join(folder)));
    let at_top = std::fs::read_dir(top()).expect("the top").map(|e| e.expect("an entry").path());
    at_top.chain(below).filter(|f| f.extension().is_some_and(|e| e == "md")).collect()
}

/// All sources, settings and scripts, whose comments name paths too.
fn comments() -> Vec<PathBuf> {
    let of_crates = ["crates", "tests"].into_iter().flat_map(|folder| files(&top().join(folder)));
    let sources =
        of_crates.filter(|f| f.extension().is_some_and(|e| e == "rs") && !f.components().any(|part| part.as_os_str() == "target"));
    let others = [".ci/run", ".ci/tools", "Cargo.toml", "clippy.toml", "deny.toml", "rust-toolchain.toml", "justfile", "NOTICE"];
    sources.chain(others.iter().map(|name| top().join(name))).collect()
}

fn text(page: &Path) -> String {
    String::from_utf8(read(page)).unwrap_or_else(|e| panic!("{}: {e}", page.display()))
}

fn comments_of(source: &str) -> String {
    source.lines().filter_map(|line| line.trim_start().strip_prefix("//")).map(|line| format!("{line}\n")).collect()
}

/// What stands between single backticks, outside fences.
fn code(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if !inside {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// Whether a word in backticks names a file or folder of the repository.
fn is_path(token: &str) -> bool {
    const TOPS: [&str; 8] = ["crates/", "tests/", "fixtures/", "docs/", "schemas/", ".ci/", "dict/", "user/"];
    let is_plain = token.chars().all(|c| c.is_ascii_alphanumeric() || "./_-+".contains(c));
    let ends = [".rs", ".md", ".toml", ".sh"].iter().any(|end| token.ends_with(end) && token.len() > end.len());
    // A word of capitals stands for any name: `crates/ocr/src/NAME.rs`.
    let is_open = token.split(['/', '.']).any(|part| part == "NAME");
    is_plain && !is_open && !token.starts_with('/') && (TOPS.iter().any(|t| token.starts_with(t)) || ends)
}

/// Below the top, beside the page (or among the documents that it lists), or below the crate that it belongs to.
fn is_there(page: &Path, token: &str) -> bool {
    let above = page.ancestors().skip(1).take_while(|folder| folder.starts_with(top()));
    std::iter::once(top())
        .chain(above.map(Path::to_owned))
        .any(|folder| folder.join(token).exists() || folder.join("documents").join(token).exists())
}

fn fences(text: &str) -> Vec<Fence> {
    let mut found: Vec<Fence> = Vec::new();
    let (mut open, mut between) = (false, true);
    for (number, line) in (1..).zip(text.lines()) {
        match (open, line.strip_prefix("```")) {
            (false, Some(language)) => {
                found.push(Fence { language: language.to_owned(), lines: Vec::new(), follows: !between });
                open = true;
            }
            (true, Some(_)) => (open, between) = (false, false),
            (true, None) => found.last_mut().expect("a fence").lines.push((number, line.to_owned())),
            (false, None) => between |= !line.trim().is_empty(),
        }
    }
    found
}
