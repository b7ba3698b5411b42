//! Open work: what is in the list, whose it is, and whether the command in each row works.

use crate::commands::world::World;
use claimledger::app::record::claim::{self, NewClaim};
use claimledger_core::UnixMillis;
use serde_json::Value;

/// The rows that `todo` has, for a person or for all.
fn rows(world: &World, who: Option<&str>) -> Vec<Value> {
    let line = who.map_or("todo".to_owned(), |who| format!("todo --as {who}"));
    match world.yes(&line) {
        Value::Array(rows) => rows,
        other => panic!("no list: {other}"),
    }
}

/// The rows of a kind.
fn of_kind(world: &World, who: Option<&str>, kind: &str) -> Vec<Value> {
    let mut rows = rows(world, who);
    rows.retain(|row| row["kind"] == kind);
    rows
}

fn names(row: &Value) -> Vec<&str> {
    let who = row["who"].as_array().expect("people");
    who.iter()
        .map(|who| who["holder"].as_str().expect("a name"))
        .collect()
}

fn kinds(world: &World, who: Option<&str>) -> Vec<String> {
    let rows = rows(world, who);
    rows.iter()
        .map(|row| row["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

/// Runs the command of a row, as it stands there.
fn follow(world: &World, row: &Value) {
    let next = row["next"].as_str().expect("a command");
    let command = next.strip_prefix("claimledger ").expect("this program");
    let run = world.run(&format!("{command} --yes"));
    let reads = run.code == 2 && run.err.contains("--yes");
    if reads {
        let run = world.run(command);
        assert_eq!(run.code, 0, "{next}: {}", run.err);
    } else {
        assert_eq!(run.code, 0, "{next}: {}", run.err);
    }
}

#[test]
fn a_verdict_waits_for_those_whose_approval_counts_until_it_is_approved() {
    let world = World::with_verdict();
    let waits = of_kind(&world, None, "approve");
    assert_eq!(waits.len(), 1);
    // Not Jonas, who is the author.
    assert_eq!(names(&waits[0]), ["edith", "mara"]);
    assert_eq!(waits[0]["what"]["label"], "closing-verdict");
    let words = waits[0]["words"].as_str().unwrap();
    assert!(
        words.contains("The bridge closes in April.")
            && words.contains("needs 1 approval (it has 0)"),
        "{words}"
    );
    assert_eq!(waits[0]["since"], waits[0]["what"]["issued"]);
    assert_eq!(kinds(&world, Some("edith")), ["approve"]);
    assert!(kinds(&world, Some("jonas")).is_empty());
    let mine = of_kind(&world, Some("edith"), "approve");
    let next = mine[0]["next"].as_str().unwrap();
    assert!(next.ends_with("--as edith"), "{next}");
    follow(&world, &mine[0]);
    assert!(rows(&world, None).is_empty());
    assert_eq!(
        world.run("todo").out,
        "no approval, objection or correction is waiting\n"
    );
    assert_eq!(
        world.run("todo --as edith").out,
        "no approval, objection or correction is waiting for edith\n"
    );
    world.no("todo --as nobody-here", 4, "key-unknown");
}

#[test]
fn who_has_spoken_is_not_asked_again_and_a_policy_that_asks_for_interests_gets_no_words_put_in_its_mouth()
 {
    let world = World::with_verdict();
    world.file(
        "policy.toml",
        "approvals = 2\nholders = 2\nroles = [\"editor\"]\nconflicts-declared = true\n",
    );
    world.yes("policy set policy.toml --as mara");
    world.yes(
        "verdict issue closing --rating True --why Because. --conflict none --label second \
         --as jonas",
    );
    // Without declared interests the approval does not count: Edith can give it again.
    world.yes("verdict approve second --as edith");
    let second = |who| {
        let mut rows = of_kind(&world, who, "approve");
        rows.retain(|row| row["what"]["label"] == "second");
        rows
    };
    let waits = second(Some("edith"));
    assert_eq!(waits.len(), 1);
    assert!(
        waits[0]["next"]
            .as_str()
            .unwrap()
            .starts_with("claimledger show ")
    );
    follow(&world, &waits[0]);
    world.yes("verdict approve second --conflict none --as edith");
    assert!(second(Some("edith")).is_empty());
    let waits = second(Some("mara"));
    assert!(
        waits[0]["words"]
            .as_str()
            .unwrap()
            .contains("needs 2 approvals (it has 1)")
    );
    world.yes("verdict abstain second --conflict none --as mara");
    let waits = second(None);
    assert!(names(&waits[0]).is_empty());
    let shown = world.run("todo").out;
    assert!(
        shown.contains("for no person in the ledger can do it now"),
        "{shown}"
    );
}

#[test]
fn a_rejected_verdict_is_its_authors_until_a_correction_waits() {
    let world = World::with_verdict();
    world.yes("verdict reject closing-verdict --note 'The reply is missing.' --as edith");
    assert_eq!(kinds(&world, None), ["rejected"]);
    assert_eq!(kinds(&world, Some("jonas")), ["rejected"]);
    assert!(kinds(&world, Some("edith")).is_empty());
    let row = &rows(&world, Some("jonas"))[0];
    assert!(row["words"].as_str().unwrap().contains("rejected by edith"));
    follow(&world, row);
    world.yes(
        "verdict issue closing --rating False --why Because. --conflict none --label second \
         --supersedes closing-verdict --correction ratingChange --was-wrong All. --as jonas",
    );
    let open = kinds(&world, None);
    assert!(!open.contains(&"rejected".to_owned()), "{open:?}");
    assert!(kinds(&world, Some("edith")).contains(&"approveCorrection".to_owned()));
    // The rating asks for evidence against the claim, and there is none: no approval brings it.
    let lacks = of_kind(&world, None, "incomplete");
    assert!(lacks.iter().all(|row| names(row) == ["jonas"]), "{lacks:?}");
}

#[test]
fn an_objection_waits_for_its_answer_and_once_upheld_for_the_correction_with_its_date() {
    let world = World::with_verdict();
    world.file(
        "policy.toml",
        "approvals = 1\nroles = [\"editor\"]\ncorrection-days = 3\n",
    );
    world.yes("policy set policy.toml --as mara");
    world.yes("verdict approve closing-verdict --as edith");
    world.yes(
        "dispute open closing-verdict --grounds factualError --note 'It closes on 2 April.' \
         --label no --as mara",
    );
    let waits = of_kind(&world, None, "answer");
    assert_eq!(waits.len(), 1);
    // Neither Mara, who objects, nor Jonas, whose verdict it is.
    assert_eq!(names(&waits[0]), ["edith"]);
    assert_eq!(kinds(&world, Some("edith")), ["answer"]);
    assert!(kinds(&world, Some("jonas")).is_empty() && kinds(&world, Some("mara")).is_empty());
    follow(&world, &waits[0]);
    let answer = world.yes("dispute answer no --outcome upheld --note True. --as edith");
    let due = of_kind(&world, Some("jonas"), "correct");
    assert_eq!(due.len(), 1);
    let issued = world.yes(&format!("show {}", answer["index"]))["issued"].clone();
    assert_eq!(due[0]["since"], issued);
    let day: jiff::civil::Date = issued.as_str().unwrap()[..10].parse().unwrap();
    let third = day.checked_add(jiff::ToSpan::days(3)).unwrap();
    assert_eq!(due[0]["due"], third.to_string());
    let text = world.run("todo").out;
    assert!(
        text.contains(&format!("due by {third} (UTC), since ")),
        "{text}"
    );
    follow(&world, &due[0]);
    // The correction settles it as soon as it is approved.
    world.yes(
        "verdict issue closing --rating True --why 'On 2 April.' --conflict none --label second \
         --supersedes closing-verdict --correction correction --was-wrong 'The day.' --as jonas",
    );
    assert_eq!(
        kinds(&world, Some("edith")),
        ["correct", "approveCorrection"]
    );
    world.yes("verdict approve second --as edith");
    assert!(rows(&world, None).is_empty(), "{:?}", rows(&world, None));
}

#[test]
fn a_forecast_is_open_from_the_day_after_it_fell_due_until_a_later_verdict() {
    let world = World::newsroom();
    let forecast = |text: &str, due: &str| {
        world.yes(&format!(
            "claim add '{text}' --claimant many --about forecast --due {due} --as jonas"
        ));
    };
    forecast("The bridge opens by 2001.", "2001-01-01");
    forecast("The harbour opens by 2190.", "2190-01-01");
    let open = of_kind(&world, None, "forecastDue");
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["words"], "The bridge opens by 2001.");
    assert_eq!(open[0]["since"], "2001-01-01");
    // Reviewers of the organisation that recorded it.
    assert_eq!(names(&open[0]), ["jonas", "mara"]);
    assert!(of_kind(&world, Some("edith"), "forecastDue").is_empty());
    follow(&world, &open[0]);
    let claim = open[0]["what"]["index"].clone();
    world.yes(&format!(
        "verdict issue {claim} --rating True --why Because. --conflict none --as jonas"
    ));
    assert!(of_kind(&world, None, "forecastDue").is_empty());
}

#[test]
fn what_changed_beneath_a_verdict_is_open_for_its_organisation() {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --as edith");
    assert!(rows(&world, None).is_empty());
    world.file(
        "later.txt",
        "Velden (Northern Wire). This report is under review.\n",
    );
    world.yes("source capture wire later.txt --quotations-gone --as jonas");
    let lost = of_kind(&world, Some("jonas"), "quotationLost");
    assert_eq!(lost.len(), 1);
    assert!(
        lost[0]["words"]
            .as_str()
            .unwrap()
            .contains("The bridge closes in April"),
        "{lost:?}"
    );
    follow(&world, &lost[0]);
    world.yes("withdraw said --reason 'It is under review.' --as jonas");
    let open = kinds(&world, Some("jonas"));
    assert!(open.contains(&"restsOnFallen".to_owned()), "{open:?}");
    assert!(
        open.contains(&"corroborationChanged".to_owned()),
        "{open:?}"
    );
    assert!(!open.contains(&"quotationLost".to_owned()), "{open:?}");
    for row in rows(&world, Some("jonas")) {
        assert_eq!(names(&row), ["jonas", "mara"]);
        follow(&world, &row);
    }
    assert!(kinds(&world, Some("edith")).is_empty());
    // A withdrawn verdict rests on nothing.
    world.yes("withdraw closing-verdict --reason 'Nothing is left.' --as jonas");
    assert!(rows(&world, None).is_empty());
}

#[test]
fn what_was_added_at_one_moment_is_one_row_and_the_rest_has_a_row_each() {
    let world = World::newsroom();
    let at = UnixMillis::new(3_812_000_000_000);
    for number in 0..12 {
        let text = format!(
            "text = \"It opens in year {number}.\"\nclaimant = [\"unknown\"]\nabout = \"forecast\"\ndue = \"2001-01-01\""
        );
        let new: NewClaim = toml::from_str(&text).unwrap();
        world.says(at, "jonas", &format!("claim-{number}"), |session| {
            claim::propose(session, &new).unwrap().body
        });
    }
    world.yes(
        "claim add 'It opens tomorrow.' --claimant many --about forecast --due 2001-01-02 \
         --clock-is-right --as mara",
    );
    let open = of_kind(&world, None, "forecastDue");
    assert_eq!(open.len(), 2, "{open:?}");
    assert_eq!(open[0]["all"].as_array().unwrap().len(), 12);
    assert!(
        open[0]["words"]
            .as_str()
            .unwrap()
            .starts_with("12 that were added together, the first: It opens in year 0."),
        "{}",
        open[0]["words"]
    );
    assert_eq!(open[1].get("all"), None);
}
