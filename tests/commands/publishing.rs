//! What is called published, by whom, and with which reason.

use crate::commands::world::World;

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
    let said = "guest says that it was published at https://evil.example/1";
    assert!(proof.out.contains(said), "{}", proof.out);
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

fn words(world: &World, verdict: &str) -> String {
    world.yes(&format!("show {verdict}"))["standing"]["inWords"].to_string()
}
