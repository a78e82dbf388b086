import { describe, expect, it } from 'vitest';
import { cellWidth } from '../../src/report/table-text.ts';
import { scoreTable } from '../../src/report/terminal.ts';
import { aFinding, anOrganization, aReport } from './sample.ts';

const PLAIN = { width: 110, color: false };
const table = async (
  lang: 'fa' | 'en',
  options = PLAIN,
  sample: Parameters<typeof aReport>[0] = {},
): Promise<string[]> => scoreTable(await aReport(sample), lang, options).split('\n');

describe('cellWidth', () => {
  it.each([
    ['latin', 'abc', 3],
    ['Persian letters, joined or not', 'سلام', 4],
    ['a half-space', 'می‌شود', 5],
    ['vowel marks', 'مُهِم', 3],
    ['direction marks', '\u200eabc\u200f', 3],
    ['Persian digits', '۱۲٫۵', 4],
    ['wide letters', '日本', 4],
    ['an escape, which must not count', '\u001b', 0],
  ])('counts %s', (_, text, width) => expect(cellWidth(text)).toBe(width));
});

describe('scoreTable', () => {
  it('has one line an organization, by rank, the name last', async () => {
    const lines = await table('en');
    expect(lines[0]).toMatch(/#\s+Total\s+95%\s+Presence.*Settled\s+Organization$/);
    expect(lines[1]).toMatch(/^1\s+\d+\.\d\d.*Agency tax$/);
  });

  it('shows a withheld score as a range of whole points, and explains it', async () => {
    const lines = await table('en');
    expect(lines.find((line) => line.endsWith('Agency post'))).toMatch(/^–\s+\d+–\d+ /);
    expect(lines.join('\n')).toContain('Range: withheld');
  });

  it('shows where a score lies in whole points that hold it, and explains it', async () => {
    const lines = await table('en');
    const [, total, low, high] = /^1\s+([\d.]+)\s+(\d+)–(\d+)\s/.exec(lines[1]!)!.map(Number);
    expect(low! <= total! && total! <= high! && low! < high!).toBe(true);
    expect(lines.find((line) => line.endsWith('Agency post'))).toMatch(/^–\s+\d+–\d+\s+–\s/);
    expect(lines.join('\n')).toContain('95%: With 95% certainty');
  });

  it('parts groups that can be told apart by an empty line, and no others', async () => {
    const twins = await table('en', PLAIN, { findings: [aFinding(), aFinding({ organization: 'post' })] });
    expect(twins.slice(1, 3).map((line) => line.slice(-11).trim())).toEqual(['Agency post', 'Agency tax']);
    const far = await table('en', PLAIN, {
      findings: [aFinding({ confidence: 1 }), aFinding({ organization: 'post', verdict: 'fail', confidence: 1 })],
    });
    expect(far.slice(1, 4).map((line) => line.slice(-11).trim())).toEqual(['Agency tax', '', 'Agency post']);
    expect(far.join('\n')).toContain('those of one group cannot be told apart from its first');
  });

  it('says who is not in the table and how much is measured', async () => {
    const text = (await table('en')).join('\n');
    expect(text).toContain('Not in the table, 1: Does not take part, at its own request.');
    expect(text).toContain('Measured: 3 of 4 indicators, edition t1.');
  });

  it('keeps every column at one place, in both languages', async () => {
    for (const lang of ['fa', 'en'] as const) {
      const lines = await table(lang);
      const rows = lines.filter((line) => /(?:سازمان|Agency) \S+$|دستگاه$|Organization$/u.test(line)).slice(0, 3);
      const starts = rows.map((line) => cellWidth(line.replace(/(?:سازمان|Agency) \S+$|دستگاه$|Organization$/u, '')));
      expect(rows.length).toBe(3);
      expect(new Set(starts).size).toBe(1);
    }
  });

  it('prints Persian digits, and a mark before each column for terminals that reorder', async () => {
    const [head, first] = await table('fa');
    expect(first).not.toMatch(/\d/);
    expect(head!.split('\u200e').length).toBe(first!.split('\u200e').length);
    expect((await table('en')).join('')).not.toContain('\u200e');
  });

  it('takes the id where there is no English name', async () => {
    const lines = await table('en', PLAIN, {
      organizations: [anOrganization('tax', { names: { fa: 'مالیات', en: '' } })],
    });
    expect(lines[1]).toMatch(/tax$/);
  });

  it('fits the window: long names are cut, then the stages give way', async () => {
    const organizations = [anOrganization('tax', { names: { fa: 'م'.repeat(200), en: 'M'.repeat(200) } })];
    for (const width of [60, 80, 110]) {
      const lines = await table('en', { width, color: false }, { organizations });
      expect(cellWidth(lines[1]!)).toBeLessThanOrEqual(width);
      expect(lines[1]).toMatch(/M…$/);
    }
    expect((await table('en', { width: 60, color: false }, { organizations }))[0]).not.toContain('Presence');
  });

  it('lets no name steer the terminal', async () => {
    const evil = 'a\u001b[2J\u001b]0;title\u0007\u202eb\nc';
    const organizations = [anOrganization('tax', { names: { fa: evil, en: evil } })];
    const text = (await table('en', PLAIN, { organizations })).join('\n');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).toContain('b c');
  });

  it('uses colour only beside words, and only when asked', async () => {
    const coloured = scoreTable(await aReport(), 'en', { width: 110, color: true });
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(scoreTable(await aReport(), 'en', PLAIN));
  });
});
