//! An organisation keeps the claims and sources of others that it has named in evidence or a verdict.

use super::bodies::*;
use super::desk::*;
use crate::model::StatementId;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::rules::{Counting, View as _, gather, standing};

/// The other organisation's claim and source, which Bob of the desk has named in evidence and a verdict.
fn leaning() -> (Desk, StatementId, StatementId, StatementId, StatementId) {
    let mut desk = Desk::staffed();
    let (bob, pia) = (secret(BOB), secret(PIA));
    let it = desk.say(&pia, claim("it rains").into());
    let paper = desk.say(&pia, source("it rained").into());
    let said = desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    let scale = desk.scale();
    let rated = desk.say(&bob, verdict(it, scale, &[said]).into());
    desk.say(&secret(CAROL), attest(rated, Decision::Approve).into());
    (desk, it, paper, said, rated)
}

#[test]
fn what_another_organisation_withdraws_stands_for_the_one_that_had_named_it() {
    let (mut desk, it, paper, said, rated) = leaning();
    let (bob, pia) = (secret(BOB), secret(PIA));
    let unnamed = desk.say(&pia, source("it poured").into());
    let gone = desk.say(&pia, withdraw(paper).into());
    desk.say(&pia, withdraw(it).into());
    desk.say(&pia, withdraw(unnamed).into());
    let now = standing(&desk.reading(), desk.index(&rated))
        .unwrap()
        .unwrap();
    assert!(desk.fallen(&rated).is_empty());
    let remark = now
        .remarks
        .iter()
        .find(|remark| remark.entry == desk.index(&paper));
    assert_eq!(remark.unwrap().withdrawn_by, Some(desk.index(&gone)));
    assert_eq!(now.remarks.len(), 2);
    // It counts and can be named.
    let desks = desk.view.organisation(&slug("desk")).unwrap().unwrap();
    let counting = Counting::at(&desk.reading(), desks).unwrap();
    let graph = gather(&desk.reading(), desk.index(&it), &counting)
        .unwrap()
        .unwrap();
    assert_eq!(
        graph
            .evidence
            .iter()
            .map(|edge| edge.id)
            .collect::<Vec<_>>(),
        [said]
    );
    desk.say(&bob, evidence(it, paper, Stance::Context).into());
    let scale = desk.scale();
    let mut second = verdict(it, scale, &[said]);
    second.correction = correction(rated, CorrectionKind::Correction);
    desk.say(&bob, second.into());
    // What it had not named is withdrawn for it too, and for its own organisation all three are.
    assert_eq!(
        desk.refused(&bob, evidence(it, unnamed, Stance::Context).into()),
        "reference-withdrawn"
    );
    assert_eq!(
        desk.refused(&pia, evidence(it, paper, Stance::Context).into()),
        "reference-withdrawn"
    );
    // To keep is not to own.
    let mut theirs = claim("it pours");
    theirs.correction = correction(it, CorrectionKind::Correction);
    assert_eq!(desk.refused(&bob, theirs.into()), "not-its-organisation");
}

#[test]
fn what_another_organisation_corrects_keeps_the_form_that_was_named() {
    let (mut desk, it, paper, said, rated) = leaning();
    let (bob, pia) = (secret(BOB), secret(PIA));
    let mut satire = source("it never rains");
    satire.correction = correction(paper, CorrectionKind::Correction);
    let satire = desk.say(&pia, satire.into());
    let mut opposite = claim("it does not rain");
    opposite.correction = correction(it, CorrectionKind::Correction);
    desk.say(&pia, opposite.into());
    let desks = desk.view.organisation(&slug("desk")).unwrap().unwrap();
    let form = |desk: &Desk, source: &StatementId| {
        let reading = desk.reading().of(desks);
        reading.newest(desk.index(source)).unwrap()
    };
    // All forms are one source, with the fields of the form that the desk named.
    for source in [paper, satire] {
        assert_eq!(form(&desk, &source), Some(desk.index(&paper)));
    }
    assert_eq!(
        desk.reading().newest(desk.index(&paper)).unwrap(),
        Some(desk.index(&satire))
    );
    let now = standing(&desk.reading(), desk.index(&rated))
        .unwrap()
        .unwrap();
    assert!(desk.fallen(&rated).is_empty());
    assert_eq!(now.remarks.len(), 2);
    let scale = desk.scale();
    desk.say(&bob, verdict(it, scale, &[said]).into());
    // Once the desk names the newer form, that is the one.
    desk.say(&bob, evidence(it, satire, Stance::Context).into());
    assert_eq!(form(&desk, &paper), Some(desk.index(&satire)));
}

#[test]
fn a_source_whose_key_another_organisation_distrusts_stands_for_the_one_that_had_named_it() {
    let (mut desk, it, paper, _, rated) = leaning();
    desk.say(
        &secret(OLGA),
        revoke(&secret(PIA), Some(desk.index(&it))).into(),
    );
    let now = standing(&desk.reading(), desk.index(&rated))
        .unwrap()
        .unwrap();
    assert!(desk.fallen(&rated).is_empty());
    assert!(now.remarks.iter().all(|remark| remark.distrusted));
    desk.say(&secret(BOB), evidence(it, paper, Stance::Context).into());
    assert!(!desk.reading().stands(desk.index(&paper)).unwrap());
}
