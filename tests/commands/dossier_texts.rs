//! A dossier with the texts that its entries quote: its reader compares every quotation.

use crate::commands::world::World;
use claimledger_core::crypto::sha256;
use claimledger_core::dossier::File;
use std::collections::BTreeMap;

fn made(world: &World) -> File {
    world.yes("prove closing-verdict -o v.dossier --with-texts --force");
    let bytes = std::fs::read(world.path("v.dossier")).unwrap();
    let file = File::parse(&bytes).unwrap();
    assert_eq!(file.print(), bytes);
    file
}

/// Writes the file with other texts; its sum is right.
fn with_texts(world: &World, file: &File, texts: &[&str]) {
    let texts = texts.iter().map(|text| {
        let bytes = text.as_bytes().to_vec();
        (sha256(&[&bytes]), bytes)
    });
    let altered = File {
        texts: texts.collect::<BTreeMap<_, _>>(),
        ..file.clone()
    };
    std::fs::write(world.path("altered.dossier"), altered.print()).unwrap();
}

fn pin(world: &World) -> String {
    let id = world.yes("checkpoint")["ledger"].clone();
    format!("--ledger-id {}", id.as_str().unwrap())
}

#[test]
fn the_reader_of_a_dossier_with_texts_compares_every_quotation() {
    let world = World::with_verdict();
    let pin = pin(&world);
    world.yes("prove closing-verdict -o plain.dossier");
    let plain = world.yes(&format!("verify plain.dossier {pin}"));
    assert_eq!(plain["quotations"]["compared"], 0);
    assert_eq!(plain["quotations"]["withoutText"], 1);
    let file = made(&world);
    assert_eq!(file.texts.len(), 1);
    let checked = world.yes(&format!("verify v.dossier {pin}"));
    assert_eq!(checked["answer"], "verified");
    assert_eq!(checked["quotations"]["compared"], 1);
    assert_eq!(checked["quotations"]["withoutText"], 0);
    let told = world.run(&format!("verify v.dossier {pin}")).out;
    assert!(told.contains("1 quotation stands in its text"), "{told}");
    world.clean("");
}

#[test]
fn a_text_that_is_not_the_quoted_one_is_refused() {
    let world = World::with_verdict();
    let file = made(&world);
    // Another text has another digest, so nothing in the file quotes it.
    with_texts(&world, &file, &["The bridge stays open in April.\n"]);
    let pin = pin(&world);
    world.no(
        &format!("verify altered.dossier {pin}"),
        1,
        "dossier-stray-text",
    );
    // A byte in a line of a text.
    let mut bytes = std::fs::read(world.path("v.dossier")).unwrap();
    let at = bytes.windows(6).position(|w| w == b"\ntext ").unwrap() + 10;
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    std::fs::write(world.path("altered.dossier"), bytes).unwrap();
    let refused = world.run(&format!("verify altered.dossier {pin}"));
    assert_eq!(refused.code, 1, "{}", refused.err);
}

#[test]
fn a_withheld_or_absent_text_is_left_out_and_the_maker_is_told() {
    let world = World::with_verdict();
    world.yes("snapshot withhold wire --reason Private. --label hidden --as mara");
    let told = world.run("prove closing-verdict -o hidden.dossier --with-texts");
    assert!(told.err.contains("withheld"), "{}", told.err);
    let hidden = File::parse(&std::fs::read(world.path("hidden.dossier")).unwrap()).unwrap();
    assert!(hidden.texts.is_empty());
    world.yes("withdraw hidden --reason Over. --as mara");
    assert_eq!(made(&world).texts.len(), 1);
    std::fs::remove_dir_all(world.path("ledger/snapshots")).unwrap();
    let told = world.run("prove closing-verdict -o absent.dossier --with-texts");
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.err.contains("not held here"), "{}", told.err);
}

#[test]
fn only_a_dossier_has_texts() {
    let world = World::with_verdict();
    world.no(
        "prove closing-verdict -o v.json --format dsse --with-texts",
        2,
        "usage",
    );
}
