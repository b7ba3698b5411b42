//! Everything that is tested from outside, in one binary: it links once. `CONTRIBUTING.md` says where a new test goes.

#[allow(dead_code, reason = "each module uses its part")]
mod support;

mod architecture;
mod commands;
mod documents;
mod library;
mod machines;
