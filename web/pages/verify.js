// Made from web/verify/verify.js of the repository of claimledger by web/join.mjs; read it there, with its remarks.
'use strict';
(() => {
const M = {};
M.answer = (() => {
class Refused extends Error {
constructor(code, words) {
super(words);
this.code = code;
}
}
class CannotTell extends Error {}
function refuse(code, words) {
throw new Refused(code, words);
}
function must(holds, code, words) {
if (!holds) refuse(code, words);
}
return { Refused, CannotTell, refuse, must };
})();
M.approval = (() => {
const { CannotTell } = M.answer;
const isDeclared = (conflict) => conflict === 'none' || typeof conflict?.declared === 'string';
function approval(log, verdict, size) {
const { body, organisation: own, index } = verdict;
const policy = log.policy(own, index, size)?.body;
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
const { needs } = scale.body.entries.find(( entry) => entry.code === body.rating);
const adopts = log.at(body.adopts);
const from = [own, ...(policy.evidenceFrom ?? [])];
const hasEvidence = ( stance) =>
(body.evidence ?? [])
.map(log.at)
.some(
( evidence) =>
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
function notCurrent(log, verdict, reader, size) {
if (log.endsFor(verdict, reader, size).withdrawn) return 'it was withdrawn';
if (log.isDistrusted(verdict, size)) return 'its key is distrusted';
if (isSuperseded(log, verdict, size)) return 'an approved correction replaced it';
const outcome = approval(log, verdict, size);
if (outcome !== 'approved') return outcome;
const isUpheld = ( { type, index, body }) =>
type === 'dispute.answer' && index < size && /pheld/.test(body.outcome);
if (log.entries.some(isUpheld)) throw new CannotTell('what an objection that was upheld has changed');
const others = log
.forms(log.at(verdict.body.claim), size)
.flatMap((claim) => log.about(claim, 'verdict.issue', 'claim', size))
.filter((other) => other !== verdict && other.organisation === verdict.organisation);
const stands = ( other) =>
!log.isDistrusted(other, size) &&
!log.ends(other, size).withdrawn &&
!isSuperseded(log, other, size) &&
approval(log, other, size) === 'approved';
if (others.some(stands)) throw new CannotTell('which of several approved verdicts is current');
}
function isSuperseded(log, verdict, size) {
for (let next = log.ends(verdict, size).successor; next; next = log.ends(next, size).successor)
if (approval(log, next, size) === 'approved') return true;
return false;
}
return { approval, notCurrent };
})();
M.bytes = (() => {
const { refuse } = M.answer;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const utf8 = (text) => encoder.encode(text);
function fromUtf8(bytes) {
try {
return decoder.decode(bytes);
} catch {
return null;
}
}
function join(...parts) {
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
function toHex(bytes) {
let out = '';
for (const byte of bytes) out += HEX[byte];
return out;
}
const toBase64 = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));
function fromBase64(text) {
const body = text.replace(/={1,2}$/, '');
if (text.length % 4 || body.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(body)) return null;
const last = text.slice(-4);
if (btoa(atob(last)) !== last) return null;
const binary = atob(text);
const bytes = new Uint8Array(binary.length);
for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
return bytes;
}
function base64(text, length, code = 'bad-base64') {
const bytes = fromBase64(text);
if (bytes && (length === undefined || bytes.length === length)) return bytes;
return refuse(code, 'not canonical base64 of the right length');
}
function decimal(text) {
if (!/^(0|[1-9]\d{0,19})$/.test(text)) return null;
const number = BigInt(text);
return number < 1n << 64n ? number : null;
}
const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name,  (bytes)));
const sha256 = (bytes) => digest('SHA-256', bytes);
const sha512 = (bytes) => digest('SHA-512', bytes);
return { utf8, fromUtf8, join, toHex, toBase64, fromBase64, base64, decimal, sha256, sha512 };
})();
M.ed25519 = (() => {
const { join, sha512, toBase64, toHex } = M.bytes;
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (n) => ((n % P) + P) % P;
function power(base, exponent) {
let out = 1n;
for (let square = base; exponent; exponent >>= 1n, square = (square * square) % P)
if (exponent & 1n) out = (out * square) % P;
return out;
}
const invert = (n) => power(n, P - 2n);
const D = mod(-121665n * invert(121666n));
const ROOT = power(2n, (P - 1n) / 4n);
const ZERO = [0n, 1n, 1n, 0n];
const number = (bytes) => BigInt(`0x${toHex(bytes.slice().reverse())}`);
const littleEndian = (n) => Uint8Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * i)) & 255n));
function decode(bytes) {
const all = number(bytes);
const y = (all & (2n ** 255n - 1n)) % P;
const above = mod(y * y - 1n);
const below = mod(D * y * y + 1n);
let x = mod(above * power(below, 3n) * power(above * power(below, 7n), (P - 5n) / 8n));
if (mod(below * x * x) !== above) x = (x * ROOT) % P;
if (mod(below * x * x) !== above) return null;
if ((x & 1n) !== all >> 255n) x = mod(-x);
return [x, y, 1n, (x * y) % P];
}
function encode([x, y, z]) {
const over = z === 1n ? z : invert(mod(z));
return littleEndian(mod(y * over) | ((mod(x * over) & 1n) << 255n));
}
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
const [a, b] = [(y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)];
const [c, d] = [((2n * t1 * t2) % P) * D, 2n * z1 * z2];
const [e, f, g, h] = [(b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P];
return [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
}
function double([x, y, z]) {
const [a, b] = [x * x, y * y];
const [h, g] = [a + b, a - b];
const [e, f] = [(h - (x + y) ** 2n) % P, (2n * z * z + g) % P];
return [(e * f) % P, ((g % P) * h) % P, (f * g) % P, (e * h) % P];
}
const minus = ([x, y, z, t]) => [-x, y, z, -t];
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
const isZero = ([x, y, z]) => x % P === 0n && (y - z) % P === 0n;
const isSame = (p, q) => isZero(add(p, minus(q)));
const isSmall = (p) => isZero(double(double(double(p))));
const BASE =  (decode(littleEndian(mod(4n * invert(5n)))));
const isEqual = (one, other) => one.every((byte, i) => byte === other[i]);
function isEnrollable(key) {
const point = decode(key);
return !!point && isEqual(encode(point), key) && !isZero(point) && isZero(multiply(L, point));
}
async function equation(key, message, signature) {
const [r, s] = [signature.subarray(0, 32), number(signature.subarray(32))];
const [a, point] = [decode(key), decode(r)];
if (s >= L || !a || !point) return null;
const k = number(await sha512(join(r, key, message))) % L;
return { a, point, r, found: multiply(s, BASE, k, minus(a)) };
}
async function isStrict(key, message, signature) {
const parts = await equation(key, message, signature);
if (!parts) return false;
const { a, point, r, found } = parts;
return isEqual(encode(point), r) && isSame(found, point) && !isSmall(a) && !isSmall(point);
}
const keys = new Map();
async function isZip215(key, message, signature) {
const [r, s] = [signature.subarray(0, 32), number(signature.subarray(32))];
if (s >= L) return false;
const isPlain = ( bytes) => (number(bytes) & (2n ** 255n - 1n)) < P;
if (isPlain(key) && isPlain(r)) {
try {
const name = toBase64(key);
if (keys.size > 1000) keys.clear();
const imported =
keys.get(name) ?? crypto.subtle.importKey('raw',  (key), 'Ed25519', false, ['verify']);
keys.set(name, imported);
const [theirs, bytes] =  ([signature, message]);
if (await crypto.subtle.verify('Ed25519', await imported, theirs, bytes)) return true;
} catch {
}
}
const parts = await equation(key, message, signature);
return !!parts && isSmall(add(parts.found, minus(parts.point)));
}
return { isEnrollable, isStrict, isZip215 };
})();
M.unicode = (() => {
const { CannotTell } = M.answer;
const SPACE = '\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const IGNORABLE =
'\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800' +
'\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}';
const WHITE_SPACE = new RegExp(`[${SPACE}]`, 'u');
const VISIBLE = new RegExp(`[^\\0-\\x1f\\x7f-\\x9f${SPACE}${IGNORABLE}]`, 'u');
const SOME_INVISIBLE = new RegExp(`[\\0-\\x1f\\x7f-\\x9f${SPACE}${IGNORABLE}]`, 'u');
const isVisible = (text) => VISIBLE.test(text);
const isWhollyVisible = (text) => !SOME_INVISIBLE.test(text);
const SETTLED = new RegExp(
'^[\\0-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u0482\\u048a-\\u0527\\u05d0-\\u05ea\\u0621-\\u063a' +
'\\u0641-\\u0652\\u0660-\\u0669\\u066e-\\u06d3\\u1e00-\\u1eff\\u2000-\\u2064\\u20a0-\\u20b5\\u2190-\\u21ff\\u3000-\\u303f' +
'\\u3041-\\u3096\\u3099-\\u30ff\\u4e00-\\u9fa5\\uac00-\\ud7a3]*$',
);
function folded(text) {
if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
if (!SETTLED.test(text)) throw new CannotTell('a text has characters whose forms depend on the version of Unicode');
return Array.from(text.normalize('NFC'), (c) => {
if (c === 'ı') return c;
const upper = c.toUpperCase();
const lower = (upper.length === c.length ? upper : c).toLowerCase();
return lower.length === c.length ? lower : c;
}).join('');
}
const isSameCode = (one, other) => one === other || folded(one) === folded(other);
const words = (text) =>
folded(text)
.replace(new RegExp(`[${IGNORABLE}\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f]`, 'gu'), '')
.replace(new RegExp(`[${SPACE}]+`, 'gu'), ' ')
.replace(/^ | $/g, '');
const isSameWords = (one, other) => one === other || words(one) === words(other);
function address(url) {
let [, scheme, rest] =  (/^([^:]*):([^]*)$/.exec(url));
scheme = ascii(scheme).replace(/^http$/, 'https');
const fragment = rest.search('#');
if (fragment >= 0 && !/^#[/!]/.test(rest.slice(fragment))) rest = rest.slice(0, fragment);
rest = rest.replace(/^\/\/[^/?#]*/, (authority) => {
const lower = ascii(authority);
return scheme === 'https' ? lower.replace(/:(?:443|80)?$/, '') : lower;
});
return `${scheme}:${rest}`;
}
const ascii = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
return { WHITE_SPACE, isVisible, isWhollyVisible, isSameCode, isSameWords, address };
})();
M.json = (() => {
const { must, refuse } = M.answer;
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
function parse(text, loose = false) {
let at = 0;
const bad = () => refuse('not-json', `not JSON at character ${at}`);
const space = () => {
while (/[ \t\n\r]/.test(text.charAt(at))) at++;
};
const match = (form) => {
form.lastIndex = at;
const found = form.exec(text);
if (found) at = form.lastIndex;
return found;
};
const string = (name) => {
let out = '';
at++;
for (;;) {
out +=  (match(/[^"\\\0-\x1f]*/y))[0];
const end = text.charAt(at++);
if (end === '"') break;
if (end !== '\\') bad();
const escape = text.charAt(at++);
if (escape === 'u') out += half();
else out +=  (ESCAPES)[escape] ?? bad();
}
must(!/[\ud800-\udfff]/u.test(out), 'lone-surrogate', 'half of a surrogate pair');
if (loose) return out;
if (name) must(/^[ -~]+$/.test(out), 'field-name', 'a field name is not printable ASCII');
else checkText(out);
return out;
};
const half = () => String.fromCharCode(parseInt((match(/[0-9a-fA-F]{4}/y) ?? bad())[0], 16));
const value = (depth) => {
space();
const first = text.charAt(at);
if (first === '"') return string(false);
if (first === '{' || first === '[') {
must(depth < (loose ? 127 : 16), 'too-deep', 'nested too deep');
at++;
return first === '[' ? list(depth) : object(depth);
}
const word = match(/true|false|null/y);
if (word) {
must(loose || word[0] !== 'null', 'null-value', 'null where a field should be left out');
return JSON.parse(word[0]);
}
const number = match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\d)/y) ?? bad();
const plain = /^\d+$/.test(number[0]) && Number(number[0]) <= Number.MAX_SAFE_INTEGER;
must(loose || plain, 'number-form', `${number[0]} is not an integer from 0 to 2^53-1`);
return Number(number[0]);
};
const list = (depth) => {
const out = [];
space();
if (text.charAt(at) === ']') at++;
else
for (;;) {
out.push(value(depth + 1));
must(loose || out.length <= 1024, 'too-long', 'a list of over 1024 items');
space();
const end = text.charAt(at++);
if (end === ']') break;
if (end !== ',') bad();
}
must(loose || out.length, 'empty-value', 'an empty list');
return out;
};
const object = (depth) => {
const out = Object.create(null);
let last = '';
space();
if (text.charAt(at) === '}') at++;
else
for (;;) {
space();
if (text.charAt(at) !== '"') bad();
const name = string(true);
must(!(name in out), 'duplicate-field', `the field ${name} appears twice`);
must(loose || name > last, 'not-canonical', `the field ${name} is out of order`);
space();
if (text.charAt(at++) !== ':') bad();
out[name] = value(depth + 1);
last = name;
space();
const end = text.charAt(at++);
if (end === '}') break;
if (end !== ',') bad();
}
must(loose || last, 'empty-value', 'an empty object');
return out;
};
const all = value(0);
space();
must(at === text.length, 'trailing-bytes', 'there are more bytes after the value');
return all;
}
function checkText(text, control = /[\0-\x08\x0b-\x1f\x7f-\x9f]/) {
must(text, 'empty-value', 'an empty text');
must(!control.test(text), 'control-character', 'a control character');
}
const print = (value) => JSON.stringify(value);
return { parse, checkText, print };
})();
M.values = (() => {
const { must, refuse } = M.answer;
const { base64, utf8 } = M.bytes;
const { checkText } = M.json;
const { WHITE_SPACE, isVisible, isWhollyVisible } = M.unicode;
const isText = (v) => must(typeof v === 'string', 'wrong-shape', 'not a text');
const isObject = (v) => must(v && typeof v === 'object' && !Array.isArray(v), 'wrong-shape', 'not an object');
const integer = (v) => must(typeof v === 'number', 'wrong-shape', 'not a number');
const boolean = (v) => must(typeof v === 'boolean', 'wrong-shape', 'not true or false');
const plain = (most, kind) => (v) => {
isText(v);
must(utf8(v).length <= most, 'too-long', `a text of over ${most} bytes`);
checkText(v, kind === 'line' ? /[\0-\x1f\x7f-\x9f]/ : undefined);
must(kind === 'verbatim' || isVisible(v), 'empty-value', 'a text without a visible character');
};
const free = (most, kind) => (v) => {
if (!v || typeof v !== 'object') return plain(most, kind)(v);
isObject(v);
for (const name of Object.keys(v)) {
must(name === 'sealed', 'unknown-field', `${name} where only sealed may stand`);
hex(v[name]);
}
};
const name = free(512, 'line');
const line = free(2048, 'line');
const prose = free(32768, 'prose');
const verbatimLine = free(2048, 'verbatim');
const verbatimProse = free(32768, 'verbatim');
const formed = (code, is) => (v) => {
isText(v);
must(is(v), code, `${print(v)} is malformed`);
};
const print = (v) => JSON.stringify(v.slice(0, 80));
const hex = formed('bad-hex', (v) => /^[0-9a-f]{64}$/.test(v));
const key = (v) => {
isText(v);
base64(v, 32);
};
const signature = (v) => {
isText(v);
base64(v, 64);
};
const label = formed('bad-label', (v) => /^[a-z][a-z0-9-]{0,62}[a-z0-9]$/.test(v) && !/^[0-9a-f]{8,}$/.test(v));
const slug = formed('bad-slug', (v) => /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(v));
const origin = formed(
'bad-origin',
(v) => v && utf8(v).length <= 255 && isWhollyVisible(v) && !/[+#]|^claimledger\//.test(v),
);
const language = formed(
'bad-language',
(v) => v.length <= 35 && /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(v),
);
const TOKEN = '[a-z0-9!#$&^_.+-]{1,127}';
const mediaType = formed('bad-media-type', (v) => new RegExp(`^${TOKEN}/${TOKEN}$`).test(v));
const url = (v) => {
isText(v);
const parts = /^([A-Za-z][A-Za-z0-9+.-]*):([^]+)$/.exec(v);
if (!parts || utf8(v).length > 2048 || WHITE_SPACE.test(v) || /[\0-\x1f\x7f-\x9f]/.test(v))
return refuse('bad-url', `${print(v)} is not an absolute URL`);
const [, scheme, rest] = parts;
must(!/^(?:javascript|data|file)$/i.test(scheme), 'url-scheme', `a ${scheme}: URL`);
const special = /^(?:https?|wss?|ftp)$/i.test(scheme);
const authority = special ? /^[/\\]*([^/\\?#]*)/.exec(rest) : /^\/\/([^/?#]*)/.exec(rest);
must(!authority?.[1].includes('@'), 'url-credentials', 'a URL with a user name or a password');
};
function firstSecond(date) {
const [year, month = '01', day = '01'] = date.split('-');
const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
return at.getUTCDate() === Number(day) ? at.getTime() / 1000 : NaN;
}
const seconds = (instant) => Date.parse(instant) / 1000;
const LAST_SECOND = 253402207200;
const instant = formed('bad-time', (v) => {
const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(v) ? seconds(v) : NaN;
return at >= 0 && at <= LAST_SECOND && new Date(at * 1000).toISOString() === v.replace('Z', '.000Z');
});
const date = formed('bad-date', (v) => /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(v) && !isNaN(firstSecond(v)));
const dateOrInstant = (v) => {
isText(v);
(v.includes('T') ? instant : date)(v);
};
const reference = (v) => {
isText(v);
const at = v.indexOf('#');
if (at >= 0) origin(v.slice(0, at));
hex(v.slice(at + 1));
};
const word = (all) => (v) => {
const [said] = v && typeof v === 'object' && !Array.isArray(v) ? Object.keys(v) : [v];
isText(said);
must(all.split(' ').includes(said), 'unknown-word', `${print(said)} is not one of ${all}`);
isText(v);
};
const list = (item) => (v) => {
must(Array.isArray(v), 'wrong-shape', 'not a list');
v.forEach(item);
};
const object = (fields) => {
const types = new Map(Object.entries(fields).map(([name, type]) => [name.replace('?', ''), type]));
const needed = Object.keys(fields).filter((name) => !name.endsWith('?'));
return (v) => {
isObject(v);
for (const name of Object.keys(v)) {
const type = types.get(name) ?? refuse('unknown-field', `a field ${name} that this type does not have`);
type(v[name]);
}
for (const name of needed) must(name in v, 'field-missing', `the field ${name} is missing`);
};
};
const one =
(shapes, words = '') =>
(v) => {
const known = ( w) => words.split(' ').includes(w);
if (typeof v === 'string') {
must(
known(v) || Object.hasOwn(shapes, v),
'unknown-word',
`${print(v)} is not one of the words that may stand here`,
);
return must(known(v), 'wrong-shape', `${v} without its value`);
}
isObject(v);
const [name, ...more] = Object.keys(v);
must(
known(name) || Object.hasOwn(shapes, name),
'unknown-word',
`${print(name)} is not one of the shapes of this field`,
);
must(Object.hasOwn(shapes, name), 'wrong-shape', `${name} is a word of its own`);
shapes[name](v[name]);
must(!more.length, 'wrong-shape', 'two shapes at once');
};
return { integer, boolean, plain, name, line, prose, verbatimLine, verbatimProse, hex, key, signature, label, slug, origin, language, mediaType, url, firstSecond, seconds, instant, date, dateOrInstant, reference, word, list, object, one };
})();
M.note = (() => {
const { must, refuse } = M.answer;
const { base64, decimal, fromBase64, fromUtf8, join, sha256, toHex, utf8 } = M.bytes;
const { isStrict } = M.ed25519;
const { WHITE_SPACE } = M.unicode;
const values = M.values;
function readNote(bytes) {
const malformed = ( holds,  words) => must(holds, 'note-malformed', words);
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
async function noteKey(name, key, type = 1) {
const id = await sha256(join(name, '\n', [type], key));
return { name, id: toHex(id.subarray(0, 4)), key };
}
async function readVerifierKey(text, type = 1) {
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
const linesOf = (note, { name, id }) => note.lines.filter((line) => line.name === name && line.id === id);
async function openNote(note, trusted) {
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
function readCheckpoint(text) {
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
return { readNote, noteKey, readVerifierKey, linesOf, openNote, readCheckpoint };
})();
M.dossier = (() => {
const { CannotTell, must, refuse } = M.answer;
const { base64, decimal, fromUtf8, sha256, toBase64, toHex } = M.bytes;
const { readCheckpoint, readNote } = M.note;
async function readDossier(bytes) {
const malformed = ( holds,  words) => must(holds, 'dossier-malformed', words);
malformed(bytes.length <= 64 * 1024 * 1024, 'longer than 64 MiB');
let at = bytes.indexOf(10);
while (at >= 0 && bytes[at + 1] !== 10) at = bytes.indexOf(10, at + 1);
malformed(at >= 0, 'no empty line');
const lines = (fromUtf8(bytes.subarray(0, at)) ?? refuse('dossier-malformed', 'not UTF-8')).split('\n');
malformed(lines.shift() === 'claimledger/dossier/v1', 'it does not begin with claimledger/dossier/v1');
const next = (word) => (lines[0]?.startsWith(`${word} `) ? String(lines.shift()).slice(word.length + 1) : undefined);
const data = (text, length) => base64(text, length, 'dossier-malformed');
const sum = next('sum') ?? '';
data(sum, 32);
const place = ( text) => {
const number = decimal(text) ?? refuse('dossier-malformed', 'a number in another spelling');
if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new CannotTell('a log of more than 2^53 entries');
return Number(number);
};
const subject = place(next('subject') ?? '');
const entries = [];
for (let line; (line = next('entry')) !== undefined;) {
const [, number, text] = /^([^ ]*) ([^]*)$/.exec(line) ?? refuse('dossier-malformed', 'a malformed entry line');
const index = place(number);
malformed(!entries.length || entries[entries.length - 1].index < index, 'entries are not in ascending order');
malformed(entries.length < 4096, 'more than 4,096 entries');
entries.push({ index, bytes: data(text) });
}
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
async function checkSum(bytes, sum) {
const after = bytes.indexOf(10, bytes.indexOf(10) + 1) + 1;
must(toBase64(await sha256(bytes.subarray(after))) === sum, 'dossier-altered', 'the file was altered');
}
return { readDossier, checkSum };
})();
M.model = (() => {
const v = M.values;
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
const BODIES = {
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
const frame = {
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
const named = (type, body) =>
(NAMES[type] ?? '').split(' ').flatMap((entry) => {
const [field, types = type] = entry.split(':');
const ids = pick(body, field.split('.')).filter((id) => /^[0-9a-f]{64}$/.test(id));
return ids.map((id) => ({ field, id, types: types ? types.split('|') : [] }));
});
return { BODIES, frame, named };
})();
M.statement = (() => {
const { CannotTell, Refused, must, refuse } = M.answer;
const { base64, fromUtf8 } = M.bytes;
const { isEnrollable } = M.ed25519;
const { parse, print } = M.json;
const { BODIES, frame, named } = M.model;
const { isSameCode } = M.unicode;
const { object } = M.values;
const { openNote, readCheckpoint, readNote, readVerifierKey } = M.note;
const NEEDS_SEEN = ['verdict.issue', 'verdict.attest', 'withdraw', 'dispute.open', 'dispute.answer'];
async function readStatement(payload) {
must(payload.length <= 65382, 'too-long', 'a statement of over 65,382 bytes');
const text = fromUtf8(payload) ?? refuse('not-utf8', 'not UTF-8');
const value = parse(text);
let readBody;
object({
body: (body) => {
readBody = () => {
const type = BODIES[Object.hasOwn(BODIES, value.type) ? value.type : ''];
(type ?? refuse('unknown-type', 'a type that this version does not know'))(body);
};
},
issued: frame.issued,
key: frame.key,
'label?': frame.label,
'ledger?': frame.ledger,
'seen?': frame.seen,
type: (type) => must(typeof type === 'string', 'wrong-shape', 'the type is not a text'),
})(value);
readBody?.();
must(print(value) === text, 'not-canonical', 'not the RFC 8785 spelling');
const { type, body, ledger, seen } = value;
const first = type === 'ledger.create';
agree(first === (ledger === undefined), 'every statement but ledger.create names its ledger');
agree(!first || !seen, 'entry 0 has seen nothing');
agree(seen || !NEEDS_SEEN.includes(type), 'it must say which head its signer had seen');
value.unsure = [];
try {
await CHECKS[type]?.(body);
} catch (problem) {
if (!(problem instanceof CannotTell)) throw problem;
value.unsure.push(problem.message);
}
return value;
}
const agree = (holds, words) => must(holds, 'fields-disagree', words);
const ascending = (items = [], below = isBelow) => {
const sorted = items.every((item, i) => i === 0 || below(items[i - 1], item));
must(sorted, 'list-order', 'a list that must ascend without repetition does not');
};
function isBelow(one, other) {
if (!/[\ud800-\uffff]/.test(one + other)) return one < other;
const [a, b] = [Array.from(one), Array.from(other)];
const at = a.findIndex((c, i) => c !== b[i]);
if (at < 0) return a.length < b.length;
return (
b[at] !== undefined &&  (a[at].codePointAt(0)) <  (b[at].codePointAt(0))
);
}
const isKeyBelow = (one, other) => {
const [a, b] = [base64(one), base64(other)];
const at = a.findIndex((byte, i) => byte !== b[i]);
return at >= 0 && a[at] < b[at];
};
const enrollable = (key) => must(isEnrollable(base64(key)), 'bad-key', 'a key that may not be enrolled');
function checkExcerpt({ start, end, quote }) {
agree(start < end, 'the start of an excerpt is before its end');
agree(
typeof quote !== 'string' || Array.from(quote).length === end - start,
'positions span as many code points as the quotation has',
);
}
function checkSnapshot(snapshot) {
const { archiveProofs, fetched, holding, noText, text } = snapshot;
agree(!text || !noText, 'a snapshot has a text, or says why it has none');
agree(
holding === 'held' || (!text && !archiveProofs),
'bytes of which only the digest is kept have no text and no proofs',
);
const ordered = (archiveProofs ?? []).every(
( p,  i) => !i || archiveProofs[i - 1].what < p.what,
);
agree(ordered, 'the proofs of a web archive are in the order of their names');
agree(!fetched || (fetched.status >= 100 && fetched.status < 1000), 'an HTTP status has three digits');
for (const header of fetched?.headers ?? [])
agree(typeof header !== 'string' || /^[A-Za-z0-9!#$%&'*+.^_`|~-]+:/.test(header), 'a header field is name: value');
}
const textOf = ({ holding, mediaType, noText, sha256, text }) =>
holding === 'held' ? (text ? text.sha256 : !noText && mediaType === 'text/plain' ? sha256 : undefined) : undefined;
const CHECKS = {
'ledger.create': ({ checkpointKey, organisation, recovery }) => {
enrollable(checkpointKey);
ascending(organisation.languages);
if (!recovery) return;
ascending(recovery.keys, isKeyBelow);
recovery.keys.forEach(enrollable);
agree(
recovery.threshold >= 1 && recovery.threshold <= recovery.keys.length,
'the threshold is from 1 to the number of keys',
);
},
'organisation.set': ({ languages }) => ascending(languages),
'key.enroll': ({ key, roles }) => {
enrollable(key);
ascending(roles);
agree(!roles.includes('importer') || roles.length === 1, 'an importer has no other role');
},
'key.rotate': ({ newKey }) => enrollable(newKey),
'key.revoke': ({ reason, distrustFrom }) =>
agree(
(reason === 'compromised') === (distrustFrom !== undefined),
'a compromised key, and only such a one, is distrusted from an entry',
),
'key.recover': ({ revoked, signatures }) => {
ascending(
revoked.map(( r) => r.key),
isKeyBelow,
);
ascending(
signatures.map(( s) => s.key),
isKeyBelow,
);
},
'checkpoint.rotate': ({ newKey }) => enrollable(newKey),
'rules.upgrade': ({ rules }) => agree(rules >= 2, 'an upgrade goes to 2 or later'),
'scale.set': ({ direction, entries, version }) => {
const [codes, labels, numbers] = ['code', 'label', 'number'].map((field) =>
entries.map(( entry) => entry[field]).filter(( v) => v !== undefined),
);
const once = ( all) => new Set(all).size === all.length;
agree(once(codes), 'two entries of a scale share a code');
const open = labels.filter(( label) => typeof label === 'string');
let doubt;
for (let i = 0; i < open.length; i++)
for (let j = 0; j < i; j++)
try {
agree(!isSameCode(open[i], open[j]), 'two entries of a scale share a label');
} catch (problem) {
if (problem instanceof Refused) throw problem;
doubt = problem;
}
agree(
(direction !== undefined) === numbers.length > 0,
'a scale with numbers, and only such a one, has a direction',
);
agree(version > 0, 'versions begin at 1');
agree(once(numbers), 'two entries of a scale share a number');
if (doubt) throw doubt;
},
'policy.set': (body) => {
const {
approvals,
approvalsFrom = [],
evidenceFrom = [],
holders,
organisation,
organisations,
roles,
scales,
} = body;
for (const items of [roles, approvalsFrom, evidenceFrom, scales]) ascending(items);
agree(![...approvalsFrom, ...evidenceFrom].includes(organisation), 'a policy lists other organisations');
agree((approvals === 0) === !roles, 'approvals are by roles');
agree(
organisations <= holders && holders <= approvals,
'no more organisations than holders, no more holders than approvals',
);
},
'source.add': ({ archivedAt, capture: { captured, neverHeld } }) => {
ascending(archivedAt);
if (captured) checkSnapshot(captured);
else agree(neverHeld.knownThrough || neverHeld.reason, 'it is known through another source, or for a reason');
},
'source.capture': ({ quotations = [], snapshot }) => {
agree(snapshot.bytes > 0, 'a capture has at least one byte');
ascending(quotations.map(( q) => q.statement));
must(quotations.length <= 256, 'too-long', 'more than 256 quotations');
agree(!quotations.length || textOf(snapshot), 'a capture without a text says nothing about quotations');
for (const { state, start, end } of quotations) {
const moved = state === 'moved';
agree(
(start !== undefined) === moved && (end !== undefined) === moved,
'a quotation that moved has a new start and end',
);
agree(!moved || start < end, 'the start of a quotation is before its end');
}
checkSnapshot(snapshot);
},
'source.relate': ({ basis: { stated, textOverlap }, from, relation, to }) => {
agree(from !== to, 'from and to are the same statement');
if (stated) checkExcerpt(stated);
if (!textOverlap) return;
agree(textOverlap.permille <= 1000, 'an overlap is at most 1000 permille');
agree(relation !== 'independentOf', 'text overlap cannot show independence');
},
'claim.add': ({ about, appearedIn, due, original, topics, wording }) => {
ascending(appearedIn);
ascending(topics);
agree(about === 'forecast' || !due, 'only a forecast falls due');
agree(!original || wording !== 'verbatim', 'verbatim words are their own original');
},
'claim.relate': ({ from, to }) => agree(from !== to, 'from and to are the same statement'),
'evidence.add': ({ excerpt, on, searched, source, stance, via = [] }) => {
ascending(via);
if (excerpt) checkExcerpt(excerpt);
if (stance === 'notFound')
agree(
!source && !excerpt && !via.length && searched && on,
'a search that found nothing says where and when, and names no source',
);
else
agree(
source && !searched && !on && !via.includes(source),
'evidence names its source, no search, and not itself as upstream',
);
},
'verdict.issue': ({ evidence, corroboration: { inputs, method, refutation, support } }) => {
ascending(evidence);
const given = [inputs, support, refutation].every((part) => (part !== undefined) === (method !== 0));
agree(given, 'corroboration of method 0 carries nothing, any other inputs and counts');
},
'dispute.open': ({ evidence }) => ascending(evidence),
'checkpoint.observe': async ({ checkpoint, origin, vkey }) => {
try {
const key = await readVerifierKey(vkey);
const note = readNote(new TextEncoder().encode(checkpoint));
agree(readCheckpoint(note.text).origin === origin, 'the checkpoint is of another origin');
await openNote(note, [key]);
} catch (problem) {
if (problem instanceof Refused) refuse('fields-disagree', problem.message);
throw problem;
}
},
};
const namedBy = ({ type, body }) => named(type, body);
return { readStatement, isBelow, textOf, namedBy };
})();
M.entry = (() => {
const { must } = M.answer;
const { join, sha256, toBase64, toHex } = M.bytes;
const { isZip215 } = M.ed25519;
const { readStatement } = M.statement;
function readEntry(bytes) {
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
const NOTHING = { next: 0n, leaf: '0'.repeat(64), time: 0n };
function follows({ index, previous, time }, head) {
must(index === head.next, 'entry-index', `its index is ${index}, and its place ${head.next}`);
must(previous === head.leaf, 'chain-broken', 'it does not name the entry before it');
must(time >= head.time, 'time-backwards', 'its time is before that of the entry before');
}
const TYPE = 'application/vnd.claimledger.statement.v1+json';
const pae = (payload) => join(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `, payload);
const PAYLOAD_TYPE = TYPE;
async function openEntry({ key, payload }) {
const statement = await readStatement(payload);
must(statement.key === toBase64(key), 'entry-key-mismatch', 'its key is not the key of its statement');
return { ...statement, id: toHex(await sha256(pae(payload))) };
}
async function checkSignature({ key, payload, signature }) {
must(await isZip215(key, pae(payload), signature), 'signature-invalid', 'the signature is not that of its key');
}
return { readEntry, NOTHING, follows, pae, PAYLOAD_TYPE, openEntry, checkSignature };
})();
M.excerpt = (() => {
const { fromUtf8 } = M.bytes;
function decodeText(bytes) {
const text = bytes.length <= 33554432 ? fromUtf8(bytes) : null;
if (text === null) return null;
return text
.replace(/^\ufeff/, '')
.replace(/\r\n?/g, '\n')
.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '\ufffd');
}
function compare({ start, end, quote }, text) {
if (typeof quote !== 'string') return 'sealed';
if (text === null) return 'excerpt-no-text';
let at = 0;
for (let point = 0; point < start && at < text.length; point++) at += Number(text.codePointAt(at)) > 0xffff ? 2 : 1;
const there = Array.from(quote).length === end - start && text.startsWith(quote, at);
return there ? 'holds' : 'excerpt-broken';
}
return { decodeText, compare };
})();
M.possession = (() => {
const { utf8 } = M.bytes;
const lines = (kind, fields) =>
utf8([`claimledger/${kind}/v1`, ...Object.entries(fields).map(([name, value]) => `${name} ${value}`), ''].join('\n'));
const enroll = (ledger, { key, holder, organisation, roles }, by) =>
lines('enroll', { ledger, key, holder, organisation, roles: roles.join(','), by });
const rotate = (ledger, from, to) => lines('rotate', { ledger, from, to });
const checkpointKey = (ledger, origin, key) => lines('checkpoint-key', { ledger, origin, key });
const recover = (ledger, { lastKeyEvent, revoked }, key) =>
lines('recover', {
ledger,
'last-key-event': lastKeyEvent,
revoked: revoked.map(( r) => `${r.key}@${r.distrustFrom}`).join(','),
key,
});
return { enroll, rotate, checkpointKey, recover };
})();
M.keys = (() => {
const { must, refuse } = M.answer;
const { base64 } = M.bytes;
const { isEnrollable, isZip215 } = M.ed25519;
const possession = M.possession;
function judgeSigner(c) {
const { entry } = c;
const person = live(c, entry.key);
const rests = person.given[person.given.length - 1];
const { holder, organisation, roles, given } = person;
Object.assign(entry, { holder, organisation, roles, rests, since: given[0] });
}
function live({ log, whole }, key, orEnded = false) {
const { person, head } =
log.keys.get(key) ?? refuse(whole ? 'key-not-enrolled' : 'dossier-incomplete', 'a key that nobody enrolled');
if (!person) return refuse(head ? 'checkpoint-key' : 'recovery-key', 'a key that is for something else');
must(orEnded || person.ended === null, 'key-revoked', `the key ended in entry ${person.ended}`);
return person;
}
function unused({ log }, key) {
const known = log.keys.get(key);
if (known)
refuse(
known.person ? 'key-taken' : known.head ? 'checkpoint-key' : 'recovery-key',
'a key that the log knows already',
);
}
const proven = async (key, words, signature) =>
must(await isZip215(base64(key), words, base64(signature)), 'possession-invalid', 'the new key did not sign this');
function hasAdmin({ log }, organisation, size, but) {
let unsure;
for (const [key, { person }] of log.keys) {
if (
key === but ||
!person ||
person.organisation !== organisation ||
person.ended !== null ||
!person.roles.includes('admin')
)
continue;
try {
if (!log.isDistrusted(person.given[person.given.length - 1], size)) return true;
} catch (problem) {
unsure = problem;
}
}
if (unsure) throw unsure;
return false;
}
function ownOrFounding(c, organisation) {
if (c.entry.organisation === organisation) return;
const has = c.ask('other-organisation', () => hasAdmin(c, organisation, c.size));
if (has) c.needsOrganisation(organisation);
if (has === false) c.needsFounder();
}
function give({ log, entry }, key, roles, holder, organisation) {
const before = log.keys.get(key)?.person;
const person = before ?? { holder, organisation, given: [], roles, ended: null };
log.keys.set(key, { person: { ...person, given: [...person.given, entry], roles } });
log.lastKeyEvent = entry.index;
}
function end({ log, entry }, key) {
const { person } = log.keys.get(key) ?? {};
if (person) person.ended ??= entry.index;
log.lastKeyEvent = entry.index;
}
async function recover(c) {
const { log, entry, body, size } = c;
const [first] = log.entries;
const { recovery } = first.body;
must(recovery, 'recovery-none', 'entry 0 names no recovery keys');
if (body.lastKeyEvent !== log.lastKeyEvent) {
const isKnown =
body.lastKeyEvent < log.lastKeyEvent || log.entries.some(({ index }) => index === body.lastKeyEvent);
must(!isKnown, 'recovery-stale', 'keys changed since it was signed');
c.unlessLacking(false, 'recovery-stale', 'the key event that it was signed after');
}
const words = possession.recover(first.id, body, entry.key);
for (const { key, signature } of body.signatures) {
const valid = recovery.keys.includes(key) && (await isZip215(base64(key), words, base64(signature)));
must(valid, 'recovery-signature', 'a signature by another key, or over other words');
}
must(body.signatures.length >= recovery.threshold, 'recovery-too-few', 'too few recovery signatures');
must(isEnrollable(base64(entry.key)), 'key-taken', 'a key that may not be enrolled');
unused(c, entry.key);
for (const { key, distrustFrom } of body.revoked) {
must(distrustFrom <= size, 'distrust-ahead', 'it distrusts what is not there yet');
must(
log.keys.get(key)?.person,
c.whole ? 'key-not-enrolled' : 'dossier-incomplete',
'it revokes a key that nobody enrolled',
);
end(c, key);
}
Object.assign(entry, {
holder: body.holder,
organisation: first.organisation,
roles: ['admin'],
rests: null,
since: entry,
});
give(c, entry.key, ['admin'], body.holder, first.organisation);
distrust(c, body.revoked);
}
const distrust = ({ log, entry }, revoked) =>
log.revocations.push({ by: entry, from: new Map(revoked.map(({ key, distrustFrom }) => [key, distrustFrom])) });
function leavesAdmin(c) {
const { entry, body, size } = c;
if (body.key !== entry.key) return;
c.ask('last-admin', () =>
c.unlessLacking(hasAdmin(c, entry.organisation, size + 1), 'last-admin', 'another admin of the organisation'),
);
}
const KEY_RULES = {
async 'key.enroll'(c) {
const { log, entry, body, size } = c;
const { key, holder, organisation, roles } = body;
ownOrFounding(c, organisation);
if (!roles.includes('admin')) c.needsOrganisation(organisation);
await proven(key, possession.enroll(log.entries[0].id, body, entry.key), body.possession);
const known = log.keys.get(key);
if (known) {
const { person, head } = known;
if (!person) return refuse(head ? 'checkpoint-key' : 'recovery-key', 'a key that is for something else');
const same = person.ended === null && person.holder === holder && person.organisation === organisation;
must(same, 'key-taken', 'a key has one holder, one organisation and one end');
}
if (key === entry.key && !roles.includes('admin'))
c.ask('last-admin', () =>
c.unlessLacking(hasAdmin(c, organisation, size, key), 'last-admin', 'another admin of the organisation'),
);
give(c, key, roles, holder, organisation);
},
async 'key.rotate'(c) {
const { log, entry, body } = c;
await proven(body.newKey, possession.rotate(log.entries[0].id, entry.key, body.newKey), body.possession);
unused(c, body.newKey);
end(c, entry.key);
give(c, body.newKey, entry.roles, entry.holder, entry.organisation);
},
'key.revoke'(c) {
const { body, size } = c;
const person = live(c, body.key, body.distrustFrom !== undefined);
c.needsOrganisation(person.organisation);
must(!(body.distrustFrom > size), 'distrust-ahead', 'it distrusts what is not there yet');
end(c, body.key);
if (body.distrustFrom !== undefined) distrust(c, [body]);
},
async 'checkpoint.rotate'(c) {
const { log, body, size } = c;
c.needsFounder();
const [{ id, body: first }] = log.entries;
await proven(body.newKey, possession.checkpointKey(id, first.origin, body.newKey), body.possession);
unused(c, body.newKey);
log.keys.set(body.newKey, { head: { since: size, retired: null } });
},
'checkpoint.retire'(c) {
const { log, body, size } = c;
c.needsFounder();
const keys = headKeys(log, size);
if (!keys.includes(body.key)) {
must(!log.keys.has(body.key), 'checkpoint-key-unknown', 'a key that signs no checkpoints');
return c.unlessLacking(false, 'checkpoint-key-unknown', 'the rotation to this key');
}
c.unlessLacking(keys.length > 1, 'checkpoint-key-last', 'the rotation to another key');
const { head } = log.keys.get(body.key) ?? {};
if (head) head.retired = size;
},
'rules.upgrade'(c) {
c.needsFounder();
refuse('rules-version', 'rules that this verifier does not know');
},
'organisation.set'(c) {
const { log, body } = c;
if (log.organisations.has(body.organisation)) return ownOrFounding(c, body.organisation);
c.needsFounder();
log.organisations.add(body.organisation);
},
};
const headKeys = (log, size) =>
[...log.keys]
.filter(([, { head }]) => head && head.since < size && (head.retired === null || head.retired >= size))
.map(([key]) => key);
return { judgeSigner, recover, leavesAdmin, KEY_RULES, headKeys };
})();
M.select = (() => {
const { refuse } = M.answer;
const KEY_EVENTS = ['key.enroll', 'key.rotate', 'key.revoke', 'key.recover'];
const SAME_ORIGIN = ['wasRevisionOf', 'translationOf', 'wireCopyOf', 'sharesOriginWith'];
const isSameOrigin = ( relation) => SAME_ORIGIN.includes(relation);
function keysOf({ type, key, body }) {
if (type === 'ledger.create') return [key];
if (type === 'key.enroll' || type === 'key.revoke') return [body.key];
if (type === 'key.rotate') return [key, body.newKey];
return type === 'key.recover' ? [key, ...body.revoked.map(( r) => r.key)] : [];
}
const isKeyEvent = ( { type }) => KEY_EVENTS.includes(type);
function houses([first, ...entries]) {
const of = new Map();
const set = ( key,  house) =>
house && !of.has(key) && of.set(key, house);
const founders = first.body.organisation?.organisation;
if (first.type === 'ledger.create') set(first.key, founders);
else return of;
for (const { type, key, body } of entries) {
if (type === 'key.enroll') set(body.key, body.organisation);
if (type === 'key.rotate') set(body.newKey, of.get(key));
if (type === 'key.recover') set(key, founders);
}
return of;
}
function belong(entries, subject) {
const byIndex = new Map(entries.map((entry) => [entry.index, entry]));
const byId = new Map(entries.map((entry) => [entry.id, entry]));
const naming = new Map();
for (const entry of entries) for (const { id } of entry.named) naming.set(id, [...(naming.get(id) ?? []), entry]);
const houseOf = houses(entries);
const events = entries.filter(isKeyEvent);
const chosen = new Set();
const main = new Set();
const keys = new Set();
const organisations = new Set();
const undecided = new Set();
const named = new Map();
const todo = entries.filter(({ type }) => ['checkpoint.rotate', 'checkpoint.retire', 'rules.upgrade'].includes(type));
todo.push(byIndex.get(subject) ?? refuse('dossier-incomplete', 'the subject is not in the file'), entries[0]);
const choose = ( entry) => entry && !chosen.has(entry) && todo.push(entry);
const addMain = ( id) => {
if (!main.has(id)) {
main.add(id);
todo.push(byId.get(id));
}
};
const backwards = (entry, by) => {
const { id, type } = entry;
const corrects = by.body.correction?.supersedes === id;
if (corrects && main.has(id) && by.type === 'claim.add') addMain(by.id);
if (by.type === 'source.relate' && type === 'source.add' && !chosen.has(by)) undecided.add(by);
const bears =
corrects ||
((by.type === 'withdraw' || by.type === 'dispute.open') && by.body.target === id) ||
(by.type === 'dispute.answer' && type === 'dispute.open') ||
(/^verdict\.(attest|publish)$/.test(by.type) && type === 'verdict.issue') ||
(/^(source\.capture|source\.transcribe|snapshot\.withhold)$/.test(by.type) && type === 'source.add') ||
(/^(evidence\.add|origin\.assess)$/.test(by.type) && type === 'claim.add' && main.has(id));
if (bears) choose(by);
};
const take = (entry) => {
const { id, type, body } = entry;
if (chosen.has(entry) && !main.has(id)) return;
if (type === 'verdict.issue') addMain(body.claim);
for (const { field, id } of entry.named)
choose(
byId.get(id) ??
refuse('dossier-incomplete', `entry ${entry.index} needs ${field} ${id}, and the file does not have it`),
);
if (type === 'claim.add' && main.has(id) && body.correction) addMain(body.correction.supersedes);
for (const by of naming.get(id) ?? []) {
const house = houseOf.get(by.key);
if (house && /^(claim|source)\.add$/.test(type) && /^(evidence\.add|verdict\.issue)$/.test(by.type)) {
const name = `${entry.index} ${house}`;
if (!named.has(name)) named.set(name, { thing: entry, house, first: by });
}
backwards(entry, by);
}
const more = [...keysOf(entry), entry.key].filter((key) => !keys.has(key));
for (const key of more) keys.add(key);
const after = type === 'key.recover' ? body.lastKeyEvent : undefined;
for (const event of events)
if (event.index === after || keysOf(event).some((key) => more.includes(key))) choose(event);
chosen.add(entry);
};
const settings = () => {
for (const { type, body } of chosen) {
if (type === 'ledger.create') organisations.add(body.organisation.organisation);
if (/^(key\.enroll|scale\.set|policy\.set)$/.test(type)) organisations.add(body.organisation);
if (type === 'policy.set')
for (const other of [...(body.approvalsFrom ?? []), ...(body.evidenceFrom ?? [])]) organisations.add(other);
}
for (const entry of entries) {
const { type, body } = entry;
const sets = /^(organisation|policy)\.set$/.test(type) || (type === 'key.enroll' && body.roles.includes('admin'));
if (sets && organisations.has(body.organisation)) choose(entry);
if (type === 'scale.set')
for (const { type, body: newer } of chosen)
if (
type === 'scale.set' &&
newer.organisation === body.organisation &&
newer.scale === body.scale &&
newer.version > body.version
)
choose(entry);
}
const signing = new Set([...chosen].map(({ key }) => houseOf.get(key)));
for (const { thing, house, first } of named.values())
if (signing.has(house) && chosen.has(thing) && houseOf.get(thing.key) !== house) choose(first);
const has = ( id) => chosen.has( (byId.get(id)));
for (const relation of undecided) {
const { claim, from, to, relation: kind } = relation.body;
const bears = isSameOrigin(kind) || (has(from) && (/^(was|had)/.test(kind) || has(to)));
if ((!claim || main.has(claim)) && bears) choose(relation);
}
};
while (todo.length) {
for (let entry; todo.length;) if ((entry = todo.pop())) take(entry);
settings();
}
const stray = entries.find((entry) => !chosen.has(entry));
if (stray) refuse('dossier-stray-entry', `entry ${stray.index} does not belong to entry ${subject}`);
}
return { isSameOrigin, keysOf, isKeyEvent, belong };
})();
M.corroboration = (() => {
const { CannotTell, must } = M.answer;
const { join, sha256, toHex } = M.bytes;
const { isSameOrigin } = M.select;
const { address, isSameWords } = M.unicode;
async function corroboration(log, own, claim, size) {
const graph = gather(log, own, claim, size);
const [refutation, support] = ['refutes', 'supports'].map((stance) => count(graph, stance));
return { inputs: await digest(graph.ids), refutation, support };
}
async function judgeCorroboration(c, claim) {
const { body, entry, log, size } = c;
const { method, inputs } = body.corroboration;
const seen = Number(entry.seen?.size);
must(method === 1, 'corroboration-method', 'a method that these rules do not know');
must(claim.index < seen, 'claim-not-seen', 'its author had not seen the claim');
const isSaid = (found) =>
['support', 'refutation'].every((side) =>
Object.entries(found[side]).every(([name, n]) => body.corroboration[side][name] === n),
);
let code = 'corroboration-mismatch';
try {
const then = await corroboration(log, entry.organisation, claim, seen);
if (then.inputs !== inputs) return c.unlessLacking(false, code, 'the statements that its numbers were made from');
must(isSaid(then), code, 'the numbers are not those of what its author had seen');
if (seen === size) return;
code = 'corroboration-stale';
const isFresh = isSaid(await corroboration(log, entry.organisation, claim, size));
c.unlessLacking(isFresh, code, 'what changed the numbers before the verdict was added');
} catch (problem) {
if (!(problem instanceof CannotTell)) throw problem;
c.limit(code, problem.message);
}
}
const digest = async (ids) => {
const bytes = [...ids].sort().map((id) => Uint8Array.from(id.match(/../g) ?? [], (hex) => parseInt(hex, 16)));
return toHex(await sha256(join('claimledger/corroboration/v1\n', ...bytes)));
};
function gather(log, own, claim, size) {
const policy = log.policy(own, size, size);
const counted = [own, ...(policy?.body.evidenceFrom ?? [])];
const wordings = log.sameClaim(claim, size);
const counts = (by, about) =>
counted.includes(by.organisation) && log.follows(by.organisation, about, claim, size) && log.isLive(by, own, size);
const newest = (id) => log.newest(log.at(id), own, size);
const about = (type) =>
wordings.flatMap((form) =>
log.about(form, type, 'claim', size).filter((by) => by.body.stance !== 'notFound' && counts(by, form)),
);
const ids = new Set([claim.id]);
if (policy) ids.add(policy.id);
const evidence = [];
const within = new Set( ([]));
for (const { id, body } of about('evidence.add').filter(({ body }) => /^(supports|refutes)$/.test(body.stance))) {
const source = newest(body.source);
if (!source) continue;
const via = (body.via ?? []).map(newest).filter(( up) => up && up !== source);
evidence.push({ source, via, stance: body.stance, id });
ids.add(id);
for (const reached of [source, ...via]) within.add(reached);
}
const relations = [];
for (const by of log.entries) {
const { type, index, id, body } = by;
if (type !== 'source.relate' || index >= size) continue;
const form = body.claim ? log.at(body.claim) : claim;
if (!wordings.includes(form) || !counts(by, form)) continue;
const [from, to] = [newest(body.from), newest(body.to)];
if (from && to && from !== to) relations.push({ from, to, kind: body.relation, id });
}
for (const source of within)
for (const { from, to, kind } of relations) {
if (from === source && kind !== VOUCH) within.add(to);
if (to === source && isSameOrigin(kind)) within.add(from);
}
const inside = relations.filter(({ from, to }) => within.has(from) && within.has(to));
for (const { id } of [...inside, ...within]) ids.add(id);
const assessed = new Map();
for (const { id, body } of about('origin.assess')) {
const source = newest(body.source);
if (!source || !within.has(source)) continue;
assessed.set(source, [...(assessed.get(source) ?? []), body.assessment]);
ids.add(id);
}
const appeared = (claim.body.appearedIn ?? []).map(newest);
const sources = [...within].sort((a, b) => a.index - b.index);
return { ids, evidence, relations: inside, sources, appeared, assessed, about: claim.body.about };
}
const VOUCH = 'independentOf';
const reach = (steps) =>
steps.map((_, start) => {
const found = new Set([start]);
for (const at of found) for (const to of steps[at]) found.add(to);
return found;
});
function count(graph, stance) {
const { sources, appeared, assessed, about } = graph;
const isAssessed = ( s,  kind) =>
(assessed.get(s) ?? []).some((found) => kind.test(found));
const isOwnWord = ( s) => isAssessed(s, /laimant/);
const isFirstHand = ( s) => isAssessed(s, /^firstHand/) && !isAssessed(s, /laimant|^not/);
const unitOf = new Map(sources.map((source, i) => [source, i]));
const unite = ( a,  b) => {
const [one, other] = [unitOf.get(a), unitOf.get(b)];
for (const [source, unit] of unitOf) if (unit === other) unitOf.set(source,  (one));
};
for (const { from, to, kind } of graph.relations) if (isSameOrigin(kind)) unite(from, to);
const recorded = new Map();
for (const source of sources) {
const { url, capture } = source.body;
if (!url) continue;
const place = `${capture.captured?.sha256} ${address(url)}`;
const first = recorded.get(place);
if (first) unite(first, source);
else recorded.set(place, source);
}
const unit = ( source) =>  (unitOf.get(source));
const members = sources.map((_, i) => sources.filter((source) => unit(source) === i));
const own = members.map((all) => all.some(isOwnWord));
const firstHand = members.map((all, i) => !own[i] && all.some(isFirstHand));
const sets = () => sources.map(() =>  (new Set()));
const [via, depends] = [sets(), sets()];
const documents = new Set( ([]));
for (const evidence of graph.evidence.filter((e) => e.stance === stance)) {
const from = unit(evidence.source);
documents.add(from);
for (const up of evidence.via) if (unit(up) !== from) via[from].add(unit(up));
}
for (const { from, to, kind } of graph.relations)
if (kind !== VOUCH && !isSameOrigin(kind) && unit(from) !== unit(to)) depends[unit(from)].add(unit(to));
const steps = via.map((up, i) =>
own[i] || firstHand[i] ? new Set( ([])) : up.size ? up : depends[i],
);
const leaning = reach(via.map((up, i) => new Set([...up, ...depends[i]])));
const leans = ( a,  b) => leaning[a].has(b) || leaning[b].has(a);
const walks = reach(steps);
const reached = new Set([...documents].flatMap((start) => [...walks[start]]));
const isCircle = ( at) => walks[at].size > 1 && [...walks[at]].every((to) => walks[to].has(at));
const circular = [...reached].filter((at) => isCircle(at) && at === Math.min(...walks[at])).length;
const roots = [...reached].filter((at) => !steps[at].size);
const isAppearance = ( at) =>
about !== 'utterance' && members[at].some((source) => !assessed.has(source) && appeared.includes(source));
const ownWord = roots.filter((at) => own[at] || (!firstHand[at] && isAppearance(at)));
const first = roots.filter((at) => firstHand[at]);
const untraced = roots.length - ownWord.length - first.length;
const vouches = new Set(
graph.relations
.filter(({ from, to, kind }) => kind === VOUCH && !leans(unit(from), unit(to)))
.flatMap(({ from, to }) => [`${from.id} ${to.id}`, `${to.id} ${from.id}`]),
);
const vouched = ( a,  b) => vouches.has(`${a.id} ${b.id}`);
const open = sources.filter((source) => roots.includes(unit(source)) && !ownWord.includes(unit(source)));
const isVouched = ( source) => open.some((other) => vouched(source, other));
const others = open.filter((source) => !isFirstHand(source) && isVouched(source));
must(others.length <= 12, 'corroboration-too-large', 'vouches join more than 12 sources that are not first-hand');
const witnesses = open.filter((source) => firstHand[unit(source)] && isFirstHand(source));
if (witnesses.length > 300) throw new CannotTell('more than 300 first-hand sources of one side');
const mayBeOne = ( { body: a },  { body: b }) =>
(a.unnamed && b.unnamed) ||
(typeof a.publisher === 'string' && typeof b.publisher === 'string' && isSameWords(a.publisher, b.publisher));
const leaningRoots = first.filter((at) => first.some((other) => other !== at && leans(at, other)));
const joined = witnesses.filter(
(source) =>
isVouched(source) ||
leaningRoots.includes(unit(source)) ||
witnesses.some((other) => unit(other) !== unit(source) && mayBeOne(source, other)),
);
const free = new Set(witnesses.filter((source) => !joined.includes(source)).map(unit));
must(joined.length + others.length <= 64, 'corroboration-too-large', 'more than 64 sources of one side are joined');
const fits = ( a,  b) =>
unit(a) !== unit(b) &&
(joined.includes(a) && joined.includes(b)
? !leans(unit(a), unit(b)) && (vouched(a, b) || !mayBeOne(a, b))
: vouched(a, b));
const alone =
free.size +
largest(
joined.filter((source) => !free.has(unit(source))),
fits,
);
const mixed = others.length ? largest([...joined, ...others], fits) : 0;
const independent = Math.max(alone, mixed > 1 ? mixed : 0);
const apart = first.length - leaningRoots.length + largest(leaningRoots, (a, b) => !leans(a, b));
return {
circular,
documents: documents.size,
independent,
ownWord: ownWord.length,
untraced: untraced + apart - independent,
};
}
function largest(things, fits) {
const apart = things.map((a, i) => new Set(things.flatMap((b, j) => (i !== j && !fits(a, b) ? j : []))));
let tries = 0;
const search = (open) => {
if (!open.length) return 0;
if (++tries > 20000) throw new CannotTell('a search that takes too long here');
const degree = ( at) => open.filter((other) => apart[at].has(other)).length;
const by = open.map((at) => ({ at, degree: degree(at) })).sort((a, b) => a.degree - b.degree);
const without = ( at) => open.filter((other) => other !== at && !apart[at].has(other));
if (by[0].degree < 2) return 1 + search(without(by[0].at));
const { at } = by[by.length - 1];
return Math.max(1 + search(without(at)), search(open.filter((other) => other !== at)));
};
return search(things.map((_, i) => i));
}
return { corroboration, judgeCorroboration };
})();
M.types = (() => {
const { Refused, must, refuse } = M.answer;
const { notCurrent } = M.approval;
const { judgeCorroboration } = M.corroboration;
const { openNote, readNote, readVerifierKey } = M.note;
const { textOf } = M.statement;
const { address } = M.unicode;
const { utf8 } = M.bytes;
const remember = ({ log }, source, digest, text) =>
log.blobs.set(`${source} ${digest}`, text || !!log.blobs.get(`${source} ${digest}`));
function snapshot(c, source, snapshot) {
remember(c, source, snapshot.sha256, false);
const text = textOf(snapshot);
if (text) remember(c, source, text, true);
}
function blob({ log, size }, source, digest) {
const found = log
.forms(source, size)
.map((form) => log.blobs.get(`${form.id} ${digest}`))
.filter((text) => text !== undefined);
return found.length ? found.includes(true) : undefined;
}
const quotes = (c, excerpt, sources) =>
c.unlessLacking(
sources.some((source) => blob(c, source, excerpt.text)),
'excerpt-not-of-source',
'the capture that brought the text',
);
const notOwn = (c, thing) =>
must(!c.isPerson(thing), 'own-statement', `${c.entry.holder} is the author of #${thing.index}`);
const answerOf = ({ log, size }, dispute) =>
log
.about(dispute, 'dispute.answer', 'dispute', size)
.find((by) => by.body.outcome !== 'reply' && log.stands(by, by.organisation, size));
function mayAnswer(c, dispute) {
const target = c.log.at(dispute.body.target);
notOwn(c, target);
notOwn(c, dispute);
c.ask('other-organisation', () => {
const speaks = c.log.lists(target.organisation, c.entry.organisation, c.size, c.size);
c.unlessLacking(speaks, 'other-organisation', "the policy that lists the signer's organisation");
});
}
const DISPUTABLE =
/^(claim\.add|claim\.relate|evidence\.add|origin\.assess|review\.record|source\.(add|capture|relate|transcribe)|snapshot\.withhold|verdict\.(attest|issue|publish))$/;
const TYPE_RULES = {
'scale.set'(c) {
const { log, body } = c;
c.needsOrganisation(body.organisation);
const versions = log.entries.filter(
({ type, body: of }) => type === 'scale.set' && of.organisation === body.organisation && of.scale === body.scale,
);
const next = 1 + Number(versions.pop()?.body.version ?? 0);
must(body.version >= next, 'scale-version', `the next version is ${next}`);
c.unlessLacking(body.version === next, 'scale-version', 'the version before it');
},
'policy.set'(c) {
const { approvals, approvalsFrom = [], organisation, organisations, roles = [] } = c.body;
c.needsOrganisation(organisation);
const possible =
roles.every(( role) => /^(editor|reviewer)$/.test(role)) &&
(!approvals || organisations) &&
organisations <= 1 + approvalsFrom.length &&
approvals <= 1024 &&
c.named.every(({ thing }) => thing.organisation !== c.entry.organisation);
must(
possible,
'policy-bounds',
'a policy that no verdict could meet, or that lists a scale of its own organisation',
);
},
'source.add'(c) {
const { captured } = c.body.capture;
if (captured) snapshot(c, c.entry.id, captured);
},
'source.capture': (c) => snapshot(c, c.body.source, c.body.snapshot),
'source.transcribe'(c) {
const { of, source, text } = c.body;
c.unlessLacking(
blob(c, c.in('source'), of) !== undefined,
'snapshot-not-of-source',
'the capture that brought these bytes',
);
remember(c, source, text, true);
},
'snapshot.withhold'(c) {
const { log, body, entry, size } = c;
const source = c.maybe('source');
if (!source) {
c.needsFounder();
return c.needsRole('admin');
}
const capture = 'the capture that brought these bytes';
if (blob(c, source, body.sha256) === undefined) return c.unlessLacking(false, 'snapshot-not-of-source', capture);
const forms = log.forms(source, size).map(({ id }) => id);
const holds = log.entries.some(({ id, type, body: by, organisation }) => {
if (organisation !== entry.organisation) return false;
if (type === 'source.transcribe') return forms.includes(by.source) && by.text === body.sha256;
const taken = type === 'source.add' ? by.capture.captured : type === 'source.capture' ? by.snapshot : undefined;
return (
taken?.holding === 'held' &&
forms.includes(type === 'source.add' ? id : by.source) &&
[taken.sha256, textOf(taken)].includes(body.sha256)
);
});
c.unlessLacking(holds, 'snapshot-not-held', capture);
},
'source.relate'(c) {
const { stated } = c.body.basis;
if (stated) quotes(c, stated, [c.in('from'), c.in('to')]);
},
'evidence.add'(c) {
const { excerpt } = c.body;
if (excerpt) quotes(c, excerpt, [c.in('source')]);
},
async 'verdict.issue'(c) {
const { log, body, entry, size } = c;
const [claim, scale, adopts] = [c.in('claim'), c.in('scale'), c.maybe('adopts')];
must(
scale.body.entries.some(( e) => e.code === body.rating),
'rating-unknown',
'the rating is not on its scale',
);
if (scale.organisation !== entry.organisation)
c.ask('scale-not-adopted', () => {
const adopted = log.policy(entry.organisation, size, size)?.body.scales?.includes(scale.id);
c.unlessLacking(adopted, 'scale-not-adopted', 'the policy that lists this scale');
});
if (adopts) {
c.needsOwn(adopts);
must(
log.sameClaim(claim, size).some(({ id }) => id === adopts.body.claim),
'other-claim',
'the review is of another claim',
);
}
const seen = Number(entry.seen?.size);
for (const { field, thing } of c.named.filter(({ field }) => field === 'evidence')) {
c.ask('other-claim', () =>
must(
log.follows(thing.organisation, log.at(thing.body.claim), claim, size),
'other-claim',
`${field} is about another claim`,
),
);
must(thing.index < seen, 'evidence-not-seen', `its author had not seen #${thing.index}`);
}
const { supersedes } = c;
if (supersedes)
must(
log.forms(claim, size).some(({ id }) => id === supersedes.body.claim),
'other-claim',
'it corrects a verdict on another claim',
);
await judgeCorroboration(c, claim);
},
'verdict.attest'(c) {
const { log, entry, size } = c;
const verdict = c.in('verdict');
notOwn(c, verdict);
if (c.body.decision !== 'approve' || entry.holder !== verdict.holder) return;
c.ask('own-statement', () => {
c.unlessLacking(
log.hears(verdict, entry.organisation, size, size),
'own-statement',
"the policy that lists the signer's organisation",
);
});
},
'verdict.publish'(c) {
const { body, entry, log, size } = c;
const verdict = c.in('verdict');
const review = log.at(verdict.body.adopts);
const isThere =
review && address(review.body.url) === address(body.url) && verdict.organisation === entry.organisation;
if (isThere && c.ask('despite-missing', () => !log.isDistrusted(review, size)) !== false) return;
c.needsRole('editor');
if (body.despite) return;
c.ask('despite-missing', () => {
const reason = notCurrent(log, verdict, entry.organisation, size);
if (reason === 'unapproved')
c.unlessLacking(false, 'despite-missing', 'the approvals of the verdict, and the policy');
else must(!reason, 'despite-missing', `${reason}, and the publication does not say why`);
});
},
withdraw(c) {
const { entry, log, size } = c;
const target = c.in('target');
const { type } = target;
const isAdoption = type === 'verdict.publish' && log.at(target.body.verdict).body.adopts;
c.needsRole(...(WITHDRAWS[isAdoption ? 'dispute.answer' : type] ?? 'admin editor reviewer').split(' '));
if (type === 'dispute.open') {
c.needsOwn(target);
c.ask('dispute-answered', () => must(!answerOf(c, target), 'dispute-answered', 'the objection was answered'));
if (c.isPerson(target)) return withdrawOnce(c, target);
c.ask('other-person', () => {
const isHere = [...log.keys.values()].some(
({ person }) =>
person?.ended === null &&
person.holder === target.holder &&
person.organisation === target.organisation &&
!log.isDistrusted(person.given[person.given.length - 1], size),
);
must(!isHere, 'other-person', "an objection is its opener's own");
c.needsRole('admin');
});
} else if (type === 'dispute.answer') {
if (target.body.outcome !== 'reply' || !c.isPerson(target)) mayAnswer(c, log.at(target.body.dispute));
} else if (type === 'snapshot.withhold' && !target.body.source) {
c.needsRole('admin');
c.needsFounder();
} else c.needsOwn(target);
if (type === 'snapshot.withhold' && !entry.roles.includes('admin'))
c.ask('role-missing', () =>
must(!log.isDistrusted(target, size), 'role-missing', 'only an admin withdraws a distrusted withholding'),
);
withdrawOnce(c, target);
},
'dispute.open'(c) {
const target = c.in('target');
must(DISPUTABLE.test(target.type), 'reference-type', `a ${target.type} cannot be disputed`);
notOwn(c, target);
},
'dispute.answer'(c) {
const { body, log } = c;
const dispute = c.in('dispute');
if (body.outcome === 'reply') {
if (c.isPerson(log.at(dispute.body.target))) return;
} else
c.ask('dispute-answered', () =>
must(!answerOf(c, dispute), 'dispute-answered', 'the dispute was answered before'),
);
mayAnswer(c, dispute);
},
'review.record'(c) {
const { body, entry, log, size, supersedes } = c;
const identity = ( of) => JSON.stringify([of.author, of.claimText, of.url]);
const earlier = log.entries.filter(
({ type, organisation, body: of }) =>
type === entry.type && organisation === entry.organisation && identity(of) === identity(body),
);
c.ask('review-changed', () => {
const newest = earlier.reverse().find((record) => log.isLive(record, entry.organisation, size));
const changed = newest && newest.body.raw.sha256 !== body.raw.sha256 && newest !== supersedes;
must(!changed, 'review-changed', 'the bytes of a recorded review changed');
});
},
async 'checkpoint.observe'(c) {
const { body, entry, log, size } = c;
const earlier = log.entries.filter(
({ type, organisation, body: of }) =>
type === entry.type && organisation === entry.organisation && of.origin === body.origin,
);
const pinned = c.ask('observed-key', () =>
earlier.reverse().find((by) => log.stands(by, entry.organisation, size)),
);
if (!pinned || pinned.body.vkey === body.vkey) return;
try {
await openNote(readNote(utf8(body.checkpoint)), [await readVerifierKey(pinned.body.vkey)]);
} catch (problem) {
if (problem instanceof Refused) refuse('observed-key', 'another key than the one that was observed before');
throw problem;
}
},
};
const WITHDRAWS = {
'source.capture': 'importer reviewer',
'source.transcribe': 'importer reviewer',
'verdict.publish': 'editor',
'snapshot.withhold': 'admin editor',
'dispute.answer': 'editor reviewer',
};
const withdrawOnce = (c, target) =>
c.ask('already-withdrawn', () => {
const { withdrawn, successor } = c.log.endsFor(target, c.entry.organisation, c.size);
must(!withdrawn, 'already-withdrawn', `#${target.index} was withdrawn before`);
must(!successor || target.type === 'verdict.issue', 'reference-superseded', `#${target.index} was corrected`);
});
return { TYPE_RULES };
})();
M.seen = (() => {
const { must } = M.answer;
const { address } = M.unicode;
function wordsSeen(c) {
const { log, entry, body, size } = c;
const { type, organisation } = entry;
const seen = entry.seen?.size ?? 0;
const past = (last) => must(!last || last.index < seen, 'word-not-seen', `its signer had not seen #${last?.index}`);
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
for (const end of log.entries) {
if (end.index < seen || end.organisation !== organisation) continue;
const taken = log.at(end.type === 'withdraw' ? end.body.target : end.body.correction?.supersedes);
if (!taken || taken.type !== type || !(c.isPerson(taken) || c.isPerson(end) || type === 'verdict.issue')) continue;
if (isSame(c, taken)) past(end);
}
}
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
function isSame({ log, entry: { type, body }, size }, taken) {
const [one, other] = [body.correction?.supersedes, taken.body.correction?.supersedes];
if (one && one === other) return true;
if ((one && type !== 'verdict.issue') || !THINGS[type]) return false;
if ((type === 'evidence.add' && !body.source) || (type === 'claim.relate' && !log.at(body.to))) return false;
return THINGS[type].split(' ').every((part) => {
const get = ( of) =>
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
return { wordsSeen };
})();
M.log = (() => {
const { CannotTell } = M.answer;
class Log {
constructor() {
this.entries = [];
this.byId = new Map();
this.keys = new Map();
this.naming = new Map();
this.organisations = new Set();
this.revocations = [];
this.lastKeyEvent = 0;
this.blobs = new Map();
}
add(entry) {
this.entries.push(entry);
this.byId.set(entry.id, entry);
for (const id of new Set(entry.named.map(({ id }) => id)))
this.naming.set(id, [...(this.naming.get(id) ?? []), entry]);
}
at = (id) =>  (this.byId.get( (id)));
about = (entry, type, field, size) =>
(this.naming.get(entry.id) ?? []).filter(
(by) => by.index < size && by.type === type && by.named.some((n) => n.field === field && n.id === entry.id),
);
corrections = (entry, size) => this.about(entry, entry.type, 'correction.supersedes', size);
steps(entry) {
const steps = [];
for (let at =  (entry); at?.rests; at = at.rests) steps.push(at);
return steps;
}
hits(entry, size) {
const steps = this.steps(entry);
return this.revocations.filter(({ by, from }) => {
if (by.index >= size) return false;
const own = this.steps(by);
return steps.some(
(step) => Number(from.get(step.key)) <= step.index && step.index < by.index && !own.includes(step),
);
});
}
isDistrusted(entry, size) {
const hits = this.hits(entry, size);
if (!hits.length) return false;
if (hits.some(({ by }) => !this.hits(by, size).length)) return true;
throw new CannotTell('revocations contradict each other');
}
ends(entry, size) {
if (this.revocations.some(({ by }) => by.index < size && this.hits(by, size).length))
throw new CannotTell('revocations contradict each other');
const withdrawn = this.about(entry, 'withdraw', 'target', size).find((by) => !this.isDistrusted(by, size));
const successors = this.corrections(entry, size).flatMap((by) => {
const { withdrawn, successor } = this.ends(by, size);
return this.isDistrusted(by, size) || withdrawn ? (successor ?? []) : by;
});
const successor = successors.reduce(
(a, b) => (!a || b.index < a.index ? b : a),
(undefined),
);
if (withdrawn && successor) {
if (withdrawn.index < successor.index) return { withdrawn };
if (entry.type !== 'verdict.issue') return { successor };
}
return { withdrawn, successor };
}
forms(entry, size, follow = () => true) {
const found = new Set([entry]);
for (const at of found) {
const { correction } = at.body;
if (correction && follow(correction.kind)) found.add(this.at(correction.supersedes));
for (const by of this.corrections(at, size)) if (follow(by.body.correction.kind)) found.add(by);
}
return [...found].sort((a, b) => a.index - b.index);
}
sameClaim = (claim, size) => this.forms(claim, size, keepsClaim);
follows(organisation, about, form, size) {
if (about === form) return true;
if (!this.sameClaim(form, size).includes(about)) return false;
if (form.organisation === organisation) return true;
throw new CannotTell('whether a correction of the claim by another organisation changed its meaning');
}
hasNamed = (thing, organisation, size) =>
(this.naming.get(thing.id) ?? []).some(
(by) =>
by.index < size &&
by.organisation === organisation &&
/^(evidence\.add|verdict\.issue)$/.test(by.type) &&
by.named.some(({ field, id }) => id === thing.id && /^(claim|source|via|contact.asked.reply)$/.test(field)),
);
kept(thing, organisation, size) {
if (thing.organisation === organisation) return;
if (thing.type === 'claim.add') return this.hasNamed(thing, organisation, size) ? thing : undefined;
if (thing.type === 'source.add')
return this.forms(thing, size)
.reverse()
.find((form) => this.hasNamed(form, organisation, size));
}
endsFor = (entry, organisation, size) => (this.kept(entry, organisation, size) ? {} : this.ends(entry, size));
stands = (entry, organisation, size) =>
!!this.kept(entry, organisation, size) || (!this.isDistrusted(entry, size) && !this.ends(entry, size).withdrawn);
displacedBy(entry, organisation, size) {
if (this.kept(entry, organisation, size)) return;
let at = entry;
let target = entry.type === 'withdraw' ? entry.body.target : entry.body.correction?.supersedes;
while (target) {
const form = this.at(target);
const { withdrawn, successor } = this.endsFor(form, organisation, size);
if (successor !== at && withdrawn !== at) {
const first = !withdrawn || (successor && successor.index < withdrawn.index) ? successor : withdrawn;
return first === at ? undefined : first;
}
if (withdrawn === at || this.stands(form, organisation, size)) at = form;
target = form.body.correction?.supersedes;
}
}
isLive = (entry, organisation, size) =>
this.stands(entry, organisation, size) &&
!this.endsFor(entry, organisation, size).successor &&
!this.displacedBy(entry, organisation, size);
newest(source, organisation, size) {
const kept = this.kept(source, organisation, size);
if (kept) return kept;
for (let last = source; ;) {
const next = this.ends(last, size).successor ?? this.displacedBy(last, organisation, size);
if (!next) return this.stands(last, organisation, size) ? last : undefined;
if (!next.body.correction) return;
last = next;
}
}
policy = (organisation, before, size) =>
this.entries
.filter(({ type, index, organisation: of }) => type === 'policy.set' && index < before && of === organisation)
.reverse()
.find((policy) => !this.isDistrusted(policy, size));
lists = (own, other, before, size) =>
own === other || !!this.policy(own, before, size)?.body.approvalsFrom?.includes(other);
hears = ({ organisation, index }, other, at, size) =>
this.lists(organisation, other, at, size) || this.lists(organisation, other, index, size);
}
const keepsClaim = (kind) => kind === 'typo' || kind === 'clarification';
return { Log, keepsClaim };
})();
M.judge = (() => {
const { CannotTell, Refused, must, refuse } = M.answer;
const { KEY_RULES, judgeSigner, leavesAdmin, recover } = M.keys;
const { TYPE_RULES } = M.types;
const { wordsSeen } = M.seen;
const { keepsClaim } = M.log;
const { firstSecond, seconds } = M.values;
const { isEnrollable } = M.ed25519;
const { base64 } = M.bytes;
class Case {
constructor(log, entry, whole, doubts, roots) {
this.log = log;
this.entry = entry;
this.size = entry.index;
this.body = entry.body;
this.whole = whole;
this.doubts = doubts;
this.roots = roots;
this.named = [];
}
maybe = (field) => this.named.find((named) => named.field === field)?.thing;
get supersedes() {
return this.maybe('correction.supersedes');
}
in = (field) =>  (this.maybe(field));
limit = (code, why) => void this.doubts.push({ entry: this.entry.index, code, why, limit: true });
unlessLacking(holds, code, why) {
if (holds) return;
if (this.whole) refuse(code, why);
this.doubts.push({ entry: this.entry.index, code, why: `the file may lack an entry: ${why}`, limit: false });
}
ask(code, ask) {
try {
return ask();
} catch (problem) {
if (!(problem instanceof CannotTell)) throw problem;
this.limit(code, problem.message);
}
}
needsRole = (...roles) =>
must(
roles.some((role) => this.entry.roles.includes(role)),
'role-missing',
`${this.entry.holder} has none of the roles ${roles.join(', ')}`,
);
needsOrganisation = (organisation) =>
must(this.entry.organisation === organisation, 'other-organisation', `an admin of ${organisation} must do this`);
needsFounder = () =>
must(
this.entry.organisation === this.log.entries[0].organisation,
'founder-only',
"only the founder's organisation may do this",
);
needsOwn = (thing) =>
must(
thing.organisation === this.entry.organisation,
'not-its-organisation',
`only ${thing.organisation} may do this`,
);
isPerson = (other) => other.holder === this.entry.holder && other.organisation === this.entry.organisation;
}
const ROLES = {
'source.add source.capture source.transcribe claim.add claim.relate review.record source.relate': 'importer reviewer',
'origin.assess evidence.add verdict.issue': 'reviewer',
'verdict.attest dispute.open dispute.answer verdict.publish': 'editor reviewer',
'snapshot.withhold': 'admin editor',
'withdraw key.rotate checkpoint.observe': 'admin editor importer reviewer',
};
const rolesFor = ({ type, body }) => {
if (body.relation === 'independentOf') return ['reviewer'];
const [, roles] = Object.entries(ROLES).find(([types]) => types.split(' ').includes(type)) ?? ['', 'admin'];
return roles.split(' ');
};
function times({ entry: { type, body, issued, time } }) {
must(BigInt(issued) * 1000n <= time + 600000n, 'issued-ahead', 'issued is more than 10 minutes after it was added');
const done = [
type === 'claim.add' && body.made,
type === 'evidence.add' && body.on,
type === 'verdict.issue' && body.contact?.asked?.on,
body.correction?.reported,
];
for (const date of done)
must(!date || firstSecond(date) - 50400 <= issued, 'date-ahead', `${date} lies after issued`);
const captured = (body.capture?.captured ?? body.snapshot)?.captured;
must(!captured || seconds(captured) <= issued + 600, 'date-ahead', `${captured} lies after issued`);
}
function create({ log, entry }) {
const { body, key } = entry;
must(entry.type === 'ledger.create', 'first-entry', 'entry 0 is not ledger.create');
must(body.rules === 1, 'rules-version', 'rules that this verifier does not know');
must(isEnrollable(base64(key)), 'key-taken', 'a key that may not be enrolled');
must(body.checkpointKey !== key, 'checkpoint-key', "the checkpoint key is the founder's");
for (const recovery of body.recovery?.keys ?? []) {
must(recovery !== key, 'recovery-key', "a recovery key is the founder's");
must(recovery !== body.checkpointKey, 'checkpoint-key', 'a recovery key is the checkpoint key');
log.keys.set(recovery, {});
}
const { organisation } = body.organisation;
const roles = ['admin', 'editor', 'reviewer'];
Object.assign(entry, { holder: body.holder, organisation, roles, rests: null, since: entry });
log.keys.set(body.checkpointKey, { head: { since: 0, retired: null } });
log.keys.set(key, { person: { holder: body.holder, organisation, given: [entry], roles, ended: null } });
log.organisations.add(organisation);
}
async function judge(c) {
const { log, entry, body, size } = c;
const { type, seen } = entry;
times(c);
if (!log.entries.length) create(c);
else {
const { id: ledger } = log.entries[0];
must(entry.ledger, 'second-creation', 'ledger.create after entry 0');
must(entry.ledger === ledger, 'wrong-ledger', 'it names another ledger');
must(!log.byId.has(entry.id), 'statement-repeated', 'the same statement stands in the log already');
if (type === 'key.recover') await recover(c);
else judgeSigner(c);
if (seen) {
must(seen.size <= size, 'seen-ahead', 'its signer says to have seen more than was there');
const root = c.roots.get(seen.size);
if (seen.size > 0 && !root) c.unlessLacking(false, 'seen-not-ours', 'the hashes of the head that the signer saw');
else must(root === seen.root, 'seen-not-ours', 'its signer has seen another log');
}
for (const named of entry.named) {
const thing = log.at(named.id) ?? refuse('reference-unknown', `${named.field} names no earlier statement`);
const fits = !named.types.length || named.types.includes(thing.type);
must(fits, 'reference-type', `${named.field} names a ${thing.type}`);
c.named.push({ ...named, thing });
}
const organisations = /^(key\.enroll|scale\.set|policy\.set)$/.test(type)
? [body.organisation, ...(body.approvalsFrom ?? []), ...(body.evidenceFrom ?? [])]
: [];
for (const name of organisations)
must(
log.organisations.has(name),
c.whole ? 'organisation-unknown' : 'dossier-incomplete',
`no entry has named ${name}`,
);
if (entry.rests) {
const { rests } = entry;
c.ask('key-distrusted', () =>
must(
!log.isDistrusted(rests, size),
'key-distrusted',
'its key has its roles from an entry that is distrusted',
),
);
}
if (type !== 'key.recover') c.needsRole(...rolesFor(entry));
stillStands(c);
await (KEY_RULES[type] ?? TYPE_RULES[type])?.(c);
notBefore(c);
wordsSeen(c);
correction(c);
label(c);
}
log.add(entry);
if (type === 'key.revoke') leavesAdmin(c);
for (const why of entry.unsure) c.limit('fields-disagree', why);
}
function stillStands(c) {
const { log, size, entry } = c;
const { organisation, type } = entry;
if (/^(withdraw|snapshot\.withhold|verdict\.publish)$/.test(type)) return;
for (const { field, thing } of c.named) {
if (field === 'correction.supersedes') continue;
const fallen = (code) => {
const mayBeKept = thing.organisation !== organisation && /^(claim|source)\.add$/.test(thing.type);
const why = `${field} names #${thing.index}, which no longer stands`;
if (mayBeKept) c.unlessLacking(false, code, why);
else refuse(code, why);
};
c.ask('reference-withdrawn', () => {
const ends = ( of) => log.endsFor(of, organisation, size);
let now = thing;
const displaced = () => log.displacedBy(now, organisation, size);
const notSuperseded = () => {
const newer = ends(now).successor ?? displaced();
if (newer) fallen(newer.type === 'withdraw' ? 'reference-withdrawn' : 'reference-superseded');
};
if (thing.type === 'source.add') {
if (log.newest(thing, organisation, size)) return;
for (let next; (next = ends(now).successor);) now = next;
if (ends(now).withdrawn ?? displaced()) fallen('reference-withdrawn');
} else if (thing.type === 'claim.add' && !(type === 'dispute.open' && field === 'target')) {
for (let next; (next = ends(now).successor) && keepsClaim(next.body.correction.kind);) now = next;
if (ends(now).withdrawn) fallen('reference-withdrawn');
else notSuperseded();
} else {
if (ends(now).withdrawn) fallen('reference-withdrawn');
else if (thing.type === 'evidence.add' && field === 'evidence') notSuperseded();
}
});
}
}
function notBefore({ entry, named }) {
const relies = /^(evidence\.add|origin\.assess|source\.relate|verdict\.issue|verdict\.publish)$/.test(entry.type);
if (!relies || entry.body.correction) return;
const known = named.map(({ thing }) => thing).filter(({ type }) => type !== 'scale.set');
if (entry.since.index) known.push(entry.since);
for (const { issued, index } of known)
must(entry.issued + 86400 >= issued, 'issued-before', `issued more than a day before #${index}`);
}
function correction(c) {
const { log, size, entry, supersedes: target } = c;
if (!target) return;
c.needsOwn(target);
c.ask('already-superseded', () => {
const { withdrawn, successor } = log.ends(target, size);
must(!withdrawn, 'reference-withdrawn', `#${target.index} was withdrawn`);
must(!successor, 'already-superseded', `#${target.index} was corrected before`);
});
const byImporter = target.roles.includes('importer');
must(
!entry.roles.includes('importer') || byImporter,
'importer-correction',
'an importer corrects what a person recorded',
);
let chain = 0;
for (let at = target; at?.body.correction; at = log.at(at.body.correction.supersedes)) chain++;
if (chain >= 1024) c.limit('correction-chain', 'this verifier does not follow 1,024 corrections');
}
function label(c) {
const { log, size, entry, supersedes } = c;
if (!entry.label) return;
const takers = log.entries.filter(({ label }) => label === entry.label);
c.ask('label-taken', () => {
let holder;
const inherits = (target, by) =>
!!target &&
(by === target || (by.body.correction?.supersedes === target.id && !log.stands(by, entry.organisation, size)));
for (const taker of takers) {
if (log.isDistrusted(taker, size)) continue;
const { correction } = taker.body;
if (!holder || inherits(correction && log.at(correction.supersedes), holder)) holder = taker;
}
must(!holder || inherits(supersedes, holder), 'label-taken', `the label ${entry.label} is taken`);
});
}
function atEntry(problem, index) {
problem.message = `entry ${index}: ${problem.message}`;
return problem;
}
return { Case, judge, atEntry };
})();
M.tree = (() => {
const { must } = M.answer;
const { join, sha256, toHex } = M.bytes;
const leafHash = (entry) => sha256(join([0], entry));
const nodeHash = (left, right) => sha256(join([1], left, right));
function middle([from, to]) {
let k = 1n;
while (k * 2n < to - from) k *= 2n;
return from + k;
}
const proof = (holds, words) => must(holds, 'proof-malformed', words);
async function combine(leaves, heads, size, hashes) {
proof(leaves.length, 'a proof of no leaf');
for (const { index } of leaves) proof(index < size, `entry ${index} lies beyond the tree`);
const known = new Map();
let used = 0;
const fold = async (span, inside) => {
const isWhole = !inside.length && !heads.some((head) => head > span[0] && head < span[1]);
let hash;
if (isWhole || span[1] - span[0] === 1n) {
proof(inside.length || used < hashes.length, 'too few hashes');
hash = inside.length ? inside[0].leaf : hashes[used++];
} else {
const at = middle(span);
const [left, right] = await Promise.all([
fold(
[span[0], at],
inside.filter(({ index }) => index < at),
),
fold(
[at, span[1]],
inside.filter(({ index }) => index >= at),
),
]);
hash = await nodeHash(left, right);
}
known.set(String(span), hash);
return hash;
};
await fold([0n, size], leaves);
proof(used === hashes.length, 'more hashes than it needs');
const rootOf = async (span) => {
const hash = known.get(String(span));
if (hash || span[1] - span[0] === 1n) return hash ?? null;
const at = middle(span);
const [left, right] = await Promise.all([rootOf([span[0], at]), rootOf([at, span[1]])]);
return left && right && nodeHash(left, right);
};
return async (at) => {
const root = at > 0n && at <= size ? await rootOf([0n, at]) : null;
return root && toHex(root);
};
}
return { leafHash, nodeHash, middle, combine };
})();
M.witness = (() => {
const { must, refuse } = M.answer;
const { decimal, fromUtf8, join } = M.bytes;
const { isStrict } = M.ed25519;
const { linesOf, readVerifierKey } = M.note;
async function readPolicy(text) {
const logs = [];
const witnesses = [];
const defined = new Map();
const inGroup = new Set();
let groups = 0;
let quorum;
const lines = text.split('\n');
let check = (holds, words) => must(holds, 'policy-malformed', words);
check(new TextEncoder().encode(text).length <= 262144 && lines.pop() === '', 'too long, or without a last newline');
const own = ( name) =>
defined.get(name) ?? refuse('policy-malformed', `${name} is defined nowhere above`);
for (const [i, line] of lines.entries()) {
check = (holds, words) => must(holds, 'policy-malformed', `line ${i + 1}: ${words}`);
check(!/[\0-\x08\x0a-\x1f\x7f]/.test(line), 'a control character');
const [word, ...rest] = line.split(/[ \t]+/).filter(Boolean);
const [name, more, ...others] = rest;
const keyOf = ( key,  type) =>
readVerifierKey(key, type).catch(() => refuse('policy-malformed', `line ${i + 1}: a malformed key`));
const define = ( holds) => {
check(name !== 'none' && !defined.has(name), 'a name that is taken');
defined.set(name, holds);
};
const once = ( all,  key) =>
check(
all.length < 64 && !all.some((other) => String(other.key) === String(key.key)),
'a key twice, or over 64 of them',
);
if (!word || word.startsWith('#')) continue;
if (word === 'log' && (rest.length === 1 || rest.length === 2)) {
const key = await keyOf(name, 1);
once(logs, key);
logs.push(key);
} else if (word === 'witness' && (rest.length === 2 || rest.length === 3)) {
const key = { ...(await keyOf(more, 4)), as: name };
once(witnesses, key);
define((cosigned) => cosigned.has(name));
witnesses.push(key);
} else if (word === 'group' && rest.length >= 2) {
const needed = more === 'any' ? 1 : more === 'all' ? others.length : Number(decimal(more) ?? 0);
check(needed >= 1 && needed <= others.length && groups++ < 64, 'a threshold from 1 to the number of members');
const members = others.map((member) => {
check(!inGroup.has(member), `${member} is inside a group already`);
inGroup.add(member);
return own(member);
});
define((cosigned) => members.filter((member) => member(cosigned)).length >= needed);
} else {
check(word === 'quorum' && rest.length === 1 && !quorum, 'not one quorum line, or a line of another form');
quorum = name === 'none' ? () => true : own(name);
}
}
return { logs, witnesses, isMet: quorum ?? refuse('policy-malformed', 'no quorum line') };
}
async function cosigners(note, { witnesses, isMet }) {
const by = [];
for (const witness of witnesses) {
const times = [];
for (const { bytes } of linesOf(note, witness)) {
const time = bytes.length === 72 ? new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) : 1n << 63n;
const signed = join(`cosignature/v1\ntime ${time}\n${note.text}`);
const valid = time < 1n << 63n && (await isStrict(witness.key, signed, bytes.subarray(8)));
must(valid, 'note-signature', `the cosignature of ${witness.name} is not valid`);
times.push(time);
}
if (times.length) by.push({ witness, time: times.reduce((a, b) => (a > b ? a : b)) });
}
return { by, isMet: isMet(new Set(by.map(({ witness }) => witness.as))) };
}
const policyText = (bytes) => fromUtf8(bytes) ?? refuse('policy-malformed', 'not UTF-8');
return { readPolicy, cosigners, policyText };
})();
M.verify = (() => {
const { CannotTell, Refused, must, refuse } = M.answer;
const { approval } = M.approval;
const { base64, toBase64, toHex } = M.bytes;
const { checkSum, readDossier } = M.dossier;
const { NOTHING, checkSignature, follows, openEntry, readEntry } = M.entry;
const { compare, decodeText } = M.excerpt;
const { Case, atEntry, judge } = M.judge;
const { headKeys } = M.keys;
const { Log } = M.log;
const { noteKey, openNote, readVerifierKey } = M.note;
const { belong, isKeyEvent } = M.select;
const { namedBy } = M.statement;
const { combine, leafHash } = M.tree;
const { seconds } = M.values;
const { cosigners, readPolicy } = M.witness;
const NOT_JUDGED = {
'correction-chain': 'whether more than 1,024 corrections stand one after another',
'rules-order': 'there is one version of the rules, so no upgrade can be out of order',
};
async function verifyDossier(bytes, options = {}) {
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
answer.answer = 'cannot tell';
answer.reasons.push(problem instanceof CannotTell ? problem.message : `this verifier failed: ${problem}`);
}
}
return answer;
}
async function check(bytes, options, answer) {
const known = await given('key of the ledger', options.ledgerKey, readVerifierKey);
const policy = await given('witness policy', options.witnesses, readPolicy);
const file = await readDossier(bytes);
const { checkpoint, subject } = file;
const fact = (what, said, count, holds = 'holds') => answer.facts.push({ what, answer: holds, said, count });
const at = (index, ask) =>
ask().catch((problem) => {
throw problem instanceof Refused ? atEntry(problem, index) : problem;
});
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
const unsigned = checkSignature(entry).then(
() => null,
(problem) => atEntry(problem, index),
);
return { index, entry, leaf: hashed[i], statement, unsigned };
}),
),
);
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
return  (
({ ...statement, index, time, issued, named: namedBy(statement), rests: null, roles: [] })
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
const log = new Log();
const doubts = [];
for (const entry of entries) await at(entry.index, () => judge(new Case(log, entry, whole, doubts, roots)));
const about =
entries.find(({ index }) => index === subject) ?? refuse('dossier-incomplete', 'the subject is not in the file');
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
must(checkpoint.origin === origin, 'dossier-other-ledger', `the checkpoint is of ${checkpoint.origin}`);
const keys = await Promise.all(headKeys(log, size).map((key) => noteKey(origin, base64(key))));
for (const key of keys) await openNote(file.note, [key]);
must(keys.length, 'note-not-signed', 'no key signs checkpoints');
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
async function inOrder(tasks) {
const all = await Promise.allSettled(tasks);
return all.map((one) => {
if (one.status === 'rejected') throw one.reason;
return one.value;
});
}
function decides(log, subject, index) {
const entry = log.entries.find((entry) => entry.index === index);
if (!entry || index <= subject.index || isKeyEvent(entry)) return true;
return entry.type === 'verdict.attest'
? entry.body.verdict === subject.id
: /^(organisation\.set|rules\.upgrade|checkpoint\.(rotate|retire))$/.test(entry.type);
}
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
async function given(what, text, read) {
if (!text) return;
try {
return await read(text);
} catch (problem) {
throw problem instanceof Refused ? new CannotTell(`the ${what} that was given: ${problem.message}`) : problem;
}
}
async function knownKey(note, log, key, ledgerId) {
try {
await openNote(note, [key]);
} catch (problem) {
const retired = log.keys.get(toBase64(key.key))?.head?.retired;
if (typeof retired !== 'number') throw problem;
must(ledgerId, 'ledger-key-retired', `entry ${retired} retired the key that was expected`);
}
}
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
counts[ (found)]++;
}
for (const digest of texts.keys())
must(quoted.has(digest), 'dossier-stray-text', `no entry of this file quotes the text ${digest}`);
if (counts.holds) fact('quotations', 'stand in their texts, which the file has', counts.holds);
if (counts.sealed) fact('quotations', 'are sealed', counts.sealed, 'not checked');
if (counts.without) fact('quotations', 'have no text in the file', counts.without, 'not checked');
}
return { NOT_JUDGED, verifyDossier };
})();
globalThis.verifyDossier = M.verify.verifyDossier;
})();
