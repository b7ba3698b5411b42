//! The input of corroboration: live statements only, sources read as their newest versions.

use super::bodies::*;
use super::desk::*;
use crate::corroboration::Graph;
use crate::model::StatementId;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use crate::rules::{Counting, gather};
use crate::tlog::TreeSize;

fn graph(desk: &Desk, claim: &StatementId) -> Graph {
    graph_at(desk, claim, desk.size())
}

fn graph_at(desk: &Desk, claim: &StatementId, size: TreeSize) -> Graph {
    let reading = desk.reading_at(size);
    let claim = reading.claim_now(desk.index(claim)).unwrap();
    let own = reading.entry(claim).unwrap().unwrap().by.organisation;
    let counting = Counting::at(&reading, own).unwrap();
    gather(&reading, claim, &counting).unwrap().unwrap()
}

fn sorted(mut ids: Vec<StatementId>) -> Vec<StatementId> {
    ids.sort();
    ids
}

fn sources(graph: &Graph) -> Vec<StatementId> {
    graph.sources.iter().map(|source| source.id).collect()
}

fn relations(graph: &Graph) -> Vec<StatementId> {
    graph.relations.iter().map(|relation| relation.id).collect()
}

fn said(graph: &Graph) -> Vec<StatementId> {
    graph.evidence.iter().map(|evidence| evidence.id).collect()
}

#[test]
fn everything_within_reach_and_nothing_else() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let unrelated = desk.say(&bob, source("unrelated").into());
    let article = desk.say(&bob, source("article").into());
    let agency = desk.say(&bob, never_held("agency", article).into());
    let office = desk.say(&bob, never_held("office", article).into());
    let original = desk.say(&bob, source("original").into());
    let follower = desk.say(&bob, source("follower").into());
    let mut it = claim("it rains");
    it.appeared_in = vec![office];
    let it = desk.say(&bob, it.into());
    let that = desk.say(&bob, claim("it snows").into());
    let mut quoting = evidence(it, article, Stance::Supports);
    quoting.via = vec![agency];
    let quoting = desk.say(&bob, quoting.into());
    let mut none = evidence(it, article, Stance::NotFound);
    (none.source, none.searched, none.on) =
        (None, Some(text("archives")), Some("2026".parse().unwrap()));
    desk.say(&bob, none.into());
    let leads = desk.say(
        &bob,
        relate(agency, SourceRelation::HadPrimarySource, office).into(),
    );
    let same = desk.say(
        &bob,
        relate(original, SourceRelation::TranslationOf, article).into(),
    );
    // A source that depends on the article is not something that the article rests on; a vouch for another source
    // leads nowhere.
    desk.say(
        &bob,
        relate(follower, SourceRelation::WasDerivedFrom, article).into(),
    );
    desk.say(
        &bob,
        relate(article, SourceRelation::IndependentOf, unrelated).into(),
    );
    let vouch = desk.say(
        &bob,
        relate(agency, SourceRelation::IndependentOf, article).into(),
    );
    let mut elsewhere = relate(article, SourceRelation::WasQuotedFrom, unrelated);
    elsewhere.claim = Some(that);
    desk.say(&bob, elsewhere.clone().into());
    let assessed = desk.say(&bob, assess(office, it).into());
    desk.say(&bob, assess(office, that).into());
    desk.say(&bob, assess(unrelated, it).into());
    let found = graph(&desk, &it);
    assert_eq!(found.claim, it);
    assert_eq!(
        sources(&found),
        sorted(vec![article, agency, office, original])
    );
    assert_eq!(said(&found), [quoting]);
    assert_eq!(found.evidence[0].via, [agency]);
    assert_eq!(relations(&found), sorted(vec![leads, same, vouch]));
    assert_eq!(found.assessments.len(), 1);
    assert_eq!(found.assessments[0].id, assessed);
    assert_eq!(
        found.appeared_in.iter().copied().collect::<Vec<_>>(),
        [office]
    );
    let never: Vec<bool> = found
        .sources
        .iter()
        .map(|source| source.never_held)
        .collect();
    let expected: Vec<bool> = sources(&found)
        .iter()
        .map(|id| *id == agency || *id == office)
        .collect();
    assert_eq!(never, expected);
    // The other claim has no evidence, so nothing is within reach.
    assert!(sources(&graph(&desk, &that)).is_empty());
    // The relation that holds for this claim alone is followed for this claim.
    elsewhere.claim = Some(it);
    let own = desk.say(&bob, elsewhere.into());
    let found = graph(&desk, &it);
    assert!(relations(&found).contains(&own));
    assert!(sources(&found).contains(&unrelated));
}

#[test]
fn a_withdrawn_relation_and_what_it_led_to_are_left_out_from_that_size_on() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let article = desk.say(&bob, source("article").into());
    let agency = desk.say(&bob, source("agency").into());
    desk.say(&bob, evidence(it, article, Stance::Supports).into());
    let edge = desk.say(
        &bob,
        relate(article, SourceRelation::WasQuotedFrom, agency).into(),
    );
    let before = desk.size();
    desk.say(&bob, withdraw(edge).into());
    assert_eq!(sources(&graph(&desk, &it)), [article]);
    assert!(relations(&graph(&desk, &it)).is_empty());
    assert_eq!(relations(&graph_at(&desk, &it, before)), [edge]);
    // A superseded edge gives way to its correction.
    let first = desk.say(
        &bob,
        relate(article, SourceRelation::WasQuotedFrom, agency).into(),
    );
    let mut second = relate(article, SourceRelation::WireCopyOf, agency);
    second.correction = correction(first, CorrectionKind::Correction);
    let second = desk.say(&bob, second.into());
    assert_eq!(relations(&graph(&desk, &it)), [second]);
}

#[test]
fn statements_of_a_revoked_author_count_and_those_of_a_distrusted_one_do_not() {
    let mut desk = Desk::staffed();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let it = desk.say(&ada, claim("it rains").into());
    let article = desk.say(&ada, source("article").into());
    let other = desk.say(&bob, source("other").into());
    let good = desk.say(&ada, evidence(it, article, Stance::Supports).into());
    let leaning = desk.say(&ada, evidence(it, other, Stance::Supports).into());
    let doubtful = desk.say(&bob, evidence(it, article, Stance::Refutes).into());
    let from = desk.index(&other);
    desk.say(&ada, revoke(&bob, None).into());
    assert_eq!(
        said(&graph(&desk, &it)),
        sorted(vec![good, leaning, doubtful])
    );
    desk.say(&ada, revoke(&bob, Some(from)).into());
    // His evidence is distrusted, and with his source the evidence of others that quotes it.
    assert_eq!(said(&graph(&desk, &it)), [good]);
    assert_eq!(sources(&graph(&desk, &it)), [article]);
}

#[test]
fn a_superseded_source_is_read_as_its_newest_version() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let old = desk.say(&bob, source("article").into());
    let agency = desk.say(&bob, source("agency").into());
    let said_old = desk.say(&bob, evidence(it, old, Stance::Supports).into());
    let edge = desk.say(
        &bob,
        relate(old, SourceRelation::WasQuotedFrom, agency).into(),
    );
    let assessed = desk.say(&bob, assess(old, it).into());
    let mut newer = source("article, corrected");
    newer.correction = correction(old, CorrectionKind::Correction);
    newer.translated_by = Some(crate::model::source::Translator::Machine(text("tool 1")));
    let newer = desk.say(&bob, newer.into());
    let said_new = desk.say(&bob, evidence(it, newer, Stance::Supports).into());
    let within = desk.say(
        &bob,
        relate(newer, SourceRelation::WasRevisionOf, old).into(),
    );
    let found = graph(&desk, &it);
    assert_eq!(sources(&found), sorted(vec![newer, agency]));
    assert_eq!(said(&found), sorted(vec![said_old, said_new]));
    assert!(found.evidence.iter().all(|edge| edge.source == newer));
    assert_eq!(relations(&found), [edge]);
    assert_eq!(found.relations[0].from, newer);
    assert!(!relations(&found).contains(&within));
    assert_eq!(found.assessments[0].id, assessed);
    assert_eq!(found.assessments[0].source, newer);
    let node = found
        .sources
        .iter()
        .find(|source| source.id == newer)
        .unwrap();
    assert!(node.machine_translated);
    // After the newest version is withdrawn, the one before it is the newest.
    desk.say(&bob, withdraw(newer).into());
    let found = graph(&desk, &it);
    assert_eq!(said(&found), [said_old]);
    assert_eq!(sources(&found), sorted(vec![old, agency]));
    desk.say(&bob, withdraw(old).into());
    assert!(said(&graph(&desk, &it)).is_empty());
}

#[test]
fn a_later_capture_makes_a_source_held() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let article = desk.say(&bob, source("article").into());
    let agency = desk.say(&bob, never_held("agency", article).into());
    desk.say(&bob, evidence(it, agency, Stance::Supports).into());
    let before = desk.size();
    assert!(graph(&desk, &it).sources[0].never_held);
    desk.say(&bob, capture(agency, "here it is").into());
    assert!(!graph(&desk, &it).sources[0].never_held);
    assert!(graph_at(&desk, &it, before).sources[0].never_held);
}

#[test]
fn captures_and_corrections_of_a_source_change_no_number() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let first = desk.say(&bob, source("first").into());
    // Two reports of one address that were never held are one; two of another address with the same bytes are one.
    let mut reports = Vec::new();
    for (n, held) in [(1, false), (2, false), (3, true), (4, true)] {
        let mut report = if held {
            source("the same bytes")
        } else {
            never_held(&format!("report {n}"), first)
        };
        report.title = text(&format!("report {n}"));
        report.publisher = text(&format!("paper {n}"));
        let page = if held { "held" } else { "not-held" };
        report.url = Some(format!("https://paper.example/{page}").parse().unwrap());
        let report_id = desk.say(&bob, report.clone().into());
        desk.say(&bob, evidence(it, report_id, Stance::Supports).into());
        desk.say(&bob, assess(report_id, it).into());
        reports.push((report_id, report));
    }
    let numbers = |desk: &Desk| {
        let counts = crate::corroboration::freeze(&graph(desk, &it)).unwrap();
        counts.support.unwrap().independent
    };
    assert_eq!(numbers(&desk), 2);
    for (n, (report, _)) in reports.iter().enumerate() {
        desk.say(&bob, capture(*report, &format!("bytes {n}")).into());
        assert_eq!(numbers(&desk), 2, "a capture of {n}");
    }
    for (n, (report, body)) in reports.into_iter().enumerate() {
        let mut corrected = body;
        corrected.title = text("a better title");
        corrected.correction = correction(report, CorrectionKind::Correction);
        desk.say(&bob, corrected.into());
        assert_eq!(numbers(&desk), 2, "a correction of {n}");
    }
}

#[test]
fn evidence_for_any_wording_is_evidence_for_the_claim() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rians").into());
    let article = desk.say(&bob, source("article").into());
    let early = desk.say(&bob, evidence(it, article, Stance::Supports).into());
    let mut spelled = claim("it rains");
    spelled.correction = correction(it, CorrectionKind::Typo);
    let spelled = desk.say(&bob, spelled.into());
    let late = desk.say(&bob, evidence(spelled, article, Stance::Supports).into());
    for name in [it, spelled] {
        let found = graph(&desk, &name);
        assert_eq!(found.claim, spelled);
        assert_eq!(said(&found), sorted(vec![early, late]));
    }
    let mut another = claim("it rains in Oslo");
    another.correction = correction(spelled, CorrectionKind::Update);
    let another = desk.say(&bob, another.into());
    assert!(said(&graph(&desk, &another)).is_empty());
    assert_eq!(graph(&desk, &it).claim, spelled);
}
