//! What a command that signs answers about its result, and what it notes before.

use crate::commands::world::World;
use serde_json::Value;

/// The standing that a command told of its subject, and what it lacks.
fn now(added: &Value) -> (String, Vec<String>) {
    let now = &added["now"];
    let missing = now["missing"].as_array();
    let missing = missing.into_iter().flatten();
    (
        now["words"].as_str().expect("a standing").to_owned(),
        missing
            .map(|lack| lack.as_str().expect("words").to_owned())
            .collect(),
    )
}

#[test]
fn each_opinion_says_where_the_verdict_stands_now_and_what_it_lacks() {
    let world = World::with_verdict();
    world.file("policy.toml", "approvals = 2\nroles = [\"editor\"]\n");
    world.yes("policy set policy.toml --as mara");
    let issued = world.yes(
        "verdict issue closing --rating True --why Because. --conflict none --label second \
         --as jonas",
    );
    let verdict = issued["index"].clone();
    assert_eq!(issued["now"]["entry"], verdict);
    assert_eq!(
        now(&issued),
        (
            "unapproved".to_owned(),
            vec!["needs 2 approvals (it has 0)".to_owned()]
        )
    );
    let told = world.run("verdict approve second --as edith --yes");
    assert!(
        told.out.contains(&format!(
            "\n  now: #{verdict}: unapproved; needs 2 approvals (it has 1)\n"
        )),
        "{}",
        told.out
    );
    let published = world.yes(
        "verdict publish second --url https://desk.example/second --despite 'It is urgent.' \
         --as mara",
    );
    assert_eq!(
        now(&published),
        (
            "unapproved; published".to_owned(),
            vec!["needs 2 approvals (it has 1)".to_owned()]
        )
    );
    let approved = world.yes("verdict approve second --as mara");
    assert_eq!(approved["now"]["entry"], verdict);
    assert_eq!(
        now(&approved),
        ("approved; published".to_owned(), Vec::new())
    );
    let rejected = world.yes("verdict reject second --note No. --as edith");
    assert!(now(&rejected).0.starts_with("rejected"), "{rejected}");
    let withdrawn = world.yes("withdraw second --reason 'It was wrong.' --as jonas");
    let (words, missing) = now(&withdrawn);
    assert!(words.starts_with("withdrawn in #"), "{words}");
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn an_objection_and_its_answer_say_where_the_disputed_statement_stands() {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --as edith");
    let opened = world.yes(
        "dispute open closing-verdict --grounds factualError --note 'On 2 April.' --label no \
         --as mara",
    );
    let verdict = world.yes("show closing-verdict")["index"].clone();
    assert_eq!(opened["now"]["entry"], verdict);
    assert!(now(&opened).0.contains("objection #"), "{opened}");
    let answered = world.yes("dispute answer no --outcome upheld --note True. --as edith");
    assert_eq!(answered["now"]["entry"], verdict);
    assert!(now(&answered).0.contains("accepted"), "{answered}");
    // What says nothing about another statement tells nothing more.
    let added = world.yes("claim add 'It rains.' --claimant many --as jonas");
    assert_eq!(added.get("now"), None);
}

#[test]
fn a_rating_without_the_evidence_that_its_scale_asks_for_is_noted_wherever_it_is_signed() {
    let world = World::with_verdict();
    let note =
        "its scale asks for evidence against the claim for this rating, and it rests on none";
    let issue = |rating: &str| {
        world
            .run(&format!(
                "verdict issue closing --rating {rating} --why Because. --conflict none --as jonas"
            ))
            .err
    };
    assert!(issue("False").contains(note));
    assert!(!issue("True").contains("its scale asks for evidence"));
    world.file(
        "case.toml",
        "[[verdict]]\nclaim = \"closing\"\nrating = \"False\"\nwhy = \"Because.\"\n",
    );
    let size = world.size();
    for line in [
        "record case.toml --dry-run --as jonas",
        "record case.toml --yes --as jonas",
    ] {
        let run = world.run(line);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains(note), "{line}: {}", run.err);
    }
    // Beside it stays for those who read the verdict.
    let shown = world.yes(&format!("show {size}"))["notes"].to_string();
    assert!(shown.contains(note), "{shown}");
}

#[test]
fn a_relation_that_would_hold_for_several_claims_asks_for_which() {
    let world = World::with_verdict();
    world.file(
        "office.txt",
        "The mayor's office: the bridge closes in April.\n",
    );
    world.yes("source add office.txt --title Office --publisher Velden --label office --as jonas");
    let relate = |more: &str| {
        let line =
            format!("source relate wire wasDerivedFrom office --note Read. {more} --as jonas");
        let run = world.run(&line);
        (run.code, run.err)
    };
    let several = "there is evidence from wire on several claims (#";
    assert_eq!(relate("").0, 0);
    world.yes("claim add 'The mayor spoke.' --claimant many --label spoke --as jonas");
    world.yes("evidence add spoke wire --stance supports --quote 'the mayor said' --as jonas");
    assert_eq!(relate("--for spoke").0, 0);
    // A person says for which; nothing is guessed.
    let (code, noted) = relate("");
    assert_eq!(code, 2, "{noted}");
    let number = |name: &str| world.yes(&format!("show {name}"))["index"].clone();
    assert!(
        noted.contains(&format!(
            "{several}{}, #{})",
            number("closing"),
            number("spoke")
        )),
        "{noted}"
    );
    assert_eq!(relate("--for-all").0, 0);
}

#[test]
fn a_policy_that_a_thief_set_is_not_shown_as_in_force() {
    let world = World::newsroom();
    world.yes("key new dora --no-passphrase");
    world.yes("key enroll dora --role admin --as mara");
    let before = world.yes("policy show")[0]["entry"].clone();
    world.file("policy.toml", "approvals = 3\nroles = [\"editor\"]\n");
    let set = world.yes("policy set policy.toml --as dora")["index"].clone();
    let size = world.size();
    assert_eq!(world.yes("policy show")[0]["entry"], set);
    world.yes(&format!(
        "key revoke dora --reason compromised --distrust-from {set} --as mara"
    ));
    assert_eq!(world.yes("policy show")[0]["entry"], before);
    // What was in force then, as it was judged then.
    let then = world.yes(&format!("policy show --at {size}"));
    assert_eq!(then[0]["entry"], set);
}
