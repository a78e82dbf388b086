import { daysBetween, findDays, type FoundDay } from '../../src/core/dates.ts';
import { spotOfRun } from '../../src/core/look.ts';
import type { PageView, Run } from '../../src/core/page-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  naming,
  quoting,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { follow } from '../follow.ts';
import type { ConceptId } from '../lexicon/index.ts';

/** A living portal says something new in a week, or three things in two. */
const FRESH_DAYS = 7;
const RECENT_DAYS = 14;
const RECENT_ITEMS = 3;
/** After this nobody can tell a slow portal from an abandoned one. */
const STALE_DAYS = 60;
/** A page that citizens act upon should have been looked through within eighteen months. */
const OLD_PAGE_DAYS = 548;
/** A dated item is a line of a list; longer lines are prose that names days of its own. */
const ITEM_LENGTH = 160;
/** Lines whose day is that of a law, a right, a counter or a deadline, and not of news. */
const OTHER_DAYS: readonly ConceptId[] = ['legal', 'copyright', 'visit-counter', 'deadline', 'hours'];
const TODAY = /امروز|\btoday\b|\boggi\b/;
const WEEKDAY =
  /شنبه|جمعه|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lune|marte|mercole|giove|vener)di\b|\bsabato\b|\bdomenica\b/;
const WEEKDAYS = new RegExp(WEEKDAY, 'g');

interface Item {
  readonly age: number;
  readonly seen: Seen;
  /** Its line, and the day in it. */
  readonly index: number;
  readonly found: FoundDay;
}

const proofOf = ({ seen, index, found }: Item): Shown => ({ seen, spot: spotOfRun(seen.page, index, found) });

export default definePortalRule({
  id: 'presence/freshness',
  version: 1,
  why: {
    fa: 'درگاهی که تازه نمی‌شود اعتماد به همه نوشته‌هایش را سست می‌کند.',
    en: 'A portal that is never renewed weakens trust in everything it says.',
  },
  source: 'catalogue 12',
  needs: ['home', 'site'],
  seeks: ['news', 'events'],
  outcomes: {
    fresh: pass(
      'تازه‌ترین مطلب تاریخ‌دار {age} روز پیش منتشر شده است: «{text}».',
      'The newest dated item is {age} days old: "{text}".',
    ),
    oldPage: partial(
      'درگاه تازه است، ولی صفحه «{text}» {age} روز است که بازنگری نشده.',
      'The portal is fresh, but its page "{text}" was not revised for {age} days.',
    ),
    slow: partial(
      'تازه‌ترین مطلب تاریخ‌دار {age} روز پیش منتشر شده است: «{text}».',
      'The newest dated item is {age} days old: "{text}".',
    ),
    single: unclear(
      'همه تاریخ‌های درگاه یک روز است («{text}»)؛ شاید خودکار نوشته می‌شود.',
      'All dates of the portal are one day ("{text}"); it may be written by a machine.',
    ),
    undated: unclear(
      'درگاه خبر دارد ولی تاریخی کنار آن‌ها نیست.',
      'The portal has news, but no dates stand with them.',
    ),
    stale: fail(
      'تازه‌ترین مطلب تاریخ‌دار {age} روز پیش منتشر شده است: «{text}».',
      'The newest dated item is {age} days old: "{text}".',
    ),
    nothing: fail('هیچ مطلب تاریخ‌داری در درگاه نیست.', 'Nothing on the portal is dated.'),
    unlooked: blocked(
      'صفحه «{name}» برای ما خوانده نشد ({why}).',
      'The page "{name}" could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.nothing();
    const items = site.pages.flatMap((seen) => datedItems(site, seen));
    const newest = items.reduce<Item | null>((best, item) => (best && best.age <= item.age ? best : item), null);
    if (newest && newest.age <= STALE_DAYS) {
      const proof = proofOf(newest);
      const details = quoting(proof, { age: newest.age });
      if (items.every(({ age }) => age === newest.age)) return conclude.single(details);
      if (newest.age > FRESH_DAYS && countRecent(items) < RECENT_ITEMS) return conclude.slow(details);
      const old = oldPage(site);
      return old
        ? conclude.oldPage({
            proofs: [proof, old.proof],
            values: { age: old.age, text: shorten(old.proof.seen.page.title || old.proof.seen.page.url) },
          })
        : conclude.fresh(details);
    }
    const { unlooked, pages } = follow(site, [home], ['news', 'events']);
    if (unlooked && pages.length === 0) return conclude.unlooked(naming(unlooked.proof, { why: unlooked.why }));
    if (newest) return conclude.stale(quoting(proofOf(newest), { age: newest.age }));
    const news = home.signals.get('news');
    return news?.verdict === 'present' && news.spot
      ? conclude.undated({ proofs: [{ seen: home, spot: news.spot }] })
      : conclude.nothing();
  },
});

/** Items of the last weeks, those that several pages show counted once. */
const countRecent = (items: readonly Item[]): number =>
  new Set(
    items
      .filter(({ age }) => age <= RECENT_DAYS)
      .map(proofOf)
      .map(({ spot }) => `${spot.quote} ${spot.node}`),
  ).size;

/** Lines of the content that carry a day, with their age on the day of the look. */
function datedItems(site: Site, seen: Seen): Item[] {
  const { page, snapshot } = seen;
  const skipped = new Set(
    OTHER_DAYS.flatMap((concept) =>
      (page.hits.get(concept) ?? []).filter(({ source }) => source === 'run').map(({ index }) => index),
    ),
  );
  const items: Item[] = [];
  page.runs.forEach((run, index) => {
    if (!isContent(run.region) || run.folded.length > ITEM_LENGTH || skipped.has(index)) return;
    const days = findDays(run.folded);
    if (days.length === 0 || site.isFrame(run.folded)) return;
    for (const found of days) {
      const age = daysBetween(found.day, snapshot.fetchedAt);
      // a later day is announced, not published; but in the evening of the look it is already tomorrow further east
      if (age < -1 || (age <= 0 && isClock(page, run, index, found))) continue;
      items.push({ age: Math.max(0, age), seen, index, found });
    }
  });
  return items;
}

/** Is it today's date, shown by the page itself: called so, with its weekday, or alone above the content? */
function isClock(
  page: PageView,
  run: Run,
  index: number,
  found: { readonly start: number; readonly end: number },
): boolean {
  const rest = `${run.folded.slice(0, found.start)} ${run.folded.slice(found.end)}`;
  if (TODAY.test(rest)) return true;
  if (run.item >= 0 || run.row >= 0) return false;
  const words = rest
    .replace(WEEKDAYS, ' ')
    .replace(/[\d:.,/|-]|ساعت|تاریخ/g, ' ')
    .trim();
  if (words.split(' ').length > 2) return false;
  return (
    WEEKDAY.test(rest) || !page.runs.slice(0, index).some(({ heading, region }) => heading > 0 && isContent(region))
  );
}

/** A page of contact or services that says that it was last revised long ago. */
function oldPage(site: Site): { readonly age: number; readonly proof: Shown } | null {
  for (const seen of site.pages) {
    const { page } = seen;
    const isKey =
      site.catalogues.includes(seen) ||
      (page.hits.get('contact') ?? []).some(({ source, index }) => source === 'run' && page.runs[index]!.heading > 0);
    if (!isKey) continue;
    for (const hit of page.hits.get('updated') ?? []) {
      if (hit.source !== 'run') continue;
      const day = findDays(
        `${page.runs[hit.index]!.folded.slice(hit.start)} ${page.runs[hit.index + 1]?.folded ?? ''}`,
      )[0]?.day;
      const age = day ? daysBetween(day, seen.snapshot.fetchedAt) : 0;
      if (age > OLD_PAGE_DAYS) return { age, proof: { seen, spot: spotOfRun(page, hit.index) } };
    }
  }
  return null;
}
