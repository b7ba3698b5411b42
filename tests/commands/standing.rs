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
            "the claim now, #{turned} turned: the verdict is not for these words The bridge stays open in April."
        ),
        format!(
            "#{neat} neat jonas of desk-example corrected the claim #{claim} closing to: the bridge closes in April"
        ),
    ] {
        assert!(proof.contains(&words), "{words}\n{proof}");
    }
    world.clean("");
}
