//! What is remarked about the addresses of a statement before it is signed: an entry cannot be taken back.

use crate::app::Error;
use claimledger_core::encoding::name::Url;
use claimledger_core::model::Body;
use std::path::PathBuf;

/// Takes an address out of the place of a file, as the URL; says whether there was one.
///
/// # Errors
///
/// [`Error::Usage`] if another URL is given too.
pub(super) fn in_place_of(
    file: &mut Option<PathBuf>,
    url: &mut Option<String>,
) -> Result<bool, Error> {
    let text = file.as_ref().and_then(|file| file.to_str());
    let Some(address) = text.filter(|text| is_web(text)).map(str::to_owned) else {
        return Ok(false);
    };
    if let Some(other) = url.as_ref().filter(|url| **url != address) {
        return Err(Error::Usage(format!(
            "two addresses are given, {address} and {other}: give the one to fetch, or fetch nothing and give a file"
        )));
    }
    *file = None;
    *url = Some(address);
    Ok(true)
}

/// Whether a word is a web address rather than the name of a file.
pub fn is_web(word: &str) -> bool {
    let begins = |scheme: &str| {
        let start = word.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    begins("https://") || begins("http://")
}

/// A remark for each address with a part that looks like a secret: any reader of the ledger could use it.
pub fn remarks(body: &Body) -> Vec<String> {
    let mut all = Vec::new();
    for url in body.addresses() {
        let named = secrets(url);
        if !named.is_empty() {
            let remark = format!(
                "the address {url} has {}, which may be a secret: an entry is public and cannot be taken back",
                named.join(", ")
            );
            if !all.contains(&remark) {
                all.push(remark);
            }
        }
    }
    all
}

/// The names in the query and the fragment of an address that usually stand before a secret.
fn secrets(url: &Url) -> Vec<String> {
    let text = url.as_str();
    let Some(at) = text.find(['?', '#']) else {
        return Vec::new();
    };
    let fields = text[at..].split(['?', '#', '&', ';']);
    let names = fields
        .filter_map(|field| field.split_once('='))
        .filter(|(_, value)| !value.is_empty());
    names
        .map(|(name, _)| name.to_owned())
        .filter(|name| is_secret(name))
        .collect()
}

fn is_secret(name: &str) -> bool {
    let name: String = name
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    WHOLE.contains(&name.as_str()) || PARTS.iter().any(|part| name.contains(part))
}

/// Names that mean a secret only if they stand alone.
const WHOLE: [&str; 8] = [
    "key", "sig", "auth", "pass", "pwd", "code", "sid", "session",
];

/// What the name of a secret contains, in lower case and without punctuation: `access_token`, `X-Amz-Signature`, `apiKey`.
const PARTS: [&str; 10] = [
    "token",
    "signature",
    "secret",
    "password",
    "passwd",
    "credential",
    "apikey",
    "accesskey",
    "sessionid",
    "authkey",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_found_and_others_are_not() {
        let found = |url: &str| secrets(&url.parse().unwrap());
        for (url, names) in [
            ("https://a.example/?token=abc", &["token"][..]),
            (
                "https://a.example/?id=7&access_token=abc#x",
                &["access_token"],
            ),
            ("https://a.example/#access_token=abc", &["access_token"]),
            (
                "https://b.example/f?X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Signature=c",
                &["X-Amz-Credential", "X-Amz-Signature"],
            ),
            ("https://c.example/f?sv=2020&sig=abc", &["sig"]),
            ("https://d.example/?API-Key=1;pwd=2", &["API-Key", "pwd"]),
        ] {
            assert_eq!(found(url), names, "{url}");
        }
        for url in [
            "https://a.example/token=abc",
            "https://a.example/?q=password",
            "https://a.example/?keyword=bridge&design=2&article_id=3",
            "https://a.example/?token=",
        ] {
            assert!(found(url).is_empty(), "{url}");
        }
    }
}
