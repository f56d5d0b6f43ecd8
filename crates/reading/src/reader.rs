//! From a run of the source to the text of a value: line ends, layout spaces, entities. Every change is an
//! edit. Decides nothing about what the value is.

use crate::mend::{self, Mender};
use seisho_japanese::join::{Gap, Reason, Verdict, joint};
use seisho_japanese::normalize::record_changes;
use seisho_japanese::tokenizer::Worker;
use seisho_model::layout::Layout;
use seisho_model::script::is_japanese;
use seisho_model::{Change, Edited, Pages, Run, TextRange, Trust};

/// A text after edits and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Where it stands.
    pub run: Run,
    /// What the source said, what the record says, and the edits between.
    pub edited: Edited,
}

impl Reading {
    /// The text of the record.
    pub fn text(&self) -> &str {
        &self.edited.text
    }

    /// True when nothing is left to read.
    pub fn is_empty(&self) -> bool {
        self.edited.text.is_empty()
    }
}

/// A value begins and ends with ink: blanks that were entities (`&nbsp;`) are removed by an edit.
fn without_outer_blanks(edited: Edited) -> Edited {
    let body = edited.text.trim();
    if body.len() == edited.text.len() {
        return edited;
    }
    let start = edited.text.len() - edited.text.trim_start().len();
    let (from, to) = (edited.raw_position(start), edited.raw_position(start + body.len()));
    let mut changes: Vec<Change> = edited
        .edits
        .iter()
        .filter(|e| e.raw.start as usize >= from && e.raw.end as usize <= to)
        .map(|e| e.as_change(&edited.text))
        .collect();
    let outer = [TextRange::new(0, from), TextRange::new(to.max(from), edited.raw.len())];
    changes.extend(outer.into_iter().filter(|r| !r.is_empty()).map(|r| Change::lossless("trim", r, "")));
    Edited::apply(edited.raw, changes)
}

/// What to do with spaces inside a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spaces {
    /// They may be somebody's: names, titles.
    Keep,
    /// Those that cut a word were left by the layout.
    Close,
}

/// The end of a line, or of a piece of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// The line is full, and its text goes on in the next one.
    Wrapped,
    /// The words go on, though the line is not full.
    Guess,
    /// An entry or a paragraph ends.
    Entry,
    /// The same, though the words of the next line may go on.
    PerhapsEntry,
    /// A sentence or a whole clause ends, and so does the room: the text may go on.
    FullSentence,
    /// The next piece stands on the same line, after a gap.
    Beside,
    /// The next piece stands right behind, on the same line.
    Touching,
}

/// The rule by which lines of one text are joined.
pub const WRAPPED: &str = "join-wrapped-line";

/// Reads runs of one source.
pub struct Reader<'a> {
    /// What the source says.
    pub pages: &'a Pages,
    /// Where what it writes stands for something else.
    pub layout: &'a Layout,
    /// The thread's own tokenizer.
    pub worker: &'a mut Worker,
    /// Whether the source puts a space wherever Japanese meets Latin letters or digits, as some
    /// exporters do: such spaces are layout.
    pub spaced_scripts: bool,
    /// What readers of scans mix up.
    pub mender: &'a Mender,
}

impl Reader<'_> {
    /// The raw text of a run.
    pub fn raw(&self, run: &Run) -> String {
        run.raw(self.pages)
    }

    /// Reads a run just far enough to tell what it is: entities and tags as what they mean, line ends kept.
    pub fn glance(&self, run: &Run) -> Reading {
        let raw = run.raw(self.pages);
        let mut changes = Vec::new();
        self.stand_ins(run, &mut changes);
        Reading { run: run.clone(), edited: Edited::apply(raw, changes) }
    }

    /// Reads a run whose lines belong together.
    pub fn read(&mut self, run: &Run, spaces: Spaces) -> Reading {
        self.read_with(run, spaces, Vec::new())
    }

    /// Reads a run whose line ends are known: those of entries stay as they are.
    pub fn read_lines(&mut self, run: &Run, spaces: Spaces, ends: &[LineEnd]) -> Reading {
        let mut at = 0;
        let mut kept = Vec::new();
        let mut changes = Vec::new();
        for (piece, end) in run.0.iter().zip(ends) {
            at += piece.range.len();
            let gap = TextRange::new(at, at + 1);
            let change = |rule, with: &str, trust| Change { rule, raw: gap, with: with.to_owned(), trust };
            match end {
                LineEnd::Wrapped => {}
                LineEnd::Guess => changes.push(change(WRAPPED, "", Trust::Guess)),
                LineEnd::Beside => changes.push(change("join-with-blank", " ", Trust::Lossless)),
                LineEnd::Touching => changes.push(change("join-pieces", "", Trust::Lossless)),
                LineEnd::Entry | LineEnd::PerhapsEntry | LineEnd::FullSentence => kept.push(gap),
            }
            at += 1;
        }
        self.read_keeping(run, spaces, changes, &kept)
    }

    /// Reads a run whose lines belong together, with changes of the caller's that go first.
    pub fn read_with(&mut self, run: &Run, spaces: Spaces, changes: Vec<Change>) -> Reading {
        self.read_keeping(run, spaces, changes, &[])
    }

    /// The same; the line ends at `kept` stay.
    fn read_keeping(&mut self, run: &Run, spaces: Spaces, mut changes: Vec<Change>, kept: &[TextRange]) -> Reading {
        let raw = run.raw(self.pages);
        self.stand_ins(run, &mut changes);
        if mend::is_scanned(self.pages, run) {
            changes.extend(mend::looks::changes(self.pages, run, &raw, self.worker));
            changes.extend(self.mender.changes(&raw));
        }
        changes.extend(record_changes(&raw));
        join_lines(&raw, kept, &mut changes);
        if spaces == Spaces::Close {
            self.close_spaces(&raw, &mut changes);
        }
        let edited = Edited::apply(raw, changes);
        Reading { run: run.clone(), edited: without_outer_blanks(edited) }
    }

    /// What the source means where it writes `&amp;` or `<b>`.
    fn stand_ins(&self, run: &Run, changes: &mut Vec<Change>) {
        if self.layout.stand_ins.is_empty() {
            return;
        }
        let mut at = 0;
        for &piece in &run.0 {
            for stand_in in self.layout.stand_ins_in(piece) {
                let start = at + (stand_in.piece.range.start - piece.range.start) as usize;
                let raw = TextRange::new(start, start + stand_in.piece.range.len());
                changes.push(Change { rule: stand_in.rule, raw, with: stand_in.means.clone(), trust: stand_in.trust });
            }
            at += piece.range.len() + 1;
        }
    }

    /// Removes the spaces that the layout left inside words.
    fn close_spaces(&mut self, raw: &str, changes: &mut Vec<Change>) {
        for gap in inner_gaps(raw, |c| c == ' ' || c == '\u{A0}') {
            let (left, right) = (&raw[..gap.start as usize], &raw[gap.end as usize..]);
            let (Some(before), Some(after)) = (left.chars().next_back(), right.chars().next()) else { continue };
            if before.is_ascii() && after.is_ascii() {
                continue; // between Latin words or numbers a space is a space
            }
            let between_scripts = before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric();
            let is_layout = if between_scripts && self.spaced_scripts {
                true
            } else {
                let joint = joint(self.worker, left, right, Gap::Space);
                joint.verdict == Verdict::Join && cuts_a_phrase(joint.reason)
            };
            if is_layout {
                changes.push(Change::lossless("close-layout-space", gap, ""));
            }
        }
    }
}

/// Reasons for which nobody would have typed the space: it stands inside a word or a phrase. That both sides
/// belong to one text (an open bracket, say) is not enough.
fn cuts_a_phrase(reason: Reason) -> bool {
    matches!(reason, Reason::WordCut | Reason::LeftOpen | Reason::RightLeans)
}

/// True for text that ends with a whole sentence.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['」', '』', '）', ')', ' ', '　']).ends_with(['。', '．', '！', '？'])
}

/// Joins the lines of a value: between Latin words with a space, else with nothing.
fn join_lines(raw: &str, kept: &[TextRange], changes: &mut Vec<Change>) {
    // In order, as they were found.
    let is_kept = |gap: &TextRange| kept.get(kept.partition_point(|k| k.end <= gap.start)).is_some_and(|k| k.start < gap.end);
    for gap in inner_gaps(raw, |c| c == '\n' || c == '\r').into_iter().filter(|gap| !is_kept(gap)) {
        let (before, after) = (raw[..gap.start as usize].chars().next_back(), raw[gap.end as usize..].chars().next());
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        // A number that the line cut is one number, if it is one.
        let is_number = is_digit(before) && is_digit(after);
        let with = if is_latin(before) && is_latin(after) && !is_number { " " } else { "" };
        let trust = if is_number { Trust::Guess } else { Trust::Lossless };
        changes.push(Change { rule: WRAPPED, raw: gap, with: with.into(), trust });
    }
}

/// The stretches of white space that hold a character of the wanted kind, with text on both sides.
fn inner_gaps(raw: &str, wanted: impl Fn(char) -> bool) -> Vec<TextRange> {
    let mut gaps = Vec::new();
    let mut start = None;
    let mut has_wanted = false;
    for (at, c) in raw.char_indices() {
        if c.is_whitespace() {
            start.get_or_insert(at);
            has_wanted |= wanted(c);
        } else {
            if let Some(from) = start.take()
                && has_wanted
                && from > 0
            {
                gaps.push(TextRange::new(from, at));
            }
            has_wanted = false;
        }
    }
    gaps
}

/// Whether the source puts a space nearly wherever Japanese meets Latin letters or digits.
pub fn has_spaced_scripts(pages: &Pages) -> bool {
    let (mut meetings, mut spaced) = (0_u32, 0_u32);
    for page in &pages.0 {
        let mut before = ['\0', '\0'];
        for c in page.text.chars() {
            let meets = |a: char, b: char| (is_japanese(a) && b.is_ascii_alphanumeric()) || (a.is_ascii_alphanumeric() && is_japanese(b));
            meetings += u32::from(meets(before[1], c));
            if before[1] == ' ' && meets(before[0], c) {
                meetings += 1;
                spaced += 1;
            }
            before = [before[1], c];
        }
    }
    spaced >= ENOUGH_SPACED && spaced * 10 >= meetings * 8
}

/// Fewer spaces between scripts than this show no habit.
const ENOUGH_SPACED: u32 = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_have_text_on_both_sides() {
        let gaps = inner_gaps(" 窓口 の\n改善 ", |c| c == ' ');
        assert_eq!(gaps, [TextRange::new(7, 8)]);
    }

    #[test]
    fn latin_words_keep_their_space_when_lines_are_joined() {
        let mut changes = Vec::new();
        join_lines("Google\nWorkspace の\n活用", &[], &mut changes);
        assert_eq!(Edited::apply("Google\nWorkspace の\n活用", changes).text, "Google Workspace の活用");
        let mut changes = Vec::new();
        join_lines("前年度の5\n7.3％", &[], &mut changes);
        assert_eq!(Edited::apply("前年度の5\n7.3％", changes).text, "前年度の57.3％");
    }
}
