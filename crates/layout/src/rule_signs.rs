//! Characters that are rules: │, ─, ┼, in texts and on pages.

/// Where a character's strokes reach: up, down, left, right.
pub(crate) type Arms = [bool; 4];
pub(crate) const UP: usize = 0;
pub(crate) const DOWN: usize = 1;
pub(crate) const LEFT: usize = 2;
pub(crate) const RIGHT: usize = 3;

/// The strokes of a character that is a rule.
pub(crate) fn arms(c: char) -> Option<Arms> {
    let of = |ways: &[usize]| Some([UP, DOWN, LEFT, RIGHT].map(|way| ways.contains(&way)));
    match c {
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '═' => of(&[LEFT, RIGHT]),
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏' | '║' => of(&[UP, DOWN]),
        '┌'..='┏' | '╒'..='╔' | '╭' => of(&[DOWN, RIGHT]),
        '┐'..='┓' | '╕'..='╗' | '╮' => of(&[DOWN, LEFT]),
        '└'..='┗' | '╘'..='╚' | '╰' => of(&[UP, RIGHT]),
        '┘'..='┛' | '╛'..='╝' | '╯' => of(&[UP, LEFT]),
        '├'..='┣' | '╞'..='╠' => of(&[UP, DOWN, RIGHT]),
        '┤'..='┫' | '╡'..='╣' => of(&[UP, DOWN, LEFT]),
        '┬'..='┳' | '╤'..='╦' => of(&[DOWN, LEFT, RIGHT]),
        '┴'..='┻' | '╧'..='╩' => of(&[UP, LEFT, RIGHT]),
        '┼'..='╋' | '╪'..='╬' => of(&[UP, DOWN, LEFT, RIGHT]),
        _ => None,
    }
}
