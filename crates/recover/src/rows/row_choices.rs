//! Choices of rows for the items of a page where there are fewer items than rows, or more. Knows counts only.

/// So many choices of rows without an item are tried.
const MOST_CHOICES: usize = 400;

/// Choices of rows for so many items of a page: with some rows left out, or with some items that go on with
/// the one before; no more than [`MOST_CHOICES`].
pub(crate) fn choices(items: usize, rows: &[usize]) -> Vec<Vec<usize>> {
    if items == 0 || rows.is_empty() {
        return Vec::new();
    }
    // The rows that have an item, or the items that begin one; the first is always one of them.
    let (all, some) = (items.max(rows.len()), items.min(rows.len()));
    let mut left: Vec<usize> = (1..=all - some).collect();
    let mut choices = Vec::new();
    while choices.len() < MOST_CHOICES {
        if items <= rows.len() {
            choices.push((0..all).filter(|row| !left.contains(row)).map(|row| rows[row]).collect());
        } else {
            choices.push((0..all).map(|item| rows[item - left.iter().filter(|&&l| l <= item).count()]).collect());
        }
        if !next_choice(&mut left, all) {
            break;
        }
    }
    choices
}

/// The next choice of as many of `1..rows`, in order; false after the last.
fn next_choice(chosen: &mut [usize], rows: usize) -> bool {
    let count = chosen.len();
    for index in (0..count).rev() {
        if chosen[index] < rows - (count - index) {
            chosen[index] += 1;
            for later in index + 1..count {
                chosen[later] = chosen[later - 1] + 1;
            }
            return true;
        }
    }
    false
}
