//! Where a heading begins and ends: the rests of its names on the lines below, and lines of the document's head above, of which
//! a title and a day far to its right are two texts. Knows words, and where rows begin.

use super::grid::Lines;
use seisho_forms::mapping::row_number;
use seisho_forms::{Field, FieldKind, GoalTableForm, HeadWords};
use seisho_japanese::join::{Gap, Verdict, joint};
use seisho_model::Run;
use seisho_model::layout::{Block, Line};
use seisho_reading::Reader;
use std::ops::Range;

/// A line of a heading has no longer text, in characters: longer ones are of rows.
const LONGEST_NAME: usize = 24;
/// Below its names a heading has no more lines of their rests.
const MOST_RESTS: usize = 4;
/// A post and a name are no more texts.
const MOST_TEXTS: usize = 4;
/// A column with a text so wide, in characters, is one of texts.
const WIDE: usize = 12;
/// Far inside is so many characters.
const INSIDE: usize = 3;
/// Fewer blanks part no texts of a head, in characters: a title may have two or three.
const FAR: usize = 4;
/// A day is no longer, in characters.
const LONGEST_DAY: usize = 20;

impl Lines<'_> {
    /// The line behind a heading, with the rests of its names: 第２ over 四半期. `numbers`: the column of the rows' numbers.
    pub(crate) fn heading_end(
        &self,
        heading: Range<usize>,
        numbers: Option<usize>,
        form: &GoalTableForm,
        reader: &mut Reader<'_>,
    ) -> usize {
        let mut end = heading.end;
        let most = (end + MOST_RESTS).min(self.grid.len());
        while end < most && self.is_rest(&(heading.start..end), end, numbers, form, reader) {
            end += 1;
        }
        end
    }

    /// Whether a line is of rests of names: every text stands right below one of the heading, most go on with it, and no row
    /// begins there.
    fn is_rest(&self, heading: &Range<usize>, line: usize, numbers: Option<usize>, form: &GoalTableForm, reader: &mut Reader<'_>) -> bool {
        if self.is_blank(line) || !self.is_rest_of_names(line, form) || self.begins_row(line, numbers) {
            return false;
        }
        let cols: Vec<usize> = (0..self.widest.len()).filter(|&col| !self.text(line, col).is_empty()).collect();
        if heading.is_empty() || cols.iter().any(|&col| self.text(line - 1, col).is_empty()) {
            return false;
        }
        let mut verdict = |col: usize| {
            let above: String = heading.clone().map(|at| self.text(at, col)).collect();
            joint(reader.worker, &above, self.text(line, col), Gap::LineBreak).verdict
        };
        let verdicts: Vec<Verdict> = cols.iter().map(|&col| verdict(col)).collect();
        // 第２ goes on in what other names end with: 第１四半期.
        let ends_another = |col: usize| {
            let others = (0..self.widest.len()).filter(|&other| other != col);
            let mut names = others.map(|other| (heading.start..line + 1).map(|at| self.text(at, other)).collect::<String>());
            names.any(|name| name.len() > self.text(line, col).len() && name.ends_with(self.text(line, col)))
        };
        let verdicts = verdicts.into_iter().zip(&cols).map(|(verdict, &col)| match verdict {
            // Texts of wide columns begin at their left edge, and names stand in the middle.
            Verdict::Unsure if ends_another(col) || self.is_inside(line, col) => Verdict::Join,
            verdict => verdict,
        });
        let verdicts: Vec<Verdict> = verdicts.collect();
        let of = |kind: Verdict| verdicts.iter().filter(|v| **v == kind).count();
        of(Verdict::Separate) == 0 && of(Verdict::Join) * 2 >= verdicts.len()
    }

    /// A line of short names, of which one may begin with a mark that its column has nowhere else: 手段 over ・手法.
    fn is_rest_of_names(&self, line: usize, form: &GoalTableForm) -> bool {
        let is_name = |col: usize| {
            let text = self.text(line, col);
            let mark = text.chars().next().filter(|mark| form.bullets.contains(mark));
            let marks = |mark: char| (line + 1..self.grid.len()).any(|below| self.text(below, col).starts_with(mark));
            is_short(text) && !is_label(text) && !tells_a_day(text) && !mark.is_some_and(marks)
        };
        (0..self.widest.len()).filter(|&col| !self.text(line, col).is_empty()).all(is_name)
    }

    /// Whether a text begins far inside a wide column.
    fn is_inside(&self, line: usize, col: usize) -> bool {
        let edge = self.bounds(line + 1)[col].start;
        self.widest[col] >= WIDE && self.place(line, col).is_some_and(|place| place.start > edge + INSIDE)
    }

    /// Whether a line has a number of a row, or a text where the wide columns begin theirs.
    fn begins_row(&self, line: usize, numbers: Option<usize>) -> bool {
        let has_number = |col: usize| row_number(self.text(line, col)).is_some();
        let bounds = self.bounds(line + 1);
        let is_wide = |col: usize| self.widest[col] >= WIDE;
        let at_edge = |col: usize| self.place(line, col).is_some_and(|place| place.start <= bounds[col].start + 1);
        numbers.is_some_and(has_number) || (0..self.widest.len()).any(|col| is_wide(col) && at_edge(col))
    }

    /// Whether a line is a post and a name, as the document's head has them.
    pub(crate) fn is_post_and_name(&self, line: usize, words: &HeadWords) -> bool {
        let texts: Vec<&str> = self.texts_of(line).flat_map(str::split_whitespace).collect();
        let Some((post, names)) = texts.split_first() else { return false };
        let is_post = |text: &str| words.ranks.iter().any(|rank| text.ends_with(rank.as_str()) && text.len() > rank.len());
        texts.len() <= MOST_TEXTS && is_post(post) && !names.is_empty() && !names.iter().any(|name| is_post(name))
    }
}

/// The column of the rows' numbers.
pub(crate) fn number_column(fields: &[Option<Field>]) -> Option<usize> {
    fields.iter().position(|f| f.is_some_and(|f| f.kind() == FieldKind::Number))
}

/// A text as headings are: no sentence, no number of a row.
pub(crate) fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST_NAME && !text.contains(['。', '、']) && row_number(text).is_none()
}

/// A line of short names: no sentences, numbers, lists, days and labels of a document's head.
pub(crate) fn is_name(lines: &Lines<'_>, line: usize, form: &GoalTableForm) -> bool {
    let mut texts = lines.texts_of(line).peekable();
    let is_name = |t: &str| is_short(t) && !is_label(t) && !t.starts_with(|m| form.bullets.contains(&m)) && !tells_a_day(t);
    // A day whose letters stand apart is of several columns.
    texts.peek().is_some() && texts.all(is_name) && !tells_a_day(&lines.texts_of(line).collect::<String>())
}

/// 部局：総務部 is of a head, (単位：千円) of a heading.
fn is_label(text: &str) -> bool {
    text.contains('：') && !text.contains(['(', '（'])
}

/// A date or a year with its number.
fn tells_a_day(text: &str) -> bool {
    let digits = |c: char| c.is_numeric() || c == '元';
    let before_year = text.match_indices('年').any(|(at, _)| text[..at].trim_end().ends_with(digits));
    let pointed = text.split(['.', '．', '/', '／']).filter(|p| p.ends_with(|c: char| c.is_numeric())).count() > 2;
    before_year || pointed
}

/// The blocks, with lines above the first table whose last text is a day far to the right as two.
pub(super) fn parted(blocks: Vec<Block>, reader: &Reader<'_>) -> Vec<Block> {
    let first = blocks.iter().position(|b| matches!(b, Block::Table(_))).unwrap_or(0);
    let mut out = Vec::with_capacity(blocks.len() + 1);
    for (index, block) in blocks.into_iter().enumerate() {
        match &block {
            Block::Line(line) if index < first => match two(line, reader) {
                Some(two) => out.extend(two.map(Block::Line)),
                None => out.push(block),
            },
            _ => out.push(block),
        }
    }
    out
}

/// A text and the day far to its right.
fn two(line: &Line, reader: &Reader<'_>) -> Option<[Line; 2]> {
    let [piece] = line.run.0[..] else { return None };
    let text = reader.pages.text(piece);
    let (left, day) = text.rsplit_once(&" ".repeat(FAR))?;
    let (left, day) = (left.trim_end(), day.trim_start());
    let is_day = tells_a_day(day) && day.chars().count() <= LONGEST_DAY && !day.contains(['：', ':']);
    if !is_day || left.is_empty() {
        return None;
    }
    let part = |from: usize, to: usize| Run(vec![piece.part(from..to)]);
    // A bracket far to the right of a title is part of it, but for one with a day.
    let beside = !day.starts_with(['（', '(']);
    let right = Line { run: part(text.len() - day.len(), text.len()), blank_before: 0, beside, ..line.clone() };
    Some([Line { run: part(0, left.len()), ..line.clone() }, right])
}
