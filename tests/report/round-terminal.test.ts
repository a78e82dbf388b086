import { describe, expect, it } from 'vitest';
import type { Act, RoundStatus } from '../../src/core/round.ts';
import { roundLines, roundText, statusText } from '../../src/report/round-terminal.ts';
import type { Lang } from '../../src/report/voice.ts';
import { anAct, aReaudit, aRound } from '../storage/fixtures.ts';

const ROUND = aRound({ id: '1405-q3', names: { fa: 'پاییز ۱۴۰۵', en: 'Autumn 1405' } });
const aStatus = (change: Partial<RoundStatus> = {}): RoundStatus => ({
  round: ROUND,
  organizations: { waiting: 3, active: 1, done: 100, failed: 1 },
  stepsLeft: { crawls: 4, probes: 56 },
  next: '2026-11-25T19:00:00.000Z',
  last: '2026-12-09T01:30:00.000Z',
  workers: [],
  failures: [],
  looks: 12345,
  refusing: [],
  open: {},
  verdicts: 0,
  decided: 0,
  outdated: 0,
  silent: [],
  reaudits: [],
  ...change,
});
const status = (change: Partial<RoundStatus> = {}, lang: Lang = 'en', calendar: 'jalali' | 'gregorian' = 'jalali') =>
  statusText(aStatus(change), lang, calendar).trimEnd().split('\n');
const ISOLATES = /[\u2066-\u2069]/;
/** What turns the reading around, and other controls than the ends of lines. */
const DISTURBING = /[\u202a-\u202e]|(?!\n)\p{Cc}/u;
/** Everything that a status may tell. */
const FULL: Partial<RoundStatus> = {
  workers: [{ worker: 'host:12:abc', organizations: ['tax', 'post'] }],
  failures: [{ organization: 'roads', error: 'the disk is full' }],
  refusing: [{ host: 'www.tax.example', organizations: ['tax'], why: 'wall', looks: 12, of: 34 }],
  open: { unclear: 7, blocked: 1200 },
  verdicts: 4000,
  decided: 15,
  outdated: 2,
  silent: ['ports'],
  reaudits: [aReaudit({ organization: 'tax' })],
};
const ACTS: readonly Act[] = [
  anAct(),
  anAct({ kind: 'reviewing', note: 'enough' }),
  anAct({ kind: 'cooperation', organization: 'tax', status: 'withdrawn', by: 'Reza' }),
  anAct({ kind: 'profile', organization: 'tax', service: 't-1', profile: ['INFO', 'NOFEE'] }),
  anAct({ kind: 'profile', organization: 'tax', service: 't-1', profile: [] }),
  anAct({ kind: 'preview' }),
  anAct({ kind: 'published' }),
];

describe('the status of a round', () => {
  it('calls a round outside the calendar once, by its id, which a Persian line leaves as it is', () => {
    const trial = { ...ROUND, id: '1405-q3', names: { fa: '1405-q3', en: '1405-q3' } };
    expect(status({ round: trial })[0]).toBe('1405-q3  [open]');
    expect(status({ round: trial }, 'fa')[0]).toBe('\u20681405-q3\u2069  [در حال گردآوری]');
  });

  it('says how far it is, what is left and until when, and what to do', () => {
    expect(status()).toEqual([
      '1405-q3  Autumn 1405  [open]',
      'Organizations: 100 of 105 done, 1 under way, 3 waiting, 1 failed',
      'Left: 4 crawls and 56 looks at availability; 12,345 looks are stored',
      'Next step: Wednesday 25 November 2026, 22:30 Tehran time · last planned step: Wednesday 9 December 2026, 05:00 Tehran time',
      'Next: rasad work 1405-q3',
    ]);
  });

  it('says it in Persian with Persian digits and the calendar of the country', () => {
    expect(status({}, 'fa').map((line) => line.replaceAll(new RegExp(ISOLATES, 'g'), ''))).toEqual([
      '1405-q3  پاییز ۱۴۰۵  [در حال گردآوری]',
      'دستگاه‌ها: ۱۰۰ از ۱۰۵ تمام، ۱ در دست، ۳ در انتظار، ۱ ناموفق',
      'مانده: ۴ بازدید کامل و ۵۶ سنجش دسترسی؛ تا اینجا ۱۲٬۳۴۵ صفحه دیده شد',
      'گام بعدی: چهارشنبه ۴ آذر ۱۴۰۵، ساعت ۲۲:۳۰ به وقت تهران · آخرین گام برنامه: چهارشنبه ۱۸ آذر ۱۴۰۵، ساعت ۰۵:۰۰ به وقت تهران',
      'گام بعد: rasad work 1405-q3',
    ]);
  });

  it('keeps the Gregorian calendar of another country, also in Persian', () => {
    expect(status({}, 'fa', 'gregorian')[3]).toContain('چهارشنبه ۲۵ نوامبر ۲۰۲۶، ساعت ۱۹:۰۰ به وقت جهانی');
  });

  it('says nothing of times when nothing is planned', () => {
    expect(status({ next: null, last: null })).toHaveLength(4);
  });

  it('names workers, failures, verdicts, decisions that came undone, and silent portals', () => {
    expect(status(FULL).slice(4)).toEqual([
      'Worker host:12:abc: tax, post',
      'Verdicts: 4,000, 15 of them by people; open: Unclear 7, Blocked 1,200',
      '2 decisions are to be taken again, because what was seen has changed since.',
      'Hosts that did not let themselves be read:',
      '  www.tax.example  a firewall or challenge of the site  12 of 34 looks',
      'The portals of these answered less than half of the times; a person may call them unreachable: ports',
      'Failed: roads: the disk is full',
      'Re-audit of tax (again), asked for by Sara at Saturday 21 March 2026, 11:35 Tehran time: They say that it was mended. · waits for a decision',
      'Next: rasad work 1405-q3',
    ]);
  });

  it('says in the language of the reader why a host was not read', () => {
    expect(status(FULL, 'fa').find((line) => line.includes('www.tax.example'))).toContain(
      'دیوار امنیتی یا صفحه چالش سایت',
    );
  });

  it('has no verdict open when none is', () => {
    expect(status({ verdicts: 5 })[4]).toBe('Verdicts: 5, 0 of them by people; open: none');
    expect(status({ verdicts: 5 }, 'fa')[4]).toBe('داوری‌ها: ۵، از آن‌ها ۰ به دست افراد؛ باز: هیچ');
  });

  it('lists ten hosts and counts the others', () => {
    const refusing = Array.from({ length: 13 }, (_, n) => ({
      host: `h${n}.example`,
      organizations: ['tax'],
      why: 'dns',
      looks: 1,
      of: 2,
    }));
    const lines = status({ refusing });
    expect(lines.filter((line) => line.includes('.example'))).toHaveLength(10);
    expect(lines).toContain('  and 3 more (--json has all)');
    expect(status({ refusing }, 'fa')).toContain('  و ۳ میزبان دیگر (--json همه را می‌دهد)');
  });

  it.each([
    ['open', { waiting: 1, active: 0 }, 'rasad work 1405-q3'],
    ['open', { waiting: 0, active: 1 }, 'rasad work 1405-q3'],
    ['open', { waiting: 0, active: 0 }, 'rasad round review 1405-q3'],
    ['reviewing', { waiting: 1, active: 0 }, 'rasad round preview 1405-q3'],
    ['preview', { waiting: 0, active: 0 }, 'rasad round publish 1405-q3'],
    ['published', { waiting: 0, active: 0 }, 'rasad round verify 1405-q3'],
  ] as const)('ends with what comes next: of one that is %s, with %o left, `%s`', (state, left, command) => {
    const organizations = { done: 1, failed: 0, ...left };
    expect(status({ round: { ...ROUND, state }, organizations }).at(-1)).toBe(`Next: ${command}`);
  });

  it('isolates names of another script in Persian lines, and nothing in English ones', () => {
    expect(statusText(aStatus(FULL), 'en', 'jalali')).not.toMatch(ISOLATES);
    const persian = statusText(aStatus(FULL), 'fa', 'jalali');
    for (const name of [
      '1405-q3',
      'host:12:abc',
      'tax',
      'post',
      'www.tax.example',
      'roads',
      'ports',
      'the disk is full',
      'again',
      'Sara',
    ])
      // prettier-ignore
      expect(persian).toContain(`\u2068${name}\u2069`);
    expect(persian.split('\u2068').length).toBe(persian.split('\u2069').length);
  });

  it('lets no name or error disturb the lines', () => {
    const hostile = 'x\u001b[31m\u202eevil\u2069';
    const change: Partial<RoundStatus> = {
      refusing: [{ host: hostile, organizations: ['tax'], why: 'dns', looks: 1, of: 1 }],
      failures: [{ organization: 'tax', error: hostile }],
      reaudits: [aReaudit({ by: hostile, reason: hostile })],
    };
    for (const nothing of [DISTURBING, ISOLATES])
      expect(statusText(aStatus(change), 'en', 'jalali')).not.toMatch(nothing);
    const persian = statusText(aStatus(change), 'fa', 'jalali');
    expect(persian).not.toMatch(DISTURBING);
    expect(persian.split('\u2068').length).toBe(persian.split('\u2069').length);
  });
});

describe('the list of rounds', () => {
  const rounds = [
    ROUND,
    aRound({ id: '1405-q2', names: { fa: 'تابستان ۱۴۰۵', en: 'Summer 1405' }, state: 'published', publishedAt: '2026-10-01T21:00:00.000Z' }), // prettier-ignore
  ];

  it('has one line a round, with the day of its publication', () => {
    expect(roundLines(rounds, 'en', 'jalali')).toBe(
      '1405-q3  Autumn 1405  [open]\n1405-q2  Summer 1405  [published]  Friday 2 October 2026\n',
    );
    expect(roundLines(rounds, 'fa', 'jalali').replaceAll(new RegExp(ISOLATES, 'g'), '')).toBe(
      '1405-q3  پاییز ۱۴۰۵  [در حال گردآوری]\n1405-q2  تابستان ۱۴۰۵  [منتشرشده]  جمعه ۱۰ مهر ۱۴۰۵\n',
    );
  });
});

describe('what was done in a round', () => {
  it('is told in order, with who did it, when, and what they said', () => {
    const lines = roundText(ROUND, ACTS, [], 'en', 'jalali').trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual(['1405-q3  Autumn 1405  [open]', 'Edition of the method: t1']);
    expect(lines.slice(2).map((line) => line.replace('  Saturday 21 March 2026, 11:30 Tehran time  ', ''))).toEqual([
      'Sara  opened the round',
      'Sara  ended the looking: enough',
      'Reza  tax is withdrawn',
      'Sara  profile of service t-1 (tax): INFO NOFEE',
      'Sara  profile of service t-1 (tax): none',
      'Sara  began the preview',
      'Sara  published',
    ]);
  });

  it('is told in Persian', () => {
    const text = roundText(ROUND, ACTS, [], 'fa', 'jalali').replaceAll(new RegExp(ISOLATES, 'g'), '');
    expect(text).toContain('  شنبه ۱ فروردین ۱۴۰۵، ساعت ۱۱:۳۰ به وقت تهران  Sara  گردآوری را پایان داد: enough\n');
    expect(text).toContain('وضعیت همکاری tax: withdrawn\n');
    expect(text).toContain('نمایه خدمت t-1 (tax): هیچ\n');
  });

  it('names what a revision corrects, and why, and the root of what is published', () => {
    const revision = aRound({ id: 'r.2', revises: 'r', reason: 'A rule was wrong.', state: 'published', publishedAt: '2026-10-01T08:00:00.000Z', rootHash: 'f00' }); // prettier-ignore
    expect(roundText(revision, [], [], 'en', 'jalali').split('\n').slice(1, 4)).toEqual([
      'Revises r: A rule was wrong.',
      'Edition of the method: t1',
      'Root of the chain: f00',
    ]);
    expect(roundText(revision, [], [], 'fa', 'jalali')).toContain('بازنگری \u2068r\u2069: A rule was wrong.\n');
    expect(roundText(ROUND, [], [], 'en', 'jalali')).not.toContain('Root');
  });

  it.each([
    [null, 'waits for a decision', 'در انتظار تصمیم'],
    [{ accepted: true, by: 'Reza', at: '', note: '' }, 'accepted by Reza', 'پذیرفته \u2068Reza\u2069'],
    [{ accepted: false, by: 'Reza', at: '', note: '' }, 'refused by Reza', 'رد شده \u2068Reza\u2069'],
  ])('says what became of an audit on demand (%o)', (decision, english, persian) => {
    const reaudits = [aReaudit({ decision })];
    expect(roundText(ROUND, [], reaudits, 'en', 'jalali').trimEnd()).toMatch(new RegExp(` · ${english}$`));
    expect(roundText(ROUND, [], reaudits, 'fa', 'jalali').trimEnd()).toMatch(new RegExp(` · ${persian}$`));
  });

  it('has no isolates in English', () => {
    const revision = aRound({ revises: 'q', reason: 'x', rootHash: 'f00' });
    expect(roundText(revision, ACTS, [aReaudit()], 'en', 'jalali')).not.toMatch(ISOLATES);
  });

  it('lets nothing that people wrote turn the reading around', () => {
    const hostile = '\u202e\u001b]0;title\u0007';
    const text = roundText(aRound({ revises: 'q', reason: hostile }), [anAct({ note: hostile, by: hostile })], [aReaudit({ reason: hostile })], 'en', 'jalali'); // prettier-ignore
    expect(text).not.toMatch(DISTURBING);
  });
});
