//! Tables of forms that nobody knows, drawn as `pdftotext -layout` leaves them, and below each the table that a person
//! would read in it. A cell over several columns says which; one that may hold text of another ends in `?`.

use seisho_extract::Options;
use seisho_forms::Forms;
use seisho_japanese::tokenizer::Tokenizer;
use seisho_model::layout::{Block, Cell, Table};
use seisho_reading::{Mender, Reader, has_spaced_scripts};
use seisho_recover::regroup;

/// A row of the drawing: its cells, each padded to the width of its column.
fn line(cells: &[&str], widths: &[usize]) -> String {
    let padded = cells.iter().zip(widths).map(|(c, w)| (*c).to_owned() + &" ".repeat(w.saturating_sub(c.chars().count())));
    padded.collect::<String>().trim_end().to_owned() + "\n"
}

fn drawn(lines: &[&[&str]], widths: &[usize]) -> String {
    "令和8年度の目標\n\n".to_owned() + &lines.iter().map(|cells| line(cells, widths)).collect::<String>()
}

/// The table that is made of a text, a line a row.
fn read(text: &str) -> String {
    let pages = seisho_extract::read(text.as_bytes(), &Options::default()).expect("it is text").output.pages;
    let layout = seisho_layout::lay_out(&pages, "text/plain").output;
    let (forms, mender, tokenizer) = (Forms::built_in().expect("sound"), Mender::built_in(), Tokenizer::new().expect("sound"));
    let mut worker = tokenizer.worker();
    let spaced_scripts = has_spaced_scripts(&pages);
    let mut reader = Reader { pages: &pages, layout: &layout, worker: &mut worker, spaced_scripts, mender: &mender };
    let Some(regrouped) = regroup(&layout.blocks, &forms, &mut reader) else { return "no columns".to_owned() };
    let cell = |cell: &Cell| {
        let text: String = cell.lines.iter().map(|l| l.run.raw(&pages)).collect();
        let is_odd = cell.lines.iter().flat_map(|l| &l.run.0).any(|p| regrouped.doubts.columns.contains(p));
        let over = if cell.col.len() > 1 { format!("({}–{}) ", cell.col.start, cell.col.end - 1) } else { String::new() };
        over + &text + if is_odd { "?" } else { "" }
    };
    let rows = |table: &Table| {
        let rows = table.cells.chunk_by(|a, b| a.row.start == b.row.start);
        rows.map(|row| row.iter().filter(|c| !c.is_blank()).map(cell).collect::<Vec<_>>().join(" | ")).collect::<Vec<_>>().join("\n")
    };
    let tables = regrouped.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(rows(t)) } else { None });
    tables.collect::<Vec<_>>().join("\n--\n")
}

const WIDTHS: [usize; 6] = [12, 18, 20, 8, 8, 8];

/// heads, unnumbered: columns are told by what stands in them, rows by cells that begin together; a name that is the same in
/// the row below begins a row all the same.
#[test]
fn rows_without_numbers_below_headings_that_no_form_knows() {
    let text = drawn(
        &[
            &["取りかかること", "めあて", "進め方", "終わる時期", "受け持ち", "意見"],
            &["窓口の待ち時間", "待ち時間が10分以内に短縮さ", "・予約の仕組みを試行する。", "9月", "市民課", "早い。"],
            &["の短縮", "れている。", "・案内係を配置する。"],
            &["地域活動の支援", "意見交換が年4回行われてい", "・補助金の要綱を改正する。", "年度末", "市民課", "遅い。"],
            &["", "る。", "・説明会を開催する。"],
            &["職員研修の充実", "受講率が90％になっている。", "・研修の内容を見直す。", "随時", "職員課", "よい。"],
            &["", "", "・講師を外部に依頼する。"],
            &["庁舎の省エネ", "電気の使用が5％減っている。", "・照明を取り替える。", "通年", "総務課", "よい。"],
            &["", "", "・使用量を毎月知らせる。"],
            &["公園の清掃", "苦情が5件以下にとどまって", "・清掃の回数を見直す。", "10月", "公園課", "よい。"],
            &["", "いる。", "・団体と協定を結ぶ。"],
        ],
        &WIDTHS,
    );
    let want = "取りかかること | めあて | 進め方 | 終わる時期 | 受け持ち | 意見
窓口の待ち時間の短縮 | 待ち時間が10分以内に短縮されている。 | ・予約の仕組みを試行する。・案内係を配置する。 | 9月 | 市民課 | 早い。
地域活動の支援 | 意見交換が年4回行われている。 | ・補助金の要綱を改正する。・説明会を開催する。 | 年度末 | 市民課 | 遅い。
職員研修の充実 | 受講率が90％になっている。 | ・研修の内容を見直す。・講師を外部に依頼する。 | 随時 | 職員課 | よい。
庁舎の省エネ | 電気の使用が5％減っている。 | ・照明を取り替える。・使用量を毎月知らせる。 | 通年 | 総務課 | よい。
公園の清掃 | 苦情が5件以下にとどまっている。 | ・清掃の回数を見直す。・団体と協定を結ぶ。 | 10月 | 公園課 | よい。";
    assert_eq!(read(&text), want);
}

/// A page as `pdftotext -layout` writes it: four columns below one heading.
const QUARTERS: &str = "\
                               令和３年度 目標達成計画 －市民生活部－
                                                                              2021年5月27日    市民生活部長   山田    浩二
                                                                             進行
順位     重点テーマ        目標とする成果（数値等）           手段(どのような方法で)                      管理                    取りまとめ課
                                                             第1四半期   第2四半期     第3四半期       第4四半期
1    窓口の待ち時間の強化   ・関係者の役割が明らかになり、窓    ・外部の専門家を招き、窓口の待ち時間の効   契約締結    説明会（26   中間まとめ    要綱制定        協働推進課
                  口の待ち時間を続けられる体制がで    果を検証する                         回）
                  きている。               ・作業部会を設け、2月に中間報告をまとめ
                  ・窓口の待ち時間に取り組む地区が    る
                  15か所まで広がり、住民が自ら運営
                  できる状態になっている。
2    おくやみコーナーの強   おくやみコーナーの利用者が年間     ・関係課との打合せを毎月開き、進み具合を   委託業者の   15か所完了   説明会（20   現況調査        文化振興課
     化            5,887人に達している。       確かめる                   選定               回）
                                      ・おくやみコーナーの説明会を緑が丘地区ほ
                                      か12会場で開催する
3    消費生活相談の推進    消費生活相談の満足度が87％以上に   ・データを月ごとに集計し、遅れがあれば手 3か所完了     関係課協議    試行       現況調査          市民課
                  なっている。              順を改める
                                      ・消費生活相談の説明会を川原地区ほか16会
                                      場で開催する
                                      ・マニュアルを見直し、6月に全職員へ周知
                                      する
4    市税の電子納付の推進   市税の電子納付に関する苦情が9件以 職員24人を研修に派遣し、得た知識を課内で 周知開始       周知開始     説明会（20   6か所完了         課税課
                  下にとどまっている。        共有する。なお、実施に当たっては関係課と                      回）
                                    あらかじめ調整し、市民の利用に支障がない
                                    ようにする
5    町会・自治会の加入    ・町会・自治会の加入の課題が整理    ・10月補正予算に必要額を計上し、財源を確 試行       現況調査     契約締結     中間まとめ         市民課
                  され、来年度以降の進め方が庁内で    保する
                  合意されている。            ・データを月ごとに集計し、遅れがあれば手
                  ・町会・自治会の加入の利用者が年    順を改める
                  間8,166人に達している。      ・国の補助制度を活用し、市の負担を減らす
";

/// heads: a text above the middle of columns whose own headings stand below it is of all of them.
#[test]
fn a_heading_over_several_columns_is_of_all_of_them() {
    let read = read(QUARTERS);
    let heading: Vec<&str> = read.lines().take(2).collect();
    let above = "順位 | 重点テーマ | 目標とする成果（数値等） | 手段(どのような方法で) | (4–7) 進行管理 | 取りまとめ課";
    assert_eq!(heading, [above, "第1四半期 | 第2四半期 | 第3四半期 | 第4四半期"]);
}

/// odd: a cell that is not what its column holds is doubted with those beside it, and no other.
#[test]
fn a_cell_that_is_no_date_in_a_column_of_dates_is_doubted() {
    let row = |number: &'static str, date: &'static str| [number, "窓口の短縮", "待ち時間が短縮されている。", date, "市民課", "よい。"];
    let mut lines = vec![["番号", "取りかかること", "めあて", "終わる時期", "受け持ち", "意見"]];
    lines.extend([row("1", "9月"), row("2", "ほぼ済み"), row("3", "10月"), row("4", "年度末"), row("5", "随時"), row("6", "通年")]);
    let lines: Vec<&[&str]> = lines.iter().map(|l| &l[..]).collect();
    let read = read(&drawn(&lines, &[6, 12, 20, 12, 8, 8]));
    let doubted: Vec<&str> = read.lines().filter(|l| l.contains('?')).collect();
    assert_eq!(doubted, ["2 | 窓口の短縮 | 待ち時間が短縮されている。? | ほぼ済み? | 市民課? | よい。"], "{read}");
}

/// heading_lines: the rest of a name on the next line is of the heading, not of the first row.
#[test]
fn rests_of_names_are_of_the_heading() {
    let text = "\
                               令和8年度の目標
No.     事業・             到達目標                              四半期ごとの進捗                 終期     実施主体
        業務名                            第１四半期            第２       第３      第４
                                                        四半期      四半期     四半期
 1 空き家の利活用の相談窓口の 相談を受けた日から3日以内に答える。       関係者と調整         試行       本格実施                 年度末   住宅課
   開設
 2 自転車通行帯の整備と指導 駅前の通りに通行帯が引かれ、自転車の事 関係者と調整            説明会（2回）   意見公募                3月    道路課、
   の強化            故の件数が1年前の半分まで減って                                                       交通課
                いる。
 3 図書館の開館時間の延長 平日の夜に来る人が2割増えている。     関係者と調整             説明会（2回）   本格実施                12月   図書館
 4 水道管の耐震化の推進 基幹の管路の8割が地震に耐えるものになっ 関係者と調整            説明会（2回） 中間の点検     次年度の準備      11月   水道課
                ている。
";
    let read = read(text);
    let heading: Vec<&str> = read.lines().take(2).collect();
    let want =
        ["No. | 事業・業務名 | 到達目標 | (3–6) 四半期ごとの進捗 | 終期 | 実施主体", "第１四半期 | 第２四半期 | 第３四半期 | 第４四半期"];
    assert_eq!(heading, want, "{read}");
}

/// apart: a text from the left edge over the columns names the rows below it, and is of none of them.
#[test]
fn a_text_over_the_columns_between_rows_is_a_row_by_itself() {
    let row = |number: &'static str, what: &'static str| {
        [
            [number, what, "清掃に出る人が年に900人を", "・道具を貸し出す場所を増やす。", "9月", "河川課"],
            ["", "", "超える。", "・ごみを市の車で運ぶ。", "", ""],
        ]
    };
    let band = |text: &'static str| [[text, "", "", "", "", ""]];
    let mut lines = vec![["番号", "取りかかること", "めあて", "進め方", "終わる時期", "受け持ち"]];
    lines.extend(band("重点の柱１ 水と緑に親しむまち"));
    lines.extend([row("1", "河川の清掃"), row("2", "公園の点検"), row("3", "樹木の手入れ")].concat());
    lines.extend(band("重点の柱２ 誰もが動きやすいまち"));
    lines.extend([row("4", "段差の解消"), row("5", "乗合タクシー"), row("6", "案内図の更新")].concat());
    let all: Vec<&[&str]> = lines.iter().map(|l| &l[..]).collect();
    let read = read(&drawn(&all, &[6, 12, 18, 20, 10, 8]));
    let bands: Vec<&str> = read.lines().filter(|l| l.starts_with("(0–5)")).collect();
    assert_eq!(bands, ["(0–5) 重点の柱１ 水と緑に親しむまち", "(0–5) 重点の柱２ 誰もが動きやすいまち"], "{read}");
    assert!(read.contains("\n3 | 樹木の手入れ | 清掃に出る人が年に900人を超える。 |"), "{read}");
}

/// apart: a label and the sum of the amounts above are of no row; the last amount keeps its digits.
#[test]
fn a_sum_of_the_amounts_above_is_of_no_row() {
    let row = |number: &'static str, item: &'static str, amount: &'static str, who: &'static str| {
        [[number, item, "・計画を練り直して、住民に説明", amount, "9月", who], ["", "", "・結果を冊子にまとめる。", "", "", ""]]
    };
    let mut lines = vec![["番号", "取りかかること", "進め方", "予算額", "終わる時期", "受け持ち"]];
    lines.extend([row("1", "窓口の短縮", "1,200", "市民課"), row("2", "道路の補修", "30,500", "道路課")].concat());
    lines.extend([row("3", "公園の点検", "880", "公園課"), row("4", "橋の塗り替え", "560", "道路課")].concat());
    lines.extend([row("5", "手続の見直し", "1,500", "市民課"), row("6", "水路の清掃", "4,060", "河川課")].concat());
    let all: Vec<&[&str]> = lines.iter().map(|l| &l[..]).collect();
    let text = drawn(&all, &[6, 12, 20, 10, 10, 8]) + &line(&["", "", "事業費の合算", "38,700"], &[6, 12, 20, 10]);
    let read = read(&text);
    assert!(read.ends_with("6 | 水路の清掃 | ・計画を練り直して、住民に説明・結果を冊子にまとめる。 | 4,060 | 9月 | 河川課"), "{read}");
}

/// heading_lines: a post and a name right above the headings are of the document's head.
#[test]
fn a_post_and_a_name_are_no_headings() {
    let post = "                                                  市民生活部長    大久保   千鶴\n";
    let row = |number: &'static str, what: &'static str| {
        [[number, what, "・計画を練り直して、住民に説明", "9月", "市民課", "よい。"], ["", "", "・結果を冊子にまとめる。", "", "", ""]]
    };
    let mut lines = vec![["番号", "取りかかること", "進め方", "終わる時期", "受け持ち", "意見"]];
    lines.extend([row("1", "窓口の短縮"), row("2", "電話の短縮"), row("3", "手続の短縮"), row("4", "会議の短縮")].concat());
    lines.extend([row("5", "相談の短縮"), row("6", "証明の短縮")].concat());
    let all: Vec<&[&str]> = lines.iter().map(|l| &l[..]).collect();
    let text = drawn(&all, &[6, 12, 20, 12, 10, 8]);
    let read = read(&text.replace("番号", &format!("{post}番号")));
    assert_eq!(read.lines().next(), Some("番号 | 取りかかること | 進め方 | 終わる時期 | 受け持ち | 意見"), "{read}");
}

/// cuts: a list that begins above the first number shows that numbers and texts stand in the middle of their rows.
#[test]
fn lists_above_their_numbers_are_of_the_row_in_whose_middle_the_number_stands() {
    let widths = [6, 14, 22, 20, 8, 8];
    let text = drawn(
        &[
            &["番号", "実施項目", "どの水準まで", "どのような方法で", "いつまで", "課名"],
            &["", "", "", "・安全を点検する"],
            &["1", "市民マラソン", "大会が開かれている。", "・係員を募る", "11月", "総務課"],
            &["", "", "", "・医師を置く"],
            &["", "", "", "・要項を見直す"],
            &["2", "プールの管理", "管理者が決まっている。", "", "8月", "施設課"],
            &["", "", "", "・委員会を開く"],
            &["", "", "", "・工事を見る"],
            &["3", "会館の改修", "会館が開いている。", "", "9月", "文化課"],
            &["", "", "", "・会場を案内する"],
        ],
        &widths,
    );
    let rows = read(&text);
    let methods: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(" | ").nth(3)).collect();
    assert_eq!(
        methods,
        ["・安全を点検する・係員を募る・医師を置く", "・要項を見直す・委員会を開く", "・工事を見る・会場を案内する"],
        "{rows}"
    );
}

/// cuts: blank lines between which one number stands each part the rows.
#[test]
fn blank_lines_part_rows_where_one_number_stands_between_them() {
    let widths = [6, 14, 22, 20, 8, 8];
    let text = drawn(
        &[
            &["番号", "実施項目", "どの水準まで", "どのような方法で", "いつまで", "課名"],
            &["1", "市民マラソンの開催", "大会が開かれている。", "・係員を募る", "11月", "総務課"],
            &[""],
            &["", "", "", "・要項を見直す"],
            &["2", "プール", "次期の管理者が議会で決まっている。", "・委員会を開く", "8月", "施設課"],
            &[""],
            &["3", "会館の改修", "会館が開いている。", "・会場を案内する", "9月", "文化課"],
            &[""],
            &["", "", "", "・鍵を替える"],
            &["4", "学校の校庭の開放", "開放校が増え、利用が伸びている。", "・登録を改める", "5月", "体育課"],
        ],
        &widths,
    );
    let rows = read(&text);
    let methods: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(" | ").nth(3)).collect();
    assert_eq!(methods[..2], ["・係員を募る", "・要項を見直す・委員会を開く"], "{rows}");
    assert_eq!(methods[2..], ["・会場を案内する", "・鍵を替える・登録を改める"], "{rows}");
}
