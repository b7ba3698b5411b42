// What a page says beside what its dossier proves, and the answer as a reader sees it. Beside a page of the site and in the
// one-file page alike. No text is ever read as HTML.

/** @typedef {import('../verify/verify.js').Answer} Answer */
/** @typedef {Record<string, string>} Words the words of the page's language: words.en.json */
/** @typedef {{sign: string, short: string, more: DocumentFragment}} Shown */
/**
 * @typedef {object} Comparison
 * @property {string[]} same the fields that say what the dossier proves
 * @property {{field: string, page: string, proved: string[]}[]} other those that do not
 * @property {string[]} unknown fields of the page of which the dossier shows nothing, or words that were held back (sealed)
 */

/**
 * An element; texts are texts.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(string | Node)} inside
 */
export function element(name, attributes, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** Words with `{name}` filled in. @param {string} text @param {Record<string, any>} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** A text in which a character that cannot be seen shows as its number. @param {string} text */
const visible = (text) =>
  text.replace(/\s+/g, ' ').replace(UNSEEN, (c, at, all) => {
    // Persian and other scripts need joiners between letters, and pictures their selectors.
    const joins = /[\u200c\u200d\ufe0f]/.test(c) && /[\p{L}\p{M}\p{Emoji}]$/u.test(all.slice(Math.max(0, at - 2), at));
    return joins ? c : `<U+${Number(c.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')}>`;
  });

/** The words of others: always in quotation marks, which they cannot end. @param {string} text */
const theirs = (text) => element('bdi', {}, `“${visible(text).replace(/["“”„«»]/g, "'")}”`);

/**
 * What is left of a text without what pages show in another way: quotation marks, white space, unseen characters, and the
 * marks that stand for those.
 * @param {string} text
 */
const bare = (text) =>
  text
    .replace(/<(?:\d+ times )?U\+[0-9A-F]{4,6}>|<\d+ (?:spaces|empty lines|more marks)>/g, '')
    .replace(UNSEEN, '')
    .replace(/["“”„«»'‘’]/g, '')
    .replace(/[\p{M}◌\s]/gu, '');

/** @param {string} one @param {string} other */
const isSame = (one, other) => bare(one) === bare(other);

/**
 * What an entry of the dossier says, by the names of the fields of pages. A list has all that may stand there; a text that was
 * held back is an object.
 * @param {Answer} answer
 * @param {Answer['entries'][0] | undefined} [entry] else the subject
 * @returns {Record<string, any[]>}
 */
export function proved(answer, entry = answer.entries.find(({ index }) => index === answer.subject)) {
  const { entries, approval } = answer;
  if (!entry) return {};
  const { body, type, id, index, issued, holder, organisation } = entry;
  const named = (/** @type {string} */ id) => entries.find((other) => other.id === id);
  const quote = (/** @type {any} */ of) => (of.excerpt ?? of.basis?.stated)?.quote;
  /** @type {Record<string, any>} */
  const says = {
    ...body,
    id,
    entry: index,
    signed: issued.replace('.000Z', 'Z'),
    signedBy: holder,
    holder,
    organisation,
  };
  says.quotation = quote(body);
  if (type === 'claim.add') says.claim = body.text;
  if (type === 'verdict.issue') {
    const [claim, scale] = [named(body.claim), named(body.scale)];
    const rating = scale?.body.entries.find((/** @type {any} */ one) => one.code === body.rating);
    Object.assign(says, { claim: claim?.body.text, claimId: body.claim, claimEntry: claim?.index });
    Object.assign(says, { rating: rating?.label, ratingCode: body.rating, meaning: rating?.definition });
    Object.assign(says, { scaleEntry: scale?.index, approval, quotation: entries.map(({ body }) => quote(body)) });
  }
  const lists = Object.entries(says).map(([field, value]) => [
    field,
    [value].flat().filter((one) => one !== undefined),
  ]);
  return Object.fromEntries(lists.filter(([, list]) => list.length));
}

/**
 * A date as a page writes it for people: 4 May 2026, 08:30 UTC; May 2026; 2026.
 * @param {string} exact RFC 3339, or as far as it is known @param {string} language
 */
function dateInWords(exact, language) {
  const [year, month, day, hour, minute] = exact.match(/\d+/g) ?? [];
  const locale = language === 'ar' ? 'ar-EG' : 'en';
  const name = month && new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, +month - 1));
  const date = [day && +day, name, Number(year)].filter((part) => part).join(' ');
  return minute ? `${date}, ${hour}:${minute} UTC` : date;
}

/**
 * The text of a place, without what opens the rest of a long text; a date in its exact form, if its words say the same.
 * @param {Element} place
 */
function textOf(place) {
  const copy = /** @type {Element} */ (place.cloneNode(true));
  for (const summary of copy.querySelectorAll('summary')) summary.remove();
  const text = copy.textContent?.trim() ?? '';
  const exact = place.getAttribute('datetime');
  return exact !== null && text === dateInWords(exact, document.documentElement.lang) ? exact : text;
}

/**
 * What must be known of a subject beside its words, by the names of the banners of pages.
 * @param {Answer} answer
 * @returns {string[]}
 */
function standing({ approval, withdrawn, corrected, entries, subject }) {
  const found = [];
  if (withdrawn !== undefined) found.push('withdrawn');
  if (corrected !== undefined) found.push('corrected');
  if (approval === 'rejected') found.push('rejected');
  // One that adopts an earlier review of its organisation needs no approval.
  const adopts = entries.some(({ index, body }) => index === subject && body.adopts);
  if (approval === 'unapproved' && !adopts) found.push('not-approved');
  return found;
}

/**
 * Compares what a page says with what its dossier proves: the texts that a reader sees, and the record.
 * @param {ParentNode} page
 * @param {Record<string, any>} record
 * @param {Answer} answer
 * @returns {Comparison}
 */
export function compare(page, record, answer) {
  const says = proved(answer);
  /** @type {Comparison} */
  const found = { same: [], other: [], unknown: [] };
  /** @param {Record<string, any[]>} says @param {string} field @param {string} shown */
  const one = (says, field, shown) => {
    const texts = says[field] ?? [];
    if (texts.some((text) => typeof text !== 'object' && isSame(String(text), shown))) found.same.push(field);
    else if (!texts.length || texts.some((text) => typeof text === 'object')) found.unknown.push(field);
    else found.other.push({ field, page: shown, proved: texts.map(String) });
  };
  for (const place of page.querySelectorAll('[data-field]')) {
    const field = place.getAttribute('data-field') ?? '';
    if (field !== 'banners') one(says, field, textOf(place));
  }
  /** @param {Record<string, any>} record @param {Record<string, any[]>} says */
  const recorded = (record, says) => {
    for (const [field, value] of Object.entries(record))
      for (const item of [value].flat()) {
        const entry = answer.entries.find(({ index }) => index === item?.entry);
        if (typeof item === 'object') entry ? recorded(item, proved(answer, entry)) : found.unknown.push(field);
        else if (field in says) one(says, field, String(item));
      }
  };
  // What every record says of its page; a statement may have fields of these names too.
  const { kind, form, language, lastChangedBy, ledger, version, ...rest } = record;
  recorded(rest, says);
  // What must not be missing from the page, whatever else it says.
  for (const field of says.rating ? ['rating', 'claim', 'reasons', 'limits'] : [])
    if (says[field] && !page.querySelector(`[data-field="${field}"]`))
      found.other.push({ field, page: '', proved: says[field].map(String) });
  for (const banner of says.rating ? standing(answer) : [])
    if (!page.querySelector(`[data-banner="${banner}"]`)) found.other.push({ field: banner, page: '', proved: [] });
  const once = (/** @type {string[]} */ fields) => [...new Set(fields)].sort();
  const same = once(found.same).filter((field) => !found.other.some((one) => one.field === field));
  return { ...found, same, unknown: once(found.unknown) };
}

/**
 * What the reader sees of an answer: the short sentence, and below it the details.
 * @param {Answer} answer
 * @param {Comparison | null} comparison null where there is no page beside the dossier
 * @param {Words} words
 * @returns {Shown}
 */
export function shown(answer, comparison, words) {
  const { code, reasons, notJudged, facts } = answer;
  const more = document.createDocumentFragment();
  /** @param {string} title @param {(string | Node)[][]} items */
  const list = (title, items) => {
    if (!items.length) return;
    more.append(element('h3', {}, title), element('ul', {}, ...items.map((item) => element('li', {}, ...item))));
  };
  /** What the verifier says is in English. @param {string} text */
  const english = (text) => element('span', { lang: 'en', dir: 'ltr' }, visible(text));
  const name = (/** @type {string} */ what, /** @type {string} */ prefix) => words[`${prefix}.${what}`] ?? what;
  /** @param {Answer['facts'][0]} fact */
  const line = ({ what, said, count }) => [`${name(what, 'fact')}${count ? ` (${count})` : ''}: `, english(said)];

  if (code) list(words.why, [[element('code', {}, code), ': ', english(answer.words ?? '')]]);
  list(
    words.why,
    reasons.map((reason) => [english(reason)]),
  );
  const differs = answer.answer === 'verified' && comparison?.other.length;
  if (answer.answer === 'verified' && !differs) more.append(element('p', {}, words.meaning));
  if (comparison && answer.answer !== 'refused') {
    list(
      words.differences,
      comparison.other.map(({ field, page, proved }) => [
        `${name(field, 'field')}: `,
        ...(page ? [`${words.pageSays} `, theirs(page)] : [words.pageLacks]),
        ...proved.slice(0, 3).flatMap((text, i) => [i ? ', ' : `; ${words.ledgerSays} `, theirs(text)]),
      ]),
    );
    const names = (/** @type {string[]} */ fields) =>
      [...new Set(fields.map((field) => name(field, 'field')))].join(', ');
    const [same, unknown] = [names(comparison.same), names(comparison.unknown)];
    list(words.agrees, same ? [[same]] : []);
    list(words.notCompared, unknown ? [[unknown]] : []);
  }
  list(words.checked, facts.filter(({ answer }) => answer === 'holds').map(line));
  list(words.notChecked, [
    ...facts.filter(({ answer }) => answer !== 'holds').map(line),
    ...notJudged.map(({ entry, code, why, decides }) => [
      element('code', {}, code),
      ` (#${entry}): `,
      english(why),
      decides ? '' : ` (${words.notDeciding})`,
    ]),
  ]);
  const word = differs ? 'differs' : answer.answer;
  const sign = { verified: '✓', refused: '✗', differs: '✗', 'cannot tell': '?' }[word];
  const sentences = [words[`short.${word}`]];
  if (word === 'verified') {
    for (const known of standing(answer)) sentences.push(words[`known.${known}`]);
    if (answer.approval === 'approved') sentences.push(words['known.approved']);
  }
  const { subject, size, withdrawn, corrected } = answer;
  const short = fill(sentences.join(' '), { entry: subject, size, withdrawn, corrected });
  return { sign, short, more };
}

/**
 * Where an answer goes: the short sentence into a live region, so that it is read out, and the rest after it.
 * @param {HTMLElement} section
 * @param {Words} words
 * @returns {(work: () => Promise<Shown>) => Promise<void>} does the work, and puts its answer there
 */
export function places(section, words) {
  const status = element('div', { role: 'status' });
  const details = element('div', {});
  section.append(status, details);
  return async (work) => {
    status.replaceChildren(element('p', {}, words.checking));
    details.replaceChildren();
    const { sign, short, more } = await work().catch((problem) => {
      const answer = /** @type {const} */ ('cannot tell');
      return shown({ answer, reasons: [String(problem)], facts: [], notJudged: [], entries: [] }, null, words);
    });
    const mark = element('span', { 'aria-hidden': 'true' }, `${sign} `);
    status.replaceChildren(element('p', { class: 'answer' }, mark, element('strong', {}, short)));
    details.replaceChildren(more);
  };
}

/**
 * Adds the button "check this page".
 * @param {HTMLElement} section
 * @param {Words} words
 * @param {() => Promise<Uint8Array>} load the dossier
 * @param {(bytes: Uint8Array, ledgerKey: string) => Promise<Answer>} verify
 */
export function checkThisPage(section, words, load, verify) {
  const { ledgerKey = '' } = section.dataset;
  const button = element('button', { type: 'button' }, words.checkThis);
  section.append(element('p', {}, button));
  const run = places(section, words);
  button.addEventListener('click', () =>
    run(async () => {
      const answer = await verify(await load(), ledgerKey);
      const record = JSON.parse(document.getElementById('record')?.textContent ?? '{}');
      const found = shown(answer, compare(document, record, answer), words);
      found.more.append(element('p', {}, `${words.keyOfPage} `, element('code', { dir: 'ltr' }, visible(ledgerKey))));
      return found;
    }),
  );
}

/**
 * What a dossier proves about its subject, for a reader who has no page beside it.
 * @param {Answer} answer
 * @param {Words} words
 */
export function summary(answer, words) {
  const says = proved(answer);
  const list = element('dl', {});
  const fields = 'claim rating meaning reasons limits text title publisher note signedBy organisation signed quotation';
  for (const field of fields.split(' ')) {
    const texts = (says[field] ?? []).filter((text) => text !== undefined);
    if (field === 'text' && says.claim) continue;
    for (const [i, text] of texts.entries()) {
      if (i === 0) list.append(element('dt', {}, words[`field.${field}`] ?? field));
      // These are the short names and the time of the log itself.
      const isOurs = /^(signed|signedBy|organisation)$/.test(field);
      const shown = isOurs ? element('bdi', {}, visible(String(text))) : theirs(String(text));
      list.append(element('dd', {}, typeof text === 'object' ? words.sealed : shown));
    }
  }
  return list;
}
