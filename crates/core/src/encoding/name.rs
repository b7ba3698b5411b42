//! Short names of a fixed form: labels, slugs, origins, language tags, URLs, media types.

use super::{Defect, DefectCode, limits, unicode};
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

macro_rules! name_newtype {
    ($(#[$doc:meta])* $name:ident, $check:path, $most:literal, $pattern:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl FromStr for $name {
            type Err = Defect;
            fn from_str(text: &str) -> Result<Self, Defect> {
                $check(text)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{:?}", self.0) }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                super::spelled::parsed(d)
            }
        }

        $crate::encoding::schema::text_schema!($name, "maxLength": $most, "pattern": $pattern);
    };
}

name_newtype!(
    /// A short unique name of a statement, e.g. `tibilov-referendum`: 2 to 64 of `a-z 0-9 -`, beginning with a letter
    /// and not ending with `-`. 8 or more hex digits alone are refused, because they could be an id.
    Label,
    check_label,
    64,
    "^(?![0-9a-f]{8,}$)[a-z][a-z0-9-]*[a-z0-9]$"
);
name_newtype!(
    /// A holder, an organisation or a scale: 1 to 64 of `a-z 0-9 -`, beginning and ending with a letter or digit.
    Slug,
    check_slug,
    64,
    "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
);
name_newtype!(
    /// A ledger's name, e.g. `desk.example/facts`, without white space, control characters, `+` or `#`.
    Origin,
    check_origin,
    255,
    r"^(?!claimledger/)[^\p{Cc}\p{Cf}\p{Z}+#]+$"
);
name_newtype!(
    /// A language tag in BCP 47's form: subtags of 1 to 8 letters or digits, the first of 2 to 8 letters.
    Language,
    check_language,
    35,
    "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
);
name_newtype!(
    /// An absolute URL: scheme, `:`, and no white space; no user name or password; not `javascript:`, `data:` or `file:`.
    /// This crate never opens it.
    Url,
    check_url,
    2048,
    URL
);
name_newtype!(
    /// A media type without parameters, in lower case, e.g. `text/plain`.
    MediaType,
    check_media_type,
    255,
    "^[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}$"
);

/// Not one of the refused schemes, and no `@` in the authority (the rules are those of [`check_url`]).
#[cfg(feature = "schema")]
const URL: &str = r"^(?!([jJ][aA][vV][aA][sS][cC][rR][iI][pP][tT]|[dD][aA][tT][aA]|[fF][iI][lL][eE]):)(?!([hH][tT][tT][pP][sS]?|[wW][sS][sS]?|[fF][tT][pP]):[/\\]*[^/\\?#]*@)(?![^:]*://[^/?#]*@)[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{Cc}]+$";

fn refuse(code: DefectCode, message: impl Into<String>) -> Result<(), Defect> {
    Err(Defect::new(code, message))
}

fn check_label(text: &str) -> Result<(), Defect> {
    let inside = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if text.len() < 2
        || text.len() > limits::MAX_LABEL_BYTES
        || !text.bytes().all(inside)
        || !text.as_bytes()[0].is_ascii_lowercase()
        || text.ends_with('-')
    {
        return refuse(
            DefectCode::BadLabel,
            format!(
                "{text:?} is no label: a label has 2 to 64 of the characters a-z, 0-9 and -, begins with a letter and does not end with -{}",
                nearest(text, check_label)
            ),
        );
    }
    if text.len() >= 8 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return refuse(
            DefectCode::BadLabel,
            format!(
                "{text:?} would be taken for an id: 8 or more of the digits 0-9 and a-f are no label"
            ),
        );
    }
    Ok(())
}

fn check_slug(text: &str) -> Result<(), Defect> {
    let edge = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    if bytes.is_empty()
        || bytes.len() > limits::MAX_LABEL_BYTES
        || !bytes.iter().all(|&b| edge(b) || b == b'-')
        || !edge(bytes[0])
        || !edge(bytes[bytes.len() - 1])
    {
        return refuse(
            DefectCode::BadSlug,
            format!(
                "{text:?} is no short name: a short name has 1 to 64 of the characters a-z, 0-9 and -, and begins and ends with a letter or digit{}",
                nearest(text, check_slug)
            ),
        );
    }
    Ok(())
}

/// `; "two-words" is allowed`, for the allowed name that is nearest to a refused one; nothing if there is none. Letters
/// lose their accents and their case (Unicode Standard Annex 15, form NFKD); what stands between words becomes a hyphen.
fn nearest(text: &str, check: fn(&str) -> Result<(), Defect>) -> String {
    let mut name = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            name.push(c);
        } else if !c.is_alphanumeric() && !is_combining_mark(c) && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() == limits::MAX_LABEL_BYTES {
            break;
        }
    }
    let name = name.trim_matches('-');
    // Of a name in another script only its digits would be left.
    let kept = name.bytes().filter(u8::is_ascii_alphanumeric).count();
    let had = text.chars().filter(|c| c.is_alphanumeric()).count();
    if name == text || kept * 2 < had.min(limits::MAX_LABEL_BYTES) {
        return String::new();
    }
    // The refusal of a name that is asked about here says nothing.
    let allowed = |name: &str| name.len() <= limits::MAX_LABEL_BYTES && check(name).is_ok();
    if allowed(name) {
        format!("; {name:?} is allowed")
    } else {
        String::new()
    }
}

fn check_origin(text: &str) -> Result<(), Defect> {
    if text.is_empty()
        || text.len() > limits::MAX_ORIGIN_BYTES
        || text.starts_with(OUR_OWN)
        || text
            .chars()
            .any(|c| !unicode::is_visible(c) || c == '+' || c == '#')
    {
        return refuse(
            DefectCode::BadOrigin,
            format!(
                "{text:?} is no origin: 1 to 255 bytes of visible characters without + or #, not beginning with {OUR_OWN}"
            ),
        );
    }
    Ok(())
}

/// What the first lines of this format's own files begin with: no log may be mistaken for one.
const OUR_OWN: &str = "claimledger/";

fn check_language(text: &str) -> Result<(), Defect> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let good_first =
        (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let good_rest =
        parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if text.len() > 35 || !good_first || !good_rest {
        return refuse(
            DefectCode::BadLanguage,
            format!("{text:?} is no language tag (BCP 47), such as en or pt-BR"),
        );
    }
    Ok(())
}

fn check_url(text: &str) -> Result<(), Defect> {
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    let good_scheme = scheme
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if !good_scheme
        || rest.is_empty()
        || text.len() > limits::MAX_LINE_BYTES
        || text.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return refuse(
            DefectCode::BadUrl,
            format!("{text:?} is no absolute URL, such as https://example.org/page"),
        );
    }
    if REFUSED_SCHEMES
        .iter()
        .any(|s| scheme.eq_ignore_ascii_case(s))
    {
        return refuse(
            DefectCode::UrlScheme,
            format!("a {scheme}: URL does not say where others can find something"),
        );
    }
    if has_credentials(scheme, rest) {
        return refuse(
            DefectCode::UrlCredentials,
            "the address contains a user name or password, which the ledger would record forever",
        );
    }
    Ok(())
}

/// Whether the authority of a URL has userinfo (RFC 3986 section 3.2.1). Browsers take any number of `/` and `\` before the
/// authority of the schemes that the WHATWG URL standard calls special, and end it at either.
fn has_credentials(scheme: &str, rest: &str) -> bool {
    let special = SPECIAL_SCHEMES
        .iter()
        .any(|s| scheme.eq_ignore_ascii_case(s));
    let authority = if special {
        rest.trim_start_matches(['/', '\\'])
    } else {
        match rest.strip_prefix("//") {
            Some(authority) => authority,
            None => return false,
        }
    };
    let end = |c| matches!(c, '/' | '?' | '#') || (special && c == '\\');
    let authority = authority.split(end).next().unwrap_or_default();
    authority.contains('@')
}

/// Their URLs run a script in the page that shows them, are the content itself, or name a file of one machine.
const REFUSED_SCHEMES: [&str; 3] = ["javascript", "data", "file"];

/// The special schemes of the WHATWG URL standard that have an authority of a host.
const SPECIAL_SCHEMES: [&str; 5] = ["http", "https", "ws", "wss", "ftp"];

fn check_media_type(text: &str) -> Result<(), Defect> {
    let token = |part: &str| {
        !part.is_empty()
            && part.len() <= 127
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"!#$&-^_.+".contains(&b))
    };
    match text.split_once('/') {
        Some((kind, sub)) if token(kind) && token(sub) => Ok(()),
        _ => refuse(
            DefectCode::BadMediaType,
            format!("{text:?} is no media type, such as text/plain"),
        ),
    }
}
