//! Everything that is tested from outside, in one binary: it links once. `CONTRIBUTING.md` says where a new test goes.

mod architecture;
mod commands;
mod documents;
mod library;
mod machines;
