// Corroboration, method 1: a verdict's numbers are computed again from the statements of the file. docs/format.md.
import { CannotTell, must } from './answer.js';
import { join, sha256, toHex } from './bytes.js';
import { isSameOrigin } from './select.js';
import { address, isSameWords } from './unicode.js';

/** @typedef {import('./log.js').Entry} Entry */
/** @typedef {import('./log.js').Log} Log */
/** @typedef {import('./judge.js').Case} Case */
/** @typedef {{from: Entry, to: Entry, kind: string, id: string}} Relation */
/** @typedef {{source: Entry, via: Entry[], stance: string, id: string}} Evidence */

/**
 * What a verdict of an organisation would record as of a size.
 * @param {Log} log
 * @param {string} own
 * @param {Entry} claim
 * @param {number} size
 */
export async function corroboration(log, own, claim, size) {
  const graph = gather(log, own, claim, size);
  const [refutation, support] = ['refutes', 'supports'].map((stance) => count(graph, stance));
  return { inputs: await digest(graph.ids), refutation, support };
}

/** @param {Case} c @param {Entry} claim */
export async function judgeCorroboration(c, claim) {
  const { body, entry, log, size } = c;
  const { method, inputs } = body.corroboration;
  const seen = Number(entry.seen?.size);
  must(method === 1, 'corroboration-method', 'a method that these rules do not know');
  must(claim.index < seen, 'claim-not-seen', 'its author had not seen the claim');
  /** @param {Record<string, any>} found */
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

/** @param {Set<string>} ids */
const digest = async (ids) => {
  const bytes = [...ids].sort().map((id) => Uint8Array.from(id.match(/../g) ?? [], (hex) => parseInt(hex, 16)));
  return toHex(await sha256(join('claimledger/corroboration/v1\n', ...bytes)));
};

/**
 * The graph of a claim as of a size, with all that makes the inputs.
 * @param {Log} log
 * @param {string} own
 * @param {Entry} claim
 * @param {number} size
 */
function gather(log, own, claim, size) {
  const policy = log.policy(own, size, size);
  const counted = [own, ...(policy?.body.evidenceFrom ?? [])];
  const wordings = log.sameClaim(claim, size);
  /** @param {Entry} by @param {Entry} about */
  const counts = (by, about) =>
    counted.includes(by.organisation) && log.follows(by.organisation, about, claim, size) && log.isLive(by, own, size);
  /** @param {string} id */
  const newest = (id) => log.newest(log.at(id), own, size);
  /** @param {string} type */
  const about = (type) =>
    wordings.flatMap((form) =>
      log.about(form, type, 'claim', size).filter((by) => by.body.stance !== 'notFound' && counts(by, form)),
    );

  const ids = new Set([claim.id]);
  if (policy) ids.add(policy.id);
  /** @type {Evidence[]} */
  const evidence = [];
  const within = new Set(/** @type {Entry[]} */ ([]));
  for (const { id, body } of about('evidence.add').filter(({ body }) => /^(supports|refutes)$/.test(body.stance))) {
    const source = newest(body.source);
    if (!source) continue;
    const via = (body.via ?? []).map(newest).filter((/** @type {Entry | undefined} */ up) => up && up !== source);
    evidence.push({ source, via, stance: body.stance, id });
    ids.add(id);
    for (const reached of [source, ...via]) within.add(reached);
  }
  /** @type {Relation[]} */
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
  /** @type {Map<Entry, string[]>} */
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

/** What is reached from each place, itself included. @param {Set<number>[]} steps */
const reach = (steps) =>
  steps.map((_, start) => {
    const found = new Set([start]);
    for (const at of found) for (const to of steps[at]) found.add(to);
    return found;
  });

/** The numbers of one side. @param {ReturnType<typeof gather>} graph @param {string} stance */
function count(graph, stance) {
  const { sources, appeared, assessed, about } = graph;
  const isAssessed = (/** @type {Entry} */ s, /** @type {RegExp} */ kind) =>
    (assessed.get(s) ?? []).some((found) => kind.test(found));
  const isOwnWord = (/** @type {Entry} */ s) => isAssessed(s, /laimant/);
  const isFirstHand = (/** @type {Entry} */ s) => isAssessed(s, /^firstHand/) && !isAssessed(s, /laimant|^not/);

  // Units: sources of one origin, and one address with the same bytes.
  /** @type {Map<Entry, number>} */
  const unitOf = new Map(sources.map((source, i) => [source, i]));
  const unite = (/** @type {Entry} */ a, /** @type {Entry} */ b) => {
    const [one, other] = [unitOf.get(a), unitOf.get(b)];
    for (const [source, unit] of unitOf) if (unit === other) unitOf.set(source, /** @type {number} */ (one));
  };
  for (const { from, to, kind } of graph.relations) if (isSameOrigin(kind)) unite(from, to);
  /** @type {Map<string, Entry>} */
  const recorded = new Map();
  for (const source of sources) {
    const { url, capture } = source.body;
    if (!url) continue;
    const place = `${capture.captured?.sha256} ${address(url)}`;
    const first = recorded.get(place);
    if (first) unite(first, source);
    else recorded.set(place, source);
  }
  const unit = (/** @type {Entry} */ source) => /** @type {number} */ (unitOf.get(source));
  const members = sources.map((_, i) => sources.filter((source) => unit(source) === i));
  const own = members.map((all) => all.some(isOwnWord));
  const firstHand = members.map((all, i) => !own[i] && all.some(isFirstHand));

  // The walk, and what leans on what.
  const sets = () => sources.map(() => /** @type {Set<number>} */ (new Set()));
  const [via, depends] = [sets(), sets()];
  const documents = new Set(/** @type {number[]} */ ([]));
  for (const evidence of graph.evidence.filter((e) => e.stance === stance)) {
    const from = unit(evidence.source);
    documents.add(from);
    for (const up of evidence.via) if (unit(up) !== from) via[from].add(unit(up));
  }
  for (const { from, to, kind } of graph.relations)
    if (kind !== VOUCH && !isSameOrigin(kind) && unit(from) !== unit(to)) depends[unit(from)].add(unit(to));
  const steps = via.map((up, i) =>
    own[i] || firstHand[i] ? new Set(/** @type {number[]} */ ([])) : up.size ? up : depends[i],
  );
  const leaning = reach(via.map((up, i) => new Set([...up, ...depends[i]])));
  const leans = (/** @type {number} */ a, /** @type {number} */ b) => leaning[a].has(b) || leaning[b].has(a);
  const walks = reach(steps);
  const reached = new Set([...documents].flatMap((start) => [...walks[start]]));
  const isCircle = (/** @type {number} */ at) => walks[at].size > 1 && [...walks[at]].every((to) => walks[to].has(at));
  const circular = [...reached].filter((at) => isCircle(at) && at === Math.min(...walks[at])).length;
  const roots = [...reached].filter((at) => !steps[at].size);
  const isAppearance = (/** @type {number} */ at) =>
    about !== 'utterance' && members[at].some((source) => !assessed.has(source) && appeared.includes(source));
  const ownWord = roots.filter((at) => own[at] || (!firstHand[at] && isAppearance(at)));
  const first = roots.filter((at) => firstHand[at]);
  const untraced = roots.length - ownWord.length - first.length;

  // Vouches that stand, and who may represent a root.
  const vouches = new Set(
    graph.relations
      .filter(({ from, to, kind }) => kind === VOUCH && !leans(unit(from), unit(to)))
      .flatMap(({ from, to }) => [`${from.id} ${to.id}`, `${to.id} ${from.id}`]),
  );
  const vouched = (/** @type {Entry} */ a, /** @type {Entry} */ b) => vouches.has(`${a.id} ${b.id}`);
  const open = sources.filter((source) => roots.includes(unit(source)) && !ownWord.includes(unit(source)));
  const isVouched = (/** @type {Entry} */ source) => open.some((other) => vouched(source, other));
  const others = open.filter((source) => !isFirstHand(source) && isVouched(source));
  must(others.length <= 12, 'corroboration-too-large', 'vouches join more than 12 sources that are not first-hand');
  const witnesses = open.filter((source) => firstHand[unit(source)] && isFirstHand(source));
  if (witnesses.length > 300) throw new CannotTell('more than 300 first-hand sources of one side');
  const mayBeOne = (/** @type {Entry} */ { body: a }, /** @type {Entry} */ { body: b }) =>
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
  const fits = (/** @type {Entry} */ a, /** @type {Entry} */ b) =>
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

/**
 * The size of the largest set in which every two fit.
 * @template T
 * @param {T[]} things
 * @param {(a: T, b: T) => boolean} fits
 */
function largest(things, fits) {
  const apart = things.map((a, i) => new Set(things.flatMap((b, j) => (i !== j && !fits(a, b) ? j : []))));
  let tries = 0;
  /** @param {number[]} open @returns {number} */
  const search = (open) => {
    if (!open.length) return 0;
    if (++tries > 20000) throw new CannotTell('a search that takes too long here');
    const degree = (/** @type {number} */ at) => open.filter((other) => apart[at].has(other)).length;
    const by = open.map((at) => ({ at, degree: degree(at) })).sort((a, b) => a.degree - b.degree);
    const without = (/** @type {number} */ at) => open.filter((other) => other !== at && !apart[at].has(other));
    if (by[0].degree < 2) return 1 + search(without(by[0].at));
    const { at } = by[by.length - 1];
    return Math.max(1 + search(without(at)), search(open.filter((other) => other !== at)));
  };
  return search(things.map((_, i) => i));
}
