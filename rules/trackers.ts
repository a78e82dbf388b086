/** Where a request can be tracked: a field for its code, on a page or behind a link. */
import { fold } from '../src/core/fold.ts';
import { spotOfLink, spotOfNode } from '../src/core/look.ts';
import type { Region } from '../src/core/element-traits.ts';
import type { Field } from '../src/core/page-view.ts';
import { headlines } from '../src/core/site-view.ts';
import { isContent, isFrameLink, pageOf, type Seen, type ServiceSubject, type Shown } from './define.ts';
import { controlsOf, isForService, ownPagesOf } from './guides.ts';
import { says } from './lexicon/says.ts';
import { hostOf, identityField } from './sign-in.ts';

/** A form with more fields asks for a service; the number of a case is one datum of it. */
const MAX_FIELDS = 5;
/** Letters of the longest line that is the label of a field. */
const LABEL_LENGTH = 100;
const CODE_NAME = /track|peygiri|peigiri|rahgiri|followup|follow_up|refid|refcode|caseno/i;

export interface Tracker {
  readonly proof: Shown;
  /** What the field asks for. */
  readonly name: string;
  readonly region: Region;
  /** It follows letters of the secretariat and not requests for services. */
  readonly forLetters: boolean;
}

const fields = new WeakMap<Seen, Tracker | null>();

/** The field of the page that takes the code of a request, null when there is none. */
export function codeField(seen: Seen): Tracker | null {
  let field = fields.get(seen);
  if (field === undefined) {
    field = findCodeField(seen);
    fields.set(seen, field);
  }
  return field;
}

function findCodeField(seen: Seen): Tracker | null {
  const { page } = seen;
  for (const field of page.fields) {
    if (field.disabled || !['text', 'number', 'tel', 'search'].includes(field.type) || field.region === 'footer')
      continue;
    // without a label the words of the line it stands in are its name
    const line = field.named ? undefined : page.runs[field.at];
    const words = line && line.folded.length <= LABEL_LENGTH && says(line.folded, 'case-number') ? line : null;
    if (!words && !says(field.folded, 'case-number') && !says(field.folded, 'track') && !CODE_NAME.test(field.name))
      continue;
    // the number of a payment belongs to the bank
    if (says(field.folded, 'pay') || says(field.folded, 'refund')) continue;
    if (isOneOfMany(seen, field)) continue;
    const name = words?.text || field.label || field.placeholder || field.name;
    const about = [field.folded, ...headlines(page).map(({ folded }) => folded)];
    return {
      proof: { seen, spot: spotOfNode(field.node, name) },
      name,
      region: field.region,
      forLetters: about.some((text) => says(text, 'letter')),
    };
  }
  return null;
}

/** Is the number one datum of an application? A page that is called tracking is not one, however large its form. */
function isOneOfMany({ page }: Seen, field: Field): boolean {
  const together = page.fields.filter(
    (other) => other.form === field.form && other.type !== 'search' && !other.disabled,
  ).length;
  if (together <= MAX_FIELDS) return false;
  return (
    !page.buttons.some(({ folded, form, at }) => form === field.form && at >= field.at && says(folded, 'track')) &&
    !says(fold(page.title), 'track')
  );
}

export interface Trackers {
  readonly found: { readonly proofs: readonly Shown[]; readonly name: string; readonly forLetters: boolean } | null;
  /** A link to one that could not be read. */
  readonly unread: { readonly proof: Shown; readonly why: string } | null;
  /** A link or control that nobody followed. */
  readonly unfollowed: Shown | null;
  /** A link to a page that was read and has no field for a code. */
  readonly without: Shown | null;
}

/** Trackers on the page of the service and its system, and one click from there. */
export function trackersOf(view: ServiceSubject): Trackers {
  let trackers = known.get(view);
  if (!trackers) known.set(view, (trackers = search(view)));
  return trackers;
}

/** Several rules ask for those of the same service. */
const known = new WeakMap<ServiceSubject, Trackers>();

function search(view: ServiceSubject): Trackers {
  const found: { proofs: Shown[]; name: string; forLetters: boolean }[] = [];
  let unread: Trackers['unread'] = null;
  let unfollowed: Shown | null = null;
  let without: Shown | null = null;
  for (const seen of ownPagesOf(view)) {
    const field = codeField(seen);
    if (field && isForService(view, field.proof))
      found.push({ proofs: [field.proof], name: field.name, forLetters: field.forLetters });
  }
  for (const { proof, reading } of controlsOf(view, 'case-number', { kinds: ['link'] })) {
    const field = reading.state === 'read' ? codeField(reading.seen) : null;
    if (field) found.push({ proofs: [proof, field.proof], name: field.name, forLetters: field.forLetters });
  }
  const system = view.systemUrl === null ? null : hostOf(view.systemUrl);
  // a page with a field for the code is a tracker, whatever the service calls its link
  for (const seen of ownPagesOf(view)) {
    for (const [index, link] of seen.page.links.entries()) {
      if (!link.url || link.anchor || !isContent(link.region) || isFrameLink(view.site, link)) continue;
      if (link.host !== seen.page.host && link.host !== system) continue;
      const reading = view.site.at(link.url);
      const target = pageOf(reading);
      const field = target && target !== seen ? codeField(target) : null;
      const proof = { seen, spot: spotOfLink(seen.page, index) };
      if (reading.state === 'blocked' && reading.why !== 'login' && isForService(view, proof))
        unread ??= { proof, why: reading.why };
      if (field && isForService(view, proof))
        found.push({ proofs: [proof, field.proof], name: field.name, forLetters: field.forLetters });
    }
  }
  for (const { proof, reading } of controlsOf(view, 'track')) {
    const target = pageOf(reading);
    const field = target ? codeField(target) : null;
    if (field)
      found.push({
        proofs: [proof, field.proof],
        name: field.name,
        forLetters: field.forLetters || says(fold(proof.spot.quote), 'letter'),
      });
    // what is behind the log-in is asked for elsewhere
    else if (reading.state === 'blocked' && reading.why !== 'login') unread ??= { proof, why: reading.why };
    else if (reading.state === 'none' && !proof.spot.dead && (proof.spot.link?.url || !proof.spot.link))
      unfollowed ??= proof;
    else if (target && !identityField(target)) without ??= proof;
  }
  const own = found.filter(({ proofs }) => proofs.some(({ seen, spot }) => !view.site.isEverywhere(seen, spot.node)));
  return {
    found: own.find(({ forLetters }) => !forLetters) ?? found.find(({ forLetters }) => !forLetters) ?? found[0] ?? null,
    unread,
    unfollowed,
    without,
  };
}

/** A tracker that the portal offers for anything, found from its frame. */
export function portalTracker(view: ServiceSubject): Tracker | null {
  for (const seen of view.site.pages) {
    const field = ownPagesOf(view).includes(seen) ? null : codeField(seen);
    if (field) return field;
  }
  return null;
}
