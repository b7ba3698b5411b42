// The form of a dossier: lines, then a checkpoint. docs/format.md, "Dossier".
import { CannotTell, must, refuse } from './answer.js';
import { base64, decimal, fromUtf8, sha256, toBase64, toHex } from './bytes.js';
import { readCheckpoint, readNote } from './note.js';

/** @param {Uint8Array} bytes */
export async function readDossier(bytes) {
  const malformed = (/** @type {any} */ holds, /** @type {string} */ words) => must(holds, 'dossier-malformed', words);
  malformed(bytes.length <= 64 * 1024 * 1024, 'longer than 64 MiB');
  let at = bytes.indexOf(10);
  while (at >= 0 && bytes[at + 1] !== 10) at = bytes.indexOf(10, at + 1);
  malformed(at >= 0, 'no empty line');
  const lines = (fromUtf8(bytes.subarray(0, at)) ?? refuse('dossier-malformed', 'not UTF-8')).split('\n');
  malformed(lines.shift() === 'claimledger/dossier/v1', 'it does not begin with claimledger/dossier/v1');
  /** What follows a word, if the next line begins with it. @param {string} word */
  const next = (word) => (lines[0]?.startsWith(`${word} `) ? String(lines.shift()).slice(word.length + 1) : undefined);
  /** @param {string} text @param {number} [length] */
  const data = (text, length) => base64(text, length, 'dossier-malformed');
  const sum = next('sum') ?? '';
  data(sum, 32);
  const place = (/** @type {string} */ text) => {
    const number = decimal(text) ?? refuse('dossier-malformed', 'a number in another spelling');
    if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new CannotTell('a log of more than 2^53 entries');
    return Number(number);
  };
  const subject = place(next('subject') ?? '');
  /** @type {{index: number, bytes: Uint8Array}[]} */
  const entries = [];
  for (let line; (line = next('entry')) !== undefined;) {
    const [, number, text] = /^([^ ]*) ([^]*)$/.exec(line) ?? refuse('dossier-malformed', 'a malformed entry line');
    const index = place(number);
    malformed(!entries.length || entries[entries.length - 1].index < index, 'entries are not in ascending order');
    malformed(entries.length < 4096, 'more than 4,096 entries');
    entries.push({ index, bytes: data(text) });
  }
  /** @type {Map<string, Uint8Array>} the texts by digest */
  const texts = new Map();
  let last = '';
  for (let line; (line = next('text')) !== undefined;) {
    const text = data(line);
    const digest = toHex(await sha256(text));
    malformed(digest > last, 'texts are not in the order of their digests');
    texts.set((last = digest), text);
  }
  const hashes = lines.map((line) => {
    malformed(line.startsWith('hash '), 'a line is neither entry, text nor hash');
    return data(line.slice(5), 32);
  });
  const note = readNote(bytes.subarray(at + 2));
  return { sum, subject, entries, texts, hashes, note, checkpoint: readCheckpoint(note.text) };
}

/**
 * The sum vouches for nothing; it shows a bit that fell over where no signature is.
 * @param {Uint8Array} bytes
 * @param {string} sum
 */
export async function checkSum(bytes, sum) {
  const after = bytes.indexOf(10, bytes.indexOf(10) + 1) + 1;
  must(toBase64(await sha256(bytes.subarray(after))) === sum, 'dossier-altered', 'the file was altered');
}
