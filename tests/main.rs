//! x
mod proofs;
mod sync;
fn main() {}
