import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rasad, timeless, type Ended } from './run.ts';

/** A good, a poor and a walled one: few seconds each, and every way of ending occurs. */
const ORGANIZATIONS = ['maliat', 'ashayer', 'gomrok'];
let data: string;
let first: Ended;

interface AuditJson {
  audit: { id: string };
  organizations: { id: string; score: { low: number; high: number } }[];
  findings: { organization: string; rule: string; verdict: string; outcome: string; evidence: { snapshot: string }[]; searched: { read: boolean }[] }[];
} // prettier-ignore
const result = (): AuditJson => JSON.parse(first.stdout) as AuditJson;
const offline = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'rasad-cli-'));
  first = await rasad(['audit', ...ORGANIZATIONS, '--data', data, '--quiet', '--json']);
}, 300_000);
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('rasad audit', () => {
  it('ends with every organization judged and no fault of ours', () => {
    expect(first.stderr).not.toContain('failed');
    expect(first.code).toBe(0);
    expect(new Set(result().findings.map(({ organization }) => organization))).toEqual(new Set(ORGANIZATIONS));
    expect(result().findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  });

  it('proves each absence: every place that a fail names was read', () => {
    const failed = result().findings.filter(({ verdict }) => verdict === 'fail');
    expect(failed.length).toBeGreaterThan(20);
    for (const { searched } of failed) expect(searched.every(({ read }) => read)).toBe(true);
  });

  it('never makes a fail of a wall: of the one behind it, nothing is settled', () => {
    const walled = result().findings.filter(({ organization }) => organization === 'gomrok');
    expect(walled.filter(({ verdict }) => verdict === 'fail' || verdict === 'partial').map(({ rule }) => rule)).toEqual([]);
  }); // prettier-ignore

  it('keeps the evidence that findings cite, and pages that show it, in both languages', () => {
    const reports = join(data, 'reports', result().audit.id);
    expect(existsSync(join(reports, 'fa', 'index.html'))).toBe(true);
    const english = readFileSync(join(reports, 'en', 'index.html'), 'utf8');
    expect(english).toContain('Tax Administration');
    const cited = new Set(result().findings.flatMap(({ evidence }) => evidence.map(({ snapshot }) => snapshot)));
    expect(cited.size).toBeGreaterThan(5);
  });

  it('says which organizations there are when one is not known, and loses nothing', async () => {
    const wrong = await rasad(['audit', 'malyat', '--data', data]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/has no organization "malyat"\. Did you mean .*maliat/);
    expect(wrong.stdout).toBe('');
  }, 60_000);
});

describe('pages that were measured', () => {
  it('are judged by what was stored of them', () => {
    const verdicts = (rule: string): string[] =>
      result().findings.filter((finding) => finding.rule === rule).map(({ organization, verdict }) => `${organization} ${verdict}`); // prettier-ignore
    expect(verdicts('presence/mobile-friendly')).toEqual(['maliat fail', 'ashayer fail', 'gomrok blocked']);
    expect(verdicts('presence/accessibility')).toEqual(['maliat pass', 'ashayer fail', 'gomrok blocked']);
  });
});

describe('rasad probe', () => {
  it('looks once more at portals and systems, and nothing else; judging again counts it', async () => {
    const copy = join(data, 'probed');
    cpSync(join(data, 'snapshots'), join(copy, 'snapshots'), { recursive: true });
    cpSync(join(data, 'rasad.sqlite'), join(copy, 'rasad.sqlite'));
    const probe = await rasad(['probe', '--data', copy, '--json']);
    expect(probe.code).toBe(0);
    const { visit, asked, answered, kept } = JSON.parse(probe.stdout) as Record<string, number>;
    expect([visit, kept]).toEqual([1, true]);
    expect(asked).toBeGreaterThan(6);
    expect(answered).toBe(asked);
    expect(JSON.parse((await rasad(['probe', '--data', copy, '--json'])).stdout)).toMatchObject({ visit: 2 });
    // looks of the same hours count once, so that the verdict stays open; all else stays as it was
    const again = JSON.parse((await rasad(['rejudge', '--data', copy, '--json'])).stdout) as AuditJson['findings'];
    expect(again.map(({ organization, rule, verdict }) => [organization, rule, verdict])).toEqual(
      result().findings.map(({ organization, rule, verdict }) => [organization, rule, verdict]),
    );
  }, 120_000);

  it('keeps nothing of a visit on which nobody answered: it is our own line', async () => {
    const empty = join(data, 'unanswered');
    cpSync(join(data, 'rasad.sqlite'), join(empty, 'rasad.sqlite'));
    // a port on which nothing listens
    const map = ['maliat-negar.example', 'my.maliat-negar.example', 'ashayer-negar.example', 'gomrok-negar.example'];
    const args = map.flatMap((host) => ['--map-host', `${host}=127.0.0.1:9/9`]);
    const probe = await rasad(['probe', '--data', empty, '--json', ...args]);
    expect([probe.code, JSON.parse(probe.stdout)]).toMatchObject([1, { answered: 0, kept: false }]);
    expect((await rasad(['probe', '--data', empty, '--json', ...args])).stdout).toContain('"visit":1');
  }, 120_000);
});

describe('rasad rejudge', () => {
  it('gives the same bytes each time, without any network', async () => {
    const [a, b] = await Promise.all([
      rasad(['rejudge', '--data', data, '--json'], { env: offline }),
      rasad(['rejudge', '--data', data, '--json']),
    ]);
    expect(a.code).toBe(0);
    expect(a.stdout.length).toBeGreaterThan(10_000);
    expect(b.stdout).toBe(a.stdout);
  }, 60_000);

  it('comes to what the audit found', async () => {
    const again = await rasad(['rejudge', '--data', data, '--json']);
    expect(JSON.parse(again.stdout)).toEqual(result().findings);
  }, 60_000);
});

describe('rasad report', () => {
  it('gives tables whose cells no spreadsheet takes for a formula', async () => {
    const out = join(data, 'tables');
    expect((await rasad(['report', '--data', data, '--format', 'csv', '--out', out])).code).toBe(0);
    for (const file of ['organizations.csv', 'services.csv', 'findings.csv']) {
      const text = readFileSync(join(out, file), 'utf8');
      expect(text.split('\n').length).toBeGreaterThan(3);
      expect(text).not.toMatch(/(?:^|,)"?[=+@]/m);
    }
  }, 60_000);

  it('says so when there is nothing to report', async () => {
    const empty = await rasad(['report', '--data', join(data, 'nothing')]);
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain('rasad audit');
  }, 60_000);
});

describe('an audit that is killed', () => {
  it('goes on and comes to the same findings', async () => {
    const interrupted = join(data, 'interrupted');
    const command = ['audit', ...ORGANIZATIONS, '--data', interrupted, '--quiet', '--json', '--no-report'];
    const stored = (): number =>
      existsSync(join(interrupted, 'snapshots'))
        ? readdirSync(join(interrupted, 'snapshots'), { recursive: true }).length
        : 0;
    for (const files of [10, 30, 50])
      expect((await rasad(command, { killWhen: () => stored() > files })).code).toBe(null);
    const last = await rasad(command);
    expect(last.code).toBe(0);
    expect(last.stderr).toContain('going on with audit');
    const found = JSON.stringify((JSON.parse(last.stdout) as AuditJson).findings);
    expect(timeless(found)).toBe(timeless(JSON.stringify(result().findings)));
  }, 300_000);
});
