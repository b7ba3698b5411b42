//! Which verdict has the place when two corrections stand again, and for which words a verdict stands.

use crate::commands::world::{World, unwrapped};

#[test]
fn of_two_corrections_that_stand_again_the_later_one_takes_no_place_and_says_so() {
    let world = World::with_verdict();
    for (name, role) in [("boris", "reviewer"), ("dora", "admin")] {
        world.yes(&format!("key new {name} --no-passphrase"));
        world.yes(&format!("key enroll {name} --role {role} --as mara"));
    }
    let correct = |label: &str, by: &str| {
        let added = world.yes(&format!(
            "verdict issue closing --rating False --why Because. --conflict none --label {label} \
             --supersedes closing-verdict --correction ratingChange --was-wrong All. --as {by}"
        ));
        added["index"].clone()
    };
    let approve = |label: &str| {
        world.yes(&format!(
            "verdict approve {label} --conflict none --as edith"
        ));
    };
    let revoke = |key: &str, from: &serde_json::Value, by: &str| {
        world.yes(&format!(
            "key revoke {key} --reason compromised --distrust-from {from} --as {by}"
        ))
    };
    let words = |label: &str| world.yes(&format!("show {label}"))["verdict"]["inWords"].to_string();
    approve("closing-verdict");
    let first = correct("first", "boris");
    let revoked = revoke("boris", &first, "dora")["index"].clone();
    correct("second", "jonas");
    // While its key is distrusted, the first one has no label.
    approve(&first.to_string());
    approve("second");
    assert!(!words("second").contains("takes no place"));
    // Dora's key was stolen too: her revocation falls, and the first correction stands again.
    revoke("dora", &revoked, "mara");
    let told = format!("takes no place: #{first} came first");
    assert!(words("second").contains(&told), "{}", words("second"));
    let listed = world.run("verdict list --all").out;
    assert!(listed.contains(&told), "{listed}");
    assert!(!words("first").contains("takes no place"));
    assert!(words("closing-verdict").contains(&format!("superseded by #{first}")));
    // It can be withdrawn. Its standing then says so.
    world.yes("withdraw second --reason 'The first stands.' --as jonas");
    assert!(words("second").contains("withdrawn in #"));
    world.clean("");
}

#[cfg(unix)]
#[test]
fn whoever_signs_sees_the_new_words_of_a_corrected_claim_beside_the_old() {
    let world = World::with_verdict();
    let correct = |words: &str, of: &str, kind: &str, label: &str| {
        world.yes(&format!(
            "claim add '{words}' --claimant 'Ana Brandt' --supersedes {of} --correction {kind} \
             --was-wrong It. --label {label} --as jonas"
        ))["index"]
            .clone()
    };
    let question = |line: &str| world.on_terminal(line, "n", || {}).err;
    let approve = "verdict approve closing-verdict --conflict none --as edith";
    assert!(!question(approve).contains("claim now"));
    // A correction that changes no word, then one that turns the meaning.
    let neat = correct("the bridge closes in April", "closing", "typo", "neat");
    let asked = question(approve);
    assert!(
        asked.contains(&format!(
            "claim now: #{neat}, the same words: \u{201c}the bridge closes in April\u{201d}"
        )),
        "{asked}"
    );
    let turned = correct("The bridge stays open in April.", "neat", "typo", "turned");
    let told = format!(
        "claim now: #{turned}, the verdict is not for these words: \u{201c}The bridge stays open in April.\u{201d}"
    );
    let publish = "verdict publish closing-verdict --url https://desk.example/1 --despite 'It is up.' --as edith";
    for line in [approve, publish] {
        let asked = question(line);
        assert!(
            asked.contains(", \u{201c}The bridge closes in April.\u{201d}"),
            "{asked}"
        );
        assert!(asked.contains(&told), "{line}\n{asked}");
    }
    world.yes(approve);
    world.yes("prove closing-verdict --output v.dossier");
    let proof = unwrapped(&world.run("verify v.dossier").out);
    let claim = world.yes("show closing")["index"].clone();
    for words in [
        format!("the claim, #{claim} closing The bridge closes in April."),
        format!(
            "#{turned} turned: the verdict is not for these words The bridge stays open in April."
        ),
        format!(
            "#{neat} neat jonas of desk-example corrected the claim #{claim} closing to: the bridge closes in April"
        ),
    ] {
        assert!(proof.contains(&words), "{words}\n{proof}");
    }
    world.clean("");
}

#[test]
fn who_withdraws_a_correction_is_told_what_stands_again_and_can_end_both() {
    let corrected = || {
        let world = World::with_verdict();
        world.yes("verdict approve closing-verdict --conflict none --as edith");
        world.yes(
            "verdict issue closing --rating False --why Because. --conflict none --label second \
             --supersedes closing-verdict --correction ratingChange --was-wrong All. --as jonas",
        );
        world
    };
    let approve = |world: &World| {
        world.yes("verdict approve second --conflict none --as edith");
    };
    let notes = |world: &World, line: &str| unwrapped(&world.run(line).err);
    let standing = |world: &World, label: &str| {
        world.yes(&format!("show {label}"))["standing"]["words"].to_string()
    };
    // Approved: the first one has its place again.
    let world = corrected();
    approve(&world);
    let told = notes(&world, "withdraw second --reason Wrong. --as jonas --yes");
    assert!(
        told.contains("which it corrected, then stands again:"),
        "{told}"
    );
    assert!(told.contains("--and-what-it-corrected"), "{told}");
    assert!(told.contains("closing-verdict"), "{told}");
    assert!(standing(&world, "closing-verdict").contains("approved"));
    let again = unwrapped(&world.run("show closing-verdict").out);
    assert!(again.contains("current again since #"), "{again}");
    world.clean("");
    // Both at once.
    let world = corrected();
    approve(&world);
    world.yes("withdraw second --reason Wrong. --and-what-it-corrected --as jonas");
    for label in ["second", "closing-verdict"] {
        assert!(standing(&world, label).contains("withdrawn"), "{label}");
    }
    world.clean("");
    // Not approved yet: it never had the place.
    let world = corrected();
    let told = notes(&world, "withdraw second --reason Wrong. --as jonas --yes");
    assert!(
        told.contains("which it would have corrected, still stands:"),
        "{told}"
    );
    // Nothing stands again where the first one was withdrawn as well.
    let world = corrected();
    approve(&world);
    world.yes("withdraw closing-verdict --reason Wrong. --as jonas");
    let told = notes(&world, "withdraw second --reason Wrong. --as jonas --yes");
    assert!(told.contains("nothing stands again:"), "{told}");
    // A statement that corrects nothing needs no such words.
    let told = notes(&world, "withdraw closing --reason Wrong. --as jonas --yes");
    assert!(!told.contains("stands"), "{told}");
}

#[test]
fn what_a_later_word_policy_or_scale_replaced_says_by_which_and_a_rejected_correction_is_named() {
    let world = World::with_verdict();
    let words = |entry: &serde_json::Value| {
        let entry = entry.to_string();
        let shown = world.yes(&format!("show {}", entry.trim_matches('"')));
        shown["standing"]["words"]
            .as_str()
            .expect("words")
            .to_owned()
    };
    // A word.
    let approved =
        world.yes("verdict approve closing-verdict --conflict none --as edith")["index"].clone();
    let rejected =
        world.yes("verdict reject closing-verdict --note No. --as edith")["index"].clone();
    assert_eq!(words(&approved), format!("replaced by #{rejected}"));
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    // A correction.
    let second = world.yes(
        "verdict issue closing --rating False --why Because. --conflict none --label second \
         --supersedes closing-verdict --correction ratingChange --was-wrong All. --as jonas",
    )["index"]
        .clone();
    world.yes("verdict reject second --note No. --as edith");
    let told = words(&"closing-verdict".into());
    assert!(
        told.contains(&format!("its correction #{second} was rejected")),
        "{told}"
    );
    // A policy.
    world.file("policy.toml", "approvals = 1\n");
    let first = world.yes("policy set policy.toml --as mara")["index"].clone();
    let now = world.yes("policy set policy.toml --as mara")["index"].clone();
    assert_eq!(words(&first), format!("replaced by #{now}"));
    assert_eq!(words(&now), "in force");
    world.clean("");
}

#[test]
fn a_withholding_that_was_taken_back_says_so_and_the_text_can_be_read_again() {
    let world = World::with_verdict();
    let words = || world.yes("show hidden")["standing"]["words"].clone();
    world.yes("snapshot withhold wire --reason Private. --label hidden --as mara");
    assert_eq!(words(), "live");
    world.no("source text wire", 4, "source-no-text");
    let by = world.yes("withdraw hidden --reason 'It is public.' --as mara")["index"].clone();
    assert_eq!(words(), format!("withdrawn in #{by}"));
    assert!(
        world
            .run("show hidden")
            .out
            .contains(&format!("withdrawn in #{by}"))
    );
    world.yes("source text wire");
    world.clean("");
}

#[test]
fn an_approval_that_is_taken_back_and_one_by_another_role_say_what_they_change() {
    let world = World::with_verdict();
    let standing =
        |label: &str| world.yes(&format!("show {label}"))["standing"]["words"].to_string();
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes(
        "verdict issue closing --rating False --why Because. --conflict none --label second \
         --supersedes closing-verdict --correction ratingChange --was-wrong All. --as jonas",
    );
    world.yes("verdict approve second --conflict none --as edith");
    assert!(standing("closing-verdict").contains("superseded by #"));
    world.yes("verdict abstain second --as edith");
    assert!(standing("closing-verdict").contains("correction pending in #"));
    // Only an editor's approval counts under this policy.
    world.file("policy.toml", "approvals = 1\nroles = [\"editor\"]\n");
    world.yes("policy set policy.toml --as mara");
    world.yes("key new lena --no-passphrase");
    world.yes("key enroll lena --role reviewer --as mara");
    world.yes(
        "verdict issue closing --rating True --why Again. --conflict none --label third \
         --supersedes second --correction ratingChange --was-wrong All. --as jonas",
    );
    world.yes("verdict approve third --conflict none --label by-lena --as lena");
    let told = standing("by-lena");
    assert!(
        told.contains("does not count: not a role that the policy requires"),
        "{told}"
    );
    assert!(standing("third").contains("unapproved"));
    world.clean("");
}
