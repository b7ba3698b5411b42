// An envelope in a file: DSSE 1.0.2 with exactly one signature. Here, and only here, JSON may have other spellings.
import { must, refuse } from './answer.js';
import { base64, fromUtf8, toHex, sha256 } from './bytes.js';
import { PAYLOAD_TYPE, pae } from './entry.js';
import { isStrict } from './ed25519.js';
import { parse } from './json.js';
import { readStatement } from './statement.js';

/** Reads and verifies an envelope by the strict rule. @param {Uint8Array} bytes */
export async function openEnvelope(bytes) {
  must(bytes.length <= 130764, 'too-long', 'an envelope of over 130,764 bytes');
  const file = parse(fromUtf8(bytes) ?? refuse('not-json', 'an envelope that is not UTF-8'), true);
  const shape = (/** @type {any} */ holds) => must(holds, 'wrong-shape', 'a field of another shape');
  const field = (/** @type {any} */ of, /** @type {string} */ name) => {
    shape(of && typeof of === 'object' && !Array.isArray(of));
    must(name in of, 'field-missing', `the field ${name} is missing`);
    return of[name];
  };
  const [payload, type, signatures] = ['payload', 'payloadType', 'signatures'].map((name) => field(file, name));
  shape(typeof payload === 'string' && typeof type === 'string' && Array.isArray(signatures));
  const sigs = signatures.map((/** @type {any} */ signature) => field(signature, 'sig'));
  for (const sig of sigs) shape(typeof sig === 'string');
  must(type === PAYLOAD_TYPE, 'payload-type', 'another payload type');
  must(sigs.length === 1, 'signature-count', `${sigs.length} signatures instead of one`);
  const standard = (/** @type {string} */ text) => text.replace(/-/g, '+').replace(/_/g, '/');
  const signature = base64(standard(sigs[0]), 64);
  const signed = base64(standard(payload));
  const statement = await readStatement(signed);
  must(
    await isStrict(base64(statement.key), pae(signed), signature),
    'signature-invalid',
    'the signature is not that of its key',
  );
  return { ...statement, id: toHex(await sha256(pae(signed))) };
}
