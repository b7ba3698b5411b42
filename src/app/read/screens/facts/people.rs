//! Keys and the people who hold them.

use super::told::Told;
use crate::app::Error;
use crate::app::read::screens::pages::{Pages, SignedBy};
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::foreign;
use claimledger_core::model::checkpoint_event::CheckpointRotate;
use claimledger_core::model::key_event::{Enroll, Recover, RevocationReason, Revoke, Rotate};
use claimledger_core::model::ledger::Create;
use claimledger_core::model::organisation::Role;
use claimledger_core::rules::View as _;

pub(super) fn created(create: &Create) -> Told {
    let recovery = create.recovery.as_ref();
    Told::new(format!(
        "{} of {} founded the ledger {}.",
        create.holder,
        create.organisation.organisation,
        foreign::name(create.origin.as_str())
    ))
    .theirs("title", &create.title)
    .perhaps("founder", create.name.as_ref())
    .theirs("organisation", &create.organisation.name)
    .perhaps("web site", create.organisation.url.as_ref())
    .ours("rules", format!("version {}", create.rules))
    .ours("checkpoint key", create.checkpoint_key.fingerprint())
    .ours(
        "recovery",
        recovery.map_or_else(
            || "no recovery keys".to_owned(),
            |recovery| {
                format!(
                    "{} of {} recovery keys can replace an admin",
                    recovery.threshold,
                    recovery.keys.len()
                )
            },
        ),
    )
    .maybe(
        "continues",
        create.succeeds.as_ref().map(|before| {
            format!(
                "{}, whose last known head has {} entries",
                foreign::name(before.origin.as_str()),
                before.size
            )
        }),
    )
}

pub(super) fn enrolled(enroll: &Enroll, by: &SignedBy) -> Told {
    Told::new(format!(
        "{} enrolled a key of {}, who signs for {} as {}.",
        by.who(),
        enroll.holder,
        enroll.organisation,
        roles(&enroll.roles)
    ))
    .perhaps("name", enroll.name.as_ref())
    .ours("key", enroll.key.fingerprint())
}

pub(super) fn rotated(rotate: &Rotate, by: &SignedBy) -> Told {
    Told::new(format!("{} signs with a new key from here on.", by.who()))
        .ours("new key", rotate.new_key.fingerprint())
}

pub(super) fn revoked(pages: &Pages<'_>, revoke: &Revoke, by: &SignedBy) -> Result<Told, Error> {
    let holder = pages.reading().view().key(&revoke.key)?;
    let holder = holder.map_or_else(
        || "somebody who is not enrolled".to_owned(),
        |key| format!("{} of {}", key.holder, key.organisation),
    );
    let why = match revoke.reason {
        RevocationReason::Superseded => "another key took its place",
        RevocationReason::Left => "its holder left",
        RevocationReason::Lost => "it is lost",
        RevocationReason::Compromised => "somebody else may have it",
    };
    Ok(
        Told::new(format!("{} ended a key of {holder}: {why}.", by.who()))
            .maybe(
                "distrusted",
                revoke
                    .distrust_from
                    .map(|from| format!("everything that it signed from entry #{from} on")),
            )
            .perhaps("note", revoke.note.as_ref())
            .ours("key", revoke.key.fingerprint()),
    )
}

pub(super) fn recovered(recover: &Recover, by: &SignedBy) -> Told {
    let mut told = Told::new(format!(
        "The recovery keys made {} an admin with a new key.",
        by.who()
    ))
    .perhaps("name", recover.name.as_ref())
    .ours(
        "signed by",
        format!("{} recovery keys", recover.signatures.len()),
    );
    for revoked in &recover.revoked {
        told = told.ours(
            "ended key",
            format!(
                "{}, distrusted from entry #{} on",
                revoked.key.fingerprint(),
                revoked.distrust_from
            ),
        );
    }
    told
}

pub(super) fn checkpoint_key(rotate: &CheckpointRotate, by: &SignedBy) -> Told {
    Told::new(format!(
        "{} added a key that signs the ledger's checkpoints from here on.",
        by.who()
    ))
    .ours("new key", rotate.new_key.fingerprint())
}

pub(super) fn checkpoint_key_ends(key: &PublicKey, by: &SignedBy) -> Told {
    Told::new(format!(
        "{} ended a key that signed the ledger's checkpoints.",
        by.who()
    ))
    .ours("key", key.fingerprint())
}

/// `editor and reviewer`.
fn roles(roles: &[Role]) -> String {
    let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    roles.join(" and ")
}
