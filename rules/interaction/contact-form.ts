import { spotOfNode } from '../../src/core/look.ts';
import type { Field } from '../../src/core/page-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  isFrameLink,
  naming,
  pageOf,
  partial,
  pass,
  shorten,
  speaksOf,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { follow } from '../follow.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';
import { CONTACT_ADDRESS } from '../links.ts';

/** Fields beside the message: who writes, and how to answer. */
const OTHER_FIELDS = 2;
/** What says that a message will not be lost. */
const PROMISES: readonly ConceptId[] = ['track', 'case-number', 'receipt'];

export default definePortalRule({
  id: 'interaction/contact-form',
  version: 1,
  why: {
    fa: 'شهروند باید بتواند بی جست‌وجوی نشانی، به دستگاه پیام بدهد و پیامش به واحد درست برسد.',
    en: 'A citizen should be able to write to the organization from its portal, and reach the right unit.',
  },
  source: 'catalogue 32',
  needs: ['home', 'site'],
  seeks: ['contact', 'feedback'],
  outcomes: {
    full: pass(
      'فرم پیام با {count} فیلد در «{name}» هست و موضوع یا پیگیری دارد.',
      'There is a message form of {count} fields at "{name}", with a topic or a way to follow it up.',
    ),
    plain: partial(
      'فرم پیام با {count} فیلد در «{name}» هست، بی موضوع و پیگیری.',
      'There is a message form of {count} fields at "{name}", without a topic or a way to follow it up.',
    ),
    mailOnly: partial(
      'به جای فرم تنها رایانامه هست: «{text}».',
      'Instead of a form there is only an e-mail address: "{text}".',
    ),
    dead: fail('پیوند تماس («{name}») به جایی نمی‌رسد.', 'The link to contact ("{name}") leads nowhere.'),
    none: fail('فرمی برای فرستادن پیام به دستگاه یافت نشد.', 'No form for a message to the organization was found.'),
    unlooked: blocked(
      'صفحه «{name}» برای ما خوانده نشد ({why}).',
      'The page "{name}" could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    const first = follow(site, [home], ['contact', 'feedback']);
    const near = [
      ...new Set([
        ...first.pages.map(({ target }) => target),
        ...site.pages.filter(({ page }) => CONTACT_ADDRESS.test(page.url)),
      ]),
    ];
    const second = follow(site, near, ['contact', 'feedback']);
    const pages = [
      ...new Set([...near, ...second.pages.map(({ target }) => target), ...near.flatMap((seen) => beside(site, seen))]),
    ];
    const forms = pages.map((seen) => messageForm(site, seen)).filter((form) => form !== null);
    const form = forms.find(({ isFull }) => isFull) ?? forms[0];
    if (form) {
      const details = {
        proofs: [form.proof],
        values: { count: form.count, name: shorten(form.proof.seen.page.title || form.proof.seen.page.url) },
      };
      return form.isFull ? conclude.full(details) : conclude.plain(details);
    }
    const missed = first.unlooked ?? second.unlooked;
    if (missed) return conclude.unlooked(naming(missed.proof, { why: missed.why }));
    const mail = [...near, home]
      .map((seen) => ({ seen, answer: seen.signals.get('contact_email') }))
      .find(({ answer }) => answer?.verdict === 'present');
    if (mail?.answer?.spot)
      return conclude.mailOnly({
        proofs: [{ seen: mail.seen, spot: mail.answer.spot }],
        values: { text: shorten(mail.answer.spot.quote) },
      });
    const dead = near.length === 0 ? (first.gone?.proof ?? first.dead) : null;
    return dead ? conclude.dead(naming(dead)) : conclude.none();
  },
});

/** Pages behind the links in the content of a page on contacts, of which one may be the form. */
const beside = (site: Site, { page }: Seen): Seen[] =>
  page.links.flatMap((link) => {
    const target = link.url && isContent(link.region) && !isFrameLink(site, link) ? pageOf(site.at(link.url)) : null;
    return target && target.page.host === page.host ? [target] : [];
  });

/** A box for a message with fields around it that can be sent; boxes of comments under news are on other pages. */
function messageForm(
  site: Site,
  seen: Seen,
): { readonly proof: Shown; readonly count: number; readonly isFull: boolean } | null {
  const { page } = seen;
  for (const box of page.fields) {
    if (box.type !== 'textarea' || box.disabled || !isContent(box.region) || /captcha/i.test(box.name)) continue;
    const others = page.fields.filter(
      (field) => field !== box && field.form === box.form && isContent(field.region) && isPartOf(field),
    );
    const canSend =
      page.buttons.some(({ form, region }) => form === box.form && isContent(region)) ||
      page.links.some((link) => link.url === null && !link.anchor && link.at >= box.at && isContent(link.region));
    if (others.length < OTHER_FIELDS || !canSend) continue;
    const isFull =
      others.some((field) => field.type === 'select' || field.type === 'radio' || says(field.folded, 'topic')) ||
      PROMISES.some((concept) => speaksOf(site, seen, concept));
    return {
      proof: {
        seen,
        spot: spotOfNode(
          box.node,
          [...others, box].map(({ label, placeholder, name }) => label || placeholder || name).join(' · '),
        ),
      },
      count: others.length + 1,
      isFull,
    };
  }
  return null;
}

const isPartOf = ({ type, disabled, name, folded }: Field): boolean =>
  !disabled &&
  !['search', 'password', 'checkbox'].includes(type) &&
  !/captcha|search/i.test(name) &&
  !says(folded, 'captcha') &&
  !says(folded, 'search');
