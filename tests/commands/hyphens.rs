//! Texts that begin with a hyphen, and options that are mistyped.

use crate::commands::world::World;

#[test]
fn a_claim_a_quotation_a_reason_and_a_search_may_begin_with_a_hyphen() {
    let world = World::with_verdict();
    world.yes("claim add '-30 percent of the town left.' --claimant many --label left --as jonas");
    assert_eq!(world.body("left")["text"], "-30 percent of the town left.");
    world.file("list.txt", "- first point\n- second point\n");
    world.yes("source add list.txt --title '- a list' --publisher '-' --label list --as jonas");
    world.yes("evidence add left list --stance context --quote '- first point' --note '-' --label ev --as jonas");
    assert_eq!(world.body("ev")["excerpt"]["quote"], "- first point");
    world.yes(
        "verdict issue left --rating True --why '- a\n- b' --limits '--30' --label vd --as jonas",
    );
    assert_eq!(world.body("vd")["reasons"], "- a\n- b");
    assert_eq!(world.body("vd")["limits"], "--30");
    for words in ["-30 --limit 3", "'-30 percent' --limit 3", "left -30"] {
        let found = world.yes(&format!("search {words}"));
        let found = found["found"].as_array().expect("matches");
        assert!(
            found.iter().any(|one| one["label"] == "left"),
            "{words}: {found:?}"
        );
    }
    world.file("-odd.txt", "Odd.\n");
    world.yes("claim add X --claimant many --draft '- draft.json' --as jonas");
    assert!(world.path("- draft.json").exists());
}

#[test]
fn a_mistyped_option_is_no_text() {
    let world = World::newsroom();
    for (line, hint) in [
        ("claim add --lable x T --claimant many", "'--label'"),
        ("claim add T --claimant many --lable x", "'--label'"),
        (
            "verdict issue c --rating True --why --label x",
            "--why <TEXT>",
        ),
        ("search bridge --limt 3", "'--limit'"),
    ] {
        let run = world.run(&format!("{line} --as jonas"));
        assert_eq!(run.code, 2, "{line}\n{}", run.err);
        assert!(run.err.contains(hint), "{line}\n{}", run.err);
        assert!(run.err.contains("\n  next: "), "{line}\n{}", run.err);
    }
}
