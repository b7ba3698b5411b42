//! What several pages have in common.

pub mod dates;
pub mod evidence;
pub mod objection;
pub mod person;
pub mod quoted;
pub mod sources;
pub mod standing;
pub mod table;
pub mod verdicts;
