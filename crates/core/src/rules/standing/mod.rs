//! Standing: what a statement is worth as of a size. Queries over the log, never rules of admission.

pub mod approval;
pub mod as_of;
pub mod corroboration_input;
pub mod deadline;
pub mod distrust;
pub mod impact;
pub mod in_force;
pub mod verdict;
