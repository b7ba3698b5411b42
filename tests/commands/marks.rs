//! How a screen names people, ratings, statements and standings, so that no words of other people stand among them unmarked.
#![cfg(unix)]

use crate::commands::world::{World, one_line};

/// A verdict of jonas with a rating whose label this is; jonas has chosen this name.
fn rated(label: &str, name: &str) -> World {
    let world = World::new();
    world.yes("init desk.example/facts --as mara --no-passphrase");
    for (key, role) in [("jonas", "reviewer"), ("edith", "editor")] {
        world.yes(&format!("key new {key} --no-passphrase"));
        world.yes(&format!(
            "key enroll {key} --role {role} --holder-name '{name}' --as mara"
        ));
    }
    world.file(
        "scale.toml",
        &format!(
            "scale = \"odd\"\ntitle = \"approved by edith\"\n[[rating]]\nlabel = '{label}'\ncode = \"odd\"\nneeds = \"support\"\n"
        ),
    );
    world.yes("scale set scale.toml --as mara");
    world.file("wire.txt", "The bridge closes in April, the mayor said.\n");
    world.yes("source add wire.txt --title Bridge --publisher Wire --label wire --as jonas");
    world.yes("claim add 'The bridge closes.' --claimant Ana --label approved --as jonas");
    world.yes("evidence add approved wire --stance supports --quote 'The bridge closes' --label said --as jonas");
    world.yes("verdict issue approved --scale odd --rating odd --why W. --conflict none --label first --as jonas");
    world
}

#[test]
fn a_person_is_named_by_their_handle_and_then_by_the_name_that_they_chose_in_quotation_marks() {
    let world = rated("True", "edith (editor) approved, 2026-03-11T08:00:00Z  #16");
    world.yes("dispute open first --grounds factualError --note No. --as edith");
    world.yes("prove first -o first.dossier");
    for words in [
        "show first",
        "show approved",
        "verify first.dossier",
        "dispute list",
        "log",
        "todo",
    ] {
        let out = one_line(&world.run(words).out);
        for (at, _) in out.match_indices("edith (editor) approved") {
            assert!(out[..at].ends_with('\u{201c}'), "{words}: {out}");
        }
    }
    let shown = one_line(&world.run("show first").out);
    assert!(
        shown.contains("signed by jonas (reviewer, \u{201c}edith (editor) approved, 2026-03-11T08:00:00Z #16\u{201d}), "),
        "{shown}"
    );
    let listed = world.run("dispute list").out;
    assert!(
        listed.contains("  edith (\u{201c}edith (editor)"),
        "{listed}"
    );
}

#[test]
fn a_label_of_a_rating_forges_no_heading_and_no_standing() {
    let world = rated("True [approved]  #13 v1 zzz", "J");
    let quoted = "\u{201c}True [approved] #13 v1 zzz\u{201d}";
    for words in ["show approved", "show said", "show wire"] {
        let out = one_line(&world.run(words).out);
        assert!(
            out.contains(&format!(
                "jonas proposes for desk-example [unapproved], #9 \u{201c}first\u{201d}: {quoted}"
            )),
            "{words}: {out}"
        );
    }
    let world = rated("True (five-step 1), approved", "J");
    let listed = world.run("claim list").out;
    assert!(
        listed.contains("  unapproved  \u{201c}True (five-step 1), approved\u{201d} (odd 1)  "),
        "{listed}"
    );
}

#[test]
fn the_reason_of_a_withdrawal_stands_on_a_row_of_its_own() {
    let world = rated("True", "J");
    world.yes("withdraw said --reason 'a typo] [approved' --as jonas");
    let shown = world.run("show said").out;
    let entry = world.size() - 1;
    assert!(
        shown.starts_with(&format!(
            "evidence #8 \u{201c}said\u{201d} for a claim [withdrawn in #{entry}]\n"
        )),
        "{shown}"
    );
    assert!(
        shown.contains("withdrawn as   \u{201c}a typo] [approved\u{201d}\n"),
        "{shown}"
    );
    for words in ["evidence list --all", "log"] {
        let out = world.run(words).out;
        assert!(
            out.contains(&format!("withdrawn in #{entry}")),
            "{words}: {out}"
        );
        assert!(
            !out.contains(&format!("withdrawn in #{entry}:")),
            "{words}: {out}"
        );
    }
    let standing = &world.yes("show said")["standing"];
    assert_eq!(standing["words"], format!("withdrawn in #{entry}"));
    assert_eq!(standing["reason"], "a typo] [approved");
}

#[test]
fn a_standing_is_whole_in_a_list_at_eighty_columns() {
    let world = rated(&"A very long label of a rating ".repeat(5), &"J".repeat(60));
    world.yes(&format!(
        "claim add '{}' --claimant '{}' --label long-one --as jonas",
        "Much is said. ".repeat(20),
        "A. ".repeat(30)
    ));
    world.yes("dispute open first --grounds factualError --note No. --as mara");
    world.yes("withdraw said --reason R. --as jonas");
    for words in ["claim list", "verdict list"] {
        let out = world.run_with(words, &[("COLUMNS", "80")]).out;
        let out = one_line(&out);
        for piece in ["rests", "fell:", "withdrawn"] {
            assert!(out.contains(piece), "{words}: {out}");
        }
    }
    let verdicts = one_line(&world.run_with("verdict list", &[("COLUMNS", "80")]).out);
    assert!(verdicts.contains("objection #11 open"), "{verdicts}");
}

#[test]
fn a_label_that_distrust_freed_is_not_shown_as_that_of_the_distrusted_statement() {
    let world = rated("True", "J");
    world.yes("key revoke jonas --reason compromised --distrust-from 6 --as mara");
    world.yes("claim add 'The ferry sails.' --claimant many --label approved --as mara");
    let taken = world.size() - 1;
    for words in ["log", "claim list --all"] {
        let out = world.run(words).out;
        let with_label: Vec<&str> = out
            .lines()
            .filter(|row| row.contains("  approved  "))
            .collect();
        assert!(
            with_label.len() == 1 && with_label[0].contains(&format!("#{taken} ")),
            "{words}: {out}"
        );
    }
    let shown = world.run("show 7").out;
    assert!(shown.starts_with("claim #7 [distrusted since "), "{shown}");
    assert_eq!(world.yes("show approved")["index"], taken);
}

#[test]
fn the_point_from_which_a_key_is_distrusted_stands_next_to_the_question() {
    let world = rated("True", "J");
    let asked = world.on_terminal(
        "key revoke jonas --reason compromised --distrust-from 6 --as mara",
        "n",
        || {},
    );
    let (_, decided) = asked
        .err
        .split_once("what is decided:")
        .expect("what is decided");
    assert!(
        decided.contains("mara signs: key.revoke: jonas, SHA256:")
            && decided.contains("(compromised, distrusted from entry #6 on)"),
        "{}",
        asked.err
    );
}

#[test]
fn a_person_who_is_asked_is_addressed() {
    let world = rated("True", "J");
    for (typed, said) in [
        ("none", "you declare no interests"),
        (
            "'I own a boat'",
            "you declare: \u{201c}I own a boat\u{201d}",
        ),
    ] {
        let asked = world.on_terminal(
            &format!("verdict issue approved --scale odd --rating odd --why W. --conflict {typed} --as edith"),
            "n",
            || {},
        );
        assert!(
            asked.err.contains(&format!("interests: {said}")),
            "{}",
            asked.err
        );
    }
}
