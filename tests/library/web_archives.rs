//! Web archives as real crawlers write them: which page the text is of, and what bent files come to.

use super::snapshots::{gzip, record, response, zip_of};
use claimledger::extract::archive::examine;
use claimledger::extract::document::Extraction;
use claimledger::snapshots::capture::{Choices, extract_from};
use std::io::{Cursor, Write as _};

const BRIDGE: &str = "The bridge will close in April, the office said.";
const URL: &str = "https://news.example/bridge";
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// The text of a page and the address that answered; or why there is none.
fn page_of(bytes: &[u8], media_type: &str, page: Option<&str>) -> Result<(String, String), String> {
    let choices = Choices {
        page,
        ..Choices::default()
    };
    match extract_from(&mut Cursor::new(bytes), media_type, &choices, None).unwrap() {
        Extraction::Extracted { text, page, .. } => Ok((text, page.unwrap())),
        Extraction::Failed(why) => Err(why),
        other => panic!("{other:?}"),
    }
}

fn warc(bytes: &[u8], page: Option<&str>) -> Result<String, String> {
    page_of(bytes, "application/warc", page).map(|(text, _)| text)
}

fn wacz(bytes: &[u8], page: Option<&str>) -> Result<String, String> {
    page_of(bytes, "application/wacz", page).map(|(text, _)| text)
}

fn html(url: &str, words: &str) -> Vec<u8> {
    response(url, 200, HTML, format!("<p>{words}</p>").as_bytes())
}

fn two() -> Vec<u8> {
    [
        record(
            "warcinfo",
            "",
            "application/warc-fields",
            b"software: x\r\n",
        ),
        html(
            "https://news.example/other",
            "Another article about trains.",
        ),
        html(URL, BRIDGE),
    ]
    .concat()
}

fn pages(urls: &[&str]) -> Vec<u8> {
    let mut lines = "{\"format\": \"json-pages-1.0\", \"id\": \"pages\"}\n".to_owned();
    for url in urls {
        lines.push_str(&format!("{{\"url\": \"{url}\", \"title\": \"t\"}}\n"));
    }
    lines.into_bytes()
}

fn collection(listed: &[&str], warc: &[u8]) -> Vec<u8> {
    zip_of(&[
        ("archive/a.warc.gz", &gzip(warc)),
        ("pages/pages.jsonl", &pages(listed)),
    ])
}

/// A WARC with one record of [`URL`]; `record` gets the block.
fn one(block: &[u8]) -> Vec<u8> {
    record("response", URL, "application/http; msgtype=response", block)
}

#[test]
fn with_several_pages_the_text_is_that_of_the_page_asked_for() {
    let listed = collection(&["https://news.example/other", URL], &two());
    for (name, read, bytes) in [
        ("WARC", warc as fn(&[u8], Option<&str>) -> _, two()),
        ("packed WARC", warc, gzip(&two())),
        ("WACZ", wacz, listed),
        ("WACZ without a list", wacz, collection(&[], &two())),
    ] {
        assert_eq!(read(&bytes, Some(URL)).unwrap(), BRIDGE, "{name}");
        let other = read(&bytes, Some("https://news.example/other")).unwrap();
        assert_eq!(other, "Another article about trains.", "{name}");
        let pages = format!("it holds 2 pages: https://news.example/other, {URL}");
        assert_eq!(
            read(&bytes, None).unwrap_err(),
            format!("which of its pages is the source, must be said with --page; {pages}"),
            "{name}"
        );
        assert_eq!(
            read(&bytes, Some("https://news.example/none")).unwrap_err(),
            format!("it holds no answer for https://news.example/none; {pages}"),
            "{name}"
        );
    }
}

#[test]
fn a_collection_that_names_its_main_page_has_that_by_default() {
    let package = format!("{{\"profile\": \"data-package\", \"mainPageUrl\": \"{URL}\"}}");
    let bytes = zip_of(&[
        ("archive/a.warc", &two()),
        ("datapackage.json", package.as_bytes()),
        (
            "pages/pages.jsonl",
            &pages(&["https://news.example/other", URL]),
        ),
    ]);
    let found = page_of(&bytes, "application/wacz", None).unwrap();
    assert_eq!(found, (BRIDGE.to_owned(), URL.to_owned()));
}

#[test]
fn many_pages_are_counted_and_some_are_named() {
    let many: Vec<u8> = (0..40)
        .flat_map(|n| html(&format!("https://news.example/{n}"), "Words."))
        .collect();
    let why = warc(&many, None).unwrap_err();
    assert!(
        why.contains("it holds 40 pages: https://news.example/0, "),
        "{why}"
    );
    assert!(why.ends_with(" and 34 more"), "{why}");
}

#[test]
fn what_is_no_page_is_never_taken_for_one() {
    let ad = html("https://ads.example/frame", "frame ad");
    let asks_for_frame = record(
        "request",
        "https://ads.example/frame",
        "application/http; msgtype=request",
        b"GET /frame HTTP/1.1\r\nHost: ads.example\r\nSec-Fetch-Dest: iframe\r\n\r\n",
    );
    let not_pages = [
        record(
            "resource",
            &format!("urn:text:{URL}"),
            "text/plain",
            b"Words of a robot.",
        ),
        record(
            "resource",
            &format!("urn:pageinfo:{URL}"),
            "application/json",
            b"{}",
        ),
        record(
            "resource",
            &format!("urn:view:{URL}"),
            "image/png",
            b"\x89PNG",
        ),
        record(
            "response",
            "dns:news.example",
            "text/dns",
            b"20260310 news.example",
        ),
        record(
            "metadata",
            URL,
            "application/warc-fields",
            b"via: https://x.example/",
        ),
        record(
            "request",
            URL,
            "application/http",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(
            "https://news.example/a.css",
            200,
            "Content-Type: text/css\r\n",
            b"p {}",
        ),
        response(
            "https://news.example/a.js",
            200,
            "Content-Type: text/javascript\r\n",
            b"1",
        ),
        response(
            "https://news.example/robots.txt",
            200,
            "Content-Type: text/plain\r\n",
            b"Allow: /",
        ),
        response("https://news.example/pixel", 200, HTML, b""),
        response("https://news.example/gone", 404, HTML, b"<p>Not found</p>"),
    ]
    .concat();
    let all = [not_pages, asks_for_frame, ad.clone(), html(URL, BRIDGE)].concat();
    assert_eq!(warc(&all, None).unwrap(), BRIDGE);
    // Without the word of the crawler nor of the browser, a frame cannot be told from a page.
    let css_first = [ad, html(URL, BRIDGE)].concat();
    assert_eq!(warc(&css_first, Some(URL)).unwrap(), BRIDGE);
    let why = warc(&css_first, None).unwrap_err();
    assert!(
        why.contains("it holds 2 pages: https://ads.example/frame, "),
        "{why}"
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn bodies_and_heads_are_read_as_crawlers_write_them() {
    let plain = format!("<p>{BRIDGE}</p>");
    let body = plain.as_bytes();
    let ok = |fields: &str, body: &[u8]| {
        [
            format!("HTTP/1.1 200 OK\r\n{HTML}{fields}\r\n").as_bytes(),
            body,
        ]
        .concat()
    };
    let chunked = |body: &[u8]| {
        let (one, two) = body.split_at(5);
        let mut out = Vec::new();
        for part in [one, two] {
            out.extend(format!("{:x};ext=1\r\n", part.len()).into_bytes());
            out.extend([part, b"\r\n"].concat());
        }
        out
    };
    let ended = |body: &[u8]| [&chunked(body)[..], b"0\r\n\r\n"].concat();
    let zlib = |body: &[u8]| {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(body).unwrap();
        packed.finish().unwrap()
    };
    let raw = |body: &[u8]| {
        let mut packed =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(body).unwrap();
        packed.finish().unwrap()
    };
    let with_head = |head: &str| [head.as_bytes(), body].concat();
    let latin = [
        &b"HTTP/1.1 200 OK\r\nX-Name: Br\xfccke\r\n"[..],
        HTML.as_bytes(),
        b"\r\n",
        body,
    ]
    .concat();
    for (name, block) in [
        ("plain", ok("", body)),
        (
            "chunked",
            ok("Transfer-Encoding: chunked\r\n", &ended(body)),
        ),
        (
            "chunked, already without chunks",
            ok("Transfer-Encoding: chunked\r\n", body),
        ),
        (
            "chunked without the last chunk",
            ok("Transfer-Encoding: chunked\r\n", &chunked(body)),
        ),
        ("gzip", ok("Content-Encoding: gzip\r\n", &gzip(body))),
        (
            "gzip, and other bytes after it",
            ok(
                "Content-Encoding: gzip\r\n",
                &[gzip(body), b"\0\0".to_vec()].concat(),
            ),
        ),
        (
            "gzip, already unpacked",
            ok("Content-Encoding: gzip\r\n", body),
        ),
        ("gzip without a header", ok("", &gzip(body))),
        (
            "gzip twice",
            ok("Content-Encoding: gzip, gzip\r\n", &gzip(&gzip(body))),
        ),
        (
            "gzip twice in two fields",
            ok(
                "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n",
                &gzip(&gzip(body)),
            ),
        ),
        (
            "gzip declared twice, packed once",
            ok("Content-Encoding: gzip, gzip\r\n", &gzip(body)),
        ),
        (
            "gzip as a transfer coding",
            ok("Transfer-Encoding: gzip, chunked\r\n", &ended(&gzip(body))),
        ),
        (
            "gzip in chunks",
            ok(
                "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                &ended(&gzip(body)),
            ),
        ),
        ("zlib", ok("Content-Encoding: deflate\r\n", &zlib(body))),
        (
            "raw deflate",
            ok("Content-Encoding: deflate\r\n", &raw(body)),
        ),
        (
            "deflate, already unpacked",
            ok("Content-Encoding: deflate\r\n", body),
        ),
        ("brotli", ok("Content-Encoding: br\r\n", BROTLI)),
        (
            "brotli, already unpacked",
            ok("Content-Encoding: br\r\n", body),
        ),
        (
            "zstd",
            ok(
                "Content-Encoding: zstd\r\n",
                &zstd::encode_all(body, 3).unwrap(),
            ),
        ),
        ("none", ok("Content-Encoding: none\r\n", body)),
        (
            "a charset as a coding",
            ok("Content-Encoding: UTF-8\r\n", body),
        ),
        ("HTTP/2", with_head(&format!("HTTP/2 200\r\n{HTML}\r\n"))),
        (
            "HTTP/2.0",
            with_head(&format!("HTTP/2.0 200\r\n{HTML}\r\n")),
        ),
        (
            "no reason",
            with_head(&format!("HTTP/1.1 200\r\n{HTML}\r\n")),
        ),
        ("a name with a space", ok("X Broken: 1\r\n", body)),
        (
            "a space before the colon",
            with_head("HTTP/1.1 200 OK\r\nContent-Type : text/html\r\n\r\n"),
        ),
        (
            "a folded field",
            with_head("HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n"),
        ),
        ("another folded field", ok("X-Long: a\r\n\tb\r\n", body)),
        (
            "line feeds alone",
            with_head("HTTP/1.1 200 OK\nContent-Type: text/html\n\n"),
        ),
        ("latin header", latin),
        (
            "status 206",
            with_head(&format!("HTTP/1.1 206 Partial\r\n{HTML}\r\n")),
        ),
    ] {
        assert_eq!(
            warc(&one(&block), Some(URL)).as_deref(),
            Ok(BRIDGE),
            "{name}"
        );
        assert_eq!(warc(&one(&block), None).as_deref(), Ok(BRIDGE), "{name}");
        assert_eq!(
            warc(&gzip(&one(&block)), None).as_deref(),
            Ok(BRIDGE),
            "{name}"
        );
    }
    for (fields, body, why) in [
        (
            "Content-Encoding: br\r\n",
            &b"\0\xff\0"[..],
            "its br body is malformed",
        ),
        (
            "Content-Encoding: deflate\r\n",
            b"\0\xff\0",
            "its deflate body is malformed",
        ),
        (
            "Content-Encoding: gzip\r\n",
            &gzip(b"<p>words")[..20],
            "its gzip body is malformed",
        ),
        (
            "Content-Encoding: compress\r\n",
            b"\x1f\x9d\x90",
            "its content coding \"compress\" is not known",
        ),
        (
            "Content-Encoding: secret\r\n",
            b"\x01\x02",
            "its content coding \"secret\" is not known",
        ),
        (
            "Transfer-Encoding: chunked\r\n",
            b"1\r\na\r\n9\r\nb",
            "its chunked body is malformed",
        ),
    ] {
        let why = format!("{URL} in the WARC: {why}");
        assert_eq!(warc(&one(&ok(fields, body)), None), Err(why.clone()));
        assert_eq!(warc(&one(&ok(fields, body)), Some(URL)), Err(why));
    }
}

/// `<p>The bridge will close in April, the office said.</p>`, packed by the brotli program.
const BROTLI: &[u8] = include_bytes!("../data/bridge.html.br");

#[test]
fn records_are_read_where_their_ends_are_beyond_doubt() {
    let info = record(
        "warcinfo",
        "",
        "application/warc-fields",
        b"software: x\r\n",
    );
    let page = html(URL, BRIDGE);
    let without = |bytes: &[u8], end: usize| bytes[..bytes.len() - end].to_vec();
    let length = |bytes: &[u8], by: i64| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (before, rest) = text.split_once("Content-Length: ").unwrap();
        let (number, after) = rest.split_once("\r\n").unwrap();
        let number = number.parse::<i64>().unwrap() + by;
        format!("{before}Content-Length: {number}\r\n{after}").into_bytes()
    };
    let line_feeds = String::from_utf8(info.clone())
        .unwrap()
        .replace("\r\n", "\n");
    let line_feeds = length_of_block(&line_feeds, "software: x\n");
    let folded = String::from_utf8(page.clone()).unwrap().replacen(
        "WARC-Type",
        "WARC-Filename: a\r\n b\r\n\tc\r\nWARC-Type",
        1,
    );
    let last = html("https://news.example/z.css", "z");
    for (name, bytes) in [
        ("line feeds alone", [&line_feeds[..], &page].concat()),
        (
            "one line end after a record",
            [&without(&info, 2), &page[..]].concat(),
        ),
        (
            "three line ends after a record",
            [&info, &b"\r\n"[..], &page].concat(),
        ),
        (
            "no line ends at the end of the file",
            [&info[..], &without(&page, 4)].concat(),
        ),
        (
            "one line end at the end of the file",
            [&info[..], &without(&page, 2)].concat(),
        ),
        ("a folded field", [&info[..], folded.as_bytes()].concat()),
        (
            "a page one byte longer than it says",
            [&info[..], &length(&page, -1)].concat(),
        ),
        (
            "a page one byte shorter than it says",
            [&info[..], &length(&page, 1)].concat(),
        ),
        (
            "a record before it one byte longer",
            [&length(&info, -1), &page[..]].concat(),
        ),
        (
            "a record before it one byte shorter",
            [&length(&info, 1), &page[..]].concat(),
        ),
        (
            "a page one byte longer, not the last",
            [&length(&page, -1), &last[..]].concat(),
        ),
        (
            "a page one byte shorter, not the last",
            [&length(&page, 1), &last[..]].concat(),
        ),
        (
            "a record before it much longer",
            [&length(&info, -12), &page[..]].concat(),
        ),
        (
            "a capture cut after the page",
            [&page[..], &last[..60]].concat(),
        ),
    ] {
        assert_eq!(warc(&bytes, Some(URL)).as_deref(), Ok(BRIDGE), "{name}");
        let packed = gzip(&bytes);
        assert_eq!(warc(&packed, Some(URL)).as_deref(), Ok(BRIDGE), "{name}");
        let bent = examine(&mut Cursor::new(&bytes), "application/warc").bent;
        // The standard allows folded fields.
        assert_eq!(bent.is_some(), name != "a folded field", "{name} {bent:?}");
    }
    let straight = [info, page.clone()].concat();
    let examined = examine(&mut Cursor::new(&straight), "application/warc");
    assert_eq!(examined.bent, None);
    // Where the end is not in sight, the words of the next page could be taken for those of this one.
    let swallowing = [
        length(&page, 40),
        html("https://news.example/next", "Next page."),
    ]
    .concat();
    assert_eq!(
        warc(&swallowing, Some(URL)).unwrap_err(),
        format!("{URL} in the WARC: its record is not as long as it says")
    );
    let cut = without(&page, 20);
    assert_eq!(
        warc(&cut, Some(URL)).unwrap_err(),
        format!("{URL} in the WARC: a record ends before the length it says")
    );
}

fn length_of_block(record: &str, block: &str) -> Vec<u8> {
    let (before, rest) = record.split_once("Content-Length: ").unwrap();
    let (_, after) = rest.split_once('\n').unwrap();
    format!("{before}Content-Length: {}\n{after}", block.len()).into_bytes()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn the_page_that_a_collection_lists_is_found_under_each_spelling_of_its_address() {
    let moved = |from: &str, to: &str| {
        response(from, 301, &format!("Location: {to}\r\n"), b"<p>Moved.</p>")
    };
    let bridge = html(URL, BRIDGE);
    let front = html("https://news.example/", BRIDGE);
    let umlaut = html("https://news.example/br%C3%BCcke", BRIDGE);
    let query = html("https://news.example/?a=2&b=1", BRIDGE);
    let old = html("https://news.example/old", BRIDGE);
    let revisit = |target: &str, refers: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Target-URI: {target}\r\n{refers}Content-Length: 0\r\n\r\n\r\n\r\n"
        )
        .into_bytes()
    };
    let with = |bytes: &[u8], field: &str| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.replacen("WARC-Type", &format!("{field}\r\nWARC-Type"), 1)
            .into_bytes()
    };
    let digest = "WARC-Payload-Digest: sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A";
    let id = "<urn:uuid:1>";
    for (name, listed, records, answered) in [
        (
            "a fragment",
            "https://news.example/bridge#comments",
            bridge.clone(),
            URL,
        ),
        (
            "http listed, https recorded",
            "http://news.example/bridge",
            bridge.clone(),
            URL,
        ),
        (
            "http listed, a redirect recorded",
            "http://news.example/bridge",
            [moved("http://news.example/bridge", URL), bridge.clone()].concat(),
            URL,
        ),
        (
            "a redirect to another page",
            "https://t.example/x",
            [
                bridge.clone(),
                moved("https://t.example/x", "//news.example/bridge#top"),
            ]
            .concat(),
            URL,
        ),
        (
            "a bare host",
            "https://news.example",
            front,
            "https://news.example/",
        ),
        (
            "an address with an umlaut",
            "https://news.example/brücke",
            umlaut,
            "https://news.example/br%C3%BCcke",
        ),
        (
            "capitals in the host",
            "https://News.Example/bridge",
            bridge.clone(),
            URL,
        ),
        (
            "the port that is the default",
            "https://news.example:443/bridge",
            bridge.clone(),
            URL,
        ),
        (
            "another order of the query",
            "https://news.example/?b=1&a=2",
            query,
            "https://news.example/?a=2&b=1",
        ),
        (
            "a revisit by its digest",
            URL,
            [with(&old, digest), revisit(URL, &format!("{digest}\r\n"))].concat(),
            URL,
        ),
        (
            "a revisit before the record that it names",
            URL,
            [
                revisit(URL, &format!("WARC-Refers-To: {id}\r\n")),
                with(&old, &format!("WARC-Record-ID: {id}")),
            ]
            .concat(),
            URL,
        ),
        (
            "a revisit by the address",
            URL,
            [
                old.clone(),
                revisit(
                    URL,
                    "WARC-Refers-To-Target-URI: https://news.example/old\r\n",
                ),
            ]
            .concat(),
            URL,
        ),
    ] {
        let expected = (BRIDGE.to_owned(), answered.to_owned());
        let bytes = collection(&[listed], &records);
        let found = page_of(&bytes, "application/wacz", None);
        assert_eq!(found, Ok(expected.clone()), "{name}");
        let asked = page_of(&records, "application/warc", Some(listed));
        assert_eq!(asked, Ok(expected.clone()), "{name}");
        // The address that answered gives the same text.
        let again = page_of(&bytes, "application/wacz", Some(answered));
        assert_eq!(again, Ok(expected), "{name}");
    }
    // An empty list: the only page of the WARC file.
    let empty = collection(&[], &bridge);
    assert_eq!(wacz(&empty, None).unwrap(), BRIDGE);
    // Two queries that differ in their order alone are two pages.
    let both = [
        html("https://news.example/?a=2&b=1", "One."),
        html("https://news.example/?b=1&a=2", "Other."),
    ]
    .concat();
    assert_eq!(
        warc(&both, Some("https://news.example/?b=1&a=2")).unwrap(),
        "Other."
    );
    let three = [both, html("https://news.example/?a=2&c=3&b=1", "Third.")].concat();
    assert!(warc(&three, Some("https://news.example/?b=1&c=3&a=2")).is_ok());
    // A revisit whose original is not there, or is another page.
    let lost = revisit(URL, &format!("{digest}\r\n"));
    let why = format!(
        "{URL} was the same as at an earlier visit, says its record, and the archive does not hold that one"
    );
    assert_eq!(warc(&lost, Some(URL)), Err(why.clone()));
    let another = with(
        &old,
        "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    );
    let lies = revisit(
        URL,
        &format!("{digest}\r\nWARC-Refers-To-Target-URI: https://news.example/old\r\n"),
    );
    assert_eq!(warc(&[another, lies].concat(), Some(URL)), Err(why));
    // Redirects that go in a circle, and one that leads out of the archive.
    let circle = [
        moved("https://a.example/", "/b"),
        moved("https://a.example/b", "/"),
    ]
    .concat();
    assert_eq!(
        warc(&circle, Some("https://a.example/")).unwrap_err(),
        "https://a.example/ leads to itself"
    );
    assert_eq!(
        warc(&moved(URL, "https://b.example/"), Some(URL)).unwrap_err(),
        format!("{URL} leads to https://b.example/, for which it holds no answer")
    );
}

#[test]
fn a_page_is_found_in_any_of_many_warc_files_and_in_a_zip64() {
    let mut files: Vec<(String, Vec<u8>)> = (0..40)
        .map(|n| {
            (
                format!("archive/{n:03}.warc"),
                html(&format!("https://news.example/{n}"), "x"),
            )
        })
        .collect();
    files.push(("archive/999.warc".to_owned(), html(URL, BRIDGE)));
    files.push(("pages/pages.jsonl".to_owned(), pages(&[URL])));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), &b[..])).collect();
    assert_eq!(wacz(&zip_of(&files), None).unwrap(), BRIDGE);

    // The end of a small ZIP file as writers make it that always use ZIP64.
    let small = collection(&[URL], &html(URL, BRIDGE));
    let (files, end) = small.split_at(small.len() - 22);
    let number = |at: usize| u64::from(u32::from_le_bytes(end[at..at + 4].try_into().unwrap()));
    let (size, offset) = (number(12), number(16));
    let mut large = files.to_vec();
    large.extend(b"PK\x06\x06");
    large.extend(44_u64.to_le_bytes());
    large.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [2, 2, size, offset] {
        large.extend(number.to_le_bytes());
    }
    large.extend(b"PK\x06\x07\0\0\0\0");
    large.extend((files.len() as u64).to_le_bytes());
    large.extend(1_u32.to_le_bytes());
    large.extend(b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    assert_eq!(wacz(&large, None).unwrap(), BRIDGE);
    // A directory of a million files would fill the memory.
    let at = files.len() + 32;
    large[at..at + 8].copy_from_slice(&1_000_000_u64.to_le_bytes());
    assert_eq!(
        wacz(&large, None).unwrap_err(),
        "the ZIP has more files than are looked through"
    );
}

#[test]
fn fetched_bodies_are_unpacked_as_they_are_and_not_as_their_header_says() {
    let body = format!("<p>{BRIDGE}</p>");
    let read = |bytes: &[u8], coding: Option<&str>| {
        let choices = Choices {
            coding,
            charset: Some("utf-8"),
            ..Choices::default()
        };
        match extract_from(&mut Cursor::new(bytes), "text/html", &choices, None).unwrap() {
            Extraction::Extracted { text, .. } => Ok(text),
            Extraction::Failed(why) => Err(why),
            other => panic!("{other:?}"),
        }
    };
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    raw.write_all(body.as_bytes()).unwrap();
    for (bytes, coding) in [
        (raw.finish().unwrap(), Some("deflate")),
        (BROTLI.to_vec(), Some("br")),
        (gzip(&gzip(body.as_bytes())), Some("gzip, gzip")),
        (gzip(body.as_bytes()), None),
        (body.clone().into_bytes(), Some("gzip")),
        (body.clone().into_bytes(), Some("br")),
        (body.clone().into_bytes(), Some("none")),
    ] {
        assert_eq!(read(&bytes, coding).as_deref(), Ok(BRIDGE), "{coding:?}");
    }
    assert_eq!(
        read(b"\x1f\x8b\x08 not packed", None).unwrap_err(),
        "its gzip body is malformed"
    );
}

/// Web archives for the corpus of the frozen outputs; the text of each is the same page.
pub fn corpus() -> Vec<(&'static str, Vec<u8>)> {
    let packed = response(URL, 200, &format!("{HTML}Content-Encoding: br\r\n"), BROTLI);
    let chunked = format!("{HTML}Transfer-Encoding: chunked\r\n");
    let chunked = response(URL, 200, &chunked, format!("<p>{BRIDGE}").as_bytes());
    let moved = response(
        "http://t.example/x",
        301,
        &format!("Location: {URL}\r\n"),
        b"",
    );
    let http2 = one(format!("HTTP/2 200\r\n{HTML}\r\n<p>{BRIDGE}</p>").as_bytes());
    let other = html(
        "https://news.example/other",
        "Another article about trains.",
    );
    let all = [other, moved, html(URL, BRIDGE)].concat();
    vec![
        ("application/warc", packed),
        ("application/warc", gzip(&chunked)),
        ("application/warc", http2),
        (
            "application/wacz",
            collection(&["http://t.example/x#top"], &all),
        ),
    ]
}

/// A small generator of numbers, the same in every run (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

#[test]
fn no_damage_stops_the_reader_and_the_page_taken_is_found_again_under_its_address() {
    let mut numbers = Numbers(2026);
    let packed = response(URL, 200, &format!("{HTML}Content-Encoding: br\r\n"), BROTLI);
    let seeds = [
        ("application/warc", html(URL, BRIDGE)),
        ("application/warc", packed),
        ("application/warc", gzip(&html(URL, BRIDGE))),
        ("application/wacz", collection(&[URL], &html(URL, BRIDGE))),
    ];
    for (media_type, seed) in seeds {
        for _ in 0..500 {
            let mut bytes = seed.clone();
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(bytes.len());
                match numbers.below(3) {
                    0 => bytes[at] = u8::try_from(numbers.below(256)).unwrap(),
                    1 => bytes.truncate(at.max(1)),
                    _ => bytes.insert(at, b"\r\n :0"[numbers.below(5)]),
                }
            }
            let _ = page_of(&bytes, media_type, Some(URL));
            if let Ok((text, page)) = page_of(&bytes, media_type, None) {
                let again = page_of(&bytes, media_type, Some(&page));
                assert_eq!(again, Ok((text, page)));
            }
        }
    }
}
