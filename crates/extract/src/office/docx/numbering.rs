//! What a Word file says of its lists: their levels, the lists that share them, and the styles that are in one.

use crate::office::numbers;
use crate::office::xml::Node;
use std::collections::BTreeMap;

/// Levels from the outermost.
pub(super) const LEVELS: usize = 9;
/// Styles are based on each other to this depth.
const DEEPEST: usize = 20;

/// How a level of a list shows its numbers.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// The format by its OpenDocument name; none where it is not known.
    pub(super) format: Option<String>,
    /// `第%1`.
    pub(super) pattern: String,
    start: u32,
    /// Levels above this one start it anew; all of them where it does not say.
    pub(super) restarts: Option<usize>,
    /// Whether numbers of the levels above are figures, whatever their format.
    pub(super) is_legal: bool,
    /// What stands between the number and the text.
    pub(super) followed: &'static str,
    pub(super) is_bullet: bool,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
}

impl Level {
    fn of(node: &Node) -> Self {
        let value = |name: &str| value(Some(node), name);
        let is_bullet = value("numFmt") == Some("bullet");
        Self {
            format: format(node),
            pattern: value("lvlText").unwrap_or_default().to_owned(),
            start: value("start").and_then(|n| n.parse().ok()).unwrap_or(0),
            restarts: value("lvlRestart").and_then(|n| n.parse().ok()),
            is_legal: node.is_set("isLgl"),
            followed: if value("suff") == Some("nothing") { "" } else { " " },
            is_bullet,
            style: value("pStyle").map(str::to_owned),
        }
    }

    /// Whether it shows a number or a mark.
    pub(super) fn is_shown(&self) -> bool {
        self.is_bullet || !self.pattern.trim().is_empty() && self.format.as_deref() != Some("")
    }
}

/// Levels that lists share; they count together.
type Kind = [Option<Level>; LEVELS];

/// A list.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// Which levels it has.
    pub(super) kind: String,
    own: BTreeMap<usize, Own>,
}

/// What a list has of its own on a level.
#[derive(Clone, Debug)]
struct Own {
    start: Option<u32>,
    level: Option<Level>,
}

impl List {
    /// Whether a level does not go on where other lists with the same levels ended.
    pub(super) fn begins_anew(&self, at: usize) -> bool {
        self.own.get(&at).is_some_and(|own| own.start.is_some())
    }

    /// The first number of a level.
    pub(super) fn start(&self, at: usize, level: &Level) -> u32 {
        self.own.get(&at).and_then(|own| own.start).unwrap_or(level.start)
    }
}

/// The list that a style is in, as far as the style itself says.
#[derive(Clone, Debug, Default)]
struct Style {
    base: Option<String>,
    list: Option<String>,
    at: Option<usize>,
}

/// Where a paragraph stands in a list.
pub(super) struct Place<'n> {
    pub(super) id: &'n str,
    pub(super) list: &'n List,
    pub(super) at: usize,
    kind: &'n Kind,
}

impl<'n> Place<'n> {
    pub(super) fn level(&self) -> Option<&'n Level> {
        self.level_at(self.at)
    }

    pub(super) fn level_at(&self, at: usize) -> Option<&'n Level> {
        let own = self.list.own.get(&at).and_then(|own| own.level.as_ref());
        own.or_else(|| self.kind.get(at)?.as_ref())
    }

    /// The level of the paragraphs of a style.
    fn of_style(&self, style: &str) -> Option<usize> {
        (0..LEVELS).find(|&at| self.level_at(at).and_then(|level| level.style.as_deref()) == Some(style))
    }
}

/// The lists of a file.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<String, Kind>,
    lists: BTreeMap<String, List>,
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Numbering {
    pub(super) fn read(numbering: Option<&Node>, styles: Option<&Node>) -> Self {
        let named = |style: &Node| Some((style.get("styleId")?.to_owned(), of_style(style)));
        let all = || styles.into_iter().flat_map(|s| s.all("style"));
        let is_usual = |s: &&Node| s.get("type") == Some("paragraph") && matches!(s.get("default"), Some("1" | "true" | "on"));
        let styles: BTreeMap<String, Style> = all().filter_map(named).collect();
        let usual = all().find(is_usual).and_then(|s| s.get("styleId")).map(str::to_owned);
        let kinds = || numbering.into_iter().flat_map(|n| n.all("abstractNum"));
        let lists: BTreeMap<String, List> = numbering.into_iter().flat_map(|n| n.all("num")).filter_map(list).collect();
        // Levels that stand with a style of lists, by those that name the style instead.
        let elsewhere = |kind: &Node| {
            let style = styles.get(value(Some(kind), "numStyleLink")?)?;
            Some((kind.get("abstractNumId")?.to_owned(), lists.get(style.list.as_deref()?)?.kind.clone()))
        };
        let elsewhere: BTreeMap<String, String> = kinds().filter_map(elsewhere).collect();
        let at_home = |(id, list): (&String, &List)| {
            let kind = elsewhere.get(&list.kind).unwrap_or(&list.kind).clone();
            (id.clone(), List { kind, own: list.own.clone() })
        };
        let lists = lists.iter().map(at_home).collect();
        let kinds = kinds().filter_map(|kind| Some((kind.get("abstractNumId")?.to_owned(), levels(kind)))).collect();
        Self { kinds, lists, styles, usual }
    }

    /// The list that a paragraph with these properties is in, if it is in one; its own words go before its style's.
    pub(super) fn place(&self, properties: Option<&Node>) -> Option<Place<'_>> {
        let own = properties.and_then(|p| p.first("numPr"));
        let named = value(properties, "pStyle").or(self.usual.as_deref());
        let style = || std::iter::successors(named, |id| self.styles.get(*id)?.base.as_deref()).take(DEEPEST);
        let of_style = || style().find_map(|id| self.styles.get(id)?.list.as_deref());
        let (id, list) = self.lists.get_key_value(value(own, "numId").or_else(of_style)?)?;
        let mut place = Place { id, list, at: 0, kind: self.kinds.get(&list.kind)? };
        let by_style = || style().find_map(|id| place.of_style(id).or_else(|| self.styles.get(id)?.at));
        place.at = match value(own, "ilvl") {
            Some(level) => level.parse().ok()?,
            None => by_style().unwrap_or(0),
        };
        (place.at < LEVELS && id != "0").then_some(place)
    }
}

fn value<'n>(node: Option<&'n Node>, name: &str) -> Option<&'n str> {
    node?.first(name)?.get("val")
}

fn of_style(style: &Node) -> Style {
    let own = style.first("pPr").and_then(|p| p.first("numPr"));
    Style {
        base: value(Some(style), "basedOn").map(str::to_owned),
        list: value(own, "numId").map(str::to_owned),
        at: value(own, "ilvl").and_then(|level| level.parse().ok()),
    }
}

fn list(num: &Node) -> Option<(String, List)> {
    let own = |node: &Node| {
        let at = node.get("ilvl")?.parse().ok()?;
        let start = value(Some(node), "startOverride").and_then(|n| n.parse().ok());
        Some((at, Own { start, level: node.first("lvl").map(Level::of) }))
    };
    let own = num.all("lvlOverride").filter_map(own).collect();
    Some((num.get("numId")?.to_owned(), List { kind: value(Some(num), "abstractNumId")?.to_owned(), own }))
}

fn levels(kind: &Node) -> Kind {
    let mut levels: Kind = std::array::from_fn(|_| None);
    for own in kind.all("lvl") {
        let at = own.get("ilvl").and_then(|l| l.parse::<usize>().ok());
        if let Some(level) = at.and_then(|at| levels.get_mut(at)) {
            *level = Some(Level::of(own));
        }
    }
    levels
}

/// The format of a level; newer ones stand beside one for older programs.
fn format(level: &Node) -> Option<String> {
    let newer = || level.first("AlternateContent")?.first("Choice")?.first("numFmt");
    let Some(format) = level.first("numFmt").or_else(newer) else { return Some("1".to_owned()) };
    match format.get("val") {
        Some("custom") => format.get("format").filter(|f| f.starts_with('0')).map(str::to_owned),
        Some(name) => numbers::of_word(name).map(str::to_owned),
        None => Some("1".to_owned()),
    }
}
