//! Which labels are meant as labels, and how deep they stand: by their sequence, never by the source's
//! heading marks.

use super::label::{Label, Shape, series};

/// What a label turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A provision this deep, from 0, in its place in the sequence.
    Next(usize),
    /// A provision this deep whose number does not follow the one before.
    Jump(usize),
    /// Part of the text.
    Text,
}

/// A jump over more numbers than this is no lost provision: the label is part of a text.
const FARTHEST_JUMP: u32 = 3;

/// The labels that are open, outermost first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    open: Vec<Counter>,
}

/// How far labels of a shape have counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counter {
    shape: Shape,
    value: u32,
    branch: u32,
    series: u32,
    list: u32,
}

impl Outline {
    /// Whether a label of a shape with this number would be the next of its row.
    pub(crate) fn expects(&self, label: Label) -> bool {
        let label = self.meant(label);
        let before = self.open.iter().find(|open| open.is_like(label));
        if label.branch > 0 {
            return before.is_some_and(|open| open.goes_on_with(label));
        }
        label.value == before.map_or(0, |open| if open.ends_with(label) { 0 } else { open.value }) + 1
    }

    /// イ begins a row of its own where no アイウ is open, and ロ goes on with it.
    fn meant(&self, label: Label) -> Label {
        let is_open = |shape: Shape| self.open.iter().any(|open| open.shape == shape);
        let is_iroha = is_open(Shape::Iroha) && label.iroha > 0 || label.iroha == 1 && !is_open(Shape::Kana);
        if label.shape == Shape::Kana && is_iroha { Label { shape: Shape::Iroha, value: label.iroha, ..label } } else { label }
    }

    /// Takes the next label and says what it is. `is_heading`: its line is one, whatever its number.
    pub(crate) fn take(&mut self, label: Label, is_heading: bool) -> Role {
        if label.list > 0 {
            // The file itself says which items are a list's own.
            let depth = self.open.iter().position(|open| open.list >= label.list).unwrap_or(self.open.len());
            self.open.truncate(depth);
            self.open.push(Counter::of(label));
            return Role::Next(depth);
        }
        let label = self.meant(label);
        let Some(depth) = self.open.iter().position(|open| open.is_like(label)) else { return self.open_below(label) };
        let before = self.open[depth];
        let role = if label.branch > 0 {
            if !before.goes_on_with(label) {
                return Role::Text;
            }
            Role::Next(depth)
        } else if before.ends_with(label) {
            // 2-1 comes after all of 1.
            if label.value == 1 { Role::Next(depth) } else { return Role::Text }
        } else if label.value == before.value + 1 {
            Role::Next(depth)
        } else if label.value > before.value && label.value - before.value <= FARTHEST_JUMP && (is_heading || !is_weak(label.shape)) {
            Role::Jump(depth)
        } else {
            // ①…②…③ counted out inside a sentence, or a number at the start of a wrapped line.
            return Role::Text;
        };
        self.open.truncate(depth);
        self.open.push(Counter::of(label));
        role
    }

    /// Takes a heading without a number, and says how deep it stands: as the one before, or as the labels that begin anew below it
    /// stood so far.
    pub(crate) fn take_unnumbered(&mut self, below: Option<Label>) -> usize {
        let is_open = |open: &Counter| open.shape == Shape::Unnumbered || below.is_some_and(|label| open.is_like(label));
        let depth = self.open.iter().position(is_open).unwrap_or(self.open.len());
        self.open.truncate(depth);
        self.open.push(Counter { shape: Shape::Unnumbered, value: 0, branch: 0, series: 0, list: 0 });
        depth
    }

    fn open_below(&mut self, label: Label) -> Role {
        let depth = self.open.len();
        // 1-1 begins below 1, or with 1; 1-1-1 below 1-1.
        let is_below = match label.shape {
            Shape::Chain => label.series == 1 || self.open.iter().any(|open| open.value == label.series),
            Shape::LongChain => {
                let is_of = |open: &Counter| open.shape == Shape::Chain && series(open.series, open.value) == label.series;
                label.series == series(1, 1) || self.open.iter().any(is_of)
            }
            _ => true,
        };
        let role = match label.value {
            _ if !is_below => return Role::Text,
            _ if label.branch > 0 => return Role::Text,
            1 => Role::Next(depth),
            2..=FARTHEST_JUMP if !is_weak(label.shape) => Role::Jump(depth),
            _ => return Role::Text,
        };
        self.open.push(Counter::of(label));
        role
    }
}

impl Counter {
    fn of(label: Label) -> Self {
        Self { shape: label.shape, value: label.value, branch: label.branch, series: label.series, list: label.list }
    }

    /// Whether a label that somebody typed counts on from this one.
    fn is_like(self, label: Label) -> bool {
        self.list == 0 && self.shape == label.shape && (label.shape != Shape::Named || self.series == label.series)
    }

    /// Whether a label counts below another number than this one.
    fn ends_with(self, label: Label) -> bool {
        self.series != label.series
    }

    /// 1の2 comes after 1, 1の3 after 1の2.
    fn goes_on_with(self, label: Label) -> bool {
        label.value == self.value && label.branch == self.branch.max(1) + 1
    }
}

/// Shapes that begin a line by chance: `18 日` after a wrapped line, 一 as a word, `a` in a formula.
fn is_weak(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Number
            | Shape::Kanji
            | Shape::Roman
            | Shape::Capital
            | Shape::Letter
            | Shape::Kana
            | Shape::Iroha
            | Shape::HalfBracketedNumber
            | Shape::HalfBracketedKanji
            | Shape::HalfBracketedKana
            | Shape::HalfBracketedLetter
            | Shape::Chain
            | Shape::LongChain
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::label::parse;

    fn roles(lines: &[&str]) -> Vec<Role> {
        let mut outline = Outline::default();
        lines.iter().map(|l| outline.take(parse(l).unwrap(), false)).collect()
    }

    #[test]
    fn depth_follows_the_order_in_which_shapes_appear() {
        let got = roles(&["1", "(1)", "①", "②", "(2)", "①", "2", "①", "3"]);
        let depths = [0, 1, 2, 2, 1, 2, 0, 1, 0].map(Role::Next);
        assert_eq!(got, depths);
    }

    #[test]
    fn lists_of_the_file_are_as_deep_as_it_nests_them() {
        let mut outline = Outline::default();
        let mut take = |text: &str, list| outline.take(Label { list, ..parse(text).unwrap() }, false);
        let all = [("1.", 1), ("1.", 2), ("2.", 2), ("2.", 1), ("(1)", 0), ("3.", 1)].map(|(text, list)| take(text, list));
        assert_eq!(all, [0, 1, 1, 0, 1, 0].map(Role::Next));
        // A list begins anew, and may begin anywhere.
        assert_eq!([take("1.", 1), take("7.", 1)], [Role::Next(0); 2]);
    }

    #[test]
    fn numbers_below_a_heading_without_one_begin_anew() {
        let mut outline = Outline::default();
        let mut take = |text: &str| outline.take(parse(text).unwrap(), false);
        assert_eq!(["1", "(1)"].map(&mut take), [Role::Next(0), Role::Next(1)]);
        assert_eq!(outline.take_unnumbered(None), 2);
        assert_eq!(outline.take(parse("①").unwrap(), false), Role::Next(3));
        assert_eq!(outline.take_unnumbered(None), 2);
        assert_eq!(outline.take(parse("①").unwrap(), false), Role::Next(3));
        assert_eq!(outline.take(parse("2").unwrap(), false), Role::Next(0));
    }

    #[test]
    fn numbers_below_another_number_begin_anew() {
        assert_eq!(
            roles(&["1", "1-1 安全", "1-2 安全", "2", "2-1 記録", "2-1-1 台帳", "2-1-2 写し", "2-2 記録"]),
            [0, 1, 1, 0, 1, 2, 2, 1].map(Role::Next)
        );
        assert_eq!(roles(&["1-1 安全", "1-2 安全", "2-1 記録", "4-2 記録"])[1..], [Role::Next(0), Role::Next(0), Role::Text]);
    }

    #[test]
    fn branches_and_the_order_of_iroha_count_too() {
        assert_eq!(roles(&["1", "1の2 安全", "1の3 安全", "2", "2の4 記録"])[..4], [Role::Next(0); 4]);
        assert_eq!(roles(&["1", "1の3 安全"]), [Role::Next(0), Role::Text]);
        assert_eq!(roles(&["一", "イ 台帳", "ロ 写し", "ハ 控え", "二", "イ 台帳"]), [0, 1, 1, 1, 0, 1].map(Role::Next));
        assert_eq!(roles(&["一", "ア 台帳", "イ 写し"]), [0, 1, 1].map(Role::Next));
    }

    #[test]
    fn numbers_that_do_not_follow_are_text_or_a_lost_provision() {
        assert_eq!(roles(&["1", "18 日"]), [Role::Next(0), Role::Text]);
        assert_eq!(roles(&["(1)", "(3)"]), [Role::Next(0), Role::Jump(0)]);
        assert_eq!(roles(&["①", "②", "①現状の把握"]), [Role::Next(0), Role::Next(0), Role::Text]);
    }
}
