// The entry of the verifier: checks a dossier and says what was checked. It opens no file, asks no network, and draws nothing.
import { CannotTell, Refused, must, refuse } from './answer.js';
import { approval } from './approval.js';
import { base64, toBase64, toHex } from './bytes.js';
import { checkSum, readDossier } from './dossier.js';
import { NOTHING, checkSignature, follows, openEntry, readEntry } from './entry.js';
import { compare, decodeText } from './excerpt.js';
import { Case, atEntry, judge } from './judge.js';
import { headKeys } from './keys.js';
import { Log } from './log.js';
import { noteKey, openNote, readVerifierKey } from './note.js';
import { belong, isKeyEvent } from './select.js';
import { namedBy } from './statement.js';
import { combine, leafHash } from './tree.js';
import { seconds } from './values.js';
import { cosigners, readPolicy } from './witness.js';

/** @typedef {import('./log.js').Entry} Entry */
/**
 * @typedef {object} Options what the reader knows from elsewhere
 * @property {string} [ledgerId] the ledger's id, in hex
 * @property {string} [ledgerKey] a verifier key of the ledger
 * @property {string} [witnesses] a witness policy (C2SP tlog-policy)
 */
/**
 * @typedef {{what: string, answer: 'holds' | 'not checked', said: string, count?: number}} Fact something that was checked, or could not be
 */
/**
 * @typedef {object} Answer
 * @property {'verified' | 'refused' | 'cannot tell'} answer
 * @property {string} [code] why it was refused
 * @property {string} [words] the same, in words
 * @property {{entry: number, code: string, why: string, decides: boolean}[]} notJudged
 * @property {string[]} reasons why nobody can tell
 * @property {Fact[]} facts
 * @property {{index: number, type: string, id: string, holder: string, organisation: string, roles: string[], issued: string, time: number, body: any}[]} entries
 * @property {number} [subject]
 * @property {string} [ledger] its id
 * @property {string} [origin]
 * @property {number} [size]
 * @property {'approved' | 'unapproved' | 'rejected'} [approval] of a verdict, as far as the file shows
 * @property {number} [withdrawn] the entry that withdrew the subject
 * @property {number} [corrected] the entry that corrected it; of a verdict, an approved one
 */

/**
 * The rules that are never judged, each with the reason. Every other code of docs/rules.md is judged; where a file has what this
 * verifier does not follow, such as revocations that contradict each other, the answer names the code too.
 * @type {Record<string, string>}
 */
export const NOT_JUDGED = {
  'correction-chain': 'whether more than 1,024 corrections stand one after another',
  'rules-order': 'there is one version of the rules, so no upgrade can be out of order',
};

/** Checks a dossier. @param {Uint8Array} bytes @param {Options} [options] @returns {Promise<Answer>} */
export async function verifyDossier(bytes, options = {}) {
  /** @type {Answer} */
  const answer = { answer: 'verified', notJudged: [], reasons: [], facts: [], entries: [] };
  try {
    if (!globalThis.crypto?.subtle)
      throw new CannotTell('this page has no WebCrypto: it must be opened over https or from a file');
    await check(bytes, options, answer);
    if (answer.reasons.length || answer.notJudged.some(({ decides }) => decides)) answer.answer = 'cannot tell';
  } catch (problem) {
    if (problem instanceof Refused)
      Object.assign(answer, { answer: 'refused', code: problem.code, words: problem.message });
    else {
      // A fault of this verifier is no verdict on the file.
      answer.answer = 'cannot tell';
      answer.reasons.push(problem instanceof CannotTell ? problem.message : `this verifier failed: ${problem}`);
    }
  }
  return answer;
}

/** @param {Uint8Array} bytes @param {Options} options @param {Answer} answer */
async function check(bytes, options, answer) {
  const known = await given('key of the ledger', options.ledgerKey, readVerifierKey);
  const policy = await given('witness policy', options.witnesses, readPolicy);
  const file = await readDossier(bytes);
  const { checkpoint, subject } = file;
  /** @param {string} what @param {string} said @param {number} [count] @param {Fact['answer']} [holds] */
  const fact = (what, said, count, holds = 'holds') => answer.facts.push({ what, answer: holds, said, count });
  /** @template T @param {number} index @param {() => Promise<T>} ask */
  const at = (index, ask) =>
    ask().catch((problem) => {
      throw problem instanceof Refused ? atEntry(problem, index) : problem;
    });

  // The form of every entry, and the chain between neighbours. Digests are asked for together: each answer takes its time.
  const hashed = await Promise.all(file.entries.map(({ bytes }) => leafHash(bytes)));
  let head = NOTHING;
  const read = await inOrder(
    file.entries.map(({ index, bytes }, i) =>
      at(index, async () => {
        const entry = readEntry(bytes);
        const here = BigInt(index);
        follows(entry, head.next === here ? head : { ...head, next: here, leaf: entry.previous });
        head = { next: here + 1n, leaf: toHex(hashed[i]), time: entry.time };
        const statement = await openEntry(entry);
        // Asked for now and looked at below: the browser checks signatures beside the rest of the work.
        const unsigned = checkSignature(entry).then(
          () => null,
          (problem) => atEntry(problem, index),
        );
        return { index, entry, leaf: hashed[i], statement, unsigned };
      }),
    ),
  );

  // The entries and hashes against the root.
  const size = Number(checkpoint.size);
  if (!Number.isSafeInteger(size)) throw new CannotTell('a log of more than 2^53 entries');
  const sizes = read.flatMap(({ statement: { seen } }) =>
    seen && seen.size > 0 && seen.size <= size ? seen.size : [],
  );
  const heads = [...new Set(sizes)].sort((a, b) => a - b);
  const leaves = read.map(({ index, leaf }) => ({ index: BigInt(index), leaf }));
  const rootAt = await combine(leaves, heads.map(BigInt), checkpoint.size, file.hashes);
  must(
    (await rootAt(checkpoint.size)) === checkpoint.root,
    'proof-fails',
    'the entries do not belong to the tree of the checkpoint',
  );
  const roots = new Map();
  await Promise.all(heads.map(async (at) => roots.set(at, await rootAt(BigInt(at)))));
  fact('entries', 'are as their signers sealed them, and chained where they are neighbours', read.length);
  fact('inclusion', `they are in the log of ${size} entries under the checkpoint`, read.length);

  for (const { unsigned } of read) {
    const problem = await unsigned;
    if (problem) throw problem;
  }
  fact('signatures', 'each is valid, by the key that the statement names', read.length);

  // Whose ledger it is, and whether the file has what belongs to its subject.
  const [first] = read;
  must(first?.index === 0, 'dossier-incomplete', 'entry 0 is not in the file');
  const ledger = first.statement.id;
  must(
    !options.ledgerId || options.ledgerId === ledger,
    'dossier-other-ledger',
    `this file is of the ledger ${ledger}`,
  );
  const entries = read.map(({ index, entry: { time }, statement }) => {
    const issued = seconds(statement.issued);
    return /** @type {Entry} */ (
      /** @type {any} */ ({ ...statement, index, time, issued, named: namedBy(statement), rests: null, roles: [] })
    );
  });
  const whole = entries.length === size;
  if (!whole) belong(entries, subject);
  fact(
    'completeness',
    whole
      ? 'the file has the whole log'
      : `the file has what belongs to entry ${subject}; of ${size} entries ${entries.length} are here`,
  );

  // The rules, entry by entry.
  const log = new Log();
  /** @type {import('./judge.js').NotJudged[]} */
  const doubts = [];
  for (const entry of entries) await at(entry.index, () => judge(new Case(log, entry, whole, doubts, roots)));
  const about =
    entries.find(({ index }) => index === subject) ?? refuse('dossier-incomplete', 'the subject is not in the file');
  // An entry that the rules refuse refuses the whole file, wherever it stands. So a limit of this verifier always decides.
  answer.notJudged = doubts.map(({ limit, ...doubt }) => ({
    ...doubt,
    decides: limit || decides(log, about, doubt.entry),
  }));
  answer.entries = entries.map(({ index, type, id, holder, organisation, roles, issued, time, body }) => ({
    index,
    type,
    id,
    holder,
    organisation,
    roles,
    issued: new Date(issued * 1000).toISOString(),
    time: Number(time),
    body,
  }));
  const origin = entries[0].body.origin;
  Object.assign(answer, { subject, ledger, origin, size });
  fact(
    'keys',
    'every signer was enrolled, and had a role that may sign this, at that place of the log',
    entries.filter(isKeyEvent).length + 1,
  );
  fact('author', `${about.holder} of ${about.organisation} (${about.roles.join(', ')}) signed entry ${subject}`);
  for (const by of entries.filter(({ type, body }) => type === 'verdict.attest' && body.verdict === about.id))
    fact(
      'attestation',
      `${by.holder} of ${by.organisation} (${by.roles.join(', ')}): ${by.body.decision}, in entry ${by.index}`,
    );
  if (about.type === 'verdict.issue') standing(log, about, size, answer, fact);
  ending(log, about, size, answer, fact);

  // The checkpoint: by each key that must sign it, and by the key that the reader knows.
  must(checkpoint.origin === origin, 'dossier-other-ledger', `the checkpoint is of ${checkpoint.origin}`);
  const keys = await Promise.all(headKeys(log, size).map((key) => noteKey(origin, base64(key))));
  for (const key of keys) await openNote(file.note, [key]);
  must(keys.length, 'note-not-signed', 'no key signs checkpoints');
  // Most often the reader knows one of them.
  const isKnown = keys.some(({ id, key }) => id === known?.id && toBase64(key) === toBase64(known.key));
  if (known && !isKnown) await knownKey(file.note, log, known, options.ledgerId);
  fact('checkpoint', `signed by each key that must sign it: ${keys.map(({ key }) => toBase64(key)).join(', ')}`);
  if (!options.ledgerId && !options.ledgerKey)
    answer.reasons.push('whose ledger this is: neither its id nor its key was given');

  quotations(file.texts, entries, fact);

  if (policy) {
    if (policy.logs.length)
      await openNote(
        file.note,
        policy.logs.filter(({ name }) => name === checkpoint.origin),
      );
    const { by, isMet } = await cosigners(file.note, policy);
    if (isMet)
      fact(
        'witnesses',
        `cosigned by ${by.map(({ witness }) => witness.name).join(', ') || 'nobody, and the policy asks nobody'}`,
        by.length,
      );
    else answer.reasons.push(`${by.length} of the policy's witnesses cosigned this head, fewer than its quorum`);
  } else fact('witnesses', 'no witness policy was given', 0, 'not checked');
  await checkSum(bytes, file.sum);
}

/**
 * What all of them give; if some fail, the problem of the first.
 * @template T
 * @param {Promise<T>[]} tasks
 */
async function inOrder(tasks) {
  const all = await Promise.allSettled(tasks);
  return all.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/**
 * Whether the subject's approval or rating rests on an entry.
 * @param {Log} log
 * @param {Entry} subject
 * @param {number} index
 */
function decides(log, subject, index) {
  const entry = log.entries.find((entry) => entry.index === index);
  if (!entry || index <= subject.index || isKeyEvent(entry)) return true;
  return entry.type === 'verdict.attest'
    ? entry.body.verdict === subject.id
    : /^(organisation\.set|rules\.upgrade|checkpoint\.(rotate|retire))$/.test(entry.type);
}

/**
 * Whether a verdict is approved, as far as the file shows.
 * @param {Log} log
 * @param {Entry} verdict
 * @param {number} size
 * @param {Answer} answer
 * @param {(what: string, said: string, count?: number, holds?: Fact['answer']) => void} fact
 */
function standing(log, verdict, size, answer, fact) {
  const { organisation, index } = verdict;
  try {
    answer.approval = approval(log, verdict, size);
    const policy = log.policy(organisation, index, size);
    fact(
      'approval',
      `${answer.approval}, ${policy ? `by the policy of ${organisation} in entry ${policy.index}` : `as ${organisation} had no policy`}`,
    );
  } catch (problem) {
    if (!(problem instanceof CannotTell)) throw problem;
    fact('approval', problem.message, 0, 'not checked');
  }
}

/**
 * Whether the subject was withdrawn or corrected.
 * @param {Log} log
 * @param {Entry} about
 * @param {number} size
 * @param {Answer} answer
 * @param {(what: string, said: string, count?: number, holds?: Fact['answer']) => void} fact
 */
function ending(log, about, size, answer, fact) {
  try {
    const { withdrawn, successor } = log.ends(about, size);
    const counts = successor && (about.type !== 'verdict.issue' || approval(log, successor, size) === 'approved');
    answer.withdrawn = withdrawn?.index;
    answer.corrected = counts ? successor.index : undefined;
    if (withdrawn) fact('standing', `withdrawn in entry ${withdrawn.index}`);
    if (counts) fact('standing', `corrected in entry ${successor.index}`);
  } catch (problem) {
    if (!(problem instanceof CannotTell)) throw problem;
    fact('standing', problem.message, 0, 'not checked');
  }
}

/**
 * What the reader gave. If it cannot be read, that says nothing about the file.
 * @template T
 * @param {string} what
 * @param {string | undefined} text
 * @param {(text: string) => Promise<T>} read
 */
async function given(what, text, read) {
  if (!text) return;
  try {
    return await read(text);
  } catch (problem) {
    throw problem instanceof Refused ? new CannotTell(`the ${what} that was given: ${problem.message}`) : problem;
  }
}

/**
 * The key that the reader knows has signed; or it was retired, and the reader knows the id.
 * @param {import('./note.js').Note} note
 * @param {Log} log
 * @param {import('./note.js').NoteKey} key
 * @param {string} [ledgerId]
 */
async function knownKey(note, log, key, ledgerId) {
  try {
    await openNote(note, [key]);
  } catch (problem) {
    const retired = log.keys.get(toBase64(key.key))?.head?.retired;
    if (typeof retired !== 'number') throw problem;
    must(ledgerId, 'ledger-key-retired', `entry ${retired} retired the key that was expected`);
  }
}

/**
 * Quotations against the texts of the file.
 * @param {Map<string, Uint8Array>} texts
 * @param {Entry[]} entries
 * @param {(what: string, said: string, count?: number, holds?: Fact['answer']) => void} fact
 */
function quotations(texts, entries, fact) {
  const decoded = new Map([...texts].map(([digest, text]) => [digest, decodeText(text)]));
  const quoted = new Set();
  const counts = { holds: 0, sealed: 0, without: 0 };
  for (const { index, body } of entries) {
    const excerpt = body.excerpt ?? body.basis?.stated;
    if (!excerpt) continue;
    quoted.add(excerpt.text);
    const text = decoded.get(excerpt.text);
    const found = text === undefined ? 'without' : compare(excerpt, text);
    if (found.startsWith('excerpt-')) refuse(found, `entry ${index}: the quotation does not stand in its text`);
    counts[/** @type {'holds'} */ (found)]++;
  }
  for (const digest of texts.keys())
    must(quoted.has(digest), 'dossier-stray-text', `no entry of this file quotes the text ${digest}`);
  if (counts.holds) fact('quotations', 'stand in their texts, which the file has', counts.holds);
  if (counts.sealed) fact('quotations', 'are sealed', counts.sealed, 'not checked');
  if (counts.without) fact('quotations', 'have no text in the file', counts.without, 'not checked');
}
