//! Standing: the state of a statement as of a size. These are queries over the log, never rules of admission.

pub mod approval;
pub(crate) mod as_of;
pub(crate) mod corroboration_input;
pub mod deadline;
pub(crate) mod distrust;
pub(crate) mod impact;
pub mod evidence_needed;
pub mod in_force;
pub mod listed;
pub mod objection;
pub mod publication;
pub mod scales;
pub(crate) mod verdict;
