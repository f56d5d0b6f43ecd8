//! Letter spacing: 職  名, 令 和 4 年 4 月 1 日, 政 策 部 長.
//!
//! Forms space the letters of a word to fill a line. Such a gap is layout and is closed; a gap between
//! two words (伊藤 寿一) is not. The rule, for each line between tabs:
//!
//! 1. The line is cut at white space into chunks. A chunk of one letter is a *unit*, and so is a number.
//! 2. Units in a row make a *run*; a gap wider than the run's narrowest ends it (政 策 部 長　　大 野 一 郎).
//! 3. A run of three or more units with two or more kana or kanji is closed, unless it is a series that
//!    is written apart: 月 火 水, ア イ ウ, 一 二 三, 上 中 下.
//! 4. A run of two is closed only when it is a word that forms space out (氏  名, 職　名, 総　括), from a
//!    list: 林　茂 is a man.
//! 5. A number and its 年, 月 or 日 are closed, and an era name before a closed date joins it.

use super::CLOSE_LETTER_SPACING;
use seisho_model::reading::Change;
use seisho_model::script;
use seisho_model::text::TextRange;

/// Words of two letters that forms and title pages space out.
#[rustfmt::skip]
const SPACED_WORDS: &[&str] = &[
    "職名", "氏名", "所属", "部署", "部名", "課名", "係名", "役職", "担当", "件名", "題名", "標題", "表題", "名称", "日付", "日時",
    "期日", "期限", "期間", "番号", "項目", "内容", "備考", "摘要", "区分", "分類", "目標", "目的", "概要", "目次", "総括", "総論",
    "各論", "前文", "本文", "附則", "付則", "別紙", "別表", "別添", "参考", "資料", "記号", "宛先", "住所", "電話", "部長", "課長",
    "室長", "係長", "局長", "次長", "所長", "館長", "市長", "町長", "村長", "区長", "知事", "議長", "様式", "案件", "議題", "議案",
    "予算", "決算", "歳入", "歳出", "合計", "小計", "総計", "金額", "単位", "数量", "場所", "時間", "年度", "理由", "経過", "結果",
];

/// Series whose members stand apart although each is one letter.
const SERIES: &[&str] = &[
    "月火水木金土日",
    "日月火水木金土",
    "春夏秋冬",
    "東西南北",
    "上中下",
    "大中小",
    "甲乙丙丁",
    "優良可",
    "松竹梅",
    "一二三四五六七八九十",
    "アイウエオカキクケコサシスセソ",
    "イロハニホヘトチリヌル",
    "あいうえおかきくけこさしすせそ",
];

const ERAS: &[&str] = &["明治", "大正", "昭和", "平成", "令和"];

/// A stretch of a line without white space.
#[derive(Clone)]
struct Chunk<'t> {
    text: &'t str,
    start: usize,
    unit: bool,
}

impl Chunk<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The changes that close the gaps between the letters of one word.
#[must_use]
pub fn letter_spacing_changes(raw: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut start = 0;
    for part in raw.split_inclusive(|c: char| c.is_control()) {
        in_part(part, start, &mut changes);
        start += part.len();
    }
    changes
}

fn in_part(part: &str, start: usize, changes: &mut Vec<Change>) {
    let chunks = chunks(part, start);
    let mut from = 0;
    while from < chunks.len() {
        let units = chunks[from..].iter().take_while(|chunk| chunk.unit).count();
        let mut at = from;
        for run in split_at_wide_gaps(&chunks[from..from + units]) {
            let number = usize::from(starts_with_label(run));
            if is_one_word(&run[number..]) {
                changes.extend(run[number..].windows(2).map(|pair| close(&pair[0], &pair[1])));
            }
            if at > 0 && at == from && is_date(run) && ERAS.contains(&chunks[at - 1].text) {
                changes.push(close(&chunks[at - 1], &run[0]));
            }
            at += run.len();
        }
        from += units.max(1);
    }
    // An era's gap is found after those behind it.
    changes.sort_by_key(|change| change.raw.start);
}

fn chunks(part: &str, start: usize) -> Vec<Chunk<'_>> {
    let pieces = part.split(char::is_whitespace).filter(|piece| !piece.is_empty());
    pieces
        .map(|text| {
            let at = text.as_ptr() as usize - part.as_ptr() as usize;
            Chunk { text, start: start + at, unit: is_letter(text) || is_number(text) }
        })
        .collect()
}

/// One letter, with the marks and selectors that belong to it.
fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    let letter = chars.next().is_some_and(|c| c.is_alphabetic() || c == '々' || c == 'ー');
    letter && chars.all(|c| script::is_voicing_mark(c) || script::is_variation_selector(c))
}

fn is_number(text: &str) -> bool {
    text.chars().all(script::is_digit)
}

fn is_kana_or_kanji(text: &str) -> bool {
    text.chars().next().is_some_and(|c| script::is_japanese(c) || c == '〇')
}

/// Cuts a run where a gap is wider than the narrowest: between two words, both spaced out.
fn split_at_wide_gaps<'c, 't>(units: &'c [Chunk<'t>]) -> Vec<&'c [Chunk<'t>]> {
    let narrowest = units.windows(2).map(|pair| gap(&pair[0], &pair[1])).min().unwrap_or(0);
    let mut runs = Vec::new();
    let mut from = 0;
    for at in 1..=units.len() {
        if at == units.len() || gap(&units[at - 1], &units[at]) > narrowest {
            runs.push(&units[from..at]);
            from = at;
        }
    }
    runs
}

/// Width of the gap, in bytes: a full-width space has three, and is set wider than one half-width space.
fn gap(left: &Chunk<'_>, right: &Chunk<'_>) -> usize {
    right.start - left.end()
}

/// A number before a spaced word is its label (1 総 則), unless it counts or dates.
fn starts_with_label(run: &[Chunk<'_>]) -> bool {
    run.first().is_some_and(|first| is_number(first.text))
        && run.get(1).is_some_and(|second| !"年月日期回次章節条項号部課".contains(second.text))
}

fn is_one_word(run: &[Chunk<'_>]) -> bool {
    let word: String = run.iter().map(|chunk| chunk.text).collect();
    match run.len() {
        0 | 1 => false,
        2 => SPACED_WORDS.contains(&word.as_str()) || is_date(run),
        _ => run.iter().filter(|chunk| is_kana_or_kanji(chunk.text)).count() >= 2 && !SERIES.iter().any(|series| series.contains(&word)),
    }
}

/// A number, or 元, and its 年, 月 or 日.
fn is_date(run: &[Chunk<'_>]) -> bool {
    run.len() >= 2 && (is_number(run[0].text) || run[0].text == "元") && matches!(run[1].text, "年" | "月" | "日")
}

fn close(left: &Chunk<'_>, right: &Chunk<'_>) -> Change {
    Change::lossless(CLOSE_LETTER_SPACING, TextRange::new(left.end(), right.start), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::reading::Edited;

    fn closed(raw: &str) -> String {
        Edited::apply(raw, letter_spacing_changes(raw)).text
    }

    #[test]
    fn spaced_words_are_closed() {
        let cases: &[(&str, &str)] = &[
            ("職  名", "職名"),
            ("氏　名", "氏名"),
            ("総　括", "総括"),
            ("政 策 部 長", "政策部長"),
            ("令 和 4 年 4 月 1 日", "令和4年4月1日"),
            ("令和　１０　年　４　月　１　日　作成", "令和１０年４月１日　作成"),
            ("令和 元 年", "令和元年"),
            ("12 月", "12月"),
            ("は じ め に", "はじめに"),
            ("職  名\t部長\t氏  名\t伊藤 寿一", "職名\t部長\t氏名\t伊藤 寿一"),
            ("政 策 部 長　　大 野 一 郎", "政策部長　　大野一郎"),
            ("第 1 章 総則", "第1章 総則"),
        ];
        for (raw, expected) in cases {
            assert_eq!(closed(raw), *expected, "{raw}");
        }
    }

    #[test]
    fn words_apart_stay_apart() {
        for raw in [
            "伊藤 寿一",
            "林　茂",
            "月 火 水 木 金",
            "ア イ ウ",
            "上 中 下",
            "1 2 3 4",
            "A B C",
            "○ × △",
            "生活福祉課 障害福祉課",
            "協働コミュニ ティ課",
            "1 施政方針",
            "市\n民\n課",
            "課\t室\t係",
        ] {
            assert_eq!(closed(raw), raw);
        }
    }

    #[test]
    fn closing_settles() {
        for raw in ["政 策  部 長", "1 総 則 第 2 章", "令和 8 年 4 月 1 日 林 茂 樹", "職  名 氏  名"] {
            let once = closed(raw);
            assert_eq!(closed(&once), once, "{raw}");
        }
    }
}
