// The statement types and the fields of their bodies: docs/format.md, from "ledger.create" on.
import * as v from './values.js';

const { boolean, date, hex, integer, key, language, line, list, name, object, one, prose, signature, slug, url, word } =
  v;

const correction = object({
  kind: word('typo clarification update correction ratingChange'),
  'noticedBy?': name,
  'reported?': date,
  supersedes: hex,
  wasWrong: prose,
});
const organisation = object({
  'correctionsPolicy?': url,
  'languages?': list(language),
  name: line,
  organisation: slug,
  'url?': url,
});
const snapshot = object({
  'archiveProofs?': list(
    object({
      absent: integer,
      'detail?': line,
      unchecked: integer,
      valid: integer,
      what: word('blocks description files index payloads signature'),
      wrong: integer,
    }),
  ),
  bytes: integer,
  captured: v.instant,
  'capturedBy?': name,
  'fetched?': object({ 'headers?': list(line), status: integer, url }),
  holding: word('held hashOnly'),
  mediaType: v.mediaType,
  method: line,
  'noText?': line,
  sha256: hex,
  'text?': object({
    'charset?': object({ chosenBy: word('declared person standard'), name: line }),
    extractor: line,
    'page?': url,
    sha256: hex,
  }),
});
const excerpt = object({ end: integer, quote: prose, start: integer, text: hex });
const roles = list(word('admin editor importer reviewer'));
const conflict = one({ declared: prose }, 'none');
const counts = object({
  circular: integer,
  documents: integer,
  independent: integer,
  ownWord: integer,
  untraced: integer,
});
const possession = signature;

/** What the body of each type has. @type {Record<string, v.Type>} */
export const BODIES = {
  'ledger.create': object({
    checkpointKey: key,
    holder: slug,
    'name?': name,
    organisation,
    origin: v.origin,
    'recovery?': object({ keys: list(key), threshold: integer }),
    rules: integer,
    'succeeds?': object({ ledger: hex, origin: v.origin, root: hex, size: integer }),
    title: line,
  }),
  'organisation.set': organisation,
  'key.enroll': object({ holder: slug, key, 'name?': name, organisation: slug, possession, roles }),
  'key.rotate': object({ newKey: key, possession }),
  'key.revoke': object({
    'distrustFrom?': integer,
    key,
    'note?': prose,
    reason: word('superseded left lost compromised'),
  }),
  'key.recover': object({
    holder: slug,
    lastKeyEvent: integer,
    'name?': name,
    revoked: list(object({ distrustFrom: integer, key })),
    signatures: list(object({ key, signature })),
  }),
  'checkpoint.rotate': object({ newKey: key, possession }),
  'checkpoint.retire': object({ key }),
  'rules.upgrade': object({ rules: integer }),
  'scale.set': object({
    'direction?': word('higherIsTruer lowerIsTruer'),
    entries: list(
      object({
        code: slug,
        'definition?': prose,
        label: line,
        needs: word('support refutation neither'),
        'number?': integer,
      }),
    ),
    'language?': language,
    organisation: slug,
    scale: slug,
    title: line,
    version: integer,
  }),
  'policy.set': object({
    approvals: integer,
    'approvalsFrom?': list(slug),
    conflictsDeclared: boolean,
    'correctionDays?': integer,
    'evidenceFrom?': list(slug),
    evidenceNeeded: boolean,
    holders: integer,
    organisation: slug,
    organisations: integer,
    'roles?': roles,
    'scales?': list(hex),
    tracedOrigins: integer,
  }),
  'source.add': object({
    'archivedAt?': list(url),
    'authors?': list(name),
    capture: one({ captured: snapshot, neverHeld: object({ 'knownThrough?': hex, 'reason?': prose }) }),
    'correction?': correction,
    kind: word(
      'article wire statement document transcript audio video image post webPage dataset study book interview ' +
        'correspondence observation factCheck other',
    ),
    'language?': language,
    'published?': date,
    publisher: name,
    title: line,
    'translatedBy?': one({ machine: line, person: name }, 'unknown'),
    'unnamed?': prose,
    'url?': url,
  }),
  'source.capture': object({
    'quotations?': list(
      object({ 'end?': integer, 'start?': integer, state: word('there moved gone'), statement: hex }),
    ),
    snapshot,
    source: hex,
  }),
  'source.transcribe': object({
    by: name,
    'correction?': correction,
    'language?': language,
    of: hex,
    source: hex,
    text: hex,
    'tool?': line,
  }),
  'snapshot.withhold': object({ reason: prose, sha256: hex, 'source?': hex }),
  'source.relate': object({
    basis: one({ judgement: prose, stated: excerpt, textOverlap: object({ method: line, permille: integer }) }),
    'claim?': hex,
    'correction?': correction,
    from: hex,
    'note?': prose,
    relation: word(
      'wasRevisionOf translationOf wireCopyOf sharesOriginWith wasQuotedFrom wasDerivedFrom hadPrimarySource independentOf',
    ),
    to: hex,
  }),
  'origin.assess': object({
    assessment: word('firstHand claimant speaksForClaimant notFirstHand'),
    claim: hex,
    'correction?': correction,
    how: prose,
    source: hex,
  }),
  'claim.add': object({
    about: word('utterance fact forecast'),
    'appearedIn?': list(hex),
    claimants: one({ named: list(object({ name, 'role?': name })) }, 'many unknown anonymous'),
    'correction?': correction,
    'due?': date,
    'language?': language,
    'made?': date,
    'original?': object({ language, text: prose }),
    text: prose,
    'topics?': list(v.plain(512, 'line')),
    wording: word('verbatim translated reported'),
  }),
  'claim.relate': object({
    'correction?': correction,
    from: hex,
    'note?': prose,
    relation: word('sameAs variantOf translationOf partOf contradicts reports'),
    to: v.reference,
  }),
  'evidence.add': object({
    claim: hex,
    'correction?': correction,
    'excerpt?': excerpt,
    'note?': prose,
    'on?': date,
    'searched?': prose,
    'source?': hex,
    stance: word('supports refutes mixed context notFound'),
    'via?': list(hex),
  }),
  'verdict.issue': object({
    'adopts?': hex,
    claim: hex,
    'conflict?': conflict,
    'contact?': one({ asked: object({ on: date, 'reply?': hex }), notAsked: prose }),
    'correction?': correction,
    corroboration: object({ 'inputs?': hex, method: integer, 'refutation?': counts, 'support?': counts }),
    'evidence?': list(hex),
    'limits?': prose,
    rating: slug,
    reasons: prose,
    scale: hex,
  }),
  'verdict.attest': object({
    'conflict?': conflict,
    decision: word('approve reject abstain recuse'),
    'exemption?': prose,
    'note?': prose,
    verdict: hex,
  }),
  'verdict.publish': object({ 'despite?': prose, 'page?': hex, published: v.dateOrInstant, url, verdict: hex }),
  withdraw: object({ reason: prose, target: hex }),
  'dispute.open': object({
    'evidence?': list(hex),
    grounds: word(
      'factualError missingContext wrongRating sourceNotIndependent excerptMismatch conflictOfInterest process',
    ),
    note: prose,
    target: hex,
  }),
  'dispute.answer': object({ dispute: hex, note: prose, outcome: word('upheld partlyUpheld rejected reply') }),
  'review.record': object({
    author: v.verbatimLine,
    'claim?': hex,
    claimText: v.verbatimProse,
    'correction?': correction,
    'language?': language,
    'published?': v.verbatimLine,
    rating: object({
      'best?': v.verbatimLine,
      label: v.verbatimProse,
      'value?': v.verbatimLine,
      'worst?': v.verbatimLine,
    }),
    raw: object({ 'at?': v.verbatimLine, bytes: integer, mediaType: v.mediaType, sha256: hex }),
    url,
  }),
  'checkpoint.observe': object({ checkpoint: v.plain(32768, 'prose'), origin: v.origin, vkey: v.plain(512, 'line') }),
};

export const frame = {
  issued: v.instant,
  key,
  label: v.label,
  ledger: hex,
  seen: object({ root: hex, size: integer }),
};

const CORRECTS = ' correction.supersedes';
const WITHDRAWABLE =
  'claim.add|source.add|source.relate|claim.relate|origin.assess|evidence.add|verdict.issue|review.record|dispute.open|' +
  'dispute.answer|verdict.publish|snapshot.withhold|source.capture|source.transcribe';

// What each type names, in the order of the rules: the path of the field, and the types that it may name.
/** @type {Record<string, string>} */
const NAMES = {
  'policy.set': 'scales:scale.set',
  'source.add': 'capture.neverHeld.knownThrough:source.add' + CORRECTS,
  'source.capture': 'source:source.add quotations.statement:evidence.add|source.relate',
  'source.transcribe': 'source:source.add' + CORRECTS,
  'snapshot.withhold': 'source:source.add',
  'source.relate': 'from:source.add to:source.add claim:claim.add' + CORRECTS,
  'origin.assess': 'claim:claim.add source:source.add' + CORRECTS,
  'claim.add': 'appearedIn:source.add' + CORRECTS,
  'claim.relate': 'from:claim.add to:claim.add' + CORRECTS,
  'evidence.add': 'claim:claim.add source:source.add via:source.add' + CORRECTS,
  'verdict.issue':
    'adopts:review.record claim:claim.add contact.asked.reply:source.add' +
    CORRECTS +
    ' evidence:evidence.add scale:scale.set',
  'verdict.attest': 'verdict:verdict.issue',
  'verdict.publish': 'verdict:verdict.issue',
  withdraw: 'target:' + WITHDRAWABLE,
  'dispute.open': 'evidence:evidence.add target:',
  'dispute.answer': 'dispute:dispute.open',
  'review.record': 'claim:claim.add' + CORRECTS,
};

/** @param {any} value @param {string[]} path @returns {any[]} */
const pick = (value, [step, ...rest]) =>
  value === undefined
    ? []
    : Array.isArray(value)
      ? value.flatMap((item) => pick(item, step === undefined ? [] : [step, ...rest]))
      : step === undefined
        ? [value]
        : typeof value === 'object'
          ? pick(value[step], rest)
          : [];

/**
 * The statements of this ledger that a body names; `types` is empty where any may be named.
 * @param {string} type @param {any} body @returns {{field: string, id: string, types: string[]}[]}
 */
export const named = (type, body) =>
  (NAMES[type] ?? '').split(' ').flatMap((entry) => {
    const [field, types = type] = entry.split(':');
    const ids = pick(body, field.split('.')).filter((id) => /^[0-9a-f]{64}$/.test(id));
    return ids.map((id) => ({ field, id, types: types ? types.split('|') : [] }));
  });
