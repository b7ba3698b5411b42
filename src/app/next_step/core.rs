//! What to do next about each code of `claimledger-core`.

use claimledger_core::Code;

/// What to do next; none if the message already says it.
#[expect(clippy::too_many_lines, reason = "one arm for each next step")]
pub(super) const fn next_step(code: Code) -> &'static str {
    match code {
        Code::NoLedger => {
            "Create one with `claimledger init ORIGIN --as NAME`, or give its folder with --ledger."
        }
        Code::LedgerDamaged
        | Code::TileUnreadable
        | Code::TilesMissing
        | Code::CheckpointMalformed
        | Code::CheckpointUnsupported
        | Code::EntryMalformed
        | Code::EntryNotCanonical
        | Code::EntryVersion
        | Code::EntryIndex
        | Code::EntryKeyMismatch
        | Code::TimeBackwards
        | Code::ChainBroken
        | Code::CheckpointSignature
        | Code::CheckpointOrigin
        | Code::RootMismatch
        | Code::TileMissing
        | Code::TileSize
        | Code::TileMismatch
        | Code::BundleMalformed
        | Code::LeafMismatch => {
            "`claimledger audit` reports what is wrong and where. `claimledger pull FROM --restore` repairs it, where FROM is a copy that passes the audit."
        }
        Code::SeenAhead => {
            "Continue in the newer copy, or restore the missing entries from it. A copy that is out of date cannot add entries."
        }
        Code::SeenNotOurs => {
            "Keep both copies: together they contain signed proof that the ledger has two different histories. Ask its owner which one is valid. If this is the valid one, the author signs the statement again here."
        }
        Code::NotAContinuation => {
            "Keep both copies: together they contain signed proof that the ledger has two different histories. Ask its owner which one is valid."
        }
        Code::KeptCheckpointMalformed => {
            "Give the checkpoint as it was kept (`claimledger checkpoint > FILE` writes one), a dossier, or a folder, archive or address of the ledger. Mail and editors may have changed the file on its way."
        }
        Code::LedgerLocked => "Wait for the other process to finish, then run the command again.",
        Code::DiskFull => {
            "Free some space and run the command again. Nothing was added to the ledger."
        }
        Code::PermissionDenied | Code::ReadOnly => "Check who may write to that folder.",
        Code::NetworkFilesystem => {
            "Keep the ledger on a local disk, or give --any-filesystem if you know that fsync, rename and locks work reliably there."
        }
        Code::CommitUnfinished => {
            "Do not sign the same statement again yet. `claimledger doctor --repair` finishes the commit, or removes it if it cannot be finished; then `claimledger log --last 9` shows whether your entries are there. An envelope can be submitted again and `init` can be run again: neither adds anything twice."
        }
        Code::ClosedAfterFailure | Code::LedgerOvertaken => {
            "Run the command again: the next process finishes or removes what this one started."
        }
        Code::KeyNotEnrolled => {
            "Write a request with `claimledger key request NAME --role reviewer -o FILE`, and give it to an admin of this ledger: `claimledger key enroll --request FILE --as ADMIN`."
        }
        Code::KeyDistrusted => {
            "Ask an admin who is trusted to enrol a key for you again: `claimledger key enroll NAME --role reviewer --as ADMIN`."
        }
        Code::KeyRevoked => "Sign with the holder's new key.",
        Code::RoleMissing => {
            "Ask a person who has the role to do this, or ask an admin of your organisation to enrol your key with it."
        }
        Code::OtherOrganisation | Code::NotItsOrganisation => {
            "Ask a member of the organisation named above; `claimledger key list` shows the members of each organisation."
        }
        Code::ImporterCorrection => "Ask a reviewer of your organisation to sign the correction.",
        Code::CorrectionChain => {
            "Withdraw the newest form and record the statement anew, without --supersedes."
        }
        Code::FounderOnly => "Ask an admin of the organisation that founded this ledger.",
        Code::LastAdmin => "Enrol another admin first, or replace this one with the recovery keys.",
        Code::DistrustAhead => {
            "Name this entry or an earlier one. Entries that a revoked key has not signed yet need no distrust."
        }
        Code::RecoveryKey => {
            "Create another key. A recovery key stays offline and signs recoveries only."
        }
        Code::RecoveryNone => {
            "A ledger without recovery keys that has lost its admins must be continued by a new ledger that names it in `succeeds`."
        }
        Code::RecoverySignature | Code::RecoveryTooFew | Code::RecoveryStale => {
            "Take the request to enough holders of recovery keys: `claimledger key recover sign FILE --as NAME`."
        }
        Code::CheckpointKeyUnknown | Code::CheckpointKeyLast => {
            "`claimledger checkpoint --json` shows the keys that sign. Rotate to a new key before you retire the last one."
        }
        Code::ReferenceWithdrawn | Code::AlreadyWithdrawn => {
            "`claimledger show ID` shows who withdrew it and why. Name a statement that is still in force."
        }
        Code::ReferenceSuperseded | Code::AlreadySuperseded => {
            "Read the newer statement named above, and name or correct that one."
        }
        Code::OtherClaim => "Name evidence about this claim, or an earlier verdict on it.",
        Code::EvidenceNotSeen | Code::ClaimNotSeen => {
            "Read what was added, then sign the verdict again for the newest head."
        }
        Code::SnapshotNotOfSource | Code::ExcerptNotOfSource => {
            "`claimledger show SOURCE` lists its snapshots. Name the source that has these bytes, or capture them."
        }
        Code::SnapshotNotHeld => {
            "Ask the organisation that holds the bytes to withhold them, or an admin of the organisation that founded this ledger: `snapshot withhold --everywhere`."
        }
        Code::ScaleVersion => {
            "`claimledger scale show` shows the newest version; set the one after it."
        }
        Code::ScaleNotAdopted => {
            "Rate on a scale of your own organisation; `claimledger scale list` shows them. Or ask an admin to list this scale in your policy, under `scales`."
        }
        Code::OtherPerson => {
            "Ask the person who opened the objection. Once none of their keys can sign, an admin of their organisation may withdraw it."
        }
        Code::WordNotSeen => {
            "Look at the entry named above. If your statement is still right, sign it again: a new one names the newest head."
        }
        Code::PolicyBounds => "Correct the policy as the message says.",
        Code::OwnStatement => {
            "Ask another person. A second key of yours does not count as another person, and neither does the author's name in an organisation that the policy does not list."
        }
        Code::DespiteMissing => {
            "Publish the current approved verdict. If the page is up all the same, say why with --despite."
        }
        Code::DisputeAnswered => "Open another dispute if the answer does not settle it.",
        Code::ReviewChanged => "Record the new bytes with --supersedes, naming the earlier record.",
        Code::ObservedKey => {
            "Ask that ledger's owner whether its key has changed. If not, another person signed this checkpoint."
        }
        Code::CorroborationMismatch | Code::CorroborationMethod | Code::CorroborationStale => {
            "Make the verdict again with this program: it computes the corroboration at the head that you sign for."
        }
        Code::CorroborationTooLarge => {
            "Withdraw vouches, relations or evidence that are not needed: docs/format.md states the bounds."
        }
        Code::RulesVersion | Code::RulesOrder => {
            "Use a program that supports the rules in force. An upgrade can only go to the next version."
        }
        Code::CheckpointKey => {
            "Use a key of your own; the ledger's own key signs checkpoints only."
        }
        Code::KeyTaken => "Create a new key for this holder.",
        Code::PossessionInvalid => "The holder of the new key must sign its enrolment.",
        Code::OrganisationUnknown => {
            "`claimledger org list` shows the organisations of this ledger."
        }
        Code::NotFound => {
            "`claimledger log` lists every entry. Name one by its number, its label, or 8 or more digits of its id."
        }
        Code::ReferenceUnknown | Code::ReferenceType => {
            "`claimledger show ID` shows what an entry is; commands such as `claim list` list the entries of one kind."
        }
        Code::LabelTaken => "Choose another label.",
        Code::RatingUnknown => "`claimledger scale show` lists the ratings.",
        Code::IssuedAhead => "Set this machine's clock.",
        Code::IssuedBefore => {
            "If this machine's clock is wrong, set it. If the other statement was signed by a clock that ran ahead, correct or withdraw that statement, or replace that key with `claimledger key rotate`, and sign again."
        }
        Code::DateAhead => "Correct the date, or set this machine's clock if it is wrong.",
        Code::ExcerptBroken | Code::ExcerptNoText => {
            "Make the excerpt again from the text that was kept."
        }
        Code::QuotationMisstated => {
            "Do not rely on what this capture says of quotations. Capture the source again: `claimledger source capture SOURCE FILE` looks for every quotation itself."
        }
        Code::TextNotOfBytes => {
            "Do not rely on this text or on quotations of it. Add the bytes again: `claimledger source capture SOURCE FILE` \
                 extracts their text."
        }
        Code::SnapshotAltered => {
            "Restore the file from a copy; its name is the SHA-256 digest of its correct content."
        }
        Code::UrlNotHttp => "Give an address that begins with https:// or http://.",
        Code::UrlCredentials => {
            "Give the address without it. To keep a page that needs a password, save it with your browser and add the file."
        }
        Code::UrlScheme => {
            "Give an address that others can open, such as https://, or leave it out and add the file itself."
        }
        Code::PrivateAddress => {
            "If you mean this address, give it directly together with --allow-private. A redirect from a public address to a private one is never followed."
        }
        Code::ResponseTooLarge => {
            "Of a source, if this is the right file: raise the limit with --max-bytes, or save it and add the file with --hash-only. A file of a ledger is never so long: ask its publisher."
        }
        Code::TimedOut => "Try again later, or wait longer with --timeout; nothing was added.",
        Code::Redirects => {
            "Open the address in a browser, and give the address where it ends. A redirect from https to http is never followed."
        }
        Code::HttpStatus => {
            "Open the address in a browser. If it shows the right page, save that page and add the file."
        }
        Code::Network => {
            "Check the address and the connection, and run the command again; nothing was added. If the reason is a certificate of your house's own authority, name that authority with --ca-file."
        }
        Code::TooLong | Code::EntryTooLong => {
            "Shorten it. Put longer content in a snapshot of a source; a statement names it by its digest."
        }
        Code::BadDate => {
            "Write the date as YYYY, YYYY-MM or YYYY-MM-DD; it must exist in the calendar."
        }
        Code::NotUtf8 => "Save the file as UTF-8.",
        Code::SecondCreation | Code::FirstEntry | Code::WrongLedger | Code::StatementRepeated => {
            "Make a new statement for this ledger."
        }
        Code::BadLabel
        | Code::BadSlug
        | Code::BadOrigin
        | Code::BadLanguage
        | Code::BadUrl
        | Code::BadMediaType
        | Code::EmptyValue
        | Code::ControlCharacter
        | Code::FieldsDisagree
        | Code::UnknownWord
        | Code::ListOrder => "Correct that value and run the command again.",
        Code::NotJson
        | Code::TrailingBytes
        | Code::NotCanonical
        | Code::DuplicateField
        | Code::UnknownField
        | Code::FieldMissing
        | Code::FieldName
        | Code::NumberForm
        | Code::NullValue
        | Code::TooDeep
        | Code::LoneSurrogate
        | Code::WrongShape
        | Code::BadTime
        | Code::BadBase64
        | Code::BadHex
        | Code::BadKey
        | Code::UnknownType => {
            "Correct the JSON where the message points. If you did not write it, ask for it again; if it is in a ledger, run `claimledger audit`."
        }
        Code::SignatureInvalid => {
            "Sign it again with the key that it names. If it is in the log, restore the folder from a copy that passes the audit."
        }
        Code::SignatureNotPortable => {
            "Ask the signer to sign again; until then other software may reject this signature."
        }
        Code::LedgerIdMismatch | Code::LedgerKeyMismatch | Code::DossierOtherLedger => {
            "Ask the owner for the ledger's id and key through another channel than this copy."
        }
        Code::SnapshotLength | Code::SnapshotAbsent => {
            "Fetch the file from a copy that has it; the log keeps its digest."
        }
        Code::ClosedInvalid | Code::CopyClosed => {
            "Continue in the copy that is still in use; a closed copy can only be read and audited."
        }
        Code::NotAPlainFile => {
            "Check what is there. A ledger contains plain files and folders only, so do not trust the person who put something else in it."
        }
        Code::UnseenCharacters => {
            "Look at the statement with `claimledger show ENTRY`: it prints each such character by its number. Correct the statement if nobody needs them."
        }
        Code::ArchiveProofWrong => {
            "`claimledger show SOURCE` lists what the archive proves of itself. Crawlers often write wrong digests: open the archive in another program, and compare the page with another copy before you rely on it."
        }
        Code::StrayFile => "Move the file away; the ledger does not need it.",
        Code::BeyondCheckpoint | Code::CommitPending => {
            "Wait for the running append, or finish it with `claimledger doctor --repair`."
        }
        Code::TimeInFuture => {
            "Set the clock of the machine that writes; the order of the entries is not affected."
        }
        Code::Io => {
            "Check the path above: does it exist, is it a file, and may you read and write it?"
        }
        Code::NoHome => "Set HOME, or give a folder with --state.",
        Code::TimeZoneUnknown => {
            "Set TZ to your time zone, for example TZ=Africa/Lagos; or give an entry's number, or an instant with its zone, for example 2026-11-08T00:00:00+01:00."
        }
        Code::FileTooLarge => {
            "Check whether this is the right file. A file of a ledger is never so large; a source that is can be added by its digest alone: `claimledger source add FILE --hash-only`."
        }
        Code::FileMalformed => "Correct the file and run the command again.",
        Code::DossierMalformed | Code::ProofMalformed => {
            "Check that this is the file that you mean. Mail and editors can change a file on its way: ask for it again, as an attachment or in an archive."
        }
        Code::DossierAltered
        | Code::DossierIncomplete
        | Code::DossierStrayEntry
        | Code::DossierStrayText
        | Code::ProofFails => {
            "Do not rely on this file. Ask the person who made it for another, or audit a copy of the ledger."
        }
        Code::LedgerKeyRetired => {
            "Ask the owner for the key that signs now. If you also give the ledger's id with --ledger-id, the old key is accepted."
        }
        Code::DossierTooLarge => {
            "Leave the texts out, or give a copy of the ledger instead: `claimledger export`."
        }
        Code::PeerUntruthful => "Keep your copy, and send the message above to the peer's owner.",
        Code::CosignedInvalid => {
            "Remove the file and ask the witnesses again: `claimledger checkpoint --cosign`."
        }
        Code::CosignatureInvalid => {
            "Ask the witness which head it cosigned; an invalid cosignature proves nothing."
        }
        Code::QuorumNotMet => {
            "Ask for a head that enough of your witnesses have cosigned; the owner asks them with `claimledger checkpoint --cosign`."
        }
        Code::WitnessKeyEnrolled => {
            "Remove that witness from your policy; a witness must not be part of the ledger that it watches."
        }
        Code::ObservedDiffers => {
            "Keep both copies: that ledger has two different histories. Ask its owner which one is valid."
        }
        Code::ForeignReferenceUnknown => {
            "Update the mirror with `claimledger mirror update NAME`. If the statement is still not there, ask the signer of this entry which statement they meant."
        }
        Code::PolicyMalformed => {
            "Correct that line. A policy has log, witness, group and quorum lines, and each name is defined before it is used."
        }
        Code::CannotListen => "Choose another address with --listen; port 0 uses any free port.",
        Code::ArchiveRefused => {
            "`claimledger export NAME.tar.zst` makes an archive that can be read; so does `tar` of a folder that `export` made. The file may also have been damaged on its way: fetch it again."
        }
        Code::Exists => {
            "Choose another name, or move the existing file away; nothing is overwritten."
        }
        Code::NoThreads => {
            "Wait until other programs have ended, or allow more (`ulimit -u`, or the limit of the service). Then run the command again."
        }
        Code::NoRandomness => {
            "Fix the system's random number source before you create a key on this machine."
        }
        Code::ForkNotShown => {
            "This file proves nothing. Proof of a fork needs two checkpoints of the same ledger, both signed by its key."
        }
        Code::NoteMalformed | Code::NoteNotSigned | Code::NoteSignature | Code::VkeyMalformed => {
            "Copy the whole checkpoint, or the whole verifier key, again from the place where it is published. If the problem remains, do not rely on it."
        }
        Code::TileMalformed | Code::TilePath | Code::TileEdge => {
            "Ask for it again. If the problem remains, that place does not serve a valid log: audit a copy from another place."
        }
        Code::WitnessMalformed => {
            "Ask the witness's operator; its answer does not follow C2SP tlog-witness."
        }
        Code::PayloadType | Code::SignatureCount => {
            "Sign the statement with `claimledger sign`; an envelope contains one statement and one signature."
        }
    }
}
