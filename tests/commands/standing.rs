//! Which verdict has the place, when two corrections of one verdict stand again.

use crate::commands::world::World;

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
    let words =
        |label: &str| world.yes(&format!("show {label}"))["standing"]["inWords"].to_string();
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
    let listed = world.run("verdict list").out;
    assert!(listed.contains(&told), "{listed}");
    assert!(!words("first").contains("takes no place"));
    assert!(words("closing-verdict").contains(&format!("superseded by #{first}")));
    // It can be withdrawn, and says so then.
    world.yes("withdraw second --reason 'The first stands.' --as jonas");
    assert!(words("second").contains("withdrawn by #"));
    world.clean("");
}
