//! Applies the rules to a dossier's entries: the same `admit` as for the log, entry by entry in the log's order.
//!
//! If the file holds the whole log, the result is that of the audit. Otherwise the rest of the log is unknown: see
//! `rules::partial_log`.

use super::Error;
use super::report::{NotJudged, ProvenEntry};
use crate::crypto::PublicKey;
use crate::encoding::millis::UnixMillis;
use crate::encoding::name::Origin;
use crate::envelope::Verified;
use crate::model::Body;
use crate::rules::{
    Candidate, Changes, Doubt, Fact, FactKey, MemoryView, Overlay, Refusal, Rejection, Rest,
    Standing, Standings, View, key_holder,
};
use crate::rules::{admit, checkpoint_keys, standing};
use crate::tlog::combined::Combined;
use crate::tlog::{EntryIndex, TreeSize};
use std::convert::Infallible;

/// The result of the rules for the entries.
pub(super) struct JudgedEntries {
    pub entries: Vec<ProvenEntry>,
    /// The standing of the subject, if it is a verdict.
    pub standing: Option<Standing>,
    /// Rules that could not be decided.
    pub doubts: Vec<NotJudged>,
    /// The ledger's name, by entry 0.
    pub origin: Origin,
    /// The keys that must sign this head.
    pub checkpoint_keys: Vec<PublicKey>,
    /// The keys that no longer sign checkpoints, each with the entry that retired it.
    pub retired: Vec<(PublicKey, EntryIndex)>,
    /// The facts that the entries make.
    pub facts: Overlay<Rest>,
}

/// An entry of the file: index, time, statement.
pub(super) type OpenedEntry = (EntryIndex, UnixMillis, Verified);

/// Judges entries that stand in ascending order and begin with entry 0, under a head of `size` entries.
pub(super) fn judge(
    said: Vec<OpenedEntry>,
    subject: EntryIndex,
    tree: &Combined,
    size: TreeSize,
) -> Result<JudgedEntries, Error> {
    if said.len() as u64 == size.get() {
        let nothing = MemoryView::default();
        replay(&nothing, &Vec::new, said, subject, tree, size)
    } else {
        let rest = Rest::default();
        replay(&rest, &|| rest.doubts(), said, subject, tree, size)
    }
}

fn replay<B: View<Error = Infallible>>(
    below: &B,
    doubts: &dyn Fn() -> Vec<Doubt>,
    said: Vec<OpenedEntry>,
    subject: EntryIndex,
    tree: &Combined,
    size: TreeSize,
) -> Result<JudgedEntries, Error> {
    let whole = said.len() as u64 == size.get();
    let mut view = Overlay::new(below);
    for (_, _, statement) in &said {
        if let Some(seen) = statement.seen
            && let Some(root) = tree.root_at(seen.size)
        {
            view.reach(seen.size, root);
        }
    }
    let mut not_judged = Vec::new();
    for (index, time, statement) in &said {
        let candidate = Candidate {
            index: *index,
            time: *time,
            statement,
        };
        let changes = admitted(&view, &candidate, whole)?;
        let open = doubts().into_iter();
        not_judged.extend(open.map(|doubt| NotJudged::new(*index, &doubt)));
        view.apply(&changes);
    }
    let Ok(ledger) = view.ledger();
    let origin = ledger
        .ok_or_else(|| incomplete(EntryIndex::FIRST, "entry 0"))?
        .origin;
    let Ok(checkpoint_keys) = checkpoint_keys(&view, size);
    let mut retired = Vec::new();
    for (_, _, statement) in &said {
        if let Body::CheckpointRetire(retire) = &statement.body
            && let Ok(Some(Fact::CheckpointKey(fact))) = view.fact(&FactKey::Key(retire.key))
        {
            retired.extend(fact.retired.map(|entry| (retire.key, entry)));
        }
    }
    let Ok(standings) = Standings::at(&view, size);
    let Ok(standing) = standing(standings.reading(), subject);
    let entries = said
        .into_iter()
        .map(|(index, time, statement)| proven(&standings, index, time, statement))
        .collect::<Result<_, _>>()?;
    Ok(JudgedEntries {
        entries,
        standing,
        doubts: not_judged,
        origin,
        checkpoint_keys,
        retired,
        facts: view.over(Rest::default()),
    })
}

/// What an entry changes. It is refused as the log refuses it. If the file is only part of the log, a key or an
/// organisation that no entry in the file introduces is reported as missing from the file.
fn admitted<V: View<Error = Infallible>>(
    view: &V,
    candidate: &Candidate<'_>,
    whole: bool,
) -> Result<Changes, Error> {
    let index = candidate.index;
    let rejection = match admit(view, candidate) {
        Ok(changes) => return Ok(changes),
        Err(Refusal::Rejected(rejection)) => rejection,
        Err(Refusal::View(never)) => match never {},
    };
    Err(match rejection {
        Rejection::KeyUnknown { key } if !whole => {
            incomplete(index, &format!("the enrolment of key {key}"))
        }
        Rejection::OrganisationUnknown { organisation } if !whole => {
            incomplete(index, &format!("the entry of organisation {organisation}"))
        }
        rejection => Error::Refused {
            index,
            rejection: Box::new(rejection),
        },
    })
}

fn proven<V: View<Error = Infallible>>(
    standings: &Standings<'_, V>,
    index: EntryIndex,
    time: UnixMillis,
    statement: Verified,
) -> Result<ProvenEntry, Error> {
    let Ok(signer) = key_holder(standings.reading().view(), &statement.key, index);
    let signer = signer.ok_or_else(|| incomplete(index, "its signer's enrolment"))?;
    let Ok(standing) = standings.of(index);
    let standing = standing.ok_or_else(|| incomplete(index, "its statement"))?;
    Ok(ProvenEntry {
        index,
        time,
        statement,
        holder: signer.holder,
        organisation: signer.organisation,
        roles: signer.roles,
        standing,
    })
}

fn incomplete(by: EntryIndex, what: &str) -> Error {
    Error::Incomplete {
        by,
        what: what.to_owned(),
    }
}
