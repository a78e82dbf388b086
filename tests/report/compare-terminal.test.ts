import { describe, expect, it } from 'vitest';
import { compareRounds, type Pair, type Sight } from '../../src/core/compare.ts';
import type { Service, Verdict } from '../../src/core/model.ts';
import { comparisonTable, type ComparisonOptions } from '../../src/report/compare-terminal.ts';
import { cellWidth } from '../../src/report/table-text.ts';
import type { Lang } from '../../src/report/voice.ts';
import { aFinding, anOrganization, aService, EDITION, INDICATORS } from './sample.ts';

const OPTIONS: ComparisonOptions = {
  width: 110,
  color: false,
  calendar: 'jalali',
  rounds: { before: { fa: 'دور چهارم', en: 'Round 4' }, after: { fa: 'دور پنجم', en: 'Round 5' } },
};

/** An organization judged by its contact details alone, or by them and one service: 0, 50 or 100 points. */
const sight = (id: string, verdict: Verdict, change: Parameters<typeof anOrganization>[1] = {}, services: readonly Service[] = []): Sight => {
  const machine = [
    aFinding({ organization: id, verdict }),
    ...services.map((own) => aFinding({ organization: id, service: own.id, rule: 'presence/steps-published', verdict })),
  ];
  return { organization: anOrganization(id, change), services, machine, settled: machine };
}; // prettier-ignore
const pair = (before: Sight | null, after: Sight | null): Pair => ({
  before,
  after,
  bridge: before && after && { beforeByEarlier: before.machine, afterByEarlier: after.machine, afterByLater: after.machine, beforeByLater: before.machine },
}); // prettier-ignore

/** One rose, one fell within the noise, one was not seen before, one went and one came. */
const PAIRS: readonly Pair[] = [
  pair(sight('post', 'pass', { names: { fa: 'شرکت پست', en: 'Agency post' } }), sight('post', 'partial', { names: { fa: 'پست ملی', en: 'National post' } })),
  pair(sight('tax', 'fail'), sight('tax', 'pass')),
  pair(sight('water', 'blocked'), sight('water', 'pass')),
  pair(sight('ports', 'pass'), null),
  pair(null, sight('roads', 'partial')),
]; // prettier-ignore

async function printed(
  lang: Lang = 'en',
  options: Partial<ComparisonOptions> = {},
  pairs: readonly Pair[] = PAIRS,
): Promise<string> {
  const data = await compareRounds(
    pairs,
    { before: EDITION, after: { ...EDITION, id: 't2' }, catalogue: INDICATORS },
    { noise: (id) => (id === 'post' ? { low: -110, high: 10 } : null) },
  );
  return comparisonTable(data, lang, { ...OPTIONS, ...options });
}
const table = async (...asked: Parameters<typeof printed>): Promise<string[]> =>
  (await printed(...asked)).trimEnd().split('\n');
const after = (lines: readonly string[], title: string): string[] => {
  const from = lines.indexOf(title);
  return from < 0 ? [] : lines.slice(from + 1, lines.indexOf('', from));
};
const cells = (line: string): string[] => line.trim().split(/\s{2,}/);

describe('comparisonTable', () => {
  it('ends its last line', async () => {
    expect(await printed()).toMatch(/[^\n]\n$/);
  });

  it('names both rounds with their editions, each kept to itself in Persian', async () => {
    expect((await table())[0]).toBe('Round 4 (t1) → Round 5 (t2)');
    expect((await table('fa'))[0]).toBe(
      'از \u2068دور چهارم\u2069 (\u2068t1\u2069) تا \u2068دور پنجم\u2069 (\u2068t2\u2069)',
    );
  });

  it('has one line an organization, the largest growth first, then the means', async () => {
    const lines = await table();
    expect(lines.slice(2, 9).map(cells)).toEqual([
      ['Before', 'After', 'Growth', 'Real', 'Edition', 'Coverage', 'Review', 'Organization'],
      ['0.00', '100.00', '+100.00', '+100.00', '0.00', '0.00', '0.00', 'Agency tax'],
      ['100.00', '50.00', '−50.00', '≈', '−50.00', '0.00', '0.00', '0.00', 'National post'],
      ['0–100', '100.00', '–', '–', '–', '–', '–', 'Agency water'],
      [''],
      // tax and post: 50 → 75
      ['50.00', '75.00', '+25.00', '+25.00', '0.00', '0.00', '0.00', 'Mean of the 2 in both rounds'],
      // with ports before: 200 / 3; with water and roads after: 300 / 4
      ['66.67', '75.00', '+8.33', '+25.00', '0.00', '−16.67', '0.00', 'Mean of all: 3, then 4'],
    ]);
  });

  it('lists risers and fallers, who came, who went and who has another name', async () => {
    const lines = await table();
    expect(after(lines, 'Risers by real change').map(cells)).toEqual([['+100.00', 'Agency tax']]);
    expect(after(lines, 'Fallers by growth of the score').map(cells)).toEqual([['−50.00', '≈', 'National post']]);
    expect(after(lines, 'New: 1').map(cells)).toEqual([['50.00', 'Agency roads']]);
    expect(after(lines, 'Gone: 1').map(cells)).toEqual([['100.00', 'Agency ports']]);
    expect(after(lines, 'Renamed: 1')).toEqual(['National post', '  before: Agency post']);
  });

  it('shows the names of the other language where only these changed', async () => {
    const lines = await table('en', {}, [pair(sight('a', 'pass'), sight('a', 'pass', { names: { fa: 'نام تازه', en: 'Agency a' } }))]); // prettier-ignore
    expect(after(lines, 'Renamed: 1')).toEqual(['نام تازه', '  before: سازمان a']);
  });

  it('explains its words, its marks and what has no growth', async () => {
    const text = (await table()).join('\n');
    expect(text).toContain('Growth = real + edition + coverage + review.');
    expect(text).toContain('≈ (1): the two scores cannot be told apart from no change.');
    expect(text).toContain('Without growth, 1: the score of a round is withheld');
    expect(text).not.toContain('Unsplit');
    expect((await table('fa')).join('\n')).toContain('≈ (۱ دستگاه): تفاوت دو امتیاز از «بی‌تغییر» بازشناخته نمی‌شود.');
  });

  it('leaves out the mark where nothing is within the noise', async () => {
    const text = (await table('en', {}, PAIRS.slice(1))).join('\n');
    expect(text).not.toContain('≈');
  });

  it('gives what could not be split a column of its own, and says why', async () => {
    const lines = await table('en', {}, [{ ...PAIRS[1]!, bridge: null }]);
    expect(lines.slice(2, 4).map(cells)).toEqual([
      ['Before', 'After', 'Growth', 'Real', 'Edition', 'Coverage', 'Review', 'Unsplit', 'Organization'],
      ['0.00', '100.00', '+100.00', '–', '–', '0.00', '0.00', '+100.00', 'Agency tax'],
    ]);
    expect(lines.join('\n')).toContain('Unsplit: its evidence is kept no longer');
  });

  it('says what came of the services, and where nothing of both rounds can be compared', async () => {
    const before = [aService('a', 'tax'), aService('b', 'tax')];
    const split = [aService('a', 'tax'), aService('a1', 'tax', { parentId: 'a' }), aService('c', 'tax')];
    const text = (await table('en', {}, [pair(sight('tax', 'pass', {}, before), sight('tax', 'fail', {}, split))])).join('\n'); // prettier-ignore
    expect(text).toContain('Services of these organizations: 2 new, 2 gone, 0 renamed, 0 moved.');
    expect(text).toContain('Of those gone 1 were split into parts.');
    expect(text).toContain('Real –: nothing was settled in both rounds');
  });

  it('shows no score of an organization that is not published', async () => {
    const lines = await table('en', {}, [pair(sight('tax', 'pass', { cooperation: 'withdrawn' }), sight('tax', 'pass'))]); // prettier-ignore
    expect(cells(lines[3]!).slice(0, 3)).toEqual(['–', '100.00', '–']);
    expect(lines.join('\n')).toContain('Without growth, 1: its score is not published in one of the rounds.');
  });

  it('says so when no organization is in both rounds', async () => {
    expect(await table('en', {}, [])).toContain('No organization is in both rounds.');
    expect(await table('fa', {}, [])).toContain('هیچ دستگاهی در هر دو دور نیست.');
  });

  it('keeps every column at one place, in both languages', async () => {
    for (const lang of ['fa', 'en'] as const) {
      const NAMES = /(?:دستگاه|سازمان tax|پست ملی|سازمان water|Organization|Agency tax|National post|Agency water)$/u;
      const rows = (await table(lang)).slice(2, 6);
      expect(rows.every((row) => NAMES.test(row))).toBe(true);
      expect(new Set(rows.map((row) => cellWidth(row.replace(NAMES, '')))).size).toBe(1);
    }
  });

  it('prints Persian digits, and a mark before each column for terminals that reorder', async () => {
    const [, , head, first] = await table('fa');
    expect(first).toContain('+۱۰۰٫۰۰');
    expect(first).not.toMatch(/\d/);
    expect(head!.split('\u200e').length).toBe(first!.split('\u200e').length);
    expect(after(await table('fa'), 'بیشترین رشد واقعی')[0]).toMatch(/^\u200e\+۱۰۰٫۰۰ {2}.*\u200eسازمان tax$/u);
    expect((await table('en')).join('')).not.toContain('\u200e');
  });

  it('fits the window: long names are cut, then most parts give way and real change stays', async () => {
    const names = { fa: 'م'.repeat(200), en: 'M'.repeat(200) };
    const pairs = [pair(sight('tax', 'fail', { names }), sight('tax', 'pass', { names })), pair(null, sight('new', 'pass', { names }))]; // prettier-ignore
    for (const width of [60, 80, 110]) {
      const lines = await table('en', { width }, pairs);
      for (const line of [lines[3]!, ...after(lines, 'Risers by real change'), ...after(lines, 'New: 1')]) {
        expect(cellWidth(line)).toBeLessThanOrEqual(width);
        expect(line).toMatch(/M…$/);
      }
    }
    expect(cells((await table('en', { width: 60 }, pairs))[2]!)).toEqual(['Before', 'After', 'Growth', 'Real', 'Organization']); // prettier-ignore
  });

  it('lets no name steer the terminal', async () => {
    const evil = 'a\u001b[2J\u001b]0;title\u0007\u202eb\nc';
    const names = { fa: evil, en: evil };
    const pairs = [pair(sight('x', 'pass'), sight('x', 'pass', { names })), pair(null, sight('y', 'pass', { names }))];
    const text = (await table('en', { rounds: { before: names, after: names } }, pairs)).join('\n');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).toContain('b c');
  });

  it('uses colour for titles only, and only when asked', async () => {
    const coloured = (await table('en', { color: true })).join('\n');
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe((await table()).join('\n'));
    expect(coloured).toContain('\u001b[1mGone: 1\u001b[0m');
  });
});
