// What the entries of a file say together, as of a size of the log: what stands, what was corrected, whom to trust.
import { CannotTell } from './answer.js';

/**
 * @typedef {object} Entry an entry of the file, read and verified
 * @property {number} index
 * @property {bigint} time milliseconds
 * @property {number} issued seconds
 * @property {string} id
 * @property {string} key
 * @property {string} type
 * @property {any} body
 * @property {string} [label]
 * @property {string} [ledger]
 * @property {{root: string, size: number}} [seen]
 * @property {{field: string, id: string, types: string[]}[]} named
 * @property {string[]} unsure
 * @property {string} holder
 * @property {string} organisation
 * @property {string[]} roles of the signer here
 * @property {Entry | null} rests the entry that gave the key these roles; none for entry 0 and a recovery
 * @property {Entry} since the entry that first brought the key
 */
/**
 * @typedef {{holder: string, organisation: string, given: Entry[], roles: string[], ended: number | null}} Person whose key it is
 */
/** @typedef {{since: number, retired: number | null}} HeadKey a key that signs checkpoints */

/** The entries so far, and what they changed. */
export class Log {
  constructor() {
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {Map<string, Entry>} */
    this.byId = new Map();
    /** @type {Map<string, {person?: Person, head?: HeadKey}>} neither: a recovery key */
    this.keys = new Map();
    /** @type {Map<string, Entry[]>} the entries that name a statement */
    this.naming = new Map();
    /** @type {Set<string>} */
    this.organisations = new Set();
    /** @type {{by: Entry, from: Map<string, number>}[]} */
    this.revocations = [];
    this.lastKeyEvent = 0;
    /** @type {Map<string, boolean>} by source and digest: whether excerpts may quote the bytes */
    this.blobs = new Map();
  }

  /** @param {Entry} entry */
  add(entry) {
    this.entries.push(entry);
    this.byId.set(entry.id, entry);
    for (const id of new Set(entry.named.map(({ id }) => id)))
      this.naming.set(id, [...(this.naming.get(id) ?? []), entry]);
  }

  /** @param {string | undefined} id */
  at = (id) => /** @type {Entry} */ (this.byId.get(/** @type {string} */ (id)));

  /**
   * The entries before `size` of a type that name an entry in a field.
   * @param {Entry} entry
   * @param {string} type
   * @param {string} field
   * @param {number} size
   */
  about = (entry, type, field, size) =>
    (this.naming.get(entry.id) ?? []).filter(
      (by) => by.index < size && by.type === type && by.named.some((n) => n.field === field && n.id === entry.id),
    );

  /** @param {Entry} entry @param {number} size */
  corrections = (entry, size) => this.about(entry, entry.type, 'correction.supersedes', size);

  /** The signatures on which a statement rests. @param {Entry} entry */
  steps(entry) {
    const steps = [];
    for (let at = /** @type {Entry | null} */ (entry); at?.rests; at = at.rests) steps.push(at);
    return steps;
  }

  /**
   * The revocations before `size` that hit a step of this statement.
   * @param {Entry} entry
   * @param {number} size
   */
  hits(entry, size) {
    const steps = this.steps(entry);
    return this.revocations.filter(({ by, from }) => {
      if (by.index >= size) return false;
      const own = this.steps(by);
      return steps.some(
        (step) => Number(from.get(step.key)) <= step.index && step.index < by.index && !own.includes(step),
      );
    });
  }

  /**
   * Whether a statement is distrusted: sure only where no revocation is itself distrusted by another one.
   * @param {Entry} entry
   * @param {number} size
   */
  isDistrusted(entry, size) {
    const hits = this.hits(entry, size);
    if (!hits.length) return false;
    if (hits.some(({ by }) => !this.hits(by, size).length)) return true;
    throw new CannotTell('revocations contradict each other');
  }

  /**
   * What ends a statement.
   * @param {Entry} entry
   * @param {number} size
   * @returns {{withdrawn?: Entry, successor?: Entry}}
   */
  ends(entry, size) {
    if (this.revocations.some(({ by }) => by.index < size && this.hits(by, size).length))
      throw new CannotTell('revocations contradict each other');
    const withdrawn = this.about(entry, 'withdraw', 'target', size).find((by) => !this.isDistrusted(by, size));
    const successors = this.corrections(entry, size).flatMap((by) => {
      const { withdrawn, successor } = this.ends(by, size);
      return this.isDistrusted(by, size) || withdrawn ? (successor ?? []) : by;
    });
    const successor = successors.reduce(
      (a, b) => (!a || b.index < a.index ? b : a),
      /** @type {Entry | undefined} */ (undefined),
    );
    if (withdrawn && successor) {
      if (withdrawn.index < successor.index) return { withdrawn };
      if (entry.type !== 'verdict.issue') return { successor };
    }
    return { withdrawn, successor };
  }

  /**
   * All forms of a statement, through corrections of these kinds.
   * @param {Entry} entry
   * @param {number} size
   * @param {(kind: string) => boolean} [follow]
   */
  forms(entry, size, follow = () => true) {
    const found = new Set([entry]);
    for (const at of found) {
      const { correction } = at.body;
      if (correction && follow(correction.kind)) found.add(this.at(correction.supersedes));
      for (const by of this.corrections(at, size)) if (follow(by.body.correction.kind)) found.add(by);
    }
    return [...found].sort((a, b) => a.index - b.index);
  }

  /** The wordings of the same claim. @param {Entry} claim @param {number} size */
  sameClaim = (claim, size) => this.forms(claim, size, keepsClaim);

  /**
   * Whether what an organisation signed about one form of a claim follows to another form.
   * @param {string} organisation
   * @param {Entry} about
   * @param {Entry} form
   * @param {number} size
   */
  follows(organisation, about, form, size) {
    if (about === form) return true;
    if (!this.sameClaim(form, size).includes(about)) return false;
    if (form.organisation === organisation) return true;
    throw new CannotTell('whether a correction of the claim by another organisation changed its meaning');
  }

  /**
   * Whether an organisation had named a claim or source of another one in evidence or a verdict.
   * @param {Entry} thing
   * @param {string} organisation
   * @param {number} size
   */
  hasNamed = (thing, organisation, size) =>
    (this.naming.get(thing.id) ?? []).some(
      (by) =>
        by.index < size &&
        by.organisation === organisation &&
        /^(evidence\.add|verdict\.issue)$/.test(by.type) &&
        by.named.some(({ field, id }) => id === thing.id && /^(claim|source|via|contact.asked.reply)$/.test(field)),
    );

  /**
   * The form of a claim or source of another organisation that this one keeps.
   * @param {Entry} thing
   * @param {string} organisation
   * @param {number} size
   */
  kept(thing, organisation, size) {
    if (thing.organisation === organisation) return;
    if (thing.type === 'claim.add') return this.hasNamed(thing, organisation, size) ? thing : undefined;
    if (thing.type === 'source.add')
      return this.forms(thing, size)
        .reverse()
        .find((form) => this.hasNamed(form, organisation, size));
  }

  /**
   * What ends a statement for an organisation.
   * @param {Entry} entry
   * @param {string} organisation
   * @param {number} size
   */
  endsFor = (entry, organisation, size) => (this.kept(entry, organisation, size) ? {} : this.ends(entry, size));

  /** @param {Entry} entry @param {string} organisation @param {number} size */
  stands = (entry, organisation, size) =>
    !!this.kept(entry, organisation, size) || (!this.isDistrusted(entry, size) && !this.ends(entry, size).withdrawn);

  /**
   * What has the place that a correction or withdrawal would take. After a distrust has ended, two may stand: the first takes
   * the place.
   * @param {Entry} entry @param {string} organisation @param {number} size
   */
  displacedBy(entry, organisation, size) {
    if (this.kept(entry, organisation, size)) return;
    let at = entry;
    let target = entry.type === 'withdraw' ? entry.body.target : entry.body.correction?.supersedes;
    while (target) {
      const form = this.at(target);
      const { withdrawn, successor } = this.endsFor(form, organisation, size);
      if (successor !== at && withdrawn !== at) {
        const first = !withdrawn || (successor && successor.index < withdrawn.index) ? successor : withdrawn;
        return first === at ? undefined : first;
      }
      if (withdrawn === at || this.stands(form, organisation, size)) at = form;
      target = form.body.correction?.supersedes;
    }
  }

  /** @param {Entry} entry @param {string} organisation @param {number} size */
  isLive = (entry, organisation, size) =>
    this.stands(entry, organisation, size) &&
    !this.endsFor(entry, organisation, size).successor &&
    !this.displacedBy(entry, organisation, size);

  /**
   * The newest version of a source, if it stands.
   * @param {Entry} source
   * @param {string} organisation
   * @param {number} size
   */
  newest(source, organisation, size) {
    const kept = this.kept(source, organisation, size);
    if (kept) return kept;
    for (let last = source; ;) {
      const next = this.ends(last, size).successor ?? this.displacedBy(last, organisation, size);
      if (!next) return this.stands(last, organisation, size) ? last : undefined;
      if (!next.body.correction) return;
      last = next;
    }
  }

  /**
   * The policy of an organisation in force before an entry.
   * @param {string} organisation
   * @param {number} before
   * @param {number} size
   */
  policy = (organisation, before, size) =>
    this.entries
      .filter(({ type, index, organisation: of }) => type === 'policy.set' && index < before && of === organisation)
      .reverse()
      .find((policy) => !this.isDistrusted(policy, size));

  /**
   * Whether an organisation speaks for another one before an entry.
   * @param {string} own
   * @param {string} other
   * @param {number} before
   * @param {number} size
   */
  lists = (own, other, before, size) =>
    own === other || !!this.policy(own, before, size)?.body.approvalsFrom?.includes(other);

  /**
   * Whether a word about a verdict, in an entry, counts.
   * @param {Entry} verdict
   * @param {string} other
   * @param {number} at
   * @param {number} size
   */
  hears = ({ organisation, index }, other, at, size) =>
    this.lists(organisation, other, at, size) || this.lists(organisation, other, index, size);
}

/** @param {string} kind */
export const keepsClaim = (kind) => kind === 'typo' || kind === 'clarification';
