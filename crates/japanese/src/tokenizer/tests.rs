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

#[test]
fn the_cost_of_a_cut_is_what_the_search_for_the_cheapest_says() {
    let mut worker = Tokenizer::new().unwrap().worker();
    let texts = [
        "地域包括ケアシステムの深化・推進に向けた会計年度任用職員の配置を検討し、年度末までに基本方針を策定している。",
        "マイナンバーカードの交付率を85.3%以上とする\tＤＸ推進課 DX 2026/4/1 ①②㈱髙﨑 龘龍",
        "ヷヸヹヺヷサピエで",
        "すもももももももものうち　、。、",
        " ",
        "a",
    ];
    let mut of_search = |text: &str| {
        let best = worker.inner.segment_nbest(text, 1, false, None).unwrap().first().map(|(_, cost)| *cost);
        (best, worker.cost(text))
    };
    for text in texts {
        let letters: Vec<char> = text.chars().collect();
        for (from, to) in (0..letters.len()).flat_map(|from| (from + 1..=letters.len().min(from + 30)).map(move |to| (from, to))) {
            let part: String = letters[from..to].iter().collect();
            let (best, cost) = of_search(&part);
            assert_eq!(best, cost, "{part}");
        }
    }
    assert_eq!(of_search("").1, None);
    let mut is_known = |text: &str| worker.cut(text, |cut| cut.cost).flatten().is_some();
    assert!(texts.iter().flat_map(|text| sentences(text)).all(|(_, sentence)| is_known(sentence)));
}
