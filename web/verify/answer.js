// What ends a verification early: a refusal, or a question that this verifier cannot answer.

/** The file proves nothing; `code` is that of docs/format.md or docs/rules.md. */
export class Refused extends Error {
  /** @param {string} code @param {string} words */
  constructor(code, words) {
    super(words);
    this.code = code;
  }
}

/** Nothing is wrong as far as this verifier can see, and it cannot see far enough. */
export class CannotTell extends Error {}

/** @param {string} code @param {string} words @returns {never} */
export function refuse(code, words) {
  throw new Refused(code, words);
}

/** @param {any} holds @param {string} code @param {string} words */
export function must(holds, code, words) {
  if (!holds) refuse(code, words);
}
