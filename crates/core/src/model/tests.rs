//! What makes a statement of any type malformed.

mod samples;

pub(crate) use super::tests::samples::{id, sample};

use super::claim::{About, Claim, Claimants, Original, Wording};
use super::tests::samples::{body, parse, prose, public, sample_claim};
use super::*;
use crate::crypto::{Digest, PublicKey};
use crate::encoding::json;
use crate::tlog::note::VerifierKey;

#[test]
fn every_type_reads_back_and_prints_in_rfc_8785_form() {
    for &statement_type in StatementType::ALL {
        let statement = sample(statement_type);
        let bytes = statement.encode();
        // serde_json's own map sorts by key: this gives the canonical form by other code than ours.
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes.clone()).unwrap(),
            serde_json::to_string(&value).unwrap(),
            "{statement_type}"
        );
        assert_eq!(Statement::decode(&bytes), Ok(statement), "{statement_type}");
    }
}

#[test]
fn no_field_of_any_type_may_be_unknown_missing_or_null() {
    for &statement_type in StatementType::ALL {
        let value: serde_json::Value =
            serde_json::from_slice(&sample(statement_type).encode()).unwrap();
        let refused = |value: &serde_json::Value| {
            Statement::decode(&serde_json::to_vec(value).unwrap())
                .expect_err(statement_type.as_str())
                .code
                .as_str()
        };
        let mut unknown = value.clone();
        unknown["body"]["zzz"] = 1.into();
        assert_eq!(refused(&unknown), "unknown-field", "{statement_type}");
        let mut unknown = value.clone();
        unknown["zzz"] = 1.into();
        assert_eq!(refused(&unknown), "unknown-field", "{statement_type}");
        for field in value["body"].as_object().unwrap().keys() {
            let mut null = value.clone();
            null["body"][field] = serde_json::Value::Null;
            assert_eq!(refused(&null), "null-value", "{statement_type} {field}");
            let mut shape = value.clone();
            shape["body"][field] = serde_json::json!([[1]]);
            refused(&shape);
        }
        for field in ["body", "issued", "key", "type"] {
            let mut missing = value.clone();
            missing.as_object_mut().unwrap().remove(field);
            assert_eq!(
                refused(&missing),
                "field-missing",
                "{statement_type} {field}"
            );
        }
    }
}

fn refused(statement: &Statement) -> &'static str {
    Statement::decode(&statement.encode())
        .unwrap_err()
        .code
        .as_str()
}

fn with(statement_type: StatementType, change: impl FnOnce(&mut Statement)) -> &'static str {
    let mut statement = sample(statement_type);
    change(&mut statement);
    refused(&statement)
}

#[test]
fn fields_that_contradict_each_other_are_refused() {
    use StatementType as T;
    assert_eq!(with(T::VerdictIssue, |s| s.seen = None), "fields-disagree");
    assert_eq!(with(T::ClaimAdd, |s| s.ledger = None), "fields-disagree");
    assert_eq!(
        with(T::LedgerCreate, |s| s.ledger = Some(id(1))),
        "fields-disagree"
    );
    let claim = |change: fn(&mut Claim)| {
        let mut claim = sample_claim();
        change(&mut claim);
        with(T::ClaimAdd, |s| s.body = claim.into())
    };
    assert_eq!(claim(|c| c.about = About::Fact), "fields-disagree");
    assert_eq!(claim(|c| c.wording = Wording::Verbatim), "fields-disagree");
    assert_eq!(claim(|c| c.appeared_in.reverse()), "list-order");
    assert_eq!(claim(|c| c.appeared_in = vec![id(1), id(1)]), "list-order");
    assert_eq!(
        claim(|c| c.claimants = Claimants::Named(vec![])),
        "empty-value"
    );
    let evidence = |change: fn(&mut evidence::Evidence)| {
        let Body::EvidenceAdd(mut body) = body(T::EvidenceAdd) else {
            unreachable!()
        };
        change(&mut body);
        with(T::EvidenceAdd, |s| s.body = Body::EvidenceAdd(body))
    };
    assert_eq!(evidence(|e| e.source = None), "fields-disagree");
    let header = |line: &str| {
        let Body::SourceCapture(mut body) = body(T::SourceCapture) else {
            unreachable!()
        };
        let fetched = body.snapshot.fetched.as_mut().unwrap();
        fetched.headers[0] = serde_json::from_value(line.into()).unwrap();
        body.snapshot.check().map_err(|defect| defect.code.as_str())
    };
    for line in ["a:", "etag: \"v1\"", "x-odd: a: b", "!#$%&'*+-.^_`|~09Az:1"] {
        assert_eq!(header(line), Ok(()), "{line}");
    }
    for line in [
        "text",
        ": text",
        "a b: text",
        "a\u{a0}: text",
        "\u{e4}: text",
        " a: text",
    ] {
        assert_eq!(header(line), Err("fields-disagree"), "{line}");
    }
    assert_eq!(
        evidence(|e| e.stance = evidence::Stance::NotFound),
        "fields-disagree"
    );
    assert_eq!(evidence(|e| e.via = vec![id(1)]), "fields-disagree");
    assert_eq!(
        evidence(|e| e.excerpt.as_mut().unwrap().end = 8),
        "fields-disagree"
    );
    assert_eq!(
        with(T::KeyEnroll, |s| {
            let Body::KeyEnroll(body) = &mut s.body else {
                unreachable!()
            };
            body.key = PublicKey::from_bytes([2; 32]);
        }),
        "bad-key"
    );
    assert_eq!(
        with(T::CheckpointObserve, |s| {
            let Body::CheckpointObserve(body) = &mut s.body else {
                unreachable!()
            };
            body.vkey = crate::encoding::text::Text::new(
                VerifierKey::new(body.origin.clone(), public(1)).to_string(),
            )
            .unwrap();
        }),
        "fields-disagree"
    );
}

#[test]
fn a_text_shows_something_and_a_title_is_one_line() {
    for blank in [" ", "\u{200b}", "\n", "\u{2800}\u{3164}", "\u{202e}"] {
        let code = |e: Defect| e.code;
        assert_eq!(
            Prose::open(blank).map_err(code),
            Err(DefectCode::EmptyValue),
            "{blank:?}"
        );
    }
    for broken in ["a\nb", "a\tb"] {
        let code = |e: Defect| e.code;
        assert_eq!(
            Line::open(broken).map_err(code),
            Err(DefectCode::ControlCharacter)
        );
        assert_eq!(
            Name::open(broken).map_err(code),
            Err(DefectCode::ControlCharacter)
        );
        assert!(Prose::open(broken).is_ok());
        assert!(
            VerbatimLine::open(broken).is_ok(),
            "another organisation's words stay as they are"
        );
    }
    assert!(VerbatimProse::open(" ").is_ok());
    assert!(VerbatimProse::open("\u{90}").is_err());
}

#[test]
fn fields_that_must_agree_in_the_newer_statements() {
    use StatementType as T;
    let with_body =
        |statement_type, change: &dyn Fn(&mut Body)| with(statement_type, |s| change(&mut s.body));
    let policy = |change: &dyn Fn(&mut policy::Policy)| {
        with_body(T::PolicySet, &|body| match body {
            Body::PolicySet(policy) => change(policy),
            _ => unreachable!(),
        })
    };
    assert_eq!(
        policy(&|p| p.evidence_from = vec![p.organisation.clone()]),
        "fields-disagree"
    );
    assert_eq!(policy(&|p| p.scales = vec![id(2), id(1)]), "list-order");
    let scale = |change: &dyn Fn(&mut scale::Scale)| {
        with_body(T::ScaleSet, &|body| match body {
            Body::ScaleSet(scale) => change(scale),
            _ => unreachable!(),
        })
    };
    let twice = |s: &mut scale::Scale| s.entries[1].code = s.entries[0].code.clone();
    assert_eq!(scale(&twice), "fields-disagree");
    let same_label = |s: &mut scale::Scale| s.entries[1].label = s.entries[0].label.clone();
    assert_eq!(scale(&same_label), "fields-disagree");
    let source = |change: &dyn Fn(&mut source::Source)| {
        with_body(T::SourceAdd, &|body| match body {
            Body::SourceAdd(source) => change(source),
            _ => unreachable!(),
        })
    };
    let unknown = source::NeverHeld {
        known_through: None,
        reason: None,
    };
    assert_eq!(
        source(&|s| s.capture = source::Capture::NeverHeld(unknown.clone())),
        "empty-value"
    );
    let capture = |change: &dyn Fn(&mut source::SourceCapture)| {
        with_body(T::SourceCapture, &|body| match body {
            Body::SourceCapture(capture) => change(capture),
            _ => unreachable!(),
        })
    };
    assert_eq!(capture(&|c| c.quotations.reverse()), "list-order");
    assert_eq!(
        capture(&|c| c.quotations[0].start = Some(1)),
        "fields-disagree"
    );
    assert_eq!(
        capture(&|c| c.quotations[1].end = Some(4)),
        "fields-disagree"
    );
    assert_eq!(
        capture(&|c| c.snapshot.holding = snapshot::Holding::HashOnly),
        "fields-disagree"
    );
}

#[test]
fn a_statement_has_a_largest_size() {
    let mut claim = sample_claim();
    claim.text = prose(&"x".repeat(32_768));
    claim.original = Some(Original {
        language: parse("ru"),
        text: prose(&"y".repeat(32_768)),
    });
    assert_eq!(
        with(StatementType::ClaimAdd, |s| s.body = claim.into()),
        "too-long"
    );
    assert!(Prose::open("x".repeat(32_769)).is_err());
}

#[test]
fn sealing_is_a_salted_commitment() {
    let mut message = b"claimledger/sealed/v1\n".to_vec();
    message.extend([7; 32]);
    message.extend(b"a name");
    assert_eq!(
        sealed::seal(&[7; 32], "a name"),
        crate::crypto::sha256(&[&message])
    );
    let sealed: Name =
        json::decode(format!("{{\"sealed\":\"{}\"}}", Digest::from_bytes([1; 32])).as_bytes())
            .unwrap();
    assert_eq!(sealed.words(), None);
}
