/** The record of a command that runs for long: a line an event, for people or (JSON) for the collectors of logs. On stderr. */
import { pino } from 'pino';

export type LogFormat = 'text' | 'json';

export interface Log {
  info(event: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void;
  error(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** JSON has `time` (UTC, ISO 8601), `level` as a word, `event`, and the facts of the event under their names. */
export function openLog(format: LogFormat, stream: NodeJS.WritableStream = process.stderr): Log {
  if (format === 'json') {
    const log = pino(
      {
        base: { pid: process.pid },
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
        messageKey: 'event',
      },
      stream,
    );
    return {
      info: (event, facts = {}) => log.info(facts, event),
      warn: (event, facts = {}) => log.warn(facts, event),
      error: (event, facts = {}) => log.error(facts, event),
    };
  }
  const line =
    (mark: string) =>
    (event: string, facts: Readonly<Record<string, unknown>> = {}): void => {
      const told = Object.entries(facts).map(([name, value]) => `${name}=${typeof value === 'string' && /^[\w:./-]+$/.test(value) ? value : JSON.stringify(value)}`); // prettier-ignore
      stream.write(`${[new Date().toISOString(), mark, event, ...told].filter(Boolean).join(' ')}\n`);
    };
  return { info: line(''), warn: line('WARNING'), error: line('ERROR') };
}
