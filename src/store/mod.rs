//! Storage of a log: folder, archive, address, memory; and the only way to commit.
//!
//! What this is not: it judges no entry and holds no key. It guarantees one thing: what a checkpoint covers is
//! durable, and what no checkpoint covers never happened.

pub mod archive;
pub mod cache;
pub mod commit;
mod error;
pub mod files;
pub mod memory;
pub mod prove;
pub mod proven;
pub mod published;
pub mod remote;

pub use archive::Archive;
pub use cache::Cache;
pub use commit::Home;
pub use error::Error;
pub use files::Files;
pub use memory::MemoryDisk;
pub use prove::Tree;
pub use proven::Proven;
pub use published::{Fetched, Published};
pub use remote::Remote;

#[cfg(test)]
mod tests;
