//! Records on the forms that municipalities print: a goal table in one of several makes, a sheet for every goal, a
//! policy. Knows the words of the forms and how a value is set; what is printed is exactly what the record holds.

use super::paper::{Align, Block, Cell, Paper, Para, Rules, Table};
use serde_json::Value;

/// How pages follow each other in a goal table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// A new page, with the headings again, where the record says so.
    AsRecorded,
    /// One table; the program breaks it.
    Free { repeats: bool, splits: bool },
}

/// How date, posts and names stand above the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// A row of labels and values.
    Row,
    /// Labels above values.
    Columns,
    /// Lines on the right, without labels.
    Lines,
}

/// The words of the headings, in the order number, item, category, target, methods, deadline, divisions, achievement.
pub(crate) type Words = [&'static str; 8];

/// As in 組織目標展開整理表.
pub(crate) const LONG_WORDS: Words = [
    "番号",
    "実施項目\n（業務目標又は事務の内容）",
    "計画・方針\n等の分類",
    "どの水準まで\n（達成水準又は遂行後の状態等）",
    "どのような方法で\n（目標等を達成するための取組の内容等）",
    "いつまで\n（期限）",
    "共通/課名",
    "達成状況",
];
/// As in 重点目標管理表.
pub(crate) const SHORT_WORDS: Words = ["№", "重点目標", "関連計画", "達成目標", "取組内容", "期限", "担当課", "自己評価"];

const FIELDS: [&str; 8] = ["number", "item", "plan_category", "target", "methods", "deadline", "divisions", "achievement"];
/// Shares of the width, by field.
const WIDTHS: [u32; 8] = [4, 17, 8, 27, 30, 7, 10, 10];

/// A make of form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) name: &'static str,
    /// In mm.
    pub(crate) size: (u32, u32),
    pub(crate) font: &'static str,
    pub(crate) points: f64,
    pub(crate) rules: Rules,
    pub(crate) flow: Flow,
    pub(crate) head: Head,
    pub(crate) words: Words,
    /// Two rows of headings, the upper one over groups of columns.
    pub(crate) grouped: bool,
    /// A page with labels and values for every goal, instead of one table.
    pub(crate) sheets: bool,
    /// Items, categories and divisions set in columns; only Chromium and Writer can.
    pub(crate) vertical: bool,
}

pub(crate) const A4: (u32, u32) = (210, 297);
pub(crate) const A4_LANDSCAPE: (u32, u32) = (297, 210);

/// The commonest form; others are said as differences from it.
pub(crate) const PLAIN: Form = Form {
    name: "plain",
    size: A4_LANDSCAPE,
    font: "Noto Sans CJK JP",
    points: 7.0,
    rules: Rules::Full,
    flow: Flow::AsRecorded,
    head: Head::Row,
    words: LONG_WORDS,
    grouped: false,
    sheets: false,
    vertical: false,
};

/// A record on a form.
pub(crate) fn paper(name: &str, record: &Value, form: &Form) -> Paper {
    let blocks = match record["kind"].as_str() {
        Some("policy") => policy(record),
        _ if form.sheets => sheets(record, form),
        _ => goal_table(record, form),
    };
    Paper { name: name.to_owned(), size: form.size, font: form.font, points: form.points, blocks }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The dates as printed, one a line.
fn dates(record: &Value) -> Vec<String> {
    let of = |which: &str| list(&record["dates"][which]).iter().map(|d| text(&d["raw"])).collect::<Vec<_>>();
    [of("issued"), of("revised")].concat()
}

fn authors(record: &Value, part: &str) -> Vec<String> {
    list(&record["authors"]).iter().map(|a| text(&a[part])).collect()
}

fn goal_table(record: &Value, form: &Form) -> Vec<Block> {
    let mut blocks = vec![Block::Text(Para::aligned(text(&record["title"]), Align::Center))];
    blocks.extend(head(record, form.head));
    let goals = list(&record["goals"]);
    let fields: Vec<usize> = (0..FIELDS.len()).filter(|&f| f < 7 || goals.iter().any(|g| !g["achievement"].is_null())).collect();
    let parts: Vec<&[Value]> = match form.flow {
        Flow::AsRecorded => goals.chunk_by(|a, b| a["page"] == b["page"]).collect(),
        Flow::Free { .. } => vec![goals],
    };
    for (index, part) in parts.into_iter().enumerate() {
        blocks.extend((index > 0).then_some(Block::PageBreak));
        blocks.push(Block::Table(goals_part(part, &fields, form)));
    }
    blocks
}

fn head(record: &Value, head: Head) -> Vec<Block> {
    let columns = [("作成日", dates(record)), ("職名", authors(record, "post")), ("氏名", authors(record, "name"))];
    let value = |lines: &[String]| Cell::label(lines.join("\n"));
    let rows: Vec<Vec<Cell>> = match head {
        Head::Lines => {
            let people = columns[1].1.iter().zip(&columns[2].1).map(|(post, name)| format!("{post}　{name}"));
            return columns[0].1.iter().cloned().chain(people).map(|line| Block::Text(Para::aligned(line, Align::Right))).collect();
        }
        Head::Row => vec![columns.iter().flat_map(|(label, lines)| [Cell::label(*label), value(lines)]).collect()],
        Head::Columns => vec![columns.iter().map(|c| Cell::label(c.0)).collect(), columns.iter().map(|c| value(&c.1)).collect()],
    };
    let widths = rows[0].iter().map(|_| 1).collect::<Vec<u32>>();
    let table = Table { widths, rows, heads: 0, repeats: false, splits: false, rules: Rules::Full };
    // Something between the two tables, so that no program makes one of them.
    vec![Block::Table(table), Block::Text(Para::new(""))]
}

fn goals_part(goals: &[Value], fields: &[usize], form: &Form) -> Table {
    let mut rows = headings(fields, form);
    let heads = rows.len();
    for (index, goal) in goals.iter().enumerate() {
        let cell = |&f: &usize| {
            let field = FIELDS[f];
            let is_inherited = |g: &Value| !g["inherited"][field].is_null();
            if index > 0 && is_inherited(goal) {
                return None;
            }
            let rows = 1 + goals[index + 1..].iter().take_while(|g| is_inherited(g)).count();
            let vertical = form.vertical && matches!(field, "item" | "plan_category" | "divisions");
            Some(Cell { vertical, ..field_cell(goal, field).spanning(rows, 1) })
        };
        rows.push(fields.iter().filter_map(cell).collect());
    }
    let (repeats, splits) = match form.flow {
        Flow::AsRecorded => (false, false),
        Flow::Free { repeats, splits } => (repeats, splits),
    };
    Table { widths: fields.iter().map(|&f| WIDTHS[f]).collect(), rows, heads, repeats, splits, rules: form.rules }
}

/// One row of headings, or two with groups: 計画（Plan） over the columns from category to methods, 実行（Do） over the next two.
fn headings(fields: &[usize], form: &Form) -> Vec<Vec<Cell>> {
    let label = |&f: &usize| Cell::label(form.words[f]);
    if !form.grouped {
        return vec![fields.iter().map(label).collect()];
    }
    let (alone, grouped): (Vec<usize>, Vec<usize>) = fields.iter().partition(|f| !(2..7).contains(*f));
    let groups = [Cell::label("計画（Plan）").spanning(1, 3), Cell::label("実行（Do）").spanning(1, 2)];
    let tall = |f: &usize| label(f).spanning(2, 1);
    let (before, after) = alone.split_at(2);
    let upper = before.iter().map(tall).chain(groups).chain(after.iter().map(tall)).collect();
    vec![upper, grouped.iter().map(label).collect()]
}

/// The value of a field as a form shows it.
fn field_cell(goal: &Value, field: &str) -> Cell {
    let value = &goal[field];
    match field {
        "number" => Cell::label(value.to_string()),
        "target" | "methods" => Cell::new(bullets(list(value))),
        "deadline" | "achievement" => Cell::label(text(&value["raw"])),
        "divisions" => Cell::label(list(value).iter().map(text).collect::<Vec<_>>().join("\n")),
        "plan_category" => Cell::label(text(value)),
        _ => Cell::new(vec![Para::new(text(value))]),
    }
}

/// One string stands as it is, several each under a mark.
fn bullets(texts: &[Value]) -> Vec<Para> {
    match texts {
        [one] => vec![Para::new(text(one))],
        _ => texts.iter().map(|t| Para { hang: 1, ..Para::new(format!("・{}", text(t))) }).collect(),
    }
}

fn sheets(record: &Value, form: &Form) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, goal) in list(&record["goals"]).iter().enumerate() {
        blocks.extend((index > 0).then_some(Block::PageBreak));
        blocks.push(Block::Text(Para::aligned(text(&record["title"]), Align::Center)));
        blocks.extend(head(record, form.head));
        blocks.push(Block::Table(sheet(goal, form)));
    }
    blocks
}

fn sheet(goal: &Value, form: &Form) -> Table {
    let pair = |f: usize| [Cell::label(form.words[f]), field_cell(goal, FIELDS[f])];
    let wide = |f: usize| vec![Cell::label(form.words[f]), field_cell(goal, FIELDS[f]).spanning(1, 3)];
    let mut rows = vec![[pair(0), pair(6)].concat(), [pair(1), pair(2)].concat(), [pair(3), pair(5)].concat(), wide(4)];
    if !goal["achievement"].is_null() {
        rows.push(wide(7));
    }
    Table { widths: vec![3, 8, 3, 5], rows, heads: 0, repeats: false, splits: false, rules: form.rules }
}

fn policy(record: &Value) -> Vec<Block> {
    let right = |line: String| Para::aligned(line, Align::Right);
    let people = list(&record["authors"]).iter().map(|a| right(format!("{}　{}", text(&a["post"]), text(&a["name"]))));
    let mut lines: Vec<Para> = dates(record).into_iter().map(right).collect();
    lines.push(Para::aligned(text(&record["title"]), Align::Center));
    lines.extend(people);
    lines.extend(list(&record["preamble"]).iter().map(|p| Para::new(format!("　{}", text(p)))));
    lines.push(Para::aligned("記", Align::Center));
    provisions(list(&record["sections"]), 0, &mut lines);
    lines.push(right("以上".into()));
    lines.into_iter().map(Block::Text).collect()
}

fn provisions(sections: &[Value], depth: u32, lines: &mut Vec<Para>) {
    for section in sections {
        let heading = format!("{}　{}", text(&section["label"]), text(&section["text"]));
        lines.push(Para { indent: depth, hang: 2, ..Para::new(heading) });
        let body = |b: &Value| Para { indent: depth + 2, ..Para::new(format!("　{}", text(b))) };
        lines.extend(list(&section["body"]).iter().map(body));
        provisions(list(&section["children"]), depth + 1, lines);
    }
}
