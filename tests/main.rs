//! The one test binary: every file of this folder is a module of it.

mod corroboration;
mod example;
mod format;
mod interop;
mod vectors;
