// Signed notes, verifier keys and checkpoints (C2SP signed-note, tlog-checkpoint): docs/format.md, "Checkpoint".
import { must, refuse } from './answer.js';
import { base64, decimal, fromBase64, fromUtf8, join, sha256, toHex, utf8 } from './bytes.js';
import { isStrict } from './ed25519.js';
import { WHITE_SPACE } from './unicode.js';
import * as values from './values.js';

/**
 * @typedef {{name: string, id: string, bytes: Uint8Array}} Line a signature: name, key id in hex, what follows it
 */
/** @typedef {{text: string, lines: Line[]}} Note */
/** @typedef {{name: string, id: string, key: Uint8Array}} NoteKey */
/** @typedef {{origin: string, size: bigint, root: string}} Checkpoint the root in hex */

/** @param {Uint8Array} bytes @returns {Note} */
export function readNote(bytes) {
  const malformed = (/** @type {any} */ holds, /** @type {string} */ words) => must(holds, 'note-malformed', words);
  malformed(bytes.length <= 65536, 'a note of over 65,536 bytes');
  const all = fromUtf8(bytes) ?? refuse('note-malformed', 'a note that is not UTF-8');
  malformed(!/[\0-\x09\x0b-\x1f]/.test(all), 'a control character in a note');
  const at = all.lastIndexOf('\n\n');
  malformed(at > 0 && all.endsWith('\n'), 'a note without text, empty line or last newline');
  const lines = all
    .slice(at + 2, -1)
    .split('\n')
    .map((line) => {
      const [, name, blob] = /^\u2014 ([^ ]+) (.*)$/.exec(line) ?? ['', '', ''];
      const signed = fromBase64(blob);
      if (!name || name.includes('+') || WHITE_SPACE.test(name) || !signed || signed.length <= 4)
        return refuse('note-malformed', 'a malformed signature line');
      return { name, id: toHex(signed.subarray(0, 4)), bytes: signed.subarray(4) };
    });
  malformed(at + 2 < all.length && lines.length <= 64, 'no signature, or more than 64');
  return { text: all.slice(0, at + 1), lines };
}

/**
 * The key id of a name and key.
 * @param {string} name
 * @param {Uint8Array} key
 * @param {number} type
 * @returns {Promise<NoteKey>}
 */
export async function noteKey(name, key, type = 1) {
  const id = await sha256(join(name, '\n', [type], key));
  return { name, id: toHex(id.subarray(0, 4)), key };
}

/**
 * A verifier key in text; type 1 is a log's, type 4 a witness's.
 * @param {string} text
 * @param {number} [type]
 */
export async function readVerifierKey(text, type = 1) {
  const [, name, id, typed] =
    /^([^+]*)\+([^+]*)\+([^]*)$/.exec(text) ?? refuse('vkey-malformed', 'not <name>+<key id>+<key>');
  const bytes = base64(typed);
  must(bytes.length === 33 && bytes[0] === type, 'vkey-malformed', 'not an Ed25519 key of this type');
  values.origin(name);
  const key = await noteKey(name, bytes.subarray(1), type);
  must(/^[0-9a-f]{8}$/.test(id), 'bad-hex', 'the key id is not 8 lower-case hex digits');
  must(key.id === id, 'vkey-malformed', 'the key id is of another name and key');
  return key;
}

/** The lines of a note that name a key. @param {Note} note @param {NoteKey} key */
export const linesOf = (note, { name, id }) => note.lines.filter((line) => line.name === name && line.id === id);

/**
 * The keys among the trusted ones that signed a note; a wrong signature by one of them refuses it.
 * @param {Note} note
 * @param {NoteKey[]} trusted
 */
export async function openNote(note, trusted) {
  const by = [];
  for (const key of trusted) {
    const lines = linesOf(note, key);
    for (const { bytes } of lines) {
      const valid = bytes.length === 64 && (await isStrict(key.key, utf8(note.text), bytes));
      must(valid, 'note-signature', `the signature of ${key.name} is not valid`);
    }
    if (lines.length) by.push(key);
  }
  must(by.length, 'note-not-signed', `not signed by ${trusted.map(({ name, id }) => `${name}+${id}`).join(', ')}`);
  return by;
}

/** The three lines. @param {string} text @returns {Checkpoint} */
export function readCheckpoint(text) {
  const malformed = () => refuse('checkpoint-malformed', 'a checkpoint is three lines: origin, size, root');
  const lines = text.split('\n');
  if (lines.length < 4) malformed();
  const [origin, count, root] = lines;
  values.origin(origin);
  const size = decimal(count) ?? malformed();
  const hash = base64(root, 32);
  if (lines.length > 4 || lines[3] || size >= 1n << 63n) malformed();
  return { origin, size, root: toHex(hash) };
}
