use super::*;
use crate::tokenizer::Tokenizer;

fn worker() -> Worker {
    Tokenizer::new().expect("the dictionary is in the binary").worker()
}

/// `left | right`, the gap, the verdict and its reason: our own sentences.
const CASES: &[(&str, Gap, Verdict, Reason)] = &[
    // Words.
    ("協働コミュニ | ティ課", Gap::Space, Verdict::Join, Reason::WordCut),
    ("総合ビジョ | ン", Gap::Space, Verdict::Join, Reason::RightLeans),
    ("防災体制の強 | 化を図る。", Gap::LineBreak, Verdict::Join, Reason::WordCut),
    ("施設の統廃合につい | て検討する。", Gap::LineBreak, Verdict::Join, Reason::WordCut),
    ("ガイドブ | ックを配布", Gap::Space, Verdict::Join, Reason::RightLeans),
    // Ends that are none.
    ("窓口の混雑を | 緩和する。", Gap::ParagraphBreak, Verdict::Join, Reason::LeftOpen),
    ("市民と協働して | 公園を管理する。", Gap::LineBreak, Verdict::Join, Reason::LeftOpen),
    ("効率的な | 運営", Gap::LineBreak, Verdict::Join, Reason::LeftOpen),
    ("道路、 | 河川及び公園", Gap::Space, Verdict::Join, Reason::LeftOpen),
    ("観光・ | 交流の拠点", Gap::LineBreak, Verdict::Join, Reason::LeftOpen),
    ("課題を洗い出し | 対策を講じる。", Gap::LineBreak, Verdict::Join, Reason::LeftOpen),
    // Beginnings that are none.
    ("条例の改正 | を行う。", Gap::Space, Verdict::Join, Reason::RightLeans),
    ("計画を策定 | しました。", Gap::LineBreak, Verdict::Join, Reason::RightLeans),
    ("図書館 | 、公民館", Gap::Space, Verdict::Join, Reason::RightLeans),
    ("道路 | 及び橋りょうの点検", Gap::LineBreak, Verdict::Join, Reason::RightLeans),
    ("調査の結果を踏まえた | ものとする。", Gap::LineBreak, Verdict::Join, Reason::RightLeans),
    // Brackets, numbers, Latin.
    ("関係団体（商工会 | 農協など）と協議", Gap::Space, Verdict::Join, Reason::OpenBracket),
    ("令和8年 | 10月に実施", Gap::Space, Verdict::Join, Reason::Number),
    ("事業費は1, | 500万円", Gap::LineBreak, Verdict::Join, Reason::Number),
    ("参加者は30 | 人", Gap::Space, Verdict::Join, Reason::Number),
    ("Google | Workspaceの導入", Gap::Space, Verdict::Join, Reason::LatinWords),
    // Two things.
    ("窓口の案内を改善する。 | 相談体制を整える。", Gap::Space, Verdict::Separate, Reason::SentenceEnd),
    ("窓口の案内を改善する。 | 相談体制を整える。", Gap::LineBreak, Verdict::Unsure, Reason::SentenceEnd),
    ("「窓口の案内を改善する。」 | と定めた。", Gap::LineBreak, Verdict::Join, Reason::RightLeans),
    ("窓口の案内を改善する。 | なお、相談体制も整える。", Gap::Space, Verdict::Join, Reason::Connective),
    ("説明会を開催 | ・アンケートを実施", Gap::LineBreak, Verdict::Separate, Reason::Label),
    ("説明会を開催 | ② アンケートを実施", Gap::Space, Verdict::Separate, Reason::Label),
    ("説明会を開催 | (2) アンケートを実施", Gap::ParagraphBreak, Verdict::Separate, Reason::Label),
    ("住民説明会を3回開催 | 広報紙で周知", Gap::Space, Verdict::Separate, Reason::ClauseEnd),
    ("改訂版を実施 | 計画案を公表", Gap::Space, Verdict::Unsure, Reason::WordCut),
    ("子育て支援の充実 | 安心して産み育てられるまちを目指します。", Gap::ParagraphBreak, Verdict::Separate, Reason::Heading),
    ("人口が減少し、高齢化も進む地域 | 住民の足を確保します。", Gap::ParagraphBreak, Verdict::Join, Reason::Unfinished),
    // Nothing to go by.
    ("業務改善 | 人材育成", Gap::Space, Verdict::Unsure, Reason::Nothing),
    ("空き店舗の活用について | 商店街の振興について", Gap::Space, Verdict::Unsure, Reason::Nothing),
    (" | 市民課", Gap::Space, Verdict::Unsure, Reason::Nothing),
];

#[test]
fn joints() {
    let mut worker = worker();
    for &(text, gap, verdict, reason) in CASES {
        let (left, right) = text.split_once('|').expect("a gap");
        assert_eq!(joint(&mut worker, left, right, gap), Joint { verdict, reason }, "{text} {gap:?}");
    }
}

#[test]
fn reasons_have_names_of_their_own() {
    let names: std::collections::BTreeSet<&str> = CASES.iter().map(|case| case.3.name()).collect();
    let reasons: std::collections::BTreeSet<Reason> = CASES.iter().map(|case| case.3).collect();
    assert_eq!(names.len(), reasons.len());
    assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
}

const SUFFIXES: &[&str] = &["課", "室", "係", "部", "局", "所", "館", "センター", "委員会", "事務局"];

fn names(cell: &str, known: &[&str]) -> (Vec<String>, Vec<bool>) {
    let known = known.iter().map(|&name| name.to_owned()).collect();
    let spans = split_names(&mut worker(), cell, &known, SUFFIXES);
    (spans.iter().map(|span| span.of(cell)).collect(), spans.iter().map(|span| span.guess).collect())
}

#[test]
fn names_of_units() {
    let cases: &[(&str, &[&str])] = &[
        ("協働コミュニ ティ課", &["協働コミュニティ課"]),
        ("生活福祉課 障害福祉課", &["生活福祉課", "障害福祉課"]),
        ("保育課 こども家庭 センター 子育て支援 課", &["保育課", "こども家庭センター", "子育て支援課"]),
        ("共通", &["共通"]),
        ("共 通 港湾振 興課", &["共通", "港湾振興課"]),
        ("総務課、営繕\n課／検査課", &["総務課", "営繕課", "検査課"]),
        ("文化・スポーツ課", &["文化・スポーツ課"]),
        ("文化・ス ポーツ課・市民課", &["文化・スポーツ課", "市民課"]),
        ("・水産課\n・林業 振興課", &["水産課", "林業振興課"]),
        ("農業委員会 事務局", &["農業委員会事務局"]),
        ("図書館 課", &["図書館課"]),
        ("学校 教育課", &["学校教育課"]),
        ("  ", &[]),
    ];
    for (cell, expected) in cases {
        assert_eq!(names(cell, &["共通"]).0, *expected, "{cell}");
    }
}

#[test]
fn a_known_name_decides_and_a_guess_is_said() {
    // Without knowing it, a unit and its sub-unit look like two.
    assert_eq!(names("東部支所 地域振興室", &[]).0, ["東部支所", "地域振興室"]);
    assert_eq!(names("東部支所 地域振興室", &["東部支所地域振興室"]), (vec!["東部支所地域振興室".to_owned()], vec![false]));
    assert_eq!(names("港湾 検査課", &[]), (vec!["港湾検査課".to_owned()], vec![true]));
    assert_eq!(names("外郭団体", &[]), (vec!["外郭団体".to_owned()], vec![true]));
    assert_eq!(names("協働コミュニ ティ課", &[]).1, [false]);
}

#[test]
fn a_name_keeps_its_pieces() {
    let cell = "保育課 子育て支援\n 課";
    let spans = split_names(&mut worker(), cell, &Default::default(), SUFFIXES);
    let pieces: Vec<&str> = spans[1].pieces.iter().map(|piece| &cell[piece.as_usize()]).collect();
    assert_eq!(pieces, ["子育て支援", "課"]);
}

fn items(text: &str) -> Vec<String> {
    let found = split_unmarked_items(&mut worker(), text);
    found
        .iter()
        .map(|item| {
            item.stray.iter().rev().fold(text[item.range.as_usize()].to_owned(), |mut out, stray| {
                let at = (stray.start - item.range.start) as usize;
                out.replace_range(at..at + stray.len(), "");
                out
            })
        })
        .collect()
}

#[test]
fn items_without_marks() {
    let cases: &[(&str, &[&str])] = &[
        (" 窓口を増やす。 待ち時間を短くする。 ", &["窓口を増やす。", "待ち時間を短くする。"]),
        ("住民説明会を3回開催 広報紙で周知 結果を公表", &["住民説明会を3回開催", "広報紙で周知", "結果を公表"]),
        ("LINE WORKSの試行導入 Google Workspaceとの比較を実施", &["LINE WORKSの試行導入", "Google Workspaceとの比較を実施"]),
        ("「第I期 まちの計画」の評価を実施 次期計画の素案を作成", &["「第I期 まちの計画」の評価を実施", "次期計画の素案を作成"]),
        // Stray spaces.
        ("市民 への周知を徹底 相談窓口を設 置", &["市民への周知を徹底", "相談窓口を設置"]),
        (
            "道路の 補修を終え、 安全に通行できる。 公園の遊具を 更新している。",
            &["道路の補修を終え、安全に通行できる。", "公園の遊具を更新している。"],
        ),
        // A remark in brackets belongs to the sentence before it, and the sentence is over behind it.
        ("登録が増えている。(前年度比) 店舗数が増えている。", &["登録が増えている。(前年度比)", "店舗数が増えている。"]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(items(text), *expected, "{text}");
    }
}
