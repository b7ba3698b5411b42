//! The schemas of statements agree with the decoder on every vector, except where a schema cannot say the rule.

use crate::library::vectors::statement_vectors;
use claimledger_core::model::{StatementType, schema};
use jsonschema::Validator;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a schema does not say, and the vectors that it accepts for that reason though the decoder refuses them.
pub fn exceptions() -> &'static [(&'static str, &'static [&'static str])] {
    EXCEPTIONS
}

const EXCEPTIONS: &[(&str, &[&str])] = &[
    (
        "the one spelling (RFC 8785): order of fields, escapes, white space, spelling of numbers",
        &[
            "escape-in-a-field-name",
            "escape-of-a-letter",
            "escape-of-a-newline-in-hex",
            "escape-of-a-solidus",
            "escape-of-a-surrogate-pair",
            "escape-of-an-umlaut",
            "fields-unsorted-in-body",
            "number-exponent",
            "number-float-whole",
            "number-minus-zero",
            "white-space-after",
            "white-space-before",
            "white-space-inside",
        ],
    ),
    (
        "that a field stands once: a validator sees what a JSON reader has already merged",
        &[
            "duplicate-field",
            "duplicate-field-by-escape",
            "duplicate-field-in-frame",
            "duplicate-field-same-value",
        ],
    ),
    (
        "the order of a list",
        &[
            "fields-disagree-archive-proofs-out-of-order",
            "list-order-ids",
            "list-order-repeated",
            "list-order-roles",
        ],
    ),
    (
        "whether a date or an instant exists",
        &[
            "bad-date-2015-02-29",
            "bad-time-day-that-does-not-exist",
            "bad-time-past-the-last",
        ],
    ),
    (
        "whether a key is a point of its curve that a person can own",
        &[
            "bad-key-checkpoint",
            "bad-key-not-a-point",
            "bad-key-not-canonical",
            "bad-key-torsion",
            "bad-key-weak",
        ],
    ),
    (
        "which characters can be seen",
        &["bad-origin-hangul-filler", "empty-value-blank"],
    ),
    (
        "the length of the whole in bytes",
        &["too-long-by-one-byte"],
    ),
    (
        "bounds that belong to one field: numbers, and the most quotations of a capture",
        &[
            "fields-disagree-capture-of-nothing",
            "fields-disagree-overlap-above-1000",
            "fields-disagree-status-of-two-digits",
            "fields-disagree-threshold-zero",
            "fields-disagree-upgrade-to-1",
            "fields-disagree-version-0-of-a-scale",
            "too-many-quotations",
        ],
    ),
    (
        "that an observed checkpoint is signed by the key that is named",
        &[
            "fields-disagree-observed-key",
            "fields-disagree-observed-note",
            "fields-disagree-observed-origin",
            "fields-disagree-observed-size",
        ],
    ),
    (
        "that fields agree with each other",
        &[
            "fields-disagree-approvals-by-nobody",
            "fields-disagree-claim-relates-to-itself",
            "fields-disagree-codes-of-a-scale",
            "fields-disagree-compromised-without-index",
            "fields-disagree-counts-of-method-0",
            "fields-disagree-direction-without-numbers",
            "fields-disagree-evidence-with-search",
            "fields-disagree-evidence-without-source",
            "fields-disagree-excerpt-backwards",
            "fields-disagree-excerpt-in-bytes",
            "fields-disagree-excerpt-too-wide",
            "fields-disagree-fact-with-due",
            "fields-disagree-importer-and-reviewer",
            "fields-disagree-labels-of-a-scale",
            "fields-disagree-left-with-index",
            "fields-disagree-more-holders-than-approvals",
            "fields-disagree-more-organisations-than-holders",
            "fields-disagree-no-inputs",
            "fields-disagree-not-found-with-source",
            "fields-disagree-numbers-of-a-scale",
            "fields-disagree-numbers-without-direction",
            "fields-disagree-source-relates-to-itself",
            "fields-disagree-source-via-itself",
            "fields-disagree-text-and-no-text",
            "fields-disagree-text-of-a-digest-only",
            "fields-disagree-threshold-above-keys",
            "fields-disagree-verbatim-with-original",
        ],
    ),
];

#[test]
fn every_vector_is_judged_alike_by_schema_and_decoder() {
    let validators: BTreeMap<&str, Validator> = StatementType::ALL
        .iter()
        .map(|of| {
            let schema = schema::statement(*of).into();
            (
                of.as_str(),
                jsonschema::draft202012::new(&schema).expect("a schema"),
            )
        })
        .collect();
    let accepted = |bytes: &[u8]| {
        let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
            return false;
        };
        let of = value["type"].as_str().and_then(|of| validators.get(of));
        of.is_some_and(|validator| validator.is_valid(&value))
    };
    let mut only_schema = BTreeSet::new();
    for (name, bytes, decoded) in statement_vectors() {
        match (accepted(&bytes), decoded) {
            (false, true) => {
                let value: Value = serde_json::from_slice(&bytes).expect("JSON");
                let of = value["type"].as_str().expect("a type");
                let faults: Vec<String> = validators[of]
                    .iter_errors(&value)
                    .map(|e| e.to_string())
                    .collect();
                panic!("the schema refuses {name}: {faults:?}");
            }
            (true, false) => {
                only_schema.insert(name);
            }
            _ => {}
        }
    }
    let listed: Vec<&str> = EXCEPTIONS
        .iter()
        .flat_map(|(_, names)| *names)
        .copied()
        .collect();
    let set: BTreeSet<String> = listed.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(set.len(), listed.len(), "a vector is listed twice");
    let missing: Vec<_> = only_schema.difference(&set).collect();
    let judged_alike: Vec<_> = set.difference(&only_schema).collect();
    assert!(
        missing.is_empty() && judged_alike.is_empty(),
        "not listed: {missing:?}\njudged alike: {judged_alike:?}"
    );
}
