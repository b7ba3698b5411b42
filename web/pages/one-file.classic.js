// Made from web/pages/one-file.js of the repository of claimledger by web/join.mjs; read it there, with its remarks.
'use strict';
(() => {
const M = {};
M.check = (() => {
function element(name, attributes, ...inside) {
const made = document.createElement(name);
for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
made.append(...inside);
return made;
}
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const theirs = (text) =>
element(
'bdi',
{},
text.replace(/\s+/g, ' ').replace(UNSEEN, (c) => {
const code = Number(c.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0');
return `<U+${code}>`;
}),
);
const bare = (text) =>
text
.replace(/<(?:\d+ times )?U\+[0-9A-F]{4,6}>|<\d+ (?:spaces|empty lines|more marks)>/g, '')
.replace(UNSEEN, (c) => (c === '\n' || c === '\t' ? ' ' : ''))
.replace(/["“”„«»'‘’]/g, '')
.replace(/[\p{M}◌]/gu, '')
.replace(/\s+/g, ' ')
.trim();
const isSame = (one, other) => bare(one) === bare(other);
function proved({ entries, subject, approval }) {
const byId = new Map(entries.map((entry) => [entry.id, entry]));
const about = entries.find(({ index }) => index === subject);
if (!about) return {};
const { body, type } = about;
const says = {
id: [about.id],
entry: [about.index],
issued: [about.issued],
author: [about.holder],
organisation: [about.organisation],
withdrawn: entries.flatMap((by) => (by.type === 'withdraw' && by.body.target === about.id ? by.body.reason : [])),
corrected: entries.flatMap((by) => (by.body.correction?.supersedes === about.id ? by.index : [])),
quotation: entries.flatMap((by) => (by.body.excerpt ?? by.body.basis?.stated)?.quote ?? []),
source: entries.flatMap((by) => (by.type === 'source.add' ? by.body.title : [])),
};
for (const field of ['reasons', 'limits', 'text', 'title', 'publisher', 'note', 'how', 'reason'])
if (body[field]) says[field] = [body[field]];
const claim = type === 'claim.add' ? about : byId.get(body.claim);
if (claim) says.claim = entries.flatMap((by) => (by.type === 'claim.add' ? by.body.text : []));
if (type === 'verdict.issue') {
const scale = byId.get(body.scale)?.body;
const rating = scale?.entries.find(( one) => one.code === body.rating);
says.rating = [rating?.label ?? body.rating];
says.meaning = rating?.definition ? [rating.definition] : [];
says.approval = approval ? [approval] : [];
}
return says;
}
function compare(page, record, answer) {
const says = proved(answer);
const found = { same: [], other: [], unknown: [] };
const one = (field, shown) => {
const texts = says[field];
if (!texts) return;
if (texts.some((text) => typeof text !== 'object' && isSame(String(text), shown))) found.same.push(field);
else if (texts.some((text) => typeof text === 'object')) found.unknown.push(field);
else found.other.push({ field, page: shown, proved: texts.map(String) });
};
for (const place of page.querySelectorAll('[data-field]'))
one(place.getAttribute('data-field') ?? '', place.getAttribute('datetime') ?? place.textContent ?? '');
for (const [field, value] of Object.entries(record))
for (const item of Array.isArray(value) ? value : [value])
if (typeof item === 'string' || typeof item === 'number') one(field, String(item));
for (const field of ['rating', 'withdrawn', 'corrected'])
if (says[field]?.length && !page.querySelector(`[data-field="${field}"]`))
found.other.push({ field, page: '', proved: says[field].map(String) });
found.same = [...new Set(found.same)];
return found;
}
function shown(answer, comparison, words) {
const { code, reasons, notJudged, facts } = answer;
const more = document.createDocumentFragment();
const list = (title, items) => {
if (!items.length) return;
more.append(element('h3', {}, title), element('ul', {}, ...items.map((item) => element('li', {}, ...item))));
};
const english = (text) => element('span', { lang: 'en', dir: 'ltr' }, theirs(text));
const name = ( what,  prefix) => words[`${prefix}.${what}`] ?? what;
const line = ({ what, said, count }) => [`${name(what, 'fact')}${count ? ` (${count})` : ''}: `, english(said)];
if (code) list(words.why, [[element('code', {}, code), ': ', english(answer.words ?? '')]]);
list(
words.why,
reasons.map((reason) => [english(reason)]),
);
const differs = answer.answer === 'verified' && comparison?.other.length;
if (comparison && answer.answer !== 'refused') {
list(
words.differences,
comparison.other.map(({ field, page, proved }) => [
`${name(field, 'field')}: `,
...(page ? [`${words.pageSays} `, element('q', {}, theirs(page)), '; '] : [`${words.pageLacks}; `]),
`${words.ledgerSays} `,
...(proved.length
? proved.slice(0, 3).flatMap((text, i) => [i ? ', ' : '', element('q', {}, theirs(text))])
: [words.nothing]),
]),
);
const same = comparison.same.map((field) => name(field, 'field')).join(', ');
list(words.agrees, same ? [[same]] : []);
list(
words.heldBack,
comparison.unknown.map((field) => [name(field, 'field')]),
);
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
const short = fill(words[`short.${word}`], { entry: answer.subject ?? '?', size: answer.size ?? '?' });
return { sign, short, more };
}
function put(status, details, { sign, short, more }) {
status.replaceChildren(
element(
'p',
{ class: 'answer' },
element('span', { 'aria-hidden': 'true' }, `${sign} `),
element('strong', {}, short),
),
);
details.replaceChildren(more);
}
function summary(answer, words) {
const says = proved(answer);
const list = element('dl', {});
for (const field of [
'claim',
'rating',
'meaning',
'reasons',
'limits',
'text',
'title',
'note',
'author',
'organisation',
'issued',
'approval',
'withdrawn',
'corrected',
'quotation',
]) {
const texts = (says[field] ?? []).filter((text) => text !== undefined);
if (field === 'text' && says.claim) continue;
for (const [i, text] of texts.entries()) {
if (i === 0) list.append(element('dt', {}, words[`field.${field}`] ?? field));
list.append(element('dd', {}, typeof text === 'object' ? words.sealed : theirs(String(text))));
}
}
return list;
}
return { element, fill, theirs, proved, compare, shown, put, summary };
})();
M.one_file = (() => {
const { compare, element, put, shown } = M.check;
const block = (id) => document.getElementById(id)?.textContent ?? '';
const section =  (document.getElementById('check'));
const words = JSON.parse(block('words'));
const button = element('button', { type: 'button' }, words.checkThis);
const status = element('div', { role: 'status' });
const details = element('div', {});
section.append(element('p', {}, button), status, details);
button.addEventListener('click', async () => {
status.replaceChildren(element('p', {}, words.checking));
details.replaceChildren();
const bytes = Uint8Array.from(atob(block('dossier').trim()), (c) => c.charCodeAt(0));
const answer = await globalThis.verifyDossier(bytes, { ledgerKey: section.dataset.ledgerKey });
put(status, details, shown(answer, compare(document, JSON.parse(block('record')), answer), words));
});
return {  };
})();
})();
