//! Words in texts: folding, likeness, the passage nearest to a quotation, and characters that cannot be seen.
//!
//! What this is not: it reads no file and takes no text out of anything; that is `snapshots`.

pub mod invisible;
pub mod nearest;
pub mod similar;
pub mod travelled;
pub mod words;
