//! When two spellings of an address name the same page of an archive.
//!
//! These are comparisons for finding a record, not the form in which the rules compare addresses: here the percent-encoding
//! and, as a last resort, the order of the query matter too. The address that answered is named in any case.

use std::fmt::Write as _;
use url::Url;

/// An address of a page in the form in which spellings of it are equal: without scheme and fragment, the host in lower case
/// and in ASCII, no default port, everything else percent-encoded in one way. `None` if it is not an address of the web.
pub fn form(address: &str) -> Option<String> {
    let url = web(address)?;
    let mut form = url.host_str()?.to_owned();
    if let Some(port) = url.port() {
        write!(form, ":{port}").expect("a string takes it");
    }
    form.push_str(&plainly_encoded(url.path()));
    if let Some(query) = url.query() {
        form.push('?');
        form.push_str(&plainly_encoded(query));
    }
    Some(form)
}

/// The same with the parts of the query in alphabetical order.
pub fn form_of_any_order(form: &str) -> String {
    let Some((path, query)) = form.split_once('?') else {
        return form.to_owned();
    };
    let mut parts: Vec<&str> = query.split('&').collect();
    parts.sort_unstable();
    format!("{path}?{}", parts.join("&"))
}

/// The address in ASCII, as the URL Standard writes it, without a fragment.
pub fn in_ascii(address: &str) -> Option<String> {
    let mut url = web(address)?;
    url.set_fragment(None);
    Some(url.into())
}

/// Where a `Location` leads from an address.
pub fn joined(from: &str, location: &str) -> Option<String> {
    let url = web(from)?.join(location).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

fn web(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// Percent-encoding with capital digits, and none for the characters that never need it (RFC 3986, 6.2.2).
fn plainly_encoded(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::with_capacity(text.len());
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        let byte = rest.get(at + 1..at + 3).and_then(|digits| {
            let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
            u8::from_str_radix(digits, 16).ok().filter(|_| hex)
        });
        match byte {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                plain.push(char::from(byte));
                rest = &rest[at + 3..];
            }
            Some(byte) => {
                write!(plain, "%{byte:02X}").expect("a string takes it");
                rest = &rest[at + 3..];
            }
            None => {
                plain.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_have_one_form() {
        for (one, other) in [
            (
                "https://news.example/bridge#comments",
                "https://news.example/bridge",
            ),
            ("http://news.example/bridge", "https://news.example/bridge"),
            ("https://news.example", "https://news.example/"),
            (
                "https://news.example/brücke",
                "https://news.example/br%C3%BCcke",
            ),
            (
                "https://news.example/br%c3%bccke",
                "https://news.example/br%C3%BCcke",
            ),
            ("https://News.Example/a", "https://news.example/a"),
            ("https://brücke.example/", "https://xn--brcke-lva.example/"),
            ("http://news.example:80/", "https://news.example:443/"),
            ("https://news.example/%7Emara", "https://news.example/~mara"),
            ("https://news.example/a/../b", "https://news.example/b"),
        ] {
            assert_eq!(form(one), form(other), "{one} {other}");
            assert!(form(one).is_some());
        }
        for (one, other) in [
            ("https://news.example/a", "https://news.example/b"),
            ("https://news.example/a", "https://news.example/A"),
            ("https://news.example/a", "https://news.example/a/"),
            (
                "https://news.example/?a=1&b=2",
                "https://news.example/?b=2&a=1",
            ),
            ("https://news.example:8443/", "https://news.example/"),
            ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ] {
            assert_ne!(form(one), form(other), "{one} {other}");
        }
        let any = |address| form_of_any_order(&form(address).unwrap());
        assert_eq!(
            any("https://news.example/?a=1&b=2"),
            any("https://news.example/?b=2&a=1")
        );
        for none in [
            "urn:text:https://a.example/",
            "dns:a.example",
            "a.example",
            "",
        ] {
            assert_eq!(form(none), None, "{none}");
        }
    }

    #[test]
    fn a_redirect_leads_only_to_the_web() {
        let from = "https://a.example/b/c";
        assert_eq!(joined(from, "../d").as_deref(), Some("https://a.example/d"));
        assert_eq!(
            joined(from, "//b.example").as_deref(),
            Some("https://b.example/")
        );
        assert_eq!(joined(from, "javascript:alert(1)"), None);
    }
}
