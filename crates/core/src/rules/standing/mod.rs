//! Standing: the state of a statement as of a size. Admission asks the same functions whether something
//! still stands.

pub mod about;
pub(crate) mod any;
pub mod approval;
pub(crate) mod as_of;
pub(crate) mod corroboration_input;
pub(crate) mod counting;
pub mod deadline;
pub(crate) mod distrust;
pub(crate) mod fallen;
pub(crate) mod impact;
pub mod evidence_needed;
pub mod in_force;
pub mod listed;
pub mod objection;
pub(crate) mod kept;
pub mod labels;
pub(crate) mod place;
pub mod quotation;
pub(crate) mod revocations;
pub(crate) mod others_say;
pub mod publication;
pub mod scales;
pub(crate) mod verdict;
pub mod withholding;
pub(crate) mod wording;
