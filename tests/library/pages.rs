//! The text of a page is what a person sees there: encodings, hidden and shown words, numbers kept apart, and the media
//! types of what is not named.

use claimledger::extract::charset::DeclaredBy;
use claimledger::extract::document::{Decoding, Document, Extraction, extract};
use claimledger::extract::media;

/// The text of bytes of a media type, and how they were decoded.
fn read(bytes: &[u8], media_type: &str, sender: Option<&str>) -> (String, Decoding) {
    let document = Document {
        bytes,
        media_type,
        charset: sender,
    };
    match extract(&document, None) {
        Extraction::Extracted { text, charset, .. } => (text, charset.unwrap()),
        other => panic!("{}: {other:?}", String::from_utf8_lossy(bytes)),
    }
}

fn page(page: &str) -> String {
    read(page.as_bytes(), "text/html", None).0
}

#[test]
fn a_charset_that_only_looks_declared_is_not_taken() {
    for bait in [
        "<!-- <meta charset=\"windows-1251\"> -->",
        "<meta name=\"description\" content=\"about charset=windows-1251 here\">",
        "<meta data-charset=\"windows-1251\" name=\"x\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=/?charset=windows-1251\">",
        "<meta property=\"og:url\" content=\"https://a.example/?charset=iso-8859-5\">",
    ] {
        let bytes = format!("{bait}<meta charset=\"utf-8\"><p>Br\u{fc}cke");
        let (text, decoding) = read(bytes.as_bytes(), "text/html", None);
        assert_eq!(text, "Br\u{fc}cke", "{bait}");
        assert_eq!(
            (decoding.name, decoding.by),
            ("UTF-8", DeclaredBy::Document)
        );
    }
}

#[test]
fn a_charset_that_is_declared_after_a_bait_is_taken() {
    for head in [
        "<meta name=\"description\" content=\"the charset of old pages\"><meta charset=\"windows-1252\">",
        "<meta content=\"text/html; a>b; charset=windows-1252\" http-equiv=\"Content-Type\">",
    ] {
        let bytes = [head.as_bytes(), b"<p>Br\xfccke"].concat();
        let (text, decoding) = read(&bytes, "text/html", None);
        assert_eq!(text, "Br\u{fc}cke", "{head}");
        assert_eq!(
            (decoding.name, decoding.by),
            ("windows-1252", DeclaredBy::Document)
        );
    }
}

#[test]
fn the_mark_comes_before_the_sender_the_page_and_the_default() {
    let russian = b"\xcf\xf0\xe8\xe2\xe5\xf2";
    let declared = [b"<meta charset=windows-1251><p>".as_slice(), russian].concat();
    let late = [
        b"<p>".as_slice(),
        &[b' '; 2000],
        b"<meta charset=windows-1251>",
        russian,
    ]
    .concat();
    let marked = "\u{feff}<meta charset=windows-1251><p>Привет".as_bytes();
    for (bytes, sender, text, name, by) in [
        (marked, Some("koi8-r"), "Привет", "UTF-8", DeclaredBy::Mark),
        (
            &declared,
            Some("koi8-r"),
            "оПХБЕР",
            "KOI8-R",
            DeclaredBy::Sender,
        ),
        (
            &declared,
            None,
            "Привет",
            "windows-1251",
            DeclaredBy::Document,
        ),
        // HTML Standard, 13.2.3.4: a declaration that comes later than the first bytes.
        (&late, None, "Привет", "windows-1251", DeclaredBy::Document),
        (
            "<p>Привет".as_bytes(),
            None,
            "Привет",
            "UTF-8",
            DeclaredBy::Nothing,
        ),
        (
            b"<p>Br\xfccke",
            None,
            "Br\u{fc}cke",
            "windows-1252",
            DeclaredBy::Nothing,
        ),
    ] {
        let (found, decoding) = read(bytes, "text/html", sender);
        assert_eq!(
            (found.as_str(), decoding.name, decoding.by),
            (text, name, by)
        );
    }
}

#[test]
fn a_label_that_no_standard_knows_counts_as_none() {
    let with_meta = "<meta charset=utf-8><p>Br\u{fc}cke";
    for label in [
        "utf8mb4",
        "none",
        "binary",
        "utf-8,text/html",
        "iso-2022-kr",
    ] {
        let (text, decoding) = read(with_meta.as_bytes(), "text/html", Some(label));
        assert_eq!(
            (text.as_str(), decoding.by),
            ("Br\u{fc}cke", DeclaredBy::Document),
            "{label}"
        );
        let meta = format!("<meta charset=\"{label}\"><p>Br\u{fc}cke");
        let (text, decoding) = read(meta.as_bytes(), "text/html", None);
        assert_eq!(
            (text.as_str(), decoding.by),
            ("Br\u{fc}cke", DeclaredBy::Nothing),
            "{label}"
        );
    }
}

#[test]
fn characters_that_could_not_be_decoded_are_counted() {
    let (text, decoding) = read(
        b"<meta charset=utf-8><p>Br\xfccke, Stra\xdfe",
        "text/html",
        None,
    );
    assert_eq!(text, "Br\u{fffd}cke, Stra\u{fffd}e");
    assert_eq!(decoding.lost, 2);
    let note = decoding.note().unwrap();
    assert!(
        note.starts_with(
            "its text was decoded as UTF-8, as it declares itself, and 2 of its characters could not be"
        ),
        "{note}"
    );
    // One that the bytes have themselves is not counted.
    let own = "<p>\u{fffd}".as_bytes();
    let (_, decoding) = read(own, "text/html", Some("utf-8"));
    assert_eq!((decoding.lost, decoding.note()), (0, None));
    let (_, decoding) = read(&[own, b"\xff"].concat(), "text/html", Some("utf-8"));
    assert_eq!(decoding.lost, 1);
    // A script's are not in the text.
    let (_, decoding) = read(b"<script>\xff</script>words", "text/html", Some("utf-8"));
    assert_eq!(decoding.lost, 0);
    let (_, decoding) = read(b"<p>Br\xfccke", "text/html", None);
    assert!(
        decoding
            .note()
            .unwrap()
            .contains("windows-1252, the default of the HTML Standard")
    );
}

#[test]
fn a_raised_figure_never_joins_the_number_before_it() {
    for (html, text) in [
        (
            "fell to 4<sup>2</sup> percent; 10<sup>5</sup>",
            "fell to 4² percent; 10⁵",
        ),
        (
            "10<sup>-5</sup>, H<sub>2</sub>O, 1<sup>1</sup>/<sub>2</sub>",
            "10⁻⁵, H₂O, 1¹/₂",
        ),
        (
            "1<sup>st</sup>, 2<sup>a</sup>, in 2019<sup>[3]</sup>",
            "1st, 2a, in 2019[3]",
        ),
        ("4<sup>2nd</sup>, 4<sup>a1</sup>2", "4 2nd, 4a1 2"),
        ("4<sup><a href=x>2, 3</a></sup> percent", "4², ³ percent"),
        ("\u{661}<sup>\u{662}</sup>", "\u{661} \u{662}"),
        ("4<span style='vertical-align: super'>2</span>", "4²"),
        ("4<sup style='vertical-align: baseline'>2</sup>", "42"),
        ("e<sup>x<sup>2</sup></sup>", "ex²"),
        ("4<sup><p>2</p></sup>", "4\n²"),
        (
            "<math><msup><mn>10</mn><mn>5</mn></msup><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
            "10⁵=1/2",
        ),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("4<img src=x>2 <b>4</b><button>2</button>", "4 2 4 2"),
    ] {
        assert_eq!(page(html), text, "{html}");
    }
}

#[test]
fn words_that_a_browser_shows_are_in_the_text() {
    for (html, text) in [
        ("<div hidden=\"until-found\"><p>shown</p></div>", "shown"),
        ("<div style=\"--phone-display:none\">shown</div>", "shown"),
        (
            "<div style=\"background:url(x?display:none)\">shown</div>",
            "shown",
        ),
        (
            "<div style=\"background:url('a;display:none')\">shown</div>",
            "shown",
        ),
        (
            "<div style=\"/* display:none */ color: red\">shown</div>",
            "shown",
        ),
        ("<div style=\"display:none-such\">shown</div>", "shown"),
        (
            "<div style=\"display:none; display:block\">shown</div>",
            "shown",
        ),
        ("<div hidden style=\"display:block\">shown</div>", "shown"),
        (
            "<div style=visibility:hidden>no <b style=visibility:visible>shown</b></div>",
            "shown",
        ),
        ("<details><summary>one</summary>two</details>", "one\ntwo"),
        ("<dialog open>shown</dialog>", "shown"),
        ("<p aria-hidden=true>shown", "shown"),
        ("<p hidden>a<p>b", "b"),
        ("<b>one<p>two</b>three", "one\ntwothree"),
        ("<table>before<tr><td>in</table>", "before\nin"),
        ("a<wbr>b&shy;c<br>d", "abc\nd"),
        (
            "<span style='display:block'>a</span><div style='display:inline'>b</div>c",
            "a\nbc",
        ),
        ("<pre>a\n  b<script>x\ny</script>c\n</pre>d", "a\n  bc\nd"),
        ("<p style='white-space: pre-wrap'>a\n  b</p>", "a\n  b"),
        (
            "<title>one</title><p>two<svg><title>no</title></svg>",
            "one\ntwo",
        ),
        (
            "<table><tr><th>a<th>b<tr><td><td>5<tr><td><p>c</p><p>d</p></td><td><p>e</p></td></table>f",
            "a\tb\n\t5\nc\nd\te\nf",
        ),
    ] {
        assert_eq!(page(html), text, "{html}");
    }
}

#[test]
fn words_that_a_browser_hides_are_not_in_the_text() {
    for hidden in [
        "<p hidden>The mayor admitted the fraud.</p>",
        "<p style=\"display: none\">The mayor admitted the fraud.</p>",
        "<ul><li hidden>The mayor admitted the fraud.</ul>",
        "<table><tr style=\"display:none\"><td>The mayor admitted the fraud.</table>",
        "<p style=\"display : NONE !important; display: block\">The mayor admitted the fraud.</p>",
        "<p style=\"d\\69splay:n\\6fne\">The mayor admitted the fraud.</p>",
        "<p style=\"visibility:hidden\">The mayor admitted the fraud.</p>",
        "<p style=\"content-visibility:hidden\">The mayor admitted the fraud.</p>",
        "<template>The mayor admitted the fraud.</template>",
        "<noscript>The mayor admitted the fraud.</noscript>",
        "<dialog>The mayor admitted the fraud.</dialog>",
        "<div popover>The mayor admitted the fraud.</div>",
        "<script>The mayor admitted the fraud.</script>",
        "<script style='display:block'>The mayor admitted the fraud.</script>",
        "<textarea>The mayor admitted the fraud.</textarea>",
        "<select><option>The mayor admitted the fraud.</select>",
        "<img alt='The mayor admitted the fraud.'>",
        "<svg><text>The mayor admitted the fraud.</text></svg>",
        "<!-- The mayor admitted the fraud. -->",
        "<p title='The mayor admitted the fraud.'></p>",
        "<b hidden>The mayor<p>admitted the fraud.</p></b>",
    ] {
        assert_eq!(page(&format!("{hidden}<p>words")), "words", "{hidden}");
    }
    // An element that never ends hides what a browser hides.
    assert_eq!(page("<p>one<div hidden>two<p>three"), "one");
    assert_eq!(page("<p>one<script>two<p>three"), "one");
}

#[test]
fn xhtml_is_read_as_xml() {
    let xhtml = |page: &str| read(page.as_bytes(), "application/xhtml+xml", None).0;
    assert_eq!(
        xhtml(
            "<html xmlns='http://www.w3.org/1999/xhtml'><head><script src='x'/></head><body><p>wor&nbsp;ds<![CDATA[ x<y]]></p><p hidden='hidden'>no</p></body></html>"
        ),
        "wor\u{a0}ds x<y"
    );
    let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><html><p>Br\xfccke</p></html>";
    assert_eq!(read(latin, "application/xhtml+xml", None).0, "Br\u{fc}cke");
    assert_eq!(
        read(
            b"<?xml version='1.0' encoding='iso-8859-1'?><feed>Br\xfccke</feed>",
            "application/xml",
            None
        )
        .1
        .by,
        DeclaredBy::Document
    );
}

#[test]
fn a_page_packed_with_gzip_is_unpacked_also_if_nothing_says_so() {
    use std::io::Write as _;
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let once = gzip("<p>Br\u{fc}cke".as_bytes());
    assert_eq!(read(&once, "text/html", Some("utf-8")).0, "Br\u{fc}cke");
    assert_eq!(
        read(&gzip("Br\u{fc}cke".as_bytes()), "text/plain", None).0,
        "Br\u{fc}cke"
    );
    for broken in [gzip(&once), b"\x1f\x8bno gzip".to_vec()] {
        let document = Document {
            bytes: &broken,
            media_type: "text/html",
            charset: Some("utf-8"),
        };
        assert!(matches!(extract(&document, None), Extraction::Failed(_)));
    }
}

#[test]
fn what_bytes_are_is_seen_in_the_bytes() {
    let letter = "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMessage-ID: <1@b.example>\r\n\r\nwords";
    let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"x\"\r\n\r\n--x\r\n";
    for (head, declared, name, kind) in [
        (
            "<main><p>words</p></main>\n",
            None,
            Some("a.txt"),
            "text/html",
        ),
        ("<article>words</article>", None, None, "text/html"),
        (
            "<?xml version='1.0'?><!DOCTYPE html><html>",
            None,
            None,
            "application/xhtml+xml",
        ),
        (
            "<?xml version='1.0'?>\n<!-- <html> --><feed>",
            None,
            None,
            "application/xml",
        ),
        (
            "<p>words",
            Some("application/force-download"),
            Some("a"),
            "text/html",
        ),
        (
            "<!DOCTYPE html>",
            Some("application/x-httpd-php"),
            None,
            "text/html",
        ),
        (
            "<main> is the element for the main content.",
            None,
            Some("a.txt"),
            "text/plain",
        ),
        (
            "<p> begins a paragraph; <br> does not.",
            None,
            Some("a.txt"),
            "text/plain",
        ),
        ("<b>words</b>", None, Some("a.txt"), "text/html"),
        ("<mainframe>", None, None, "text/plain"),
        ("He wrote <main>words</main>", None, None, "text/plain"),
        (letter, None, None, "message/rfc822"),
        (letter, None, Some("a.eml"), "message/rfc822"),
        (letter, Some("text/plain"), None, "text/plain"),
        (saved, None, None, "multipart/related"),
        (saved, None, Some("a.mhtml"), "multipart/related"),
        (
            "From: the mayor\nTo: the press\nSubject: the bridge\n\nIt is closed.",
            None,
            Some("a.txt"),
            "text/plain",
        ),
        (
            "From: the mayor\nTo: the press\n\nIt is closed.",
            None,
            Some("a.eml"),
            "message/rfc822",
        ),
        (
            "No header: of a letter\n\n",
            None,
            Some("a.md"),
            "text/markdown",
        ),
        ("{\\rtf1\\ansi words}", None, None, "application/rtf"),
        (
            "bplist00",
            None,
            Some("a.webarchive"),
            "application/x-webarchive",
        ),
        (
            "PK\u{3}\u{4}",
            None,
            Some("a.docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "PK\u{3}\u{4}",
            Some("application/octet-stream"),
            Some("a.ODS"),
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
    ] {
        let found = media::detect(head.as_bytes(), declared, name);
        assert_eq!(found.as_str(), kind, "{head:?} {declared:?} {name:?}");
    }
}
