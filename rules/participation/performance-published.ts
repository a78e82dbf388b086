import { isName, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import type { Run } from '../../src/core/page-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { says } from '../lexicon/says.ts';
import { newest, ownTimes, timesIn, YEAR } from '../recency.ts';
import { calledSo, isOwnLine, linesSaying, pagesAbout } from '../topics.ts';

/** Figures of one kind say nothing about a service. */
const MIN_FIGURES = 2;
const SECTION = 60; // lines
/** Zeros are cells that nobody filled. */
const NUMBER = /(?<![\d.,])(?=[\d.,]*[1-9])\d[\d.,]*/g;
const DATE = /\d{2,4}[/-]\d{1,2}[/-]\d{1,4}|(?<!\d)(?:1[34]|20)\d\d(?!\d)/g;

interface Figures {
  readonly proof: Shown;
  readonly age: number | null;
}

export default definePortalRule({
  id: 'participation/performance-published',
  version: 1,
  why: {
    fa: 'کسی که می‌داند خدمت چند بار، در چه زمان و با چه رضایتی داده شده می‌تواند درباره آن داوری کند.',
    en: 'Who knows how often, how fast and to whose satisfaction a service is given can judge it.',
  },
  source: 'catalogue 75; British standard: publish performance data',
  needs: ['home', 'site'],
  seeks: ['performance', 'transparency'],
  outcomes: {
    figures: pass('آمار خدمات الکترونیکی منتشر شده است: «{text}».', 'Figures of e-services are published: "{text}".'),
    old: partial(
      'آخرین آمار خدمات («{text}») {age} روز پیش است.',
      'The last figures of services ("{text}") are {age} days old.',
    ),
    undated: partial(
      'آمار خدمات منتشر شده و دوره آن معلوم نیست: «{text}».',
      'Figures of services are published without their period: "{text}".',
    ),
    annual: partial('تنها گزارش عملکرد کلی هست: «{text}».', 'There is only a general report: "{text}".'),
    file: unclear(
      'آمار خدمات پرونده است و متن آن خوانده نشد: «{text}».',
      'The figures of services are a file, and its text was not read: "{text}".',
    ),
    empty: fail(
      'صفحه‌ای به نام آمار خدمات هست («{text}») و رقمی در آن نیست.',
      'A page called figures of services is there ("{text}"), without a figure.',
    ),
    counter: fail('تنها شمارنده بازدید هست: «{text}».', 'There is only a counter of visits: "{text}".'),
    nothing: fail('آماری از عملکرد خدمات منتشر نشده است.', 'No figures on the performance of services are published.'),
    unlooked: blocked(
      'پیوند «{text}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{text}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.nothing();
    const told = (proof: Shown): { proofs: Shown[]; values: { text: string } } => ({
      proofs: [proof],
      values: { text: shorten(proof.spot.quote) },
    });
    const topic = pagesAbout(site, ['performance'], { kinds: ['link'] });
    const pages = [...new Set([...topic.pages.map(({ seen }) => seen), ...site.pages])];
    const ofServices = new Set(site.services.map(({ page }) => pageOf(page)));
    const figures = pages.flatMap((seen) => figuresOn(site, seen, ofServices.has(seen)));
    const fresh = figures.find(({ age }) => age !== null && age <= YEAR);
    if (fresh) return conclude.figures(told(fresh.proof));
    const undated = figures.find(({ age }) => age === null);
    if (undated) return conclude.undated(told(undated.proof));
    if (figures[0])
      return conclude.old({
        proofs: [figures[0].proof],
        values: { text: shorten(figures[0].proof.spot.quote), age: figures[0].age! },
      });
    if (topic.files[0]) return conclude.file(told(topic.files[0].proof));
    const annual = annualReport(site, pages);
    if (annual) return conclude.annual({ ...told(annual), level: 1 });
    if (topic.unlooked)
      return conclude.unlooked({
        proofs: [topic.unlooked.proof],
        values: { text: shorten(topic.unlooked.proof.spot.quote), why: topic.unlooked.why },
      });
    const empty = calledSo(topic.pages);
    if (empty) return conclude.empty(told(empty));
    const counter = home.signals.get('visit_counter');
    return counter?.verdict === 'present' && counter.spot
      ? conclude.counter(told({ seen: home, spot: counter.spot }))
      : conclude.nothing();
  },
});

/** Words for requests, times or satisfaction of services with figures behind them. */
function figuresOn(site: Site, seen: Seen, ofService: boolean): Figures[] {
  const { page } = seen;
  const out: Figures[] = [];
  let covered = -1;
  const told = linesSaying(site, seen, 'performance').sort((a, b) => a - b);
  for (const index of told) {
    const run = page.runs[index]!;
    if (index <= covered || run.link >= 0 || says(run.folded, 'visit-counter')) continue;
    const to = sectionEnd(page.runs, index);
    const lines = page.runs
      .slice(index, to)
      .filter((line) => isOwnLine(site, line) && !says(line.folded, 'visit-counter'));
    const numbers = lines.reduce((sum, { folded }) => sum + (folded.replace(DATE, ' ').match(NUMBER)?.length ?? 0), 0);
    // the card of one service counts this and that; figures of performance tell several things of it
    const enough = !ofService || told.filter((line) => line >= index && line < to).length >= 2;
    if (numbers < MIN_FIGURES || !enough || !isAboutServices(lines)) continue;
    const times = timesIn(seen, index - 2, to);
    out.push({
      proof: { seen, spot: spotOfRun(page, index) },
      age: newest(times.length > 0 ? times : ownTimes(site, seen, index))?.age ?? null,
    });
    covered = to;
  }
  return out;
}

/** Do the lines measure services: requests, time, satisfaction, use? */
const isAboutServices = (lines: readonly Run[]): boolean =>
  lines.some(({ folded }) =>
    /خدمت|خدمات|درخواست|\bservices?\b|\brequests?\b|\bapplications?\b|\bserviz|\brichiest|\bpratich/.test(folded),
  );

function sectionEnd(runs: readonly Run[], start: number): number {
  const rank = runs[start]!.heading || 6;
  const row = runs[start]!.row;
  const end = runs.findIndex(
    (run, index) => index > start && run.heading > 0 && run.heading <= rank && (row < 0 || run.row < 0),
  );
  return Math.min(end < 0 ? runs.length : end, start + SECTION);
}

/** A report on the body as a whole, as a link or a page. */
function annualReport(site: Site, pages: readonly Seen[]): Shown | null {
  for (const seen of pages) {
    for (const hit of seen.page.hits.get('annual-report') ?? []) {
      if (hit.source !== 'link' || hit.strength === 'weak') continue;
      const link = seen.page.links[hit.index]!;
      if (link.url !== null && isName(link.folded, hit) && site.at(link.url).state !== 'gone')
        return { seen, spot: spotOfLink(seen.page, hit.index) };
    }
  }
  return null;
}
