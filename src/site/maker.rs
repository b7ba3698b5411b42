//! Makes the pages of a ledger at its head, one by one: each from the screens that the terminal shows.

use super::address::SitePage;
use super::frame;
use super::noted::{Noted, ShownAs};
use super::pages::claim::ClaimDrawing;
use super::pages::{claim, verdict};
use super::record::PageRecord;
use super::writer::{PageBody, PageWriter, SiteChoices, SiteFrame};
use crate::app::proofs::proof::{Form, Prover};
use crate::app::publish::house::House;
use crate::app::publish::verdicts;
use crate::app::read::any_view::AnyView;
use crate::app::read::entries::Entries;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::{self, Screen};
use crate::app::read::{corroboration, drawing, practice, show};
use crate::app::{Error, Session};
use crate::formats::claimreview::own_node;
use crate::formats::json_text;
use crate::formats::own_review::OwnReview;
use crate::formats::schema_org::vocabulary::document;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::{self, Says};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::{EntryIndex, TreeSize};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Where, below the folder of the site.
    pub path: String,
    /// What is in it.
    pub content: FileContent,
}

/// What is in a file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileContent {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The proof of an entry. A site keeps the proofs of pages that have not changed, and each is under the head at which it
    /// was made; so a proof is made only where it is written.
    Proof(EntryIndex, Form),
}

impl SiteFile {
    /// Its bytes, as of the head of the maker's session.
    pub fn bytes(&self, maker: &SiteMaker<'_>) -> Result<Cow<'_, [u8]>, Error> {
        Ok(match &self.content {
            FileContent::Bytes(bytes) => Cow::Borrowed(bytes),
            FileContent::Proof(entry, form) => Cow::Owned(maker.prove(*entry, *form)?),
        })
    }
}

/// The pages of a statement, and the files beside them.
#[derive(Debug, Clone)]
pub struct MadePages {
    /// Pages first.
    pub files: Vec<SiteFile>,
    /// The newest entry that the page names.
    pub newest: Option<EntryIndex>,
    /// What the lists need to know.
    pub noted: Noted,
}

/// Makes the pages of a ledger.
pub struct SiteMaker<'s> {
    /// The ledger.
    pub session: &'s Session,
    /// What all pages have in common.
    pub frame: SiteFrame,
    /// The signed head, with cosignatures.
    pub head: SignedCheckpoint,
    houses: RefCell<BTreeMap<String, Rc<House>>>,
    /// Made by the first proof: a comparison makes none.
    prover: OnceCell<Prover<'s>>,
}

impl<'s> SiteMaker<'s> {
    /// For the ledger at its head.
    pub fn new(session: &'s Session, choices: SiteChoices, signed: SignedCheckpoint) -> Self {
        let head = session.head();
        Self {
            head: signed,
            prover: OnceCell::new(),
            frame: SiteFrame {
                origin: head.origin.to_string(),
                ledger: head.ledger,
                vkey: head.vkey.to_string(),
                choices,
            },
            session,
            houses: RefCell::default(),
        }
    }

    /// Makes a proof under the newest head.
    pub fn prove(&self, entry: EntryIndex, form: Form) -> Result<Vec<u8>, Error> {
        if self.prover.get().is_none() {
            let _ = self.prover.set(Prover::new(self.session)?);
        }
        let prover = self.prover.get().expect("made above");
        prover.prove(&entry.to_string(), form)
    }

    /// The form of the dossiers of this site.
    pub fn dossier(&self) -> Form {
        if self.frame.choices.with_texts {
            Form::DossierWithTexts
        } else {
            Form::Dossier
        }
    }

    /// How many entries the log has.
    pub fn size(&self) -> TreeSize {
        self.session.head().size
    }

    /// The entries of a type, in the order of the log.
    pub fn of_type(&self, kind: StatementType) -> Result<Vec<EntryIndex>, Error> {
        Ok(self.session.view().of_type(kind, self.size())?)
    }

    /// What a page reads, and nothing that another page has read.
    pub fn with_pages<T>(
        &self,
        make: impl FnOnce(&Pages<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let view: AnyView<'_> = Entries::view(self.session);
        make(&Pages::at(self.session, &view, self.size())?)
    }

    /// The page of a claim, with the files beside it.
    pub fn claim(&self, entry: EntryIndex) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let said = pages.said(entry)?;
            let id = said.id();
            let Screen::Claim(screen) = screens::screen(pages, entry)? else {
                return Err(self.no_page(entry));
            };
            let language = language(&said.body);
            let page = self.begin(SitePage::Claim(id));
            let drawing = match &screen.now {
                None => Some(self.drawing(&page, pages, entry)?),
                Some(_) => None,
            };
            let body = claim::page(&page, pages, &screen, language.as_deref(), drawing.as_ref())?;
            let mut made = self.made(&page, body);
            if !screen.form.standing.facts.is_live() {
                made.noted.shown = ShownAs::Fallen;
            }
            self.beside(&mut made, &page.page, entry, &id)?;
            Ok(made)
        })
    }

    /// The page of a verdict, with the files beside it; no files if it is not shown.
    pub fn verdict(&self, entry: EntryIndex) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let facts = pages.stands(entry)?.facts;
            let shown = if !facts.is_concluded() {
                ShownAs::Hidden
            } else if facts.is_sound() {
                ShownAs::Stands
            } else {
                ShownAs::Fallen
            };
            let noted = noted(pages, entry, shown)?;
            if shown == ShownAs::Hidden && !self.frame.choices.with_unapproved {
                return Ok(MadePages {
                    files: Vec::new(),
                    newest: None,
                    noted,
                });
            }
            let id = pages.said(entry)?.id();
            let Screen::Verdict(screen) = screens::screen(pages, entry)? else {
                return Err(self.no_page(entry));
            };
            let language = language(&pages.said(screen.claim.entry)?.body);
            let page = self.begin(SitePage::Verdict(id));
            let review = self.review(pages, entry, &screen.organisation)?;
            let markup = review.as_ref().map(|one| document(own_node(one)));
            let in_page = markup.as_ref().map(json_text::line);
            let body = verdict::page(&page, pages, &screen, language.as_deref(), in_page)?;
            let mut made = self.made(&page, body);
            made.noted = noted;
            self.beside(&mut made, &page.page, entry, &id)?;
            if let Some(markup) = &markup {
                let text = json_text::pretty(markup);
                made.files.push(file(page.page.beside("claimreview"), text));
            }
            Ok(made)
        })
    }

    /// The verdict as it goes out.
    pub fn review(
        &self,
        pages: &Pages<'_>,
        entry: EntryIndex,
        organisation: &str,
    ) -> Result<Option<OwnReview>, Error> {
        let house = self.house(organisation)?;
        let address = self.frame.choices.address.as_ref();
        verdicts::one(self.session, pages, &house, entry, address)
    }

    /// An organisation as it goes out.
    pub fn house(&self, short: &str) -> Result<Rc<House>, Error> {
        if let Some(known) = self.houses.borrow().get(short) {
            return Ok(Rc::clone(known));
        }
        let slug = short.parse().ok();
        let house = Rc::new(House::of(self.session, slug.as_ref())?);
        let mut houses = self.houses.borrow_mut();
        houses.insert(short.to_owned(), Rc::clone(&house));
        Ok(house)
    }

    pub(super) fn drawing(
        &self,
        page: &PageWriter<'_>,
        pages: &Pages<'_>,
        entry: EntryIndex,
    ) -> Result<ClaimDrawing, Error> {
        let found = corroboration::corroborate(self.session, &entry.to_string(), None, None)?;
        for row in &found.sources {
            // What the table names must be read here too, so that the page is made again when it changes.
            pages.stands(row.entry)?;
        }
        let link = |id: &StatementId| page.to(&SitePage::Source(*id));
        let svg = drawing::draw(self.session, &found, &link)?;
        Ok(ClaimDrawing { found, svg })
    }

    /// Begins a page.
    pub fn begin(&self, page: SitePage) -> PageWriter<'_> {
        PageWriter::new(&self.frame, page)
    }

    /// The file of a page.
    pub fn made(&self, page: &PageWriter<'_>, body: PageBody) -> MadePages {
        let text = frame::frame(page, body);
        MadePages {
            files: vec![file(page.page.file(), text)],
            newest: page.newest(),
            noted: Noted::default(),
        }
    }

    /// The statement, its envelope, its proofs, and the draft of an objection to it.
    pub fn beside(
        &self,
        made: &mut MadePages,
        page: &SitePage,
        entry: EntryIndex,
        id: &StatementId,
    ) -> Result<(), Error> {
        let name = entry.to_string();
        let statement = self.session.statement(entry)?.payload().to_vec();
        let envelope = show::envelope(self.session, &name, None)?.into_bytes();
        let draft = PageRecord::draft(&self.frame.ledger.to_string(), &id.to_string());
        for (ending, content) in [
            ("json", FileContent::Bytes(statement)),
            ("dsse", FileContent::Bytes(envelope)),
            ("tlog-proof", FileContent::Proof(entry, Form::TlogProof)),
            ("dossier", FileContent::Proof(entry, self.dossier())),
            ("objection.json", FileContent::Bytes(draft.into_bytes())),
        ] {
            made.files.push(SiteFile {
                path: page.beside(ending),
                content,
            });
        }
        Ok(())
    }

    /// The error for an entry that has no page of the kind that was asked for.
    pub fn no_page(&self, entry: EntryIndex) -> Error {
        crate::ledger::Error::NotFound {
            name: entry.to_string(),
            size: self.size(),
        }
        .into()
    }
}

/// What the lists need to know of a verdict.
fn noted(pages: &Pages<'_>, entry: EntryIndex, shown: ShownAs) -> Result<Noted, Error> {
    let reading = pages.reading();
    let (fact, judged) = (pages.fact(entry)?, rules::standing(reading, entry)?);
    let mut noted = Noted {
        shown,
        year: year(&pages.said(entry)?.issued.to_string()),
        ..Noted::default()
    };
    if let (Says::Verdict(verdict), Some(judged)) = (&fact.says, judged) {
        noted.house = pages.organisation(judged.organisation)?;
        let facts = pages.stands(entry)?.facts;
        let found = practice::concerns(reading, &fact, verdict, &judged, &facts, fact.time)?;
        noted.concerns = found.into_keys().collect();
    }
    Ok(noted)
}

fn year(instant: &str) -> u64 {
    let year = instant.get(..4).and_then(|year| year.parse().ok());
    year.unwrap_or_default()
}

/// The language that a claim says its words are in.
pub(super) fn language(body: &Body) -> Option<String> {
    match body {
        Body::ClaimAdd(claim) => claim.language.as_ref().map(ToString::to_string),
        _ => None,
    }
}

/// A file of text.
pub fn file(path: String, text: String) -> SiteFile {
    SiteFile {
        path,
        content: FileContent::Bytes(text.into_bytes()),
    }
}
