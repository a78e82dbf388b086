import { fold } from '../../src/core/fold.ts';
import { spotOfLink, spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { headlines } from '../../src/core/site-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  pageOf,
  partial,
  pass,
  shorten,
  targetsOf,
  unclear,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { says } from '../lexicon/says.ts';

/** A description of an interface that machines read. */
const DESCRIPTION = /swagger|openapi|api-docs|\.wsdl\b|[?&]wsdl\b|\/graphi?ql\b/i;
/** Words of a page that describes something; fewer, and only the title names it. */
const DESCRIBING_WORDS = 40;

export default definePortalRule({
  id: 'integration/open-api',
  version: 1,
  why: {
    fa: 'وب‌سرویس مستند راه یکپارچگی با دیگران است.',
    en: 'Documented web services are how others integrate.',
  },
  source: 'catalogue 62',
  needs: ['home', 'site'],
  seeks: ['api'],
  outcomes: {
    documented: pass(
      'وب‌سرویس‌ها با کاربرد یا شیوه دسترسی آمده‌اند: «{text}».',
      'Web services are listed with their use or way of access: "{text}".',
    ),
    described: pass(
      'شرح ماشین‌خوان وب‌سرویس هست: {text}.',
      'There is a machine-readable description of an interface: {text}.',
    ),
    linked: pass('پیوند «{text}» هست و خوانده نشده است.', 'The link "{text}" is there and was not read.'),
    mentioned: partial('از وب‌سرویس تنها یاد شده است: «{text}».', 'Web services are only mentioned: "{text}".'),
    file: unclear(
      'مستندات وب‌سرویس یک پرونده است («{text}») و باید دیده شود.',
      'The documentation is a file ("{text}") that has to be looked at.',
    ),
    unlooked: blocked(
      'پیوند وب‌سرویس «{text}» برای ما خوانده نشد ({why}).',
      'The link "{text}" to the web services could not be read by us ({why}).',
    ),
    nothing: fail('وب‌سرویسی منتشر نشده است.', 'No web service is published.'),
  },
  check(site, conclude) {
    const said = (...proofs: Shown[]) => ({ proofs, values: { text: shorten(proofs[0]!.spot.quote) } });
    const description = descriptionLink(site);
    if (description) {
      const state = site.at(description.spot.link!.url!).state;
      if (state === 'file' || state === 'read') return conclude.described(said(description));
    }
    const listing = site.pages.map(listOn).find((proof) => proof !== null);
    if (listing) return conclude.documented(said(listing));
    if (description && site.at(description.spot.link!.url!).state === 'none')
      return conclude.described({ ...said(description), level: 1 });
    for (const seen of site.pages) {
      for (const { proof, reading } of targetsOf(site, seen, 'api', { kinds: ['link'] })) {
        if (reading.state === 'file') return conclude.file(said(proof));
        if (reading.state === 'blocked')
          return conclude.unlooked({ ...said(proof), values: { text: shorten(proof.spot.quote), why: reading.why } });
        if (reading.state === 'none' && proof.spot.link?.url) return conclude.linked({ ...said(proof), level: 1 });
        const target = pageOf(reading);
        if (target && !site.pages.includes(target) && listOn(target))
          return conclude.documented(said(proof, listOn(target)!));
      }
    }
    const closed = description ? site.at(description.spot.link!.url!) : null;
    if (description && closed?.state === 'blocked')
      return conclude.unlooked({
        ...said(description),
        values: { text: shorten(description.spot.quote), why: closed.why },
      });
    const mention = site.pages.map(mentionOn).find((proof) => proof !== null);
    return mention ? conclude.mentioned({ ...said(mention), level: 0 }) : conclude.nothing();
  },
});

/** What the scripts of a site call for themselves is no published interface: only links count. */
function descriptionLink(site: Site): Shown | null {
  for (const seen of site.pages) {
    const index = seen.page.links.findIndex(({ url }) => url !== null && DESCRIPTION.test(url));
    if (index >= 0) return { seen, spot: spotOfLink(seen.page, index) };
  }
  return null;
}

/** A page about web services that says what they are for or how one gets access. */
function listOn(seen: Seen): Shown | null {
  const { page } = seen;
  if (
    page.words < DESCRIBING_WORDS ||
    !(headlines(page).some(({ folded }) => says(folded, 'api')) || says(fold(page.title), 'api'))
  )
    return null;
  const access = page.runs.findIndex(
    ({ folded, region, link }) => isContent(region) && link < 0 && says(folded, 'access-terms'),
  );
  return access >= 0 ? { seen, spot: spotOfRun(page, access) } : null;
}

function mentionOn(seen: Seen): Shown | null {
  const hit = (seen.page.hits.get('api') ?? []).find(
    ({ source, strength, index }) =>
      source === 'run' && strength !== 'weak' && seen.page.runs[index]!.region !== 'footer',
  );
  if (hit) return { seen, spot: spotOfRun(seen.page, hit.index, hit) };
  const frame = seen.page.frames.find(({ title }) => says(fold(title), 'api'));
  return frame ? { seen, spot: spotOfNode(frame.node, frame.title) } : null;
}
