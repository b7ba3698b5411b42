//! The log's home: reading bundles and tiles, and the one way to commit.
//!
//! What this is not: it judges no entry and holds no key. It promises one thing: what a checkpoint covers is durable,
//! and what no checkpoint covers never happened.

pub mod archive;
pub mod at_head;
pub mod cache;
pub mod commit;
mod error;
pub mod memory;
pub mod names;
pub mod prove;
pub mod proven;
pub mod read;
pub mod remote;

pub use archive::Archive;
pub use at_head::AtHead;
pub use cache::Cache;
pub use commit::Home;
pub use error::Error;
pub use memory::MemoryDisk;
pub use names::{COSIGNED, WITNESSES, largest};
pub use prove::Tree;
pub use proven::Proven;
pub use read::{
    Files, Reader, frontier_at, read_entries, read_entry, read_leaves, read_tile, root_at,
};
pub use remote::Remote;

#[cfg(test)]
mod tests;
