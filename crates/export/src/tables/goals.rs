//! The table of goals.

use super::shared::{Bound, Line, after, before, columns};
use super::value::Value;
use super::{Column, Kind, Table, TableId};
use seisho_model::output::GoalRecord;
use seisho_model::record::{Rate, RateNumber};

/// Kinds of deadlines, as the contract names them.
const DEADLINES: &[&str] = &["month", "date", "fiscal_year_end", "year_end", "ongoing", "immediate", "other"];

/// The columns of goals and where their values come from.
pub(super) fn bound() -> Vec<Bound<GoalRecord>> {
    let mut all = before();
    all.extend([
        Bound(
            Column::new("number", "番号", Kind::Integer(0), 6)
                .means("番号（整数でないときは空）", "The number; empty where it is no plain integer")
                .field("number"),
            |l: &Line<'_, GoalRecord>| Value::integer(l.of.goal.number),
        ),
        Bound(
            Column::new("number_raw", "番号（原文）", Kind::Code, 9)
                .means("整数でない番号の、原文のままの表記", "The number as printed, where it is no plain integer")
                .field("number_raw"),
            |l| Value::text(l.of.goal.number_raw.clone()),
        ),
        Bound(
            Column::new("band", "区分", Kind::Text, 16)
                .means("目標の上の、表全体にわたる行", "The row over the whole table that the goal stands below")
                .field("band"),
            |l| Value::text(l.of.goal.band.clone()),
        ),
        Bound(Column::new("item", "実施項目", Kind::Text, 30).means("実施項目", "The item").field("item"), |l| {
            Value::text(l.of.goal.item.clone())
        }),
        Bound(
            Column::new("plan_category", "計画・方針等の分類", Kind::Text, 16)
                .means("計画・方針等の分類", "Category of plan or policy")
                .field("plan_category"),
            |l| Value::text(l.of.goal.plan_category.clone()),
        ),
        Bound(
            Column::new("target", "どの水準まで", Kind::List, 40)
                .means("どの水準まで（箇条書きごとに1つ）", "To which level, one text a bullet")
                .field("target"),
            |l| Value::List(l.of.goal.target.clone()),
        ),
        Bound(
            Column::new("methods", "どのような方法で", Kind::List, 40)
                .means("どのような方法で（箇条書きごとに1つ）", "By which methods, one text a bullet")
                .field("methods"),
            |l| Value::List(l.of.goal.methods.clone()),
        ),
        Bound(
            Column::new("deadline_raw", "いつまで", Kind::Text, 14)
                .means("期限の、原文のままの表記", "The deadline as printed")
                .field("deadline"),
            |l| Value::text(l.of.goal.deadline.as_ref().map(|d| d.raw.clone())),
        ),
        Bound(
            Column::new("deadline_until", "期限の日", Kind::Date, 12)
                .means("期限の最後の日（西暦）。終わりが分からないときは空", "Last day of the deadline; empty where the text gives no end")
                .field("deadline"),
            |l| Value::text(l.of.goal.deadline.as_ref().and_then(|d| d.until.clone())),
        ),
        Bound(
            Column::new("deadline_kind", "期限の種類", Kind::Choice(DEADLINES), 14)
                .means("期限の種類", "Kind of the deadline")
                .field("deadline"),
            |l| Value::text(l.of.goal.deadline.as_ref().map(|d| d.kind.name())),
        ),
        Bound(Column::new("divisions", "共通/課名", Kind::List, 18).means("課名", "Divisions").field("divisions"), |l| {
            Value::List(l.of.goal.divisions.clone())
        }),
        Bound(
            Column::new("achievement_raw", "達成状況", Kind::Text, 24)
                .means("達成状況の、原文のままの表記", "The achievement as printed")
                .field("achievement"),
            |l| Value::text(l.of.goal.achievement.as_ref().map(|a| a.raw.clone())),
        ),
        Bound(
            Column::new("achievement_min_percent", "達成率（下限、%）", Kind::Number, 10)
                .means("達成率の下限（%）", "Lower end of the stated range of percent")
                .field("achievement"),
            |l| rate(l, |r| r.min),
        ),
        Bound(
            Column::new("achievement_max_percent", "達成率（上限、%）", Kind::Number, 10)
                .means("達成率の上限（%）", "Upper end of the stated range of percent")
                .field("achievement"),
            |l| rate(l, |r| r.max),
        ),
        Bound(
            Column::new("other", "その他の欄", Kind::Parts(&["heading", "text"], ": "), 40)
                .means("どの項目でもない欄の、見出しと内容", "Columns of no field: headings and texts")
                .field("other"),
            |l| Value::Parts(l.of.goal.other.iter().map(|o| vec![o.heading.clone(), o.text.join("\n")]).collect()),
        ),
        Bound(
            Column::new("fields", "様式が加えた項目", Kind::Parts(&["field", "raw"], ": "), 24)
                .means("様式が加えた項目と、原文のままの値", "Fields that a profile adds, as printed")
                .field("fields"),
            |l| Value::Parts(l.of.goal.fields.iter().map(|(id, value)| vec![id.clone(), value.raw.clone()]).collect()),
        ),
        Bound(
            Column::new("inherited", "引き継いだ欄", Kind::Parts(&["field", "from_number"], " ← "), 16).means(
                "結合されたセルから引き継いだ欄と、そのセルのある目標の番号",
                "Fields taken over from a merged cell, and the number of the goal that holds it",
            ),
            |l| Value::Parts(l.of.goal.inherited.iter().flatten().map(|(field, from)| vec![field.clone(), from.to_string()]).collect()),
        ),
        Bound(
            Column::new("number_candidates", "番号の候補", Kind::List, 10)
                .means("元の文書から番号が決まらないときの候補", "All numbers that it could be, where the source does not say")
                .field("number_candidates"),
            |l| Value::List(l.of.goal.number_candidates.iter().flatten().map(ToString::to_string).collect()),
        ),
    ]);
    all.extend(after());
    all
}

pub(super) fn goals() -> Table {
    Table {
        id: TableId::Goals,
        name: "goals",
        sheet: Some("目標"),
        meaning: ("目標表の目標", "Goals of goal tables"),
        columns: columns(bound()),
        key: &["source_path", "record_id"],
        foreign: Some((&["source_path"], TableId::Documents)),
        of_record: true,
        is_file: true,
    }
}

fn rate(line: &Line<'_, GoalRecord>, end: fn(&Rate) -> RateNumber) -> Value {
    let rate = line.of.goal.achievement.as_ref().and_then(|a| a.rate.as_ref());
    rate.map_or(Value::Null, |rate| match end(rate) {
        RateNumber::Whole(number) => Value::Number(number.into()),
        RateNumber::Decimal(number) => Value::Number(number),
    })
}
