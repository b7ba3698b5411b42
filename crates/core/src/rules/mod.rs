//! What may enter a ledger: `admit(view, entry) -> changes | rejection`, pure, and the same for live and audit; and what
//! follows from what entered: who is trusted, what is live, where a verdict stands, as of any size.
//!
//! What this is not: no clock, no files. What needs a source's bytes (an excerpt's words) is checked where the bytes
//! are. Position decides: a signature is judged by the key's standing at that index.

pub mod admins;
pub mod admit;
pub mod approval;
pub mod book;
pub mod candidate;
mod case;
pub mod checkpoint_keys;
mod create;
pub mod deadline;
mod dispute;
pub mod distrust;
pub mod fact;
pub mod foreign;
pub mod gather;
pub mod impact;
pub mod key_event;
pub mod keys;
mod label;
pub mod link;
pub mod memory;
pub mod part;
pub mod policy;
pub mod reading;
mod recovery;
mod reference;
pub mod rejection;
pub mod roles;
mod settings;
mod sources;
pub mod standing;
pub mod statement;
mod supersede;
mod verdict;
pub mod view;
mod who;

pub use crate::rules::admit::{admit, admit_by};
pub use crate::rules::approval::{Approval, Lack, Outcome};
pub use crate::rules::book::{BOOKS, Book};
pub use crate::rules::candidate::Candidate;
pub use crate::rules::checkpoint_keys::checkpoint_keys;
pub use crate::rules::distrust::Distrust;
pub use crate::rules::fact::{Changes, Fact, FactKey};
pub use crate::rules::gather::gather;
pub use crate::rules::impact::{Impact, impact};
pub use crate::rules::keys::{KeyHolder, key_holder};
pub use crate::rules::link::Link;
pub use crate::rules::memory::MemoryView;
pub use crate::rules::part::{Doubt, Rest};
pub use crate::rules::reading::Reading;
pub use crate::rules::rejection::{Refusal, Rejection};
pub use crate::rules::standing::{Standing, current, standing, verdicts};
pub use crate::rules::statement::{Says, StatementFact};
pub use crate::rules::view::{Overlay, View};

/// The version of the rules that new ledgers begin with.
pub const RULES_VERSION: u64 = 1;

#[cfg(test)]
mod tests;
