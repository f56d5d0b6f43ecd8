//! A comparison as one page that needs no network: figures, what is taken for what, and both texts side by side.

use super::figures::{Comparison, Decided, Difference};
use super::letters::stretches;
use std::fmt::Write as _;

const STYLE: &str = "body{font-family:sans-serif;margin:2em;line-height:1.6}table{border-collapse:collapse;width:100%;table-layout:fixed}\
th,td{border:1px solid #999;padding:.3em .6em;vertical-align:top;text-align:left;white-space:pre-wrap;overflow-wrap:anywhere}\
th{background:#eee}del{background:#fdd;text-decoration:line-through}ins{background:#dfd;text-decoration:underline}.n{width:14em}";

/// The page; `names` are what both are called.
#[must_use]
pub fn html(found: &Comparison, names: [&str; 2]) -> String {
    let [first, second] = names.map(escaped);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>比較</title><style>{STYLE}</style></head><body>\n\
         <h1>比較</h1><p>{first} — {second}</p>\n"
    );
    let all = &found.all;
    let rate = |edits: u64, letters: u64| format!("{:.2}%", if letters == 0 { 0.0 } else { 100.0 * edits as f64 / letters as f64 });
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "<p>文書 {}、行 {}（片方だけ {}・{}）、欄 {}（一致 {}、幅と空白を除いて一致 {}）、文字の違い {}（除いて {}）</p>",
        found.documents,
        found.rows,
        found.rows_alone[0],
        found.rows_alone[1],
        all.fields,
        all.exact,
        all.exact_folded,
        rate(all.edits, all.letters),
        rate(all.edits_folded, all.letters_folded)
    );
    let [only_first, only_second] = &found.not_compared;
    let names = [
        ("一つ目にしかない欄", only_first),
        ("二つ目にしかない欄", only_second),
        ("プログラムの覚え", &found.notes),
        ("知らない列・シート", &found.unknown),
    ];
    for (what, names) in names.into_iter().filter(|(_, names)| !names.is_empty()) {
        let _ = writeln!(page, "<p>比べなかったもの（{what}）: {}</p>", escaped(&names.join("、")));
    }
    if !found.confusions.is_empty() {
        page.push_str("<h2>多い取り違え</h2><table><tr><th>一つ目</th><th>二つ目</th><th>回数</th></tr>\n");
        for (a, b, times) in &found.confusions {
            let _ = writeln!(page, "<tr><td>{}</td><td>{}</td><td>{times}</td></tr>", escaped(a), escaped(b));
        }
        page.push_str("</table>\n");
    }
    let _ = writeln!(
        page,
        "<h2>違うところ（{}）</h2><table><tr><th class=\"n\">場所</th><th>{first}</th><th>{second}</th></tr>",
        found.differences.len()
    );
    found.differences.iter().for_each(|difference| row(&mut page, difference));
    page.push_str("</table>\n</body></html>\n");
    page
}

fn row(page: &mut String, difference: &Difference) {
    let (mut left, mut right) = (String::new(), String::new());
    for stretch in stretches(&difference.first, &difference.second) {
        let (a, b) = (escaped(&stretch.first), escaped(&stretch.second));
        if a == b {
            left.push_str(&a);
            right.push_str(&b);
        } else {
            let _ = write!(left, "<del>{a}</del>");
            let _ = write!(right, "<ins>{b}</ins>");
        }
    }
    let decided = match difference.decided {
        Some(Decided::First) => "\n→ 一つ目",
        Some(Decided::Second) => "\n→ 二つ目",
        Some(Decided::Open) => "\n→ 決まらない",
        None => "",
    };
    let third = difference.third.as_deref().filter(|_| difference.decided == Some(Decided::Open));
    let third = third.map(|text| format!("\n三つ目: {}", escaped(text))).unwrap_or_default();
    let [kind, key] = &difference.row;
    let place = escaped(&format!("{}\n{kind} {key} {}", difference.document, difference.field));
    let _ = writeln!(page, "<tr><td>{place}{decided}{third}</td><td>{left}</td><td>{right}</td></tr>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
