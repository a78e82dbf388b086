import { countWords } from '../../src/core/look.ts';
import {
  defineServiceRule,
  fail,
  notApplicable,
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
import { controlsOf, guidesOf, linesAbout, quoteOf, type Line } from '../guides.ts';
import { says } from '../lexicon/says.ts';
import { instantBy } from '../sheet.ts';
import { hiddenBehindLogin, signInsOf } from '../sign-in.ts';

/** Words from which a line describes what one finds there; fewer are the name of a button or of a page. */
const DESCRIBING_WORDS = 6;
/** What one finds there, beside its name. */
const WHAT_IS_THERE =
  /وضعیت|فهرست|حالت|تقاضا|سوابق|سابقه|تاریخچه|پرونده|درخواست ?ها|پیگیری|پیش ?نویس|پیام ?ها|قبلی|پیشین|\b(?:status|list|lists|history|stages?|past|previous|messages|drafts|track|progress|requests|applications|stato|elenco|storico|bozze|pratiche|richieste|comunicazioni|pagamenti)\b/;

export default defineServiceRule({
  id: 'transaction/personal-dashboard',
  version: 1,
  why: {
    fa: 'صفحه شخصی با فهرست درخواست‌ها نشان مرحله تراکنشی است و پیش از آن نیست.',
    en: "A personal page with one's requests is the mark of the transactional stage; earlier stages lack it.",
  },
  source: 'catalogue 40; report: a personal page does not exist yet in the interactive stage',
  needs: ['service-page', 'system'],
  seeks: ['dashboard', 'guide', 'login'],
  exempt: ['INFO', 'ANON'],
  outcomes: {
    described: pass(
      'صفحه شخصی متقاضی نشان داده یا شرح داده شده است: «{text}».',
      'The personal page is shown or described: "{text}".',
    ),
    named: partial(
      'از صفحه شخصی تنها نامی در سامانه هست: «{text}».',
      'Of the personal page there is only a name in the system: "{text}".',
    ),
    instant: notApplicable('پاسخ خدمت در لحظه داده می‌شود.', 'The service answers at once.'),
    guideSilent: unclear(
      'سامانه ورود دارد و راهنما («{text}») صفحه شخصی را نشان نمی‌دهد یا خوانده نشده است.',
      'The system has a log-in, and the guide ("{text}") does not show a personal page or was not read.',
    ),
    behindLogin: unclear(
      'سامانه ورود دارد و راهنمایی نیست؛ صفحه شخصی را ارزیاب یا گواهی دستگاه نشان می‌دهد.',
      "The system has a log-in and no guide; a person or the organization's attestation has to show the personal page.",
    ),
    nothing: fail('نشانی از صفحه شخصی متقاضی نیست.', 'There is no sign of a personal page.'),
  },
  check(view, conclude) {
    const instant = instantBy(view);
    if (instant) return conclude.instant({ proofs: [instant] });
    const described = description(view);
    if (described) return conclude.described(quoting(described.proof));
    const name = nameIn(view);
    if (name) return conclude.named({ ...quoting(name), level: 1 });
    const hidden = hiddenBehindLogin(view);
    if (hidden?.guide)
      return conclude.guideSilent({ proofs: hidden.proofs, values: { text: shorten(hidden.guide.proof.spot.quote) } });
    return hidden ? conclude.behindLogin({ proofs: hidden.proofs }) : conclude.nothing();
  },
});

function description(view: ServiceSubject): Line | null {
  const guides = new Set(guidesOf(view).map(({ reading }) => pageOf(reading)));
  for (const line of linesAbout(view, 'dashboard')) {
    if (says(line.run.folded, 'staff-login')) continue;
    if (
      guides.has(line.seen) ||
      (countWords(line.run.folded) >= DESCRIBING_WORDS && WHAT_IS_THERE.test(line.run.folded))
    )
      return line;
  }
  return null;
}

/** On the pages where one logs in: a button, a link or a title. */
function nameIn(view: ServiceSubject): Shown | null {
  const pages = [...new Set([pageOf(view.system), ...signInsOf(view).map(({ reading }) => pageOf(reading))])].filter(
    (seen): seen is Seen => seen !== null,
  );
  const control = controlsOf(view, 'dashboard', {}, pages).find(({ proof }) => !says(quoteOf(proof), 'staff-login'));
  if (control) return control.proof;
  for (const { run, proof } of linesAbout(view, 'dashboard', { pages }))
    if (!says(run.folded, 'staff-login')) return proof;
  return null;
}
