import {
  blocked,
  defineServiceRule,
  fail,
  pageOf,
  partial,
  pass,
  shorten,
  targetsOf,
  unclear,
  type Place,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { controlsOf } from '../guides.ts';
import { BEST_FIRST, readStatement, statementsOf } from '../service-statement.ts';

export default defineServiceRule({
  id: 'transaction/service-level',
  version: 1,
  why: {
    fa: 'تعهدی که عدد ندارد سنجیدنی نیست و شهروند نمی‌تواند آن را مطالبه کند.',
    en: 'A promise without figures cannot be measured, and a citizen cannot hold anyone to it.',
  },
  source: 'catalogue 42; golden cases 23, 24 and 25',
  needs: ['service-page', 'site'],
  seeks: ['service-level'],
  outcomes: {
    measured: pass(
      'توافق‌نامه سطح همین خدمت {count} تعهد سنجش‌پذیر دارد: {terms}.',
      'The service-level statement of this service has {count} measurable terms: {terms}.',
    ),
    general: partial(
      'توافق‌نامه سطح خدمت برای همه خدمات است و این خدمت را نام نمی‌برد.',
      'The service-level statement is for all services and does not name this one.',
    ),
    vague: partial(
      'توافق‌نامه سطح خدمت هست ولی تعهد سنجش‌پذیر کافی ندارد.',
      'There is a service-level statement without enough measurable terms.',
    ),
    file: unclear(
      'توافق‌نامه سطح خدمت یک پرونده است («{name}») و باید دیده شود.',
      'The service-level statement is a file ("{name}") that has to be looked at.',
    ),
    unlooked: blocked(
      'پیوند توافق‌نامه «{name}» برای ما خوانده نشد ({why}).',
      'The link "{name}" to the statement could not be read by us ({why}).',
    ),
    template: fail(
      'توافق‌نامه سطح خدمت قالبی پرنشده است: «{text}».',
      'The service-level statement is a template that nobody filled: "{text}".',
    ),
    contract: fail(
      'آنچه توافق‌نامه سطح خدمت نامیده شده قرارداد میزبانی یا پشتیبانی وبگاه است: «{text}».',
      'What is called a service-level statement is the contract for hosting or maintaining the web site: "{text}".',
    ),
    others: fail(
      'توافق‌نامه سطح خدمت خدمت‌به‌خدمت است و این خدمت در آن نیست؛ از دیگری آمده: «{text}».',
      'The service-level statement goes service by service and this one is not in it, another is: "{text}".',
    ),
    nothing: fail('توافق‌نامه سطح خدمتی برای شهروند نیست.', 'There is no service-level statement for citizens.'),
  },
  check(view, conclude) {
    const links = linksOf(view);
    const statements = [...new Set([...links.map(({ reading }) => pageOf(reading)), ...statementsOf(view.site)])]
      .filter((seen) => seen !== null)
      .map((seen) => readStatement(view, seen))
      .sort((a, b) => BEST_FIRST.indexOf(a.kind) - BEST_FIRST.indexOf(b.kind));
    const best = statements[0];
    const details = best && {
      proofs: [best.proof],
      values: {
        count: best.terms.size,
        terms: [...best.terms.values()].join('، '),
        text: shorten(best.proof.spot.quote),
      },
    };
    if (best?.kind === 'measured') return conclude.measured(details);
    if (best?.kind === 'general') return conclude.general(details);
    if (best?.kind === 'vague') return conclude.vague(details);
    for (const { proof, reading } of links) {
      const name = shorten(proof.spot.quote);
      if (reading.state === 'file') return conclude.file({ proofs: [proof], values: { name } });
      if (reading.state === 'none' && proof.spot.link?.url)
        return conclude.unlooked({ proofs: [proof], values: { name, why: 'not-looked' } });
      if (reading.state === 'blocked')
        return conclude.unlooked({ proofs: [proof], values: { name, why: reading.why } });
    }
    if (best?.kind === 'others') return conclude.others(details);
    if (best?.kind === 'template') return conclude.template(details);
    return best ? conclude.contract(details) : conclude.nothing();
  },
});

/** Links under that name: of the service first, then of the home page, whose menu speaks for all services. */
function linksOf(view: ServiceSubject): { readonly proof: Shown; readonly reading: Place }[] {
  const home = pageOf(view.site.home);
  return [
    ...controlsOf(view, 'service-level', { kinds: ['link'] }),
    ...(home ? targetsOf(view.site, home, 'service-level', { kinds: ['link'] }) : []),
  ];
}
