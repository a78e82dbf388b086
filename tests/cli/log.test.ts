import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openLog, type Log, type LogFormat } from '../../src/cli/log.ts';

/** What a log writes while `use` is made of it, as lines. */
function linesOf(format: LogFormat, use: (log: Log) => void): string[] {
  const stream = new PassThrough();
  use(openLog(format, stream));
  const text = String(stream.read() ?? '');
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

/** UTC, ISO 8601. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('the record for machines', () => {
  it('is one JSON object a line, with time, level, process, event and the facts under their names', () => {
    const lines = linesOf('json', (log) => {
      log.info('step-started', { organization: 'tax', visit: 0 });
      log.warn('host-closed', { why: 'no answer' });
      log.error('step-failed');
    });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { time: expect.stringMatching(TIME), level: 'info', pid: process.pid, event: 'step-started', organization: 'tax', visit: 0 },
      { time: expect.stringMatching(TIME), level: 'warn', pid: process.pid, event: 'host-closed', why: 'no answer' },
      { time: expect.stringMatching(TIME), level: 'error', pid: process.pid, event: 'step-failed' },
    ]);
  }); // prettier-ignore

  it('stays one line whatever a site has put into a fact', () => {
    const why = 'line\nbreak "quoted" \u2028 \u001b[31mred خطا';
    const lines = linesOf('json', (log) => log.warn('host-closed', { why }));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ event: 'host-closed', why });
    expect(lines[0]).not.toContain('\u001b');
  });
});

describe('the record for people', () => {
  it('is time, mark, event and facts; what is well has no mark', () => {
    const lines = linesOf('text', (log) => {
      log.info('step-done', { organization: 'tax', visit: 1, detail: 'complete' });
      log.warn('no-browser');
      log.error('rule-failed', { rule: 'presence/poll' });
    });
    expect(lines.map((line) => [TIME.test(line.split(' ')[0]!), line.split(' ').slice(1).join(' ')])).toEqual([
      [true, 'step-done organization=tax visit=1 detail=complete'],
      [true, 'WARNING no-browser'],
      [true, 'ERROR rule-failed rule=presence/poll'],
    ]);
  });

  it('quotes what is more than a word, so that a fact ends where it ends and no line is forged', () => {
    const [line, ...more] = linesOf('text', (log) =>
      log.info('host-closed', { why: 'gone\n2026-01-01T00:00:00.000Z ERROR forged', host: 'a.gov.ir', note: '\u001b[31m', empty: '' }),
    );
    expect(more).toEqual([]);
    expect(line).toContain('why="gone\\n2026-01-01T00:00:00.000Z ERROR forged" host=a.gov.ir note="\\u001b[31m" empty=""');
  }); // prettier-ignore
});
