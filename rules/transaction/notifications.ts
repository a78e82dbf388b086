import { headlines } from '../../src/core/site-view.ts';
import {
  defineServiceRule,
  fail,
  notApplicable,
  notVisible,
  partial,
  pass,
  quoting,
  shorten,
  unclear,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { linesAbout, sentenceOf, speakersOf } from '../guides.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';
import { isNewsPage } from '../news-pages.ts';
import { instantBy } from '../sheet.ts';
import { hiddenBehindLogin } from '../sign-in.ts';

/** A message that the applicant sends to a number asks for something, and tells nothing. */
const TO_NUMBER = /(?:به|to|al)\s*(?:شماره |سامانه |number |numero )?\d{4,}/;
/** What else messages are sent for: news, votes. */
const OTHER_MESSAGES: readonly ConceptId[] = ['newsletter', 'poll', 'news', 'complaint'];

export default defineServiceRule({
  id: 'transaction/notifications',
  version: 1,
  why: {
    fa: 'متقاضی نباید برای دانستن نتیجه سر بزند؛ دستگاه باید خود به او خبر دهد.',
    en: 'An applicant should not have to come back and look: the organization should tell.',
  },
  source: 'catalogue 41',
  needs: ['service-page', 'system', 'site'],
  seeks: ['guide', 'service-level', 'steps'],
  exempt: ['INFO'],
  outcomes: {
    stated: pass(
      'خبر دادن از وضعیت درخواست گفته شده است: «{text}».',
      'Messages on the state of the request are promised: "{text}".',
    ),
    codeOnly: partial(
      'پیامک تنها برای رمز یا کد ورود است: «{text}».',
      'Messages only carry the code to log in: "{text}".',
    ),
    organization: partial(
      'پیام‌رسانی در سطح دستگاه گفته شده، نه برای این خدمت: «{text}».',
      'Messages are promised for the organization as a whole, not for this service: "{text}".',
    ),
    instant: notApplicable('پاسخ خدمت در لحظه داده می‌شود.', 'The service answers at once.'),
    guideSilent: unclear(
      'درون سامانه پشت ورود است و راهنما («{text}») از خبر دادن چیزی نمی‌گوید یا خوانده نشده است.',
      'The inside of the system is behind a log-in, and the guide ("{text}") says nothing of messages or was not read.',
    ),
    behindLogin: notVisible(
      'درون سامانه پشت ورود است و راهنمایی هم نیست.',
      'The inside of the system is behind a log-in, and there is no guide.',
    ),
    nothing: fail('از خبر دادن به متقاضی چیزی گفته نشده است.', 'Nothing is said of telling the applicant.'),
  },
  check(view, conclude) {
    const instant = instantBy(view);
    if (instant) return conclude.instant({ proofs: [instant] });
    let code: Shown | null = null;
    for (const line of linesAbout(view, 'notify-status')) {
      const sentence = sentenceOf(line);
      if (
        TO_NUMBER.test(sentence) ||
        PASSWORD.test(sentence) ||
        OTHER_MESSAGES.some((concept) => says(sentence, concept))
      )
        continue;
      if (!says(sentence, 'otp')) return conclude.stated(quoting(line.proof));
      code ??= line.proof;
    }
    if (code) return conclude.codeOnly(quoting(code));
    const elsewhere = ofOrganization(view);
    if (elsewhere) return conclude.organization({ ...quoting(elsewhere), level: 0 });
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { text: shorten(hidden.guide.proof.spot.quote) } });
    return hidden ? conclude.behindLogin({ proofs: hidden.proofs }) : conclude.nothing();
  },
});

/** What is sent to enter tells nothing of a request. */
const PASSWORD = /رمز عبور|کلمه عبور|گذر ?واژه|\bpasswords?\b/;

/** On pages of the portal that speak for no service: the organization promises messages on requests. */
function ofOrganization(view: ServiceSubject): Shown | null {
  const services = new Set([
    ...speakersOf(view),
    ...view.site.services.flatMap((other) => (other.page.state === 'read' ? [other.page.seen] : [])),
  ]);
  const pages = view.site.pages.filter((seen) => !services.has(seen) && !isNewsPage(view.site, seen));
  for (const line of linesAbout(view, 'notify-status', { pages })) {
    const sentence = sentenceOf(line);
    // how complaints are answered says nothing of services
    if (headlines(line.seen.page).some(({ folded }) => says(folded, 'complaint'))) continue;
    if (
      !TO_NUMBER.test(sentence) &&
      !says(sentence, 'otp') &&
      !OTHER_MESSAGES.some((concept) => says(sentence, concept))
    )
      return line.proof;
  }
  return null;
}
