//! Forms that no profile knows, as text and tables: sheets kept apart by spaces, cards, goals of two rows, two columns of dates,
//! heads of labels over values. What is read is right, and what may be wrong is said where it stands.

use crate::support::{convert, folder_of};
use serde_json::Value;

/// The document that comes from a file of this name and text.
fn document(name: &str, text: &str) -> Value {
    let folder = folder_of(&[(name, text.as_bytes())]);
    convert(&[folder.path()]).documents().into_values().next().expect("a document")
}

fn goals(document: &Value) -> &Vec<Value> {
    document["goals"].as_array().expect("goals")
}

/// The codes of findings at a pointer.
fn codes<'d>(document: &'d Value, pointer: &str) -> Vec<&'d str> {
    let findings = document["findings"].as_array().expect("findings");
    findings.iter().filter(|f| f["pointer"] == pointer).map(|f| f["code"].as_str().expect("a code")).collect()
}

#[test]
fn labels_beside_their_values_are_told_by_coming_again_in_each_sheet() {
    let sheet = |n: usize, theme: &str, who: &str, goal: &str, how: &str, end: &str| {
        let head =
            format!("   所属    環境部                  担当課係    {who}\n  目標番号   {n}                   やり終える月    {end}\n");
        head + &format!("  めざす    {theme}\n   テーマ\n  到達する   ・{goal}\n   すがた\n  取組の    ・{how}\n   中身\n")
    };
    let text = "令和6年度 仕事の目標シート 環境部\n".to_owned()
        + &sheet(1, "ごみの減量", "資源循環課", "一人一日のごみが減っている。", "出前講座を開く。", "９月")
        + &sheet(2, "緑化の推進", "みどり公園課", "街路樹の台帳が整っている。", "樹木を調べる。", "３月")
        + &sheet(3, "公害の防止", "環境保全課", "苦情への対応が早まっている。", "手順を改める。", "通年")
        + &sheet(4, "省エネの普及", "環境政策課", "補助の利用が増えている。", "広報紙で知らせる。", "１２月");
    let document = document("sheets.txt", &text);
    let goals = goals(&document);
    assert_eq!(goals.len(), 4, "{document:#}");
    assert_eq!(goals[1]["item"], "緑化の推進");
    assert_eq!(goals[1]["target"], serde_json::json!(["街路樹の台帳が整っている。"]));
    assert_eq!(goals[1]["methods"], serde_json::json!(["樹木を調べる。"]));
    assert_eq!(goals[1]["deadline"]["raw"], "３月");
    assert_eq!(document["department"], "環境部");
    // Values end where the next label stands: nothing is in doubt.
    assert!((0..4).all(|n| codes(&document, &format!("/goals/{n}/target")).iter().all(|c| *c != "M014")));
}

#[test]
fn a_row_of_empty_cells_parts_cards_and_not_the_file() {
    let card = |n: usize, what: &str, end: &str, rest: &str| {
        format!(
            "\"目標\nID\",推進項目【必須】,,\nNo.{n},{what},,\n到達水準,,手段(どのような方法で),\n・{what}が整っている。,,・{what}を進める。,\n完了予定,所管課,継続・新規区分,振り返りの結果\n{end},{rest}\n\"\"\n"
        )
    };
    let text = "令和3年度 目標管理一覧表　総務部\n部局：総務部　部局長：能登　恵子\n".to_owned()
        + &card(1, "文書の電子化", "通年", "総務課,継続,概ね達成")
        + &card(2, "庁舎の点検", "9月末", "契約検査課,新規,達成")
        + &card(3, "窓口の改善", "3月", "総務課,継続,未達成")
        + &card(4, "研修の充実", "12月末", "職員課,継続,達成");
    let document = document("cards.csv", &text);
    // Each cell is a text of its own, whatever the cards are taken for.
    assert!(document.to_string().contains("庁舎の点検"));
    assert!(!document.to_string().contains("No.2,"), "{document:#}");
}

#[test]
fn of_two_columns_of_dates_the_one_with_the_later_days_is_the_deadline() {
    let text = "令和8年度 健康福祉部の目標一覧\n番号\t取り組むこと\t目標の姿\t取組内容\t着手予定\t期間の末\t担当課\n\
1\t窓口の改善\t待ち時間が減っている。\t受付を分ける。\t6月\t9月末\t福祉課\n\
2\t健診の普及\t受診率が上がっている。\t案内を送る。\t4月\t年度末\t健康課\n\
3\t相談の充実\t相談が増えている。\t窓口を設ける。\t7月\t12月\t福祉課\n\
4\t台帳の整備\t台帳が整っている。\t調査を行う。\t5月\t1月\t健康課\n";
    let document = document("two-dates.tsv", text);
    let ends: Vec<&str> = goals(&document).iter().map(|g| g["deadline"]["raw"].as_str().expect("a deadline")).collect();
    assert_eq!(ends, ["9月末", "年度末", "12月", "1月"]);
    assert_eq!(goals(&document)[0]["other"][0]["heading"], "着手予定");
}

#[test]
fn goals_of_two_rows_are_put_together_where_the_file_merges_nothing() {
    let text = "市民生活部 令和3年度目標管理一覧\n事業番号\t目標の名称\t\t履行期限\t課名（主）\n\t取組後の姿\tアプローチ\t重要度\t最終評価\n\
1\t外国人相談\t\t３月末\t課税課\n\t満足度が上がっている。\t相談会を開く。\tＡ\t未達成\n\
2\t窓口の見直し\t\t２月\t市民課\n\t方針が公表されている。\t調査を行う。\tＢ\t達成\n\
3\t会館の改修\t\t９月\t市民課\n\t経費が抑えられている。\t見積りを取る。\tＢ\t達成\n\
4\t返礼の拡大\t\t３月\t協働推進課\n\t品目が増えている。\t事業者を募る。\tＣ\t達成\n";
    let document = document("storeys.tsv", text);
    let second = &goals(&document)[1];
    assert_eq!((goals(&document).len(), &second["item"]), (4, &Value::from("窓口の見直し")));
    assert_eq!(second["target"], serde_json::json!(["方針が公表されている。"]));
    assert_eq!(second["deadline"]["raw"], "２月");
    assert_eq!(second["divisions"], serde_json::json!(["市民課"]));
    assert_eq!(second["achievement"]["raw"], "達成");
}

#[test]
fn figures_beside_a_deadline_leave_it_open() {
    let rows = ["R7.2.1　9", "9月 30", "2025/3/3 1", "1 0月末"];
    let text = "令和6年度　組織目標一覧　環境部\n番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\t課名\n".to_owned()
        + &rows
            .iter()
            .enumerate()
            .map(|(n, end)| format!("{}\t整備{n}\t整っている。\t整備する。\t{end}\t環境課\n", n + 1))
            .collect::<String>();
    let document = document("deadlines.tsv", &text);
    for (goal, row) in rows.iter().enumerate().take(3) {
        assert_eq!(goals(&document)[goal]["deadline"]["until"], Value::Null, "{row}");
        assert_eq!(codes(&document, &format!("/goals/{goal}/deadline")), ["M002"]);
    }
    assert_eq!(goals(&document)[3]["deadline"]["until"], "2024-10-31");
}

#[test]
fn a_line_of_the_heading_in_a_value_is_doubted_there() {
    let text = "令和6年度　組織目標一覧　環境部\n番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\t課名\n\
1\t整備\t整っている。\t整備する。\t9月\t環境課\n2\t普及\t\"どの水準まで\n広まっている。\"\t知らせる。\t3月\t環境課\n";
    let document = document("again.tsv", text);
    assert_eq!(codes(&document, "/goals/1/target"), ["M014"]);
    assert_eq!(codes(&document, "/goals/0/target"), [""; 0]);
}

#[test]
fn labels_of_a_head_stand_over_or_beside_their_values() {
    let body = "番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\t課名\n1\t整備\t整っている。\t整備する。\t9月\t環境課\n2\t普及\t広まる。\t知らせる。\t3月\t環境課\n";
    let over = format!("令和6年度　組織目標一覧\n部等名\t部等の長\t作成\n産業観光部\t柳瀬一成\tR6.4.15\n{body}");
    let over = document("over.tsv", &over);
    assert_eq!((&over["department"], &over["authors"][0]["name"]), (&Value::from("産業観光部"), &Value::from("柳瀬一成")));
    let remark = format!("令和6年度　組織目標一覧\n所属\t総務部\t職名\t総務部長\t氏名等\t山田 美智子\n{body}");
    let remark = document("remark.tsv", &remark);
    assert_eq!(remark["authors"], serde_json::json!([{"post": "総務部長", "name": "山田 美智子"}]));
}

#[test]
fn fields_may_stand_down_and_goals_across_below_a_head_and_again_below() {
    let block = |n: usize, words: [&str; 3]| {
        let all = |f: &dyn Fn(usize, &str) -> String| words.iter().enumerate().map(|(i, w)| f(n + i, w)).collect::<Vec<_>>().join(",");
        format!(
            "整理番号,{}\n主たる業務,{}\n目標達成像,{}\n活動内容,{}\n締切,{}\n課名,{}\n",
            all(&|i, _| i.to_string()),
            all(&|_, w| format!("{w}の充実")),
            all(&|_, w| format!("{w}が整っている。")),
            all(&|_, w| format!("{w}を調べる。")),
            all(&|i, _| format!("{i}月")),
            all(&|_, _| "福祉課".to_owned()),
        )
    };
    let text = "令和６年度　目標達成計画　－健康福祉部－\n所管部,健康福祉部,職名,健康福祉部長,名前,大野木 真理\n".to_owned()
        + &block(4, ["産後ケア", "介護人材", "名簿"])
        + &block(7, ["担い手", "成年後見", "予防教室"]);
    let document = document("across.csv", &text);
    let items: Vec<&str> = goals(&document).iter().map(|g| g["item"].as_str().expect("an item")).collect();
    assert_eq!(items, ["産後ケアの充実", "介護人材の充実", "名簿の充実", "担い手の充実", "成年後見の充実", "予防教室の充実"]);
    assert_eq!(goals(&document)[4]["target"], serde_json::json!(["成年後見が整っている。"]));
    assert_eq!(goals(&document)[4]["deadline"]["raw"], "8月");
    assert_eq!((&document["department"], &document["authors"][0]["name"]), (&Value::from("健康福祉部"), &Value::from("大野木 真理")));
}

#[test]
fn a_column_for_each_month_is_no_valuation_of_the_goal() {
    let months: Vec<String> = (4..=12).chain(1..=3).map(|m| format!("{m}月")).collect();
    let mut text = format!("令和6年度 総務部 目標管理一覧\nNo.\t取組項目\t到達目標\t取組内容\t担当課\t{}\n", months.join("\t"));
    for (n, (what, end)) in ["文書の電子化", "庁舎の点検", "窓口の改善", "研修の充実"].iter().zip([5, 9, 11, 11]).enumerate()
    {
        let marks: Vec<&str> = (0..12)
            .map(|m| {
                if m == end {
                    "○"
                } else if m < end {
                    "→"
                } else {
                    ""
                }
            })
            .collect();
        text += &format!("{}\t{what}\t{what}が整っている。\t{what}を進める。\t総務課\t{}\n", n + 1, marks.join("\t"));
    }
    let document = document("months.tsv", &text);
    let goals = goals(&document);
    assert_eq!(goals.len(), 4, "{document:#}");
    assert!(goals.iter().all(|goal| goal["achievement"].is_null()), "{document:#}");
    let other = |goal: usize, month: usize| goals[goal]["other"][month]["text"].clone();
    assert_eq!((other(0, 5), other(2, 11)), (serde_json::json!(["○"]), serde_json::json!(["○"])));
}

#[test]
fn a_document_is_signed_below_its_table() {
    let rows: String = (1..=4).map(|n| format!("{n}\t事業{n}の推進\t事業{n}が整っている。\t事業{n}を進める。\t3月\t総務課\n")).collect();
    let table = "令和6年度 総務部 目標管理一覧\n番号\t取組項目\t到達目標\t取組内容\t期限\t担当課\n".to_owned() + &rows;
    let page = |below: &str| {
        let row = |line: &str| format!("<tr><td>{}</td></tr>", line.replace('\t', "</td><td>"));
        let mut lines = table.lines();
        let title = lines.next().unwrap_or_default();
        format!("<!DOCTYPE html><html><body><h1>{title}</h1><table>{}</table>{below}</body></html>", lines.map(row).collect::<String>())
    };
    let signed = document("signed.html", &page("<p>令和6年4月15日</p><p>総務部長　三輪　実</p>"));
    assert_eq!(signed["dates"]["issued"][0]["iso"], "2024-04-15", "{signed:#}");
    assert_eq!((&signed["authors"][0]["post"], &signed["authors"][0]["name"]), (&"総務部長".into(), &"三輪　実".into()));
    // Whom to ask has signed nothing.
    let asked = document("asked.html", &page("<p>問合せ先　総務課長　三輪　実</p>"));
    assert_eq!(asked["authors"], serde_json::json!([]), "{asked:#}");
}

#[test]
fn full_lines_one_space_apart_are_cells_of_their_own_in_text_of_columns() {
    let row = |n: usize, who: &str, end: &str| {
        format!(
            "{n}  事業{n}の円滑な ・窓口の待ち時間が５分以内に短縮され ・業務の流れを見直し、手順書を作る。また {end:<4} {who}\n   実施        ている。                職員の研修を開く。\n"
        )
    };
    let text = "令和6年度 総務部 目標管理一覧\n\n番  重点テーマ      達成水準               取組の手順                達成  推進課\n号                                                   時期\n".to_owned()
        + &(1..=6).map(|n| row(n, "総務課", if n % 2 == 0 { "９月" } else { "１２月" })).collect::<String>();
    let document = document("columns.txt", &text);
    let goals = goals(&document);
    assert_eq!(goals.len(), 6, "{document:#}");
    for goal in goals {
        assert_eq!(goal["target"], serde_json::json!(["窓口の待ち時間が５分以内に短縮されている。"]), "{document:#}");
        assert_eq!(goal["divisions"], serde_json::json!(["総務課"]));
    }
    assert_eq!((&goals[0]["deadline"]["raw"], &goals[1]["deadline"]["raw"]), (&"１２月".into(), &"９月".into()));
}
