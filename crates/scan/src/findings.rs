//! What is to be said of a page that was read from its picture.

use seisho_model::Finding;
use seisho_model::codes::picture::{x011, x012};
use seisho_model::geometry::Rect;

/// Says where seals were left out.
pub(crate) fn sealed(index: usize, seals: Vec<Rect>) -> Option<Finding> {
    (!seals.is_empty()).then(|| x011::left_out(index + 1, seals))
}

/// Says where black stamps were taken out: what is printed under them is in doubt.
pub(crate) fn stamped(index: usize, stamps: Vec<Rect>) -> Option<Finding> {
    (!stamps.is_empty()).then(|| x012::taken_out(index + 1, stamps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::{Code, Location};

    #[test]
    fn a_seal_or_stamp_that_was_left_out_is_said_with_its_place() {
        assert_eq!(sealed(0, Vec::new()), None);
        let rect = Rect::default();
        let finding = sealed(1, vec![rect]).unwrap();
        assert_eq!((finding.code, finding.location), (Code::X011, Location::Boxes(2, vec![rect])));
        let finding = stamped(1, vec![rect]).unwrap();
        assert_eq!((finding.code, finding.location), (Code::X012, Location::Boxes(2, vec![rect])));
    }
}
