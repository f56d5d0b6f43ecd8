//! Lines drawn by hand through text: taken out where they cross no letter, and told where they are.

use crate::ink::line_traces::Ridge;
use crate::ink::rulings::Rules;
use crate::picture::components::{Part, parts};
use crate::picture::gray::{Gray, Levels};
use crate::picture::traced::{Step, erase, thickness};

/// A line through text is at least so long, in percent of a letter and of the height of what it runs through: strokes of
/// letters end with them (of large ones in made scans at 153).
const SHORTEST_PERCENT: usize = 220;
/// What holds one is no higher than this, in percent of a letter: lines of text do not touch.
const HIGHEST_PERCENT: usize = 300;
/// It is ink to this share, in percent.
const COVER_PERCENT: i64 = 96;
/// It is straight: it leaves its middle line by this share of a letter in the mean, in percent, and leans by so many percent.
const ASTRAY_PERCENT: f64 = 12.0;
const LEAN: f64 = 0.35;
/// Over and under it lies ink of letters within this share of a letter, in percent: for so much of its length on either
/// side, and for so much on both together, in percent. Under an underline there is none, at a dash on neither side.
const AROUND_PERCENT: usize = 60;
const CROSSED_PERCENT: usize = 8;
const BESET_PERCENT: usize = 60;
/// So far from the edge of a line, in pixels, what is ink is of something else.
const EDGE: f64 = 2.0;
/// Strokes of letters go on from a rule through them for so much of a letter, in percent, at so much of its length on
/// either side, in percent; beside another rule none are looked for within this share of a letter.
const STROKE_PERCENT: usize = 15;
const STROKES_PERCENT: usize = 4;
const ASIDE: f64 = 0.2;
/// It is darker than paper by this share of the contrast: letters that a blur glues are paler between.
const DARK: f64 = 0.6;
/// A pen draws no thicker than this, in inches.
const THICKEST: f64 = 0.04;
/// So many lines through one text at most.
const LINES: usize = 4;
/// What a pixel without ink takes away from a path, of which a pixel of ink is one.
const GAP: i32 = 20;
/// What a step up or down takes away: a straight path is the best.
const TURN: i32 = 1;

/// The ends of a line, from left to right, in pixels.
pub(crate) type Line = [(f64, f64); 2];

/// Takes lines through text out of a picture; `bare` is the same without rules, `em` the height of letters.
pub(crate) fn without_strikes(gray: &mut Gray, mut bare: Gray, levels: Levels, dpi: f64, em: usize) -> Vec<Line> {
    let threshold = levels.threshold();
    let dark = (f64::from(levels.paper) - f64::from(levels.contrast) * DARK).max(0.0) as u8;
    let all = parts(bare.width, bare.height, |x, y| bare.at(x, y) < threshold);
    let shortest = |p: &Part| em.max(p.height()) * SHORTEST_PERCENT / 100;
    let is_long = |p: &&Part| p.width() >= shortest(p) && p.height() * 100 <= em * HIGHEST_PERCENT;
    let mut found = Vec::new();
    for part in all.iter().filter(is_long) {
        let mut lines = Vec::new();
        for _ in 0..LINES {
            let Some(path) = path(&bare, dark, part) else { break };
            let Some(line) = straight(&path, shortest(part), em) else { break };
            let steps: Vec<Step> = path.iter().map(|&(x, y)| Step { at: (x as f64, y as f64), across: (0.0, 1.0) }).collect();
            let thick = thickness(&bare, levels, dpi * THICKEST, &steps).filter(|&thick| thick <= dpi * THICKEST);
            let is_crossed = |thick: f64| is_crossed(&bare, threshold, &path, thick, em);
            if !thick.is_some_and(|thick| !lines.is_empty() || is_crossed(thick)) {
                break;
            }
            erase(gray, levels, dpi * THICKEST, &steps);
            erase(&mut bare, levels, dpi * THICKEST, &steps);
            lines.push(line);
        }
        found.extend(lines);
    }
    found
}

/// The longest path of ink through a part from left to right, pixel by pixel, that turns least.
fn path(gray: &Gray, threshold: u8, part: &Part) -> Option<Vec<(usize, usize)>> {
    let (width, height) = (part.width(), part.height());
    // The best score of a path that ends at a pixel, and where it came from: up, level, down, or nowhere.
    let mut scores = vec![0_i32; height];
    let mut from = vec![0_u8; width * height];
    let mut best = (0, 0, 0);
    for x in 0..width {
        let before = scores.clone();
        for y in 0..height {
            let ink = if gray.at(part.x0 + x, part.y0 + y) < threshold { 1 } else { -GAP };
            let level = (before[y], 2);
            let up = y.checked_sub(1).map(|y| (before[y] - TURN, 1));
            let down = before.get(y + 1).map(|score| (score - TURN, 3));
            let (score, way) = [Some(level), up, down].into_iter().flatten().max_by_key(|&(score, way)| (score, way == 2)).unwrap_or(level);
            let (score, way) = if score > 0 { (score, way) } else { (0, 0) };
            scores[y] = (score + ink).max(0);
            from[x * height + y] = if score + ink > 0 { way } else { 0 };
            best = best.max((scores[y], x, height - y));
        }
    }
    let (score, mut x, mut y) = (best.0, best.1, height.checked_sub(best.2)?);
    if score == 0 {
        return None;
    }
    let mut path = vec![(part.x0 + x, part.y0 + y)];
    while from[x * height + y] != 0 && x > 0 {
        y = match from[x * height + y] {
            1 => y - 1,
            3 => y + 1,
            _ => y,
        };
        x -= 1;
        path.push((part.x0 + x, part.y0 + y));
    }
    path.reverse();
    let ink = path.iter().filter(|&&(x, y)| gray.at(x, y) < threshold).count() as i64;
    (ink * 100 >= path.len() as i64 * COVER_PERCENT).then_some(path)
}

/// The straight line along a path that is long and straight enough.
fn straight(path: &[(usize, usize)], shortest: usize, em: usize) -> Option<Line> {
    let (first, last) = (path.first()?, path.last()?);
    if last.0 - first.0 < shortest {
        return None;
    }
    let count = path.len() as f64;
    let (mean_x, mean_y) = path.iter().fold((0.0, 0.0), |(sx, sy), &(x, y)| (sx + x as f64 / count, sy + y as f64 / count));
    let over: f64 = path.iter().map(|&(x, y)| (x as f64 - mean_x) * (y as f64 - mean_y)).sum();
    let under: f64 = path.iter().map(|&(x, _)| (x as f64 - mean_x) * (x as f64 - mean_x)).sum();
    let lean = over / under.max(1.0);
    let at = |x: usize| mean_y + lean * (x as f64 - mean_x);
    let astray = path.iter().map(|&(x, y)| (y as f64 - at(x)).abs()).sum::<f64>() / count;
    let is_straight = lean.abs() <= LEAN && astray * 100.0 <= em as f64 * ASTRAY_PERCENT;
    is_straight.then(|| [(first.0 as f64, at(first.0)), (last.0 as f64, at(last.0))])
}

/// Whether letters lie over and under a path along a line of this thickness.
fn is_crossed(gray: &Gray, threshold: u8, path: &[(usize, usize)], thick: f64, em: usize) -> bool {
    let (from, to) = ((thick / 2.0 + EDGE).ceil() as usize, em * AROUND_PERCENT / 100);
    let is_ink = |x: usize, y: usize| y < gray.height && gray.at(x, y) < threshold;
    let over = path.iter().filter(|&&(x, y)| (from..to).any(|far| y >= far && is_ink(x, y - far))).count();
    let under = path.iter().filter(|&&(x, y)| (from..to).any(|far| is_ink(x, y + far))).count();
    over.min(under) * 100 >= path.len() * CROSSED_PERCENT && (over + under) * 100 >= path.len() * BESET_PERCENT
}

/// The rules that letters do not cross: a line through text is none of a table.
pub(crate) fn rules_between_letters(mut rules: Rules, gray: &Gray, levels: Levels, em: usize) -> Rules {
    let threshold = levels.threshold();
    let crossed: Vec<Ridge> =
        rules.horizontal.iter().copied().filter(|rule| is_through_letters(rule, &rules, gray, threshold, em)).collect();
    rules.horizontal.retain(|rule| !crossed.contains(rule));
    rules
}

/// Whether strokes of letters cross a rule, over and under it, besides other rules.
fn is_through_letters(rule: &Ridge, rules: &Rules, gray: &Gray, threshold: u8, em: usize) -> bool {
    let from = (rule.width / 2.0 + EDGE).ceil() as usize;
    let to = from + em * STROKE_PERCENT / 100;
    let is_ink = |x: usize, y: usize| y < gray.height && gray.at(x, y) < threshold;
    let at = rule.at as usize;
    let is_free = |x: &usize| !rules.vertical.iter().any(|v| (v.at - *x as f64).abs() <= v.width / 2.0 + em as f64 * ASIDE);
    let columns: Vec<usize> = (rule.from..rule.to.min(gray.width)).filter(is_free).collect();
    let over = columns.iter().filter(|&&x| (from..to).all(|far| at >= far && is_ink(x, at - far))).count();
    let under = columns.iter().filter(|&&x| (from..to).all(|far| is_ink(x, at + far))).count();
    over.min(under) * 100 >= columns.len() * STROKES_PERCENT && over.min(under) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: Levels = Levels { paper: 250, contrast: 230, bilevel: false };
    const EM: usize = 30;

    /// Five letters of 30 pixels a side, 36 apart, from (60, 100) on, and what else is ink.
    ///
    /// ```text
    /// -|=|-|=|-|=|-
    /// ```
    fn page(is_ink: impl Fn(usize, usize) -> bool) -> Gray {
        let is_letter = |x: usize, y: usize| {
            let (col, row) = (x.wrapping_sub(60), y.wrapping_sub(100));
            row < 30
                && col < 180
                && col % 36 < 30
                && ((5..9).contains(&(col % 36)) || (21..25).contains(&(col % 36)) || !(3..27).contains(&row))
        };
        let px = (0..400 * 240).map(|i| (i % 400, i / 400)).map(|(x, y)| if is_letter(x, y) || is_ink(x, y) { 20 } else { 250 });
        Gray { width: 400, height: 240, px: px.collect() }
    }

    fn found(is_ink: impl Fn(usize, usize) -> bool) -> (Vec<Line>, Gray) {
        let mut gray = page(is_ink);
        let bare = gray.clone();
        (without_strikes(&mut gray, bare, LEVELS, 200.0, EM), gray)
    }

    #[test]
    fn a_line_through_letters_is_taken_out_and_two_are_two() {
        let leaning = |x: usize, y: usize| (55..235).contains(&x) && (110 + x / 40..113 + x / 40).contains(&y);
        let (lines, gray) = found(leaning);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!((lines[0][0].0 - 55.0).abs() < 3.0 && (lines[0][1].0 - 234.0).abs() < 3.0, "{lines:?}");
        let differ = gray.px.iter().zip(&page(|_, _| false).px).filter(|(a, b)| a != b).count();
        assert!(differ <= 120, "{differ} pixels of the line left, or of letters gone");
        let (lines, _) = found(|x, y| (55..235).contains(&x) && ((109..112).contains(&y) || (118..121).contains(&y)));
        assert_eq!(lines.len(), 2, "{lines:?}");
    }

    #[test]
    fn underlines_dashes_and_letters_alone_are_none() {
        assert_eq!(found(|_, _| false).0.len(), 0, "letters");
        assert_eq!(found(|x, y| (55..235).contains(&x) && (129..132).contains(&y)).0.len(), 0, "an underline that touches");
        assert_eq!(found(|x, y| (55..235).contains(&x) && (180..183).contains(&y)).0.len(), 0, "a dash");
    }
}
