//! What a cell of a workbook can hold.

/// What a workbook can hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows of a sheet.
    pub(super) rows: u32,
    /// UTF-16 units of a cell's text.
    pub(super) characters: usize,
    /// UTF-16 units of a note.
    pub(super) note: usize,
    /// Columns that a table of the source is spread over.
    pub(super) spread: usize,
}

impl Limits {
    /// Those of Excel; notes are kept to what a person reads.
    pub(super) const EXCEL: Self = Self { rows: 1_048_576, characters: 32_767, note: 4_000, spread: 16_000 };
}

/// What stands at the end of a text that goes on elsewhere.
pub(super) const GOES_ON: &str = "〔シート「続き」へ〕";

/// A text without what no workbook can hold, each such character named by its code point; counts them.
pub(super) fn printable(text: &str, count: &mut u64) -> String {
    let is_bad = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    if !text.contains(is_bad) {
        return text;
    }
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if is_bad(c) {
            *count += 1;
            printable.push_str(&format!("〓U+{:04X}〓", u32::from(c)));
        } else {
            printable.push(c);
        }
    }
    printable
}

/// The part of a text that a cell holds, marked where it goes on, and the rest.
pub(super) fn split(text: &str, limit: usize) -> (String, Option<String>) {
    // No character takes fewer bytes than UTF-16 units.
    if text.len() <= limit || text.encode_utf16().count() <= limit {
        return (text.to_owned(), None);
    }
    let room = limit.saturating_sub(GOES_ON.encode_utf16().count());
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    (format!("{}{GOES_ON}", &text[..end]), Some(text[end..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters_and_nothing_is_lost() {
        let text = "𠮷田の計画".repeat(40);
        let (mut all, mut left) = (String::new(), Some(text.clone()));
        while let Some(next) = left {
            let (part, more) = split(&next, 50);
            assert!(part.encode_utf16().count() <= 50);
            all.push_str(part.strip_suffix(GOES_ON).unwrap_or(&part));
            left = more;
        }
        assert_eq!(all, text);
        assert_eq!(split("短い", 50), ("短い".to_owned(), None));
    }

    #[test]
    fn control_characters_are_named() {
        let mut count = 0;
        assert_eq!(printable("一\u{0}\u{b}二\r\n三\t四", &mut count), "一〓U+0000〓〓U+000B〓二\n三\t四");
        assert_eq!(count, 2);
    }
}
