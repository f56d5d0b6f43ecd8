//! Blocks of two columns drawn line by line: a line of the one, a line of the other, until one has no more; from there
//! on it has none until the next row. Points for a line by what came before it in its block. Knows no words.

/// For lines of two columns in turn, where the dump shows that they come so and where it may be, for every change
/// before, and for a line of a column that had no more.
const IN_TURN: i32 = 20;
const PERHAPS_IN_TURN: i32 = 10;
const MORE_TURNS: i32 = 5;
const SPENT: i32 = -80;
/// For a line inside a block that goes on with a text outside.
const INTO_BLOCK: i32 = -40;
/// How the lines of a block without blank lines came, line by line.
#[derive(Clone, Copy, Default)]
pub(crate) struct Turns {
    /// The last line that followed one of its own column; none in this block.
    stay: Option<usize>,
    /// Changes of the column since.
    changes: i32,
}

impl Turns {
    /// After another line, by its segment: right below or beside the one before it, and of the same column or not.
    pub(crate) fn after(self, segment: usize, joined: bool, same_column: bool) -> Self {
        match (joined, same_column) {
            (false, _) => Self::default(),
            (true, true) => Self { stay: Some(segment), changes: 0 },
            (true, false) => Self { changes: self.changes + 1, ..self },
        }
    }

    /// Points for a line that goes on, in its block, with a text whose last line (`last`, the text has so many lines)
    /// stands above a line of another column. `in_turn`: that is one line of the other wide column, and whether the dump
    /// shows that such lines come in turn.
    pub(crate) fn points(self, last: usize, lines: usize, in_turn: Option<bool>) -> i32 {
        let is_spent = match self.stay {
            Some(stay) if stay > last => true,
            // The other column had no line beside the last one, and begins none in the middle of a row.
            Some(stay) => stay == last && lines > 1,
            None => false,
        };
        match in_turn {
            _ if is_spent => SPENT,
            Some(true) => IN_TURN + MORE_TURNS * self.changes.min(3),
            Some(false) => PERHAPS_IN_TURN,
            None => 0,
        }
    }
}

/// Points for a line that goes on with a text of another block. `inside`: it is not the first of its own.
pub(crate) fn across_blocks(inside: bool) -> i32 {
    if inside { INTO_BLOCK } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_a_line_beside_two_of_the_other_has_no_more() {
        // Lines 0 and 1 of two columns, then 2 and 3 of the second one.
        let begun = Turns::default().after(1, true, false);
        assert!(begun.points(0, 1, Some(true)) > 0);
        let went_on = begun.after(2, true, true);
        assert!(went_on.points(0, 1, Some(true)) < 0);
        // A new block begins anew.
        assert!(went_on.after(3, false, false).points(3, 1, Some(true)) > 0);
    }
}
