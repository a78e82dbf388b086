import { spotOfRun } from '../../src/core/look.ts';
import type { Run } from '../../src/core/page-view.ts';
import { headlines, LIKE_TITLE } from '../../src/core/site-view.ts';
import { similarity, titleOf } from '../../src/core/similarity.ts';
import { blocked, defineServiceRule, fail, isContent, pageOf, partial, pass, shorten, targetsOf, unclear, type Place, type Seen, type ServiceSubject, type Shown } from '../define.ts';
import { controlsOf, ownPagesOf } from '../guides.ts';
import { namesOf, says } from '../lexicon/says.ts';
import { findDuration, findHours } from '../lexicon/values.ts';

/** Kinds of terms that can be measured which make a promise one: time, availability, hours of support, remedy. */
const MIN_TERMS = 2;
/** Different words of a hosting contract that make the page one. */
const CONTRACT_WORDS = 2;

type Kind = 'measured' | 'general' | 'vague' | 'template' | 'contract';
const BEST_FIRST: readonly Kind[] = ['measured', 'general', 'vague', 'template', 'contract'];

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
    measured: pass('توافق‌نامه سطح همین خدمت {count} تعهد سنجش‌پذیر دارد: {terms}.', 'The service-level statement of this service has {count} measurable terms: {terms}.'),
    general: partial('توافق‌نامه سطح خدمت برای همه خدمات است و این خدمت را نام نمی‌برد.', 'The service-level statement is for all services and does not name this one.'),
    vague: partial('توافق‌نامه سطح خدمت هست ولی تعهد سنجش‌پذیر کافی ندارد.', 'There is a service-level statement without enough measurable terms.'),
    file: unclear('توافق‌نامه سطح خدمت یک پرونده است («{name}») و باید دیده شود.', 'The service-level statement is a file ("{name}") that has to be looked at.'),
    unlooked: blocked('پیوند توافق‌نامه «{name}» برای ما خوانده نشد ({why}).', 'The link "{name}" to the statement could not be read by us ({why}).'),
    template: fail('توافق‌نامه سطح خدمت قالبی پرنشده است: «{text}».', 'The service-level statement is a template that nobody filled: "{text}".'),
    contract: fail('آنچه توافق‌نامه سطح خدمت نامیده شده قرارداد میزبانی یا پشتیبانی وبگاه است: «{text}».', 'What is called a service-level statement is the contract for hosting or maintaining the web site: "{text}".'),
    nothing: fail('توافق‌نامه سطح خدمتی برای شهروند نیست.', 'There is no service-level statement for citizens.'),
  },
  check(view, conclude) {
    const links = linksOf(view);
    const statements = [...new Set([...links.map(({ reading }) => pageOf(reading)), ...view.site.pages.filter(isStatement)])]
      .filter((seen) => seen !== null)
      .map((seen) => read(view, seen))
      .sort((a, b) => BEST_FIRST.indexOf(a.kind) - BEST_FIRST.indexOf(b.kind));
    const best = statements[0];
    const details = best && { proofs: [best.proof], values: { count: best.terms.size, terms: [...best.terms.values()].join('، '), text: shorten(best.proof.spot.quote) } };
    if (best?.kind === 'measured') return conclude.measured(details);
    if (best?.kind === 'general') return conclude.general(details);
    if (best?.kind === 'vague') return conclude.vague(details);
    for (const { proof, reading } of links) {
      const name = shorten(proof.spot.quote);
      if (reading.state === 'file') return conclude.file({ proofs: [proof], values: { name } });
      if (reading.state === 'none' && proof.spot.link?.url) return conclude.unlooked({ proofs: [proof], values: { name, why: 'not-looked' } });
      if (reading.state === 'blocked') return conclude.unlooked({ proofs: [proof], values: { name, why: reading.why } });
    }
    if (best?.kind === 'template') return conclude.template(details);
    return best ? conclude.contract(details) : conclude.nothing();
  },
});

/** Links under that name: of the service first, then of the home page, whose menu speaks for all services. */
function linksOf(view: ServiceSubject): { readonly proof: Shown; readonly reading: Place }[] {
  const home = pageOf(view.site.home);
  return [...controlsOf(view, 'service-level', { kinds: ['link'] }), ...(home ? targetsOf(view.site, home, 'service-level', { kinds: ['link'] }) : [])];
}

const isStatement = ({ page }: Seen): boolean => headlines(page).some(({ folded }) => says(folded, 'service-level'));

interface Statement {
  readonly kind: Kind;
  readonly terms: ReadonlyMap<string, string>;
  readonly proof: Shown;
}

function read(view: ServiceSubject, seen: Seen): Statement {
  const { page } = seen;
  const lines = page.runs.filter(({ region, folded }) => isContent(region) && !view.site.isFrame(folded));
  const show = (run: Run | undefined): Shown => ({ seen, spot: spotOfRun(page, Math.max(0, run ? page.runs.indexOf(run) : page.runs.findIndex(({ folded }) => says(folded, 'service-level')))) });
  const blank = lines.find(({ folded }) => /\[[^\]]{2,60}\]/.test(folded) || says(folded, 'sample'));
  if (blank) return { kind: 'template', terms: new Map(), proof: show(blank) };
  const hosting = lines.filter(({ folded }) => says(folded, 'hosting'));
  if (new Set(hosting.flatMap(({ folded }) => namesOf(folded, 'hosting').map(({ phrase }) => phrase))).size >= CONTRACT_WORDS) return { kind: 'contract', terms: new Map(), proof: show(hosting[0]) };
  const own = lines.find((run) => run.folded.length < 250 && (similarity(titleOf(run.text), view.title) >= LIKE_TITLE || (view.service.code !== null && run.folded.includes(view.service.code))));
  // in a table of services only the row of this one counts, beside what is said outside of rows
  const counted = own && own.row >= 0 ? lines.filter(({ row }) => row === own.row || row < 0) : lines;
  const terms = termsOf(counted);
  const covers = own !== undefined || ownPagesOf(view).includes(seen);
  return { kind: terms.size < MIN_TERMS ? 'vague' : covers ? 'measured' : 'general', terms, proof: show(own) };
}

/** The first value of each kind of term. */
function termsOf(lines: readonly Run[]): Map<string, string> {
  const terms = new Map<string, string>();
  const note = (kind: string, value: string | null | undefined): void => void (value && !terms.has(kind) && terms.set(kind, value));
  for (const { folded, text } of lines) {
    const support = says(folded, 'support') || says(folded, 'reply');
    note('availability', /\d+(?:[.,/]\d+)?\s*(?:%|درصد|percent|per cento)/.exec(folded)?.[0]);
    note('hours', findHours(folded));
    note(support ? 'support' : 'time', findDuration(folded));
    if (says(folded, 'remedy')) note('remedy', shorten(text, 40));
  }
  return terms;
}
