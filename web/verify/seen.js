// Held-back statements: who replaces or takes back a word must have seen it. docs/rules.md, "Held-back statements".
import { must } from './answer.js';
import { address } from './unicode.js';

/** @typedef {import('./log.js').Entry} Entry */

/** @param {import('./judge.js').Case} c */
export function wordsSeen(c) {
  const { log, entry, body, size } = c;
  const { type, organisation } = entry;
  const seen = entry.seen?.size ?? 0;
  /** @param {Entry | undefined} last */
  const past = (last) => must(!last || last.index < seen, 'word-not-seen', `its signer had not seen #${last?.index}`);
  /** @param {string} field @param {string} of @param {string} by @param {(entry: Entry) => boolean} [such] */
  const own = (field, of, by, such = () => true) =>
    log
      .about(c.in(field), of, by, size)
      .reverse()
      .forEach((earlier) => c.isPerson(earlier) && such(earlier) && past(earlier));
  const set = () =>
    log.entries.filter((earlier) => earlier.type === type && earlier.body.organisation === body.organisation).pop();

  if (type === 'verdict.issue') {
    for (const claim of log.sameClaim(c.in('claim'), size))
      for (const verdict of log.about(claim, type, 'claim', size))
        if (verdict.organisation === organisation) past(verdict);
  } else if (type === 'verdict.attest') {
    own('verdict', type, 'verdict');
    own('verdict', 'dispute.open', 'target');
  } else if (type === 'withdraw') {
    const target = c.in('target');
    past(c.isPerson(target) ? target : undefined);
    own('target', type, 'target');
  } else if (type === 'dispute.answer') own('dispute', type, 'dispute');
  else if (type === 'verdict.publish') {
    own('verdict', 'verdict.attest', 'verdict');
    own('verdict', type, 'verdict', (earlier) => address(earlier.body.url) === address(body.url));
  } else if (type === 'policy.set') past(set());
  else if (type === 'organisation.set') {
    const [first] = log.entries;
    past(set() ?? (first.organisation === body.organisation ? first : undefined));
  } else if (type === 'key.enroll') past(log.keys.get(body.key)?.person?.given.slice(-2, -1)[0]);

  // What was taken back after `seen`, by the signer's organisation, and is said again here.
  for (const end of log.entries) {
    if (end.index < seen || end.organisation !== organisation) continue;
    const taken = log.at(end.type === 'withdraw' ? end.body.target : end.body.correction?.supersedes);
    if (!taken || taken.type !== type || !(c.isPerson(taken) || c.isPerson(end) || type === 'verdict.issue')) continue;
    if (isSame(c, taken)) past(end);
  }
}

// What a statement of each type is about: fields that name claims or sources in whatever form, and others that are equal.
/** @type {Record<string, string>} */
const THINGS = {
  'origin.assess': 'claim source',
  'evidence.add': 'claim source =excerpt.text =excerpt.start',
  'source.relate': 'from to claim =relation',
  'claim.relate': 'from to',
  'source.capture': 'source =snapshot.captured',
  'source.transcribe': 'source =of =text',
  'snapshot.withhold': 'source =sha256',
  'verdict.issue': 'claim',
  'verdict.publish': '=verdict =url',
  'dispute.open': '=target',
  'dispute.answer': '=dispute',
  'review.record': '=author =claimText =url',
};

/** @param {import('./judge.js').Case} c @param {Entry} taken */
function isSame({ log, entry: { type, body }, size }, taken) {
  const [one, other] = [body.correction?.supersedes, taken.body.correction?.supersedes];
  if (one && one === other) return true;
  if ((one && type !== 'verdict.issue') || !THINGS[type]) return false;
  if ((type === 'evidence.add' && !body.source) || (type === 'claim.relate' && !log.at(body.to))) return false;
  return THINGS[type].split(' ').every((part) => {
    const get = (/** @type {any} */ of) =>
      part
        .replace('=', '')
        .split('.')
        .reduce((value, step) => value?.[step], of);
    const [a, b] = [get(body), get(taken.body)];
    if (part === '=url' && type === 'verdict.publish') return address(a) === address(b);
    if (part.startsWith('=')) return JSON.stringify(a) === JSON.stringify(b);
    if (a === b || !a || !b) return a === b;
    const form = log.at(b);
    return (
      !!form && (form.type === 'claim.add' ? log.sameClaim(log.at(a), size) : log.forms(log.at(a), size)).includes(form)
    );
  });
}
