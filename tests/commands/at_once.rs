//! A source with its relation, assessment and evidence in the same breath: one commit, all or nothing.

use crate::commands::world::{World, one_line, unwrapped};
use serde_json::Value;

/// The newsroom with a wire report, and a claim about it.
fn with_wire() -> World {
    let world = World::newsroom();
    world.file(
        "wire.txt",
        "Velden (Northern Wire). The bridge closes in April.\n",
    );
    world.file(
        "daily.txt",
        "(Northern Wire) The bridge closes\nin April, said the mayor.\n",
    );
    world.yes(
        "source add wire.txt --title Bridge --publisher 'Northern Wire' --label wire --as jonas",
    );
    world.yes("claim add 'The bridge closes in April.' --claimant 'Ana Brandt' --label closing --as jonas");
    world
}

const DAILY: &str = "source add daily.txt --title 'Bridge closes' --publisher Daily --label daily --as jonas \
                     --copy-of wire --stated '(Northern Wire)' --supports closing --quote 'in April'";

/// The types of the newest entries.
fn newest(world: &World, count: u64) -> Vec<String> {
    let size = world.size();
    (size - count..size)
        .map(|entry| {
            let shown = world.yes(&format!("show {entry}"));
            shown["type"].as_str().expect("a type").to_owned()
        })
        .collect()
}

#[test]
fn a_source_comes_with_its_relation_assessment_and_evidence_in_one_commit() {
    let world = with_wire();
    let before = world.size();
    let run = world.run(&format!("{DAILY} --yes"));
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(world.size(), before + 3);
    assert_eq!(
        newest(&world, 3),
        ["source.add", "source.relate", "evidence.add"]
    );
    // The other forms.
    world.file("count.txt", "We counted 12 lorries.\n");
    world.yes("claim add 'There were 12 lorries.' --claimant many --label lorries --as jonas");
    let run = world.run(
        "source add count.txt --title Count --publisher Office --as jonas --yes --first-hand-for lorries \
         --how 'The office counted.' --supports lorries --quote '12 lorries'",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        newest(&world, 3),
        ["source.add", "origin.assess", "evidence.add"]
    );
    let run = world.run(
        "source add --title Speech --publisher Council --never-held --known-through daily --as jonas --yes \
         --quoted-from wire --because 'The wording is the same.' --context closing --label speech",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        newest(&world, 3),
        ["source.add", "source.relate", "evidence.add"]
    );
    world.clean("");
}

#[test]
fn one_prompt_shows_all_of_it() {
    let world = with_wire();
    let before = world.size();
    let declined = world.on_terminal(DAILY, "n", || {});
    assert_ne!(declined.code, 0);
    let shown = unwrapped(&declined.err);
    for part in [
        "source.add",
        "source.relate",
        "evidence.add",
        "Sign and add 3 statements?",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(shown.matches("[y/N]").count(), 1, "{shown}");
    assert_eq!(world.size(), before);
    let signed = world.on_terminal(DAILY, "y", || {});
    assert_eq!(signed.code, 0, "{}", signed.err);
    assert_eq!(world.size(), before + 3);
}

#[test]
fn if_one_part_is_refused_nothing_is_added() {
    let world = with_wire();
    let (before, files) = (world.size(), world.files("ledger"));
    for (more, code, said) in [
        (
            "--copy-of wire --stated '(Other Wire)'",
            4,
            "quotation-not-found",
        ),
        ("--copy-of nobody --because 'It is.'", 1, "nobody"),
        ("--copy-of wire", 2, "--because REASON"),
        (
            "--supports closing --quote 'in May'",
            4,
            "quotation-not-found",
        ),
        (
            "--stated '(Northern Wire)'",
            2,
            "--quoted-from or --copy-of",
        ),
    ] {
        let refused = world.run(&format!(
            "source add daily.txt --title Bridge --publisher Daily --as jonas --yes {more}"
        ));
        assert_eq!(refused.code, code, "{more}: {}", refused.err);
        assert!(refused.err.contains(said), "{more}: {}", refused.err);
        assert!(
            !refused.err.contains("the command has"),
            "{more}: {}",
            refused.err
        );
    }
    assert_eq!(world.size(), before);
    assert_eq!(world.files("ledger"), files);
}

#[test]
fn every_part_that_is_refused_is_told_in_one_pass() {
    let world = with_wire();
    let (before, files) = (world.size(), world.files("ledger"));
    let line = "source add daily.txt --title Bridge --publisher Daily --as jonas --yes --copy-of wire \
                --stated '(Other Wire)' --first-hand-for nothing --how 'It was there.' --supports closing --quote 'in May'";
    let refused = world.run(line);
    assert_eq!(refused.code, 4, "{}", refused.err);
    for said in [
        "the command has 3 faults",
        "\n  relation",
        "Other Wire",
        "\n  assessment",
        "nothing",
        "\n  evidence",
        "in May",
    ] {
        assert!(refused.err.contains(said), "{said}: {}", refused.err);
    }
    assert!(!refused.err.contains("line 1"), "{}", refused.err);
    let refused = world.run(&format!("{line} --json"));
    let told: Value = serde_json::from_str(&refused.err).expect("JSON");
    let faults = told["error"]["faults"].as_array().expect("a list");
    let told: Vec<[&Value; 3]> = faults
        .iter()
        .map(|fault| [&fault["item"], &fault["code"], &fault["line"]])
        .collect();
    assert_eq!(
        told,
        [
            [
                &"relation".into(),
                &"quotation-not-found".into(),
                &Value::Null
            ],
            [&"assessment".into(), &"not-found".into(), &Value::Null],
            [
                &"evidence".into(),
                &"quotation-not-found".into(),
                &Value::Null
            ],
        ]
    );
    // What is wrong with the options is told together with what the ledger refuses.
    let refused = world.run(
        "source add daily.txt --title Bridge --publisher Daily --as jonas --yes --copy-of wire --supports closing \
         --quote 'in May'",
    );
    assert_ne!(refused.code, 0, "{}", refused.err);
    for said in ["the command has 2 faults", "--because REASON", "in May"] {
        assert!(refused.err.contains(said), "{said}: {}", refused.err);
    }
    assert_eq!(world.size(), before);
    assert_eq!(world.files("ledger"), files);
}

#[test]
fn the_words_of_the_source_are_asked_for_here_too() {
    let world = with_wire();
    let line = "source add daily.txt --title Bridge --publisher Daily --label daily --as jonas --supports closing \
                --quote 'The bridge closes in April'";
    let taken = world.on_terminal(line, "y\ny", || {});
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert!(
        taken.err.contains("Use the words of the source? [y/N]"),
        "{}",
        taken.err
    );
    let entry = world.size() - 1;
    let quote = &world.body(&entry.to_string())["excerpt"]["quote"];
    assert_eq!(quote, "The bridge closes\nin April");
}

#[test]
fn a_case_has_the_same_short_form() {
    let world = World::newsroom();
    world.file(
        "wire.txt",
        "Velden (Northern Wire). The bridge closes in April.\n",
    );
    world.file("daily.txt", "(Northern Wire) The bridge closes in April.\n");
    world.file(
        "case.toml",
        r#"
[[source]]
name = "wire"
file = "wire.txt"
title = "Bridge"
publisher = "Northern Wire"
first-hand-for = "closing"
how = "Its reporter was there."
supports = "closing"
quote = "closes in April"

[[source]]
file = "daily.txt"
title = "Bridge closes"
publisher = "Daily"
copy-of = "wire"
stated = "(Northern Wire)"
supports = "closing"
quote = "closes in April"

[[claim]]
label = "closing"
text = "The bridge closes in April."
claimant = "Ana Brandt"

[[verdict]]
label = "verdict"
claim = "closing"
rating = "True"
why = "The wire was there."
conflict = "none"
not-contacted = "A fact."
"#,
    );
    let added = world.yes("record case.toml --as jonas");
    assert_eq!(added.as_array().map(Vec::len), Some(8));
    assert_eq!(
        world.body("verdict")["evidence"].as_array().map(Vec::len),
        Some(2)
    );
    world.clean("");
}

#[test]
fn a_relation_of_a_source_with_several_claims_is_asked_about() {
    let world = with_wire();
    world.run(&format!("{DAILY} --yes"));
    world.file("order.txt", "By order of the town.\n");
    world.yes("source add order.txt --title Order --publisher Town --label order --as jonas");
    world.yes("claim add 'The mayor said it.' --claimant many --label said-it --as jonas");
    world.yes("evidence add said-it daily --stance supports --quote 'said the mayor' --as jonas");
    let line = "source relate daily wasDerivedFrom order --note 'It says so.' --as jonas";
    let number = |name: &str| world.yes(&format!("show {name}"))["index"].clone();
    let (closing, said) = (number("closing"), number("said-it"));
    // Without a terminal it must be said, and `--yes` says nothing about it.
    let before = world.size();
    for line in [line.to_owned(), format!("{line} --yes")] {
        let refused = world.run(&line);
        assert_eq!(refused.code, 2, "{}", refused.err);
        for part in [&format!("(#{closing}, #{said})"), "--for", "--for-all"] {
            assert!(refused.err.contains(part), "{part}: {}", refused.err);
        }
    }
    // On a terminal a person sees the claims, and answers.
    for answer in ["\n", "n\n", "nobody\n"] {
        let declined = world.on_terminal(line, answer, || {});
        assert_ne!(declined.code, 0, "{}", declined.err);
        let shown = one_line(&declined.err);
        for part in [
            format!(
                "#{closing} \u{201c}closing\u{201d}: \u{201c}The bridge closes in April.\u{201d}"
            ),
            format!("#{said} \u{201c}said-it\u{201d}: \u{201c}The mayor said it.\u{201d}"),
            "(its number or label), or for all?".to_owned(),
        ] {
            assert!(shown.contains(&part), "{part}: {shown}");
        }
    }
    assert_eq!(world.size(), before);
    let signed = world.on_terminal(line, "said-it\ny", || {});
    assert_eq!(signed.code, 0, "{}", signed.err);
    let said = world.yes("show said-it")["id"].clone();
    assert_eq!(world.body(&before.to_string())["claim"], said);
    let signed = world.on_terminal(line, "all\ny", || {});
    assert_eq!(signed.code, 0, "{}", signed.err);
    assert_eq!(world.body(&(before + 1).to_string())["claim"], Value::Null);
    world.file(
        "case.toml",
        "[[relation]]\nfrom = \"daily\"\nrelation = \"wasDerivedFrom\"\nto = \"order\"\nnote = \"It says so.\"\n",
    );
    let refused = world.run("record case.toml --as jonas");
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("--for-all"), "{}", refused.err);
    let all = world.read("case.toml") + "for-all = true\n";
    world.file("case.toml", &all);
    world.yes("record case.toml --as jonas");
    world.clean("");
}

#[test]
fn each_quotation_that_only_looks_right_is_asked_about() {
    let world = with_wire();
    world.file(
        "daily.txt",
        "(Northern\u{a0}Wire) The bridge closes\nin April, said the mayor.\n",
    );
    let line = "source add daily.txt --title Bridge --publisher Daily --label daily --as jonas --copy-of wire \
                --stated '(Northern Wire)' --supports closing --quote 'The bridge closes in April'";
    let before = world.size();
    let declined = world.on_terminal(line, "y\nn", || {});
    assert_ne!(declined.code, 0);
    assert_eq!(world.size(), before);
    let taken = world.on_terminal(line, "y\ny\ny", || {});
    assert_eq!(taken.code, 0, "{}", taken.err);
    let question = "Use the words of the source? [y/N]";
    assert_eq!(taken.err.matches(question).count(), 2, "{}", taken.err);
    let quote = &world.body(&(before + 1).to_string())["basis"]["stated"]["quote"];
    assert_eq!(quote, "(Northern\u{a0}Wire)");
    let quote = &world.body(&(before + 2).to_string())["excerpt"]["quote"];
    assert_eq!(quote, "The bridge closes\nin April");
    // Without a terminal, `--nearest` takes both.
    let refused = world.run(&format!("{line}2 --yes"));
    assert_eq!(refused.code, 4, "{}", refused.err);
    let signed = world.run(&line.replace("--label daily", "--nearest --yes"));
    assert_eq!(signed.code, 0, "{}", signed.err);
}

#[test]
fn a_source_does_not_depend_on_itself() {
    let world = with_wire();
    let before = world.size();
    for more in ["--copy-of daily", "--quoted-from daily"] {
        let refused = world.run(&format!(
            "source add daily.txt --title Bridge --publisher Daily --label daily --as jonas --yes {more} --because 'It is.'"
        ));
        assert_ne!(refused.code, 0, "{}", refused.out);
    }
    assert_eq!(world.size(), before);
}
