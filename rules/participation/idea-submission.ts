import { fold } from '../../src/core/fold.ts';
import { spotOfNode, spotOfRun } from '../../src/core/look.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
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
import { calledSo, isOwnLine, linesSaying, ownFields, pagesAbout, type TopicPage } from '../topics.ts';

/** A form with one field may be a search; a box for prose is enough by itself. */
const MIN_FIELDS = 2;
/** Lines before a box in which words may say what it is for. */
const REACH = 5;

export default definePortalRule({
  id: 'participation/idea-submission',
  version: 1,
  why: {
    fa: 'شهروندان راه‌حل‌هایی دارند که سازمان به آن‌ها فکر نکرده است.',
    en: 'Citizens have ideas that the organization has not thought of.',
  },
  source: 'catalogue 67; report: giving ideas',
  needs: ['home', 'site'],
  seeks: ['suggestion'],
  outcomes: {
    form: pass(
      'همه می‌توانند ایده و پیشنهاد خود را در فرم «{text}» بفرستند.',
      'Everybody can send an idea in the form "{text}".',
    ),
    topicOnly: partial(
      'پیشنهاد تنها یکی از موضوع‌های فرم تماس است: «{text}».',
      'A suggestion is only one topic of the contact form: "{text}".',
    ),
    staffMaybe: unclear(
      'نظام پیشنهادات («{text}») برای همه است یا تنها برای کارکنان؟',
      'Is the suggestion scheme ("{text}") for everybody or only for employees?',
    ),
    behindLogin: unclear(
      'ثبت ایده («{text}») پس از ورود است؛ شهروندان می‌توانند وارد شوند؟',
      'Ideas ("{text}") are sent after logging in: can citizens log in?',
    ),
    staffOnly: fail(
      'نظام پیشنهادات («{text}») برای کارکنان است و نه شهروندان.',
      'The suggestion scheme ("{text}") is for employees and not for citizens.',
    ),
    noForm: fail(
      'صفحه‌ای به این نام هست («{text}») و فرمی برای فرستادن ایده ندارد.',
      'A page of that name is there ("{text}"), without a form to send an idea.',
    ),
    dead: fail('پیوند ارسال پیشنهاد به جایی نمی‌رسد: «{text}».', 'The link for suggestions leads nowhere: "{text}".'),
    nothing: fail('راهی برای فرستادن ایده و پیشنهاد نیست.', 'There is no way to send an idea or suggestion.'),
    unlooked: blocked(
      'پیوند «{text}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{text}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    if (!pageOf(site.home)) return conclude.nothing();
    const told = (...proofs: Shown[]): { proofs: Shown[]; values: { text: string } } => ({
      proofs,
      values: { text: shorten(proofs[0]!.spot.quote) },
    });
    const topic = pagesAbout(site, ['suggestion']);
    const judged = topic.pages.map((page) => ({
      ...page,
      audience: audienceOf(site, page),
      form: formOn(site, page.seen),
    }));

    const open = judged.find(({ audience, form }) => form !== null && audience !== 'staff' && audience !== 'scheme');
    if (open) return conclude.form(told(open.proof, open.form!));
    const scheme = judged.find(
      ({ audience, form, seen }) => audience === 'scheme' && (form !== null || hasLogin(seen)),
    );
    if (scheme) return conclude.staffMaybe(told(scheme.proof));
    const shut = judged.find(
      ({ audience, seen, proof }) => audience !== 'staff' && hasLogin(seen) && proof.seen !== seen,
    );
    if (shut) return conclude.behindLogin(told(shut.proof));
    for (const seen of [...site.pages, ...topic.pages.map((page) => page.seen)]) {
      const chosen = topicOf(site, seen);
      if (chosen) return conclude.topicOnly(told(chosen));
    }
    if (topic.unlooked)
      return conclude.unlooked({
        proofs: [topic.unlooked.proof],
        values: { text: shorten(topic.unlooked.proof.spot.quote), why: topic.unlooked.why },
      });
    const staff = judged.find(({ audience }) => audience === 'staff');
    if (staff) return conclude.staffOnly(told(staff.proof));
    const empty = calledSo(judged);
    if (empty) return conclude.noForm(told(empty));
    const dead = topic.gone?.proof ?? topic.dead;
    return dead ? conclude.dead(told(dead)) : conclude.nothing();
  },
});

/** Who is asked: the staff by its own words, a scheme that does not say, or everybody. */
function audienceOf(site: Site, { seen, proof }: TopicPage): 'staff' | 'scheme' | 'everybody' {
  const isScheme = /نظام (?:جامع )?پیشنهاد/.test(
    `${fold(proof.spot.quote)} ${seen.page.runs.find(({ heading }) => heading > 0)?.folded ?? ''}`,
  );
  const lines = seen.page.runs.filter((run) => isOwnLine(site, run));
  const citizens = lines.some(({ folded }) => says(folded, 'citizens'));
  const staff = lines.some(({ folded }) => says(folded, 'staff-only'));
  if (staff && !citizens) return 'staff';
  // a page that speaks of both may be for either
  return citizens ? (staff && isScheme ? 'scheme' : 'everybody') : isScheme ? 'scheme' : 'everybody';
}

/** A box for prose, or a form of several fields, under words that ask for ideas; not the one of a draft or a complaint. */
function formOn(site: Site, seen: Seen): Shown | null {
  const { page } = seen;
  const asks = new Set(linesSaying(site, seen, 'suggestion'));
  for (const field of page.fields) {
    if (field.type !== 'textarea' || field.disabled || !isContent(field.region)) continue;
    const before = page.runs.slice(0, field.at);
    const about =
      before.some((run, index) => asks.has(index) && (run.heading > 0 || field.at - index <= REACH)) ||
      says(field.folded, 'suggestion') ||
      page.buttons.some((button) => button.form === field.form && field.form >= 0 && says(button.folded, 'suggestion'));
    if (about && !isOtherBox(page.runs, field.at, field.folded))
      return { seen, spot: spotOfNode(field.node, field.label || field.placeholder || field.name) };
  }
  const fields = ownFields(site, seen).filter(({ type }) => ['text', 'email', 'select', 'tel', 'file'].includes(type));
  const heading = page.runs.findIndex((run, index) => asks.has(index) && run.heading > 0);
  return heading >= 0 && fields.length > MIN_FIELDS ? { seen, spot: spotOfRun(page, heading) } : null;
}

/** The nearest heading of the box, or its label, speaks of a draft or a complaint. */
function isOtherBox(runs: Seen['page']['runs'], at: number, label: string): boolean {
  const heading = runs.slice(0, at).findLast((run) => run.heading > 0)?.folded ?? '';
  return [label, heading].some((text) => !says(text, 'suggestion') && (says(text, 'draft') || says(text, 'complaint')));
}

/** A topic of a form of contact. */
function topicOf(site: Site, seen: Seen): Shown | null {
  for (const field of seen.page.fields) {
    if (field.disabled || !isContent(field.region) || site.isFrame(field.folded)) continue;
    const choice =
      field.type === 'select'
        ? field.options.find((option) => /پیشنهاد|\bsuggestions?\b|\bideas?\b|suggeriment|propost/.test(fold(option)))
        : undefined;
    if (
      choice !== undefined ||
      (['radio', 'checkbox', 'textarea', 'text'].includes(field.type) && says(field.folded, 'suggestion'))
    )
      return { seen, spot: spotOfNode(field.node, choice ?? field.label) };
  }
  return null;
}

const hasLogin = ({ page }: Seen): boolean => page.fields.some(({ type }) => type === 'password');
