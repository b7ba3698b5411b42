//! WACZ collections: the input is a ZIP file, or the content of one: its list of pages, its description, its signature and a
//! WARC file, divided by zero bytes.

#![no_main]

use claimledger::snapshots::capture::{Choices, extract_from};
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write as _};

const NAMES: [&str; 5] = [
    "pages/pages.jsonl",
    "datapackage.json",
    "datapackage-digest.json",
    "indexes/index.cdx",
    "archive/a.warc",
];

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in NAMES.iter().zip(bytes.splitn(NAMES.len(), |b| *b == 0)) {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    read(&zip.finish().unwrap().into_inner());
});

fn read(bytes: &[u8]) {
    for page in [None, Some("https://a.example/")] {
        let choices = Choices {
            page,
            ..Choices::default()
        };
        extract_from(&mut Cursor::new(bytes), "application/wacz", &choices, None).unwrap();
    }
}
