//! What is called published, by whom, and with which reason.

use crate::commands::world::{World, one_line};
use claimledger::app::Session;
use claimledger::host::clock::{Clock as _, SystemClock};
use claimledger_core::crypto::sha256;
use claimledger_core::model::foreign::{Rating, Raw, Review};
use claimledger_core::model::{Body, FreeText, StatementType};

const PAGE: &str = "--url https://desk.example/closing";

#[test]
fn what_is_not_the_current_approved_verdict_is_published_with_a_reason() {
    let world = World::with_verdict();
    let publish = format!("verdict publish closing-verdict {PAGE} --as edith");
    world.no(&publish, 4, "despite-missing");
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes(&publish);
    assert!(words(&world, "closing-verdict").contains("published"));
    world.yes(
        "verdict issue closing --rating False --why Because. --conflict none --label second \
         --supersedes closing-verdict --correction ratingChange --was-wrong All. --as jonas",
    );
    world.yes("verdict approve second --conflict none --as edith");
    // The page still shows the first one.
    world.no(&publish, 4, "despite-missing");
    world.yes(&format!(
        "{publish} --despite 'The page is not updated yet.'"
    ));
    world.clean("");
}

#[test]
fn a_guest_organisation_says_that_it_was_published() {
    let world = World::with_verdict();
    world.yes("org set guest --name Guests --as mara");
    world.yes("key new olga --no-passphrase");
    world.yes("key enroll olga --role admin --role editor --org guest --as mara");
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes("verdict publish closing-verdict --url https://evil.example/1 --as olga");
    let told = words(&world, "closing-verdict");
    assert!(told.contains("guest says that it was published"), "{told}");
    assert!(!told.contains("\"published\""), "{told}");
    world.yes("prove closing-verdict --output v.dossier");
    let proof = world.run("verify v.dossier");
    let said = "guest says that it was published at \u{201c}https://evil.example/1\u{201d}";
    assert!(one_line(&proof.out).contains(said), "{}", proof.out);
    assert!(!proof.out.contains("  published at"), "{}", proof.out);
}

#[test]
fn policy_show_shows_what_is_in_force() {
    let world = World::newsroom();
    world.yes("key new dora --no-passphrase");
    world.yes("key enroll dora --role admin --as mara");
    let from = world.size();
    world.file("two.toml", "approvals = 2\nevidence-needed = true\n");
    world.yes("policy set two.toml --as dora");
    assert_eq!(world.yes("policy show")[0]["approvals"], 2);
    let shown = world.run("policy show");
    assert!(
        shown
            .out
            .contains("evidence needed      as the rating scale says"),
        "{}",
        shown.out
    );
    world.yes(&format!(
        "key revoke dora --reason compromised --distrust-from {from} --as mara"
    ));
    assert_eq!(world.yes("policy show")[0]["approvals"], 1);
    // At the size at which it was in force it still is.
    assert_eq!(
        world.yes(&format!("policy show --at {}", from + 1))[0]["approvals"],
        2
    );
}

/// There is no command for it yet: a review that the desk published before it used this ledger.
fn reviewed(world: &World, url: &str, label: &str) {
    reviewed_as(world, url, label, "True");
}

fn reviewed_as(world: &World, url: &str, label: &str, rating: &str) {
    let review = |session: &Session| {
        Body::from(Review {
            author: FreeText::open("Desk Example").unwrap(),
            claim: Some(session.id_of("closing", StatementType::ClaimAdd).unwrap()),
            claim_text: FreeText::open("The bridge closes in April.").unwrap(),
            correction: None,
            language: None,
            published: None,
            rating: Rating {
                best: None,
                label: FreeText::open(rating).unwrap(),
                value: None,
                worst: None,
            },
            raw: Raw {
                at: None,
                bytes: 3,
                media_type: "text/html".parse().unwrap(),
                sha256: sha256(&[b"old"]),
            },
            url: url.parse().unwrap(),
        })
    };
    world.says(SystemClock.now_millis(), "jonas", label, review);
}

#[test]
fn a_verdict_that_adopts_an_old_review_is_shown_as_adopted_and_never_as_published() {
    let world = World::with_verdict();
    let url = "https://desk.example/2019/closing";
    reviewed(&world, url, "old-review");
    world.yes("withdraw closing-verdict --reason 'Adopted instead.' --as jonas");
    world.yes(
        "verdict issue closing --rating True --why 'As in 2019.' --conflict none --adopts old-review \
         --label adopted --as jonas",
    );
    let review = world.yes("show old-review")["index"].clone();
    let publish = |url: &str, by: &str| {
        format!("verdict publish adopted --url {url} --published 2019-05-01 --as {by}")
    };
    // A reviewer records where the review stands, and nowhere else.
    let elsewhere = "https://desk.example/else";
    world.no(&publish(elsewhere, "jonas"), 4, "role-missing");
    world.no(&publish(elsewhere, "edith"), 4, "despite-missing");
    world.yes(&publish(url, "jonas"));
    let told = words(&world, "adopted");
    assert!(
        told.contains(&format!("\"adopted from #{review}\"")),
        "{told}"
    );
    assert!(
        !told.contains("published") && !told.contains("unapproved"),
        "{told}"
    );
    let listed = world.run("verdict list").out;
    assert!(
        listed.contains(&format!("adopted from #{review}")),
        "{listed}"
    );
    // Approved later, it is both, and still not called published.
    world.yes("verdict approve adopted --conflict none --as edith");
    let told = words(&world, "adopted");
    assert!(
        told.contains("\"approved\"") && told.contains("adopted from"),
        "{told}"
    );
    assert!(!told.contains("\"published\""), "{told}");
    // A review of another claim is not adopted.
    world.yes("claim add 'It rains.' --claimant many --label rain --as jonas");
    world.no(
        "verdict issue rain --rating True --why So. --conflict none --adopts old-review --as jonas",
        4,
        "other-claim",
    );
    world.yes("prove adopted --output a.dossier");
    let proof = world.run("verify a.dossier").out;
    assert!(proof.contains("adopted"), "{proof}");
    world.clean("");
}

#[test]
fn a_rating_of_another_organisation_that_shows_nothing_is_taken_as_it_is_and_reported() {
    let world = World::with_verdict();
    reviewed_as(
        &world,
        "https://others.example/1",
        "blank",
        "\u{2800}\u{200b} ",
    );
    reviewed_as(&world, "https://others.example/2", "seen", "Half true");
    let notes = |label: &str| world.yes(&format!("show {label}"))["notes"].to_string();
    assert!(notes("blank").contains("its rating shows no visible character"));
    assert!(!notes("seen").contains("visible"));
    world.clean("");
}

fn words(world: &World, verdict: &str) -> String {
    world.yes(&format!("show {verdict}"))["verdict"]["inWords"].to_string()
}
