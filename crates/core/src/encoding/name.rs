//! Short names of a fixed form: labels, slugs, origins, language tags, URLs, media types.

use super::{Defect, DefectCode, limits, unicode};
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

macro_rules! name_newtype {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
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
    };
}

name_newtype!(
    /// A short unique name of a statement, e.g. `tibilov-referendum`: 2 to 64 of `a-z 0-9 -`, beginning with a letter
    /// and not ending with `-`. 8 or more hex digits alone are refused, because they could be an id.
    Label,
    check_label
);
name_newtype!(
    /// A holder, an organisation or a scale: 1 to 64 of `a-z 0-9 -`, beginning and ending with a letter or digit.
    Slug,
    check_slug
);
name_newtype!(
    /// A ledger's name, e.g. `desk.example/facts`, without white space, control characters, `+` or `#`.
    Origin,
    check_origin
);
name_newtype!(
    /// A language tag in BCP 47's form: subtags of 1 to 8 letters or digits, the first of 2 to 8 letters.
    Language,
    check_language
);
name_newtype!(
    /// An absolute URL: scheme, `:`, and no white space. This crate never opens it.
    Url,
    check_url
);
name_newtype!(
    /// A media type without parameters, in lower case, e.g. `text/plain`.
    MediaType,
    check_media_type
);

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
            format!("{text:?} is no label: 2 to 64 of a-z 0-9 -, beginning with a letter"),
        );
    }
    if text.len() >= 8 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return refuse(
            DefectCode::BadLabel,
            format!("{text:?} would read as an id"),
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
            format!("{text:?} is no short name: 1 to 64 of a-z 0-9 -"),
        );
    }
    Ok(())
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
    Ok(())
}

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
