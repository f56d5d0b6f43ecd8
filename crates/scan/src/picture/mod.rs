//! Pixels and what is connected in them: brightness, windows, discs, components.

pub(crate) mod circles;
pub(crate) mod components;
pub(crate) mod gray;
pub(crate) mod traced;
