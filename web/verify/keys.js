// Key events: enrolment, rotation, revocation, recovery, the keys of checkpoints; and organisations, which keys belong to.
import { must, refuse } from './answer.js';
import { base64 } from './bytes.js';
import { isEnrollable, isZip215 } from './ed25519.js';
import * as possession from './possession.js';

/** @typedef {import('./judge.js').Case} Case */

/** Whose key signs, if it may sign here. @param {Case} c */
export function judgeSigner(c) {
  const { entry } = c;
  const person = live(c, entry.key);
  const rests = person.given[person.given.length - 1];
  const { holder, organisation, roles, given } = person;
  Object.assign(entry, { holder, organisation, roles, rests, since: given[0] });
}

/**
 * A key of a person that has not ended, or that may have ended.
 * @param {Case} c
 * @param {string} key
 * @param {boolean} [orEnded]
 */
function live({ log, whole }, key, orEnded = false) {
  const { person, head } =
    log.keys.get(key) ?? refuse(whole ? 'key-not-enrolled' : 'dossier-incomplete', 'a key that nobody enrolled');
  if (!person) return refuse(head ? 'checkpoint-key' : 'recovery-key', 'a key that is for something else');
  must(orEnded || person.ended === null, 'key-revoked', `the key ended in entry ${person.ended}`);
  return person;
}

/** A key that the log has never known. @param {Case} c @param {string} key */
function unused({ log }, key) {
  const known = log.keys.get(key);
  if (known)
    refuse(
      known.person ? 'key-taken' : known.head ? 'checkpoint-key' : 'recovery-key',
      'a key that the log knows already',
    );
}

/** @param {string} key @param {Uint8Array} words @param {string} signature */
const proven = async (key, words, signature) =>
  must(await isZip215(base64(key), words, base64(signature)), 'possession-invalid', 'the new key did not sign this');

/**
 * Whether an organisation has an admin who is live and trusted, other than this key.
 * @param {Case} c
 * @param {string} organisation
 * @param {number} size
 * @param {string} [but]
 */
function hasAdmin({ log }, organisation, size, but) {
  let unsure;
  for (const [key, { person }] of log.keys) {
    if (
      key === but ||
      !person ||
      person.organisation !== organisation ||
      person.ended !== null ||
      !person.roles.includes('admin')
    )
      continue;
    try {
      if (!log.isDistrusted(person.given[person.given.length - 1], size)) return true;
    } catch (problem) {
      unsure = problem;
    }
  }
  if (unsure) throw unsure;
  return false;
}

/**
 * An admin of the organisation itself, or of the founder's while it has none.
 * @param {Case} c
 * @param {string} organisation
 */
function ownOrFounding(c, organisation) {
  if (c.entry.organisation === organisation) return;
  const has = c.ask('other-organisation', () => hasAdmin(c, organisation, c.size));
  if (has) c.needsOrganisation(organisation);
  if (has === false) c.needsFounder();
}

/**
 * Gives a key to a person.
 * @param {Case} c
 * @param {string} key
 * @param {string[]} roles
 * @param {string} holder
 * @param {string} organisation
 */
function give({ log, entry }, key, roles, holder, organisation) {
  const before = log.keys.get(key)?.person;
  const person = before ?? { holder, organisation, given: [], roles, ended: null };
  log.keys.set(key, { person: { ...person, given: [...person.given, entry], roles } });
  log.lastKeyEvent = entry.index;
}

/** A key ends; it may have ended before. @param {Case} c @param {string} key */
function end({ log, entry }, key) {
  const { person } = log.keys.get(key) ?? {};
  if (person) person.ended ??= entry.index;
  log.lastKeyEvent = entry.index;
}

/** Recovery keys replace an admin. @param {Case} c */
export async function recover(c) {
  const { log, entry, body, size } = c;
  const [first] = log.entries;
  const { recovery } = first.body;
  must(recovery, 'recovery-none', 'entry 0 names no recovery keys');
  if (body.lastKeyEvent !== log.lastKeyEvent) {
    const isKnown =
      body.lastKeyEvent < log.lastKeyEvent || log.entries.some(({ index }) => index === body.lastKeyEvent);
    must(!isKnown, 'recovery-stale', 'keys changed since it was signed');
    c.unlessLacking(false, 'recovery-stale', 'the key event that it was signed after');
  }
  const words = possession.recover(first.id, body, entry.key);
  for (const { key, signature } of body.signatures) {
    const valid = recovery.keys.includes(key) && (await isZip215(base64(key), words, base64(signature)));
    must(valid, 'recovery-signature', 'a signature by another key, or over other words');
  }
  must(body.signatures.length >= recovery.threshold, 'recovery-too-few', 'too few recovery signatures');
  must(isEnrollable(base64(entry.key)), 'key-taken', 'a key that may not be enrolled');
  unused(c, entry.key);
  for (const { key, distrustFrom } of body.revoked) {
    must(distrustFrom <= size, 'distrust-ahead', 'it distrusts what is not there yet');
    must(
      log.keys.get(key)?.person,
      c.whole ? 'key-not-enrolled' : 'dossier-incomplete',
      'it revokes a key that nobody enrolled',
    );
    end(c, key);
  }
  Object.assign(entry, {
    holder: body.holder,
    organisation: first.organisation,
    roles: ['admin'],
    rests: null,
    since: entry,
  });
  give(c, entry.key, ['admin'], body.holder, first.organisation);
  distrust(c, body.revoked);
}

/** @param {Case} c @param {{key: string, distrustFrom: number}[]} revoked */
const distrust = ({ log, entry }, revoked) =>
  log.revocations.push({ by: entry, from: new Map(revoked.map(({ key, distrustFrom }) => [key, distrustFrom])) });

/**
 * After a revocation an admin must be left. The signer is one, unless they end their own key.
 * @param {Case} c
 */
export function leavesAdmin(c) {
  const { entry, body, size } = c;
  if (body.key !== entry.key) return;
  c.ask('last-admin', () =>
    c.unlessLacking(hasAdmin(c, entry.organisation, size + 1), 'last-admin', 'another admin of the organisation'),
  );
}

/** @type {Record<string, (c: Case) => void | Promise<void>>} */
export const KEY_RULES = {
  async 'key.enroll'(c) {
    const { log, entry, body, size } = c;
    const { key, holder, organisation, roles } = body;
    ownOrFounding(c, organisation);
    if (!roles.includes('admin')) c.needsOrganisation(organisation);
    await proven(key, possession.enroll(log.entries[0].id, body, entry.key), body.possession);
    const known = log.keys.get(key);
    if (known) {
      const { person, head } = known;
      if (!person) return refuse(head ? 'checkpoint-key' : 'recovery-key', 'a key that is for something else');
      const same = person.ended === null && person.holder === holder && person.organisation === organisation;
      must(same, 'key-taken', 'a key has one holder, one organisation and one end');
    }
    if (key === entry.key && !roles.includes('admin'))
      c.ask('last-admin', () =>
        c.unlessLacking(hasAdmin(c, organisation, size, key), 'last-admin', 'another admin of the organisation'),
      );
    give(c, key, roles, holder, organisation);
  },
  async 'key.rotate'(c) {
    const { log, entry, body } = c;
    await proven(body.newKey, possession.rotate(log.entries[0].id, entry.key, body.newKey), body.possession);
    unused(c, body.newKey);
    end(c, entry.key);
    give(c, body.newKey, entry.roles, entry.holder, entry.organisation);
  },
  'key.revoke'(c) {
    const { body, size } = c;
    const person = live(c, body.key, body.distrustFrom !== undefined);
    c.needsOrganisation(person.organisation);
    must(!(body.distrustFrom > size), 'distrust-ahead', 'it distrusts what is not there yet');
    end(c, body.key);
    if (body.distrustFrom !== undefined) distrust(c, [body]);
  },
  async 'checkpoint.rotate'(c) {
    const { log, body, size } = c;
    c.needsFounder();
    const [{ id, body: first }] = log.entries;
    await proven(body.newKey, possession.checkpointKey(id, first.origin, body.newKey), body.possession);
    unused(c, body.newKey);
    log.keys.set(body.newKey, { head: { since: size, retired: null } });
  },
  'checkpoint.retire'(c) {
    const { log, body, size } = c;
    c.needsFounder();
    const keys = headKeys(log, size);
    if (!keys.includes(body.key)) {
      must(!log.keys.has(body.key), 'checkpoint-key-unknown', 'a key that signs no checkpoints');
      return c.unlessLacking(false, 'checkpoint-key-unknown', 'the rotation to this key');
    }
    c.unlessLacking(keys.length > 1, 'checkpoint-key-last', 'the rotation to another key');
    const { head } = log.keys.get(body.key) ?? {};
    if (head) head.retired = size;
  },
  'rules.upgrade'(c) {
    c.needsFounder();
    refuse('rules-version', 'rules that this verifier does not know');
  },
  'organisation.set'(c) {
    const { log, body } = c;
    if (log.organisations.has(body.organisation)) return ownOrFounding(c, body.organisation);
    c.needsFounder();
    log.organisations.add(body.organisation);
  },
};

/**
 * The keys that must sign a checkpoint of this size.
 * @param {import('./log.js').Log} log
 * @param {number} size
 */
export const headKeys = (log, size) =>
  [...log.keys]
    .filter(([, { head }]) => head && head.since < size && (head.retired === null || head.retired >= size))
    .map(([key]) => key);
