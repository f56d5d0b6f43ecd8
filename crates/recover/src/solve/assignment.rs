//! Orders of elements in places: the cheapest one, and what else is nearly as cheap. Knows costs only.

/// Up to so many elements all orders are tried; beyond, the best is looked for by exchanging two.
const ALL_ORDERS: usize = 8;

/// The cheapest of all orders of `count` elements, and for every element the places that it has in orders at most `open`
/// dearer. Of orders as cheap the first in counting order.
pub(crate) fn permutations(count: usize, cost: &dyn Fn(&[usize]) -> i64, open: i64) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut least = vec![vec![i64::MAX; count]; count];
    let mut best: (i64, Vec<usize>) = (i64::MAX, (0..count).collect());
    let mut see = |order: &[usize], best: &mut (i64, Vec<usize>)| {
        let total = cost(order);
        for (element, &place) in order.iter().enumerate() {
            least[element][place] = least[element][place].min(total);
        }
        if total < best.0 {
            *best = (total, order.to_vec());
            return true;
        }
        false
    };
    if count <= ALL_ORDERS {
        let mut order: Vec<usize> = (0..count).collect();
        loop {
            see(&order, &mut best);
            if !next_order(&mut order) {
                break;
            }
        }
    } else {
        let mut changed = true;
        while std::mem::take(&mut changed) {
            for (a, b) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
                let mut order = best.1.clone();
                order.swap(a, b);
                changed |= see(&order, &mut best);
            }
        }
    }
    let near = |element: usize| (0..count).filter(|&p| least[element][p] <= best.0.saturating_add(open)).collect();
    let places = (0..count).map(near).collect();
    (best.1, places)
}

/// The next order in counting order; false after the last.
fn next_order(order: &mut [usize]) -> bool {
    let Some(at) = (1..order.len()).rev().find(|&i| order[i - 1] < order[i]) else { return false };
    let Some(with) = (at..order.len()).rev().find(|&i| order[i] > order[at - 1]) else { return false };
    order.swap(at - 1, with);
    order[at..].reverse();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_nearly_as_cheap_leave_places_open() {
        // Element 2 belongs to place 2 whatever it costs; the other two may change places for 1.
        let cost = |order: &[usize]| if order[2] != 2 { 100 } else { i64::from(order[0] != 0) };
        assert_eq!(permutations(3, &cost, 5), (vec![0, 1, 2], vec![vec![0, 1], vec![0, 1], vec![2]]));
    }
}
