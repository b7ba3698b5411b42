//! Private keys, recognized by the content of a file: publishing one as a source is never intended.

/// What kind of private key stands in these first bytes of a file, if there is one.
///
/// Known are the text forms that tools write: OpenSSH, PEM (RFC 7468: PKCS #1, PKCS #8, SEC 1), SSH.COM (RFC 4716),
/// PuTTY, OpenPGP armor (RFC 9580), age, minisign and signify. A page that only mentions keys is not one: the whole line must
/// be there, and after an armor header a line of base64 or of header fields.
pub fn private_key(head: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}').trim_end());
    while let Some(line) = lines.next() {
        let kind = kind(line);
        if kind.is_some()
            && (!line.starts_with('-')
                || lines
                    .clone()
                    .find(|l| !l.is_empty())
                    .is_some_and(is_of_armor))
        {
            return kind;
        }
    }
    None
}

fn kind(line: &str) -> Option<&'static str> {
    let armored = |begin: &str, end: &str| {
        line.strip_prefix(begin)
            .and_then(|rest| rest.strip_suffix(end))
    };
    if let Some(label) = armored("-----BEGIN ", "-----") {
        return match label {
            "OPENSSH PRIVATE KEY" => Some("an OpenSSH private key"),
            "PGP PRIVATE KEY BLOCK" => Some("an OpenPGP private key"),
            label if label.ends_with("PRIVATE KEY") => Some("a PEM private key"),
            _ => None,
        };
    }
    if armored("---- BEGIN SSH2 ", "PRIVATE KEY ----").is_some() {
        return Some("an SSH private key");
    }
    if line.starts_with("PuTTY-User-Key-File-") && line.contains(": ") {
        return Some("a PuTTY private key");
    }
    let of_age = |rest: &str| {
        rest.len() >= AGE_CHARACTERS && rest.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if line
        .strip_prefix("AGE-SECRET-KEY-")
        .is_some_and(|rest| of_age(&rest.replace('-', "")))
    {
        return Some("an age private key");
    }
    let comment = line.strip_prefix("untrusted comment: ")?;
    (comment.contains("secret key")).then_some("a minisign or signify secret key")
}

/// A line of base64, or a field such as `Proc-Type: 4,ENCRYPTED` or `Version: GnuPG v2`.
fn is_of_armor(line: &str) -> bool {
    let base64 = line
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    base64
        || line
            .split_once(": ")
            .is_some_and(|(name, _)| !name.contains(' '))
}

/// The data of an age identity in bech32: 32 bytes and a checksum.
const AGE_CHARACTERS: usize = 58;

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
}
