// The script of a published page: adds the button "check this page" where the page has a dossier, and the form of the page
// that checks any dossier. The verifier is loaded only when a reader asks. Everything else on a page works without this.
import { checkThisPage, element, places, shown, summary } from './check.js';

/** @typedef {import('./check.js').Words} Words */

/** The words of the page's language; English where there are none. @returns {Promise<Words>} */
async function wordsOfPage() {
  const language = document.documentElement.lang.split('-')[0];
  const of = async (/** @type {string} */ name) => (await asked(new URL(`words.${name}.json`, import.meta.url))).json();
  return of(language || 'en').catch(() => of('en'));
}

/** @param {URL} url */
async function asked(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} could not be loaded (${response.status})`);
  return response;
}

/** @param {Uint8Array} bytes @param {string} ledgerKey @returns {Promise<import('../verify/verify.js').Answer>} */
async function verify(bytes, ledgerKey) {
  await import(String(new URL('verify.js', import.meta.url)));
  return globalThis.verifyDossier(bytes, { ledgerKey });
}

/** The page that checks any dossier. @param {HTMLElement} section @param {Words} words */
function checkAnyDossier(section, words) {
  const file = /** @type {HTMLInputElement} */ (element('input', { type: 'file', id: 'dossier' }));
  const key = /** @type {HTMLInputElement} */ (
    element('input', { type: 'text', id: 'ledger-key', spellcheck: 'false', autocomplete: 'off', dir: 'ltr' })
  );
  key.value = section.dataset.ledgerKey ?? '';
  const button = element('button', { type: 'button' }, words.checkFile);
  section.append(
    element('p', {}, element('label', { for: 'dossier' }, words.chooseFile), ' ', file),
    element('p', {}, element('label', { for: 'ledger-key' }, words.keyOfLedger), ' ', key),
    element('p', {}, words.keyFromElsewhere),
    element('p', {}, button),
  );
  const run = places(section, words);
  /** @param {Blob | undefined} blob */
  const check = (blob) =>
    run(async () => {
      if (!blob) return { sign: '?', short: words.noFile, more: document.createDocumentFragment() };
      const answer = await verify(new Uint8Array(await blob.arrayBuffer()), key.value.trim());
      const found = shown(answer, null, words);
      if (answer.answer !== 'refused') found.more.prepend(element('h3', {}, words.proves), summary(answer, words));
      return found;
    });
  button.addEventListener('click', () => check(file.files?.[0]));
  section.addEventListener('dragover', (event) => event.preventDefault());
  section.addEventListener('drop', (event) => {
    event.preventDefault();
    check(event.dataTransfer?.files[0]);
  });
}

const check = document.getElementById('check');
const any = document.getElementById('verify');
if (check || any) {
  const words = await wordsOfPage();
  const { dossier } = check?.dataset ?? {};
  const load = async () => new Uint8Array(await (await asked(new URL(dossier ?? '', location.href))).arrayBuffer());
  if (check && dossier) checkThisPage(check, words, load, verify);
  if (any) checkAnyDossier(any, words);
}
