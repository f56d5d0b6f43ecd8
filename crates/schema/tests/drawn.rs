//! Sources drawn as they are written, and below each what a person would read in it: one drawing for each decision, named
//! after the file that makes it. A value that is in doubt ends in `?`, one that is taken from above in `^`.

use seisho_forms::Forms;
use seisho_japanese::tokenizer::Tokenizer;
use seisho_model::record::{Body, Goal, Provision, Role};
use seisho_reading::Mender;
use seisho_schema::{Mapped, Options, map};

fn mapped(text: &str) -> Mapped {
    let extracted = seisho_extract::read(text.as_bytes(), &seisho_extract::Options::default()).expect("it is text").output;
    let layout = seisho_layout::lay_out(&extracted.pages, extracted.media_type).output;
    let (forms, tokenizer) = (Forms::built_in().expect("sound"), Tokenizer::new().expect("sound"));
    map(&extracted.pages, &layout, &forms, &Mender::built_in(), &Options::default(), &mut tokenizer.worker())
}

/// Goals, a line each: number, item, target, methods, deadline, divisions.
fn goals(mapped: &Mapped) -> String {
    let line = |(index, goal): (usize, &Goal)| {
        let inherits = |field: &str| if goal.inherited.as_ref().is_some_and(|i| i.contains_key(field)) { "^" } else { "" };
        let doubted = |field: &str| {
            let pointer = format!("/goals/{index}/{field}");
            let is_of_it = |p: &str| p == pointer || p.starts_with(&format!("{pointer}/"));
            if mapped.findings.iter().any(|f| f.pointer.as_ref().is_some_and(|p| is_of_it(&p.to_string()))) { "?" } else { "" }
        };
        let cell = |field: &str, text: String| {
            let text = if text.is_empty() { "-".to_owned() } else { text };
            format!("{text}{}{}", inherits(field), doubted(field))
        };
        let number = goal.number.map_or("-".to_owned(), |n| n.to_string());
        [
            number + doubted("number"),
            cell("item", goal.item.clone().unwrap_or_default()),
            cell("target", goal.target.join(" / ")),
            cell("methods", goal.methods.join(" / ")),
            cell("deadline", goal.deadline.as_ref().map(|d| d.raw.clone()).unwrap_or_default()),
            cell("divisions", goal.divisions.join("、")),
        ]
        .join(" | ")
    };
    mapped.body.goals.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Provisions, indented by their depth: label, text, further paragraphs behind `+`.
fn provisions(body: &Body) -> String {
    fn add(provisions: &[Provision], depth: usize, out: &mut String) {
        for p in provisions {
            let more: String = p.body.iter().map(|b| format!(" + {b}")).collect();
            out.push_str(&format!("{}{} {}{more}\n", "  ".repeat(depth), p.label, p.text));
            add(&p.children, depth + 1, out);
        }
    }
    let mut out = String::new();
    add(&body.sections, 0, &mut out);
    out.trim_end().to_owned()
}

#[track_caller]
fn assert_goals(rows: &str, want: &str) -> Mapped {
    let found = mapped(&format!("令和8年度 組織目標展開整理表\n\n{rows}"));
    let want: Vec<&str> = want.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(goals(&found), want.join("\n"));
    found
}

#[track_caller]
fn assert_policy(body: &str, want: &str) -> Mapped {
    let found = mapped(&format!("令和8年度 市民部の運営方針\n令和8年4月1日\n市民部長 玉井 理加\n\n{body}"));
    assert_eq!(provisions(&found.body), want.trim_matches('\n'));
    found
}

const HEADINGS: &str = "| 番号 | 実施項目 | どの水準まで | どのような方法で | いつまで | 共通/課名 |\n|---|---|---|---|---|---|\n";
const FIRST: &str = "| 1 | 窓口の改善 | 待ち時間が短い。 | 予約を試行する。 | 9月 | 市民課 |\n";
const READ_FIRST: &str = "1 | 窓口の改善 | 待ち時間が短い。 | 予約を試行する。 | 9月 | 市民課\n";

/// goals/table: a heading may take two rows, of which the lower one names what the upper one only groups.
#[test]
fn a_heading_of_two_rows_is_one_heading() {
    let rows = "\
| 番号 | 実施項目 | 目標の内容 | 目標の内容 | 期限 | 課名 |
|---|---|---|---|---|---|
|  |  | どの水準まで | どのような方法で |  |  |
| 1 | 窓口の改善 | 待ち時間が短い。 | 予約を試行する。 | 9月 | 市民課 |
";
    let found = assert_goals(rows, READ_FIRST);
    assert_eq!(found.body.remainder.iter().filter(|r| r.role == Role::TableHeader).count(), 8);
}

/// goals/drafts: a row without an item stands under a merged cell: what is blank in it is the text above.
#[test]
fn blank_cells_under_a_blank_item_are_the_row_above() {
    let rows = format!("{HEADINGS}{FIRST}| 2 |  |  | 案内係を置く。 | 12月 | 総務課 |\n");
    assert_goals(&rows, &format!("{READ_FIRST}2 | 窓口の改善^ | 待ち時間が短い。^ | 案内係を置く。 | 12月 | 総務課"));
}

/// goals/drafts: a number that jumps and one that is none are said at the number; the rows stay.
#[test]
fn a_number_that_jumps_or_is_none_is_in_doubt() {
    let rows = format!(
        "{HEADINGS}{FIRST}| 3 | 研修の充実 | 受講率が高い。 | 研修を見直す。 | 3月 | 職員課 |\n| ? | 広報の充実 | 読者が増える。 | 紙面を見直す。 | 3月 | 広報課 |\n"
    );
    let want = "3? | 研修の充実 | 受講率が高い。 | 研修を見直す。 | 3月 | 職員課\n-? | 広報の充実 | 読者が増える。 | 紙面を見直す。 | 3月 | 広報課";
    assert_goals(&rows, &format!("{READ_FIRST}{want}"));
}

/// goals/bullets, goals/fields: marks begin entries, and what joins names parts them.
#[test]
fn marks_begin_entries_and_names_are_parted() {
    let rows = "番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\t共通/課名\n\
        1\t窓口の改善\t待ち時間が短い。\t\"・予約を試行する。\n・案内係を置く。\"\t9月\t市民課、総務課\n\
        2\t研修の充実\t受講率が高い。\t研修を見直す。\t3月\t職員課及び総務課\n";
    let want = "
        1 | 窓口の改善 | 待ち時間が短い。 | 予約を試行する。 / 案内係を置く。 | 9月 | 市民課、総務課
        2 | 研修の充実 | 受講率が高い。 | 研修を見直す。 | 3月 | 職員課、総務課";
    assert_goals(rows, want);
}

/// goals/sheet: labels with their values beside them are one goal.
#[test]
fn labels_with_values_beside_them_are_one_goal() {
    let rows = "\
| 目標番号 | 1 |
|---|---|
| 実施項目 | 窓口の改善 |
| どの水準まで | 待ち時間が短い。 |
| どのような方法で | 予約を試行する。 |
| いつまで | 9月 |
| 課名 | 市民課 |
";
    assert_goals(rows, READ_FIRST);
}

/// policy/label, policy/tree, policy/paragraphs, policy/furniture: the tree follows the numbers, lines with a mere mark stay
/// with their provision, 記 and 以上 are of the letter.
#[test]
fn the_tree_follows_the_numbers() {
    let body = "\
市民部は次の方針により運営する。

記

1 窓口の改善
(1) 予約の試行
① 市民課の窓口で予約を試行する。
② 結果を検証する。
(2) 案内係の配置
2 研修の充実
研修を見直す。
・講師を招く。
以上
";
    let want = "
1 窓口の改善
  (1) 予約の試行
    ① 市民課の窓口で予約を試行する。
    ② 結果を検証する。
  (2) 案内係の配置
2 研修の充実 + 研修を見直す。 + ・講師を招く。";
    let found = assert_policy(body, want);
    assert_eq!(found.body.preamble, ["市民部は次の方針により運営する。"]);
    let apart: Vec<(&str, Role)> = found.body.remainder.iter().map(|r| (r.text.as_str(), r.role)).collect();
    assert_eq!(apart, [("記", Role::Header), ("以上", Role::Footer)]);
}

/// policy/paragraphs, policy/indents: lines that are full go on, an indented one begins a paragraph.
#[test]
fn full_lines_go_on_and_an_indent_begins_a_paragraph() {
    let body = "\
1 窓口の改善
　市民課の窓口では、平均の待ち時間が長いという声が寄せら
れているため、予約の仕組みを設けて、待ち時間を短くするこ
ととする。
2 研修の充実
　研修の内容を見直し、職員が自ら課題を見付けて改善を提案
できるようにする。
";
    let want = "
1 窓口の改善 + 市民課の窓口では、平均の待ち時間が長いという声が寄せられているため、予約の仕組みを設けて、待ち時間を短くすることとする。
2 研修の充実 + 研修の内容を見直し、職員が自ら課題を見付けて改善を提案できるようにする。";
    assert_policy(body, want);
}

/// policy/furniture: a page number is of no paragraph, and the sentence that the page cut goes on behind it.
#[test]
fn a_sentence_goes_on_over_a_page_number() {
    let body = "1 窓口の改善\n予約の仕組みを設けて、待ち時間を短く\n- 1 -\n\u{C}することとする。\n2 研修の充実\n研修を見直す。\n- 2 -\n";
    let want = "1 窓口の改善 + 予約の仕組みを設けて、待ち時間を短くすることとする。\n2 研修の充実 + 研修を見直す。";
    let found = assert_policy(body, want);
    assert_eq!(found.body.remainder.iter().filter(|r| r.role == Role::PageNumber).count(), 2);
}

/// Columns of no field, as `heading: text`.
fn others(goal: &Goal) -> Vec<String> {
    goal.other.iter().map(|o| format!("{}: {}", o.heading, o.text.join(" / "))).collect()
}

#[test]
fn mapping_columns_headings_that_no_form_knows_are_weighed_with_what_stands_below() {
    let rows = "\
| 通番 | めざすところ | 進め方のあらまし | 仕上げの頃合い | 受け持つ課 | お金（千円） |
|---|---|---|---|---|---|
| 1 | 待ち時間が短くなっている。 | ・予約を試行する | 9月 | 市民課 | 1,200 |
| 2 | 相談が100件になっている。 | ・窓口を広げる | 3月 | 福祉課 | 350 |
| 3 | 台帳が整っている。 | ・台帳を点検する | 年度末 | 税務課 | 80 |
";
    let want = "\
1? | -? | 待ち時間が短くなっている。? | 予約を試行する? | 9月? | 市民課?
2 | -? | 相談が100件になっている。 | 窓口を広げる | 3月 | 福祉課
3 | -? | 台帳が整っている。 | 台帳を点検する | 年度末 | 税務課";
    let found = assert_goals(rows, want);
    assert_eq!(others(&found.body.goals[1]), ["お金（千円）: 350"]);
}

#[test]
fn mapping_contents_a_list_of_facilities_is_no_table_of_goals() {
    let rows = "\
| 番号 | 施設の名称 | 所管課 | 電話 |
|---|---|---|---|
| 1 | 中央公民館 | 生涯学習課 | 1234 |
| 2 | 西公民館 | 生涯学習課 | 5678 |
| 3 | 図書館 | 図書課 | 9012 |
";
    assert!(mapped(&format!("施設一覧\n\n{rows}")).body.goals.is_empty());
}

#[test]
fn heading_a_row_that_parts_headings_further_is_of_the_heading() {
    let rows = "\
| 番号 | 実施項目 | どの水準まで | 進行状況 |  | 課名 |
|---|---|---|---|---|---|
|  |  |  | 上期 | 下期 |  |
| 1 | 窓口の改善 | 待ち時間が短い。 | 予約を試行 | 予約を開始 | 市民課 |
";
    let found = assert_goals(rows, "1 | 窓口の改善 | 待ち時間が短い。 | - | - | 市民課");
    assert_eq!(others(&found.body.goals[0]), ["進行状況 上期: 予約を試行", "進行状況 下期: 予約を開始"]);
}

#[test]
fn row_a_row_over_the_whole_table_is_the_band_of_the_goals_below_it() {
    let cells = |cells: [&str; 4]| format!("<tr>{}</tr>", cells.map(|c| format!("<td>{c}</td>")).concat());
    let band = |text: &str| format!("<tr><td colspan=4>{text}</td></tr>");
    let rows = [
        cells(["番号", "実施項目", "どの水準まで", "いつまで"]),
        band("Ⅰ 安全なまち"),
        cells(["1", "訓練", "300人になっている。", "9月"]),
        band("Ⅱ 学ぶまち"),
        cells(["2", "読書", "本が増えている。", "3月"]),
        band("※ 9月に見直す。"),
    ];
    let found = mapped(&format!("<html><body><p>令和8年度 組織目標一覧</p><table>{}</table></body></html>", rows.concat()));
    let bands: Vec<Option<&str>> = found.body.goals.iter().map(|g| g.band.as_deref()).collect();
    assert_eq!(bands, [Some("Ⅰ 安全なまち"), Some("Ⅱ 学ぶまち")]);
}

#[test]
fn sheet_what_cards_have_in_common_is_a_label_and_what_changes_a_value() {
    let card = |number: &str, what: &str, state: &str, how: &str, by: &str| {
        format!(
            "<table><tr><td>通し番号</td><td colspan=3>取り組むこと</td></tr><tr><td>{number}</td><td colspan=3>{what}</td></tr>\
             <tr><td>到達の姿</td><td>{state}</td><td>やり方</td><td>{how}</td></tr><tr><td>所属部</td><td>市民部</td><td>仕上げ期限</td><td>{by}</td></tr></table>"
        )
    };
    let cards = [
        card("1", "窓口の改善", "待ち時間が短い状態", "予約を試行する", "9月"),
        card("2", "相談の充実", "相談が増えている", "窓口を広げる", "3月"),
    ];
    let found = mapped(&format!("<html><body><p>令和8年度 しごと目標カード</p>{}</body></html>", cards.concat()));
    let read: Vec<[String; 4]> = found
        .body
        .goals
        .iter()
        .map(|g| {
            [
                g.item.clone().unwrap_or_default(),
                g.target.concat(),
                g.methods.concat(),
                g.deadline.as_ref().map(|d| d.raw.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    assert_eq!(read[0].each_ref().map(String::as_str), ["窓口の改善", "待ち時間が短い状態", "予約を試行する", "9月"]);
    assert_eq!(read[1].each_ref().map(String::as_str), ["相談の充実", "相談が増えている", "窓口を広げる", "3月"]);
    assert_eq!(found.body.title.as_deref(), Some("令和8年度 しごと目標カード"));
}

#[test]
fn turned_fields_may_stand_down_the_side_and_goals_across() {
    let rows = "\
| 番号 | 1 | 2 | 3 |
|---|---|---|---|
| 実施項目 | 窓口の改善 | 相談の充実 | 台帳の整備 |
| どの水準まで | 待ち時間が短い。 | 相談が増えている。 | 台帳が整っている。 |
| どのような方法で | 予約を試行する | 窓口を広げる | 点検する |
| いつまで | 9月 | 3月 | 年度末 |
| 共通/課名 | 市民課 | 福祉課 | 税務課 |
";
    let want = "\
1 | 窓口の改善 | 待ち時間が短い。 | 予約を試行する | 9月 | 市民課
2 | 相談の充実 | 相談が増えている。 | 窓口を広げる | 3月 | 福祉課
3 | 台帳の整備 | 台帳が整っている。 | 点検する | 年度末 | 税務課";
    assert_goals(rows, want);
}

#[test]
fn turned_lines_of_cells_of_one_goal_are_put_side_by_side() {
    let goal = |n: &str, item: &str, by: &str, target: &str, how: &str| {
        format!("<tr><td rowspan=2>{n}</td><td>{item}</td><td>{by}</td></tr><tr><td>{target}</td><td>{how}</td></tr>")
    };
    let rows = [
        goal("番号", "実施項目", "いつまで", "どの水準まで", "どのような方法で"),
        goal("1", "窓口の改善", "9月", "待ち時間が短い。", "予約を試行する"),
        goal("2", "相談の充実", "3月", "相談が増えている。", "窓口を広げる"),
    ];
    let found = mapped(&format!("<html><body><p>令和8年度 組織目標一覧</p><table>{}</table></body></html>", rows.concat()));
    let want = "1 | 窓口の改善 | 待ち時間が短い。 | 予約を試行する | 9月 | -\n2 | 相談の充実 | 相談が増えている。 | 窓口を広げる | 3月 | -";
    assert_eq!(goals(&found), want);
}

#[test]
fn form_labels_and_values_of_a_form_that_nobody_knows() {
    let row = |cells: &[&str]| format!("<tr>{}</tr>", cells.iter().map(|c| format!("<td>{c}</td>")).collect::<String>());
    let rows = [
        row(&["事務事業名", "子育て短期支援事業", "開始年度", "平成15年度"]),
        row(&["根拠法令", "児童福祉法第6条の3第3項", "実施形態", "一部委託"]),
        row(&["総合評価", "Ａ（順調に進んでいる。）", "今後の方向", "現状のまま継続する。"]),
    ];
    let found = mapped(&format!("<html><body><table>{}</table></body></html>", rows.concat()));
    let entries: Vec<String> = found.body.form.iter().map(|e| format!("{}: {}", e.label.join(" "), e.text.concat())).collect();
    assert_eq!(entries[..3], ["事務事業名: 子育て短期支援事業", "開始年度: 平成15年度", "根拠法令: 児童福祉法第6条の3第3項"]);
    assert_eq!(found.body.kind.name(), "form");
}

#[test]
fn title_search_a_title_is_known_by_its_place_its_year_and_its_noun() {
    let titled = |text: &str| mapped(&format!("{text}\n\n{HEADINGS}{FIRST}")).body;
    let body = titled("令和6年度 部局経営シート【都市整備部】\n令和6年4月1日");
    assert_eq!((body.title.as_deref(), body.department.as_deref()), (Some("令和6年度 部局経営シート【都市整備部】"), Some("都市整備部")));
    assert_eq!(body.fiscal_year.map(|y| y.gregorian), Some(2024));
    assert_eq!(titled("令和6年4月1日\n市民部長 玉井 理加").title, None);
}

#[test]
fn policy_provisions_beside_a_table_are_kept_with_its_goals() {
    let policy = "市民部は、次のとおり取り組むものとする。\n1 窓口\n(1) 待ち時間を短くすること。\n2 相談\n(1) 相談を広げること。\n";
    let found = mapped(&format!("令和8年度 市民部の組織目標\n\n{policy}\n{HEADINGS}{FIRST}"));
    assert_eq!(goals(&found), READ_FIRST.trim_end());
    assert_eq!(provisions(&found.body), "1 窓口\n  (1) 待ち時間を短くすること。\n2 相談\n  (1) 相談を広げること。");
    assert_eq!(found.body.preamble, ["市民部は、次のとおり取り組むものとする。"]);
}
