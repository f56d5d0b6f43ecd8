//! The likeliest widths of the letters of a line: the cheapest way through it, and how much dearer the other width of
//! each letter would be.

use super::bearings::{Bearing, bearing};
use super::line::{Letter, Line, Print, WIDTHS, Width};
use seisho_model::script;

/// What is told of a letter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) width: Width,
    /// How much likelier full width is than half, in natural logarithms; below nothing where half is.
    pub(super) full: f64,
    /// Whether its ink does not tell, and what is usual did.
    pub(super) by_habit: bool,
    /// The blank behind it.
    pub(super) blank: Option<char>,
}

/// What is told of a line.
pub(super) struct Path {
    pub(super) letters: Vec<Told>,
    pub(super) cost: f64,
}

/// The width of ink is off by so many times more than white.
const OFF_INK: f64 = 1.5;
/// The same where the ink of a letter is not surely its own.
const OFF_SHARED: f64 = 0.25;
/// No difference costs more.
const MOST: f64 = 10.0;
/// What it costs that white was put in: between Japanese and Latin letters …
const AUTO: f64 = 1.2;
/// … where that is known not to be, or known to be, and is not …
const AUTO_ODD: f64 = 4.0;
/// … which is so wide, in ems …
const AUTO_LEAST: f64 = 0.08;
const AUTO_MOST: f64 = 0.28;
/// … of which these are usual, in ems …
const AUTOS: [f64; 4] = [0.125, 0.167, 0.2, 0.25];
/// … and one is told by all places together where it is likelier than the others by so much …
const AUTO_TOLD: f64 = 4.0;
/// … that there is a blank of full width, or of half, each as wide as it is; and any other white.
const FULL_BLANK: f64 = 3.5;
const HALF_BLANK: f64 = 4.5;
const WHITE: f64 = 6.0;
/// What it costs that marks share their white, or that one is pressed together.
const SHARED: f64 = 0.5;
const PRESSED: f64 = 6.0;
/// The white of a mark that may be pressed out, in ems.
const HALF_EM: f64 = 0.5;
/// What it costs that two digits of a number or letters of a word differ in width; and a digit and the point of its number.
const MIXED: f64 = 3.0;
const MIXED_POINT: f64 = 1.0;
/// … a full-width digit and a half-width % (none of 7 in the texts at hand).
const MIXED_PERCENT: f64 = 2.0;
/// White so much wider than that of its letters, in ems, is a blank …
const BLANK_LEAST: f64 = 0.17;
/// … where that of its line is not known …
const BLANK_LINE: f64 = 0.3;
/// … where white is put between Japanese and Latin letters …
const BLANK_AUTO: f64 = 0.45;
/// … inside numbers, which have none …
const BLANK_FIGURES: f64 = 0.85;
/// … and one of full width from here on.
const BLANK_FULL: f64 = 0.8;

/// White that the program puts between Japanese and half-width Latin letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Auto {
    Unknown,
    None,
    /// So much, in ems.
    Of(f64),
}

/// So many places tell whether white is put in, whose middle half is no farther apart than this, in ems.
const ENOUGH: usize = 3;
const EVEN: f64 = 0.1;

impl Auto {
    /// What the places say where a number of several half-width digits meets Japanese.
    pub(super) fn of<'l>(lines: impl Iterator<Item = (&'l Line, &'l Path)>, face: usize) -> Self {
        let mut seen: Vec<f64> = Vec::new();
        for (line, path) in lines {
            let letters: Vec<Seen> = line.letters.iter().map(|letter| Seen::new(letter, line, face)).collect();
            let is_sure = |i: usize| letters.get(i).is_some_and(Seen::is_figure) && path.letters[i].full < -CLEAR;
            for i in 0..letters.len().saturating_sub(1) {
                let (a, b) = (path.letters[i].width, path.letters[i + 1].width);
                let is_of_number = is_sure(i) && i > 0 && is_sure(i - 1) || is_sure(i + 1) && is_sure(i + 2);
                if is_of_number && meets(&letters[i], &letters[i + 1], a, b) {
                    seen.push(excess(&letters[i], &letters[i + 1], a, b, line));
                }
            }
        }
        seen.sort_by(f64::total_cmp);
        let (low, high) = (seen.len() / 4, (seen.len() * 3 / 4).min(seen.len().saturating_sub(1)));
        let is_even = seen.len() >= ENOUGH && seen[high] - seen[low] <= EVEN;
        match seen.get(seen.len() / 2) {
            Some(_) if !is_even => Self::Unknown,
            Some(&white) if (AUTO_LEAST..AUTO_MOST).contains(&white) => Self::Of(white),
            Some(&white) if white < AUTO_LEAST => Self::None,
            _ => Self::Unknown,
        }
    }

    /// All that are usual.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::None).chain(AUTOS.into_iter().map(Self::Of))
    }

    /// What makes all lines together likeliest; unknown where more than one does.
    pub(super) fn likeliest(lines: &[Line], face: usize) -> Self {
        let none = cost(lines, face, Self::None);
        let of = AUTOS.into_iter().map(|white| (cost(lines, face, Self::Of(white)), white)).min_by(|a, b| a.0.total_cmp(&b.0));
        match of {
            Some((cost, white)) if cost + AUTO_TOLD <= none => Self::Of(white),
            Some((cost, _)) if none + AUTO_TOLD <= cost => Self::None,
            _ => Self::Unknown,
        }
    }
}

/// A letter whose width is so much likelier, in natural logarithms, tells something of others.
const CLEAR: f64 = 5.0;

/// Whether a Japanese letter and a half-width Latin one or digit stand side by side.
fn meets(a: &Seen, b: &Seen, of_a: Width, of_b: Width) -> bool {
    let meets = |a: &Seen, b: &Seen, of_b: Width| script::is_japanese(a.c) && b.c.is_ascii_alphanumeric() && of_b == Width::Half;
    meets(a, b, of_b) || meets(b, a, of_a)
}

/// What the likeliest widths of some lines cost.
pub(super) fn cost(lines: &[Line], face: usize, auto: Auto) -> f64 {
    lines.iter().map(|line| of(line, face, auto).cost).sum()
}

/// The widths of a line in a typeface.
pub(super) fn of(line: &Line, face: usize, auto: Auto) -> Path {
    let letters: Vec<Seen> = line.letters.iter().map(|letter| Seen::new(letter, line, face)).collect();
    let space = bearing(' ', face).map_or(0.25, |b| b.before);
    let pair = |i: usize, a: Width, b: Width| pair(&letters[i], &letters[i + 1], a, b, line, auto, space);
    let n = letters.len();
    // What the letters up to this one cost at least, and those behind it.
    let mut before = vec![[0.0; 2]; n];
    let mut behind = vec![[0.0; 2]; n];
    for i in 0..n {
        for (w, width) in WIDTHS.into_iter().enumerate() {
            let from = |v: usize| before[i - 1][v] + pair(i - 1, WIDTHS[v], width);
            let least = if i == 0 { 0.0 } else { from(0).min(from(1)) };
            before[i][w] = least + letters[i].own(width, line);
        }
    }
    for i in (0..n.saturating_sub(1)).rev() {
        for (w, width) in WIDTHS.into_iter().enumerate() {
            let to = |v: usize| behind[i + 1][v] + letters[i + 1].own(WIDTHS[v], line) + pair(i, width, WIDTHS[v]);
            behind[i][w] = to(0).min(to(1));
        }
    }
    let told = |i: usize| {
        let cost = |w: usize| before[i][w] + behind[i][w];
        let full = cost(0) - cost(1);
        Told { width: if full > 0.0 { Width::Full } else { Width::Half }, full, by_habit: false, blank: None }
    };
    let cost = before.last().map_or(0.0, |last| last[0].min(last[1]));
    Path { letters: (0..n).map(told).collect(), cost }
}

/// The blanks of a line whose widths are told.
pub(super) fn blanks(line: &Line, face: usize, path: &mut Path) {
    let letters: Vec<Seen> = line.letters.iter().map(|letter| Seen::new(letter, line, face)).collect();
    for i in 0..letters.len().saturating_sub(1) {
        let (a, b) = (path.letters[i].width, path.letters[i + 1].width);
        path.letters[i].blank = blank(&letters[i], &letters[i + 1], a, b, line);
    }
}

/// A letter in a typeface.
struct Seen<'l> {
    letter: &'l Letter,
    /// Its ink when it is half, and when it is full; none for a width that it has not.
    forms: [Option<Bearing>; 2],
    /// Its half-width form, or the only one.
    c: char,
}

/// A letter whose ink is not known.
const ANY: Bearing = Bearing { before: 0.05, ink: 0.9, behind: 0.05, high: 0.9 };
/// What costs more than anything that is.
const NEVER: f64 = 1e6;

impl<'l> Seen<'l> {
    fn new(letter: &'l Letter, _: &Line, face: usize) -> Self {
        let form = |width: Width| letter.forms.get(width).map(|c| bearing(c, face).unwrap_or(ANY));
        Self { letter, forms: WIDTHS.map(form), c: letter.forms.usual() }
    }

    fn form(&self, width: Width) -> Option<Bearing> {
        self.forms[usize::from(width == Width::Full)]
    }

    /// What its own ink costs.
    fn own(&self, width: Width, line: &Line) -> f64 {
        let Some(form) = self.form(width) else { return NEVER };
        if !self.letter.forms.is_open() || !self.letter.is_exact {
            return 0.0;
        }
        let off = (self.letter.to - self.letter.from) / line.em + line.print.more - form.ink;
        square(off, line.print.off * OFF_INK)
    }

    /// Whether it is part of a number.
    fn is_figure(&self) -> bool {
        self.c.is_ascii_digit() || matches!(self.c, ',' | '.')
    }

    /// Whether it is a point or comma, which typefaces set with more or less white.
    fn is_pointed(&self) -> bool {
        self.is_figure() && !self.c.is_ascii_digit()
    }

    /// Whether it is a mark that fills half of its square.
    fn is_mark(&self) -> bool {
        !self.c.is_alphanumeric() && !script::is_japanese(self.c) && self.c != '\u{FFFD}'
    }
}

fn square(off: f64, usual: f64) -> f64 {
    let share = off / usual;
    (share * share).min(2.0 * MOST) / 2.0
}

/// White between two letters beyond what is theirs, in ems.
fn excess(a: &Seen, b: &Seen, of_a: Width, of_b: Width, line: &Line) -> f64 {
    let (Some(left), Some(right)) = (a.form(of_a), b.form(of_b)) else { return 0.0 };
    let spread = if of_a == Width::Half && of_b == Width::Half { 0.0 } else { line.spread };
    (b.letter.from - a.letter.to) / line.em - spread - line.print.more - left.behind - right.before
}

/// So many neighbours tell how print is off; those of fewer are off by a share of an em and pixels.
const ENOUGH_PAIRS: usize = 40;
const OFF: f64 = 0.025;
const OFF_PIXELS: f64 = 0.8;
/// The middle half of what is off by a rule's width, for what is off as often as not: a bell.
const QUARTERS: f64 = 1.35;
/// Digits are off by more than square letters, in ems.
const OFF_MORE: f64 = 0.01;

/// How the print of lines is off a typeface.
pub(super) fn print(lines: &[Line], face: usize) -> Print {
    let mut all: Vec<f64> = Vec::new();
    for line in lines {
        let letters: Vec<Seen> = line.letters.iter().map(|letter| Seen::new(letter, line, face)).collect();
        let is_square = |l: &Seen| l.letter.is_exact && script::is_japanese(l.c);
        let pairs = letters.windows(2).filter(|w| is_square(&w[0]) && is_square(&w[1]));
        all.extend(pairs.map(|w| excess(&w[0], &w[1], Width::Full, Width::Full, line)));
    }
    all.sort_by(f64::total_cmp);
    let em = lines.iter().map(|l| l.em).sum::<f64>() / lines.len().max(1) as f64;
    if all.len() < ENOUGH_PAIRS {
        return Print { more: 0.0, off: OFF + OFF_PIXELS / em.max(1.0) };
    }
    let quarter = |n: usize| all[all.len() * n / 4];
    Print { more: quarter(2), off: (quarter(3) - quarter(1)) / QUARTERS + OFF_MORE }
}

/// What two neighbours cost together.
fn pair(a: &Seen, b: &Seen, of_a: Width, of_b: Width, line: &Line, auto: Auto, space: f64) -> f64 {
    if a.form(of_a).is_none() || b.form(of_b).is_none() {
        return NEVER;
    }
    let off = excess(a, b, of_a, of_b, line);
    let is_exact = a.letter.is_exact && b.letter.is_exact;
    let usual = line.print.off + if is_exact { 0.0 } else { OFF_SHARED };
    let mut cost = square(off, usual);
    if meets(a, b, of_a, of_b) {
        cost = match auto {
            Auto::Unknown => cost.min(AUTO + square((AUTO_LEAST - off).max(off - AUTO_MOST).max(0.0), usual)),
            Auto::None => cost.min(AUTO_ODD + square((AUTO_LEAST - off).max(off - AUTO_MOST).max(0.0), usual)),
            Auto::Of(white) => (AUTO_ODD + cost).min(square(off - white, usual)),
        };
    }
    if off > 0.0 {
        let blank = (FULL_BLANK + square(off - 1.0, usual)).min(HALF_BLANK + square(off - space, usual));
        cost = cost.min(blank).min(WHITE);
    } else {
        let (left, right) = (a.is_mark() && of_a == Width::Full, b.is_mark() && of_b == Width::Full);
        let pressed = |cost: f64, off: f64| cost + square(off, usual);
        if left && right {
            cost = cost.min(pressed(SHARED, off + HALF_EM));
        }
        if (left && !a.is_figure()) || (right && !b.is_figure()) {
            cost = cost.min(pressed(PRESSED, (off + HALF_EM).min(0.0)));
        }
    }
    let is_one = |x: &Seen, y: &Seen| x.c.is_ascii_alphanumeric() && y.c.is_ascii_alphanumeric();
    cost + match of_a != of_b {
        true if is_one(a, b) => MIXED,
        true if a.is_figure() && b.is_figure() => MIXED_POINT,
        true if a.c.is_ascii_digit() && of_a == Width::Full && b.c == '%' => MIXED_PERCENT,
        _ => 0.0,
    }
}

/// The blank between two letters.
fn blank(a: &Seen, b: &Seen, of_a: Width, of_b: Width, line: &Line) -> Option<char> {
    let excess = excess(a, b, of_a, of_b, line);
    let is_latin = a.c.is_ascii_alphabetic() && b.c.is_ascii_alphabetic();
    let least = if a.is_figure() && b.is_figure() {
        BLANK_FIGURES
    } else if meets(a, b, of_a, of_b) {
        BLANK_AUTO
    } else if is_latin || (line.has_step && !a.is_pointed() && !b.is_pointed()) {
        BLANK_LEAST
    } else {
        BLANK_LINE
    };
    (excess >= least).then_some(if is_latin || excess < BLANK_FULL { ' ' } else { '\u{3000}' })
}
