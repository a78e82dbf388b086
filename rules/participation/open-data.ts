import { spotOfLink } from '../../src/core/look.ts';
import type { Link } from '../../src/core/page-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  pageOf,
  partial,
  pass,
  shorten,
  type Place,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { isOpenData } from '../hosts/registry.ts';
import { says } from '../lexicon/says.ts';
import { newest, ownTimes, timesIn } from '../recency.ts';
import { calledSo, linesSaying, pagesAbout, firstOn } from '../topics.ts';

/** Data older than this describes the past. */
const FRESH_DAYS = 730;
const MACHINE =
  /\.(csv|tsv|json|geojson|xml|rdf|ttl|xlsx|ods|parquet)(?:\.zip|\.gz)?(?:$|[?#])|[?&](?:format|type|output)=(csv|json|xml|xlsx)\b/i;
/** The plumbing of a site, and packed or printed tables. */
const PLUMBING = /sitemap|rss|atom|feed|opensearch|manifest|browserconfig|wsdl|openapi|swagger|\/api\//i;
const PRINTED = /\.(pdf|xls|docx?)(?:$|[?#])/i;
/** What is published for other reasons: people, prices, forms and tenders. */
const OTHER_LISTS =
  /کارکنان|پرسنل|مدیران|تعرفه|قیمت|فرم|مناقصه|مزایده|بخشنامه|\bstaff\b|\bprice|\btariff|\bform\b|\btender|personale|prezz|tariff|modul/;

interface DataFile {
  readonly proof: Shown;
  readonly format: string;
  readonly reading: Place;
  readonly age: number | null;
  readonly licensed: boolean;
}

export default definePortalRule({
  id: 'participation/open-data',
  version: 1,
  why: {
    fa: 'داده‌ای که ماشین می‌خواند و همه می‌توانند به کار ببرند به دیگران امکان ساختن و سنجیدن می‌دهد.',
    en: 'Data that machines read and everybody may use lets others build and check.',
  },
  source: 'catalogue 70; UN e-information; Italian criterion C.SI.3.4',
  needs: ['home', 'site'],
  seeks: ['open-data', 'transparency'],
  outcomes: {
    published: pass(
      'داده ماشین‌خوان ({formats}) با شرایط استفاده و تاریخ منتشر شده است.',
      'Machine-readable data ({formats}) is published with terms of use and a date.',
    ),
    noLicence: partial(
      'داده ماشین‌خوان ({formats}) منتشر شده و شرایط استفاده ندارد.',
      'Machine-readable data ({formats}) is published without terms of use.',
    ),
    undated: partial(
      'داده ماشین‌خوان ({formats}) منتشر شده و تاریخ ندارد.',
      'Machine-readable data ({formats}) is published without a date.',
    ),
    old: partial(
      'تازه‌ترین داده ماشین‌خوان ({formats}) {age} روز پیش منتشر شده است.',
      'The newest machine-readable data ({formats}) is {age} days old.',
    ),
    printed: partial(
      'آمار تنها در پرونده‌هایی است که برای خواندن انسان است: «{text}».',
      'Statistics are only in files for people to read: "{text}".',
    ),
    elsewhere: partial(
      'دستگاه صفحه‌ای در درگاه داده باز کشور دارد: «{text}».',
      'The organization has a page in the open data portal of the country: "{text}".',
    ),
    theatre: fail(
      'صفحه‌ای به نام داده باز هست («{text}») و پرونده داده‌ای در آن نیست.',
      'A page called open data is there ("{text}"), without a file of data.',
    ),
    gone: fail('پرونده داده دیگر نیست: «{text}».', 'The file of data is not there: "{text}".'),
    nothing: fail('داده‌ای منتشر نشده است.', 'No data is published.'),
    unlooked: blocked(
      'پیوند «{text}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{text}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    if (!pageOf(site.home)) return conclude.nothing();
    const told = (proof: Shown): { proofs: Shown[]; values: { text: string } } => ({
      proofs: [proof],
      values: { text: shorten(proof.spot.quote) },
    });
    const topic = pagesAbout(site, ['open-data', 'statistics', 'transparency'], { kinds: ['link'] });
    const pages = [...new Set([...topic.pages.map(({ seen }) => seen), ...site.pages])];
    const all = pages.flatMap((seen, index) => dataFiles(site, seen, index < topic.pages.length));
    const files = all.filter(({ reading }) => reading.state !== 'gone');

    const best = [...files].sort((a, b) => worth(b) - worth(a))[0];
    if (best) {
      const formats = [...new Set(files.map(({ format }) => format))].join(', ');
      const level = best.reading.state === 'file' || best.reading.state === 'read' ? 2 : 1;
      const details = { proofs: [best.proof], values: { formats }, level } as const;
      if (best.age !== null && best.age > FRESH_DAYS)
        return conclude.old({ ...details, values: { formats, age: best.age } });
      if (!best.licensed) return conclude.noLicence(details);
      return best.age === null ? conclude.undated(details) : conclude.published(details);
    }
    const own = firstOn(pages, (seen) => nationalPage(site, seen));
    if (own) return conclude.elsewhere({ ...told(own), level: site.at(own.spot.link!.url!).state === 'read' ? 2 : 1 });
    const printed = firstOn(pages, (seen) => printedTable(site, seen));
    if (printed) return conclude.printed(told(printed));
    if (all[0]) return conclude.gone(told(all[0].proof));
    const data = pagesAbout(site, ['open-data'], { kinds: ['link'] });
    const theatre = calledSo(data.pages);
    if (theatre) return conclude.theatre(told(theatre));
    const { unlooked } = data;
    return unlooked
      ? conclude.unlooked({
          proofs: [unlooked.proof],
          values: { text: shorten(unlooked.proof.spot.quote), why: unlooked.why },
        })
      : conclude.nothing();
  },
});

/** Reached before claimed, then licensed and dated before not. */
const worth = ({ reading, licensed, age }: DataFile): number =>
  (reading.state === 'file' || reading.state === 'read' ? 8 : 0) +
  (age !== null && age <= FRESH_DAYS ? 4 : age === null ? 2 : 0) +
  (licensed ? 1 : 0);

/** Formats in which nobody keeps forms and letters. */
const ONLY_DATA = /^(?:csv|tsv|json|geojson|rdf|ttl|parquet)$/i;

/** Links of the content to files of data, with their day and the terms of their page. Tables elsewhere must be called data. */
function dataFiles(site: Site, seen: Seen, isDataPage: boolean): DataFile[] {
  const { page } = seen;
  const licensed = linesSaying(site, seen, 'licence').length > 0;
  const out: DataFile[] = [];
  page.links.forEach((link, index) => {
    const found =
      link.url === null || !isContent(link.region) || PLUMBING.test(pathOf(link)) ? null : MACHINE.exec(link.url);
    if (!found || isOtherList(seen, link)) return;
    const format = (found[1] ?? found[2])!;
    if (!isDataPage && !ONLY_DATA.test(format) && !says(link.folded, 'open-data') && !says(link.folded, 'statistics'))
      return;
    const row = page.runs[link.at]?.row ?? -1;
    const from = row < 0 ? link.at - 1 : page.runs.findIndex((run) => run.row === row);
    const to = row < 0 ? link.at + 2 : page.runs.findLastIndex((run) => run.row === row) + 1;
    const times = timesIn(seen, from, to);
    const age = newest(times.length > 0 ? times : ownTimes(site, seen))?.age ?? null;
    out.push({
      proof: { seen, spot: spotOfLink(page, index) },
      format: format.toUpperCase(),
      reading: site.at(link.url!),
      age,
      licensed,
    });
  });
  return out;
}

const pathOf = ({ url }: Link): string => url!.replace(/^https?:\/\/[^/]+/, '');

/** Is it a list of people, prices or forms, by its name or its line? */
const isOtherList = ({ page }: Seen, link: Link): boolean =>
  OTHER_LISTS.test(link.folded) || OTHER_LISTS.test(page.runs[link.at]?.folded ?? '');

/** Statistics as a file for people. */
function printedTable(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  for (const hit of page.hits.get('statistics') ?? []) {
    const link = hit.source === 'link' ? page.links[hit.index]! : null;
    if (!link?.url || !isContent(link.region) || hit.strength === 'weak' || isOtherList(seen, link)) continue;
    const { state } = site.at(link.url);
    if (state !== 'gone' && (PRINTED.test(link.url) || state === 'file'))
      return { seen, spot: spotOfLink(page, hit.index) };
  }
  return null;
}

/** A page of its own in the country's portal, not that portal's front page. */
function nationalPage(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  const index = page.links.findIndex(
    ({ url, host }) =>
      url !== null &&
      isOpenData(site, host) &&
      /^https?:\/\/[^/]+\/[^/?#].*/.test(url) &&
      site.at(url).state !== 'gone',
  );
  return index >= 0 ? { seen, spot: spotOfLink(page, index) } : null;
}
