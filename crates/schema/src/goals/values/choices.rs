//! Which of several choices in a cell is the chosen one: by a sign in the text (■, ☑, ○), by what is drawn at it, or by its
//! look. Where nothing tells, that is said.

use crate::recorder::Recorder;
use seisho_forms::GoalTableForm;
use seisho_japanese::normalize::match_text;
use seisho_model::Pointer;
use seisho_model::codes::layout::{l012, l015};
use seisho_model::layout::Layout;
use seisho_model::record::Goal;
use seisho_model::script::{is_hiragana, is_kanji};
use std::collections::BTreeMap;

/// Signs of a choice that is made.
const SOLID: [char; 13] = ['■', '☑', '☒', '✓', '✔', '✅', '●', '◎', '◉', '⦿', '㋹', '🗹', '☗'];
/// Signs of a choice that is not made, or of one that is where the others have none.
const OPEN: [char; 6] = ['□', '☐', '○', '◯', '〇', '▢'];
/// A choice has no more characters, and a cell no more of them.
const LONGEST: usize = 15;
const MOST: usize = 8;

/// A choice, with its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    sign: Option<char>,
    text: String,
}

/// A value of several choices: its goal, its pointer, and the place of its evidence.
type OfGoal = (usize, (Pointer, usize), Vec<Choice>);

/// Writes the choices that are made, and says where none can be told.
pub(crate) fn settle(goals: &mut [Goal], layout: &Layout, form: &GoalTableForm, recorder: &mut Recorder<'_>) {
    let marked = recorder.marked(layout);
    let evidence = recorder.places_of_evidence();
    // Values of several choices, by field.
    let mut fields: BTreeMap<String, Vec<OfGoal>> = BTreeMap::new();
    for (index, goal) in goals.iter().enumerate() {
        let pointer = Pointer::goal(index);
        let named = [("plan_category", pointer.clone().field("plan_category")), ("achievement", pointer.clone().field("achievement"))];
        let others = goal.other.iter().enumerate().filter(|(_, o)| o.text.len() == 1);
        let others = others.map(|(n, _)| ("other", pointer.clone().field("other").item(n).field("text").item(0)));
        for (name, at) in named.into_iter().chain(others) {
            let Some(&place) = evidence.get(&at) else { continue };
            let raw = recorder.raw_at(place);
            let known = if name == "plan_category" { &form.categories[..] } else { &[] };
            let choices = listed(&raw, known).unwrap_or_else(|| choices(&raw));
            if choices.len() > 1 {
                let field = at.steps().nth(3).filter(|_| name == "other").map_or(name.to_owned(), |n| format!("other/{n}"));
                fields.entry(field).or_default().push((index, (at, place), choices));
            }
        }
    }
    for (field, values) in fields {
        let with_text = goals.iter().filter(|g| has(g, &field)).count();
        let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (.., choices) in &values {
            *counts.entry(keys(choices)).or_default() += 1;
        }
        for (index, (at, place), choices) in values {
            let by_sign = signed(&choices);
            let by_look = marked.get(&at).and_then(|parts| looked_at(&choices, parts));
            let chosen = by_sign.or(by_look.map(|(choice, _)| choice));
            let same = counts.get(&keys(&choices)).copied().unwrap_or(0);
            let is_listed = |c: &Choice| form.categories.iter().any(|known| match_text(known) == match_text(&c.text));
            let is_named = !field.starts_with("other");
            let is_whole_list = choices.len() == form.categories.len() && choices.iter().all(is_listed);
            // Choices are the same in every row; what is of two plans is not.
            let is_repeated = same > 1 && same * 2 > with_text && (is_named || same > 2 && same == with_text);
            let raw = recorder.raw_at(place);
            // Lines alone may be one text that wraps.
            let are_parted = is_whole_list
                || choices.iter().all(is_listed)
                || is_parted(&raw)
                || is_row(&raw, &choices)
                || is_alike(&choices)
                || signs(&choices) > 1;
            match chosen {
                Some(_) if !are_parted || !is_named && !is_repeated && by_sign.is_none() => {}
                Some(choice) => {
                    let text = choices[choice].text.clone();
                    if by_sign.is_none() && by_look.is_some_and(|(_, is_drawn)| !is_drawn) {
                        recorder.findings.push(l012::set_otherwise(&text).about(at.clone()));
                    }
                    recorder.part_of(place, Pointer::goal(index).field("choice").field(&field), &text);
                    if let Some(achievement) = goals[index].achievement.as_mut().filter(|_| field == "achievement") {
                        achievement.choice = Some(text.clone());
                    }
                    goals[index].choice.insert(field.clone(), text);
                }
                None if choices.iter().any(|c| c.sign.is_some()) => {}
                None if is_whole_list || is_repeated && are_parted => {
                    let all: Vec<String> = choices.iter().map(|c| c.text.clone()).collect();
                    recorder.findings.push(l015::unmarked(&all).about(at));
                }
                None => {}
            }
        }
    }
}

/// Whether choices stand between signs; where lines alone part them, they may be one text that wraps.
fn is_parted(raw: &str) -> bool {
    raw.contains(['・', '／', '/', '|', '｜', '、'])
}

/// Whether blanks part three choices or more on one line: Ａ　Ｂ　Ｃ　Ｄ.
fn is_row(raw: &str, choices: &[Choice]) -> bool {
    choices.len() > 2 && !raw.trim().contains('\n')
}

/// Whether a text is boxes to tick, each with its choice, and no list whose entries begin with a box: they stand on one line, or
/// one of them is ticked.
pub(super) fn are_boxes(text: &str) -> bool {
    const OF_BOXES: [char; 7] = ['□', '☐', '▢', '☑', '☒', '🗹', '✅'];
    if !text.contains(OF_BOXES) {
        return false;
    }
    let choices = choices(text);
    let is_boxed = choices.iter().all(|c| c.sign.is_some_and(|sign| OF_BOXES.contains(&sign) || sign == '■'));
    let is_ticked = text.contains(['☑', '☒', '🗹', '✅']);
    choices.len() > 1 && is_boxed && (is_ticked || !text.trim().contains('\n'))
}

/// Whether lines are choices by their words: 達成, 一部達成, 未達成.
fn is_alike(choices: &[Choice]) -> bool {
    let pairs = |text: &str| -> Vec<[char; 2]> {
        let letters: Vec<char> = text.chars().collect();
        letters.windows(2).map(|w| [w[0], w[1]]).collect()
    };
    let Some((first, rest)) = choices.split_first() else { return false };
    pairs(&first.text).iter().any(|pair| rest.iter().all(|other| pairs(&other.text).contains(pair)))
}

fn has(goal: &Goal, field: &str) -> bool {
    match field {
        "plan_category" => goal.plan_category.is_some(),
        "achievement" => goal.achievement.is_some(),
        _ => {
            let number: Option<usize> = field.strip_prefix("other/").and_then(|n| n.parse().ok());
            number.and_then(|n| goal.other.get(n)).is_some_and(|o| !o.text.is_empty())
        }
    }
}

fn keys(choices: &[Choice]) -> Vec<String> {
    choices.iter().map(|c| match_text(&c.text)).collect()
}

/// The choices of a cell: one a line, behind its sign, or between marks; none where a part is no short name. Between marks a
/// line may end inside a choice: 達成・一部達 | 成・未達成.
fn choices(raw: &str) -> Vec<Choice> {
    let all = parted(raw);
    if is_parted(raw) && raw.trim().contains('\n') && signs(&all) == 0 && !is_alike(&all) {
        let whole = parted(&raw.replace(['\r', '\n'], ""));
        if whole.len() > 1 && is_alike(&whole) {
            return whole;
        }
    }
    all
}

fn parted(raw: &str) -> Vec<Choice> {
    let is_sign = |c: char| SOLID.contains(&c) || OPEN.contains(&c) || c == 'レ';
    let mut all: Vec<Choice> = Vec::new();
    for part in raw.split(|c: char| c.is_whitespace() || matches!(c, '・' | '／' | '/' | '、' | '，' | ',' | '|' | '｜')) {
        let mut rest = part;
        while !rest.is_empty() {
            let sign = rest.chars().next().filter(|c| is_sign(*c) && (*c != 'レ' || rest.chars().nth(1).is_some_and(|c| !is_katakana(c))));
            let body = &rest[sign.map_or(0, char::len_utf8)..];
            let end = body.find(|c: char| is_sign(c) && c != 'レ').unwrap_or(body.len());
            let text = body[..end].trim().to_owned();
            // A sign may stand apart from its choice.
            // And what follows a choice with a sign in a line of its own, where each has one, is the rest of it.
            let is_rest = |last: &Choice| last.text.is_empty() || raw.chars().filter(|c| is_sign(*c)).count() > 1;
            match all.last_mut().filter(|last| sign.is_none() && is_rest(last)) {
                Some(last) => last.text.push_str(&text),
                None => all.push(Choice { sign, text }),
            }
            rest = &body[end..];
        }
    }
    all.retain(|c| !c.text.is_empty());
    let is_short = |c: &Choice| c.text.chars().nth(LONGEST).is_none() && !c.text.ends_with('。');
    if (2..=MOST).contains(&all.len()) && all.iter().all(is_short) { all } else { Vec::new() }
}

/// The choices of a cell that is all known ones, wherever its lines end; a letter or two between them may be a sign that was
/// not read as one.
fn listed(raw: &str, known: &[String]) -> Option<Vec<Choice>> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '・' | '／' | '/' | '、' | '，' | ',' | '|' | '｜');
    let text: String = raw.chars().filter(|c| !is_between(*c)).collect();
    let is_sign = |c: char| SOLID.contains(&c) || OPEN.contains(&c) || c == 'レ';
    let (mut rest, mut all, mut others): (&str, Vec<Choice>, usize) = (&text, Vec::new(), 0);
    let mut sign = None;
    while let Some(next) = rest.chars().next() {
        if let Some(choice) = known.iter().filter(|k| rest.starts_with(k.as_str())).max_by_key(|k| k.len()) {
            all.push(Choice { sign: sign.take(), text: choice.clone() });
            rest = &rest[choice.len()..];
            continue;
        }
        sign = Some(next).filter(|c| is_sign(*c));
        // 総合計画の重点施策 is no list: a box is read as 口 or ロ, a ring as another sign, and never as a letter of a word.
        if sign.is_none() && !matches!(next, '口' | 'ロ' | '日') && (is_hiragana(next) || is_kanji(next)) {
            return None;
        }
        others += usize::from(sign.is_none());
        rest = &rest[next.len_utf8()..];
    }
    (all.len() > 1 && others <= all.len()).then_some(all)
}

fn signs(choices: &[Choice]) -> usize {
    choices.iter().filter(|c| c.sign.is_some()).count()
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A0}'..='\u{30FF}')
}

/// The one whose sign says that it is chosen.
fn signed(choices: &[Choice]) -> Option<usize> {
    let with = |is: &dyn Fn(char) -> bool| -> Vec<usize> {
        choices.iter().enumerate().filter(|(_, c)| c.sign.is_some_and(is)).map(|(at, _)| at).collect()
    };
    let is_solid = |c: char| SOLID.contains(&c) || c == 'レ';
    let solid = with(&is_solid);
    let open = with(&|c| !is_solid(c));
    match (&*solid, &*open) {
        ([one], _) => Some(*one),
        // ○ stands for a choice where the others have nothing.
        ([], [one]) if choices[*one].sign.is_some_and(|c| matches!(c, '○' | '◯' | '〇')) => Some(*one),
        _ => None,
    }
}

/// The choices that a text holds: 概ね達成 holds no 達成 beside itself.
fn within(choices: &[Choice], part: &str) -> Vec<usize> {
    let mut by_length: Vec<(usize, String)> =
        choices.iter().map(|c| match_text(&c.text)).enumerate().filter(|(_, t)| !t.is_empty()).collect();
    by_length.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    let mut rest = match_text(part);
    let mut found = Vec::new();
    for (at, text) in by_length {
        if rest.contains(&text) {
            rest = rest.replacen(&text, "\n", 1);
            found.push(at);
        }
    }
    found
}

/// The one that is drawn at, or alone set otherwise; with whether it was drawn.
fn looked_at(choices: &[Choice], parts: &[(String, bool)]) -> Option<(usize, bool)> {
    // What wraps is several parts.
    let all = |is_drawn: bool| parts.iter().filter(|(_, drawn)| *drawn == is_drawn).map(|(part, _)| part.as_str()).collect::<String>();
    let (drawn, set) = (all(true), all(false));
    let drawn_at = within(choices, &drawn);
    let set_at = within(choices, &set);
    let drawn_hits = drawn_at.iter().map(|&at| (at, true));
    let hit: Vec<(usize, bool)> = drawn_hits.chain(set_at.iter().filter(|at| !drawn_at.contains(at)).map(|&at| (at, false))).collect();
    if let [one] = hit.as_slice() { Some(*one) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(raw: &str) -> Option<String> {
        let choices = choices(raw);
        signed(&choices).map(|at| choices[at].text.clone())
    }

    #[test]
    fn a_sign_says_which_one_is_chosen() {
        assert_eq!(chosen("□施政方針\n■個別計画\n□その他").as_deref(), Some("個別計画"));
        assert_eq!(chosen("☑ 達成 ☐ 一部達成 ☐ 未達成").as_deref(), Some("達成"));
        assert_eq!(chosen("施政方針\n○個別計画\nその他").as_deref(), Some("個別計画"));
        assert_eq!(chosen("○施政方針・●個別計画・○その他").as_deref(), Some("個別計画"));
        assert_eq!(chosen("レ施政方針・個別計画").as_deref(), Some("施政方針"));
        assert_eq!(chosen("□施政方針□個別計画"), None);
        assert_eq!(chosen("施政方針・個別計画"), None);
        assert_eq!(chosen("☒施政方\n針☐個別計\n画").as_deref(), Some("施政方針"));
        assert!(are_boxes("□新規　☑継続　□廃止") && are_boxes("□新規\n☑継続\n□廃止") && are_boxes("□新規　□継続"));
        assert!(!are_boxes("□広報紙に載せる\n□説明会を開く") && !are_boxes("□窓口") && !are_boxes("・新規　・継続"));
        let texts = |raw: &str| choices(raw).into_iter().map(|c| c.text).collect::<Vec<_>>();
        assert_eq!(texts("達成・一部達\n成・未達成"), ["達成", "一部達成", "未達成"]);
        assert_eq!(texts("達成・一部達成\n未達成"), ["達成", "一部達成", "未達成"]);
        let known = ["施政方針", "個別計画"].map(str::to_owned);
        assert_eq!(listed("施政方\n針個別計\n画", &known).map(|c| c.len()), Some(2));
        assert_eq!(listed("施政方針に基づく計画", &known), None);
        assert_eq!(chosen("■窓口の待ち時間を10分以下にするとともに苦情を減らす。"), None);
    }
}
