//! A page of ink from what was drawn: what cannot be seen is left out and said, what is drawn twice is
//! kept once.

use super::collect::{Collector, Drawn};
use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Glyph, Ink};
use seisho_model::{Code, Finding, Page, TextRange, is_visible};
use std::collections::BTreeMap;

/// Builds the page; findings for what was left out and what is unknown.
pub(super) fn page(collector: Collector<'_>, index: usize, findings: &mut Vec<Finding>) -> Page {
    let number = index + 1;
    let mut text = String::new();
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut hidden = String::new();
    let mut unknown = 0_usize;
    let mut twice = Twice::default();
    for drawn in &collector.glyphs {
        let Some(rect) = Rect::new((drawn.rect.x0, drawn.rect.y0), (drawn.rect.x1, drawn.rect.y1)) else { continue };
        if !drawn.seen {
            hidden.push_str(&drawn.text);
            continue;
        }
        if twice.is_again(drawn, rect) {
            continue;
        }
        unknown += usize::from(drawn.text.is_empty());
        let start = text.len();
        text.push_str(if drawn.text.is_empty() { "\u{FFFD}" } else { &drawn.text });
        let range = TextRange::new(start, text.len());
        glyphs.push(Glyph { range, rect, size: Pt::new(drawn.size).unwrap_or_default(), vertical: drawn.vertical });
    }
    report(number, &hidden, unknown, &text, findings);
    let (width, height) = (Pt::new(collector.page.width()).unwrap_or_default(), Pt::new(collector.page.height()).unwrap_or_default());
    Page::drawn(text, Ink { width, height, glyphs, rulings: collector.rulings })
}

fn report(page: usize, hidden: &str, unknown: usize, text: &str, findings: &mut Vec<Finding>) {
    let hidden = hidden.chars().filter(|&c| is_visible(c)).count();
    if hidden > 0 {
        let ja = format!("{page} 頁に、紙面に見えない文字が {hidden} 字あります（記録していません）");
        findings.push(Finding::new(Code::X005, ja, format!("page {page} has {hidden} characters that nobody sees; they are not recorded")));
    }
    if unknown > 0 {
        let ja = format!("{page} 頁に、文字の分からない字形が {unknown} あります（�で示します）");
        findings.push(Finding::new(Code::X006, ja, format!("page {page} has {unknown} glyphs without a character, shown as U+FFFD")));
    }
    let private = text.chars().filter(|c| matches!(c, '\u{E000}'..='\u{F8FF}')).count();
    if private > 0 {
        let ja = format!("{page} 頁に外字が {private} 字あります");
        findings.push(Finding::new(Code::X002, ja, format!("page {page} has {private} private-use characters")));
    }
}

/// Glyphs drawn a second time, a hair aside: bold as some producers fake it.
#[derive(Default)]
struct Twice {
    /// Boxes by character and tenth of the page in both directions.
    seen: BTreeMap<(String, i32, i32), Vec<Rect>>,
}

impl Twice {
    fn is_again(&mut self, drawn: &Drawn, rect: Rect) -> bool {
        if drawn.text.trim().is_empty() {
            return false;
        }
        // About a tenth of an em; two like characters side by side are a whole one apart.
        let near = (drawn.size * 100.0).round().max(100.0) as i32;
        let center = |r: Rect| (r.center().0.0, r.center().1.0);
        let (x, y) = center(rect);
        let cell = |v: i32, step: i32| v.div_euclid(step * 4);
        let (cx, cy) = (cell(x, near), cell(y, near));
        for (dx, dy) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)] {
            let key = (drawn.text.clone(), cx + dx, cy + dy);
            let is_near = |r: &Rect| (center(*r).0 - x).abs() < near && (center(*r).1 - y).abs() < near;
            if self.seen.get(&key).is_some_and(|boxes| boxes.iter().any(is_near)) {
                return true;
            }
        }
        self.seen.entry((drawn.text.clone(), cx, cy)).or_default().push(rect);
        false
    }
}
