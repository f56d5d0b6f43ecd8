//! Forms as data: the words by which a form's headings, head and lists are known. Knows no form itself.

use crate::Field;
use crate::headings::Index;
use crate::profiles::{self, Profile, ProfileFile};
use regex::Regex;
use schemars::JsonSchema;
use seisho_japanese::normalize::match_text;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// What a label in a document's head announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
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

impl HeadField {
    /// All of them, by name.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("issued", Self::Issued),
        ("revised", Self::Revised),
        ("post", Self::Post),
        ("name", Self::Name),
        ("post_and_name", Self::PostAndName),
        ("department", Self::Department),
        ("fiscal_year", Self::FiscalYear),
    ];
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
    /// Words that say whom to ask about a document, at its end.
    pub contact_words: Vec<String>,
    /// Units whose names a title may bear: 部, 局.
    pub title_units: Vec<String>,
    /// Nouns that name a paper, at the end of its title: 表, 方針.
    pub title_nouns: Vec<String>,
}

/// A column of a goal table.
#[derive(Clone, Debug)]
pub struct Column {
    /// What its cells hold.
    pub field: Field,
    /// The headings by which it is known, as match keys.
    pub headings: Vec<String>,
    /// What other headings of it are made of, as match keys.
    pub words: Vec<String>,
}

/// What columns hold that are of no field: budgets, remarks, the four quarters.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OtherColumns {
    /// Words of their headings, as match keys.
    pub words: Vec<String>,
    /// Those that say of another time (来年度, 前年度): whatever stands behind them is no field of this one.
    pub times: Vec<String>,
}

/// How texts of a column end, by which it is told from others.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Endings {
    /// A state that is reached: …している.
    pub states: Vec<String>,
    /// What was done: …した.
    pub results: Vec<String>,
    /// Names of plans: 総合計画.
    pub plans: Vec<String>,
    /// Marks and words of a valuation: A, ○, 順調.
    pub grades: Vec<String>,
    /// What becomes of a task: 新規, 継続. A choice among them names no plan.
    pub changes: Vec<String>,
}

/// The form of a goal table.
#[derive(Clone, Debug)]
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
    /// Headings that a user's profile gives, as match keys: no other evidence is asked for.
    pub certain: BTreeMap<String, Field>,
    /// Take any rows below a heading for goals, whatever its words: for drafts of profiles.
    pub any_words: bool,
    /// The words of its headings, to be looked up.
    pub(crate) index: Index,
}

/// The form of a policy.
#[derive(Clone, Debug)]
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
    /// Profiles of users, by id.
    pub profiles: Vec<Profile>,
    /// For each of them these forms as it changes them.
    of_profiles: Vec<Self>,
    /// The one that these forms follow.
    pub followed: Option<Profile>,
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
        let mut forms = Self {
            head: parse("head", include_str!("../../../data/profiles/head.toml"))?,
            goal_table: goal_table(parse("goal-table", GOAL_TABLE)?),
            policy: policy(parse("policy", POLICY)?),
            profiles: Vec::new(),
            of_profiles: Vec::new(),
            followed: None,
        };
        forms.fold();
        Ok(forms)
    }

    /// With profiles of users; those of two with the same id that come later are not taken.
    #[must_use]
    pub fn with_profiles(mut self, mut profiles: Vec<Profile>) -> Self {
        profiles.sort_by(|a, b| a.file.id.cmp(&b.file.id));
        profiles.dedup_by(|a, b| a.file.id == b.file.id);
        self.of_profiles = profiles.iter().map(|p| self.following(p)).collect();
        self.profiles = profiles;
        self
    }

    /// The forms as one of the profiles changes them.
    #[must_use]
    pub fn of_profile(&self, id: &str) -> Option<&Self> {
        self.of_profiles.iter().find(|forms| forms.followed.as_ref().is_some_and(|p| p.file.id == id))
    }

    /// The forms as a user's profile changes them: its headings name its fields and nothing else, its words are added.
    fn following(&self, profile: &Profile) -> Self {
        let mut forms = Self { profiles: Vec::new(), of_profiles: Vec::new(), followed: Some(profile.clone()), ..self.clone() };
        let (file, form) = (&profile.file, &mut forms.goal_table);
        form.certain = profile.named().map(|(key, field)| (key.to_owned(), field)).collect();
        for column in &mut form.columns {
            column.headings.retain(|heading| !form.certain.contains_key(heading));
        }
        for (field, entry) in profile.fields.iter().zip(&file.fields) {
            match form.columns.iter_mut().find(|c| c.field == *field) {
                Some(column) => {
                    column.headings.extend(entry.headings.iter().cloned());
                    column.words.extend(entry.words.iter().cloned());
                }
                None => form.columns.push(Column { field: *field, headings: entry.headings.clone(), words: Vec::new() }),
            }
        }
        let mut titles = file.titles.clone();
        titles.append(&mut form.titles);
        form.titles = titles;
        form.bullets.extend(&file.bullets);
        let lists = [
            (&mut form.unit_suffixes, &file.unit_suffixes),
            (&mut form.whole_units, &file.whole_units),
            (&mut form.categories, &file.categories),
            (&mut form.general, &file.general),
            (&mut form.other.words, &file.other.words),
            (&mut form.other.times, &file.other.times),
            (&mut form.endings.states, &file.endings.states),
            (&mut form.endings.results, &file.endings.results),
            (&mut form.endings.plans, &file.endings.plans),
            (&mut form.endings.grades, &file.endings.grades),
            (&mut form.endings.changes, &file.endings.changes),
        ];
        for (list, more) in lists {
            list.extend(more.iter().cloned());
        }
        for (field, labels) in &file.head {
            forms.head.labels.entry(*field).or_default().extend(labels.iter().cloned());
        }
        forms.fold();
        forms
    }

    /// Words as match keys, each once.
    fn fold(&mut self) {
        let form = &mut self.goal_table;
        let columns = form.columns.iter_mut().flat_map(|c| [&mut c.headings, &mut c.words]);
        let (other, endings) = (&mut form.other, &mut form.endings);
        let of_form = [&mut form.general, &mut other.words, &mut other.times, &mut endings.grades, &mut endings.changes, &mut form.titles];
        let lists = columns.chain(of_form).chain([&mut self.policy.titles]);
        for list in lists.chain(self.head.labels.values_mut()).chain(self.head.label_endings.values_mut()) {
            let mut seen = BTreeSet::new();
            *list = list.iter().map(|word| match_text(word)).filter(|word| seen.insert(word.clone())).collect();
        }
        self.goal_table.index = Index::new(&self.goal_table.columns);
    }
}

const GOAL_TABLE: &str = include_str!("../../../data/profiles/goal-table.toml");
const POLICY: &str = include_str!("../../../data/profiles/policy.toml");

fn goal_table(file: ProfileFile) -> GoalTableForm {
    let column = |f: profiles::FieldEntry| Some(Column { field: Field::named(&f.id)?, headings: f.headings, words: f.words });
    GoalTableForm {
        id: file.id,
        version: file.version,
        titles: file.titles,
        columns: file.fields.into_iter().filter_map(column).collect(),
        bullets: file.bullets,
        unit_suffixes: file.unit_suffixes,
        whole_units: file.whole_units,
        categories: file.categories,
        general: file.general,
        other: file.other,
        endings: file.endings,
        certain: BTreeMap::new(),
        any_words: false,
        index: Index::default(),
    }
}

fn policy(file: ProfileFile) -> PolicyForm {
    PolicyForm { id: file.id, version: file.version, titles: file.titles }
}

/// 80～50%, 50%以上80%未満, 80%から50%, after the match key's folding. None would be a fault of this line,
/// which a test rules out.
pub fn rate_pattern() -> Option<&'static Regex> {
    const RATE: &str = r"(\d{1,3}(?:\.\d+)?)(?:%|パーセント)?(?:[~\-―—–]|から|以上)(\d{1,3}(?:\.\d+)?)(?:%|パーセント)";
    // Made when the first achievement comes: it takes as long as to convert a small text.
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    PATTERN.get_or_init(|| Regex::new(RATE).ok()).as_ref()
}

fn parse<'a, T: Deserialize<'a>>(name: &'static str, text: &'a str) -> Result<T, Error> {
    toml::from_str(text).map_err(|source| Error { name, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_profiles_are_files_as_users_write_them() {
        for text in [GOAL_TABLE, POLICY] {
            assert_eq!(profiles::problems_of_built_in(text), []);
        }
        let forms = Forms::built_in().unwrap();
        assert_eq!([forms.goal_table.id.as_str(), forms.policy.id.as_str()], profiles::BUILT_IN);
        assert_eq!(forms.goal_table.columns.len(), 8);
    }
}
