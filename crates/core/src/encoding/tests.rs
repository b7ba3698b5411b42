//! Each value has exactly one encoding: tests of reading and printing.

use super::millis::UnixMillis;
use super::time::{Instant, PartialDate};
use super::{DefectCode, bytes, json, name, text};

fn code(bytes: &[u8]) -> Option<DefectCode> {
    json::check(bytes).err().map(|d| d.code)
}

#[test]
fn json_has_exactly_one_form() {
    assert_eq!(code(br#"{"a":1,"b":["x"]}"#), None);
    for (bytes, expected) in [
        (&br#"{"b":1,"a":1}"#[..], DefectCode::NotCanonical),
        (br#"{"a":1,"a":1}"#, DefectCode::DuplicateField),
        (br#"{"a":1.5}"#, DefectCode::NumberForm),
        (br#"{"a":1.0}"#, DefectCode::NumberForm),
        (br#"{"a":1e3}"#, DefectCode::NumberForm),
        (br#"{"a":-1}"#, DefectCode::NumberForm),
        (br#"{"a":9007199254740992}"#, DefectCode::NumberForm),
        (br#"{"a":null}"#, DefectCode::NullValue),
        (br#"{"a":""}"#, DefectCode::EmptyValue),
        (br#"{"a":[]}"#, DefectCode::EmptyValue),
        (br#"{"a":{}}"#, DefectCode::EmptyValue),
        (br#"{"a":"\u0000"}"#, DefectCode::ControlCharacter),
        (br#"{"a":"\ud800"}"#, DefectCode::LoneSurrogate),
        (br#"{"a":1} "x""#, DefectCode::TrailingBytes),
        (br#"{"a":1"#, DefectCode::NotJson),
        (br#"{"a":01}"#, DefectCode::NotJson),
        (b"{\"a\":\"\xff\"}", DefectCode::NotUtf8),
        ("{\"\u{e4}\":1}".as_bytes(), DefectCode::FieldName),
    ] {
        assert_eq!(
            code(bytes),
            Some(expected),
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
    let deep = format!("{}1{}", "[".repeat(17), "]".repeat(17));
    assert_eq!(code(deep.as_bytes()), Some(DefectCode::TooDeep));
}

#[test]
fn decoding_compares_the_bytes() {
    let spaced = br#"{"a": 1}"#;
    let value: Result<std::collections::BTreeMap<String, u64>, _> = json::decode(spaced);
    assert_eq!(value.unwrap_err().code, DefectCode::NotCanonical);
    let escaped = br#""\u0041""#;
    assert_eq!(
        json::decode::<String>(escaped).unwrap_err().code,
        DefectCode::NotCanonical
    );
}

#[test]
fn a_list_where_an_object_belongs_and_the_reverse_have_one_code() {
    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Pair {
        a: u64,
        b: Vec<u64>,
    }
    for bytes in [
        "[1,[2]]",
        "[1]",
        r#"{"a":1,"b":{"c":2}}"#,
        r#"{"a":[1],"b":[2]}"#,
    ] {
        let refused = json::decode::<Pair>(bytes.as_bytes()).unwrap_err();
        assert_eq!(refused.code, DefectCode::WrongShape, "{bytes}");
    }
    let inside = b"[[1,[2]]]";
    let refused = json::decode::<Vec<Pair>>(inside).unwrap_err();
    assert_eq!(refused.code, DefectCode::WrongShape);
    let pair: Pair = json::decode(br#"{"a":1,"b":[2]}"#).unwrap();
    assert_eq!((pair.a, pair.b), (1, vec![2]));
}

#[test]
fn instants_and_dates_must_exist_and_have_exactly_one_form() {
    for good in [
        "1970-01-01T00:00:00Z",
        "2024-02-29T23:59:59Z",
        "2026-11-24T12:00:00Z",
    ] {
        assert_eq!(good.parse::<Instant>().unwrap().to_string(), good);
    }
    for bad in [
        "2023-02-29T00:00:00Z",
        "2026-11-24T12:00:00+00:00",
        "2026-11-24T12:00:00.0Z",
        "2026-11-24t12:00:00z",
        "2026-11-24 12:00:00Z",
        "2026-11-24T12:00:60Z",
        "1969-12-31T23:59:59Z",
        "2026-11-24",
    ] {
        assert_eq!(
            bad.parse::<Instant>().unwrap_err().code,
            DefectCode::BadTime,
            "{bad}"
        );
    }
    for good in ["2015", "2015-10", "2015-10-14", "2024-02-29"] {
        assert_eq!(good.parse::<PartialDate>().unwrap().as_str(), good);
    }
    for bad in [
        "2015-13",
        "2015-02-30",
        "15",
        "2015-1",
        "2015-10-14T00",
        "2015-",
        "-2015",
        "2015/10",
    ] {
        assert_eq!(
            bad.parse::<PartialDate>().unwrap_err().code,
            DefectCode::BadDate,
            "{bad}"
        );
    }
}

#[test]
fn base64_and_hex_refuse_non_canonical_forms() {
    assert!(bytes::from_base64("AA==").is_ok());
    for bad in ["AB==", "AA", "AA=", "A A=", "_w=="] {
        assert_eq!(
            bytes::from_base64(bad).unwrap_err().code,
            DefectCode::BadBase64,
            "{bad}"
        );
    }
    assert!(bytes::array_from_hex::<1>("0a").is_ok());
    for bad in ["0A", "0", "0a0a"] {
        assert_eq!(
            bytes::array_from_hex::<1>(bad).unwrap_err().code,
            DefectCode::BadHex,
            "{bad}"
        );
    }
}

#[test]
fn names_must_have_their_fixed_form() {
    for good in ["tibilov-referendum", "a1", "deadbeef-case"] {
        assert!(good.parse::<name::Label>().is_ok(), "{good}");
    }
    for bad in ["a", "1a", "a-", "A1", "deadbeef", "two words", ""] {
        assert!(bad.parse::<name::Label>().is_err(), "{bad}");
    }
    for bad in ["", "a b", "a+b", "a#b", "a\u{a0}b", "a\nb"] {
        assert!(bad.parse::<name::Origin>().is_err(), "{bad}");
    }
    for bad in ["e", "englishlanguage", "en_US", "1n", ""] {
        assert!(bad.parse::<name::Language>().is_err(), "{bad}");
    }
    for bad in ["example.org", "https:", "http://a b", "1http://x"] {
        assert!(bad.parse::<name::Url>().is_err(), "{bad}");
    }
    for (url, code) in [
        ("https://user:secret@news.example/a", "url-credentials"),
        ("https://user@news.example/a", "url-credentials"),
        ("HTTPS://user:secret@news.example", "url-credentials"),
        (r"https:\\user:secret@news.example\a", "url-credentials"),
        ("https:/user:secret@news.example/a", "url-credentials"),
        ("https:user:secret@news.example/a", "url-credentials"),
        ("https:///user:secret@news.example/a", "url-credentials"),
        ("sftp://user:secret@news.example/a", "url-credentials"),
        ("javascript:alert(1)", "url-scheme"),
        ("JavaScript:alert(1)", "url-scheme"),
        ("data:text/html,<script>", "url-scheme"),
        ("file:///etc/passwd", "url-scheme"),
    ] {
        let refused = url.parse::<name::Url>().unwrap_err();
        assert_eq!(refused.code.as_str(), code, "{url}");
    }
    for good in [
        "https://news.example/@user",
        "https://news.example/a?mail=me@example.org",
        "https://news.example#a@b",
        "https://news.example/a:b@c",
        "mailto:desk@news.example",
        "doi:10.1000/182",
        "urn:isbn:0451450523",
        "at://did:plc:abc/app.bsky.feed.post/1",
        "x-database://host/a@b",
    ] {
        assert!(good.parse::<name::Url>().is_ok(), "{good}");
    }
    for bad in ["text", "Text/plain", "text/plain; charset=utf-8", "/x"] {
        assert!(bad.parse::<name::MediaType>().is_err(), "{bad}");
    }
}

#[test]
fn documents_decode_to_one_text() {
    let text = text::decode_document("\u{feff}a\r\nb\rc\u{0}\u{85}d\te\n".as_bytes()).unwrap();
    assert_eq!(text, "a\nb\nc\u{fffd}\u{fffd}d\te\n");
    assert!(text::decode_document(b"\xff").is_err());
}

#[test]
fn milliseconds_round_down_to_the_second_that_they_lie_in() {
    let second: Instant = "2026-01-02T03:04:05Z".parse().unwrap();
    let first = UnixMillis::from(second);
    assert_eq!(first.get(), 1_767_323_045_000);
    assert_eq!(first.plus_millis(999).instant(), Ok(second));
    assert_ne!(first.plus_millis(1_000).instant(), Ok(second));
    assert_eq!(first.plus_millis(7).millis_since(first), 7);
    assert_eq!(first.millis_since(first.plus_millis(7)), 0);
    assert!(UnixMillis::new(u64::MAX).instant().is_err());
    assert_eq!(serde_json::to_string(&first).unwrap(), "1767323045000");
}
