//! What to do next: one sentence for every code that a person can do something about.

mod core;
pub mod disagreeing;

use super::record::address::is_web;
use super::record::evidence::own_words;
use super::{Code, Error};
use crate::{host, ledger, sync};
use claimledger_core::model::StatementType;
use claimledger_core::{Code as Core, dossier};
use std::borrow::Cow;

/// The next step after a refusal.
pub fn next_step(error: &Error) -> Option<Cow<'static, str>> {
    use dossier::Error as D;
    match error {
        Error::NoText { why, .. } => Some(why.next_step().into()),
        Error::Field { why, .. } => next_step(why),
        _ if own_words(error).is_some() => Some(
            "The words look the same. Give --nearest (in a case: nearest = true) to sign the words of the source.".into(),
        ),
        Error::NoSuchRating {
            rating,
            elsewhere: Some(scale),
            ..
        } => Some(
            format!("The scale {scale} has that rating: --rating {rating:?} --scale {scale}.")
                .into(),
        ),
        Error::Ledger(ledger::Error::Host(host::Error::Io { path, .. })) if is_web(path) => Some(
            "This command reads files: save the page in a file and name that file. `claimledger source add URL` fetches a page."
                .into(),
        ),
        Error::NotNamed { wanted, .. } => Some(
            format!(
                "`claimledger {}` lists them. Name one by its number, its label, or 8 or more digits of its id.",
                list_of(*wanted)
            )
            .into(),
        ),
        Error::NoSuchScale { .. } => Some(
            "`claimledger scale list` lists them. Name one as NAME, ORGANISATION/NAME or \"NAME VERSION\".".into(),
        ),
        // The same code needs another next step if it is about a file from another person, not about one's own log.
        Error::Sync(sync::Error::Dossier(D::Entry { .. } | D::Refused { .. } | D::Envelope(_))) => {
            Code::Core(Core::DossierAltered).next_step().map(Into::into)
        }
        Error::Sync(sync::Error::Dossier(D::Checkpoint(_))) => Some(OTHER_KEY.into()),
        _ => {
            let options = match error.code() {
                Code::Core(Core::FieldsDisagree) => disagreeing::options(&error.to_string()),
                _ => None,
            };
            options.or(error.code().next_step()).map(Into::into)
        }
    }
}

/// The command that lists the statements of a type; `log` for a type without a list of its own.
fn list_of(wanted: StatementType) -> &'static str {
    match wanted {
        StatementType::SourceAdd => "source list",
        StatementType::ClaimAdd => "claim list",
        StatementType::EvidenceAdd => "evidence list",
        StatementType::VerdictIssue => "verdict list",
        StatementType::DisputeOpen => "dispute list",
        StatementType::ScaleSet => "scale list",
        _ => "log",
    }
}

/// A checkpoint in a file is not signed by the expected key, or by the keys that its entries name.
const OTHER_KEY: &str = "Compare --ledger-key with the key that the ledger's owner publishes elsewhere. If the keys are the same, do not rely on this file.";

impl Code {
    /// What to do next; none if the message already says it.
    #[expect(clippy::too_many_lines, reason = "one arm for each next step")]
    pub const fn next_step(self) -> Option<&'static str> {
        Some(match self {
            Self::Core(code) => core::next_step(code),
            Self::LedgerExists => {
                "Choose another folder with --ledger; a ledger is never overwritten."
            }
            Self::LedgerClosed => {
                "To keep a ledger of your own: `claimledger --ledger mine --keys mykeys init ORIGIN --as NAME`."
            }
            Self::AdoptFirst => {
                "If this is the newest copy, run `claimledger ledger adopt`. If two copies of one ledger both add entries, the ledger forks."
            }
            Self::CopyIsOld => {
                "A copy that is out of date cannot add entries. `claimledger pull FROM --restore` brings the missing entries from any copy, archive, mirror or export that has them. If none is left, `init ORIGIN --succeeds CHECKPOINT` starts a successor."
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
            Self::HistoryForked => {
                "Keep both copies: together they contain signed proof that the ledger has two different histories. Ask its owner which one is valid. If you are the owner, choose one; `claimledger prove ENTRY --format dsse` in the other copy and `claimledger submit` in the chosen one bring a statement over."
            }
            Self::MemoryUnreadable => {
                "Check the file named above; it holds what this machine remembers about the ledger."
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
            Self::Ambiguous => "Give more digits of the id.",
            Self::WrongKind => {
                "`claimledger show ID` shows what an entry is; commands such as `claim list` list the entries of one kind."
            }
            Self::ClockBehind => {
                "Set this machine's clock. If it is right, and the clock that added that entry ran ahead, run the command again with --clock-is-right. This machine remembers it until the ledger's time moves on."
            }
            Self::ClockUnset => "Set this machine's clock, and run the command again.",
            Self::DateUnclear => {
                "Give the number of the entry instead: `claimledger log` shows when each one was signed."
            }
            Self::WhichScale => {
                "Name one with --scale: its short name, or the number, label or id of one version."
            }
            Self::NoScale => {
                "Set a scale with `claimledger scale set FILE`, or ask an admin to list one of another organisation in your policy, under `scales`."
            }
            Self::ExtractorUnknown => {
                "Add the bytes with this program: `claimledger source add FILE` or `source capture SOURCE FILE` extracts their text \
                 itself. A text by another tool is a transcript."
            }
            Self::QuotationNotFound => {
                "`claimledger source text SOURCE` prints the text that was kept: copy the quotation from there, with its punctuation and spaces."
            }
            Self::QuotationGone => {
                "Look at the new copy: an error page, or a page that asks for consent, is not the source. If the source itself has changed, give --quotations-gone (in a case: quotations-gone = true)."
            }
            Self::QuotationAmbiguous => {
                "Choose one with --prefix or --suffix: the words just before or after it."
            }
            Self::PeerOtherLedger => {
                "Ask the owner for the ledger's id and key through another channel than this copy."
            }
            Self::IndexHeld => {
                "Wait for the process that has the index open. If it was stopped with ctrl-Z, continue it or end it."
            }
            Self::IndexCorrupt => {
                "`claimledger doctor --repair` deletes the index and rebuilds it from the log."
            }
            Self::AnswerNotWritten => {
                "Make room, or send the output elsewhere, and ask again. Do not repeat a command that adds or writes something: it is done, and `claimledger log` shows what was added."
            }
            Self::SourcePrivateKey => {
                "Check the file name. If other people may have read the key, replace it. If the key itself is the evidence, record its digest with --hash-only."
            }
            Self::SourceNoText => {
                "Add bytes that contain text with `claimledger source capture SOURCE FILE`, and name the charset with --media-type if it is not UTF-8; or give the evidence without --quote."
            }
            Self::SignerNotNamed => "Give --as NAME; `claimledger key list` shows the keys here.",
            Self::NameTaken => {
                "Choose another name for it. In a case, labels in the ledger count as names too."
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
            Self::PeerBehind => {
                "If the ledger is your own, publish it again with `claimledger export`, and repeat this. Otherwise keep your copy, and ask the peer's owner why entries are missing there."
            }
            Self::NewerElsewhere => {
                "Update this copy with `claimledger pull PLACE --restore`, then adopt it."
            }
            Self::PeerForked => {
                "Keep your copy and the evidence; `claimledger mirror show NAME` lists the files of a mirror, and `verify` checks them. If both copies are your own, choose one; `claimledger prove ENTRY --format dsse` in the other copy and `claimledger submit` in the chosen one bring a statement over."
            }
            Self::PeerFaults => "Keep your copy, and send the message above to the peer's owner.",
            Self::Mirror => {
                "`claimledger mirror list` shows the mirrors; `mirror add NAME PLACE` creates one."
            }
            Self::ExportOther => {
                "Give a new folder, or one that contains an earlier export of this ledger; other files are never overwritten."
            }
            Self::NoQuorum => "Export without --quorum, or ask the witnesses first.",
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
            Self::CheckpointNotSigned => {
                "Nothing was added. Correct the problem with the ledger's key that the message describes, and run the command again."
            }
            Self::SiteHead => {
                "Give the folder or the address of the front page of a site that `claimledger export site` wrote, whose head.json this program can read."
            }
            Self::SiteOtherLedger => {
                "Give the ledger of this site: `claimledger audit LEDGER --site SITE`. Its key stands in head.json; ask the ledger's owner whether it is theirs."
            }
            Self::SiteOtherHistory => {
                "Keep head.json: if the ledger's key signed it, it proves a second history. Send it to the ledger's owner and to its witnesses."
            }
            Self::SiteNewer => {
                "Bring this copy up to date with `claimledger pull` or `claimledger mirror update`, and audit the site again."
            }
            Self::SiteUnreadable => {
                "Open the page with care: a reader may be shown something else. Ask the publisher to write the site again."
            }
            Self::SiteFileUnknown => {
                "The program did not write this file. If the publisher put it there, nothing is wrong with the pages."
            }
            Self::SitePageMissing
            | Self::SitePageUnknown
            | Self::SitePageOlder
            | Self::SitePageAltered
            | Self::SiteRating
            | Self::SiteDate
            | Self::SiteBanner
            | Self::SiteQuotation
            | Self::SiteRecord
            | Self::SiteMarkup
            | Self::SiteLink
            | Self::SiteScript
            | Self::SitePolicy
            | Self::SiteFeed
            | Self::SiteFileMissing
            | Self::SiteFileAltered => {
                "Believe the log, not the site. Keep a copy of the file and tell the publisher, who can write the site again with `claimledger export site FOLDER --again` and see who can change files there."
            }
            Self::Declined | Self::Usage => return None,
        })
    }
}
