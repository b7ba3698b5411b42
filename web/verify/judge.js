// One entry at its place: what docs/rules.md asks, in the order in which it asks. Each question has three answers: it holds,
// the entry is refused, or it cannot be judged.
import { CannotTell, Refused, must, refuse } from './answer.js';
import { KEY_RULES, judgeSigner, leavesAdmin, recover } from './keys.js';
import { TYPE_RULES } from './types.js';
import { wordsSeen } from './seen.js';
import { keepsClaim } from './log.js';
import { firstSecond, seconds } from './values.js';
import { isEnrollable } from './ed25519.js';
import { base64 } from './bytes.js';

/** @typedef {import('./log.js').Entry} Entry */
/**
 * What was not judged. `limit`: a limit of this verifier, so that the program may refuse the entry; else something that the
 * file lacks, so that the program cannot judge it either.
 * @typedef {{entry: number, code: string, why: string, limit: boolean}} NotJudged
 */

/** The case of one entry. */
export class Case {
  /**
   * @param {import('./log.js').Log} log
   * @param {Entry} entry
   * @param {boolean} whole
   * @param {NotJudged[]} doubts
   * @param {Map<number, string | null>} roots
   */
  constructor(log, entry, whole, doubts, roots) {
    this.log = log;
    this.entry = entry;
    this.size = entry.index;
    this.body = entry.body;
    this.whole = whole;
    this.doubts = doubts;
    this.roots = roots;
    /** @type {{field: string, id: string, types: string[], thing: Entry}[]} */
    this.named = [];
  }

  /** What a field names. @param {string} field */
  maybe = (field) => this.named.find((named) => named.field === field)?.thing;
  get supersedes() {
    return this.maybe('correction.supersedes');
  }
  /** @param {string} field */
  in = (field) => /** @type {Entry} */ (this.maybe(field));

  /** @param {string} code @param {string} why */
  limit = (code, why) => void this.doubts.push({ entry: this.entry.index, code, why, limit: true });

  /** What a part of a log may lack. @param {any} holds @param {string} code @param {string} why */
  unlessLacking(holds, code, why) {
    if (holds) return;
    if (this.whole) refuse(code, why);
    this.doubts.push({ entry: this.entry.index, code, why: `the file may lack an entry: ${why}`, limit: false });
  }

  /**
   * Asks a question that may be beyond this verifier; undefined if it is.
   * @template T
   * @param {string} code
   * @param {() => T} ask
   * @returns {T | undefined}
   */
  ask(code, ask) {
    try {
      return ask();
    } catch (problem) {
      if (!(problem instanceof CannotTell)) throw problem;
      this.limit(code, problem.message);
    }
  }

  /** @param {...string} roles */
  needsRole = (...roles) =>
    must(
      roles.some((role) => this.entry.roles.includes(role)),
      'role-missing',
      `${this.entry.holder} has none of the roles ${roles.join(', ')}`,
    );
  /** @param {string} organisation */
  needsOrganisation = (organisation) =>
    must(this.entry.organisation === organisation, 'other-organisation', `an admin of ${organisation} must do this`);
  needsFounder = () =>
    must(
      this.entry.organisation === this.log.entries[0].organisation,
      'founder-only',
      "only the founder's organisation may do this",
    );
  /** @param {Entry} thing */
  needsOwn = (thing) =>
    must(
      thing.organisation === this.entry.organisation,
      'not-its-organisation',
      `only ${thing.organisation} may do this`,
    );
  /** @param {Entry} other */
  isPerson = (other) => other.holder === this.entry.holder && other.organisation === this.entry.organisation;
}

const ROLES = {
  'source.add source.capture source.transcribe claim.add claim.relate review.record source.relate': 'importer reviewer',
  'origin.assess evidence.add verdict.issue': 'reviewer',
  'verdict.attest dispute.open dispute.answer verdict.publish': 'editor reviewer',
  'snapshot.withhold': 'admin editor',
  'withdraw key.rotate checkpoint.observe': 'admin editor importer reviewer',
};
/** @param {Entry} entry */
const rolesFor = ({ type, body }) => {
  if (body.relation === 'independentOf') return ['reviewer'];
  const [, roles] = Object.entries(ROLES).find(([types]) => types.split(' ').includes(type)) ?? ['', 'admin'];
  return roles.split(' ');
};

/** @param {Case} c */
function times({ entry: { type, body, issued, time } }) {
  must(BigInt(issued) * 1000n <= time + 600000n, 'issued-ahead', 'issued is more than 10 minutes after it was added');
  const done = [
    type === 'claim.add' && body.made,
    type === 'evidence.add' && body.on,
    type === 'verdict.issue' && body.contact?.asked?.on,
    body.correction?.reported,
  ];
  for (const date of done)
    must(!date || firstSecond(date) - 50400 <= issued, 'date-ahead', `${date} lies after issued`);
  const captured = (body.capture?.captured ?? body.snapshot)?.captured;
  must(!captured || seconds(captured) <= issued + 600, 'date-ahead', `${captured} lies after issued`);
}

/** Entry 0. @param {Case} c */
function create({ log, entry }) {
  const { body, key } = entry;
  must(entry.type === 'ledger.create', 'first-entry', 'entry 0 is not ledger.create');
  must(body.rules === 1, 'rules-version', 'rules that this verifier does not know');
  must(isEnrollable(base64(key)), 'key-taken', 'a key that may not be enrolled');
  must(body.checkpointKey !== key, 'checkpoint-key', "the checkpoint key is the founder's");
  for (const recovery of body.recovery?.keys ?? []) {
    must(recovery !== key, 'recovery-key', "a recovery key is the founder's");
    must(recovery !== body.checkpointKey, 'checkpoint-key', 'a recovery key is the checkpoint key');
    log.keys.set(recovery, {});
  }
  const { organisation } = body.organisation;
  const roles = ['admin', 'editor', 'reviewer'];
  Object.assign(entry, { holder: body.holder, organisation, roles, rests: null, since: entry });
  log.keys.set(body.checkpointKey, { head: { since: 0, retired: null } });
  log.keys.set(key, { person: { holder: body.holder, organisation, given: [entry], roles, ended: null } });
  log.organisations.add(organisation);
}

/** Judges an entry, and adds it to the log. @param {Case} c */
export async function judge(c) {
  const { log, entry, body, size } = c;
  const { type, seen } = entry;
  times(c);
  if (!log.entries.length) create(c);
  else {
    const { id: ledger } = log.entries[0];
    must(entry.ledger, 'second-creation', 'ledger.create after entry 0');
    must(entry.ledger === ledger, 'wrong-ledger', 'it names another ledger');
    must(!log.byId.has(entry.id), 'statement-repeated', 'the same statement stands in the log already');
    if (type === 'key.recover') await recover(c);
    else judgeSigner(c);
    if (seen) {
      must(seen.size <= size, 'seen-ahead', 'its signer says to have seen more than was there');
      const root = c.roots.get(seen.size);
      if (seen.size > 0 && !root) c.unlessLacking(false, 'seen-not-ours', 'the hashes of the head that the signer saw');
      else must(root === seen.root, 'seen-not-ours', 'its signer has seen another log');
    }
    for (const named of entry.named) {
      const thing = log.at(named.id) ?? refuse('reference-unknown', `${named.field} names no earlier statement`);
      const fits = !named.types.length || named.types.includes(thing.type);
      must(fits, 'reference-type', `${named.field} names a ${thing.type}`);
      c.named.push({ ...named, thing });
    }
    const organisations = /^(key\.enroll|scale\.set|policy\.set)$/.test(type)
      ? [body.organisation, ...(body.approvalsFrom ?? []), ...(body.evidenceFrom ?? [])]
      : [];
    for (const name of organisations)
      must(
        log.organisations.has(name),
        c.whole ? 'organisation-unknown' : 'dossier-incomplete',
        `no entry has named ${name}`,
      );
    if (entry.rests) {
      const { rests } = entry;
      c.ask('key-distrusted', () =>
        must(
          !log.isDistrusted(rests, size),
          'key-distrusted',
          'its key has its roles from an entry that is distrusted',
        ),
      );
    }
    if (type !== 'key.recover') c.needsRole(...rolesFor(entry));
    stillStands(c);
    await (KEY_RULES[type] ?? TYPE_RULES[type])?.(c);
    notBefore(c);
    wordsSeen(c);
    correction(c);
    label(c);
  }
  log.add(entry);
  if (type === 'key.revoke') leavesAdmin(c);
  for (const why of entry.unsure) c.limit('fields-disagree', why);
}

/** What is named must still stand. @param {Case} c */
function stillStands(c) {
  const { log, size, entry } = c;
  const { organisation, type } = entry;
  if (/^(withdraw|snapshot\.withhold|verdict\.publish)$/.test(type)) return;
  for (const { field, thing } of c.named) {
    if (field === 'correction.supersedes') continue;
    /** Something of another organisation may be kept by an entry that the file lacks. @param {string} code */
    const fallen = (code) => {
      const mayBeKept = thing.organisation !== organisation && /^(claim|source)\.add$/.test(thing.type);
      const why = `${field} names #${thing.index}, which no longer stands`;
      if (mayBeKept) c.unlessLacking(false, code, why);
      else refuse(code, why);
    };
    c.ask('reference-withdrawn', () => {
      const ends = (/** @type {Entry} */ of) => log.endsFor(of, organisation, size);
      let now = thing;
      const displaced = () => log.displacedBy(now, organisation, size);
      const notSuperseded = () => {
        const newer = ends(now).successor ?? displaced();
        if (newer) fallen(newer.type === 'withdraw' ? 'reference-withdrawn' : 'reference-superseded');
      };
      if (thing.type === 'source.add') {
        if (log.newest(thing, organisation, size)) return;
        for (let next; (next = ends(now).successor);) now = next;
        if (ends(now).withdrawn ?? displaced()) fallen('reference-withdrawn');
      } else if (thing.type === 'claim.add' && !(type === 'dispute.open' && field === 'target')) {
        for (let next; (next = ends(now).successor) && keepsClaim(next.body.correction.kind);) now = next;
        if (ends(now).withdrawn) fallen('reference-withdrawn');
        else notSuperseded();
      } else {
        if (ends(now).withdrawn) fallen('reference-withdrawn');
        else if (thing.type === 'evidence.add' && field === 'evidence') notSuperseded();
      }
    });
  }
}

/** Nobody relies on what is not yet said. @param {Case} c */
function notBefore({ entry, named }) {
  const relies = /^(evidence\.add|origin\.assess|source\.relate|verdict\.issue|verdict\.publish)$/.test(entry.type);
  if (!relies || entry.body.correction) return;
  const known = named.map(({ thing }) => thing).filter(({ type }) => type !== 'scale.set');
  if (entry.since.index) known.push(entry.since);
  for (const { issued, index } of known)
    must(entry.issued + 86400 >= issued, 'issued-before', `issued more than a day before #${index}`);
}

/** A correction takes a place that is free. @param {Case} c */
function correction(c) {
  const { log, size, entry, supersedes: target } = c;
  if (!target) return;
  c.needsOwn(target);
  c.ask('already-superseded', () => {
    const { withdrawn, successor } = log.ends(target, size);
    must(!withdrawn, 'reference-withdrawn', `#${target.index} was withdrawn`);
    must(!successor, 'already-superseded', `#${target.index} was corrected before`);
  });
  const byImporter = target.roles.includes('importer');
  must(
    !entry.roles.includes('importer') || byImporter,
    'importer-correction',
    'an importer corrects what a person recorded',
  );
  let chain = 0;
  for (let at = target; at?.body.correction; at = log.at(at.body.correction.supersedes)) chain++;
  if (chain >= 1024) c.limit('correction-chain', 'this verifier does not follow 1,024 corrections');
}

/** A label names one thing; a successor inherits it. @param {Case} c */
function label(c) {
  const { log, size, entry, supersedes } = c;
  if (!entry.label) return;
  const takers = log.entries.filter(({ label }) => label === entry.label);
  c.ask('label-taken', () => {
    /** @type {Entry | undefined} */
    let holder;
    /** @param {Entry | undefined} target @param {Entry} by the one that has it */
    const inherits = (target, by) =>
      !!target &&
      (by === target || (by.body.correction?.supersedes === target.id && !log.stands(by, entry.organisation, size)));
    for (const taker of takers) {
      if (log.isDistrusted(taker, size)) continue;
      const { correction } = taker.body;
      if (!holder || inherits(correction && log.at(correction.supersedes), holder)) holder = taker;
    }
    must(!holder || inherits(supersedes, holder), 'label-taken', `the label ${entry.label} is taken`);
  });
}

/** A refusal names its entry. @param {Refused} problem @param {number} index */
export function atEntry(problem, index) {
  problem.message = `entry ${index}: ${problem.message}`;
  return problem;
}
