/**
 * A document as PDF. Chromium prints it twice: from the first print it is read on which page everything stands, then
 * the numbers are filled in. The browser runs no script of the document and reaches no network.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { persian, UserError } from '../core/errors.ts';
import { findChromium } from '../crawl/fetch-browser.ts';
import { PAGE_OF, type PrintDocument } from '../report/document/frame.ts';
import type { Fonts } from '../report/document/style.ts';
import { voiceOf } from '../report/voice.ts';
import { completePdf, placesIn } from './pdf-file.ts';

export interface Pdf {
  readonly bytes: Uint8Array;
  /** null when the file could not be read, so that it has neither numbers of pages in its contents nor our bookmarks. */
  readonly pages: number | null;
}

export interface PdfOptions {
  /** What `chromiumForPdf` found. */
  readonly executablePath: string;
  readonly signal?: AbortSignal;
  /** Milliseconds for all of it. */
  readonly timeout?: number;
}

/** A national document takes a tenth of this on a slow machine. */
const TIMEOUT = 10 * 60_000;
/** Filling in numbers moves nothing, so the second print is the last; a third one is allowed before we call it a bug. */
const PRINTS = 3;

const LAUNCH_ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  // widths of letters as the font has them, so that lines break in the same places on every machine
  '--font-render-hinting=none',
];

/** The window that nobody looks at is not laid out: that would take as long as a print, and as much memory. */
const NOT_ON_SCREEN = '<style media="screen">body{display:none}</style>';

/** Rejects when the browser does not start, dies, is aborted or takes too long. Leaves no process behind. */
export async function documentPdf(
  document: PrintDocument,
  { executablePath, signal, timeout = TIMEOUT }: PdfOptions,
): Promise<Pdf> {
  const limit = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]);
  limit.throwIfAborted();
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: LAUNCH_ARGUMENTS, timeout }).catch((error: unknown) => {
    const why = firstLine(error);
    throw new UserError(
      {
        fa: persian`${'PDF'} را ${'Chromium'} چاپ می‌کند و ${executablePath} آغاز به کار نمی‌کند: ${why} در ${'RASAD_CHROMIUM'} نشانی برنامه‌ای را بدهید که کار کند؛ ${'rasad doctor'} آن را وارسی می‌کند.`,
        en: `A PDF is printed by Chromium, and ${executablePath} does not start: ${why} Set RASAD_CHROMIUM to one that does; \`rasad doctor\` looks at it.`,
      },
      { cause: error },
    );
  });
  let closing: Promise<void> | null = null;
  const stop = (): Promise<void> => (closing ??= browser.close());
  limit.addEventListener('abort', stop, { once: true });
  try {
    limit.throwIfAborted();
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true, serviceWorkers: 'block' });
    await context.route('**/*', (route) => route.abort());
    const page = await context.newPage();
    await page.setContent(document.html.replace('<style>', `${NOT_ON_SCREEN}<style>`), { waitUntil: 'load', timeout });
    await page.evaluate('Promise.all([...document.fonts].map((font) => font.load())).then(() => null)');
    return await printed(page, document);
  } catch (error) {
    if (limit.aborted) throw limit.reason;
    throw error;
  } finally {
    limit.removeEventListener('abort', stop);
    await stop();
  }
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

async function printed(page: Page, document: PrintDocument): Promise<Pdf> {
  const { count } = voiceOf(document.lang, 'gregorian');
  // where things stand does not depend on tags, and without them the file is written in half the time
  let places = placesIn(await print(page, { tagged: false }));
  for (let prints = 1; places !== null && prints < PRINTS; prints++) {
    await fill(page, Object.fromEntries([...places.pageOf].map(([id, number]) => [id, count(number)])));
    const bytes = await print(page, { tagged: true });
    const after = placesIn(bytes);
    if (after === null || isSame(places.pageOf, after.pageOf)) {
      const completed = completePdf(bytes, document);
      if (completed) return { bytes: completed, pages: places.pages };
      places = null;
    } else if (prints === PRINTS - 1) {
      throw new Error('filling in the numbers of pages moved the pages themselves');
    } else places = after;
  }
  // a file of a kind that is not known: all is in it but the numbers, and Chromium's own bookmarks stand in
  return { bytes: await print(page, { tagged: true, outline: true }), pages: null };
}

const print = (page: Page, options: { readonly tagged: boolean; readonly outline?: boolean }): Promise<Uint8Array> =>
  page.pdf({ preferCSSPageSize: true, printBackground: true, ...options });

const isSame = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([id, page]) => b.get(id) === page);

/** Runs in the page by our hand; the document itself has no script. */
async function fill(page: Page, numbers: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(`(() => {
    const numbers = ${JSON.stringify(numbers)};
    for (const element of document.querySelectorAll('[${PAGE_OF}]'))
      element.textContent = numbers[element.getAttribute('${PAGE_OF}')] ?? '';
  })()`);
}

/** The Chromium that prints. Throws a UserError when there is none. */
export async function chromiumForPdf(env: NodeJS.ProcessEnv): Promise<string> {
  const path = await findChromium(env);
  if (path) return path;
  throw new UserError(
    env.RASAD_CHROMIUM
      ? {
          fa: persian`${'PDF'} را ${'Chromium'} چاپ می‌کند و پرونده‌ای که ${'RASAD_CHROMIUM'} نام می‌برد نیست: ${env.RASAD_CHROMIUM}`,
          en: `A PDF is printed by Chromium, and RASAD_CHROMIUM names a file that is not there: ${env.RASAD_CHROMIUM}`,
        }
      : {
          fa: persian`${'PDF'} را ${'Chromium'} چاپ می‌کند و چنین برنامه‌ای یافت نشد. آن را نصب کنید (${'apt-get install chromium'} یا ${'npx playwright install chromium'}) یا نشانی آن را در ${'RASAD_CHROMIUM'} بگذارید. صفحه‌های ${'--format html'} را با هر مرورگری می‌توان چاپ کرد.`,
          en: 'A PDF is printed by Chromium, and there is none. Install it (apt-get install chromium, or npx playwright install chromium) or set RASAD_CHROMIUM to its path. The pages of --format html can be printed from any browser.',
        },
  );
}

/** The two weights of the font that the report ships. */
export async function documentFonts(): Promise<Fonts> {
  const read = (weight: string): Promise<Uint8Array> =>
    readFile(fileURLToPath(import.meta.resolve(`vazirmatn/fonts/webfonts/Vazirmatn-${weight}.woff2`)));
  const [regular, bold] = await Promise.all([read('Regular'), read('Bold')]);
  return { regular, bold };
}
