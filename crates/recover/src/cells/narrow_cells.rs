//! Cells of narrow columns, known by what they say: deadlines, names of divisions, achievements. Knows words;
//! refuses to know where they stand.

use seisho_forms::GoalTableForm;
use seisho_japanese::dates::{self, DeadlineKind};
use seisho_japanese::normalize::match_text;
use seisho_model::script;

/// No deadline is longer, in characters.
const LONGEST_DEADLINE: usize = 16;
/// No name of a division is longer, in characters.
const LONGEST_DIVISION: usize = 16;
/// No achievement is longer, in characters.
const LONGEST_ACHIEVEMENT: usize = 40;

/// No verdict with a subject (目標値が未達) is longer, in characters.
const LONGEST_CLAUSE: usize = 12;

/// True for a text that is a deadline and nothing else.
pub fn is_deadline(text: &str) -> bool {
    if text.chars().count() > LONGEST_DEADLINE || text.contains(['。', '、', '，', '・', '「']) {
        return false;
    }
    let read = dates::deadline(text, None);
    if read.candidates.is_empty() {
        return matches!(read.kind, DeadlineKind::Ongoing | DeadlineKind::Immediate);
    }
    let mut rest = text.to_owned();
    for found in read.candidates.iter().rev() {
        rest.replace_range(found.range.as_usize(), "");
    }
    let rest = rest.replace([' ', '　', '（', '）', '(', ')', '～', '〜', '~'], "");
    matches!(rest.as_str(), "" | "まで" | "中" | "末" | "末まで" | "頃" | "内" | "から" | "以降" | "を目途" | "目途")
}

/// True for a text that is a name of a division: it ends like one and is no phrase.
pub fn is_division(text: &str, form: &GoalTableForm) -> bool {
    if form.whole_units.iter().any(|w| w == text) {
        return true;
    }
    let count = text.chars().count();
    let ends = |suffix: &String| text.strip_suffix(suffix.as_str()).is_some_and(|stem| stem.chars().count() >= 2);
    (3..=LONGEST_DIVISION).contains(&count) && is_nominal(text) && form.unit_suffixes.iter().any(ends)
}

/// True for a text that is a cell of a narrow column: a category of the form, too.
pub(crate) fn is_cell(text: &str, form: &GoalTableForm) -> bool {
    form.categories.iter().any(|c| c == text) || is_deadline(text) || is_division(text, form) || is_achievement(text)
}

/// True for a text without particles of a phrase, sentence marks and list marks.
pub fn is_nominal(text: &str) -> bool {
    let is_phrase = |c: char| matches!(c, 'の' | 'を' | 'は' | 'が' | 'に' | 'と' | 'で' | 'し' | 'た' | 'る' | 'く' | 'れ');
    let is_mark = |c: char| "。、，．「」『』（）()【】《》；：:;".contains(c) || script::is_digit(c);
    let first = text.chars().next().unwrap_or(' ');
    !text.chars().any(|c| is_phrase(c) || is_mark(c))
        && (first.is_alphabetic())
        && !(script::is_small_kana(first) || matches!(first, 'ー' | 'ン'))
}

/// True for a text that no cell begins with: the rest of another.
pub(crate) fn is_rest(text: &str) -> bool {
    let first = text.trim_start_matches(['・', '‧', '○', '●']).chars().next().unwrap_or(' ');
    "、。，．）」』】ーをがはにでとへしれるんぁぃぅぇぉっゃゅょァィゥェォッャュョン".contains(first)
}

/// True for a short text of nouns, as headings over several columns are (目標の内容).
pub(crate) fn is_heading_like(text: &str) -> bool {
    text.chars().count() <= 10 && !text.contains(['。', '、', '，', '・', '「']) && !text.chars().any(|c| c.is_numeric())
}

/// True for a text that is an achievement: a grade, or a short verdict.
pub(crate) fn is_achievement(text: &str) -> bool {
    let key = match_text(text);
    let count = key.chars().count();
    if count == 1 {
        return key.starts_with(['s', 'a', 'b', 'c', 'd', '◎', '○', '△', '×', '◯']);
    }
    let says = ["達成", "未達", "完了", "遅れ", "順調", "未実施", "未着手", "一部実施", "実施済"].iter().any(|w| key.contains(w));
    let is_open = key.matches(['(', '「']).count() > key.matches([')', '」']).count();
    let end = key.split('(').next().unwrap_or(&key);
    let ends = ["た", "中", "み", "達成", "完了", "遅れ", "順調", "い", "未実施", "未着手", "り"].iter().any(|e| end.ends_with(e));
    // 検証が完了, at the end of a line of a sentence.
    let is_clause = end.contains('が') && end.chars().count() > LONGEST_CLAUSE;
    count <= LONGEST_ACHIEVEMENT && !is_clause && says && ends && !is_open && !key.contains(['。', '、', ',']) && !key.contains("を")
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_forms::Forms;

    #[test]
    fn deadlines_are_known_alone_and_not_inside_texts() {
        let yes = ["年度末", "１２月", "9月末", "随時", "令和8年3月", "早急", "5 月", "4月～9月"];
        assert_eq!(yes.map(is_deadline), yes.map(|_| true));
        let no = ["令和8年度予算に反映", "9月に展開", "月までに作成", "共通", "総合ビジョン", "年間を通じて"];
        assert_eq!(no[..5].iter().map(|t| is_deadline(t)).collect::<Vec<_>>(), [false; 5]);
    }

    #[test]
    fn names_of_divisions_end_like_one() {
        let form = Forms::built_in().unwrap().goal_table;
        let yes = ["財政課", "学校給食センター", "共通", "公共施設整備推進室"];
        assert_eq!(yes.map(|t| is_division(t, &form)), yes.map(|_| true));
        let no = ["課", "審議会を6回開催", "推進", "。市民課", "防災課の訓練所"];
        assert_eq!(no.map(|t| is_division(t, &form)), no.map(|_| false));
    }

    #[test]
    fn achievements_are_verdicts_or_grades() {
        let yes = ["Ａ", "ほぼ達成した", "ほとんど未達成だった（達成率80～50％）", "達成"];
        assert_eq!(yes.map(is_achievement), yes.map(|_| true));
        let no = ["ほとんど未達", "だった（達", "目標を達成した", "達成水準", "計画の策定"];
        assert_eq!(no.map(is_achievement), no.map(|_| false));
    }
}
