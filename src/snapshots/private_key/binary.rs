//! Private keys in binary forms: DER (X.690), PKCS #12, the key stores of Java, and OpenPGP packets.

use der::asn1::ObjectIdentifier;
use der::{AnyRef, Decode as _, Header, Reader as _, SliceReader, Tag, Tagged as _};

/// What kind of private key these first bytes of a file are, if they are one.
pub(super) fn kind(head: &[u8]) -> Option<&'static str> {
    in_der(head).or_else(|| match head {
        // Encodings of unknown length are BER, which some programs write.
        [0x30, 0x80, 2, 1, 3, 0x30, 0x80, 6, 9, ..] => Some(PKCS_12),
        [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 1 | 2, ..]
        | [0xce, 0xce, 0xce, 0xce, 0, 0, 0, 1 | 2, ..] => Some("a Java key store"),
        _ => is_openpgp(head).then_some("an OpenPGP private key"),
    })
}

/// One SEQUENCE with the elements of
///
/// ```text
/// PKCS #1 (RFC 8017, A.1.2)   INTEGER 0 or 1, and at least eight INTEGER
/// DSA as OpenSSL writes it    INTEGER 0, and five INTEGER
/// SEC 1 (RFC 5915)            INTEGER 1, OCTET STRING of 16 to 72 bytes, and tagged elements
/// PKCS #8 (RFC 5958)          INTEGER 0 or 1, SEQUENCE of an OBJECT IDENTIFIER and more, OCTET STRING
///   encrypted                 SEQUENCE of the OBJECT IDENTIFIER of an encryption by password and more, OCTET STRING
/// PKCS #12 (RFC 7292)         INTEGER 3, SEQUENCE of an OBJECT IDENTIFIER of PKCS #7 and more
/// ```
fn in_der(head: &[u8]) -> Option<&'static str> {
    let content = sequence(head)?;
    let mut reader = SliceReader::new(content).ok()?;
    let first = AnyRef::decode(&mut reader).ok()?;
    match (first.tag(), first.value()) {
        (Tag::Integer, [3]) => {
            let rest = &content[usize::try_from(reader.position()).ok()?..];
            let oid = first_oid(sequence(rest)?)?;
            PKCS_7.contains(&oid).then_some(PKCS_12)
        }
        (Tag::Integer, version @ [0 | 1]) => {
            let second = AnyRef::decode(&mut reader).ok()?;
            match second.tag() {
                Tag::Integer => {
                    let mut integers = 2;
                    while AnyRef::decode(&mut reader).is_ok_and(|next| next.tag() == Tag::Integer) {
                        integers += 1;
                    }
                    match integers {
                        9.. => Some("an RSA private key"),
                        6 if version == [0] && reader.is_finished() => Some("a DSA private key"),
                        _ => None,
                    }
                }
                Tag::OctetString if version == [1] && (16..=72).contains(&second.value().len()) => {
                    let tagged = |next: AnyRef<'_>| {
                        let inner = AnyRef::from_der(next.value()).map(|inner| inner.tag());
                        match next.tag() {
                            Tag::ContextSpecific { .. } => {
                                matches!(inner, Ok(Tag::ObjectIdentifier | Tag::BitString))
                            }
                            _ => false,
                        }
                    };
                    while !reader.is_finished() {
                        if !AnyRef::decode(&mut reader).is_ok_and(tagged) {
                            return None;
                        }
                    }
                    Some("an EC private key")
                }
                Tag::Sequence => {
                    first_oid(second.value())?;
                    let third = AnyRef::decode(&mut reader).ok()?;
                    (third.tag() == Tag::OctetString).then_some("a PKCS #8 private key")
                }
                _ => None,
            }
        }
        (Tag::Sequence, value) => {
            let oid = first_oid(value)?.to_string();
            let by_password = BY_PASSWORD.iter().any(|above| oid.starts_with(above));
            let second = AnyRef::decode(&mut reader).ok()?;
            (by_password && second.tag() == Tag::OctetString && reader.is_finished())
                .then_some("an encrypted PKCS #8 private key")
        }
        _ => None,
    }
}

/// The content of a SEQUENCE that begins here, as far as it is here.
fn sequence(bytes: &[u8]) -> Option<&[u8]> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let header = Header::decode(&mut reader).ok()?;
    let content = &bytes[usize::try_from(reader.position()).ok()?..];
    let length = usize::try_from(header.length).ok()?;
    (header.tag == Tag::Sequence).then(|| &content[..length.min(content.len())])
}

fn first_oid(content: &[u8]) -> Option<ObjectIdentifier> {
    let mut reader = SliceReader::new(content).ok()?;
    ObjectIdentifier::decode(&mut reader).ok()
}

/// A secret key packet of version 3 to 6 (RFC 9580, sections 4.2 and 5.5.3), with an algorithm for public keys (9.1). A file
/// of keys begins with it.
fn is_openpgp(head: &[u8]) -> bool {
    let (
        // The old header: tag 5, and a length of one, two or four bytes. The new one: tag 5, and a length of five, two or
        // one.
        [0x94, _, body @ ..]
        | [0x95, _, _, body @ ..]
        | [0x96, _, _, _, _, body @ ..]
        | [0xc5, 0xff, _, _, _, _, body @ ..]
        | [0xc5, 192..=223, _, body @ ..]
        | [0xc5, 0..=191, body @ ..]
    ) = head
    else {
        return false;
    };
    match body {
        // The version, four bytes of time, in version 3 two of days, and the algorithm.
        [3, _, _, _, _, _, _, algorithm, ..] | [4..=6, _, _, _, _, algorithm, ..] => {
            matches!(algorithm, 1..=3 | 16..=19 | 22 | 25..=28)
        }
        _ => false,
    }
}

const PKCS_12: &str = "a PKCS #12 key store";

/// `data` and `signedData` of PKCS #7 (RFC 5652): what a PKCS #12 store can contain.
const PKCS_7: [ObjectIdentifier; 2] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2"),
];

/// The encryptions by password of PKCS #5 and of PKCS #12.
const BY_PASSWORD: [&str; 2] = ["1.2.840.113549.1.5.", "1.2.840.113549.1.12.1."];
