// What a new key signs to show that it belongs to whom a statement gives it: docs/format.md, "Possession".
import { utf8 } from './bytes.js';

/** @param {string} kind @param {Record<string, any>} fields */
const lines = (kind, fields) =>
  utf8([`claimledger/${kind}/v1`, ...Object.entries(fields).map(([name, value]) => `${name} ${value}`), ''].join('\n'));

/** @param {string} ledger @param {any} body of `key.enroll` @param {string} by */
export const enroll = (ledger, { key, holder, organisation, roles }, by) =>
  lines('enroll', { ledger, key, holder, organisation, roles: roles.join(','), by });
/** @param {string} ledger @param {string} from @param {string} to */
export const rotate = (ledger, from, to) => lines('rotate', { ledger, from, to });
/** @param {string} ledger @param {string} origin @param {string} key */
export const checkpointKey = (ledger, origin, key) => lines('checkpoint-key', { ledger, origin, key });
/** @param {string} ledger @param {any} body of `key.recover` @param {string} key */
export const recover = (ledger, { lastKeyEvent, revoked }, key) =>
  lines('recover', {
    ledger,
    'last-key-event': lastKeyEvent,
    revoked: revoked.map((/** @type {any} */ r) => `${r.key}@${r.distrustFrom}`).join(','),
    key,
  });
