//! Who may sign what: each statement requires a role, and a key signs nothing before its enrolment or after its end.

use super::bodies::*;
use super::desk::*;
use crate::code::Code;
use crate::model::attestation::Decision;
use crate::model::checkpoint_event::{CheckpointRetire, CheckpointRotate};
use crate::model::evidence::Stance;
use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;
use crate::model::{Body, StatementType, possession};
use std::collections::BTreeSet;

/// One way to say each type of statement, on a desk where Zoe (an admin of all roles but importer) has prepared what
/// it names, and the roles that may say it.
struct Row {
    what: &'static str,
    statement_type: StatementType,
    body: fn(&Prepared) -> Body,
    roles: &'static [Role],
}

struct Prepared {
    desk: Desk,
    claim: crate::model::StatementId,
    source: crate::model::StatementId,
    other_source: crate::model::StatementId,
    evidence: crate::model::StatementId,
    verdict: crate::model::StatementId,
    dispute: crate::model::StatementId,
    signer: u8,
}

const ZOE: u8 = 20;
const SIGNER: u8 = 21;
const FRESH: u8 = 22;

fn prepared(roles: &[Role]) -> Prepared {
    let mut desk = Desk::staffed();
    let all = [Role::Admin, Role::Editor, Role::Reviewer];
    desk.enroll(ADA, ZOE, "zoe", "desk", &all);
    let zoe = secret(ZOE);
    let claim = desk.say(&zoe, claim("it rains").into());
    let source_id = desk.say(&zoe, source("it rained").into());
    let other_source = desk.say(&zoe, source("it rained again").into());
    let evidence = desk.say(&zoe, evidence(claim, source_id, Stance::Supports).into());
    let scale = desk.scale();
    let verdict = desk.say(&zoe, verdict(claim, scale, &[evidence]).into());
    let dispute = desk.say(&secret(BOB), dispute(verdict).into());
    if !roles.is_empty() {
        desk.enroll(ADA, SIGNER, "sam", "desk", roles);
    }
    Prepared {
        desk,
        claim,
        source: source_id,
        other_source,
        evidence,
        verdict,
        dispute,
        signer: SIGNER,
    }
}

const A: Role = Role::Admin;
const E: Role = Role::Editor;
const I: Role = Role::Importer;
const R: Role = Role::Reviewer;

const ROWS: &[Row] = &[
    Row {
        what: "a new organisation",
        statement_type: StatementType::OrganisationSet,
        body: |_| organisation("third").into(),
        roles: &[A],
    },
    Row {
        what: "a colleague's key",
        statement_type: StatementType::KeyEnroll,
        body: |p| p.desk.enrolment(p.signer, FRESH, "fay", "desk", &[R]),
        roles: &[A],
    },
    Row {
        what: "one's own next key",
        statement_type: StatementType::KeyRotate,
        body: |p| rotate(&p.desk.ledger, &secret(p.signer), &secret(FRESH)).into(),
        roles: &[A, E, I, R],
    },
    Row {
        what: "the end of a key",
        statement_type: StatementType::KeyRevoke,
        body: |_| revoke(&secret(BOB), None).into(),
        roles: &[A],
    },
    Row {
        what: "a new checkpoint key",
        statement_type: StatementType::CheckpointRotate,
        body: |p| {
            let new = secret(FRESH);
            let origin = "desk.example/facts".parse().unwrap();
            let words = possession::checkpoint_key(&p.desk.ledger, &origin, &new.public());
            CheckpointRotate {
                new_key: new.public(),
                possession: new.sign(&words),
            }
            .into()
        },
        roles: &[A],
    },
    Row {
        what: "the end of a checkpoint key",
        statement_type: StatementType::CheckpointRetire,
        body: |_| {
            CheckpointRetire {
                key: secret(CHECKPOINT).public(),
            }
            .into()
        },
        roles: &[A],
    },
    Row {
        what: "the next rules",
        statement_type: StatementType::RulesUpgrade,
        body: |_| crate::model::ledger::RulesUpgrade { rules: 2 }.into(),
        roles: &[A],
    },
    Row {
        what: "a scale",
        statement_type: StatementType::ScaleSet,
        body: |_| scale("desk", 2).into(),
        roles: &[A],
    },
    Row {
        what: "a policy",
        statement_type: StatementType::PolicySet,
        body: |_| policy("desk", 2).into(),
        roles: &[A],
    },
    Row {
        what: "a source",
        statement_type: StatementType::SourceAdd,
        body: |_| source("new").into(),
        roles: &[I, R],
    },
    Row {
        what: "later bytes",
        statement_type: StatementType::SourceCapture,
        body: |p| capture(p.source, "later").into(),
        roles: &[I, R],
    },
    Row {
        what: "a transcript",
        statement_type: StatementType::SourceTranscribe,
        body: |p| transcribe(p.source, "it rained", "It rained.").into(),
        roles: &[I, R],
    },
    Row {
        what: "bytes withheld",
        statement_type: StatementType::SnapshotWithhold,
        body: |p| withhold(p.source, snapshot("it rained").sha256).into(),
        roles: &[A, E],
    },
    Row {
        what: "a dependence",
        statement_type: StatementType::SourceRelate,
        body: |p| relate(p.source, SourceRelation::WasQuotedFrom, p.other_source).into(),
        roles: &[I, R],
    },
    Row {
        what: "a vouch",
        statement_type: StatementType::SourceRelate,
        body: |p| relate(p.source, SourceRelation::IndependentOf, p.other_source).into(),
        roles: &[R],
    },
    Row {
        what: "an assessment",
        statement_type: StatementType::OriginAssess,
        body: |p| assess(p.source, p.claim).into(),
        roles: &[R],
    },
    Row {
        what: "a claim",
        statement_type: StatementType::ClaimAdd,
        body: |_| claim("it snows").into(),
        roles: &[I, R],
    },
    Row {
        what: "a relation of claims",
        statement_type: StatementType::ClaimRelate,
        body: |p| {
            let mut relate = claim_relate(p.claim, p.claim);
            relate.to = format!("other.example/facts#{}", p.claim).parse().unwrap();
            relate.into()
        },
        roles: &[I, R],
    },
    Row {
        what: "evidence",
        statement_type: StatementType::EvidenceAdd,
        body: |p| evidence(p.claim, p.other_source, Stance::Refutes).into(),
        roles: &[R],
    },
    Row {
        what: "a verdict",
        statement_type: StatementType::VerdictIssue,
        body: |p| verdict(p.claim, p.desk.scale(), &[p.evidence]).into(),
        roles: &[R],
    },
    Row {
        what: "an approval",
        statement_type: StatementType::VerdictAttest,
        body: |p| attest(p.verdict, Decision::Approve).into(),
        roles: &[E, R],
    },
    Row {
        what: "a publication",
        statement_type: StatementType::VerdictPublish,
        body: |p| despite(p.verdict).into(),
        roles: &[E],
    },
    Row {
        what: "a withdrawal",
        statement_type: StatementType::Withdraw,
        body: |p| withdraw(p.verdict).into(),
        roles: &[A, E, R],
    },
    Row {
        what: "a dispute",
        statement_type: StatementType::DisputeOpen,
        body: |p| dispute(p.verdict).into(),
        roles: &[E, R],
    },
    Row {
        what: "an answer",
        statement_type: StatementType::DisputeAnswer,
        body: |p| answer(p.dispute).into(),
        roles: &[E, R],
    },
    Row {
        what: "another's review",
        statement_type: StatementType::ReviewRecord,
        body: |_| review("raw").into(),
        roles: &[I, R],
    },
    Row {
        what: "another's checkpoint",
        statement_type: StatementType::CheckpointObserve,
        body: |_| super::references::observed(8).into(),
        roles: &[A, E, I, R],
    },
];

/// What is still refused on this desk to a signer with the right role, for another reason.
fn other_reason(row: &Row) -> Option<Code> {
    match row.statement_type {
        StatementType::RulesUpgrade => Some(Code::RulesVersion),
        StatementType::CheckpointRetire => Some(Code::CheckpointKeyLast),
        _ => None,
    }
}

#[test]
fn each_statement_requires_one_of_its_roles() {
    for row in ROWS {
        for role in Role::ALL {
            let mut p = prepared(&[*role]);
            let body = (row.body)(&p);
            let said = p.desk.try_say(&secret(SIGNER), body).map_err(|r| r.code());
            let expected = match (row.roles.contains(role), other_reason(row)) {
                (true, None) => None,
                (true, Some(code)) => Some(code),
                (false, _) => Some(Code::RoleMissing),
            };
            assert_eq!(said.err(), expected, "{} by {role}", row.what);
        }
    }
}

#[test]
fn a_key_signs_nothing_before_its_enrolment_or_after_its_end() {
    for row in ROWS {
        let mut p = prepared(&[]);
        let body = (row.body)(&p);
        assert_eq!(p.desk.refused(&secret(SIGNER), body), "key-not-enrolled");
        let roles = if row.roles.contains(&A) || row.roles.contains(&E) || row.roles.contains(&R) {
            &[A, E, R][..]
        } else {
            &[I][..]
        };
        let mut p = prepared(roles);
        let body = (row.body)(&p);
        p.desk
            .say(&secret(DAN), revoke(&secret(SIGNER), None).into());
        assert_eq!(p.desk.refused(&secret(SIGNER), body), "key-revoked");
    }
}

#[test]
fn every_type_of_statement_has_a_row_or_a_test_of_its_own() {
    let rows: BTreeSet<StatementType> = ROWS.iter().map(|row| row.statement_type).collect();
    let apart = [StatementType::LedgerCreate, StatementType::KeyRecover];
    for statement_type in StatementType::ALL {
        assert!(rows.contains(statement_type) || apart.contains(statement_type));
    }
}

/// A statement of each type, said by Sam, which Carol can then dispute.
#[test]
fn what_somebody_concluded_or_recorded_is_disputed_and_keys_and_settings_are_not() {
    use StatementType as T;
    let disputable = BTreeSet::from([
        T::ClaimAdd,
        T::ClaimRelate,
        T::EvidenceAdd,
        T::OriginAssess,
        T::ReviewRecord,
        T::SourceAdd,
        T::SourceCapture,
        T::SourceRelate,
        T::SourceTranscribe,
        T::SnapshotWithhold,
        T::VerdictAttest,
        T::VerdictIssue,
        T::VerdictPublish,
    ]);
    let carol = secret(CAROL);
    // There is no later version of the rules, so no log has an upgrade.
    for row in ROWS
        .iter()
        .filter(|row| row.statement_type != T::RulesUpgrade)
    {
        let mut p = prepared(&[A, E, R]);
        if row.statement_type == T::CheckpointRetire {
            let rotate = ROWS
                .iter()
                .find(|row| row.statement_type == T::CheckpointRotate);
            let body = (rotate.unwrap().body)(&p);
            p.desk.say(&secret(SIGNER), body);
        }
        let body = (row.body)(&p);
        let said = p.desk.say(&secret(SIGNER), body);
        let doubted = p.desk.try_say(&carol, dispute(said).into());
        let expected = (!disputable.contains(&row.statement_type)).then_some(Code::ReferenceType);
        assert_eq!(
            doubted.map_err(|r| r.code()).err(),
            expected,
            "{}",
            row.what
        );
    }
    let mut desk = Desk::staffed();
    let first = desk.id(crate::tlog::EntryIndex::FIRST);
    assert_eq!(
        desk.refused(&carol, dispute(first).into()),
        "reference-type"
    );
}

#[test]
fn an_organisation_decides_only_for_itself() {
    let mut p = prepared(&[]);
    let (olga, pia, dan) = (secret(OLGA), secret(PIA), secret(DAN));
    let ledger = p.desk.ledger;
    let refused = |p: &mut Prepared, body: Body| p.desk.refused(&olga, body);
    assert_eq!(
        refused(&mut p, organisation("third").into()),
        "founder-only"
    );
    assert_eq!(
        refused(&mut p, organisation("desk").into()),
        "other-organisation"
    );
    assert_eq!(
        refused(&mut p, scale("desk", 2).into()),
        "other-organisation"
    );
    assert_eq!(
        refused(&mut p, policy("desk", 0).into()),
        "other-organisation"
    );
    assert_eq!(
        refused(&mut p, revoke(&secret(BOB), None).into()),
        "other-organisation"
    );
    assert_eq!(
        refused(
            &mut p,
            enroll(&ledger, &secret(OLGA), &secret(FRESH), "eve", "desk", &[R]).into()
        ),
        "other-organisation"
    );
    assert_eq!(
        refused(
            &mut p,
            crate::model::ledger::RulesUpgrade { rules: 2 }.into()
        ),
        "founder-only"
    );
    p.desk.say(&olga, organisation("other").into());
    p.desk.say(&olga, scale("other", 1).into());
    p.desk.say(&olga, policy("other", 0).into());
    // The founder's admins decide nothing in an organisation that has an admin.
    let dans = enroll(&ledger, &dan, &secret(FRESH), "eve", "other", &[A]);
    assert_eq!(p.desk.refused(&dan, dans.into()), "other-organisation");
    assert_eq!(
        p.desk.refused(&dan, organisation("other").into()),
        "other-organisation"
    );
    // Only its own organisation corrects or withdraws a statement.
    assert_eq!(
        p.desk.refused(&pia, withdraw(p.verdict).into()),
        "not-its-organisation"
    );
    let mut theirs = claim("it pours");
    theirs.correction = correction(p.claim, crate::model::correction::CorrectionKind::Typo);
    assert_eq!(p.desk.refused(&pia, theirs.into()), "not-its-organisation");
    // Others may approve: the policy decides whose approval counts.
    p.desk
        .say(&pia, attest(p.verdict, Decision::Approve).into());
}

#[test]
fn the_founder_enrols_the_first_admin_of_another_organisation() {
    let mut desk = Desk::new();
    let ada = secret(ADA);
    desk.say(&ada, organisation("other").into());
    let reviewer = desk.enrolment(ADA, BOB, "bob", "other", &[R]);
    assert_eq!(desk.refused(&ada, reviewer), "other-organisation");
    let unknown = desk.enrolment(ADA, BOB, "bob", "nowhere", &[A]);
    assert_eq!(desk.refused(&ada, unknown), "organisation-unknown");
    desk.enroll(ADA, OLGA, "olga", "other", &[A]);
    let second = desk.enrolment(ADA, BOB, "bob", "other", &[A]);
    assert_eq!(desk.refused(&ada, second), "other-organisation");
}

#[test]
fn a_second_key_is_not_a_second_person() {
    let mut p = prepared(&[]);
    // Zoe wrote the verdict with one key; this is her second one.
    p.desk.enroll(ADA, SIGNER, "zoe", "desk", &[E, R]);
    let second = secret(SIGNER);
    let approval = attest(p.verdict, Decision::Approve);
    assert_eq!(p.desk.refused(&second, approval.into()), "own-statement");
    assert_eq!(
        p.desk.refused(&second, dispute(p.verdict).into()),
        "own-statement"
    );
    assert_eq!(
        p.desk.refused(&second, answer(p.dispute).into()),
        "own-statement"
    );
    // A lost key does not block its verdicts: a colleague from the same organisation may withdraw them.
    p.desk.say(&secret(DAN), revoke(&secret(ZOE), None).into());
    p.desk.say(&secret(CAROL), withdraw(p.verdict).into());
}
