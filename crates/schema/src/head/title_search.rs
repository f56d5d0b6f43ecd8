//! The title by its looks, where none of a form's titles is found: the line that a reader would take, by its place, its
//! letters, the fiscal year in it and the noun at its end. Knows lines; refuses to know forms.

use super::{authors, dates, is_furniture, labels, spaced, title};
use seisho_forms::HeadWords;
use seisho_japanese::normalize::match_text;
use seisho_model::layout::{Block, Table};
use seisho_model::{Pages, Run, is_visible};
use seisho_reading::{Reader, Reading};

/// A title has at least so many characters, and no more than `LONGEST`.
const SHORTEST: usize = 4;
const LONGEST: usize = 60;
/// Points of what speaks for a title. Chosen on the forms of `tests/forms` whose names begin with `a`: with less for the
/// year or the noun, lines of the body are taken; with more, lines of the head (令和6年度予算) are.
const YEAR: i32 = 30;
const NOUN: i32 = 20;
const FIRST: i32 = 10;
const LARGE: i32 = 16;
/// What has less is no title.
const ENOUGH: i32 = 30;
/// Letters are large from so many hundredths of the page's usual size on.
const LARGE_FROM: i32 = 118;

/// The line that is the title, among those of the head; none where no line is like one.
pub(crate) fn choose<'r>(runs: impl Iterator<Item = &'r Run>, words: &HeadWords, reader: &mut Reader<'_>) -> Option<Run> {
    let usual = usual_size(reader.pages);
    let mut best: Option<(i32, Run)> = None;
    for (place, run) in runs.enumerate() {
        let reading = spaced(run, reader);
        let Some(points) = points(&reading, place, usual, words, reader) else { continue };
        if points >= ENOUGH && best.as_ref().is_none_or(|(most, _)| points > *most) {
            best = Some((points, run.clone()));
        }
    }
    best.map(|(_, run)| run)
}

/// The runs that may be a title before the first table of goals: lines, and cells of rows above its heading.
///
/// `first`: that table among the blocks, with the first row of its heading.
pub(crate) fn above(blocks: &[Block], first: Option<(usize, u32)>) -> Vec<Run> {
    let mut runs = Vec::new();
    for (index, block) in blocks.iter().enumerate().take_while(|(i, _)| first.is_none_or(|(at, _)| *i <= at)) {
        match block {
            Block::Line(line) => runs.push(line.run.clone()),
            Block::Table(table) => {
                let end = first.filter(|(at, _)| *at == index).map_or(table.rows, |(_, row)| row);
                runs.extend(cells_above(table, end));
            }
            Block::PageBreak => break,
        }
    }
    runs
}

fn cells_above(table: &Table, end: u32) -> impl Iterator<Item = Run> {
    table.cells.iter().filter(move |c| c.row.start < end && !c.is_blank()).map(|c| c.run())
}

/// What speaks for a line; none for one that cannot be a title.
fn points(reading: &Reading, place: usize, usual: i32, words: &HeadWords, reader: &mut Reader<'_>) -> Option<i32> {
    let text = reading.text();
    let chars = text.chars().filter(|c| is_visible(*c)).count();
    let is_sentence = text.contains(['。', '、', '：', ':', '→']) || text.starts_with(['※', '・', '（', '(']);
    if !(SHORTEST..=LONGEST).contains(&chars) || is_sentence || is_of_head(reading, words, reader) {
        return None;
    }
    let size = size_of(&reading.run, reader.pages);
    let is_large = usual > 0 && size * 100 >= usual * LARGE_FROM;
    let names_year = title::names_year(text);
    let sum = [(names_year, YEAR), (ends_as_title(text, words), NOUN), (place == 0, FIRST), (place < 3, FIRST / 2), (is_large, LARGE)];
    Some(sum.iter().filter(|(is, _)| *is).map(|(_, points)| points).sum())
}

/// A date, a post, a label, a page number: of the head, and no title.
fn is_of_head(reading: &Reading, words: &HeadWords, reader: &mut Reader<'_>) -> bool {
    let text = reading.text();
    let found = dates::find(reading, None, words);
    is_furniture(text, words)
        || title::is_year_alone(text)
        || !found.is_empty() && dates::are_all_of(&found, reading)
        || labels::split(text, words).iter().any(|p| p.label.is_some())
        || seisho_forms::page_numbers::parse(text).is_some()
        || authors::post_and_name(reading, words, reader).is_some()
}

/// Whether a text ends, before its brackets, with a noun that names a paper (表, 方針, シート).
fn ends_as_title(text: &str, words: &HeadWords) -> bool {
    let key = match_text(text);
    let mut base = key.as_str();
    for (open, close) in [('(', ')'), ('【', '】'), ('[', ']'), ('<', '>'), ('《', '》'), ('〔', '〕'), ('「', '」')] {
        if let Some(at) = base.strip_suffix(close).and_then(|b| b.rfind(open)) {
            base = &base[..at];
        }
    }
    words.title_nouns.iter().any(|n| base.ends_with(n.as_str()) || key.ends_with(n.as_str()))
}

/// The usual size of letters on the first page, in thousandths of a point; 0 where it is not drawn.
fn usual_size(pages: &Pages) -> i32 {
    let Some(ink) = pages.0.first().and_then(|p| p.ink.as_ref()) else { return 0 };
    middle(ink.glyphs.iter().map(|g| g.size.0))
}

/// The size of most letters of a run, in thousandths of a point; 0 for one that is not drawn.
pub(crate) fn size_of(run: &Run, pages: &Pages) -> i32 {
    let glyphs = run.0.iter().filter_map(|p| Some((p, pages.0[p.page as usize].ink.as_ref()?))).flat_map(|(p, ink)| ink.glyphs_of(p.range));
    middle(glyphs.map(|g| g.size.0))
}

fn middle(sizes: impl Iterator<Item = i32>) -> i32 {
    let mut sizes: Vec<i32> = sizes.collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or(0)
}
