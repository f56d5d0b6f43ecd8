//! Every mistake in a profile has its message, at its line.

use super::*;
use seisho_model::finding::Message;
use std::collections::BTreeSet;

/// A profile without a fault, in five lines; `{}` is replaced.
const SOUND: &str = r#"id = "minato"
version = "1"
titles = ["部局目標"]
fields = [
  { id = "item", headings = ["しごと"] },
  { id = "cost", headings = ["おかね"], kind = "money", unit = "千円" },
  { id = "rank", headings = ["ものさし"], kind = "choice", choices = ["松", "竹"] },
]
checks = [{ rule = "numbers_run" }]
"#;

/// The profile with one line in place of another.
fn with(line: &str, instead: &str) -> String {
    assert!(SOUND.contains(line), "{line}");
    SOUND.replace(line, instead)
}

/// Mistakes, each with the line at which it is said (0 for the file) and the name of what is said.
fn mistakes() -> Vec<(String, usize, &'static str)> {
    let item = r#"  { id = "item", headings = ["しごと"] },"#;
    let cost = r#"  { id = "cost", headings = ["おかね"], kind = "money", unit = "千円" },"#;
    let rank = r#"  { id = "rank", headings = ["ものさし"], kind = "choice", choices = ["松", "竹"] },"#;
    let check = r#"checks = [{ rule = "numbers_run" }]"#;
    let id = r#"id = "minato""#;
    let version = r#"version = "1""#;
    let titles = r#"titles = ["部局目標"]"#;
    vec![
        (with(id, "id = minato"), 1, "Syntax"),
        (with(titles, r#"titles = ["部局目標""#), 4, "Syntax"),
        (with(id, "id = \"minato\"\nid = \"kita\""), 2, "Syntax"),
        (with(titles, r#"title = ["部局目標"]"#), 3, "UnknownKey"),
        (with(titles, r#"colour = "red""#), 3, "UnknownKey"),
        (with(item, r#"  { id = "item", heading = ["しごと"] },"#), 5, "UnknownKey"),
        (with(check, r#"checks = [{ rule = "numbers_run", field = ["item"] }]"#), 9, "UnknownKey"),
        (with(titles, "endings = { state = [\"ている\"] }"), 3, "UnknownKey"),
        (with(&format!("{id}\n"), ""), 0, "Missing"),
        (with(&format!("{version}\n"), ""), 0, "Missing"),
        (with(item, r#"  { headings = ["しごと"] },"#), 5, "Missing"),
        (with(item, r#"  { id = "item" },"#), 5, "Missing"),
        (with(check, r#"checks = [{ fields = ["item"] }]"#), 9, "Missing"),
        (with(check, r#"checks = [{ rule = "sum", fields = ["cost"] }]"#), 9, "Missing"),
        (with(version, "version = 1"), 2, "WrongType"),
        (with(titles, r#"titles = "部局目標""#), 3, "WrongType"),
        (with(item, r#"  { id = "item", headings = ["しごと"], required = "yes" },"#), 5, "WrongType"),
        (with(check, "checks = \"numbers_run\""), 9, "WrongType"),
        (with(titles, "titles = []"), 3, "Empty"),
        (with(id, r#"id = "港 の 様式""#), 1, "BadId"),
        (with(id, r#"id = "goal-table""#), 1, "BuiltInId"),
        (with(titles, r#"record = "sheet""#), 3, "UnknownRecord"),
        ("id = \"minato\"\nversion = \"1\"\n".to_owned(), 0, "NoFields"),
        (with(&format!("{item}\n"), ""), 0, "NoItem"),
        (with(cost, r#"  { id = "1円", headings = ["おかね"], kind = "money" },"#), 6, "BadFieldId"),
        (with(cost, r#"  { id = "rank", headings = ["おかね"], kind = "text" },"#), 7, "SameField"),
        (with(titles, r#"record = "form""#), 5, "GoalField"),
        (with(cost, r#"  { id = "cost", headings = ["しごと"], kind = "money" },"#), 6, "SameHeading"),
        (with(item, r#"  { id = "item", headings = ["No", "Ｎｏ"] },"#), 5, "HeadingTwice"),
        (with(item, &format!("  {{ id = \"item\", headings = [\"{}\"] }},", "長".repeat(100))), 5, "HeadingTooLong"),
        (with(item, r#"  { id = "item", headings = ["しごと"], kind = "text" },"#), 5, "FixedKind"),
        (with(cost, r#"  { id = "cost", headings = ["おかね"], kind = "yen" },"#), 6, "UnknownKind"),
        (with(cost, r#"  { id = "cost", headings = ["おかね"] },"#), 6, "NoKind"),
        (with(cost, r#"  { id = "cost", headings = ["おかね"], kind = "date", unit = "日" },"#), 6, "UnitOfKind"),
        (with(cost, r#"  { id = "cost", headings = ["おかね"], kind = "money", unit = "ドル" },"#), 6, "UnknownMoney"),
        (with(cost, r#"  { id = "cost", headings = ["おかね"], kind = "text", choices = ["A"] },"#), 6, "ChoicesOfKind"),
        (with(rank, r#"  { id = "rank", headings = ["ものさし"], kind = "choice" },"#), 7, "NoChoices"),
        (with(rank, r#"  { id = "rank", headings = ["ものさし"], kind = "choice", choices = ["A", "Ａ"] },"#), 7, "ChoiceTwice"),
        (with(check, r#"checks = [{ rule = "numbers" }]"#), 9, "UnknownRule"),
        (with(check, r#"checks = [{ rule = "unique" }]"#), 9, "RuleWithoutFields"),
        (with(check, r#"checks = [{ rule = "numbers_run", fields = ["item"] }]"#), 9, "NotOfRule"),
        (with(check, r#"checks = [{ rule = "unique", fields = ["itme"] }]"#), 9, "NoSuchField"),
        (with(check, r#"checks = [{ rule = "date_in_year", fields = ["cost"] }]"#), 9, "RuleOfKind"),
        (with(check, r#"checks = [{ rule = "sum", fields = ["cost"], total = "cost" }]"#), 9, "SumOfItself"),
        (with(titles, r#"titles = ["表"]"#), 3, "ShortTitle"),
        (with(titles, r#"marks = ["めざす姿"]"#), 3, "MarkOfNoField"),
        (with(titles, r#"head = { author = ["作成者"] }"#), 3, "UnknownHead"),
    ]
}

#[test]
fn every_mistake_is_said_at_its_line_with_what_to_do() {
    assert!(Profile::read(SOUND).is_ok());
    let mut said = BTreeSet::new();
    for (text, line, wanted) in mistakes() {
        let problems = Profile::read(&text).map(|_| ()).expect_err(&text);
        let name = |p: &Problem| format!("{:?}", p.fault).split([' ', '(']).next().unwrap_or_default().to_owned();
        let found: Vec<(usize, String)> = problems.iter().map(|p| (p.line.unwrap_or(0), name(p))).collect();
        assert!(found.contains(&(line, wanted.to_owned())), "{wanted} at {line}: {found:?}\n{text}");
        let problem = problems.iter().find(|p| name(p) == wanted).expect("it is there");
        let Message { ja, en } = problem.fault.message();
        assert!(ja.contains(|c| c >= '\u{3040}') && ja != en && !en.is_empty(), "{ja} / {en}");
        said.insert(wanted);
    }
    assert!(said.len() >= 30, "{} kinds", said.len());
}

#[test]
fn a_key_that_is_nearly_right_is_suggested() {
    let problems = Profile::read(&with(r#"titles = ["部局目標"]"#, r#"titels = ["部局目標"]"#)).map(|_| ()).expect_err("wrong");
    assert_eq!(problems[0].fault.message().en, "there is no key titels; did you mean titles?");
}

#[test]
fn all_mistakes_are_said_at_once() {
    let text = "id = \"Minato\"\nfields = [{ id = \"x\", headings = [] }]\n";
    let lines: Vec<Option<usize>> = Profile::read(text).map(|_| ()).expect_err("wrong").iter().map(|p| p.line).collect();
    assert!(lines.len() >= 4, "{lines:?}");
}

#[test]
fn the_profile_with_the_most_headings_is_chosen_and_a_rival_named() {
    let read = |id: &str, heading: &str| Profile::read(&SOUND.replace("minato", id).replace("おかね", heading)).expect("sound");
    let profiles = [read("aoba", "予算"), read("minato", "おかね"), read("kita", "おかね")];
    let texts: Vec<String> = ["部局目標シート", "しごと", "おかね", "ものさし"].map(str::to_owned).to_vec();
    let choice = choose(&profiles, &texts).expect("one fits");
    assert_eq!((choice.profile.file.id.as_str(), choice.rival.map(|p| p.file.id.as_str())), ("kita", Some("minato")));
    assert!(choose(&profiles, &texts[1..]).is_none(), "no title");
    assert!(choose(&profiles, &texts[..2]).is_none(), "too few headings");
}
