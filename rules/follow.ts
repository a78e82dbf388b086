/** Links followed by their name: what was found behind them, and why nothing can be said where nobody looked. */
import { allNamed, type NameOptions } from '../src/core/look.ts';
import type { Snapshot } from '../src/core/model.ts';
import { isContent, isFrameLink, type Seen, type ServiceSubject, type Shown, type Site } from './define.ts';
import type { ConceptId } from './lexicon/index.ts';

export interface Reason {
  readonly proof: Shown;
  readonly why: string;
}

export interface Followed {
  /** Pages that were read behind the links, each once, in the order of the links. */
  readonly pages: readonly { readonly proof: Shown; readonly target: Seen }[];
  readonly files: readonly { readonly proof: Shown; readonly snapshot: Snapshot }[];
  /** A link whose target is not there. */
  readonly gone: Reason | null;
  /** A link or control whose target we could not or did not look at: no proof of anything but itself. */
  readonly unlooked: Reason | null;
  /** A control that is shown and leads nowhere. */
  readonly dead: Shown | null;
}

/** Follows every link of the pages that is named after one of the concepts. Links of a page to itself do not count. */
export function follow(
  site: Site,
  from: readonly Seen[],
  concepts: readonly ConceptId[],
  options: NameOptions = {},
): Followed {
  const known = new Set(from.map(({ page }) => page.url));
  const pages: { proof: Shown; target: Seen }[] = [];
  const files = new Map<Snapshot, Shown>();
  let gone: Reason | null = null;
  let unlooked: Reason | null = null;
  let dead: Shown | null = null;
  for (const seen of from) {
    for (const concept of concepts) {
      for (const spot of allNamed(seen.page, concept, options)) {
        const proof = { seen, spot };
        if (spot.dead) dead ??= proof;
        // what a button does is known to its script alone
        else if (!spot.link) unlooked ??= { proof, why: 'button' };
        if (!spot.link?.url) continue;
        const reading = site.at(spot.link.url);
        if (reading.state === 'read') {
          if (known.has(reading.seen.page.url)) continue;
          known.add(reading.seen.page.url);
          pages.push({ proof, target: reading.seen });
        } else if (reading.state === 'file') {
          if (!files.has(reading.snapshot)) files.set(reading.snapshot, proof);
        } else if (reading.state === 'gone') gone ??= { proof, why: reading.why };
        else unlooked ??= { proof, why: reading.state === 'blocked' ? reading.why : 'not-looked' };
      }
    }
  }
  return {
    pages,
    files: [...files].map(([snapshot, proof]) => ({ snapshot, proof })),
    gone,
    unlooked,
    dead,
  };
}

/** Options for links of a page's own content: neither navigation nor what stands around every page. */
export const ownLinks = (view: ServiceSubject): NameOptions => ({
  regions: ['main', 'body', 'aside'],
  accept: (link) => isContent(link.region) && !link.anchor && !isFrameLink(view.site, link),
});
