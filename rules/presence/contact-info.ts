import { spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { blocked, definePortalRule, fail, naming, pageOf, partial, pass, type Seen, type Shown } from '../define.ts';
import { follow } from '../follow.ts';
import { isMapAddress } from '../hosts/networks.ts';

/** Of address, telephone, e-mail or form, hours and map. */
const ENOUGH = 3;

export default definePortalRule({
  id: 'presence/contact-info',
  version: 1,
  why: {
    fa: 'دستگاهی که نشانی و تلفنش پیدا نیست پاسخگو نیست.',
    en: 'An organization whose address and number cannot be found does not answer for itself.',
  },
  source: 'catalogue 15; web-site standard of 1393',
  needs: ['home', 'site'],
  seeks: ['contact'],
  outcomes: {
    enough: pass(
      '{count} مورد از نشانی، تلفن، رایانامه یا فرم، ساعت کار و نقشه حداکثر یک کلیک از صفحه نخست فاصله دارد.',
      '{count} of address, telephone, e-mail or form, hours and map are at most one click from the first page.',
    ),
    some: partial(
      'تنها {count} مورد از نشانی، تلفن، رایانامه یا فرم، ساعت کار و نقشه یافت شد.',
      'Only {count} of address, telephone, e-mail or form, hours and map were found.',
    ),
    none: fail('هیچ راه تماسی با دستگاه یافت نشد.', 'No contact details of the organization were found.'),
    unlooked: blocked(
      'صفحه «{name}» برای ما خوانده نشد ({why}).',
      'The page "{name}" could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    const { pages, unlooked } = follow(site, [home], ['contact']);
    const near = [...pages.map(({ target }) => target), home];
    const proofs = [
      shown(near, ['contact_address']),
      shown(near, ['contact_phone']),
      shown(near, ['contact_email']) ?? shown(near.slice(0, -1), ['feedback_form']),
      shown(near, ['working_hours']),
      mapOn(near),
    ].filter((proof) => proof !== null);
    const values = { count: proofs.length };
    if (proofs.length >= ENOUGH) return conclude.enough({ proofs, values });
    if (unlooked && pages.length === 0) return conclude.unlooked(naming(unlooked.proof, { why: unlooked.why }));
    return proofs.length > 0 ? conclude.some({ proofs, values }) : conclude.none();
  },
});

function shown(pages: readonly Seen[], signals: readonly string[]): Shown | null {
  for (const seen of pages) {
    for (const signal of signals) {
      const answer = seen.signals.get(signal);
      if (answer?.verdict === 'present' && answer.spot && !isVendors(seen, answer.spot.node))
        return { seen, spot: answer.spot };
    }
  }
  return null;
}

/** The number of the company that built the site is not the organization's. */
function isVendors({ page }: Seen, node: number): boolean {
  const run = page.runs.findIndex((candidate) => candidate.node === node);
  const at = run >= 0 ? run : (page.links.find((link) => link.node === node)?.at ?? -1);
  return (
    at >= 0 &&
    (page.hits.get('vendor') ?? []).some(({ source, index }) => source === 'run' && (index === at || index === at - 1))
  );
}

function mapOn(pages: readonly Seen[]): Shown | null {
  for (const seen of pages) {
    const frame = seen.page.frames.find(({ src }) => src !== '' && isMapAddress(src, new URL(src).hostname));
    if (frame) return { seen, spot: spotOfNode(frame.node, frame.title || frame.src) };
    const link = seen.page.links.findIndex(({ url, host }) => isMapAddress(url, host));
    if (link >= 0) return { seen, spot: spotOfLink(seen.page, link) };
  }
  return null;
}
