//! Every place in which a statement is listed or shown says whether it still stands.

use crate::commands::world::World;
use serde_json::{Value, json};

/// Numbers of the entries in an answer.
fn entries(listed: &Value) -> Vec<u64> {
    let found = listed["found"].as_array().expect("a list");
    found
        .iter()
        .map(|one| one["index"].as_u64().expect("an entry"))
        .collect()
}

fn number(added: &Value) -> u64 {
    added["index"].as_u64().expect("an entry")
}

#[test]
fn a_withdrawn_claim_is_left_out_of_lists_and_marked_wherever_it_is_shown() {
    let world = World::with_verdict();
    let claim =
        number(&world.yes(
            "claim add 'The clame was made in May.' --claimant many --label typo-c --as jonas",
        ));
    let by = number(&world.yes("withdraw typo-c --reason typo --as jonas"));
    let mark = format!("withdrawn in #{by}");
    for list in ["claim list", "search clame"] {
        let listed: Value =
            serde_json::from_str(&world.run(&format!("{list} --json")).out).unwrap();
        assert!(!entries(&listed).contains(&claim), "{list}: {listed}");
        assert_eq!(listed["notShown"], json!({ "withdrawn": 1 }), "{list}");
        let told = world.run(list).out;
        assert!(!told.contains(&mark), "{told}");
        assert!(
            told.ends_with("1 not shown: 1 withdrawn; --all shows them\n"),
            "{told}"
        );
        let all = world.yes(&format!("{list} --all"));
        assert_eq!(all["notShown"], json!({}), "{list}");
        let found = all["found"].as_array().unwrap();
        let found = found
            .iter()
            .find(|one| one["index"] == claim)
            .expect("the claim");
        assert_eq!(found["standing"]["word"], "withdrawn");
        assert_eq!(found["standing"]["withdrawnBy"], by);
        assert_eq!(found["standing"]["reason"], "typo");
        assert_eq!(found["standing"]["words"], mark);
        let told = world.run(&format!("{list} --all")).out;
        assert!(told.contains(&mark), "{told}");
        assert!(!told.contains("not shown"), "{told}");
    }
    for command in [
        "show typo-c".to_owned(),
        "log".to_owned(),
        "log --last 2".to_owned(),
    ] {
        let told = world.run(&command).out;
        assert!(told.contains(&mark), "{command}\n{told}");
    }
    assert_eq!(world.yes("show typo-c")["standing"]["word"], "withdrawn");
    // As of before, it was live.
    let before = world.yes(&format!("claim list --at {by}"));
    assert!(entries(&before).contains(&claim));
    assert!(
        !world
            .run(&format!("show typo-c --at {by}"))
            .out
            .contains("withdrawn")
    );
    // Nearly the same words again: the note says that the other claim was withdrawn.
    let again = world.run("claim add 'The clame was made in May!' --claimant many --as jonas");
    assert!(again.err.contains(&format!("[{mark}]")), "{}", again.err);
    world.clean("");
}

#[test]
fn what_a_stolen_key_signed_is_marked_in_every_list_and_counted_by_the_audit() {
    let world = World::with_verdict();
    world.yes("key new thief --no-passphrase");
    world.yes("key enroll thief --role reviewer --role editor --as mara");
    let planted = number(&world.yes(
        "evidence add closing wire --stance refutes --quote 'closes in April' --label planted --as thief",
    ));
    let approval = number(&world.yes("verdict approve closing-verdict --conflict none --as thief"));
    assert_eq!(world.yes("audit")["distrusted"], 0);
    let revoked = number(&world.yes(&format!(
        "key revoke thief --reason compromised --distrust-from {planted} --as mara"
    )));
    let mark = format!("distrusted since #{revoked}");
    let listed = world.yes("evidence list closing");
    assert!(!entries(&listed).contains(&planted), "{listed}");
    assert_eq!(listed["notShown"], json!({ "distrusted": 1 }));
    let all = world.run("evidence list closing --all").out;
    assert!(all.contains(&mark), "{all}");
    for shown in [format!("show {planted}"), format!("show {approval}")] {
        let told = world.run(&shown).out;
        assert!(told.contains(&mark), "{shown}\n{told}");
    }
    // Beside the verdict, the thief's approval is no plain fact.
    let told = world.run("show closing-verdict").out;
    assert!(told.contains("DOES NOT COUNT: thief"), "{told}");
    assert!(
        told.contains(&format!("#{approval}\n")) && told.contains(&mark),
        "{told}"
    );
    let log = world.run("log").out;
    assert_eq!(log.matches(&mark).count(), 2, "{log}");
    assert_eq!(world.yes("audit")["distrusted"], 2);
    let told = world.run("audit").out;
    assert!(told.contains("distrusted  2 statements: "), "{told}");
    // In a dossier too.
    world.run("prove closing-verdict -o verdict.dossier");
    let vkey = world.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    let checked = world
        .run(&format!("verify verdict.dossier --ledger-key {vkey}"))
        .out;
    assert!(checked.contains(&format!("[{mark}]")), "{checked}");
    let checked = world.yes(&format!("verify verdict.dossier --ledger-key {vkey}"));
    let of = checked["entries"].as_array().unwrap().iter();
    let found = of
        .clone()
        .find(|one| one["index"] == approval)
        .expect("the approval");
    assert_eq!(found["standing"]["word"], "distrusted");
}

#[test]
fn evidence_for_a_claim_is_listed_for_its_corrected_form_as_corroboration_counts_it() {
    let world = World::with_verdict();
    let correct = |words: &str, of: &str, label: &str| {
        world.yes(&format!(
            "claim add '{words}' --claimant 'Ana Brandt' --supersedes {of} --correction typo \
             --was-wrong spelling --label {label} --as jonas"
        ));
    };
    let before = entries(&world.yes("evidence list closing"));
    assert!(!before.is_empty());
    correct("the bridge closes in April", "closing", "cl-2");
    assert_eq!(entries(&world.yes("evidence list cl-2")), before);
    let counted = world.yes("corroboration cl-2");
    assert_eq!(
        counted["support"]["counts"]["documents"],
        before.len(),
        "{counted}"
    );
    // So `show` lists it among what refers to the claim.
    let shown = world.yes("show cl-2");
    let by: Vec<u64> = shown["namedBy"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["index"].as_u64().unwrap())
        .collect();
    assert!(before.iter().all(|entry| by.contains(entry)), "{shown}");
    // The claim that was corrected is no longer in the list, and the evidence is what it was.
    let claims = world.yes("claim list");
    assert_eq!(claims["notShown"], json!({ "superseded": 1 }));
    assert_eq!(entries(&world.yes("evidence list closing")), before);
}

#[test]
fn an_objection_that_was_upheld_stays_visible_in_the_standing() {
    let world = World::with_verdict();
    world.file("policy.toml", "approvals = 1\ncorrection-days = 7\n");
    world.yes("policy set policy.toml --as mara");
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    let dispute = number(&world.yes(
        "dispute open closing-verdict --grounds factualError --note 'On 2 April.' --label dp-1 --as mara",
    ));
    let open = format!("approved; objection #{dispute} open");
    assert!(world.run("verdict list").out.contains(&open));
    world.yes("dispute answer dp-1 --outcome upheld --note True. --as edith");
    let upheld = format!("objection #{dispute} accepted: this must be corrected by ");
    for command in [
        "verdict list",
        "show closing-verdict",
        "log",
        "search mayor",
    ] {
        let told = world.run(command).out;
        assert!(told.contains(&upheld), "{command}\n{told}");
    }
    let log = world.yes("log");
    let of = |entry: u64| {
        log.as_array()
            .unwrap()
            .iter()
            .find(|one| one["index"] == entry)
            .unwrap()
    };
    assert_eq!(of(dispute)["standing"]["word"], "answered");
    assert_eq!(of(dispute)["standing"]["words"], "accepted");
    assert_eq!(
        world.yes("show closing-verdict")["standing"]["word"],
        "objectionUpheld"
    );
}

#[test]
fn a_scale_version_that_was_replaced_is_left_out_and_marked_if_asked_for() {
    let world = World::newsroom();
    let listed = world.yes("scale list");
    assert_eq!(listed["found"].as_array().unwrap().len(), 1);
    assert_eq!(listed["found"][0]["standing"]["word"], "inForce");
    assert_eq!(listed["notShown"], json!({}));
}
