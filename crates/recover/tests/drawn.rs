//! Dumps drawn as their tools leave them, and below each the rows that a person would read in it: one drawing for each
//! decision, named after the file that makes it. A cell that is not sure ends in `?`; an empty one is `-`.

use seisho_extract::Options;
use seisho_forms::{Field, Forms};
use seisho_japanese::tokenizer::Tokenizer;
use seisho_model::Pages;
use seisho_model::layout::{Cell, ListLine};
use seisho_reading::{Mender, Reader, has_spaced_scripts};
use seisho_recover::{Alternative, Evidence, Recovered, outline, regroup};
use std::collections::BTreeSet;

/// What every dump of these begins with, and its headings, one a line.
const HEAD: &str = "令和8年度 組織目標展開整理表\n";
const HEADINGS: &str = "番号\n実施項目\n計画・方針等の分類\nどの水準まで\nどのような方法で\nいつまで\n共通/課名\n";

/// The text of a cell: an entry of a list begins with `・`, its wrapped lines are put together.
fn text(cell: &Cell, pages: &Pages) -> String {
    let mut out = String::new();
    for line in &cell.lines {
        let raw = line.run.raw(pages).replace('\n', "");
        if line.list == ListLine::Item && !out.is_empty() {
            out.push_str(" / ");
        }
        out.push_str(&raw);
    }
    if out.is_empty() { "-".to_owned() } else { out }
}

/// The rows of a recovered table, a line each.
fn rows(recovered: &Recovered, pages: &Pages) -> String {
    let Some(table) = &recovered.table else { return "no rows".to_owned() };
    let doubts: BTreeSet<(usize, Field)> = recovered.alternatives.iter().map(|Alternative { row, field, .. }| (*row, *field)).collect();
    let cell = |cell: &Cell| {
        let place = (cell.row.start as usize, recovered.fields[cell.col.start as usize]);
        text(cell, pages) + if doubts.contains(&place) { "?" } else { "" }
    };
    let lines = table.cells.chunk_by(|a, b| a.row == b.row).map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | "));
    lines.collect::<Vec<_>>().join("\n")
}

/// What is made of a text; the first line is of the head.
fn recovered(text: &str) -> (String, Recovered) {
    let pages = seisho_extract::read(text.as_bytes(), &Options::default()).expect("it is text").output.pages;
    let layout = seisho_layout::lay_out(&pages, "text/plain").output;
    let (forms, mender, tokenizer) = (Forms::built_in().expect("sound"), Mender::built_in(), Tokenizer::new().expect("sound"));
    let mut worker = tokenizer.worker();
    let spaced_scripts = has_spaced_scripts(&pages);
    let mut reader = Reader { pages: &pages, layout: &layout, worker: &mut worker, spaced_scripts, mender: &mender };
    let regrouped = regroup(&layout.blocks, &forms, &mut reader);
    let blocks = regrouped.as_ref().map_or(&layout.blocks, |r| &r.blocks);
    let found = outline(blocks, &forms, &mut reader).recover(&BTreeSet::from([0]), &forms, &mut reader);
    (rows(&found, &pages), found)
}

#[track_caller]
fn assert_drawn(dump: &str, want: &str) -> Recovered {
    let (got, found) = recovered(dump);
    let want: Vec<&str> = want.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(got, want.join("\n"), "\n--- got\n{got}");
    found
}

/// Rows as a tool leaves them that goes through the cells of each.
const ROW1: &str = "\
1
窓口の待ち時間
の短縮
施政方針
窓口の平均待ち時間が10分以
内に短縮されている。
・窓口の予約を試行
・案内係を配置 9月 市民課
";
const ROW2: &str = "\
2
地域活動の支援
その他
町内会との意見交換が年4回行わ
れている。
・補助金の要綱を改正
・説明会を開催 年度末 協働推進課
";
const ROW3: &str = "\
3
職員研修の充実
施政方針
職員研修の受講率が90％になって
いる。
・研修の内容を見直す 随時 職員課
";
const READ1: &str = "1 | 窓口の待ち時間の短縮 | 施政方針 | 窓口の平均待ち時間が10分以内に短縮されている。 | ・窓口の予約を試行 / ・案内係を配置 | 9月 | 市民課";
const READ2: &str =
    "2 | 地域活動の支援 | その他 | 町内会との意見交換が年4回行われている。 | ・補助金の要綱を改正 / ・説明会を開催 | 年度末 | 協働推進課";
const READ3: &str = "3 | 職員研修の充実 | 施政方針 | 職員研修の受講率が90％になっている。 | ・研修の内容を見直す | 随時 | 職員課";

/// text/numbers, text/segments, cells/find, cells/narrow_cells, cells/links: wrapped cells are put together, and a deadline
/// and a division at the end of a text's line are cells of their own.
#[test]
fn row_by_row_the_numbers_say_where_rows_begin() {
    let found = assert_drawn(&format!("{HEAD}{HEADINGS}{ROW1}{ROW2}"), &format!("{READ1}\n{READ2}"));
    assert_eq!(found.evidence, Evidence::RowByRow);
}

/// text/headings: words of the form in pieces, with their remarks, are headings and no text of a row.
#[test]
fn torn_headings_with_remarks_are_headings() {
    let torn =
        "番号\n実施項目\n（業務目標又は事務の内容）\n計画・方針\n等の分類\nどの水準まで\nどのような方法で\nいつまで\n（期限）\n共通/課名\n";
    let found = assert_drawn(&format!("{HEAD}{torn}{ROW1}{ROW2}"), &format!("{READ1}\n{READ2}"));
    assert_eq!(found.furniture.len(), 10);
}

/// text/furniture, text/pages: what every page repeats is of no row, and rows know their page.
#[test]
fn headings_and_page_numbers_of_every_page_are_of_no_row() {
    let dump = format!("{HEAD}{HEADINGS}{ROW1}{ROW2}- 1 -\n\u{C}{HEADINGS}{ROW3}- 2 -\n");
    let found = assert_drawn(&dump, &format!("{READ1}\n{READ2}\n{READ3}"));
    assert_eq!(found.rows.iter().map(|r| r.page).collect::<Vec<_>>(), [1, 1, 2]);
}

/// rows/draw_order: narrow cells of a page first, then the texts, row by row: the order of both tells whose they are.
#[test]
fn in_passes_both_orders_tell_the_rows() {
    let dump = "\
1 施政方針 9月 市民課
2 その他 年度末 協働推進課
窓口の待ち時間の短縮
窓口の平均待ち時間が10分以内に短縮されている。
・窓口の予約を試行する。
地域活動の支援
町内会との意見交換が年4回行われている。
・町内会の補助金の要綱を改正する。
";
    let want = "
        1 | 窓口の待ち時間の短縮 | 施政方針 | 窓口の平均待ち時間が10分以内に短縮されている。 | ・窓口の予約を試行する。? | 9月 | 市民課
        2 | 地域活動の支援 | その他 | 町内会との意見交換が年4回行われている。 | ・町内会の補助金の要綱を改正する。? | 年度末 | 協働推進課";
    assert_drawn(&format!("{HEAD}{HEADINGS}{dump}"), want);
}

/// rows/columns, rows/row_breaks, solve/sequence: column by column, every column keeps its order.
#[test]
fn column_by_column_every_column_keeps_its_order() {
    let blocks = [
        "1",
        "2",
        "施政方針",
        "その他",
        "9月",
        "年度末",
        "市民課",
        "協働推進課",
        "窓口の待ち時間の短縮",
        "地域活動の支援",
        "窓口の平均待ち時間が10分以内に短縮されている。",
        "町内会との意見交換が年4回行われている。",
        "・窓口の予約を試行する。",
        "・町内会の補助金の要綱を改正する。",
    ];
    let want = "
        1 | 窓口の待ち時間の短縮 | 施政方針 | 窓口の平均待ち時間が10分以内に短縮されている。 | ・窓口の予約を試行する。 | 9月 | 市民課
        2 | 地域活動の支援 | その他 | 町内会との意見交換が年4回行われている。 | ・町内会の補助金の要綱を改正する。 | 年度末 | 協働推進課";
    let found = assert_drawn(&format!("{HEAD}{HEADINGS}{}\n", blocks.join("\n\n")), want);
    assert_eq!(found.evidence, Evidence::ColumnOrder);
}

/// cells/interleaving, cells/thread_search: the lines of two cells side by side, in turn, are two texts.
#[test]
fn lines_of_two_cells_in_turn_are_two_texts() {
    let blocks = [
        "1",
        "2",
        "窓口の待ち時間の短縮",
        "地域活動の支援",
        "施政方針",
        "その他",
        "窓口の平均待ち時間が10分以\n窓口の予約を試行し，案内係\n内に短縮されている。\nを入口に配置する。",
        "町内会との意見交換が年4回行わ\n町内会の補助金の要綱を改正\nれている。\nする。",
        "9月",
        "年度末",
        "市民課",
        "協働推進課",
    ];
    let want = "
        1 | 窓口の待ち時間の短縮 | 施政方針 | 窓口の平均待ち時間が10分以内に短縮されている。 | 窓口の予約を試行し，案内係を入口に配置する。 | 9月 | 市民課
        2 | 地域活動の支援 | その他 | 町内会との意見交換が年4回行われている。? | 町内会の補助金の要綱を改正する。? | 年度末 | 協働推進課";
    assert_drawn(&format!("{HEAD}{HEADINGS}{}\n", blocks.join("\n\n")), want);
}

/// rows/match_by_words, rows/word_overlap, solve/assignment: texts in another order than the numbers go to the rows whose
/// divisions and items they share words with.
#[test]
fn texts_in_another_order_are_told_by_the_words_that_they_share() {
    let blocks = [
        "1 施政方針 9月 市民課",
        "2 その他 年度末 協働推進課",
        "3 施政方針 随時 職員課",
        "職員研修の充実",
        "職員研修の受講率が90％になっている。",
        "・職員研修の内容を見直す。",
        "地域活動の支援",
        "地域活動の町内会との意見交換が年4回行われている。",
        "・地域活動の補助金の要綱を改正する。",
        "市民課の窓口の待ち時間の短縮",
        "窓口の平均待ち時間が10分以内に短縮されている。",
        "・窓口の予約を試行する。",
    ];
    let want = "
        1 | 市民課の窓口の待ち時間の短縮 | 施政方針 | 窓口の平均待ち時間が10分以内に短縮されている。 | ・窓口の予約を試行する。 | 9月 | 市民課
        2 | 地域活動の支援 | その他 | 地域活動の町内会との意見交換が年4回行われている。 | ・地域活動の補助金の要綱を改正する。 | 年度末 | 協働推進課
        3 | 職員研修の充実 | 施政方針 | 職員研修の受講率が90％になっている。 | ・職員研修の内容を見直す。 | 随時 | 職員課";
    let found = assert_drawn(&format!("{HEAD}{HEADINGS}{}\n", blocks.join("\n\n")), want);
    assert_eq!(found.evidence, Evidence::SharedWords);
}

/// doubt: a deadline too few leaves every deadline open, and what stands beside it.
#[test]
fn a_cell_too_few_puts_its_column_in_doubt() {
    let (_, found) = recovered(&format!("{HEAD}{HEADINGS}{ROW1}{}{ROW3}", ROW2.replace(" 年度末", "")));
    let doubted = |field: Field| found.alternatives.iter().filter(|a| a.field == field).map(|a| a.row).collect::<Vec<_>>();
    assert_eq!(doubted(Field::Deadline), [0, 1, 2]);
    assert!(doubted(Field::Divisions).is_empty() && doubted(Field::Target).is_empty());
}

/// doubt: a row without texts of its own stands under merged cells; whose texts its neighbours hold is open.
#[test]
fn a_row_without_texts_puts_those_around_it_in_doubt() {
    let (_, found) = recovered(&format!("{HEAD}{HEADINGS}{ROW1}2\n年度末 協働推進課\n{ROW3}"));
    let rows: BTreeSet<usize> = found.alternatives.iter().filter(|a| a.field == Field::Item).map(|a| a.row).collect();
    assert_eq!(rows, BTreeSet::from([0, 1, 2]));
}

/// text/script_spacing: where spaces stand wherever scripts meet, no end of a cell is sure.
#[test]
fn spaces_between_all_scripts_leave_nothing_sure() {
    let dump = "\
1 窓口 の 待 ち 時間 の 短縮
施政方針
窓口 の 平均待 ち 時間 が 10 分以内 に 短縮 されている 。
・ 窓口 の 予約 を 試行 する 。
9 月
市民課
2 地域活動 の 支援
その 他
町内会 との 意見交換 が 年 4 回行 われている 。
・ 町内会 の 補助金 の 要綱 を 改正 する 。
年度末
協働推進課
";
    let (_, found) = recovered(&format!("{HEAD}番号　実施項目　どの水準まで　どのような方法で　いつまで　共通/課名\n{dump}"));
    let doubted: BTreeSet<(usize, Field)> = found.alternatives.iter().map(|a| (a.row, a.field)).collect();
    let cells = (0..2).flat_map(|row| found.fields.iter().filter(|f| **f != Field::Number).map(move |f| (row, *f)));
    assert!(cells.into_iter().all(|cell| doubted.contains(&cell)), "{doubted:?}");
}

/// dump: one number shows no table.
#[test]
fn without_numbered_rows_there_is_no_table() {
    assert_drawn(&format!("{HEAD}{HEADINGS}窓口の待ち時間の短縮\n"), "no rows");
}
