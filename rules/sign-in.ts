/**
 * Logging in to a service: where the log-in controls of its system lead, as far as the crawl followed them. A chain
 * ends at an identity provider without asking it; that it was reached is the evidence.
 */
import { fold } from '../src/core/fold.ts';
import { allNamed, spotOfLink, spotOfNode, type Spot } from '../src/core/look.ts';
import type { Snapshot } from '../src/core/model.ts';
import type { Field } from '../src/core/page-view.ts';
import {
  runProof,
  isContent,
  pageOf,
  type Place,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from './define.ts';
import { controlsOf, guidesOf, isForService, ownPagesOf, quoteOf, type Control } from './guides.ts';
import { siteOf } from './hosts/own.ts';
import { isIdentityProvider } from './hosts/registry.ts';
import { says } from './lexicon/says.ts';

/** Doors of editors and staff. */
const BACK_DOOR = /\/(?:wp-(?:login|admin)|admin(?:istrator)?|owa|webmail)(?:[/?.]|$)/i;

export interface SignIn {
  /** The link or control that leads there; null where the system itself asks who one is. */
  readonly proof: Shown | null;
  readonly reading: Place;
  /** Every address on the way, the last one being where it ended. */
  readonly addresses: readonly string[];
}

export const snapshotOf = (reading: Place): Snapshot | null =>
  reading.state === 'read' ? reading.seen.snapshot : reading.state === 'none' ? null : reading.snapshot;

export function addressesOf(reading: Place): string[] {
  const snapshot = snapshotOf(reading);
  return snapshot ? [snapshot.url, ...snapshot.chain.map(({ url }) => url)] : [];
}

export const hostOf = (url: string): string => new URL(url).hostname;

/** The address of the state's identity provider on a way, null when the way does not lead there. */
export const providerOn = (site: Site, addresses: readonly string[]): string | null =>
  addresses.find((url) => isIdentityProvider(site, hostOf(url))) ?? null;

/** The field by which a page asks who one is: a password, or a number to which a one-time code is sent. */
export function identityField({ page }: Seen): Field | null {
  const password = page.fields.find(({ type, disabled }) => type === 'password' && !disabled);
  if (password) return password;
  if ((page.hits.get('otp') ?? []).length === 0) return null;
  return (
    page.fields.find(
      ({ type, folded }) =>
        ['text', 'tel', 'number'].includes(type) && (says(folded, 'mobile') || says(folded, 'national-id')),
    ) ?? null
  );
}

/** A log-in for staff: its title says so, or its address is a back door. */
export function isForStaff({ page }: Seen): boolean {
  if (BACK_DOOR.test(page.url)) return true;
  const titles = [
    fold(page.title),
    ...page.runs.filter(({ heading, tag }) => heading > 0 || tag === 'legend').map(({ folded }) => folded),
  ];
  return titles.some((title) => says(title, 'staff-login'));
}

/** Does what was reached ask who one is: a form of its own, a provider, or a refusal without a name? */
function asksWho(site: Site, reading: Place): boolean {
  if (reading.state === 'blocked' && reading.why === 'login') return true;
  if (providerOn(site, addressesOf(reading))) return true;
  return reading.state === 'read' && identityField(reading.seen) !== null && !isForStaff(reading.seen);
}

const cache = new WeakMap<ServiceSubject, readonly SignIn[]>();

/** Where logging in to the service leads; empty when no log-in of its own is seen. */
export function signInsOf(view: ServiceSubject): readonly SignIn[] {
  let found = cache.get(view);
  if (!found) {
    found = search(view);
    cache.set(view, found);
  }
  return found;
}

function search(view: ServiceSubject): SignIn[] {
  const { site } = view;
  const found = new Map<unknown, SignIn>();
  const add = (proof: Shown | null, reading: Place): void => {
    const url = proof?.spot.link?.url;
    const key = snapshotOf(reading) ?? url ?? `${proof?.seen.page.url} ${proof?.spot.node}`;
    if (!found.has(key))
      found.set(key, { proof, reading, addresses: [...(url ? [url] : []), ...addressesOf(reading)] });
  };
  const system = pageOf(view.system);
  if (asksWho(site, view.system)) add(null, view.system);
  for (const concept of ['sso', 'login'] as const) {
    for (const { proof, reading } of controlsOf(view, concept)) {
      const { link } = proof.spot;
      if (says(fold(proof.spot.quote), 'staff-login') || (link?.url && BACK_DOOR.test(link.url))) continue;
      // the button of a log-in form, and the way from the page of the service to its system
      if (!link && concept === 'login' && (proof.seen !== system || identityField(proof.seen))) continue;
      if (reading.state === 'read' && (reading.seen === system || reading.seen === proof.seen)) continue;
      if (proof.seen !== system && !asksWho(site, reading)) continue;
      add(proof, reading);
    }
  }
  // a link in a sentence («با حساب ملی وارد شوید») is known by where it leads
  const addLeading = (seen: Seen): void => {
    for (const [index, link] of seen.page.links.entries()) {
      const reading = link.url ? site.at(link.url) : null;
      if (
        reading &&
        (providerOn(site, addressesOf(reading)) || (reading.state === 'blocked' && reading.why === 'login'))
      )
        add({ seen, spot: spotOfLink(seen.page, index) }, reading);
    }
  };
  if (system) addLeading(system);
  const login = snapshotOf(view.login);
  if (login && isOfSystem(view, login.url) && asksWho(site, view.login)) add(null, view.login);
  const reached = [...found.values()].map(({ reading }) => pageOf(reading));
  for (const seen of reached) {
    if (!seen) continue;
    for (const spot of providersOffered(site, seen))
      add({ seen, spot }, spot.link?.url ? site.at(spot.link.url) : { state: 'none' });
    addLeading(seen);
  }
  if (system)
    for (const spot of providersOffered(site, system))
      if (spot.link?.region !== 'footer')
        add({ seen: system, spot }, spot.link?.url ? site.at(spot.link.url) : { state: 'none' });
  return [...found.values()];
}

/** A page that asks who one is may offer the state's log-in beside its own. */
function* providersOffered(site: Site, { page }: Seen): Generator<Spot> {
  for (const [index, { host, region }] of page.links.entries())
    if (region !== 'footer' && isIdentityProvider(site, host)) yield spotOfLink(page, index);
  yield* allNamed(page, 'sso');
}

/** "No account is needed": the service is meant for whoever comes. */
const NO_ACCOUNT =
  /(?:نیازی? به|بی ?نیاز از) (?:(?!ساخت|ایجاد|باز کردن).){0,20}(?:ثبت ?نام|نام ?نویسی|ورود|حساب|عضویت).{0,20}(?:نیست|ندارد)|(?:بدون|بی) (?:نیاز به )?(?:ثبت ?نام|نام ?نویسی|ورود|حساب کاربری|عضویت)(?: در سامانه)? (?:می|انجام|قابل|در دسترس)|\bno (?:account|log-?in|sign-?in|registration) (?:is )?(?:needed|required|necessary)\b|\bwithout (?:(?:an?|any) (?:account|log-?in|sign-?in|registration)|signing in|logging in)\b/;
/** Said of a case, or of doing it a second time, it says the contrary. */
const CONDITION = /\bif\b|اگر|چنانچه|در صورت|مجدد|دوباره|\bagain\b/;

const saysAccountless = (folded: string): boolean =>
  NO_ACCOUNT.test(folded) &&
  folded.split(/[.;؛!?؟]\s/).some((sentence) => NO_ACCOUNT.test(sentence) && !CONDITION.test(sentence));

export function accountlessSaid(view: ServiceSubject): Shown | null {
  for (const seen of ownPagesOf(view)) {
    const run = seen.page.runs.find((line) => isContent(line.region) && line.link < 0 && saysAccountless(line.folded));
    const proof = run ? runProof(seen, run) : null;
    if (proof && isForService(view, proof)) return proof;
  }
  return null;
}

/** A log-in that the frame of the portal offers opens the portal, not the service. */
function isOfSystem(view: ServiceSubject, url: string): boolean {
  const system = view.systemUrl ?? pageOf(view.page)?.page.url ?? null;
  if (!system) return false;
  return (
    hostOf(url) === hostOf(system) ||
    (view.systemUrl !== null && siteOf(hostOf(url)) === siteOf(hostOf(system)) && !isPortalHost(view, url))
  );
}

const isPortalHost = (view: ServiceSubject, url: string): boolean =>
  view.site.organization.portalUrl !== null &&
  hostOf(url).replace(/^www\./, '') === hostOf(view.site.organization.portalUrl).replace(/^www\./, '');

/** Where it shows: the control, the field of the form, or null when only the chain of addresses tells. */
export function shownBy({ proof, reading }: SignIn): Shown | null {
  if (proof) return proof;
  const seen = pageOf(reading);
  const field = seen ? identityField(seen) : null;
  return seen && field ? { seen, spot: spotOfNode(field.node, field.label || field.placeholder || field.name) } : null;
}

/** Is it our gap that nothing is known of the system: it could not be read, or the page that would name it could not? */
export function isUnread({ page, system, systemUrl }: ServiceSubject): boolean {
  if (system.state === 'blocked') return system.why !== 'login';
  if (system.state === 'none' && systemUrl !== null) return true;
  return systemUrl === null && page.state === 'blocked';
}

export interface Hidden {
  /** What shows that there is a log-in. */
  readonly proofs: readonly Shown[];
  /** A page or file that explains the service, when one is linked. */
  readonly guide: Control | null;
}

/** What lies behind the log-in of the service cannot be seen; null when there is no log-in. */
export function hiddenBehindLogin(view: ServiceSubject): Hidden | null {
  const [first] = signInsOf(view);
  if (!first) return null;
  const proof = shownBy(first);
  // a statement of service levels shows nothing of the inside
  const guide = guidesOf(view).find(({ proof }) => !says(quoteOf(proof), 'service-level')) ?? null;
  return { guide, proofs: [...(proof ? [proof] : []), ...(guide ? [guide.proof] : [])] };
}
