//! What a web archive proves of itself: read, recorded, shown, and never asked for.

use super::snapshots::{gzip, zip_of};
use claimledger::extract::archive::{Proof, examine};
use claimledger::snapshots::Extractors;
use claimledger::snapshots::capture::proofs_from;
use claimledger_core::audit::Options;
use claimledger_core::audit::finding::code;
use claimledger_core::crypto::sha256;
use claimledger_core::model::snapshot::{ArchiveProof, ArchiveProofKind, Holding, Snapshot};
use claimledger_testing::{NOW, TestLedger, say};
use p384::ecdsa::signature::hazmat::PrehashSigner as _;
use p384::pkcs8::DecodePrivateKey as _;
use serde_json::{Value, json};
use sha1::Digest as _;
use std::io::Cursor;
use std::sync::Arc;

const URL: &str = "https://news.example/bridge";

fn base32(bytes: &[u8]) -> String {
    data_encoding::BASE32.encode(bytes)
}

/// A response with digests of its own; `payload` and `block` spell them.
fn digested(url: &str, fields: &str, body: &[u8], payload: &str, block: Option<&str>) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n");
    let content = [head.as_bytes(), body].concat();
    let sha1 = format!("sha1:{}", base32(&sha1::Sha1::digest(&content)));
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
         WARC-Payload-Digest: {payload}\r\nWARC-Block-Digest: {}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.unwrap_or(&sha1),
        content.len()
    )
    .into_bytes();
    out.extend(content);
    out.extend(b"\r\n\r\n");
    out
}

fn sha1_of(body: &[u8]) -> String {
    format!("sha1:{}", base32(&sha1::Sha1::digest(body)))
}

fn hex(bytes: &[u8]) -> String {
    format!("sha256:{}", sha256(&[bytes]))
}

/// The counts of one kind: valid, wrong, absent, not checked; and the detail.
fn of(found: &[Proof], what: ArchiveProofKind) -> ([u64; 4], Option<String>) {
    let proof = found.iter().find(|proof| proof.what == what).unwrap();
    let counts = [proof.valid, proof.wrong, proof.absent, proof.unchecked];
    (counts, proof.detail.clone())
}

fn warc(bytes: &[u8]) -> Vec<Proof> {
    examine(&mut Cursor::new(bytes), "application/warc").proofs
}

fn wacz(bytes: &[u8]) -> Vec<Proof> {
    examine(&mut Cursor::new(bytes), "application/wacz").proofs
}

#[test]
fn digests_of_records_are_valid_wrong_absent_or_not_checked() {
    let body = b"<p>The bridge will close.</p>";
    let chunks = b"1d\r\n<p>The bridge will close.</p>\r\n0\r\n\r\n";
    let chunked = "Transfer-Encoding: chunked\r\n";
    let all = [
        digested("https://a.example/1", "", body, &sha1_of(body), None),
        digested("https://a.example/2", "", body, &hex(body), None),
        // Some crawlers compute the digest over the body with its chunk headers, some over the body alone.
        digested(
            "https://a.example/3",
            chunked,
            chunks,
            &sha1_of(chunks),
            None,
        ),
        digested("https://a.example/4", chunked, chunks, &sha1_of(body), None),
        digested(
            "https://a.example/5",
            "",
            body,
            &sha1_of(b"other"),
            Some("md5:1"),
        ),
        digested(
            "https://a.example/6",
            "",
            body,
            "md5:1",
            Some(&sha1_of(b"other")),
        ),
        super::snapshots::response("https://a.example/7", 200, "", body),
    ]
    .concat();
    for bytes in [all.clone(), gzip(&all)] {
        let found = warc(&bytes);
        assert_eq!(
            of(&found, ArchiveProofKind::Payloads),
            ([4, 1, 1, 1], Some("https://a.example/5".to_owned()))
        );
        assert_eq!(
            of(&found, ArchiveProofKind::Blocks),
            ([4, 1, 1, 1], Some("https://a.example/6".to_owned()))
        );
        assert_eq!(found.len(), 2);
    }
    assert_eq!(warc(b"no archive"), []);
}

/// A collection as py-wacz makes it: a WARC file, an index, a description, its digest, and perhaps a signature.
fn collection(change: impl Fn(&mut Value, &mut Value), signed: Option<Value>) -> Vec<u8> {
    let body = b"<p>The bridge will close.</p>";
    let warc = gzip(&digested(URL, "", body, &sha1_of(body), None));
    let row = json!({"url": URL, "digest": sha1_of(body), "filename": "a.warc.gz", "offset": "0"});
    let other = json!({"url": URL, "digest": sha1_of(b"other"), "filename": "a.warc.gz"});
    let index = format!("example,news)/bridge 2026 {row}\nexample,news)/bridge 2026 {other}\n");
    let pages = format!("{{\"format\": \"json-pages-1.0\"}}\n{{\"url\": \"{URL}\"}}\n");
    let mut package = json!({
        "profile": "data-package",
        "resources": [
            {"name": "a", "path": "archive/a.warc.gz", "hash": hex(&warc), "bytes": warc.len()},
            {"name": "i", "path": "indexes/index.cdx", "hash": hex(index.as_bytes()), "bytes": index.len()},
        ],
    });
    let mut digest = json!({"path": "datapackage.json"});
    change(&mut package, &mut digest);
    let package = package.to_string();
    if digest.get("hash").is_none() {
        digest["hash"] = json!(hex(package.as_bytes()));
    }
    if let Some(signed) = signed {
        digest["signedData"] = signed;
    }
    zip_of(&[
        ("archive/a.warc.gz", &warc),
        ("indexes/index.cdx", index.as_bytes()),
        ("pages/pages.jsonl", pages.as_bytes()),
        ("datapackage.json", package.as_bytes()),
        ("datapackage-digest.json", digest.to_string().as_bytes()),
    ])
}

/// The hash of the description of [`collection`], which a signature is of.
fn hash_of_description() -> String {
    let bytes = collection(|_, _| {}, None);
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let digest: Value =
        serde_json::from_reader(zip.by_name("datapackage-digest.json").unwrap()).unwrap();
    digest["hash"].as_str().unwrap().to_owned()
}

#[test]
fn the_files_the_index_and_the_description_of_a_collection_are_checked() {
    let found = wacz(&collection(|_, _| {}, None));
    assert_eq!(of(&found, ArchiveProofKind::Files), ([2, 0, 0, 0], None));
    assert_eq!(
        of(&found, ArchiveProofKind::Description),
        ([1, 0, 0, 0], None)
    );
    assert_eq!(
        of(&found, ArchiveProofKind::Signature),
        ([0, 0, 1, 0], None)
    );
    assert_eq!(
        of(&found, ArchiveProofKind::Index),
        ([1, 1, 0, 0], Some(URL.to_owned()))
    );
    assert_eq!(of(&found, ArchiveProofKind::Payloads).0, [1, 0, 0, 0]);
    let mut names: Vec<&str> = found.iter().map(|proof| proof.what.as_str()).collect();
    assert!(names.is_sorted());
    names.dedup();
    assert_eq!(names.len(), found.len());

    // A file that is not there, one whose hash is another, and a WARC file that is not listed.
    let found = wacz(&collection(
        |package, digest| {
            package["resources"] = json!([
                {"path": "archive/b.warc.gz", "hash": hex(b"")},
                {"path": "indexes/index.cdx", "hash": hex(b"other")},
                {"path": "pages/pages.jsonl", "hash": "md5:1"},
            ]);
            digest["hash"] = json!(hex(b"other"));
        },
        None,
    ));
    assert_eq!(
        of(&found, ArchiveProofKind::Files),
        (
            [0, 2, 1, 1],
            Some("archive/b.warc.gz, indexes/index.cdx".to_owned())
        )
    );
    assert_eq!(
        of(&found, ArchiveProofKind::Description),
        ([0, 1, 0, 0], Some("datapackage.json".to_owned()))
    );
}

#[test]
fn a_signature_by_an_anonymous_key_is_verified() {
    let hash = hash_of_description();
    let key = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
    let sign = |hash: &str| -> p384::ecdsa::Signature {
        key.sign_prehash(&sha2::Sha256::digest(hash.as_bytes()))
            .unwrap()
    };
    // RFC 5480: an uncompressed point on P-384, as Web Crypto exports it.
    let before = b"\x30\x76\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x62\x00";
    let point = key.verifying_key().to_encoded_point(false);
    let public = [&before[..], point.as_bytes()].concat();
    let base64 = |bytes: &[u8]| data_encoding::BASE64.encode(bytes);
    let signed = |signature: &[u8], hash: &str| {
        json!({
            "hash": hash, "signature": base64(signature), "publicKey": base64(&public),
            "created": "2026-03-10T10:00:00Z", "software": "ArchiveWeb.page 0.11",
        })
    };
    let check = |signed: Value| {
        of(
            &wacz(&collection(|_, _| {}, Some(signed))),
            ArchiveProofKind::Signature,
        )
    };
    let who = format!(
        "by an anonymous key, SHA-256 of the key {}, created 2026-03-10T10:00:00Z, with ArchiveWeb.page 0.11",
        sha256(&[&public])
    );
    let good = sign(&hash);
    for signature in [good.to_bytes().to_vec(), good.to_der().as_bytes().to_vec()] {
        assert_eq!(
            check(signed(&signature, &hash)),
            ([1, 0, 0, 0], Some(who.clone()))
        );
    }
    let other = hex(b"other");
    assert_eq!(
        check(signed(&sign(&other).to_bytes(), &hash)).0,
        [0, 1, 0, 0]
    );
    // A good signature of another description.
    assert_eq!(
        check(signed(&sign(&other).to_bytes(), &other)).0,
        [0, 1, 0, 0]
    );
    assert_eq!(check(signed(b"short", &hash)).0, [0, 1, 0, 0]);
    // A key of a kind that is not known here.
    let mut strange = signed(&good.to_bytes(), &hash);
    strange["publicKey"] = json!(base64(b"a key"));
    assert_eq!(check(strange).0, [0, 0, 0, 1]);
}

#[test]
fn a_signature_of_a_domain_says_whose_certificate_it_is_and_what_is_not_checked() {
    let hash = hash_of_description();
    let pair = rcgen::KeyPair::generate().unwrap();
    let certificate = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut parameters = rcgen::CertificateParams::new(names).unwrap();
        parameters.not_before = rcgen::date_time_ymd(2026, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(2026, 4, 1);
        parameters.self_signed(&pair).unwrap()
    };
    let key = p256::ecdsa::SigningKey::from_pkcs8_der(&pair.serialize_der()).unwrap();
    let signature: p256::ecdsa::Signature = key
        .sign_prehash(&sha2::Sha256::digest(hash.as_bytes()))
        .unwrap();
    let signed = |names: &[&str]| {
        json!({
            "hash": hash, "created": "2026-03-10T10:00:00Z", "domain": "sign.example",
            "domainCert": certificate(names).pem() + "\n\n" + &certificate(names).pem(),
            "signature": data_encoding::BASE64.encode(signature.to_der().as_bytes()),
            "timeSignature": "AA==", "timestampCert": "",
        })
    };
    let check = |signed: Value| {
        of(
            &wacz(&collection(|_, _| {}, Some(signed))),
            ArchiveProofKind::Signature,
        )
    };
    let (counts, words) = check(signed(&["sign.example", "www.sign.example"]));
    assert_eq!(counts, [1, 0, 0, 0]);
    let words = words.unwrap();
    for part in [
        "by the domain sign.example, certificate for sign.example, www.sign.example by CN=",
        "from 2026-01-01T00:00:00Z to 2026-04-01T00:00:00Z, chain and time stamp: not checked",
        "SHA-256 of the key ",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let (counts, words) = check(signed(&["other.example"]));
    assert_eq!(counts, [1, 0, 0, 0]);
    assert!(
        words
            .unwrap()
            .contains("sign.example, which its certificate does not name")
    );
    let mut torn = signed(&["sign.example"]);
    torn["domainCert"] = json!("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
    assert_eq!(check(torn).0, [0, 0, 0, 1]);
}

#[test]
fn an_audit_notes_wrong_proofs_and_blames_nobody() {
    let body = b"<p>The bridge will close.</p>";
    let good = digested(URL, "", body, &sha1_of(body), None);
    let bad = digested(URL, "", body, &sha1_of(b"other"), None);
    let notes = |bytes: &[u8], change: &dyn Fn(&mut Vec<ArchiveProof>)| {
        let media_type = say::word("application/warc");
        let mut archive_proofs = proofs_from(&mut Cursor::new(bytes), &media_type).unwrap();
        change(&mut archive_proofs);
        let snapshot = Snapshot {
            archive_proofs,
            media_type,
            no_text: Some(say::text("not looked for")),
            ..say::snapshot(bytes, Holding::Held)
        };
        let mut ledger = TestLedger::in_folder();
        ledger.keep(bytes);
        ledger.say(say::captured("The archive", snapshot));
        let report = ledger.audit_with(&Options {
            now_millis: NOW,
            texts: Some(Arc::new(Extractors { reader: None })),
            ..Options::default()
        });
        let of_proofs = report
            .findings
            .iter()
            .filter(|f| f.code == code::ARCHIVE_PROOF_WRONG);
        let severities = of_proofs
            .clone()
            .all(|f| f.severity == claimledger_core::Severity::Note);
        assert!(severities);
        of_proofs
            .map(|finding| finding.message.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(&good, &|_| {}), Vec::<String>::new());
    assert_eq!(
        notes(&bad, &|_| {}),
        [format!(
            "of the web archive's own proofs: digests of payloads: 1 wrong (“{URL}”)"
        )]
    );
    let said = notes(&bad, &|proofs| {
        for proof in proofs.iter_mut().filter(|proof| proof.wrong > 0) {
            (proof.valid, proof.wrong, proof.detail) = (1, 0, None);
        }
    });
    assert_eq!(
        said,
        [format!(
            "of the web archive's own proofs the entry says: digests of records: 1 valid; digests of payloads: 1 valid; \
             this program finds: digests of records: 1 valid; digests of payloads: 1 wrong (“{URL}”)"
        )]
    );
}
