//! The first place in which two JSON documents differ.

use serde_json::Value;

/// Where two documents differ, and what each has there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonDifference {
    /// The place, as a JSON pointer (RFC 6901).
    pub at: String,
    /// What the log gives.
    pub log: Option<String>,
    /// What is published.
    pub site: Option<String>,
}

/// The first difference in the order of the expected document; none if both say the same.
pub fn difference(log: &Value, site: &Value) -> Option<JsonDifference> {
    let mut open = vec![(String::new(), Some(log), Some(site))];
    // A published document can be nested as deep as its parser allows. So nothing here calls itself.
    while let Some((at, log, site)) = open.pop() {
        if log == site {
            continue;
        }
        match (log, site) {
            (Some(Value::Object(log)), Some(Value::Object(site))) => {
                let more = site.keys().filter(|name| !log.contains_key(*name));
                let names: Vec<&String> = log.keys().chain(more).collect();
                for name in names.into_iter().rev() {
                    let escaped = name.replace('~', "~0").replace('/', "~1");
                    open.push((format!("{at}/{escaped}"), log.get(name), site.get(name)));
                }
            }
            (Some(Value::Array(log)), Some(Value::Array(site))) => {
                for place in (0..log.len().max(site.len())).rev() {
                    open.push((format!("{at}/{place}"), log.get(place), site.get(place)));
                }
            }
            (log, site) => {
                return Some(JsonDifference {
                    at,
                    log: log.map(words),
                    site: site.map(words),
                });
            }
        }
    }
    None
}

/// A text as it is, everything else as JSON.
pub fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::json;

    #[test]
    fn the_first_difference_is_found_in_its_place() {
        let log = json!({ "a": [1, { "b/c": "x" }], "d": 1 });
        let place = |site| difference(&log, &site).map(|found| found.at);
        assert_eq!(place(log.clone()), None);
        assert_eq!(
            place(json!({ "a": [1, { "b/c": "y" }], "d": 2 })).as_deref(),
            Some("/a/1/b~1c")
        );
        assert_eq!(place(json!({ "a": [1], "d": 1 })).as_deref(), Some("/a/1"));
        let more = difference(
            &log,
            &json!({ "a": [1, { "b/c": "x" }], "d": 1, "e": null }),
        );
        let more = more.expect("a field more");
        assert_eq!((more.at.as_str(), more.log), ("/e", None));
        assert_eq!(more.site.as_deref(), Some("null"));
    }
}
