//! What screens and lists say must be true, and a stranger must read it so.

use crate::commands::world::{World, one_line, unwrapped};
use serde_json::Value;

fn number(added: &Value) -> u64 {
    added["index"].as_u64().expect("an entry")
}

fn screen(world: &World, name: &str) -> String {
    unwrapped(&world.run(&format!("show {name}")).out)
}

fn vkey(world: &World) -> String {
    world.yes("checkpoint")["vkey"].as_str().unwrap().to_owned()
}

/// A verdict was corrected, and somebody objects to the earlier form: the newest one says so wherever it is read.
#[cfg(unix)]
#[test]
fn an_objection_to_a_replaced_verdict_shows_on_the_one_that_replaced_it_until_that_is_corrected() {
    let world = World::with_verdict();
    let old = number(&world.yes("show closing-verdict"));
    let again = |label: &str, replaces: &str| {
        world.yes(&format!(
            "verdict issue closing --rating False --why Because. --conflict none --label {label} \
             --supersedes {replaces} --correction ratingChange --was-wrong All. --as jonas"
        ));
        world.yes(&format!(
            "verdict approve {label} --conflict none --as edith"
        ));
    };
    again("second", "closing-verdict");
    let objection = number(&world.yes(&format!(
        "dispute open {old} --grounds wrongRating --note 'The order says May.' --label late --as mara"
    )));
    let said = format!("objection #{objection} (to #{old}, which this replaced)");
    let everywhere = |lists: &[&str], words: &str| {
        for list in lists {
            let told = one_line(&world.run_with(list, &[("COLUMNS", "300")]).out);
            assert!(told.contains(words), "{list}: {words}\n{told}");
        }
        world.yes("prove second -o second.dossier --force");
        let key = vkey(&world);
        let told = world
            .run(&format!("verify second.dossier --ledger-key {key}"))
            .out;
        assert!(
            told.lines().last().unwrap().contains(words),
            "{words}\n{told}"
        );
    };
    everywhere(&["verdict list", "show second"], &format!("{said} open"));
    world.yes("dispute answer late --outcome partlyUpheld --note Partly. --as edith");
    everywhere(
        &["verdict list", "claim list", "show second"],
        &format!("{said} accepted in part: this must be corrected"),
    );
    let screen = screen(&world, "second");
    assert!(screen.contains("The order says May."), "{screen}");
    assert!(screen.contains(&format!(
        "NO LONGER SOUND: desk-example accepted objection #{objection}"
    )));
    let todo = world.yes("todo --as jonas").to_string();
    assert!(
        todo.contains(&format!("objection #{objection} accepted in part")),
        "{todo}"
    );
    again("third", "second");
    let told = one_line(&world.run("show third").out);
    assert!(
        told.contains(&format!("{said} accepted in part, corrected in #")),
        "{told}"
    );
    let todo = world.yes("todo --as jonas").to_string();
    assert!(!todo.contains("accepted in part"), "{todo}");
    world.clean("");
}

#[test]
fn an_accepted_objection_to_an_assessment_shows_on_the_verdict_whose_count_rests_on_it() {
    let world = World::with_verdict();
    let on = number(&world.yes(
        "source assess wire closing --as-origin firstHand --how 'Its reporter was there.' --label there --as jonas",
    ));
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    let objection = number(&world.yes(
        "dispute open there --grounds factualError --note 'She was not.' --label not-there --as mara",
    ));
    world.yes("dispute answer not-there --outcome upheld --note True. --as edith");
    let said = format!(
        "rests on #{on}, to which objection #{objection} was accepted: #{on} must be corrected"
    );
    for list in ["verdict list", "claim list", "show closing-verdict"] {
        let told = one_line(&world.run_with(list, &[("COLUMNS", "300")]).out);
        assert!(told.contains(&said), "{list}\n{told}");
    }
    world.yes("prove closing-verdict -o v.dossier");
    let told = world
        .run(&format!("verify v.dossier --ledger-key {}", vkey(&world)))
        .out;
    assert!(told.lines().last().unwrap().contains(&said), "{told}");
    world.clean("");
}

#[test]
fn a_list_of_claims_says_unapproved_beside_what_the_verdict_rests_on_and_that_fell() {
    let world = World::with_verdict();
    let evidence = number(&world.yes("show said"));
    let by = number(&world.yes("withdraw said --reason 'Misread.' --as jonas"));
    let standing = format!("rests on what fell: #{evidence} withdrawn in #{by}; unapproved");
    let listed = world.yes("claim list");
    assert_eq!(listed["found"][0]["ratings"][0]["standing"], standing);
    assert!(world.run("claim list").out.contains("unapproved"));
    for name in ["closing", "closing-verdict", "wire"] {
        let shown = screen(&world, name);
        assert!(shown.contains(&format!("[{standing}]")), "{name}\n{shown}");
    }
}

#[cfg(unix)]
#[test]
fn an_accepted_objection_to_evidence_shows_wherever_the_verdict_that_rests_on_it_does() {
    let world = World::with_verdict();
    world.file("policy.toml", "approvals = 1\ncorrection-days = 5\n");
    world.yes("policy set policy.toml --as mara");
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    let on = number(&world.yes("show said"));
    let objection = number(&world.yes(
        "dispute open said --grounds excerptMismatch --note 'It says May.' --label month --as mara",
    ));
    let open = format!("rests on #{on}, to which objection #{objection} is open");
    assert!(world.run("verdict list").out.contains(&open));
    world.yes("dispute answer month --outcome upheld --note True. --as edith");
    let due = world.yes("dispute list")["found"][0]["objection"]["due"]
        .as_str()
        .unwrap()
        .to_owned();
    let said = format!(
        "rests on #{on}, to which objection #{objection} was accepted: #{on} must be corrected by {due} (UTC)"
    );
    for list in ["verdict list", "claim list", "log", "search mayor"] {
        let told = world.run(&format!("{list} --json")).out;
        assert!(told.contains(&said), "{list}\n{told}");
    }
    let shown = world.yes("show closing-verdict");
    assert_eq!(shown["standing"]["word"], "objectionUpheld");
    assert_eq!(shown["standing"]["objectionsBeneath"][0]["on"], on);
    let shown = screen(&world, "closing-verdict");
    let wanted = [
        format!("[was approved; now {said}]"),
        "objections to what it rests on".to_owned(),
        "It says May.".to_owned(),
        format!("NO LONGER SOUND: desk-example accepted objection #{objection}"),
    ];
    for words in &wanted {
        assert!(shown.contains(words), "{words}\n\n{shown}");
    }
    assert!(
        !shown.contains("nothing that it rests on was corrected"),
        "{shown}"
    );
    for name in ["closing", "said", "wire"] {
        let shown = screen(&world, name);
        assert!(shown.contains(&said), "{name}\n{shown}");
    }
    world.yes("prove closing-verdict -o v.dossier");
    let key = vkey(&world);
    let told = world
        .run(&format!("verify v.dossier --ledger-key {key}"))
        .out;
    let last = told.lines().last().unwrap();
    assert!(
        last.starts_with("WARNING: do not take") && last.contains(&said),
        "{last}"
    );
    assert!(
        unwrapped(&told).contains("objections to what it rests on"),
        "{told}"
    );
    for line in [
        "verdict publish closing-verdict --url https://desk.example/1 --as edith",
        "verdict issue closing --rating False --why No. --not-contacted No. --conflict none --evidence said --as jonas",
    ] {
        let asked = unwrapped(&world.on_terminal(line, "n", || {}).err);
        assert!(
            asked.contains("objection to what it rests on: #"),
            "{asked}"
        );
        assert!(asked.contains("It says May."), "{asked}");
    }
    // Its correction settles the objection, and the verdict rests on what fell.
    world.yes("withdraw said --reason 'It says May.' --as jonas");
    assert!(!world.run("verdict list").out.contains("to which objection"));
}

#[test]
fn a_verdict_on_other_words_of_the_claim_is_current_on_no_screen() {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    let corrected = |words: &str, of: &str, label: &str| {
        world.yes(&format!(
            "claim add '{words}' --claimant 'Ana Brandt' --supersedes {of} --correction typo \
             --was-wrong Words. --label {label} --as jonas"
        ));
    };
    // The same words: the verdict is the current one of the claim now.
    corrected("the bridge closes in April", "closing", "cl-2");
    assert_eq!(
        world.yes("show closing-verdict")["verdict"]["current"],
        true
    );
    assert_eq!(
        world.yes("show cl-2")["verdicts"].as_array().unwrap().len(),
        1
    );
    let shown = screen(&world, "closing-verdict");
    assert!(
        shown.contains("it is what desk-example says about this claim now"),
        "{shown}"
    );
    // Other words.
    corrected("the bridge closes in May", "cl-2", "cl-3");
    let shown = world.yes("show closing-verdict");
    assert_eq!(shown["verdict"]["current"], false);
    assert_eq!(shown["screen"]["verdict"]["current"], false);
    assert_eq!(shown["screen"]["verdict"]["currentForItsWords"], true);
    assert_eq!(world.yes("show cl-3").get("verdicts"), None);
    let told = screen(&world, "closing-verdict");
    assert!(
        told.contains("it is what desk-example says about the words of #6"),
        "{told}"
    );
    assert!(!told.contains("says about this claim now"), "{told}");
    for name in ["wire", "said"] {
        let shown = world.yes(&format!("show {name}"))["screen"].clone();
        let kind = if name == "wire" { "source" } else { "evidence" };
        assert_eq!(shown[kind]["verdicts"][0]["current"], false, "{shown}");
    }
}

#[test]
fn a_rating_of_an_utterance_says_that_it_was_said_and_not_that_it_is_so() {
    let world = World::with_verdict();
    world.yes(
        "claim add 'The bridge is safe.' --claimant 'Ana Brandt' --about utterance --wording verbatim --label spoke --as jonas",
    );
    world.yes("evidence add spoke wire --stance supports --quote 'closes in April' --label heard --as jonas");
    world.yes(
        "verdict issue spoke --rating True --why 'She said it.' --not-contacted No. --conflict none --evidence heard \
         --label spoke-verdict --as jonas",
    );
    let rates = "rates whether this was said, word for word; not whether it is so";
    let shown = screen(&world, "spoke-verdict");
    assert!(shown.contains(rates), "{shown}");
    let shown = screen(&world, "spoke");
    assert!(shown.contains("what was concluded nothing"), "{shown}");
    assert!(
        shown.contains("what was proposed, and is not approved"),
        "{shown}"
    );
    assert!(
        shown.contains("jonas proposes for desk-example [unapproved], #")
            && shown.contains("True, that it was said"),
        "{shown}"
    );
    assert!(
        world
            .run("claim list")
            .out
            .contains("\u{201c}True\u{201d}, that it was said")
    );
    world.yes("verdict approve spoke-verdict --conflict none --as edith");
    let shown = screen(&world, "spoke");
    assert!(
        shown.contains("desk-example [approved], #") && shown.contains("True, that it was said"),
        "{shown}"
    );
    assert!(!shown.contains("what was proposed"), "{shown}");
    world.yes("prove spoke-verdict -o spoke.dossier");
    let key = vkey(&world);
    let told = world
        .run(&format!("verify spoke.dossier --ledger-key {key}"))
        .out;
    assert!(unwrapped(&told).contains(rates), "{told}");
    assert!(
        told.ends_with("\nthe verdict \u{201c}True\u{201d} (that it was said) is approved\n"),
        "{told}"
    );
    // What a file says holds as of its last entry.
    assert!(told.contains("how it stands as of entry #"), "{told}");
    assert!(!told.contains("about this claim now"), "{told}");
    assert!(
        told.contains("in this file, nothing that it rests on"),
        "{told}"
    );
    let approval = screen(&world, &(world.size() - 1).to_string());
    assert!(
        approval.contains("True (five-step 1 of desk-example), that it was said, on the claim #")
            && approval.contains("The bridge is safe."),
        "{approval}"
    );
}

#[test]
fn a_source_lists_the_verdicts_that_rest_on_it_through_others() {
    let world = World::with_verdict();
    world.yes(
        "source add --title 'The order' --publisher 'Port office' --never-held --known-through wire --label order --as jonas",
    );
    world.yes("source add --title 'A draft' --publisher 'Port office' --never-held --known-through wire --label draft --as jonas");
    let none = screen(&world, "draft");
    assert!(none.contains("verdicts that depend on it none"), "{none}");
    world.yes("source relate order wasDerivedFrom draft --note 'It was the draft.' --as jonas");
    world.yes(
        "evidence add closing wire --stance supports --quote 'closes in April' --via order --label through --as jonas",
    );
    let verdict = number(&world.yes(
        "verdict issue closing --rating True --why So. --not-contacted No. --conflict none --evidence through --label late --as jonas",
    ));
    for source in ["order", "draft"] {
        let shown = screen(&world, source);
        let (_, depends) = shown.split_once("verdicts that depend on it").unwrap();
        assert!(
            depends.contains(&format!("#{verdict} late")),
            "{source}\n{shown}"
        );
    }
}

#[test]
fn a_description_that_a_newer_one_replaced_says_so_and_the_list_has_the_newer_one() {
    let world = World::newsroom();
    let first = number(&world.yes("org set desk-example --name 'The Desk' --as mara"));
    assert_eq!(
        world.yes(&format!("show {first}"))["standing"]["word"],
        "live"
    );
    let second = number(&world.yes("org set desk-example --name 'The New Desk' --as mara"));
    let shown = screen(&world, &first.to_string());
    assert!(
        shown.contains(&format!("[replaced by #{second}]")),
        "{shown}"
    );
    let listed = world.yes("org list");
    assert_eq!(listed[0]["entry"], second);
    assert_eq!(listed[0]["standing"]["word"], "live");
}

#[test]
fn corroboration_of_a_claim_that_was_withdrawn_or_corrected_says_so_first() {
    let world = World::with_verdict();
    world.yes(
        "claim add 'The bridge closes on 1 April.' --claimant 'Ana Brandt' --supersedes closing --correction correction \
         --was-wrong 'The day.' --label day --as jonas",
    );
    let newer = number(&world.yes("show day"));
    let told = world.run("corroboration closing").out;
    assert!(
        told.starts_with(&format!("the claim #6: superseded by #{newer}\n")),
        "{told}"
    );
    let by = number(&world.yes("withdraw day --reason 'Two claims.' --as jonas"));
    let told = world.run("corroboration day").out;
    assert!(
        told.starts_with(&format!("the claim #{newer}: withdrawn in #{by}")),
        "{told}"
    );
    let found = world.yes("corroboration day");
    assert_eq!(found["countedForm"]["standing"]["word"], "withdrawn");
    assert!(!world.run("corroboration closing-verdict").out.is_empty());
}

#[test]
fn what_a_stolen_key_would_change_is_shown_before_and_after_at_an_earlier_size_too() {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    let size = world.size();
    world.yes("claim add 'Another.' --claimant many --as jonas");
    let now = world.yes("key impact edith");
    let then = world.yes(&format!("key impact edith --at {size}"));
    assert_eq!(then["touched"][0]["before"], "approved");
    assert_eq!(then["touched"][0]["after"], "unapproved");
    assert_eq!(then["touched"], now["touched"]);
    let told = world.run(&format!("key impact edith --at {size}")).out;
    assert!(told.contains("approved -> unapproved"), "{told}");
}

#[test]
fn a_report_of_practice_says_in_which_zone_its_days_are() {
    let world = World::with_verdict();
    let found = world.yes("report practice --from 2020-01-01 --to 2099-12-31");
    assert_eq!(found["days"], "UTC");
    let told = world
        .run("report practice --from 2020-01-01 --to 2099-12-31")
        .out;
    assert!(
        told.starts_with("1 verdict signed from 2020-01-01 to 2099-12-31 (days of UTC), as of "),
        "{told}"
    );
}

#[test]
fn a_policy_and_a_scale_do_not_contradict_each_other_about_evidence() {
    let world = World::newsroom();
    let scale = screen(&world, "1");
    assert!(
        scale.contains("(asks for evidence for the claim)"),
        "{scale}"
    );
    let policy = screen(&world, "2");
    assert!(
        policy.contains(
            "evidence a verdict may be approved without the evidence that its scale asks for"
        ),
        "{policy}"
    );
}
