// The types of values in a statement: docs/format.md, "Values". Each is a function that refuses what is not of it.
import { must, refuse } from './answer.js';
import { base64, utf8 } from './bytes.js';
import { checkText } from './json.js';
import { WHITE_SPACE, isVisible, isWhollyVisible } from './unicode.js';

/** @typedef {(value: any) => void} Type */

/** @param {any} v */
const isText = (v) => must(typeof v === 'string', 'wrong-shape', 'not a text');
/** @param {any} v */
const isObject = (v) => must(v && typeof v === 'object' && !Array.isArray(v), 'wrong-shape', 'not an object');

/** @type {Type} */
export const integer = (v) => must(typeof v === 'number', 'wrong-shape', 'not a number');
/** @type {Type} */
export const boolean = (v) => must(typeof v === 'boolean', 'wrong-shape', 'not true or false');

/**
 * A text that cannot be sealed.
 * @param {number} most bytes
 * @param {'line' | 'prose' | 'verbatim'} kind
 * @returns {Type}
 */
export const plain = (most, kind) => (v) => {
  isText(v);
  must(utf8(v).length <= most, 'too-long', `a text of over ${most} bytes`);
  checkText(v, kind === 'line' ? /[\0-\x1f\x7f-\x9f]/ : undefined);
  must(kind === 'verbatim' || isVisible(v), 'empty-value', 'a text without a visible character');
};

/** The same, or sealed. @param {number} most @param {'line' | 'prose' | 'verbatim'} kind @returns {Type} */
const free = (most, kind) => (v) => {
  if (!v || typeof v !== 'object') return plain(most, kind)(v);
  isObject(v);
  for (const name of Object.keys(v)) {
    must(name === 'sealed', 'unknown-field', `${name} where only sealed may stand`);
    hex(v[name]);
  }
};

export const name = free(512, 'line');
export const line = free(2048, 'line');
export const prose = free(32768, 'prose');
export const verbatimLine = free(2048, 'verbatim');
export const verbatimProse = free(32768, 'verbatim');

/** A text of one form. @param {string} code @param {(text: string) => any} is @returns {Type} */
const formed = (code, is) => (v) => {
  isText(v);
  must(is(v), code, `${print(v)} is malformed`);
};
/** @param {string} v */
const print = (v) => JSON.stringify(v.slice(0, 80));

/** A digest or an id. */
export const hex = formed('bad-hex', (v) => /^[0-9a-f]{64}$/.test(v));
/** @type {Type} */
export const key = (v) => {
  isText(v);
  base64(v, 32);
};
/** @type {Type} */
export const signature = (v) => {
  isText(v);
  base64(v, 64);
};
export const label = formed('bad-label', (v) => /^[a-z][a-z0-9-]{0,62}[a-z0-9]$/.test(v) && !/^[0-9a-f]{8,}$/.test(v));
export const slug = formed('bad-slug', (v) => /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(v));
export const origin = formed(
  'bad-origin',
  (v) => v && utf8(v).length <= 255 && isWhollyVisible(v) && !/[+#]|^claimledger\//.test(v),
);
export const language = formed(
  'bad-language',
  (v) => v.length <= 35 && /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(v),
);
const TOKEN = '[a-z0-9!#$&^_.+-]{1,127}';
export const mediaType = formed('bad-media-type', (v) => new RegExp(`^${TOKEN}/${TOKEN}$`).test(v));

/** @type {Type} */
export const url = (v) => {
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

/** Seconds since 1970 of a day's beginning in UTC; NaN if the day does not exist. @param {string} date */
export function firstSecond(date) {
  const [year, month = '01', day = '01'] = date.split('-');
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return at.getUTCDate() === Number(day) ? at.getTime() / 1000 : NaN;
}

/** @param {string} instant */
export const seconds = (instant) => Date.parse(instant) / 1000;

const LAST_SECOND = 253402207200;
export const instant = formed('bad-time', (v) => {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(v) ? seconds(v) : NaN;
  return at >= 0 && at <= LAST_SECOND && new Date(at * 1000).toISOString() === v.replace('Z', '.000Z');
});
export const date = formed('bad-date', (v) => /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(v) && !isNaN(firstSecond(v)));
/** @type {Type} */
export const dateOrInstant = (v) => {
  isText(v);
  (v.includes('T') ? instant : date)(v);
};

/** A reference to a statement of this ledger or of another one. @type {Type} */
export const reference = (v) => {
  isText(v);
  const at = v.indexOf('#');
  if (at >= 0) origin(v.slice(0, at));
  hex(v.slice(at + 1));
};

/** One of a closed set. @param {string} all @returns {Type} */
export const word = (all) => (v) => {
  const [said] = v && typeof v === 'object' && !Array.isArray(v) ? Object.keys(v) : [v];
  isText(said);
  must(all.split(' ').includes(said), 'unknown-word', `${print(said)} is not one of ${all}`);
  isText(v);
};

/** @param {Type} item @returns {Type} */
export const list = (item) => (v) => {
  must(Array.isArray(v), 'wrong-shape', 'not a list');
  v.forEach(item);
};

/**
 * An object of these fields; those whose name ends with `?` may be absent.
 * @param {Record<string, Type>} fields
 * @returns {Type}
 */
export const object = (fields) => {
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

/**
 * An object with exactly one of these fields, or one of these words.
 * @param {Record<string, Type>} shapes
 * @param {string} [words]
 * @returns {Type}
 */
export const one =
  (shapes, words = '') =>
  (v) => {
    const known = (/** @type {string} */ w) => words.split(' ').includes(w);
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
