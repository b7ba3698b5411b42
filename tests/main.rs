//! x

mod search;
mod snapshots;
