//! How long a server asks a client to wait (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};
use ureq::http::HeaderMap;

/// How long a server with too much to do (429 or 503) asks the client to wait; `None` if it does not ask, or if the field is
/// malformed. A date in the past means at once.
///
/// The field is a number of seconds, or an HTTP date (section 5.6.7) in one of its three forms. A date is compared with the
/// `Date` of the same response, if there is one: the two clocks need not agree.
pub(super) fn retry_after(status: u16, headers: &HeaderMap) -> Option<Duration> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    let field = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let asked = field("retry-after")?;
    if !asked.is_empty() && asked.bytes().all(|b| b.is_ascii_digit()) {
        // More seconds than fit into 64 bits are longer than anybody waits.
        return Some(Duration::from_secs(asked.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(asked).ok()?;
    let now = field("date").and_then(|date| httpdate::parse_http_date(date).ok());
    let wait = until.duration_since(now.unwrap_or_else(SystemTime::now));
    Some(wait.unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(status: u16, fields: &[(&'static str, &str)]) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.insert(*name, value.parse().unwrap());
        }
        retry_after(status, &headers)
    }

    #[test]
    fn a_number_of_seconds_or_one_of_three_forms_of_a_date() {
        // The examples of RFC 9110, sections 5.6.7 and 10.2.3.
        let date = ("date", "Sun, 06 Nov 1994 08:47:37 GMT");
        for (field, seconds) in [
            ("120", 120),
            (" 0 ", 0),
            ("99999999999999999999999", u64::MAX),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 120),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 120),
            ("Sun Nov  6 08:49:37 1994", 120),
            ("Sun, 06 Nov 1994 08:47:37 GMT", 0),
            ("Sat, 05 Nov 1994 08:49:37 GMT", 0),
        ] {
            for status in [429, 503] {
                let wait = asked(status, &[("retry-after", field), date]);
                assert_eq!(wait, Some(Duration::from_secs(seconds)), "{field}");
            }
            assert_eq!(asked(500, &[("retry-after", field), date]), None);
        }
    }

    #[test]
    fn without_a_date_of_its_own_the_machines_clock_decides() {
        let in_a_minute = SystemTime::now() + Duration::from_mins(1);
        for date in ["", "yesterday"] {
            let until = httpdate::fmt_http_date(in_a_minute);
            let wait = asked(429, &[("retry-after", &until), ("date", date)]).unwrap();
            assert!(wait > Duration::from_secs(50) && wait <= Duration::from_mins(1));
        }
        let past = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(asked(429, &[past]), Some(Duration::ZERO));
    }

    #[test]
    fn what_is_neither_asks_for_nothing() {
        for field in [
            "",
            "soon",
            "-1",
            "+1",
            "1.5",
            "Sun, 31 Feb 1994 08:49:37 GMT",
        ] {
            assert_eq!(asked(429, &[("retry-after", field)]), None, "{field}");
        }
        assert_eq!(asked(429, &[]), None);
    }
}
