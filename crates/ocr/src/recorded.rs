//! An engine that gives recorded answers, so that what follows reading can be tested without one.

use crate::{Error, Ocr};
use seisho_model::scan::{Crop, Setting, Symbol};

/// Answers in the order in which they are asked for; after the last, nothing is read.
pub struct Recorded {
    answers: std::vec::IntoIter<Vec<Symbol>>,
}

impl Recorded {
    /// An engine that gives these answers.
    #[must_use]
    pub fn new(answers: Vec<Vec<Symbol>>) -> Self {
        Self { answers: answers.into_iter() }
    }

    /// The symbols of lines of square characters of a side in pixels, from a corner on, all of one score.
    #[must_use]
    pub fn lines(text: &str, side: u32, (left, top): (u32, u32), score: u16) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        for (line, row) in (0..).zip(text.lines()) {
            for (col, c) in (0..).zip(row.chars()) {
                let (x, y) = (left + col * side, top + line * side * 3 / 2);
                symbols.push(Symbol { text: c.to_string(), ink: [x, y, x + side, y + side], line, score, marks: Vec::new() });
            }
        }
        symbols
    }
}

impl Ocr for Recorded {
    fn name(&self) -> String {
        "recorded".to_owned()
    }

    fn read(&mut self, _: &Crop, _: Setting) -> Result<Vec<Symbol>, Error> {
        Ok(self.answers.next().unwrap_or_default())
    }
}
