//! Everything that is tested from outside, in one binary: it links once.

mod cli_adding;
mod cli_case;
mod cli_checkpoint;
mod cli_draft;
mod cli_keys;
mod cli_world;
