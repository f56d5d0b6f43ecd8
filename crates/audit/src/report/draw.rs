//! Drawings of the report, as SVG inside the page: lines and bars, no fonts or colours that a printer lacks.

use super::tongue::Tongue;
use super::{Band, Kind};
use crate::sampling::{Plan, Share};
use seisho_model::Code;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 40.0;
const BOTTOM: f64 = 30.0;
/// Room for half of the last number.
const RIGHT: f64 = 20.0;

/// A frame with axes from 0: `x` to `last`, `y` to 1, and its curves and marks.
fn frame(title: &str, below: &str, last: f64, inside: &str) -> String {
    let (right, low, top) = (WIDTH - RIGHT, HEIGHT - BOTTOM, 8.0);
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>\
         <path d=\"M{LEFT} {top}V{low}H{right}\" fill=\"none\" stroke=\"#333\"/>"
    );
    for part in 0..=4 {
        let share = f64::from(part) / 4.0;
        let (x, y) = (LEFT + (right - LEFT) * share, low - (low - top) * share);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#ddd\" fill=\"none\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{:.0}%</text>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{:.1}%</text>",
            LEFT - 4.0,
            y + 3.0,
            share * 100.0,
            low + 12.0,
            share * last * 100.0
        );
    }
    let _ = write!(
        out,
        "{inside}<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{below}</text></svg>",
        (LEFT + right) / 2.0,
        HEIGHT - 4.0
    );
    out
}

fn point(x: f64, y: f64, last: f64) -> (f64, f64) {
    let (right, low, top) = (WIDTH - RIGHT, HEIGHT - BOTTOM, 8.0);
    (LEFT + (right - LEFT) * (x / last), low - (low - top) * y)
}

/// How the chance of acceptance falls with the share of wrong values.
pub(super) fn characteristic(plan: &Plan, t: Tongue) -> String {
    let points = &plan.operating_characteristic;
    let last = points.last().map_or(1.0, |p| p.rate).max(1e-9);
    let place = |rate: f64, accepted: f64| {
        let (x, y) = point(rate, accepted, last);
        format!("{x:.1},{y:.1}")
    };
    let curve: Vec<String> = points.iter().map(|p| place(p.rate, p.accepted)).collect();
    let rate = plan.rate.parse::<Share>().map_or(0.0, Share::number);
    let (x, y) = point(rate, plan.risk, last);
    let (_, low) = point(0.0, 0.0, last);
    let inside = format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#0b57d0\" stroke-width=\"1.8\"/>\
         <path d=\"M{x:.1} {low:.1}V{y:.1}\" stroke=\"#b42318\" stroke-dasharray=\"3 2\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"#b42318\"/>",
        curve.join(" ")
    );
    let (title, below) = t.pick(
        ("検査特性曲線", "誤りの割合 → 合格する見込み"),
        ("Operating characteristic", "share of wrong values → chance of acceptance"),
    );
    frame(title, below, last, &inside)
}

/// How often values were right, against what their confidence says.
pub(super) fn diagram(bands: &[Band], t: Tongue) -> String {
    let (x0, y0) = point(0.0, 0.0, 1.0);
    let (x1, y1) = point(1.0, 1.0, 1.0);
    let mut inside = format!("<path d=\"M{x0:.1} {y0:.1}L{x1:.1} {y1:.1}\" stroke=\"#999\" stroke-dasharray=\"3 2\"/>");
    for band in bands {
        let (x, y) = point(band.said, band.right as f64 / band.values.max(1) as f64, 1.0);
        let size = 2.5 + (band.values as f64).sqrt() / 4.0;
        let _ = write!(inside, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\" fill=\"#0b57d0\" fill-opacity=\"0.6\"/>", size.min(9.0));
    }
    let (title, below) = t.pick(("信頼度の図", "確かさ → 実際に正しかった割合"), ("Reliability", "confidence → share that was right"));
    frame(title, below, 1.0, &inside)
}

/// Bars of counts, the name beside each: `[whole, part of it]`.
fn bars(title: &str, rows: &[(String, [u64; 2])]) -> String {
    let most = rows.iter().map(|(_, n)| n[0]).max().unwrap_or(0).max(1) as f64;
    let height = 16 * rows.len() + 6;
    let mut out = format!("<svg viewBox=\"0 0 520 {height}\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>");
    for (at, (name, [whole, part])) in rows.iter().enumerate() {
        let y = 16 * at + 3;
        let width = |n: u64| 250.0 * n as f64 / most;
        let _ = write!(
            out,
            "<text x=\"196\" y=\"{}\" text-anchor=\"end\">{}</text><rect x=\"202\" y=\"{y}\" width=\"{:.1}\" height=\"11\" fill=\"#c9d6ea\"/>\
             <rect x=\"202\" y=\"{y}\" width=\"{:.1}\" height=\"11\" fill=\"#b42318\"/><text x=\"{:.1}\" y=\"{}\">{whole}{}</text>",
            y + 10,
            escaped(name),
            width(*whole),
            width(*part),
            206.0 + width(*whole),
            y + 10,
            if *part > 0 { format!("（{part}）") } else { String::new() }
        );
    }
    out + "</svg>"
}

/// Findings by kind; those that are more than a note in red.
pub(super) fn kinds(findings: &BTreeMap<String, Kind>, t: Tongue) -> String {
    let row = |(code, kind): (&String, &Kind)| {
        let [errors, warnings, notes] = kind.by_severity;
        let english = Code::named(code).map(|c| c.entry().title().en);
        let title: String = match t {
            Tongue::Ja => kind.title.chars().take(14).collect(),
            Tongue::En => english.unwrap_or_else(|| kind.title.clone()).chars().take(28).collect(),
        };
        (format!("{code} {title}"), [errors + warnings + notes, errors + warnings])
    };
    bars(t.pick("指摘の種類", "Kinds of findings"), &findings.iter().map(row).collect::<Vec<_>>())
}

/// Values by form; the doubted ones in red.
pub(super) fn forms(forms: &BTreeMap<String, [u64; 2]>, t: Tongue) -> String {
    bars(
        t.pick("様式ごとの値と疑い", "Values and doubts by form"),
        &forms.iter().map(|(name, counts)| (name.clone(), *counts)).collect::<Vec<_>>(),
    )
}

/// Text as HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A table.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, row: &[String]| row.iter().map(|c| format!("<{tag}>{}</{tag}>", escaped(c))).collect::<String>();
    let head: Vec<String> = head.iter().map(|h| (*h).to_owned()).collect();
    let body: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells("td", row))).collect();
    let head = if head.is_empty() { String::new() } else { format!("<thead><tr>{}</tr></thead>", cells("th", &head)) };
    format!("<table>{head}<tbody>{body}</tbody></table>\n")
}

/// A share in hundredths.
pub(super) fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}
