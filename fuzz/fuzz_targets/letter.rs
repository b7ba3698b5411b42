//! Letters, pages saved as MHTML, and rich text.

#![no_main]

mod panics;

use claimledger::extract::formats::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    panics::catching(|| drop(Format::Letter.read(bytes)));
    panics::catching(|| drop(Format::SavedPage.read(bytes)));
    panics::catching(|| drop(Format::Rich.read(bytes)));
    panics::catching(|| drop(Format::Rich.read(&[b"{\\rtf1 ", bytes].concat())));
});
