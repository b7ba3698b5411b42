//! Withheld bytes: nobody hides what another one holds, the host hides a digest wherever it stands, and a stolen key shows
//! nothing again.

use super::bodies::*;
use super::desk::*;
use crate::crypto::{Digest, sha256};
use crate::model::snapshot::{ExtractedText, Holding, Withhold};
use crate::model::source::{Capture, Source};
use crate::model::{Body, StatementId};
use crate::rules::standing::withholding::{Hidden, Withholdings};
use crate::tlog::EntryIndex;

/// A desk that keeps what its statements say about bytes.
#[derive(Default)]
struct Kept(Withholdings);

impl Kept {
    fn say(&mut self, desk: &mut Desk, by: u8, body: impl Into<Body>) -> StatementId {
        let body = body.into();
        self.0.gather(desk.size().next(), &body);
        desk.say(&secret(by), body)
    }

    fn hidden(&self, desk: &Desk) -> Hidden {
        self.0.hidden(&desk.reading()).unwrap()
    }

    fn hides(&self, desk: &Desk, words: &str) -> bool {
        self.hidden(desk).digests.contains_key(&digest(words))
    }
}

fn digest(words: &str) -> Digest {
    sha256(&[words.as_bytes()])
}

/// The host's withholding.
fn everywhere(words: &str) -> Withhold {
    Withhold {
        source: None,
        ..withhold(StatementId::from_bytes([0; 32]), digest(words))
    }
}

/// A page out of which this text was taken.
fn page(bytes: &str, words: &str) -> Source {
    let mut page = source(bytes);
    if let Capture::Captured(snapshot) = &mut page.capture {
        snapshot.media_type = "text/html".parse().unwrap();
        snapshot.text = Some(ExtractedText {
            charset: None,
            extractor: text("claimledger-html 1"),
            page: None,
            sha256: digest(words),
        });
    }
    page
}

#[test]
fn an_organisation_withholds_only_what_it_holds_and_only_the_founders_admins_withhold_everywhere() {
    let mut desk = Desk::staffed();
    let mut kept = Kept::default();
    let paper = kept.say(&mut desk, BOB, source("it rained"));
    assert_eq!(
        desk.refused(&secret(PIA), withhold(paper, digest("it rained")).into()),
        "snapshot-not-held"
    );
    let mut by_digest = capture(paper, "it poured");
    by_digest.snapshot.holding = Holding::HashOnly;
    kept.say(&mut desk, BOB, by_digest);
    assert_eq!(
        desk.refused(&secret(CAROL), withhold(paper, digest("it poured")).into()),
        "snapshot-not-held"
    );
    // Another organisation captures the same source: it may withhold what it brought, and the desk may not.
    kept.say(&mut desk, PIA, capture(paper, "it thawed"));
    assert_eq!(
        desk.refused(&secret(CAROL), withhold(paper, digest("it thawed")).into()),
        "snapshot-not-held"
    );
    kept.say(&mut desk, PIA, withhold(paper, digest("it thawed")));
    kept.say(&mut desk, CAROL, withhold(paper, digest("it rained")));
    assert!(kept.hides(&desk, "it thawed") && kept.hides(&desk, "it rained"));
    let host = everywhere("it hailed");
    assert_eq!(
        desk.refused(&secret(CAROL), host.clone().into()),
        "role-missing"
    );
    assert_eq!(
        desk.refused(&secret(OLGA), host.clone().into()),
        "founder-only"
    );
    kept.say(&mut desk, ADA, host);
    assert!(kept.hides(&desk, "it hailed"));
}

#[test]
fn bytes_are_hidden_where_everybody_who_holds_them_withholds_them() {
    let mut desk = Desk::staffed();
    let mut kept = Kept::default();
    let ours = kept.say(&mut desk, BOB, source("it rained"));
    let mut theirs = source("it rained");
    theirs.title = text("theirs");
    let theirs = kept.say(&mut desk, PIA, theirs);
    kept.say(&mut desk, CAROL, withhold(ours, digest("it rained")));
    assert!(!kept.hides(&desk, "it rained"));
    kept.say(&mut desk, PIA, withhold(theirs, digest("it rained")));
    assert!(kept.hides(&desk, "it rained"));
    // A correction of the source brings the same bytes for the same source: nothing is shown again.
    let mut newer = source("it rained");
    newer.title = text("newer");
    newer.correction = correction(ours, crate::model::correction::CorrectionKind::Typo);
    kept.say(&mut desk, BOB, newer);
    assert!(kept.hides(&desk, "it rained"));
    // Only the digest of them, in a further source, shows nothing. Held in a further source, they are shown again.
    let mut further = source("it rained");
    further.title = text("further");
    if let Capture::Captured(snapshot) = &mut further.capture {
        snapshot.holding = Holding::HashOnly;
    }
    kept.say(&mut desk, BOB, further);
    assert!(kept.hides(&desk, "it rained"));
    let mut again = source("it rained");
    again.title = text("again");
    kept.say(&mut desk, PIA, again);
    assert!(!kept.hides(&desk, "it rained"));
    // The host hides the digest wherever it stands, now and later.
    let host = kept.say(&mut desk, ADA, everywhere("it rained"));
    assert!(kept.hides(&desk, "it rained"));
    let mut once_more = source("it rained");
    once_more.title = text("once more");
    kept.say(&mut desk, PIA, once_more);
    assert!(kept.hides(&desk, "it rained"));
    kept.say(&mut desk, ADA, withdraw(host));
    assert!(!kept.hides(&desk, "it rained"));
}

#[test]
fn a_text_is_hidden_with_all_bytes_that_it_was_taken_out_of_and_by_the_host_with_any() {
    let mut desk = Desk::staffed();
    let mut kept = Kept::default();
    let one = kept.say(&mut desk, BOB, page("<p>it rained", "it rained"));
    let two = kept.say(&mut desk, BOB, page("<b>it rained", "it rained"));
    kept.say(
        &mut desk,
        BOB,
        transcribe(one, "<p>it rained", "it rained, she says"),
    );
    kept.say(&mut desk, CAROL, withhold(one, digest("<p>it rained")));
    assert!(kept.hides(&desk, "<p>it rained") && !kept.hides(&desk, "it rained"));
    assert!(kept.hides(&desk, "it rained, she says"));
    let last = kept.say(&mut desk, CAROL, withhold(two, digest("<b>it rained")));
    assert!(kept.hides(&desk, "it rained"));
    kept.say(&mut desk, CAROL, withdraw(last));
    assert!(!kept.hides(&desk, "it rained"));
    // The host's withholding of either page hides the text everywhere, and what was written down from the page.
    kept.say(
        &mut desk,
        BOB,
        transcribe(two, "<b>it rained", "it poured, he says"),
    );
    kept.say(&mut desk, ADA, everywhere("<b>it rained"));
    for words in ["<b>it rained", "it rained", "it poured, he says"] {
        assert!(kept.hides(&desk, words), "{words}");
    }
}

#[test]
fn a_distrusted_withholding_hides_until_an_admin_withdraws_it() {
    let mut desk = Desk::staffed();
    let mut kept = Kept::default();
    let paper = kept.say(&mut desk, BOB, source("it rained"));
    let from = desk.size().next();
    let hiding = kept.say(&mut desk, CAROL, withhold(paper, digest("it rained")));
    assert!(kept.hidden(&desk).distrusted.is_empty());
    desk.say(&secret(DAN), revoke(&secret(CAROL), Some(from)).into());
    assert!(kept.hides(&desk, "it rained"));
    assert_eq!(kept.hidden(&desk).distrusted, [desk.index(&hiding)]);
    let editor = 70;
    desk.enroll(
        ADA,
        editor,
        "eve",
        "desk",
        &[crate::model::organisation::Role::Editor],
    );
    assert_eq!(
        desk.refused(&secret(editor), withdraw(hiding).into()),
        "role-missing"
    );
    kept.say(&mut desk, DAN, withdraw(hiding));
    assert!(!kept.hides(&desk, "it rained"));
    assert!(kept.hidden(&desk).distrusted.is_empty());
}

#[test]
fn a_stolen_key_neither_shows_withheld_bytes_again_nor_takes_a_withholding_back() {
    let mut desk = Desk::staffed();
    let mut kept = Kept::default();
    let paper = kept.say(&mut desk, ADA, source("it rained"));
    let hiding = kept.say(&mut desk, CAROL, withhold(paper, digest("it rained")));
    let from: EntryIndex = desk.size().next();
    let mut again = source("it rained");
    again.title = text("again");
    kept.say(&mut desk, BOB, again);
    kept.say(&mut desk, CAROL, withdraw(hiding));
    assert!(!kept.hides(&desk, "it rained"));
    for stolen in [BOB, CAROL] {
        desk.say(&secret(DAN), revoke(&secret(stolen), Some(from)).into());
    }
    assert!(kept.hides(&desk, "it rained"));
}

#[test]
fn a_withholding_names_bytes_of_any_version_an_extracted_text_or_a_transcript() {
    let mut desk = Desk::staffed();
    let mut kept = Kept::default();
    let first = kept.say(&mut desk, BOB, page("<p>it rained", "it rained"));
    kept.say(
        &mut desk,
        BOB,
        transcribe(first, "<p>it rained", "it rained, she says"),
    );
    let mut newer = page("<p>it poured", "it poured");
    newer.correction = correction(first, crate::model::correction::CorrectionKind::Update);
    let newer = kept.say(&mut desk, BOB, newer);
    // Either version names the bytes of both.
    for (form, words) in [
        (newer, "it rained"),
        (newer, "it rained, she says"),
        (first, "<p>it poured"),
        (newer, "<p>it rained"),
    ] {
        assert!(!kept.hides(&desk, words), "{words}");
        kept.say(&mut desk, CAROL, withhold(form, digest(words)));
        assert!(kept.hides(&desk, words), "{words}");
    }
    // The text of withheld bytes went with them. Bytes that nobody brought for this source cannot be named.
    assert!(kept.hides(&desk, "it poured"));
    kept.say(&mut desk, BOB, source("it hailed"));
    assert_eq!(
        desk.refused(&secret(CAROL), withhold(first, digest("it hailed")).into()),
        "snapshot-not-of-source"
    );
}
