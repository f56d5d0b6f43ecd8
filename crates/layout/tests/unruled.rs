//! Tables without rules, drawn as text: a full-width letter is an em wide, a half-width one half of it, `─` a rule. What
//! stands in which cell is told by alignment, white bands, numbers and rules between rows.

use seisho_layout::lay_out;
use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Axis, Glyph, Ink, Ruling};
use seisho_model::layout::{Block, Cell, Table};
use seisho_model::{Page, Pages, TextRange};

/// Half of an em, the distance of two lines, and where the first begins, in thousandths of a point.
const HALF: i32 = 5_000;
const LINE: i32 = 13_000;
const TOP: i32 = 100_000;

/// A page as it is drawn; a blank line is half of one high.
fn page(drawing: &str) -> Page {
    let mut text = String::new();
    let (mut glyphs, mut rulings) = (Vec::new(), Vec::new());
    let mut y = TOP;
    for line in drawing.lines().skip_while(|l| l.trim().is_empty()) {
        let mut x = 50_000;
        for c in line.chars() {
            let wide = if c.is_ascii() || c == '─' { HALF } else { 2 * HALF };
            if c == '─' {
                rulings.push(Ruling { axis: Axis::Horizontal, at: Pt(y - 1_000), from: Pt(x), to: Pt(x + wide), width: Pt(500) });
            } else if c != ' ' {
                let start = text.len();
                text.push(c);
                let rect = Rect { x0: Pt(x), y0: Pt(y), x1: Pt(x + wide), y1: Pt(y + 2 * HALF) };
                glyphs.push(Glyph { range: TextRange::new(start, text.len()), rect, size: Pt(2 * HALF), vertical: false, score: None });
            }
            x += wide;
        }
        y += if line.contains('─') {
            0
        } else if line.trim().is_empty() {
            LINE / 2
        } else {
            LINE
        };
    }
    Page::drawn(text, Ink { width: Pt(842_000), height: Pt(595_000), glyphs, rulings, ..Ink::default() })
}

/// The tables of some pages: a line for each row, ` | ` between cells, `/` between the lines of one; `↑`
/// where the cell above goes on.
fn tables(drawings: &[&str]) -> Vec<String> {
    let pages = Pages(drawings.iter().map(|drawing| page(drawing)).collect());
    let layout = lay_out(&pages, "application/pdf").output;
    let tables = layout.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None });
    let cell = |table: &Table, row: u32, col: u32| {
        let text = |c: &Cell| c.lines.iter().map(|l| l.run.raw(&pages)).collect::<Vec<_>>().join("/");
        let at = table.cells.iter().find(|c| c.row.contains(&row) && c.col.contains(&col));
        at.map(|c| if c.row.start == row { text(c) } else { "↑".to_owned() }).unwrap_or_default()
    };
    let row = |table: &Table, row: u32| (0..table.cols).map(|col| cell(table, row, col)).collect::<Vec<_>>().join(" | ");
    tables.map(|table| (0..table.rows).map(|r| row(table, r)).collect::<Vec<_>>().join("\n")).collect()
}

#[test]
fn white_from_top_to_bottom_parts_columns_and_numbers_part_rows() {
    // Numbers at the tops of their rows; the lines of all rows are equally far apart.
    let drawing = "
番号      実施項目          どの水準まで              いつまで

1         窓口の改善        待ち時間を半分にする      3月
                            案内を新しくする
2         地域福祉計画      計画を決める              10月
          の推進
3         防災訓練          全ての地区で行う          9月
";
    let expected = "番号 | 実施項目 | どの水準まで | いつまで
1 | 窓口の改善 | 待ち時間を半分にする/案内を新しくする | 3月
2 | 地域福祉計画/の推進 | 計画を決める | 10月
3 | 防災訓練 | 全ての地区で行う | 9月";
    assert_eq!(tables(&[drawing]), [expected]);
}

#[test]
fn numbers_in_the_middle_of_their_rows_part_them_too() {
    let drawing = "
番号      実施項目          どの水準まで              いつまで

          窓口の改善        待ち時間を半分にする
1                           案内を新しくする          3月
                            予約を受ける
          地域福祉計画      計画を決める
2         の推進            市民に知らせる            10月
          を進める          会議を開く
";
    let expected = "番号 | 実施項目 | どの水準まで | いつまで
1 | 窓口の改善 | 待ち時間を半分にする/案内を新しくする/予約を受ける | 3月
2 | 地域福祉計画/の推進/を進める | 計画を決める/市民に知らせる/会議を開く | 10月";
    assert_eq!(tables(&[drawing]), [expected]);
}

#[test]
fn without_numbers_white_bands_part_rows() {
    let drawing = "
実施項目          どの水準まで              方法              いつまで

窓口の改善        待ち時間を半分にする      予約を受ける      3月
                  案内を新しくする          人を増やす

地域福祉計画      計画を決める              会議を開く        10月
の推進            市民に知らせる

防災訓練          全ての地区で行う          地区と話す        9月
                  記録を残す
";
    let expected = "実施項目 | どの水準まで | 方法 | いつまで
窓口の改善 | 待ち時間を半分にする/案内を新しくする | 予約を受ける/人を増やす | 3月
地域福祉計画/の推進 | 計画を決める/市民に知らせる | 会議を開く | 10月
防災訓練 | 全ての地区で行う/記録を残す | 地区と話す | 9月";
    assert_eq!(tables(&[drawing]), [expected]);
}

#[test]
fn rules_that_cross_the_table_part_rows_and_one_that_leaves_a_column_out_merges_its_cells() {
    let drawing = "
番号      実施項目          どの水準まで              いつまで
────────────────────────────────────────────────────────────────
1         窓口の改善        待ち時間を半分にする      3月
                            案内を新しくする
──────                  ────────────────────────────────────────
2                           計画を決める              10月
────────────────────────────────────────────────────────────────
3         防災訓練          全ての地区で行う          9月
";
    let expected = "番号 | 実施項目 | どの水準まで | いつまで
1 | 窓口の改善 | 待ち時間を半分にする/案内を新しくする | 3月
2 | ↑ | 計画を決める | 10月
3 | 防災訓練 | 全ての地区で行う | 9月";
    assert_eq!(tables(&[drawing]), [expected]);
}

#[test]
fn a_table_goes_on_on_the_next_page_without_its_heading() {
    let first = "
番号      実施項目          どの水準まで              いつまで

1         窓口の改善        待ち時間を半分にする      3月
2         地域福祉計画      計画を決める              10月
";
    let next = "
                            市民に知らせる
3         防災訓練          全ての地区で行う
4         道路の補修        市道を調べる
5         税の案内          手紙を出す
";
    let found = tables(&[first, next]);
    let rows = [
        " |  | 市民に知らせる | ",
        "3 | 防災訓練 | 全ての地区で行う | ",
        "4 | 道路の補修 | 市道を調べる | ",
        "5 | 税の案内 | 手紙を出す | ",
    ];
    assert_eq!(found.get(1), Some(&rows.join("\n")), "with the rest of its last row, and with the column that is blank here");
    let text = "
3 地域の福祉を進めるため、計画を決めて市民に知らせ、会議を開く。
4 災害に備えて、全ての地区で訓練を行い、記録を残して配る。
5 窓口の待ち時間を短くして、案内を新しくし、市民の声を聞く。
";
    assert_eq!(tables(&[first, text]).len(), 1, "lines that run over the columns are no rows");
}

#[test]
fn five_labels_with_values_are_a_sheet_and_three_are_the_head_of_a_letter() {
    let sheet = "
番号            1
実施項目        窓口の改善
分類            市民サービス
どの水準        待ち時間を半分にする
                案内を新しくする
いつまで        3月
";
    let expected = "番号 | 1
実施項目 | 窓口の改善
分類 | 市民サービス
どの水準 | 待ち時間を半分にする/案内を新しくする
いつまで | 3月";
    let head = "
作成日          令和8年4月1日
職名            市民部長
氏名            玉井 理加
";
    assert_eq!((tables(&[sheet]), tables(&[head])), (vec![expected.to_owned()], vec![]));
}

#[test]
fn lines_of_text_are_no_table() {
    let drawing = "
市民部は、窓口の待ち時間を短くし、市民の声を聞く。
地域の福祉を進めるため、計画を決めて市民に知らせる。
災害に備えて、全ての地区で訓練を行い、記録を残す。
";
    assert_eq!(tables(&[drawing]), [""; 0]);
}

#[test]
fn names_at_other_heights_and_groups_over_them_are_the_heading_above_numbered_rows() {
    // The first two names stand in the middle of two lines of cells, the others below the names of their groups.
    let drawing = "
令和7年4月1日  市民部長  山田太郎

                                    年度当初                       実績
整理  事業名
番号
                      めざす姿                        期限
                                        進め方                評価      展開

1     窓口の改善  待ち時間を減らす  案内を新しくする  3月     達成      継続
                                    掲示を増やす
2     防災訓練    全地区で行う      自治会と話し合う  9月     未達成    拡充
3     地域の福祉  計画を決める      懇談会を開く      10月    達成      完了
";
    let expected = "整理/番号 | 事業名 | 年度当初 | 年度当初 | 年度当初 | 実績 | 実績
↑ | ↑ | めざす姿 | 進め方 | 期限 | 評価 | 展開
1 | 窓口の改善 | 待ち時間を減らす | 案内を新しくする/掲示を増やす | 3月 | 達成 | 継続
2 | 防災訓練 | 全地区で行う | 自治会と話し合う | 9月 | 未達成 | 拡充
3 | 地域の福祉 | 計画を決める | 懇談会を開く | 10月 | 達成 | 完了";
    assert_eq!(tables(&[drawing]), [expected]);
}
