//! HTTP responses in archives, and content codings: the first byte chooses the codings.

#![no_main]

use claimledger::extract::{codings, http};
use libfuzzer_sys::fuzz_target;

const CODINGS: [&str; 8] = [
    "gzip", "deflate", "br", "zstd", "gzip, br", "identity", "none", "chunked",
];

fuzz_target!(|bytes: &[u8]| {
    let _ = http::message(bytes);
    let Some((choice, body)) = bytes.split_first() else {
        return;
    };
    let listed = CODINGS[usize::from(*choice) % CODINGS.len()];
    let _ = codings::undo(body.to_vec(), Some(listed));
    let _ = codings::undo_transfer(body.to_vec(), listed);
});
