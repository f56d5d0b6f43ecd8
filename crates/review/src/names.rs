//! What a value is called for people.

use seisho_model::Pointer;
use seisho_model::codes::finding::Message;
use seisho_model::record::Document;

/// Names of fields as documents call them.
const FIELDS: [(&str, &str, &str); 21] = [
    ("title", "表題", "title"),
    ("fiscal_year", "年度", "fiscal year"),
    ("issued", "日付", "date"),
    ("revised", "見直し日", "date of revision"),
    ("post", "職名", "post"),
    ("name", "氏名", "name"),
    ("department", "部署", "department"),
    ("number", "番号", "number"),
    ("number_raw", "番号", "number"),
    ("item", "実施項目", "item"),
    ("plan_category", "計画・方針等の分類", "plan"),
    ("target", "どの水準まで", "target"),
    ("methods", "どのような方法で", "methods"),
    ("deadline", "いつまで", "deadline"),
    ("divisions", "課名", "divisions"),
    ("achievement", "達成状況", "achievement"),
    ("band", "区分の行", "band"),
    ("preamble", "前文", "preamble"),
    ("label", "項の番号", "label"),
    ("text", "本文", "text"),
    ("body", "本文の続き", "further text"),
];

/// The record of a value (目標 3) and its field (実施項目).
pub(crate) fn names(document: &Document, pointer: &Pointer) -> [Message; 2] {
    let steps: Vec<String> = pointer.steps().map(std::borrow::Cow::into_owned).collect();
    let index = |at: usize| steps.get(at).and_then(|s| s.parse::<usize>().ok());
    let count = index(steps.len() - 1).filter(|_| steps.len() > 2).map(|n| format!(" {}", n + 1)).unwrap_or_default();
    let name = pointer.name().into_owned();
    let known = FIELDS.iter().find(|(id, ..)| *id == name);
    let named = known.map_or_else(|| Message::new(name.clone(), name.clone()), |(_, ja, en)| Message::new(*ja, *en));
    let field = Message::new(format!("{}{count}", named.ja), format!("{}{count}", named.en));
    match steps.first().map(String::as_str) {
        Some("goals") => {
            let goal = index(1).and_then(|i| document.goals.get(i));
            let number = goal.and_then(|g| g.number.map(|n| n.to_string()).or_else(|| g.number_raw.clone()));
            let number = number.unwrap_or_else(|| format!("({})", index(1).unwrap_or(0) + 1));
            let other = goal.zip(index(3)).filter(|_| steps.get(2).is_some_and(|s| s == "other")).and_then(|(g, i)| g.other.get(i));
            let field = other.map_or(field, |o| Message::new(format!("{}{count}", o.heading), format!("{}{count}", o.heading)));
            [Message::new(format!("目標 {number}"), format!("goal {number}")), field]
        }
        Some("sections") => {
            let mut labels = Vec::new();
            let mut list = document.sections.as_slice();
            for at in steps.iter().filter_map(|s| s.parse::<usize>().ok()) {
                let Some(provision) = list.get(at) else { break };
                labels.push(provision.label.clone());
                list = &provision.children;
            }
            [Message::new(format!("項 {}", labels.join(" ")), format!("provision {}", labels.join(" "))), field]
        }
        Some("form") => {
            let label = index(1).and_then(|i| document.form.get(i)).map(|f| f.label.join(" ")).unwrap_or_default();
            [Message::new("帳票", "form"), Message::new(label.clone(), label)]
        }
        Some("tables") => {
            let cell = index(1).and_then(|t| document.tables.get(t)).zip(index(3)).and_then(|(t, c)| t.cells.get(c));
            let place = cell.map(|c| (c.row[0] + 1, c.col[0] + 1)).unwrap_or_default();
            let table = index(1).unwrap_or(0) + 1;
            [
                Message::new(format!("表 {table}"), format!("table {table}")),
                Message::new(format!("{} 行 {} 列", place.0, place.1), format!("row {}, column {}", place.0, place.1)),
            ]
        }
        _ => [Message::new("頭書", "head"), field],
    }
}
