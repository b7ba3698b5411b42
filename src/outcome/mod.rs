//! The outcome of an error for the person who asked: the answer is no, the request makes no sense, the rules refuse
//! it, or the program could not find out.
//!
//! The class of an error ([`Outcome`]) decides the exit code; its [`Code`] names it and leads to the next step.

mod code;

pub use code::Code;

/// The outcome of an error for the person who asked. The command line gives each one an exit code; a web desk would
/// give each one an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The question was answered, and the answer is no.
    No,
    /// The request itself makes no sense.
    Usage,
    /// Something failed before there was an answer: a disk, a network, a lock, a damaged ledger.
    CannotTell,
    /// A rule forbids it. It stays forbidden until the request or the state of the ledger changes.
    Refused,
}
