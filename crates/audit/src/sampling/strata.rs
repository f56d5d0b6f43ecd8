//! What parts of a lot are called for people.

use super::By;
use seisho_model::codes::finding::Message;

/// Words of strata: by what they are told apart, as plans write them, in Japanese and English.
const WORDS: [(By, &str, &str, &str); 12] = [
    (By::Form, "goal-table", "目標表", "goal table"),
    (By::Form, "goal_table", "目標表", "goal table"),
    (By::Form, "policy", "方針", "policy"),
    (By::Form, "form", "票", "form"),
    (By::Form, "table", "表", "table"),
    (By::Form, "text", "文章", "text"),
    (By::Method, "text", "テキスト", "text file"),
    (By::Method, "pdf-text", "PDF の文字", "text of PDF"),
    (By::Method, "ocr", "スキャン", "scan"),
    (By::Method, "mixed", "文字とスキャン", "text and scan"),
    (By::Doubt, "doubted", "疑いあり", "doubted"),
    (By::Doubt, "plain", "疑いなし", "not doubted"),
];

/// A stratum for people, part by part; what has no word (the form of a profile) keeps its name.
#[must_use]
pub fn stratum(by: &[By], name: &str) -> Message {
    let parts: Vec<&str> = name.split(" / ").collect();
    if parts.len() != by.len() {
        return if name.is_empty() { Message::new("全体", "all") } else { Message::new(name, name) };
    }
    let word = |(by, part): (&By, &&str)| {
        let known = WORDS.iter().find(|(of, id, ..)| of == by && id == part);
        known.map_or(((*part).to_owned(), (*part).to_owned()), |(_, _, ja, en)| ((*ja).to_owned(), (*en).to_owned()))
    };
    let (ja, en): (Vec<String>, Vec<String>) = by.iter().zip(&parts).map(word).unzip();
    Message::new(ja.join("・"), en.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strata_have_words() {
        let said = stratum(&[By::Form, By::Method, By::Doubt], "goal_table / ocr / doubted");
        assert_eq!((said.ja.as_str(), said.en.as_str()), ("目標表・スキャン・疑いあり", "goal table, scan, doubted"));
        assert_eq!(stratum(&[By::Form], "kokubunji-goal-table").ja, "kokubunji-goal-table");
        assert_eq!(stratum(&[], "").ja, "全体");
    }
}
