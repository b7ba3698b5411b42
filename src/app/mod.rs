//! Use cases with plain data: what a person can do, for the command line now and a web desk later.
//!
//! What this is not: it prints nothing and parses no arguments. Every answer is a plain struct that serialises; every
//! refusal has a code and a next step.

mod as_of;
mod asking;
pub mod care;
pub mod desk;
pub mod doubts;
mod error;
pub mod index_rows;
pub mod keys;
pub mod next_step;
pub mod output;
pub mod peers;
pub mod proofs;
pub mod publish;
pub mod read;
pub mod record;
mod named;
pub mod near;
pub mod session;
pub mod summary;
pub mod terms;
mod withheld;
pub mod when;
pub mod without_text;

pub use crate::outcome::Code;
pub use desk::Desk;
pub use error::{Error, Fault, InField};
pub use session::Session;
