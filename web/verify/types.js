// What each type of statement asks for beside its signer's role: sources, claims, verdicts, attestations, disputes.
import { Refused, must, refuse } from './answer.js';
import { notCurrent } from './approval.js';
import { judgeCorroboration } from './corroboration.js';
import { openNote, readNote, readVerifierKey } from './note.js';
import { textOf } from './statement.js';
import { address } from './unicode.js';
import { utf8 } from './bytes.js';

/** @typedef {import('./judge.js').Case} Case */
/** @typedef {import('./log.js').Entry} Entry */

/**
 * Remembers bytes of a source; what has a text once keeps it.
 * @param {Case} c
 * @param {string} source
 * @param {string} digest
 * @param {boolean} text
 */
const remember = ({ log }, source, digest, text) =>
  log.blobs.set(`${source} ${digest}`, text || !!log.blobs.get(`${source} ${digest}`));
/** @param {Case} c @param {string} source @param {any} snapshot */
function snapshot(c, source, snapshot) {
  remember(c, source, snapshot.sha256, false);
  const text = textOf(snapshot);
  if (text) remember(c, source, text, true);
}
/**
 * Whether a source has bytes in one of its forms: undefined, or whether excerpts may quote them.
 * @param {Case} c
 * @param {Entry} source
 * @param {string} digest
 */
function blob({ log, size }, source, digest) {
  const found = log
    .forms(source, size)
    .map((form) => log.blobs.get(`${form.id} ${digest}`))
    .filter((text) => text !== undefined);
  return found.length ? found.includes(true) : undefined;
}
/** @param {Case} c @param {any} excerpt @param {Entry[]} sources */
const quotes = (c, excerpt, sources) =>
  c.unlessLacking(
    sources.some((source) => blob(c, source, excerpt.text)),
    'excerpt-not-of-source',
    'the capture that brought the text',
  );

/** @param {Case} c @param {Entry} thing */
const notOwn = (c, thing) =>
  must(!c.isPerson(thing), 'own-statement', `${c.entry.holder} is the author of #${thing.index}`);

/** The answer that ended a dispute. @param {Case} c @param {Entry} dispute */
const answerOf = ({ log, size }, dispute) =>
  log
    .about(dispute, 'dispute.answer', 'dispute', size)
    .find((by) => by.body.outcome !== 'reply' && log.stands(by, by.organisation, size));

/** @param {Case} c @param {Entry} dispute */
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

/** @type {Record<string, (c: Case) => void | Promise<void>>} */
export const TYPE_RULES = {
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
      roles.every((/** @type {string} */ role) => /^(editor|reviewer)$/.test(role)) &&
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
      scale.body.entries.some((/** @type {any} */ e) => e.code === body.rating),
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
    const identity = (/** @type {any} */ of) => JSON.stringify([of.author, of.claimText, of.url]);
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

/** Who withdraws what, where it is not an admin, editor or reviewer. @type {Record<string, string>} */
const WITHDRAWS = {
  'source.capture': 'importer reviewer',
  'source.transcribe': 'importer reviewer',
  'verdict.publish': 'editor',
  'snapshot.withhold': 'admin editor',
  'dispute.answer': 'editor reviewer',
};

/**
 * Once is enough; of a corrected statement only the newest form, except of a verdict.
 * @param {Case} c
 * @param {Entry} target
 */
const withdrawOnce = (c, target) =>
  c.ask('already-withdrawn', () => {
    const { withdrawn, successor } = c.log.endsFor(target, c.entry.organisation, c.size);
    must(!withdrawn, 'already-withdrawn', `#${target.index} was withdrawn before`);
    must(!successor || target.type === 'verdict.issue', 'reference-superseded', `#${target.index} was corrected`);
  });
