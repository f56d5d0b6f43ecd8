//! Characters that are rules: │, ─, ┼, in texts and on pages.

/// Where a character's strokes reach: up, down, left, right.
pub(crate) type Arms = [bool; 4];
pub(crate) const UP: usize = 0;
pub(crate) const DOWN: usize = 1;
pub(crate) const LEFT: usize = 2;
pub(crate) const RIGHT: usize = 3;

/// Whether a text may hold such characters, by a look at its bytes: they are U+2500 to U+257F.
pub(crate) fn may_be_in(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0] == 0xE2 && matches!(pair[1], 0x94 | 0x95))
}

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
