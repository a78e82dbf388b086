import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Schedule } from '../../src/audit/schedule.ts';
import { openWhatIsDue } from '../../src/cli/commands/schedule.ts';
import { openData, type Data } from '../../src/cli/compose.ts';
import { openNewRound } from '../../src/cli/rounds.ts';
import { anAudit, anEdition, aPlan, aRegistry } from '../storage/fixtures.ts';
import { countryOf } from '../audit/fake-country.ts';

const SCHEDULE: Schedule = {
  registry: 'demo', edition: 'r5', calendar: 'jalali', timeZone: 'Asia/Tehran', opens: { day: 1, at: '22:00' }, window: null,
  visitsApart: 7, extraVisits: 2, probes: { perDay: 0, days: 0 }, concurrency: 1, delay: null, pages: 20, latestOpening: 21,
}; // prettier-ignore
const AUTUMN = { calendar: 'jalali', id: '1405-q3' } as const;

let folder: string;
let data: Data;
/** What was logged, without its details. */
let story: string[];
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-10-01T08:00:00Z'), toFake: ['Date'] });
  folder = mkdtempSync(join(tmpdir(), 'rasad-schedule-'));
  data = openData(folder);
  story = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await data.close();
  rmSync(folder, { recursive: true, force: true });
});

const note = (event: string, facts: Readonly<Record<string, unknown>> = {}): void => void story.push(`${event} ${String(facts['round'] ?? '')}`.trim()); // prettier-ignore
const open = () => openWhatIsDue(data, SCHEDULE, { info: note, warn: note, error: note });
const roundsOfQuarters = async () =>
  (await data.store.listRounds()).flatMap(({ id, period }) => (period ? [[id, period]] : []));

describe('a round that is due', () => {
  it('opens once', async () => {
    await open();
    await open();
    expect(story).toEqual(['round-opened 1405-q3', 'no-round-due']);
    expect(await roundsOfQuarters()).toEqual([['1405-q3', AUTUMN]]);
  });

  it('opens once also when two processes open it', async () => {
    await Promise.all([open(), open()]);
    expect(story.sort()).toEqual(['round-open-already 1405-q3', 'round-opened 1405-q3']);
    expect(await roundsOfQuarters()).toEqual([['1405-q3', AUTUMN]]);
  });

  it('opens also where its name was given to a round outside the calendar, or to an imported audit', async () => {
    const registry = countryOf('tax');
    const byHand = { id: '1405-q3', names: { fa: 'x', en: 'x' }, period: null, edition: anEdition(), plan: aPlan(), registry }; // prettier-ignore
    await openNewRound(data, byHand, { by: 'Sara', note: '', at: new Date().toISOString() });
    await data.store.createAudit(anAudit({ id: 'round-1405-q3-2' }), aRegistry());
    await open();
    expect(story).toEqual(['round-opened 1405-q3-2']);
    expect(await roundsOfQuarters()).toEqual([['1405-q3-2', AUTUMN]]);
  });
});
