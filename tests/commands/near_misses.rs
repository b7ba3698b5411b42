//! Names that stand for nothing: what may have been meant is offered, and nothing is done with it.

use crate::commands::world::World;

#[test]
fn a_near_miss_of_a_label_a_key_a_scale_and_a_rating_is_offered() {
    let world = World::with_verdict();
    world.yes("key new pia --no-passphrase");
    for (line, exit, code, near) in [
        ("show closng", 1, "not-found", "closing"),
        ("show clos", 1, "not-found", "closing"),
        (
            "evidence add closing wier --stance supports --as jonas",
            1,
            "not-found",
            "wire",
        ),
        ("corroboration Closing", 1, "not-found", "closing"),
        ("scale show five-stepp", 1, "not-found", "five-step"),
        (
            "verdict issue closing --rating 'Mostly flase' --why W --as jonas",
            4,
            "rating-unknown",
            "Mostly false",
        ),
        ("log --as jonass", 0, "", ""),
        (
            "claim add T --claimant many --as jonass",
            4,
            "key-unknown",
            "jonas",
        ),
        ("key impact edit", 4, "key-unknown", "edith"),
        (
            "key enroll pia --role reviewer --org desk-exampel --as mara",
            4,
            "organisation-unknown",
            "desk-example",
        ),
    ] {
        if code.is_empty() {
            world.yes(line);
            continue;
        }
        let refusal = world.no(line, exit, code);
        assert_eq!(refusal["near"][0], near, "{line}: {refusal}");
        let next = refusal["next"].as_str().expect("a next step");
        assert!(next.starts_with("Did you mean "), "{line}: {next}");
    }
    let size = world.size();
    let run = world.run("show closng");
    assert!(
        run.err.contains("  next: Did you mean closing? "),
        "{}",
        run.err
    );
    assert_eq!(world.size(), size);
}

/// A claim is not offered where a source is asked for.
#[test]
fn only_statements_of_the_kind_that_is_asked_for_are_offered() {
    let world = World::with_verdict();
    let refusal = world.no(
        "claim add T --claimant many --appeared-in closng --as jonas",
        1,
        "not-found",
    );
    assert!(refusal["near"].is_null(), "{refusal}");
    let next = refusal["next"].as_str().expect("a next step");
    assert!(next.contains("`claimledger source list`"), "{next}");
}

#[test]
fn a_name_like_no_other_is_refused_without_an_offer() {
    let world = World::with_verdict();
    let refusal = world.no("show zebra", 1, "not-found");
    assert!(refusal["near"].is_null(), "{refusal}");
    assert!(
        !refusal["next"]
            .as_str()
            .expect("text")
            .contains("Did you mean")
    );
}

#[test]
fn a_refused_label_names_the_allowed_characters_and_the_nearest_allowed_label() {
    let world = World::newsroom();
    for (label, allowed) in [
        ("Two Words", Some("two-words")),
        ("ev_1", Some("ev-1")),
        ("\u{c9}vacu\u{e9}s 2026", Some("evacues-2026")),
        ("\u{41c}\u{43e}\u{441}\u{442}", None),
        ("a", None),
        ("9lives", None),
    ] {
        let run = world.run(&format!(
            "claim add T --claimant many --as jonas --label '{label}'"
        ));
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(
            run.err.contains("2 to 64 of the characters a-z, 0-9 and -"),
            "{}",
            run.err
        );
        match allowed {
            Some(allowed) => {
                assert!(
                    run.err.contains(&format!("; \"{allowed}\" is allowed")),
                    "{}",
                    run.err
                );
                world.yes(&format!(
                    "claim add T --claimant many --as jonas --label {allowed}"
                ));
            }
            None => assert!(!run.err.contains("is allowed"), "{}", run.err),
        }
    }
}

#[test]
fn names_that_are_separated_by_commas_are_several_names() {
    let world = World::with_verdict();
    world.yes("claim add 'The library stays open.' --claimant Town --label library --as jonas");
    world.yes("export dossiers --only closing,library --yes");
    for claim in ["closing", "library"] {
        let dossier = world.path(&format!("dossiers/{claim}.dossier"));
        assert!(dossier.exists(), "{}", dossier.display());
    }
    let refusal = world.no("export others --only closing,libary --yes", 1, "not-found");
    assert_eq!(refusal["near"][0], "library", "{refusal}");
}
