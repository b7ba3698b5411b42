//! For whom a corroboration is counted, and what cannot be counted.

use crate::commands::world::World;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The newsroom with a verdict, and olga of another organisation, who has a source of her own for the claim.
fn with_olga() -> World {
    let world = World::with_verdict();
    world.yes("org set other --name Other --as mara");
    world.yes("key new otto --no-passphrase");
    world.yes("key enroll otto --role admin --org other --as mara");
    world.yes("key new olga --no-passphrase");
    world.yes("key enroll olga --role reviewer --org other --as otto");
    world.file("count.txt", "We closed the bridge in April.\n");
    world
        .yes("source add count.txt --title Notice --publisher 'The City' --label notice --as olga");
    world.yes("evidence add closing notice --stance supports --label theirs --as olga");
    world
}

fn documents(found: &Value) -> &Value {
    &found["support"]["counts"]["documents"]
}

#[test]
fn a_later_look_at_a_verdict_counts_as_its_author_did_and_one_for_an_organisation_as_it_does_now() {
    let world = with_olga();
    let of_verdict = || world.yes("corroboration closing-verdict");
    let own = |org: &str| world.yes(&format!("corroboration closing --for {org}"));
    let before = of_verdict();
    assert_eq!(before["counting"]["because"], "it issued the verdict");
    assert_eq!(documents(&before), 1);
    let said = before["othersSay"][0]["statements"].as_array().unwrap();
    assert!(
        said.contains(&world.yes("show theirs")["index"]),
        "{said:?}"
    );
    assert_eq!(documents(&own("desk-example")), 1);
    // For the other organisation its own evidence counts, and not ours.
    let theirs = own("other");
    assert_eq!(theirs["counting"]["organisation"], "other");
    assert_eq!(theirs["counting"]["because"], "you asked for it");
    assert_eq!(documents(&theirs), 1);
    assert_eq!(theirs["othersSay"][0]["organisation"], "desk-example");
    world.no(
        "corroboration closing --for nobody",
        4,
        "organisation-unknown",
    );
    // The desk lists it from here on. The old verdict is looked at by the policy that its author had seen.
    world.file(
        "policy.toml",
        "approvals = 1\nevidence-from = [\"other\"]\n",
    );
    world.yes("policy set policy.toml --as mara");
    let now = own("desk-example");
    assert_eq!(documents(&now), 2);
    assert_eq!(now["counting"]["with"], json!(["other"]));
    assert_eq!(documents(&of_verdict()), 1);
    let standing = world.yes("show closing-verdict")["verdict"].clone();
    assert_eq!(standing.get("moved"), None, "{standing}");
    // Asked for the organisation of the verdict, even that verdict is looked at by the policy of now.
    let now = world.yes("corroboration closing-verdict --for desk-example");
    assert_eq!(documents(&now), 2);
    world.clean("");
}

/// Thirteen sources in a circle, each vouched for with the next: one more than may represent.
fn circle(world: &World) {
    let mut case = String::new();
    for n in 0..13 {
        world.file(
            &format!("paper{n}.txt"),
            &format!("The bridge closes, says paper {n}.\n"),
        );
        write!(
            case,
            "[[source]]\nlabel = \"paper-{n}\"\nfile = \"paper{n}.txt\"\ntitle = \"Paper {n}\"\n\
             publisher = \"Paper {n}\"\n[[evidence]]\nclaim = \"closing\"\nsource = \"paper-{n}\"\n\
             stance = \"supports\"\n[[relation]]\nfrom = \"paper-{n}\"\nrelation = \"independentOf\"\n\
             to = \"paper-{}\"\nnote = \"Another reporter.\"\n",
            (n + 1) % 13
        )
        .unwrap();
    }
    world.file("circle.toml", &case);
    world.yes("record circle.toml --as jonas");
}

#[test]
fn what_is_too_large_to_count_is_said_and_nothing_else_stops() {
    let world = World::with_verdict();
    circle(&world);
    world.no("corroboration closing", 4, "corroboration-too-large");
    world.no(
        "verdict issue closing --rating True --why So. --conflict none --label late --as jonas",
        4,
        "corroboration-too-large",
    );
    let told = "too large to count";
    for command in ["verdict list", "show closing-verdict", "show closing"] {
        let run = world.run(command);
        assert_eq!(run.code, 0, "{command}\n{}", run.err);
        if command != "show closing" {
            assert!(run.out.contains(told), "{command}\n{}", run.out);
        }
    }
    let moved = &world.yes("verdict list")["found"][0]["moved"];
    assert_eq!(moved["then"]["support"]["documents"], 1);
    assert_eq!(moved.get("now"), None);
    // The verdict can be approved, disputed, withdrawn and proven, and the audit has nothing to say.
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes("dispute open closing-verdict --grounds process --note Wrong. --as mara");
    world.clean("");
    world.yes("prove closing-verdict --output v.dossier");
    world.yes("withdraw closing-verdict --reason 'Too many.' --as jonas");
    world.clean("");
}

#[test]
fn a_verdict_names_by_default_the_evidence_that_counts_and_no_context() {
    let world = with_olga();
    world.file("note.txt", "The bridge was built in 1931.\n");
    world.yes("source add note.txt --title Note --publisher Archive --label note --as jonas");
    world.yes("evidence add closing note --stance context --label context --as jonas");
    let issue = |label: &str| {
        world.yes(&format!(
            "verdict issue closing --rating True --why x --conflict none --not-contacted y --label {label} --as jonas"
        ));
        let shown = world.yes(&format!("show {label}"));
        let evidence = shown["statement"]["body"]["evidence"].as_array().unwrap();
        evidence.len()
    };
    assert_eq!(issue("own"), 1, "not the guest's, and not the context");
    world.file(
        "policy.toml",
        "approvals = 1\nevidence-from = [\"other\"]\n",
    );
    world.yes("policy set policy.toml --as mara");
    assert_eq!(issue("with-theirs"), 2);
    world.clean("");
}
