//! How the styles of an OpenDocument file set text, as far as it matters here.

use crate::office::cells::Look;
use crate::office::xml::Node;
use std::collections::{BTreeMap, BTreeSet};

/// What text looks like; what is not said is as the text around.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    struck: Option<bool>,
    hidden: Option<bool>,
    white: Option<bool>,
    raised: Option<bool>,
    /// Bold, coloured, underlined, marked, with a ground, in a frame.
    emphasis: [Option<bool>; 6],
    /// A font whose letters are signs.
    pub(super) signs: Option<Option<&'static str>>,
}

/// Fonts of signs, as their names begin.
const SIGNS: [&str; 3] = ["wingdings 2", "wingdings", "symbol"];
const WHITE: &str = "#ffffff";

impl Looks {
    fn of(properties: &Node) -> Self {
        let get = |name: &str| properties.get(name);
        let line = |kind: &str| ["style", "type"].into_iter().find_map(|end| Some(get(&format!("text-{kind}-{end}"))? != "none"));
        let is_raised = |position: &str| {
            let first = position.split_whitespace().next().unwrap_or_default();
            first == "super" || first.trim_end_matches('%').parse::<f64>().is_ok_and(|height| height > 0.0)
        };
        let color = get("color").map(str::to_ascii_lowercase);
        let is_plain = get("use-window-font-color") == Some("true");
        let weight = |weight: &str| weight == "bold" || weight.parse::<u32>().is_ok_and(|w| w >= 600);
        Self {
            struck: line("line-through"),
            hidden: get("display").map(|display| display == "none"),
            white: color.as_ref().map(|color| color == WHITE),
            raised: get("text-position").map(is_raised),
            emphasis: [
                get("font-weight").or(get("font-weight-asian")).map(weight),
                color.map(|color| color != "#000000").or(is_plain.then_some(false)),
                line("underline"),
                get("text-emphasize").map(|mark| mark != "none"),
                get("background-color").map(|color| color != "transparent"),
                get("border").map(|border| border != "none"),
            ],
            signs: ["font-name", "font-family"].into_iter().find_map(get).map(|font| {
                let font = font.trim_matches('\'').to_ascii_lowercase();
                SIGNS.into_iter().find(|name| font.starts_with(name))
            }),
        }
    }

    /// These, and where they say nothing, those of the text around.
    pub(super) fn or(self, around: Self) -> Self {
        Self {
            struck: self.struck.or(around.struck),
            hidden: self.hidden.or(around.hidden),
            white: self.white.or(around.white),
            raised: self.raised.or(around.raised),
            emphasis: std::array::from_fn(|at| self.emphasis[at].or(around.emphasis[at])),
            signs: self.signs.or(around.signs),
        }
    }

    /// Set as all text of its kind is: that stresses nothing.
    fn unstressed(self) -> Self {
        Self { emphasis: [None; 6], ..self }
    }

    /// Struck out or not, and nothing else.
    pub(super) fn strike(is_struck: bool) -> Self {
        Self { struck: Some(is_struck), ..Self::default() }
    }

    pub(super) fn look(self) -> Look {
        let is = |look: Option<bool>| look == Some(true);
        Look { struck: is(self.struck), raised: is(self.raised), emphasis: self.emphasis.into_iter().any(is) }
    }
}

/// A style.
#[derive(Debug, Default)]
struct Style {
    looks: Looks,
    parent: Option<String>,
    /// Whether it was made for a place in the text by the program, not chosen from the list by its name.
    is_own: bool,
}

/// The styles of a file by kind (`paragraph`, `text`, `table-cell`) and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<(String, String), Style>,
    /// Tables that are not shown.
    hidden: BTreeSet<String>,
    /// Cells with a line from corner to corner.
    crossed: BTreeSet<String>,
    /// Whether anything of the text has a ground: white letters may be seen on it.
    has_grounds: bool,
}

/// Styles have parents to this depth.
const DEEPEST: usize = 10;

impl Styles {
    /// Reads the styles with names, and those that the program made.
    pub(super) fn read(lists: [Option<&Node>; 2]) -> Self {
        let mut read = Self::default();
        for (list, is_own) in lists.into_iter().zip([false, true]) {
            for style in list.into_iter().flat_map(|l| l.all("style")) {
                let Some(name) = style.get("name").map(str::to_owned) else { continue };
                let looks = style.first("text-properties").map(Looks::of).unwrap_or_default();
                let cell = style.first("table-cell-properties");
                let is_drawn = |name: &str| cell.and_then(|p| p.get(name)).is_some_and(|line| line != "none");
                if style.first("table-properties").is_some_and(|p| p.get("display") == Some("false")) {
                    read.hidden.insert(name.clone());
                }
                if is_drawn("diagonal-tl-br") || is_drawn("diagonal-bl-tr") {
                    read.crossed.insert(name.clone());
                }
                let parent = style.get("parent-style-name").map(str::to_owned);
                let family = style.get("family").unwrap_or_default().to_owned();
                read.styles.insert((family, name), Style { looks, parent, is_own });
            }
        }
        read
    }

    /// Looks for grounds among the styles that a text uses.
    pub(super) fn with_grounds(mut self, lists: [Option<&Node>; 2], used: &BTreeSet<&str>) -> Self {
        let mut used = used.clone();
        let all = || lists.into_iter().flatten().flat_map(|l| l.all("style"));
        for _ in 0..DEEPEST {
            let before = used.len();
            let parents =
                all().filter(|s| s.get("name").is_some_and(|name| used.contains(name))).filter_map(|s| s.get("parent-style-name"));
            let parents: Vec<&str> = parents.collect();
            used.extend(parents);
            if used.len() == before {
                break;
            }
        }
        self.has_grounds = all().filter(|s| s.get("name").is_some_and(|name| used.contains(name))).any(|s| s.nodes().any(is_ground));
        self
    }

    /// The looks of a style.
    pub(super) fn looks(&self, family: &str, name: Option<&str>) -> Looks {
        let mut looks = Looks::default();
        let mut next = name.map(str::to_owned);
        for _ in 0..DEEPEST {
            let Some(style) = next.and_then(|name| self.styles.get(&(family.to_owned(), name))) else { break };
            // Bold headings are no choice among other text; bold words are.
            let own = if style.is_own || family == "text" { style.looks } else { style.looks.unstressed() };
            looks = looks.or(own);
            next = style.parent.clone();
        }
        looks
    }

    /// Whether a style strikes text out, if it says so.
    pub(super) fn strike(&self, family: &str, name: Option<&str>) -> Option<bool> {
        self.looks(family, name).struck
    }

    /// Whether nobody sees text that looks so.
    pub(super) fn hides(&self, looks: Looks) -> bool {
        looks.hidden == Some(true) || looks.white == Some(true) && !self.has_grounds
    }

    /// Whether a table is not shown.
    pub(super) fn hides_table(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| self.hidden.contains(name))
    }

    /// Whether a cell has a line from corner to corner.
    pub(super) fn crosses(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| self.crossed.contains(name))
    }

    /// For files whose white text stands on grounds that are not looked for.
    pub(super) fn on_grounds(self) -> Self {
        Self { has_grounds: true, ..self }
    }
}

/// Whether properties give a ground other than white.
fn is_ground(properties: &Node) -> bool {
    let is_other = |color: &str| color != "transparent" && !color.eq_ignore_ascii_case(WHITE);
    let is_filled = properties.get("fill").is_some_and(|fill| fill != "none");
    properties.get("background-color").is_some_and(is_other) || is_filled && properties.get("fill-color").is_none_or(is_other)
}

/// The styles that an element and all in it name.
pub(super) fn named<'n>(node: &'n Node, names: &mut BTreeSet<&'n str>) {
    names.extend(["style-name", "default-cell-style-name"].into_iter().filter_map(|name| node.get(name)));
    node.nodes().for_each(|child| named(child, names));
}
