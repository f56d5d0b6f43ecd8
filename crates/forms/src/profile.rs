//! Forms as data: the words by which a form's headings, head and lists are known. Knows no form itself.

use crate::Field;
use regex::Regex;
use seisho_japanese::normalize::match_text;
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// Endings by which other labels are known where they stand as labels do.
    pub label_endings: BTreeMap<HeadField, Vec<String>>,
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
    /// Units whose names a title may bear: 部, 局.
    pub title_units: Vec<String>,
    /// Nouns that name a paper, at the end of its title: 表, 方針.
    pub title_nouns: Vec<String>,
}

/// A column of a goal table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What its cells hold.
    pub field: Field,
    /// The headings by which it is known, as match keys.
    pub headings: Vec<String>,
    /// What other headings of it are made of, as match keys.
    pub words: Vec<String>,
}

/// What columns hold that are of no field: budgets, remarks, the four quarters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherColumns {
    /// Words of their headings, as match keys.
    pub words: Vec<String>,
}

/// How texts of a column end, by which it is told from others.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endings {
    /// A state that is reached: …している.
    pub states: Vec<String>,
    /// What was done: …した.
    pub results: Vec<String>,
    /// Names of plans: 総合計画.
    pub plans: Vec<String>,
    /// Marks and words of a valuation: A, ○, 順調.
    pub grades: Vec<String>,
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
    /// Words that name a column only together with what stands in their brackets.
    pub general: Vec<String>,
    /// Columns that are of no field.
    pub other: OtherColumns,
    /// How texts of columns end.
    pub endings: Endings,
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
    source: toml::de::Error,
}

impl Forms {
    /// The forms that come with the program.
    ///
    /// # Errors
    /// When their data is no form, which a test rules out.
    pub fn built_in() -> Result<Self, Error> {
        Self::read(
            include_str!("../../../data/profiles/head.toml"),
            include_str!("../../../data/profiles/goal-table.toml"),
            include_str!("../../../data/profiles/policy.toml"),
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
        let form = &mut forms.goal_table;
        let columns = form.columns.iter_mut().flat_map(|c| [&mut c.headings, &mut c.words]);
        let lists =
            columns.chain([&mut form.general, &mut form.other.words, &mut form.endings.grades, &mut form.titles, &mut forms.policy.titles]);
        for word in lists.chain(forms.head.labels.values_mut()).chain(forms.head.label_endings.values_mut()).flatten() {
            *word = match_text(word);
        }
        Ok(forms)
    }
}

/// 80～50%, 50%以上80%未満, 80%から50%, after the match key's folding. None would be a fault of this line,
/// which a test rules out.
pub fn rate_pattern() -> Option<Regex> {
    Regex::new(r"(\d{1,3}(?:\.\d+)?)(?:%|パーセント)?(?:[~\-―—–]|から|以上)(\d{1,3}(?:\.\d+)?)(?:%|パーセント)").ok()
}

fn parse<'a, T: Deserialize<'a>>(name: &'static str, text: &'a str) -> Result<T, Error> {
    toml::from_str(text).map_err(|source| Error { name, source })
}
