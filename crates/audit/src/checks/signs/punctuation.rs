//! K016: 、 and ， (or 。 and ．) in one document: the first value of the rarer style is named.

use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    [['、', '，'], ['。', '．']].into_iter().filter_map(|pair| mixed(sheet, pair)).collect()
}

fn mixed(sheet: &Sheet<'_>, pair: [char; 2]) -> Option<Hit> {
    let places = pair.map(|sign| {
        let of = |(index, text): (usize, &crate::checks::Text<'_>)| {
            let is_sign = |at: &usize| text.chars[*at] == sign && !is_in_number(&text.chars, *at);
            (0..text.chars.len()).filter(is_sign).map(|at| (index, at)).collect::<Vec<_>>()
        };
        sheet.texts.iter().enumerate().flat_map(of).collect::<Vec<_>>()
    });
    let rare = usize::from(places[1].len() <= places[0].len());
    let (few, many) = (&places[rare], &places[1 - rare]);
    let (index, at) = *few.first()?;
    let (rare, usual, count) = (pair[rare], pair[1 - rare], few.len());
    let ja = format!("文書のほとんどは「{usual}」で、「{rare}」が {count} か所あります");
    let en = format!("most of the document has {usual}, and {rare} in {count} places");
    (!many.is_empty()).then(|| Hit::new(index, [at, at + 1], Some(usual.to_string()), ja, en))
}

fn is_in_number(text: &[char], at: usize) -> bool {
    let is_digit = |place: Option<usize>| place.and_then(|p| text.get(p)).is_some_and(|c| c.is_numeric());
    is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn one_document_has_one_style() {
        assert_eq!(found("K016", &["国、県の動向を収集", "市，町と協議", "課、係で共有"]), ["， → 、"]);
        assert_eq!(found("K016", &["国，県の動向を収集", "人口１，２３４人"]), Vec::<String>::new());
    }
}
