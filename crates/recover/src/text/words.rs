//! The words of a line: what stands between white space.

use seisho_model::Piece;

/// A word of a line: what stands between white space.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) piece: Piece,
    pub(crate) text: String,
    /// The gap before it is one plain space.
    pub(crate) thin_gap: bool,
}

/// A line cut at its white space.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) tokens: Vec<Token>,
    pub(crate) after_blank: bool,
}
