//! Publications: of what stands, of what does not, by whom, and of what was published long before.

use super::bodies::*;
use super::desk::*;
use crate::model::attestation::{Decision, Publish};
use crate::model::correction::CorrectionKind;
use crate::model::foreign::Review;
use crate::model::policy::Policy;
use crate::model::verdict::Verdict;
use crate::model::{StatementId, dispute};
use crate::rules::standing::verdict::standing;
use crate::rules::{ApprovalOutcome, Standing, current};
use crate::tlog::EntryIndex;

struct Press {
    desk: Desk,
    claim: StatementId,
}

impl Press {
    fn new() -> Self {
        let mut desk = Desk::staffed();
        let claim = desk.say(&secret(BOB), claim("it rains").into());
        Self { desk, claim }
    }

    fn body(&self) -> Verdict {
        verdict(self.claim, self.desk.scale(), &[])
    }

    fn say(&mut self, who: u8, body: impl Into<crate::model::Body>) -> StatementId {
        self.desk.say(&secret(who), body.into())
    }

    fn refused(&mut self, who: u8, body: impl Into<crate::model::Body>) -> crate::code::Code {
        self.desk.refused(&secret(who), body.into())
    }

    fn approved(&mut self, body: Verdict) -> StatementId {
        let it = self.say(BOB, body);
        self.say(CAROL, attest(it, Decision::Approve));
        it
    }

    /// Carol may not publish it without a reason, and may with one.
    fn needs_a_reason(&mut self, it: StatementId) {
        assert_eq!(self.refused(CAROL, publish(it)), "despite-missing");
        self.say(CAROL, despite(it));
    }

    fn standing(&self, it: &StatementId) -> Standing {
        let found = standing(&self.desk.reading(), self.desk.index(it));
        found.unwrap().unwrap()
    }

    fn current(&self) -> Option<EntryIndex> {
        let claim = self.desk.index(&self.claim);
        let found = current(&self.desk.reading(), claim, EntryIndex::FIRST).unwrap();
        found.map(|standing| standing.entry)
    }

    /// A review that our own organisation published at this address before.
    fn recorded(&mut self, url: &str) -> StatementId {
        let ours = Review {
            claim: Some(self.claim),
            url: url.parse().unwrap(),
            ..review(url)
        };
        self.say(BOB, ours)
    }
}

fn published(it: StatementId, url: &str, date: &str) -> Publish {
    Publish {
        published: date.parse().unwrap(),
        url: url.parse().unwrap(),
        ..publish(it)
    }
}

#[test]
fn the_current_approved_verdict_is_published_without_a_reason() {
    let mut press = Press::new();
    let body = press.body();
    let it = press.approved(body);
    let page = press.say(CAROL, publish(it));
    let found = press.standing(&it).publications;
    assert_eq!(found.published, [press.desk.index(&page)]);
    assert_eq!(found.others_say, []);
    assert_eq!(found.adopted, None);
    assert_eq!(press.refused(BOB, publish(it)), "role-missing");
}

#[test]
fn an_unapproved_or_rejected_verdict_is_published_with_a_reason() {
    let mut press = Press::new();
    let body = press.body();
    let it = press.say(BOB, body);
    press.needs_a_reason(it);
    press.say(ADA, attest(it, Decision::Reject));
    press.needs_a_reason(it);
}

#[test]
fn a_superseded_verdict_is_published_with_a_reason() {
    let mut press = Press::new();
    let body = press.body();
    let first = press.approved(body.clone());
    let second = press.approved(Verdict {
        correction: correction(first, CorrectionKind::RatingChange),
        ..body
    });
    press.needs_a_reason(first);
    press.say(CAROL, publish(second));
    // While a correction waits, the corrected verdict is still the current one.
    let third = Verdict {
        correction: correction(second, CorrectionKind::RatingChange),
        ..press.body()
    };
    press.say(BOB, third);
    press.say(CAROL, publish(second));
}

#[test]
fn a_withdrawn_verdict_is_published_with_a_reason() {
    let mut press = Press::new();
    let body = press.body();
    let it = press.approved(body);
    press.say(CAROL, withdraw(it));
    press.needs_a_reason(it);
}

#[test]
fn a_verdict_of_a_distrusted_key_is_published_with_a_reason() {
    let mut press = Press::new();
    let body = press.body();
    let it = press.approved(body);
    press.say(CAROL, publish(it));
    let from = press.desk.index(&it);
    press.say(ADA, revoke(&secret(BOB), Some(from)));
    press.needs_a_reason(it);
}

#[test]
fn an_older_approved_verdict_on_the_same_claim_is_published_with_a_reason() {
    let mut press = Press::new();
    let body = press.body();
    let older = press.approved(body.clone());
    press.approved(body);
    press.needs_a_reason(older);
}

#[test]
fn a_verdict_with_an_upheld_objection_is_published_with_a_reason() {
    for outcome in [dispute::Outcome::Upheld, dispute::Outcome::PartlyUpheld] {
        let mut press = Press::new();
        let body = press.body();
        let it = press.approved(body);
        let objection = press.say(PIA, dispute(it));
        // An open objection changes nothing.
        press.say(CAROL, publish(it));
        let upheld = dispute::Answer {
            outcome,
            ..answer(objection)
        };
        press.say(ADA, upheld);
        press.needs_a_reason(it);
    }
}

#[test]
fn what_another_organisation_publishes_is_what_it_says() {
    let mut press = Press::new();
    let body = press.body();
    let it = press.approved(body);
    let page = press.say(PIA, publish(it));
    let theirs = press.desk.index(&page);
    let found = press.standing(&it).publications;
    assert_eq!(found.published, []);
    assert_eq!(found.others_say, [theirs]);
    // From the policy that lists them on, they publish for us; what they said before stays what they said.
    let listing = Policy {
        approvals_from: vec![slug("other")],
        ..policy("desk", 1)
    };
    press.say(ADA, listing);
    let page = press.say(PIA, publish(it));
    let listed = press.desk.index(&page);
    let found = press.standing(&it).publications;
    assert_eq!(found.published, [listed]);
    assert_eq!(found.others_say, [theirs]);
}

#[test]
fn a_verdict_adopts_a_review_of_its_claim_that_its_own_organisation_recorded() {
    let mut press = Press::new();
    let ours = press.recorded("https://desk.example/2019/rain");
    let adopting = |press: &Press, review| Verdict {
        adopts: Some(review),
        ..press.body()
    };
    let about_nothing = press.say(BOB, review("no claim"));
    let body = adopting(&press, about_nothing);
    assert_eq!(press.refused(BOB, body), "other-claim");
    let elsewhere = press.say(BOB, claim("it snows"));
    let about_another = Review {
        claim: Some(elsewhere),
        ..review("another claim")
    };
    let about_another = press.say(
        ADA,
        Review {
            url: "https://others.example/2".parse().unwrap(),
            ..about_another
        },
    );
    let body = adopting(&press, about_another);
    assert_eq!(press.refused(BOB, body), "other-claim");
    let theirs = Review {
        claim: Some(press.claim),
        url: "https://others.example/3".parse().unwrap(),
        ..review("theirs")
    };
    let theirs = press.say(PIA, theirs);
    let body = adopting(&press, theirs);
    assert_eq!(press.refused(BOB, body), "not-its-organisation");
    let taken_back = press.recorded("https://desk.example/2019/snow");
    press.say(BOB, withdraw(taken_back));
    let body = adopting(&press, taken_back);
    assert_eq!(press.refused(BOB, body), "reference-withdrawn");
    let body = adopting(&press, ours);
    press.say(BOB, body);
}

#[test]
fn an_adopted_verdict_was_published_where_its_review_stands_and_is_not_called_published() {
    let mut press = Press::new();
    let url = "https://desk.example/2019/rain";
    let review = press.recorded(url);
    let it = Verdict {
        adopts: Some(review),
        ..press.body()
    };
    let it = press.say(BOB, it);
    // A date of long ago alone makes nothing an adoption, and a reviewer publishes at no other address.
    let elsewhere = published(it, "https://desk.example/other", "2019-05-01");
    assert_eq!(press.refused(BOB, elsewhere.clone()), "role-missing");
    assert_eq!(press.refused(CAROL, elsewhere), "despite-missing");
    // An address is compared in its form.
    let page = press.say(
        BOB,
        published(it, "http://DESK.example/2019/rain", "2019-05-01"),
    );
    let found = press.standing(&it);
    assert_eq!(found.approval.outcome, ApprovalOutcome::Unapproved);
    assert_eq!(found.publications.published, []);
    let adopted = found.publications.adopted.unwrap();
    assert_eq!(adopted.review, press.desk.index(&review));
    assert_eq!(adopted.publication, press.desk.index(&page));
    // 2019-05-01T00:00:00Z.
    assert_eq!(adopted.published, 1_556_668_800);
    // Another organisation adopts nothing for us.
    let theirs = published(it, url, "2019-05-01");
    assert_eq!(press.refused(PIA, theirs), "despite-missing");
}

#[test]
fn of_adopted_verdicts_the_one_that_was_published_last_is_current() {
    let mut press = Press::new();
    let mut adopted = |path: &str, date: &str| {
        let url = format!("https://desk.example/{path}");
        let review = press.recorded(&url);
        let it = Verdict {
            adopts: Some(review),
            ..press.body()
        };
        let it = press.say(BOB, it);
        press.say(BOB, published(it, &url, date));
        press.desk.index(&it)
    };
    let newest = adopted("new", "2021-03");
    let oldest = adopted("old", "2019-05-01");
    let same = adopted("same", "2021-03-01T00:00:00Z");
    assert!(newest < oldest && oldest < same);
    assert_eq!(press.current(), Some(same));
    // A verdict that is approved comes before all of them.
    let body = press.body();
    let approved = press.approved(body);
    assert_eq!(press.current(), Some(press.desk.index(&approved)));
}

#[test]
fn an_adopted_verdict_is_exempt_from_the_evidence_that_the_policy_asks_for() {
    let mut press = Press::new();
    let asking = Policy {
        evidence_needed: true,
        ..policy("desk", 1)
    };
    press.say(ADA, asking);
    let review = press.recorded("https://desk.example/2019/rain");
    let it = Verdict {
        adopts: Some(review),
        rating: slug("true"),
        ..press.body()
    };
    let it = press.approved(it);
    let found = press.standing(&it).approval;
    assert_eq!(found.outcome, ApprovalOutcome::Approved);
    assert!(found.adopted_without_evidence);
    // The record turns out to be by a thief.
    let from = press.desk.index(&review);
    press.say(ADA, revoke(&secret(BOB), Some(from)));
    let found = press.standing(&it).approval;
    assert_eq!(found.outcome, ApprovalOutcome::Unapproved);
    assert!(!found.adopted_without_evidence);
}
