//! Private keys in JSON: JSON Web Keys (RFC 7517, 7518, 8037), and the key files of cloud services.

use super::lines;
use serde_json::Value;

/// What kind of private key stands in this JSON, if it is JSON and one does.
pub(super) fn kind(text: &str) -> Option<&'static str> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    match &value {
        Value::Array(keys) => keys.iter().find_map(in_object),
        object => in_object(object).or_else(|| {
            let keys = object.get("keys")?.as_array()?;
            keys.iter().find_map(in_object)
        }),
    }
}

fn in_object(value: &Value) -> Option<&'static str> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let base64 = |name: &str| text(name).is_some_and(|key| key.len() >= SHORTEST);
    match text("kty") {
        Some("RSA" | "EC" | "OKP" | "AKP") if base64("d") || base64("priv") => {
            return Some("a JSON Web Key with its private part");
        }
        Some("oct") if base64("k") => return Some("a secret JSON Web Key"),
        _ => {}
    }
    let pem = text("private_key").or_else(|| text("privateKey"));
    pem.is_some_and(|pem| lines::kind(pem).is_some())
        .then_some("a key file of a service")
}

/// Fewer characters of base64url are no key.
const SHORTEST: usize = 16;
