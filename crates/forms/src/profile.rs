//! Forms as data: the words by which a form's headings, head and lists are known. Knows no form itself.

use regex::Regex;
use seisho_japanese::normalize::match_text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A field of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 番号.
    Number,
    /// 実施項目.
    Item,
    /// 計画・方針等の分類.
    PlanCategory,
    /// どの水準まで.
    Target,
    /// どのような方法で.
    Methods,
    /// いつまで.
    Deadline,
    /// 共通/課名.
    Divisions,
    /// 達成状況.
    Achievement,
}

/// What the cells of a field hold. Code that reads cells asks this, never which field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKind {
    /// The row's number.
    Number,
    /// One text, which names the row: what every row has.
    Text,
    /// Texts, one a list mark or paragraph.
    Items,
    /// A value of a short list that rows share.
    Choice,
    /// A day, a month, an end of a year.
    Date,
    /// Names of divisions.
    Names,
    /// What came of it, in words or percent; filled in later than the rest.
    Rate,
}

impl FieldKind {
    /// Values of a short list that a document repeats.
    #[must_use]
    pub fn is_repeated(self) -> bool {
        matches!(self, Self::Choice | Self::Date | Self::Names)
    }

    /// Its cells hold texts of several lines.
    #[must_use]
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Text | Self::Items)
    }

    /// A cell of it may hold several texts or names.
    #[must_use]
    pub fn holds_several(self) -> bool {
        matches!(self, Self::Items | Self::Names)
    }
}

/// What a row has of the first field of a kind.
pub fn of_kind<V>(row: &BTreeMap<Field, V>, kind: FieldKind) -> Option<&V> {
    row.iter().find(|(field, _)| field.kind() == kind).map(|(_, value)| value)
}

impl Field {
    /// What its cells hold.
    #[must_use]
    pub fn kind(self) -> FieldKind {
        match self {
            Self::Number => FieldKind::Number,
            Self::Item => FieldKind::Text,
            Self::PlanCategory => FieldKind::Choice,
            Self::Target | Self::Methods => FieldKind::Items,
            Self::Deadline => FieldKind::Date,
            Self::Divisions => FieldKind::Names,
            Self::Achievement => FieldKind::Rate,
        }
    }

    /// Its name in the record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Item => "item",
            Self::PlanCategory => "plan_category",
            Self::Target => "target",
            Self::Methods => "methods",
            Self::Deadline => "deadline",
            Self::Divisions => "divisions",
            Self::Achievement => "achievement",
        }
    }

    /// A cell of it may hold several texts or names.
    #[must_use]
    pub fn holds_several(self) -> bool {
        self.kind().holds_several()
    }

    /// Its cells hold texts of several lines.
    #[must_use]
    pub fn is_wide(self) -> bool {
        self.kind().is_wide()
    }

    /// Its names for messages, Japanese and English.
    #[must_use]
    pub fn names(self) -> [&'static str; 2] {
        [self.name_ja(), self.name()]
    }

    /// Its name for a Japanese reader.
    #[must_use]
    pub fn name_ja(self) -> &'static str {
        match self {
            Self::Number => "番号",
            Self::Item => "実施項目",
            Self::PlanCategory => "計画・方針等の分類",
            Self::Target => "どの水準まで",
            Self::Methods => "どのような方法で",
            Self::Deadline => "いつまで",
            Self::Divisions => "課名",
            Self::Achievement => "達成状況",
        }
    }
}

/// What a label in a document's head announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadField {
    /// 作成日.
    Issued,
    /// 見直し日.
    Revised,
    /// 職名.
    Post,
    /// 氏名.
    Name,
    /// 職氏名.
    PostAndName,
    /// 部名.
    Department,
    /// 年度.
    FiscalYear,
}

/// The words of a document's head.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadWords {
    /// The words by which a label of the head is known.
    pub labels: BTreeMap<HeadField, Vec<String>>,
    /// Words beside a date that say that it is one of a revision.
    pub revised_marks: Vec<String>,
    /// Words beside a date that say that it is that of the issue.
    pub issued_marks: Vec<String>,
    /// Endings of posts: 部長, 課長.
    pub ranks: Vec<String>,
    /// Endings of posts that are the head of a unit.
    pub rank_of_unit: Vec<String>,
    /// Posts whose unit their name does not say, with it.
    pub units_of_posts: BTreeMap<String, String>,
    /// Endings of those to whom a document goes: 様, 各位.
    pub addressee_endings: Vec<String>,
    /// Words that open the body: 記.
    pub opening_words: Vec<String>,
    /// Words that stamps say, which are in no field.
    pub stamp_words: Vec<String>,
    /// Words that close a document: 以上.
    pub closing_words: Vec<String>,
}

/// A column of a goal table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What its cells hold.
    pub field: Field,
    /// The headings by which it is known, as match keys.
    pub words: Vec<String>,
}

/// The form of a goal table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalTableForm {
    /// Its name in `profile`.
    pub id: String,
    /// Its version in `profile`.
    pub version: String,
    /// Words of its title, as match keys.
    pub titles: Vec<String>,
    /// Its columns, in the order in which ties are settled.
    pub columns: Vec<Column>,
    /// Marks before the entries of a list.
    pub bullets: Vec<char>,
    /// Endings of the names of divisions: 課, 室.
    pub unit_suffixes: Vec<String>,
    /// What stands for a division without such an ending.
    pub whole_units: Vec<String>,
    /// Words that cells of the category column hold in many cities.
    pub categories: Vec<String>,
}

/// The form of a policy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyForm {
    /// Its name in `profile`.
    pub id: String,
    /// Its version in `profile`.
    pub version: String,
    /// Words of its title, as match keys.
    pub titles: Vec<String>,
}

/// All forms that are known.
#[derive(Clone, Debug)]
pub struct Forms {
    /// The words of heads.
    pub head: HeadWords,
    /// The form of goal tables.
    pub goal_table: GoalTableForm,
    /// The form of policies.
    pub policy: PolicyForm,
    /// A range of percent in the match key of an achievement.
    pub rate: Option<Regex>,
}

/// A form's data is no form.
#[derive(Debug, thiserror::Error)]
#[error("the profile {name} is not valid")]
pub struct Error {
    name: &'static str,
    #[source]
    source: serde_json::Error,
}

impl Forms {
    /// The forms that come with the program.
    ///
    /// # Errors
    /// When their data is no form, which a test rules out.
    pub fn built_in() -> Result<Self, Error> {
        Self::read(
            include_str!("../../../schemas/profiles/head.json"),
            include_str!("../../../schemas/profiles/goal-table.json"),
            include_str!("../../../schemas/profiles/policy.json"),
        )
    }

    /// Forms from the texts of their profiles.
    ///
    /// # Errors
    /// When one of them is no form.
    pub fn read(head: &str, goal_table: &str, policy: &str) -> Result<Self, Error> {
        let mut forms = Self {
            head: parse("head", head)?,
            goal_table: parse("goal-table", goal_table)?,
            policy: parse("policy", policy)?,
            rate: rate_pattern(),
        };
        let titles = [&mut forms.goal_table.titles, &mut forms.policy.titles];
        for words in forms.goal_table.columns.iter_mut().map(|c| &mut c.words).chain(forms.head.labels.values_mut()).chain(titles) {
            for word in words {
                *word = match_text(word);
            }
        }
        Ok(forms)
    }
}

/// 80～50%, 50%以上80%未満, 80%から50%, after the match key's folding. None would be a fault of this line,
/// which a test rules out.
pub fn rate_pattern() -> Option<Regex> {
    Regex::new(r"(\d{1,3}(?:\.\d+)?)(?:%|パーセント)?(?:[~\-―—–]|から|以上)(\d{1,3}(?:\.\d+)?)(?:%|パーセント)").ok()
}

fn parse<'a, T: Deserialize<'a>>(name: &'static str, json: &'a str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|source| Error { name, source })
}
