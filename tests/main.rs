//! Everything that is tested from outside, in one binary: it links once. `CONTRIBUTING.md` says where a new test goes.

mod architecture;
mod commands;
mod documents;
mod library;
mod machines;

/// The name of a test of a module (`module_path!()`) on the command line of this program, for a test that starts another
/// process of it.
fn test_name(module: &str, test: &str) -> String {
    let (_, module) = module.split_once("::").expect("a module of this program");
    format!("{module}::{test}")
}
