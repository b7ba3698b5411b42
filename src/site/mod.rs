//! Public pages: what the ledger says, as HTML that any file server can serve and that proves itself.
//!
//! A site is a function of the log, of which texts are published, of the language and of the version of the program. It uses
//! no clock. Its pages render the screens of `app`, so that a page, a terminal and an answer say the same.

pub mod address;
pub mod assets;
pub mod audit;
pub mod blocks;
pub mod folder;
pub mod frame;
pub mod houses;
pub mod lists;
pub mod maker;
pub mod named;
pub mod newest;
pub mod noted;
pub mod one_file;
pub mod pages;
pub mod parts;
pub mod record;
pub mod statements;
pub mod target;
pub mod whole;
pub mod words;
pub mod writer;
pub mod written;
