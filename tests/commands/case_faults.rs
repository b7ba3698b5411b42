//! What is wrong in a file that a person wrote: every fault, with its line, item and field, in one pass.

use crate::commands::world::World;
use serde_json::Value;

/// Seven faults: three of the form, four that only the ledger shows. What names the lost claim has no fault of its own.
const FAULTY: &str = "\
[[source]]
name = \"notice\"
file = \"wire.txt\"
title = \"Notice\"
publisher = \"Town\"
published = \"2026-13-40\"

[[source]]
name = \"gone\"
file = \"absent.txt\"
title = \"Gone\"
publisher = \"Town\"

[[claim]]
name = \"lost\"
text = \"The bridge\\u0090 closes.\"
claimant = \"many\"

[[claim]]
label = \"Two Words\"
claimant = \"many\"
lable = \"x\"

[[claim]]
label = \"kept\"
text = \"The tunnel opens.\"
claimant = [\"A. Brandt\", \"B. Cole\"]
claimant-role = \"mayor\"

[[evidence]]
claim = \"lost\"
source = \"wire\"
stance = \"supports\"

[[evidence]]
claim = \"closing\"
source = \"wire\"
stance = \"supports\"
quote = \"The bridge opens in May\"

[[verdict]]
claim = \"closing\"
rating = \"Truish\"
why = \"W\"
";

fn told(refusal: &Value) -> Vec<(u64, String, String, String)> {
    let faults = refusal["faults"].as_array().expect("faults");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let told = faults.iter().map(|fault| {
        (
            fault["line"].as_u64().expect("a line"),
            text(&fault["item"]),
            text(&fault["field"]),
            text(&fault["code"]),
        )
    });
    told.collect()
}

#[test]
fn all_faults_of_a_case_are_told_in_one_pass_with_line_item_and_field() {
    let world = World::with_verdict();
    world.file("case.toml", FAULTY);
    let before = world.files("ledger");
    let expected: Vec<(u64, String, String, String)> = [
        (6, "source 1 (notice)", "published", "bad-date"),
        (8, "source 2 (gone)", "", "io"),
        (16, "claim 1 (lost)", "text", "control-character"),
        (
            19,
            "claim 2 (\u{201c}Two Words\u{201d})",
            "",
            "file-malformed",
        ),
        (
            20,
            "claim 2 (\u{201c}Two Words\u{201d})",
            "label",
            "file-malformed",
        ),
        (
            22,
            "claim 2 (\u{201c}Two Words\u{201d})",
            "lable",
            "file-malformed",
        ),
        (24, "claim 3 (kept)", "", "usage"),
        (39, "evidence 2", "quote", "quotation-not-found"),
        (43, "verdict 1", "rating", "rating-unknown"),
    ]
    .map(|(line, item, field, code)| (line, item.to_owned(), field.to_owned(), code.to_owned()))
    .to_vec();
    for line in [
        "record case.toml --dry-run --as jonas",
        "record case.toml --as jonas",
    ] {
        let refusal = world.no(line, 2, "bad-date");
        assert_eq!(told(&refusal), expected, "{line}");
        assert_eq!(refusal["message"], "case.toml has 9 faults");
        // The missing text of claim 2, and the field that was meant.
        let faults = refusal["faults"].as_array().expect("faults");
        assert_eq!(faults[3]["message"], "text is missing");
        let message = |at: usize| faults[at]["message"].as_str().expect("text");
        assert!(
            message(4).contains("\"two-words\" is allowed"),
            "{}",
            message(4)
        );
        assert!(message(5).contains("did you mean label?"), "{}", message(5));
    }
    let run = world.run("record case.toml --as jonas");
    for line in [
        "error: case.toml has 9 faults [bad-date]\n",
        "  line 6, source 1 (notice), published: ",
        "  line 43, verdict 1, rating: \"Truish\" is not a rating of the scale five-step 1;",
    ] {
        assert!(run.err.contains(line), "{line}\n{}", run.err);
    }
    assert!(world.files("ledger") == before);
}

#[test]
fn one_bad_character_among_two_thousand_claims_is_found() {
    let world = World::newsroom();
    let mut case = String::new();
    for number in 1..=2000 {
        let odd = if number == 1211 { "\\u0090" } else { "" };
        case.push_str(&format!(
            "[[claim]]\ntext = \"Claim number {number}{odd} of the list.\"\nclaimant = \"many\"\n\n"
        ));
    }
    // The items after it are looked at too.
    case.push_str("[[claim]]\ntext = \"Last.\"\nclaimant = \"many\"\nmade = \"soon\"\n");
    world.file("case.toml", &case);
    let refusal = world.no(
        "record case.toml --dry-run --as jonas",
        4,
        "control-character",
    );
    let at = |line, item: &str, field: &str, code: &str| {
        (line, item.to_owned(), field.to_owned(), code.to_owned())
    };
    assert_eq!(
        told(&refusal),
        [
            at(1210 * 4 + 2, "claim 1211", "text", "control-character"),
            at(2000 * 4 + 4, "claim 2001", "made", "bad-date"),
        ]
    );
}

#[test]
fn a_file_that_is_no_toml_is_refused_with_the_lines() {
    let world = World::newsroom();
    world.file("case.toml", "[[claim]]\ntext = \"A.\nclaimant = \"many\"\n");
    for line in [
        "record case.toml --as jonas",
        "scale set case.toml --as mara",
        "policy set case.toml --as mara",
    ] {
        let refusal = world.no(line, 4, "file-malformed");
        assert_eq!(refusal["faults"][0]["line"], 2, "{line}: {refusal}");
    }
}

#[test]
fn a_rating_that_is_too_long_is_found_among_198() {
    let world = World::newsroom();
    let mut scale = "scale = \"many\"\ntitle = \"Many\"\n".to_owned();
    for number in 1..=198 {
        let long = if number == 77 || number == 120 {
            "x".repeat(3000)
        } else {
            String::new()
        };
        scale.push_str(&format!(
            "[[rating]]\nlabel = \"Rating {number}{long}\"\ncode = \"r-{number}\"\nneeds = \"neither\"\n"
        ));
    }
    world.file("scale.toml", &scale);
    let refusal = world.no("scale set scale.toml --as mara", 4, "too-long");
    let lines: Vec<u64> = told(&refusal).iter().map(|fault| fault.0).collect();
    assert_eq!(lines, [2 + 76 * 4 + 2, 2 + 119 * 4 + 2]);
    assert_eq!(refusal["faults"][0]["item"], "rating 77");
    assert_eq!(refusal["faults"][0]["field"], "label");
    world.file("policy.toml", "approvals = 1\n\nscales = [\"five-stp\"]\n");
    let refusal = world.no("policy set policy.toml --as mara", 1, "not-found");
    assert_eq!(told(&refusal)[0].0, 3);
    assert_eq!(refusal["faults"][0]["near"][0], "five-step", "{refusal}");
}

#[test]
fn a_case_takes_what_its_commands_take() {
    let world = World::with_verdict();
    world.file(
        "case.toml",
        "\
[[source]]
label = \"post\"
title = \"A post\"
publisher = \"A. Brandt\"
never-held = true
seen-by = \"jonas, on 2 March\"

[[claim]]
label = \"corrected\"
text = \"The bridge closes in May.\"
claimant = \"Ana Brandt\"
made = 2026-03-10
supersedes = \"closing\"
correction = \"clarification\"
was-wrong = \"the month\"
noticed-by = \"a reader\"

[[verdict]]
label = \"judged\"
claim = \"corrected\"
scale = 1
rating = false
why = \"W\"
contacted = 2026-03-11
no-reply = true
conflict = \"none\"
",
    );
    world.yes("record case.toml --as jonas");
    let post = world.body("post");
    assert_eq!(post["capture"]["neverHeld"]["reason"], "jonas, on 2 March");
    let claim = world.body("corrected");
    assert_eq!(claim["correction"]["kind"], "clarification");
    assert_eq!(claim["made"], "2026-03-10");
    assert_eq!(claim["claimants"]["named"][0]["name"], "Ana Brandt");
    let verdict = world.body("judged");
    assert_eq!(verdict["rating"], "false");
    assert_eq!(verdict["contact"]["asked"]["on"], "2026-03-11");
    // As on the command line, one of the two is said.
    world.file("case.toml", "[[verdict]]\nclaim = \"corrected\"\nrating = \"False\"\nwhy = \"W\"\ncontacted = \"2026-03-11\"\n");
    let refusal = world.no("record case.toml --as jonas", 2, "usage");
    assert_eq!(refusal["faults"][0]["field"], "contacted");
}

#[test]
fn the_advice_about_the_same_bytes_names_what_the_ledger_knows() {
    let world = World::with_verdict();
    world.file(
        "case.toml",
        "[[source]]\nname = \"only-in-this-file\"\nfile = \"wire.txt\"\ntitle = \"T\"\npublisher = \"P\"\n",
    );
    let next = world.size();
    let run = world.run("record case.toml --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    let line = format!("source relate {next} wireCopyOf wire --note 'The same bytes.'");
    assert!(run.err.contains(&line), "{}", run.err);
    world.yes(&format!("{line} --as jonas"));
}
