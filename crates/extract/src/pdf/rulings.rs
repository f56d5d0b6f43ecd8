//! Paths as rulings: strokes along an axis, and filled rectangles too thin to be an area.

use hayro_interpret::kurbo::{BezPath, PathEl, Point, Rect, Shape};
use seisho_model::geometry::Pt;
use seisho_model::ink::{Axis, Ruling};

/// A filled rectangle no thicker than this is a line (Excel draws double rules 3 points wide).
const THICKEST: f64 = 3.0;
/// A segment may lean by this much and still run along its axis.
const LEAN: f64 = 0.7;
/// Shorter ones are dots of a leader or parts of a drawing.
const SHORTEST: f64 = 2.0;

/// Adds the rulings that stroking a path draws; `width` in points on the page.
pub(super) fn of_stroke(path: &BezPath, width: f64, clip: Rect, rulings: &mut Vec<Ruling>) {
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => (start, last) = (p, p),
            PathEl::LineTo(p) => {
                segment(last, p, width, clip, rulings);
                last = p;
            }
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = p,
            PathEl::ClosePath => {
                segment(last, start, width, clip, rulings);
                last = start;
            }
        }
    }
}

/// Adds a ruling for every thin rectangle of a filled path.
pub(super) fn of_fill(path: &BezPath, clip: Rect, rulings: &mut Vec<Ruling>) {
    let mut part = BezPath::new();
    for &element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            thin(&part, clip, rulings);
            part = BezPath::new();
        }
        part.push(element);
    }
    thin(&part, clip, rulings);
}

fn thin(part: &BezPath, clip: Rect, rulings: &mut Vec<Ruling>) {
    if part.elements().len() < 3 || part.elements().len() > 7 {
        return; // no rectangle
    }
    let bounds = part.bounding_box();
    let (width, height) = (bounds.width(), bounds.height());
    let (a, b) = if height <= THICKEST && width > height {
        (Point::new(bounds.x0, bounds.center().y), Point::new(bounds.x1, bounds.center().y))
    } else if width <= THICKEST {
        (Point::new(bounds.center().x, bounds.y0), Point::new(bounds.center().x, bounds.y1))
    } else {
        return;
    };
    segment(a, b, width.min(height), clip, rulings);
}

fn segment(a: Point, b: Point, width: f64, clip: Rect, rulings: &mut Vec<Ruling>) {
    let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
    let axis = match (dx, dy) {
        (_, dy) if dy <= LEAN && dx >= SHORTEST => Axis::Horizontal,
        (dx, _) if dx <= LEAN && dy >= SHORTEST => Axis::Vertical,
        _ => return,
    };
    // What a clip cuts off is not seen.
    let (x0, x1) = (a.x.min(b.x).max(clip.x0), a.x.max(b.x).min(clip.x1));
    let (y0, y1) = (a.y.min(b.y).max(clip.y0), a.y.max(b.y).min(clip.y1));
    let (at, from, to) = match axis {
        Axis::Horizontal => ((y0 + y1) / 2.0, x0, x1),
        Axis::Vertical => ((x0 + x1) / 2.0, y0, y1),
    };
    let is_inside = x0 <= x1 + LEAN && y0 <= y1 + LEAN && to - from >= SHORTEST;
    let parts = (Pt::new(at), Pt::new(from), Pt::new(to), Pt::new(width));
    if let (true, (Some(at), Some(from), Some(to), Some(width))) = (is_inside, parts) {
        rulings.push(Ruling { axis, at, from, to, width });
    }
}

/// A rule this near to the edge of a shape, in points, is its border.
const BORDER: f64 = 1.5;

/// Takes away what a filled shape hides of the rules below it.
pub(super) fn cover(rulings: &mut Vec<Ruling>, path: &BezPath, shown: Rect) {
    let inner = shown.inset(-BORDER);
    if inner.width() <= 0.0 || inner.height() <= 0.0 {
        return;
    }
    let mut parts = Vec::new();
    rulings.retain(|ruling| match hidden(ruling, path, inner) {
        Some((from, to)) => {
            let rest = [(ruling.from.points(), from), (to, ruling.to.points())].into_iter().filter(|(a, b)| b - a >= SHORTEST);
            parts.extend(rest.filter_map(|(a, b)| Some(Ruling { from: Pt::new(a)?, to: Pt::new(b)?, ..*ruling })));
            false
        }
        None => true,
    });
    rulings.append(&mut parts);
}

/// The part of a rule that lies inside a shape.
fn hidden(ruling: &Ruling, path: &BezPath, inner: Rect) -> Option<(f64, f64)> {
    let (at, from, to) = (ruling.at.points(), ruling.from.points(), ruling.to.points());
    let (across, along) = match ruling.axis {
        Axis::Horizontal => ((inner.y0, inner.y1), (inner.x0, inner.x1)),
        Axis::Vertical => ((inner.x0, inner.x1), (inner.y0, inner.y1)),
    };
    let (start, end) = (from.max(along.0), to.min(along.1));
    let point = |share: f64| {
        let place = start + (end - start) * share;
        match ruling.axis {
            Axis::Horizontal => Point::new(place, at),
            Axis::Vertical => Point::new(at, place),
        }
    };
    let is_inside = at > across.0 && at < across.1 && end - start >= SHORTEST;
    (is_inside && [0.1, 0.5, 0.9].into_iter().all(|share| path.contains(point(share)))).then_some((start, end))
}
