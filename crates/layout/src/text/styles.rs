//! What the style sheets and attributes of an HTML text do to its elements: text that is not shown, struck out, or set otherwise.
//! Knows selectors of names, classes and ids, inside each other; what depends on more (`:hover`, `[lang]`, `a + b`) is passed over.

use crate::text::tag::{ENDS, VOID, whole_tag};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};

/// What a style does to the text of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Effect {
    unshown: bool,
    struck: bool,
    emphasis: bool,
    /// How the items of a list are counted.
    list: Option<ListStyle>,
}

impl Effect {
    fn or(self, other: Self) -> Self {
        let Self { unshown, struck, emphasis, list } = other;
        let (unshown, struck, emphasis) = (self.unshown || unshown, self.struck || struck, self.emphasis || emphasis);
        Self { unshown, struck, emphasis, list: list.or(self.list) }
    }
}

/// What the style sheets of a text do, by the first byte of the tag of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Styles {
    effects: BTreeMap<usize, Effect>,
    /// Whether anything has a background: white letters may be seen on it.
    has_grounds: bool,
}

impl Styles {
    pub(super) const NONE: Self = Self { effects: BTreeMap::new(), has_grounds: false };

    /// Reads the sheets of a text and finds the elements that they speak of.
    pub(crate) fn of(text: &str) -> Self {
        let mut rules = Vec::new();
        let mut has_grounds = false;
        for sheet in sheets(text) {
            read(sheet, &mut rules, &mut has_grounds);
        }
        let effects = if rules.is_empty() { BTreeMap::new() } else { effects(text, &rules) };
        Self { effects, has_grounds }
    }

    fn effect(&self, at: usize) -> Effect {
        self.effects.get(&at).copied().unwrap_or_default()
    }
}

/// How the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListStyle {
    /// Not at all, or by a mark.
    Unnumbered,
    Decimal,
    Letter,
    Capital,
    Roman,
    CapitalRoman,
    Kana,
    Iroha,
    Kanji,
}

impl ListStyle {
    /// By the name that style sheets use.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "none" | "disc" | "circle" | "square" => Self::Unnumbered,
            "decimal" | "decimal-leading-zero" => Self::Decimal,
            "lower-alpha" | "lower-latin" => Self::Letter,
            "upper-alpha" | "upper-latin" => Self::Capital,
            "lower-roman" => Self::Roman,
            "upper-roman" => Self::CapitalRoman,
            "katakana" => Self::Kana,
            "katakana-iroha" => Self::Iroha,
            "cjk-ideographic" | "cjk-decimal" | "japanese-informal" => Self::Kanji,
            _ => return None,
        })
    }

    /// By the attribute of a list.
    fn typed(kind: &str) -> Option<Self> {
        Some(match kind {
            "1" => Self::Decimal,
            "a" => Self::Letter,
            "A" => Self::Capital,
            "i" => Self::Roman,
            "I" => Self::CapitalRoman,
            "disc" | "circle" | "square" | "none" => Self::Unnumbered,
            _ => return None,
        })
    }
}

/// How declarations without blanks have the items of a list counted. Values of `list-style` stand in any order, and their
/// blanks are lost.
fn list_style(declarations: &str) -> Option<ListStyle> {
    let mut found =
        declarations.split(';').filter_map(|d| d.split_once(':')).filter(|(k, _)| matches!(*k, "list-style" | "list-style-type"));
    let style = |value: &str| {
        let value = value.trim_end_matches("!important").trim_start_matches("inside").trim_start_matches("outside");
        ListStyle::named(value.trim_end_matches("inside").trim_end_matches("outside"))
    };
    found.next_back().and_then(|(_, value)| style(value))
}

/// How an element whose tag begins at a byte of its text has the items in it counted.
pub(super) fn list_of(tag: &StartTag<usize>, at: usize, styles: &Styles) -> Option<ListStyle> {
    let kind = tag.attributes.get(&b"type"[..]).map(|v| String::from_utf8_lossy(v).trim().to_owned());
    list_style(&style(tag)).or(styles.effect(at).list).or_else(|| kind.and_then(|kind| ListStyle::typed(&kind)))
}

/// The style sheets in a file.
fn sheets(text: &str) -> impl Iterator<Item = &str> {
    text.split("<style").skip(1).map(|part| part.split_once('>').map_or("", |(_, rest)| rest).split("</style").next().unwrap_or(""))
}

/// A name, classes and ids that an element has together; all empty for `*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Compound {
    name: String,
    /// With their signs: `.old`, `#draft`.
    marks: BTreeSet<String>,
}

/// A selector and what its rule does.
struct Rule {
    /// From the outermost to the element itself; whether it is a child of the one before, or anywhere inside it.
    parts: Vec<(bool, Compound)>,
    effect: Effect,
}

/// Takes the rules of a style sheet. What holds for some media only (`@media print`) is passed over.
fn read(sheet: &str, rules: &mut Vec<Rule>, has_grounds: &mut bool) {
    let mut rest = sheet;
    while let Some(open) = rest.find('{') {
        let selectors = rest[..open].rsplit(['}', ';']).next().unwrap_or("").trim();
        let body = &rest[open + 1..];
        let end = if selectors.starts_with('@') { matching(body) } else { body.find('}').unwrap_or(body.len()) };
        if !selectors.starts_with('@') {
            let declarations: String = body[..end].to_ascii_lowercase().split_whitespace().collect();
            *has_grounds |= has_ground(&declarations);
            let (unshown, struck, emphasis) = (hides(&declarations), declarations.contains("line-through"), emphasizes(&declarations));
            let effect = Effect { unshown, struck, emphasis, list: list_style(&declarations) };
            if effect != Effect::default() {
                rules.extend(without_remarks(selectors).split(',').filter_map(parts).map(|parts| Rule { parts, effect }));
            }
        }
        rest = body.get(end + 1..).unwrap_or("");
    }
}

/// A text without `/* … */`.
fn without_remarks(text: &str) -> String {
    let rest = |part: &str| part.split_once("*/").map_or(String::new(), |(_, rest)| rest.to_owned());
    text.split("/*").enumerate().map(|(n, part)| if n == 0 { part.to_owned() } else { rest(part) }).collect()
}

/// The parts of a selector; none where it asks for more than names, classes and ids.
fn parts(selector: &str) -> Option<Vec<(bool, Compound)>> {
    let selector = selector.to_ascii_lowercase().replace('>', " > ");
    let mut parts = Vec::new();
    let mut is_child = false;
    for word in selector.split_whitespace() {
        if word == ">" {
            is_child = true;
            continue;
        }
        if word.contains(['+', '~', ':', '[', '(', '"']) {
            return None;
        }
        let name = word.split(['.', '#']).next().unwrap_or("").trim_start_matches('*').to_owned();
        let starts: Vec<usize> = word.match_indices(['.', '#']).map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([word.len()]);
        let marks = starts.iter().zip(ends).map(|(&from, to)| word[from..to].to_owned()).collect();
        parts.push((std::mem::take(&mut is_child), Compound { name, marks }));
    }
    (!parts.is_empty()).then_some(parts)
}

/// An element that is open, as rules see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    name: String,
    marks: BTreeSet<String>,
}

/// What the rules do to the elements of a text, by the first byte of their tags.
fn effects(text: &str, rules: &[Rule]) -> BTreeMap<usize, Effect> {
    let by_last = by_last(rules);
    let mut open: Vec<Open> = Vec::new();
    // Elements of one kind inside one element are alike: what was seen before, by the number of the kind that it stands in; and
    // the numbers of those that are open.
    let mut known: BTreeMap<(Option<usize>, Open), (usize, Effect)> = BTreeMap::new();
    let mut within: Vec<usize> = Vec::new();
    let mut found = BTreeMap::new();
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let element = Open { name: name(&tag), marks: marks(&tag) };
                if let Some((_, ended, bound)) = ENDS.iter().find(|(name, ..)| *name == element.name) {
                    let inner = open.iter().rposition(|o| o.name == *bound).map_or(0, |at| at + 1);
                    if let Some(at) = open[inner..].iter().position(|o| ended.contains(&o.name.as_str())) {
                        open.truncate(inner + at);
                    }
                }
                let is_void = VOID.contains(&element.name.as_str()) || tag.self_closing;
                let place = (within.get(open.len().wrapping_sub(1)).copied(), element.clone());
                open.push(element);
                let number = known.len();
                let (number, effect) = *known.entry(place).or_insert_with(|| {
                    let own = may_name(&by_last, open.last()).filter(|rule| fits(&rule.parts, &open)).map(|rule| rule.effect);
                    (number, own.fold(Effect::default(), Effect::or))
                });
                within.truncate(open.len() - 1);
                within.push(number);
                if let Some(range) = whole_tag(text, tag.span.start..tag.span.end).filter(|_| effect != Effect::default()) {
                    found.insert(range.start, effect);
                }
                if is_void || open.len() > DEEPEST {
                    open.pop();
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                if let Some(at) = open.iter().rposition(|o| o.name == name) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    found
}

/// The rules by what they ask of the element itself: one of its marks, else its name, else nothing.
fn by_last(rules: &[Rule]) -> BTreeMap<&str, Vec<&Rule>> {
    let mut by_last: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        let last = rule.parts.last().map(|(_, last)| last.marks.first().unwrap_or(&last.name).as_str());
        by_last.entry(last.unwrap_or_default()).or_default().push(rule);
    }
    by_last
}

/// The rules that may name an element.
fn may_name<'r>(by_last: &'r BTreeMap<&str, Vec<&'r Rule>>, element: Option<&'r Open>) -> impl Iterator<Item = &'r Rule> {
    let keys = element.into_iter().flat_map(|e| e.marks.iter().chain([&e.name]).map(String::as_str).chain([""]));
    keys.filter_map(|key| by_last.get(key)).flatten().copied()
}

/// No page nests deeper; what does is not looked at.
const DEEPEST: usize = 200;

/// Whether a selector names the innermost of the open elements: each part may be met by several of them, and the next one
/// counts from all of these.
fn fits(parts: &[(bool, Compound)], open: &[Open]) -> bool {
    let is = |compound: &Compound, element: &Open| {
        (compound.name.is_empty() || compound.name == element.name) && compound.marks.is_subset(&element.marks)
    };
    let mut met: Option<Vec<bool>> = None;
    for (is_child, compound) in parts {
        let mut is_inside = false;
        let next = open.iter().enumerate().map(|(at, element)| {
            let may_stand = match &met {
                None => true,
                Some(met) if *is_child => at > 0 && met[at - 1],
                Some(_) => is_inside,
            };
            is_inside |= met.as_ref().is_some_and(|met| met[at]);
            may_stand && is(compound, element)
        });
        met = Some(next.collect());
    }
    met.is_some_and(|met| met.last() == Some(&true))
}

fn name(tag: &StartTag<usize>) -> String {
    String::from_utf8_lossy(&tag.name).to_ascii_lowercase()
}

/// The classes and the id of an element.
fn marks(tag: &StartTag<usize>) -> BTreeSet<String> {
    let value = |key: &[u8]| tag.attributes.get(key).map(|v| String::from_utf8_lossy(v).to_ascii_lowercase()).unwrap_or_default();
    let (classes, id) = (value(b"class"), value(b"id"));
    classes.split_whitespace().map(|c| format!(".{c}")).chain((!id.is_empty()).then(|| format!("#{id}"))).collect()
}

/// Where the block that is open ends.
fn matching(body: &str) -> usize {
    let mut depth = 1;
    for (at, c) in body.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return at;
        }
    }
    body.len()
}

fn hides(declarations: &str) -> bool {
    let all = || declarations.split(';').filter_map(|d| d.split_once(':'));
    let is_nothing = |value: &str| {
        value
            .trim_end_matches("!important")
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
            .trim_matches(['0', '.'])
            .is_empty()
            && value.starts_with('0')
    };
    let is_far =
        |value: &str| value.strip_prefix('-').is_some_and(|v| v.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("").len() > 3);
    // What screen readers alone get is cut to nothing, or stands far out.
    let is_cut = all().any(|(k, v)| k == "clip" && v.contains("rect(0") || k == "clip-path" && v.contains("inset(50%"));
    let is_placed = all().any(|(k, v)| k == "position" && matches!(v, "absolute" | "fixed"));
    declarations.contains("display:none")
        || declarations.contains("visibility:hidden")
        || declarations.contains("visibility:collapse")
        || all().any(|(k, v)| matches!(k, "opacity" | "font-size") && is_nothing(v))
        || all().any(|(k, v)| k == "text-indent" && is_far(v))
        || is_placed && (is_cut || all().any(|(k, v)| matches!(k, "left" | "right" | "top") && is_far(v)))
}

/// Whether declarations draw a background that is not white.
fn has_ground(declarations: &str) -> bool {
    let all = declarations.split(';').filter_map(|d| d.split_once(':'));
    all.filter(|(k, _)| matches!(*k, "background" | "background-color" | "background-image"))
        .any(|(_, v)| !matches!(v, "none" | "transparent" | "inherit") && !is_white(v))
}

fn is_white(color: &str) -> bool {
    matches!(color, "white" | "#fff" | "#ffffff" | "rgb(255,255,255)")
}

/// Whether declarations set a text otherwise than the text around it.
fn emphasizes(declarations: &str) -> bool {
    let all = || declarations.split(';').filter_map(|d| d.split_once(':'));
    let is_bold = |v: &str| matches!(v, "bold" | "bolder" | "600" | "700" | "800" | "900");
    all().any(|(k, v)| match k {
        "font-weight" => is_bold(v),
        "text-decoration" | "text-decoration-line" => v.contains("underline"),
        "color" => !matches!(v, "black" | "#000" | "#000000" | "inherit" | "initial"),
        "border" | "outline" => !v.starts_with("none") && !v.starts_with('0'),
        _ => false,
    }) || has_ground(declarations)
}

/// Whether the style of an element whose tag begins at a byte of its text sets it otherwise.
pub(super) fn is_emphasis(tag: &StartTag<usize>, at: usize, styles: &Styles) -> bool {
    let color = tag.attributes.get(&b"color"[..]).map(|c| String::from_utf8_lossy(c).to_ascii_lowercase());
    let is_coloured = color.is_some_and(|c| !matches!(c.as_str(), "black" | "#000" | "#000000"));
    is_coloured || emphasizes(&style(tag)) || styles.effect(at).emphasis
}

/// Whether an element says by its own style that its letters are white, where nothing has a background.
fn is_white_on_white(tag: &StartTag<usize>, styles: &Styles) -> bool {
    let style = style(tag);
    let color = style.split(';').filter_map(|d| d.split_once(':')).find(|(k, _)| *k == "color").map(|(_, v)| v);
    !styles.has_grounds && color.is_some_and(is_white) && !has_ground(&style)
}

/// Whether an element is not shown.
pub(crate) fn is_unshown(tag: &StartTag<usize>, at: usize, styles: &Styles) -> bool {
    let has = |name: &[u8]| tag.attributes.contains_key(name);
    has(b"hidden")
        || has(b"popover")
        || &tag.name[..] == b"dialog" && !has(b"open")
        || hides(&style(tag))
        || is_white_on_white(tag, styles)
        || styles.effect(at).unshown
}

/// Whether an element's style strikes it out.
pub(super) fn is_struck(tag: &StartTag<usize>, at: usize, styles: &Styles) -> bool {
    style(tag).contains("line-through") || styles.effect(at).struck
}

/// The style of an element, without blanks.
fn style(tag: &StartTag<usize>) -> String {
    let style = tag.attributes.get(&b"style"[..]).map_or(&b""[..], |value| &value[..]);
    String::from_utf8_lossy(style).to_ascii_lowercase().split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts right behind tags whose elements a sheet hides.
    fn hidden(sheet: &str, body: &str) -> Vec<String> {
        let text = format!("<style>{sheet} {{ display: none }}</style>{body}");
        let behind = |at: &usize| text[*at..].split(['<', '>']).nth(2).unwrap_or_default().to_owned();
        Styles::of(&text).effects.keys().map(behind).collect()
    }

    #[test]
    fn selectors_name_what_a_browser_would_find() {
        let body = "<div class=a><p class=b>1<i>2</i></p><p>3<b class=b>4<i>5</i></b></p></div><i>6</i>";
        assert_eq!(hidden(".a i", body), ["2", "5"]);
        assert_eq!(hidden(".a > .b i", body), ["2"], "a nearer .b is no child of .a, the other one is");
        assert_eq!(hidden("div > p > i, P.b", body), ["1", "2"]);
        assert_eq!(hidden("/* x, i */ .a > i, i:hover, p + i", body), Vec::<String>::new());
        // A cell ends the one before it, tag or no tag.
        assert_eq!(hidden("td > i", "<table><tr class=c><td>1<td><i>2</i><tr><td>3</table><i>4</i>"), ["2"]);
    }
}
