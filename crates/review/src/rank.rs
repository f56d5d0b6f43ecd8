//! Which values to look at first: those that are most likely wrong, each with the reasons for it.
//!
//! One rule for all sources: what speaks for a fault and against it has a weight (log-odds, in hundredths), and the sum
//! gives the order. A value against which nothing speaks (no finding, no guess, no low confidence) comes after all others,
//! however odd it looks.

use seisho_audit::gaps::findings_of_gap;
use seisho_audit::values::{Value, findings_of, is_answered};
use seisho_model::codes::finding::{Message, Severity};
use seisho_model::reading::Trust;
use seisho_model::record::{Document, Finding, Place};
use seisho_model::{Code, Pointer};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How likely a value is wrong, as far as anything says so, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Rank {
    /// From 0 to 1000; the higher, the sooner it should be looked at.
    pub score: u32,
    /// Why, the weightiest first.
    pub why: Vec<Message>,
    /// What it was ranked by, each with how often or how much.
    #[serde(skip)]
    pub signs: Vec<(Sign, i32)>,
}

/// Scores from here on are doubts.
pub const DOUBT: u32 = 20;
/// What nothing speaks against.
const PLAIN: u32 = 2;
/// A confidence from here on is no doubt.
const SURE: f64 = 0.9805;

/// What speaks for a fault, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Something speaks against it at all.
    Doubted,
    /// How unsure the reading is: log-odds of its confidence.
    Unsure,
    /// Letters that were guessed.
    Guess,
    /// A finding that is an error, and is none of those below.
    Error,
    /// The same, a warning.
    Warning,
    /// The same, a note.
    Note,
    /// It may be another row's (M014).
    Row,
    /// It may be that of several others.
    Rows,
    /// A deadline that is none (M002).
    Deadline,
    /// Names that may be parted otherwise (J006).
    Parted,
    /// It was taken from the row above.
    Inherited,
    /// The text layer or the words say otherwise (X008, X010).
    Mended,
    /// Brackets do not pair.
    Unpaired,
    /// It ends where no text ends.
    Open,
    /// Others of the field end with a full stop.
    NoStop,
    /// Others of the field begin with a mark.
    NoMark,
    /// It begins with a mark, as others do.
    Marked,
    /// A few letters, where a sentence stands elsewhere.
    Short,
    /// Much longer than others of the field.
    Long,
    /// One of many in its list.
    Many,
    /// The next record has nothing in the field.
    NextEmpty,
    /// Made of four lines or more.
    Lines,
    /// Its lines do not follow each other.
    Gap,
}

/// Weights in hundredths of log-odds, by logistic regression (tests/heldout/weights.py) on the tables of tests/heldout that are
/// `fit`: five kinds of dumps and scans at 200 dots an inch, all of the same weight. Of `Error`, `Warning` and `Note` those
/// have too few to tell. They only rank.
const WEIGHTS: [(Sign, i32); 23] = [
    (Sign::Doubted, -75),
    (Sign::Unsure, 95),
    (Sign::Guess, -70),
    (Sign::Error, 150),
    (Sign::Warning, 0),
    (Sign::Note, -150),
    (Sign::Row, -120),
    (Sign::Rows, 100),
    (Sign::Deadline, 180),
    (Sign::Parted, 190),
    (Sign::Inherited, 330),
    (Sign::Mended, -70),
    (Sign::Unpaired, 490),
    (Sign::Open, 470),
    (Sign::NoStop, 380),
    (Sign::NoMark, 110),
    (Sign::Marked, -60),
    (Sign::Short, 200),
    (Sign::Long, 30),
    (Sign::Many, 190),
    (Sign::NextEmpty, 70),
    (Sign::Lines, 110),
    (Sign::Gap, 80),
];

/// The chance for log-odds of 0, 0.25, 0.5 …, in ten-thousandths: no exponential of the platform is asked.
const CHANCES: [i32; 25] = [
    5000, 5622, 6225, 6792, 7311, 7773, 8176, 8520, 8808, 9047, 9241, 9399, 9526, 9627, 9707, 9770, 9820, 9859, 9890, 9914, 9933, 9948,
    9959, 9968, 9975,
];
const STEP: i32 = 25;

/// The chance of log-odds in hundredths.
fn chance(odds: i32) -> i32 {
    let (at, rest) = ((odds.abs() / STEP) as usize, odds.abs() % STEP);
    let above = match (CHANCES.get(at), CHANCES.get(at + 1)) {
        (Some(low), Some(high)) => low + (high - low) * rest / STEP,
        _ => CHANCES[CHANCES.len() - 1],
    };
    if odds < 0 { 10_000 - above } else { above }
}

/// The log-odds, in hundredths, of a chance in ten-thousandths.
fn odds(of: i32) -> i32 {
    let above = of.max(10_000 - of).min(CHANCES[CHANCES.len() - 1]);
    let at = CHANCES.iter().rposition(|c| *c <= above).unwrap_or(0);
    let rest = CHANCES.get(at + 1).map_or(0, |next| (above - CHANCES[at]) * STEP / (next - CHANCES[at]));
    let found = at as i32 * STEP + rest;
    if of < 5000 { -found } else { found }
}

/// Ranks the values of a document, which are held against each other.
pub struct Ranker<'d> {
    document: &'d Document,
    fields: BTreeMap<String, Field>,
    /// Lists and values that are there.
    held: BTreeSet<Pointer>,
    /// How many values a list has.
    lists: BTreeMap<Pointer, usize>,
}

/// What the values of a field have in common.
#[derive(Default)]
struct Field {
    count: usize,
    marked: usize,
    stopped: usize,
    lengths: Vec<usize>,
}

/// Marks of list items.
const MARKS: &str = "・○●◎■□◆◇▲△※＊*•◦‣-－";
/// What is shorter is no sentence, in characters.
const SHORTEST: usize = 7;
/// So many in a list are many.
const MANY: usize = 6;
/// So many lines that were joined are many.
const JOINED: usize = 3;

impl<'d> Ranker<'d> {
    /// For the values of a document.
    #[must_use]
    pub fn of(document: &'d Document, values: &[Value<'_>]) -> Self {
        let mut fields: BTreeMap<String, Field> = BTreeMap::new();
        let (mut held, mut lists) = (BTreeSet::new(), BTreeMap::new());
        for value in values {
            let field = fields.entry(field_of(value.pointer)).or_default();
            field.count += 1;
            field.marked += usize::from(is_marked(&value.evidence.raw));
            field.stopped += usize::from(is_stopped(&value.text));
            field.lengths.push(value.text.chars().count());
            held.insert(value.pointer.clone());
            if let Some(list) = list_of(value.pointer) {
                *lists.entry(list.clone()).or_default() += 1;
                held.insert(list);
            }
        }
        fields.values_mut().for_each(|field| field.lengths.sort_unstable());
        Self { document, fields, held, lists }
    }

    /// Ranks a value.
    #[must_use]
    pub fn rank(&self, value: &Value<'_>) -> Rank {
        let mut found: Vec<(Sign, i32, Option<Message>)> = Vec::new();
        if !value.is_read() {
            return self.rank_of_gap(value);
        }
        // What a person has said of it is no chance any more.
        if !is_answered(self.document, value.pointer) {
            self.of_reading(value, &mut found);
        }
        for finding in findings_of(self.document, value.pointer).filter(|f| f.answered.is_none()) {
            // It only says in words what the confidence says.
            if value.evidence.confidence.is_none() || finding.code != Code::X009.name() {
                self.of_finding(finding, &mut found);
            }
        }
        if !found.is_empty() {
            self.of_looks(value, &mut found);
        }
        rank(found)
    }

    /// Of a value that was not read: what findings say of it. A person who said what it is, or that it is not there, has
    /// answered them all.
    fn rank_of_gap(&self, value: &Value<'_>) -> Rank {
        let mut found = Vec::new();
        if !is_answered(self.document, value.pointer) {
            findings_of_gap(self.document, value.pointer).filter(|f| f.answered.is_none()).for_each(|f| self.of_finding(f, &mut found));
        }
        rank(found)
    }

    /// Whether something spoke against a value, and a person has answered all of it.
    #[must_use]
    pub fn is_settled(&self, value: &Value<'_>) -> bool {
        let has_answer =
            is_answered(self.document, value.pointer) || findings_of(self.document, value.pointer).any(|f| f.answered.is_some());
        let was_doubted = if value.is_read() {
            let mut found = Vec::new();
            self.of_reading(value, &mut found);
            !found.is_empty() || findings_of(self.document, value.pointer).next().is_some()
        } else {
            findings_of_gap(self.document, value.pointer).next().is_some()
        };
        has_answer && was_doubted && self.rank(value).score < DOUBT
    }

    /// What the reading says of itself.
    fn of_reading(&self, value: &Value<'_>, found: &mut Vec<(Sign, i32, Option<Message>)>) {
        if let Some(sure) = value.evidence.confidence.filter(|sure| *sure < SURE) {
            let much = odds(((1.0 - sure.clamp(0.0, 1.0)) * 10_000.0).round() as i32);
            found.push((Sign::Unsure, much, Some(Message::new(format!("確かさ {sure:.2}"), format!("confidence {sure:.2}")))));
        }
        let guesses = value.evidence.edits.iter().filter(|e| e.trust == Trust::Guess).count();
        if guesses > 0 {
            let told = Message::new(format!("推定した字の直し {guesses}"), format!("{guesses} guessed letters"));
            found.push((Sign::Guess, guesses.min(3) as i32, Some(told)));
        }
    }

    fn of_finding(&self, finding: &Finding, found: &mut Vec<(Sign, i32, Option<Message>)>) {
        let sign = match Code::named(&finding.code) {
            Some(Code::M014) => Sign::Row,
            // Nothing speaks against it by itself.
            Some(Code::M021) => Sign::Note,
            Some(Code::M002) => Sign::Deadline,
            Some(Code::J006) => Sign::Parted,
            Some(Code::M006) => Sign::Note,
            Some(Code::X008 | Code::X010) => Sign::Mended,
            _ => match finding.severity {
                Severity::Error => Sign::Error,
                Severity::Warning => Sign::Warning,
                Severity::Info => Sign::Note,
            },
        };
        let title = Code::named(&finding.code).map(|c| c.entry().title());
        let Message { ja, en } = title.unwrap_or_else(|| finding.message.clone());
        let code = &finding.code;
        found.push((sign, 1, Some(Message::new(format!("{code} {ja}"), format!("{code} {en}")))));
        if sign == Sign::Row && finding.suggestion.as_ref().is_some_and(|rows| rows.contains(',')) {
            found.push((Sign::Rows, 1, None));
        }
    }

    /// What it looks like beside others.
    fn of_looks(&self, value: &Value<'_>, found: &mut Vec<(Sign, i32, Option<Message>)>) {
        let mut add = |sign, is: bool, ja: &str, en: &str| {
            if is {
                found.push((sign, 1, (!ja.is_empty()).then(|| Message::new(ja, en))));
            }
        };
        let text = value.text.trim();
        let length = text.chars().count();
        let name = field_of(value.pointer);
        let list = list_of(value.pointer);
        let edits = &value.evidence.edits;
        add(Sign::Unpaired, is_unpaired(text), "括弧が対にならない", "brackets do not pair");
        add(Sign::Open, text.ends_with(['、', '（', '(', '「', '『', '・']), "文の途中で終わる", "it ends in the middle of a sentence");
        add(Sign::Lines, edits.iter().filter(|e| e.rule == "join-wrapped-line").count() >= JOINED, "", "");
        add(Sign::Gap, has_gap(&value.evidence.at), "行が続いていない", "its lines do not follow each other");
        if let Some(field) = self.fields.get(&name).filter(|field| field.count >= 4) {
            let median = field.lengths[field.lengths.len() / 2];
            let is_list = list.is_some();
            let (marked, stopped) = (field.marked * 2 > field.count, field.stopped * 5 > field.count * 3);
            add(Sign::NoStop, stopped && !is_stopped(text), "ほかと違い、句点がない", "no full stop, where others have one");
            let has_mark = is_marked(&value.evidence.raw);
            add(Sign::NoMark, is_list && marked && !has_mark, "ほかと違い、印がない", "no mark, where others have one");
            add(Sign::Marked, is_list && marked && has_mark, "", "");
            add(Sign::Long, length > 8 && length * 5 > median * 11 && !stopped, "ほかより長い", "longer than others");
            add(Sign::Short, length < SHORTEST && median >= 2 * SHORTEST, "ほかより短い", "shorter than others");
        }
        add(Sign::Many, list.as_ref().and_then(|l| self.lists.get(l)).is_some_and(|n| *n >= MANY), "項目が多い", "many in its list");
        add(Sign::Inherited, self.is_inherited(value.pointer), "上の行から引き継いだ", "taken from the row above");
        add(Sign::NextEmpty, self.is_next_empty(value.pointer), "次の目標に、この欄がない", "the next goal has none");
    }

    /// Whether the row above says it.
    fn is_inherited(&self, pointer: &Pointer) -> bool {
        let steps: Vec<_> = pointer.steps().collect();
        let [list, index, field, ..] = &*steps else { return false };
        let goal = index.parse::<usize>().ok().filter(|_| list == "goals").and_then(|i| self.document.goals.get(i));
        goal.is_some_and(|goal| goal.inherited.as_ref().is_some_and(|from| from.contains_key(&**field)))
    }

    /// Whether the next goal has nothing in the field.
    fn is_next_empty(&self, pointer: &Pointer) -> bool {
        let steps: Vec<_> = pointer.steps().collect();
        let [list, index, field, ..] = &*steps else { return false };
        let Some(next) = index.parse::<usize>().ok().filter(|_| list == "goals").map(|i| i + 1) else { return false };
        let of_next = Pointer::goal(next).field(field);
        next < self.document.goals.len() && !self.held.contains(&of_next)
    }
}

/// What signs come to.
fn rank(mut found: Vec<(Sign, i32, Option<Message>)>) -> Rank {
    if found.is_empty() {
        return Rank { score: PLAIN, why: Vec::new(), signs: Vec::new() };
    }
    found.push((Sign::Doubted, 1, None));
    let weight = |sign: Sign| WEIGHTS.iter().find(|(s, _)| *s == sign).map_or(0, |(_, weight)| *weight);
    let of = |(sign, much, _): &(Sign, i32, Option<Message>)| {
        if *sign == Sign::Unsure { weight(*sign) * much / 100 } else { weight(*sign) * much }
    };
    let sum: i32 = found.iter().map(of).sum();
    // Stable: what weighs the same stays in order.
    found.sort_by_key(|sign| std::cmp::Reverse(of(sign)));
    let signs = found.iter().map(|(sign, much, _)| (*sign, *much)).collect();
    let score = (chance(sum) / 10).clamp(DOUBT as i32, 1000) as u32;
    Rank { score, why: found.into_iter().filter_map(|(.., why)| why).collect(), signs }
}

/// A value's field: its pointer without places in lists.
fn field_of(pointer: &Pointer) -> String {
    let names: Vec<_> = pointer.steps().filter(|s| !s.bytes().all(|b| b.is_ascii_digit()) && s != "children").collect();
    names.join("/")
}

/// The list that a value is one of.
fn list_of(pointer: &Pointer) -> Option<Pointer> {
    let steps: Vec<_> = pointer.steps().collect();
    let is_item = steps.len() >= 4 && steps.last().is_some_and(|s| s.bytes().all(|b| b.is_ascii_digit()));
    is_item.then(|| steps[..steps.len() - 1].iter().skip(1).fold(Pointer::of(&steps[0]), |pointer, step| pointer.field(step)))
}

fn is_marked(raw: &str) -> bool {
    raw.trim_start().starts_with(|c: char| MARKS.contains(c) || ('①'..='⑳').contains(&c))
}

fn is_stopped(text: &str) -> bool {
    text.trim_end().ends_with(['。', '．'])
}

fn is_unpaired(text: &str) -> bool {
    let mut open = 0_i32;
    for c in text.chars() {
        match c {
            '（' | '(' | '「' | '『' | '【' | '［' | '[' | '〔' | '《' => open += 1,
            '）' | ')' | '」' | '』' | '】' | '］' | ']' | '〕' | '》' => open -= 1,
            _ => {}
        }
        if open < 0 {
            return true;
        }
    }
    open != 0
}

/// Whether lines of a text source that make up a value do not follow each other.
fn has_gap(at: &[Place]) -> bool {
    let lines: Vec<u32> = at.iter().filter_map(|p| if let Place::Line(place) = p { Some(place.line) } else { None }).collect();
    lines.windows(2).any(|pair| pair[1] > pair[0] + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_audit::values::values;
    use serde_json::json;

    /// A document of paragraphs, each with a confidence, and findings about some.
    fn document(confidence: &[Option<f64>], findings: &[(&str, &str, usize)]) -> Document {
        let evidence: serde_json::Map<String, serde_json::Value> = confidence
            .iter()
            .enumerate()
            .map(|(at, c)| (format!("/preamble/{at}"), json!({"raw": "文", "at": [], "edits": [], "confidence": c})))
            .collect();
        let finding = |(code, severity, at): &(&str, &str, usize)| json!({"code": code, "severity": severity, "message": {"ja": "", "en": ""}, "at": [], "pointer": format!("/preamble/{at}"), "suggestion": null});
        let document = json!({
            "schema_version": "1",
            "source": {"path": "a", "sha256": "0", "bytes": 0, "media_type": "text/plain", "encoding": null, "pages": null, "method": "text", "engine": null},
            "kind": "text", "profile": null, "title": null, "fiscal_year": null, "dates": {"issued": [], "revised": []},
            "authors": [], "department": null, "goals": [], "preamble": vec!["文"; confidence.len()], "sections": [], "tables": [],
            "page_joins": [], "remainder": [], "evidence": evidence, "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        });
        serde_json::from_value(document).unwrap()
    }

    fn ranks_of(document: &Document) -> Vec<Rank> {
        let values = values(document);
        let ranker = Ranker::of(document, &values);
        values.iter().map(|value| ranker.rank(value)).collect()
    }

    #[test]
    fn log_odds_and_chances_are_each_others_way_back() {
        for per_mille in [3, 20, 100, 333, 500, 700, 950, 990] {
            assert!((chance(odds(per_mille * 10)) - per_mille * 10).abs() <= 15, "{per_mille}");
        }
        assert_eq!((chance(0), chance(-2000), chance(2000)), (5000, 25, 9975));
    }

    #[test]
    fn what_more_speaks_against_comes_first_and_says_why() {
        let document = document(
            &[Some(0.99), Some(0.6), None, None, Some(0.6)],
            &[("X010", "warning", 0), ("X009", "warning", 1), ("J005", "info", 2), ("X010", "warning", 4), ("M008", "error", 4)],
        );
        let ranks: Vec<Rank> = ranks_of(&document);
        let scores: Vec<u32> = ranks.iter().map(|r| r.score).collect();
        // Low confidence with two findings; low confidence; mended; a note; nothing.
        assert!(scores[4] > scores[1] && scores[1] > scores[0] && scores[0] > scores[2] && scores[2] > scores[3], "{scores:?}");
        assert_eq!(ranks[1].why.len(), 1, "what the confidence says is said once: {:?}", ranks[1].why);
        assert_eq!((ranks[3].score, ranks[3].why.len()), (PLAIN, 0));
    }

    #[test]
    fn a_low_confidence_that_a_person_found_right_is_no_doubt_any_more() {
        let mut document = document(&[Some(0.4), Some(0.4)], &[]);
        let said = json!({"how": "confirmed", "by": "山田", "at": "2026-04-01T00:00:00Z", "id": "0"});
        let pointer = document.evidence.0[0].0.clone();
        document.confirmed.insert(pointer, serde_json::from_value(said).unwrap());
        let scores: Vec<u32> = ranks_of(&document).iter().map(|r| r.score).collect();
        assert!(scores[0] < DOUBT && scores[1] >= DOUBT, "{scores:?}");
        let values = values(&document);
        let ranker = Ranker::of(&document, &values);
        assert_eq!(values.iter().map(|value| ranker.is_settled(value)).collect::<Vec<_>>(), [true, false]);
    }
}
