import { fold } from '../../src/core/fold.ts';
import type { Region } from '../../src/core/element-traits.ts';
import type { Link } from '../../src/core/page-view.ts';
import {
  runProof,
  blocked,
  defineServiceRule,
  fail,
  isContentLink,
  linkProof,
  naming,
  pageOf,
  notApplicable,
  partial,
  pass,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { isPortalPage, linesAbout, ownPagesOf, sentenceOf } from '../guides.ts';
import { CEREMONIAL, listed, SEALS } from '../hosts/national.ts';
import { siteOf } from '../hosts/own.ts';
import {
  isAgency,
  isIdentityProvider,
  isInformationLaw,
  isNationalPortal,
  isOpenData,
  isPaymentGateway,
} from '../hosts/registry.ts';
import { says } from '../lexicon/says.ts';
import { isBareNone } from '../lexicon/values.ts';
import { lineOf, sectionOf, toldOf } from '../sheet.ts';
import { hostOf } from '../sign-in.ts';

/** Lines above a link within which a title may say that it stands in a block of related links. */
const REACH = 12;

export default defineServiceRule({
  id: 'integration/cross-agency-links',
  version: 1,
  why: {
    fa: 'وقتی خدمت از چند دستگاه می‌گذرد، شهروند باید از همان صفحه به سامانه دیگری برسد، نه به جست‌وجو.',
    en: 'Where a service passes through several agencies, a citizen should reach the other system from the same page.',
  },
  source: 'catalogue 53; golden case 35',
  needs: ['service-page'],
  seeks: ['inquiry'],
  exempt: ['INFO'],
  outcomes: {
    deep: pass(
      'پیوند «{name}» به خدمت مرتبط در {host} می‌رسد.',
      'The link "{name}" leads to a related service at {host}.',
    ),
    unread: pass(
      'پیوند «{name}» به {host} هست و خوانده نشده است.',
      'There is a link "{name}" to {host} that was not read.',
    ),
    homeOnly: partial(
      'پیوند «{name}» تنها به صفحه نخست {host} می‌رسد.',
      'The link "{name}" leads only to the first page of {host}.',
    ),
    namedOnly: partial(
      'دستگاه دیگر نام برده شده و پیوند ندارد: «{name}».',
      'The other agency is named and not linked: "{name}".',
    ),
    noneInvolved: notApplicable(
      'گفته شده که دستگاه دیگری درگیر نیست: «{name}».',
      'It says that no other agency is involved: "{name}".',
    ),
    unlooked: blocked(
      'پیوند «{name}» به {host} برای ما خوانده نشد ({why}).',
      'The link "{name}" to {host} could not be read by us ({why}).',
    ),
    dead: fail('پیوند «{name}» به {host} کار نمی‌کند ({why}).', 'The link "{name}" to {host} is dead ({why}).'),
    nothing: fail('پیوندی به سامانه دستگاه‌های دیگر نیست.', 'There is no link to systems of other agencies.'),
  },
  check(view, conclude) {
    let homeOnly: Shown | null = null;
    let unread: Shown | null = null;
    let blockedBy: { proof: Shown; why: string } | null = null;
    let gone: { proof: Shown; why: string } | null = null;
    for (const proof of agencyLinks(view)) {
      const url = proof.spot.link!.url!;
      const reading = view.site.at(url);
      if (reading.state === 'gone') gone ??= { proof, why: reading.why };
      else if (isFront(url)) homeOnly ??= proof;
      else if (reading.state === 'read' || reading.state === 'file')
        return conclude.deep({ proofs: [proof], values: valuesOf(proof) });
      else if (reading.state === 'blocked') blockedBy ??= { proof, why: reading.why };
      else unread ??= proof;
    }
    if (unread) return conclude.unread({ proofs: [unread], values: valuesOf(unread), level: 1 });
    if (blockedBy)
      return conclude.unlooked({
        proofs: [blockedBy.proof],
        values: { ...valuesOf(blockedBy.proof), why: blockedBy.why },
      });
    if (homeOnly) return conclude.homeOnly({ proofs: [homeOnly], values: valuesOf(homeOnly), level: 1 });
    const named = agencyNamed(view);
    if (named) return conclude.namedOnly({ ...naming(named), level: 0 });
    if (gone) return conclude.dead({ proofs: [gone.proof], values: { ...valuesOf(gone.proof), why: gone.why } });
    const none = noneInvolved(view);
    return none ? conclude.noneInvolved(naming(none)) : conclude.nothing();
  },
});

const valuesOf = ({ spot }: Shown): { readonly name: string; readonly host: string } => ({
  name: shorten(spot.link!.name || spot.link!.href),
  host: spot.link!.host,
});

/** What a link to another body is named after. */
const BODIES = ['source-body', 'agency'] as const;
/** "… from the municipality", "by letter of the office of …": another body has a part in it. */
const PARTNER =
  /(?:از|به|با|توسط|نامه|تایید|استعلام از|هماهنگی با) (?:اداره (?:اماکن|تشخیص|ثبت|کار|امور|راه|برق|گاز|اب|پست|دارایی|مالیات|بهداشت|استاندارد|محیط)|سازمان (?!مراجعه|ما |متبوع|مربوط)\p{L}+|وزارت \p{L}+|شهرداری|دادگستری|نیروی انتظامی|اتش ?نشانی|نظام وظیفه|ثبت احوال|دادگاه|استانداری|فرمانداری)/u;

const isFront = (url: string): boolean =>
  /^https?:\/\/[^/]+\/?(?:index\.\w+|default\.\w+|(?:fa|en|it))?\/?$/i.test(url);

/** Regions of a system's page that are the same on all of its pages. */
const FRAME: readonly Region[] = ['footer', 'header', 'nav'];

/** Links of the content to another public body, those to national windows, seals and gateways left out. */
function* agencyLinks(view: ServiceSubject): Generator<Shown> {
  const own = new Set(
    [view.systemUrl, view.site.organization.portalUrl]
      .filter((url): url is string => url !== null)
      .map((url) => siteOf(hostOf(url))),
  );
  for (const seen of ownPagesOf(view)) {
    const isPortal = isPortalPage(view.site, seen);
    for (const [index, link] of seen.page.links.entries()) {
      if (!link.url || link.region === 'aside' || own.has(siteOf(link.host))) continue;
      if (
        !isAgency(view.site, link.host) &&
        !(BODIES.some((concept) => says(link.folded, concept)) && link.host !== '')
      )
        continue;
      if (isPortal ? !isContentLink(view, seen, link) : FRAME.includes(link.region)) continue;
      if (isElse(view, link.host) || inRelatedBlock(seen, link)) continue;
      yield linkProof(seen, index);
    }
  }
}

function isElse({ site }: ServiceSubject, host: string): boolean {
  return (
    isNationalPortal(site, host) ||
    isIdentityProvider(site, host) ||
    isPaymentGateway(site, host) ||
    isInformationLaw(site, host) ||
    isOpenData(site, host) ||
    listed(SEALS, host) ||
    listed(CEREMONIAL, host)
  );
}

/** Under a title like "related links" stand courtesies, not steps. */
function inRelatedBlock({ page }: Seen, link: Link): boolean {
  for (let index = link.at - 1; index >= Math.max(0, link.at - REACH); index--) {
    const run = page.runs[index]!;
    if (run.heading > 0 || run.bold) return says(run.folded, 'related-links');
  }
  return false;
}

/** What the field for other bodies or for inquiries says when it names none, or a sentence to that effect. */
function noneInvolved(view: ServiceSubject): Shown | null {
  const field = (['other-bodies', 'inquiry'] as const)
    .flatMap((concept) => toldOf(view, concept))
    .find(({ folded }) => says(folded, 'not-needed') || isBareNone(folded));
  if (field) return field.proof;
  for (const line of linesAbout(view, 'other-bodies')) if (says(sentenceOf(line), 'not-needed')) return line.proof;
  return null;
}

/** A body other than the organization: in the field for such bodies, in that for inquiries, or in a sentence about one. */
function agencyNamed(view: ServiceSubject): Shown | null {
  const own = fold(view.site.organization.names.fa);
  const names = (text: string): boolean =>
    says(text.replaceAll(own, ' '), 'source-body') || says(text.replaceAll(own, ' '), 'agency');
  const bodies = toldOf(view, 'other-bodies').find(
    ({ folded }) =>
      !says(folded, 'not-needed') &&
      !isBareNone(folded) &&
      (names(folded) || says(folded.replaceAll(own, ' '), 'public-body')),
  );
  if (bodies) return bodies.proof;
  const field = toldOf(view, 'inquiry').find(({ folded }) => names(folded) && !says(folded, 'not-needed'));
  if (field) return lineOf(field, names) ?? field.proof;
  for (const line of linesAbout(view, 'inquiry'))
    if (names(sentenceOf(line)) && !says(sentenceOf(line), 'not-needed')) return line.proof;
  // a body that has to be gone to, or that is asked, whatever the sentence is about
  const page = pageOf(view.page);
  const line =
    page &&
    sectionOf(view, page).find(
      ({ folded, link }) => link < 0 && PARTNER.test(folded.replaceAll(own, ' ')) && !says(folded, 'not-needed'),
    );
  return line ? runProof(page, line) : null;
}
