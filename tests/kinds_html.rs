//! Kinds of fault that people met with web pages: numbers that the browser makes, fields of forms, parts that are not shown,
//! pictures; and choices with boxes and rings, as pages and printed pages have them.

use crate::kinds::{COLUMNS, at, document, html, remainder, rows, tabs};
use crate::print::tools::Producer;
use crate::support::{convert, folder_of};
use serde_json::{Value, json};

fn page(body: &str) -> Value {
    let text =
        format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>.off{{display:none}}</style></head><body>{body}</body></html>");
    document("a.html", text.as_bytes())
}

const HEAD: &str = "<h1>令和7年度　環境部の運営方針</h1><p>令和7年4月10日</p><p>環境部長　森下 和也</p>";

/// Provisions with their labels, outermost first, and the texts below them.
fn outline(sections: &Value) -> Vec<String> {
    let of = |section: &Value| {
        let own = format!("{} {} {}", section["label"].as_str().unwrap_or(""), section["text"].as_str().unwrap_or(""), section["body"]);
        let below = outline(&section["children"]).into_iter().map(|line| format!("> {line}"));
        std::iter::once(own).chain(below).collect::<Vec<_>>()
    };
    sections.as_array().into_iter().flatten().flat_map(of).collect()
}

#[test]
fn numbers_that_a_browser_puts_before_items_are_labels_of_provisions() {
    let body = "<ol><li>窓口の改善<ol style='list-style-type:none'><li>(1) 待ち時間を15分以内とする。</li><li>(2) 予約制を始める。<ul><li>9月に試行する。</ul></ol>\
        </li><li>\n<p>人材の育成</p><p>研修を年4回行う。</p></li></ol>";
    let document = page(&format!("{HEAD}{body}"));
    let want = [
        "1 窓口の改善 []",
        "> (1) 待ち時間を15分以内とする。 []",
        "> (2) 予約制を始める。 [\"9月に試行する。\"]",
        "2 人材の育成 [\"研修を年4回行う。\"]",
    ];
    assert_eq!(outline(&document["sections"]), want);
    assert_eq!(document["evidence"]["/sections/0/label"]["edits"][0]["rule"], "number-item");
    // Lists of one kind in each other, one that begins elsewhere, other kinds of numbers; what somebody typed counts alone.
    let nested =
        page(&format!("{HEAD}<ol start=3><li>窓口<ol><li>時間<li>予約</ol><li>研修</ol><ol type=A><li>一斉の研修<li>（注意）点検</ol>"));
    assert_eq!(
        outline(&nested["sections"]),
        ["3 窓口 []", "> 1 時間 []", "> 2 予約 []", "4 研修 []", "A 一斉の研修 []", "B （注意）点検 []"]
    );
    let typed = page(&format!("{HEAD}<ol><li>1 窓口の改善<li>2 研修の実施</ol><nav><ol><li>トップ<li>市政</ol></nav>"));
    assert_eq!(outline(&typed["sections"])[0], "1 窓口の改善 []");
    assert!(outline(&typed["sections"])[1].starts_with("2 研修の実施"));
}

#[test]
fn fields_of_forms_say_what_they_show() {
    let radio = |chosen: usize| -> String {
        let one = |(n, text): (usize, &str)| {
            let checked = if n == chosen { " checked" } else { "" };
            format!("<label><input type=radio name=k{chosen}{checked}>{text}</label> ")
        };
        ["施政方針", "個別計画", "その他"].into_iter().enumerate().map(one).collect()
    };
    let texts = [0, 1, 2].map(radio);
    let page = document("a.html", html("", &rows(2, texts.each_ref().map(String::as_str))).as_bytes());
    assert_eq!(
        [0, 1, 2].map(|n| page["goals"][n]["choice"]["plan_category"].as_str()),
        [Some("施政方針"), Some("個別計画"), Some("その他")]
    );
    let none = document("a.html", html("", &rows(2, [&texts[0], &radio(9), &texts[2]])).as_bytes());
    assert_eq!(none["goals"][1]["choice"], Value::Null);
    let list = "<select><option>3月\n<option selected>9月<option>12月</select>";
    let first = "<select>\n<option>3月</option>\n<option>9月</option>\n</select>";
    let typed = "<input type=text value=\"12月\"><input type=hidden value=秘密>";
    let page = document("a.html", html("", &rows(5, [list, first, typed])).as_bytes());
    assert_eq!(
        [0, 1, 2].map(|n| page["goals"][n]["deadline"]["until"].as_str()),
        [Some("2025-09-30"), Some("2026-03-31"), Some("2025-12-31")]
    );
    assert!(!page["goals"].to_string().contains("秘密"));
}

#[test]
fn nothing_of_a_part_that_is_not_shown_is_in_a_value() {
    let shown = rows(6, ["道路管理課", "ごみ減量課", "公園緑地課"]);
    let old = html("", &rows(1, ["旧構想の推進", "旧目標", "旧計画"]));
    let old = &old[old.find("<body>").expect("a body") + 6..old.find("</body>").expect("its end")];
    let parts = [
        format!("<div style='display:none'>{old}</div>"),
        format!("<section hidden><div>{old}</div></section>"),
        format!("<div class=off><p>{old}</p></div>"),
        format!("<div style='visibility:hidden'>{old}</div>"),
        format!("<span hidden>{old}</span>"),
        format!("<dialog>{old}</dialog>"),
        format!("<ul><li hidden>{old}</ul>"),
    ];
    for part in &parts {
        for text in [
            html(".off{display:none}", &shown).replace("<body>", &format!("<body>{part}")),
            html(".off{display:none}", &shown).replace("</body>", &format!("{part}</body>")),
        ] {
            let page = document("a.html", text.as_bytes());
            assert_eq!(page["goals"].as_array().map(Vec::len), Some(3), "{part}");
            assert!(!page["goals"].to_string().contains("旧"), "{part}");
            let said = page["findings"].as_array().expect("findings").iter().find(|f| f["code"] == "X005").expect("X005").clone();
            assert!(!said["at"].as_array().expect("a place").is_empty(), "{part}");
        }
    }
    // What only a click shows, and what only screen readers pass over, is text; a row without an end tag ends with the next one.
    for part in ["<details><summary>詳細</summary>", "<div aria-hidden=true>"] {
        let page = document("a.html", html("", &shown).replace("<table>", &format!("{part}<table>")).as_bytes());
        assert_eq!(page["goals"].as_array().map(Vec::len), Some(3), "{part}");
    }
    let loose = html("", &shown).replace("</tr>", "").replace("</td>", "").replace("<tr><td>1", "<tr hidden><td>9<td>道の駅<tr><td>1");
    assert_eq!(document("a.html", loose.as_bytes())["goals"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_mark_of_a_note_in_brackets_inside_a_link_is_no_text() {
    let marked = rows(3, ["350基<a href=#n><sup>[注1]</sup></a>を更新する。", "580グラム以下とする。", "48か所を点検する。"]);
    let text = html("", &marked).replace("</table>", "<tr><td colspan=7>[注1] 国の基準による。</td></tr></table>");
    let page = document("a.html", text.as_bytes());
    assert_eq!((&page["goals"][0]["target"][0], at(&page, "/goals/0/target/0")), (&Value::from("350基を更新する。"), vec!["L008"]));
    assert!(remainder(&page, "note").contains(&"[注1]".to_owned()));
}

#[test]
fn pictures_of_a_page_that_may_hold_text_are_said_and_others_are_not() {
    let with = |image: &str| {
        let page = document(
            "a.html",
            html("", &rows(6, ["道路管理課", "ごみ減量課", "公園緑地課"])).replace("</table>", &format!("</table>{image}")).as_bytes(),
        );
        page["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == "X007").count()
    };
    assert_eq!(
        ["<img src=a.png width=600 height=200>", "<img src=a.png>", "<p><img src=a.png width=600 height=200 alt=目標表></p>"].map(with),
        [1; 3]
    );
    assert_eq!(
        ["<img src=a.png width=90 height=30>", "<img src=a.png alt=''>", "<img src=a.png alt=市章>", "<img hidden src=a.png>"].map(with),
        [0; 4]
    );
}

#[test]
fn boxes_to_tick_are_one_value_and_a_choice() {
    let texts = ["□新規　☑継続　□廃止", "☑新規　□継続　□廃止", "□新規　□継続　□廃止"];
    let mut given = rows(2, texts);
    let rows_of = |page: Value| -> Vec<(usize, Option<String>)> {
        let goal = |goal: &Value| {
            let texts = goal["other"][0]["text"].as_array().map_or(0, Vec::len);
            (texts, goal["choice"]["other/0"].as_str().map(str::to_owned))
        };
        page["goals"].as_array().expect("goals").iter().map(goal).collect()
    };
    let want = [(1, Some("継続".to_owned())), (1, Some("新規".to_owned())), (1, None)];
    assert_eq!(rows_of(document("a.txt", tabs(&given).as_bytes())), want);
    assert_eq!(rows_of(document("a.html", html("", &given).as_bytes())), want);
    // One below the other they are a list only where none is ticked.
    given.iter_mut().for_each(|row| row[2] = row[2].replace('　', "<br>"));
    assert_eq!(rows_of(document("a.html", html("", &given).as_bytes()))[..2], want[..2]);
}

/// A ring that a style sheet draws is a shape inside a shape.
#[test]
fn a_ring_of_a_style_sheet_names_the_choice_and_without_one_it_is_said_that_none_was_read() {
    let rings = [1, 0, 2].map(|chosen| -> String {
        let all = ["Ａ", "Ｂ", "Ｃ", "Ｄ"].into_iter().enumerate();
        all.map(|(n, text)| if n == chosen { format!("<span class=r>{text}</span>") } else { text.to_owned() })
            .collect::<Vec<_>>()
            .join("　")
    });
    let style = ".r{border:1px solid #000;border-radius:50%;padding:0 2px}table{border-collapse:collapse}td,th{border:1px solid;padding:3px}\
        body{font-family:IPAexGothic;font-size:10pt}@page{size:A4 landscape}";
    let of = |texts: [&str; 3]| {
        let text = html(style, &rows(2, texts));
        text.replace(COLUMNS[2], "達成状況").replace("<head>", "<head><meta charset=\"utf-8\">")
    };
    let pages = [("marked", of(rings.each_ref().map(String::as_str))), ("bare", of(["Ａ　Ｂ　Ｃ　Ｄ"; 3]))];
    let bare = document("bare.html", pages[1].1.as_bytes());
    assert_eq!(at(&bare, "/goals/1/achievement"), ["L015"]);
    for producer in [Producer::WeasyPrint, Producer::Chromium].into_iter().filter(|p| p.is_there()) {
        let (work, folder) = (tempfile::TempDir::new().expect("a folder"), folder_of(&[]));
        let written: Vec<_> = pages.iter().map(|(name, text)| (work.path().join(name).with_extension("html"), text)).collect();
        written.iter().for_each(|(file, text)| std::fs::write(file, text).expect("a file"));
        let files: Vec<_> = written.into_iter().map(|(file, _)| file).collect();
        producer.print_files(&files, folder.path(), work.path());
        let documents = convert(&[folder.path()]).documents();
        let marked = &documents["marked.pdf"];
        let chosen = [0, 1, 2].map(|n| marked["goals"][n]["achievement"]["choice"].clone());
        assert_eq!(chosen, [json!("Ｂ"), json!("Ａ"), json!("Ｃ")], "{}", producer.name());
        assert_eq!(at(&documents["bare.pdf"], "/goals/1/achievement"), ["L015"], "{}", producer.name());
    }
}
