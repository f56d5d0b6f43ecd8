//! mecab-ipadic's parts of speech as types.
//!
//! Knows the strings of the dictionary and nothing else reads them. Levels that no rule asks for are
//! folded together; what is folded says so.

/// What kind of word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartOfSpeech {
    /// 名詞
    Noun(Noun),
    /// 動詞
    Verb(Verb),
    /// 形容詞, independent or not
    Adjective,
    /// 助動詞: だ, です, た, ない, ます, べき
    Auxiliary,
    /// 助詞
    Particle(Particle),
    /// 副詞
    Adverb,
    /// 連体詞: この, 大きな
    Adnominal,
    /// 接続詞: また, 及び
    Conjunction,
    /// 接頭詞: 全, 新, 第
    Prefix,
    /// 感動詞
    Interjection,
    /// 記号
    Symbol(Symbol),
    /// フィラー, その他
    Other,
}

/// Kinds of 名詞.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// 一般, and what is rare: 引用文字列, 特殊
    Common,
    /// 固有名詞
    Proper,
    /// サ変接続: takes する
    Verbal,
    /// 形容動詞語幹, ナイ形容詞語幹: takes な or ない
    Adjectival,
    /// 副詞可能: 年度末, 今後
    Adverbial,
    /// 代名詞
    Pronoun,
    /// 数
    Number,
    /// 非自立: こと, もの, ため, よう
    Dependent,
    /// 接尾: 課, 市, 者, 等
    Suffix,
    /// 接尾-サ変接続: 化, 視
    VerbalSuffix,
    /// 接尾-形容動詞語幹: 的
    AdjectivalSuffix,
    /// 接尾-助数詞: 年, 件, 期
    Counter,
    /// 接続詞的: 対, 兼
    Conjunctive,
}

/// Kinds of 動詞.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// 自立
    Independent,
    /// 非自立: いる, おく after て
    Dependent,
    /// 接尾: れる, せる
    Suffix,
}

/// Kinds of 助詞.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Particle {
    /// 格助詞: が, を, に, へ, と, から, について
    Case,
    /// 係助詞: は, も
    Topic,
    /// 接続助詞: て, ので, ながら
    Conjunctive,
    /// 連体化: の
    Adnominalizing,
    /// 並立助詞: や, と, とか
    Parallel,
    /// 副助詞: まで, など, のみ
    Adverbial,
    /// 副詞化: に after an adverb or adjectival noun
    Adverbializing,
    /// 終助詞, and 副助詞／並立助詞／終助詞 (か): may end a sentence
    Final,
    /// 特殊
    Other,
}

/// Kinds of 記号.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// 句点: 。 and ．
    Period,
    /// 読点: 、 and ，
    Comma,
    /// 括弧開
    Open,
    /// 括弧閉
    Close,
    /// White space of any kind.
    Space,
    /// アルファベット: one full-width letter
    Letter,
    /// 一般: ・ ～ ○
    Other,
}

/// The form of a word that conjugates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conjugation {
    /// 基本形, literary and contracted ones too: 行う
    Plain,
    /// 連用形: 行い
    Continuative,
    /// 連用タ接続, 連用テ接続 and their like: 行っ(た), 早く(て)
    BeforeTeOrTa,
    /// 未然形 and its variants: 行わ(ない)
    Irrealis,
    /// 仮定形: 行え(ば)
    Conditional,
    /// 命令形
    Imperative,
    /// 体言接続: な of だ before a noun
    Attributive,
    /// ガル接続: the bare stem of an adjective
    Stem,
}

impl PartOfSpeech {
    /// From the first three levels of mecab-ipadic's hierarchy.
    pub(super) fn from_ipadic(first: &str, second: &str, third: &str) -> Self {
        match first {
            "名詞" => Self::Noun(noun(second, third)),
            "動詞" => Self::Verb(match second {
                "非自立" => Verb::Dependent,
                "接尾" => Verb::Suffix,
                _ => Verb::Independent,
            }),
            "形容詞" => Self::Adjective,
            "助動詞" => Self::Auxiliary,
            "助詞" => Self::Particle(particle(second)),
            "副詞" => Self::Adverb,
            "連体詞" => Self::Adnominal,
            "接続詞" => Self::Conjunction,
            "接頭詞" => Self::Prefix,
            "感動詞" => Self::Interjection,
            "記号" => Self::Symbol(match second {
                "句点" => Symbol::Period,
                "読点" => Symbol::Comma,
                "括弧開" => Symbol::Open,
                "括弧閉" => Symbol::Close,
                "空白" => Symbol::Space,
                "アルファベット" => Symbol::Letter,
                _ => Symbol::Other,
            }),
            _ => Self::Other,
        }
    }

    /// A symbol by its characters, before the dictionary is asked: mecab-ipadic takes symbols that it
    /// does not have, ASCII brackets among them, for nouns with する, and a tab for no white space.
    pub(super) fn of_symbol(surface: &str) -> Option<Self> {
        let first = surface.chars().next()?;
        if surface.chars().any(is_word_character) {
            return None;
        }
        Some(Self::Symbol(match first {
            _ if surface.chars().all(char::is_whitespace) => Symbol::Space,
            '。' | '．' | '｡' => Symbol::Period,
            '、' | '，' | '､' | ',' => Symbol::Comma,
            '(' | '[' | '{' | '（' | '［' | '｛' | '「' | '『' | '【' | '〔' | '〈' | '《' | '｢' | '“' | '‘' => Symbol::Open,
            ')' | ']' | '}' | '）' | '］' | '｝' | '」' | '』' | '】' | '〕' | '〉' | '》' | '｣' | '”' | '’' => {
                Symbol::Close
            }
            _ => Symbol::Other,
        }))
    }

    /// 名詞 of any kind.
    #[must_use]
    pub fn is_noun(self) -> bool {
        matches!(self, Self::Noun(_))
    }

    /// 助詞 of any kind.
    #[must_use]
    pub fn is_particle(self) -> bool {
        matches!(self, Self::Particle(_))
    }

    /// A verb, an adjective or an auxiliary: what a predicate is made of.
    #[must_use]
    pub fn conjugates(self) -> bool {
        matches!(self, Self::Verb(_) | Self::Adjective | Self::Auxiliary)
    }

    /// A word that cannot start a phrase: it leans on what stands before it.
    #[must_use]
    pub fn leans_left(self) -> bool {
        matches!(
            self,
            Self::Particle(_)
                | Self::Auxiliary
                | Self::Verb(Verb::Suffix)
                | Self::Noun(Noun::Suffix | Noun::VerbalSuffix | Noun::AdjectivalSuffix | Noun::Counter)
                | Self::Symbol(Symbol::Period | Symbol::Comma | Symbol::Close)
        )
    }
}

/// A letter, digit, kana or ideograph; not a number in a circle, which is a list mark.
fn is_word_character(c: char) -> bool {
    let circled = matches!(c, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}');
    c.is_alphanumeric() && !circled
}

fn noun(second: &str, third: &str) -> Noun {
    match (second, third) {
        ("固有名詞", _) => Noun::Proper,
        ("サ変接続", _) => Noun::Verbal,
        ("形容動詞語幹" | "ナイ形容詞語幹", _) => Noun::Adjectival,
        ("副詞可能", _) => Noun::Adverbial,
        ("代名詞", _) => Noun::Pronoun,
        ("数", _) => Noun::Number,
        ("非自立" | "動詞非自立的", _) => Noun::Dependent,
        ("接尾", "サ変接続") => Noun::VerbalSuffix,
        ("接尾", "形容動詞語幹") => Noun::AdjectivalSuffix,
        ("接尾", "助数詞") => Noun::Counter,
        ("接尾", _) => Noun::Suffix,
        ("接続詞的", _) => Noun::Conjunctive,
        _ => Noun::Common,
    }
}

fn particle(second: &str) -> Particle {
    match second {
        "格助詞" => Particle::Case,
        "係助詞" => Particle::Topic,
        "接続助詞" => Particle::Conjunctive,
        "連体化" => Particle::Adnominalizing,
        "並立助詞" => Particle::Parallel,
        "副助詞" => Particle::Adverbial,
        "副詞化" => Particle::Adverbializing,
        "終助詞" | "副助詞／並立助詞／終助詞" => Particle::Final,
        _ => Particle::Other,
    }
}

impl Conjugation {
    /// From mecab-ipadic's 活用形; `None` for `*`, a word that does not conjugate.
    pub(super) fn from_ipadic(form: &str) -> Option<Self> {
        let starts = |head: &str| form.starts_with(head);
        Some(match form {
            "*" => return None,
            "連用形" => Self::Continuative,
            _ if starts("連用") => Self::BeforeTeOrTa,
            _ if starts("未然") => Self::Irrealis,
            _ if starts("仮定") => Self::Conditional,
            _ if starts("命令") => Self::Imperative,
            _ if starts("体言接続") => Self::Attributive,
            _ if starts("ガル接続") => Self::Stem,
            // 基本形, 文語基本形, 音便基本形, 現代基本形
            _ => Self::Plain,
        })
    }
}
