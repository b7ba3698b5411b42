//! The record of a page: what it says, as data, so that an auditor can compare page, record and log.
//!
//! It is canonical JSON (RFC 8785: names in order, no white space, integers only) in a data block, which no browser runs.

use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::message::Message;
use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value};

/// The version of the form of pages and records. It changes when a page of the same log would say something else.
pub const FORM: u64 = 1;

/// What a page says, as data.
#[derive(Debug, Clone)]
pub struct PageRecord(Map<String, Value>);

/// What can stand in a record.
pub trait RecordValue {
    /// Its value; none if there is nothing to record.
    fn value(&self) -> Option<Value>;
}

impl PageRecord {
    /// The record of a page of this kind.
    pub fn new(kind: &str) -> Self {
        Self(Map::new()).with("kind", kind)
    }

    /// What kind of page it is.
    pub fn kind(&self) -> &str {
        self.0
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// With a further field. What is empty is left out.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl RecordValue) -> Self {
        if let Some(value) = value.value() {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// The draft of an objection to a statement, for `claimledger sign`: the person who signs it completes it.
    pub fn draft(ledger: &str, target: &str) -> String {
        let draft = serde_json::json!({
            "body": { "grounds": "factualError", "note": "", "target": target },
            "ledger": ledger,
            "type": "dispute.open",
        });
        format!("{draft:#}\n")
    }

    /// As text: fields by name, no white space.
    pub fn text(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// As a data block.
    pub fn block(&self) -> Markup {
        html! { script type="application/json" id="record" { (in_a_block(&self.text())) } }
    }
}

/// JSON in a data block: the same values, with `<` escaped, so that no words in it can end the block, and with every character
/// escaped that no page may have (HTML Standard: controls and noncharacters).
pub fn in_a_block(json: &str) -> Markup {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let code = u32::from(c);
        let is_control = ('\u{7f}'..='\u{9f}').contains(&c);
        let is_no_character = (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe;
        if c == '<' || is_control || is_no_character {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    PreEscaped(out)
}

impl RecordValue for &str {
    fn value(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::from(*self))
    }
}

impl RecordValue for String {
    fn value(&self) -> Option<Value> {
        self.as_str().value()
    }
}

impl RecordValue for u64 {
    fn value(&self) -> Option<Value> {
        Some(Value::from(*self))
    }
}

impl RecordValue for bool {
    fn value(&self) -> Option<Value> {
        Some(Value::from(*self))
    }
}

impl RecordValue for EntryIndex {
    fn value(&self) -> Option<Value> {
        Some(Value::from(self.get()))
    }
}

impl RecordValue for Foreign {
    fn value(&self) -> Option<Value> {
        self.raw().value()
    }
}

impl RecordValue for Message {
    fn value(&self) -> Option<Value> {
        self.raw().value()
    }
}

impl RecordValue for PageRecord {
    fn value(&self) -> Option<Value> {
        let mut fields = self.0.clone();
        fields.remove("kind");
        (!fields.is_empty()).then_some(Value::Object(fields))
    }
}

impl<T: RecordValue> RecordValue for Option<T> {
    fn value(&self) -> Option<Value> {
        self.as_ref().and_then(RecordValue::value)
    }
}

impl<T: RecordValue> RecordValue for &T {
    fn value(&self) -> Option<Value> {
        (*self).value()
    }
}

impl<T: RecordValue> RecordValue for Vec<T> {
    fn value(&self) -> Option<Value> {
        let values: Vec<Value> = self.iter().filter_map(RecordValue::value).collect();
        (!values.is_empty()).then_some(Value::Array(values))
    }
}

#[cfg(test)]
mod tests {
    use super::PageRecord;

    #[test]
    fn no_words_end_the_block_and_names_are_in_order() {
        let record = PageRecord::new("verdict")
            .with("words", "</script><b>")
            .with("at", 7_u64);
        let block = record.block().into_string();
        assert_eq!(block.matches('<').count(), 2, "{block}");
        assert!(block.contains(r#"{"at":7,"kind":"verdict","words":"\u003c/script>\u003cb>"}"#));
    }
}
