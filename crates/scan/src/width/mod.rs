//! Whether letters that have two forms (1 and １, ( and （) are half or full width, and where blanks stand, told by the
//! ink: where a letter begins, where the next one does, and how wide both are in their typeface. Readers do not tell.
//! What ink does not tell follows what is usual in the document and is marked so. Knows no words.

pub(crate) mod bearings;
mod habit;
mod line;
mod path;
mod size;

use crate::line::crop::Cut;
use line::Line;
use path::{Auto, Path};
use seisho_model::scan::{Mark, Symbol};

/// The letters of a page, of which only the ink is known.
#[derive(Default)]
pub(crate) struct Page(Vec<Line>);

impl Page {
    /// The letters of what was read.
    pub(crate) fn new(cuts: &[Cut], read: &[Vec<Vec<Symbol>>]) -> Self {
        Self(line::lines(cuts, read))
    }
}

/// The widths and blanks of a page.
pub(crate) struct Widths {
    lines: Vec<Line>,
    paths: Vec<Path>,
}

/// The widths of the pages of a document: its typeface, whether white is put between scripts, and what is usual are told
/// by all of them.
pub(crate) fn of(pages: Vec<Page>) -> Vec<Widths> {
    let counts: Vec<usize> = pages.iter().map(|page| page.0.len()).collect();
    let by_page: Vec<Vec<Line>> = pages.into_iter().map(|page| page.0).collect();
    let (face, lines) = size::in_their_face(&by_page);
    let paths = |auto: Auto| lines.iter().map(|line| path::of(line, face, auto)).collect::<Vec<_>>();
    let first = paths(Auto::Unknown);
    let auto = match Auto::of(lines.iter().zip(&first), face) {
        Auto::Unknown => Auto::likeliest(&lines, face),
        told => told,
    };
    let mut paths = if auto == Auto::Unknown { first } else { paths(auto) };
    habit::apply(&lines, &mut paths);
    lines.iter().zip(&mut paths).for_each(|(line, path)| path::blanks(line, face, path));
    let (mut lines, mut paths) = (lines.into_iter(), paths.into_iter());
    let of = |count: usize| Widths { lines: lines.by_ref().take(count).collect(), paths: paths.by_ref().take(count).collect() };
    counts.into_iter().map(of).collect()
}

impl Widths {
    /// Gives every letter its width; the blank behind each, line by line.
    pub(crate) fn set(&self, read: &mut [Vec<Vec<Symbol>>]) -> Vec<Vec<Vec<Option<char>>>> {
        let none = |symbols: &Vec<Symbol>| vec![None; symbols.len()];
        let mut blanks: Vec<Vec<Vec<Option<char>>>> = read.iter().map(|lines| lines.iter().map(none).collect()).collect();
        for (line, path) in self.lines.iter().zip(&self.paths) {
            for (letter, told) in line.letters.iter().zip(&path.letters) {
                let symbol = &mut read[line.cut][line.line][letter.symbol];
                if let Some(own) = letter.forms.get(told.width) {
                    symbol.text = own.to_string();
                    symbol.marks.iter_mut().for_each(|mark| line::widen(mark, told.width));
                }
                symbol.marks.extend(told.by_habit.then_some(Mark::UsualWidth));
                blanks[line.cut][line.line][letter.symbol] = told.blank;
            }
        }
        blanks
    }
}

#[cfg(test)]
mod tests {
    use super::bearings::bearing;
    use super::*;

    /// A typeface of the table, and pixels of its em.
    const FACE: usize = 5;
    const EM: f64 = 42.0;

    /// A line as a typeface sets it, and a reader that does not tell widths reads it; `spread` is white between all letters,
    /// `auto` that between Japanese and half-width letters.
    fn set(text: &str, spread: f64, auto: f64) -> Line {
        let mut pen = 20.0;
        let mut letters = Vec::new();
        let mut last = ' ';
        for c in text.chars() {
            let Some(b) = bearing(c, FACE) else {
                pen += EM;
                continue;
            };
            let meets = |a: char, b: char| seisho_model::script::is_japanese(a) && b.is_ascii_alphanumeric();
            pen += if meets(last, c) || meets(c, last) { auto * EM } else { 0.0 };
            let from = (pen + b.before * EM).round();
            let to = (pen + (b.before + b.ink) * EM).round();
            if c != ' ' {
                letters.push(line::Letter::new(letters.len(), c, (from, to), b.high * EM));
            }
            pen += (b.before + b.ink + b.behind + spread) * EM;
            last = c;
        }
        Line::new(letters, EM)
    }

    /// Lines as they were read and told again.
    fn told(lines: &[(&str, f64, f64)]) -> Vec<String> {
        let page = Page(lines.iter().map(|&(text, spread, auto)| set(text, spread, auto)).collect());
        let of = |widths: &Widths| {
            let line = |(line, path): (&Line, &Path)| {
                let letter = |(l, t): (&line::Letter, &path::Told)| l.forms.get(t.width).into_iter().chain(t.blank);
                line.letters.iter().zip(&path.letters).flat_map(letter).collect::<String>()
            };
            widths.lines.iter().zip(&widths.paths).map(line).collect::<Vec<_>>()
        };
        super::of(vec![page]).iter().flat_map(of).collect()
    }

    /// Text that tells the typeface and size of a page.
    const PLAIN: &str = "市民の安全な生活を守るため防災体制を整備し訓練を行う";

    #[test]
    fn width_is_told_by_where_letters_begin() {
        let lines = [
            "平成３１年１０月までに15,771件の整備",
            "平成31年10月までに１５，７７１件の整備",
            "（達成率100％）に達する",
            "(達成率１００%)に達する",
            "第2期計画と第３期計画の間",
        ];
        let mut all: Vec<(&str, f64, f64)> = lines.iter().map(|l| (*l, 0.0, 0.0)).collect();
        all.extend([(PLAIN, 0.0, 0.0); 4]);
        assert_eq!(told(&all)[..lines.len()], lines);
    }

    #[test]
    fn a_filled_line_has_the_same_widths() {
        let lines = ["平成３１年１０月までに15,771件の整備", "平成31年10月までに１５，７７１件の整備"];
        let mut all: Vec<(&str, f64, f64)> = lines.iter().map(|l| (*l, 0.06, 0.0)).collect();
        all.extend([(PLAIN, 0.0, 0.0); 4]);
        assert_eq!(told(&all)[..lines.len()], lines);
    }

    #[test]
    fn blanks_are_as_wide_as_they_are_and_never_inside_a_number() {
        let lines = ["令和6年度 組織目標", "部長　高瀬川", "１００　２００", "年１５，７７１件"];
        let mut all: Vec<(&str, f64, f64)> = lines.iter().map(|l| (*l, 0.0, 0.0)).collect();
        all.extend([(PLAIN, 0.0, 0.0); 4]);
        assert_eq!(told(&all)[..lines.len()], lines);
    }

    #[test]
    fn white_between_scripts_is_no_blank_and_lone_digits_follow_it() {
        // Of １ and 1 with white on both sides the ink does not tell; that the program puts white there does.
        let lines = ["月に12回と15回の点検", "年に24回と36回の点検", "月に7回の点検をする", "年に3回の点検をする"];
        let mut all: Vec<(&str, f64, f64)> = lines.iter().map(|l| (*l, 0.0, 0.125)).collect();
        all.extend([(PLAIN, 0.0, 0.0); 4]);
        assert_eq!(told(&all)[..lines.len()], lines);
    }
}
