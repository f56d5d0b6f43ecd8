//! What is wrong with a profile, in words for the person who wrote it: what, and what to do about it.

use seisho_model::finding::Message;

/// Something in a profile that must be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1; none for the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be opened.
    Unreadable(String),
    /// It is no UTF-8.
    NotUtf8,
    /// It is too large to be one.
    TooLarge,
    /// It is no TOML.
    Syntax(String),
    /// A key that profiles do not have; which are there, and the one that it is nearly.
    UnknownKey {
        /// As written.
        key: String,
        /// The one that was meant, as far as can be told.
        near: Option<&'static str>,
        /// Those that can stand there.
        known: String,
    },
    /// A key that must be there.
    Missing(&'static str),
    /// A value of another type.
    WrongType {
        /// Whose value it is.
        key: String,
        /// What it should be.
        wanted: Type,
    },
    /// An empty text or list.
    Empty(String),
    /// An id of other characters than small letters, digits and hyphens.
    BadId(String),
    /// The id of a built-in profile.
    BuiltInId(String),
    /// The id of another profile in the folder.
    SameId {
        /// The id.
        id: String,
        /// The other file.
        file: String,
    },
    /// No kind of record.
    UnknownRecord(String),
    /// A profile without fields.
    NoFields,
    /// A record of goals without a field that says what the goal is.
    NoItem,
    /// A field's id of other characters than letters, digits and `_`.
    BadFieldId(String),
    /// Two fields of one id.
    SameField(String),
    /// A field of the contract in a form of labels.
    GoalField(String),
    /// A heading of two fields.
    SameHeading {
        /// The heading.
        heading: String,
        /// The other field.
        field: String,
    },
    /// A heading twice in one field.
    HeadingTwice(String),
    /// A heading that is no heading any more.
    HeadingTooLong(String),
    /// A kind for a field whose kind the contract says.
    FixedKind(String),
    /// No kind of values.
    UnknownKind(String),
    /// A field of one's own without a kind.
    NoKind(String),
    /// A unit where values have none.
    UnitOfKind {
        /// The field.
        field: String,
        /// Its kind.
        kind: String,
    },
    /// No unit of money.
    UnknownMoney(String),
    /// Choices where values are none.
    ChoicesOfKind(String),
    /// A choice without its list.
    NoChoices(String),
    /// One choice twice.
    ChoiceTwice(String),
    /// No rule.
    UnknownRule(String),
    /// A rule that needs fields.
    RuleWithoutFields(&'static str),
    /// A key that the rule does not take.
    NotOfRule {
        /// The key.
        key: &'static str,
        /// The rule.
        rule: &'static str,
    },
    /// A rule about a field that is not there.
    NoSuchField(String),
    /// A rule about a field of another kind.
    RuleOfKind {
        /// The rule.
        rule: &'static str,
        /// The field.
        field: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A sum that has itself among its parts.
    SumOfItself(String),
    /// A title so short that it is in any.
    ShortTitle(String),
    /// A mark that is the heading of no field.
    MarkOfNoField(String),
    /// A label of the head that has no such field.
    UnknownHead(String),
    /// A folder without profiles.
    NoProfiles,
}

/// What a value should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// "…"
    Text,
    /// true, false
    Flag,
    /// ["…", "…"]
    Texts,
    /// [{…}, {…}]
    Tables,
    /// {…}
    Table,
}

impl Fault {
    /// What is wrong and what to do, in both languages.
    #[must_use]
    pub fn message(&self) -> Message {
        let (ja, en) = match self {
            Self::Unreadable(why) => (
                format!("開けません（{why}）。ファイルの名前と読む権限を確かめてください"),
                format!("cannot be opened ({why}); check its name and the right to read it"),
            ),
            Self::NotUtf8 => (
                "UTF-8 ではありません。エディターで文字コードを UTF-8 にして保存し直してください".to_owned(),
                "is not UTF-8; save it as UTF-8 in your editor".to_owned(),
            ),
            Self::TooLarge => (
                "プロファイルにしては大きすぎます（1 MiB まで）。別のファイルではありませんか".to_owned(),
                "is too large for a profile (1 MiB at most); is it another file?".to_owned(),
            ),
            Self::Syntax(why) => (
                format!("TOML として読めません（{why}）。引用符、括弧、コンマの組を確かめてください"),
                format!("is no TOML ({why}); check quotation marks, brackets and commas"),
            ),
            Self::UnknownKey { key, near: Some(near), .. } => (
                format!("「{key}」というキーはありません。「{near}」ではありませんか"),
                format!("there is no key {key}; did you mean {near}?"),
            ),
            Self::UnknownKey { key, near: None, known } => (
                format!("「{key}」というキーはありません。ここに書けるのは {known} です"),
                format!("there is no key {key}; here you can write {known}"),
            ),
            Self::Missing(key) => {
                (format!("「{key}」がありません。{key} = … の行を加えてください"), format!("{key} is missing; add a line {key} = …"))
            }
            Self::WrongType { key, wanted } => {
                let [ja, en] = wanted.names();
                (format!("「{key}」は{ja}で書いてください"), format!("{key} must be {en}"))
            }
            Self::Empty(key) => (
                format!("「{key}」が空です。値を書くか、行ごと消してください"),
                format!("{key} is empty; write a value or delete the line"),
            ),
            Self::BadId(id) => (
                format!("id「{id}」は使えません。半角の小文字・数字・ハイフンで、文字から始めて64字まで（例 minato-goals）"),
                format!("{id} is no id; use small letters, digits and hyphens, a letter first, 64 at most (such as minato-goals)"),
            ),
            Self::BuiltInId(id) => (
                format!("id「{id}」は清書に組み込みのものと同じです。別の id にしてください"),
                format!("{id} is the id of a built-in profile; choose another"),
            ),
            Self::SameId { id, file } => (
                format!("id「{id}」は {file} にもあります。どちらかを変えてください"),
                format!("{id} is also the id of {file}; change one of them"),
            ),
            Self::UnknownRecord(record) => (
                format!("record = \"{record}\" はありません。goal（目標の表）か form（帳票）を書いてください"),
                format!("there is no record {record}; write goal (tables of goals) or form (labels and values)"),
            ),
            Self::NoFields => (
                "項目が一つもありません。fields に id と headings を書いてください".to_owned(),
                "there are no fields; write id and headings in fields".to_owned(),
            ),
            Self::NoItem => (
                "目標の表なのに item も target も methods もありません。目標の名前が入る列を id = \"item\" としてください".to_owned(),
                "goals need a field that says what they are; give the column of their names id = \"item\"".to_owned(),
            ),
            Self::BadFieldId(id) => (
                format!("項目の id「{id}」は使えません。文字・数字・_ で、数字以外から始めてください"),
                format!("{id} is no id of a field; use letters, digits and _, no digit first"),
            ),
            Self::SameField(id) => (
                format!("項目「{id}」が二つあります。見出しを一つの headings にまとめるか、id を変えてください"),
                format!("there are two fields {id}; put their headings into one list or change an id"),
            ),
            Self::GoalField(id) => (
                format!("帳票（record = \"form\"）では「{id}」を使えません。別の id にして kind を書いてください"),
                format!("{id} is a field of goals and not of forms; choose another id, with a kind"),
            ),
            Self::SameHeading { heading, field } => (
                format!("見出し「{heading}」は項目「{field}」にもあります。上の見出しを付けて「上 下」の形で書き分けてください"),
                format!("heading {heading} is also one of {field}; tell them apart by the heading above: \"outer inner\""),
            ),
            Self::HeadingTwice(heading) => (
                format!("見出し「{heading}」が二度あります（全角・半角と空白は区別しません）。一つ消してください"),
                format!("heading {heading} stands twice (width and spaces make no difference); delete one"),
            ),
            Self::HeadingTooLong(heading) => {
                let begin: String = heading.chars().take(12).collect();
                (
                    format!("見出し「{begin}…」が長すぎます。括弧の中の注記を除いて書いてください"),
                    format!("heading {begin}… is too long; leave out the remark in brackets"),
                )
            }
            Self::FixedKind(id) => (
                format!("「{id}」の種類は決まっています。kind を消すか、別の id にしてください"),
                format!("the kind of {id} is fixed; delete kind or choose another id"),
            ),
            Self::UnknownKind(kind) => (
                format!("kind = \"{kind}\" はありません。text, number, money, rate, date, choice から選んでください"),
                format!("there is no kind {kind}; choose from text, number, money, rate, date, choice"),
            ),
            Self::NoKind(id) => (
                format!("項目「{id}」の kind がありません。text, number, money, rate, date, choice から選んで加えてください"),
                format!("{id} has no kind; add one of text, number, money, rate, date, choice"),
            ),
            Self::UnitOfKind { field, kind } => (
                format!("項目「{field}」は {kind} なので unit は使えません。unit を消すか kind を number か money にしてください"),
                format!("{field} is a {kind} and has no unit; delete unit or make kind number or money"),
            ),
            Self::UnknownMoney(unit) => (
                format!("金額の単位「{unit}」はありません。円、千円、万円、百万円、億円から選んでください"),
                format!("there is no unit of money {unit}; choose from 円, 千円, 万円, 百万円, 億円"),
            ),
            Self::ChoicesOfKind(id) => (
                format!("項目「{id}」は choice ではないので choices は使えません。choices を消すか kind を choice にしてください"),
                format!("{id} is no choice; delete choices or make kind choice"),
            ),
            Self::NoChoices(id) => (
                format!("項目「{id}」は choice ですが choices がありません。選べる値を並べてください（例 choices = [\"A\", \"B\"]）"),
                format!("{id} is a choice without choices; list them (such as choices = [\"A\", \"B\"])"),
            ),
            Self::ChoiceTwice(choice) => (
                format!("選択肢「{choice}」が二度あります（全角・半角は区別しません）。一つ消してください"),
                format!("choice {choice} stands twice (width makes no difference); delete one"),
            ),
            Self::UnknownRule(rule) => (
                format!("rule = \"{rule}\" はありません。numbers_run, date_in_year, sum, unique から選んでください"),
                format!("there is no rule {rule}; choose from numbers_run, date_in_year, sum, unique"),
            ),
            Self::RuleWithoutFields(rule) => (
                format!("{rule} には fields が要ります。調べる項目の id を並べてください"),
                format!("{rule} needs fields; list the ids of those to be checked"),
            ),
            Self::NotOfRule { key, rule } => {
                (format!("{rule} に「{key}」は使えません。消してください"), format!("{rule} takes no {key}; delete it"))
            }
            Self::NoSuchField(id) => (
                format!("項目「{id}」は fields にありません。id のつづりを確かめてください"),
                format!("there is no field {id}; check the spelling of its id"),
            ),
            Self::RuleOfKind { rule, field, wanted } => (
                format!("{rule} は {wanted} の項目にだけ使えます。「{field}」を外すか kind を直してください"),
                format!("{rule} is for fields of kind {wanted}; leave {field} out or change its kind"),
            ),
            Self::SumOfItself(id) => (
                format!("「{id}」が合計と内訳の両方にあります。fields から外してください"),
                format!("{id} is its own part; leave it out of fields"),
            ),
            Self::ShortTitle(title) => (
                format!("題名の語「{title}」は短すぎ、どの文書にも当たります。2字以上にしてください"),
                format!("{title} is in too many titles; use two letters or more"),
            ),
            Self::MarkOfNoField(mark) => (
                format!("marks の「{mark}」はどの項目の見出しでもありません。headings に加えるか、marks から消してください"),
                format!("mark {mark} is the heading of no field; add it to headings or delete it from marks"),
            ),
            Self::UnknownHead(name) => (
                format!(
                    "head に「{name}」はありません。issued, revised, post, name, post_and_name, department, fiscal_year から選んでください"
                ),
                format!("there is no {name} in heads; choose from issued, revised, post, name, post_and_name, department, fiscal_year"),
            ),
            Self::NoProfiles => (
                "このフォルダーに .toml のプロファイルがありません。フォルダーの名前を確かめてください".to_owned(),
                "has no profiles (.toml) in it; check the folder's name".to_owned(),
            ),
        };
        Message { ja, en }
    }
}

impl Type {
    fn names(self) -> [&'static str; 2] {
        match self {
            Self::Text => ["引用符で囲んだ文字（\"…\"）", "a text in quotation marks (\"…\")"],
            Self::Flag => ["true か false", "true or false"],
            Self::Texts => ["文字の並び（[\"…\", \"…\"]）", "a list of texts ([\"…\", \"…\"])"],
            Self::Tables => ["{ … } の並び（[{ … }, { … }]）", "a list of tables ([{ … }, { … }])"],
            Self::Table => ["{ … } の形", "a table ({ … })"],
        }
    }
}
