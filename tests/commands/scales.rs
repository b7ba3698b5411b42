//! On which scale a verdict rates, and what every answer says about it.

use crate::commands::world::{World, unwrapped};

/// A desk with the scale of `init`, and another organisation with a scale on which False means something else.
fn two_organisations() -> World {
    let world = World::newsroom();
    world.yes("org set other --name 'The Promise Desk' --as mara");
    world.yes("key new otto --no-passphrase");
    world.yes("key enroll otto --role admin --org other --as mara");
    world.file(
        "promises.toml",
        "scale = \"promises\"\ntitle = \"Promises\"\n\
         [[rating]]\nlabel = \"True\"\ncode = \"true\"\nneeds = \"neither\"\n\
         [[rating]]\nlabel = \"False\"\ncode = \"false\"\nneeds = \"neither\"\n\
         definition = \"The promise was not kept.\"\n",
    );
    world.yes("scale set promises.toml --label theirs --as otto");
    world.yes("claim add 'The bridge closes in April.' --claimant 'Ana Brandt' --label closing --as jonas");
    world
}

const ISSUE: &str =
    "verdict issue closing --rating False --why Because. --conflict none --as jonas";

#[test]
fn the_newest_scale_of_another_organisation_is_not_the_default() {
    let world = two_organisations();
    world.yes(&format!("{ISSUE} --label rated"));
    let body = world.body("rated");
    let scale = world.yes("scale show five-step");
    assert_eq!(body["scale"], scale["id"]);
    let adopting = format!("{ISSUE} --scale theirs");
    world.no(&adopting, 4, "scale-not-adopted");
}

#[test]
fn of_several_own_scales_one_must_be_named() {
    let world = two_organisations();
    world.yes("scale set promises.toml --as mara");
    world.no(ISSUE, 2, "which-scale");
    // By its short name, even if another organisation has a scale of that name.
    world.yes(&format!("{ISSUE} --scale promises --label by-name"));
    world.yes(&format!("{ISSUE} --scale five-step --label by-steps"));
    let ours = world.body("by-name")["scale"].clone();
    assert_ne!(ours, world.yes("scale show theirs")["id"]);
    assert_ne!(ours, world.body("by-steps")["scale"]);
    world.yes(&format!(
        "{ISSUE} --scale {} --label by-id",
        ours.as_str().unwrap()
    ));
    assert_eq!(world.body("by-id")["scale"], ours);
    world.no("scale show promises", 2, "which-scale");
    world.no("scale show", 2, "which-scale");
}

#[test]
fn a_policy_can_adopt_the_scale_of_another_organisation() {
    let world = two_organisations();
    world.file("policy.toml", "approvals = 1\nscales = [\"theirs\"]\n");
    world.yes("policy set policy.toml --as mara");
    world.no(ISSUE, 2, "which-scale");
    world.yes(&format!("{ISSUE} --scale promises --label rated"));
    assert_eq!(
        world.body("rated")["scale"],
        world.yes("scale show theirs")["id"]
    );
}

#[test]
fn every_answer_names_the_scale_and_the_meaning() {
    let world = two_organisations();
    world.file("policy.toml", "approvals = 1\nscales = [\"theirs\"]\n");
    world.yes("policy set policy.toml --as mara");
    let meaning = "False (promises 1 of other: The promise was not kept.)";
    let added = world.run(&format!("{ISSUE} --scale promises --label rated -y"));
    assert!(added.out.contains(meaning), "{}", added.out);
    let told = world.run("log");
    assert!(told.out.contains(meaning), "{}", told.out);
    for command in ["show closing", "show rated"] {
        let told = unwrapped(&world.run(command).out);
        assert!(
            told.contains("The promise was not kept."),
            "{command}: {told}"
        );
        assert!(
            told.contains("(promises 1 of other, #"),
            "{command}: {told}"
        );
    }
    let listed = world.run("verdict list");
    assert!(
        listed.out.contains("False (promises 1 of other"),
        "{}",
        listed.out
    );
    world.yes("prove rated --output rated.dossier");
    let told = unwrapped(&world.run("verify rated.dossier").out);
    assert!(told.contains("The promise was not kept."), "{told}");
    assert!(told.contains("(promises 1 of other, #"), "{told}");
}

#[test]
fn an_older_version_of_a_scale_is_reported() {
    let world = two_organisations();
    let old = world.yes("scale show five-step");
    world.file(
        "steps.toml",
        "scale = \"five-step\"\ntitle = \"Two steps\"\n\
         [[rating]]\nlabel = \"False\"\ncode = \"false\"\nneeds = \"refutation\"\n",
    );
    world.yes("scale set steps.toml --as mara");
    let old = old["entry"].as_u64().unwrap();
    world.yes(&format!("{ISSUE} --scale {old} --label rated"));
    let shown = unwrapped(&world.run("show rated").out);
    assert!(
        shown.contains(&format!(
            "it rates on the scale version of #{old}; a newer version"
        )),
        "{shown}"
    );
}
