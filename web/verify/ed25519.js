// Ed25519: the two rules of docs/format.md, "What counts as a valid signature". WebCrypto is asked first. Engines differ on
// signatures that were made to differ; so what WebCrypto does not accept, and what the strict rule asks, is computed here.
// All values are public: nothing needs to take the same time.
import { join, sha512, toBase64, toHex } from './bytes.js';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

/** @typedef {[bigint, bigint, bigint, bigint]} Point X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z */

/** @param {bigint} n */
const mod = (n) => ((n % P) + P) % P;
/** @param {bigint} base @param {bigint} exponent */
function power(base, exponent) {
  let out = 1n;
  for (let square = base; exponent; exponent >>= 1n, square = (square * square) % P)
    if (exponent & 1n) out = (out * square) % P;
  return out;
}
/** @param {bigint} n */
const invert = (n) => power(n, P - 2n);

const D = mod(-121665n * invert(121666n));
const ROOT = power(2n, (P - 1n) / 4n);
/** @type {Point} */
const ZERO = [0n, 1n, 1n, 0n];

/** @param {Uint8Array} bytes little endian */
const number = (bytes) => BigInt(`0x${toHex(bytes.slice().reverse())}`);
/** @param {bigint} n */
const littleEndian = (n) => Uint8Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * i)) & 255n));

/**
 * The point of 32 bytes, in whatever spelling (ZIP-215); null if there is none.
 * @param {Uint8Array} bytes
 * @returns {Point | null}
 */
function decode(bytes) {
  const all = number(bytes);
  const y = (all & (2n ** 255n - 1n)) % P;
  const above = mod(y * y - 1n);
  const below = mod(D * y * y + 1n);
  // RFC 8032, section 5.1.3
  let x = mod(above * power(below, 3n) * power(above * power(below, 7n), (P - 5n) / 8n));
  if (mod(below * x * x) !== above) x = (x * ROOT) % P;
  if (mod(below * x * x) !== above) return null;
  if ((x & 1n) !== all >> 255n) x = mod(-x);
  return [x, y, 1n, (x * y) % P];
}

/** @param {Point} point */
function encode([x, y, z]) {
  const over = z === 1n ? z : invert(mod(z));
  return littleEndian(mod(y * over) | ((mod(x * over) & 1n) << 255n));
}

/** RFC 8032, section 5.1.4. @param {Point} p @param {Point} q @returns {Point} */
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const [a, b] = [(y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)];
  const [c, d] = [((2n * t1 * t2) % P) * D, 2n * z1 * z2];
  const [e, f, g, h] = [(b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P];
  return [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
}
/** The same of a point and itself. @param {Point} p @returns {Point} */
function double([x, y, z]) {
  const [a, b] = [x * x, y * y];
  const [h, g] = [a + b, a - b];
  const [e, f] = [(h - (x + y) ** 2n) % P, (2n * z * z + g) % P];
  return [(e * f) % P, ((g % P) * h) % P, (f * g) % P, (e * h) % P];
}
/** @param {Point} p @returns {Point} */
const minus = ([x, y, z, t]) => [-x, y, z, -t];

/** [n]p + [m]q @param {bigint} n @param {Point} p @param {bigint} m @param {Point} q */
function multiply(n, p, m = 0n, q = ZERO) {
  const choices = [ZERO, p, q, add(p, q)];
  let out = ZERO;
  for (let bit = 252n; bit >= 0n; bit--) {
    out = double(out);
    const choice = Number((n >> bit) & 1n) + 2 * Number((m >> bit) & 1n);
    if (choice) out = add(out, choices[choice]);
  }
  return out;
}
/** @param {Point} p */
const isZero = ([x, y, z]) => x % P === 0n && (y - z) % P === 0n;
/** @param {Point} p @param {Point} q */
const isSame = (p, q) => isZero(add(p, minus(q)));
/** @param {Point} p */
const isSmall = (p) => isZero(double(double(double(p))));
const BASE = /** @type {Point} */ (decode(littleEndian(mod(4n * invert(5n)))));

/** @param {Uint8Array} one @param {Uint8Array} other */
const isEqual = (one, other) => one.every((byte, i) => byte === other[i]);

/**
 * Whether a key may be enrolled: canonical, and of the prime-order group without the identity.
 * @param {Uint8Array} key
 */
export function isEnrollable(key) {
  const point = decode(key);
  return !!point && isEqual(encode(point), key) && !isZero(point) && isZero(multiply(L, point));
}

/**
 * [S]B - [k]A, with R and A as points; null if S is not below L or something is no point.
 * @param {Uint8Array} key
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 */
async function equation(key, message, signature) {
  const [r, s] = [signature.subarray(0, 32), number(signature.subarray(32))];
  const [a, point] = [decode(key), decode(r)];
  if (s >= L || !a || !point) return null;
  const k = number(await sha512(join(r, key, message))) % L;
  return { a, point, r, found: multiply(s, BASE, k, minus(a)) };
}

/** The strict rule. @param {Uint8Array} key @param {Uint8Array} message @param {Uint8Array} signature */
export async function isStrict(key, message, signature) {
  const parts = await equation(key, message, signature);
  if (!parts) return false;
  const { a, point, r, found } = parts;
  return isEqual(encode(point), r) && isSame(found, point) && !isSmall(a) && !isSmall(point);
}

/** @type {Map<string, Promise<CryptoKey>>} */
const keys = new Map();

/**
 * ZIP-215. Whatever equation an engine uses, with the cofactor or without: what it accepts with S below L and canonical
 * points is valid here too.
 * @param {Uint8Array} key @param {Uint8Array} message @param {Uint8Array} signature
 */
export async function isZip215(key, message, signature) {
  const [r, s] = [signature.subarray(0, 32), number(signature.subarray(32))];
  if (s >= L) return false;
  const isPlain = (/** @type {Uint8Array} */ bytes) => (number(bytes) & (2n ** 255n - 1n)) < P;
  if (isPlain(key) && isPlain(r)) {
    try {
      const name = toBase64(key);
      if (keys.size > 1000) keys.clear();
      const imported =
        keys.get(name) ?? crypto.subtle.importKey('raw', /** @type {any} */ (key), 'Ed25519', false, ['verify']);
      keys.set(name, imported);
      const [theirs, bytes] = /** @type {any[]} */ ([signature, message]);
      if (await crypto.subtle.verify('Ed25519', await imported, theirs, bytes)) return true;
    } catch {
      // This engine has no Ed25519, or does not take this key.
    }
  }
  const parts = await equation(key, message, signature);
  return !!parts && isSmall(add(parts.found, minus(parts.point)));
}
