//! Snapshots end to end: what is kept, which text is taken out, and what hostile files come to.

use claimledger::extract::formats::Format;
use claimledger::extract::html;
use claimledger::extract::pdf;
use claimledger::extract::reader::{self, ReaderProcess};
use claimledger::host::disk::{Disk as _, FolderDisk};
use claimledger::snapshots::{Known, ResponseHead, Snapshots, capture};
use claimledger_core::crypto::sha256;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::{SnapshotState, snapshot_state};
use claimledger_core::model::Line;
use claimledger_core::model::snapshot::{Holding, Snapshot};
use std::io::{Cursor, Read, Write as _};
use std::time::{Duration, Instant};

struct Room {
    _folder: tempfile::TempDir,
    disk: FolderDisk,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let disk = FolderDisk::new(folder.path());
        Self {
            _folder: folder,
            disk,
        }
    }

    fn capture(&self, bytes: &[u8], known: Known) -> Snapshot {
        let snapshots = Snapshots::new(&self.disk);
        let captured = capture(&snapshots, &mut { bytes }, known, Some(&reader())).unwrap();
        let snapshot = captured.snapshot;
        snapshot.check().unwrap();
        assert_eq!(
            captured.quotable,
            snapshot.holding == Holding::Held && snapshot.text_blob().is_some()
        );
        snapshot
    }

    /// The text of a file under this name, or why there is none.
    fn text(&self, name: &str, bytes: &[u8]) -> Result<String, String> {
        self.text_of(bytes, file(name))
    }

    fn text_of(&self, bytes: &[u8], known: Known) -> Result<String, String> {
        let snapshot = self.capture(bytes, known);
        assert_eq!(snapshot.sha256, sha256(&[bytes]));
        match (snapshot.text_blob(), &snapshot.no_text) {
            (Some(blob), None) => {
                let text = self.disk.read(&path_of(&blob)).unwrap().unwrap();
                assert_eq!(sha256(&[&text]), blob);
                Ok(String::from_utf8(text).unwrap())
            }
            (None, Some(why)) => Err(why.words().unwrap().to_owned()),
            (None, None) => Err("not a text".to_owned()),
            (Some(_), Some(_)) => unreachable!("the form forbids it"),
        }
    }
}

fn file(name: &str) -> Known {
    let method = Line::open("file").unwrap();
    Known::file(Some(name), "2026-01-02T03:04:05Z".parse().unwrap(), method)
}

fn at_page(name: &str, page: &str) -> Known {
    Known {
        page: Some(page.parse().unwrap()),
        ..file(name)
    }
}

/// This test program itself, called for [`the_process_that_reads_documents`].
pub fn reader() -> ReaderProcess {
    let name = crate::test_name(module_path!(), "the_process_that_reads_documents");
    let arguments = ["--exact", &name, "--ignored", "--nocapture"];
    ReaderProcess {
        time: Duration::from_mins(1),
        ..ReaderProcess::this_program(arguments.map(Into::into)).unwrap()
    }
}

#[test]
#[ignore = "no test: the other side of the tests with formats like PDF, which start it"]
fn the_process_that_reads_documents() {
    if std::env::args().any(|argument| argument == "--exact") {
        reader::serve(&mut std::io::stdin(), &mut std::io::stdout()).unwrap();
    }
}

#[test]
fn bytes_of_any_length_are_streamed_to_the_disk() {
    let room = Room::new();
    let snapshots = Snapshots::new(&room.disk);
    let length = 40 * 1024 * 1024;
    let mut endless = std::io::repeat(b'a').take(length);
    let captured = capture(&snapshots, &mut endless, file("long.txt"), None).unwrap();
    assert!(!captured.quotable);
    let snapshot = captured.snapshot;
    assert_eq!(snapshot.bytes, length);
    assert_eq!(snapshot.media_type.as_str(), "text/plain");
    assert_eq!(
        snapshot.no_text.unwrap().words().unwrap(),
        "larger than 33554432 bytes; text is not taken out of anything larger"
    );
    let found = snapshots.found(&snapshot.sha256).unwrap().unwrap();
    assert_eq!(found, (snapshot.sha256, length));
    assert_eq!(room.disk.list("").unwrap(), [path_of(&snapshot.sha256)]);
}

#[test]
fn a_stream_that_breaks_leaves_nothing() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::ConnectionReset.into())
        }
    }
    let room = Room::new();
    let snapshots = Snapshots::new(&room.disk);
    let mut from = std::io::repeat(b'a').take(100_000).chain(Broken);
    let refused = capture(&snapshots, &mut from, file("a.txt"), None).unwrap_err();
    assert_eq!(refused.code(), "io");
    assert_eq!(room.disk.list("").unwrap(), Vec::<String>::new());
}

#[test]
fn hash_only_keeps_nothing() {
    let room = Room::new();
    let known = Known {
        holding: Holding::HashOnly,
        ..file("page.html")
    };
    let snapshot = room.capture(b"<p>words", known);
    assert_eq!(snapshot.sha256, sha256(&[b"<p>words"]));
    assert_eq!(snapshot.media_type.as_str(), "text/html");
    assert_eq!((snapshot.text, snapshot.no_text), (None, None));
    assert_eq!(room.disk.list("").unwrap(), Vec::<String>::new());
}

#[test]
fn the_six_states_of_a_snapshot_are_distinguished() {
    use Holding::{HashOnly, Held};
    let (ours, other) = (sha256(&[b"ours"]), sha256(&[b"other"]));
    let said = |holding, withheld| {
        Some(snapshot_state::BlobRecord {
            digest: ours,
            holding,
            withheld,
        })
    };
    for (log, found, state) in [
        (None, None, SnapshotState::NeverHeld),
        (said(Held, false), Some(ours), SnapshotState::Held),
        (said(Held, false), None, SnapshotState::Missing),
        (said(Held, false), Some(other), SnapshotState::Altered),
        (said(Held, true), None, SnapshotState::Withheld),
        (said(Held, true), Some(ours), SnapshotState::Withheld),
        (said(Held, true), Some(other), SnapshotState::Altered),
        (said(HashOnly, false), None, SnapshotState::HashOnly),
        (said(HashOnly, false), Some(ours), SnapshotState::Held),
        (said(HashOnly, false), Some(other), SnapshotState::Altered),
        (said(HashOnly, true), None, SnapshotState::Withheld),
    ] {
        assert_eq!(
            snapshot_state::state(log, found),
            state,
            "{log:?} {found:?}"
        );
    }
}

#[test]
fn the_text_of_a_page_is_what_a_person_reads() {
    let page = include_bytes!("../data/page.html");
    let room = Room::new();
    let snapshot = room.capture(page, file("page.html"));
    assert_eq!(
        snapshot.text.unwrap().extractor.words().unwrap(),
        html::EXTRACTOR
    );
    let text = room.text("page.html", page).unwrap();
    assert_eq!(text, include_str!("../data/page.txt").trim_end());
    // The same bytes give the same text.
    assert_eq!(room.text("again.html", page).unwrap(), text);
}

#[test]
fn characters_are_decoded_as_declared_and_never_guessed() {
    let room = Room::new();
    let declared = |name: &str, media_type: &str, charset: Option<&str>| {
        let mut known = file(name);
        known.declared.media_type = media_type.to_owned();
        known.declared.charset = charset.map(str::to_owned);
        known
    };
    let russian = b"\xcf\xf0\xe8\xe2\xe5\xf2"; // "Привет" in windows-1251
    let plain =
        |bytes: &[u8], charset| room.text_of(bytes, declared("a.txt", "text/plain", charset));
    assert_eq!(plain(russian, Some("windows-1251")).unwrap(), "Привет");
    assert_eq!(
        plain(russian, None).unwrap_err(),
        "byte 0 is not UTF-8, and no other encoding is declared"
    );
    assert_eq!(
        plain(russian, Some("klingon")).unwrap_err(),
        "byte 0 is not UTF-8, and no other encoding is declared: \"klingon\" is not known"
    );
    assert!(plain(russian, Some("iso-2022-kr")).is_err());
    let utf16: Vec<u8> = "\u{feff}Привет\r\n😀"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(room.text("a.txt", &utf16).unwrap(), "Привет\n😀");
    let snapshot = room.capture(&utf16, file("a.txt"));
    assert_eq!(snapshot.media_type.as_str(), "text/plain");
    assert_ne!(snapshot.text_blob(), Some(snapshot.sha256));
    // UTF-8 is its own text, mark or not.
    let snapshot = room.capture("\u{feff}Привет".as_bytes(), file("a.txt"));
    assert_eq!(snapshot.text_blob(), Some(snapshot.sha256));

    let page = |head: &str| [head.as_bytes(), b"<p>", russian].concat();
    for head in [
        "<meta charset=windows-1251>",
        "<meta charset = \"Windows-1251\" >",
        "<meta name=x><META http-equiv=Content-Type content='text/html; charset=windows-1251'>",
        "<?xml version='1.0' encoding='windows-1251'?>",
    ] {
        assert_eq!(
            room.text("a.html", &page(head)).unwrap(),
            "Привет",
            "{head}"
        );
    }
    let told = declared("a.html", "text/html", Some("windows-1251"));
    assert_eq!(
        room.text_of(&page("<meta charset=utf-8>"), told).unwrap(),
        "Привет"
    );
    // A declared encoding that is broken in one place still reads.
    let broken = b"<meta charset=utf-8><p>a\xffb";
    assert_eq!(room.text("a.html", broken).unwrap(), "a\u{fffd}b");
}

#[test]
fn hostile_pages_take_no_more_than_their_limits() {
    let room = Room::new();
    let begun = Instant::now();
    let deep = "<div><b>".repeat(300) + "core" + &"</b></div>".repeat(300);
    assert_eq!(room.text("deep.html", deep.as_bytes()).unwrap(), "core");
    let open = "<b x=1><p><svg>".repeat(10_000) + "</svg>core";
    assert!(
        room.text("open.html", open.as_bytes())
            .unwrap()
            .contains("core")
    );
    let entities = "&".repeat(200_000) + "core";
    assert!(
        room.text("amp.html", entities.as_bytes())
            .unwrap()
            .ends_with("core")
    );
    assert!(begun.elapsed() < Duration::from_mins(1));

    // The parser opens each formatting element again in each paragraph, and compares each one with those before it.
    let formats = (0..20_000).map(|n| format!("<b a={n}>"));
    let formats = formats.collect::<Vec<_>>().concat();
    let page = formats + &"</p><p>x".repeat(3_000);
    let refused = html::text(&page, false, Duration::from_secs(1)).unwrap_err();
    assert_eq!(refused, "its text could not be taken out within 1 seconds");

    let many = "<i></i>".repeat(2_100_000);
    let refused = html::text(&many, false, Duration::from_mins(5)).unwrap_err();
    assert_eq!(refused, "it has more elements than a page can have here");

    // The tokenizer compares each attribute with those before it: this page would take hours.
    let attributes: String =
        (0..1_000_000).fold(String::new(), |all, n| all + "a" + &n.to_string() + " ");
    let begun = Instant::now();
    let page = format!("<p {attributes}>words");
    let refused = html::text(&page, false, Duration::from_secs(1)).unwrap_err();
    assert_eq!(refused, "its text could not be taken out within 1 seconds");
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn media_types_come_from_signatures_then_declarations_then_appearance() {
    use claimledger::extract::media::detect;
    for (head, declared, name, kind) in [
        (
            &b"%PDF-1.7\n"[..],
            Some("text/html"),
            Some("a.html"),
            "application/pdf",
        ),
        (b"He wrote %PDF- there", None, None, "text/plain"),
        (b"<!DOCTYPE html><p>", None, Some("a.pdf"), "text/html"),
        (b"\xef\xbb\xbf\n <HTML>", None, None, "text/html"),
        (b"<html>", Some("text/plain"), None, "text/plain"),
        (
            b"words",
            Some("application/octet-stream"),
            None,
            "text/plain",
        ),
        (b"words", Some("not a type"), None, "text/plain"),
        (b"a,b", None, Some("A.CSV"), "text/csv"),
        (b"words", None, Some("a.pdf"), "text/plain"),
        (b"\x89PNG\r\n\x1a\n", Some("text/html"), None, "image/png"),
        (b"\xff\xd8\xff\xe0", None, None, "image/jpeg"),
        (b"PK\x03\x04", None, Some("a.wacz"), "application/wacz"),
        (b"PK\x03\x04", None, Some("a.zip"), "application/zip"),
        (b"\x1f\x8b\x08", None, Some("a.warc.gz"), "application/warc"),
        (b"\x1f\x8b\x08", Some("text/html"), None, "text/html"),
        (b"\x1f\x8b\x08", None, None, "application/gzip"),
        (b"WARC/1.1\r\n", None, Some("a.txt"), "application/warc"),
        (b"\xff\xfeP\x04", None, None, "text/plain"),
        (b"\x00\x01\xff", None, Some("a.txt"), "text/plain"),
        (b"\x00\x01\xff", None, None, "application/octet-stream"),
        (b"caf\xc3", None, None, "text/plain"),
        (b"", None, None, "application/octet-stream"),
    ] {
        let found = detect(head, declared, name);
        assert_eq!(found.as_str(), kind, "{head:?} {declared:?} {name:?}");
    }
    let room = Room::new();
    let said = Known {
        media_type: Some("text/plain".parse().unwrap()),
        ..file("a.html")
    };
    assert_eq!(room.text_of(b"<p>a", said).unwrap(), "<p>a");
    assert_eq!(
        room.text("a.png", b"\x89PNG\r\n\x1a\n").unwrap_err(),
        "not a text"
    );
}

#[test]
fn a_servers_response_is_recorded() {
    let field = |name: &str, value: &[u8]| (name.to_owned(), value.to_vec());
    let answer = ResponseHead {
        url: "https://desk.example/page".parse().unwrap(),
        status: 200,
        headers: vec![
            field("Content-Type", b"text/html; charset=\"windows-1251\""),
            field("Set-Cookie", b"session=secret"),
            field("Content-Encoding", b"gzip"),
            field("X-Broken", b"\xff"),
            field("X-Long", &[b'a'; 3000]),
            field("ETag", b" \"v1\" "),
        ],
    };
    let (known, left_out) = Known::answer(
        &answer,
        "2026-01-02T03:04:05Z".parse().unwrap(),
        Line::open("http").unwrap(),
    );
    assert_eq!(left_out, ["Set-Cookie", "X-Broken", "X-Long"]);
    let room = Room::new();
    let body = gzip(b"<p>\xcf\xf0\xe8\xe2\xe5\xf2");
    let text = room.text_of(&body, known.clone()).unwrap();
    assert_eq!(text, "Привет");
    let fetched = room.capture(&body, known.clone()).fetched.unwrap();
    assert_eq!(
        (fetched.status, fetched.url.as_str()),
        (200, "https://desk.example/page")
    );
    let headers: Vec<String> = fetched
        .headers
        .iter()
        .map(|header| header.words().unwrap().to_owned())
        .collect();
    assert_eq!(
        headers,
        [
            "content-type: text/html; charset=\"windows-1251\"",
            "content-encoding: gzip",
            "etag: \"v1\""
        ]
    );
    // A client that unpacked the body itself is understood too.
    assert_eq!(room.text_of(b"<p>plain", known.clone()).unwrap(), "plain");
    let bomb = gzip(&vec![b'a'; 40 * 1024 * 1024]);
    assert!(
        room.text_of(&bomb, known)
            .unwrap_err()
            .starts_with("larger than")
    );
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A PDF of these objects, numbered from 1; the first is the catalog.
pub fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", number + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    out.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    out
}

pub fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    out.extend(content);
    out.extend(b"\nendstream");
    out
}

/// A PDF of one page with this content, and these resources beside its font.
pub fn one_page(page: &str, resources: &str, content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page {page} /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> {resources} >> >>"
    );
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    objects.extend(more.iter().cloned());
    pdf_of(&objects)
}

pub const ON_A_PAGE: &str = "/Parent 2 0 R /MediaBox [0 0 612 792]";

#[test]
fn the_text_of_a_pdf_is_extracted_in_another_process() {
    let room = Room::new();
    let words = b"BT /F1 12 Tf 72 700 Td (He said no.) Tj 0 -40 Td (Then again.) Tj ET";
    let plain = one_page(ON_A_PAGE, "", stream("", words), &[]);
    let text = room.text("a.pdf", &plain).unwrap();
    assert_eq!(
        text.split_whitespace().collect::<Vec<_>>().join(" "),
        "He said no. Then again."
    );
    assert!(text.contains("He said no."));
    let packed = one_page(
        ON_A_PAGE,
        "",
        stream("/Filter /FlateDecode", &zlib(words)),
        &[],
    );
    assert_eq!(room.text("a.pdf", &packed).unwrap(), text);
    let snapshot = room.capture(&plain, file("a.pdf"));
    assert_eq!(
        snapshot.text.unwrap().extractor.words().unwrap(),
        pdf::EXTRACTOR
    );

    let snapshots = Snapshots::new(&room.disk);
    let without = capture(&snapshots, &mut &plain[..], file("a.pdf"), None).unwrap();
    assert!(!without.quotable);
    assert!(
        without
            .snapshot
            .no_text
            .unwrap()
            .words()
            .unwrap()
            .contains("a process of its own")
    );
}

#[test]
fn a_hostile_pdf_ends_its_reader_and_nothing_else() {
    let room = Room::new();
    let words = b"BT /F1 12 Tf 72 700 Td (words) Tj ET";
    let hostile: [(&str, Vec<u8>); 4] = [
        ("a mark and nothing else", b"%PDF-1.7\nhello".to_vec()),
        (
            "a form that draws itself",
            one_page(
                ON_A_PAGE,
                "/XObject << /X 6 0 R >>",
                stream("", b"/X Do"),
                &[stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
                    b"/X Do",
                )],
            ),
        ),
        (
            "a bomb",
            one_page(
                ON_A_PAGE,
                "",
                stream("/Filter [/FlateDecode /FlateDecode]", &bomb()),
                &[],
            ),
        ),
        (
            "rows wider than any memory",
            one_page(
                ON_A_PAGE,
                "",
                stream(
                    "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 90000000000 >>",
                    &zlib(words),
                ),
                &[],
            ),
        ),
    ];
    for (lie, bytes) in hostile {
        let begun = Instant::now();
        let why = room.text("a.pdf", &bytes).unwrap_err();
        assert!(!why.contains("could not be run"), "{lie}: {why}");
        assert!(begun.elapsed() < Duration::from_secs(70), "{lie}");
    }
    // Other readers take these, and so do we.
    for (defect, page) in [
        (
            "a page that is its own parent",
            "/Parent 3 0 R /MediaBox [0 0 612 792]",
        ),
        ("no size of the page", "/Parent 2 0 R"),
    ] {
        let bytes = one_page(page, "", stream("", words), &[]);
        assert_eq!(
            room.text("a.pdf", &bytes).as_deref(),
            Ok("words"),
            "{defect}"
        );
    }
}

/// Deflated twice: half a gigabyte of zeros in a few kilobytes, too much for a vector that doubles in a gigabyte.
fn bomb() -> Vec<u8> {
    let mut inner = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..512 {
        inner.write_all(&zeros).unwrap();
    }
    let inner = inner.finish().unwrap();
    zlib(&inner)
}

#[cfg(unix)]
#[test]
fn an_endless_pdf_is_stopped() {
    let stuck = ReaderProcess {
        program: "sleep".into(),
        arguments: vec!["100".into()],
        time: Duration::from_millis(300),
    };
    let begun = Instant::now();
    assert_eq!(
        stuck.text(Format::Pdf, b"%PDF-1.4").unwrap_err(),
        "the PDF reader was not done within 0 seconds"
    );
    assert!(begun.elapsed() < Duration::from_secs(20));
    let endless = ReaderProcess {
        program: "yes".into(),
        arguments: Vec::new(),
        time: Duration::from_secs(30),
    };
    assert_eq!(
        endless.text(Format::Pdf, b"%PDF-1.4").unwrap_err(),
        "its text is longer than 33554432 bytes"
    );
    let silent = ReaderProcess {
        program: "true".into(),
        ..endless.clone()
    };
    assert_eq!(
        silent.text(Format::Pdf, b"").unwrap_err(),
        "the PDF reader did not answer"
    );
    let absent = ReaderProcess {
        program: "/no/such/program".into(),
        ..endless
    };
    assert!(
        absent
            .text(Format::Pdf, b"")
            .unwrap_err()
            .contains("could not be run")
    );
}

pub fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend(block);
    out.extend(b"\r\n\r\n");
    out
}

pub fn response(url: &str, status: u16, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} Said\r\n{fields}\r\n");
    let block = [head.as_bytes(), body].concat();
    record(
        "response",
        url,
        "application/http; msgtype=response",
        &block,
    )
}

fn warc_records() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let packed = gzip(b"<p>packed words");
    let chunks = [
        format!("{:x};x=y\r\n", packed.len()).as_bytes(),
        &packed,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    vec![
        record(
            "warcinfo",
            "",
            "application/warc-fields",
            b"software: x\r\n",
        ),
        response(
            "https://a.example/robots.txt",
            200,
            "Content-Type: text/plain\r\n",
            b"Disallow:",
        ),
        response("https://a.example/old", 301, "Location: /\r\n", b"<p>moved"),
        response(
            "https://a.example/pic",
            200,
            "Content-Type: image/png\r\n",
            b"\x89PNG",
        ),
        response(
            "https://a.example/",
            200,
            html,
            "<p>main words: é".as_bytes(),
        ),
        response(
            "https://a.example/packed",
            200,
            &format!("{html}Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
            &chunks,
        ),
        record(
            "resource",
            "https://a.example/note",
            "text/plain",
            b"a note",
        ),
    ]
}

#[test]
fn the_page_of_a_warc_is_found() {
    let records = warc_records();
    let plain = records.concat();
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let room = Room::new();
    for (name, bytes) in [("a.warc", &plain), ("a.warc.gz", &packed)] {
        let page = |url: &str| room.text_of(bytes, at_page(name, url));
        assert_eq!(page("https://a.example/").unwrap(), "main words: é");
        assert_eq!(
            room.text(name, bytes).unwrap_err(),
            "which of its pages is the source, must be said with --page; it holds 2 pages: https://a.example/, https://a.example/packed"
        );
        assert_eq!(page("https://a.example/packed").unwrap(), "packed words");
        assert_eq!(page("https://a.example/note").unwrap(), "a note");
        assert_eq!(
            page("https://a.example/none").unwrap_err(),
            "it holds no answer for https://a.example/none; it holds 2 pages: https://a.example/, https://a.example/packed"
        );
        assert_eq!(
            page("https://a.example/pic").unwrap_err(),
            "https://a.example/pic in the WARC has no text: it is image/png"
        );
        let snapshot = room.capture(bytes, at_page(name, "https://a.example/"));
        assert_eq!(snapshot.media_type.as_str(), "application/warc");
        assert_eq!(
            snapshot.text.unwrap().extractor.words().unwrap(),
            "claimledger-archive 2 WARC; claimledger-html 2"
        );
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn a_malformed_warc_has_no_text() {
    let room = Room::new();
    let good = String::from_utf8(response("https://a.example/", 200, "", b"<p>words")).unwrap();
    let length = good
        .split("Content-Length: ")
        .nth(1)
        .unwrap()
        .split("\r\n")
        .next()
        .unwrap();
    let with = |other: &str| {
        let from = format!("Content-Length: {length}\r\n");
        good.replacen(&from, other, 1).into_bytes()
    };
    assert_eq!(room.text("a.warc", good.as_bytes()).unwrap(), "words");
    for (bytes, why) in [
        (
            with("Content-Length: 5\r\n"),
            "https://a.example/ in the WARC: its record is not as long as it says",
        ),
        (
            with("Content-Length: 18446744073709551615\r\n"),
            "https://a.example/ in the WARC: larger than 33554432 bytes",
        ),
        (
            with("Content-Length: 5000\r\n"),
            "https://a.example/ in the WARC: a record ends before the length it says",
        ),
        (
            with("Content-Length: -1\r\n"),
            "a record does not say how long it is",
        ),
        (with(""), "a record does not say how long it is"),
        (
            with("Content-Length 40\r\n"),
            "a record does not say how long it is",
        ),
        (b"WARC/1.0\r\nA: b".to_vec(), "a record's head does not end"),
        (
            b"WARC/1.0\r\nA: b\r\n".to_vec(),
            "a record's head does not end",
        ),
        (
            [b"WARC/1.0\r\nA: ", &vec![b'a'; 100_000][..]].concat(),
            "a record's head is too long, or cut",
        ),
        (
            [
                record("metadata", "x", "text/plain", b"x"),
                b"words\r\n".to_vec(),
            ]
            .concat(),
            "a record is not as long as it says",
        ),
        (
            gzip(good.as_bytes())[..60].to_vec(),
            "the archive is malformed",
        ),
        (
            response(
                "https://a.example/",
                200,
                "Content-Type: image/png\r\n",
                b"x",
            ),
            "https://a.example/ in the WARC has no text: it is image/png",
        ),
        (
            response("https://a.example/", 404, "", b"<p>not here"),
            "https://a.example/ answered with status 404",
        ),
        (
            response(
                "https://a.example/",
                200,
                "Transfer-Encoding: chunked\r\n",
                b"1\r\na\r\nzz\r\n",
            ),
            "https://a.example/ in the WARC: its chunked body is malformed",
        ),
        (
            response(
                "https://a.example/",
                200,
                "Content-Encoding: br\r\n",
                b"\0\xff",
            ),
            "https://a.example/ in the WARC: its br body is malformed",
        ),
        (
            response(
                "https://a.example/",
                200,
                "Content-Encoding: dcb\r\n",
                b"\xffDCB",
            ),
            "https://a.example/ in the WARC: its content coding \"dcb\" is not known",
        ),
    ] {
        let known = Known {
            media_type: Some("application/warc".parse().unwrap()),
            ..file("a.warc")
        };
        let found = room.text_of(&bytes, known).unwrap_err();
        assert!(found.starts_with(why), "{why}: {found}");
    }
}

pub fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const PAGES: &[u8] = b"{\"format\": \"json-pages-1.0\", \"id\": \"pages\"}\n{\"url\": \"https://a.example/packed\"}\n";

#[test]
fn the_page_of_a_wacz_is_found() {
    let packed: Vec<u8> = warc_records()
        .iter()
        .flat_map(|record| gzip(record))
        .collect();
    let other = response("https://b.example/", 200, "", b"<p>elsewhere");
    let wacz = zip_of(&[
        ("archive/a.warc", &other),
        ("archive/b.warc.gz", &packed),
        ("pages/pages.jsonl", PAGES),
    ]);
    let room = Room::new();
    assert_eq!(room.text("a.wacz", &wacz).unwrap(), "packed words");
    let elsewhere = at_page("a.wacz", "https://b.example/");
    assert_eq!(room.text_of(&wacz, elsewhere).unwrap(), "elsewhere");
    let snapshot = room.capture(&wacz, file("a.wacz"));
    assert_eq!(snapshot.media_type.as_str(), "application/wacz");
    assert!(
        snapshot
            .text
            .unwrap()
            .extractor
            .words()
            .unwrap()
            .starts_with("claimledger-archive 2 WACZ; ")
    );
}

#[test]
fn a_malformed_wacz_has_no_text() {
    let room = Room::new();
    let zeros = vec![b' '; 64 * 1024 * 1024];
    let in_bomb = [
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/packed\r\nContent-Length: 99999999999\r\n\r\n",
        &zeros[..],
    ]
    .concat();
    // A gzip of 2 GiB in a ZIP: more than is looked through.
    let member = gzip(&zeros);
    let doubly = member.repeat(32);
    let mut wide = zip_of(&[("pages/pages.jsonl", PAGES)]);
    let end = wide.len() - 22;
    wide[end + 12..end + 16].copy_from_slice(&u32::MAX.to_le_bytes());
    let good = zip_of(&[("pages/pages.jsonl", PAGES)]);
    for (bytes, why) in [
        (good.clone(), "the ZIP has no WARC file in archive/"),
        (
            zip_of(&[("a", b"b")]),
            "the ZIP has no WARC file in archive/",
        ),
        (
            zip_of(&[("archive/a.warc", b""), ("pages/pages.jsonl", PAGES)]),
            "it holds no answer for https://a.example/packed",
        ),
        (
            zip_of(&[("archive/a.warc", b""), ("pages/pages.jsonl", b"{}\nno\n")]),
            "it holds no page with a text",
        ),
        (
            zip_of(&[("archive/a.warc", b""), ("pages/pages.jsonl", &zeros)]),
            "it holds no page with a text",
        ),
        (
            zip_of(&[("archive/a.warc", &in_bomb), ("pages/pages.jsonl", PAGES)]),
            "https://a.example/packed in the WACZ: larger than 33554432 bytes",
        ),
        (
            zip_of(&[("archive/a.warc.gz", &doubly), ("pages/pages.jsonl", PAGES)]),
            "it holds no answer for https://a.example/packed; not all of it could be read: the archive unpacks to more than 1073741824 bytes",
        ),
        (wide, "the ZIP's directory is larger than is looked through"),
        (good[..good.len() - 22].to_vec(), "the ZIP has no end"),
    ] {
        let begun = Instant::now();
        let found = room.text("a.wacz", &bytes).unwrap_err();
        assert!(found.starts_with(why), "{why}: {found}");
        assert!(begun.elapsed() < Duration::from_mins(1), "{why}");
    }
}

#[test]
fn a_warc_is_unpacked_up_to_a_limit() {
    let room = Room::new();
    // 2 GiB of a film before the page, in a few megabytes of gzip.
    let head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/film\r\nContent-Length: 2147483648\r\n\r\n";
    let film = gzip(&vec![0; 64 * 1024 * 1024]).repeat(32);
    let page = gzip(&response("https://a.example/", 200, "", b"<p>words"));
    let warc = [gzip(head), film, gzip(b"\r\n\r\n"), page].concat();
    let why = room.text("a.warc.gz", &warc).unwrap_err();
    assert!(
        why.starts_with("the archive unpacks to more than 1073741824 bytes"),
        "{why}"
    );
}

/// A newer reader may give another text under the same revision: each change of version is a decision.
#[test]
fn the_readers_behind_the_extractors_have_exact_versions() {
    let manifest = include_str!("../../Cargo.toml");
    for reader in [
        "html5ever",
        "xml5ever",
        "encoding_rs",
        "mail-parser",
        "calamine",
        "quick-xml",
        "hayro-interpret",
        "hayro-syntax",
        "hayro-font",
        "hayro-cmap",
        "unicode-bidi",
        "unicode-normalization",
    ] {
        let exact = format!("{reader} = {{ version = \"=");
        assert!(manifest.contains(&exact), "{reader}");
    }
}
