/** Judges one organization: every rule on every subject, exactly one finding each, whatever happens. */
import { wilson } from './accuracy.ts';
import type { Edition } from './edition.ts';
import { clip, toEvidence } from './look.ts';
import type { Evidence, EvidenceLevel, Finding, SearchedPlace, Snapshot, Text, Verdict } from './model.ts';
import { remember } from './remember.ts';
import type { Conclusion, Place, Rule } from './rule.ts';
import { detailText, placeText } from './searched-words.ts';
import type { Reading, ServiceView, SiteView } from './site-view.ts';

export interface JudgeOptions {
  readonly edition: Edition;
  /** Told when a rule throws; the finding says `error` and the audit goes on. */
  readonly onError?: (rule: string, subject: string, error: unknown) => void;
}

/** Findings in a stable order: the portal's first, then each service's, rules in the order given. */
export function runRules<C extends string>(
  site: SiteView<C>,
  rules: readonly Rule<C>[],
  options: JudgeOptions,
): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) if (rule.scope === 'portal') findings.push(judge(rule, site, options));
  for (const service of site.services)
    for (const rule of rules) if (rule.scope === 'service') findings.push(judge(rule, service, options));
  return findings;
}

function judge<C extends string>(
  rule: Rule<C>,
  view: SiteView<C> | ServiceView<C>,
  { edition, onError }: JudgeOptions,
): Finding {
  const site = view.scope === 'portal' ? view : view.site;
  const base = {
    organization: site.organization.id,
    service: view.scope === 'portal' ? null : view.service.id,
    rule: rule.id,
    version: rule.version,
  };
  if (view.scope === 'service') {
    const profile = rule.exempt.find((entry) => view.service.profile.includes(entry));
    if (profile)
      return {
        ...base,
        ...settled('not-applicable', 'profile', PROFILE_TEXT, { profile }),
        level: 4,
        confidence: 1,
        confidenceBasis: 'prior',
        confidenceCases: 0,
        evidence: [],
        searched: [],
      };
  }
  try {
    return conclude(rule, view, site, rule.run(view, edition.options[rule.id]), edition, base);
  } catch (error) {
    onError?.(rule.id, base.service ?? base.organization, error);
    return {
      ...base,
      ...settled('error', 'error', ERROR_TEXT, {}),
      level: 0,
      confidence: 0,
      confidenceBasis: 'prior',
      confidenceCases: 0,
      evidence: [],
      searched: [],
    };
  }
}

function conclude<C extends string>(
  rule: Rule<C>,
  view: SiteView<C> | ServiceView<C>,
  site: SiteView<C>,
  conclusion: Conclusion<C>,
  edition: Edition,
  base: Pick<Finding, 'organization' | 'service' | 'rule' | 'version'>,
): Finding {
  const ending = rule.outcomes[conclusion.outcome];
  if (!ending) throw new Error(`${rule.id} ended as "${conclusion.outcome}", which it does not declare`);
  const level = conclusion.level ?? rule.level;
  let { verdict } = ending;
  let text = fill(ending.text, conclusion.values ?? {});
  let outcome = conclusion.outcome;
  const searched =
    verdict === 'fail' || verdict === 'partial'
      ? [...rule.needs.map((place) => searchedPlace(place, view, site, rule.seeks)), ...(conclusion.searched ?? [])]
      : (conclusion.searched ?? []);

  const minimum = edition.minEvidence[rule.id] ?? 0;
  if (verdict === 'pass' && level < minimum) {
    // one level below what the edition asks for is half, two or more are nothing that was shown
    verdict = minimum - level === 1 ? 'partial' : 'unclear';
    outcome = `${outcome}-below-evidence`;
    text = join(text, BELOW_TEXT, { level, minimum });
  }
  if (verdict === 'pass' && view.scope === 'service' && restsOnFrame(view, conclusion)) {
    // what is around every page is no evidence about one service (catalogue, section 2.4)
    verdict = 'unclear';
    outcome = 'frame-only';
    text = FRAME_TEXT;
  }
  if (verdict === 'fail') {
    const unread = searched.find((place) => !place.read);
    if (unread) {
      // what could not be read is no proof of absence
      verdict = 'blocked';
      outcome = 'not-looked';
      text = notLooked(unread);
    }
  }
  const evidence: Evidence[] = [
    ...(conclusion.proofs ?? []).map(({ seen, spot }) => toEvidence(seen.page, seen.hash, spot)),
    ...(conclusion.facts ?? []).map(({ url, snapshot, quote }) => ({
      url,
      snapshot,
      selector: null,
      quote: clip(quote),
      language: null,
    })),
  ];
  const { confidence, confidenceBasis, confidenceCases } = trustIn(rule, verdict);
  // field by field: to spread into so large an object is dear, and an organization has hundreds of them
  return {
    organization: base.organization,
    service: base.service,
    rule: base.rule,
    version: base.version,
    verdict,
    outcome,
    message: text,
    level: levelOf(verdict, level),
    confidence,
    confidenceBasis,
    confidenceCases,
    evidence,
    searched,
  };
}

/** Does all that proves it stand on the page of the service, and there only in what is around every page? */
function restsOnFrame<C extends string>(
  { page, site }: ServiceView<C>,
  { proofs = [], facts = [] }: Conclusion<C>,
): boolean {
  return (
    page.state === 'read' &&
    facts.length === 0 &&
    proofs.length > 0 &&
    proofs.every(({ seen, spot }) => seen === page.seen && site.isEverywhere(seen, spot.node))
  );
}

const levelOf = (verdict: Verdict, level: EvidenceLevel): EvidenceLevel =>
  verdict === 'pass' || verdict === 'partial' ? level : 0;

/** Labelled cases of one kind from which on they tell more than an expectation. */
const MIN_CASES = 5;

/** How far the verdict can be trusted: as measured where there are cases enough, else as the catalogue expects. */
function trustIn(
  { prior, measured }: Pick<Rule, 'prior' | 'measured'>,
  verdict: Verdict,
): Pick<Finding, 'confidence' | 'confidenceBasis' | 'confidenceCases'> {
  const expected = (confidence: number) => ({ confidence, confidenceBasis: 'prior', confidenceCases: 0 }) as const;
  if (verdict === 'not-applicable') return expected(prior[0]);
  if (verdict !== 'pass' && verdict !== 'partial' && verdict !== 'fail') return expected(0);
  const isAbsent = verdict === 'fail';
  const counted = isAbsent ? measured?.absents : measured?.positives;
  if (!counted || counted.said < MIN_CASES) return expected(prior[isAbsent ? 1 : 0]);
  return {
    confidence: Math.round(wilson(counted)!.share * 1000) / 1000,
    confidenceBasis: 'measured',
    confidenceCases: counted.said,
  };
}

/** A place as it was found: could it be read, and if not, why. */
function searchedPlace<C extends string>(
  place: Place,
  view: SiteView<C> | ServiceView<C>,
  site: SiteView<C>,
  seeks: readonly C[],
): SearchedPlace {
  switch (place) {
    case 'home':
      return fromReading('home', site.home);
    case 'site':
      return searchedSite(place, site, seeks);
    case 'catalogue':
      return site.catalogues[0]
        ? { place, url: site.catalogues[0].page.url, read: true, detail: 'read' }
        : searchedSite(place, site, seeks, 'no list of services among the pages read');
    case 'service-page':
      return view.scope === 'service'
        ? absentIsRead(fromReading(place, view.page), view.service.pageUrl, site.home)
        : { place, url: null, read: true, detail: 'not used' };
    case 'system':
      return view.scope === 'service'
        ? absentIsRead(
            fromReading(place, view.system),
            view.systemUrl,
            view.page.state === 'none' ? site.home : view.page,
          )
        : { place, url: null, read: true, detail: 'not used' };
    case 'connection':
      return {
        place,
        url: site.organization.portalUrl,
        read: site.tls !== null || site.home.state === 'read',
        detail: site.tls ? 'handshake' : 'no handshake',
      };
  }
}

/** Share of a site's pages from which a look at all of it is none: one bad answer among many proves no bad day. */
const UNREAD_SHARE = 0.2;

/**
 * The pages of the portal together: what is absent from those that were read may stand on one of those that were not.
 * A page to which a link leads that is named after what the rule seeks is the likeliest of all.
 */
function searchedSite<C extends string>(
  place: Place,
  site: SiteView<C>,
  seeks: readonly C[],
  told = `${site.pages.length} pages`,
): SearchedPlace {
  const home = fromReading(place, site.home);
  if (site.home.state !== 'read' || site.unread.length === 0)
    return site.home.state === 'read' ? { ...home, detail: told } : home;
  const sought = soughtUnread(site, seeks);
  if (sought) return { place, url: sought.url, read: false, detail: fromReading(place, site.at(sought.url)).detail };
  const asked = site.pages.length + site.unread.length;
  return site.unread.length < asked * UNREAD_SHARE
    ? { ...home, detail: told }
    : { ...home, read: false, detail: `${site.pages.length} of ${asked} pages` };
}

function soughtUnread<C extends string>(site: SiteView<C>, seeks: readonly C[]): Snapshot | null {
  for (const { page } of site.pages) {
    for (const concept of seeks) {
      for (const { source, strength, index } of page.hits.get(concept) ?? []) {
        const url = source === 'link' && strength !== 'weak' ? page.links[index]!.url : null;
        const reading = url === null ? null : site.at(url);
        if (reading?.state === 'blocked' && reading.snapshot && site.unread.includes(reading.snapshot))
          return reading.snapshot;
      }
    }
  }
  return null;
}

/**
 * Nothing to search where there is no such page, if it was looked for: its address must be unknown (a known one that
 * nobody asked for is our gap), and the page that would have led to it must have been read.
 */
function absentIsRead<C extends string>(
  place: SearchedPlace,
  address: string | null,
  origin: Reading<C>,
): SearchedPlace {
  if (place.detail !== 'none') return place;
  return address === null
    ? { ...place, read: origin.state !== 'blocked' && origin.state !== 'none' }
    : { ...place, url: address, detail: 'not-looked' };
}

function fromReading<C extends string>(place: string, reading: Reading<C>): SearchedPlace {
  switch (reading.state) {
    case 'read':
      return { place, url: reading.seen.page.url, read: true, detail: 'read' };
    case 'file':
      return { place, url: reading.snapshot.url, read: true, detail: 'file' };
    case 'gone':
      return { place, url: reading.snapshot.url, read: true, detail: 'gone' };
    case 'blocked':
      return { place, url: reading.snapshot?.url ?? null, read: false, detail: reading.why };
    case 'none':
      return { place, url: null, read: false, detail: 'none' };
  }
}

const settled = (
  verdict: Verdict,
  outcome: string,
  text: Text,
  values: Record<string, string | number>,
): Pick<Finding, 'verdict' | 'outcome' | 'message'> => ({ verdict, outcome, message: fill(text, values) });

/** Sentences are few, and each ends many findings: they are cut once into words and the names of their values, in turn. */
const partsOf = remember(5000, 2000, (sentence) => sentence.split(/\{(\w+)\}/));

function fill(text: Text, values: Readonly<Record<string, string | number>>): Text {
  const put = (sentence: string): string => {
    const parts = partsOf(sentence);
    let filled = parts[0]!;
    for (let i = 1; i < parts.length; i += 2) {
      const value = values[parts[i]!];
      if (value === undefined) throw new Error(`the sentence "${sentence}" wants a value for {${parts[i]!}}`);
      filled += `${value}${parts[i + 1]!}`;
    }
    return filled;
  };
  return { fa: put(text.fa), en: put(text.en) };
}

const join = (text: Text, more: Text, values: Record<string, string | number>): Text => ({
  fa: `${text.fa} ${fill(more, values).fa}`,
  en: `${text.en} ${fill(more, values).en}`,
});

/** Endings that belong to the engine and not to a rule; `rasad rules` lists them once. */
export const ENGINE_ENDINGS = ['profile', 'error', 'not-looked', 'frame-only', '…-below-evidence'] as const;
const PROFILE_TEXT: Text = {
  fa: 'با نمایه تأییدشده {profile} برای این خدمت موضوعیت ندارد.',
  en: 'Not applicable to this service by its approved profile {profile}.',
};
const ERROR_TEXT: Text = {
  fa: 'خطای خود سامانه رصد؛ در امتیاز اثری ندارد.',
  en: 'A fault of Rasad itself; it does not touch the score.',
};
function notLooked({ place, detail }: SearchedPlace): Text {
  const [where, why] = [placeText(place), detailText(detail)];
  return {
    fa: `جایی که باید جست‌وجو می‌شد خوانده نشد (${where.fa}: ${why.fa})؛ نبودن ثابت نیست.`,
    en: `A place that had to be searched could not be read (${where.en}: ${why.en}); absence is not proved.`,
  };
}
const FRAME_TEXT: Text = {
  fa: 'آنچه یافت شد در همه صفحه‌های درگاه تکرار می‌شود و چیزی درباره این خدمت نمی‌گوید.',
  en: 'What was found is repeated on all pages of the portal, and says nothing about this service.',
};
const BELOW_TEXT: Text = {
  fa: '(سطح شاهد E{level}، لازم: E{minimum})',
  en: '(evidence level E{level}, needed: E{minimum})',
};
