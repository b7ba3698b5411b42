// Bytes: UTF-8, base64 and hex with one spelling each, and SHA-2.
import { refuse } from './answer.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/** The text of bytes; null if they are not UTF-8. @param {Uint8Array} bytes */
export function fromUtf8(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** @param {...(Uint8Array | string | number[])} parts */
export function join(...parts) {
  const all = parts.map((part) => (typeof part === 'string' ? utf8(part) : part));
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const HEX = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, '0'));
/** @param {Uint8Array} bytes */
export function toHex(bytes) {
  let out = '';
  for (const byte of bytes) out += HEX[byte];
  return out;
}

/** @param {Uint8Array} bytes */
export const toBase64 = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));

/** Standard, padded base64 with unused bits zero; else null. @param {string} text */
export function fromBase64(text) {
  const body = text.replace(/={1,2}$/, '');
  if (text.length % 4 || body.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(body)) return null;
  const last = text.slice(-4);
  if (btoa(atob(last)) !== last) return null;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Base64 of so many bytes. @param {string} text @param {number} [length] @param {string} [code] */
export function base64(text, length, code = 'bad-base64') {
  const bytes = fromBase64(text);
  if (bytes && (length === undefined || bytes.length === length)) return bytes;
  return refuse(code, 'not canonical base64 of the right length');
}

/** A number of at most 64 bits in decimal, in its one spelling; else null. @param {string} text */
export function decimal(text) {
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return null;
  const number = BigInt(text);
  return number < 1n << 64n ? number : null;
}

/** @param {'SHA-256' | 'SHA-512'} name @param {Uint8Array} bytes */
const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, /** @type {any} */ (bytes)));

/** @param {Uint8Array} bytes */
export const sha256 = (bytes) => digest('SHA-256', bytes);
/** @param {Uint8Array} bytes */
export const sha512 = (bytes) => digest('SHA-512', bytes);
