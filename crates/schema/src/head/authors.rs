//! Posts and names: who signs the document. A post is known by its rank; a name has no shape of its own.

use super::spaced;
use crate::recorder::Recorder;
use seisho_forms::HeadWords;
use seisho_model::codes::head::m008;
use seisho_model::geometry::Rect;
use seisho_model::record::Author;
use seisho_model::{Edited, Finding, Pages, Piece, Pointer, Run, TextRange};
use seisho_reading::{Reader, Reading, Spaces};

/// No Japanese name is longer, in characters.
pub(crate) const LONGEST_NAME: usize = 20;
/// No post is longer, in characters.
const LONGEST_POST: usize = 30;

/// True for a text that ends in a rank.
fn is_post(text: &str, words: &HeadWords) -> bool {
    let is_plain = text.chars().nth(LONGEST_POST).is_none() && !text.contains(['。', '、', '「', '，']);
    let bare = bare_of_remark(text, words);
    is_plain && words.ranks.iter().any(|r| bare.ends_with(r.as_str()) && bare.chars().count() > 1)
}

/// A post without a remark in brackets behind it: 経済部長（職務代理）. Another post in them is whom the text speaks of:
/// 防火管理者（月岡主幹）.
fn bare_of_remark<'t>(text: &'t str, words: &HeadWords) -> &'t str {
    let bare = [('（', '）'), ('(', ')')].iter().find_map(|&(open, close)| {
        let (bare, remark) = text.strip_suffix(close)?.rsplit_once(open)?;
        let is_post = words.ranks.iter().any(|rank| remark.ends_with(rank.as_str()));
        (!bare.is_empty() && !is_post && !bare.contains(char::is_whitespace)).then(|| bare.trim_end())
    });
    bare.unwrap_or(text)
}

/// The posts of a value: one a line, or several on a line each of which ends in a rank.
pub(crate) fn posts(value: &Reading, words: &HeadWords, reader: &mut Reader<'_>) -> Vec<Reading> {
    let mut posts = Vec::new();
    for line in whole_posts(lines(value, reader), words, reader) {
        let chunks = chunks(line.text());
        if chunks.len() > 1 && chunks.iter().all(|c| is_post(&line.text()[c.as_usize()], words)) {
            posts.extend(chunks.iter().map(|&c| spaced(&line.run.part(line.edited.to_raw(c)), reader)));
        } else {
            posts.push(line);
        }
    }
    posts
}

/// Posts that a line end cuts put together again: a line without a rank at its end goes on where the next has one.
fn whole_posts(lines: Vec<Reading>, words: &HeadWords, reader: &mut Reader<'_>) -> Vec<Reading> {
    let mut posts: Vec<Reading> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(last) = posts.last_mut().filter(|last| !is_post(last.text(), words)) {
            let run = Run(last.run.0.iter().chain(&line.run.0).copied().collect());
            let changes = seisho_japanese::normalize::letter_spacing_changes(&reader.raw(&run));
            let both = reader.read_with(&run, Spaces::Keep, changes);
            if is_post(both.text(), words) {
                *last = both;
                continue;
            }
        }
        posts.push(line);
    }
    posts
}

/// The lines of a value, each a reading.
pub(crate) fn lines(value: &Reading, reader: &mut Reader<'_>) -> Vec<Reading> {
    let lines: Vec<Reading> = drawn_lines(&value.run, reader.pages).iter().map(|run| spaced(run, reader)).collect();
    lines.into_iter().map(|line| without_seal(line, reader)).filter(|line| !line.is_empty()).collect()
}

/// The pieces of a value, those of one line of a drawn page together: a blank of an em that the file does not hold parts 西尾　瑞穂.
fn drawn_lines(run: &Run, pages: &Pages) -> Vec<Run> {
    let bounds = |piece: &Piece| {
        let ink = pages.0[piece.page as usize].ink.as_ref()?;
        ink.glyphs_of(piece.range).map(|g| g.rect).reduce(Rect::union)
    };
    let goes_on = |last: &Piece, next: &Piece| {
        let (Some(a), Some(b)) = (bounds(last), bounds(next)) else { return false };
        let gap = b.x0.0 - a.x1.0;
        let is_level = a.contains((a.center().0, b.center().1)) && b.contains((b.center().0, a.center().1));
        last.page == next.page && is_level && (0..=a.height().0.max(b.height().0)).contains(&gap)
    };
    let mut lines: Vec<Run> = Vec::new();
    for &piece in &run.0 {
        match lines.last_mut().filter(|line| line.0.last().is_some_and(|last| goes_on(last, &piece))) {
            Some(line) => line.0.push(piece),
            None => lines.push(Run(vec![piece])),
        }
    }
    lines
}

/// A name without the mark of a seal behind it: 森下 和也 ㊞, 森下 和也（印）.
fn without_seal(line: Reading, reader: &mut Reader<'_>) -> Reading {
    let text = line.text();
    let bare = bare_of_seal(text);
    if bare.len() == text.len() {
        return line;
    }
    let start = bare.as_ptr() as usize - text.as_ptr() as usize;
    let range = TextRange::new(start, start + bare.len());
    spaced(&line.run.part(line.edited.to_raw(range)), reader)
}

/// What stands for a seal beside a name.
const SEALS: [&str; 12] =
    ["㊞", "（印）", "(印)", "［印］", "[印]", "〔印〕", "（公印省略）", "(公印省略)", "公印省略", "職印", "公印", "印"];

/// A text without what stands for a seal at its ends; a word that may end a name needs a blank before it.
fn bare_of_seal(text: &str) -> &str {
    let mut bare = text.trim();
    loop {
        let before = bare.len();
        for seal in SEALS {
            let Some(rest) = bare.strip_suffix(seal) else { continue };
            let is_word = seal.ends_with(['印', '略']) && !seal.starts_with(['（', '(', '［', '[', '〔']);
            if !is_word || rest.is_empty() || rest.ends_with(|c: char| c.is_whitespace() || matches!(c, '○' | '◯' | '〇')) {
                bare = rest.trim_end_matches(['○', '◯', '〇']).trim_end();
            }
        }
        bare = bare.strip_prefix('㊞').unwrap_or(bare).trim_start();
        if bare.len() == before {
            return bare;
        }
    }
}

/// The stretches of a text between white space and colons.
fn chunks(text: &str) -> Vec<TextRange> {
    let start = |chunk: &str| chunk.as_ptr() as usize - text.as_ptr() as usize;
    text.split(|c: char| c.is_whitespace() || matches!(c, ':' | '：'))
        .filter(|c| !c.is_empty())
        .map(|c| TextRange::new(start(c), start(c) + c.len()))
        .collect()
}

/// A post, with the name behind it if there is one: `市民部長　玉井 理加`.
pub(crate) fn post_and_name(reading: &Reading, words: &HeadWords, reader: &mut Reader<'_>) -> Option<(Reading, Option<Reading>)> {
    let text = reading.text();
    if text.contains(['。', '、']) {
        return None;
    }
    let bare = without_label(without_trimmings(text), words);
    let offset = bare.as_ptr() as usize - text.as_ptr() as usize;
    let (post_end, name_start) = boundary(bare, words)?;
    let part = |start: usize, end: usize, reader: &mut Reader<'_>| {
        spaced(&reading.run.part(reading.edited.to_raw(TextRange::new(offset + start, offset + end))), reader)
    };
    let name = &bare[name_start..];
    if name.chars().count() > LONGEST_NAME || is_post(name, words) {
        return None;
    }
    let post = part(0, post_end, reader);
    let seal = name.len() - bare_of_seal(name).len();
    let name_start = if bare[name_start..].starts_with('㊞') { name_start + seal } else { name_start };
    let name = (!name.is_empty()).then(|| part(name_start, bare.len(), reader));
    Some((post, name))
}

/// A signature without what it is called: 所属長職・氏名：市民部長 玉井 理加. What stands before a colon may be the post itself.
fn without_label<'t>(text: &'t str, words: &HeadWords) -> &'t str {
    let Some((label, rest)) = text.split_once([':', '：']) else { return text };
    let rest = rest.trim_start();
    if !is_post(label.trim(), words) && boundary(rest, words).is_some() { rest } else { text }
}

/// A signature without its brackets, seal and remark: （健康部長　伊藤）, 伊藤 ㊞, 伊藤（公印省略）.
fn without_trimmings(text: &str) -> &str {
    let mut bare = bare_of_seal(text);
    bare = bare.strip_suffix('印').map_or(bare, str::trim_end);
    [('（', '）'), ('(', ')'), ('【', '】')]
        .iter()
        .find_map(|&(open, close)| bare.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(bare)
        .trim()
}

/// True for a short text of letters only, as a name is.
pub(crate) fn is_name_like(text: &str) -> bool {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    let is_unit = text.ends_with(['課', '部', '係', '室', '局', '所', '館']);
    !is_unit && letters.clone().all(|c| c.is_alphabetic() || c == '々') && (1..=LONGEST_PLAIN_NAME).contains(&letters.count())
}

/// A text of more letters than this is hardly a name alone on its line.
const LONGEST_PLAIN_NAME: usize = 10;

/// Where the post ends and the name begins: at the first white space behind a rank, else behind the last
/// rank of more than one character.
fn boundary(text: &str, words: &HeadWords) -> Option<(usize, usize)> {
    for chunk in chunks(text) {
        let post = &text[..chunk.end as usize];
        if is_post(post, words) {
            let name = text[post.len()..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
            return Some((post.len(), text.len() - name.len()));
        }
    }
    let long = words.ranks.iter().filter(|r| r.chars().count() > 1);
    let end = long.filter_map(|r| text.rfind(r.as_str()).map(|at| at + r.len())).max()?;
    let name = text[end..].trim();
    let is_name = !name.is_empty() && name.chars().count() <= 8 && name.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    (is_name && is_post(&text[..end], words)).then_some((end, end))
}

/// A name without a remark in brackets behind it: 早川 昇（職務代理）.
fn without_remark(name: &Reading, reader: &mut Reader<'_>) -> Reading {
    let text = name.text().trim_end();
    let open = [('（', '）'), ('(', ')'), ('［', '］'), ('[', ']')].iter().find_map(|&(open, close)| text.strip_suffix(close)?.rfind(open));
    match open.filter(|&at| text[..at].chars().filter(|c| c.is_alphabetic()).count() > 1) {
        Some(at) => {
            let lead = name.text().len() - name.text().trim_start().len();
            let range = TextRange::new(lead, text[..at].trim_end().len());
            spaced(&name.run.part(name.edited.to_raw(range)), reader)
        }
        None => name.clone(),
    }
}

/// Writes posts and names as pairs, in order.
pub(crate) fn write(posts: &[Reading], names: &[Reading], reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Vec<Author> {
    let names: Vec<Reading> = names.iter().map(|name| without_remark(name, reader)).collect();
    let count = posts.len().max(names.len());
    let mut write = |readings: &[Reading], i: usize, field: &str| {
        readings.get(i).map(|r| recorder.value(Pointer::of("authors").item(i).field(field), r))
    };
    (0..count).map(|i| Author { post: write(posts, i, "post"), name: write(&names, i, "name") }).collect()
}

/// The finding that posts and names are no pairs.
pub(crate) fn unpaired(posts: &[Reading], names: &[Reading]) -> Option<Finding> {
    match (posts.len(), names.len()) {
        (0, 0) => Some(m008::none()),
        (p, n) => (p != n).then(|| m008::unpaired(p, n)),
    }
}

/// Names that stand on one line for several posts: as many chunks as posts, or twice as many.
pub(crate) fn shared_out(posts: usize, names: &[Reading], reader: &mut Reader<'_>) -> Vec<Reading> {
    let [only] = names else { return names.to_vec() };
    let chunks = chunks(only.text());
    let per_name = if posts < 2 { 0 } else { chunks.len() / posts };
    if !(1..=2).contains(&per_name) || per_name * posts != chunks.len() {
        return names.to_vec();
    }
    let range = |group: &[TextRange]| TextRange { start: group[0].start, end: group[group.len() - 1].end };
    chunks.chunks(per_name).map(|group| spaced(&only.run.part(only.edited.to_raw(range(group))), reader)).collect()
}

/// Writes the department: the first post before its rank.
pub(crate) fn write_department(posts: &[Reading], words: &HeadWords, recorder: &mut Recorder<'_>) -> Option<String> {
    let post = posts.first()?;
    let text = bare_of_remark(post.text(), words);
    let unit = match words.units_of_posts.get(text) {
        Some(unit) => unit.clone(),
        None => {
            let rank = words.rank_of_unit.iter().find(|r| text.ends_with(r.as_str()) && text.len() > r.len())?;
            let unit = text.strip_suffix('長').filter(|_| rank.ends_with('長'))?;
            unit.to_owned()
        }
    };
    let mut derived = post.clone();
    if let Some(raw) = derived.edited.raw.strip_suffix('長').filter(|_| text.starts_with(&unit)) {
        let range = TextRange::new(raw.len(), derived.edited.raw.len());
        let mut changes: Vec<_> = seisho_japanese::normalize::letter_spacing_changes(&derived.edited.raw);
        changes.push(seisho_model::Change::lossless("take-unit-of-post", range, ""));
        derived.edited = Edited::apply(derived.edited.raw.clone(), changes);
    } else {
        derived.edited = Edited::apply(
            derived.edited.raw.clone(),
            vec![seisho_model::Change::lossless("take-unit-of-post", TextRange::new(0, derived.edited.raw.len()), unit.as_str())],
        );
    }
    recorder.derived(Pointer::of("department"), &derived);
    Some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_forms::Forms;

    #[test]
    fn a_signature_without_its_trimmings() {
        assert_eq!(
            ["伊藤 明 [印]", "伊藤 明　職印", "伊藤 明 ◯印", "㊞ 伊藤 明", "印南 明"].map(bare_of_seal),
            ["伊藤 明", "伊藤 明", "伊藤 明", "伊藤 明", "印南 明"]
        );
        let texts = ["（健康部長　伊藤）", "健康部長　伊藤 ㊞", "健康部長　伊藤（公印省略）", "健康部長　伊藤"];
        assert_eq!(texts.map(without_trimmings), ["健康部長　伊藤"; 4]);
        assert!(is_name_like("齋木") && is_name_like("玉木 みのる") && !is_name_like("次の事項に取り組むこと"));
    }

    #[test]
    fn the_name_begins_behind_the_rank() {
        let words = Forms::built_in().unwrap().head;
        let split = |text: &'static str| boundary(text, &words).map(|(post, name)| (&text[..post], &text[name..]));
        assert_eq!(split("総務部長　浜辺 誠"), Some(("総務部長", "浜辺 誠")));
        assert_eq!(split("福祉部長玉井理加"), Some(("福祉部長", "玉井理加")));
        assert_eq!(split("政策部長"), Some(("政策部長", "")));
        assert_eq!(split("健康部長：伊藤 明"), Some(("健康部長", "伊藤 明")));
        assert_eq!(split("部長会議の開催について"), None);
        assert_eq!(split("市民の声"), None);
        assert_eq!(split("経済部長（職務代理）　浜辺 誠"), Some(("経済部長（職務代理）", "浜辺 誠")));
        assert_eq!(split("・公民館の防火管理者（月岡主幹）　を中心"), None);
    }
}
