//! Headings whose words no form knows: the lines of short names above columns that hold what goals have, and which of
//! their texts stand over several columns. Knows places on lines and the mapping; no rows.

use super::apart::Apart;
use super::cuts::Row;
use super::grid::Lines;
use super::groups::{self, Group};
use super::heading_lines::{is_name, is_short, number_column};
use seisho_forms::mapping::{Column, Contents, Evidence, assign, is_enough};
use seisho_forms::{Field, Forms, GoalTableForm};
use seisho_model::layout::{Cell, Table, TableForm};
use seisho_reading::Reader;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A heading has no more lines.
const MOST_LINES: usize = 9;
/// It is looked for in so many lines at the top.
const LINES_ABOVE: usize = 18;
/// Points of every column that a heading names: more of them name the heading whole.
const POINTS_OF_NAME: i32 = 4;
/// Points of every character by which the heading of a column is longer than this: lines of rows were taken for lines of it.
const USUAL_NAME: usize = 16;
const POINTS_OF_LENGTH: i32 = 2;
/// What half a line out of its place counts beside half a character out of its place, when it is asked what a heading stands over.
const LINE: i32 = 2;
/// A text is over several columns where that explains its place better by more than this.
const UNSURE: i32 = 3;
/// A name has no fewer letters: shorter words are one that is spaced out (項 目).
const SHORTEST_NAME: usize = 2;
/// The lines at the top of a further page are its heading where so many of their texts, in percent, are of the first.
const SAME_PERCENT: usize = 80;

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) lines: Range<usize>,
    /// What its columns are taken for.
    pub(crate) fields: Vec<Option<Field>>,
    /// Texts over several columns.
    pub(crate) groups: Vec<Group>,
    /// Texts in another column than that which they name: line, column, and the column meant.
    pub(crate) moved: BTreeMap<(usize, usize), usize>,
}

impl Head {
    /// The column that a text of the heading names; none for one over several.
    pub(crate) fn column(&self, line: usize, col: usize) -> Option<usize> {
        let is_group = self.groups.iter().any(|g| g.cells.contains(&(line, col)));
        (!is_group).then(|| self.moved.get(&(line, col)).copied().unwrap_or(col))
    }
}

/// The heading of a page by what it and the columns below it say; none where they are no columns of goals.
///
/// `opens`: the document's first text is the table's, its title then.
pub(crate) fn find(lines: &Lines<'_>, opens: bool, forms: &Forms, reader: &mut Reader<'_>) -> Option<Head> {
    let form = &forms.goal_table;
    let count = lines.grid.len();
    let is_of_head: Vec<bool> = (0..count).map(|line| lines.is_post_and_name(line, &forms.head)).collect();
    let mut best: Option<(i32, Range<usize>)> = None;
    for start in (0..LINES_ABOVE.min(count)).filter(|&line| is_name(lines, line, form) && !is_of_head[line]) {
        for end in (start + 1..=(start + MOST_LINES).min(count)).take_while(|&end| goes_on(lines, start, end - 1, form)) {
            let Some(points) = weigh(lines, start..end, form) else { continue };
            if best.as_ref().is_none_or(|b| points > b.0) {
                best = Some((points, start..end));
            }
        }
    }
    let (_, mut range) = best?;
    let title = (0..count).find(|&line| !lines.is_blank(line)).filter(|_| opens);
    while range.start > 0
        && range.len() < MOST_LINES
        && title != Some(range.start - 1)
        && is_name(lines, range.start - 1, form)
        && !is_of_head[range.start - 1]
    {
        range.start -= 1;
    }
    let found = of_lines(lines, range, form)?;
    let end = lines.heading_end(found.lines.clone(), number_column(&found.fields), form, reader);
    let longer = (end > found.lines.end).then(|| of_lines(lines, found.lines.start..end, form)).flatten();
    Some(longer.unwrap_or(found))
}

/// Some lines as the heading; none where they are no heading of goals.
fn of_lines(lines: &Lines<'_>, range: Range<usize>, form: &GoalTableForm) -> Option<Head> {
    let moved = moved(lines, &range);
    let groups = groups(lines, &range, &moved);
    let head = Head { lines: range, fields: Vec::new(), groups, moved };
    let taken = assign(&columns(lines, &head, form), &BTreeSet::new(), form, Evidence::ALL);
    is_enough(&taken).then(|| Head { fields: taken.iter().map(|t| t.field).collect(), ..head })
}

/// The heading of a further page: the same texts as on the first one.
pub(crate) fn find_again(lines: &Lines<'_>, first: &Lines<'_>, head: &Head) -> Option<Head> {
    if lines.widest.len() != first.widest.len() {
        return None;
    }
    let mut known: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in head.lines.clone() {
        for col in 0..first.widest.len() {
            let text = first.text(line, col);
            if !text.is_empty() {
                known.entry(text).or_insert((line, col));
            }
        }
    }
    let is_same = |line: usize| {
        let (all, same) = lines.texts_of(line).fold((0, 0), |(all, same), t| (all + 1, same + usize::from(known.contains_key(t))));
        all == 0 || same * 100 >= all * SAME_PERCENT
    };
    let start = (0..lines.grid.len()).find(|&line| !lines.is_blank(line))?;
    let end = start + (start..lines.grid.len()).take_while(|&line| is_same(line)).count();
    let end = (start..end).rev().find(|&line| !lines.is_blank(line)).map_or(start, |last| last + 1);
    let mut again = Head { lines: start..end, fields: head.fields.clone(), groups: Vec::new(), moved: BTreeMap::new() };
    let mut of_groups: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (line, col) in (start..end).flat_map(|line| (0..lines.widest.len()).map(move |col| (line, col))) {
        let Some(&(was_line, was_col)) = known.get(lines.text(line, col)) else { continue };
        match head.groups.iter().position(|g| g.cells.contains(&(was_line, was_col))) {
            Some(group) => of_groups.entry(group).or_default().push((line, col)),
            None => {
                let meant = head.column(was_line, was_col).unwrap_or(col);
                if meant != col {
                    again.moved.insert((line, col), meant);
                }
            }
        }
    }
    again.groups = of_groups.into_iter().map(|(group, cells)| Group { cols: head.groups[group].cols.clone(), cells }).collect();
    Some(again)
}

/// A line of short names, or of remarks in brackets that say what to fill in, whatever their words.
fn goes_on(lines: &Lines<'_>, start: usize, line: usize, form: &GoalTableForm) -> bool {
    is_name(lines, line, form) || {
        let is_remark = |col: usize| lines.text(line, col).starts_with(['（', '(']) || lines.has_open_bracket(start..line, col);
        let is_short = |col: usize| is_short(lines.text(line, col));
        let filled = || (0..lines.widest.len()).filter(|&col| !lines.text(line, col).is_empty());
        filled().any(is_remark) && filled().all(|col| is_remark(col) || is_short(col))
    }
}

/// The points of some lines as the heading; none where they are no heading of goals.
fn weigh(lines: &Lines<'_>, range: Range<usize>, form: &GoalTableForm) -> Option<i32> {
    let head = Head { lines: range.clone(), fields: Vec::new(), groups: Vec::new(), moved: BTreeMap::new() };
    let count = lines.widest.len();
    if (0..count).any(|col| lines.names_two(range.clone(), col, form)) {
        return None;
    }
    let columns = columns(lines, &head, form);
    // A remark in brackets may be as long as it likes.
    let length = |part: &String| part.split(['（', '(']).next().map_or(0, |name| name.chars().count());
    let lengths = columns.iter().map(|c| c.path.iter().map(length).sum::<usize>());
    let (named, long) = lengths.fold((0, 0), |(named, long), n| (named + usize::from(n > 0), long + n.saturating_sub(USUAL_NAME)));
    if named * 3 < count * 2 {
        return None;
    }
    let taken = assign(&columns, &BTreeSet::new(), form, Evidence::ALL);
    let of_fields: i32 = taken.iter().filter(|t| t.field.is_some()).map(|t| t.points).sum();
    is_enough(&taken).then(|| of_fields + POINTS_OF_NAME * named as i32 - POINTS_OF_LENGTH * long as i32)
}

/// The columns with their headings and what stands in them.
fn columns(lines: &Lines<'_>, head: &Head, form: &GoalTableForm) -> Vec<Column> {
    let body = head.lines.end..lines.body_end(head.lines.end);
    let mut paths: Vec<Vec<String>> = vec![Vec::new(); lines.widest.len()];
    for group in &head.groups {
        let text: String = group.cells.iter().map(|&(line, col)| lines.text(line, col)).collect();
        paths[group.cols.clone()].iter_mut().for_each(|p| p.push(text.clone()));
    }
    for (col, path) in paths.iter_mut().enumerate() {
        let own = head.lines.clone().flat_map(|line| (0..lines.widest.len()).map(move |at| (line, at)));
        let own: String = own.filter(|&(line, at)| head.column(line, at) == Some(col)).map(|(line, at)| lines.text(line, at)).collect();
        path.push(own);
    }
    paths.into_iter().enumerate().map(|(col, path)| Column { path, contents: contents(lines, col, body.clone(), form) }).collect()
}

/// What stands in a column: line by line, stretch by stretch of lines that follow each other, whichever shows more; of
/// running text entry by entry.
fn contents(lines: &Lines<'_>, col: usize, body: Range<usize>, form: &GoalTableForm) -> Contents {
    let (mut by_line, mut by_stretch, mut by_entry) = (Contents::default(), Contents::default(), Contents::default());
    let (mut stretch, mut entry) = (String::new(), String::new());
    for line in body {
        let text = lines.text(line, col);
        let begins = text.is_empty() || text.starts_with(|m| form.bullets.contains(&m));
        if begins || entry.ends_with('。') {
            by_entry.add(&std::mem::take(&mut entry), form);
        }
        entry.push_str(text);
        if text.is_empty() {
            by_stretch.add(&std::mem::take(&mut stretch), form);
        } else {
            by_line.add(text, form);
            stretch.push_str(text);
        }
    }
    by_stretch.add(&stretch, form);
    by_entry.add(&entry, form);
    let most = |c: &Contents| [Field::Number, Field::Deadline, Field::Divisions, Field::Achievement].map(|f| c.points(f)).into_iter().max();
    match () {
        () if by_entry.is_text() || by_entry.says_states() => by_entry,
        () if most(&by_stretch) > most(&by_line) => by_stretch,
        () => by_line,
    }
}

/// Texts of a heading that stand beside their column: right above or below a text of the next one, and none of their own.
fn moved(lines: &Lines<'_>, range: &Range<usize>) -> BTreeMap<(usize, usize), usize> {
    let count = lines.widest.len();
    let mut moved = BTreeMap::new();
    for (line, col) in range.clone().flat_map(|line| (0..count).map(move |col| (line, col))) {
        let Some(place) = lines.place(line, col) else { continue };
        let others = |at: usize| range.clone().filter(move |&l| l != line).filter_map(move |l| lines.place(l, at));
        let meets = |at: usize| others(at).any(|p| p.start < place.end && place.start < p.end);
        let has_others = others(col).next().is_some();
        let beside = [col.checked_sub(1), Some(col + 1).filter(|&c| c < count)];
        let is_free = |at: &usize| lines.text(line, *at).is_empty();
        let meant = beside.into_iter().flatten().filter(is_free).find(|&at| meets(at));
        if let Some(meant) = meant.filter(|_| has_others && !meets(col)) {
            moved.insert((line, col), meant);
        }
    }
    moved
}

/// The texts of a heading that stand over several columns. Headings are centred: a text is over those columns whose
/// middle it stands at, and whose own texts stand below it.
fn groups(lines: &Lines<'_>, range: &Range<usize>, moved: &BTreeMap<(usize, usize), usize>) -> Vec<Group> {
    let count = lines.widest.len();
    let bounds = lines.bounds(range.end);
    let has_own = |line: usize, col: usize| !lines.text(line, col).is_empty() && !moved.contains_key(&(line, col));
    let own: Vec<Vec<usize>> = (0..count).map(|col| range.clone().filter(|&line| has_own(line, col)).collect()).collect();
    // Twice the middle of the lines of a text.
    let middle = |first: usize, last: usize| (first + last) as i32;
    let whole = middle(range.start, range.end - 1);
    // A text of an odd number of lines beside an even one has a line of its own, half a line off.
    let off = |at: i32, place: i32| ((at - place).abs() - 1).max(0);
    let off_whole = |col: usize| own[col].first().zip(own[col].last()).map_or(0, |(&a, &b)| off(middle(a, b), whole));
    let off_below = |texts: &[usize], top: usize| {
        let of_part = middle(top + 1, range.end - 1);
        texts.first().zip(texts.last()).map_or(0, |(&a, &b)| off(middle(a, b), of_part))
    };
    let centre = |texts: &[usize], col: usize| {
        let places = || texts.iter().filter_map(|&line| lines.place(line, col));
        let (from, to) = (places().map(|p| p.start).min().unwrap_or(0), places().map(|p| p.end).max().unwrap_or(0));
        (from + to) as i32
    };
    let mut found: Vec<(i32, Group)> = Vec::new();
    let mut of_columns: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count];
    for place in
        range.clone().flat_map(|line| (0..count).map(move |col| (line, col))).filter(|&(line, col)| !lines.text(line, col).is_empty())
    {
        of_columns[moved.get(&place).copied().unwrap_or(place.1)].push(place);
    }
    found.extend(groups::by_first_line(lines, range.start, range.end, &of_columns, &bounds).into_iter().map(|group| (i32::MAX, group)));
    for col in 0..count {
        for length in 1..own[col].len() {
            let (texts, below) = own[col].split_at(length);
            let top = texts[length - 1];
            // All other columns below it have no text beside it.
            let fits = |&at: &usize| own[at].first().is_some_and(|&first| first > top) || at == col;
            let from = (0..=col).rev().take_while(fits).last().unwrap_or(col);
            let to = (col..count).take_while(fits).last().unwrap_or(col);
            for cols in (from..=col).flat_map(|a| (col..=to).map(move |b| a..b + 1)).filter(|c| c.len() > 1) {
                let inner = |at: usize| if at == col { below } else { &own[at][..] };
                let apart: i32 = cols.clone().map(|at| off_below(inner(at), top)).sum();
                let together: i32 = cols.clone().map(off_whole).sum();
                // Lines of one heading are centred on each other, as a group is on its columns.
                let aside = (bounds[cols.start].start + bounds[cols.end - 1].end) as i32;
                let by_place = (centre(texts, col) - centre(below, col)).abs() - (centre(texts, col) - aside).abs();
                let gain = by_place + LINE * (together - apart);
                if gain > UNSURE {
                    found.push((gain, Group { cols, cells: texts.iter().map(|&line| (line, col)).collect() }));
                }
            }
        }
    }
    found.sort_by_key(|(gain, group)| (std::cmp::Reverse(*gain), group.cols.start, group.cols.end));
    let mut groups: Vec<Group> = Vec::new();
    for (_, group) in found {
        if groups.iter().all(|g| g.cols.end <= group.cols.start || group.cols.end <= g.cols.start) {
            groups.push(group);
        }
    }
    groups.sort_by_key(|g| g.cols.start);
    groups
}

impl Lines<'_> {
    /// The first column whose heading is two names on one line, which the blanks between them did not part: what stands in it and
    /// behind may be of the column beside.
    pub(crate) fn two_names(&self, head: &Head, reader: &Reader<'_>) -> Option<usize> {
        let is_name = |word: &str| word.chars().count() >= SHORTEST_NAME && word.chars().all(seisho_model::script::is_japanese);
        let has_two = |line: usize, col: usize| {
            let Some(cell) = self.grid[line][col] else { return false };
            let raw = self.table.cells[cell].run().raw(reader.pages);
            raw.split_whitespace().count() > 1 && raw.split_whitespace().all(is_name)
        };
        (0..self.widest.len()).find(|&col| head.lines.clone().any(|line| has_two(line, col)))
    }

    /// The table of a heading and rows: texts over several columns are a row above the others.
    pub(crate) fn table_of(&self, head: &Head, rows: &[Row]) -> Table {
        let texts = |cells: &mut dyn Iterator<Item = usize>| cells.flat_map(|c| self.table.cells[c].lines.iter().cloned()).collect();
        let cols = self.table.cols;
        let above = u32::from(!head.groups.is_empty());
        let mut cells: Vec<Cell> = Vec::new();
        for group in &head.groups {
            let mut own = group.cells.iter().filter_map(|&(line, col)| self.grid[line][col]);
            let col = group.cols.start as u32..group.cols.end as u32;
            cells.push(Cell { row: 0..1, col, header: false, room: None, lines: texts(&mut own) });
        }
        let below = if head.lines.is_empty() { 0 } else { above + 1 };
        for col in (0..cols as usize).filter(|_| !head.lines.is_empty()) {
            let is_below = head.groups.iter().any(|g| g.cols.contains(&col));
            let all = head.lines.clone().flat_map(|line| (0..cols as usize).map(move |at| (line, at)));
            let mut own = all.filter(|&(line, at)| head.column(line, at) == Some(col)).filter_map(|(line, at)| self.grid[line][at]);
            let row = if is_below { above..below } else { 0..below };
            cells.push(Cell { row, col: col as u32..col as u32 + 1, header: false, room: None, lines: texts(&mut own) });
        }
        let rows: Vec<&Row> = rows.iter().filter(|row| row.apart != Some(Apart::Sum)).collect();
        for (row, of) in (below..).zip(&rows) {
            cells.extend(self.cells_of(row, of));
        }
        cells.sort_by_key(|c| (c.row.start, c.col.start));
        Table { form: TableForm::Columns, rows: below + rows.len() as u32, cols, cells, edges: None }
    }
}
