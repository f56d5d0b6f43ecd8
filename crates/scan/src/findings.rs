//! What is to be said of a page that was read from its picture.

use seisho_model::geometry::Rect;
use seisho_model::{Code, Finding};

/// Says where seals were left out.
pub(crate) fn sealed(index: usize, seals: Vec<Rect>) -> Option<Finding> {
    let (page, count) = (index + 1, seals.len());
    let ja = format!("{page} 頁の赤い印影 {count} 個を、読み取りから除きました");
    let en = format!("{count} red seals on page {page} were left out of the reading");
    (count > 0).then(|| Finding::new(Code::X011, ja, en).at_boxes(page as u32, seals))
}

/// Says where black stamps were taken out: what is printed under them is in doubt.
pub(crate) fn stamped(index: usize, stamps: Vec<Rect>) -> Option<Finding> {
    let (page, count) = (index + 1, stamps.len());
    let ja = format!("{page} 頁の黒い丸印 {count} 個の輪を除いて、下の字を読みました");
    let en = format!("the rings of {count} black stamps on page {page} were taken out to read what is under them");
    (count > 0).then(|| Finding::new(Code::X012, ja, en).at_boxes(page as u32, stamps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_that_was_left_out_is_said_with_its_place() {
        assert_eq!(sealed(0, Vec::new()), None);
        let rect = Rect::default();
        let finding = sealed(1, vec![rect]).unwrap();
        assert_eq!((finding.code, finding.spot), (Code::X011, seisho_model::Spot::Boxes(2, vec![rect])));
    }
}
