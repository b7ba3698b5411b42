//! Office files: the input is a file, or the content of each part of one.

#![no_main]

mod panics;

use claimledger::extract::formats::Format;
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write as _};

const FORMATS: [Format; 6] = [
    Format::OpenSheet,
    Format::OpenSlides,
    Format::OpenText,
    Format::Sheet,
    Format::Slides,
    Format::Word,
];

/// The parts of all formats; a zero byte of the input begins the next one.
const PARTS: [&str; 10] = [
    "content.xml",
    "styles.xml",
    "word/document.xml",
    "word/footnotes.xml",
    "word/styles.xml",
    "ppt/presentation.xml",
    "ppt/_rels/presentation.xml.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
];

fuzz_target!(|bytes: &[u8]| {
    for format in FORMATS {
        panics::catching(|| drop(format.read(bytes)));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in PARTS.iter().zip(bytes.split(|byte| *byte == 0)) {
        if zip.start_file(*name, stored).is_err() || zip.write_all(part).is_err() {
            return;
        }
    }
    let Ok(file) = zip.finish() else {
        return;
    };
    for format in FORMATS {
        panics::catching(|| drop(format.read(file.get_ref())));
    }
});
