//! The read side of a log: a place to read from, its tiles, its head, the keys that sign it, and the files beside it.
//!
//! What this is not: it writes nothing and opens no file. A [`Reader`] opens files, for any kind of place.

pub(crate) mod at_head;
pub mod blobs;
pub mod bounded;
pub mod checkpoint_keys;
pub mod closed;
mod counted;
mod error;
pub mod excerpts;
pub(crate) mod in_memory;
pub mod names;
pub mod open;
pub mod quotations;
pub(crate) mod reader;
pub mod scan;
pub mod snapshot_state;
pub mod tiles;

pub use crate::log::at_head::AtHead;
pub use crate::log::checkpoint_keys::CheckpointKeys;
pub use crate::log::counted::CountedText;
pub use crate::log::error::Error;
pub use crate::log::excerpts::ExcerptError;
pub use crate::log::in_memory::FilesInMemory;
pub use crate::log::open::{Log, LogHead};
pub use crate::log::quotations::Misstated;
pub use crate::log::reader::{ReadError, ReadSeek, Reader};
pub use crate::log::snapshot_state::SnapshotState;
