//! Things that belong together, two by two, as groups.

/// Disjoint groups of things, by index. Each is known by its first thing.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// For every thing one of its group that is no later than it.
    toward: Vec<usize>,
}

impl Groups {
    /// So many things, each a group of its own.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { toward: (0..count).collect() }
    }

    /// One more thing, a group of its own; its index.
    pub fn add(&mut self) -> usize {
        self.toward.push(self.toward.len());
        self.toward.len() - 1
    }

    /// The first thing of a thing's group.
    pub fn first(&mut self, mut thing: usize) -> usize {
        while self.toward[thing] != thing {
            self.toward[thing] = self.toward[self.toward[thing]];
            thing = self.toward[thing];
        }
        thing
    }

    /// Makes one group of those of two things.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.toward[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_known_by_its_first_thing_in_whatever_order_it_was_joined() {
        let mut groups = Groups::new(4);
        groups.join(3, 2);
        groups.join(2, 1);
        let late = groups.add();
        groups.join(late, 3);
        assert_eq!((0..5).map(|i| groups.first(i)).collect::<Vec<_>>(), [0, 1, 1, 1, 1]);
    }
}
