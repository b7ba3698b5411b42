//! Private keys, recognized by the content of a file: publishing one as a source is never intended.

mod binary;
mod json;
mod lines;

/// What kind of private key stands in these first bytes of a file, if there is one.
///
/// Known are the forms that tools write: OpenSSH, PEM (RFC 7468: PKCS #1, PKCS #8, SEC 1), SSH.COM (RFC 4716), PuTTY,
/// OpenPGP (RFC 9580), age, minisign and signify, JSON Web Keys, DER, PKCS #12, and the key stores of Java. A page that only
/// mentions keys is not one: the whole line must be there, and after an armor header a line of base64 or of header fields.
pub fn private_key(head: &[u8]) -> Option<&'static str> {
    if let Some(kind) = binary::kind(head) {
        return Some(kind);
    }
    // By the byte order mark: PowerShell writes UTF-16.
    let (text, _, _) = encoding_rs::UTF_8.decode(head);
    lines::kind(&text).or_else(|| json::kind(&text))
}

/// Where a private key is looked for: in the first bytes of a file.
pub const LOOKED_AT_BYTES: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::private_key;

    #[test]
    fn every_form_of_a_private_key_is_known() {
        for (text, kind) in [
            (
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n",
                "an OpenSSH private key",
            ),
            (
                "-----BEGIN PRIVATE KEY-----\r\nMC4CAQAwBQYDK2Vw\r\n",
                "a PEM private key",
            ),
            (
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGj\n",
                "a PEM private key",
            ),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n",
                "a PEM private key",
            ),
            (
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----\nMHcC\n",
                "a PEM private key",
            ),
            (
                "\u{feff}-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgEZ\n",
                "an OpenPGP private key",
            ),
            (
                "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAA\n",
                "an SSH private key",
            ),
            (
                "PuTTY-User-Key-File-3: ssh-ed25519\n",
                "a PuTTY private key",
            ),
            (
                "# created: 2026-01-01\n# public key: age1qq\nAGE-SECRET-KEY-1QQPQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ\n",
                "an age private key",
            ),
            (
                "untrusted comment: minisign encrypted secret key\nRWRT\n",
                "a minisign or signify secret key",
            ),
        ] {
            assert_eq!(private_key(text.as_bytes()), Some(kind), "{text}");
        }
    }

    #[test]
    fn public_keys_and_pages_about_keys_are_sources() {
        for text in [
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG mara\n",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n",
            "untrusted comment: minisign public key\nRWQf\n",
            "A private key begins with -----BEGIN PRIVATE KEY----- and a line of base64.\n",
            "-----BEGIN PRIVATE KEY-----\nis how such a file begins, the expert said.\n",
            "They found AGE-SECRET-KEY- in the mail.\n",
            "",
        ] {
            assert_eq!(private_key(text.as_bytes()), None, "{text}");
        }
    }

    /// An element of DER, of at most 65,535 bytes.
    fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        let head = match length {
            [0, short @ 0..=127] => vec![tag, short],
            [0, long] => vec![tag, 0x81, long],
            [high, low] => vec![tag, 0x82, high, low],
        };
        [head, content].concat()
    }

    fn sequence(parts: &[&[u8]]) -> Vec<u8> {
        element(0x30, parts)
    }

    fn integer(bytes: &[u8]) -> Vec<u8> {
        element(2, &[bytes])
    }

    /// An AlgorithmIdentifier with this OBJECT IDENTIFIER.
    fn algorithm(oid: &[u8]) -> Vec<u8> {
        sequence(&[&element(6, &[oid]), &element(5, &[])])
    }

    const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
    const PBES2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 13];
    const PBE_OF_PKCS_12: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 1, 3];
    const DATA_OF_PKCS_7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];

    #[test]
    fn binary_forms_are_known() {
        let large = integer(&[0x5a; 300]);
        let octets = |length: usize| element(4, &[&vec![0x5a; length]]);
        let curve = element(0xa0, &[&element(6, &[ED25519])]);
        let point = element(0xa1, &[&element(3, &[&[0; 66]])]);
        let rsa: Vec<&[u8]> = std::iter::once(&[2, 1, 0][..])
            .chain([&large[..]; 8])
            .collect();
        let dsa: Vec<&[u8]> = std::iter::once(&[2, 1, 0][..])
            .chain([&large[..]; 5])
            .collect();
        let store = sequence(&[
            &integer(&[3]),
            &sequence(&[
                &element(6, &[DATA_OF_PKCS_7]),
                &element(0xa0, &[&octets(60_000)]),
            ]),
            &sequence(&[]),
        ]);
        for (bytes, kind) in [
            (sequence(&rsa), "an RSA private key"),
            (sequence(&dsa), "a DSA private key"),
            (
                sequence(&[&integer(&[1]), &octets(32), &curve, &point]),
                "an EC private key",
            ),
            (
                sequence(&[&integer(&[1]), &octets(66)]),
                "an EC private key",
            ),
            (
                sequence(&[&integer(&[0]), &algorithm(ED25519), &octets(34)]),
                "a PKCS #8 private key",
            ),
            (
                sequence(&[&integer(&[1]), &algorithm(ED25519), &octets(34), &curve]),
                "a PKCS #8 private key",
            ),
            (
                sequence(&[&algorithm(PBES2), &octets(80)]),
                "an encrypted PKCS #8 private key",
            ),
            (
                sequence(&[&algorithm(PBE_OF_PKCS_12), &octets(80)]),
                "an encrypted PKCS #8 private key",
            ),
            // Only its beginning is looked at.
            (store[..200].to_vec(), "a PKCS #12 key store"),
            (store, "a PKCS #12 key store"),
            (
                [&[0x30, 0x80, 2, 1, 3, 0x30, 0x80, 6, 9][..], DATA_OF_PKCS_7].concat(),
                "a PKCS #12 key store",
            ),
            (
                b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x01".to_vec(),
                "a Java key store",
            ),
            (
                b"\x95\x01\xfe\x04\x60\0\0\0\x01\x04\0".to_vec(),
                "an OpenPGP private key",
            ),
            (
                b"\xc5\x58\x06\x60\0\0\0\x1b\0\0\0\x20".to_vec(),
                "an OpenPGP private key",
            ),
        ] {
            assert_eq!(private_key(&bytes), Some(kind));
            // A file that is cut short, or that is none of these, is looked at without a crash.
            for end in 0..bytes.len().min(400) {
                private_key(&bytes[..end]);
                let mut other = bytes.clone();
                other[end] ^= 0x81;
                private_key(&other);
            }
        }
    }

    #[test]
    fn certificates_public_keys_and_other_binary_files_are_sources() {
        let octets = |length: usize| element(4, &[&vec![0x5a; length]]);
        let bits = element(3, &[&[0; 33]]);
        let signed = rcgen::generate_simple_self_signed(vec!["a.example".to_owned()]).unwrap();
        let (certificate, key) = (signed.cert, signed.signing_key);
        let message = sequence(&[
            &integer(&[1]),
            &octets(6),
            &element(0xa0, &[&integer(&[7])]),
        ]);
        for bytes in [
            certificate.der().to_vec(),
            certificate.pem().into_bytes(),
            rcgen::PublicKeyData::subject_public_key_info(&key),
            key.public_key_pem().into_bytes(),
            // The public key of PKCS #1, one of SPKI, a signed message of PKCS #7, a network message, a time stamp.
            sequence(&[&integer(&[0x5a; 256]), &integer(&[1, 0, 1])]),
            sequence(&[&algorithm(ED25519), &bits]),
            sequence(&[
                &element(6, &[DATA_OF_PKCS_7]),
                &element(0xa0, &[&octets(40)]),
            ]),
            message,
            sequence(&[
                &integer(&[1]),
                &octets(32),
                &element(0xa0, &[&integer(&[7])]),
            ]),
            sequence(&[
                &integer(&[1]),
                &sequence(&[&algorithm(ED25519), &octets(32)]),
            ]),
            sequence(&[&algorithm(ED25519), &octets(20)]),
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            b"\x89PNG\r\n\x1a\n".to_vec(),
            b"PK\x03\x04".to_vec(),
            b"0123456789".to_vec(),
            vec![0x30],
            vec![0x30; 4_000],
            vec![0x95; 4_000],
        ] {
            assert_eq!(private_key(&bytes), None, "{bytes:02x?}");
        }
        assert!(private_key(&key.serialize_der()).is_some());
        assert!(private_key(key.serialize_pem().as_bytes()).is_some());
    }

    #[test]
    fn keys_in_json_settings_and_other_encodings_are_known() {
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n";
        let of_a_service =
            serde_json::json!({"type": "service_account", "private_key": pem}).to_string();
        let indented = format!("key: |\n{}", pem.replace('\n', "\n    ").trim_end());
        let wide: Vec<u8> = format!("\u{feff}{pem}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, kind) in [
            (
                br#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qY"}"#
                    .to_vec(),
                "a JSON Web Key with its private part",
            ),
            (
                b"\n [ {\"kty\": \"RSA\", \"n\": \"0vx7\", \"e\": \"AQAB\", \"d\": \"X4cTteJY_gn4FYPsXB8rdXix\"} ]"
                    .to_vec(),
                "a JSON Web Key with its private part",
            ),
            (
                br#"{"keys":[{"kty":"EC","x":"MKBC"},{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMko"}]}"#.to_vec(),
                "a secret JSON Web Key",
            ),
            (of_a_service.into_bytes(), "a key file of a service"),
            (indented.into_bytes(), "a PEM private key"),
            (wide, "a PEM private key"),
        ] {
            assert_eq!(private_key(&bytes), Some(kind));
        }
        for text in [
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            r#"{"keys":[{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN","e":"AQAB"}]}"#,
            r#"{"d":"2026-11-30T00:00:00Z, a date","k":"a keyword of a table"}"#,
            r#"{"kty":"OKP","d":"short"}"#,
            r#"{"private_key":"is the name of the field that was leaked"}"#,
            r#"["d","kty"]"#,
            "{",
            "[1, 2",
        ] {
            assert_eq!(private_key(text.as_bytes()), None, "{text}");
        }
    }
}
