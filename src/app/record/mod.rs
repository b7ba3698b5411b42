//! Recording: from what a person types to a statement that is shown, signed and appended.

pub mod acquire;
pub mod added;
pub mod address;
pub mod append;
pub mod attestation;
pub mod capture;
pub mod case;
pub mod case_items;
pub mod case_reads;
pub mod claim;
pub mod correction;
pub mod dispute;
pub mod draft;
pub mod evidence;
mod field;
pub mod interrupted;
pub mod looking;
pub mod observe;
pub mod outcome;
pub mod relation;
pub mod settings;
pub mod source;
pub mod stands_again;
pub mod toml_file;
mod toml_value;
pub mod transcript;
pub mod verdict;
