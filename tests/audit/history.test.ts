import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadHistory, readHistory } from '../../src/audit/history.ts';
import { describeProblem } from '../../src/audit/registry.ts';
import type { Organization, Service } from '../../src/core/model.ts';

const TABLES = {
  'reasons.csv': `id,text_fa,text_en
chart,فقط نمودار آمده است.,There is only a chart.
swapped,دو خانه جابه‌جا شده‌اند.,Two cells are swapped.
dash,ارزیابی نشده است.,It was not evaluated.
counted,زیرخدمات نیز شمرده شده‌اند.,Sub-services are counted too.
`,
  'rounds.csv': `id,number,name_fa,name_en,edition,edition_basis,tolerance,services,organizations,missing_reason
late,2,نوبت دوم,Round two,r5,proven,0.012,9,2,chart
early,1,نوبت اول,Round one,,unknown,0.3,,,
`,
  'scores.csv': `organization_id,round,stage,value,printed,status,reason
ab,late,presence,80,,printed,
ab,late,total,55.5,6.5,corrected,swapped
ab,early,total,,-,missing,dash
`,
  'services.csv': `service_id,round,value,printed,status,pairing,reason
ab-1,late,55.5,,printed,inferred,chart
`,
  'ranking.csv': `round,rank,organization_id,value,printed,status,reason
late,1,gaz,70.25,,printed,
late,2,ab,55.5,,printed,
`,
  'lists.csv': `round,list,row,organization_id,name_fa,name_en,cooperation,growth,reason
late,new,1,gaz,گاز,Gas,,,
late,growth,2,gaz,گاز,Gas,,2.5,
late,growth,1,ab,آب,Water,,-12.25,
late,asked-out,1,,نیرو,Energy,withdrawn,,
late,not-cooperating,1,ab,آب,Water,visible-only,,chart
`,
  'deviations.csv': `check,round,organization_id,reason
services-counted,late,,counted
`,
};
type Table = keyof typeof TABLES;

const organization = (id: string): Organization => ({ id, names: { fa: id, en: id }, parentId: null, portalUrl: null, cooperation: 'cooperative', extra: {} }); // prettier-ignore
const service = (id: string): Service => ({ id, organizationId: id.split('-')[0]!, parentId: null, code: null, titles: { fa: id, en: id }, pageUrl: null, systemUrl: null, profile: [], extra: {} }); // prettier-ignore
const registry = { organizations: [organization('ab'), organization('gaz'), organization('naft')], services: [service('ab-1'), service('ab-2')] }; // prettier-ignore

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rasad-history-'));
  mkdirSync(join(folder, 'history'));
  for (const [name, text] of Object.entries(TABLES)) write(name as Table, text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: Table, text: string | Uint8Array): void => writeFileSync(join(folder, 'history', name), text);
const edit = (name: Table, from: string, to: string): void => {
  expect(TABLES[name]).toContain(from);
  write(name, TABLES[name].replace(from, to));
};
/** What is not isolated. */
const wordsOf = (text: string): string => text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');
const problems = (): string[] =>
  readHistory(folder, registry).problems.map((problem) => describeProblem(problem, 'en'));

describe('reading a history', () => {
  it('puts rounds in the order of time, with all that is known of each organization', () => {
    const { rounds, explanations } = loadHistory(folder, registry);
    expect(rounds.map(({ id, edition }) => [id, edition])).toEqual([['early', null], ['late', 'r5']]); // prettier-ignore
    const [early, late] = rounds;
    expect(early!.results.map(({ organization: id, total }) => [id, total.value, total.printed, total.reason?.en])).toEqual([['ab', null, '-', 'It was not evaluated.']]); // prettier-ignore
    const [ab, gaz] = late!.results;
    expect(ab!.total).toEqual({ value: 55.5, printed: '6.5', status: 'corrected', reason: { fa: 'دو خانه جابه‌جا شده‌اند.', en: 'Two cells are swapped.' } }); // prettier-ignore
    expect(ab!.ranking).toMatchObject({ rank: 2, total: { value: 55.5 } });
    expect(ab!.services).toMatchObject([{ service: 'ab-1', pairing: 'inferred', score: { value: 55.5 } }]);
    expect(gaz!.services).toEqual([]);
    expect(late!.results).toHaveLength(2);
    expect(explanations).toMatchObject([{ check: 'services-counted', organization: null, reason: { en: 'Sub-services are counted too.' } }]); // prettier-ignore
  });

  it('says of a cell without a row what the round says of such cells', () => {
    const { rounds } = loadHistory(folder, registry);
    expect(rounds[1]!.results[0]!.stages.interaction).toEqual({ value: null, printed: null, status: 'missing', reason: { fa: 'فقط نمودار آمده است.', en: 'There is only a chart.' } }); // prettier-ignore
    expect(rounds[0]!.results[0]!.stages.interaction.reason).toBeNull();
  });

  it('reads the short lists in their own order', () => {
    const late = loadHistory(folder, registry).rounds[1]!;
    expect(late.growths).toEqual([{ organization: 'ab', growth: -12.25 }, { organization: 'gaz', growth: 2.5 }]); // prettier-ignore
    expect(late.newcomers).toEqual(['gaz']);
    expect(late.absences.map(({ organization: id, cooperation, note }) => [id, cooperation, note?.en ?? null])).toEqual([
      ['ab', 'visible-only', 'There is only a chart.'],
      [null, 'withdrawn', null],
    ]); // prettier-ignore
  });

  it('opens in a spreadsheet: a byte order mark and Windows line ends are read', () => {
    const plain = loadHistory(folder, registry);
    for (const [name, text] of Object.entries(TABLES)) write(name as Table, `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(loadHistory(folder, registry)).toEqual(plain);
  });

  it('tells a user without a history where one is to be copied', () => {
    rmSync(join(folder, 'history'), { recursive: true });
    expect(() => readHistory(folder, registry)).toThrow(/has no published rounds: .*rounds\.csv\. seeds\/iran-1397\/history is a history to copy/); // prettier-ignore
  });
});

describe('a mistake is named with file, row, column, what was expected and what was found', () => {
  it.each<[Table, string, string, string]>([
    ['scores.csv', 'ab,late,presence,80,', 'ab,late,presence,180,', 'history/scores.csv, row 2, column value: expected a number from 0 to 100 with a point, or nothing, found "180"'],
    ['scores.csv', 'ab,late,presence,80,', 'ab,late,presence,"80,5",', 'history/scores.csv, row 2, column value: expected a number from 0 to 100 with a point, or nothing, found "80,5"'],
    ['scores.csv', 'ab,late,presence', 'ab,late,web', 'history/scores.csv, row 2, column stage: expected one of presence, interaction, transaction, integration, participation, total, found "web"'],
    ['scores.csv', 'ab,late,presence', 'xy,late,presence', 'history/scores.csv, row 2, column organization_id: expected the id of an organization of the registry, found xy'],
    ['scores.csv', 'ab,late,presence', 'ab,last,presence', 'history/scores.csv, row 2, column round: expected the id of a round of rounds.csv, found last'],
    ['scores.csv', 'presence,80,', 'total,80,', 'history/scores.csv, row 3, column stage: expected a row for each case, found ab late total, which row 2 has too'],
    ['scores.csv', '80,,printed,', '80,8,printed,', 'history/scores.csv, row 2, column printed: expected nothing, because the value is what is printed (its status is printed), found 8'],
    ['scores.csv', '80,,printed,', ',,printed,', 'history/scores.csv, row 2, column value: expected a number (its status is printed), found nothing'],
    ['scores.csv', '80,,printed,', '80,,unreliable,', 'history/scores.csv, row 2, column reason: expected a reason (its status is unreliable), found nothing'],
    ['scores.csv', '80,,printed,', ',,unreliable,dash', 'history/scores.csv, row 2, column printed: expected the number in print (its status is unreliable), found nothing'],
    ['scores.csv', '55.5,6.5,corrected', '55.5,55.50,corrected', 'history/scores.csv, row 3, column printed: expected the number in print, which is another one (its status is corrected), found 55.50'],
    ['scores.csv', 'corrected,swapped', 'corrected,because', 'history/scores.csv, row 3, column reason: expected the id of a reason of reasons.csv, found because'],
    ['scores.csv', ',-,missing', '3,-,missing', 'history/scores.csv, row 4, column value: expected no number (its status is missing), found 3'],
    ['services.csv', 'ab-1,late', 'ab-9,late', 'history/services.csv, row 2, column service_id: expected the id of a service of the registry, found ab-9'],
    ['services.csv', 'inferred,chart', 'inferred,', 'history/services.csv, row 2, column reason: expected why the pairing is inferred, found nothing'],
    ['ranking.csv', 'late,2,ab', 'late,1,ab', 'history/ranking.csv, row 3, column rank: expected a row for each case, found late 1, which row 2 has too'],
    ['ranking.csv', 'late,2,ab', 'late,2,gaz', 'history/ranking.csv, row 3, column organization_id: expected a row for each case, found late gaz, which row 2 has too'],
    ['rounds.csv', 'early,1', 'early,2', 'history/rounds.csv, row 3, column number: expected a row for each case, found 2, which row 2 has too'],
    ['rounds.csv', 'proven', 'sure', 'history/rounds.csv, row 2, column edition_basis: expected one of stated, proven, likely, unknown, found "sure"'],
    ['lists.csv', '-12.25', 'much', 'history/lists.csv, row 4, column growth: expected points, as 25.37, found "much"'],
    ['lists.csv', 'growth,2,gaz,گاز,Gas,,2.5,', 'growth,2,gaz,گاز,Gas,,,', 'history/lists.csv, row 3, column growth: expected points, as 25.37, found nothing'],
    ['lists.csv', 'new,1,gaz', 'new,1,', 'history/lists.csv, row 2, column organization_id: expected an organization, found nothing'],
    ['lists.csv', 'Energy,withdrawn', 'Energy,', 'history/lists.csv, row 5, column cooperation: expected one of cooperative, visible-only, excluded-no-list, withdrawn, unreachable, found nothing'],
    ['deviations.csv', 'services-counted', 'services', 'history/deviations.csv, row 2, column check: expected one of stages-give-total, total-within-stages, services-give-total, page-and-ranking, ranking-descends, growth, growth-list-complete, organizations-counted, services-counted, newcomers-are-new, found "services"'],
    ['reasons.csv', 'There is only a chart.', '', 'history/reasons.csv, row 2, column text_en: expected some words, found ""'],
    ['ranking.csv', 'organization_id', 'organization', 'history/ranking.csv, row 1, column organization_id: expected the columns round,rank,organization_id,value,printed,status,reason, found round,rank,organization,value,printed,status,reason'],
    ['ranking.csv', '70.25,,printed,', '70.25,,printed', 'history/ranking.csv, row 2: expected CSV with the same number of cells in each row, found Invalid Record Length: expect 7, got 6 on line 2'],
  ])('%s: %s → %s', (name, from, to, message) => {
    edit(name, from, to);
    expect(problems()[0]).toBe(message);
    for (const problem of readHistory(folder, registry).problems)
      expect(wordsOf(describeProblem(problem, 'fa'))).not.toMatch(/[a-z]/i);
    expect(readHistory(folder, registry).history).toBeNull();
  }); // prettier-ignore

  it('refuses a file that is not there, not UTF-8, or too large to be a history', () => {
    rmSync(join(folder, 'history', 'lists.csv'));
    write('scores.csv', new Uint8Array([0xff, 0xfe, 0x00]));
    truncateSync(join(folder, 'history', 'ranking.csv'), 9_000_000);
    expect(problems()).toEqual([
      'history/scores.csv: expected UTF-8 (in a spreadsheet: save as "CSV UTF-8"), found another encoding',
      'history/ranking.csv: expected a table of at most 8000000 bytes, found 9000000 bytes',
      'history/lists.csv: expected a file with the columns round,list,row,organization_id,name_fa,name_en,cooperation,growth,reason, found no file',
    ]); // prettier-ignore
  });

  it('only warns of a reason that no row gives', () => {
    edit('scores.csv', ',-,missing,dash', ',-,missing,chart');
    expect(problems()).toEqual(['warning: history/reasons.csv, row 4, column id: expected a reason that some row gives, found dash']); // prettier-ignore
    expect(readHistory(folder, registry).history).not.toBeNull();
  });

  it('says it in Persian too, with what it found isolated', () => {
    edit('scores.csv', '80,,printed,', '80,,unreliable,');
    expect(() => loadHistory(folder, registry)).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          fa: `نوبت‌های منتشرشده \u2068${folder}\u2069 ۱ خطا دارد:\n  \u2068history/scores.csv\u2069، ردیف ۲، ستون \u2068reason\u2069: انتظار: یک دلیل (وضعیتش \u2068unreliable\u2069 است)؛ یافته: هیچ`,
        }) as object,
      }) as Error,
    );
  });

  it('lists the first ten mistakes and counts the rest when a history is needed', () => {
    write('ranking.csv', `round,rank,organization_id,value,printed,status,reason\n${'late,none,gaz,1,,printed,\n'.repeat(12)}`); // prettier-ignore
    expect(() => loadHistory(folder, registry)).toThrow(/have 12 mistakes:\n(?: {2}history\/ranking\.csv, row \d+, column rank: .*\n){10} {2}… and 2 more \(rasad history check /); // prettier-ignore
  });
});
