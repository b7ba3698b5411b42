// JSON with exactly one spelling for each value: docs/format.md, "Statement".
import { must, refuse } from './answer.js';

const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Reads one JSON value. The general rules of a statement hold unless `loose`: then only a field that appears twice is
 * refused. Objects keep the order of their fields.
 * @param {string} text @param {boolean} [loose] @returns {any}
 */
export function parse(text, loose = false) {
  let at = 0;
  /** @returns {never} */
  const bad = () => refuse('not-json', `not JSON at character ${at}`);
  const space = () => {
    while (/[ \t\n\r]/.test(text.charAt(at))) at++;
  };
  /** @param {RegExp} form */
  const match = (form) => {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found) at = form.lastIndex;
    return found;
  };
  /** @param {boolean} name */
  const string = (name) => {
    let out = '';
    at++;
    for (;;) {
      out += /** @type {RegExpExecArray} */ (match(/[^"\\\0-\x1f]*/y))[0];
      const end = text.charAt(at++);
      if (end === '"') break;
      if (end !== '\\') bad();
      const escape = text.charAt(at++);
      if (escape === 'u') out += half();
      else out += /** @type {any} */ (ESCAPES)[escape] ?? bad();
    }
    must(!/[\ud800-\udfff]/u.test(out), 'lone-surrogate', 'half of a surrogate pair');
    if (loose) return out;
    if (name) must(/^[ -~]+$/.test(out), 'field-name', 'a field name is not printable ASCII');
    else checkText(out);
    return out;
  };
  const half = () => String.fromCharCode(parseInt((match(/[0-9a-fA-F]{4}/y) ?? bad())[0], 16));
  /** @param {number} depth @returns {any} */
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
  /** @param {number} depth */
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
  /** @param {number} depth */
  const object = (depth) => {
    /** @type {Record<string, any>} */
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

/** What holds for every text in a statement. @param {string} text @param {RegExp} [control] */
export function checkText(text, control = /[\0-\x08\x0b-\x1f\x7f-\x9f]/) {
  must(text, 'empty-value', 'an empty text');
  must(!control.test(text), 'control-character', 'a control character');
}

/**
 * Whether this is the one spelling of a value that `parse` has read: its fields ascend already.
 * @param {any} value
 */
export const print = (value) => JSON.stringify(value);
