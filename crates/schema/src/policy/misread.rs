//! Labels of scans that were misread: `]`, `1]` and `(l)` for 1 and (1). A lone 1 looks like many things, and the blank
//! behind it tells a reader nothing.

use super::label::{self, Label, Shape};
use seisho_japanese::numerals;
use seisho_model::layout::{Block, Layout, StandIn};
use seisho_model::{Pages, Trust};
use seisho_reading::mend;

/// What a 1 is read as.
const LIKE_ONE: [char; 9] = [']', '[', '|', '｜', '!', '」', '丨', 'l', '】'];
/// What a digit in a circle is read as; which digit only the one before says.
const LIKE_CIRCLED: [&str; 7] = ["@", "の", "(の", "(@", "⑨", "◎", "®"];
/// Those of them that begin no word.
const SIGNS: [char; 4] = ['@', '◎', '®', '©'];
/// Labels have no more characters than this.
const LONGEST: usize = 4;
/// Labels may have been lost between two that were read; more than these hardly.
const FARTHEST: u32 = 3;

/// A layout with misread labels standing for what they mean, if there are any.
pub(crate) fn mended(pages: &Pages, layout: &Layout) -> Option<Layout> {
    let lines = layout.blocks.iter().filter_map(|b| if let Block::Line(line) = b { Some(line) } else { None });
    let mut counted = Counted::default();
    let mut found = Vec::new();
    let firsts: Vec<_> = lines.filter(|l| mend::is_scanned(pages, &l.run)).filter_map(|l| l.run.0.first()).collect();
    let texts: Vec<&str> = firsts.iter().map(|first| pages.text(**first)).collect();
    let one = roman_one(&texts);
    for (at, first) in firsts.into_iter().enumerate() {
        let meant = one.as_ref().filter(|(line, _)| *line == at).map(|(_, meant)| meant.clone()).or_else(|| counted.take(texts[at]));
        found.extend(meant.map(|(end, means)| StandIn { piece: first.part(0..end), means, rule: "mend-label", trust: Trust::Guess }));
    }
    if found.is_empty() {
        return None;
    }
    let mut layout = layout.clone();
    layout.stand_ins.extend(found);
    layout.stand_ins.sort_by_key(|s| (s.piece.page, s.piece.range.start));
    Some(layout)
}

/// The line whose Ⅰ was read as something else: a later one is II, and none is I.
fn roman_one(lines: &[&str]) -> Option<(usize, Meant)> {
    let roman = |line: &str| label::parse(line).filter(|label| label.shape == Shape::Roman);
    let (two, second) =
        lines.iter().enumerate().find_map(|(at, line)| Some((at, line)).filter(|_| roman(line).is_some_and(|l| l.value == 2)))?;
    if lines[..two].iter().any(|line| roman(line).is_some()) {
        return None;
    }
    let end =
        |line: &str| token_end(line).filter(|&end| matches!(&line[..end], "［" | "］" | "｜" | "Ｉ" | "丨" | "[" | "]" | "|" | "l" | "!"));
    let (at, end) = lines[..two].iter().enumerate().find_map(|(at, line)| Some((at, end(line)?)))?;
    Some((at, (end, if second.starts_with('I') { "I" } else { "Ⅰ" }.to_owned())))
}

/// The last labels that were read, by which the next is told; 0 for none.
#[derive(Default)]
struct Counted {
    bracketed: u32,
    /// Below the last one in brackets, as the next: ①.
    circled: u32,
    /// 1).
    half_bracketed: u32,
}

/// A label as it was read: so many bytes, and what it stands for.
type Meant = (usize, String);

impl Counted {
    /// What the label at the start of a line stands for, if that is not what it says.
    fn take(&mut self, line: &str) -> Option<Meant> {
        let meant = by_blank(line).or_else(|| self.circle(line)).or_else(|| self.bracket_as_circle(line)).or_else(|| self.brackets(line));
        let said = meant.as_ref().map_or(line, |(_, means)| means.as_str());
        match label::parse(said) {
            Some(Label { shape: Shape::BracketedNumber, value, .. }) => *self = Self { bracketed: value, ..Self::default() },
            Some(Label { shape: Shape::Circled, value, .. }) => self.circled = value,
            Some(Label { shape: Shape::HalfBracketedNumber, value, .. }) => self.half_bracketed = value,
            _ => {}
        }
        meant
    }

    /// A digit in a circle that was read as something else.
    fn circle(&self, line: &str) -> Option<Meant> {
        let means = self.next_circled()?;
        let first = line.chars().next()?;
        let behind = line[first.len_utf8()..].chars().next();
        if SIGNS.contains(&first) && behind.is_some_and(|c| c.is_alphabetic() && !c.is_ascii()) {
            return Some((first.len_utf8(), means));
        }
        let end = token_end(line)?;
        let is_other = label::parse(&line[..end]).is_none_or(|l| l.value != self.circled + 1);
        (LIKE_CIRCLED.contains(&&line[..end]) && is_other).then_some((end, means))
    }

    fn next_circled(&self) -> Option<String> {
        char::from_u32(u32::from('①') + self.circled).filter(|_| (1..20).contains(&self.circled)).map(String::from)
    }

    /// `(4`, `4)`, `(④` and `④)` for (4), `(99)` for (9), and a circle that was read as brackets with some number in them.
    fn brackets(&self, line: &str) -> Option<Meant> {
        let Numbered { opened, closed, digits, end } = Numbered::of(line)?;
        let number: u32 = digits.parse().ok()?;
        let next = self.bracketed + 1;
        if opened && !closed || closed && !opened {
            // 3) may be a label of its own: only the number that is due is taken for one that lost its bracket.
            let is_own = closed && (self.bracketed == 0 || number == self.half_bracketed + 1);
            return (number == next && !is_own).then(|| (end, format!("({next})")));
        }
        if number == 1 || (next..next + FARTHEST).contains(&number) {
            return None;
        }
        if let Some(means) = self.next_circled() {
            return Some((end, means));
        }
        (self.bracketed > 0 && digits == next.to_string().repeat(2)).then(|| (end, format!("({next})")))
    }

    /// A bracket and a digit in one: `⑪)` for (1).
    fn bracket_as_circle(&self, line: &str) -> Option<Meant> {
        let first = line.chars().next()?;
        let (_, value) = numerals::label(first)?;
        let end = line[first.len_utf8()..].chars().next().filter(|c| matches!(c, ')' | '）')).map(|c| first.len_utf8() + c.len_utf8())?;
        let number = value % 10;
        let is_due = number == 1 || (self.bracketed + 1..self.bracketed + 1 + FARTHEST).contains(&number);
        if let (false, Some(means)) = (is_due, self.next_circled()) {
            return Some((end, means));
        }
        (number > 0).then(|| (end, format!("({number})")))
    }
}

/// A number in brackets, of which one may be lost; it may have been read as one in a circle.
struct Numbered {
    opened: bool,
    closed: bool,
    digits: String,
    /// Where it ends.
    end: usize,
}

impl Numbered {
    fn of(line: &str) -> Option<Self> {
        let inner = line.strip_prefix(['(', '（']).unwrap_or(line);
        let opened = inner.len() < line.len();
        let circled = inner.chars().next().and_then(numerals::label).filter(|_| opened);
        let count = if circled.is_some() { 1 } else { inner.chars().take_while(|&c| numerals::arabic(c).is_some()).count() };
        let (number, behind) = inner.split_at(inner.chars().take(count).map(char::len_utf8).sum());
        let digits = match circled {
            Some((_, value)) => value.to_string(),
            None => number.chars().filter_map(numerals::arabic).map(|d| d.to_string()).collect(),
        };
        let closing = behind.chars().next().filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
        let closed = closing > 0;
        // (3年目 is an amount.
        if !closed && behind.starts_with(|c| label::COUNTERS.contains(c)) {
            return None;
        }
        ((1..=2).contains(&digits.len()) && (opened || closed)).then_some(Self {
            opened,
            closed,
            digits,
            end: line.len() - behind.len() + closing,
        })
    }
}

/// A label of which the blank or the bracket behind it is left.
fn by_blank(line: &str) -> Option<Meant> {
    let end = token_end(line)?;
    Some((end, meant(&line[..end])?))
}

/// Where the first token ends: before a blank or behind a bracket.
fn token_end(line: &str) -> Option<usize> {
    let (at, last) = line.char_indices().find(|&(_, c)| c.is_whitespace() || matches!(c, ')' | '）'))?;
    Some(if last.is_whitespace() { at } else { at + last.len_utf8() })
}

/// The label that a misread one stands for.
fn meant(token: &str) -> Option<String> {
    let chars: Vec<char> = token.chars().collect();
    let is_one = |inner: &[char]| match inner {
        [only] => LIKE_ONE.contains(only),
        ['1' | '１', other] => LIKE_ONE.contains(other),
        _ => false,
    };
    match chars.as_slice() {
        long if long.len() > LONGEST => None,
        ['(' | '（', inner @ .., ')' | '）'] if is_one(inner) => Some("(1)".to_owned()),
        inner => is_one(inner).then(|| "1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(lines: &[&str]) -> Vec<Option<Meant>> {
        let mut counted = Counted::default();
        lines.iter().map(|line| counted.take(line)).collect()
    }

    fn means(end: usize, label: &str) -> Option<Meant> {
        Some((end, label.to_owned()))
    }

    #[test]
    fn a_roman_one_is_told_by_the_two_below_it() {
        let lines = ["方針", "［　財源の確保", "1　確認", "II　市民の視点", "1　応対"];
        assert_eq!(roman_one(&lines), Some((1, (3, "I".to_owned()))));
        assert_eq!(roman_one(&["I　財源", "［　確保", "II　視点"]), None);
        assert_eq!(roman_one(&lines[..3]), None);
    }

    #[test]
    fn a_digit_in_a_circle_is_told_by_the_one_before() {
        assert_eq!(taken(&["①推進", "(の 推進", "@推進", "④推進"]), [None, means(4, "②"), means(1, "③"), None]);
        assert_eq!(taken(&["@推進", "①推進", "この 推進"]), [None, None, None]);
        assert_eq!(taken(&["(3)推進", "①推進", "(3)推進", "(4)推進"]), [None, None, means(3, "②"), None]);
        assert_eq!(taken(&["(3)推進", "①推進", "③)推進", "(④推進"]), [None, None, means(4, "②"), means(4, "(4)")]);
    }

    #[test]
    fn a_number_that_is_due_is_told_without_one_of_its_brackets() {
        assert_eq!(taken(&["(3)推進", "(4推進", "5)推進"]), [None, means(2, "(4)"), means(2, "(5)")]);
        assert_eq!(taken(&["⑪)推進", "②)推進"]), [means(4, "(1)"), means(4, "(2)")]);
        assert_eq!(taken(&["(8)推進", "(99)推進", "(10)推進"]), [None, means(4, "(9)"), None]);
        assert_eq!(taken(&["(1)推進", "1)推進", "2)推進", "(7推進", "(20)推進", "(2年目", "(二推進"]), [const { None }; 7]);
    }

    #[test]
    fn what_looks_like_a_one_is_one_and_nothing_else() {
        for (read, label) in [("]", "1"), ("1]", "1"), ("(])", "(1)"), ("(1])", "(1)"), ("（l）", "(1)")] {
            assert_eq!(meant(read).as_deref(), Some(label), "{read}");
        }
        for right in ["1", "(1)", "①", "ア", "第1", "11", "記", "「市民」"] {
            assert_eq!(meant(right), None, "{right}");
        }
    }
}
