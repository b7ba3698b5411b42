//! Every test that needs more than one room, in one binary.

mod format;
mod interop;
mod vectors;
