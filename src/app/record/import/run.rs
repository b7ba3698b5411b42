//! The import itself: reads, plans, and adds in groups. Each group is one commit, so what was added stays.

use super::adopting::{Adopting, AdoptionCame};
use super::input::{Input, Opened, Reaching, Spelled};
use super::known::{Adoptable, KnownReviews};
use super::plan::{ForClaim, NewRecord, ReviewPlan, plan};
use super::report::{Came, ReportLine};
use crate::app::read::search::{ClaimPlace, ClaimToCompare, LikeClaims};
use crate::app::record::append::{self, Frame};
use crate::app::{Desk, Error, Session};
use crate::formats::{ReviewMarkup, Trouble, TroubleCode};
use crate::keystore::{Passphrases, Signer};
use crate::snapshots::Waiting;
use claimledger_core::encoding::foreign;
use claimledger_core::envelope;
use claimledger_core::model::foreign::{Raw, Review};
use claimledger_core::model::{Body, FreeText};
use serde::Serialize;
use std::cell::Cell;
use std::rc::Rc;

/// What to import, and how.
pub struct Import<'i> {
    /// The working place.
    pub desk: &'i Desk,
    /// Who signs.
    pub signer: &'i dyn Signer,
    /// The files and addresses.
    pub inputs: &'i [Input],
    /// How reviews are spelled in them.
    pub spelled: &'i Spelled,
    /// Which addresses may be fetched.
    pub reaching: Reaching,
    /// How the reviews become verdicts of the organisation, if they do.
    pub adopting: Option<&'i Adopting>,
    /// Whether to add nothing.
    pub dry_run: bool,
}

/// Who is told what.
pub struct ImportListeners<'t> {
    /// Each line of the report.
    pub report: &'t mut dyn FnMut(&ReportLine<'_>) -> Result<(), Error>,
    /// How many reviews were looked at.
    pub progress: &'t mut dyn FnMut(u64),
    /// What to tell the person.
    pub note: &'t mut dyn FnMut(String),
    /// Who asks for passphrases.
    pub passphrases: &'t mut dyn Passphrases,
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Files and addresses that were read.
    pub files: u64,
    /// Files and addresses that could not be opened, and markup that could not be read.
    pub unread: u64,
    /// Reviews found.
    pub reviews: u64,
    /// Reviews recorded for the first time.
    pub recorded: u64,
    /// Records that supersede an earlier one.
    pub changed: u64,
    /// Reviews that were there already.
    pub already: u64,
    /// Reviews of which the ledger has newer values.
    pub older: u64,
    /// Reviews whose record was withdrawn.
    pub taken_back: u64,
    /// Reviews that cannot be recorded without a person.
    pub refused: u64,
    /// Reviews with something doubtful.
    pub doubtful: u64,
    /// Claims added.
    pub claims: u64,
    /// Verdicts issued.
    pub verdicts: u64,
    /// Statements added, without verdicts and their publications.
    pub statements: u64,
}

impl Counts {
    fn count(&mut self, came: Came, troubles: &[Trouble]) {
        *match came {
            Came::Recorded => &mut self.recorded,
            Came::Changed => &mut self.changed,
            Came::Already => &mut self.already,
            Came::Older => &mut self.older,
            Came::TakenBack => &mut self.taken_back,
            Came::Refused => &mut self.refused,
        } += 1;
        self.doubtful += u64::from(came != Came::Refused && !troubles.is_empty());
    }
}

impl Import<'_> {
    /// Runs it. What is wrong with one review keeps no other from being recorded.
    ///
    /// # Errors
    ///
    /// Those of the ledger. What earlier groups added stays; the same import goes on from there.
    pub fn run(&self, session: &mut Session, told: ImportListeners<'_>) -> Result<Counts, Error> {
        let known = KnownReviews::of(session, &self.signer.public())?;
        session.let_rows_wait();
        let mut like = LikeClaims::open(session, &mut |_, _| {})?;
        if !like.is_quick() {
            let why = "the full-text index cannot be brought up to the log, so the claims are compared only with each other";
            (told.note)(why.to_owned());
            like.leave_unread();
        }
        let mut running = Running {
            import: self,
            session,
            known,
            like,
            pending: Vec::new(),
            counts: Counts::default(),
            told,
        };
        for input in self.inputs {
            running.input(input)?;
        }
        running.flush()?;
        if let Err(e) = running.session.settle_rows() {
            (running.told.note)(format!(
                "added, but not to the index; the next command reads it from the log: {e}"
            ));
        }
        Ok(running.counts)
    }
}

struct Running<'r, 'i, 't> {
    import: &'r Import<'i>,
    session: &'r mut Session,
    known: KnownReviews,
    like: LikeClaims,
    pending: Vec<(Rc<Source>, ReviewMarkup)>,
    counts: Counts,
    told: ImportListeners<'t>,
}

/// An input, and whether its bytes are kept.
struct Source {
    opened: Opened,
    kept: Cell<bool>,
}

impl Running<'_, '_, '_> {
    fn input(&mut self, input: &Input) -> Result<(), Error> {
        let opened = match input.open(self.import.desk, self.import.reaching) {
            Ok(opened) => opened,
            Err(why) => {
                let name = input.name();
                let trouble = Trouble::new("", TroubleCode::Malformed, why.to_string());
                return self.unread(&name, "", &trouble);
            }
        };
        self.counts.files += 1;
        let source = Rc::new(Source {
            opened,
            kept: Cell::new(false),
        });
        let mut failed = None;
        let note = source
            .opened
            .read(self.import.spelled, &mut |place, found| {
                let taken = match found {
                    Ok(reviews) => self.take(&source, reviews),
                    Err(trouble) => self.unread(&source.opened.name, place, &trouble),
                };
                failed = taken.err();
                failed.is_none()
            })?;
        if let Some(note) = note {
            (self.told.note)(format!("{}: {note}", foreign::name(&source.opened.name)));
        }
        failed.map_or(Ok(()), Err)
    }

    fn unread(&mut self, file: &str, at: &str, trouble: &Trouble) -> Result<(), Error> {
        self.counts.unread += 1;
        (self.told.report)(&ReportLine {
            file,
            at,
            came: Came::Refused,
            troubles: std::slice::from_ref(trouble),
            review: None,
        })
    }

    fn take(&mut self, source: &Rc<Source>, reviews: Vec<ReviewMarkup>) -> Result<(), Error> {
        for review in reviews {
            self.pending.push((Rc::clone(source), review));
            if self.pending.len() == GROUP {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Adds what is pending, in one commit.
    fn flush(&mut self) -> Result<(), Error> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        self.follow_claims()?;
        let (desk, signer) = (self.import.desk, self.import.signer);
        // What is known must not change between the plan and the commit.
        let writer = if self.import.dry_run {
            None
        } else {
            Some(self.session.writer(desk)?)
        };
        self.known.follow(self.session)?;
        let waiting = Waiting::beside(&desk.disk()?)?;
        let frame = Frame::now(desk, self.session, signer.public())?;
        let mut payloads = Vec::new();
        let mut group = Vec::new();
        let mut claims = Vec::new();
        for (place, (source, mut markup)) in pending.into_iter().enumerate() {
            let opened = &source.opened;
            let raw = Raw {
                at: FreeText::open(markup.at.clone()).ok(),
                bytes: opened.bytes,
                media_type: opened.media_type.clone(),
                sha256: opened.sha256,
            };
            let planned = plan(self.session, &mut self.known, &mut markup, raw)?;
            let (came, review) = match planned {
                ReviewPlan::Nothing(came, review) => (came, review),
                ReviewPlan::Record(new) => {
                    if let ForClaim::New(claim) = &new.claim
                        && let Some(words) = claim.text.words()
                    {
                        claims.push((place, words.to_owned()));
                    }
                    let made = self.statements(&frame, &new);
                    self.counts.statements += made.len() as u64;
                    if !self.import.dry_run {
                        if !source.kept.replace(true) {
                            opened.keep(&waiting)?;
                        }
                        payloads.extend(made);
                    }
                    (new.came, Some(Box::new(new.review)))
                }
            };
            group.push(Done {
                source,
                markup,
                came,
                review,
            });
        }
        self.compare(&claims, &mut group)?;
        if let Some(writer) = writer.filter(|_| !payloads.is_empty()) {
            let batch = append::sign_all(self.session, payloads, signer)?;
            let clock = desk.clock.as_ref();
            let passphrases = &mut *self.told.passphrases;
            let waiting = Some(&waiting);
            let session = &mut *self.session;
            let added =
                append::append_to(desk, session, writer, batch, waiting, clock, passphrases)?;
            added.1.into_iter().for_each(&mut self.told.note);
        }
        self.adopt(&mut group)?;
        for done in &group {
            self.counts.reviews += 1;
            self.counts.count(done.came, &done.markup.troubles);
            if done.came == Came::Refused || !done.markup.troubles.is_empty() {
                (self.told.report)(&ReportLine {
                    file: &done.source.opened.name,
                    at: &done.markup.at,
                    came: done.came,
                    troubles: &done.markup.troubles,
                    review: Some(&done.markup),
                })?;
            }
        }
        (self.told.progress)(self.counts.reviews);
        Ok(())
    }

    /// Takes in the claims of earlier groups. Those of a look through everything are only in memory, so the last thousand are
    /// kept.
    fn follow_claims(&mut self) -> Result<(), Error> {
        if self.import.dry_run {
            self.like.forget_oldest();
            return Ok(());
        }
        self.like.forget_rows();
        self.like.follow(self.session)?;
        if self.like.is_full() {
            self.like = LikeClaims::open(self.session, &mut |_, _| {})?;
            if !self.like.is_quick() {
                self.like.leave_unread();
            }
        }
        Ok(())
    }

    /// Notes the claims that are like the new ones of a group, each with its place there, and takes those in.
    fn compare(&mut self, claims: &[(usize, String)], group: &mut [Done]) -> Result<(), Error> {
        let row = |place: usize| self.counts.reviews + place as u64 + 1;
        let rows = claims.iter().map(|(place, words)| (row(*place), &**words));
        let rows: Vec<(u64, &str)> = rows.collect();
        let compared = rows.iter().map(|(row, words)| ClaimToCompare {
            words,
            at: Some(ClaimPlace::Row(*row)),
            but: None,
        });
        let compared: Vec<ClaimToCompare<'_>> = compared.collect();
        self.like.take(self.session, &rows)?;
        let all = self.like.of_each(self.session, &compared)?;
        let named = |places: &[ClaimPlace]| {
            let all: Vec<String> = places.iter().map(ToString::to_string).collect();
            all.join(", ")
        };
        for ((place, _), alike) in claims.iter().zip(all) {
            let markup = &mut group[*place].markup;
            if !alike.nearly_same.is_empty() {
                let why = format!("nearly the same words: {}", named(&alike.nearly_same));
                markup.trouble("claim", TroubleCode::ClaimNearlySame, why);
            }
            if !alike.similar.is_empty() {
                let why = format!("similar: {}", named(&alike.similar));
                markup.trouble("claim", TroubleCode::ClaimSimilar, why);
            }
        }
        Ok(())
    }

    /// The payloads of the statements of a new record: of its claim, unless that is there, and of the record itself.
    fn statements(&mut self, frame: &Frame, new: &NewRecord) -> Vec<Vec<u8>> {
        let mut made = Vec::new();
        let mut review = new.review.clone();
        review.claim = Some(match &new.claim {
            ForClaim::There(id) => *id,
            ForClaim::New(claim) => {
                let body = Body::from((**claim).clone());
                let payload = frame.around(None, body).encode();
                let id = envelope::id_of(&payload);
                let words = claim.text.words().unwrap_or_default();
                self.known.plan_claim(words, id);
                self.counts.claims += 1;
                made.push(payload);
                id
            }
        });
        self.known.remember(&review, None);
        made.push(frame.around(None, Body::from(review)).encode());
        made
    }

    /// Issues the verdicts that adopt the records of a group, also of records that were there: an interrupted import goes
    /// on with them.
    fn adopt(&mut self, group: &mut [Done]) -> Result<(), Error> {
        let Some(adopting) = self.import.adopting else {
            return Ok(());
        };
        self.known.follow(self.session)?;
        let mut places = Vec::new();
        let mut records: Vec<Adoptable> = Vec::new();
        for (place, done) in group.iter_mut().enumerate() {
            let Some(review) = &done.review else {
                continue;
            };
            let label = review.rating.label.words().unwrap_or_default();
            if adopting.rating(label).is_none() {
                let why = "the mapping of labels has no rating for it, so there is no verdict";
                done.markup
                    .trouble("label", TroubleCode::LabelUnmapped, why);
            } else if let Some(record) = self.known.to_adopt(review) {
                // Two markups of one review are one verdict.
                if records.iter().all(|known| known.entry != record.entry) {
                    places.push(place);
                    records.push(record);
                }
            }
        }
        if self.import.dry_run {
            return Ok(());
        }
        let came = adopting.adopt(
            self.import.desk,
            self.session,
            self.import.signer,
            &records,
            self.told.passphrases,
        )?;
        for (place, came) in places.into_iter().zip(came) {
            match came {
                AdoptionCame::Now => self.counts.verdicts += 1,
                AdoptionCame::Before | AdoptionCame::LabelUnmapped => {}
                AdoptionCame::OtherVerdict => {
                    let why = "the organisation has a verdict on this claim; it is not replaced";
                    group[place]
                        .markup
                        .trouble("", TroubleCode::VerdictThere, why);
                }
            }
        }
        Ok(())
    }
}

/// A review of a group, and what became of it.
struct Done {
    source: Rc<Source>,
    markup: ReviewMarkup,
    came: Came,
    /// Its record, as it is or as it would be.
    review: Option<Box<Review>>,
}

/// Reviews in a commit. A commit waits for the disk a few times, which costs about as much as signing this many statements.
const GROUP: usize = 500;
