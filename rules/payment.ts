/** How the fee of a service is paid, as far as its pages show it. */
import { spotOfLink, spotOfNode, spotOfRun } from '../src/core/look.ts';
import { isContent, pageOf, type Seen, type ServiceSubject, type Shown } from './define.ts';
import { controlsOf, isForService, isPortalPage, linesAbout, ownPagesOf, sentenceOf, speakersOf } from './guides.ts';
import { isPaymentGateway } from './hosts/registry.ts';
import type { ConceptId } from './lexicon/index.ts';
import { says } from './lexicon/says.ts';
import { findMoney } from './lexicon/values.ts';
import { feeOf, lineOf, toldOf } from './sheet.ts';
import { hiddenBehindLogin, hostOf, type Hidden } from './sign-in.ts';

export type Payment =
  | { readonly state: 'free'; readonly proofs: readonly Shown[] }
  /** An official gateway, by its host. It is recognized and never asked for. */
  | {
      readonly state: 'gateway';
      readonly host: string;
      readonly encrypted: boolean;
      readonly seen: Seen;
      readonly proofs: readonly Shown[];
    }
  /** The pages or the guide say that it is paid online, or a control for it is there; the gateway is not seen. */
  | { readonly state: 'described'; readonly proofs: readonly Shown[] }
  | { readonly state: 'terminal' | 'slip'; readonly proofs: readonly Shown[] }
  | { readonly state: 'hidden'; readonly hidden: Hidden; readonly proofs: readonly Shown[] }
  /** The page that would say what it costs could not be read. */
  | { readonly state: 'unread'; readonly why: string; readonly proofs: readonly Shown[] }
  | { readonly state: 'unknown-fee' | 'none'; readonly proofs: readonly Shown[] };

/** The address of a host in running text. */
const HOST_NAME = /(?<![\w.@-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])/;

const cache = new WeakMap<ServiceSubject, Payment>();

export function paymentOf(view: ServiceSubject): Payment {
  let payment = cache.get(view);
  if (!payment) {
    payment = find(view);
    cache.set(view, payment);
  }
  return payment;
}

function find(view: ServiceSubject): Payment {
  const fee = feeOf(view);
  const feeProofs = fee.proof ? [fee.proof] : [];
  // paying is what such a service is for, even when nothing more is taken for it
  if (fee.state === 'free' && !says(view.title.folded, 'pay')) return { state: 'free', proofs: feeProofs };
  const controls = controlsOf(view, 'pay').filter(({ proof, reading }) => !proof.spot.dead && reading.state !== 'gone');
  const places = new Set([
    ...speakersOf(view),
    ...controls.map(({ reading }) => pageOf(reading)).filter((seen) => seen !== null),
  ]);
  for (const seen of places) {
    const gateway = gatewayOn(view, seen);
    if (gateway)
      return {
        state: 'gateway',
        host: hostOf(gateway.url),
        encrypted: gateway.url.startsWith('https:'),
        seen,
        proofs: [gateway.proof, ...feeProofs],
      };
  }
  const told = firstLine(view, 'pay-online') ?? controls[0]?.proof;
  if (told) return { state: 'described', proofs: [told, ...feeProofs] };
  const terminal = inSheet(view, 'card-terminal');
  if (terminal) return { state: 'terminal', proofs: [terminal] };
  const slip = inSheet(view, 'bank-slip');
  if (slip) return { state: 'slip', proofs: [slip] };
  if (fee.state === 'unknown' && view.page.state === 'blocked')
    return { state: 'unread', why: view.page.why, proofs: [] };
  if (fee.state === 'unknown') return { state: 'unknown-fee', proofs: [] };
  const hidden = hiddenBehindLogin(view);
  return hidden ? { state: 'hidden', hidden, proofs: hidden.proofs } : { state: 'none', proofs: feeProofs };
}

/** "We do not take cards or online payments." */
const NOT_TAKEN =
  /\b(?:do(?:es)? not|don't|cannot|can't|no longer) (?:take|accept|pay|be paid)|\bno (?:card|online|electronic) payments?\b|\bnot (?:taken|accepted|possible|available)\b|(?:پرداخت|کارت|اینترنتی|الکترونیکی|برخط|درگاه).{0,40}(?:ممکن نیست|امکان ?پذیر نیست|وجود ندارد|پذیرفته نمی|نداریم|نمی ?پذیریم|راه ?اندازی نشده|فراهم نیست)/;

function firstLine(view: ServiceSubject, concept: ConceptId): Shown | null {
  for (const line of linesAbout(view, concept, { links: true }))
    if (!NOT_TAKEN.test(sentenceOf(line))) return line.proof;
  return null;
}

/** Said of the fee, a step or the documents with a word of paying, or beside a sum: bills have numbers that nothing is paid by. */
function inSheet(view: ServiceSubject, concept: ConceptId): Shown | null {
  for (const label of ['fee', 'steps', 'documents', 'channel'] as const) {
    for (const value of toldOf(view, label)) {
      const proof = lineOf(value, (line) => says(line, concept) && (label === 'fee' || says(line, 'paying')));
      if (proof) return proof;
    }
  }
  for (const { run, proof } of linesAbout(view, concept)) if (findMoney(run.folded)) return proof;
  return null;
}

/** A link, form or frame of the page that leads to a gateway; on the portal only in the page's own content. */
function gatewayOn(view: ServiceSubject, seen: Seen): { readonly url: string; readonly proof: Shown } | null {
  const { page } = seen;
  const isGateway = (url: string | null): url is string =>
    url !== null && url !== '' && isPaymentGateway(view.site, hostOf(url));
  for (const [index, link] of page.links.entries()) {
    if (!link.url || !isPaymentGateway(view.site, link.host)) continue;
    const proof = { seen, spot: spotOfLink(page, index) };
    if (isForService(view, proof)) return { url: link.url, proof };
  }
  for (const { node, action, label, region } of page.forms)
    if (isGateway(action) && (isContent(region) || !isPortalPage(view.site, seen)))
      return { url: action, proof: { seen, spot: spotOfNode(node, label || action) } };
  for (const { node, src, title } of page.frames)
    if (isGateway(src)) return { url: src, proof: { seen, spot: spotOfNode(node, title || src) } };
  for (const [index, run] of page.runs.entries()) {
    const host = run.folded.includes('.') ? HOST_NAME.exec(run.folded)?.[0] : undefined;
    if (!host || !isPaymentGateway(view.site, host)) continue;
    const proof = { seen, spot: spotOfRun(page, index) };
    if (isForService(view, proof)) return { url: `https://${host}/`, proof };
  }
  const script = isPortalPage(view.site, seen)
    ? undefined
    : page.scripts.find((src) => /^https?:/.test(src) && isGateway(src));
  return script ? { url: script, proof: { seen, spot: spotOfNode(page.body, script) } } : null;
}

/** The page of the service and its system: where a card number must never be asked for. */
export const placesOfPayment = (view: ServiceSubject): readonly Seen[] => [
  ...new Set([
    ...ownPagesOf(view),
    ...controlsOf(view, 'pay')
      .map(({ reading }) => pageOf(reading))
      .filter((seen) => seen !== null),
  ]),
];
