import { countWords, spotOfNode, spotOfRun } from '../../src/core/look.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  isContent,
  pageOf,
  partial,
  pass,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from '../define.ts';
import { follow, ownLinks } from '../follow.ts';
import { exchangesIn, isVoice, type Exchange } from '../replies.ts';
import { says } from '../lexicon/says.ts';
import { applicationFields } from '../signals/application-fields.ts';
import { isOwnLine } from '../topics.ts';

/** Lines after a heading of comments within which they stand. */
const SECTION = 40;
/** Words of a line that only signs a comment. */
const SIGNATURE_WORDS = 10;
/** A bare "Reply:" means a comment only where comments are; elsewhere it answers a question of the page's own. */
const BARE_REPLY = /^(?:پاسخ|جواب|reply|response|answer|risposta)(?!\p{L})(?:.{0,40}?:|(?: \p{L}+){1,4}$)/u;

export default defineServiceRule({
  id: 'participation/service-comments',
  version: 1,
  why: {
    fa: 'پاسخی که همه می‌بینند هم پاسخ‌گویی است و هم راهنمای نفر بعدی.',
    en: 'A reply that everybody sees is accountability, and a guide for whoever comes next.',
  },
  source: 'catalogue 64; report: timely and continuous response to feedback',
  needs: ['service-page'],
  seeks: ['comment', 'reply'],
  outcomes: {
    answered: pass(
      'نظر کاربر و پاسخ دستگاه منتشر شده است: «{text}».',
      'A comment of a user and the official reply are published: "{text}".',
    ),
    unanswered: partial(
      'نظر کاربران منتشر شده و پاسخی کنار آن نیست: «{text}».',
      'Comments of users are published, without a reply: "{text}".',
    ),
    boxOnly: partial(
      'برای نوشتن نظر جا هست («{text}») و نظری منتشر نشده است.',
      'There is a box for comments ("{text}"), and none is published.',
    ),
    nothing: fail(
      'در صفحه خدمت نه نظری هست و نه جایی برای نوشتن آن.',
      'The page of the service has no comments and no box for them.',
    ),
    unlooked: blocked(
      'پیوند «{text}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{text}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    const told = (proofs: Shown[]): { proofs: Shown[]; values: { text: string } } => ({
      proofs,
      values: { text: shorten(proofs[0]!.spot.quote) },
    });
    const links = follow(view.site, [seen], ['comment'], { ...ownLinks(view), kinds: ['link'] });
    const places = [seen, ...links.pages.map(({ target }) => target)];
    for (const place of places) {
      const exchange = exchangeOn(view.site, place);
      if (exchange) return conclude.answered(told(exchange));
    }
    for (const place of places) {
      const comment = commentOn(view.site, place);
      if (comment) return conclude.unanswered(told([comment]));
    }
    const box = boxOn(view, seen);
    if (box) return conclude.boxOnly(told([box]));
    return links.unlooked
      ? conclude.unlooked({
          proofs: [links.unlooked.proof],
          values: { text: shorten(links.unlooked.proof.spot.quote), why: links.unlooked.why },
        })
      : conclude.nothing();
  },
});

/** A comment and the reply to it. */
function exchangeOn(site: Site, seen: Seen): Shown[] | null {
  const sections = commentSections(site, seen);
  const isBare = (index: number): boolean =>
    BARE_REPLY.test(seen.page.runs[index]!.folded) &&
    sections.some((start) => index > start && index - start <= SECTION);
  const exchange = exchangesIn(site, seen, isBare)[0] ?? signedExchange(site, seen, sections);
  return exchange ? [exchange.voice, exchange.reply].map((at) => ({ seen, spot: spotOfRun(seen.page, at) })) : null;
}

/** A comment with a line below it that a unit of the body signed: it answers without being called a reply. */
function signedExchange(site: Site, { page: { runs } }: Seen, sections: readonly number[]): Exchange | null {
  for (const start of sections) {
    let voice = -1;
    for (let index = start + 1; index < Math.min(runs.length - 1, start + SECTION); index++) {
      const run = runs[index]!;
      if (run.heading > 0 && run.heading <= Math.max(1, runs[start]!.heading)) break;
      const isSigned =
        countWords(run.folded) <= SIGNATURE_WORDS && /\d{4}[/-]\d{1,2}|\d{1,2} \p{L}+ \d{4}/u.test(run.folded);
      const isOfficial = says(run.folded, 'unit') || says(run.folded, 'public-body');
      if (isSigned && isOfficial && voice >= 0 && isVoice(site, runs[index + 1]!)) return { voice, reply: index + 1 };
      if (!isSigned && isVoice(site, run)) voice = index;
    }
  }
  return null;
}

/** A comment under a heading of comments, with its day or its author. */
function commentOn(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  for (const start of commentSections(site, seen)) {
    const box = page.fields.find(({ type, at }) => type === 'textarea' && at > start)?.at ?? Infinity;
    for (let index = start + 1; index < Math.min(page.runs.length, start + SECTION, box); index++) {
      const run = page.runs[index]!;
      if (run.heading > 0 && run.heading <= Math.max(1, page.runs[start]!.heading)) break;
      const signed = [page.runs[index - 1], run].some(
        (line) =>
          line !== undefined &&
          (/\d{4}[/-]\d{1,2}|\d{1,2} \p{L}+ \d{4}/u.test(line.folded) || /^.{2,40}: ?.{8}/.test(line.folded)),
      );
      if (isVoice(site, run) && signed) return { seen, spot: spotOfRun(page, index) };
    }
  }
  return null;
}

/** «۲ دیدگاه», "3 comments". */
const COUNTED = /^\(?\d{1,4}\)? (?:دیدگاه|نظر|پرسش|comments?|commenti?|commentaires?|تعلیق)(?=\s|$)/;

/** Lines that open a part of comments. */
function commentSections(site: Site, { page }: Seen): number[] {
  const called = (page.hits.get('comment') ?? []).flatMap(({ source, strength, index }) =>
    source === 'run' && strength !== 'weak' ? [index] : [],
  );
  const counted = page.runs.flatMap(({ folded }, index) => (COUNTED.test(folded) ? [index] : []));
  return [...new Set([...called, ...counted])]
    .filter((index) => {
      const run = page.runs[index]!;
      return isOwnLine(site, run) && (run.heading > 0 || run.bold) && run.link < 0;
    })
    .sort((a, b) => a - b);
}

/** A text box of the page's content that asks for a comment. */
function boxOn({ site }: ServiceSubject, seen: Seen): Shown | null {
  const { page } = seen;
  const application = applicationFields(page);
  for (const field of page.fields) {
    if (field.type !== 'textarea' || field.disabled || !isContent(field.region)) continue;
    const before = page.runs[field.at - 1];
    if (before && site.isFrame(before.folded)) continue;
    const asks = (['comment', 'feedback'] as const).some((concept) =>
      (page.hits.get(concept) ?? []).some(({ source, strength, index }) => {
        if (strength === 'weak') return false;
        if (source === 'field') return page.fields[index] === field;
        if (source === 'button')
          return field.form >= 0 && page.buttons[index]!.form === field.form && application.length <= 2;
        return source === 'run' && index < field.at && field.at - index <= 2 && page.runs[index]!.link < 0;
      }),
    );
    if (asks || /comment|nazar|opinion|didgah/i.test(field.name))
      return { seen, spot: spotOfNode(field.node, field.label || field.placeholder || field.name) };
  }
  return null;
}
