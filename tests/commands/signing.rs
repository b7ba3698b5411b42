//! What people are shown before they sign.
#![cfg(unix)]

use crate::commands::world::{World, unwrapped};

/// A second origin of what the verdict rests on would change it; its evidence is withdrawn; another verdict waits.
fn moved() -> World {
    let world = World::with_verdict();
    world.yes("verdict issue closing --rating False --why 'I looked.' --conflict none --label second --as mara");
    world.file(
        "order.txt",
        "Velden Council. The bridge closes on 1 April.\n",
    );
    world.yes("source add order.txt --title 'The order' --publisher 'Velden Council' --label order --as jonas");
    world.yes("evidence add closing order --stance supports --quote 'The bridge closes on 1 April' --label ordered --as jonas");
    world.yes(
        "source assess order closing --as-origin firstHand --how 'The council decides.' --as jonas",
    );
    world.yes("withdraw said --reason Misheard. --as jonas");
    world
}

#[test]
fn an_approver_is_shown_the_verdict_before_signing() {
    let world = moved();
    let asked = world.on_terminal(
        "verdict approve closing-verdict --conflict none --as edith",
        "n",
        || {},
    );
    assert_eq!(asked.code, 1, "{}", asked.err);
    for said in [
        "claim: #",
        ", \u{201c}The bridge closes in April.\u{201d}",
        "rating: \u{201c}True\u{201d} (five-step 1 of desk-example: \u{201c}The claim is accurate",
        "by jonas",
        "reasons: \u{201c}The mayor said so.\u{201d}",
        "limits: none given",
        "evidence: 1\n",
        "claimant: it is not said whether they were asked",
        "corroboration when it was signed: Support: one document, resting on #5 \u{201c}wire\u{201d}",
        "corroboration now: changed since, first by #",
        "interests: jonas declares no interests",
        "what it rests on: #",
        " \u{201c}said\u{201d}, withdrawn in #",
        "  standing: rests on what fell: #",
        "; unapproved",
        "not approved: needs 1 approval (it has 0)",
        "another verdict on this claim: #",
        "by mara, claim #6: ",
        "\u{201c}False\u{201d} (five-step 1 of desk-example: ",
        "Sign and add this? [y/N] ",
        "the statement was not signed; nothing was added [declined]",
    ] {
        assert!(asked.err.contains(said), "no {said:?} in\n{}", asked.err);
    }
    let size = world.size();
    let signed = world.on_terminal(
        "verdict reject closing-verdict --conflict none --note 'Withdrawn under it.' --as edith",
        "y",
        || {},
    );
    assert_eq!(signed.code, 0, "{}", signed.err);
    assert_eq!(world.size(), size + 1);
    // The word of the one is shown to the next.
    let published = world.on_terminal(
        "verdict publish closing-verdict --url https://desk.example/closing --as mara",
        "n",
        || {},
    );
    assert!(
        published.err.contains("reject) declares no interests")
            && published.err.contains("  standing: rejected; "),
        "{}",
        published.err
    );
    world.clean("");
}

#[test]
fn a_second_verdict_on_a_claim_gives_a_note() {
    let world = World::with_verdict();
    let asked = world.on_terminal(
        "verdict issue closing --rating False --why 'It does not.' --limits 'No order seen.' \
         --contacted 2026-03-11 --no-reply --conflict none --as mara",
        "n",
        || {},
    );
    assert_eq!(asked.code, 1, "{}", asked.err);
    for said in [
        "note: desk-example has a verdict on this claim: #",
        " \u{201c}closing-verdict\u{201d} by jonas",
        "name it with --supersedes",
        "claim: #6, \u{201c}The bridge closes in April.\u{201d}",
        "rating: \u{201c}False\u{201d}",
        "limits: \u{201c}No order seen.\u{201d}",
        "claimant: asked on 2026-03-11, no reply",
        "corroboration: Support: one document",
        "another verdict on this claim: #",
    ] {
        assert!(asked.err.contains(said), "no {said:?} in\n{}", asked.err);
    }
    let note = asked.err.find("note: desk-example").expect("a note");
    assert!(note < asked.err.find("[y/N]").expect("a question"));
    // Where nobody is asked it is said as well; a correction is told nothing.
    let said = world.run("verdict issue closing --rating False --why 'It does not.' --supersedes closing-verdict --correction ratingChange --was-wrong 'The rating.' --conflict none --as jonas");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        !said.err.contains("has a verdict on this claim"),
        "{}",
        said.err
    );
    let again = world.run("verdict issue closing --rating False --why No. --as mara");
    assert!(
        again.err.contains("has a verdict on this claim"),
        "{}",
        again.err
    );
}

#[test]
fn a_waiting_question_does_not_block_the_index() {
    let world = World::with_verdict();
    let asked = world.on_terminal(
        "verdict approve closing-verdict --conflict none --as edith",
        "y",
        || {
            let beside = world.run("verdict list");
            assert_eq!((beside.code, beside.err.as_str()), (0, ""));
        },
    );
    assert_eq!(asked.code, 0, "{}", asked.err);
}

#[test]
fn a_verdict_shows_its_sentence_before_its_numbers() {
    let world = World::with_verdict();
    let raw = world.run("show closing-verdict --raw").out;
    let sentence = raw.find("Support: one document").expect("a sentence");
    assert!(
        sentence < raw.find("documents: 1").expect("numbers"),
        "{raw}"
    );
    let shown = world.yes("show closing-verdict");
    let sentence = shown["corroboration"].as_str().expect("a sentence");
    let plain = |text: &str| text.replace(['\u{201c}', '\u{201d}'], "");
    assert!(plain(&raw).contains(sentence), "{raw}");
    assert_eq!(shown["screen"]["verdict"]["corroborationThen"], sentence);
    let screen = world.run("show closing-verdict").out;
    assert!(plain(&unwrapped(&screen)).contains(sentence), "{screen}");
    assert!(!screen.contains("documents: 1"), "{screen}");
}

#[test]
fn errors_use_the_names_that_people_know() {
    let world = World::with_verdict();
    let fingerprint = |name: &str| {
        let keys = world.yes("key list");
        let mut keys = keys["keys"]
            .as_array()
            .or(keys.as_array())
            .expect("a list")
            .iter();
        let key = keys.find(|key| key["name"] == name).expect("a key");
        key["fingerprint"].as_str().expect("a text").to_owned()
    };
    world.yes("key new otto --no-passphrase");
    let refused = world.run("withdraw said --reason Misheard. --as otto");
    let named = format!("key otto ({}) is not enrolled", fingerprint("otto"));
    assert!(refused.err.contains(&named), "{}", refused.err);
    let base64 = world.no(
        "withdraw said --reason Misheard. --as otto",
        4,
        "key-not-enrolled",
    );
    let whole = base64["message"].as_str().expect("a text");
    // Machines are told what they were told before.
    assert!(!whole.contains("SHA256:") && whole.contains('='), "{whole}");
    let id = world.yes("show said")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    world.yes("withdraw said --reason Misheard. --as jonas");
    let again = world.run("withdraw said --reason Misheard --as jonas");
    assert_eq!(again.code, 4, "{}", again.err);
    assert!(
        again.err.contains("#7 \u{201c}said\u{201d}"),
        "{}",
        again.err
    );
    assert!(!again.err.contains(&id), "{}", again.err);
    let again = world.no(
        "withdraw said --reason Misheard --as jonas",
        4,
        "already-withdrawn",
    );
    assert!(
        again["message"].as_str().expect("a text").contains(&id),
        "{again}"
    );
}

#[test]
fn a_malformed_value_is_wrong_usage_in_every_command() {
    let world = World::with_verdict();
    for (line, code) in [
        (
            "claim add C --claimant unknown --made 2026-02-30 --as jonas",
            "bad-date",
        ),
        (
            "verdict issue closing --rating True --why W --contacted soon --no-reply --as jonas",
            "bad-date",
        ),
        (
            "verdict publish closing-verdict --url desk --as mara",
            "bad-url",
        ),
        (
            "verdict publish closing-verdict --url https://desk.example --published now --as mara",
            "bad-date",
        ),
        (
            "verdict publish closing-verdict --url https://desk.example --published 2026-03-10T10:00 --as mara",
            "bad-time",
        ),
        (
            "claim add C --claimant unknown --language en_GB! --as jonas",
            "bad-language",
        ),
    ] {
        world.no(line, 2, code);
    }
    let stance = world.run("evidence add closing wire --stance maybe --as jonas");
    assert_eq!(stance.code, 2);
    let folder = world.run("source add keys --title T --publisher P --as jonas");
    assert_eq!(folder.code, 3);
    assert!(folder.err.contains("reading keys"), "{}", folder.err);
}
