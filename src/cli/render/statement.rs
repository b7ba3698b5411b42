//! A statement field by field, for its signer before signing and for readers afterwards.

use super::table::fact;
use super::verdict_preview::{SHOWN_CHARACTERS, SHOWN_ROWS};
use crate::app::read::show::Named;
use crate::app::read::verdict_preview::{self, Who};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::{self, Foreign};
use claimledger_core::model::StatementId;
use claimledger_core::model::verdict::ConflictOfInterest;
use serde::Deserialize as _;
use serde_json::Value;
use std::collections::BTreeMap;

/// The names for the ids in a statement.
pub type Names = BTreeMap<StatementId, Named>;

/// A statement before it is signed, field by field. Longer texts are cut with a count.
pub fn statement(value: &Value, names: &Names) -> String {
    let mut text = String::new();
    let names = Shown {
        names,
        rows: SHOWN_ROWS,
        characters: SHOWN_CHARACTERS,
    };
    if let Value::Object(fields) = value {
        for (name, value) in fields {
            if matches!(name.as_str(), "type" | "label" | "issued") {
                field(name, value, &names, 1, &mut text);
            }
        }
        if let Some(body) = fields.get("body") {
            put(body, &names, 1, &mut text);
        }
    }
    text
}

/// JSON for people: one field on each line, and names instead of ids.
pub fn render(value: &Value, names: &Names, depth: usize, text: &mut String) {
    let whole = Shown {
        names,
        rows: usize::MAX,
        characters: usize::MAX,
    };
    put(value, &whole, depth, text);
}

/// How the values of fields are shown.
struct Shown<'a> {
    names: &'a Names,
    /// How many rows of each text.
    rows: usize,
    /// How many characters of it.
    characters: usize,
}

fn put(value: &Value, names: &Shown<'_>, depth: usize, text: &mut String) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                field(name, value, names, depth, text);
            }
        }
        Value::Array(items) => {
            // The statement sorts ids by their bytes; people read entries in the order of the log.
            let mut items: Vec<&Value> = items.iter().collect();
            if items
                .iter()
                .all(|item| entry_of(item, names.names).is_some())
            {
                items.sort_by_key(|item| entry_of(item, names.names));
            }
            for item in items {
                match item {
                    Value::Object(_) | Value::Array(_) => {
                        text.push_str(&format!("{}-\n", "  ".repeat(depth)));
                        put(item, names, depth + 1, text);
                    }
                    plain => text.push_str(&format!(
                        "{}- {}\n",
                        "  ".repeat(depth),
                        scalar(plain, names)
                    )),
                }
            }
        }
        plain => text.push_str(&format!("{}{}\n", "  ".repeat(depth), scalar(plain, names))),
    }
}

fn field(name: &str, value: &Value, names: &Shown<'_>, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    if name == "conflict"
        && let Ok(conflict) = ConflictOfInterest::deserialize(value)
    {
        let declared = verdict_preview::declared(Some(&conflict), Who::Another);
        let declared = declared.prose_within(names.rows, names.characters);
        text.push_str(&fact(&format!("{indent}interests"), &declared));
        return;
    }
    match value {
        Value::Object(_) | Value::Array(_) => {
            text.push_str(&format!("{indent}{}\n", spaced(name)));
            put(value, names, depth + 1, text);
        }
        plain => text.push_str(&fact(
            &format!("{indent}{}", spaced(name)),
            &scalar(plain, names),
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

/// A text as foreign text is shown, without marks if it is one plain word; a name instead of an id.
fn scalar(value: &Value, names: &Shown<'_>) -> String {
    match value {
        Value::String(text) => match named(text, names.names) {
            Some(named) => named.to_string(),
            None if foreign::name(text) == *text => text.clone(),
            None => Foreign::from(text.as_str()).prose_within(names.rows, names.characters),
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
        assert!(
            text.contains("  text: \u{201c}It closes.\u{201d}\n"),
            "{text}"
        );
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
    fn declared_words_cannot_look_like_the_declaration_of_none() {
        let none = json!({ "body": { "conflict": "none" } });
        assert_eq!(shown(&none, &[]), "  interests: declares no interests\n");
        let typed = json!({ "body": { "conflict": { "declared": "no interests" } } });
        assert_eq!(
            shown(&typed, &[]),
            "  interests: declares: \u{201c}no interests\u{201d}\n"
        );
    }

    #[test]
    fn further_lines_of_a_text_cannot_look_like_fields() {
        let value = json!({ "body": { "why": "First.\nrating: True" } });
        assert_eq!(
            shown(&value, &[]),
            "  why:\n    | First.\n    | rating: True\n"
        );
    }
}
