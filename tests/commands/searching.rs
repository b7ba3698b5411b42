//! `search` through the program: its filters, its standings, and an index on the disk that is behind, damaged, foreign, locked
//! or gone. None of this changes an answer.

use super::importing::review;
use super::world::World;
use claimledger::host::lock::{self, WriterLock};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The entries found, in the order of the answer.
pub fn found(world: &World, line: &str) -> Vec<u64> {
    let run = world.run(&format!("search {line} --json"));
    assert!(run.code <= 1, "{line}\n{}{}", run.out, run.err);
    answered(&run.out)
}

/// The entries of an answer.
pub fn answered(said: &str) -> Vec<u64> {
    let answer: Value = serde_json::from_str(said).expect("JSON");
    let all = answer["found"].as_array().expect("a list").clone();
    all.iter()
        .map(|one| one["index"].as_u64().expect("a number"))
        .collect()
}

/// The folder of the full-text index.
pub fn index(world: &World) -> PathBuf {
    let folder = std::fs::read_dir(world.path("state/claimledger/indexes")).expect("a folder");
    folder
        .map(|item| item.expect("an item").path())
        .find(|path| path.is_dir() && path.to_string_lossy().ends_with("-words"))
        .expect("a full-text index")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let items = std::fs::read_dir(folder).expect("a folder");
    let mut all: Vec<PathBuf> = items.map(|item| item.expect("an item").path()).collect();
    all.sort();
    all
}

/// The files of the index that hold terms.
fn segments(world: &World) -> Vec<PathBuf> {
    let is_list = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with('.') || name == "meta.json"
    };
    let all = files(&index(world)).into_iter();
    all.filter(|path| !is_list(path)).collect()
}

/// A newsroom with a source, claims, a verdict and a recorded review.
fn full() -> World {
    let world = World::with_verdict();
    world.yes(
        "claim add 'The harbour costs 40 million.' --claimant many --topic Harbour --language en \
         --label harbour --appeared-in wire --as jonas",
    );
    world.yes("claim add 'The harbours are dredged.' --claimant many --label dredged --as jonas");
    world.yes("key new nadia --no-passphrase");
    world.yes("key enroll nadia --role importer --as mara");
    let page = review(
        "https://orla.example/Bridge",
        "Orla built the lighthouse.",
        "False",
    );
    world.file("one.json", &page.to_string());
    world.yes("import claimreview one.json --as nadia --yes");
    world
}

fn label(world: &World, name: &str) -> u64 {
    world.yes(&format!("show {name}"))["line"]["index"]
        .as_u64()
        .or_else(|| world.yes(&format!("show {name}"))["index"].as_u64())
        .expect("an entry")
}

#[test]
fn filters_narrow_a_search_and_words_are_optional_beside_them() {
    let world = full();
    let (harbour, dredged) = (label(&world, "harbour"), label(&world, "dredged"));
    assert_eq!(found(&world, "harbour --type claim"), [harbour, dredged]);
    assert_eq!(found(&world, "harbour --type source"), Vec::<u64>::new());
    assert_eq!(found(&world, "--topic HARBOUR"), [harbour]);
    assert_eq!(found(&world, "dredged --topic harbour"), Vec::<u64>::new());
    let claims = found(&world, "--type claim");
    assert!(claims.contains(&harbour) && claims.is_sorted_by(|a, b| a > b));
    assert_eq!(
        found(&world, &format!("--type claim --since {dredged}")).last(),
        Some(&dredged)
    );
    let before = found(&world, &format!("--type claim --until {dredged}"));
    assert_eq!(before.first(), Some(&harbour));
    assert_eq!(
        found(&world, "harbour --since 2999-01-01"),
        Vec::<u64>::new()
    );
    assert_eq!(
        found(&world, "harbour --until 1971-01-01"),
        Vec::<u64>::new()
    );
    assert_eq!(
        found(&world, "harbour --organisation desk-example").len(),
        2
    );
    assert_eq!(
        found(&world, "harbour --organisation elsewhere"),
        Vec::<u64>::new()
    );
    let verdicts = found(&world, "--standing unapproved");
    assert_eq!(verdicts, found(&world, "--type verdict"));
    assert_eq!(found(&world, "--standing approved"), Vec::<u64>::new());
    let reviews = found(&world, "--address http://ORLA.example/Bridge#top");
    assert_eq!(reviews, found(&world, "--type review"));
    assert_eq!(reviews.len(), 1);
    world.no("search", 2, "usage");
    world.yes(&format!(
        "withdraw {harbour} --reason 'Recorded twice.' --as jonas"
    ));
    assert_eq!(found(&world, "harbour --type claim"), [dredged]);
    assert_eq!(found(&world, "harbour --standing withdrawn"), [harbour]);
    let all = found(&world, "harbour --type claim --all");
    assert_eq!(all, [harbour, dredged]);
}

#[test]
fn a_source_is_found_by_its_address_and_the_claim_that_appeared_there_too() {
    let world = World::newsroom();
    world.file("a.txt", "Rain is expected.");
    world.yes(
        "source add a.txt --title Rain --publisher Wire --url http://wire.example/rain --label rain --as jonas",
    );
    world
        .yes("claim add 'It will rain.' --claimant many --appeared-in rain --label wet --as jonas");
    let (source, claim) = (label(&world, "rain"), label(&world, "wet"));
    let mut there = found(&world, "--address https://WIRE.example/rain");
    there.sort_unstable();
    assert_eq!(there, [source, claim]);
    world.file("b.txt", "Rain is expected, says the office.");
    let again = world.run(
        "source add b.txt --title Rain --publisher Wire --url https://wire.example/rain --as jonas --yes",
    );
    assert_eq!(again.code, 0, "{}", again.err);
    let note = format!("source #{source} \u{201c}rain\u{201d} has this address already");
    assert!(again.err.contains(&note), "{}", again.err);
}

#[test]
fn a_damaged_foreign_or_deleted_index_never_changes_an_answer() {
    let world = full();
    let other = World::with_verdict();
    let questions = ["bridge", "harbour", "orla", "--type claim", "April closes"];
    let honest: Vec<Vec<u64>> = questions.iter().map(|line| found(&world, line)).collect();
    assert!(honest.iter().all(|found| !found.is_empty()));
    let same = |what: &str| {
        for (line, honest) in questions.iter().zip(&honest) {
            assert_eq!(&found(&world, line), honest, "{what}: {line}");
        }
    };
    let folder = index(&world);
    // An index that is built again has other names.
    for place in 0..files(&folder).len() {
        for part in [0, 1, 2] {
            let Some(path) = files(&folder).get(place).cloned() else {
                continue;
            };
            let whole = std::fs::read(&path).expect("a file of the index");
            let cut = [0, whole.len() / 2, whole.len().saturating_sub(1)][part];
            std::fs::write(&path, &whole[..cut]).expect("a cut file");
            same(&format!("{} cut to {cut}", path.display()));
        }
    }
    std::fs::remove_dir_all(&folder).expect("the index");
    same("deleted");
    std::fs::remove_dir_all(&folder).expect("the index");
    std::fs::write(&folder, "a file").expect("a file in its place");
    same("a file");
    // Another ledger's.
    found(&other, "bridge");
    if folder.is_dir() {
        std::fs::remove_dir_all(&folder).expect("the index");
    } else {
        std::fs::remove_file(&folder).expect("the file");
    }
    std::fs::create_dir(&folder).expect("a folder");
    for path in files(&index(&other)) {
        let name = path.file_name().expect("a name");
        std::fs::copy(&path, folder.join(name)).expect("a copy");
    }
    same("foreign");
    // An older copy of the ledger.
    world.yes("claim add 'The bridge is red.' --claimant many --label red --as jonas");
    assert!(found(&world, "red bridge").contains(&label(&world, "red")));
}

#[test]
fn what_another_process_appended_is_found_and_an_older_copy_does_not_find_more() {
    let world = full();
    let older = world.files("ledger");
    let before = found(&world, "zeppelin");
    assert!(before.is_empty());
    world.yes("claim add 'A zeppelin landed.' --claimant many --label zeppelin --as jonas");
    assert_eq!(found(&world, "zeppelin"), [label(&world, "zeppelin")]);
    std::fs::remove_dir_all(world.path("ledger")).expect("the ledger");
    for (path, bytes) in older {
        let path = world.path("ledger").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    assert_eq!(found(&world, "zeppelin"), Vec::<u64>::new());
    assert_eq!(found(&world, "lighthouse").len(), 2);
}

#[test]
fn a_withheld_text_is_found_no_more_and_is_not_readable_in_the_index() {
    let world = World::newsroom();
    world.file("letter.txt", "The Xanthippe papers name a private person.");
    world.yes("source add letter.txt --title Letter --publisher Desk --label letter --as jonas");
    let letter = label(&world, "letter");
    assert_eq!(found(&world, "xanthippe"), [letter]);
    let before = segments(&world);
    assert!(!before.is_empty());
    world.yes("snapshot withhold letter --reason 'It names a person.' --as mara");
    assert_eq!(found(&world, "xanthippe"), Vec::<u64>::new());
    let after = segments(&world);
    assert!(
        before.iter().all(|file| !after.contains(file)),
        "a file that had its words is still there: {after:?}"
    );
    assert_eq!(found(&world, "letter --type source"), [letter]);
}

#[test]
fn a_text_that_was_deleted_by_hand_is_dropped_and_one_that_arrives_is_found() {
    let world = World::newsroom();
    world.file("letter.txt", "The Xanthippe papers.");
    world.yes("source add letter.txt --title Letter --publisher Desk --label letter --as jonas");
    let letter = label(&world, "letter");
    assert_eq!(found(&world, "xanthippe"), [letter]);
    let digest = snapshot(&world, "letter");
    let place = world.path(&format!(
        "ledger/snapshots/sha256/{}/{digest}",
        &digest[..2]
    ));
    let bytes = std::fs::read(&place).expect("the text");
    let before = segments(&world);
    std::fs::remove_file(&place).expect("the text");
    assert_eq!(found(&world, "xanthippe"), Vec::<u64>::new());
    let after = segments(&world);
    assert!(
        before.iter().all(|file| !after.contains(file)),
        "a file that had its words is still there: {after:?}"
    );
    std::fs::write(&place, bytes).expect("the text again");
    assert_eq!(found(&world, "xanthippe"), [letter]);
}

fn snapshot(world: &World, name: &str) -> String {
    let digest = &world.body(name)["capture"]["captured"]["sha256"];
    digest.as_str().expect("a digest").to_owned()
}

#[test]
fn a_claim_like_another_is_named_when_it_is_added_recorded_or_imported() {
    let world = World::newsroom();
    for text in [
        "The Merrin River bridge collapsed on 14 March.",
        "Goalkeeper Ruben Alcarra was paid two million euros.",
        "Wind turbines killed more birds in Kestria than cats.",
        "The central bank limits withdrawals to 300 pesos.",
    ] {
        world.yes(&format!("claim add '{text}' --claimant many --as jonas"));
    }
    let first = found(&world, "Merrin --type claim")[0];
    let added = |text: &str| {
        let run = world.run(&format!(
            "claim add '{text}' --claimant many --as jonas --yes"
        ));
        assert_eq!(run.code, 0, "{}", run.err);
        run.err
    };
    let told = added("Alcarra, the keeper, took two million euros in a bribe.");
    assert!(told.contains("similar: #"), "{told}");
    let told = added("The Merrin River bridge collapsed on 15 March.");
    assert!(
        told.contains(&format!("claim #{first} has nearly the same words")),
        "{told}"
    );
    let told = added("Spinach contains iron.");
    assert!(
        !told.contains("similar") && !told.contains("nearly"),
        "{told}"
    );
    world.file(
        "case.toml",
        "[[claim]]\ntext = 'Volcano Askero erupted in the night of Sunday.'\nclaimant = ['many']\n\
         [[claim]]\ntext = 'Volcano Askero erupted in the night of Monday.'\nclaimant = ['many']\n",
    );
    let size = world.size();
    let recorded = world.run("record case.toml --as jonas --yes");
    assert_eq!(recorded.code, 0, "{}", recorded.err);
    assert!(
        recorded
            .err
            .contains(&format!("claim #{size} has nearly the same words")),
        "{}",
        recorded.err
    );
    world.yes("key new nadia --no-passphrase");
    world.yes("key enroll nadia --role importer --as mara");
    let reviews = [
        review(
            "https://orla.example/1",
            "Senator Quill sold the Marrow dam to Vastland.",
            "False",
        ),
        review(
            "https://orla.example/2",
            "Senator Quill sold the Marrow dam to Westland.",
            "False",
        ),
        review(
            "https://orla.example/3",
            "The Merrin River bridge collapsed on 16 March.",
            "False",
        ),
    ];
    world.file(
        "three.json",
        &serde_json::to_string(&reviews).expect("JSON"),
    );
    world.yes("import claimreview three.json --as nadia --yes --report report.jsonl");
    let report = world.read("report.jsonl");
    assert!(
        report.contains("nearly the same words: review 1 of this import"),
        "{report}"
    );
    assert!(
        report.contains(&format!("nearly the same words: #{first}")),
        "{report}"
    );
}

#[test]
fn while_another_process_writes_the_index_what_is_new_is_found_all_the_same() {
    let world = full();
    assert_eq!(found(&world, "harbour --type claim").len(), 2);
    let lock = lock::beside(&index(&world));
    let held = WriterLock::take(&lock).expect("a lock").expect("free");
    world.yes("claim add 'A zeppelin landed.' --claimant many --label zeppelin --as jonas");
    let zeppelin = label(&world, "zeppelin");
    assert_eq!(found(&world, "zeppelin"), [zeppelin]);
    assert_eq!(found(&world, "harbour --type claim").len(), 2);
    drop(held);
    assert_eq!(found(&world, "zeppelin"), [zeppelin]);
}
