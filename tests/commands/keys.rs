//! Keys of people: rotation, revocation, recovery by keys kept offline; and a ledger that succeeds another.

use crate::commands::world::World;
use serde_json::Value;

#[test]
fn a_key_is_rotated_to_a_new_one() {
    let world = World::newsroom();
    world.yes("key new jonas-2 --no-passphrase");
    let rotated = world.yes("key rotate jonas --to jonas-2");
    assert_eq!(rotated["type"], "key.rotate");
    world.no("claim add A. --claimant many --as jonas", 4, "key-revoked");
    world.yes("claim add A. --claimant many --label one --as jonas-2");
    assert_eq!(world.yes("show one")["holder"], "jonas");
    world.no("key rotate edith --to mara --as mara", 2, "usage");
    world.no("key rotate edith --to jonas-2", 4, "key-taken");
    world.clean("");
}

#[test]
fn a_key_is_revoked_by_any_of_its_names() {
    let world = World::newsroom();
    world.no(
        "key revoke jonas --reason compromised --as mara",
        2,
        "usage",
    );
    world.no(
        "key revoke jonas --reason left --distrust-from 3 --as mara",
        2,
        "usage",
    );
    world.no(
        "key revoke nobody --reason left --as mara",
        4,
        "key-unknown",
    );
    let keys = world.yes("key list");
    let keys = keys.as_array().unwrap();
    let jonas = keys.iter().find(|k| k["name"] == "jonas").unwrap();
    let revoked = world.yes(&format!(
        "key revoke {} --reason compromised --distrust-from 4 --note 'The laptop was stolen.' \
         --as mara",
        jonas["fingerprint"].as_str().unwrap()
    ));
    let body = world.body(&revoked["index"].to_string());
    assert_eq!(body["key"], jonas["key"]);
    assert_eq!(body["distrustFrom"], 4);
    assert_eq!(body["note"], "The laptop was stolen.");
    // By its holder, on a machine that has none of its files.
    let edith = keys.iter().find(|k| k["name"] == "edith").unwrap();
    for name in ["keys/edith", "keys/edith.pub"] {
        std::fs::remove_file(world.path(name)).unwrap();
    }
    let revoked = world.yes("key revoke edith --reason lost --as mara");
    assert_eq!(
        world.body(&revoked["index"].to_string())["key"],
        edith["key"]
    );
    world.clean("");
}

#[test]
fn a_recovery_can_be_signed_without_the_ledger() {
    let world = World::new();
    for safe in ["safe-1", "safe-2", "safe-3"] {
        world.yes(&format!("--keys {safe} key new kept --no-passphrase"));
    }
    world.yes(
        "init desk.example/facts --as mara --no-passphrase --recovery-key safe-1/kept.pub \
         safe-2/kept.pub safe-3/kept.pub --recovery-threshold 2",
    );
    assert_eq!(world.body("0")["recovery"]["threshold"], 2);
    assert_eq!(
        world.body("0")["recovery"]["keys"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    world.yes("key new mara-2 --no-passphrase");
    world.no(
        "key recover request --to mara-2 --holder mara -o none.json",
        2,
        "usage",
    );
    // A lost key: nothing that it signed is in doubt.
    let lost = world.yes("key recover request --to mara-2 --revoke mara -o lost.json");
    assert_eq!(lost["revoked"][0]["distrustFrom"], world.size());
    let request =
        world.yes("key recover request --to mara-2 --holder mara --revoke mara@1 -o recovery.json");
    assert_eq!(request["lastKeyEvent"], 0);
    assert_eq!(request["revoked"][0]["distrustFrom"], 1);
    world.no(
        "key recover submit recovery.json --as mara-2",
        4,
        "recovery-too-few",
    );
    // Two holders, each on a machine without the ledger, each with a copy.
    let sign = |safe: &str, out: &str| {
        world.yes(&format!(
            "--ledger nowhere --keys {safe} key recover sign recovery.json -o {out} --as kept"
        ))
    };
    assert_eq!(
        sign("safe-1", "a.json")["signatures"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    sign("safe-3", "b.json");
    world.no(
        "--ledger nowhere key recover sign recovery.json --as mara",
        4,
        "not-a-recovery-key",
    );
    let altered = world
        .read("a.json")
        .replace("\"distrustFrom\": 1", "\"distrustFrom\": 0");
    world.file("altered.json", &altered);
    world.no(
        "key recover submit altered.json b.json --as mara-2",
        4,
        "file-malformed",
    );
    world.no("key recover submit a.json b.json --as mara", 2, "usage");
    world.yes("key recover submit a.json b.json --as mara-2 --draft d.json");
    let draft: serde_json::Value = serde_json::from_str(&world.read("d.json")).unwrap();
    assert_eq!(draft["type"], "key.recover");
    assert_eq!(draft["body"]["holder"], "mara");
    assert_eq!(draft["body"]["signatures"].as_array().unwrap().len(), 2);
    // A key event in between makes the request an old one.
    world.yes("key new jonas --no-passphrase");
    world.yes("key enroll jonas --role reviewer --as mara");
    world.no("key recover submit a.json b.json --as mara-2", 2, "usage");
}

#[test]
fn a_ledger_without_recovery_keys_says_so() {
    let world = World::newsroom();
    world.no(
        "key recover request --to jonas -o r.json",
        4,
        "no-recovery-keys",
    );
    assert_eq!(
        world
            .run("--ledger l2 init b.example/x --as mara --recovery-key keys/jonas.pub")
            .code,
        2,
        "a threshold is asked for"
    );
    world.no(
        "--ledger l2 init b.example/x --as mara --recovery-key keys/jonas.pub \
         --recovery-threshold 2",
        4,
        "fields-disagree",
    );
}

#[test]
fn a_successor_names_the_head_that_it_continues() {
    let world = World::newsroom();
    let last = world.yes("checkpoint");
    world.file("last.checkpoint", last["note"].as_str().unwrap());
    world.yes(&format!(
        "--ledger next --keys nextkeys init desk.example/facts-2 --as mara --no-passphrase \
         --succeeds last.checkpoint --succeeds-id {}",
        last["ledger"].as_str().unwrap()
    ));
    let first = world.yes("--ledger next show 0");
    let succeeds = &first["statement"]["body"]["succeeds"];
    assert_eq!(succeeds["ledger"], last["ledger"]);
    assert_eq!(succeeds["origin"], "desk.example/facts");
    assert_eq!(succeeds["size"], last["size"]);
    assert_eq!(succeeds["root"], last["root"]);
    world.file("no.checkpoint", "nothing\n");
    let id = last["ledger"].as_str().unwrap();
    let refused = world.run(&format!(
        "--ledger third --keys thirdkeys init desk.example/facts-3 --as mara --no-passphrase \
         --succeeds no.checkpoint --succeeds-id {id}"
    ));
    assert_ne!(refused.code, 0);
    assert!(
        !world.path("thirdkeys").exists(),
        "nothing is made for a ledger that is refused"
    );
}

/// The entry numbers of a list of lines.
fn entries(lines: &serde_json::Value) -> Vec<u64> {
    let lines = lines.as_array().expect("a list of lines");
    lines
        .iter()
        .map(|line| line["index"].as_u64().expect("a number"))
        .collect()
}

#[test]
fn the_impact_shown_is_what_the_revocation_distrusts() {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --conflict none --label yes --as edith");
    let at = |name: &str| {
        world.yes(&format!("show {name}"))["index"]
            .as_u64()
            .unwrap()
    };
    // A distrusted statement gives its label back, so it is named by its number here.
    let said = at("said");
    let size = world.size();
    // An editor's word: no verdict falls, and one leans on it.
    let editor = world.yes("key impact edith");
    assert_eq!(entries(&editor["others"]), [at("yes")]);
    assert_eq!(entries(&editor["touched"]), [at("closing-verdict")]);
    let touched = &editor["touched"][0];
    assert_eq!(touched["before"], "approved");
    assert_eq!(touched["after"], "unapproved");
    assert_eq!(
        touched["about"],
        "The bridge closes in April.: True (five-step 1)"
    );
    assert!(entries(&editor["verdicts"]).is_empty());
    // From an entry on: what was signed before it stays.
    let late = world.yes(&format!("key impact jonas --from {said}"));
    assert_eq!(late["holder"], "jonas");
    assert_eq!(entries(&late["verdicts"]), [at("closing-verdict")]);
    assert_eq!(entries(&late["others"]), [said]);
    let none = world.yes(&format!("key impact jonas --from {size}"));
    assert!(entries(&none["verdicts"]).is_empty() && entries(&none["others"]).is_empty());
    // The founder's theft takes scale, policy, and the keys enrolled, with what they signed.
    let founder = world.yes("key impact mara --from 1");
    assert_eq!(entries(&founder["keyEvents"]).len(), 2);
    assert_eq!(entries(&founder["settings"]).len(), 2);
    assert_eq!(entries(&founder["verdicts"]), [at("closing-verdict")]);
    // Before the others came there was nothing of theirs to fall.
    world.no("key impact jonas --at 2", 4, "key-unknown");
    // Asking changed nothing, and what was foretold comes true.
    assert_eq!(world.size(), size);
    let verdict = || world.yes("verdict list --all")["found"][0]["details"]["distrusted"].clone();
    assert_eq!(verdict(), false);
    world.yes(&format!(
        "key revoke jonas --reason compromised --distrust-from {said} --as mara"
    ));
    assert_eq!(verdict(), true);
    // Afterwards it tells what the revocation changed, which is what was foretold.
    for line in [
        "key impact jonas".to_owned(),
        format!("key impact jonas --from {said}"),
    ] {
        let after = world.yes(&line);
        assert_eq!(after["distrustedBy"], size, "{line}");
        assert_eq!((&after["from"], &after["at"]), (&late["from"], &late["at"]));
        assert_eq!(late.get("distrustedBy"), None);
        for list in ["verdicts", "touched", "others", "settings", "keyEvents"] {
            let with_standing = |impact: &Value| -> Vec<(Value, Value, Value)> {
                let lines = impact[list].as_array().unwrap().iter();
                lines
                    .map(|line| {
                        let field = |name: &str| line[name].clone();
                        (field("index"), field("before"), field("after"))
                    })
                    .collect()
            };
            assert_eq!(
                with_standing(&after),
                with_standing(&late),
                "{line}: {list}"
            );
        }
    }
    world.clean("");
}
