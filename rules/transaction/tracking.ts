import {
  blocked,
  defineServiceRule,
  fail,
  isContent,
  naming,
  notApplicable,
  notVisible,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
} from '../define.ts';
import { guidesOf, linesAbout } from '../guides.ts';
import { says } from '../lexicon/says.ts';
import { instantBy, toldOf } from '../sheet.ts';
import { hiddenBehindLogin } from '../sign-in.ts';
import { portalTracker, trackersOf, codeField } from '../trackers.ts';

/** A number beside such words is the bank's. */
const PAYMENT = ['pay', 'pay-online', 'refund', 'paying'] as const;

export default defineServiceRule({
  id: 'transaction/tracking',
  version: 1,
  why: {
    fa: 'متقاضی باید بتواند بی تلفن و مراجعه بداند درخواستش به کجا رسیده است.',
    en: 'An applicant should be able to learn where a request stands without calling or visiting.',
  },
  source: 'catalogue 36; golden case 29',
  needs: ['service-page', 'system', 'site'],
  seeks: ['track', 'guide'],
  exempt: ['INFO'],
  outcomes: {
    entry: pass('خانه «{name}» برای پیگیری درخواست هست.', 'The field "{name}" is there to track a request.'),
    desk: pass(
      'میز خدمتی که این خدمت را دارد خانه «{name}» برای پیگیری دارد.',
      'The service desk that lists this service has the field "{name}" to track requests.',
    ),
    inAccount: pass(
      'راهنما فهرست درخواست‌های متقاضی را نشان می‌دهد: «{name}».',
      'The guide shows the applicant\'s list of requests: "{name}".',
    ),
    linked: pass('پیوند «{name}» هست و دنبال نشده است.', 'The link "{name}" is there and was not followed.'),
    general: partial(
      'پیگیری «{name}» عمومی است و به این خدمت یا سامانه‌اش وابسته نیست.',
      'The tracking by "{name}" is a general one, not tied to this service or its system.',
    ),
    claimed: partial('پیگیری تنها گفته شده است: «{name}».', 'Tracking is only mentioned: "{name}".'),
    instant: notApplicable('پاسخ خدمت در لحظه داده می‌شود.', 'The service answers at once.'),
    unlooked: blocked(
      'پیوند پیگیری «{name}» برای ما خوانده نشد ({why}).',
      'The tracking link "{name}" could not be read by us ({why}).',
    ),
    guideSilent: unclear(
      'درون سامانه پشت ورود است و راهنما («{name}») پیگیری را نشان نمی‌دهد یا خوانده نشده است.',
      'The inside of the system is behind a log-in, and the guide ("{name}") does not show tracking or was not read.',
    ),
    behindLogin: notVisible(
      'درون سامانه پشت ورود است و راهنمایی هم نیست.',
      'The inside of the system is behind a log-in, and there is no guide.',
    ),
    nothing: fail('راهی برای پیگیری درخواست نیست.', 'There is no way to track a request.'),
  },
  check(view, conclude) {
    const instant = instantBy(view);
    if (instant) return conclude.instant({ proofs: [instant] });
    const own = trackersOf(view);
    if (own.found && !own.found.forLetters)
      return conclude.entry({ proofs: own.found.proofs, values: { name: shorten(own.found.name) } });
    for (const seen of view.entries.map((entry) => entry.seen)) {
      const field = codeField(seen);
      if (field && !field.forLetters && isContent(field.region))
        return conclude.desk({ proofs: [field.proof], values: { name: shorten(field.name) } });
    }
    const guide = guidesOf(view)
      .map(({ reading }) => pageOf(reading))
      .filter((seen) => seen !== null);
    for (const { proof } of linesAbout(view, 'dashboard', { pages: guide })) return conclude.inAccount(naming(proof));
    if (own.unread) return conclude.unlooked(naming(own.unread.proof, { why: own.unread.why }));
    if (own.unfollowed) return conclude.linked({ ...naming(own.unfollowed), level: 1 });
    const portal = portalTracker(view);
    const general = own.found ?? (portal && { proofs: [portal.proof], name: portal.name });
    if (general) return conclude.general({ proofs: general.proofs, values: { name: shorten(general.name) }, level: 1 });
    const claim =
      toldOf(view, 'track').find(({ folded }) => !says(folded, 'not-needed') && !says(folded, 'letter'))?.proof ??
      own.without ??
      [...linesAbout(view, 'case-number')].find(
        ({ run }) => !says(run.folded, 'letter') && !PAYMENT.some((concept) => says(run.folded, concept)),
      )?.proof ??
      [...linesAbout(view, 'track'), ...linesAbout(view, 'dashboard')].find(({ run }) => !says(run.folded, 'letter'))
        ?.proof;
    if (claim) return conclude.claimed({ ...naming(claim), level: 0 });
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { name: shorten(hidden.guide.proof.spot.quote) } });
    return hidden ? conclude.behindLogin({ proofs: hidden.proofs }) : conclude.nothing();
  },
});
