//! The lines of wide columns put together to texts again, and the column of each text: in every column a line goes on
//! with the text last begun there, or begins one. All lines together, by a search that keeps the best hypotheses so far: how
//! well lines go on with each other, and how well texts, when they end, fit their columns.

use crate::cells::interleaving::{Turns, across_blocks};
use crate::cells::kinds::{self, KINDS};
use crate::cells::links::{self, Thread};
use crate::cells::statistics::Habits;
use crate::fields::LISTS;
use crate::text::segments::Segment;
use seisho_japanese::tokenizer::Worker;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Hypotheses kept after every line.
const MOST_HYPOTHESES: usize = 32;
/// A line goes on with a text from so many points on.
const ENOUGH: i32 = 25;
/// Points of a line for one of a text's fit into its column.
const FIT: i32 = 4;
/// For a text that begins as no text begins.
const BEGINS: i32 = -12;
const BEGINS_AS_REST: i32 = -30;
/// So many items below lines that do not end, and so many of all in percent, show columns in turn.
const FEWEST_TURNS: usize = 2;
const TURNS_PERCENT: usize = 10;
/// For methods without a mark, where every fourth line of a dump has one.
const UNMARKED: i32 = -8;
/// No text begins with a line of fewer characters, or few.
const SHORTEST: usize = 4;

/// The lines of a dump as a graph: which line may go on with which, and what tells how well.
pub(crate) struct LineGraph<'a> {
    pub(crate) segments: &'a [Segment],
    /// The lines of wide columns, in order.
    pub(crate) body: &'a [usize],
    /// What a list's items begin with.
    pub(crate) marks: &'a [char],
    pub(crate) habits: &'a Habits,
    /// A row's number stands right before a segment.
    pub(crate) begins_row: &'a dyn Fn(usize) -> bool,
}

/// A text in the making. Those of the same lines are one, whatever else their hypotheses say.
struct Text {
    /// Its number: texts of other lines have another one.
    id: usize,
    thread: Thread,
    /// The width of its widest line.
    widest: u32,
    /// Points for it in each column.
    fit: [i32; 4],
}

/// A hypothesis about the lines so far: the last text of every column.
#[derive(Clone)]
struct Hypothesis {
    points: i32,
    open: [Option<Rc<Text>>; 4],
    /// The column of the line before.
    latest: usize,
    /// How the lines of its last block came.
    turns: Turns,
    /// Its last step, by index.
    step: usize,
}

/// How the cells of a dump lie in its blocks of lines.
#[derive(Clone, Copy)]
struct Interleaving {
    /// Points for methods right below a target.
    turn: i32,
    /// The lines of two columns come in turn.
    in_turn: bool,
    /// Texts are items of lists.
    in_lists: bool,
}

/// The first and last line of a text.
type Ends = Option<(usize, usize)>;

/// A line in a column, behind another step.
#[derive(Clone, Copy)]
struct Step {
    before: usize,
    column: usize,
    begins: bool,
}

/// A step that a hypothesis could take.
struct Choice {
    points: i32,
    hypothesis: usize,
    column: usize,
    begins: bool,
}

/// What was judged before, of a text by its number, none where one begins, with the line behind it.
#[derive(Default)]
struct Known(BTreeMap<(Option<usize>, usize), Longer>);

/// A text with one more line.
#[derive(Clone, Copy)]
struct Longer {
    id: usize,
    /// How well the line goes on with the text, by the words.
    by_language: i32,
    fit: [i32; 4],
}

/// How a line would go on with a text.
struct Link {
    longer: Rc<Text>,
    /// Points by words and place, where the line before is of another column and where it is of the same.
    points: [i32; 2],
    /// Lines between, and whether all of them are of one block.
    passed: usize,
    is_one_block: bool,
}

/// A line, with what does not depend on the hypothesis.
struct Here {
    position: usize,
    /// For a line beside another one, by column.
    side: [i32; 4],
    /// The text that it begins; points for beginning one, by the column of the line before and its own.
    fresh: Rc<Text>,
    begins: [[i32; 4]; 4],
    /// How it goes on with texts, by their numbers; none where it stands pages away.
    links: Vec<(usize, Option<Link>)>,
    /// Lines up to it, itself included, that stand right below each other.
    joined: usize,
}

/// The texts, by where they begin, each with its column: an index of [`KINDS`].
pub(crate) fn find(graph: &LineGraph<'_>, worker: &mut Worker) -> Vec<(Thread, usize)> {
    let mut known = Known::default();
    let mut interleaving = Interleaving { turn: kinds::LOOSE_TURN, in_turn: graph.shows_turns(worker), in_lists: graph.shows_lists() };
    let loose = graph.search(interleaving, &mut known, worker);
    // Where blocks of lines hold one cell each, a target ends with its block.
    if graph.has_turns_inside_blocks(&loose) {
        return loose;
    }
    interleaving.turn = kinds::STRICT_TURN;
    graph.search(interleaving, &mut known, worker)
}

impl LineGraph<'_> {
    fn search(&self, interleaving: Interleaving, known: &mut Known, worker: &mut Worker) -> Vec<(Thread, usize)> {
        let mut steps: Vec<Step> = Vec::new();
        let mut hypotheses = vec![Hypothesis { points: 0, open: [const { None }; 4], latest: 0, turns: Turns::default(), step: 0 }];
        let mut joined = 0;
        for position in 0..self.body.len() {
            joined = if self.is_joined(position) { joined + 1 } else { 0 };
            let mut here = self.here(position, joined, interleaving, known, worker);
            let mut choices: Vec<Choice> = Vec::with_capacity(hypotheses.len() * 2 * KINDS.len());
            for (index, hypothesis) in hypotheses.iter().enumerate() {
                for column in 0..KINDS.len() {
                    if let Some(text) = hypothesis.open[column].as_ref().filter(|_| !here.fresh.thread.bullet) {
                        let points = self.goes_on(hypothesis, text, column, &mut here, interleaving, known, worker);
                        choices.extend(points.map(|points| Choice { points, hypothesis: index, column, begins: false }));
                    }
                    let points = hypothesis.points + here.side[column] + here.begins[hypothesis.latest][column] + here.fresh.fit[column];
                    choices.push(Choice { points, hypothesis: index, column, begins: true });
                }
            }
            hypotheses = best(&hypotheses, choices, &here, &mut steps);
        }
        self.trace(&steps, hypotheses[0].step)
    }

    fn here(&self, position: usize, joined: usize, interleaving: Interleaving, known: &mut Known, worker: &mut Worker) -> Here {
        let index = self.body[position];
        let (line, bullet) = (&self.segments[index], self.is_bullet(position));
        let thread = Thread { segments: vec![index], bullet, text: line.text.clone() };
        let Longer { id, fit, .. } = known.of((None, position), || (0, self.fit(&thread, worker)));
        let place = links::place_in_pair(self.segments, index);
        let of_kinds = |of: &dyn Fn(usize) -> i32| std::array::from_fn(of);
        Here {
            position,
            side: of_kinds(&|column| FIT * kinds::by_side(place, column)),
            fresh: Rc::new(Text { id, thread, widest: line.width(), fit }),
            begins: std::array::from_fn(|latest| of_kinds(&|column| self.begins(latest, position, column, interleaving))),
            links: Vec::new(),
            joined,
        }
    }

    /// Points of a hypothesis with a line that goes on with one of its texts; none where it stands pages away.
    #[expect(clippy::too_many_arguments, reason = "a line, a text and what is known of both")]
    fn goes_on(
        &self,
        hypothesis: &Hypothesis,
        text: &Text,
        column: usize,
        here: &mut Here,
        interleaving: Interleaving,
        known: &mut Known,
        worker: &mut Worker,
    ) -> Option<i32> {
        let at = here.links.iter().position(|(id, _)| *id == text.id).unwrap_or_else(|| {
            here.links.push((text.id, self.link(text, here, known, worker)));
            here.links.len() - 1
        });
        let link = here.links[at].1.as_ref()?;
        let (last, lines) = (text.thread.segments[text.thread.segments.len() - 1], text.thread.segments.len());
        let by_turn = match link.passed {
            0 => 0,
            _ if !link.is_one_block => across_blocks(here.joined > 0),
            1 if kinds::is_wide(hypothesis.latest) => hypothesis.turns.points(last, lines, Some(interleaving.in_turn)),
            _ => hypothesis.turns.points(last, lines, None),
        };
        let points = link.points[usize::from(hypothesis.latest == column)] + by_turn - ENOUGH;
        Some(hypothesis.points + here.side[column] + points + link.longer.fit[column] - text.fit[column])
    }

    fn link(&self, text: &Text, here: &Here, known: &mut Known, worker: &mut Worker) -> Option<Link> {
        let next = self.body[here.position];
        let last = text.thread.segments[text.thread.segments.len() - 1];
        if self.segments[next].page() > self.segments[last].page() + 1 {
            return None;
        }
        let thread = self.longer(&text.thread, here.position);
        let Longer { id, by_language, fit } = known.of((Some(text.id), here.position), || {
            (links::by_language(&text.thread, &self.segments[next], self.habits, worker), self.fit(&thread, worker))
        });
        let passed = here.position - 1 - self.body[..here.position].partition_point(|&i| i < last);
        let points = [false, true].map(|latest| {
            let by_place = links::by_place(self.segments, &text.thread, text.widest, next, passed, latest, self.habits);
            links::together(by_place, by_language, passed)
        });
        let longer = Rc::new(Text { id, thread, widest: text.widest.max(self.segments[next].width()), fit });
        Some(Link { longer, points, passed, is_one_block: here.joined > passed })
    }

    fn is_bullet(&self, position: usize) -> bool {
        let text = &self.segments[self.body[position]].text;
        text.chars().next().is_some_and(|c| self.marks.contains(&c)) && !links::is_rest_of_pair(text)
    }

    /// A line stands right below the one before it, or beside it.
    fn is_joined(&self, position: usize) -> bool {
        let before = position.checked_sub(1).map(|before| &self.segments[self.body[before]]);
        before.is_some_and(|before| self.segments[self.body[position]].is_next_to(before))
    }

    /// Points for a line that begins a text, behind a line of the column `latest`.
    fn begins(&self, latest: usize, position: usize, column: usize, interleaving: Interleaving) -> i32 {
        let next = &self.segments[self.body[position]];
        let is_short = (2..=SHORTEST).contains(&next.text.chars().count()) && !self.habits.cells.contains(&next.text);
        let rest =
            if is_short || links::is_remark(&next.text) || crate::cells::narrow_cells::is_rest(&next.text) { BEGINS_AS_REST } else { 0 };
        let joined = position.checked_sub(1).is_some_and(|before| next.is_below(&self.segments[self.body[before]]));
        let row = if (self.begins_row)(self.body[position]) { kinds::at_row(column) } else { 0 };
        let in_turn = interleaving.in_turn && kinds::is_wide(latest) && kinds::is_wide(column);
        let is_unmarked = interleaving.in_lists && KINDS[column] == LISTS[1] && !self.is_bullet(position);
        let unmarked = if is_unmarked { UNMARKED } else { 0 };
        let step = if joined && !in_turn { kinds::step(latest, column, interleaving.turn) } else { 0 };
        BEGINS + rest + unmarked + FIT * (row + step)
    }

    /// Points for a text in each column, as far as it goes.
    fn fit(&self, thread: &Thread, worker: &mut Worker) -> [i32; 4] {
        kinds::points(thread, self.habits, worker).map(|points| FIT * points)
    }

    fn fresh(&self, position: usize) -> Thread {
        let index = self.body[position];
        Thread { segments: vec![index], bullet: self.is_bullet(position), text: self.segments[index].text.clone() }
    }

    fn longer(&self, thread: &Thread, position: usize) -> Thread {
        let mut thread = thread.clone();
        thread.segments.push(self.body[position]);
        thread.text.push_str(&self.segments[self.body[position]].text);
        thread
    }

    /// The texts of a hypothesis, from its last step back.
    fn trace(&self, steps: &[Step], last: usize) -> Vec<(Thread, usize)> {
        let mut taken: Vec<Step> = Vec::with_capacity(self.body.len());
        let mut at = last;
        for _ in self.body {
            taken.push(steps[at]);
            at = steps[at].before;
        }
        taken.reverse();
        let mut texts: Vec<(Thread, usize)> = Vec::new();
        let mut open: [Option<usize>; 4] = [None; 4];
        for (position, step) in taken.iter().enumerate() {
            let index = self.body[position];
            match open[step.column].filter(|_| !step.begins) {
                Some(text) => {
                    texts[text].0.segments.push(index);
                    texts[text].0.text.push_str(&self.segments[index].text);
                }
                None => {
                    open[step.column] = Some(texts.len());
                    texts.push((self.fresh(position), step.column));
                }
            }
        }
        texts
    }

    /// Items of lists begin below lines that do not end, as where the lines of two columns come in turn.
    fn shows_turns(&self, worker: &mut Worker) -> bool {
        let begins: Vec<usize> = (1..self.body.len()).filter(|&p| self.is_joined(p) && self.is_bullet(p)).collect();
        let above_open = begins.iter().filter(|&&p| kinds::is_open_end(&self.segments[self.body[p - 1]].text, worker)).count();
        above_open >= FEWEST_TURNS && above_open * 100 >= begins.len() * TURNS_PERCENT
    }

    fn shows_lists(&self) -> bool {
        (0..self.body.len()).filter(|&p| self.is_bullet(p)).count() * 4 > self.body.len()
    }

    /// Targets and methods below them share blocks, often enough.
    fn has_turns_inside_blocks(&self, texts: &[(Thread, usize)]) -> bool {
        let (mut inside, mut apart) = (0, 0);
        for pair in texts.windows(2).filter(|w| kinds::is_turn(w[0].1, w[1].1)) {
            let last = &self.segments[pair[0].0.segments[pair[0].0.segments.len() - 1]];
            let first = &self.segments[pair[1].0.segments[0]];
            *(if first.line <= last.line || first.is_below(last) { &mut inside } else { &mut apart }) += 1;
        }
        inside * 5 > apart
    }
}

impl Known {
    /// What a text with one more line is, from before or from `judge`: points for the line by the words, and for the text
    /// in each column.
    fn of(&mut self, key: (Option<usize>, usize), judge: impl FnOnce() -> (i32, [i32; 4])) -> Longer {
        let id = self.0.len();
        *self.0.entry(key).or_insert_with(|| {
            let (by_language, fit) = judge();
            Longer { id, by_language, fit }
        })
    }
}

/// The best choices, one for each set of texts that may go on.
fn best(hypotheses: &[Hypothesis], mut choices: Vec<Choice>, here: &Here, steps: &mut Vec<Step>) -> Vec<Hypothesis> {
    choices.sort_unstable_by_key(|c| (std::cmp::Reverse(c.points), c.hypothesis, c.column, c.begins));
    let mut seen: BTreeSet<(usize, [Ends; 4])> = BTreeSet::new();
    let mut best = Vec::with_capacity(MOST_HYPOTHESES);
    for choice in choices {
        let hypothesis = after(&hypotheses[choice.hypothesis], &choice, here);
        let ends = |t: &Option<Rc<Text>>| t.as_ref().map(|t| (t.thread.segments[0], t.thread.segments[t.thread.segments.len() - 1]));
        if seen.insert((hypothesis.latest, hypothesis.open.each_ref().map(ends))) {
            steps.push(Step { before: hypotheses[choice.hypothesis].step, column: choice.column, begins: choice.begins });
            best.push(Hypothesis { step: steps.len() - 1, ..hypothesis });
        }
        if best.len() == MOST_HYPOTHESES {
            break;
        }
    }
    best
}

fn after(hypothesis: &Hypothesis, choice: &Choice, here: &Here) -> Hypothesis {
    let before = hypothesis.open[choice.column].as_ref().filter(|_| !choice.begins);
    let link = before.and_then(|text| here.links.iter().find(|(id, _)| *id == text.id)?.1.as_ref());
    let mut open = hypothesis.open.clone();
    open[choice.column] = Some(Rc::clone(link.map_or(&here.fresh, |link| &link.longer)));
    let turns = hypothesis.turns.after(here.fresh.thread.segments[0], here.joined > 0, hypothesis.latest == choice.column);
    Hypothesis { points: choice.points, open, latest: choice.column, turns, step: hypothesis.step }
}
