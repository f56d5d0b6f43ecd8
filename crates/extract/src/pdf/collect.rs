//! Listens to the interpreter of a page and keeps what it draws.

use super::budget::Budget;
use super::rescue::Rescue;
use super::rulings;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, Paint, SoftMask};
use seisho_model::geometry::distance;
use seisho_model::ink::{Axis, Ruling, SignKind};

/// A glyph as drawn.
pub(super) struct Drawn {
    /// Its characters; empty where the file does not say.
    pub(super) text: String,
    /// Em box on the page, in points.
    pub(super) rect: Rect,
    pub(super) size: f64,
    pub(super) vertical: bool,
    /// Whether a person sees it.
    pub(super) seen: bool,
    /// Quarter turns, clockwise, of the line that it is set on; none for another slant.
    pub(super) turn: Option<u8>,
    /// Its colour; none for a pattern.
    pub(super) color: Option<[u8; 4]>,
    /// Outlined as well as filled.
    pub(super) bold: bool,
    /// Something was drawn over it.
    covered: bool,
    code: u32,
}

/// What a page draws.
pub(super) struct Collector<'p> {
    rescue: &'p Rescue,
    pub(super) page: Rect,
    pub(super) glyphs: Vec<Drawn>,
    pub(super) rulings: Vec<Ruling>,
    /// Boxes of small round shapes.
    pub(super) dots: Vec<Rect>,
    /// Rings and ticks.
    pub(super) signs: Vec<(SignKind, Rect)>,
    /// Short lines that lean, in the order drawn.
    slants: Vec<Rect>,
    /// Lines that lean and waves, by their ends.
    pub(super) strokes: Vec<[(f64, f64); 2]>,
    /// Boxes and coloured grounds that are small enough to stand around a word.
    pub(super) frames: Vec<Rect>,
    /// Grounds with their colour, in the order drawn.
    grounds: Vec<(Rect, [u8; 4])>,
    /// Dark areas, on which white text can be read.
    dark: Vec<Rect>,
    clips: Vec<Rect>,
    /// Open marked content: replacement text, and the first glyph that it replaces.
    marked: Vec<(Option<String>, usize)>,
    /// Boxes of the images, cut to what shows.
    pub(super) images: Vec<Rect>,
    budget: Budget,
}

impl<'p> Collector<'p> {
    pub(super) fn new(page: Rect, rescue: &'p Rescue, budget: Budget) -> Self {
        Self {
            rescue,
            page,
            glyphs: Vec::new(),
            rulings: Vec::new(),
            dots: Vec::new(),
            signs: Vec::new(),
            slants: Vec::new(),
            strokes: Vec::new(),
            frames: Vec::new(),
            grounds: Vec::new(),
            dark: Vec::new(),
            clips: vec![page],
            marked: Vec::new(),
            images: Vec::new(),
            budget,
        }
    }

    /// Takes the sign of a note away: what it stands on is seen without it.
    pub(super) fn without_icon(&mut self, icon: Rect) {
        let icon = icon.inflate(1.0, 1.0);
        let point = |at: f64, other: f64, axis: Axis| if axis == Axis::Horizontal { (other, at) } else { (at, other) };
        let is_of_it = |r: &Ruling| {
            [r.from, r.to].iter().all(|end| {
                let (x, y) = point(r.at.points(), end.points(), r.axis);
                icon.contains((x, y))
            })
        };
        for glyph in self.glyphs.iter_mut().filter(|g| g.covered && icon.contains(g.rect.center())) {
            (glyph.seen, glyph.covered) = (true, false);
        }
        self.rulings.retain(|r| !is_of_it(r));
        self.signs.retain(|(_, rect)| !icon.contains(rect.center()));
        self.dots.retain(|rect| !icon.contains(rect.center()));
        self.frames.retain(|rect| !icon.contains(rect.center()));
        self.strokes.retain(|ends| !ends.iter().all(|&end| icon.contains(end)));
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        self.budget.spend(1);
        let color = rgba(&props.paint);
        if color.is_some_and(|c| c[3] == 0) {
            return;
        }
        let clip = self.clip();
        let whole = props.transform * path.clone();
        let bounds = whole.bounding_box();
        if let DrawMode::Fill(_) | DrawMode::FillAndStroke(..) = mode {
            rulings::of_fill(&whole, clip, &mut self.rulings);
            let is_seen = color.is_none_or(|c| luminance(c) < WHITE) && clip.contains(bounds.center());
            if is_seen && is_dot(&whole, bounds) {
                self.dots.push(bounds);
            }
            if color.is_some_and(|c| c[3] == u8::MAX) && is_plain(props) {
                self.cover(&whole, bounds.intersect(clip));
            }
            // A ring of a style sheet is a shape inside a shape.
            let ring = ring_of_fill(&whole, bounds).filter(|_| is_seen);
            self.signs.extend(ring.filter(|is_round| *is_round).map(|_| (SignKind::Ring, bounds)));
            if is_seen && is_box(&whole, bounds) || ring == Some(false) {
                self.frames.push(bounds);
            }
            if let Some(color) = color.filter(|c| {
                c[3] == u8::MAX && is_rectangle(&whole, bounds) && bounds.height() > SMALLEST_GROUND && bounds.width() > SMALLEST_GROUND
            }) {
                self.grounds.push((bounds.intersect(clip), color));
            }
            if color.is_some_and(|c| luminance(c) < DARK) && bounds.width() > 4.0 && bounds.height() > 4.0 {
                self.dark.push(bounds);
            }
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            let is_seen = color.is_none_or(|c| luminance(c) < WHITE) && clip.contains(bounds.center());
            self.signs.extend(sign(&whole, bounds).filter(|_| is_seen).map(|kind| (kind, bounds)));
            if is_seen && is_box(&whole, bounds) {
                self.frames.push(bounds);
            }
            self.strokes.extend(leaning(&whole, bounds).filter(|_| is_seen));
            if is_seen && is_slant(&whole, bounds) {
                let near = self.slants.last().copied().filter(|last| last.inflate(0.5, 0.5).overlaps(bounds));
                self.signs.extend(near.map(|last| (SignKind::Tick, last.union(bounds))));
                self.slants.push(bounds);
            }
            let scale = props.transform.determinant().abs().sqrt();
            rulings::of_stroke(&whole, f64::from(stroke.line_width) * scale, clip, &mut self.rulings);
        }
    }

    /// What a filled shape is drawn over is seen no more.
    fn cover(&mut self, path: &BezPath, shown: Rect) {
        // A frame is drawn as a shape inside a shape.
        let is_simple = path.elements().iter().filter(|e| matches!(e, PathEl::MoveTo(_))).count() == 1;
        if !is_simple || shown.width() < NARROWEST_COVER || shown.height() < NARROWEST_COVER {
            return;
        }
        self.budget.spend((self.glyphs.len() + self.rulings.len()) / GLYPHS_A_STEP);
        let is_covered = |rect: Rect| {
            let center = rect.center();
            shown.contains(center) && shown.intersect(rect).area() * 100.0 >= rect.area() * COVERED && path.contains(center)
        };
        for glyph in self.glyphs.iter_mut().filter(|g| g.seen && is_covered(g.rect)) {
            (glyph.seen, glyph.covered) = (false, true);
        }
        rulings::cover(&mut self.rulings, path, shown);
    }

    fn is_seen(&self, rect: Rect, ink: impl Fn() -> Option<Rect>, mode: &DrawMode, color: Option<[u8; 4]>) -> bool {
        let clip = self.clip();
        // A clip may cut the em box and leave the ink: a closing bracket is white in its right half. Outlines are costly:
        // asked for only where the box is cut.
        let shown = if !clip.contains(rect.center()) && clip.overlaps(rect) { ink().unwrap_or(rect) } else { rect };
        let center = shown.center();
        let is_inked = !matches!(mode, DrawMode::Invisible) && color.is_none_or(|c| c[3] > 0);
        let is_white = color.is_some_and(|c| luminance(c) >= WHITE);
        let ground = || self.grounds.iter().rev().find(|(rect, _)| rect.contains(center)).map(|(_, color)| *color);
        // Letters of the colour of what they stand on.
        if !is_white && color.is_some_and(|own| luminance(own) >= DIM && ground().is_some_and(|ground| is_alike(own, ground))) {
            return false;
        }
        let on_dark = || self.dark.iter().any(|d| d.contains(center));
        is_inked && clip.contains(center) && (!is_white || on_dark())
    }

    fn glyph(&self, glyph: &Glyph<'_>, transform: Affine, vertical: bool, mode: &DrawMode, color: Option<[u8; 4]>) -> Drawn {
        let advance = match glyph {
            _ if vertical => 1000.0,
            Glyph::Outline(outline) => f64::from(outline.advance_width().unwrap_or(1000.0)),
            Glyph::Type3(type3) => f64::from(type3.advance_width().unwrap_or(1000.0)),
        };
        // The em box of a Japanese font reaches from 120 below the baseline to 880 above it.
        let rect = transform.transform_rect_bbox(Rect::new(0.0, -120.0, advance, 880.0));
        let [a, b, c, d, _, _] = transform.as_coeffs();
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(s)) => s,
            None => self.rescued(glyph).unwrap_or_default(),
        };
        // Outlines are costly: ask for one only where the answer matters.
        let text = if text.contains(is_adobes_own) && is_stand_in(glyph) { as_windows_reads(&text) } else { text };
        let seen = self.is_seen(rect, || ink_of(glyph, transform).or_else(|| inked_half(&text, rect)), mode, color);
        Drawn {
            text,
            rect,
            size: distance(c, d) * 1000.0,
            vertical,
            seen,
            turn: turn(a, b),
            color,
            bold: matches!(mode, DrawMode::FillAndStroke(..)),
            covered: false,
            code: glyph.char_code(),
        }
    }

    fn rescued(&self, glyph: &Glyph<'_>) -> Option<String> {
        if let Glyph::Outline(outline) = glyph { self.rescue.character(outline) } else { None }
    }

    /// True for a run that strokes the outlines of the glyphs that were just filled: bold by render mode 2.
    fn strokes_the_last(&self, drawn: &[Drawn], mode: &DrawMode) -> bool {
        let DrawMode::Stroke(_) = mode else { return false };
        let Some(from) = self.glyphs.len().checked_sub(drawn.len()) else { return false };
        let same = |a: &Drawn, b: &Drawn| a.code == b.code && (a.rect.x0 - b.rect.x0).abs() < 0.01 && (a.rect.y0 - b.rect.y0).abs() < 0.01;
        self.glyphs[from..].iter().zip(drawn).all(|(a, b)| same(a, b))
    }
}

/// Whether a picture is one colour all over, and nothing shows through: a bar that somebody put over a word. Pictures are many
/// colours, and what stands below their edges is seen.
fn is_of_one_colour(image: &Image<'_, '_>) -> bool {
    let Image::Raster(raster) = image else { return false };
    if ["SMask", "Mask", "ImageMask"].iter().any(|key| raster.stream().dict().contains_key(*key)) {
        return false;
    }
    let mut is_one = false;
    raster.with_rgba(
        |data, alpha| {
            let (bytes, width) = match &data {
                ImageData::Rgb(rgb) => (&rgb.data[..], 3),
                ImageData::Luma(luma) => (&luma.data[..], 1),
            };
            let first = bytes.get(..width).unwrap_or_default();
            is_one = alpha.is_none()
                && !first.is_empty()
                && bytes.chunks(width).all(|p| p.iter().zip(first).all(|(a, b)| a.abs_diff(*b) <= ALIKE));
        },
        Some((LOOKED_AT, LOOKED_AT)),
    );
    is_one
}

/// Pictures are looked at in about so many pixels a side.
const LOOKED_AT: u32 = 64;

/// A cover is no thinner than this, in points: rules are.
const NARROWEST_COVER: f64 = 3.0;
/// It hides a glyph of whose em box it covers this share, in percent: the ink ends before the box does.
const COVERED: f64 = 70.0;
/// So many glyphs are compared with a shape in one step of the budget.
const GLYPHS_A_STEP: usize = 64;

/// Whether what is drawn hides what is below it: not mixed with it, as a highlighter is.
fn is_plain(props: &DrawProps<'_>) -> bool {
    matches!(props.blend_mode, BlendMode::Normal) && props.soft_mask.is_none()
}

/// The box of a glyph's ink on the page.
fn ink_of(glyph: &Glyph<'_>, transform: Affine) -> Option<Rect> {
    let Glyph::Outline(outline) = glyph else { return None };
    let path = outline.outline();
    (!path.elements().is_empty()).then(|| (transform * path).bounding_box())
}

/// The half of a full-width bracket, dot or comma that has ink, where the font is not in the file.
fn inked_half(text: &str, rect: Rect) -> Option<Rect> {
    let middle = rect.center().x;
    let is_left = text.starts_with(['）', '」', '』', '】', '〕', '》', '〉', '］', '｝', '、', '。', '，', '．']);
    let is_right = text.starts_with(['（', '「', '『', '【', '〔', '《', '〈', '［', '｛']);
    match (is_left, is_right) {
        (true, _) => Some(Rect { x1: middle, ..rect }),
        (_, true) => Some(Rect { x0: middle, ..rect }),
        _ => None,
    }
}

/// The quarter turn of a line that runs in a direction, y down.
fn turn(a: f64, b: f64) -> Option<u8> {
    let is_along = |main: f64, other: f64| main.abs() > other.abs() * STRAIGHT;
    match (is_along(a, b), is_along(b, a)) {
        (true, _) => Some(if a > 0.0 { 0 } else { 2 }),
        (_, true) => Some(if b > 0.0 { 1 } else { 3 }),
        _ => None,
    }
}

/// A line leans less than one in so many.
const STRAIGHT: f64 = 20.0;

/// True for a glyph of a font that is not in the file: it has no outline of its own.
fn is_stand_in(glyph: &Glyph<'_>) -> bool {
    matches!(glyph, Glyph::Outline(outline) if outline.outline().elements().is_empty())
}

/// Such a glyph's character comes from Adobe's table, which writes 〜 and adds variation selectors where the
/// code pages that such files are written in have ～ and nothing.
fn as_windows_reads(text: &str) -> String {
    text.chars().filter_map(|c| if c == '〜' { Some('～') } else { Some(c).filter(|&c| !is_adobes_own(c)) }).collect()
}

/// 〜 and variation selectors.
fn is_adobes_own(c: char) -> bool {
    c == '〜' || ('\u{E0100}'..='\u{E01EF}').contains(&c)
}

/// A round shape no larger than the mark of a list, in points.
fn is_dot(path: &BezPath, bounds: Rect) -> bool {
    let is_curve = |element: &PathEl| matches!(element, PathEl::CurveTo(..) | PathEl::QuadTo(..));
    let (width, height) = (bounds.width(), bounds.height());
    (1.0..LARGEST_DOT).contains(&width)
        && (width - height).abs() < width * 0.1
        && path.elements().iter().filter(|e| is_curve(e)).count() > 2
}

/// A stroked path that is a ring around a word, or a tick.
fn sign(path: &BezPath, bounds: Rect) -> Option<SignKind> {
    let is_curve = |element: &PathEl| matches!(element, PathEl::CurveTo(..) | PathEl::QuadTo(..));
    let (width, height) = (bounds.width(), bounds.height());
    let (curves, all) = (path.elements().iter().filter(|e| is_curve(e)).count(), path.elements().len());
    // A ring has curves alone; a box with round corners has sides.
    if curves >= 4 && all <= curves + 2 && (LARGEST_DOT..WIDEST_RING).contains(&width) && (LARGEST_DOT..HIGHEST_RING).contains(&height) {
        return Some(SignKind::Ring);
    }
    let points: Vec<_> = path.elements().iter().filter_map(PathEl::end_point).collect();
    let leans = points.windows(2).filter(|w| (w[0].x - w[1].x).abs() > 1.0 && (w[0].y - w[1].y).abs() > 1.0).count();
    let is_small = (SMALLEST_TICK..LARGEST_TICK).contains(&width) && (SMALLEST_TICK..LARGEST_TICK).contains(&height);
    (curves == 0 && is_small && points.len() <= 5 && leans >= 2).then_some(SignKind::Tick)
}

/// Whether a filled path is the rim between two shapes with round corners, one a little inside the other, and then whether
/// they are round all over: a box with round corners has sides.
fn ring_of_fill(path: &BezPath, bounds: Rect) -> Option<bool> {
    let is_large = (LARGEST_DOT..WIDEST_RING).contains(&bounds.width()) && (LARGEST_DOT..HIGHEST_RING).contains(&bounds.height());
    let mut shapes: Vec<BezPath> = Vec::new();
    for element in path.elements().iter().filter(|_| is_large) {
        if matches!(element, PathEl::MoveTo(_)) {
            shapes.push(BezPath::new());
        }
        shapes.last_mut()?.push(*element);
        if shapes.len() > 2 {
            return None;
        }
    }
    let [first, second] = shapes.as_slice() else { return None };
    let curves = |shape: &BezPath| shape.elements().iter().filter(|e| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..))).count();
    let (a, b) = (first.bounding_box(), second.bounding_box());
    let (outer, inner) = if a.area() >= b.area() { (a, b) } else { (b, a) };
    let rims = [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1];
    let is_rim = curves(first) >= 4 && curves(second) >= 4 && rims.iter().all(|rim| (THINNEST_RIM..THICKEST_RIM).contains(rim));
    is_rim.then(|| sides(first) + sides(second) < LONGEST_SIDES)
}

/// How long the straight lines of a shape are together.
fn sides(shape: &BezPath) -> f64 {
    let mut at: Option<Point> = None;
    let mut length = 0.0;
    for element in shape.elements() {
        if let (PathEl::LineTo(to), Some(from)) = (element, at) {
            length += (to.x - from.x).abs() + (to.y - from.y).abs();
        }
        at = element.end_point().or(at);
    }
    length
}

/// How thick the rim of a ring is, in points.
const THINNEST_RIM: f64 = 0.1;
const THICKEST_RIM: f64 = 4.0;
/// A ring has no more of straight lines, in points.
const LONGEST_SIDES: f64 = 1.0;

/// Whether a stroked path is one short line that leans: half of a tick, where a program draws it in two.
fn is_slant(path: &BezPath, bounds: Rect) -> bool {
    let is_short = |length: f64| (1.0..LARGEST_TICK).contains(&length);
    path.elements().len() == 2 && is_short(bounds.width()) && is_short(bounds.height())
}

/// A box no larger than one around a word.
fn is_box(path: &BezPath, bounds: Rect) -> bool {
    is_rectangle(path, bounds)
        && (LARGEST_DOT..WIDEST_RING).contains(&bounds.width())
        && (SMALLEST_TICK..HIGHEST_RING).contains(&bounds.height())
}

/// Whether a path is one rectangle along the axes.
fn is_rectangle(path: &BezPath, bounds: Rect) -> bool {
    let is_straight = path.elements().iter().all(|e| !matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..)));
    let points: Vec<_> = path.elements().iter().filter_map(PathEl::end_point).collect();
    let is_edge = |v: f64, a: f64, b: f64| (v - a).abs() < 0.5 || (v - b).abs() < 0.5;
    is_straight
        && (4..=5).contains(&points.len())
        && points.iter().all(|p| is_edge(p.x, bounds.x0, bounds.x1) && is_edge(p.y, bounds.y0, bounds.y1))
}

/// The ends of a line that leans, or of a wave, from left to right.
fn leaning(path: &BezPath, bounds: Rect) -> Option<[(f64, f64); 2]> {
    let points: Vec<_> = path.elements().iter().filter_map(PathEl::end_point).collect();
    let curves = path.elements().iter().filter(|e| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..))).count();
    let (first, last) = (points.first()?, points.last()?);
    let is_line = points.len() == 2 && curves == 0 && bounds.width() > 2.0 && bounds.height() > 0.7;
    // Flat, and from one end to the other.
    let is_wave = curves > 0 && bounds.height() < HIGHEST_WAVE && bounds.width() > bounds.height() * 2.0;
    let is_open = (first.x - last.x).abs() > bounds.width() * 0.8;
    let (a, b) = if first.x <= last.x { (first, last) } else { (last, first) };
    match (is_line, is_wave && is_open) {
        (true, _) => Some([(a.x, a.y), (b.x, b.y)]),
        (_, true) => Some([(bounds.x0, bounds.center().y), (bounds.x1, bounds.center().y)]),
        _ => None,
    }
}

/// A wave through text is no higher, in points.
const HIGHEST_WAVE: f64 = 8.0;
/// Grounds of letters are larger, in points.
const SMALLEST_GROUND: f64 = 3.0;
/// Letters darker than this are seen on any ground but a dark one, and those were looked at already.
const DIM: u32 = 40;
/// Colours that differ by no more than this in each of their parts are one to the eye.
const ALIKE: u8 = 6;

fn is_alike(a: [u8; 4], b: [u8; 4]) -> bool {
    (0..3).all(|part| a[part].abs_diff(b[part]) <= ALIKE)
}

/// A ring around words is no larger, in points.
const WIDEST_RING: f64 = 200.0;
const HIGHEST_RING: f64 = 40.0;
/// Ticks are as large as letters, in points.
const SMALLEST_TICK: f64 = 3.0;
const LARGEST_TICK: f64 = 20.0;

/// Browsers draw list marks at about a third of an em.
const LARGEST_DOT: f64 = 8.0;

/// Colours at least this bright cannot be told from paper.
const WHITE: u32 = 250;
/// Colours less bright than this carry white text.
const DARK: u32 = 200;

pub(super) fn luminance(color: [u8; 4]) -> u32 {
    (u32::from(color[0]) * 3 + u32::from(color[1]) * 6 + u32::from(color[2])) / 10
}

pub(super) fn rgba(paint: &Paint<'_>) -> Option<[u8; 4]> {
    match paint {
        Paint::Color(color) => Some(color.to_rgba().to_rgba8()),
        Paint::Pattern(_) => None,
    }
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.path(path, &props, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let inner = self.clip().intersect(clip.path.bounding_box());
        self.clips.push(inner);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        let inner = self.clip().intersect(*rect);
        self.clips.push(inner);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.budget.spend(1);
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let shown = props.transform.transform_rect_bbox(pixels).intersect(self.clip());
        if shown.width() > 0.0 && shown.height() > 0.0 {
            self.images.push(shown);
            let is_upright = props.transform.as_coeffs()[1].abs() < 0.01;
            let is_plain = matches!(props.blend_mode, BlendMode::Normal) && props.soft_mask.is_none();
            if is_upright && is_plain && self.glyphs.iter().any(|g| shown.contains(g.rect.center())) && is_of_one_colour(&image) {
                self.cover(&shown.to_path(0.1), shown);
            }
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.budget.spend(run.glyphs().len());
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let color = rgba(&props.paint);
        let drawn: Vec<Drawn> =
            run.glyphs().iter().map(|g| self.glyph(g, props.transform * g.transform(), vertical, mode, color)).collect();
        if self.strokes_the_last(&drawn, mode) {
            let from = self.glyphs.len() - drawn.len();
            self.glyphs[from..].iter_mut().for_each(|glyph| glyph.bold = true);
        } else {
            self.glyphs.extend(drawn);
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|p| p.get::<PdfString<'_>>("ActualText")).map(|s| text_string(s.as_bytes()));
        self.marked.push((text, self.glyphs.len()));
    }

    fn end_marked_content(&mut self) {
        let Some((Some(text), from)) = self.marked.pop() else { return };
        let replaced = &mut self.glyphs[from..];
        // As many characters as glyphs: one each. Else the text stands with the first glyph.
        let is_even = text.chars().count() == replaced.len();
        let mut chars = text.chars();
        for (i, glyph) in replaced.iter_mut().enumerate() {
            glyph.text = match (is_even, i) {
                (true, _) => chars.next().map(String::from).unwrap_or_default(),
                (false, 0) => text.clone(),
                (false, _) => "\u{200B}".to_owned(), // has no text of its own, and is no unknown glyph
            };
        }
    }
}

/// A PDF text string: UTF-16BE or UTF-8 by its mark, else PDFDocEncoding, whose printable half is Latin-1.
pub(super) fn text_string(bytes: &[u8]) -> String {
    if let Some(utf16) = bytes.strip_prefix(b"\xFE\xFF") {
        let units = utf16.as_chunks::<2>().0.iter().map(|&pair| u16::from_be_bytes(pair));
        return char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
    }
    match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(utf8) => String::from_utf8_lossy(utf8).into_owned(),
        None => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}
