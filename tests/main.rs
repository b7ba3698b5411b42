//! Every test that needs more than one room, in one binary.

mod interop;
mod vectors;
