//! The rule books, by version. An upgrade may change only what is in here; older books stay for ever.

use super::roles;
use crate::corroboration::METHOD;
use crate::model::Body;
use crate::model::organisation::Role;

/// One version of the rules, as far as versions differ.
#[derive(Debug, Clone, Copy)]
pub struct Book {
    /// The version.
    pub version: u64,
    /// A key needs one of these roles for this type; none: the statement's own rule decides who may sign it.
    pub roles: fn(&Body) -> &'static [Role],
    /// The corroboration methods that a verdict may use.
    pub methods: &'static [u64],
}

/// The books that this program has, by ascending version without a gap.
pub const BOOKS: &[Book] = &[Book {
    version: 1,
    roles: roles::roles,
    methods: &[METHOD],
}];

/// The book of a version.
pub fn book(books: &[Book], version: u64) -> Option<&Book> {
    books.iter().find(|book| book.version == version)
}

/// The newest version of these books.
pub fn newest(books: &[Book]) -> u64 {
    books.last().map_or(0, |book| book.version)
}
