//! How much a page may draw.

/// Drawing operations left to a page.
pub(super) struct Budget(u64);

/// Carried by the unwinding that gives a page up; a device has no other way to stop the interpreter.
pub(super) struct Exceeded;

impl Budget {
    pub(super) fn new(operations: u64) -> Self {
        Self(operations)
    }

    /// One operation more.
    pub(super) fn spend(&mut self) {
        let Some(left) = self.0.checked_sub(1) else { std::panic::resume_unwind(Box::new(Exceeded)) };
        self.0 = left;
    }
}
