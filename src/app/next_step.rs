//! What to do next: one sentence for every code that a person can do something about.

use super::Error;
use crate::sync;
use claimledger_core::dossier;

/// The next step after a refusal.
pub fn next_step(error: &Error) -> Option<&'static str> {
    use dossier::Error as D;
    match error {
        Error::NoText { why, .. } => Some(why.next_step()),
        Error::Case { source, .. } => next_step(source),
        // Of a file that somebody handed over the same codes ask for something else than of one's own log.
        Error::Sync(sync::Error::Dossier(D::Entry { .. } | D::Refused { .. } | D::Envelope(_))) => {
            of_code("dossier-malformed")
        }
        Error::Sync(sync::Error::Dossier(D::Checkpoint(_))) => Some(OTHER_KEY),
        _ => of_code(error.code()),
    }
}

/// Where a checkpoint in a file is not signed by the key that was asked for, or by those that its entries name.
const OTHER_KEY: &str = "Compare --ledger-key with the key that the ledger's owner publishes elsewhere; if that is the one you gave, do not rely on this file.";

/// The next step after a code.
#[expect(clippy::too_many_lines, reason = "one line a code is the whole of it")]
pub fn of_code(code: &str) -> Option<&'static str> {
    Some(match code {
        "no-ledger" => {
            "Make one with `claimledger init ORIGIN --as NAME`, or name its folder with --ledger."
        }
        "ledger-exists" => "Choose another folder with --ledger; a ledger is never overwritten.",
        "ledger-closed" => {
            "To keep a ledger of your own: `claimledger --ledger mine --keys mykeys init ORIGIN --as NAME`."
        }
        "ledger-damaged"
        | "tile-unreadable"
        | "tiles-missing"
        | "checkpoint-malformed"
        | "checkpoint-unsupported"
        | "entry-malformed"
        | "entry-not-canonical"
        | "entry-version"
        | "chain-broken"
        | "checkpoint-signature"
        | "checkpoint-origin"
        | "root-mismatch"
        | "tile-missing"
        | "tile-size"
        | "tile-mismatch"
        | "bundle-malformed"
        | "leaf-mismatch" => {
            "`claimledger audit` says what is wrong and where; `claimledger pull FROM --restore` mends it, FROM being a copy that audits clean."
        }
        "adopt-first" => {
            "If this is the newest copy, say so with `claimledger ledger adopt`; a ledger written in two places forks."
        }
        "copy-is-old" => {
            "An old copy never appends. `claimledger pull FROM --restore` brings the missing entries from any copy, archive, mirror or export that has them; where none is left, `init ORIGIN --succeeds CHECKPOINT` begins a successor."
        }
        "seen-ahead" => {
            "Continue at the newer copy, or restore the missing entries from it; an old copy never appends."
        }
        "ledger-replaced" => {
            "Ask whoever gave you this folder. If the earlier ledger was practice or is gone for good, `claimledger ledger forget ORIGIN` says what forgetting it gives up."
        }
        "origin-taken" => {
            "Give the new ledger another origin. If the known one was practice or is gone for good, `claimledger ledger forget ORIGIN` says what forgetting it gives up."
        }
        "ledger-unknown" => {
            "`claimledger ledger known` lists the ledgers that this machine remembers."
        }
        "history-forked" | "seen-not-ours" | "not-a-continuation" => {
            "Keep both copies: each holds signed proof that the ledger told two stories. Ask its owner which one stands."
        }
        "memory-unreadable" => {
            "Look at the file named above; it holds what this machine remembers of the ledger."
        }
        "ledger-locked" => "Wait for the other process to finish, then run the command again.",
        "disk-full" => {
            "Make room and run the command again; nothing was half-written, and a repeated statement is added once."
        }
        "permission-denied" | "read-only" => "Check who may write to that folder.",
        "network-filesystem" => {
            "Keep the ledger on a local disk, or say --any-filesystem if you know that its fsync, rename and locks hold."
        }
        "closed-after-failure" | "ledger-overtaken" => {
            "Run the command again: the next process finishes or clears what this one began."
        }
        "checkpoint-key-wrong" => {
            "Name the folder that holds this ledger's checkpoint key with --keys."
        }
        "key-unknown" => {
            "`claimledger key list` shows the keys here; `claimledger key new NAME` makes one; --keys names another folder."
        }
        "key-not-private" => {
            "Copy the private key here, add it to your ssh-agent, or sign as somebody else with --as."
        }
        "key-exists" => "Choose another name; keys are never overwritten.",
        "key-name" => "Key names are 1 to 64 of a-z 0-9 and -.",
        "key-exposed" => {
            "`chmod 600` the file; if others may have read it, the key is compromised and should be revoked."
        }
        "key-not-ed25519" => {
            "Make an Ed25519 key: `ssh-keygen -t ed25519` or `claimledger key new NAME`."
        }
        "key-malformed" | "key-mismatch" => {
            "Restore the key's files from your own copy; the ledger does not hold them."
        }
        "passphrase-wrong" => {
            "Try again; a forgotten passphrase cannot be recovered, another key can be enrolled."
        }
        "passphrase-needed" => {
            "Run this on a terminal, set CLAIMLEDGER_PASSPHRASE, use an ssh-agent, or make a key with --no-passphrase."
        }
        "agent-failed" => "Check `ssh-add -l`, or unset SSH_AUTH_SOCK to use the key's file.",
        "key-not-enrolled" => {
            "An admin of this ledger enrols the key: `claimledger key enroll NAME --role reviewer --as ADMIN`."
        }
        "key-revoked" => "Sign with the holder's new key.",
        "role-missing" => {
            "Ask somebody who has the role, or an admin of your organisation to enrol your key with it."
        }
        "other-organisation" | "not-its-organisation" => {
            "Ask somebody of the organisation named above; `claimledger key list` shows who is of which."
        }
        "founder-only" => "Ask an admin of the organisation that founded this ledger.",
        "last-admin" => "Enrol another admin first, or let the recovery keys replace this one.",
        "distrust-ahead" => {
            "Name this entry or an earlier one; what a revoked key has not signed needs no distrust."
        }
        "recovery-key" => "Make another key; recovery keys stay offline and sign recoveries alone.",
        "recovery-none" => {
            "Without recovery keys a ledger that has lost its admins is continued by a new one that names it in `succeeds`."
        }
        "recovery-signature" | "recovery-too-few" | "recovery-stale" => {
            "Carry the request to enough holders of recovery keys: `claimledger key recover sign FILE --as NAME`."
        }
        "checkpoint-key-unknown" | "checkpoint-key-last" => {
            "`claimledger checkpoint --json` shows the keys that sign; rotate to a new one before the last is retired."
        }
        "reference-withdrawn" | "already-withdrawn" => {
            "`claimledger show ID` tells who withdrew it and why; name something that stands."
        }
        "reference-superseded" | "already-superseded" => {
            "Look at the newer statement named above, and name or correct that one."
        }
        "other-claim" => "Name evidence about this claim, or an earlier verdict of it.",
        "evidence-not-seen" | "claim-not-seen" => {
            "Sign the verdict again over the newest head, having looked at what came in."
        }
        "snapshot-not-of-source" | "excerpt-not-of-source" => {
            "`claimledger show SOURCE` lists its snapshots; name the source that has these bytes, or capture them."
        }
        "scale-version" => "`claimledger scale show` tells the newest version; set the next one.",
        "policy-bounds" => {
            "Correct the policy: approvals are by editors or reviewers, and by at least one."
        }
        "own-statement" => "Ask another person; a second key of yours is not a second person.",
        "dispute-answered" => "Open another dispute if the answer does not settle it.",
        "review-changed" => "Record the new bytes with --supersedes, naming the earlier record.",
        "observed-key" => {
            "Ask that ledger's owner whether its key has changed; if not, somebody else signed this checkpoint."
        }
        "corroboration-mismatch" | "corroboration-method" => {
            "Make the verdict again with this program: it computes the corroboration at the head that you sign for."
        }
        "rules-version" | "rules-order" => {
            "Use a program that knows the rules in force; an upgrade goes to the next version and no further."
        }
        "checkpoint-key" => {
            "Use a key of your own; the ledger's own key signs checkpoints and nothing else."
        }
        "key-taken" => "Make a new key for this holder.",
        "possession-invalid" => "The holder of the new key has to sign its enrolment.",
        "organisation-unknown" => "`claimledger org list` shows the organisations of this ledger.",
        "not-found" => {
            "`claimledger log` lists every entry; name one by number, label, or 8 or more digits of its id."
        }
        "ambiguous" => "Give more digits of the id.",
        "reference-unknown" | "reference-type" | "wrong-kind" => {
            "`claimledger show ID` tells what an entry is; `claim list` and its like list them."
        }
        "label-taken" => "Choose another label.",
        "rating-unknown" => "`claimledger scale show` lists the ratings.",
        "issued-ahead" => "Set this machine's clock.",
        "quotation-not-found" => {
            "`claimledger source text SOURCE` prints the text that is held: copy the words from there, with punctuation and spaces."
        }
        "quotation-ambiguous" => {
            "Say which one with --prefix or --suffix: the words just before or after it."
        }
        "excerpt-broken" | "excerpt-no-text" => {
            "Make the excerpt again from the text that is held."
        }
        "snapshot-altered" => {
            "Restore the file from a copy; its name is the SHA-256 of what it must hold."
        }
        "url-not-http" => "Give an address that begins with https:// or http://.",
        "url-credentials" => {
            "Save the page with your browser and add the file; no password belongs in a ledger."
        }
        "private-address" => {
            "If that is meant, give the address itself and say --allow-private; no redirect leads from a public address to a private one."
        }
        "response-too-large" => {
            "If it is what you mean, say how much to take with --max-bytes, or save it and add the file with --hash-only."
        }
        "timed-out" => "Try again later, or wait longer with --timeout; nothing of it was added.",
        "redirects" => {
            "Open the address in a browser, and give the one at which it ends; from https nobody is sent on to http."
        }
        "http-status" => {
            "Open the address in a browser; if what it shows is what you mean, save it and add the file."
        }
        "network" => {
            "Check the address and the connection, and run the command again; nothing was added."
        }
        "too-long" => {
            "Shorten it; longer things belong in a source's snapshot, which a statement names by digest."
        }
        "bad-date" => "Dates are YYYY, YYYY-MM or YYYY-MM-DD, and exist.",
        "not-utf8" => "Save the file as UTF-8.",
        "second-creation" | "first-entry" | "wrong-ledger" | "statement-repeated" => {
            "Make the statement anew for this ledger."
        }
        "bad-label" | "bad-slug" | "bad-origin" | "bad-language" | "bad-url" | "bad-media-type"
        | "empty-value" | "control-character" | "fields-disagree" | "unknown-word"
        | "list-order" => "Correct that value and run the command again.",
        "signature-invalid" => {
            "Sign it again with the key that it names; if it stands in the log, restore the folder from a copy that audits clean."
        }
        "signature-not-portable" => {
            "Ask its signer to sign again; until then other software may call this signature bad."
        }
        "ledger-id-mismatch"
        | "ledger-key-mismatch"
        | "dossier-other-ledger"
        | "peer-other-ledger" => {
            "Ask the owner for the ledger's id and key by another way than this copy."
        }
        "snapshot-length" | "snapshot-absent" => {
            "Fetch the file from a copy that holds it; the log keeps its digest."
        }
        "closed-invalid" | "copy-closed" => {
            "Continue where the ledger went on; a closed copy can still be read and audited."
        }
        "not-a-plain-file" => {
            "A ledger has plain files only; look at what lies there, and do not trust whoever put it."
        }
        "stray-file" => "Move the file away; nothing in the ledger needs it.",
        "beyond-checkpoint" | "commit-pending" => {
            "Wait for the running append, or finish it with `claimledger doctor --repair`."
        }
        "time-in-future" => {
            "Set the clock of the machine that writes; entries keep their order in any case."
        }
        "index-held" => {
            "Wait for the process that has the index open. If it was stopped (ctrl-Z), let it go on or end it."
        }
        "index-corrupt" => {
            "`claimledger doctor --repair` throws the index away and rebuilds it from the log."
        }
        "io" => {
            "Look at the path above: whether it is there, is a file, and may be read or written."
        }
        "no-home" => "Set HOME, or name a folder with --state.",
        "source-no-text" => {
            "Keep bytes that have a text with `claimledger source capture SOURCE FILE`, naming the charset with --media-type if it is not UTF-8; or give the evidence without --quote."
        }
        "signer-not-named" => "Say --as NAME; `claimledger key list` shows the keys here.",
        "file-too-large" => {
            "Look whether this is the file that you meant; no file of its kind is so large."
        }
        "file-malformed" => "Correct the file and run the command again.",
        "name-taken" => {
            "Choose another name for it in the case; labels of the ledger are names too."
        }
        "place-only-read" => {
            "Your own ledger: `claimledger --ledger DIR pull PLACE`, then `ledger adopt`. Somebody else's: --draft, `sign`, and let its owner `submit`. A folder of a mirror's name is ./NAME."
        }
        "file-exists" => {
            "Name another file, or say --force to write over this one; a key is never written over."
        }
        "file-protected" => {
            "Name a file or folder of its own, outside the ledger, the keys and this machine's memory."
        }
        "bytes-missing" => "Give the file that holds them with `submit --with FILE`.",
        "last-checkpoint-key" => {
            "Let another key sign first: `claimledger key new NAME`, then `claimledger checkpoint rotate --to NAME`."
        }
        "no-recovery-keys" => {
            "A ledger has the recovery keys that `init --recovery-key` gave it; without them only an admin replaces an admin."
        }
        "not-a-recovery-key" => "Sign with --as NAME and --keys DIR of a recovery key.",
        "batch-other-head" => "Run the command again.",
        "dossier-malformed"
        | "dossier-altered"
        | "dossier-incomplete"
        | "dossier-stray-entry"
        | "dossier-signer"
        | "proof-malformed"
        | "proof-fails" => {
            "Do not rely on this file; ask whoever made it for another, or audit a copy of the ledger."
        }
        "ledger-key-retired" => {
            "Ask the owner for the key that signs now; with --ledger-id, the ledger's own id, the old one will do."
        }
        "dossier-too-large" => "Hand out a copy of the ledger with `claimledger export`.",
        "peer-behind" => "Keep your copy; ask the peer's owner why entries are missing there.",
        "newer-elsewhere" => {
            "Bring this copy up to it with `claimledger pull PLACE --restore`, then adopt it."
        }
        "peer-forked" => {
            "Keep your copy and the evidence; `claimledger mirror show NAME` lists its files, and `verify` checks them."
        }
        "peer-untruthful" | "peer-faults" => {
            "Keep your copy; tell the peer's owner what is said above."
        }
        "mirror" => {
            "`claimledger mirror list` shows the mirrors; `mirror add NAME PLACE` begins one."
        }
        "export-other" => {
            "Name a new folder, or one that holds an earlier export of this ledger; nothing else is written over."
        }
        "no-quorum" => "Export without --quorum, or ask the witnesses first.",
        "cosigned-invalid" => {
            "Remove the file and ask the witnesses again: `claimledger checkpoint --cosign`."
        }
        "cosignature-invalid" => {
            "Ask the witness which head it cosigned; a cosignature that is not its own vouches for nothing."
        }
        "quorum-not-met" => {
            "Ask for a head that enough of your witnesses have cosigned; the owner asks them with `claimledger checkpoint --cosign`."
        }
        "witness-key-enrolled" => {
            "Leave that witness out of your policy; somebody inside the ledger cannot vouch for it from outside."
        }
        "observed-differs" => {
            "Keep both copies: that ledger told two stories. Ask its owner which one stands."
        }
        "foreign-reference-unknown" => {
            "Bring the mirror up to date with `claimledger mirror update NAME`; if it still has none, ask whoever signed this entry what they meant."
        }
        "witness-key-taken" => "Make a key for the witness alone: `claimledger witness new NAME`.",
        "witness-ahead" => {
            "Continue at the newer copy; `claimledger pull PLACE` brings what is missing. An old copy never appends."
        }
        "witness-refused" => {
            "Ask the witness's operator; 404 and 403 mean that it does not watch this ledger under this key."
        }
        "witness-busy" | "witness-without-address" | "witness-silent" => {
            "Ask again with `claimledger checkpoint --cosign`; the policy's witness line ends with its address."
        }
        "policy-malformed" => {
            "Correct that line: log, witness, group and quorum lines, each name defined before it is used."
        }
        "cannot-listen" => "Choose another address with --listen; port 0 takes any free one.",
        "archive-refused" => {
            "Do not unpack it by other means; ask whoever made it for another archive, or for the folder."
        }
        "checkpoint-not-signed" => {
            "Nothing was added: put right what is said above about the ledger's key, and run the command again."
        }
        "exists" => "Choose another name, or move away what lies there; nothing is overwritten.",
        "no-randomness" => "Mend this machine before any key is made on it.",
        "fork-not-shown" => {
            "Believe neither side of it: two checkpoints of one ledger, signed by its key, are what shows a fork."
        }
        "note-malformed" | "note-not-signed" | "note-signature" | "vkey-malformed" => {
            "Copy the checkpoint, or the verifier key, again and whole from whoever publishes it; if it stays so, do not rely on it."
        }
        "tile-malformed" | "tile-path" | "tile-edge" => {
            "Ask for it again; if it stays so, the place shows no log: audit a copy from elsewhere."
        }
        "witness-malformed" => {
            "Ask the witness's operator; what it answers is not what C2SP tlog-witness says."
        }
        "payload-type" | "signature-count" => {
            "Sign the statement with `claimledger sign`; an envelope holds one statement and one signature."
        }
        "declined" | "usage" => return None,
        _ => "Run `claimledger doctor` to see what is wrong.",
    })
}
