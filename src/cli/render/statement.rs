//! A statement field by field, for its signer before signing and for readers afterwards.

use crate::app::read::show::Named;
use claimledger_core::EntryIndex;
use claimledger_core::model::StatementId;
use serde_json::Value;
use std::collections::BTreeMap;

/// The names for the ids in a statement.
pub type Names = BTreeMap<StatementId, Named>;

/// A statement before it is signed, field by field.
pub fn statement(value: &Value, names: &Names) -> String {
    let mut text = String::new();
    if let Value::Object(fields) = value {
        for (name, value) in fields {
            if matches!(name.as_str(), "type" | "label" | "issued") {
                field(name, value, names, 1, &mut text);
            }
        }
        if let Some(body) = fields.get("body") {
            render(body, names, 1, &mut text);
        }
    }
    text
}

/// JSON for people: one field on each line, and names instead of ids.
pub fn render(value: &Value, names: &Names, depth: usize, text: &mut String) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                field(name, value, names, depth, text);
            }
        }
        Value::Array(items) => {
            // The statement sorts ids by their bytes; people read entries in the order of the log.
            let mut items: Vec<&Value> = items.iter().collect();
            if items.iter().all(|item| entry_of(item, names).is_some()) {
                items.sort_by_key(|item| entry_of(item, names));
            }
            for item in items {
                match item {
                    Value::Object(_) | Value::Array(_) => {
                        text.push_str(&format!("{}-\n", "  ".repeat(depth)));
                        render(item, names, depth + 1, text);
                    }
                    plain => text.push_str(&format!(
                        "{}- {}\n",
                        "  ".repeat(depth),
                        scalar(plain, names, depth)
                    )),
                }
            }
        }
        plain => text.push_str(&format!(
            "{}{}\n",
            "  ".repeat(depth),
            scalar(plain, names, depth)
        )),
    }
}

fn field(name: &str, value: &Value, names: &Names, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(_) | Value::Array(_) => {
            text.push_str(&format!("{indent}{}\n", spaced(name)));
            render(value, names, depth + 1, text);
        }
        plain => text.push_str(&format!(
            "{indent}{}: {}\n",
            spaced(name),
            scalar(plain, names, depth)
        )),
    }
}

/// The name for a text, if it is the id of a statement with a name here.
fn named<'a>(text: &str, names: &'a Names) -> Option<&'a Named> {
    names.get(&text.parse().ok()?)
}

fn entry_of(value: &Value, names: &Names) -> Option<EntryIndex> {
    named(value.as_str()?, names).map(|named| named.index)
}

/// A text with its further lines indented; a name instead of an id.
fn scalar(value: &Value, names: &Names, depth: usize) -> String {
    match value {
        Value::String(text) => match named(text, names) {
            Some(named) => named.to_string(),
            None => text.replace('\n', &format!("\n{}", "  ".repeat(depth + 1))),
        },
        other => other.to_string(),
    }
}

/// `appearedIn` becomes `appeared in`.
fn spaced(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push(' ');
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use claimledger_core::model::StatementType;
    use serde_json::json;

    fn shown(value: &Value, names: &[(StatementId, EntryIndex)]) -> String {
        let names = names.iter().map(|(id, index)| {
            let named = Named {
                index: *index,
                kind: StatementType::EvidenceAdd,
                label: None,
            };
            (*id, named)
        });
        statement(value, &names.collect())
    }

    #[test]
    fn the_frame_is_cut_to_what_a_signer_decides_and_the_body_is_whole() {
        let value = json!({
            "type": "claim.add", "label": "closing", "ledger": "abc", "key": "def",
            "body": { "appearedIn": ["x"], "text": "It closes." },
        });
        let text = shown(&value, &[]);
        assert!(text.contains("  type: claim.add\n"), "{text}");
        assert!(text.contains("  appeared in\n    - x\n"), "{text}");
        assert!(text.contains("  text: It closes.\n"), "{text}");
        assert!(!text.contains("ledger") && !text.contains("key"), "{text}");
    }

    #[test]
    fn ids_are_shown_by_name_in_the_order_of_the_log() {
        let (first, second) = (
            StatementId::from_bytes([9; 32]),
            StatementId::from_bytes([1; 32]),
        );
        let value = json!({ "body": { "evidence": [second.to_string(), first.to_string()] } });
        let text = shown(
            &value,
            &[(first, EntryIndex::new(9)), (second, EntryIndex::new(10))],
        );
        assert_eq!(
            text,
            "  evidence\n    - #9 evidence.add\n    - #10 evidence.add\n"
        );
    }

    #[test]
    fn further_lines_of_a_text_cannot_look_like_fields() {
        let value = json!({ "body": { "why": "First.\nrating: True" } });
        assert_eq!(shown(&value, &[]), "  why: First.\n    rating: True\n");
    }
}
