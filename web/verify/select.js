// Which entries belong to the subject of a dossier: docs/format.md, "Which entries belong".
import { refuse } from './answer.js';

/** @typedef {import('./log.js').Entry} Entry */

const KEY_EVENTS = ['key.enroll', 'key.rotate', 'key.revoke', 'key.recover'];
const SAME_ORIGIN = ['wasRevisionOf', 'translationOf', 'wireCopyOf', 'sharesOriginWith'];
export const isSameOrigin = (/** @type {string} */ relation) => SAME_ORIGIN.includes(relation);

/** The keys whose power to sign begins, changes or ends. @param {Entry} entry @returns {string[]} */
export function keysOf({ type, key, body }) {
  if (type === 'ledger.create') return [key];
  if (type === 'key.enroll' || type === 'key.revoke') return [body.key];
  if (type === 'key.rotate') return [key, body.newKey];
  return type === 'key.recover' ? [key, ...body.revoked.map((/** @type {any} */ r) => r.key)] : [];
}
export const isKeyEvent = (/** @type {Entry} */ { type }) => KEY_EVENTS.includes(type);

/** The organisation of each key. @param {Entry[]} entries */
function houses([first, ...entries]) {
  /** @type {Map<string, string>} */
  const of = new Map();
  const set = (/** @type {string} */ key, /** @type {string | undefined} */ house) =>
    house && !of.has(key) && of.set(key, house);
  const founders = first.body.organisation?.organisation;
  if (first.type === 'ledger.create') set(first.key, founders);
  else return of;
  for (const { type, key, body } of entries) {
    if (type === 'key.enroll') set(body.key, body.organisation);
    if (type === 'key.rotate') set(body.newKey, of.get(key));
    if (type === 'key.recover') set(key, founders);
  }
  return of;
}

/**
 * Refuses entries of which one does not belong, or lacks what it names.
 * @param {Entry[]} entries
 * @param {number} subject
 */
export function belong(entries, subject) {
  const byIndex = new Map(entries.map((entry) => [entry.index, entry]));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  /** @type {Map<string, Entry[]>} */
  const naming = new Map();
  for (const entry of entries) for (const { id } of entry.named) naming.set(id, [...(naming.get(id) ?? []), entry]);
  const houseOf = houses(entries);
  const events = entries.filter(isKeyEvent);
  /** @type {Set<Entry>} */
  const chosen = new Set();
  /** The ids of the claims of chosen verdicts, in all forms. */
  const main = new Set();
  const keys = new Set();
  const organisations = new Set();
  /** @type {Set<Entry>} */
  const undecided = new Set();
  /** @type {Map<string, {thing: Entry, house: string, first: Entry}>} */
  const named = new Map();
  /** @type {(Entry | undefined)[]} */
  const todo = entries.filter(({ type }) => ['checkpoint.rotate', 'checkpoint.retire', 'rules.upgrade'].includes(type));
  todo.push(byIndex.get(subject) ?? refuse('dossier-incomplete', 'the subject is not in the file'), entries[0]);
  const choose = (/** @type {Entry | undefined} */ entry) => entry && !chosen.has(entry) && todo.push(entry);
  const addMain = (/** @type {string} */ id) => {
    if (!main.has(id)) {
      main.add(id);
      todo.push(byId.get(id));
    }
  };

  /** @param {Entry} entry @param {Entry} by */
  const backwards = (entry, by) => {
    const { id, type } = entry;
    const corrects = by.body.correction?.supersedes === id;
    if (corrects && main.has(id) && by.type === 'claim.add') addMain(by.id);
    if (by.type === 'source.relate' && type === 'source.add' && !chosen.has(by)) undecided.add(by);
    const bears =
      corrects ||
      ((by.type === 'withdraw' || by.type === 'dispute.open') && by.body.target === id) ||
      (by.type === 'dispute.answer' && type === 'dispute.open') ||
      (/^verdict\.(attest|publish)$/.test(by.type) && type === 'verdict.issue') ||
      (/^(source\.capture|source\.transcribe|snapshot\.withhold)$/.test(by.type) && type === 'source.add') ||
      (/^(evidence\.add|origin\.assess)$/.test(by.type) && type === 'claim.add' && main.has(id));
    if (bears) choose(by);
  };

  /** @param {Entry} entry */
  const take = (entry) => {
    const { id, type, body } = entry;
    if (chosen.has(entry) && !main.has(id)) return;
    if (type === 'verdict.issue') addMain(body.claim);
    for (const { field, id } of entry.named)
      choose(
        byId.get(id) ??
          refuse('dossier-incomplete', `entry ${entry.index} needs ${field} ${id}, and the file does not have it`),
      );
    if (type === 'claim.add' && main.has(id) && body.correction) addMain(body.correction.supersedes);
    for (const by of naming.get(id) ?? []) {
      const house = houseOf.get(by.key);
      if (house && /^(claim|source)\.add$/.test(type) && /^(evidence\.add|verdict\.issue)$/.test(by.type)) {
        const name = `${entry.index} ${house}`;
        if (!named.has(name)) named.set(name, { thing: entry, house, first: by });
      }
      backwards(entry, by);
    }
    const more = [...keysOf(entry), entry.key].filter((key) => !keys.has(key));
    for (const key of more) keys.add(key);
    const after = type === 'key.recover' ? body.lastKeyEvent : undefined;
    for (const event of events)
      if (event.index === after || keysOf(event).some((key) => more.includes(key))) choose(event);
    chosen.add(entry);
  };

  const settings = () => {
    for (const { type, body } of chosen) {
      if (type === 'ledger.create') organisations.add(body.organisation.organisation);
      if (/^(key\.enroll|scale\.set|policy\.set)$/.test(type)) organisations.add(body.organisation);
      if (type === 'policy.set')
        for (const other of [...(body.approvalsFrom ?? []), ...(body.evidenceFrom ?? [])]) organisations.add(other);
    }
    for (const entry of entries) {
      const { type, body } = entry;
      const sets = /^(organisation|policy)\.set$/.test(type) || (type === 'key.enroll' && body.roles.includes('admin'));
      if (sets && organisations.has(body.organisation)) choose(entry);
      if (type === 'scale.set')
        for (const { type, body: newer } of chosen)
          if (
            type === 'scale.set' &&
            newer.organisation === body.organisation &&
            newer.scale === body.scale &&
            newer.version > body.version
          )
            choose(entry);
    }
    const signing = new Set([...chosen].map(({ key }) => houseOf.get(key)));
    for (const { thing, house, first } of named.values())
      if (signing.has(house) && chosen.has(thing) && houseOf.get(thing.key) !== house) choose(first);
    const has = (/** @type {string} */ id) => chosen.has(/** @type {Entry} */ (byId.get(id)));
    for (const relation of undecided) {
      const { claim, from, to, relation: kind } = relation.body;
      const bears = isSameOrigin(kind) || (has(from) && (/^(was|had)/.test(kind) || has(to)));
      if ((!claim || main.has(claim)) && bears) choose(relation);
    }
  };

  while (todo.length) {
    for (let entry; todo.length;) if ((entry = todo.pop())) take(entry);
    settings();
  }
  const stray = entries.find((entry) => !chosen.has(entry));
  if (stray) refuse('dossier-stray-entry', `entry ${stray.index} does not belong to entry ${subject}`);
}
