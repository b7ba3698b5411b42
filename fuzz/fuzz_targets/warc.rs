//! WARC files: no input stops the program, and the page that was taken is found again under its address.

#![no_main]

use claimledger::extract::document::Extraction;
use claimledger::snapshots::capture::{Choices, extract_from};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|bytes: &[u8]| {
    let read = |page: Option<&str>| {
        let choices = Choices {
            page,
            ..Choices::default()
        };
        extract_from(&mut Cursor::new(bytes), "application/warc", &choices, None).unwrap()
    };
    let _ = read(Some("https://a.example/?b=2&a=1"));
    if let Extraction::Extracted { text, page, .. } = read(None) {
        let page = page.expect("a page in an archive has an address");
        match read(Some(&page)) {
            Extraction::Extracted { text: again, .. } => assert_eq!(again, text),
            other => panic!("{page}: {other:?}"),
        }
    }
});
