//! Words in texts: folding, similarity, the passage nearest to a quotation, and invisible characters.
//!
//! What this is not: it reads no file and extracts no text; `snapshots` does.

pub mod alike;
pub mod invisible;
pub mod near_names;
pub mod nearest;
pub mod similar;
pub mod travelled;
pub mod word_changes;
pub mod words;
