//! HTML and XHTML pages, and the charset that they declare: the first byte chooses which.

#![no_main]

use claimledger::extract::document::{Document, extract};
use claimledger::extract::{media, prescan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = prescan::prescan(bytes);
    let _ = media::detect(bytes, None, Some("a.txt"));
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let document = Document {
        bytes,
        media_type: [
            "text/html",
            "application/xhtml+xml",
            "text/plain",
            "application/xml",
        ][usize::from(*choice) % 4],
        charset: [None, Some("utf-8"), Some("none")][usize::from(*choice / 4) % 3],
    };
    let _ = extract(&document, None);
});
