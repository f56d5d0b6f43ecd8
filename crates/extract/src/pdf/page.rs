//! A page of ink from what was drawn: what cannot be seen is left out and said, what is drawn twice is
//! kept once.

use super::collect::{Collector, Drawn};
use super::looks;
use seisho_model::codes::source::{x002, x005, x007};
use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Axis, Glyph, Hidden, Ink, Origin, Ruling, Sign};
use seisho_model::script::is_private_use;
use seisho_model::{Finding, Page, TextRange, is_visible};
use std::collections::BTreeMap;

/// Letters smaller than this, in points, nobody reads.
const SMALLEST: f64 = 1.0;

/// Builds the page; findings for what was left out and what is unknown.
pub(super) fn page(collector: Collector<'_>, index: usize, pictures_first: bool, findings: &mut Vec<Finding>) -> Page {
    let number = index + 1;
    let mut text = String::new();
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut hidden: Vec<Hidden> = Vec::new();
    let mut looks: Vec<looks::Look> = Vec::new();
    let mut slanted: Vec<TextRange> = Vec::new();
    let mut twice = Twice::default();
    let upright = Upright::of(&collector);
    for drawn in &collector.glyphs {
        let Some(rect) = upright.rect(drawn.rect) else { continue };
        if !drawn.seen || drawn.size < SMALLEST {
            hidden.push(Hidden { text: drawn.text.clone(), rect });
            continue;
        }
        if twice.is_again(drawn, rect, &text) {
            continue;
        }
        let start = text.len();
        text.push_str(if drawn.text.is_empty() { "\u{FFFD}" } else { &drawn.text });
        let range = TextRange::new(start, text.len());
        twice.add(rect, range);
        slanted.extend(drawn.turn.is_none().then_some(range));
        looks.push((range, drawn.color, drawn.bold));
        glyphs.push(Glyph { range, rect, size: Pt::new(drawn.size).unwrap_or_default(), vertical: drawn.vertical, score: None });
    }
    let origin = if is_picture(&collector, &text, pictures_first) { Origin::Picture } else { Origin::Digital };
    if origin == Origin::Digital {
        hidden.retain(|h| h.text.chars().any(is_visible));
        report(number, &hidden, &text, findings);
        report_pictures(number, &collector, findings);
    }
    let page = upright.rect(collector.page).unwrap_or_default();
    let (width, height) = (page.width(), page.height());
    if origin == Origin::Picture {
        // What is drawn beside the picture, garbage or nothing, is read again from the picture.
        return Page::drawn(String::new(), Ink { width, height, origin, hidden, ..Ink::default() });
    }
    let dots = collector.dots.iter().filter_map(|&dot| upright.rect(dot)).collect();
    let signs = collector.signs.iter().filter_map(|&(kind, rect)| Some(Sign { kind, rect: upright.rect(rect)? })).collect();
    let rulings: Vec<Ruling> = collector.rulings.iter().map(|&ruling| upright.ruling(ruling)).collect();
    let frames: Vec<Rect> = collector.frames.iter().filter_map(|&frame| upright.rect(frame)).collect();
    let emphasis = looks::emphasis(&glyphs, &looks, &frames, &rulings);
    let end = |at: (f64, f64)| Some((Pt::new(at.0)?, Pt::new(at.1)?));
    let straight = |[a, b]: [(f64, f64); 2]| Some([end(upright.point(a))?, end(upright.point(b))?]);
    let strokes = collector.strokes.iter().filter_map(|&stroke| straight(stroke)).collect();
    Page::drawn(
        text,
        Ink {
            width,
            height,
            glyphs,
            rulings,
            dots,
            signs,
            emphasis,
            slanted,
            strokes,
            origin,
            hidden,
            turned: upright.turns,
            ..Ink::default()
        },
    )
}

/// How content that is turned as a whole is put upright.
struct Upright {
    /// Quarter turns of the content, clockwise.
    turns: u8,
    /// Size of the page as shown.
    width: f64,
    height: f64,
}

/// Of the letters of a page, so many, in percent, stand on lines of one direction where its content is turned.
const TURNED_PERCENT: usize = 60;

impl Upright {
    fn of(collector: &Collector<'_>) -> Self {
        let mut counts = [0_usize; 4];
        let letters = collector.glyphs.iter().filter(|g| g.seen && !g.vertical && g.text.chars().any(is_visible));
        let all = letters.filter_map(|g| g.turn).map(|turn| counts[usize::from(turn % 4)] += 1).count();
        let turns = (1..4_u8).find(|&turn| counts[usize::from(turn)] * 100 > all * TURNED_PERCENT).unwrap_or(0);
        Self { turns, width: collector.page.width(), height: collector.page.height() }
    }

    fn point(&self, (x, y): (f64, f64)) -> (f64, f64) {
        match self.turns {
            1 => (y, self.width - x),
            2 => (self.width - x, self.height - y),
            3 => (self.height - y, x),
            _ => (x, y),
        }
    }

    fn rect(&self, rect: hayro_interpret::kurbo::Rect) -> Option<Rect> {
        let (a, b) = (self.point((rect.x0, rect.y0)), self.point((rect.x1, rect.y1)));
        Rect::new((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)))
    }

    fn ruling(&self, ruling: Ruling) -> Ruling {
        if self.turns == 0 {
            return ruling;
        }
        let (at, from, to) = (ruling.at.points(), ruling.from.points(), ruling.to.points());
        let ends = match ruling.axis {
            Axis::Horizontal => [(from, at), (to, at)],
            Axis::Vertical => [(at, from), (at, to)],
        };
        let [a, b] = ends.map(|end| self.point(end));
        let is_level = (a.1 - b.1).abs() < (a.0 - b.0).abs();
        let (axis, at, from, to) = if is_level { (Axis::Horizontal, a.1, a.0, b.0) } else { (Axis::Vertical, a.0, a.1, b.1) };
        let point = |v: f64| Pt::new(v).unwrap_or_default();
        Ruling { axis, at: point(at), from: point(from.min(to)), to: point(from.max(to)), width: ruling.width }
    }
}

/// A page is a picture where images cover this share of it, in percent, and no text that can be read shows.
const COVERED_PERCENT: f64 = 55.0;
/// Text of which more than this share, in percent, is no character that anyone wrote is garbage.
const GARBAGE_PERCENT: usize = 30;

fn is_picture(collector: &Collector<'_>, text: &str, first: bool) -> bool {
    let page = collector.page;
    // Strips and tiles: their boxes side by side; what overlaps counts twice, which only a picture does.
    let covered: f64 = collector.images.iter().map(|i| i.area()).sum();
    let visible: Vec<char> = text.chars().filter(|&c| is_visible(c)).collect();
    let unreadable = visible.iter().filter(|c| is_private_use(**c) || matches!(c, '\u{FFFD}' | '\u{0}'..='\u{1F}')).count();
    covered * 100.0 >= page.area() * COVERED_PERCENT && (first || unreadable * 100 >= visible.len() * GARBAGE_PERCENT)
}

/// The boxes of hidden text, letters of one line as one.
fn lines(hidden: &[Hidden]) -> Vec<Rect> {
    let mut lines: Vec<Rect> = Vec::new();
    for &Hidden { rect, .. } in hidden {
        let goes_on = |last: &&mut Rect| last.y0 == rect.y0 && last.y1 == rect.y1 && (rect.x0.0 - last.x1.0).abs() <= rect.height().0;
        match lines.last_mut().filter(goes_on) {
            Some(last) => *last = last.union(rect),
            None => lines.push(rect),
        }
    }
    lines.truncate(MOST_LINES);
    lines
}

/// No more places of a page are told.
const MOST_LINES: usize = 100;

fn report(page: usize, hidden: &[Hidden], text: &str, findings: &mut Vec<Finding>) {
    let count = hidden.iter().flat_map(|h| h.text.chars()).filter(|&c| is_visible(c)).count();
    if count > 0 {
        findings.push(x005::hidden(page, count, lines(hidden)));
    }
    let private = text.chars().filter(|&c| is_private_use(c)).count();
    if private > 0 {
        findings.push(x002::on_page(page, private));
    }
}

/// A picture that covers this share of its page, in percent, may hold text; logos and seals are smaller.
const PICTURE_PERCENT: f64 = 10.0;

/// Says which pictures were not read: what is written in them is in no record.
fn report_pictures(page: usize, collector: &Collector<'_>, findings: &mut Vec<Finding>) {
    let least = collector.page.area() * PICTURE_PERCENT / 100.0;
    let large = collector.images.iter().filter(|p| p.area() >= least);
    let boxes: Vec<Rect> = large.filter_map(|p| Rect::new((p.x0, p.y0), (p.x1, p.y1))).collect();
    if !boxes.is_empty() {
        findings.push(x007::unread(page as u32, boxes));
    }
}

/// Glyphs drawn a second time, a hair aside: bold as some producers fake it.
#[derive(Default)]
struct Twice {
    /// Middle and text range of the glyphs so far, by the square of the page that they stand in.
    seen: BTreeMap<(i32, i32), Vec<Seen>>,
}

/// Middle of a glyph and where its text is.
type Seen = ((Pt, Pt), TextRange);

/// Side of a square, in thousandths of a point: about a glyph.
const SQUARE: i32 = 8_000;
/// Like characters whose middles are closer than this share of an em, in percent, are one; two side by side are
/// a whole one apart.
const NEAR_PERCENT: f64 = 10.0;

impl Twice {
    /// Whether a glyph stands where one like it stands already; `text` is what was read before it.
    fn is_again(&self, drawn: &Drawn, rect: Rect, text: &str) -> bool {
        if drawn.text.trim().is_empty() {
            return false;
        }
        let near = (drawn.size * 10.0 * NEAR_PERCENT).round().clamp(100.0, f64::from(SQUARE)) as i32;
        let (x, y) = rect.center();
        let is_it = |&((a, b), range): &Seen| (a.0 - x.0).abs() < near && (b.0 - y.0).abs() < near && text[range.as_usize()] == drawn.text;
        let columns = (x.0 - near).div_euclid(SQUARE)..=(x.0 + near).div_euclid(SQUARE);
        columns.into_iter().any(|column| {
            let mut rows = (y.0 - near).div_euclid(SQUARE)..=(y.0 + near).div_euclid(SQUARE);
            rows.any(|row| self.seen.get(&(column, row)).is_some_and(|all| all.iter().any(is_it)))
        })
    }

    fn add(&mut self, rect: Rect, range: TextRange) {
        let (x, y) = rect.center();
        self.seen.entry((x.0.div_euclid(SQUARE), y.0.div_euclid(SQUARE))).or_default().push(((x, y), range));
    }
}
