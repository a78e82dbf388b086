import { countWords, spotOfRun } from '../../src/core/look.ts';
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
import { findPhone } from '../lexicon/values.ts';
import { newest, timesIn, YEAR } from '../recency.ts';
import { exchangesIn, REACH } from '../replies.ts';
import { headingOf, isOwnLine, linesSaying, pagesAbout, firstOn } from '../topics.ts';

/** Answered voices that make a practice of it. */
const ENOUGH = 3;
/** Lines around a figure that say of what it is. */
const NEAR = 4;
/** Below this a page that is only named like the thing is theatre. */
const THEATRE_WORDS = 60;
const PERIOD =
  /(?:ماه|سال|فصل|هفته|روز|سه ماهه|شش ماهه) (?:گذشته|اخیر|پیش|اول|دوم|سوم|چهارم)|منتهی به|\b(?:last|past|previous) (?:month|quarter|year|\d+ (?:days|months))|\bq[1-4]\b|\b(?:ultimo|ultimi|scorso) (?:mese|trimestre|anno|\d+ mesi)/;
/** Numbers that only measure the period. */
const SPAN =
  /\d+ (?:ماه|روز|سال|هفته)(?: گذشته| اخیر)?|(?:last|past|previous) \d+ \w+|(?:ultimi|scorsi) \d+ \w+|(?<!\d)(?:1[34]|20)\d\d(?!\d)/g;
const COUNT = /تعداد|مورد|فقره|شکایت رسید|درصد|%|number of|received|ricevut[ei]|numero di/;
const ABOUT_HANDLING = /رسیدگی|پاسخ|دستور|حل شد|resolved|answered|rispost/;

interface Dated {
  readonly proof: Shown;
  /** Days since then; null when no day stands with it. */
  readonly age: number | null;
}

export default definePortalRule({
  id: 'participation/feedback-published',
  version: 1,
  why: {
    fa: 'دستگاه باید نشان دهد که با صدای شهروندان چه کرده است.',
    en: 'A public body should show what it did with what citizens said.',
  },
  source: 'catalogue 66; report: timely and continuous response to feedback',
  needs: ['home', 'site'],
  seeks: ['reply', 'feedback', 'complaint'],
  outcomes: {
    answered: pass(
      '{count} بازخورد با پاسخ یا اقدام در یک سال گذشته منتشر شده است.',
      '{count} voices with a reply or action of the last year are published.',
    ),
    report: pass(
      'گزارش رسیدگی به شکایت‌ها و پیشنهادها با آمار منتشر شده است: «{text}».',
      'A report on complaints and suggestions handled is published with figures: "{text}".',
    ),
    few: partial('تنها {count} بازخورد با پاسخ منتشر شده است.', 'Only {count} voices with a reply are published.'),
    undated: partial(
      '{count} بازخورد با پاسخ منتشر شده و تاریخ ندارد.',
      '{count} voices with a reply are published, without a date.',
    ),
    old: partial('آخرین بازخورد با پاسخ {age} روز پیش است.', 'The last voice with a reply is {age} days old.'),
    figures: partial(
      'تنها آمار شکایت‌ها و پیشنهادها منتشر شده است: «{text}».',
      'Only numbers of complaints and suggestions are published: "{text}".',
    ),
    meeting: partial(
      'تنها خبر دیدار با مردم منتشر شده است: «{text}».',
      'Only news of a meeting with citizens is published: "{text}".',
    ),
    file: unclear(
      'گزارش رسیدگی پرونده است و متن آن خوانده نشد: «{text}».',
      'The report is a file, and its text was not read: "{text}".',
    ),
    theatre: fail(
      'صفحه‌ای به این نام هست («{text}») و در آن نه بازخوردی است و نه پاسخی.',
      'A page of that name is there ("{text}"), with no voice and no reply in it.',
    ),
    nothing: fail(
      'نه بازخورد و پاسخی منتشر شده و نه گزارشی از رسیدگی.',
      'Neither voices with replies nor a report on them are published.',
    ),
    unlooked: blocked(
      'پیوند «{text}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{text}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    if (!pageOf(site.home)) return conclude.nothing();
    const text = (proof: Shown): { proofs: Shown[]; values: { text: string } } => ({
      proofs: [proof],
      values: { text: shorten(proof.spot.quote) },
    });
    const topic = pagesAbout(site, ['reply']);
    const pages = [...new Set([...topic.pages.map(({ seen }) => seen), ...site.pages])];

    const exchanges =
      pages
        .map((seen) => exchangesOn(site, seen))
        .sort((a, b) => recent(b).length - recent(a).length || b.length - a.length)[0] ?? [];
    const fresh = recent(exchanges);
    if (fresh.length >= ENOUGH)
      return conclude.answered({
        proofs: fresh.slice(0, ENOUGH).map(({ proof }) => proof),
        values: { count: fresh.length },
      });
    const report = firstOn(pages, (seen) => reportOn(site, seen));
    if (report) return conclude.report(text(report));
    const proofs = exchanges.slice(0, ENOUGH).map(({ proof }) => proof);
    if (exchanges.length > 0) {
      const ages = exchanges.map(({ age }) => age).filter((age): age is number => age !== null);
      if (ages.length > 0 && Math.min(...ages) > YEAR)
        return conclude.old({ proofs, values: { age: Math.min(...ages) } });
      return exchanges.length < ENOUGH || ages.length > 0
        ? conclude.few({ proofs, values: { count: exchanges.length } })
        : conclude.undated({ proofs, values: { count: exchanges.length } });
    }
    const figures = firstOn(pages, (seen) => figuresOn(site, seen));
    if (figures) return conclude.figures(text(figures));
    const meeting = firstOn(pages, (seen) => meetingOn(site, seen));
    if (meeting) return conclude.meeting(text(meeting));
    if (topic.files[0]) return conclude.file(text(topic.files[0].proof));
    if (topic.unlooked)
      return conclude.unlooked({
        proofs: [topic.unlooked.proof],
        values: { text: shorten(topic.unlooked.proof.spot.quote), why: topic.unlooked.why },
      });
    const theatre = firstOn(pages, (seen) => theatreOn(site, seen));
    return theatre ? conclude.theatre(text(theatre)) : conclude.nothing();
  },
});

const recent = (exchanges: readonly Dated[]): Dated[] => exchanges.filter(({ age }) => age !== null && age <= YEAR);

/** Replies of a page, with how long ago they were given. */
const exchangesOn = (site: Site, seen: Seen): Dated[] =>
  exchangesIn(site, seen).map(({ voice, reply }, i, all) => ({
    proof: { seen, spot: spotOfRun(seen.page, reply) },
    age: newest(timesIn(seen, Math.max((all[i - 1]?.reply ?? -1) + 1, voice - REACH), reply + 2))?.age ?? null,
  }));

/** Complaints or suggestions, how many of them were handled, and in which time. */
function reportOn(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  for (const index of linesSaying(site, seen, 'handled')) {
    const near = page.runs.slice(Math.max(0, index - NEAR), index + 2);
    if (
      !near.some(({ folded }) => says(folded, 'complaint') || says(folded, 'suggestion') || says(folded, 'feedback')) ||
      numbers(page.runs, index) < 2
    )
      continue;
    const isTimed =
      near.some(({ folded }) => PERIOD.test(folded)) ||
      (newest(timesIn(seen, index - NEAR, index + NEAR))?.age ?? Infinity) <= YEAR;
    if (isTimed) return { seen, spot: spotOfRun(page, index) };
  }
  return null;
}

function figuresOn(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  for (const concept of ['complaint', 'suggestion', 'handled'] as const) {
    for (const index of linesSaying(site, seen, concept)) {
      const { folded, link } = page.runs[index]!;
      const counts =
        concept === 'handled'
          ? says(folded, 'complaint') || says(folded, 'suggestion') || says(folded, 'feedback')
          : COUNT.test(folded);
      if (link < 0 && counts && numbers(page.runs, index) >= 1 && !findPhone(folded))
        return { seen, spot: spotOfRun(page, index) };
    }
  }
  return null;
}

/** Numbers in a line, or in the cells of the table that it heads. */
function numbers(runs: readonly Run[], index: number): number {
  const run = runs[index]!;
  const lines = run.cell >= 0 ? runs.slice(index, index + 12).filter(({ row }) => row >= 0) : [run];
  return lines.reduce(
    (sum, { folded }) =>
      sum +
      (folded
        .replace(/\d{2,4}[/-]\d{1,2}[/-]\d{1,4}/g, ' ')
        .replace(SPAN, ' ')
        .match(/\d[\d,.]*/g)?.length ?? 0),
    0,
  );
}

function meetingOn(site: Site, seen: Seen): Shown | null {
  const heading = headingOf(site, seen, ['public-meeting']);
  if (
    heading < 0 ||
    !seen.page.runs.some(
      (run, index) =>
        index > heading &&
        isOwnLine(site, run) &&
        run.link < 0 &&
        ABOUT_HANDLING.test(run.folded) &&
        countWords(run.folded) >= 8,
    )
  )
    return null;
  return { seen, spot: spotOfRun(seen.page, heading) };
}

function theatreOn(site: Site, seen: Seen): Shown | null {
  const heading = headingOf(site, seen, ['feedback', 'reply']);
  return heading >= 0 && seen.page.words < THEATRE_WORDS && !seen.page.fields.some(({ type }) => type === 'textarea')
    ? { seen, spot: spotOfRun(seen.page, heading) }
    : null;
}
