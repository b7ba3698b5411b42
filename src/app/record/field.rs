//! The fields of what a person records, as the types of the model; each refusal names its field.

use crate::app::{Error, InField as _, Session};
use claimledger_core::encoding::Defect;
use claimledger_core::model::{FreeText, StatementId, StatementType};
use std::str::FromStr;

/// An optional text of a person.
pub(super) fn open_text<const MAX: usize, const VERBATIM: bool>(
    given: Option<&String>,
    field: &'static str,
) -> Result<Option<FreeText<MAX, VERBATIM>>, Error> {
    given
        .cloned()
        .map(FreeText::open)
        .transpose()
        .in_field(field)
}

/// Texts of a person.
pub(super) fn open_texts<const MAX: usize, const VERBATIM: bool>(
    given: &[String],
    field: &'static str,
) -> Result<Vec<FreeText<MAX, VERBATIM>>, Error> {
    let texts = given.iter().map(|text| FreeText::open(text.clone()));
    texts.collect::<Result<_, _>>().in_field(field)
}

/// An optional value of a fixed form, such as a date.
pub(super) fn parsed<T: FromStr<Err = Defect>>(
    given: Option<&str>,
    field: &'static str,
) -> Result<Option<T>, Error> {
    given.map(str::parse).transpose().in_field(field)
}

/// The statement that a person names, if any.
pub(super) fn id(
    session: &Session,
    given: Option<&String>,
    wanted: StatementType,
    field: &'static str,
) -> Result<Option<StatementId>, Error> {
    let id = given.map(|name| session.id_of(name, wanted));
    id.transpose().in_field(field)
}

/// The statements that a person names, as a set has them: ascending, each once.
pub(super) fn ids(
    session: &Session,
    given: &[String],
    wanted: StatementType,
    field: &'static str,
) -> Result<Vec<StatementId>, Error> {
    let ids = given.iter().map(|name| session.id_of(name, wanted));
    let mut ids = ids.collect::<Result<Vec<_>, Error>>().in_field(field)?;
    ids.sort();
    ids.dedup();
    Ok(ids)
}
