//! A line followed step by step, and how it is taken out without what it crosses.

use crate::picture::gray::{Gray, Levels};

/// A line that is wider than the usual one by this factor crosses a letter or a rule there.
const WIDER: f64 = 1.3;
/// The soft edge of a line, in pixels.
const EDGE: f64 = 1.0;

/// A point of a line and the direction across it.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) at: (f64, f64),
    pub(crate) across: (f64, f64),
}

pub(crate) fn is_ink(gray: &Gray, levels: Levels, step: Step, off: f64) -> bool {
    gray.near(step.at.0 + step.across.0 * off, step.at.1 + step.across.1 * off).is_some_and(|p| p < levels.threshold())
}

/// Whitens a line of at most this width, in pixels, where it is no wider than it usually is.
pub(crate) fn erase(gray: &mut Gray, levels: Levels, thickest: f64, line: &[Step]) {
    let most = thickest * 2.0;
    let spans: Vec<Option<(f64, f64)>> = line.iter().map(|&step| span(gray, levels, step, most)).collect();
    let Some(usual) = usual(spans.iter().flatten().copied()) else { return };
    let widest = usual * WIDER + 1.0;
    for (step, span) in line.iter().zip(&spans) {
        let Some((from, to)) = span.filter(|s| s.1 - s.0 <= widest) else { continue };
        let mut off = from - EDGE;
        while off <= to + EDGE {
            gray.set(step.at.0 + step.across.0 * off, step.at.1 + step.across.1 * off, levels.paper);
            off += 0.5;
        }
    }
}

/// The usual thickness of a line, in pixels; none where it has no ink that is thinner than twice the most.
pub(crate) fn thickness(gray: &Gray, levels: Levels, thickest: f64, line: &[Step]) -> Option<f64> {
    usual(line.iter().filter_map(|&step| span(gray, levels, step, thickest * 2.0)))
}

fn usual(spans: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let mut widths: Vec<f64> = spans.map(|s| s.1 - s.0).collect();
    widths.sort_by(f64::total_cmp);
    widths.get(widths.len() / 2).copied()
}

/// How far ink reaches across a line at a step, in pixels; none where the line has a gap.
fn span(gray: &Gray, levels: Levels, step: Step, most: f64) -> Option<(f64, f64)> {
    let start = [0.0, -1.0, 1.0, -2.0, 2.0].into_iter().find(|&off| is_ink(gray, levels, step, off))?;
    let reach = |side: f64| {
        let mut off = start;
        while (off - start).abs() <= most && is_ink(gray, levels, step, off + side * 0.5) {
            off += side * 0.5;
        }
        off
    };
    Some((reach(-1.0), reach(1.0)))
}
