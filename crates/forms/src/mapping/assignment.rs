//! The cheapest assignment of things to places. Knows costs only.

/// The cheapest assignment of the rows of a matrix, each to a column of its own (Kuhn and Munkres, by potentials); for
/// every row its column. There are at least as many columns as rows; the time grows with the columns, and with the square of
/// the rows.
#[must_use]
pub fn assignment(cost: &[Vec<i64>]) -> Vec<usize> {
    let (rows, n) = (cost.len(), cost.first().map_or(0, Vec::len));
    const FAR: i64 = i64::MAX / 4;
    let (mut u, mut v) = (vec![0_i64; rows + 1], vec![0_i64; n + 1]);
    // The row of every column, and the column before it on the alternating path; column n stands for none, as row `rows`.
    let mut row_of = vec![rows; n + 1];
    for row in 0..rows {
        let (mut least, mut from, mut done) = (vec![FAR; n + 1], vec![n; n + 1], vec![false; n + 1]);
        row_of[n] = row;
        let mut column = n;
        while row_of[column] != rows || column == n {
            done[column] = true;
            let here = row_of[column];
            let (mut delta, mut next) = (FAR, n);
            for j in (0..n).filter(|&j| !done[j]) {
                let reduced = cost[here][j] - u[here] - v[j];
                if reduced < least[j] {
                    (least[j], from[j]) = (reduced, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if done[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != n {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let mut of = vec![0; rows];
    for (column, &row) in row_of.iter().enumerate().take(n).filter(|(_, row)| **row < rows) {
        of[row] = column;
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_cheapest_not_the_first_row() {
        // Greedy takes 1 for the first row and pays 9 for the second; together 2 + 3 is less.
        assert_eq!(assignment(&[vec![1, 2], vec![3, 9]]), [1, 0]);
        assert_eq!(assignment(&[vec![4, 1, 3], vec![2, 0, 5], vec![3, 2, 2]]), [1, 0, 2]);
        assert_eq!(assignment(&[]), Vec::<usize>::new());
        // More places than things: the second row takes the place that nobody wants.
        assert_eq!(assignment(&[vec![1, 5, 9], vec![1, 7, 2]]), [0, 2]);
    }
}
