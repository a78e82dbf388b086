import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { persian, UserError } from '../../core/errors.ts';
import { NO_HOSTS, type FetchOutcome } from '../../core/model.ts';
import { viewPage, type PageView } from '../../core/page-view.ts';
import { selectorOf } from '../../core/page-tree.ts';
import { detectSignals, type SignalAnswers } from '../../core/signal.ts';
import { decodeHtml } from '../../crawl/charset.ts';
import { openStaticFetcher } from '../../crawl/fetch-static.ts';
import { isolate } from '../../report/table-text.ts';
import { voiceOf } from '../../report/voice.ts';
import { outcomeName } from '../../report/words.ts';
import { matcher, type ConceptId } from '../../../rules/lexicon/index.ts';
import { SIGNALS } from '../../../rules/signals/index.ts';
import { readHostMap } from '../../crawl/host-map.ts';
import { userAgentOf } from '../compose.ts';

interface SignalsArguments {
  page: string[];
  mapHost: string[];
  all: boolean;
  lang: 'fa' | 'en';
  json: boolean;
}

/** `rasad signals`: what single pages show, each page alone. */
export function command(done: (code: number) => void): CommandModule<object, SignalsArguments> {
  return {
    command: 'signals <page..>',
    describe: 'Show which of the page-level signals single pages have',
    builder: (y: Argv<object>) =>
      y
        .positional('page', { type: 'string', array: true, demandOption: true, describe: 'HTML files or addresses' })
        .options({
          'map-host': {
            type: 'string',
            array: true,
            default: [] as string[],
            describe: 'HOST=ADDRESS:PORT[/HTTPSPORT]: ask a local copy instead (repeatable)',
          },
          all: { type: 'boolean', default: false, describe: 'List absent signals too' },
        })
        .example('$0 signals saved.html', '')
        .example(
          '$0 signals --json pages/*.html',
          'one line of JSON a page, every signal answered',
        ) as unknown as Argv<SignalsArguments>,
    handler: async (args) => done(await run(args)),
  };
}

async function run(args: SignalsArguments): Promise<number> {
  for (const source of args.page) {
    const page = await read(source, args.mapHost);
    const answers = detectSignals(page, SIGNALS);
    process.stdout.write(
      args.json
        ? `${JSON.stringify({ page: source, signals: asJson(page, answers) })}\n`
        : asText(source, page, answers, args),
    );
  }
  return 0;
}

async function read(source: string, mapHosts: readonly string[]): Promise<PageView<ConceptId>> {
  if (!/^https?:\/\//i.test(source)) {
    const bytes = await readFile(source).catch((error: NodeJS.ErrnoException) => {
      const why = error.code ?? error.message;
      throw new UserError({
        fa: persian`${source} خوانده نمی‌شود (${why}). یک پرونده ${'HTML'} بدهید، یا نشانی‌ای که با ${'http://'} یا ${'https://'} آغاز شود.`,
        en: `${source} cannot be read (${why}). Give an HTML file, or an address that begins with http:// or https://.`,
      });
    });
    // a file has no address; what its links say of themselves names its site
    return viewPage(decodeHtml(bytes, null).text, {
      url: `http://page.invalid/${encodeURIComponent(basename(source))}`,
      matcher,
      hosts: NO_HOSTS,
    });
  }
  const fetcher = openStaticFetcher({ userAgent: userAgentOf(process.env), hostMap: readHostMap(mapHosts) });
  try {
    const answer = await fetcher.fetch(source);
    if (answer.outcome.kind !== 'page' || answer.text === null)
      throw new UserError({
        fa: persian`از ${source} صفحه‌ای به دست نیامد: ${outcomeText(answer.outcome)}.`,
        en: `${source} gave no page: ${JSON.stringify(answer.outcome)}.`,
      });
    return viewPage(answer.text, { url: answer.chain.at(-1)?.url ?? source, matcher, hosts: NO_HOSTS });
  } finally {
    await fetcher.close();
  }
}

function outcomeText(outcome: FetchOutcome): string {
  const { name, detail } = outcomeName(voiceOf('fa', 'gregorian'), outcome);
  return `${name}${detail === '' ? '' : persian` (${detail})`}`;
}

function asJson(page: PageView<ConceptId>, answers: SignalAnswers): object {
  return Object.fromEntries(
    [...answers].map(([name, { verdict, spot }]) => [
      name,
      spot
        ? {
            verdict,
            evidence: {
              selector: selectorOf(page.tree, spot.node),
              quote: spot.quote,
              ...(spot.dead ? { dead: true } : {}),
            },
          }
        : { verdict },
    ]),
  );
}

function asText(
  source: string,
  page: PageView<ConceptId>,
  answers: SignalAnswers,
  { all, lang }: SignalsArguments,
): string {
  const { say, text, count } = voiceOf(lang, 'gregorian');
  const quoted = (quote: string): string => say(isolate(quote), quote);
  const mark = { present: '+', absent: '-', unclear: '?' } as const;
  const lines = SIGNALS.filter(({ name }) => all || answers.get(name)!.verdict !== 'absent').map(({ name, title }) => {
    const { verdict, spot } = answers.get(name)!;
    return `  ${mark[verdict]} ${name.padEnd(24)} ${text(title)}${spot ? `: ${quoted(spot.quote.replace(/\s+/g, ' ').slice(0, 90))}${spot.dead ? say(' (به جایی نمی‌رسد)', ' (leads nowhere)') : ''}` : ''}`;
  });
  const present = [...answers].filter(([, { verdict }]) => verdict === 'present').length;
  return `${source} · ${page.title || '—'}\n${lines.join('\n')}\n  ${say(`${count(present)} نشانه از ${count(SIGNALS.length)}`, `${present} of ${SIGNALS.length} signals`)}\n`;
}
