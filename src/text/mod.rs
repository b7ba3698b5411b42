//! Words in texts: folding, similarity, the passage nearest to a quotation, and invisible characters.
//!
//! What this is not: it reads no file and extracts no text; `snapshots` does.

pub mod alike;
pub mod further;
pub mod invisible;
mod letters;
pub mod likeness;
pub mod near_names;
pub mod nearest;
pub mod similar;
pub mod stems;
pub mod travelled;
pub mod word_changes;
pub mod words;
