//! Links of a chain: each holds the hash of itself and of all before it.

use crate::values::sha256;
use serde::Serialize;

/// What stands in a chain: it holds a hash of itself and of all before it.
pub(super) trait Chained: Clone + Serialize {
    /// That hash.
    fn chain(&self) -> &str;
    /// The same with another one.
    fn with_chain(self, chain: String) -> Self;
}

fn hash(before: &str, link: &impl Chained) -> String {
    let said = serde_json::to_string(&link.clone().with_chain(String::new())).unwrap_or_default();
    sha256(format!("{before}\n{said}").as_bytes())
}

/// Binds links to each other and to the chain before them.
pub(super) fn bind<L: Chained>(mut before: String, links: impl Iterator<Item = L>) -> Vec<L> {
    let bound = |link: L| {
        before = hash(&before, &link);
        link.with_chain(before.clone())
    };
    links.map(bound).collect()
}

/// The first link from which on the chain does not hold.
pub(super) fn first_broken<'l, L: Chained>(mut before: &'l str, links: &'l [L]) -> Option<&'l L> {
    links.iter().find(|link| {
        let holds = hash(before, *link) == link.chain();
        before = link.chain();
        !holds
    })
}
