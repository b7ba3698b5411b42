//! Private keys in lines of text: PEM and other armor, PuTTY, age, minisign and signify.

/// What kind of private key stands in these lines, if one does.
pub(super) fn kind(text: &str) -> Option<&'static str> {
    // Settings files indent it.
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let kind = of_line(line);
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

fn of_line(line: &str) -> Option<&'static str> {
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
