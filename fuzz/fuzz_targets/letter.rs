//! Letters, pages saved as MHTML, and rich text.

#![no_main]

use claimledger::extract::formats::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Format::Letter.read(bytes);
    let _ = Format::SavedPage.read(bytes);
    let _ = Format::Rich.read(bytes);
    let _ = Format::Rich.read(&[b"{\\rtf1 ", bytes].concat());
});
