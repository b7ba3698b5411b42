//! What to do next: one sentence for every code that a person can do something about.

use super::{Code, Error};
use crate::sync;
use claimledger_core::{Code as Core, dossier};

/// The next step after a refusal.
pub fn next_step(error: &Error) -> Option<&'static str> {
    use dossier::Error as D;
    match error {
        Error::NoText { why, .. } => Some(why.next_step()),
        Error::Case { source, .. } => next_step(source),
        // The same code needs another next step if it is about a file from another person, not about one's own log.
        Error::Sync(sync::Error::Dossier(D::Entry { .. } | D::Refused { .. } | D::Envelope(_))) => {
            Code::Core(Core::DossierAltered).next_step()
        }
        Error::Sync(sync::Error::Dossier(D::Checkpoint(_))) => Some(OTHER_KEY),
        _ => error.code().next_step(),
    }
}

/// A checkpoint in a file is not signed by the expected key, or by the keys that its entries name.
const OTHER_KEY: &str = "Compare --ledger-key with the key that the ledger's owner publishes elsewhere. If the keys are the same, do not rely on this file.";

impl Code {
    /// What to do next; none if the message already says it.
    #[expect(clippy::too_many_lines, reason = "one arm for each next step")]
    pub const fn next_step(self) -> Option<&'static str> {
        Some(match self {
            Self::Core(Core::NoLedger) => {
                "Create one with `claimledger init ORIGIN --as NAME`, or give its folder with --ledger."
            }
            Self::LedgerExists => {
                "Choose another folder with --ledger; a ledger is never overwritten."
            }
            Self::LedgerClosed => {
                "To keep a ledger of your own: `claimledger --ledger mine --keys mykeys init ORIGIN --as NAME`."
            }
            Self::Core(
                Core::LedgerDamaged
                | Core::TileUnreadable
                | Core::TilesMissing
                | Core::CheckpointMalformed
                | Core::CheckpointUnsupported
                | Core::EntryMalformed
                | Core::EntryNotCanonical
                | Core::EntryVersion
                | Core::EntryIndex
                | Core::EntryKeyMismatch
                | Core::TimeBackwards
                | Core::ChainBroken
                | Core::CheckpointSignature
                | Core::CheckpointOrigin
                | Core::RootMismatch
                | Core::TileMissing
                | Core::TileSize
                | Core::TileMismatch
                | Core::BundleMalformed
                | Core::LeafMismatch,
            ) => {
                "`claimledger audit` reports what is wrong and where. `claimledger pull FROM --restore` repairs it, where FROM is a copy that passes the audit."
            }
            Self::AdoptFirst => {
                "If this is the newest copy, run `claimledger ledger adopt`. If two copies of one ledger both add entries, the ledger forks."
            }
            Self::CopyIsOld => {
                "A copy that is out of date cannot add entries. `claimledger pull FROM --restore` brings the missing entries from any copy, archive, mirror or export that has them. If none is left, `init ORIGIN --succeeds CHECKPOINT` starts a successor."
            }
            Self::Core(Core::SeenAhead) => {
                "Continue in the newer copy, or restore the missing entries from it. A copy that is out of date cannot add entries."
            }
            Self::LedgerReplaced => {
                "Ask the person who gave you this folder. If the earlier ledger was only for practice or is lost for good, `claimledger ledger forget ORIGIN` explains what you lose by forgetting it."
            }
            Self::OriginTaken => {
                "Give the new ledger another origin. If the known ledger was only for practice or is lost for good, `claimledger ledger forget ORIGIN` explains what you lose by forgetting it."
            }
            Self::LedgerUnknown => {
                "`claimledger ledger known` lists the ledgers that this machine remembers."
            }
            Self::HistoryForked | Self::Core(Core::SeenNotOurs | Core::NotAContinuation) => {
                "Keep both copies: together they contain signed proof that the ledger has two different histories. Ask its owner which one is valid."
            }
            Self::Core(Core::KeptCheckpointMalformed) => {
                "Give the checkpoint as it was kept (`claimledger checkpoint > FILE` writes one), a dossier, or a folder, archive or address of the ledger. Mail and editors may have changed the file on its way."
            }
            Self::MemoryUnreadable => {
                "Check the file named above; it holds what this machine remembers about the ledger."
            }
            Self::Core(Core::LedgerLocked) => {
                "Wait for the other process to finish, then run the command again."
            }
            Self::Core(Core::DiskFull) => {
                "Free some space and run the command again. No entry was written in part, and a repeated statement is added only once."
            }
            Self::Core(Core::PermissionDenied | Core::ReadOnly) => {
                "Check who may write to that folder."
            }
            Self::Core(Core::NetworkFilesystem) => {
                "Keep the ledger on a local disk, or give --any-filesystem if you know that fsync, rename and locks work reliably there."
            }
            Self::Core(Core::ClosedAfterFailure | Core::LedgerOvertaken) => {
                "Run the command again: the next process finishes or removes what this one started."
            }
            Self::CheckpointKeyWrong => {
                "Give the folder that holds this ledger's checkpoint key with --keys."
            }
            Self::KeyUnknown => {
                "`claimledger key list` shows the keys here; `claimledger key new NAME` creates one; --keys gives another folder."
            }
            Self::KeyNotPrivate => {
                "Sign on the machine that has the private key, or load it into your ssh-agent. To enrol a key of another machine: `claimledger key request NAME -o FILE` there, `claimledger key enroll --request FILE` here."
            }
            Self::KeyExists => "Choose another name; keys are never overwritten.",
            Self::KeyAmbiguous | Self::KeyEnded => {
                "Give the key's fingerprint (`claimledger key list`), or holder:NAME for the one key with which that person signs now."
            }
            Self::KeyRounds => {
                "If you chose so many rounds, store the key with fewer: `ssh-keygen -p -a 100 -f FILE`. If not, restore the file from your own backup."
            }
            Self::KeyName => "Use 1 to 64 characters for the name of a key: a-z, 0-9 and -.",
            Self::KeyExposed => {
                "Run `chmod 600` on the file. If other people may have read it, the key is compromised and should be revoked."
            }
            Self::KeyNotEd25519 => {
                "Create an Ed25519 key: `ssh-keygen -t ed25519` or `claimledger key new NAME`."
            }
            Self::KeyMalformed | Self::KeyMismatch => {
                "Restore the key's files from your own backup; the ledger does not contain them."
            }
            Self::PassphraseWrong => {
                "Try again. A forgotten passphrase cannot be recovered, but another key can be enrolled."
            }
            Self::PassphraseNeeded => {
                "Run this in a terminal, set CLAIMLEDGER_PASSPHRASE, use an ssh-agent, or create a key with --no-passphrase."
            }
            Self::AgentFailed => {
                "Check `ssh-add -l`, or unset SSH_AUTH_SOCK to use the key's file."
            }
            Self::Core(Core::KeyNotEnrolled) => {
                "Write a request with `claimledger key request NAME --role reviewer -o FILE`, and give it to an admin of this ledger: `claimledger key enroll --request FILE --as ADMIN`."
            }
            Self::Core(Core::KeyDistrusted) => {
                "Ask an admin who is trusted to enrol a key for you again: `claimledger key enroll NAME --role reviewer --as ADMIN`."
            }
            Self::Core(Core::KeyRevoked) => "Sign with the holder's new key.",
            Self::Core(Core::RoleMissing) => {
                "Ask a person who has the role to do this, or ask an admin of your organisation to enrol your key with it."
            }
            Self::Core(Core::OtherOrganisation | Core::NotItsOrganisation) => {
                "Ask a member of the organisation named above; `claimledger key list` shows the members of each organisation."
            }
            Self::Core(Core::ImporterCorrection) => {
                "Ask a reviewer of your organisation to sign the correction."
            }
            Self::Core(Core::CorrectionChain) => {
                "Withdraw the newest form and record the statement anew, without --supersedes."
            }
            Self::Core(Core::FounderOnly) => {
                "Ask an admin of the organisation that founded this ledger."
            }
            Self::Core(Core::LastAdmin) => {
                "Enrol another admin first, or replace this one with the recovery keys."
            }
            Self::Core(Core::DistrustAhead) => {
                "Name this entry or an earlier one. Entries that a revoked key has not signed yet need no distrust."
            }
            Self::Core(Core::RecoveryKey) => {
                "Create another key. A recovery key stays offline and signs recoveries only."
            }
            Self::Core(Core::RecoveryNone) => {
                "A ledger without recovery keys that has lost its admins must be continued by a new ledger that names it in `succeeds`."
            }
            Self::Core(Core::RecoverySignature | Core::RecoveryTooFew | Core::RecoveryStale) => {
                "Take the request to enough holders of recovery keys: `claimledger key recover sign FILE --as NAME`."
            }
            Self::Core(Core::CheckpointKeyUnknown | Core::CheckpointKeyLast) => {
                "`claimledger checkpoint --json` shows the keys that sign. Rotate to a new key before you retire the last one."
            }
            Self::Core(Core::ReferenceWithdrawn | Core::AlreadyWithdrawn) => {
                "`claimledger show ID` shows who withdrew it and why. Name a statement that is still in force."
            }
            Self::Core(Core::ReferenceSuperseded | Core::AlreadySuperseded) => {
                "Read the newer statement named above, and name or correct that one."
            }
            Self::Core(Core::OtherClaim) => {
                "Name evidence about this claim, or an earlier verdict on it."
            }
            Self::Core(Core::EvidenceNotSeen | Core::ClaimNotSeen) => {
                "Read what was added, then sign the verdict again for the newest head."
            }
            Self::Core(Core::SnapshotNotOfSource | Core::ExcerptNotOfSource) => {
                "`claimledger show SOURCE` lists its snapshots. Name the source that has these bytes, or capture them."
            }
            Self::Core(Core::SnapshotNotHeld) => {
                "Ask the organisation that holds the bytes to withhold them, or an admin of the organisation that founded this ledger: `snapshot withhold --everywhere`."
            }
            Self::Core(Core::ScaleVersion) => {
                "`claimledger scale show` shows the newest version; set the one after it."
            }
            Self::Core(Core::ScaleNotAdopted) => {
                "Rate on a scale of your own organisation; `claimledger scale list` shows them. Or ask an admin to list this scale in your policy, under `scales`."
            }
            Self::Core(Core::OtherPerson) => {
                "Ask the person who opened the objection. Once none of their keys can sign, an admin of their organisation may withdraw it."
            }
            Self::Core(Core::WordNotSeen) => {
                "Look at the entry named above. If your statement is still right, sign it again: a new one names the newest head."
            }
            Self::Core(Core::PolicyBounds) => "Correct the policy as the message says.",
            Self::Core(Core::OwnStatement) => {
                "Ask another person. A second key of yours does not count as another person, and neither does the author's name in an organisation that the policy does not list."
            }
            Self::Core(Core::DespiteMissing) => {
                "Publish the current approved verdict. If the page is up all the same, say why with --despite."
            }
            Self::Core(Core::DisputeAnswered) => {
                "Open another dispute if the answer does not settle it."
            }
            Self::Core(Core::ReviewChanged) => {
                "Record the new bytes with --supersedes, naming the earlier record."
            }
            Self::Core(Core::ObservedKey) => {
                "Ask that ledger's owner whether its key has changed. If not, another person signed this checkpoint."
            }
            Self::Core(
                Core::CorroborationMismatch | Core::CorroborationMethod | Core::CorroborationStale,
            ) => {
                "Make the verdict again with this program: it computes the corroboration at the head that you sign for."
            }
            Self::Core(Core::CorroborationTooLarge) => {
                "Withdraw vouches, relations or evidence that are not needed: docs/format.md states the bounds."
            }
            Self::Core(Core::RulesVersion | Core::RulesOrder) => {
                "Use a program that supports the rules in force. An upgrade can only go to the next version."
            }
            Self::Core(Core::CheckpointKey) => {
                "Use a key of your own; the ledger's own key signs checkpoints only."
            }
            Self::Core(Core::KeyTaken) => "Create a new key for this holder.",
            Self::Core(Core::PossessionInvalid) => {
                "The holder of the new key must sign its enrolment."
            }
            Self::Core(Core::OrganisationUnknown) => {
                "`claimledger org list` shows the organisations of this ledger."
            }
            Self::Core(Core::NotFound) => {
                "`claimledger log` lists every entry. Name one by its number, its label, or 8 or more digits of its id."
            }
            Self::Ambiguous => "Give more digits of the id.",
            Self::WrongKind | Self::Core(Core::ReferenceUnknown | Core::ReferenceType) => {
                "`claimledger show ID` shows what an entry is; commands such as `claim list` list the entries of one kind."
            }
            Self::Core(Core::LabelTaken) => "Choose another label.",
            Self::ClockBehind => {
                "Set this machine's clock. If it is right, and the clock that added that entry ran ahead, run the command again with --clock-is-right. This machine remembers it until the ledger's time moves on."
            }
            Self::ClockUnset => "Set this machine's clock, and run the command again.",
            Self::WhichScale => {
                "Name one with --scale: its short name, or the number, label or id of one version."
            }
            Self::NoScale => {
                "Set a scale with `claimledger scale set FILE`, or ask an admin to list one of another organisation in your policy, under `scales`."
            }
            Self::Core(Core::RatingUnknown) => "`claimledger scale show` lists the ratings.",
            Self::Core(Core::IssuedAhead) => "Set this machine's clock.",
            Self::ExtractorUnknown => {
                "Add the bytes with this program: `claimledger source add FILE` or `source capture SOURCE FILE` extracts their text \
                 itself. A text by another tool is a transcript."
            }
            Self::Core(Core::IssuedBefore) => {
                "If this machine's clock is wrong, set it. If the other statement was signed by a clock that ran ahead, correct or withdraw that statement, or replace that key with `claimledger key rotate`, and sign again."
            }
            Self::Core(Core::DateAhead) => {
                "Correct the date, or set this machine's clock if it is wrong."
            }
            Self::QuotationNotFound => {
                "`claimledger source text SOURCE` prints the text that was kept: copy the quotation from there, with its punctuation and spaces."
            }
            Self::QuotationAmbiguous => {
                "Choose one with --prefix or --suffix: the words just before or after it."
            }
            Self::Core(Core::ExcerptBroken | Core::ExcerptNoText) => {
                "Make the excerpt again from the text that was kept."
            }
            Self::Core(Core::TextNotOfBytes) => {
                "Do not rely on this text or on quotations of it. Add the bytes again: `claimledger source capture SOURCE FILE` \
                 extracts their text."
            }
            Self::Core(Core::SnapshotAltered) => {
                "Restore the file from a copy; its name is the SHA-256 digest of its correct content."
            }
            Self::Core(Core::UrlNotHttp) => "Give an address that begins with https:// or http://.",
            Self::Core(Core::UrlCredentials) => {
                "Give the address without it. To keep a page that needs a password, save it with your browser and add the file."
            }
            Self::Core(Core::UrlScheme) => {
                "Give an address that others can open, such as https://, or leave it out and add the file itself."
            }
            Self::Core(Core::PrivateAddress) => {
                "If you mean this address, give it directly together with --allow-private. A redirect from a public address to a private one is never followed."
            }
            Self::Core(Core::ResponseTooLarge) => {
                "If this is the right file, raise the limit with --max-bytes, or save it and add the file with --hash-only."
            }
            Self::Core(Core::TimedOut) => {
                "Try again later, or wait longer with --timeout; nothing was added."
            }
            Self::Core(Core::Redirects) => {
                "Open the address in a browser, and give the address where it ends. A redirect from https to http is never followed."
            }
            Self::Core(Core::HttpStatus) => {
                "Open the address in a browser. If it shows the right page, save that page and add the file."
            }
            Self::Core(Core::Network) => {
                "Check the address and the connection, and run the command again; nothing was added."
            }
            Self::Core(Core::TooLong | Core::EntryTooLong) => {
                "Shorten it. Put longer content in a snapshot of a source; a statement names it by its digest."
            }
            Self::Core(Core::BadDate) => {
                "Write the date as YYYY, YYYY-MM or YYYY-MM-DD; it must exist in the calendar."
            }
            Self::Core(Core::NotUtf8) => "Save the file as UTF-8.",
            Self::Core(
                Core::SecondCreation
                | Core::FirstEntry
                | Core::WrongLedger
                | Core::StatementRepeated,
            ) => "Make a new statement for this ledger.",
            Self::Core(
                Core::BadLabel
                | Core::BadSlug
                | Core::BadOrigin
                | Core::BadLanguage
                | Core::BadUrl
                | Core::BadMediaType
                | Core::EmptyValue
                | Core::ControlCharacter
                | Core::FieldsDisagree
                | Core::UnknownWord
                | Core::ListOrder,
            ) => "Correct that value and run the command again.",
            Self::Core(
                Core::NotJson
                | Core::TrailingBytes
                | Core::NotCanonical
                | Core::DuplicateField
                | Core::UnknownField
                | Core::FieldMissing
                | Core::FieldName
                | Core::NumberForm
                | Core::NullValue
                | Core::TooDeep
                | Core::LoneSurrogate
                | Core::WrongShape
                | Core::BadTime
                | Core::BadBase64
                | Core::BadHex
                | Core::BadKey
                | Core::UnknownType,
            ) => {
                "Correct the JSON where the message points. If you did not write it, ask for it again; if it is in a ledger, run `claimledger audit`."
            }
            Self::Core(Core::SignatureInvalid) => {
                "Sign it again with the key that it names. If it is in the log, restore the folder from a copy that passes the audit."
            }
            Self::Core(Core::SignatureNotPortable) => {
                "Ask the signer to sign again; until then other software may reject this signature."
            }
            Self::PeerOtherLedger
            | Self::Core(
                Core::LedgerIdMismatch | Core::LedgerKeyMismatch | Core::DossierOtherLedger,
            ) => {
                "Ask the owner for the ledger's id and key through another channel than this copy."
            }
            Self::Core(Core::SnapshotLength | Core::SnapshotAbsent) => {
                "Fetch the file from a copy that has it; the log keeps its digest."
            }
            Self::Core(Core::ClosedInvalid | Core::CopyClosed) => {
                "Continue in the copy that is still in use; a closed copy can only be read and audited."
            }
            Self::Core(Core::NotAPlainFile) => {
                "Check what is there. A ledger contains plain files and folders only, so do not trust the person who put something else in it."
            }
            Self::Core(Core::StrayFile) => "Move the file away; the ledger does not need it.",
            Self::Core(Core::BeyondCheckpoint | Core::CommitPending) => {
                "Wait for the running append, or finish it with `claimledger doctor --repair`."
            }
            Self::Core(Core::TimeInFuture) => {
                "Set the clock of the machine that writes; the order of the entries is not affected."
            }
            Self::IndexHeld => {
                "Wait for the process that has the index open. If it was stopped with ctrl-Z, continue it or end it."
            }
            Self::IndexCorrupt => {
                "`claimledger doctor --repair` deletes the index and rebuilds it from the log."
            }
            Self::Core(Core::Io) => {
                "Check the path above: does it exist, is it a file, and may you read and write it?"
            }
            Self::AnswerNotWritten => {
                "Make room, or send the output elsewhere, and ask again. Do not repeat a command that adds or writes something: it is done, and `claimledger log` shows what was added."
            }
            Self::Core(Core::NoHome) => "Set HOME, or give a folder with --state.",
            Self::SourcePrivateKey => {
                "Check the file name. If other people may have read the key, replace it. If the key itself is the evidence, record its digest with --hash-only."
            }
            Self::SourceNoText => {
                "Add bytes that contain text with `claimledger source capture SOURCE FILE`, and name the charset with --media-type if it is not UTF-8; or give the evidence without --quote."
            }
            Self::SignerNotNamed => "Give --as NAME; `claimledger key list` shows the keys here.",
            Self::Core(Core::FileTooLarge) => {
                "Check whether this is the right file; a file of this kind is never so large."
            }
            Self::Core(Core::FileMalformed) => "Correct the file and run the command again.",
            Self::NameTaken => {
                "Choose another name for it in the case file; labels in the ledger count as names too."
            }
            Self::PlaceOnlyRead => {
                "For your own ledger: `claimledger --ledger DIR pull PLACE`, then `ledger adopt`. For another person's ledger: use --draft and `sign`, then ask its owner to `submit`. If a folder has the same name as a mirror, write ./NAME."
            }
            Self::FileExists => {
                "Give another file name, or use --force to overwrite this file; a key is never overwritten."
            }
            Self::FileProtected => {
                "Choose a file or folder outside the ledger, the keys and this machine's memory."
            }
            Self::BytesMissing => "Give the file that contains them with `submit --with FILE`.",
            Self::LastCheckpointKey => {
                "Let another key sign first: `claimledger key new NAME`, then `claimledger checkpoint rotate --to NAME`."
            }
            Self::NoRecoveryKeys => {
                "Recovery keys can only be given at the start, with `init --recovery-key`. Without them only an admin can replace an admin."
            }
            Self::NotARecoveryKey => "Sign with --as NAME and --keys DIR of a recovery key.",
            Self::BatchOtherHead => "Run the command again.",
            Self::Core(Core::DossierMalformed | Core::ProofMalformed) => {
                "Check that this is the file that you mean. Mail and editors can change a file on its way: ask for it again, as an attachment or in an archive."
            }
            Self::Core(
                Core::DossierAltered
                | Core::DossierIncomplete
                | Core::DossierStrayEntry
                | Core::ProofFails,
            ) => {
                "Do not rely on this file. Ask the person who made it for another, or audit a copy of the ledger."
            }
            Self::Core(Core::LedgerKeyRetired) => {
                "Ask the owner for the key that signs now. If you also give the ledger's id with --ledger-id, the old key is accepted."
            }
            Self::Core(Core::DossierTooLarge) => {
                "Give a copy of the ledger instead: `claimledger export`."
            }
            Self::PeerBehind => {
                "Keep your copy, and ask the peer's owner why entries are missing there."
            }
            Self::NewerElsewhere => {
                "Update this copy with `claimledger pull PLACE --restore`, then adopt it."
            }
            Self::PeerForked => {
                "Keep your copy and the evidence; `claimledger mirror show NAME` lists its files, and `verify` checks them."
            }
            Self::PeerFaults | Self::Core(Core::PeerUntruthful) => {
                "Keep your copy, and send the message above to the peer's owner."
            }
            Self::Mirror => {
                "`claimledger mirror list` shows the mirrors; `mirror add NAME PLACE` creates one."
            }
            Self::ExportOther => {
                "Give a new folder, or one that contains an earlier export of this ledger; other files are never overwritten."
            }
            Self::NoQuorum => "Export without --quorum, or ask the witnesses first.",
            Self::Core(Core::CosignedInvalid) => {
                "Remove the file and ask the witnesses again: `claimledger checkpoint --cosign`."
            }
            Self::Core(Core::CosignatureInvalid) => {
                "Ask the witness which head it cosigned; an invalid cosignature proves nothing."
            }
            Self::Core(Core::QuorumNotMet) => {
                "Ask for a head that enough of your witnesses have cosigned; the owner asks them with `claimledger checkpoint --cosign`."
            }
            Self::Core(Core::WitnessKeyEnrolled) => {
                "Remove that witness from your policy; a witness must not be part of the ledger that it watches."
            }
            Self::Core(Core::ObservedDiffers) => {
                "Keep both copies: that ledger has two different histories. Ask its owner which one is valid."
            }
            Self::Core(Core::ForeignReferenceUnknown) => {
                "Update the mirror with `claimledger mirror update NAME`. If the statement is still not there, ask the signer of this entry which statement they meant."
            }
            Self::WitnessKeyTaken => {
                "Create a key for the witness only: `claimledger witness new NAME`."
            }
            Self::WitnessAhead => {
                "Continue in the newer copy; `claimledger pull PLACE` brings the missing entries. A copy that is out of date cannot add entries."
            }
            Self::WitnessRefused => {
                "Ask the witness's operator; 404 and 403 mean that it does not watch this ledger under this key."
            }
            Self::WitnessBusy | Self::WitnessWithoutAddress | Self::WitnessSilent => {
                "Ask again with `claimledger checkpoint --cosign`; the address of a witness is at the end of its line in the policy."
            }
            Self::Core(Core::PolicyMalformed) => {
                "Correct that line. A policy has log, witness, group and quorum lines, and each name is defined before it is used."
            }
            Self::Core(Core::CannotListen) => {
                "Choose another address with --listen; port 0 uses any free port."
            }
            Self::Core(Core::ArchiveRefused) => {
                "`claimledger export NAME.tar.zst` makes an archive that can be read; so does `tar` of a folder that `export` made. The file may also have been damaged on its way: fetch it again."
            }
            Self::CheckpointNotSigned => {
                "Nothing was added. Correct the problem with the ledger's key that the message describes, and run the command again."
            }
            Self::Core(Core::Exists) => {
                "Choose another name, or move the existing file away; nothing is overwritten."
            }
            Self::Core(Core::NoRandomness) => {
                "Fix the system's random number source before you create a key on this machine."
            }
            Self::Core(Core::ForkNotShown) => {
                "This file proves nothing. Proof of a fork needs two checkpoints of the same ledger, both signed by its key."
            }
            Self::Core(
                Core::NoteMalformed
                | Core::NoteNotSigned
                | Core::NoteSignature
                | Core::VkeyMalformed,
            ) => {
                "Copy the whole checkpoint, or the whole verifier key, again from the place where it is published. If the problem remains, do not rely on it."
            }
            Self::Core(Core::TileMalformed | Core::TilePath | Core::TileEdge) => {
                "Ask for it again. If the problem remains, that place does not serve a valid log: audit a copy from another place."
            }
            Self::Core(Core::WitnessMalformed) => {
                "Ask the witness's operator; its answer does not follow C2SP tlog-witness."
            }
            Self::Core(Core::PayloadType | Core::SignatureCount) => {
                "Sign the statement with `claimledger sign`; an envelope contains one statement and one signature."
            }
            Self::Declined | Self::Usage => return None,
        })
    }
}
