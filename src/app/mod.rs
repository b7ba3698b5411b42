//! Use cases in plain data: what a person can do here, for the command line now and a web desk later.
//!
//! What this is not: it prints nothing and parses no arguments. Everything it answers is a plain struct that
//! serialises; everything it refuses has a code and a next step.

pub mod add;
pub mod adopt;
pub mod attestation;
pub mod bare;
pub mod bytes;
pub mod capture;
pub mod captures;
pub mod case;
pub mod catalog;
pub mod check;
pub mod claim;
pub mod correct;
pub mod corroboration;
pub mod cosign;
pub mod csv;
pub mod desk;
pub mod dispute;
pub mod draft;
mod error;
pub mod everywhere;
pub mod evidence;
pub mod exchange;
pub mod file;
pub mod hint;
pub mod impact;
pub mod init;
pub mod key_events;
pub mod keys;
pub mod line;
pub mod observe;
pub mod only;
pub mod output;
pub mod practice;
pub mod proof;
pub mod recovery;
pub mod relation;
pub mod sample;
pub mod search;
pub mod settings;
pub mod show;
pub mod source;
pub mod spoken;
pub mod standing;
pub mod suggest;
pub mod telling;
pub mod text;
pub mod twins;
pub mod verdict;
pub mod weigh;
pub mod witness;
pub mod without_text;
pub mod words;

pub use catalog::Catalog;
pub use desk::Desk;
pub use error::Error;
