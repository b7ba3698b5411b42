//! A desk in memory: people with keys, and a ledger that admits their statements.

use super::bodies::{self, secret};
use super::vectors;
use crate::code::Code;
use crate::crypto::{Digest, SecretKey};
use crate::encoding::millis::UnixMillis;
use crate::encoding::time::Instant;
use crate::entry::{Entry, Head};
use crate::envelope::{Parsed, Verified, pae};
use crate::model::organisation::Role;
use crate::model::verdict::Corroboration;
use crate::model::{Body, Seen, Statement, StatementId};
use crate::rules::frozen;
use crate::rules::{
    BOOKS, Book, Candidate, Changes, Distrust, MemoryView, Reading, Refusal, Rejection, Standings,
    View as _, admit_by,
};
use crate::tlog::merkle::{Frontier, leaf_hash};
use crate::tlog::{EntryIndex, TreeSize};

/// The seed byte of each person's key. Ada founded the desk; Olga is from another organisation.
pub const ADA: u8 = 1;
pub const BOB: u8 = 2;
pub const CAROL: u8 = 3;
pub const DAN: u8 = 4;
pub const IMPORTER: u8 = 5;
pub const OLGA: u8 = 6;
pub const PIA: u8 = 7;
pub const CHECKPOINT: u8 = 100;

pub struct Desk {
    pub view: MemoryView,
    pub frontier: Frontier,
    pub books: Vec<Book>,
    pub ledger: StatementId,
    pub time: u64,
    pub ids: Vec<StatementId>,
    /// The log: the bytes of every admitted entry, and the place of the next.
    pub entries: Vec<Vec<u8>>,
    pub chain: Head,
    pub label: Option<String>,
    pub seen: Option<Seen>,
    /// Whether the next statement says nothing about what its signer had seen.
    pub silent: bool,
}

impl Desk {
    /// Entry 0 alone.
    pub fn new() -> Self {
        Self::founded(bodies::create(secret(CHECKPOINT).public()))
    }

    pub fn founded(create: crate::model::ledger::Create) -> Self {
        let mut desk = Self::empty();
        let first = desk.sign(&secret(ADA), create.into());
        desk.ledger = first.id();
        desk.take(&first).unwrap();
        desk
    }

    /// Before entry 0.
    pub fn empty() -> Self {
        Self {
            view: MemoryView::default(),
            frontier: Frontier::new(),
            books: BOOKS.to_vec(),
            ledger: StatementId::from_bytes([0; 32]),
            time: START_MILLIS,
            ids: Vec::new(),
            entries: Vec::new(),
            chain: Head::EMPTY,
            label: None,
            seen: None,
            silent: false,
        }
    }

    /// Ada (admin, editor, reviewer), Bob (reviewer), Carol (editor), Dan (admin), an importer; Olga (admin) and Pia
    /// (reviewer, editor) of another organisation; a scale, and a policy of one approval.
    pub fn staffed() -> Self {
        let mut desk = Self::new();
        let ada = secret(ADA);
        desk.enroll(ADA, BOB, "bob", "desk", &[Role::Reviewer]);
        desk.enroll(ADA, CAROL, "carol", "desk", &[Role::Editor]);
        desk.enroll(ADA, DAN, "dan", "desk", &[Role::Admin]);
        desk.enroll(ADA, IMPORTER, "robot", "desk", &[Role::Importer]);
        desk.say(&ada, bodies::organisation("other").into());
        desk.enroll(ADA, OLGA, "olga", "other", &[Role::Admin]);
        desk.enroll(OLGA, PIA, "pia", "other", &[Role::Editor, Role::Reviewer]);
        desk.say(&ada, bodies::scale("desk", 1).into());
        desk.say(&ada, bodies::policy("desk", 1).into());
        desk
    }

    pub fn size(&self) -> TreeSize {
        self.view.size()
    }

    pub fn head(&self) -> Seen {
        Seen {
            root: self.frontier.root(),
            size: self.size(),
        }
    }

    pub fn id(&self, index: EntryIndex) -> StatementId {
        self.ids[usize::try_from(index.get()).unwrap()]
    }

    /// The scale of a staffed desk.
    pub fn scale(&self) -> StatementId {
        self.id(EntryIndex::new(8))
    }

    /// Signs a statement. A verdict gets its corroboration here, as of what its author has seen, if it has none.
    pub fn sign(&self, key: &SecretKey, mut body: Body) -> Verified {
        if let Body::VerdictIssue(verdict) = &mut body
            && verdict.corroboration == Corroboration::NOT_COMPUTED
        {
            let seen = self.seen.unwrap_or_else(|| self.head()).size;
            let claim = self.view.statement(&verdict.claim).unwrap();
            let claim = claim.filter(|claim| seen.contains(claim.index));
            let reading = self.reading_at(seen);
            let organisation = self
                .view
                .key(&key.public())
                .unwrap()
                .and_then(|key| self.view.organisation(&key.organisation).unwrap());
            if let (Some(claim), Some(organisation)) = (claim, organisation)
                && let Some(Ok(computed)) = frozen(&reading, claim.index, organisation).unwrap()
            {
                verdict.corroboration = computed;
            }
        }
        let first = matches!(body, Body::LedgerCreate(_));
        let statement = Statement {
            statement_type: body.statement_type(),
            body,
            issued: Instant::from_unix_seconds(self.time / 1_000).unwrap(),
            key: key.public(),
            label: self.label.as_ref().map(|label| label.parse().unwrap()),
            ledger: (!first).then_some(self.ledger),
            seen: (!first && !self.silent).then_some(self.seen.unwrap_or_else(|| self.head())),
        };
        let payload = statement.encode();
        let signature = key.sign(&pae(&payload));
        let parsed = Parsed::new(payload, signature).unwrap();
        parsed.verify_strict().unwrap()
    }

    pub fn judge(&self, statement: &Verified) -> Result<Changes, Rejection> {
        let candidate = Candidate {
            index: self.size().next(),
            time: UnixMillis::new(self.time),
            statement,
        };
        match admit_by(&self.books, &self.view, &candidate) {
            Ok(changes) => Ok(changes),
            Err(Refusal::Rejected(rejection)) => Err(rejection),
            Err(Refusal::View(never)) => match never {},
        }
    }

    pub fn take(&mut self, statement: &Verified) -> Result<StatementId, Rejection> {
        let entry = Entry::place(&self.chain, UnixMillis::new(self.time), statement);
        let bytes = entry.encode().unwrap();
        let changes = match self.judge(statement) {
            Ok(changes) => changes,
            Err(rejection) => {
                vectors::keep(self, &bytes, &rejection);
                return Err(rejection);
            }
        };
        self.frontier.push(leaf_hash(&bytes));
        self.chain = entry.head_after(&bytes);
        self.view.apply(&changes, self.frontier.root());
        self.ids.push(statement.id());
        self.entries.push(bytes);
        self.time += 1_000;
        Ok(statement.id())
    }

    /// Signs and submits it; returns its id or the refusal.
    pub fn try_say(&mut self, key: &SecretKey, body: Body) -> Result<StatementId, Rejection> {
        let statement = self.sign(key, body);
        let answer = self.take(&statement);
        self.time += 1_000;
        self.label = None;
        self.seen = None;
        self.silent = false;
        answer
    }

    pub fn say(&mut self, key: &SecretKey, body: Body) -> StatementId {
        self.try_say(key, body).unwrap()
    }

    /// The code with which it is refused.
    pub fn refused(&mut self, key: &SecretKey, body: Body) -> Code {
        let size = self.size();
        let code = self.try_say(key, body).unwrap_err().code();
        assert_eq!(self.size(), size);
        assert!(Rejection::CODES.contains(&code));
        code
    }

    pub fn enroll(&mut self, by: u8, new: u8, holder: &str, organisation: &str, roles: &[Role]) {
        let body = self.enrolment(by, new, holder, organisation, roles);
        self.say(&secret(by), body);
    }

    pub fn enrolment(
        &self,
        by: u8,
        new: u8,
        holder: &str,
        organisation: &str,
        roles: &[Role],
    ) -> Body {
        let (by, new) = (secret(by), secret(new));
        bodies::enroll(&self.ledger, &by, &new, holder, organisation, roles).into()
    }

    pub fn index(&self, id: &StatementId) -> EntryIndex {
        self.view.statement(id).unwrap().unwrap().index
    }

    pub fn reading(&self) -> Reading<'_, MemoryView> {
        self.reading_at(self.size())
    }

    pub fn reading_at(&self, size: TreeSize) -> Reading<'_, MemoryView> {
        Reading::at(&self.view, size).unwrap()
    }

    /// What fell beneath a statement.
    pub fn fallen(&self, id: &StatementId) -> Vec<EntryIndex> {
        let standings = Standings::at(&self.view, self.size()).unwrap();
        let standing = standings.of(self.index(id)).unwrap().unwrap();
        let fallen = standing.rests_on_fallen.iter();
        fallen.map(|fallen| fallen.entry).collect()
    }

    /// Whether an entry is distrusted as of a size.
    pub fn distrusts(&self, size: TreeSize, id: &StatementId) -> bool {
        let distrust = Distrust::at(&self.view, size).unwrap();
        let fact = self.view.statement(id).unwrap().unwrap();
        distrust.covers(&self.view, &fact).unwrap()
    }

    pub fn digest(&self) -> Digest {
        self.view.digest()
    }
}

/// 2026-01-01T00:00:00Z.
pub const START_MILLIS: u64 = 1_767_225_600_000;

impl Desk {
    /// The entry's time of a statement.
    pub fn view_time(&self, id: &StatementId) -> UnixMillis {
        self.view.statement(id).unwrap().unwrap().time
    }
}

impl Desk {
    /// The digest of the bytes that came with a source.
    pub fn view_bytes(&self, source: &StatementId) -> Digest {
        match self.view.statement(source).unwrap().unwrap().says {
            crate::rules::Says::Source(source) => source.bytes.unwrap(),
            _ => panic!("no source"),
        }
    }
}
