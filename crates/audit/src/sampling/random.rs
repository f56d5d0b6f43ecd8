//! A generator of our own, so that a recorded seed draws the same sample in every version: xoshiro256** seeded by
//! splitmix64, as their authors publish them.

/// Draws numbers from a seed.
#[derive(Clone, Debug)]
pub struct Random([u64; 4]);

impl Random {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut state = seed;
        Self([(); 4].map(|()| {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        }))
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number below `n`, each as likely as the others: the rest that would favour some is drawn again.
    pub fn below(&mut self, n: u64) -> u64 {
        let fair = u64::MAX - u64::MAX % n.max(1);
        loop {
            let drawn = self.next();
            if drawn < fair {
                return drawn % n.max(1);
            }
        }
    }

    /// So many of a list, each set of them as likely as the others, in the order of the list.
    pub fn some_of<T: Clone + Ord>(&mut self, mut list: Vec<T>, count: usize) -> Vec<T> {
        let count = count.min(list.len());
        for at in 0..count {
            let other = at + self.below((list.len() - at) as u64) as usize;
            list.swap(at, other);
        }
        list.truncate(count);
        list.sort();
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers that the authors' own programs give for seed 0 (splitmix64, then xoshiro256**).
    #[test]
    fn a_seed_means_the_same_for_ever() {
        let mut random = Random::new(0);
        assert_eq!(
            [random.next(), random.next(), random.next()],
            [11_091_344_671_253_066_420, 13_793_997_310_169_335_082, 1_900_383_378_846_508_768]
        );
        assert_eq!(Random::new(7).some_of((0..100).collect(), 5), Random::new(7).some_of((0..100).collect(), 5));
    }

    #[test]
    fn every_one_of_a_list_is_drawn_as_often() {
        let mut random = Random::new(1);
        let mut drawn = [0_u32; 10];
        for _ in 0..10_000 {
            random.some_of((0..10_usize).collect(), 3).into_iter().for_each(|at| drawn[at] += 1);
        }
        assert!(drawn.iter().all(|n| (2_850..=3_150).contains(n)), "{drawn:?}");
    }
}
