//! The fields of a goal, and what their cells hold.

use std::collections::BTreeMap;

/// A field of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// A field that a user's profile adds, by its place in the profile.
    Own(u16),
    /// A column of the form that is none of these, by its place among such columns.
    Other(u16),
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
    /// Anything: texts as they stand, each cell for itself.
    Free,
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
            Self::Own(_) | Self::Other(_) => FieldKind::Free,
        }
    }

    /// The fields of the contract, in the order in which ties are settled.
    pub const OF_CONTRACT: [Self; 8] =
        [Self::Number, Self::Item, Self::PlanCategory, Self::Target, Self::Methods, Self::Deadline, Self::Divisions, Self::Achievement];

    /// The field of the contract that is called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::OF_CONTRACT.into_iter().find(|f| f.name() == name)
    }

    /// True for a field of the contract.
    #[must_use]
    pub fn is_named(self) -> bool {
        !matches!(self, Self::Own(_) | Self::Other(_))
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
            Self::Own(_) => "fields",
            Self::Other(_) => "other",
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
            Self::Own(_) => "プロファイルの項目",
            Self::Other(_) => "その他の列",
        }
    }
}
