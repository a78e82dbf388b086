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
import { fold } from '../../src/core/fold.ts';
import { isPortalPage, linesAbout, sentenceOf } from '../guides.ts';
import { says } from '../lexicon/says.ts';
import { instantBy } from '../sheet.ts';
import { hiddenBehindLogin } from '../sign-in.ts';
import { portalTracker, trackersOf } from '../trackers.ts';

export default defineServiceRule({
  id: 'transaction/receipt',
  version: 1,
  why: {
    fa: 'رسید و کد رهگیری گواه متقاضی است که درخواستش ثبت شده است.',
    en: "A receipt with a number is the applicant's proof that the request was filed.",
  },
  source: 'catalogue 47',
  needs: ['service-page', 'system', 'site'],
  seeks: ['guide', 'steps', 'receipt'],
  exempt: ['INFO'],
  outcomes: {
    stated: pass(
      'گفته شده که پس از ثبت، رسید یا کد داده می‌شود: «{text}».',
      'A receipt or number on submission is promised: "{text}".',
    ),
    implied: partial(
      'خانه پیگیری («{text}») نشان می‌دهد کدی هست، ولی دادن آن گفته نشده است.',
      'A field for tracking ("{text}") implies a number; that it is given is not said.',
    ),
    instant: notApplicable('پاسخ خدمت در لحظه داده می‌شود.', 'The service answers at once.'),
    guideSilent: unclear(
      'درون سامانه پشت ورود است و راهنما («{text}») از رسید چیزی نمی‌گوید یا خوانده نشده است.',
      'The inside of the system is behind a log-in, and the guide ("{text}") says nothing of a receipt or was not read.',
    ),
    behindLogin: notVisible(
      'درون سامانه پشت ورود است و راهنمایی هم نیست.',
      'The inside of the system is behind a log-in, and there is no guide.',
    ),
    nothing: fail(
      'از رسید یا کد پس از ثبت چیزی گفته نشده است.',
      'Nothing is said of a receipt or number on submission.',
    ),
  },
  check(view, conclude) {
    const instant = instantBy(view);
    if (instant) return conclude.instant({ proofs: [instant] });
    const stated = promise(view);
    if (stated) return conclude.stated(quoting(stated));
    const tracker = trackerOf(view);
    if (tracker) return conclude.implied({ proofs: tracker.proofs, values: { text: shorten(tracker.name) }, level: 1 });
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { text: shorten(hidden.guide.proof.spot.quote) } });
    return hidden ? conclude.behindLogin({ proofs: hidden.proofs }) : conclude.nothing();
  },
});

/** Where it is said that a number or receipt is given; the receipt of a payment is the bank's. */
function promise(view: ServiceSubject): Shown | null {
  for (const line of linesAbout(view, 'receipt')) if (!isOfPayment(sentenceOf(line))) return line.proof;
  for (const line of linesAbout(view, 'case-number')) {
    const sentence = sentenceOf(line);
    if (says(sentence, 'issued') && !isOfPayment(sentence)) return line.proof;
  }
  return null;
}

/** A tracker where the service is asked for online: of its own, or the portal's for any request. */
function trackerOf(view: ServiceSubject): { readonly proofs: readonly Shown[]; readonly name: string } | null {
  const { found } = trackersOf(view);
  if (found?.forLetters) return null;
  // a service without a system is asked for on paper: the tracker of another system, or a shortcut beside the page, is for other requests
  const isOwn = found?.proofs.every(({ seen, spot }) => isPortalPage(view.site, seen) && spot.link?.region !== 'aside');
  if (found && (view.systemUrl !== null || isOwn)) return found;
  if (view.systemUrl === null) return null;
  const portal = portalTracker(view);
  return portal && !portal.forLetters && says(fold(portal.name), 'every-service')
    ? { proofs: [portal.proof], name: portal.name }
    : null;
}

const isOfPayment = (sentence: string): boolean =>
  says(sentence, 'pay') || says(sentence, 'pay-online') || says(sentence, 'bank-slip') || says(sentence, 'refund');
