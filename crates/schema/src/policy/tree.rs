//! Which labels are meant as labels, and how deep they stand: by their sequence, never by the source's
//! heading marks.

use super::label::{Label, Shape};

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
    open: Vec<(Shape, u32)>,
}

impl Outline {
    /// Whether a label of a shape with this number would be the next of its row.
    pub(crate) fn expects(&self, label: Label) -> bool {
        let before = self.open.iter().find(|&&(shape, _)| shape == label.shape).map_or(0, |&(_, value)| value);
        label.value == before + 1
    }

    /// Takes the next label and says what it is.
    pub(crate) fn take(&mut self, label: Label) -> Role {
        let Some(depth) = self.open.iter().position(|&(shape, _)| shape == label.shape) else { return self.open_below(label) };
        let before = self.open[depth].1;
        let role = if label.value == before + 1 {
            Role::Next(depth)
        } else if label.value > before && label.value - before <= FARTHEST_JUMP && !is_weak(label.shape) {
            Role::Jump(depth)
        } else {
            // ①…②…③ counted out inside a sentence, or a number at the start of a wrapped line.
            return Role::Text;
        };
        self.open.truncate(depth);
        self.open.push((label.shape, label.value));
        role
    }

    fn open_below(&mut self, label: Label) -> Role {
        let depth = self.open.len();
        let role = match label.value {
            1 => Role::Next(depth),
            2..=FARTHEST_JUMP if !is_weak(label.shape) => Role::Jump(depth),
            _ => return Role::Text,
        };
        self.open.push((label.shape, label.value));
        role
    }
}

/// Shapes that begin a line by chance: `18 日` after a wrapped line, 一 as a word, `a` in a formula.
fn is_weak(shape: Shape) -> bool {
    matches!(shape, Shape::Number | Shape::Kanji | Shape::Roman | Shape::Capital | Shape::Letter | Shape::Kana | Shape::HalfBracketedNumber)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::label::parse;

    fn roles(lines: &[&str]) -> Vec<Role> {
        let mut outline = Outline::default();
        lines.iter().map(|l| outline.take(parse(l).unwrap())).collect()
    }

    #[test]
    fn depth_follows_the_order_in_which_shapes_appear() {
        let got = roles(&["1", "(1)", "①", "②", "(2)", "①", "2", "①", "3"]);
        let depths = [0, 1, 2, 2, 1, 2, 0, 1, 0].map(Role::Next);
        assert_eq!(got, depths);
    }

    #[test]
    fn numbers_that_do_not_follow_are_text_or_a_lost_provision() {
        assert_eq!(roles(&["1", "18 日"]), [Role::Next(0), Role::Text]);
        assert_eq!(roles(&["(1)", "(3)"]), [Role::Next(0), Role::Jump(0)]);
        assert_eq!(roles(&["①", "②", "①現状の把握"]), [Role::Next(0), Role::Next(0), Role::Text]);
    }
}
