//! JSON as it is spelled: a number is its characters, so that `5.0` stays `5.0`. Depth and size are bounded, because the
//! bytes may come from anybody.

use super::trouble::{Trouble, TroubleCode};
use serde::Deserializer;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::cell::Cell;
use std::fmt;

/// A JSON value (RFC 8259).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerbatimJson {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is spelled.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object, its members in their order.
    Object(Vec<(String, Self)>),
}

/// Markup nests a dozen levels. Each level is scanned once more, so the depth bounds the time too.
pub const MAX_DEPTH: usize = 48;

/// A file of this many values takes about 100 MB.
pub const MAX_VALUES: usize = 1_000_000;

/// The longest value: a page, or one review in a feed.
pub const MAX_VALUE_BYTES: usize = 32 * 1024 * 1024;

impl VerbatimJson {
    /// Reads a text that is one JSON value.
    ///
    /// # Errors
    ///
    /// Trouble at no place in particular: `malformed`, `too-deep` or `too-large`.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        if text.len() > MAX_VALUE_BYTES {
            return Err(too_large(format!(
                "a value of {} bytes where {MAX_VALUE_BYTES} is the limit",
                text.len()
            )));
        }
        let raw: &RawValue = serde_json::from_str(text).map_err(|e| malformed(&e))?;
        tree(raw, 0, &Cell::new(MAX_VALUES))
    }

    /// The member of an object; of a repeated name the last, as every browser reads it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .rev()
                .find(|(member, _)| member == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The characters of a text or a number.
    pub fn spelled(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// A list's items; any other value is a list of itself, `null` of nothing.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Null => &[],
            one => std::slice::from_ref(one),
        }
    }
}

/// A step in a JSON pointer (RFC 6901, section 3).
pub fn step(path: &str, name: &str) -> String {
    format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn malformed(error: &serde_json::Error) -> Trouble {
    Trouble::new("", TroubleCode::Malformed, format!("no JSON: {error}"))
}

fn too_large(why: String) -> Trouble {
    Trouble::new("", TroubleCode::TooLarge, why)
}

fn tree(raw: &RawValue, depth: usize, left: &Cell<usize>) -> Result<VerbatimJson, Trouble> {
    let text = raw.get();
    let inside = || {
        if depth == MAX_DEPTH {
            let why = format!("values nest deeper than {MAX_DEPTH} levels");
            return Err(Trouble::new("", TroubleCode::TooDeep, why));
        }
        Ok(())
    };
    Ok(match text.as_bytes()[0] {
        b'n' => VerbatimJson::Null,
        b't' => VerbatimJson::Bool(true),
        b'f' => VerbatimJson::Bool(false),
        b'"' => VerbatimJson::Text(serde_json::from_str(text).map_err(|e| malformed(&e))?),
        b'[' => {
            inside()?;
            let items = members(text, left)?.into_iter();
            let items = items.map(|(_, item)| tree(item, depth + 1, left));
            VerbatimJson::List(items.collect::<Result<_, _>>()?)
        }
        b'{' => {
            inside()?;
            let named = members(text, left)?.into_iter();
            let named = named.map(|(name, value)| Ok((name, tree(value, depth + 1, left)?)));
            VerbatimJson::Object(named.collect::<Result<_, Trouble>>()?)
        }
        _ => VerbatimJson::Number(text.to_owned()),
    })
}

/// The members of a list or an object, one level deep; those of a list have empty names.
fn members<'de>(
    text: &'de str,
    left: &Cell<usize>,
) -> Result<Vec<(String, &'de RawValue)>, Trouble> {
    let found = serde_json::Deserializer::from_str(text).deserialize_any(Members(left));
    found.map_err(|e| {
        if left.get() == 0 {
            too_large(format!("more than {MAX_VALUES} values"))
        } else {
            malformed(&e)
        }
    })
}

/// Collects members while there is room.
struct Members<'l>(&'l Cell<usize>);

impl Members<'_> {
    fn one_more<E: serde::de::Error>(&self) -> Result<(), E> {
        let left = self.0.get().checked_sub(1);
        left.map(|left| self.0.set(left))
            .ok_or_else(|| E::custom("too many values"))
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = list.next_element()? {
            self.one_more()?;
            all.push((String::new(), item));
        }
        Ok(all)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(member) = map.next_entry()? {
            self.one_more()?;
            all.push(member);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_spelling() {
        let json = VerbatimJson::parse(r#"{"a":5.0,"b":[1e2,-0],"a":"\u00e9"}"#).unwrap();
        assert_eq!(json.get("a").and_then(VerbatimJson::spelled), Some("é"));
        let spelled: Vec<_> = json
            .get("b")
            .unwrap()
            .items()
            .iter()
            .map(|n| n.spelled())
            .collect();
        assert_eq!(spelled, [Some("1e2"), Some("-0")]);
    }

    #[test]
    fn what_is_too_deep_too_long_or_malformed_is_refused() {
        let code = |text: &str| VerbatimJson::parse(text).unwrap_err().code;
        assert_eq!(code(&"[".repeat(1_000_000)), TroubleCode::Malformed);
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(code(&deep), TroubleCode::TooDeep);
        let many = format!("[{}0]", "[],".repeat(MAX_VALUES));
        assert_eq!(code(&many), TroubleCode::TooLarge);
        // Each level holds the level below ten times.
        let mut laughs = "\"lol\"".to_owned();
        for _ in 0..6 {
            laughs = format!("[{}]", [laughs.as_str(); 10].join(","));
        }
        assert_eq!(code(&laughs), TroubleCode::TooLarge);
        for bad in [
            "",
            "{",
            "{\"a\":\"x\"y\"}",
            "\"\\ud800\"",
            "{\"a\":\"\0\"}",
            "NaN",
            "1 2",
        ] {
            assert_eq!(code(bad), TroubleCode::Malformed, "{bad}");
        }
    }
}
