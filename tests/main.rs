//! x
mod proofs;
mod sync;
mod witness;
fn main() {}
