//! How much a page may draw.

/// Glyphs, lines and images left to a page.
pub(super) struct Budget(u64);

/// Carried by the unwinding that gives a page up; a device has no other way to stop the interpreter.
pub(super) struct Exceeded;

impl Budget {
    pub(super) fn new(operations: u64) -> Self {
        Self(operations)
    }

    /// So many more; a run without glyphs is work too.
    pub(super) fn spend(&mut self, count: usize) {
        let Some(left) = self.0.checked_sub(count.max(1) as u64) else { std::panic::resume_unwind(Box::new(Exceeded)) };
        self.0 = left;
    }
}
