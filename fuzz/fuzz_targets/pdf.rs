//! PDF: the input is a file, or what the only page of a file draws.

#![no_main]

mod panics;

use claimledger::extract::formats::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    panics::catching(|| drop(Format::Pdf.read(bytes)));
    // Without a table of objects, which readers make themselves then.
    let head = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n\
         3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>\nendobj\n\
         4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\nendobj\n\
         5 0 obj\n<</Length {}>>stream\n",
        bytes.len()
    );
    let end = b"\nendstream\nendobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF\n";
    panics::catching(|| drop(Format::Pdf.read(&[head.as_bytes(), bytes, end].concat())));
});
