//! What may enter a ledger: `admit(view, entry) -> changes | rejection`, pure, and the same for live and audit; and what
//! follows from what entered: who is trusted, what is live, where a verdict stands, as of any size.
//!
//! What this is not: no clock, no files. What needs a source's bytes (an excerpt's words) is checked where the bytes
//! are. Position decides: a signature is judged by the key's standing at that index.

pub mod admission;
pub mod backlinks;
pub(crate) mod candidate;
pub(crate) mod key_event;
pub(crate) mod memory;
pub(crate) mod part;
pub(crate) mod rejection;
pub(crate) mod roles;
pub mod standing;
pub mod state;
pub mod statement;
pub(crate) mod version;
pub mod view;

pub use admission::admins::enrollers;
pub use admission::admit::{admit, admit_by};
pub use admission::checkpoint_keys::checkpoint_keys;
pub use admission::keys::{KeyHolder, key_holder};
pub use backlinks::Link;
pub use candidate::Candidate;
pub use memory::MemoryView;
pub use part::{Doubt, Rest};
pub use rejection::{Refusal, Rejection};
pub use standing::approval::{Approval, Lack, Outcome};
pub use standing::as_of::Reading;
pub use standing::corroboration_input::gather;
pub use standing::distrust::Distrust;
pub use standing::impact::{Impact, impact};
pub use standing::verdict::{Standing, current, standing, verdicts};
pub use state::{Changes, Fact, FactKey};
pub use statement::{Says, StatementFact};
pub use version::{BOOKS, Book};
pub use view::{Overlay, View};

/// The version of the rules that new ledgers begin with.
pub const RULES_VERSION: u64 = 1;

#[cfg(test)]
mod tests;
