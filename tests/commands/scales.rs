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
    let meaning =
        "\u{201c}False\u{201d} (promises 1 of other: \u{201c}The promise was not kept.\u{201d})";
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
        listed
            .out
            .contains("\u{201c}False\u{201d} (promises 1 of other"),
        "{}",
        listed.out
    );
    let open = unwrapped(&world.run("todo").out);
    assert!(open.contains("(promises 1"), "{open}");
    world.yes("verdict approve rated --conflict none --label yes --as edith");
    for command in ["key impact jonas --from 0", "show yes"] {
        let told = unwrapped(&world.run(command).out);
        assert!(told.contains("(promises 1"), "{command}: {told}");
    }
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

#[test]
fn a_scale_is_found_by_every_name_that_an_answer_gives_it() {
    let world = two_organisations();
    world.yes("scale set promises.toml --as mara");
    let ours = world.yes("scale list")["found"][0]["organisation"]
        .as_str()
        .expect("an organisation")
        .to_owned();
    let id = |name: &str| world.yes(&format!("scale show '{name}'"))["id"].clone();
    let theirs = id("theirs");
    for name in [
        "other/promises",
        "promises of other",
        "promises 1 of other",
        "other/promises 1",
    ] {
        assert_eq!(id(name), theirs, "{name}");
    }
    let own = id(&format!("{ours}/promises"));
    assert_ne!(own, theirs);
    world.yes("scale set promises.toml --as mara");
    assert_ne!(id(&format!("{ours}/promises")), own);
    assert_eq!(id(&format!("{ours}/promises 1")), own);
    world.yes(&format!(
        "{ISSUE} --scale '{ours}/promises 1' --label rated"
    ));
    assert_eq!(world.body("rated")["scale"], own);
    // A policy takes the same names.
    world.file(
        "policy.toml",
        "approvals = 1\nscales = [\"other/promises\"]\n",
    );
    world.yes("policy set policy.toml --as mara --label rule");
    assert_eq!(world.body("rule")["scales"][0], theirs);
    for (name, exit, code) in [
        ("promises 9", 1, "not-found"),
        ("promises of house", 1, "not-found"),
        ("promises 1", 2, "which-scale"),
    ] {
        let refusal = world.no(&format!("scale show '{name}'"), exit, code);
        let message = refusal["message"].as_str().expect("text");
        assert!(message.contains("other/promises"), "{message}");
    }
}

#[test]
fn a_rating_of_another_scale_is_refused_with_that_scale() {
    let world = two_organisations();
    world.file("own.toml", "scale = \"house\"\ntitle = \"House\"\n[[rating]]\nlabel = \"Made up\"\ncode = \"made-up\"\nneeds = \"neither\"\n");
    world.yes("scale set own.toml --as mara");
    let refusal = world.no(
        "verdict issue closing --rating 'made up' --scale five-step --why W --as jonas",
        4,
        "rating-unknown",
    );
    let next = refusal["next"].as_str().expect("text");
    assert!(
        next.contains("--rating \"made up\" --scale house"),
        "{next}"
    );
    world.yes("verdict issue closing --rating 'made up' --scale house --why W --as jonas");
}

#[test]
fn ratings_are_matched_in_any_case_of_any_script() {
    let world = World::newsroom();
    world.file(
        "scale.toml",
        "scale = \"many\"\ntitle = \"Many\"\n\
         [[rating]]\nlabel = \"\u{41c}\u{430}\u{43d}\u{438}\u{43f}\u{443}\u{43b}\u{44f}\u{446}\u{438}\u{44f}\"\ncode = \"manipulation\"\nneeds = \"neither\"\n\
         [[rating]]\nlabel = \"rren\u{eb}\"\ncode = \"lie\"\nneeds = \"neither\"\n",
    );
    world.yes("scale set scale.toml --as mara");
    world.yes("claim add C. --claimant many --label it --as jonas");
    for (typed, code) in [
        (
            "\u{41c}\u{410}\u{41d}\u{418}\u{41f}\u{423}\u{41b}\u{42f}\u{426}\u{418}\u{42f}",
            "manipulation",
        ),
        ("RREN\u{cb}", "lie"),
        ("rrene\u{308}", "lie"),
        ("Manipulation", "manipulation"),
    ] {
        let label = format!("v{}", world.size());
        world.yes(&format!(
            "verdict issue it --rating '{typed}' --scale many --why W --label {label} --as jonas"
        ));
        assert_eq!(world.body(&label)["rating"], code, "{typed}");
    }
}
