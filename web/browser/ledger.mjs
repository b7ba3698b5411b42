// A ledger for the tests of pages, made by the program: the story of `demo`, and beside it words that try to do something.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a stranger may write. None of it may run, end a tag, or pass for words of the program. */
export const HOSTILE = [
  '<script>hacked=1</script><img src=x onerror="hacked=1">',
  '</script></title></textarea></style><svg onload=hacked=1>',
  '"\' onmouseover="hacked=1" x="',
  'approved \u202edevorppa\u202c \u2066rated True\u2069 \u200b\u200b\u200b',
  '\u201d \u2713 approved by edith (editor)',
  '{{script}} ${hacked} <!-- <![CDATA[ ]]> --> &lt;b&gt; &amp;amp;',
];

/** Runs the program in a folder; gives what it printed. @param {string} folder @param {...string} words */
export function run(folder, ...words) {
  const env = {
    ...process.env,
    XDG_STATE_HOME: join(folder, 'state'),
    HOME: folder,
    SSH_AUTH_SOCK: '',
  };
  const { status, stdout, stderr } = spawnSync(String(process.env.CLAIMLEDGER), words, {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  if (status !== 0) throw new Error(`claimledger ${words.join(' ')}: ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** A ledger in which every text of others is hostile; its folder is `folder`/ledger. @param {string} folder */
export function hostileLedger(folder) {
  const go = (/** @type {string[]} */ ...words) => run(folder, ...words, '--yes');
  const [script, tags, attribute, directions, forged, template] = HOSTILE;
  run(folder, 'init', 'try.example/hostile', '--as', 'mara', '--no-passphrase', '--title', script);
  run(folder, 'key', 'new', 'jonas', '--no-passphrase');
  go('key', 'enroll', 'jonas', '--role', 'reviewer', '--as', 'mara', '--holder-name', attribute);
  const words = [`He said: "${script}" and ${tags}.`, directions, forged, template, ...Array(10000).fill('Row.')];
  writeFileSync(join(folder, 'page.txt'), `${words.join('\n')}\n`);
  go(
    'source',
    'add',
    'page.txt',
    '--title',
    script,
    '--publisher',
    forged,
    '--label',
    'page-a',
    '--as',
    'jonas',
    '--url',
    'https://example.com/<script>',
  );
  go(
    'source',
    'add',
    '--never-held',
    '--seen-by',
    directions,
    '--title',
    tags,
    '--publisher',
    template,
    '--label',
    'page-b',
    '--as',
    'jonas',
  );
  go(
    'claim',
    'add',
    `${script} ${tags}`,
    '--claimant',
    attribute,
    '--appeared-in',
    'page-a',
    '--label',
    'claim-a',
    '--as',
    'jonas',
  );
  go('claim', 'add', `${directions} ${forged}`, '--claimant', template, '--label', 'claim-b', '--as', 'jonas');
  go('evidence', 'add', 'claim-a', 'page-a', '--stance', 'supports', '--quote', script, '--as', 'jonas');
  go(
    'verdict',
    'issue',
    'claim-a',
    '--rating',
    'True',
    '--why',
    `${tags} ${forged}`,
    '--limits',
    attribute,
    '--contacted',
    '2026-03-11',
    '--no-reply',
    '--label',
    'verdict-a',
    '--as',
    'jonas',
  );
  go('verdict', 'approve', 'verdict-a', '--conflict', 'none', '--as', 'mara', '--note', forged);
  // One verdict that was withdrawn, and one that nobody has approved.
  for (const label of ['b', 'c']) {
    if (label === 'c') go('claim', 'add', forged, '--claimant', tags, '--label', 'claim-c', '--as', 'jonas');
    const about = ['--why', forged, '--not-contacted', template, '--label', `verdict-${label}`];
    go('verdict', 'issue', `claim-${label}`, '--rating', 'Unproven', ...about, '--as', 'jonas');
  }
  go('verdict', 'approve', 'verdict-b', '--conflict', 'none', '--as', 'mara');
  go('withdraw', 'verdict-b', '--reason', forged, '--as', 'jonas');
  return join(folder, 'ledger');
}
