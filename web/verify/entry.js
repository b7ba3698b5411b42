// Entries and what is signed in them: docs/format.md, "Entry", "Chain" and "Envelope".
import { must } from './answer.js';
import { join, sha256, toBase64, toHex } from './bytes.js';
import { isZip215 } from './ed25519.js';
import { readStatement } from './statement.js';

/**
 * @typedef {object} Entry
 * @property {bigint} index
 * @property {string} previous hex
 * @property {bigint} time milliseconds since 1970
 * @property {Uint8Array} key
 * @property {Uint8Array} signature
 * @property {Uint8Array} payload
 */

/** @param {Uint8Array} bytes @returns {Entry} */
export function readEntry(bytes) {
  must(bytes.length <= 65535, 'entry-too-long', 'an entry of over 65,535 bytes');
  must(bytes.length, 'entry-malformed', 'an entry without bytes');
  must(bytes[0] === 1, 'entry-version', 'the first byte of an entry is not 1');
  must(bytes.length >= 153, 'entry-malformed', 'an entry that ends too early');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [length, here] = [view.getBigUint64(145), BigInt(bytes.length - 153)];
  must(length <= here, 'entry-malformed', 'a length that is larger than the bytes that are there');
  must(length === here, 'entry-not-canonical', 'there are more bytes after the entry');
  return {
    index: view.getBigUint64(1),
    previous: toHex(bytes.subarray(9, 41)),
    time: view.getBigUint64(41),
    key: bytes.subarray(49, 81),
    signature: bytes.subarray(81, 145),
    payload: bytes.subarray(153),
  };
}

/** @typedef {{next: bigint, leaf: string, time: bigint}} Head what an entry must follow */
/** @type {Head} */
export const NOTHING = { next: 0n, leaf: '0'.repeat(64), time: 0n };

/** @param {Entry} entry @param {Head} head */
export function follows({ index, previous, time }, head) {
  must(index === head.next, 'entry-index', `its index is ${index}, and its place ${head.next}`);
  must(previous === head.leaf, 'chain-broken', 'it does not name the entry before it');
  must(time >= head.time, 'time-backwards', 'its time is before that of the entry before');
}

const TYPE = 'application/vnd.claimledger.statement.v1+json';

/** What is signed. @param {Uint8Array} payload */
export const pae = (payload) => join(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `, payload);
export const PAYLOAD_TYPE = TYPE;

/** The statement of an entry, with its id. @param {Entry} entry */
export async function openEntry({ key, payload }) {
  const statement = await readStatement(payload);
  must(statement.key === toBase64(key), 'entry-key-mismatch', 'its key is not the key of its statement');
  return { ...statement, id: toHex(await sha256(pae(payload))) };
}

/** @param {Entry} entry */
export async function checkSignature({ key, payload, signature }) {
  must(await isZip215(key, pae(payload), signature), 'signature-invalid', 'the signature is not that of its key');
}
