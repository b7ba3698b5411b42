//! A made-up second version of the rules: it applies from the upgrade on, and never before.

use super::bodies::*;
use super::desk::*;
use crate::model::Body;
use crate::model::ledger::RulesUpgrade;
use crate::model::organisation::Role;
use crate::rules::{BOOKS, Book, View as _, roles};

/// In the second version editors also record claims, and importers no longer do.
fn second(body: &Body) -> &'static [Role] {
    match body {
        Body::ClaimAdd(_) => &[Role::Editor, Role::Reviewer],
        _ => roles::roles(body),
    }
}

fn desk_that_knows_two() -> Desk {
    let mut desk = Desk::staffed();
    desk.books.push(Book {
        version: 2,
        roles: second,
        methods: &[crate::corroboration::METHOD],
    });
    desk
}

fn upgrade(rules: u64) -> Body {
    RulesUpgrade { rules }.into()
}

#[test]
fn an_upgrade_must_be_to_a_version_that_the_program_knows() {
    let mut desk = Desk::staffed();
    assert_eq!(desk.refused(&secret(ADA), upgrade(2)), "rules-version");
    let mut desk = desk_that_knows_two();
    assert_eq!(desk.refused(&secret(ADA), upgrade(3)), "rules-version");
    assert_eq!(desk.refused(&secret(OLGA), upgrade(2)), "founder-only");
    assert_eq!(desk.refused(&secret(CAROL), upgrade(2)), "role-missing");
    desk.say(&secret(ADA), upgrade(2));
    assert_eq!(desk.refused(&secret(ADA), upgrade(2)), "rules-order");
    assert_eq!(desk.view.ledger().unwrap().unwrap().rules, 2);
}

#[test]
fn each_entry_is_judged_by_the_version_in_force_there() {
    let mut desk = desk_that_knows_two();
    let (carol, importer) = (secret(CAROL), secret(IMPORTER));
    assert_eq!(
        desk.refused(&carol, claim("it rains").into()),
        "role-missing"
    );
    desk.say(&importer, claim("it rains").into());
    desk.say(&secret(ADA), upgrade(2));
    desk.say(&carol, claim("it pours").into());
    assert_eq!(
        desk.refused(&importer, claim("it snows").into()),
        "role-missing"
    );
}

#[test]
fn a_program_without_the_version_in_force_refuses() {
    let mut desk = desk_that_knows_two();
    desk.say(&secret(ADA), upgrade(2));
    desk.books = BOOKS.to_vec();
    assert_eq!(
        desk.refused(&secret(BOB), claim("it rains").into()),
        "rules-version"
    );
}
