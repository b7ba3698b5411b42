//! What a person may say of a source or a claim beside its words: where copies are, who saw it, what it is about.

use crate::commands::world::World;
use serde_json::json;

#[test]
fn a_source_that_was_only_seen_is_known_by_a_reason() {
    let world = World::with_verdict();
    world.yes(
        "source add --title 'A post, deleted since' --publisher 'Ana Brandt' --kind other --never-held \
         --seen-by 'The reviewer, on 2 March.' --archived-at https://archive.example/b \
         --archived-at https://archive.example/a --archived-at https://archive.example/b \
         --label post --as jonas",
    );
    let body = world.body("post");
    assert_eq!(
        body["capture"],
        json!({"neverHeld": {"reason": "The reviewer, on 2 March."}})
    );
    assert_eq!(body["kind"], "other");
    // Ascending, each once.
    assert_eq!(
        body["archivedAt"],
        json!(["https://archive.example/a", "https://archive.example/b"])
    );
    let shown = world.run("show post").out;
    for words in [
        "The reviewer, on 2 March.",
        "https://archive.example/a",
        "other",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
    // Evidence may name it. It was known through no other source, and nothing can be quoted from it.
    world.yes("evidence add closing post --stance supports --as jonas");
    world.no(
        "evidence add closing post --stance supports --quote 'The bridge' --as jonas",
        4,
        "source-no-text",
    );
    for (both, exit) in [
        ("--never-held", 2),
        ("--never-held --seen-by Me --known-through wire", 2),
        ("--seen-by Me", 2),
    ] {
        let line = format!("source add --title T --publisher P {both} --as jonas");
        assert_eq!(world.run(&line).code, exit, "{line}");
    }
    world.clean("");
}

#[test]
fn a_claim_has_topics_in_one_order() {
    let world = World::newsroom();
    world.yes(
        "claim add 'The ferry is late.' --claimant many --topic transport --topic ferries \
         --topic transport --label late --as jonas",
    );
    assert_eq!(
        world.body("late")["topics"],
        json!(["ferries", "transport"])
    );
    let shown = world.run("show late").out;
    assert!(
        shown.contains("ferries") && shown.contains("transport"),
        "{shown}"
    );
    world.clean("");
}

#[test]
fn whoever_takes_a_recording_for_the_claimants_own_word_is_told() {
    let world = World::with_verdict();
    world.yes(
        "claim add 'Ana Brandt said that the bridge closes.' --claimant 'Ana Brandt' --about utterance \
         --label uttered --as jonas",
    );
    let assess = |claim: &str, kind: &str| {
        let line = format!(
            "source assess wire {claim} --as-origin {kind} --how 'We heard it.' --as jonas --yes"
        );
        let run = world.run(&line);
        assert_eq!(run.code, 0, "{line}\n{}", run.err);
        run.err.contains("a recording of that act is first-hand")
    };
    assert!(assess("uttered", "claimant"));
    assert!(!assess("uttered", "firstHand"));
    // Of a claim about a fact, the claimant's own word is what it is.
    assert!(!assess("closing", "claimant"));
    // The statement is added as the person said it.
    let assessments = world.yes("source assessments");
    assert_eq!(assessments.as_array().unwrap().len(), 3);
}
