//! The JSON Schema (2020-12) of each type of statement, made from the types that are read.
//!
//! A schema says less than the decoder: not the one spelling of a value, not what fields must have in common. docs/schema
//! lists what it leaves out. It never refuses what the decoder accepts.

use super::{Body, Seen, StatementId, StatementType};
use crate::crypto::PublicKey;
use crate::encoding::limits;
use crate::encoding::name::Label;
use crate::encoding::time::Instant;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform as _};
use schemars::{Schema, json_schema};
use serde_json::Value;

/// The schema of the statements of one type.
pub fn statement(of: StatementType) -> Schema {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let first = of == StatementType::LedgerCreate;
    let mut required = vec!["body", "issued", "key", "type"];
    let mut schema = json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": of.as_str(),
        "type": "object",
        "properties": {
            "body": Body::body_schema(of, &mut generator),
            "issued": generator.subschema_for::<Instant>(),
            "key": generator.subschema_for::<PublicKey>(),
            "label": generator.subschema_for::<Label>(),
            "type": { "const": of.as_str() },
        },
        "additionalProperties": false,
    });
    let properties = schema.ensure_object()["properties"].as_object_mut();
    let properties = properties.expect("just made");
    if !first {
        required.push("ledger");
        let mut add = |name: &str, schema: Schema| {
            properties.insert(name.to_owned(), schema.into());
        };
        add("ledger", generator.subschema_for::<StatementId>());
        add("seen", generator.subschema_for::<Seen>());
    }
    if of.needs_seen() {
        required.push("seen");
    }
    required.sort_unstable();
    schema.insert("required".to_owned(), required.into());
    let definitions = generator.take_definitions(true);
    schema.insert("$defs".to_owned(), definitions.into());
    RecursiveTransform(as_written).transform(&mut schema);
    schema
}

/// The rules for every value in a statement: see [`json::check`](crate::encoding::json::check).
fn as_written(schema: &mut Schema) {
    absent_not_null(schema);
    let kind = schema.get("type").and_then(Value::as_str);
    match kind {
        Some("array") => {
            schema.insert("minItems".to_owned(), 1.into());
            schema.insert("maxItems".to_owned(), limits::MAX_LIST_ITEMS.into());
        }
        Some("object") => {
            schema.insert("minProperties".to_owned(), 1.into());
        }
        Some("integer") => {
            schema.remove("format");
            schema.insert("maximum".to_owned(), limits::MAX_INTEGER.into());
        }
        _ => {}
    }
}

/// Takes `null` out of what a value may be: where an absent value is an absent field.
pub fn absent_not_null(schema: &mut Schema) {
    let is_null = |schema: &Value| schema["type"] == "null";
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = &kinds[..] {
            let kind = kind.clone();
            schema.insert("type".to_owned(), kind);
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| !is_null(choice));
        if let [Value::Object(only)] = &choices[..] {
            let only = only.clone();
            schema.remove("anyOf");
            for (keyword, value) in only {
                schema.insert(keyword, value);
            }
        }
    }
    schema.remove("default");
}
