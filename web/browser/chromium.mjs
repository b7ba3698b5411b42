// Chromium for the tests of pages, and what every page is watched for. .ci/browser installs it and names it:
// CHROMIUM (the program) and BROWSER_TOOLS (the folder with playwright-core and axe-core).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const tools = createRequire(`${process.env.BROWSER_TOOLS}/`);
const { chromium } = tools('playwright-core');
const axe = readFileSync(tools.resolve('axe-core/axe.min.js'), 'utf8');

const QUIET =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** A browser with a new, empty profile. */
export const open = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: QUIET.split(' ') });

/**
 * A page that notes what must not happen: errors, refusals by the policy, dialogs, requests to elsewhere.
 * @param {any} browser
 * @param {any} [options] of the context: javaScriptEnabled, viewport, colorScheme
 */
export async function watched(browser, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  /** @type {string[]} */
  const faults = [];
  const fault = (/** @type {string} */ text) => faults.push(`${page.url()}: ${text}`);
  page.on('console', (/** @type {any} */ said) => said.type() === 'error' && fault(`console: ${said.text()}`));
  page.on('pageerror', (/** @type {any} */ problem) => fault(`error: ${problem}`));
  page.on('dialog', (/** @type {any} */ dialog) => {
    fault(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (/** @type {any} */ asked) => {
    const isOurs = /^(file:|data:|http:\/\/localhost:)/.test(asked.url());
    if (!isOurs) fault(`asked for ${asked.url()}`);
  });
  page.on(
    'response',
    (/** @type {any} */ answer) => answer.status() >= 400 && fault(`${answer.status()}: ${answer.url()}`),
  );
  return { page, faults, close: () => context.close() };
}

/** What axe-core finds, WCAG 2.2 AA and its best practices, one line each. @param {any} page @returns {Promise<string[]>} */
export async function inaccessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ['violations'] }),
  );
  return found.violations.flatMap((/** @type {any} */ { id, help, nodes }) =>
    nodes.map(
      (/** @type {any} */ node) =>
        `${page.url()}: ${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 120)}`,
    ),
  );
}

/** Presses Tab through a page; gives what could not be reached, or not be seen to have the focus. @param {any} page */
export async function unreached(page) {
  /** @type {string[]} */
  const all = await page.evaluate(() => {
    const found = [
      ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
    ].filter(
      (node) =>
        node.checkVisibility({ visibilityProperty: true }) && !node.closest('details:not([open]) > :not(summary)'),
    );
    found.forEach((node, i) => node.setAttribute('data-tab', String(i)));
    return found.map((node) => node.outerHTML.slice(0, 100));
  });
  const reached = new Set();
  /** @type {string[]} */
  const faint = [];
  for (let i = 0; i < all.length + 5 && reached.size < all.length; i++) {
    await page.keyboard.press('Tab');
    const [at, isSeen] = await page.evaluate(() => {
      const node = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(/** @type {Element} */ (node));
      return [node?.getAttribute('data-tab'), outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1];
    });
    if (at === null || reached.has(at)) continue;
    reached.add(at);
    if (!isSeen) faint.push(`the focus cannot be seen: ${all[at]}`);
  }
  return [...all.filter((_, i) => !reached.has(String(i))).map((html) => `not reached by Tab: ${html}`), ...faint];
}

/** Whether a page is wider than its window. @param {any} page */
export const isTooWide = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** What a text of a stranger could have done: scripts that ran, handlers, addresses that run. @param {any} page */
export const executed = (page) =>
  page.evaluate(() => {
    const handlers = [...document.querySelectorAll('*')].filter((node) =>
      [...node.attributes].some(
        ({ name, value }) =>
          name.startsWith('on') || (/^(href|src|action)$/.test(name) && /^\s*(javascript|data:text)/i.test(value)),
      ),
    );
    return [
      ...handlers.map((node) => node.outerHTML.slice(0, 100)),
      ...('hacked' in globalThis ? ['a script ran'] : []),
    ];
  });
