//! Drafts and envelopes: written here, signed there, appended once; and a refusal that leaves nothing behind.

use crate::commands::world::World;
use serde_json::Value;

#[test]
fn a_draft_is_edited_signed_on_a_copy_and_appended_once() {
    let world = World::with_verdict();
    let before = world.files("ledger");
    let made = world.yes(
        "claim add 'The bridge closes in May.' --claimant many --label may --draft claim.json \
         --as jonas",
    );
    assert_eq!(made["type"], "claim.add");
    assert_eq!(made["files"], serde_json::json!(["claim.json"]));
    assert_eq!(world.files("ledger"), before, "a draft appends nothing");
    let edited = world.read("claim.json").replace("in May", "in June");
    world.file("claim.json", &edited);

    // Jonas signs at home, with a copy that he only reads, while others add entries.
    world.copy("ledger", "copy");
    world.yes("claim add 'Something else.' --claimant many --as jonas");
    let size = world.size();
    world.yes("--ledger copy --state home-state sign claim.json -o claim.dsse.json --as jonas");
    let added = world.yes("submit claim.dsse.json");
    assert_eq!(added[0]["index"], size);
    assert_eq!(added[0]["label"], "may");
    let shown = world.yes("show may");
    assert_eq!(
        shown["statement"]["body"]["text"],
        "The bridge closes in June."
    );
    assert_eq!(
        shown["statement"]["seen"]["size"],
        size - 1,
        "the head of the copy"
    );

    let again = world.yes("submit claim.dsse.json claim.dsse.json");
    for one in again.as_array().unwrap() {
        assert_eq!(one["index"], size);
        assert_eq!(one["already"], true);
    }
    assert_eq!(world.size(), size + 1);
    world.no("sign claim.dsse.json -o x --as jonas", 4, "file-malformed");
    world.clean("");
}

#[test]
fn the_bytes_of_a_source_travel_beside_its_envelope() {
    let world = World::newsroom();
    world.file("wire.txt", "The bridge closes.\n");
    let made = world.yes(
        "source add wire.txt --title T --publisher P --label wire --draft drafts/source.json \
         --as jonas",
    );
    assert_eq!(made["files"].as_array().unwrap().len(), 2);
    world.yes("sign drafts/source.json -o out/source.dsse.json --as jonas");
    // Alone, the envelope is refused; with the file it is taken in.
    std::fs::create_dir(world.path("alone")).unwrap();
    std::fs::copy(
        world.path("out/source.dsse.json"),
        world.path("alone/source.dsse.json"),
    )
    .unwrap();
    let before = world.files("ledger");
    world.no("submit alone/source.dsse.json", 4, "bytes-missing");
    assert_eq!(world.files("ledger"), before);
    world.yes("submit alone/source.dsse.json --with wire.txt");
    let again = world.yes("submit out/source.dsse.json");
    assert_eq!(again[0]["already"], true);
    world.clean("");
}

#[test]
fn bytes_beside_the_envelope_are_found() {
    let world = World::newsroom();
    world.file("wire.txt", "The bridge closes.\n");
    world.yes(
        "source add wire.txt --title T --publisher P --label wire --draft drafts/source.json \
         --as jonas",
    );
    world.yes("sign drafts/source.json -o out/source.dsse.json --as jonas");
    world.yes("submit out/source.dsse.json");
    let report = world.yes("audit");
    assert_eq!(report["checked"]["snapshots"], 1);
}

#[test]
fn a_draft_for_another_ledger_is_not_signed() {
    let world = World::newsroom();
    world.yes("claim add A. --claimant many --draft a.json --as jonas");
    world.yes("--ledger other --keys otherkeys init other.example/log --as olga --no-passphrase");
    world.no(
        "--ledger other --keys otherkeys sign a.json -o a.dsse.json --as olga",
        4,
        "wrong-ledger",
    );
    // A draft without its common fields is for no particular ledger.
    let mut draft: Value = serde_json::from_str(&world.read("a.json")).unwrap();
    draft.as_object_mut().unwrap().remove("ledger");
    world.file("a.json", &draft.to_string());
    world.yes("--ledger other --keys otherkeys sign a.json -o a.dsse.json --as olga");
    world.no("submit a.dsse.json", 4, "wrong-ledger");
    draft["body"]["colour"] = "red".into();
    world.file("a.json", &draft.to_string());
    world.no("sign a.json -o b.dsse.json --as jonas", 4, "unknown-field");
}

#[test]
fn a_refused_append_leaves_nothing_on_the_disk() {
    let world = World::with_verdict();
    world.file("new.txt", "Nobody has kept this before.\n");
    let before = world.files("ledger");
    // The label is taken: the rules refuse it, and the bytes that came with it are not kept.
    world.no(
        "source add new.txt --title T --publisher P --label wire --as jonas",
        4,
        "label-taken",
    );
    assert_eq!(world.files("ledger"), before);
}

#[test]
fn a_quotation_that_is_not_in_its_text_is_refused_on_submit() {
    let world = World::with_verdict();
    world.yes(
        "evidence add closing wire --stance supports --quote 'closes in April' --draft e.json \
         --as jonas",
    );
    let altered = world
        .read("e.json")
        .replace("closes in April", "closes in March");
    world.file("e.json", &altered);
    world.yes("sign e.json -o e.dsse.json --as jonas");
    let before = world.files("ledger");
    world.no("submit e.dsse.json", 4, "excerpt-broken");
    assert_eq!(world.files("ledger"), before);
}

#[test]
fn a_text_that_the_bytes_do_not_have_is_refused_on_submit() {
    let world = World::with_verdict();
    world.file("page.html", "<p>The bridge will stay open for ever.</p>");
    world.yes(
        "source add page.html --title Bridge --publisher Desk --label page --draft page.json --as jonas",
    );
    let draft: serde_json::Value = serde_json::from_str(&world.read("page.json")).unwrap();
    let text = &draft["body"]["capture"]["captured"]["text"];
    let (digest, extractor) = (
        text["sha256"].as_str().unwrap(),
        text["extractor"].as_str().unwrap(),
    );
    let forged = "The mayor admitted that the bridge will close in April.";
    let forged_digest = claimledger_core::crypto::sha256(&[forged.as_bytes()]).to_string();
    let before = world.files("ledger");
    for (from, to, code) in [
        (digest, forged_digest.as_str(), "text-not-of-bytes"),
        (extractor, "claimledger-html 99", "extractor-unknown"),
    ] {
        world.file("forged.json", &world.read("page.json").replace(from, to));
        world.file(&forged_digest, forged);
        world.yes("sign forged.json -o forged.dsse.json --as jonas --force");
        world.no("submit forged.dsse.json", 4, code);
        assert_eq!(world.files("ledger"), before);
    }
}
