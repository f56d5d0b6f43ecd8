//! K009: 平成8年 in a document of 令和8年度. Only where the other era gives a year near the fiscal year, and the written one
//! lies far back; not where a law or the like of that time is named.

use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::Worker;

/// First years, less one.
const ERAS: [(&str, i16); 3] = [("昭和", 1925), ("平成", 1988), ("令和", 2018)];
/// Years back that a document speaks of its own past, and forth of its plans.
const BACK: i16 = 8;
const FORTH: i16 = 6;
/// The written year lies at least so far from the fiscal year.
const FAR: i16 = 15;
/// What is of its own time: a law, a founding.
const OF_ITS_TIME: [&str; 10] = ["条例", "法律", "規則", "政令", "省令", "告示", "要綱", "制定", "生まれ", "建築"];

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let Some(year) = &sheet.document.fiscal_year else { return Vec::new() };
    let of = |(index, text)| slips(text, year.gregorian).into_iter().map(move |(range, era)| hit(index, text, range, era));
    sheet.texts.iter().enumerate().flat_map(of).collect()
}

fn hit(index: usize, text: &Text<'_>, range: [usize; 2], era: &str) -> Hit {
    let was = text.part(range[0], range[1]);
    let instead = format!("{era}{}", text.part(range[0] + 2, range[1]));
    let (ja, en) = (format!("「{was}」は年度から離れています"), format!("{was:?} is far from the fiscal year"));
    Hit::new(index, range, Some(instead), ja, en)
}

fn slips(text: &Text<'_>, fiscal: i16) -> Vec<([usize; 2], &'static str)> {
    let mut found = Vec::new();
    for at in 0..text.chars.len().saturating_sub(3) {
        let era = text.part(at, at + 2);
        let Some((_, base)) = ERAS.iter().find(|(name, _)| *name == era) else { continue };
        let Some((year, end)) = year_at(&text.chars, at + 2) else { continue };
        let after: String = text.chars[end..].iter().take(12).collect();
        let is_far = (base + year - fiscal).abs() >= FAR && !OF_ITS_TIME.iter().any(|word| after.contains(word));
        let is_near = |base: &i16| (fiscal - BACK..=fiscal + FORTH).contains(&(base + year));
        let other = ERAS.iter().rev().find(|(name, base)| *name != era && is_near(base));
        if let Some((name, _)) = other.filter(|_| is_far) {
            found.push(([at, end], *name));
        }
    }
    found
}

/// The western years of eras that a text names, each with its first character and the end of its 年.
pub(super) fn years(text: &Text<'_>) -> Vec<([usize; 2], i16)> {
    let at = |at: usize| {
        let era = text.part(at, at + 2);
        let (_, base) = ERAS.iter().find(|(name, _)| *name == era)?;
        let (year, end) = year_at(&text.chars, at + 2)?;
        Some(([at, end], base + year))
    };
    (0..text.chars.len().saturating_sub(3)).filter_map(at).collect()
}

/// The year of an era that stands here, and the end of its 年.
fn year_at(text: &[char], from: usize) -> Option<(i16, usize)> {
    let end = from + text[from..].iter().position(|c| *c == '年')?;
    let digits: String = text[from..end].iter().filter(|c| !c.is_whitespace()).map(|c| digit(*c)).collect();
    let year = if digits == "元" { 1 } else { digits.parse().ok()? };
    (1..=64).contains(&year).then_some((year, end + 1))
}

fn digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn an_era_is_held_against_the_fiscal_year() {
        assert_eq!(found("K009", &["平成8年9月10日までに契約を締結"]), ["平成8年 → 令和8年"]);
        assert_eq!(found("K009", &["平成8年条例第3号に基づき、平成30年度から令和8年度まで実施"]), Vec::<String>::new());
    }
}
