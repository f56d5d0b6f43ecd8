//! Readings of scans mended by knowledge: marks that readers mix up, words that every office writes, the rest of the
//! document. Every change is a guess, kept beside the raw reading; used for nothing but scans.

mod by_words;
mod layer_merge;
pub mod looks;
mod misreadings;
pub mod text_layer;

use regex::Regex;
use seisho_model::ink::Origin;
use seisho_model::script::is_kanji;
use seisho_model::{Change, Edited, Pages, Run, TextRange, Trust};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What the rules of mending have in common.
pub const RULE_PREFIX: &str = "mend-";

/// Whether all of a run was read from scans.
pub fn is_scanned(pages: &Pages, run: &Run) -> bool {
    let is_scan = |page: u32| pages.0[page as usize].ink.as_ref().is_some_and(|i| matches!(i.origin, Origin::Scan(_)));
    !run.0.is_empty() && run.0.iter().all(|p| is_scan(p.page))
}

/// The rules, made ready once: when the first reading of a scan comes, which takes longer than to convert a small text.
#[derive(Clone, Debug, Default)]
pub struct Mender(OnceLock<Rules>);

#[derive(Clone, Debug)]
struct Rules {
    /// Patterns whose first group is misread, the rule's name, and what stands there.
    patterns: Vec<(Regex, &'static str, &'static str)>,
    words: Vec<misreadings::Misreading>,
}

impl Mender {
    /// The rules that come with the program.
    #[must_use]
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The changes that a raw reading calls for.
    pub fn changes(&self, raw: &str) -> Vec<Change> {
        let rules = self.0.get_or_init(Rules::new);
        let mut changes = Vec::new();
        for word in &rules.words {
            changes.extend(word.places(raw).map(|range| guess("mend-word", range, &word.right)));
        }
        for (pattern, rule, with) in &rules.patterns {
            for found in pattern.captures_iter(raw).filter_map(|c| c.get(1)) {
                changes.push(guess(rule, found.range(), with));
            }
        }
        changes
    }
}

impl Rules {
    fn new() -> Self {
        let of = |pattern: &str, rule, with| Some((Regex::new(pattern).ok()?, rule, with));
        let all = [
            // (8月て) for (8月～): nothing else stands between a month and a closing bracket.
            of(r"\d月([てー一])[)）]", "mend-range-mark", "～"),
            // 95て80%: a range of percent.
            of(r"\d([てこごー一<>])\s*\d+\s*[%％]", "mend-range-mark", "～"),
            // 8。て50%: a digit stands before the range.
            of(r"\d([。oOＯ〇])[てこー一～]\s*\d+\s*[%％]", "mend-digit", "0"),
            // 9。.7%: no sentence ends in a number.
            of(r"\d([。oOＯ〇])[.．]\d+\s*[%％]", "mend-digit", "0"),
            of(r"\d[。oOＯ〇]([てこー一])\s*\d+\s*[%％]", "mend-range-mark", "～"),
            // 達成率9580%: no rate has four digits.
            of(r"率\s*\d\d()\d\d\s*[%％]", "mend-range-mark", "～"),
            // 15.771件: things that are counted come whole, over the end of a line too.
            of(r"\d([.．])\d{3}\s*(?:人|件|部|名|灯|時間|円|千円|手続|世帯|か所|箇所|冊|台|点)", "mend-thousands", ","),
            // 2。.720件: a number of thousands.
            of(r"\d([。oOＯ〇])[.．,]\d{3}\s*(?:人|件|部|名|灯|時間|円|千円|点)", "mend-digit", "0"),
            of(r"\d[。oOＯ〇]([.．])\d{3}\s*(?:人|件|部|名|灯|時間|円|千円|点)", "mend-thousands", ","),
            // 20,.289件 and 87%%: a mark that was read twice.
            of(r"\d,([.．,])\d{3}", "mend-thousands", ""),
            of(r"\d[%％]([%％])", "mend-digit", ""),
            // Al, alone among Japanese: AI.
            of(r"(?:^|[^A-Za-z])A([l1])(?:[^A-Za-z0-9]|$)", "mend-letter", "I"),
            // ー lengthens a kana; before a kanji and behind none it is 一.
            of(r"(?:^|[^\p{Hiragana}\p{Katakana}ー\w\s]|\p{Han})(ー)\p{Han}", "mend-word", "一"),
            // № alone in a cell, which readers do not know: N9, Ne, No.
            of(r"^\s*(N[oOｏeEcCgGqQ0-9°º。〇]{1,2}\.?)\s*$", "mend-letter", "№"),
            // Nothing but a stroke in a cell: a dash.
            of(r"^\s*(ー+)\s*$", "mend-dash", "－"),
            of(r"\d月(未)(?:$|[^満達了定着完])", "mend-word", "末"),
            // 6月本市 is good Japanese: only where nothing that 本 could begin follows.
            of(r"\d月(本)(?:$|[\s)）、。,・～まにをのか])", "mend-word", "末"),
        ];
        Self { patterns: all.into_iter().flatten().collect(), words: misreadings::built_in() }
    }
}

fn guess(rule: &'static str, range: std::ops::Range<usize>, with: &str) -> Change {
    Change { rule, raw: TextRange::new(range.start, range.end), with: with.to_owned(), trust: Trust::Guess }
}

/// The value of a choice field that a reading stands for: one that the document has at least twice as often and that
/// differs by a single mark. None where the reading is such a value itself, or two are as near.
pub fn choice<'v>(text: &str, doubtful: &str, counts: &'v BTreeMap<String, usize>) -> Option<&'v str> {
    let own = counts.get(text).copied().unwrap_or(0);
    if text.is_empty() || own > 1 {
        return None;
    }
    let near = |other: &&String| is_near(text, other, doubtful);
    let mut found = counts.iter().filter(|(_, n)| **n >= 2.max(own * 2)).map(|(value, _)| value).filter(near);
    let first = found.next()?;
    found.next().is_none().then_some(first.as_str())
}

/// Whether a text is another one but for one character that was put in, left out or changed. What was read and is sure
/// stays: 納税課 is not 課税課. Of what was not read only marks and kana are supplied: 税務課 is not 市税務課.
pub fn is_near(text: &str, other: &str, doubtful: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (text.chars().collect(), other.chars().collect());
    // Digits are never told by what is usual.
    if a.len().max(b.len()) < 3 || a == b || a.iter().chain(&b).any(|c| c.is_numeric()) {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    match (&a[start..a.len() - end], &b[start..b.len() - end]) {
        ([read], [_]) => doubtful.contains(*read),
        ([read], []) => !read.is_alphanumeric() || doubtful.contains(*read),
        ([], [missing]) => !is_kanji(*missing),
        _ => false,
    }
}

/// Words that stand alone in a cell of deadlines.
const DEADLINES: [&str; 7] = ["年度末", "年末", "年内", "随時", "通年", "早急", "継続"];

/// The deadline that a reading which is none nearly says: 年度本, 随叶. None where two are as near.
pub fn deadline(text: &str) -> Option<&'static str> {
    let chars: Vec<char> = text.chars().collect();
    let differs = |word: &&str| word.chars().zip(&chars).filter(|(a, b)| a != *b).count();
    let mut near = DEADLINES.iter().filter(|w| w.chars().count() == chars.len() && differs(w) == 1);
    let first = near.next()?;
    (near.next().is_none() && !chars.iter().any(|c| c.is_numeric())).then_some(first)
}

/// A reading that says something else than its raw text.
pub fn replaced(raw: &str, with: &str) -> Edited {
    Edited::apply(raw, vec![guess("mend-by-the-rest", 0..raw.len(), with)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(raw: &str) -> String {
        Edited::apply(raw, Mender::built_in().changes(raw)).text
    }

    #[test]
    fn what_readers_mix_up_is_mended_and_what_is_right_is_left() {
        assert_eq!(mended("(8月て)15.771件を年度未までに"), "(8月～)15,771件を年度末までに");
        assert_eq!(mended("一部達成した(達成率95て80%)"), "一部達成した(達成率95～80%)");
        assert_eq!(mended("一部達成した(達成率9580%)"), "一部達成した(達成率95～80%)");
        assert_eq!(mended("(達成率8。て50%)"), "(達成率80～50%)");
        assert_eq!(mended("ー部達成した(達成率95こ80%)"), "一部達成した(達成率95～80%)");
        assert_eq!(mended("(達成率8。て\n50%)"), "(達成率80～\n50%)");
        assert_eq!((mended("ほぼば達成した"), mended("ーー"), mended("統ー的")), ("ほぼ達成した".into(), "－".into(), "統一的".into()));
        assert_eq!(mended("目標値(9。.7%)"), "目標値(90.7%)");
        assert_eq!(mended("案件15.771\n件"), "案件15,771\n件");
        assert_eq!((mended("照会(年2。.720件)"), mended("年間20,.289件が87%%")), ("照会(年20,720件)".into(), "年間20,289件が87%".into()));
        assert_eq!(mended("生成Alの活用"), "生成AIの活用");
        assert_eq!((mended("本年度の日標"), mended("事業の日的と検対")), ("本年度の目標".into(), "事業の目的と検討".into()));
        for right in [
            "年度未満の額",
            "調べて80%",
            "1.234%",
            "All",
            "把握",
            "センター長",
            "データー一覧",
            "バリアフリ\nー化",
            "今日的な課題",
            "1日標準額",
            "点検対象の施設",
            "必要託児数",
            "本日座長",
            "今日座談会",
            "相談害獣",
            "6月本市議会",
            "店内会議",
        ] {
            assert_eq!(mended(right), right);
        }
    }

    #[test]
    fn a_deadline_that_is_none_is_the_word_that_it_nearly_says() {
        assert_eq!((deadline("年度本"), deadline("随叶")), (Some("年度末"), Some("随時")));
        assert_eq!(["年度", "年", "3日", "未定", "10月"].map(deadline), [None; 5]);
    }

    #[test]
    fn a_choice_is_mended_only_by_a_usual_one_that_is_near() {
        let counts =
            [("市長特命", 3), ("市長待命", 1), ("その他", 2), ("納税課", 1), ("課税課", 2), ("3月", 5), ("8月", 1), ("センター", 2)];
        let counts: BTreeMap<String, usize> = counts.map(|(v, n)| (v.to_owned(), n)).into();
        assert_eq!(choice("市長待命", "待", &counts), Some("市長特命"));
        assert_eq!(choice("市長待命", "", &counts), None, "what is sure stays");
        assert_eq!(choice("納税課", "", &counts), None, "another division");
        assert_eq!(choice("センタ", "", &counts), Some("センター"));
        assert_eq!(choice("その他|", "", &counts), Some("その他"));
        assert_eq!(choice("8月", "8", &counts), None, "digits are no matter of habit");
    }
}
