//! Thin dark lines from left to right: rows of pixels that are darker than what lies above and below.

use crate::picture::gray::{Gray, Levels};
use seisho_model::groups::Groups;

/// A stretch of a line, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ridge {
    /// Its middle across.
    pub(crate) at: f64,
    /// One past the last is `to`.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) width: f64,
    /// The share of its length that is ink.
    pub(crate) cover: f64,
}

/// Darkness is smoothed over this length along a line, in inches: dashes run together. Measured, as all of
/// these, on 20 made pages in up to 17 conditions.
const SMOOTH: f64 = 0.045;
/// A line is darker than what lies this far beside it, in inches …
const FLANK: f64 = 0.022;
/// … by this share of its darkness, in percent.
const BEAT_PERCENT: u32 = 45;
/// It has at least this share of the contrast of ink, in percent.
const FAINT_PERCENT: u32 = 13;
/// From this share on, in percent, it may be as broad as it likes.
const SOLID_PERCENT: u32 = 72;
/// A gap of more than this, in inches, parts a line: dashes are closer.
const GAP: f64 = 0.04;
/// Less of a stretch than this is ink, in percent: strokes of letters that happen to stand in a row.
const COVER_PERCENT: usize = 45;
/// Parts of a line shorter than this, in inches, are no line.
const SHORTEST_PART: f64 = 0.1;

/// The lines from left to right that are at least `shortest` inches long.
pub(crate) fn ridges(gray: &Gray, levels: Levels, dpi: f64, shortest: f64) -> Vec<Ridge> {
    let dark = smoothed(gray, levels, ((dpi * SMOOTH).round() as usize).max(3) | 1);
    let flank = ((dpi * FLANK).round() as usize).max(2);
    let least = (dpi * shortest) as usize;
    let mut runs: Vec<Run> = Vec::new();
    for y in 0..gray.height {
        let side =
            |at: Option<usize>| at.filter(|&y| y < gray.height).map_or(&[] as &[u8], |y| &dark[y * gray.width..(y + 1) * gray.width]);
        let (above, below) = (side(y.checked_sub(flank)), side(Some(y + flank)));
        let row = &dark[y * gray.width..(y + 1) * gray.width];
        let passes = |x: usize| passes(row[x], above.get(x), below.get(x), u32::from(levels.contrast));
        let mut x = 0;
        while x < row.len() {
            if !passes(x) {
                x += 1;
                continue;
            }
            let from = x;
            while x < row.len() && passes(x) {
                x += 1;
            }
            if x - from >= least {
                runs.push(Run { y, from, to: x });
            }
        }
    }
    groups(&runs).into_iter().flat_map(|group| verified(gray, levels, dpi, &group)).collect()
}

/// Pixels in a row that look like a part of a line.
#[derive(Clone, Copy)]
struct Run {
    y: usize,
    from: usize,
    to: usize,
}

fn passes(dark: u8, above: Option<&u8>, below: Option<&u8>, contrast: u32) -> bool {
    let here = u32::from(dark);
    if here * 100 >= contrast * SOLID_PERCENT {
        return true;
    }
    let beats = |side: Option<&u8>| side.is_none_or(|&s| (here.saturating_sub(u32::from(s))) * 100 >= here * BEAT_PERCENT);
    here * 100 >= contrast * FAINT_PERCENT && beats(above) && beats(below)
}

/// Darkness, smoothed along rows.
fn smoothed(gray: &Gray, levels: Levels, window: usize) -> Vec<u8> {
    let half = window / 2;
    let mut out = Vec::with_capacity(gray.px.len());
    let mut sums = vec![0_u32; gray.width + 1];
    for y in 0..gray.height {
        for (x, &p) in gray.row(y).iter().enumerate() {
            sums[x + 1] = sums[x] + u32::from(levels.paper.saturating_sub(p));
        }
        for x in 0..gray.width {
            let (from, to) = (x.saturating_sub(half), (x + half + 1).min(gray.width));
            out.push(((sums[to] - sums[from]) / (to - from) as u32) as u8);
        }
    }
    out
}

/// Runs that lie on each other, together.
fn groups(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut groups = Groups::new(runs.len());
    for i in 0..runs.len() {
        let near = runs[..i].iter().enumerate().rev().take_while(|(_, r)| r.y + 2 >= runs[i].y);
        let touching: Vec<usize> =
            near.filter(|(_, r)| r.from < runs[i].to && runs[i].from < r.to && r.y < runs[i].y).map(|(j, _)| j).collect();
        touching.into_iter().for_each(|j| groups.join(i, j));
    }
    let mut out: std::collections::BTreeMap<usize, Vec<Run>> = std::collections::BTreeMap::new();
    for (i, &run) in runs.iter().enumerate() {
        out.entry(groups.first(i)).or_default().push(run);
    }
    out.into_values().collect()
}

/// The parts of a group that are ink on the picture itself.
fn verified(gray: &Gray, levels: Levels, dpi: f64, group: &[Run]) -> Vec<Ridge> {
    let length: usize = group.iter().map(|r| r.to - r.from).sum();
    let at = group.iter().map(|r| (r.to - r.from) as f64 * (r.y as f64 + 0.5)).sum::<f64>() / length.max(1) as f64;
    let (from, to) = (group.iter().map(|r| r.from).min().unwrap_or(0), group.iter().map(|r| r.to).max().unwrap_or(0));
    let width = length as f64 / (to - from).max(1) as f64;
    let band = ((at - width / 2.0 - 2.0).max(0.0) as usize)..((at + width / 2.0 + 2.0).ceil() as usize).min(gray.height);
    let depth: Vec<u8> = (from..to).map(|x| band.clone().map(|y| levels.paper.saturating_sub(gray.at(x, y))).max().unwrap_or(0)).collect();
    let mean = depth.iter().map(|&d| u64::from(d)).sum::<u64>() / depth.len().max(1) as u64;
    let is_ink = |d: u8| u64::from(d) * 2 >= mean && d > 0;
    let gap = (dpi * GAP) as usize;
    let mut parts: Vec<(usize, usize, usize)> = Vec::new();
    for (x, _) in depth.iter().enumerate().filter(|&(_, &d)| is_ink(d)) {
        match parts.last_mut().filter(|last| x - last.1 <= gap) {
            Some(last) => (last.1, last.2) = (x + 1, last.2 + 1),
            None => parts.push((x, x + 1, 1)),
        }
    }
    let is_line = |p: &(usize, usize, usize)| (p.1 - p.0) as f64 >= dpi * SHORTEST_PART && p.2 * 100 >= (p.1 - p.0) * COVER_PERCENT;
    let ridge = |p: (usize, usize, usize)| Ridge { at, from: from + p.0, to: from + p.1, width, cover: p.2 as f64 / (p.1 - p.0) as f64 };
    parts.into_iter().filter(is_line).map(ridge).collect()
}
