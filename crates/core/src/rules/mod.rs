//! The rules of a ledger. `admit(view, entry) -> changes | rejection` is a pure function, the same when a statement is
//! added and in an audit. Other functions tell what follows from the log as of any size: who is trusted, what is live,
//! the standing of a verdict.
//!
//! What this is not: it has no clock and reads no files. A check that needs a source's bytes (an excerpt's words) is
//! done where the bytes are. A signature is judged by the rights that its key had at that index.

pub mod admission;
pub mod backlinks;
pub(crate) mod candidate;
pub mod clocks;
pub mod dates;
pub mod earlier;
pub(crate) mod key_event;
pub(crate) mod memory;
pub(crate) mod partial_log;
pub(crate) mod rejection;
pub(crate) mod roles;
pub mod says;
pub mod standing;
pub mod state;
pub mod statement;
pub(crate) mod version;
pub mod view;

pub use admission::able::Person;
pub use admission::admins::enrollers;
pub use admission::admit::{admit, admit_by};
pub use admission::checkpoint_keys::checkpoint_keys;
pub use admission::keys::{KeyHolder, key_holder};
pub use admission::supposing::{supposing_distrust, supposing_withdrawals};
pub use backlinks::Link;
pub use candidate::Candidate;
pub use memory::MemoryView;
pub use partial_log::{Doubt, Rest};
pub use rejection::{Refusal, Rejection};
pub use standing::any::Standings;
pub use standing::approval::{Approval, ApprovalOutcome, Lack};
pub use standing::as_of::Reading;
pub use standing::corroboration_input::{frozen, gather};
pub use standing::counting::Counting;
pub use standing::distrust::Distrust;
pub use standing::facts::{StandingWord, StatementStanding};
pub use standing::fallen::{Because, Fallen};
pub use standing::impact::{Impact, impact};
pub use standing::kept::Remark;
pub use standing::others_say::{OthersSay, others_say};
pub use standing::verdict::{Currency, Standing, currency, current, currents, standing, verdicts};
pub use standing::wording::{about_other_words, verdict_follows};
pub use state::{Changes, Fact, FactKey};
pub use statement::{Says, StatementFact};
pub use version::{BOOKS, Book};
pub use view::{Overlay, View};

/// The version of the rules for new ledgers.
pub const RULES_VERSION: u64 = 1;

#[cfg(test)]
mod tests;
