import { countWords, spotOfNode } from '../../src/core/look.ts';
import { headlines } from '../../src/core/site-view.ts';
import {
  runProof,
  blocked,
  defineServiceRule,
  fail,
  isContent,
  linkProof,
  naming,
  notApplicable,
  pageOf,
  partial,
  pass,
  shorten,
  type Place,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { controlsOf, frontOf, isForService, namesSomeOf, linesAbout, ownPagesOf } from '../guides.ts';
import { allWords } from '../../src/core/similarity.ts';
import { says } from '../lexicon/says.ts';
import { sectionOf, toldOf } from '../sheet.ts';

/** Words from which on a page describes a service, and a line of it is prose. */
const DESCRIBED = 40;
const PROSE = 8;

export default defineServiceRule({
  id: 'integration/verify-result',
  version: 1,
  why: {
    fa: 'گواهی‌ای که دیگران بتوانند اصالتش را بسنجند جای رونوشت برابر اصل را می‌گیرد.',
    en: 'A certificate that others can verify takes the place of certified copies.',
  },
  source: 'catalogue 56',
  needs: ['service-page', 'system', 'home', 'site'],
  seeks: ['verify', 'register'],
  exempt: ['INFO', 'PUSH'],
  outcomes: {
    check: pass('صفحه «{name}» اصالت نتیجه را با شناسه می‌سنجد.', 'The page "{name}" verifies the result by its code.'),
    linked: pass(
      'پیوند «{name}» برای سنجش اصالت هست و خوانده نشده است.',
      'The link "{name}" to verify the result is there and was not read.',
    ),
    register: partial(
      'تنها فهرستی از دارندگان («{name}») هست، بی سنجش با شناسه.',
      'There is only a list of holders ("{name}"), without a check by code.',
    ),
    mentioned: partial('از سنجش اصالت تنها یاد شده است: «{name}».', 'Verification is only mentioned: "{name}".'),
    noCertificate: notApplicable(
      'خروجی خدمت گواهی یا مجوز نیست: «{name}».',
      'The result is no certificate or licence: "{name}".',
    ),
    goods: notApplicable(
      'آنچه خدمت می‌دهد فیزیکی است و گواهی یا مجوز نیست.',
      'What the service hands out is physical and no certificate or licence.',
    ),
    unlooked: blocked(
      'صفحه سنجش اصالت «{name}» برای ما خوانده نشد ({why}).',
      'The page "{name}" that verifies could not be read by us ({why}).',
    ),
    dead: fail(
      'پیوند سنجش اصالت «{name}» کار نمی‌کند ({why}).',
      'The link "{name}" that should verify is dead ({why}).',
    ),
    nothing: fail('راهی نیست که دیگران اصالت نتیجه را بسنجند.', 'There is no way for others to verify the result.'),
  },
  check(view, conclude) {
    const output = toldOf(view, 'output')[0];
    const isCertificate =
      says(view.title.folded, 'certificate') || (output !== undefined && says(output.folded, 'certificate'));
    const own = ownCheck(view);
    if (own) return conclude.check({ ...naming(own), level: 2 });
    const atFirst = isCertificate ? frontOf(view) : null;
    const front = atFirst && pageOf(atFirst);
    const atFront = front && checkOn(view, front);
    if (atFront) return conclude.check({ ...naming(atFront), level: 2 });
    // what the service itself offers to verify is a result that can be, whatever it is called
    for (const { proof, reading } of controlsOf(view, 'verify')) {
      const target = pageOf(reading);
      const field = target ? codeFieldOn(target) : null;
      if (field)
        return conclude.check({ proofs: [proof, field], values: { name: shorten(proof.spot.quote) }, level: 2 });
    }
    if (output && !isCertificate)
      return conclude.noCertificate({ proofs: [output.proof], values: { name: shorten(output.text) } });
    if (!isCertificate && view.service.profile.includes('PHYSICAL')) return conclude.goods();
    const silent = !isCertificate && !output ? saysNothingOf(view) : null;
    if (silent) return conclude.noCertificate({ proofs: [silent], values: { name: shorten(silent.spot.quote) } });
    let unread: Shown | null = null;
    let failed: { proof: Shown; reading: Place & { readonly why: string } } | null = null;
    for (const { proof, reading } of links(view)) {
      const target = pageOf(reading);
      const values = { name: shorten(proof.spot.quote) };
      const field = target ? codeFieldOn(target) : null;
      if (field) return conclude.check({ proofs: [proof, field], values, level: 2 });
      if (reading.state === 'gone' || reading.state === 'blocked') failed ??= { proof, reading };
      else if (reading.state === 'none' && proof.spot.link?.url) unread ??= proof;
    }
    if (unread) return conclude.linked({ ...naming(unread), level: 1 });
    if (failed) {
      const details = naming(failed.proof, { why: failed.reading.why });
      return failed.reading.state === 'gone' ? conclude.dead(details) : conclude.unlooked(details);
    }
    const register = controlsOf(view, 'register')[0]?.proof;
    if (register) return conclude.register(naming(register));
    for (const { proof } of linesAbout(view, 'verify')) return conclude.mentioned({ ...naming(proof), level: 0 });
    if (atFirst?.state === 'blocked' && atFirst.why !== 'login')
      return conclude.unlooked({
        facts: [{ url: new URL('/', view.systemUrl!).href, snapshot: '', quote: view.systemUrl! }],
        values: { name: new URL(view.systemUrl!).hostname, why: atFirst.why },
      });
    return conclude.nothing();
  },
});

/** The page that describes a service and speaks of no certificate at all: null when it does, or says too little. */
function saysNothingOf(view: ServiceSubject): Shown | null {
  const seen = pageOf(view.page);
  if (!seen) return null;
  const lines = sectionOf(view, seen);
  const words = lines.reduce((sum, { folded }) => sum + countWords(folded), 0);
  const first = lines.find(({ heading, link, folded }) => heading === 0 && link < 0 && countWords(folded) >= PROSE);
  if (
    !first ||
    words < DESCRIBED ||
    lines.some(
      ({ folded }) => says(folded, 'certificate') || says(folded, 'verify') || /حکم|کارت|برگه|دفترچه/.test(folded),
    )
  )
    return null;
  return runProof(seen, first);
}

/** The page or system of the service is itself where results are verified. */
function ownCheck(view: ServiceSubject): Shown | null {
  for (const seen of ownPagesOf(view))
    if (headlines(seen.page).some(({ folded }) => says(folded, 'verify'))) return codeFieldOn(seen);
  return null;
}

/** Lines between the words and the field. */
const FIELD_REACH = 3;

/** A field below words that it verifies something, or so named, on a page that offers other things as well. */
function checkOn(view: ServiceSubject, seen: Seen): Shown | null {
  const { page } = seen;
  for (const { source, strength, index } of page.hits.get('verify') ?? []) {
    if (strength === 'weak' || (source !== 'run' && source !== 'field')) continue;
    const field =
      source === 'field'
        ? page.fields[index]
        : page.fields.find(
            ({ type, at }) => (type === 'text' || type === 'number') && at > index && at - index <= FIELD_REACH,
          );
    const proof =
      field && !field.disabled && isContent(field.region)
        ? { seen, spot: spotOfNode(field.node, field.label || field.placeholder || field.name) }
        : null;
    if (proof && isForService(view, proof) && namesSomeOf(view, proof)) return proof;
  }
  return null;
}

function codeFieldOn(seen: Seen): Shown | null {
  const field = seen.page.fields.find(
    ({ type, disabled, region }) =>
      !disabled &&
      (type === 'text' || type === 'number' || type === 'tel') &&
      region !== 'header' &&
      region !== 'footer' &&
      region !== 'nav',
  );
  return field ? { seen, spot: spotOfNode(field.node, field.label || field.placeholder || field.name) } : null;
}

/** Links of the service, then those of the home page that name this kind of result. */
function links(view: ServiceSubject): readonly { readonly proof: Shown; readonly reading: Place }[] {
  const own = controlsOf(view, 'verify');
  const home = pageOf(view.site.home);
  if (own.length > 0 || !home) return own;
  const pages = [home, ...view.site.catalogues].filter((seen) => !ownPagesOf(view).includes(seen));
  return pages.flatMap((seen) => [...ofPortal(view, seen)]);
}

function* ofPortal(view: ServiceSubject, seen: Seen): Generator<{ readonly proof: Shown; readonly reading: Place }> {
  for (const hit of seen.page.hits.get('verify') ?? []) {
    if (hit.source !== 'link') continue;
    const link = seen.page.links[hit.index]!;
    // the menu around every page proves nothing until it is followed
    if (!link.url || !fitsKind(link.folded, allWords(view.title)) || view.site.at(link.url).state !== 'read') continue;
    yield { proof: linkProof(seen, hit.index), reading: view.site.at(link.url) };
  }
}

/** "Verify a licence" is about licences: the link shares a telling word with the title, beside general ones. */
const fitsKind = (folded: string, words: ReadonlySet<string>): boolean =>
  folded.split(' ').some((word) => words.has(word) && says(word, 'certificate'));
