//! A page put right: upright, level, without dust, with its rules known.

use crate::ink::areas;
use crate::ink::cell_interior::peeled;
use crate::ink::line_traces::Ridge;
use crate::ink::rulings::{Rules, rules};
use crate::line::crop::{self, Cut};
use crate::line::glyphs::{Placed, place};
use crate::page::dirt::{Dirt, without_dirt};
use crate::page::holes::without_holes;
use crate::page::ovals::without_ovals;
use crate::page::page_size;
use crate::page::skew::skew;
use crate::page::stamps::without_stamps;
use crate::page::strikes::{Line, rules_between_letters, without_strikes};
use crate::picture::circles::Disc;
use crate::picture::components::{Part, em, parts};
use crate::picture::gray::Window;
use crate::picture::gray::{Gray, Levels};
use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Axis, Ink, Origin, Ruling, Scan, Sign, SignKind};
use seisho_model::scan::{Mark, Picture, Symbol};

/// Smaller angles, in thousandths of a degree, are left: turning blurs.
const LEVEL: i32 = 30;
/// So many specks on a page are noise to be taken out; fewer may be dots of letters.
const NOISY: usize = 1_000;
/// Specks have no more pixels than this; with six, marks like ゛ and 。 go too.
const SPECK: usize = 4;

/// A page put right.
pub(crate) struct Sheet {
    gray: Gray,
    levels: Levels,
    rules: Rules,
    /// Where black stamps were taken out.
    stamps: Vec<Disc>,
    /// Where holes were.
    holes: Vec<Disc>,
    /// The insides of ovals that were taken out.
    ovals: Vec<Window>,
    /// Lines through text that were taken out.
    strikes: Vec<Line>,
    /// What was dirty.
    dirt: Dirt,
    /// Points a pixel on both axes.
    scale: (f64, f64),
    dpi: f64,
    size: (Pt, Pt),
    scan: Scan,
}

impl Sheet {
    /// Puts a picture right after so many quarter turns.
    pub(crate) fn new(picture: &Picture, turns: u8) -> Self {
        let shown = if turns.is_multiple_of(2) { picture.page } else { (picture.page.1, picture.page.0) };
        let (size, magnified) = page_size::size(shown, picture.width.max(picture.height));
        let gray = Gray { width: picture.width as usize, height: picture.height as usize, px: picture.gray.clone() }.turned(turns);
        let scale = (size.0.points() / gray.width.max(1) as f64, size.1.points() / gray.height.max(1) as f64);
        let dpi = 72.0 / scale.1.max(0.01);
        let levels = gray.levels();
        let angle = skew(&gray, levels, dpi);
        let skew = if angle.abs() > LEVEL { angle } else { 0 };
        let mut gray = if skew == 0 { gray } else { gray.rotated(f64::from(skew) / 1000.0) };
        if !levels.bilevel {
            despeckle(&mut gray, levels);
        }
        let holes = without_holes(&mut gray, levels, dpi);
        let dirt = without_dirt(&mut gray, levels, dpi);
        let stamps = without_stamps(&mut gray, levels, dpi);
        let rules = rules(&gray, levels, dpi, &[holes.as_slice(), &stamps].concat());
        let em = em(&parts(gray.width, gray.height, |x, y| gray.at(x, y) < levels.threshold()), dpi);
        let rules = rules_between_letters(rules, &gray, levels, em);
        let bare = rules.taken_out(&gray, levels);
        let ovals = without_ovals(&mut gray, bare, levels, dpi, em);
        let bare = rules.taken_out(&gray, levels);
        let strikes = without_strikes(&mut gray, bare, levels, dpi, em);
        Self {
            gray,
            levels,
            rules,
            stamps,
            holes,
            ovals,
            strikes,
            dirt,
            scale,
            dpi,
            size,
            scan: Scan { dpi: dpi.round() as u32, turns: turns % 4, skew, size: magnified },
        }
    }

    /// The same when nothing is to be seen any more.
    pub(crate) fn without_picture(self) -> Self {
        Self { gray: Gray { width: self.gray.width, height: self.gray.height, px: Vec::new() }, ..self }
    }

    /// The page with its rulings, nothing read yet.
    pub(crate) fn ink(&self) -> Ink {
        let (sx, sy) = self.scale;
        let horizontal = self.rules.horizontal.iter().filter_map(|r| ruling(Axis::Horizontal, r, sy, sx));
        let vertical = self.rules.vertical.iter().filter_map(|r| ruling(Axis::Vertical, r, sx, sy));
        Ink {
            width: self.size.0,
            height: self.size.1,
            rulings: horizontal.chain(vertical).collect(),
            signs: self.ovals.iter().filter_map(|oval| Some(Sign { kind: SignKind::Ring, rect: self.rect(oval)? })).collect(),
            strokes: self.strikes.iter().filter_map(|line| self.stroke(line)).collect(),
            origin: Origin::Scan(self.scan),
            ..Ink::default()
        }
    }

    /// A cell, whose box runs along the middle of its rules; none where it is blank.
    pub(crate) fn cell(&self, rect: Rect) -> Option<Cut> {
        let window = self.window(rect)?;
        let rule = self.rules.horizontal.iter().chain(&self.rules.vertical).map(|r| r.width).fold(1.0, f64::max).min(self.dpi * 0.04);
        let inside = peeled(&self.gray, self.levels, self.dpi, window, rule.ceil() as usize);
        crop::cut(&self.gray, self.levels, self.dpi, inside, self.dirt.side)
    }

    /// The text outside tables, area by area from top to bottom.
    pub(crate) fn areas(&self, tables: &[Rect]) -> Vec<Cut> {
        let threshold = self.levels.threshold();
        let all = parts(self.gray.width, self.gray.height, |x, y| self.gray.at(x, y) < threshold);
        let tables: Vec<Window> = tables.iter().filter_map(|&t| self.window(t)).collect();
        let slack = (self.dpi * 0.02) as usize;
        let is_free = |p: &Part| {
            let (x, y) = p.center();
            let inside = |w: &Window| x + slack >= w.x0 && x <= w.x1 + slack && y + slack >= w.y0 && y <= w.y1 + slack;
            !tables.iter().any(inside) && !self.is_rule(p)
        };
        let free: Vec<Part> = all.into_iter().filter(is_free).collect();
        let found = areas::areas(&free, self.dpi, (self.gray.width, self.gray.height));
        // Text may stand so near to a rule that its window holds some of it.
        let bare = self.rules.taken_out(&self.gray, self.levels);
        found.into_iter().filter_map(|w| crop::cut(&bare, self.levels, self.dpi, w, self.dirt.side)).collect()
    }

    /// Symbols of the lines of a cut, line by line, as glyphs on the page.
    pub(crate) fn place(&self, cut: &Cut, symbols: &[Vec<Symbol>], blanks: &[Vec<Option<char>>]) -> Vec<Placed> {
        let lines =
            cut.lines.iter().zip(symbols).zip(blanks).map(|((strip, symbols), blanks)| (symbols.as_slice(), blanks.as_slice(), strip));
        let mut placed = place(lines, cut.em as f64 * self.scale.1, self.scale);
        for glyph in placed.iter_mut().filter(|g| self.is_covered(g.rect)) {
            glyph.marks.push(Mark::Covered);
        }
        placed
    }

    /// Doubts marks whose ink may be dirt, on a page that has such: those that two readers agree in are left.
    pub(crate) fn doubt_dirt(&self, cuts: &[Cut], read: &mut [Vec<Vec<Symbol>>]) {
        let side = self.dirt.side as u32;
        if side == 0 {
            return;
        }
        for (strip, symbols) in cuts.iter().zip(read).flat_map(|(cut, lines)| cut.lines.iter().zip(lines)) {
            let is_small = |s: &Symbol| s.ink[2] - s.ink[0] <= side && strip.height((s.ink[0], s.ink[2])) <= side;
            for symbol in symbols.iter_mut().filter(|s| strip.down.is_none() && is_small(s) && !s.marks.contains(&Mark::Confirmed)) {
                symbol.marks.push(Mark::Crowded);
            }
        }
    }

    /// The boxes of the black stamps that were taken out, on the page as put right.
    pub(crate) fn stamps(&self) -> impl Iterator<Item = Rect> {
        let point = |x: f64, y: f64| (x * self.scale.0, y * self.scale.1);
        let bounds = move |d: &Disc| Rect::new(point(d.x - d.radius, d.y - d.radius), point(d.x + d.radius, d.y + d.radius));
        self.stamps.iter().filter_map(bounds)
    }

    /// Whether something lay on a box that took of its ink.
    fn is_covered(&self, rect: Rect) -> bool {
        let (x, y) = (rect.center().0.points() / self.scale.0, rect.center().1.points() / self.scale.1);
        let reach = rect.width().points() / self.scale.0 / 2.0;
        self.stamps.iter().chain(&self.holes).any(|d| d.holds(x, y, reach))
    }

    /// Whether a part is nothing but a rule.
    fn is_rule(&self, part: &Part) -> bool {
        let on = |at: f64, width: f64, from: usize, to: usize| at + width + 2.0 >= to as f64 && at - width - 2.0 <= from as f64;
        let along = |r: &Ridge, from: usize, to: usize| r.from <= from + 4 && to <= r.to + 4;
        self.rules.horizontal.iter().any(|r| on(r.at, r.width, part.y0, part.y1) && along(r, part.x0, part.x1))
            || self.rules.vertical.iter().any(|r| on(r.at, r.width, part.x0, part.x1) && along(r, part.y0, part.y1))
    }

    fn rect(&self, w: &Window) -> Option<Rect> {
        let point = |x: usize, y: usize| (x as f64 * self.scale.0, y as f64 * self.scale.1);
        Rect::new(point(w.x0, w.y0), point(w.x1, w.y1))
    }

    fn stroke(&self, line: &Line) -> Option<[(Pt, Pt); 2]> {
        let point = |(x, y): (f64, f64)| Some((Pt::new(x * self.scale.0)?, Pt::new(y * self.scale.1)?));
        Some([point(line[0])?, point(line[1])?])
    }

    fn window(&self, rect: Rect) -> Option<Window> {
        let x = |v: Pt| ((v.points() / self.scale.0).round().max(0.0) as usize).min(self.gray.width);
        let y = |v: Pt| ((v.points() / self.scale.1).round().max(0.0) as usize).min(self.gray.height);
        let window = Window { x0: x(rect.x0), y0: y(rect.y0), x1: x(rect.x1), y1: y(rect.y1) };
        (window.x0 + 8 <= window.x1 && window.y0 + 8 <= window.y1).then_some(window)
    }
}

fn ruling(axis: Axis, ridge: &Ridge, across: f64, along: f64) -> Option<Ruling> {
    let (at, width) = (Pt::new(ridge.at * across)?, Pt::new(ridge.width * across)?);
    Some(Ruling { axis, at, from: Pt::new(ridge.from as f64 * along)?, to: Pt::new(ridge.to as f64 * along)?, width })
}

/// Whitens specks where there are very many.
fn despeckle(gray: &mut Gray, levels: Levels) {
    let threshold = levels.threshold();
    let all = parts(gray.width, gray.height, |x, y| gray.at(x, y) < threshold);
    let specks: Vec<Part> = all.into_iter().filter(|p| p.area <= SPECK).collect();
    if specks.len() < NOISY {
        return;
    }
    for speck in specks {
        gray.fill_window(Window { x0: speck.x0, y0: speck.y0, x1: speck.x1, y1: speck.y1 }, levels.paper);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: Levels = Levels { paper: 250, contrast: 230, bilevel: false };

    /// A page of 600 by 600 with so many specks of two pixels by two, a letter and its dot of three by three.
    ///
    /// ```text
    /// .  .  .  .
    /// .  .  ■ ▪ .
    /// .  .  .  .
    /// ```
    fn page(specks: usize) -> Gray {
        let mut gray = Gray { width: 600, height: 600, px: vec![250; 600 * 600] };
        for i in 0..specks {
            let (x0, y0) = (10 + i % 50 * 10, 60 + i / 50 * 10);
            gray.fill_window(Window { x0, y0, x1: x0 + 2, y1: y0 + 2 }, 20);
        }
        gray.fill_window(Window { x0: 300, y0: 10, x1: 330, y1: 40 }, 20);
        gray.fill_window(Window { x0: 340, y0: 20, x1: 343, y1: 23 }, 20);
        gray
    }

    /// Whether specks, the letter and its dot are still ink.
    fn cleaned(specks: usize) -> [bool; 3] {
        let mut gray = page(specks);
        despeckle(&mut gray, LEVELS);
        [gray.at(10, 60), gray.at(310, 20), gray.at(341, 21)].map(|p| p < LEVELS.threshold())
    }

    #[test]
    fn very_many_specks_are_noise_and_a_few_may_be_dots_of_letters() {
        assert_eq!(cleaned(1_200), [false, true, true]);
        assert_eq!(cleaned(500), [true, true, true]);
    }
}
