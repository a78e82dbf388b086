/** What a person sees while an audit runs: a live bar on a terminal, one line an event otherwise. Always on stderr. */
import cliProgress from 'cli-progress';
import type { Organization, Snapshot } from '../core/model.ts';
import { voiceOf } from '../report/voice.ts';

export interface Progress {
  organizationStarted(organization: Organization): void;
  looked(organization: Organization, snapshot: Snapshot, isStored: boolean): void;
  note(organization: Organization, text: string): void;
  organizationDone(organization: Organization, detail: string): void;
  end(): void;
}

export interface ProgressOptions {
  readonly total: number;
  readonly alreadyDone: number;
  readonly lang: 'fa' | 'en';
  readonly quiet: boolean;
  readonly stream: NodeJS.WriteStream;
}

export function openProgress(options: ProgressOptions): Progress {
  if (options.quiet) return SILENT;
  return options.stream.isTTY ? bar(options) : lines(options);
}

const SILENT: Progress = {
  organizationStarted: () => undefined,
  looked: () => undefined,
  note: () => undefined,
  organizationDone: () => undefined,
  end: () => undefined,
};

function nameOf(organization: Organization, lang: 'fa' | 'en'): string {
  return lang === 'fa' ? organization.names.fa : organization.names.en;
}

function bar({ total, alreadyDone, lang, stream }: ProgressOptions): Progress {
  const { say, count } = voiceOf(lang, 'gregorian'); // no day is named
  const meter = new cliProgress.SingleBar({
    stream, hideCursor: true, clearOnComplete: true, stopOnComplete: false, fps: 5, etaBuffer: 20, barCompleteChar: '█', barIncompleteChar: '·', formatValue: count,
    format: say('{bar} {value} از {total} دستگاه · {pages} صفحه · مانده {left} · {now}', '{bar} {value} of {total} organizations · {pages} pages · {left} left · {now}'),
  }); // prettier-ignore
  const started = Date.now();
  let pages = 0;
  let done = 0;
  meter.start(total, alreadyDone, { pages: count(pages), left: '…', now: '' });
  // organizations are few and uneven: the estimate comes from what an organization took on average so far
  const left = (): string => {
    if (done === 0) return '…';
    const seconds = Math.round(((Date.now() - started) / done / 1000) * (total - alreadyDone - done));
    return seconds >= 90
      ? `${count(Math.round(seconds / 60))} ${say('دقیقه', 'min')}`
      : `${count(seconds)} ${say('ثانیه', 's')}`;
  };
  return {
    organizationStarted: (organization) => meter.update({ now: nameOf(organization, lang) }),
    looked(organization, _, isStored) {
      if (!isStored) pages++;
      meter.update({ pages: count(pages), left: left(), now: nameOf(organization, lang) });
    },
    note: () => undefined,
    organizationDone() {
      done++;
      meter.increment(1, { pages: count(pages), left: left() });
    },
    end: () => meter.stop(),
  };
}

function lines({ total, alreadyDone, lang, stream }: ProgressOptions): Progress {
  let done = alreadyDone;
  const pages = new Map<string, number>();
  const write = (text: string): void => void stream.write(`${text}\n`);
  return {
    organizationStarted: ({ id }) => write(`start ${id}`),
    looked({ id }, snapshot, isStored) {
      if (!isStored) pages.set(id, (pages.get(id) ?? 0) + 1);
      if (snapshot.outcome.kind === 'unreachable' || snapshot.outcome.kind === 'refused')
        write(
          `look ${id} ${snapshot.url} ${snapshot.outcome.kind} ${snapshot.outcome.kind === 'refused' ? snapshot.outcome.by : snapshot.outcome.cause}`,
        );
    },
    note: ({ id }, text) => write(`note ${id} ${text}`),
    organizationDone(organization, detail) {
      done++;
      write(
        `done ${organization.id} (${done}/${total}) ${pages.get(organization.id) ?? 0} pages, ${detail}: ${nameOf(organization, lang)}`,
      );
    },
    end: () => undefined,
  };
}
