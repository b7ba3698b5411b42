//! The text that a statement records is compared with the bytes: at the door, and in the audit.

use super::pdf_texts;
use super::snapshots::{ON_A_PAGE, one_page, reader, response, stream, zip_of};
use claimledger::extract::document::Extraction;
use claimledger::extract::html;
use claimledger::extract::pdf;
use claimledger::extract::reader::ReaderProcess;
use claimledger::host::disk::FolderDisk;
use claimledger::snapshots::capture::{Choices, extract_from};
use claimledger::snapshots::{Error, Extractors};
use claimledger_core::audit::finding::code;
use claimledger_core::audit::{AuditReport, Options};
use claimledger_core::crypto::sha256;
use claimledger_core::model::StatementId;
use claimledger_core::model::evidence::{Evidence, Stance};
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::snapshot::{ExtractedText, Holding, Snapshot};
use claimledger_testing::{NOW, TestLedger, say};
use std::io::Cursor;
use std::sync::Arc;

const PAGE: &[u8] =
    b"<html><body><p>The bridge will certainly stay open for ever.</p><p>The mayor said so.</p></body></html>";
const FORGED: &str = "The mayor admitted that the bridge will close in April.";

fn page(extractor: &str, words: &str) -> Snapshot {
    Snapshot {
        media_type: say::word("text/html"),
        text: Some(ExtractedText {
            charset: None,
            extractor: say::text(extractor),
            page: None,
            sha256: sha256(&[words.as_bytes()]),
        }),
        ..say::snapshot(PAGE, Holding::Held)
    }
}

/// What the program itself finds in the page.
fn own_text() -> String {
    let choices = Choices::default();
    let reader = reader();
    match extract_from(&mut Cursor::new(PAGE), "text/html", &choices, Some(&reader)).unwrap() {
        Extraction::Extracted { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

/// A ledger with the page, a text of it, and a quotation of this text.
fn ledger(extractor: &str, words: &str, quote: &str) -> TestLedger<FolderDisk> {
    let mut ledger = TestLedger::in_folder();
    ledger.keep(PAGE);
    ledger.keep(words.as_bytes());
    let source = ledger.say(say::captured("The page", page(extractor, words)));
    let claim = ledger.say(say::claim(1));
    let start = words.chars().collect::<String>().find(quote).unwrap() as u64;
    let evidence = quoting(claim, source, words, quote, start);
    ledger.say(evidence);
    ledger
}

fn quoting(
    claim: StatementId,
    source: StatementId,
    words: &str,
    quote: &str,
    start: u64,
) -> Evidence {
    Evidence {
        claim,
        correction: None,
        excerpt: Some(Excerpt {
            end: start + quote.chars().count() as u64,
            quote: say::text(quote),
            start,
            text: sha256(&[words.as_bytes()]),
        }),
        note: None,
        on: None,
        searched: None,
        source: Some(source),
        stance: Stance::Supports,
        via: Vec::new(),
    }
}

fn audited(ledger: &TestLedger<FolderDisk>) -> AuditReport {
    ledger.audit_with(&Options {
        now_millis: NOW,
        texts: Some(Arc::new(Extractors {
            reader: Some(reader()),
        })),
        ..Options::default()
    })
}

fn faults(report: &AuditReport) -> Vec<&'static str> {
    let faults = report.findings.iter();
    faults
        .filter(|finding| finding.severity == claimledger_core::Severity::Fault)
        .map(|finding| finding.code.as_str())
        .collect()
}

#[test]
fn a_text_that_the_bytes_do_not_have_is_a_fault() {
    let honest = ledger(html::EXTRACTOR, &own_text(), "stay open for ever");
    let report = audited(&honest);
    assert_eq!(faults(&report), Vec::<&str>::new());
    assert_eq!(report.checked.texts, 1);

    let forged = ledger(html::EXTRACTOR, FORGED, "will close in April");
    let report = audited(&forged);
    assert_eq!(faults(&report), [code::TEXT_NOT_OF_BYTES.as_str()]);
    // The entry stays admitted: this is a finding about bytes.
    assert_eq!(report.checked.rules, report.checked.entries);
}

#[test]
fn an_audit_without_extractors_says_what_it_did_not_check() {
    let forged = ledger(html::EXTRACTOR, FORGED, "will close in April");
    let report = forged.audit_with(&Options {
        now_millis: NOW,
        ..Options::default()
    });
    assert_eq!(faults(&report), Vec::<&str>::new());
    assert_eq!(report.checked.texts, 0);
    let texts = report
        .not_checked
        .iter()
        .find(|not| not.what == "extracted texts");
    assert_eq!(texts.map(|not| not.count), Some(1));
}

#[test]
fn an_audit_in_which_the_bytes_give_no_text_says_so_and_blames_nobody() {
    let words = "The order says: closed.";
    let bytes = letter(words);
    let letter = Snapshot {
        media_type: say::word("application/pdf"),
        text: Some(ExtractedText {
            charset: None,
            extractor: say::text(pdf::EXTRACTOR),
            page: None,
            sha256: sha256(&[words.as_bytes()]),
        }),
        ..say::snapshot(&bytes, Holding::Held)
    };
    let mut ledger = TestLedger::in_folder();
    ledger.keep(&bytes);
    ledger.keep(words.as_bytes());
    ledger.say(say::captured("The order", letter));
    let unread = |report: &AuditReport| {
        let mut texts = report.not_checked.iter();
        let texts = texts.find(|not| not.what == "extracted texts");
        texts.map(|not| (not.count, not.why.clone()))
    };
    let with = |reader: Option<ReaderProcess>| {
        ledger.audit_with(&Options {
            now_millis: NOW,
            texts: Some(Arc::new(Extractors { reader })),
            ..Options::default()
        })
    };
    let report = audited(&ledger);
    assert_eq!((report.checked.texts, unread(&report)), (1, None));
    // No reader here, one that ends without an answer, and one that meets its limit of time.
    let silent = ReaderProcess {
        program: "/bin/true".into(),
        arguments: Vec::new(),
        ..reader()
    };
    let late = ReaderProcess {
        program: "/bin/sleep".into(),
        arguments: vec!["60".into()],
        time: std::time::Duration::from_millis(50),
    };
    for reader in [None, Some(silent), Some(late)] {
        let report = with(reader);
        assert_eq!(faults(&report), Vec::<&str>::new());
        assert_eq!(report.checked.texts, 0);
        let (count, why) = unread(&report).unwrap();
        assert_eq!(count, 1);
        assert_eq!(why, "no text could be extracted again here");
    }
}

#[test]
fn quotations_of_another_extractors_text_are_looked_for_in_ours() {
    for (words, quote, found, not_found) in [
        (
            "The  bridge will\ncertainly stay open for ever.",
            "will\ncertainly stay",
            1,
            0,
        ),
        (FORGED, "will close in April", 0, 1),
    ] {
        let report = audited(&ledger("another-reader 7", words, quote));
        assert_eq!(faults(&report), Vec::<&str>::new());
        let counts = (
            report.checked.texts,
            report.checked.quotations_found,
            report.checked.quotations_not_found,
        );
        assert_eq!(counts, (0, found, not_found), "{quote}");
    }
}

#[test]
fn bytes_that_are_not_here_are_counted() {
    let honest = ledger(html::EXTRACTOR, &own_text(), "stay open for ever");
    let path = claimledger_core::log::blobs::path_of(&sha256(&[PAGE]));
    std::fs::remove_file(honest.path().join(path)).unwrap();
    let report = audited(&honest);
    assert_eq!(report.checked.texts, 0);
    let texts = report
        .not_checked
        .iter()
        .find(|not| not.what == "extracted texts");
    assert_eq!(texts.map(|not| not.count), Some(1));
}

#[test]
fn the_door_refuses_another_text_and_an_extractor_that_it_does_not_have() {
    let extractors = Extractors {
        reader: Some(reader()),
    };
    let check = |snapshot: &Snapshot| extractors.check(snapshot, &mut Cursor::new(PAGE));
    assert!(check(&page(html::EXTRACTOR, &own_text())).is_ok());
    let code = |answer: Result<(), Error>| answer.unwrap_err().code().to_string();
    assert_eq!(
        code(check(&page(html::EXTRACTOR, FORGED))),
        "text-not-of-bytes"
    );
    assert_eq!(
        code(check(&page(pdf::EXTRACTOR, &own_text()))),
        "text-not-of-bytes"
    );
    for unknown in ["claimledger-html 99", "pdftotext 24.02"] {
        assert_eq!(
            code(check(&page(unknown, FORGED))),
            "extractor-unknown",
            "{unknown}"
        );
    }
}

/// If one of these digests moves, the revision in the extractor's name must rise: a statement names it, and every auditor
/// must get the same text from the same revision.
#[test]
fn the_outputs_of_each_revision_are_frozen() {
    let latin = b"caf\xe9 ferm\xe9\r\n\x07end".as_slice();
    let html = "Content-Type: text/html; charset=windows-1251\r\n";
    let cyrillic = response(
        "https://a.example/",
        200,
        html,
        b"<p>\xcf\xf0\xe8\xe2\xe5\xf2</p>",
    );
    let note = response(
        "https://a.example/note",
        200,
        "Content-Type: text/plain\r\n",
        "na\u{ef}ve".as_bytes(),
    );
    let pages = br#"{"format": "json-pages-1.0"}
{"url": "https://a.example/"}
"#;
    let warc = [cyrillic.clone(), note].concat();
    let wacz = zip_of(&[("pages/pages.jsonl", pages), ("archive/a.warc", &cyrillic)]);
    let in_warc = response(
        "https://a.example/order",
        200,
        "Content-Type: application/pdf\r\n",
        &letter("In an archive."),
    );
    let letter = letter("It is closed \\(for now\\).");
    let [slides, figures, hebrew] = pdf_texts::frozen();
    let named = |page| Choices {
        page: Some(page),
        ..Choices::default()
    };
    let plain = Choices::default();
    let of = |charset| Choices {
        charset: Some(charset),
        ..plain
    };
    let office = super::office_files::corpus();
    let archives = super::web_archives::corpus();
    let mut rows: Vec<(&str, &[u8], Choices<'_>)> = vec![
        ("text/html", PAGE, plain),
        ("text/html", b"<title>T</title><p>a&nbsp;b<br>c<ul><li>d<li>e</ul><table><tr><td>1<td>2</table>", plain),
        ("text/html", b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>", plain),
        ("text/html", b"<p>x<script>y</script><style>z</style><span hidden>w</span> &amp; &#8220;q&#8221;</p>", plain),
        ("text/html", b"<p>4<sup>2</sup><p hidden>no<div hidden=until-found>shown</div><table><tr><td><td>5</table>", plain),
        ("text/html", b"<meta name=x content='charset=koi8-r'><p>Br\xfccke", plain),
        ("application/xhtml+xml", b"<html><p>a&nbsp;b</p><script src='x'/></html>", plain),
        ("text/plain", latin, of("iso-8859-1")),
        ("text/plain", b"\xff\xfea\0b\0", plain),
        ("application/json", b"{\"a\": \"b\"}", plain),
        ("text/csv", b"a,b\r\n1,2\r\n", plain),
        ("application/pdf", &letter, plain),
        ("application/pdf", &slides, plain),
        ("application/pdf", &figures, plain),
        ("application/pdf", &hebrew, plain),
        ("application/warc", &warc, plain),
        ("application/warc", &warc, named("https://a.example/note")),
        ("application/warc", &in_warc, plain),
        ("application/wacz", &wacz, plain),
    ];
    rows.extend(
        archives
            .iter()
            .chain(&office)
            .map(|(media_type, bytes)| (*media_type, &bytes[..], plain)),
    );
    let mut found = String::new();
    let reader = reader();
    for (media_type, bytes, choices) in rows {
        let Extraction::Extracted {
            text,
            extractor,
            page,
            ..
        } = extract_from(&mut Cursor::new(bytes), media_type, &choices, Some(&reader)).unwrap()
        else {
            panic!("{media_type} {bytes:?}");
        };
        found.push_str(&format!(
            "{extractor}{} {}\n",
            page.map_or_else(String::new, |page| format!(" {page}")),
            sha256(&[text.as_bytes()]).short(12)
        ));
    }
    assert_eq!(found, FROZEN, "\n{found}");
}

/// A PDF with these words on its page.
fn letter(words: &str) -> Vec<u8> {
    let shown = format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET");
    one_page(ON_A_PAGE, "", stream("", shown.as_bytes()), &[])
}

const FROZEN: &str = "\
claimledger-html 2 d07a7a6ac992
claimledger-html 2 f9508d1ca4bc
claimledger-html 2 dd679c0b9fd4
claimledger-html 2 ed03f296a833
claimledger-html 2 bd84e6026aca
claimledger-html 2 a63bff5162ca
claimledger-html 2 9507017c6d88
claimledger-text 2 831312b67290
claimledger-text 2 fb8e20fc2e4c
claimledger-text 2 e47aeff37f2b
claimledger-text 2 aeedab1ee7a1
claimledger-pdf 2 b09bce7b6695
claimledger-pdf 2 36336af7fa9c
claimledger-pdf 2 a7334e551d89
claimledger-pdf 2 3ab2fc6d3205
claimledger-archive 2 WARC; claimledger-html 2 https://a.example/ dd679c0b9fd4
claimledger-archive 2 WARC; claimledger-text 2 https://a.example/note f86fd89de87a
claimledger-archive 2 WARC; claimledger-pdf 2 https://a.example/order d00d01aec905
claimledger-archive 2 WACZ; claimledger-html 2 https://a.example/ dd679c0b9fd4
claimledger-archive 2 WARC; claimledger-html 2 https://news.example/bridge d8d4c5b5405e
claimledger-archive 2 WARC; claimledger-html 2 https://news.example/bridge d8d4c5b5405e
claimledger-archive 2 WARC; claimledger-html 2 https://news.example/bridge d8d4c5b5405e
claimledger-archive 2 WACZ; claimledger-html 2 https://news.example/bridge d8d4c5b5405e
claimledger-word 1 1de1c2987d54
claimledger-sheet 1 3264e57e5b63
claimledger-slides 1 57c3d8f07e04
claimledger-opendocument 1 6c70e25ad7df
claimledger-opendocument 1 e2187b33cf73
claimledger-rtf 1 04fd32b71514
claimledger-letter 1 86d3833a11a1
claimledger-letter 1 dd679c0b9fd4
";
