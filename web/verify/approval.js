// Whether a verdict is approved, and the current one of its organisation: docs/rules.md, "Standing".
import { CannotTell } from './answer.js';

/** @typedef {import('./log.js').Log} Log */
/** @typedef {import('./log.js').Entry} Entry */

/** @param {any} conflict */
const isDeclared = (conflict) => conflict === 'none' || typeof conflict?.declared === 'string';

/**
 * By the policy in force at the verdict's entry, and the words before `size`.
 * @param {Log} log
 * @param {Entry} verdict
 * @param {number} size
 * @returns {'approved' | 'unapproved' | 'rejected'}
 */
export function approval(log, verdict, size) {
  const { body, organisation: own, index } = verdict;
  const policy = log.policy(own, index, size)?.body;
  /** @type {Map<string, Entry>} */
  const last = new Map();
  for (const word of log.about(verdict, 'verdict.attest', 'verdict', size)) {
    const isAuthor = word.holder === verdict.holder && word.organisation === own;
    if (!isAuthor && !log.isDistrusted(word, size)) last.set(`${word.organisation} ${word.holder}`, word);
  }
  const words = [...last.values()];
  if (words.some(({ organisation, body }) => organisation === own && body.decision === 'reject')) return 'rejected';
  if (!policy) return 'unapproved';
  const approvals = words.filter(
    (word) =>
      word.body.decision === 'approve' &&
      log.hears(verdict, word.organisation, word.index, size) &&
      word.roles.some((role) => policy.roles?.includes(role)) &&
      (!policy.conflictsDeclared || isDeclared(word.body.conflict)),
  );
  const scale = log.at(body.scale);
  const { needs } = scale.body.entries.find((/** @type {any} */ entry) => entry.code === body.rating);
  const adopts = log.at(body.adopts);
  const from = [own, ...(policy.evidenceFrom ?? [])];
  const hasEvidence = (/** @type {string} */ stance) =>
    (body.evidence ?? [])
      .map(log.at)
      .some(
        (/** @type {Entry} */ evidence) =>
          from.includes(evidence.organisation) && evidence.body.stance === stance && !log.isDistrusted(evidence, size),
      );
  const isMet =
    !log.isDistrusted(scale, size) &&
    approvals.length >= policy.approvals &&
    new Set(approvals.map(({ organisation }) => organisation)).size >= policy.organisations &&
    (!policy.conflictsDeclared || isDeclared(body.conflict)) &&
    (!policy.evidenceNeeded ||
      needs === 'neither' ||
      hasEvidence(needs === 'support' ? 'supports' : 'refutes') ||
      (adopts && !log.isDistrusted(adopts, size))) &&
    (needs === 'neither' ||
      body.corroboration[needs].independent >= policy.tracedOrigins ||
      approvals.some(({ organisation, body }) => organisation === own && body.exemption));
  return isMet ? 'approved' : 'unapproved';
}

/**
 * Why a verdict is not the current approved one of its organisation, if it is not.
 * @param {Log} log
 * @param {Entry} verdict
 * @param {string} reader an organisation
 * @param {number} size
 */
export function notCurrent(log, verdict, reader, size) {
  if (log.endsFor(verdict, reader, size).withdrawn) return 'it was withdrawn';
  if (log.isDistrusted(verdict, size)) return 'its key is distrusted';
  if (isSuperseded(log, verdict, size)) return 'an approved correction replaced it';
  const outcome = approval(log, verdict, size);
  if (outcome !== 'approved') return outcome;
  const isUpheld = (/** @type {Entry} */ { type, index, body }) =>
    type === 'dispute.answer' && index < size && /pheld/.test(body.outcome);
  if (log.entries.some(isUpheld)) throw new CannotTell('what an objection that was upheld has changed');
  const others = log
    .forms(log.at(verdict.body.claim), size)
    .flatMap((claim) => log.about(claim, 'verdict.issue', 'claim', size))
    .filter((other) => other !== verdict && other.organisation === verdict.organisation);
  const stands = (/** @type {Entry} */ other) =>
    !log.isDistrusted(other, size) &&
    !log.ends(other, size).withdrawn &&
    !isSuperseded(log, other, size) &&
    approval(log, other, size) === 'approved';
  if (others.some(stands)) throw new CannotTell('which of several approved verdicts is current');
}

/** @param {Log} log @param {Entry} verdict @param {number} size */
function isSuperseded(log, verdict, size) {
  for (let next = log.ends(verdict, size).successor; next; next = log.ends(next, size).successor)
    if (approval(log, next, size) === 'approved') return true;
  return false;
}
