use super::*;

fn worker() -> Worker {
    Tokenizer::new().expect("the dictionary is in the binary").worker()
}

/// A word as the golden file writes it: `word/Noun.Verbal`, with the form behind a colon, `?` for unknown.
fn shown(token: &Token, text: &str) -> String {
    let kind = format!("{:?}", token.pos).replace('(', ".").replace(')', "");
    let form = token.conjugation.map(|form| format!(":{form:?}")).unwrap_or_default();
    let unknown = if token.unknown { "?" } else { "" };
    format!("{}/{kind}{form}{unknown}", token.of(text).replace(' ', "␣").replace('\t', "⇥"))
}

/// To accept new tokens: `SEISHO_BLESS=1 cargo test -p seisho-japanese golden`, then read the difference.
#[test]
fn golden_tokens() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tokens.txt");
    let golden = std::fs::read_to_string(path).expect("the golden file");
    let mut worker = worker();
    let mut now = String::new();
    for text in golden.lines().filter_map(|line| line.strip_prefix("> ")) {
        let words: Vec<String> = worker.segment(text).iter().map(|t| shown(t, text)).collect();
        now.push_str(&format!("> {text}\n{}\n\n", words.join(" ")));
    }
    if std::env::var_os("SEISHO_BLESS").is_some() {
        std::fs::write(path, &now).expect("the golden file can be written");
    }
    assert_eq!(golden, now);
}

#[test]
fn tokens_lie_end_to_end_and_cover_the_text() {
    let mut worker = worker();
    for text in [
        "",
        " ",
        "\n\n",
        "a\u{0}b",
        "令和8年度　施政方針\r\n\t第1　基本方針。",
        "𠮷野家①㈱\u{FEFF}ｶﾞｲﾄﾞ",
        "((()))、、。。",
        "辻\u{E0100}󠄀か\u{3099}",
    ] {
        let mut at = 0;
        for token in worker.segment(text) {
            assert_eq!(token.range.as_usize().start, at, "{text:?}");
            assert!(!token.range.is_empty(), "{text:?}");
            at = token.range.as_usize().end;
        }
        assert_eq!(at, text.len(), "{text:?}");
    }
}

#[test]
fn a_worker_forgets_the_text_before() {
    let mut worker = worker();
    let text = "避難行動要支援者の個別避難計画を策定した。";
    let first = worker.segment(text);
    let cost = worker.cost(text);
    worker.segment("別の文を読む。");
    assert_eq!((worker.segment(text), worker.cost(text)), (first, cost));
}

#[test]
fn usual_japanese_costs_less() {
    let mut worker = worker();
    assert!(worker.cost("業務を推進する") < worker.cost("業務推をる進す"));
    assert_eq!(worker.cost(""), None);
}

#[test]
fn shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Tokenizer>();
    shared::<Worker>();
}

#[test]
fn words_of_one_sound_read_alike() {
    let mut worker = worker();
    assert_eq!(worker.reading("周知"), "シュウチ");
    assert_eq!(worker.reading("取り組み"), "トリクミ");
    assert_eq!(worker.reading("保障"), worker.reading("補償"));
}
