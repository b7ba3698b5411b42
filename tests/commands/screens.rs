//! What a person reads about a claim, a verdict, a source and every other statement: in a ledger and in a dossier.

use crate::commands::world::{World, one_line, unwrapped};
use claimledger::host::clock::{Clock as _, SystemClock};
use claimledger_core::model::Body;
use claimledger_core::model::evidence::{Evidence, Stance};
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::transcript::Transcript;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

/// The verdict of the newsroom, with evidence against the claim that it does not name, an approval, a publication, an
/// objection, and a claimant who did not reply.
fn contested() -> World {
    let world = World::with_verdict();
    world.file("order.txt", "Order 12. The bridge stays open until May.\n");
    world.yes(
        "source add order.txt --title 'Order 12' --publisher 'Port office' --published 2026-03-02 \
         --url https://port.example/12 --label order --as jonas",
    );
    world.yes(
        "evidence add closing order --stance refutes --quote 'The bridge stays open until May' \
         --label against --as jonas",
    );
    world.yes(
        "verdict issue closing --rating False --why 'The order says so.' --limits 'No plan was shown.' \
         --contacted 2026-03-11 --no-reply --conflict 'My brother works at the port.' --evidence said \
         --label second --supersedes closing-verdict --correction ratingChange --was-wrong 'The order was missed.' \
         --as jonas",
    );
    world.yes("verdict approve second --conflict none --note 'Read twice.' --as edith");
    world.yes("verdict publish second --url https://desk.example/bridge --as edith");
    world
}

fn screen(world: &World, name: &str) -> String {
    unwrapped(&world.run(&format!("show {name}")).out)
}

fn verified(world: &World, name: &str) -> String {
    let key = world.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    world.yes(&format!("prove {name} -o {name}.dossier --force"));
    let checked = world.run(&format!("verify {name}.dossier --ledger-key {key}"));
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    checked.out
}

fn holds_all(shown: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(shown.contains(words), "{words}\n\n{shown}");
    }
}

#[test]
fn a_verdict_is_shown_with_its_words_meaning_evidence_approval_and_contact_in_ledger_and_dossier() {
    let world = contested();
    let wanted = [
        "The bridge closes in April.",
        "said by Ana Brandt",
        "rating False",
        "which means The claim is not accurate.",
        "scale Five steps, and Unproven (five-step 1 of desk-example, #1)",
        "reasons The order says so.",
        "limits No plan was shown.",
        "claimant was asked on 2026-03-11 and did not reply, says jonas",
        "The bridge closes in April Bridge closes (Northern Wire), no date",
        "(editor) approved",
        "interests declares these, in their own words: My brother works at the port.",
        "interests states that they have none in the matter",
        "remark Read twice.",
        "published at https://desk.example/bridge",
        "was wrong The order was missed.",
    ];
    holds_all(&screen(&world, "second"), &wanted);
    holds_all(&unwrapped(&verified(&world, "second")), &wanted);
    world.clean("");
}

#[test]
fn evidence_against_the_claim_that_a_verdict_does_not_name_is_shown_with_its_words_and_address() {
    let world = contested();
    let wanted = "evidence on this claim that the verdict does not name against the claim";
    let words = "The bridge stays open until May Order 12 (Port office), 2026-03-02";
    let of_ledger = screen(&world, "second");
    let of_dossier = unwrapped(&verified(&world, "second"));
    for shown in [of_ledger, of_dossier] {
        holds_all(&shown, &[wanted, words, "https://port.example/12"]);
        let (named, not_named) = shown.split_once(wanted).unwrap();
        assert!(named.contains("said The bridge closes in April"), "{shown}");
        assert!(!named.contains("stays open"), "{shown}");
        assert!(not_named.contains("stays open"), "{shown}");
    }
    // Once it is withdrawn it speaks against nothing.
    world.yes("withdraw against --reason 'An older order.' --as jonas");
    assert!(!screen(&world, "second").contains(wanted));
    world.clean("");
}

#[test]
fn an_upheld_objection_and_the_day_its_correction_is_due_are_shown_wherever_the_verdict_is() {
    let world = contested();
    world.file("policy.toml", "approvals = 1\ncorrection-days = 5\n");
    world.yes("policy set policy.toml --as mara");
    let objection = world.yes(
        "dispute open second --grounds factualError --note 'It closes on 2 April.' --label wrong-day --as mara",
    );
    let objection = objection["index"].clone();
    let state = |world: &World| world.yes("dispute list")["found"][0]["objection"].clone();
    let listed = world.run("dispute list").out;
    assert!(listed.contains(" open "), "{listed}");
    assert_eq!(state(&world).get("outcome"), None);
    assert!(
        screen(&world, "second").contains(
            "#{n} wrong-day open"
                .replace("{n}", &objection.to_string())
                .as_str()
        )
    );
    let told = verified(&world, "second");
    let last = told.lines().last().unwrap().to_owned();
    assert!(
        last.starts_with("WARNING: do not take the verdict \u{201c}False\u{201d} as it is. "),
        "{last}"
    );
    assert!(
        last.contains(&format!("objection #{objection} open")),
        "{last}"
    );
    // The author's reply ends nothing.
    world.yes("dispute answer wrong-day --outcome reply --note 'It does not.' --as jonas");
    let listed = world.run("dispute list").out;
    assert!(
        listed.contains("open; jonas, the author, replied"),
        "{listed}"
    );
    world.yes("dispute answer wrong-day --outcome upheld --note 'True.' --as edith");
    let one = state(&world);
    assert_eq!(one["outcome"], "upheld");
    assert_eq!(one["answer"]["by"]["holder"], "edith");
    let due = one["due"].as_str().expect("a day").to_owned();
    let standing =
        format!("objection #{objection} accepted: this must be corrected by {due} (UTC)");
    let listed = world.run("dispute list").out;
    assert!(listed.contains("accepted by edith, "), "{listed}");
    assert!(
        listed.contains(&format!("must be corrected by {due} (UTC)")),
        "{listed}"
    );
    assert!(world.run("verdict list").out.contains(&standing));
    let details = [
        standing.as_str(),
        "mara objects to #",
        "It closes on 2 April.",
        "accepted by edith",
        "True.",
        "replied to by jonas, the author",
    ];
    holds_all(&screen(&world, "second"), &details);
    holds_all(&screen(&world, "closing"), &[standing.as_str()]);
    holds_all(&screen(&world, "wrong-day"), &details[1..]);
    let told = verified(&world, "second").replace(" of desk-example", "");
    holds_all(&unwrapped(&told), &details);
    let last = told.lines().last().unwrap();
    assert!(
        last.starts_with("WARNING: do not take the verdict") && last.contains(&standing),
        "{last}"
    );
    // One that was accepted in part, and one that was rejected.
    for (label, outcome, words) in [
        ("o-two", "partlyUpheld", "accepted in part"),
        ("o-three", "rejected", "rejected"),
    ] {
        world.yes(&format!(
            "dispute open second --grounds process --note No. --label {label} --as mara"
        ));
        world.yes(&format!(
            "dispute answer {label} --outcome {outcome} --note So. --as edith"
        ));
        let shown = screen(&world, label);
        assert!(shown.contains(&format!("{label} {words}")), "{shown}");
    }
    world.clean("");
}

#[cfg(unix)]
#[test]
fn whoever_approves_or_publishes_sees_the_objections_and_their_outcome_first() {
    let world = contested();
    world
        .yes("dispute open second --grounds factualError --note 'It closes on 2 April.' --label wrong-day --as mara");
    world.yes("dispute answer wrong-day --outcome upheld --note True. --as edith");
    for line in [
        "verdict approve second --conflict none --as mara",
        "verdict publish second --url https://desk.example/2 --despite 'It is up.' --as edith",
    ] {
        let asked = world.on_terminal(line, "n", || {}).err;
        let asked = unwrapped(&asked);
        holds_all(&asked, &["by mara, accepted; #", "It closes on 2 April."]);
    }
}

#[test]
fn what_a_stolen_key_said_is_never_shown_as_a_plain_fact() {
    let world = contested();
    world.yes("key new thief --no-passphrase");
    let from = world.yes("key enroll thief --role editor --role reviewer --as mara")["index"]
        .as_u64()
        .unwrap();
    world.yes("verdict approve second --conflict none --as thief");
    world.yes("verdict publish second --url https://evil.example/bus --as thief");
    world.yes("evidence add closing order --stance supports --quote 'open until May' --label planted --as thief");
    world.yes(&format!(
        "key revoke thief --reason compromised --distrust-from {} --as mara",
        from + 1
    ));
    let told = unwrapped(&verified(&world, "second"));
    let shown = screen(&world, "second");
    for text in [&told, &shown] {
        assert!(
            !text.contains(" thief (editor, reviewer) approved")
                || text.contains("DOES NOT COUNT: thief"),
            "{text}"
        );
        assert!(
            text.contains("DOES NOT COUNT: published at https://evil.example/bus"),
            "{text}"
        );
        assert!(!text.contains(". published at https://evil"), "{text}");
    }
    assert!(
        told.contains("cannot be relied on: it was signed with a key that a later entry distrusts"),
        "{told}"
    );
    assert!(
        told.contains("thief of desk-example ended")
            || told.contains("ended a key of thief of desk-example: somebody else may have it"),
        "{told}"
    );
    let claim = screen(&world, "closing");
    let (_, fallen) = claim
        .split_once("evidence that no longer counts")
        .expect("a heading");
    assert!(
        fallen.contains("NO LONGER COUNTS") && fallen.contains("distrusted since"),
        "{claim}"
    );
    world.clean("");
}

#[test]
fn the_last_line_of_a_checked_dossier_is_no_green_light_for_a_verdict_that_is_not_approved() {
    let world = World::with_verdict();
    let last = |world: &World| {
        let told = verified(world, "closing-verdict");
        told.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        last(&world),
        "WARNING: do not take the verdict \u{201c}True\u{201d} as it is. It is what jonas proposes for desk-example. In this \
         file desk-example has not approved it. Its standing: unapproved"
    );
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    assert_eq!(
        last(&world),
        "in this file, the verdict \u{201c}True\u{201d} is approved"
    );
    let by = world.yes("withdraw closing-verdict --reason 'The wrong bridge.' --as jonas")["index"]
        .clone();
    assert_eq!(
        last(&world),
        format!(
            "WARNING: do not take the verdict \u{201c}True\u{201d} as it is. Its standing: withdrawn in #{by}; had been approved"
        )
    );
    // Without a key nothing is verified, and the standing is told all the same.
    let told = world.run("verify closing-verdict.dossier");
    assert_eq!(told.code, 3);
    let last = told.out.lines().last().unwrap();
    assert!(
        last.starts_with("could not tell whether the entries are genuine"),
        "{last}"
    );
    let says = told.out.lines().rev().nth(1).unwrap();
    let withdrawn = "the file says: WARNING: do not take the verdict \u{201c}True\u{201d} as it is. Its standing: withdrawn in #";
    assert!(says.starts_with(withdrawn), "{says}");
}

#[test]
fn a_corrected_claim_shows_its_evidence_its_words_and_the_verdict_on_other_words() {
    let world = contested();
    world.yes(
        "claim add 'The bridge closes in april.' --claimant 'Ana Brandt' --supersedes closing --correction typo \
         --was-wrong 'A letter.' --label neat --as jonas",
    );
    let neat = screen(&world, "neat");
    holds_all(
        &neat,
        &[
            "for the claim #",
            "The bridge closes in April Bridge closes",
            "against the claim #",
            "desk-example [approved], #",
            "other forms of this claim",
            "corrects #6: a typing error",
            "was wrong A letter.",
        ],
    );
    let old = screen(&world, "6");
    holds_all(
        &old,
        &[
            "its words now",
            "The bridge closes in april.",
            "superseded by #",
        ],
    );
    world.yes(
        "claim add 'The bridge never closes.' --claimant 'Ana Brandt' --supersedes neat --correction correction \
         --was-wrong All. --label turned --as jonas",
    );
    let turned = screen(&world, "turned");
    holds_all(
        &turned,
        &[
            "nothing: there is no approved verdict on these words",
            "said of other words of this claim, and not of these",
        ],
    );
    world.clean("");
}

#[test]
fn a_source_shows_what_it_is_what_is_held_what_was_taken_and_what_depends_on_it() {
    let world = contested();
    world.yes("source relate wire wasQuotedFrom order --note 'It names the order.' --as jonas");
    world.yes("source assess order closing --as-origin firstHand --how 'It is the order itself.' --as jonas");
    let shown = screen(&world, "order");
    holds_all(
        &shown,
        &[
            "Order 12",
            "publisher Port office",
            "published 2026-03-02",
            "address https://port.example/12",
            "held yes, in this copy",
            "text the file is plain text",
            "speaks against the claim #6",
            "with the words The bridge stays open until May",
            "it is quoted by Bridge closes (Northern Wire)",
            "first-hand on the claim #6",
            "for this reason: It is the order itself.",
            // The wire report quotes it, and the verdict rests on the wire report.
            "verdicts that depend on it about the claim #6",
        ],
    );
    holds_all(
        &screen(&world, "wire"),
        &[
            "it quotes Order 12",
            "desk-example [approved], #",
            "standing approved",
        ],
    );
    world.yes("snapshot withhold order --reason 'A court said so.' --everywhere --as mara");
    let hidden = screen(&world, "order");
    holds_all(&hidden, &["held withheld by #", "because A court said so."]);
    // A copy without the bytes says that it lacks them.
    world.yes("export facts.tar.zst --yes");
    let there = unwrapped(&world.run("--ledger facts.tar.zst show wire").out);
    holds_all(&there, &["held yes, but not in this copy"]);
    world.clean("");
}

#[test]
fn words_from_a_transcript_are_shown_as_the_word_of_its_maker() {
    let world = World::newsroom();
    std::fs::write(world.path("photo.png"), b"\x89PNG\r\n\x1a\n0000").unwrap();
    world.yes(
        "source add photo.png --title 'A sign' --publisher 'A reader' --label photo --as jonas",
    );
    world.yes("claim add 'The gate is shut.' --claimant many --label gate --as jonas");
    let words = "The gate is shut until Monday.";
    let text = claimledger_core::crypto::sha256(&[words.as_bytes()]);
    let folder = world
        .path("ledger")
        .join(format!("snapshots/sha256/{}", &text.to_string()[..2]));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(text.to_string()), words).unwrap();
    let of = world.body("photo")["capture"]["captured"]["sha256"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = |name: &str| {
        world.yes(&format!("show {name}"))["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (photo, gate) = (id("photo"), id("gate"));
    let now = SystemClock.now_millis();
    world.says(now, "jonas", "typed", |_| {
        Body::SourceTranscribe(Box::new(Transcript {
            by: claimledger_core::model::Name::open("Lena Ott").unwrap(),
            correction: None,
            language: None,
            of: of.parse().unwrap(),
            source: photo.parse().unwrap(),
            text,
            tool: None,
        }))
    });
    world.says(now, "jonas", "shut", |_| {
        Body::EvidenceAdd(Box::new(Evidence {
            claim: gate.parse().unwrap(),
            correction: None,
            excerpt: Some(Excerpt {
                start: 0,
                end: 16,
                quote: claimledger_core::model::Prose::open("The gate is shut").unwrap(),
                text,
            }),
            note: None,
            on: None,
            searched: None,
            source: Some(photo.parse().unwrap()),
            stance: Stance::Supports,
            via: Vec::new(),
        }))
    });
    for name in ["photo", "gate", "shut"] {
        let shown = screen(&world, name);
        assert!(
            shown.contains("as transcribed by Lena Ott, signed by jonas, "),
            "{name}\n{shown}"
        );
    }
}

/// No entry is shown by the names of its fields, and no row is wider than a terminal of 80 columns.
#[test]
fn every_statement_has_a_screen_of_80_columns_without_field_names() {
    let world = contested();
    world.yes("dispute open second --grounds process --note No. --label objection --as mara");
    world.yes("dispute answer objection --outcome rejected --note 'It was followed.' --as edith");
    world.yes("source relate wire independentOf order --note 'Different reporters.' --as jonas");
    world.yes("source assess order closing --as-origin firstHand --how 'It is the order itself.' --as jonas");
    world.yes("source capture wire wire.txt --as jonas");
    world.yes("claim add 'The bridge closes for ever.' --claimant many --label ever --as jonas");
    world.yes("claim relate ever variantOf closing --as jonas");
    world.yes(
        "snapshot withhold order --reason 'A court said so.' --everywhere --label hiding --as mara",
    );
    world.yes("withdraw hiding --reason 'The court changed its mind.' --as mara");
    world.yes("org set guest --name Guests --as mara");
    world.yes("key new olga --no-passphrase");
    world.yes("key enroll olga --role admin --org guest --as mara");
    world.yes("key revoke edith --reason left --as mara");
    let mut kinds = std::collections::BTreeSet::new();
    for entry in 0..world.size() {
        let ran = world.run(&format!("show {entry}"));
        assert_eq!(ran.code, 0, "{entry}\n{}", ran.err);
        let wide = ran
            .out
            .lines()
            .find(|row| row.width() > 80 && !row.contains("://"));
        assert_eq!(wide, None, "{entry}\n{}", ran.out);
        for name in [
            "own word:",
            "inputs:",
            "appearedIn",
            "snapshot",
            "note:",
            "was wrong:",
        ] {
            assert!(!ran.out.contains(name), "{name}\n{}", ran.out);
        }
        let shown = world.yes(&format!("show {entry}"));
        kinds.insert(shown["type"].as_str().unwrap().to_owned());
        if let Some(facts) = shown["screen"].get("facts") {
            let sentence = facts["sentence"].as_str().unwrap();
            assert!(sentence.ends_with(['.', '\u{201d}']), "{sentence}");
            assert!(
                one_line(&ran.out).contains(sentence),
                "{sentence}\n{}",
                ran.out
            );
        }
        let raw = world.run(&format!("show {entry} --raw")).out;
        assert!(raw.contains(shown["id"].as_str().unwrap()), "{raw}");
        assert!(
            !ran.out.contains(shown["id"].as_str().unwrap()),
            "{}",
            ran.out
        );
    }
    assert!(kinds.len() >= 18, "{kinds:?}");
}

/// The screen of a dossier is made from its entries alone, and says what that of the ledger says.
#[test]
fn a_dossier_and_its_ledger_show_the_same_screen() {
    let world = contested();
    world.yes("dispute open second --grounds process --note No. --label objection --as mara");
    world.yes("dispute answer objection --outcome upheld --note 'It was not followed.' --as edith");
    world.yes("source relate wire wasQuotedFrom order --note 'It names the order.' --as jonas");
    for name in ["second", "closing-verdict", "said"] {
        verified(&world, name);
        let of_ledger = world.yes(&format!("show {name}"))["screen"].clone();
        let of_dossier = world.yes(&format!(
            "verify {name}.dossier --ledger-id {}",
            world.yes("checkpoint")["ledger"].as_str().unwrap()
        ));
        let mut of_ledger = of_ledger;
        let mut of_dossier = of_dossier["summary"]["screen"].clone();
        // A file speaks as of its last entry; the ledger says what holds now.
        if let Some(verdict) = of_dossier.get_mut("verdict").and_then(Value::as_object_mut) {
            let as_of = verdict.remove("asOf").expect("as of which entry");
            assert_eq!(as_of["inAFile"], true);
        }
        // A dossier has no bytes of sources, and says less of verdicts that are not its subject.
        for screen in [&mut of_ledger, &mut of_dossier] {
            if let Some(evidence) = screen.get_mut("evidence").and_then(Value::as_object_mut) {
                evidence.remove("context");
                evidence.remove("verdicts");
            }
        }
        assert_eq!(of_ledger, of_dossier, "{name}");
    }
}

#[test]
fn several_sources_stand_in_the_order_of_the_log() {
    let world = World::newsroom();
    let mut options = String::new();
    let mut via = String::new();
    for n in 1..7 {
        world.file(&format!("{n}.txt"), &format!("Report {n}.\n"));
        world.yes(&format!(
            "source add {n}.txt --title 'Report {n}' --publisher Paper --label report-{n} --as jonas"
        ));
        options.push_str(&format!(" --appeared-in report-{n}"));
        if n > 1 {
            via.push_str(&format!(" --via report-{n}"));
        }
    }
    world.yes(&format!(
        "claim add 'It rains.' --claimant many --label rain{options} --as jonas"
    ));
    world.yes(&format!(
        "evidence add rain report-1 --stance context{via} --label said --as jonas"
    ));
    for (name, first) in [("rain", 1), ("said", 2)] {
        let shown = world.run(&format!("show {name}")).out;
        let at = |n: u32| {
            shown
                .find(&format!("“Report {n}”"))
                .unwrap_or_else(|| panic!("{n}\n{shown}"))
        };
        let places: Vec<usize> = (first..7).map(at).collect();
        assert!(places.is_sorted(), "{shown}");
    }
}

/// Twelve types can be objected to. The screen of each shows the objection, and so does the list, with its outcome.
#[test]
fn an_objection_shows_on_the_screen_of_whatever_it_is_to() {
    let world = contested();
    world.yes("key new rita --no-passphrase");
    world.yes("key enroll rita --role editor --as mara");
    world.yes(
        "source relate wire wasQuotedFrom order --note 'It names it.' --label relation --as jonas",
    );
    world.yes("source assess order closing --as-origin firstHand --how 'It is it.' --label assessment --as jonas");
    world.yes("claim add 'It reopens.' --claimant many --label reopens --as jonas");
    world.yes("claim relate reopens contradicts closing --label claims --as jonas");
    world.yes("verdict approve second --conflict none --label approval --as edith");
    world.yes("verdict publish second --url https://desk.example/2 --label publication --as edith");
    world.yes("source capture wire wire.txt --label copy --as jonas");
    world.yes("snapshot withhold order --reason Private. --label hidden --as mara");
    for (target, outcome, state) in [
        ("relation", "upheld", "accepted"),
        ("assessment", "partlyUpheld", "accepted in part"),
        ("claims", "rejected", "rejected"),
        ("approval", "upheld", "accepted"),
        ("publication", "partlyUpheld", "accepted in part"),
        ("copy", "rejected", "rejected"),
        ("hidden", "upheld", "accepted"),
        ("closing", "upheld", "accepted"),
        ("said", "rejected", "rejected"),
        ("wire", "partlyUpheld", "accepted in part"),
    ] {
        let to = world.yes(&format!("show {target}"))["index"].clone();
        let objection = world.yes(&format!(
            "dispute open {target} --grounds process --note 'Doubt about {target}.' --label o-{target} --as rita"
        ))["index"]
            .clone();
        holds_all(
            &screen(&world, target),
            &[
                "objections",
                &format!("#{objection} o-{target} open"),
                &format!("Doubt about {target}."),
            ],
        );
        let answers = if target == "hidden" { "edith" } else { "mara" };
        world.yes(&format!(
            "dispute answer o-{target} --outcome {outcome} --note Read. --as {answers}"
        ));
        let told = format!("#{objection} o-{target} {state}");
        holds_all(&screen(&world, target), &[&told]);
        let listed = one_line(
            &world
                .run_with("dispute list --all", &[("COLUMNS", "400")])
                .out,
        );
        let row = listed
            .split(&format!("#{objection} "))
            .nth(1)
            .unwrap_or_default();
        assert!(
            row.contains(state) && row.contains(&format!("#{to}")),
            "{target}: {listed}"
        );
    }
    world.clean("");
}
