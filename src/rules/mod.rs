//! What may enter a ledger: `admit(view, entry) -> changes | rejection`, pure, and the same for live and audit.
//!
//! What this is not: no clock, no files. What needs a source's bytes (an excerpt's words) is checked where the bytes
//! are. Position decides: a signature is judged by the key's standing at that index.

pub mod admit;
pub mod fact;
pub mod keys;
pub mod memory;
pub mod rejection;
pub mod view;

pub use admit::{Candidate, admit};
pub use fact::{Changes, Fact, FactKey};
pub use memory::MemoryView;
pub use rejection::{Refusal, Rejection};
pub use view::{Overlay, View};

/// The version of the rules this program knows.
pub const RULES_VERSION: u64 = 1;

#[cfg(test)]
mod tests;
