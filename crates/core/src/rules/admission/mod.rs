//! Admission: may this statement enter, and what changes if it does. One file for each thing that a rule looks at.

pub mod admins;
pub mod admit;
mod case;
pub mod checkpoint_keys;
mod create;
pub mod foreign;
pub mod keys;
mod label;
mod permissions;
mod recovery;
mod reference;
mod second_person;
mod settings;
mod sources;
mod supersede;
mod verdict;
