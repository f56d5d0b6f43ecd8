//! What is to be said of pages that are pictures.

use seisho_model::geometry::Rect;
use seisho_model::{Code, Finding, is_visible};
use std::collections::BTreeMap;

/// Layers of text that share less than this with our own reading, in percent of their characters, differ from it.
const LIKE_PERCENT: usize = 95;

/// Says that the layer of text that came with a page reads differently; the layer stands in the suggestion.
pub(super) fn disagreement(index: usize, layer: &str, ours: &str) -> Option<Finding> {
    let counts = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        text.chars().filter(|&c| is_visible(c)).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let (layer_counts, our_counts) = (counts(layer), counts(ours));
    let all = layer_counts.values().sum::<usize>().max(our_counts.values().sum());
    let shared: usize = layer_counts.iter().map(|(c, n)| (*n).min(our_counts.get(c).copied().unwrap_or(0))).sum();
    if layer_counts.is_empty() || shared * 100 >= all * LIKE_PERCENT {
        return None;
    }
    let (page, percent) = (index + 1, shared * 100 / all);
    let ja = format!("{page} 頁に付いていた文字層は、この読み取りと {percent}% しか合いません");
    let en = format!("the text layer of page {page} shares {percent} % of its characters with this reading");
    Some(Finding::new(Code::X008, ja, en).suggesting(layer))
}

/// Says where seals were left out.
pub(super) fn sealed(index: usize, seals: Vec<Rect>) -> Option<Finding> {
    let (page, count) = (index + 1, seals.len());
    let ja = format!("{page} 頁の赤い印影 {count} 個を、読み取りから除きました");
    let en = format!("{count} red seals on page {page} were left out of the reading");
    (count > 0).then(|| Finding::new(Code::X011, ja, en).at_boxes(page as u32, seals))
}

/// Says where black stamps were taken out: what is printed under them is in doubt.
pub(super) fn stamped(index: usize, stamps: Vec<Rect>) -> Option<Finding> {
    let (page, count) = (index + 1, stamps.len());
    let ja = format!("{page} 頁の黒い丸印 {count} 個の輪を除いて、下の字を読みました");
    let en = format!("the rings of {count} black stamps on page {page} were taken out to read what is under them");
    (count > 0).then(|| Finding::new(Code::X012, ja, en).at_boxes(page as u32, stamps))
}

pub(super) fn unread(pictures: &[usize]) -> Finding {
    let list = pictures.iter().map(|i| (i + 1).to_string()).collect::<Vec<_>>().join(", ");
    let ja = format!("{list} 頁は画像で、読み取っていません");
    Finding::new(Code::X108, ja, format!("pages {list} are pictures and were not read"))
}

pub(super) fn undecoded(index: usize, error: &seisho_extract::Error) -> Finding {
    let page = index + 1;
    let (ja, en) = (error.message().ja, error.message().en);
    Finding::new(Code::X109, format!("{page} 頁の画像を読めません（{ja}）"), format!("the picture of page {page} cannot be read ({en})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_that_reads_differently_is_kept_in_a_finding() {
        assert_eq!(disagreement(0, "", "市民部の運営方針"), None, "there was no layer");
        assert_eq!(disagreement(0, "市民部 の運営方針", "市民部の\n運営方針"), None);
        let finding = disagreement(2, "布艮郎の運宮万針", "市民部の運営方針").unwrap();
        assert_eq!((finding.code, finding.suggestion.as_deref()), (Code::X008, Some("布艮郎の運宮万針")));
        assert!(finding.message.en.contains("page 3"), "{}", finding.message.en);
    }

    #[test]
    fn a_seal_that_was_left_out_is_said_with_its_place() {
        assert_eq!(sealed(0, Vec::new()), None);
        let rect = Rect::default();
        let finding = sealed(1, vec![rect]).unwrap();
        assert_eq!((finding.code, finding.spot), (Code::X011, seisho_model::Spot::Boxes(2, vec![rect])));
    }
}
