//! A key of another machine is enrolled by a request: no private key travels.

use crate::commands::world::World;
use claimledger::app::Code;
use serde_json::Value;

/// The newcomer's machine: a key, and no other private key.
fn newcomer() -> World {
    let world = World::new();
    world.yes("key new lena --no-passphrase");
    world
}

fn carry(from: &World, to: &World, file: &str) {
    std::fs::copy(from.path(file), to.path(file)).expect("a copy");
}

fn request(newcomer: &World, ledger: &str, options: &str) {
    newcomer.yes(&format!(
        "--ledger {ledger} key request lena --role reviewer --holder-name 'Lena Ruiz' -o lena.json --force {options}"
    ));
}

#[test]
fn a_request_is_written_from_any_copy_and_enrolled_by_any_admin() {
    let desk = World::newsroom();
    desk.yes("key new rosa --no-passphrase");
    desk.yes("key enroll rosa --role admin --as mara");
    desk.yes("export ./site --yes");
    desk.yes("export site.tar.zst --yes");
    let lena = newcomer();
    let copy = desk.path("site").display().to_string();
    let archive = desk.path("site.tar.zst").display().to_string();
    for place in [&copy, &archive] {
        request(&lena, place, "");
        let request: Value = serde_json::from_str(&lena.read("lena.json")).expect("JSON");
        assert_eq!(request["wanted"]["holder"], "lena");
        assert_eq!(request["wanted"]["organisation"], "desk-example");
        assert_eq!(request["wanted"]["roles"], serde_json::json!(["reviewer"]));
        assert_eq!(
            request["wanted"]["possession"]
                .as_array()
                .expect("a list")
                .len(),
            2
        );
    }
    carry(&lena, &desk, "lena.json");
    for admin in ["mara", "rosa"] {
        let run = desk.run(&format!("key enroll --request lena.json --as {admin}"));
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(
            run.err.contains(
                "lena (\u{201c}Lena Ruiz\u{201d}) of desk-example asks for reviewer, by key SHA256:"
            ),
            "the admin reads what is in it: {}",
            run.err
        );
    }
    assert!(!desk.path("keys/lena").exists(), "no private key travelled");
    let keys = desk.yes("key list");
    let enrolled = keys
        .as_array()
        .expect("a list")
        .iter()
        .find(|key| key["holder"] == "lena");
    let enrolled = enrolled.expect("lena's key");
    assert_eq!(enrolled["standing"], "enrolled");
    assert_eq!(enrolled["roles"], serde_json::json!(["reviewer"]));
    desk.clean("");
}

#[cfg(unix)]
#[test]
fn an_admin_is_shown_the_request_before_signing() {
    let desk = World::newsroom();
    let lena = newcomer();
    request(&lena, &desk.path("ledger").display().to_string(), "");
    carry(&lena, &desk, "lena.json");
    let size = desk.size();
    let asked = desk.on_terminal("key enroll --request lena.json --as mara", "n", || {});
    assert_eq!(asked.code, 1, "{}", asked.err);
    for shown in [
        "lena (\u{201c}Lena Ruiz\u{201d}) of desk-example asks for reviewer",
        "compare the fingerprint",
        "Sign and add this? [y/N] ",
    ] {
        assert!(asked.err.contains(shown), "{shown}\n{}", asked.err);
    }
    assert_eq!(desk.size(), size);
}

#[test]
fn a_request_that_was_changed_is_refused() {
    let desk = World::newsroom();
    let lena = newcomer();
    request(&lena, &desk.path("ledger").display().to_string(), "");
    let own: Value = serde_json::from_str(&lena.read("lena.json")).expect("JSON");
    let mara = desk.read("keys/mara.pub");
    let other = mara.split(' ').nth(1).expect("base64");
    let other = &data_encoding::BASE64
        .decode(other.as_bytes())
        .expect("base64")[19..];
    for (field, value) in [
        ("roles", serde_json::json!(["admin"])),
        ("holder", serde_json::json!("jonas")),
        ("name", serde_json::json!("Jonas Weil")),
        ("organisation", serde_json::json!("partner")),
        ("origin", serde_json::json!("other.example/log")),
        ("ledger", serde_json::json!("0".repeat(64))),
        (
            "key",
            serde_json::json!(data_encoding::BASE64.encode(other)),
        ),
        ("possession", serde_json::json!([])),
    ] {
        let mut changed = own.clone();
        changed["wanted"][field] = value;
        desk.file("changed.json", &changed.to_string());
        let refused = desk.no(
            "key enroll --request changed.json --as mara",
            4,
            "file-malformed",
        );
        let message = refused["message"].as_str().expect("text");
        assert!(
            message.contains("it was changed after the key SHA256:"),
            "{field}: {message}"
        );
    }
    desk.clean("");
}

#[test]
fn a_request_is_worth_nothing_in_another_ledger_or_for_an_admin_who_came_later() {
    let desk = World::newsroom();
    let other = World::newsroom_of("other.example/log");
    let lena = newcomer();
    request(&lena, &desk.path("ledger").display().to_string(), "");
    carry(&lena, &desk, "lena.json");
    carry(&lena, &other, "lena.json");
    other.no(
        "key enroll --request lena.json --as mara",
        4,
        "wrong-ledger",
    );
    desk.yes("key new rosa --no-passphrase");
    desk.yes("key enroll rosa --role admin --as mara");
    let refused = desk.no("key enroll --request lena.json --as rosa", 2, "usage");
    let message = refused["message"].as_str().expect("text");
    assert!(message.contains("write it again"), "{message}");
    // Nor does an organisation's own admin matter to a founder's request, or the other way round.
    desk.yes("org set partner --name Partner --as mara");
    request(
        &lena,
        &desk.path("ledger").display().to_string(),
        "--org partner",
    );
    carry(&lena, &desk, "lena.json");
    desk.no("key enroll --request lena.json --as jonas", 2, "usage");
    let both = desk.run("key enroll --request lena.json --role admin --as mara");
    assert_eq!(both.code, 2, "{}", both.err);
}

#[test]
fn no_refusal_tells_people_to_copy_a_private_key() {
    let world = World::newsroom();
    std::fs::remove_file(world.path("keys/jonas")).expect("removed");
    let refused = world.no(
        "key enroll jonas --role editor --as mara",
        4,
        "key-not-private",
    );
    let next = refused["next"].as_str().expect("text");
    assert!(
        next.contains("claimledger key request NAME -o FILE"),
        "{next}"
    );
    let core = claimledger_core::Code::ALL.iter().copied().map(Code::Core);
    for code in core.chain(Code::OWN.iter().copied()) {
        let next = code.next_step().unwrap_or_default().to_lowercase();
        assert!(
            !(next.contains("copy") && next.contains("private key")),
            "{code}: {next}"
        );
    }
}
