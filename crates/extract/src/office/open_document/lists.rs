//! Lists of an OpenDocument text: which number a paragraph shows, counted as the file says.

use crate::office::xml::Node;
use seisho_model::counting;
use std::collections::BTreeMap;

/// How a level of a list shows its numbers.
#[derive(Clone, Debug, Default)]
struct Level {
    /// The name of the format; none shows no number.
    format: String,
    /// `第%1%の%2%`, where the file has it in this form.
    pattern: Option<String>,
    prefix: String,
    suffix: String,
    start: u32,
    /// Levels that are shown, this one and those above.
    levels: usize,
    /// What stands between the number and the text.
    followed: &'static str,
    is_bullet: bool,
}

/// Levels from the outermost.
const LEVELS: usize = 10;

type Style = [Level; LEVELS];

/// An open list.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// Which of those that count.
    counts: usize,
    style: Option<String>,
    level: usize,
}

/// The lists of a text.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: BTreeMap<String, Style>,
    outline: Option<Style>,
    /// Numbers that lists came to, by level; the first are those of headings.
    counts: Vec<[Option<u32>; LEVELS]>,
    by_id: BTreeMap<String, usize>,
    by_style: BTreeMap<Option<String>, usize>,
}

impl Lists {
    pub(super) fn read(lists: [Option<&Node>; 2]) -> Self {
        let all = || lists.into_iter().flatten().flat_map(Node::nodes);
        let named = |node: &Node| Some((node.get("name")?.to_owned(), style(node)));
        Self {
            styles: all().filter(|n| n.name == "list-style").filter_map(named).collect(),
            outline: all().find(|n| n.name == "outline-style").map(style),
            counts: vec![[None; LEVELS]],
            ..Self::default()
        }
    }

    /// A list that begins, or goes on.
    pub(super) fn open(&mut self, list: &Node, outer: Option<&Open>) -> Open {
        let own = list.get("style-name").map(str::to_owned);
        let open = match outer {
            Some(outer) => {
                let level = (outer.level + 1).min(LEVELS - 1);
                Open { counts: outer.counts, style: own.or_else(|| outer.style.clone()), level }
            }
            None => {
                let named = list.get("continue-list").and_then(|id| self.by_id.get(id));
                let goes_on = || (list.get("continue-numbering") == Some("true")).then(|| self.by_style.get(&own)).flatten();
                let counts = named.or_else(goes_on).copied().unwrap_or(self.counts.len());
                if counts == self.counts.len() {
                    self.counts.push([None; LEVELS]);
                }
                Open { counts, style: own, level: 0 }
            }
        };
        if outer.is_none() {
            self.by_style.insert(open.style.clone(), open.counts);
        }
        if let Some(id) = list.get("id") {
            self.by_id.insert(id.to_owned(), open.counts);
        }
        open
    }

    /// The number of the next item of a list, with what stands between it and the text; none where none is shown.
    pub(super) fn next(&mut self, open: &Open, item: &Node) -> Option<String> {
        let name = item.get("style-override").map(str::to_owned).or_else(|| open.style.clone())?;
        let style = self.styles.get(&name).cloned()?;
        self.count(open.counts, open.level, item, &style)
    }

    /// The number of a heading that is in no list.
    pub(super) fn heading(&mut self, heading: &Node) -> Option<String> {
        if heading.get("is-list-header") == Some("true") {
            return None;
        }
        let level = heading.get("outline-level").and_then(|l| l.parse::<usize>().ok())?.clamp(1, LEVELS) - 1;
        let style = self.outline.clone()?;
        self.count(0, level, heading, &style)
    }

    fn count(&mut self, counts: usize, level: usize, item: &Node, style: &Style) -> Option<String> {
        let counts = self.counts.get_mut(counts)?;
        let own = item.get("start-value").and_then(|n| n.parse().ok());
        let next = counts[level].map(|n| n.saturating_add(1));
        counts[level] = own.or(next).or(Some(style[level].start));
        counts[level + 1..].fill(None);
        // Levels that were passed over count as if they had been there.
        for above in (0..level).rev().take_while(|&above| counts[above].is_none()).collect::<Vec<_>>() {
            counts[above] = Some(style[above].start);
        }
        let shown = label(counts, level, style)?;
        Some(shown + style[level].followed)
    }
}

fn label(counts: &[Option<u32>; LEVELS], level: usize, style: &Style) -> Option<String> {
    let own = &style[level];
    if own.is_bullet {
        return None;
    }
    let number = |at: usize| counting::shown(counts[at].unwrap_or(style[at].start), &style[at].format);
    let text = match &own.pattern {
        Some(pattern) => {
            let mut text = pattern.clone();
            for at in 0..LEVELS {
                text = text.replace(&format!("%{}%", at + 1), &number(at).unwrap_or_default());
            }
            text
        }
        None => {
            let shown: Vec<String> = ((level + 1).saturating_sub(own.levels)..=level).filter_map(number).collect();
            format!("{}{}{}", own.prefix, shown.join("."), own.suffix)
        }
    };
    (!text.trim().is_empty()).then_some(text)
}

fn style(node: &Node) -> Style {
    let mut levels: Style = std::array::from_fn(|_| Level { start: 1, levels: 1, ..Level::default() });
    for own in node.nodes() {
        let at = own.get("level").and_then(|l| l.parse::<usize>().ok()).and_then(|l| l.checked_sub(1));
        if let Some(level) = at.and_then(|at| levels.get_mut(at)) {
            *level = of_level(own);
        }
    }
    levels
}

fn of_level(node: &Node) -> Level {
    let text = |name: &str| node.get(name).unwrap_or_default().to_owned();
    let number = |name: &str| node.get(name).and_then(|n| n.parse::<u32>().ok());
    let aligned = node.first("list-level-properties").and_then(|p| p.first("list-level-label-alignment"));
    Level {
        format: text("num-format"),
        pattern: node.get("num-list-format").map(str::to_owned),
        prefix: text("num-prefix"),
        suffix: text("num-suffix"),
        start: number("start-value").unwrap_or(1),
        levels: number("display-levels").unwrap_or(1) as usize,
        followed: match aligned.and_then(|a| a.get("label-followed-by")) {
            Some("nothing") => "",
            _ => " ",
        },
        is_bullet: !matches!(node.name.as_str(), "list-level-style-number" | "outline-level-style"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::xml::parse;

    #[test]
    fn numbers_go_on_start_anew_and_show_the_levels_above() {
        let styles = "<s><list-style name=\"L\"><list-level-style-number level=\"1\" num-format=\"一, 二, 三, ...\" num-prefix=\"第\" start-value=\"4\"/>\
            <list-level-style-number level=\"2\" num-format=\"1\" num-list-format=\"%1%の%2%\"/>\
            <list-level-style-number level=\"3\" num-format=\"1\" display-levels=\"2\" num-suffix=\".\"/>\
            <list-level-style-bullet level=\"4\"/></list-style></s>";
        let styles = parse(styles.as_bytes()).unwrap();
        let mut lists = Lists::read([None, Some(&styles)]);
        let node = |xml: &str| parse(xml.as_bytes()).unwrap();
        let (item, anew) = (node("<list-item/>"), node("<list-item start-value=\"7\"/>"));
        let outer = lists.open(&node("<list style-name=\"L\" id=\"a\"/>"), None);
        let inner = lists.open(&node("<list/>"), Some(&outer));
        let deep = lists.open(&node("<list/>"), Some(&inner));
        let mut next = |open: &Open, item: &Node| lists.next(open, item).unwrap_or_default();
        assert_eq!(
            [next(&outer, &item), next(&inner, &item), next(&inner, &item), next(&deep, &item), next(&outer, &anew), next(&inner, &item)],
            ["第四 ", "四の1 ", "四の2 ", "2.1. ", "第七 ", "七の1 "]
        );
        let marks = lists.open(&node("<list/>"), Some(&deep));
        assert_eq!(lists.next(&marks, &item), None);
        let further = lists.open(&node("<list style-name=\"L\" continue-list=\"a\"/>"), None);
        assert_eq!(lists.next(&further, &item).as_deref(), Some("第八 "));
        let other = lists.open(&node("<list style-name=\"L\"/>"), None);
        assert_eq!(lists.next(&other, &item).as_deref(), Some("第四 "));
        let passed_over = lists.open(&node("<list style-name=\"L\"/>"), None);
        let below = lists.open(&node("<list/>"), Some(&passed_over));
        assert_eq!([&below, &passed_over].map(|open| lists.next(open, &item).unwrap_or_default()), ["四の1 ", "第五 "]);
    }
}
