//! Lists of a Word file: which number a paragraph shows, counted as Word counts.

use super::numbering::{LEVELS, Level, Numbering};
use crate::office::xml::Node;
use seisho_model::counting;
use std::collections::{BTreeMap, BTreeSet};

/// What a paragraph of a list shows before its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Nothing,
    /// A mark that is the same before all.
    Mark,
    /// A number, with what stands between it and the text.
    Number(String),
    /// A number in a format that is not known here.
    Unknown,
}

/// The lists of a text while it is read.
pub(super) struct Lists<'n> {
    numbering: &'n Numbering,
    /// Numbers that lists came to; those of one kind count together.
    counts: BTreeMap<&'n str, [Option<u32>; LEVELS]>,
    /// Lists that began anew, by level: they do it once.
    begun: BTreeSet<(&'n str, usize)>,
}

/// Longer labels are none: a few words of XML may ask for more text than there is memory.
const LONGEST: usize = 64;

impl<'n> Lists<'n> {
    pub(super) fn new(numbering: &'n Numbering) -> Self {
        Self { numbering, counts: BTreeMap::new(), begun: BTreeSet::new() }
    }

    /// Whether a paragraph with these properties is the entry of a list.
    pub(super) fn is_entry(&self, properties: Option<&Node>) -> bool {
        match properties.and_then(|p| p.first("numPr")) {
            Some(own) if own.first("numId").is_some() => own.first("numId").and_then(|n| n.get("val")) != Some("0"),
            own => own.is_some() || self.numbering.place(properties).is_some_and(|place| place.level().is_some_and(Level::is_shown)),
        }
    }

    /// Counts a paragraph with these properties.
    pub(super) fn next(&mut self, properties: Option<&Node>) -> Shown {
        let Some(place) = self.numbering.place(properties) else { return Shown::Nothing };
        let (list, at) = (place.list, place.at);
        let counts = self.counts.entry(list.kind.as_str()).or_default();
        let is_anew = list.begins_anew(at) && self.begun.insert((place.id, at));
        let start = |at: usize| Some(place.level_at(at).map_or(1, |level| list.start(at, level)));
        counts[at] = match counts[at] {
            Some(count) if !is_anew => Some(count.saturating_add(1)),
            _ => start(at),
        };
        // Levels that were passed over count as if they had been there.
        for above in (0..at).rev().take_while(|&above| counts[above].is_none()).collect::<Vec<_>>() {
            counts[above] = start(above);
        }
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            if place.level_at(deeper).is_none_or(|level| at < level.restarts.unwrap_or(deeper)) {
                *count = None;
            }
        }
        let Some(own) = place.level() else { return Shown::Nothing };
        if own.is_bullet {
            return Shown::Mark;
        }
        let number = |at: usize| {
            let level = place.level_at(at)?;
            let format = if own.is_legal && at < place.at { "1" } else { level.format.as_deref()? };
            Some(counts[at].or(start(at)).and_then(|count| counting::shown(count, format)).unwrap_or_default())
        };
        match label(&own.pattern, number) {
            Some(label) if label.chars().count() > LONGEST => Shown::Unknown,
            Some(label) if label.trim().is_empty() => Shown::Nothing,
            Some(label) => Shown::Number(label + own.followed),
            None => Shown::Unknown,
        }
    }
}

/// A pattern with numbers in the place of `%1` … `%9`; none where the format of one is not known.
fn label(pattern: &str, number: impl Fn(usize) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        let level = rest.peek().and_then(|c| c.to_digit(10)).filter(|d| c == '%' && *d > 0);
        match level {
            Some(level) => {
                rest.next();
                out += &number(level as usize - 1)?;
            }
            None => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::xml::parse;

    /// A list 1 of these levels, each a format and a pattern with what else is said of it.
    fn numbering(levels: &[(&str, &str, &str)], lists: &str, styles: &str) -> Numbering {
        let level = |(at, (format, pattern, more)): (usize, &(&str, &str, &str))| {
            format!("<lvl ilvl=\"{at}\"><start val=\"1\"/><numFmt val=\"{format}\"/><lvlText val=\"{pattern}\"/>{more}</lvl>")
        };
        let levels: String = levels.iter().enumerate().map(level).collect();
        let xml = format!(
            "<numbering><abstractNum abstractNumId=\"0\">{levels}</abstractNum><num numId=\"1\"><abstractNumId val=\"0\"/></num>{lists}</numbering>"
        );
        let (numbering, styles) = (parse(xml.as_bytes()).unwrap(), parse(format!("<styles>{styles}</styles>").as_bytes()).unwrap());
        Numbering::read(Some(&numbering), Some(&styles))
    }

    /// What paragraphs show, each a list and a level.
    fn shown(numbering: &Numbering, paragraphs: &[(u32, u32)]) -> Vec<String> {
        let mut lists = Lists::new(numbering);
        let next = |(list, level): &(u32, u32)| {
            let xml = format!("<pPr><numPr><ilvl val=\"{level}\"/><numId val=\"{list}\"/></numPr></pPr>");
            said(lists.next(Some(&parse(xml.as_bytes()).unwrap())))
        };
        paragraphs.iter().map(next).collect()
    }

    fn said(shown: Shown) -> String {
        match shown {
            Shown::Number(number) => number.trim().to_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn levels_count_start_anew_and_show_those_above() {
        let levels = [("decimal", "第%1", ""), ("decimal", "(%2)", ""), ("aiueoFullWidth", "%1-%2-%3", ""), ("bullet", "・", "")];
        let found = shown(&numbering(&levels, "", ""), &[(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 0), (1, 1), (1, 2), (1, 4)]);
        assert_eq!(found, ["第1", "(1)", "(2)", "1-2-ア", "1-2-イ", "Mark", "第2", "(1)", "2-1-ア", "Nothing"]);
    }

    #[test]
    fn levels_that_are_passed_over_count() {
        let levels = [("decimal", "%1", ""), ("decimal", "%1-%2", ""), ("decimal", "%1-%2-%3", "")];
        assert_eq!(shown(&numbering(&levels, "", ""), &[(1, 2), (1, 1), (1, 0), (1, 2)]), ["1-1-1", "1-2", "2", "2-1-1"]);
    }

    #[test]
    fn lists_of_one_kind_count_together_until_one_begins_anew() {
        let lists = "<num numId=\"2\"><abstractNumId val=\"0\"/></num><num numId=\"3\"><abstractNumId val=\"0\"/>\
            <lvlOverride ilvl=\"0\"><startOverride val=\"7\"/></lvlOverride></num><num numId=\"4\"><abstractNumId val=\"0\"/>\
            <lvlOverride ilvl=\"0\"><lvl ilvl=\"0\"><start val=\"1\"/><numFmt val=\"upperRoman\"/><lvlText val=\"%1.\"/></lvl></lvlOverride></num>";
        let found =
            shown(&numbering(&[("decimal", "%1", "")], lists, ""), &[(1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (4, 0), (5, 0), (0, 0)]);
        assert_eq!(found, ["1", "2", "7", "8", "9", "X.", "Nothing", "Nothing"]);
    }

    #[test]
    fn what_starts_a_level_anew_and_figures_of_law_are_as_the_level_says() {
        let levels = [
            ("japaneseCounting", "第%1章", ""),
            ("decimal", "第%2条", "<lvlRestart val=\"0\"/>"),
            ("decimalZero", "%1.%2.%3", "<isLgl/><lvlRestart val=\"1\"/>"),
        ];
        let found = shown(&numbering(&levels, "", ""), &[(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]);
        assert_eq!(found, ["第一章", "第1条", "1.1.01", "第2条", "1.2.02", "第二章", "第3条", "2.3.01"]);
    }

    #[test]
    fn styles_have_lists_their_bases_have_and_one_may_take_them_off() {
        let style = |id: &str, base: &str, inside: &str| {
            format!("<style type=\"paragraph\" styleId=\"{id}\"><basedOn val=\"{base}\"/><pPr><numPr>{inside}</numPr></pPr></style>")
        };
        let styles = style("H1", "", "<numId val=\"1\"/>")
            + &style("H2", "H1", "<ilvl val=\"1\"/>")
            + &style("H3", "H2", "")
            + &style("Off", "H1", "<numId val=\"0\"/>")
            + &style("A", "B", "")
            + &style("B", "A", "");
        let levels = [("decimal", "%1", ""), ("decimal", "%1.%2", ""), ("decimal", "%1.%2.%3", "<pStyle val=\"H3\"/>")];
        let numbering = numbering(&levels, "", &styles);
        let mut lists = Lists::new(&numbering);
        let mut of = |style: &str, own: &str| {
            let xml = format!("<pPr><pStyle val=\"{style}\"/>{own}</pPr>");
            said(lists.next(Some(&parse(xml.as_bytes()).unwrap())))
        };
        assert_eq!(
            ["H1", "H2", "H3", "H2", "H3", "Off", "A", "H1"].map(|s| of(s, "")),
            ["1", "1.1", "1.1.1", "1.2", "1.2.1", "Nothing", "Nothing", "2"]
        );
        assert_eq!(of("H1", "<numPr><numId val=\"0\"/></numPr>"), "Nothing");
        assert_eq!(of("H1", "<numPr><ilvl val=\"1\"/></numPr>"), "2.1");
    }

    #[test]
    fn hostile_lists_are_no_numbers() {
        let long = "%1".repeat(100);
        let levels = [("decimal", "%1", "<x/>"), ("klingon", "%2", ""), ("decimal", long.as_str(), "")];
        let lists = "<num numId=\"2\"><abstractNumId val=\"0\"/><lvlOverride ilvl=\"0\"><startOverride val=\"4294967295\"/></lvlOverride></num>\
            <num numId=\"3\"><abstractNumId val=\"9\"/></num><num><abstractNumId val=\"0\"/></num>";
        let found = shown(&numbering(&levels, lists, ""), &[(2, 0), (2, 0), (1, 1), (1, 2), (1, 9), (1, 4_000_000_000), (3, 0)]);
        assert_eq!(found, ["4294967295", "4294967295", "Unknown", "Unknown", "Nothing", "Nothing", "Nothing"]);
    }
}
