//! Admission: may this statement be added, and what does it change? One file for each subject of the rules.

pub(crate) mod able;
pub(crate) mod admins;
pub(crate) mod admit;
mod became;
mod case;
pub(crate) mod checkpoint_keys;
mod create;
mod distrust;
pub mod foreign;
pub(crate) mod keys;
mod label;
mod last_word;
mod objection;
mod named;
mod permissions;
mod publication;
mod recovery;
mod reference;
mod second_person;
mod settings;
mod sources;
pub(crate) mod supposing;
mod supersede;
mod taken_back;
mod verdict;
mod withdrawal;
