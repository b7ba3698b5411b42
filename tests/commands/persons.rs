//! Two organisations in one ledger: whose words count, who answers an objection, and names that both use.

use crate::commands::world::{World, unwrapped};
use serde_json::Value;

/// The newsroom with a verdict by jonas, a second editor rita, and otto, the admin of another organisation.
fn with_guests() -> World {
    let world = World::with_verdict();
    world.yes("key new rita --no-passphrase");
    world.yes("key enroll rita --role editor --as mara");
    world.yes("org set other --name Other --as mara");
    world.yes("key new otto --no-passphrase");
    world.yes("key enroll otto --role admin --org other --as mara");
    world
}

/// Olga, an editor and reviewer of the other organisation.
fn with_olga() -> World {
    let world = with_guests();
    world.yes("key new olga --no-passphrase");
    world.yes("key enroll olga --role editor --role reviewer --org other --as otto");
    world
}

fn outcome(world: &World) -> Value {
    let all = world.yes("verdict list");
    all["found"][0]["details"]["approval"]["outcome"].clone()
}

#[test]
fn an_admin_of_another_organisation_cannot_speak_as_an_editor_of_this_one() {
    let world = with_guests();
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes("verdict reject closing-verdict --note No. --conflict none --as rita");
    assert_eq!(outcome(&world), "rejected");
    world.yes("key new fake --no-passphrase");
    world.yes("key enroll fake --holder rita --role editor --org other --as otto");
    world.yes("verdict approve closing-verdict --conflict none --as fake");
    assert_eq!(outcome(&world), "rejected");
    let list = world.run("verdict list").out;
    assert!(list.contains("jonas of desk-example"), "{list}");
    let shown = unwrapped(&world.run("show closing-verdict").out);
    let remark = "DOES NOT COUNT: rita of other (editor) approved";
    assert!(shown.contains(remark), "{shown}");
    assert!(
        shown.contains("does not count: the policy does not list their organisation"),
        "{shown}"
    );
    world.clean("");
}

#[test]
fn a_ledger_of_one_organisation_shows_names_alone() {
    let world = World::with_verdict();
    let list = world.run("verdict list").out;
    assert!(
        list.contains("jonas") && !list.contains("jonas of"),
        "{list}"
    );
}

#[test]
fn what_is_found_is_shown_with_its_signer_and_among_several_organisations_with_theirs() {
    let alone = World::with_verdict().run("search bridge").out;
    assert!(
        alone.contains("claim.add \u{201c}closing\u{201d} by jonas: "),
        "{alone}"
    );
    let world = with_olga();
    world.yes("claim add 'The bridge stays open.' --claimant many --label open --as olga");
    let found = world.run("search bridge").out;
    assert!(
        found.contains("claim.add \u{201c}open\u{201d} by olga of other: "),
        "{found}"
    );
    assert!(
        found.contains("\u{201c}closing\u{201d} by jonas of desk-example: "),
        "{found}"
    );
    let json = world.yes("search bridge");
    assert!(
        json["found"]
            .as_array()
            .unwrap()
            .iter()
            .any(|f| f["organisation"] == "other")
    );
}

#[test]
fn a_guest_decides_nothing_about_our_verdict() {
    let world = with_olga();
    world.yes("verdict approve closing-verdict --conflict none --as olga");
    assert_eq!(outcome(&world), "unapproved");
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes("verdict reject closing-verdict --note No. --conflict none --as olga");
    assert_eq!(outcome(&world), "approved");
    world.clean("");
}

#[test]
fn a_colleague_of_another_organisation_is_the_second_pair_of_eyes_if_the_policy_says_so() {
    let world = with_olga();
    world.file(
        "policy.toml",
        "approvals = 1\napprovals-from = [\"other\"]\n",
    );
    world.yes("policy set policy.toml --as mara");
    world.yes("verdict approve closing-verdict --conflict none --as olga");
    assert_eq!(outcome(&world), "approved");
    world.file("policy.toml", "approvals = 2\norganisations = 2\n");
    world.no("policy set policy.toml --as mara", 4, "policy-bounds");
}

#[test]
fn nobody_upholds_their_own_objection() {
    let world = with_olga();
    world.yes(
        "dispute open closing-verdict --grounds factualError --note Wrong. --label doubt --as olga",
    );
    let answer = "dispute answer doubt --outcome upheld --note Right.";
    world.no(&format!("{answer} --as olga"), 4, "own-statement");
    world.no(&format!("{answer} --as jonas"), 4, "own-statement");
    world.yes("dispute answer doubt --outcome reply --note 'I asked him again.' --as jonas");
    world.file("policy.toml", "approvals = 1\ncorrection-days = 7\n");
    world.yes("policy set policy.toml --as mara");
    world.yes(&format!("{answer} --as edith"));
    let words = world.run("verdict list").out;
    assert!(
        words.contains(" accepted: this must be corrected by 2"),
        "{words}"
    );
    world.yes(
        "verdict issue closing --rating False --why 'He took it back.' --conflict none \
         --supersedes closing-verdict --correction ratingChange --was-wrong Rating. --as jonas --label better",
    );
    world.yes("verdict approve better --conflict none --as edith");
    let words = world.run("verdict list --all").out;
    assert!(words.contains(" accepted, corrected in #"), "{words}");
    world.no(
        "withdraw doubt --reason No. --as olga",
        4,
        "dispute-answered",
    );
    world.clean("");
}

#[test]
fn an_approval_that_was_kept_cannot_be_sent_after_the_rejection() {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --conflict none --as edith --draft a.json");
    world.yes("sign a.json -o a.dsse.json --as edith");
    world.yes("verdict reject closing-verdict --note No. --conflict none --as edith");
    let size = world.size();
    world.no("submit a.dsse.json", 4, "word-not-seen");
    assert_eq!((world.size(), outcome(&world)), (size, "rejected".into()));
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    assert_eq!(outcome(&world), "approved");
}

#[test]
fn a_key_of_one_of_two_namesakes_is_named_with_its_organisation() {
    let world = with_guests();
    world.yes("key new fake --no-passphrase");
    world.yes("key enroll fake --holder rita --role editor --org other --as otto");
    // On a machine that has neither key, a name alone is not enough.
    std::fs::rename(world.path("keys/rita.pub"), world.path("rita.pub")).unwrap();
    std::fs::rename(world.path("keys/rita"), world.path("rita")).unwrap();
    world.no("key impact rita --from 1", 4, "key-ambiguous");
    let impact = world.yes("key impact desk-example/rita --from 1");
    assert_eq!(impact["holder"], "rita");
}

/// The names at one level of an answer, in the order in which they are written.
fn no_name_twice(json: &str) {
    struct Names;
    impl<'de> serde::de::DeserializeSeed<'de> for Names {
        type Value = ();
        fn deserialize<D: serde::Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
            d.deserialize_any(self)
        }
    }
    impl<'de> serde::de::Visitor<'de> for Names {
        type Value = ();
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("JSON")
        }
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }
        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }
        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }
        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
            while seq.next_element_seed(Self)?.is_some() {}
            Ok(())
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            let mut seen = std::collections::BTreeSet::new();
            while let Some(name) = map.next_key::<String>()? {
                assert!(seen.insert(name.clone()), "{name} stands twice");
                map.next_value_seed(Self)?;
            }
            Ok(())
        }
    }
    use serde::de::DeserializeSeed as _;
    let mut reader = serde_json::Deserializer::from_str(json);
    Names.deserialize(&mut reader).unwrap();
}

#[test]
fn no_answer_has_a_field_twice() {
    let world = World::with_verdict();
    for command in [
        "show closing",
        "show closing-verdict",
        "show wire",
        "verdict list",
        "claim list",
        "source list",
        "evidence list",
        "log",
        "key list",
        "org list",
        "scale list",
        "scale show",
        "policy show",
        "audit",
        "corroboration closing",
        "checkpoint",
        "doctor",
        "report practice",
        "dispute list",
    ] {
        let ran = world.run(&format!("{command} --json"));
        assert!(!ran.out.is_empty(), "{command}: {}", ran.err);
        no_name_twice(&ran.out);
    }
}

#[test]
fn each_organisation_has_its_own_conclusion_on_one_claim_in_lists_and_on_the_screen() {
    let world = with_olga();
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.file(
        "theirs.toml",
        "scale = \"theirs\"\ntitle = \"Theirs\"\n[[rating]]\nlabel = \"False\"\ncode = \"false\"\nneeds = \"neither\"\n",
    );
    world.yes("scale set theirs.toml --as otto");
    world.yes(
        "verdict issue closing --scale theirs --rating False --why Elsewhere. --conflict none --label other-verdict \
         --as olga",
    );
    let listed = world.yes("claim list");
    let ratings = listed["found"][0]["ratings"].as_array().unwrap().len();
    assert_eq!(ratings, 2, "{listed}");
    let shown = unwrapped(&world.run("show closing").out);
    let (concluded, proposed) = shown
        .split_once("what was proposed, and is not approved")
        .expect("a proposal");
    assert!(concluded.contains("desk-example [approved]"), "{shown}");
    assert!(
        proposed.contains("olga proposes for other [unapproved]"),
        "{shown}"
    );
    world.clean("");
}
