import type { Run } from '../../src/core/page-view.ts';
import { similarity, titleOf } from '../../src/core/similarity.ts';
import { LIKE_TITLE } from '../../src/core/site-view.ts';
import {
  runProof,
  defineServiceRule,
  fail,
  pageOf,
  partial,
  pass,
  quoting,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { namesOf, says } from '../lexicon/says.ts';
import { isBareNone } from '../lexicon/values.ts';
import { noneNeededOn } from '../papers.ts';
import { allTold, isEmpty, sectionOf } from '../sheet.ts';

export default defineServiceRule({
  id: 'integration/no-redundant-documents',
  version: 1,
  why: {
    fa: 'خواستن رونوشت شناسنامه و کارت ملی نشان می‌دهد که دستگاه داده دولت را نمی‌خواند.',
    en: 'Asking for copies of birth certificate and national card shows that the organization does not read what the state holds.',
  },
  source: 'catalogue 51; once-only principle; golden cases 21 and 34',
  needs: ['service-page'],
  seeks: ['documents'],
  exempt: ['INFO', 'PUSH'],
  outcomes: {
    clean: pass(
      'در فهرست مدارک رونوشتی از پایگاه‌های پایه نیست: «{text}».',
      'The list of documents holds no copy of a base register: "{text}".',
    ),
    noneAsked: pass('مدرکی خواسته نمی‌شود: «{text}».', 'No document is asked for: "{text}".'),
    one: partial(
      'یک رونوشت از پایگاه‌های پایه خواسته می‌شود: «{text}».',
      'One copy of a base register is asked for: "{text}".',
    ),
    originals: unclear(
      'دیدن یا آوردن خود مدرک هویتی خواسته می‌شود، نه رونوشت: «{text}».',
      'The document itself is to be shown or brought, not a copy: "{text}".',
    ),
    noneForPermit: unclear(
      'برای مجوز تنها نوشته شده «{text}»: درست است یا خانه پر نشده؟',
      'For a permit it says only "{text}": true, or a cell that nobody filled?',
    ),
    elsewhere: unclear(
      'فهرست مدارک تنها پشت پیوند یا در پرونده «{text}» است.',
      'The list of documents is only behind the link or in the file "{text}".',
    ),
    several: fail(
      '{count} رونوشت از پایگاه‌های پایه خواسته می‌شود: «{text}».',
      '{count} copies of base registers are asked for: "{text}".',
    ),
    notPublished: fail('فهرست مدارک منتشر نشده است.', 'The list of documents is not published.'),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.notPublished();
    const lists = allTold(view, seen, 'documents');
    const filled = lists.filter(({ text }) => !isEmpty(text));
    const none = lists.find(({ folded }) => says(folded, 'not-needed') || isBareNone(folded));
    if (none && isBareNone(none.folded) && says(view.title.folded, 'certificate'))
      return conclude.noneForPermit(quoting(none.proof));
    if (filled.length === 0) {
      if (none) return conclude.noneAsked({ proofs: [none.proof], values: { text: shorten(none.text) } });
      const link = linkedList(seen);
      if (link) return conclude.elsewhere(quoting(link));
    }
    const lines =
      filled.length > 0
        ? [...new Set(filled.flatMap((value) => value.lines))]
        : proseOf(view, seen).filter(({ folded }) => countIn(folded).copies > 0);
    const needless = lines.length === 0 ? noneNeededOn(view, seen) : null;
    if (needless) return conclude.noneAsked({ proofs: [needless], values: { text: shorten(needless.spot.quote) } });
    if (lines.length === 0) return conclude.notPublished();
    // a page may hold its list twice, for wide screens and for narrow ones: each line is asked for once
    const different = [...new Map(lines.toReversed().map((run) => [run.folded, run])).values()].toReversed();
    const asked = different.map((run) => ({ run, ...countIn(run.folded) }));
    const copies = asked.reduce((sum, { copies }) => sum + copies, 0);
    const first = asked.find((line) => line.copies > 0) ?? asked.find((line) => line.originals > 0);
    const run = first?.run ?? lines[0]!;
    const details = { proofs: [show(seen, run)], values: { count: copies, text: shorten(run.text) } };
    if (copies >= 2) return conclude.several(details);
    if (copies === 1) return conclude.one(details);
    if (first) return conclude.originals(details);
    return none && different.length === 1 ? conclude.noneAsked(details) : conclude.clean(details);
  },
});

/**
 * Lines in which the page speaks of the service without a label for its documents. Under a heading that is the title of
 * the service the next heading of its rank begins something else, perhaps a service that the registry does not have.
 */
function proseOf(view: ServiceSubject, seen: Seen): readonly Run[] {
  const lines = sectionOf(view, seen);
  const start = lines.findIndex((run) => run.heading > 1 && similarity(titleOf(run.text), view.title) >= LIKE_TITLE);
  const title = lines[start];
  if (!title) return lines;
  const end = lines.findIndex((run, index) => index > start && run.heading > 0 && run.heading <= title.heading);
  return lines.slice(start + 1, end < 0 ? undefined : end);
}

const show = (seen: Seen, run: Run): Shown => runProof(seen, run);

/**
 * Base registers named in a line, apart as copies and as the documents themselves. What "copy of" begins goes on to the
 * end of the line, unless "original of" takes over; a sentence that says that none is needed, or that it is inquired, asks for nothing.
 */
function countIn(folded: string): { readonly copies: number; readonly originals: number } {
  let copies = 0;
  let originals = 0;
  for (const sentence of folded.split(/[.;](?:\s|$)/)) {
    if (says(sentence, 'not-needed') || says(sentence, 'foreign') || says(sentence, 'inquiry')) continue;
    const copyAt = namesOf(sentence, 'copy').map(({ start }) => start);
    const originalAt = namesOf(sentence, 'original').map(({ start }) => start);
    let before = -1;
    for (const { start, end } of namesOf(sentence, 'base-register')) {
      // "the card or the certificate" asks for one of them
      const isAlternative = before >= 0 && /^\s*(?:یا|or|o|oppure)(?:\s|$)/.test(sentence.slice(before, start));
      before = end;
      if (isAlternative) continue;
      const copy = Math.max(-1, ...copyAt.filter((at) => at < start));
      const original = Math.max(-1, ...originalAt.filter((at) => at < start));
      if (copy > original) copies++;
      // «اصل و کپی شناسنامه» asks for both
      else originals++;
    }
  }
  return { copies, originals };
}

/** A link that is the list's own label: the list is on another page or in a file. */
function linkedList(seen: Seen): Shown | null {
  const { page } = seen;
  const hit = (page.hits.get('documents') ?? []).find(
    ({ source, index, strength }) =>
      source === 'link' &&
      strength !== 'weak' &&
      page.links[index]!.url !== null &&
      page.links[index]!.region !== 'nav' &&
      page.links[index]!.region !== 'footer' &&
      page.links[index]!.region !== 'header',
  );
  const link = hit ? page.links[hit.index]! : null;
  return link ? { seen, spot: { node: link.node, quote: link.name, language: null, link, dead: false } } : null;
}
