//! What an office does with exported files: opens them with its own programs and finds every value as it is in the records,
//! puts several years into one database, searches it; and what it is told where something cannot be done.

use crate::print::tools::{has_module, program, python_program};
use crate::support::{Converted, bytes_of, convert, fixtures, folder_of, read, seisho, shared, top};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const ALL: &str = "xlsx,csv,sqlite,parquet,datapackage";

/// Exports results into a folder; gives what was said.
fn export(results: &Path, to: &Path, options: &[&str]) -> String {
    let done = run(results, to, options);
    assert_eq!(done.code, 0, "{}", done.stderr);
    done.stdout
}

fn run(results: &Path, to: &Path, options: &[&str]) -> crate::support::Outcome {
    let (results, to) = (results.to_string_lossy(), to.to_string_lossy());
    let mut arguments = vec!["export", &*results, "--to", &*to];
    arguments.extend(options);
    seisho(&arguments)
}

fn policy(year: &str, text: &str) -> Vec<u8> {
    format!("{year}4月1日\n{year}度 市民部の運営方針\n市民部長 玉木 実\n\n1 窓口の改善\n(1) {text}\n").into_bytes()
}

fn documents() -> Converted {
    convert(&[fixtures().join("documents")])
}

/// A number from a database.
fn count(database: &Path, query: &str) -> i64 {
    Connection::open(database).and_then(|c| c.query_row(query, [], |row| row.get(0))).unwrap_or_else(|e| panic!("{query}: {e}"))
}

/// The rows of a CSV file, heading first.
fn rows(file: &Path) -> Vec<Vec<String>> {
    let text = String::from_utf8(read(file)).expect("UTF-8");
    let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_cell_is_what_the_records_say_in_the_programs_of_others() {
    let is_there = program(&["soffice"]).is_some() && ["openpyxl", "pyarrow", "duckdb", "frictionless"].iter().all(|m| has_module(m));
    assert!(is_there || std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), ".ci/tools installs what reads the files");
    if !is_there {
        eprintln!("skipped: openpyxl, pyarrow, duckdb, frictionless or LibreOffice is not there");
        return;
    }
    let of = |name: &str| read(&fixtures().join(name));
    // The same bytes twice, doubts about a document, comments and cells of a book, a file that fails.
    let more = folder_of(&[
        ("写し 1/同じ.txt", &of("documents/goals-merged-rows.txt")),
        ("写し 1/題名.txt", &of("findings/M001.txt")),
        ("写し 1/髙橋𠮷.xlsx", &of("findings/X015.xlsx")),
        ("写し 1/空.txt", b""),
    ]);
    let converted = convert(&[fixtures().join("documents"), more.path().to_owned()]);
    let ids: Vec<Value> = converted.lines("records.jsonl").into_iter().map(|r| r["record_id"].clone()).collect();
    assert!(ids.iter().map(Value::to_string).collect::<BTreeSet<_>>().len() < ids.len(), "two inputs have the same bytes");
    let [all, cp932] = [(); 2].map(|()| TempDir::new().expect("a folder"));
    export(converted.folder.path(), all.path(), &["--format", ALL]);
    export(converted.folder.path(), cp932.path(), &["--format", "csv", "--encoding", "cp932"]);
    let mut script = Command::new(python_program());
    script.arg(top().join("tests/export/readback.py")).args([converted.folder.path(), all.path(), cp932.path()]);
    let output = script.output().expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counts: Value = serde_json::from_slice(&output.stdout).expect("counts");
    for format in ["csv", "cp932", "xlsx", "parquet", "sqlite", "libreoffice"] {
        assert!(counts[format].as_u64() > Some(1_500), "{format}: {counts}");
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let converted = documents();
    let again = documents();
    let [first, second] = [&converted, &again].map(|converted| {
        let to = TempDir::new().expect("a folder");
        export(converted.folder.path(), to.path(), &["--format", ALL]);
        // Over what is there already, too.
        export(converted.folder.path(), to.path(), &["--format", ALL]);
        bytes_of(to.path())
    });
    assert!(first.len() >= 25, "{:?}", first.keys());
    for (name, bytes) in &first {
        assert!(second.get(name) == Some(bytes), "{}", name.display());
        let place = converted.folder.path().to_string_lossy().into_owned();
        assert!(!bytes.windows(place.len()).any(|w| w == place.as_bytes()), "{} holds a path of this machine", name.display());
    }
    assert_eq!(first.len(), second.len());
}

/// `found` gives exactly the goals and provisions in which the word stands.
#[test]
fn a_word_of_two_letters_is_found_wherever_it_stands_and_nowhere_else() {
    let Some(shared) = shared() else { return };
    let converted = convert(&["--ocr".as_ref(), "never".as_ref(), shared.join("corpus/docs").as_os_str()]);
    let to = TempDir::new().expect("a folder");
    export(converted.folder.path(), to.path(), &["--format", "sqlite"]);
    let database = Connection::open(to.path().join("seisho.sqlite")).expect("a database");
    let records = converted.lines("records.jsonl");
    for (word, phrase) in [("研修", "研修"), ("防災", "防災"), ("ＩＣＴ", "\"ic ct\""), ("防災訓練", "\"防災 災訓 訓練\"")]
    {
        let own = |r: &Value| {
            let names =
                ["item", "plan_category", "target", "methods", "divisions", "deadline", "achievement", "other", "band", "text", "body"];
            names.iter().any(|name| holds(&r[*name], word))
        };
        let wanted: BTreeSet<String> =
            records.iter().filter(|r| own(r)).map(|r| r["record_id"].as_str().expect("an id").to_owned()).collect();
        let mut query = database.prepare("SELECT record_id FROM found WHERE pairs MATCH ?1").expect("a query");
        let found: BTreeSet<String> = query.query_map([phrase], |row| row.get(0)).expect("rows").map(|id| id.expect("an id")).collect();
        assert_eq!(found, wanted, "{word}");
        assert!(wanted.len() > 20 || !["研修", "防災"].contains(&word), "{word}: {}", wanted.len());
    }
}

/// Whether a word stands in a text of a value, whatever its width and case.
fn holds(value: &Value, word: &str) -> bool {
    let folded = |text: &str| -> String {
        let narrow = |c| if ('！'..='～').contains(&c) { char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) } else { c };
        text.chars().map(narrow).flat_map(char::to_lowercase).collect()
    };
    match value {
        Value::String(text) => folded(text).contains(&folded(word)),
        Value::Array(list) => list.iter().any(|v| holds(v, word)),
        Value::Object(map) => map.iter().any(|(name, v)| name != "kind" && name != "until" && holds(v, word)),
        _ => false,
    }
}

#[test]
fn the_usual_questions_are_answered_by_views() {
    let converted = documents();
    let to = TempDir::new().expect("a folder");
    export(converted.folder.path(), to.path(), &["--format", "sqlite"]);
    let database = to.path().join("seisho.sqlite");
    let goals: Vec<Value> = converted.lines("records.jsonl").into_iter().filter(|r| r["type"] == "goal").collect();
    let wanted = |of: &dyn Fn(&Value) -> bool| goals.iter().filter(|g| of(g)).count() as i64;
    let until = |g: &Value, month: &str| g["deadline"]["until"].as_str().is_some_and(|u| &u[5..7] == month);
    let october = wanted(&|g| g["department"] == "福祉部" && g["fiscal_year"] == 2025 && until(g, "10"));
    assert!(october > 0);
    let query = "SELECT count(*) FROM goal_list WHERE department = '福祉部' AND fiscal_year = 2025 AND end_month = 10";
    assert_eq!(count(&database, query), october);
    let doubts: usize = goals.iter().map(|g| g["doubts"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(count(&database, "SELECT count(*) FROM doubtful_values WHERE type = 'goal'"), doubts as i64);
    assert_eq!(count(&database, "SELECT sum(goals) FROM document_counts"), goals.len() as i64);
    assert_eq!(count(&database, "SELECT sum(goals) FROM department_counts"), goals.len() as i64);
    assert_eq!(
        count(&database, "SELECT count(*) FROM goal_list WHERE divisions LIKE '%高齢福祉課%'"),
        wanted(&|g| g["divisions"].as_array().is_some_and(|d| d.iter().any(|d| d == "高齢福祉課")))
    );
}

#[test]
fn two_years_into_one_database_and_one_of_them_again() {
    let [r6, r7] = [("令和6年", "待ち時間を短くすること。"), ("令和7年", "予約を受け付けること。")].map(|(year, text)| {
        let folder = folder_of(&[("x/方針.txt", &policy(year, text)), ("x/同じ.txt", &policy(year, "掲示を直すこと。"))]);
        let converted = convert(&[folder.path().join("x")]);
        (folder, converted)
    });
    let to = TempDir::new().expect("a folder");
    let database = to.path().join("seisho.sqlite");
    let add = |results: &Path, name: &str| export(results, to.path(), &["--format", "sqlite", "--name", name]);
    add(r6.1.folder.path(), "R6");
    let of_r6 = count(&database, "SELECT count(*) FROM records");
    add(r7.1.folder.path(), "R7");
    assert_eq!(count(&database, "SELECT count(*) FROM records"), 2 * of_r6);
    assert!(add(r7.1.folder.path(), "R7").contains("holds the same results already"));
    assert_eq!(count(&database, "SELECT count(*) FROM records"), 2 * of_r6);

    // One file of R7 changed, and was converted again.
    std::fs::write(r7.0.path().join("x/方針.txt"), policy("令和7年", "窓口を一つにすること。")).expect("a file");
    let converted = r7.1.again(&[r7.0.path().join("x")]);
    let said = add(converted.folder.path(), "R7");
    assert!(said.contains("2 documents of \"R7\" were replaced"), "{said}");
    assert_eq!(count(&database, "SELECT count(*) FROM records"), 2 * of_r6);
    let found = |word: &str| count(&database, &format!("SELECT count(*) FROM found WHERE pairs MATCH '{word}'"));
    assert_eq!([found("予約"), found("一つ"), found("待ち")], [0, 1, 1]);

    // Other results under a name that is taken: nothing of the others is lost.
    let refused = run(r6.1.folder.path(), to.path(), &["--format", "sqlite", "--name", "R7"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("give these a name of their own by --name"), "{}", refused.stderr);
    assert_eq!(count(&database, "SELECT count(*) FROM outputs"), 2);
    assert_eq!(count(&database, "SELECT count(*) FROM records"), 2 * of_r6);
}

#[test]
fn cells_that_would_be_formulas_are_harmless_and_listed() {
    let folder = folder_of(&[("方針.txt", &policy("令和7年", "＝HYPERLINK(\"http://x\")を使わないこと。"))]);
    let converted = convert(&[folder.path()]);
    let to = TempDir::new().expect("a folder");
    let said = export(converted.folder.path(), to.path(), &["--format", "csv"]);
    assert!(said.contains("would be formulas have a ' before them"), "{said}");
    let provisions = rows(&to.path().join("provisions.csv"));
    let column = provisions[0].iter().position(|name| name == "text").expect("a column");
    assert!(provisions[2][column].starts_with("'＝HYPERLINK"), "{:?}", provisions[2]);
    let changes = rows(&to.path().join("csv_changes.csv"));
    assert!(changes.iter().any(|c| c[..4] == ["formula", "provisions.csv", "3", "text"] && c[6] == "U+FF1D"), "{changes:?}");
}

#[test]
fn what_cp932_cannot_hold_is_listed_with_its_place() {
    let folder = folder_of(&[("方針.txt", &policy("令和7年", "森鷗外の〜展を𠮷田館で開くこと。①㈱"))]);
    let converted = convert(&[folder.path()]);
    let to = TempDir::new().expect("a folder");
    let said = export(converted.folder.path(), to.path(), &["--format", "csv", "--encoding", "cp932"]);
    assert!(said.contains("characters that CP932 cannot hold"), "{said}");
    let bytes = read(&to.path().join("provisions.csv"));
    let (text, _, has_failed) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!has_failed && text.contains("森〓U+9DD7〓外の〓U+301C〓展を〓U+20BB7〓田館で開くこと。①㈱"), "{text}");
    let changes = rows(&to.path().join("csv_changes.csv"));
    let named: Vec<&str> = changes.iter().filter(|c| c[1] == "provisions.csv" && c[3] == "text").map(|c| &*c[7]).collect();
    assert_eq!(named, ["鷗", "〜", "𠮷"]);
    assert!(changes.iter().skip(1).all(|c| c[0] == "not_in_cp932" && !c[2].is_empty() && !c[5].is_empty()));
}

#[test]
fn line_breaks_are_kept_or_replaced_as_asked() {
    let converted = documents();
    let to = TempDir::new().expect("a folder");
    let has_breaks = |options: &[&str]| {
        export(converted.folder.path(), to.path(), &[&["--format", "csv"], options].concat());
        rows(&to.path().join("goals.csv")).iter().flatten().any(|cell| cell.contains('\n'))
    };
    assert!(has_breaks(&[]));
    assert!(!has_breaks(&["--line-breaks", "space"]) && !has_breaks(&["--line-breaks", "slash"]));
}

#[test]
fn the_check_says_rule_by_rule_what_is_kept() {
    let converted = convert(&[fixtures().join("documents/goals-ruled.pdf"), fixtures().join("documents/goals-merged-rows.txt")]);
    let [plain, machine] = [(); 2].map(|()| TempDir::new().expect("a folder"));
    export(converted.folder.path(), plain.path(), &["--format", "csv"]);
    export(converted.folder.path(), machine.path(), &["--format", "csv", "--machine-readable"]);
    let check = |folder: &Path| seisho(&["export", "--check", &folder.to_string_lossy()]);
    let broken = check(plain.path());
    assert_eq!(broken.code, 1);
    for rule in ["BROKEN 1-2 ", "BROKEN 1-5 ", "kept 1-3 ", "kept 1-6 ", "n/a 1-4 "] {
        assert!(broken.stdout.contains(rule), "{rule}: {}", broken.stdout);
    }
    assert!(broken.stdout.contains("goals.csv 2 target"), "{}", broken.stdout);
    let kept = check(machine.path());
    assert!(kept.code == 0 && !kept.stdout.contains("BROKEN"), "{}", kept.stdout);
    assert_eq!(kept.stdout.lines().filter(|line| !line.starts_with(' ')).count(), 15);
    // What was taken out of the cells is rows of another file.
    let entries = rows(&machine.path().join("entries.csv"));
    let targets = converted.lines("records.jsonl").iter().map(|r| r["target"].as_array().map_or(0, Vec::len)).sum::<usize>();
    assert_eq!(entries.iter().filter(|e| e[0] == "target").count(), targets);
    let nothing = check(converted.folder.path());
    assert!(nothing.code == 2 && nothing.stderr.contains("holds no exported CSV"), "{}", nothing.stderr);
}

#[test]
fn a_text_that_excel_cannot_hold_goes_on_on_a_sheet_of_its_own() {
    if !has_module("openpyxl") {
        eprintln!("skipped: openpyxl is not there");
        return;
    }
    let long = "長い文章。".repeat(9_000);
    let folder = folder_of(&[("方針.txt", &policy("令和7年", "短い文章。"))]);
    let converted = convert(&[folder.path()]);
    let records = converted.folder.path().join("records.jsonl");
    let text = String::from_utf8(read(&records)).expect("UTF-8").replace("短い文章。", &format!("{long}\\u0001"));
    std::fs::write(&records, text).expect("records");
    let to = TempDir::new().expect("a folder");
    let said = export(converted.folder.path(), to.path(), &["--format", "xlsx"]);
    assert!(said.contains("too long for a cell of Excel") && said.contains("control characters"), "{said}");
    let script = "import openpyxl, sys\nb = openpyxl.load_workbook(sys.argv[1])\n\
        first = [c.value for r in b['方針の項'] for c in r if c.value and str(c.value).startswith('長い')][0]\n\
        rest = [r[3].value for r in b['続き'].iter_rows(min_row=2)]\n\
        print(first.replace('〔シート「続き」へ〕', '') + ''.join(rest))";
    let output = Command::new(python_program()).args(["-c", script]).arg(to.path().join("seisho.xlsx")).output().expect("Python");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim_end(),
        format!("{long}〓U+0001〓"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn what_is_no_result_is_told_and_nothing_is_written() {
    let folder = folder_of(&[("方針.txt", &policy("令和7年", "短くすること。"))]);
    let converted = convert(&[folder.path()]);
    let out = converted.folder.path();
    let to = TempDir::new().expect("a folder");
    let refused = |damage: &dyn Fn(), says: [&str; 2]| {
        let before = bytes_of(out);
        damage();
        for (lang, says) in ["en", "ja"].into_iter().zip(says) {
            let done = run(out, &to.path().join("x"), &["--format", ALL, "--lang", lang]);
            assert_eq!(done.code, 2, "{}", done.stdout);
            assert!(done.stderr.contains(says), "{says}: {}", done.stderr);
        }
        let written = std::fs::read_dir(to.path().join("x")).into_iter().flatten().count();
        assert_eq!(written, 0);
        for (name, bytes) in before {
            std::fs::write(out.join(name), bytes).expect("as it was");
        }
    };
    let (records, document) = (out.join("records.jsonl"), out.join("documents/方針.txt.json"));
    let cut = |file: &Path| std::fs::write(file, &read(file)[..read(file).len() - 20]).expect("a file");
    refused(&|| cut(&records), ["line 2 of", "2 行目が記録として読めません"]);
    refused(&|| cut(&document), ["is no whole document", "文書の記録として読めません"]);
    let version = || {
        let text = String::from_utf8(read(&document)).expect("UTF-8");
        std::fs::write(&document, text.replacen("\"schema_version\": \"1", "\"schema_version\": \"9", 1)).expect("a file");
    };
    refused(&version, ["which this seisho does not know", "この清書は知りません"]);
    refused(&|| std::fs::remove_file(&records).expect("a file"), ["is not finished", "変換が終わっていません"]);

    let journal = out.join(".seisho/journal");
    refused(&|| cut(&journal), ["is not finished", "変換が終わっていません"]);

    let nothing = run(folder.path(), &to.path().join("x"), &["--format", "csv"]);
    assert!(nothing.code == 2 && nothing.stderr.contains("holds no results of seisho convert"), "{}", nothing.stderr);
    let among = run(out, &out.join("documents/x"), &["--format", "csv"]);
    assert!(among.code == 2 && among.stderr.contains("part of the results themselves"), "{}", among.stderr);
    assert_eq!(seisho(&["export", &out.to_string_lossy(), "--to", "x"]).code, 2);
}

#[test]
fn no_input_is_replaced_by_a_file_of_the_same_name() {
    let input = "番号,実施項目,どの水準まで,どのような方法で,いつまで,課名\n1,研修,行う,講師を招く,3月,人事課\n";
    let folder = folder_of(&[("goals.csv", input.as_bytes())]);
    let converted = convert(&[folder.path()]);
    let refused = run(converted.folder.path(), folder.path(), &["--format", "csv"]);
    assert!(refused.code == 2 && refused.stderr.contains("no input is ever written to"), "{}", refused.stderr);
    assert_eq!(bytes_of(folder.path()).len(), 1);
    assert_eq!(read(&folder.path().join("goals.csv")), input.as_bytes());
}

#[test]
fn rows_lead_to_their_paper_wherever_the_folder_is_moved() {
    if !has_module("openpyxl") {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "openpyxl is not installed");
        eprintln!("skipped: openpyxl is not installed");
        return;
    }
    let converted = documents();
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let reviewed = seisho(&["review".into(), converted.folder.path().into(), "--all".into(), "--to".into(), at("見直し").into_os_string()]);
    assert_eq!(reviewed.code, 0, "{}", reviewed.stderr);
    let review = at("見直し").to_string_lossy().into_owned();
    let said = export(converted.folder.path(), &at("渡すもの/表"), &["--format", "xlsx", "--review", &review]);
    assert!(said.contains("links to the page of the review"), "{said}");
    let plain = export(converted.folder.path(), &at("plain"), &["--format", "xlsx"]);
    assert!(!plain.contains("links"), "{plain}");
    // All of it goes to another place.
    let moved = TempDir::new().expect("a folder");
    for name in ["見直し", "渡すもの"] {
        std::fs::rename(at(name), moved.path().join(name)).expect("it is moved");
    }
    let tables = moved.path().join("渡すもの/表");
    let script = Command::new(python_program()).arg(top().join("tests/export/links.py")).arg(tables.join("seisho.xlsx")).output();
    let output = script.expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let links: Vec<(String, String, Value, String, Option<String>)> = serde_json::from_slice(&output.stdout).expect("links");
    let ids: BTreeSet<String> =
        converted.lines("records.jsonl").iter().map(|r| r["record_id"].as_str().expect("an id").to_owned()).collect();
    let (mut pictures, mut records) = (0, 0);
    for (sheet, cell, value, target, location) in &links {
        assert!(tables.join(target).is_file(), "{sheet} {cell}: {target}");
        match location {
            None => {
                assert!(value.is_u64() && target.ends_with(&format!("-{value}.svg")), "{sheet} {cell}: the number stays, {value} {target}");
                pictures += 1;
            }
            Some(name) => records += usize::from(ids.contains(name)),
        }
    }
    let is_drawn = |r: &Value| r["source_path"].as_str().is_some_and(|p| p.ends_with(".pdf"));
    assert!(pictures >= converted.lines("records.jsonl").iter().filter(|r| is_drawn(r)).count(), "{pictures}");
    assert!(records > 70, "{records}");
    let refused = run(converted.folder.path(), &at("none"), &["--format", "xlsx", "--review", "fixtures"]);
    assert!(refused.code == 2 && refused.stderr.contains("no page of a review"), "{}", refused.stderr);
}
