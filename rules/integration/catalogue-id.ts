import { spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { isInside } from '../../src/core/page-tree.ts';
import { similarity, titleOf } from '../../src/core/similarity.ts';
import { LIKE_TITLE } from '../../src/core/site-view.ts';
import {
  defineServiceRule,
  fail,
  isContent,
  notApplicable,
  pageOf,
  partial,
  pass,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { findServiceCode } from '../lexicon/values.ts';
import { told } from '../sheet.ts';

/** Digits that name the service above its parts. */
const SHORT_FORM = 8;

export default defineServiceRule({
  id: 'integration/catalogue-id',
  version: 1,
  why: {
    fa: 'شناسه ملی خدمت کلید پیوند دستگاه‌هاست؛ بی آن نمی‌توان گفت دو نام یک خدمت‌اند.',
    en: 'The national code of a service is the key by which agencies join: without it nobody can say that two names are one service.',
  },
  source: 'catalogue 54; guide for loading service cards',
  needs: ['service-page', 'home', 'catalogue'],
  seeks: ['services', 'service-code'],
  outcomes: {
    onPage: pass('شناسه {code} در صفحه خدمت هست.', 'The code {code} is on the page of the service.'),
    inList: pass('شناسه {code} در فهرست خدمات هست.', 'The code {code} is in the list of services.'),
    shortForm: partial(
      'تنها {code} رقم نخست شناسه آمده است: «{text}».',
      'Only the first {code} digits of the code are given: "{text}".',
    ),
    typo: partial(
      'شناسه درج‌شده یک رقم با {code} فرق دارد: «{text}».',
      'The code given differs from {code} in one digit: "{text}".',
    ),
    noCode: notApplicable('این خدمت در فهرست ملی شناسه ندارد.', 'The service has no code in the national list.'),
    wrong: fail(
      'شناسه درج‌شده ({text}) شناسه این خدمت ({code}) نیست.',
      'The code given ({text}) is not that of this service ({code}).',
    ),
    nothing: fail('شناسه خدمت ({code}) جایی نیامده است.', 'The code of the service ({code}) is shown nowhere.'),
  },
  check(view, conclude) {
    const { code } = view.service;
    if (code === null) return conclude.noCode();
    const page = pageOf(view.page);
    const onPage = page ? lineWith(page, code) : null;
    if (onPage) return conclude.onPage({ proofs: [onPage], values: { code }, level: 2 });
    const listed = view.entries.find(({ by }) => by === 'code');
    if (listed)
      return conclude.inList({
        proofs: [{ seen: listed.seen, spot: spotOfNode(listed.node, listed.text) }],
        values: { code },
        level: 2,
      });
    const portal = onPortal(view, code);
    if (portal?.code === code) return conclude.inList({ proofs: [portal.proof], values: { code }, level: 2 });
    const given = page ? codeGiven(view, page) : null;
    if (given && isTypo(given.code, code))
      return conclude.typo({ proofs: [given.proof], values: { code, text: given.code } });
    const near = view.entries.find(({ by }) => by === 'near-code');
    if (near)
      return conclude.typo({
        proofs: [{ seen: near.seen, spot: spotOfNode(near.node, near.text) }],
        values: { code, text: shorten(near.text) },
      });
    if (portal) return conclude.typo({ proofs: [portal.proof], values: { code, text: portal.code } });
    const short = page ? lineWith(page, code.slice(0, SHORT_FORM)) : null;
    if (short)
      return conclude.shortForm({ proofs: [short], values: { code: SHORT_FORM, text: shorten(short.spot.quote) } });
    if (given && !isOfOther(view, given.code))
      return conclude.wrong({ proofs: [given.proof], values: { code, text: given.code } });
    return conclude.nothing({ values: { code } });
  },
});

function lineWith(seen: Seen, code: string): Shown | null {
  const alone = new RegExp(`(?<!\\d)${code}(?!\\d)`);
  const index = seen.page.runs.findIndex(
    ({ folded, region }) =>
      folded.includes(code) && (isContent(region) || region === 'breadcrumb') && alone.test(folded),
  );
  return index >= 0 ? { seen, spot: spotOfRun(seen.page, index) } : null;
}

/** The code that the page gives as its own, under the label of the code. */
function codeGiven(view: ServiceSubject, seen: Seen): { readonly code: string; readonly proof: Shown } | null {
  for (const { folded, proof } of told(view, seen, 'service-code')) {
    const code = findServiceCode(folded);
    if (code) return { code, proof };
  }
  return null;
}

/** Boxes around a line that may be the entry of one service: a card, an item, a row. */
const MAX_BOXES = 5;

/**
 * The code on another page of the portal: an entry of a list, however short the list is. A code that differs in one
 * digit counts where its entry is the service's own: neighbouring services have neighbouring codes.
 */
function onPortal(view: ServiceSubject, code: string): { readonly code: string; readonly proof: Shown } | null {
  const own = pageOf(view.page);
  let near: { code: string; proof: Shown } | null = null;
  for (const seen of view.site.pages) {
    if (seen === own) continue;
    for (const { index, code: given } of codesOn(seen)) {
      const run = seen.page.runs[index]!;
      if (given !== code && !isTypo(given, code)) continue;
      const found = { code: given, proof: { seen, spot: spotOfRun(seen.page, index) } };
      if (given === code) return found;
      if (!isOfOther(view, given) && isOwnEntry(view, seen, run.node)) near ??= found;
    }
  }
  return near;
}

interface CodeLine {
  readonly index: number;
  readonly code: string;
}
const codeLines = new WeakMap<Seen, readonly CodeLine[]>();

/** Lines of a page's content with the code that each one names; looked for once, though every service asks. */
function codesOn(seen: Seen): readonly CodeLine[] {
  let lines = codeLines.get(seen);
  if (!lines) {
    lines = seen.page.runs.flatMap((run, index) => {
      const code = isContent(run.region) ? findServiceCode(run.folded) : null;
      return code === null ? [] : [{ index, code }];
    });
    codeLines.set(seen, lines);
  }
  return lines;
}

/** Does the smallest box around the line that holds a title or a link name the service or lead to its page? */
function isOwnEntry(view: ServiceSubject, { page }: Seen, node: number): boolean {
  const pageUrl = view.service.pageUrl ?? pageOf(view.page)?.page.url;
  const { parents } = page.tree;
  for (let box = parents[node]!, up = 0; box > page.body && up < MAX_BOXES; box = parents[box]!, up++) {
    const runs = page.runs.filter((run) => isInside(page.tree, run.node, box));
    if (new Set(runs.flatMap(({ folded }) => findServiceCode(folded) ?? [])).size > 1) return false;
    const links = page.links.filter((link) => isInside(page.tree, link.node, box));
    if (links.some(({ url }) => url !== null && url === pageUrl)) return true;
    if (runs.some(({ text }) => similarity(titleOf(text), view.title) >= LIKE_TITLE)) return true;
  }
  return false;
}

function isTypo(a: string, b: string): boolean {
  return a.length === b.length && [...a].filter((digit, index) => digit !== b[index]).length === 1;
}

/** On a page that several services share, the code of another one is not a wrong one. */
const isOfOther = (view: ServiceSubject, code: string): boolean =>
  view.site.services.some(({ service }) => service.code === code);
